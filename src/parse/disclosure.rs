//! `disclosures/<date>.toml` and its sealed twin. Problems here point at keys and name keys: no value of these files
//! occurs in any message.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::NaiveDate;
use toml::de::DeValue;

use crate::model::{
    Answer, Disclosure, Edition, Entry, Item, Period, Periods, Scheme, Sealed, SealedSection, SealedText, Section,
    SectionAnswers, Withheld, Withholding,
};
use crate::problem::{Code, FileId, Problem, Problems, Span, Spanned, near};
use crate::source::Sources;
use crate::table::{Need, Table, Taken, check_text, wrong_type};

use super::{document, text};

/// Reads one disclosure with its sealed twin; none where the open file could not be read.
pub(super) fn read(
    sources: &Sources,
    date: NaiveDate,
    open: FileId,
    sealed: Option<FileId>,
    scheme: &Scheme,
    problems: &mut Problems,
) -> Result<Option<Disclosure>> {
    let disclosure = document(sources, open, problems, |table, problems| disclosure(date, open, scheme, table, problems))?;
    let Some(mut disclosure) = disclosure else { return Ok(None) };
    let edition = disclosure.edition.and_then(|at| scheme.editions.get(at));
    if let Some(file) = sealed {
        let sealed = read_sealed(sources, file, edition, problems)?;
        disclosure.sealed = sealed.map(|sealed| seal(sealed, &mut disclosure.sections));
    }
    Ok(Some(disclosure))
}

/// Gives every sealed text to the item that the open file withholds in the table of the same label, and returns what is
/// left over.
fn seal(mut sealed: Sealed, tables: &mut [SectionAnswers]) -> Sealed {
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

fn disclosure(date: NaiveDate, file: FileId, scheme: &Scheme, table: &mut Table<'_>, problems: &mut Problems) -> Disclosure {
    let edition = table.text("edition", problems).and_then(|text| edition(&text, scheme, problems));
    let mut sections = Vec::new();
    let mut faulty = Vec::new();
    match edition {
        Some((_, edition)) => sections = each_section(table, edition, &mut faulty, problems, answers),
        // Without its edition nothing in the file can be told right from wrong.
        None => while table.take_any().is_some() {},
    }
    report_equal_labels(sections.iter().map(|table| (table.section, table.label.as_ref(), table.place)), problems);
    Disclosure { date, place: Span::start_of(file), edition: edition.map(|(at, _)| at), sections, faulty, sealed: None }
}

/// A sealed text finds its table by the label, so labels differ within a section, in either file.
fn report_equal_labels<'t>(tables: impl Iterator<Item = (usize, Option<&'t String>, Span)>, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (section, label, place) in tables {
        if label.is_some() && !seen.insert((section, label)) {
            problems.push(Problem::new(
                Code::DuplicateId,
                place,
                "同じ節に同じ `label` の表があります",
                "two tables of this section have the same `label`",
            ));
        }
    }
}

fn edition<'s>(text: &Spanned<String>, scheme: &'s Scheme, problems: &mut Problems) -> Option<(usize, &'s Edition)> {
    let found = scheme.edition(&text.value);
    if found.is_none() && !scheme.unread_editions.contains(&text.value) {
        let known: Vec<String> = scheme.editions.iter().map(|edition| format!("`{}`", edition.date)).collect();
        problems.push(
            Problem::new(
                Code::UnknownEdition,
                text.span,
                "`edition` の版は制度の項目一覧にありません",
                "the scheme has no catalogue of this `edition`",
            )
            .help(format!("一覧にある版：{}", known.join("、")), format!("its editions: {}", known.join(", "))),
        );
    }
    found
}

/// Reads every section of a file with `read`, in the order of the catalogue; what is no section is noted.
fn each_section<'i, T>(
    table: &mut Table<'i>,
    edition: &Edition,
    faulty: &mut Vec<usize>,
    problems: &mut Problems,
    read: fn(Table<'i>, usize, &Section, &mut Problems) -> T,
) -> Vec<T> {
    let mut found = Vec::new();
    while let Some(taken) = table.take_any() {
        let Some((at, section)) = edition.section(&taken.name) else {
            faulty.extend(unknown_section(&taken, edition, problems));
            continue;
        };
        let tables = tables_of(table, taken, section, problems);
        if tables.is_empty() {
            faulty.push(at);
        }
        for table in tables {
            found.push((at, read(table, at, section, problems)));
        }
    }
    // Tables of one section keep the order of the file: the sort is stable.
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, value)| value).collect()
}

