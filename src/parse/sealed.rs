//! `disclosures/<date>.withheld.toml`: the texts of what the open twin withholds. Problems here point at keys and name keys;
//! no value occurs in any message.

use anyhow::Result;
use toml::de::DeValue;

use crate::model::{Answer, Edition, Sealed, SealedSection, SealedText, Section, SectionAnswers, Withheld};
use crate::problem::{Code, FileId, Problem, Problems, Span, Spanned};
use crate::source::Sources;
use crate::table::{Need, Subject, Table, Taken, check_text, wrong_type};

use super::disclosure::{each_section, item_of, label_of, report_equal_labels, subject};
use super::text;

/// Reads a sealed file; none where it, or the edition of its open twin, is not known.
pub(super) fn read(
    sources: &Sources,
    file: FileId,
    edition: Option<&Edition>,
    problems: &mut Problems,
) -> Result<Option<Sealed>> {
    let Some(source) = text(sources, file, problems)? else { return Ok(None) };
    let Some(mut table) = Table::document(file, source.as_str(), true, problems) else { return Ok(None) };
    check_seal(&mut table, file, source.as_str(), problems);
    let Some(edition) = edition else { return Ok(None) };
    let sections = each_section(&mut table, edition, &mut Vec::new(), problems, sealed_texts);
    report_equal_labels(sections.iter().map(|table| (table.section, table.label.as_ref(), table.place)), problems);
    Ok(Some(Sealed { place: Span::start_of(file), sections }))
}

/// The first line says `sealed = true`, so that whoever opens the file sees it first.
fn check_seal(table: &mut Table<'_>, file: FileId, text: &str, problems: &mut Problems) {
    let first_line = text.find('\n').unwrap_or(text.len());
    let sealed = table.take("sealed");
    let fits = sealed.is_some_and(|taken| {
        usize::try_from(taken.key.start).is_ok_and(|at| at < first_line.max(1)) && matches!(taken.value, DeValue::Boolean(true))
    });
    if !fits {
        problems.push(
            Problem::new(
                Code::SealedFirstLine,
                Span::start_of(file),
                "封をした文書の最初の行が `sealed = true` ではありません",
                "the first line of a sealed file is not `sealed = true`",
            )
            .help("最初の行に `sealed = true` と書いてください", "write `sealed = true` in its first line"),
        );
    }
}

fn sealed_texts(mut table: Table<'_>, at: usize, section: &Section, problems: &mut Problems) -> SealedSection {
    let place = table.place();
    let label = label_of(&mut table, section, problems);
    let mut texts = Vec::new();
    while let Some(taken) = table.take_any() {
        let key = taken.key;
        let Ok((at, item)) = item_of(&taken, section, problems) else { continue };
        let mark = problems.mark();
        texts.extend(sealed_text(&table, taken, subject(item), problems).map(|text| SealedText { item: at, key, text }));
        problems.about_since(mark, || section.item_name(item));
    }
    SealedSection { section: at, place, label, texts }
}

/// A sealed text in its short or long form, and nothing beside it.
fn sealed_text(table: &Table<'_>, taken: Taken<'_>, subject: Subject<'_>, problems: &mut Problems) -> Option<Withheld> {
    if let DeValue::Table(_) = &taken.value {
        let mut long = table.as_table(taken, problems)?;
        let text = match long.take("text") {
            Some(taken) => long.as_text(taken, subject, problems),
            None => long.text("text", problems),
        };
        long.finish(problems);
        return text.map(|text| Withheld::new(text.value));
    }
    let (name, key) = (taken.name.clone(), taken.key);
    let DeValue::String(text) = taken.value else {
        wrong_type(&name, key, ("引用符 `\"` で囲んだ文字", "a text, between quotes `\"`"), &format!("{name} = \"…\""), problems);
        return None;
    };
    let text = Spanned { value: text.into_owned(), span: key };
    check_text(subject, &text, Need::Optional, problems).then(|| Withheld::new(text.value))
}

/// Gives every sealed text to the item that the open file withholds in the table of the same label, and returns what is
/// left over.
pub(super) fn seal(mut sealed: Sealed, tables: &mut [SectionAnswers]) -> Sealed {
    for part in &mut sealed.sections {
        let fits = |table: &&mut SectionAnswers| table.section == part.section && table.label == part.label;
        let Some(table) = tables.iter_mut().find(fits) else { continue };
        let left = std::mem::take(&mut part.texts).into_iter().filter_map(|sealed| give(sealed, table));
        part.texts = left.collect();
    }
    sealed
}

fn give(sealed: SealedText, table: &mut SectionAnswers) -> Option<SealedText> {
    let SealedText { item, key, text } = sealed;
    let text = match table.answers.iter_mut().find(|entry| entry.item == item).map(|entry| &mut entry.answer) {
        Some(Answer::Withheld(withholding)) => withholding.seal(key, text)?,
        Some(Answer::Text(_) | Answer::None(_) | Answer::Undisclosed(_)) | None => text,
    };
    Some(SealedText { item, key, text })
}
