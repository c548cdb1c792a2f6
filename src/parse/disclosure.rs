//! `disclosures/<date>.toml` and its sealed twin. Problems here point at keys and name keys: no value of these files
//! occurs in any message.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::NaiveDate;
use toml::de::DeValue;

use crate::model::{Answer, Disclosure, Edition, Entry, Item, Period, Periods, Scheme, Section, SectionAnswers, Withholding};
use crate::problem::{Code, FileId, Problem, Problems, Span, Spanned, near};
use crate::source::Sources;
use crate::table::{Subject, Table, Taken, wrong_type};

use super::{document, sealed};

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
        let sealed = sealed::read(sources, file, edition, problems)?;
        disclosure.sealed = sealed.map(|sealed| sealed::seal(sealed, &mut disclosure.sections));
    }
    Ok(Some(disclosure))
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
pub(super) fn report_equal_labels<'t>(tables: impl Iterator<Item = (usize, Option<&'t String>, Span)>, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (section, label, place) in tables {
        if label.is_some() && !seen.insert((section, label)) {
            problems.push(
                Problem::new(
                    Code::DuplicateId,
                    place,
                    "同じ節に、同じ `label` のものが二つあります",
                    "two tables of this section have the same `label`",
                )
                .help(
                    "どちらかの `label` を改めてください。公開の文書と封をした文書では、同じものに同じ `label` を書きます",
                    "change one of them; the same table has the same `label` in the open file and in the sealed one",
                ),
            );
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
                "`edition` に書かれた版の項目一覧は、この制度にありません",
                "the scheme has no catalogue of this `edition`",
            )
            .help(
                format!("審査に用いた版を書いてください：{}", known.join("、")),
                format!("write the edition that it was examined by: {}", known.join(", ")),
            ),
        );
    }
    found
}

/// Reads every section of a file with `read`, in the order of the catalogue; what is no section is noted.
pub(super) fn each_section<'i, T>(
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
        problems.push(problem.help(
            format!("この版の節から選んでください：{}", names(edition, "（", "）").join("、")),
            format!("choose one of its sections: {}", names(edition, " (", ")").join(", ")),
        ));
        return None;
    };
    problems.push(problem.help(
        format!("`{meant}` のことであれば、そう書いてください。この版の節：{}", names(edition, "（", "）").join("、")),
        format!("if `{meant}` is meant, write it so; its sections: {}", names(edition, " (", ")").join(", ")),
    ));
    edition.section(meant).map(|(at, _)| at)
}

fn names(edition: &Edition, open: &str, close: &str) -> Vec<String> {
    let sections = edition.sections.iter();
    sections.map(|section| format!("`{}`{open}{}{close}", section.id.value, section.name.value)).collect()
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
    let label = label_of(&mut table, section, problems);
    let mut answers = Vec::new();
    let mut faulty = Vec::new();
    while let Some(taken) = table.take_any() {
        let key = taken.key;
        let (at, item) = match item_of(&taken, section, problems) {
            Ok(found) => found,
            Err(meant) => {
                faulty.extend(meant);
                continue;
            }
        };
        let mark = problems.mark();
        match answer(&table, taken, subject(item), problems) {
            Some(answer) => answers.push(Entry { item: at, key, answer }),
            None => faulty.push(at),
        }
        problems.about_since(mark, || section.item_name(item));
    }
    answers.sort_by_key(|entry| entry.item);
    SectionAnswers { section: at, place, label, answers, faulty }
}

pub(super) fn label_of(table: &mut Table<'_>, section: &Section, problems: &mut Problems) -> Option<String> {
    section.repeats.as_ref()?;
    table.name("label", problems).map(|label| label.value)
}

/// The item of a key; otherwise the index of the one that is meant, if it is not written besides.
pub(super) fn item_of<'s>(
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
        format!("この版の節「{}」（`{id}`）に `{name}` という項目はありません", section.name.value),
        format!("section `{id}` of this edition has no item `{name}`"),
    );
    let by_name = section.items.iter().find(|item| item.name.value == *name).map(|item| item.id.value.as_str());
    let meant = near(name, section.items.iter().map(|item| item.id.value.as_str())).or(by_name);
    let Some((at, item)) = meant.and_then(|meant| section.item(meant)) else {
        let all = |open: &str, close: &str| -> Vec<String> {
            section.items.iter().map(|item| format!("`{}`{open}{}{close}", item.id.value, item.name.value)).collect()
        };
        problems.push(problem.help(
            format!("この節の項目から選んでください：{}", all("（", "）").join("、")),
            format!("choose one of its items: {}", all(" (", ")").join(", ")),
        ));
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

/// The item as messages about its text name it.
pub(super) fn subject(item: &Item) -> Subject<'_> {
    Subject::Item(&item.name.value, &item.name_en.as_ref().unwrap_or(&item.name).value)
}