/// Notes a section that the edition does not have; tells the index of the one that is meant.
fn unknown_section(taken: &Taken<'_>, edition: &Edition, problems: &mut Problems) -> Option<usize> {
    let problem = Problem::new(
        Code::UnknownSection,
        taken.key,
        format!("この版に `{}` という節はありません", taken.name),
        format!("this edition has no section `{}`", taken.name),
    );
    let meant = near(&taken.name, edition.sections.iter().map(|section| section.id.value.as_str()));
    let Some(meant) = meant else {
        problems.push(problem.help(format!("節：{}", names(edition, "、")), format!("its sections: {}", names(edition, ", "))));
        return None;
    };
    problems.push(problem.help(
        format!("`{meant}` のことであれば、そう書いてください。節：{}", names(edition, "、")),
        format!("if `{meant}` is meant, write it so; its sections: {}", names(edition, ", ")),
    ));
    edition.section(meant).map(|(at, _)| at)
}

fn names(edition: &Edition, between: &str) -> String {
    let names: Vec<String> = edition.sections.iter().map(|section| format!("`{}`", section.id.value)).collect();
    names.join(between)
}

/// A section is one table; a repeating one is an array of tables.
fn tables_of<'i>(table: &Table<'i>, taken: Taken<'i>, section: &Section, problems: &mut Problems) -> Vec<Table<'i>> {
    if section.repeats.is_some() {
        return table.as_tables(taken, problems);
    }
    table.as_table(taken, problems).into_iter().collect()
}

fn answers(mut table: Table<'_>, at: usize, section: &Section, problems: &mut Problems) -> SectionAnswers {
    let place = table.place();
    let label = label(&mut table, section, problems);
    let mut answers = Vec::new();
    let mut faulty = Vec::new();
    while let Some(taken) = table.take_any() {
        let key = taken.key;
        let (at, item) = match item(&taken, section, problems) {
            Ok(found) => found,
            Err(meant) => {
                faulty.extend(meant);
                continue;
            }
        };
        let mark = problems.mark();
        match answer(&table, taken, problems) {
            Some(answer) => answers.push(Entry { item: at, key, answer }),
            None => faulty.push(at),
        }
        problems.about_since(mark, || section.item_name(item));
    }
    answers.sort_by_key(|entry| entry.item);
    SectionAnswers { section: at, place, label, answers, faulty }
}

fn label(table: &mut Table<'_>, section: &Section, problems: &mut Problems) -> Option<String> {
    section.repeats.as_ref()?;
    table.name("label", problems).map(|label| label.value)
}

/// The item of a key; otherwise the index of the one that is meant, if it is not written besides.
fn item<'s>(
    taken: &Taken<'_>,
    section: &'s Section,
    problems: &mut Problems,
) -> std::result::Result<(usize, &'s Item), Option<usize>> {
    if let Some(found) = section.item(&taken.name) {
        return Ok(found);
    }
    let (id, name) = (&section.id.value, &taken.name);
    let problem = Problem::new(
        Code::UnknownItem,
        taken.key,
        format!("この版の節 `{id}` に `{name}` という項目はありません"),
        format!("section `{id}` of this edition has no item `{name}`"),
    );
    let by_name = section.items.iter().find(|item| item.name.value == *name).map(|item| item.id.value.as_str());
    let meant = near(name, section.items.iter().map(|item| item.id.value.as_str())).or(by_name);
    let Some((at, item)) = meant.and_then(|meant| section.item(meant)) else {
        problems.push(problem.help("項目一覧のつづりを確かめてください", "check its spelling in the catalogue"));
        return Err(None);
    };
    let meant = &item.id.value;
    problems.push(
        problem
            .help(
                format!("`{meant}`（{}）のことであれば、そう書いてください", item.name.value),
                format!("if `{meant}` is meant, write it so"),
            )
            .about(section.item_name(item)),
    );
    Err(Some(at))
}

/// The short form is a text; the long form a table with `text`, `practice` or `withheld`.
fn answer(table: &Table<'_>, taken: Taken<'_>, problems: &mut Problems) -> Option<Answer> {
    match &taken.value {
        DeValue::String(_) => table.as_text(taken, problems).map(|text| Answer::Text(text.value)),
        DeValue::Table(_) => {
            let key = taken.key;
            let mut long = table.as_table(taken, problems)?;
            let answer = long_answer(&mut long, key, problems);
            long.finish(problems);
            answer
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) => {
            let name = taken.name;
            wrong_type(&name, taken.key, "テキスト又は { text = … }", "a text or { text = … }", problems);
            None
        }
    }
}

fn long_answer(table: &mut Table<'_>, key: Span, problems: &mut Problems) -> Option<Answer> {
    let text = table.text_if("text", problems);
    let practice = match table.take("practice") {
        Some(taken) => Some(practice(table, taken, problems)?),
        None => None,
    };
    let withheld = table.take("withheld").map(|taken| periods(table, taken, problems));
    match (withheld, practice, text) {
        (Some(periods), None, None) => periods.map(|periods| Answer::Withheld(Withholding::new(periods))),
        (Some(_), _, _) => {
            problems.push(
                Problem::new(
                    Code::TextBesideWithholding,
                    key,
                    "公表留保のそばに内容が書かれています",
                    "a text stands beside its withholding",
                )
                .help("内容は `<日付>.withheld.toml` に移してください", "move the text into `<date>.withheld.toml`"),
            );
            None
        }
        (None, Some(Practice::None), text) => Some(Answer::None(text.map(|text| text.value))),
        (None, Some(Practice::Undisclosed), text) => Some(Answer::Undisclosed(text.map(|text| text.value))),
        (None, None, Some(text)) => Some(Answer::Text(text.value)),
        (None, None, None) => {
            problems.push(Problem::new(
                Code::MissingKey,
                key,
                "`text`、`practice`、`withheld` のいずれもありません",
                "there is none of `text`, `practice` and `withheld`",
            ));
            None
        }
    }
}

#[derive(Clone, Copy)]
enum Practice {
    None,
    Undisclosed,
}

fn practice(table: &Table<'_>, taken: Taken<'_>, problems: &mut Problems) -> Option<Practice> {
    let key = taken.key;
    let text = table.as_text(taken, problems)?;
    match text.value.as_str() {
        "none" => Some(Practice::None),
        "undisclosed" => Some(Practice::Undisclosed),
        _ => {
            problems.push(
                Problem::new(
                    Code::BadValue,
                    key,
                    "`practice` の値が一覧にありません",
                    "the value of `practice` is not on its list",
                )
                .help("`none`（実施なし）か `undisclosed`（開示なし）です", "it is `none` or `undisclosed`"),
            );
            None
        }
    }
}

fn periods(table: &Table<'_>, taken: Taken<'_>, problems: &mut Problems) -> Option<Periods> {
    let key = taken.key;
    let is_array = matches!(taken.value, DeValue::Array(_));
    let tables = table.as_tables(taken, problems);
    if tables.is_empty() && is_array {
        problems.push(Problem::new(
            Code::MissingKey,
            key,
            "公表留保の期間が一つもありません",
            "there is no period of withholding",
        ));
    }
    let count = tables.len();
    let periods: Vec<Period> = tables.into_iter().filter_map(|table| period(table, problems)).collect();
    (count > 0 && periods.len() == count).then_some(Periods(periods))
}

fn period(mut table: Table<'_>, problems: &mut Problems) -> Option<Period> {
    let requested = table.date("requested", problems);
    let from = table.date("from", problems);
    let until = match table.take("until") {
        Some(taken) => Some(crate::table::as_date(taken, problems)?.value),
        None => None,
    };
    let ground = table.text("ground", problems);
    table.finish(problems);
    Some(Period { requested: requested.map(|date| date.value), from: from?.value, until, ground: ground?.value })
}

fn read_sealed(sources: &Sources, file: FileId, edition: Option<&Edition>, problems: &mut Problems) -> Result<Option<Sealed>> {
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
    let label = label(&mut table, section, problems);
    let mut texts = Vec::new();
    while let Some(taken) = table.take_any() {
        let key = taken.key;
        let Ok((at, item)) = item(&taken, section, problems) else { continue };
        let mark = problems.mark();
        texts.extend(sealed_text(&table, taken, problems).map(|text| SealedText { item: at, key, text }));
        problems.about_since(mark, || section.item_name(item));
    }
    SealedSection { section: at, place, label, texts }
}

/// A sealed text in its short or long form, and nothing beside it.
fn sealed_text(table: &Table<'_>, taken: Taken<'_>, problems: &mut Problems) -> Option<Withheld> {
    if let DeValue::Table(_) = &taken.value {
        let mut long = table.as_table(taken, problems)?;
        let text = long.text("text", problems);
        long.finish(problems);
        return text.map(|text| Withheld::new(text.value));
    }
    let (name, key) = (taken.name.clone(), taken.key);
    let DeValue::String(text) = taken.value else {
        wrong_type(&name, key, "テキスト", "a text", problems);
        return None;
    };
    let text = Spanned { value: text.into_owned(), span: key };
    check_text(&name, &text, Need::Optional, problems).then(|| Withheld::new(text.value))
}