/// The short form is a text; the long form a table with `text`, `practice` or `withheld`.
fn answer(table: &Table<'_>, taken: Taken<'_>, subject: Subject<'_>, problems: &mut Problems) -> Option<Answer> {
    match &taken.value {
        DeValue::String(_) => table.as_text(taken, subject, problems).map(|text| Answer::Text(text.value)),
        DeValue::Table(_) => {
            let key = taken.key;
            let mut long = table.as_table(taken, problems)?;
            let answer = long_answer(&mut long, key, subject, problems);
            long.finish(problems);
            answer
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) => {
            let name = taken.name;
            let due =
                ("引用符 `\"` で囲んだ文字か、`{ }` で囲んだ内容", "a text between quotes `\"`, or what stands between `{ }`");
            wrong_type(&name, taken.key, due, &format!("{name} = \"…\""), problems);
            None
        }
    }
}

fn long_answer(table: &mut Table<'_>, key: Span, subject: Subject<'_>, problems: &mut Problems) -> Option<Answer> {
    let text = table.take("text").and_then(|taken| table.as_text(taken, subject, problems));
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
                    "公表を留保する項目なのに、公開の文書に内容が書かれています",
                    "a text stands beside its withholding",
                )
                .help(
                    "`text` と `practice` を取り除いて `withheld` だけを残し、内容は封をした文書 `<日付>.withheld.toml` に書いてください",
                    "keep `withheld` alone here, and move the text into `<date>.withheld.toml`",
                ),
            );
            None
        }
        (None, Some(Practice::None), text) => Some(Answer::None(text.map(|text| text.value))),
        (None, Some(Practice::Undisclosed), text) => Some(Answer::Undisclosed(text.map(|text| text.value))),
        (None, None, Some(text)) => Some(Answer::Text(text.value)),
        (None, None, None) => {
            problems.push(
                Problem::new(
                    Code::MissingKey,
                    key,
                    "この項目の内容がありません",
                    "there is none of `text`, `practice` and `withheld`",
                )
                .help(
                    "`{ text = \"…\" }`（申請書の文）、`{ practice = \"none\" }`（実施なし）、`{ practice = \"undisclosed\" }`（開示なし）のいずれかの形で書いてください",
                    "write it as `{ text = \"…\" }`, `{ practice = \"none\" }` or `{ practice = \"undisclosed\" }`",
                ),
            );
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
    let text = table.as_text(taken, Subject::Key("practice"), problems)?;
    match text.value.as_str() {
        "none" => Some(Practice::None),
        "undisclosed" => Some(Practice::Undisclosed),
        _ => {
            problems.push(
                Problem::new(
                    Code::BadValue,
                    key,
                    "`practice` に書ける語ではありません",
                    "the value of `practice` is not on its list",
                )
                .help(
                    "次のいずれかにしてください：`none`（実施なし）、`undisclosed`（開示なし）",
                    "use one of `none`, `undisclosed`",
                ),
            );
            None
        }
    }
}

/// How the periods of a withholding are written.
const PERIODS: &str = "withheld = [{ requested = 2026-03-20, from = 2026-04-01, until = 2028-03-31, ground = \"…\" }]";

fn periods(table: &Table<'_>, taken: Taken<'_>, problems: &mut Problems) -> Option<Periods> {
    let key = taken.key;
    let is_array = matches!(taken.value, DeValue::Array(_));
    let tables = table.as_tables_inline(PERIODS, taken, problems);
    if tables.is_empty() && is_array {
        problems.push(
            Problem::new(Code::MissingKey, key, "公表を留保する期間が一つもありません", "there is no period of withholding")
                .help(
                    format!("`{PERIODS}` の形で、申し出の日、期間、理由を書いてください"),
                    format!("write request, period and ground, as `{PERIODS}`"),
                ),
        );
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
