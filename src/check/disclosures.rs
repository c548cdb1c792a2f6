//! Disclosures against their catalogue. Messages name items, never what is stated about them.

use crate::model::{Answer, Disclosure, Edition, Item, ItemKind, Scheme, Section, SectionAnswers, Service};
use crate::problem::{Code, Problem, Problems, Span};

pub(super) fn check(service: &Service, scheme: &Scheme, problems: &mut Problems) {
    for disclosure in &service.disclosures {
        let Some(edition) = disclosure.edition.and_then(|at| scheme.editions.get(at)) else { continue };
        mandatory_item_missing(disclosure, edition, problems);
        criterion_items(disclosure, edition, problems);
        everything_withheld(disclosure, problems);
        identity_withheld(disclosure, edition, problems);
        disclosure_not_japanese(disclosure, problems);
    }
}

/// R25: every mandatory item is answered, in every table of a repeating section.
fn mandatory_item_missing(disclosure: &Disclosure, edition: &Edition, problems: &mut Problems) {
    for (at, section) in edition.sections.iter().enumerate() {
        let mut written = disclosure.faulty.contains(&at);
        for table in disclosure.section(at) {
            written = true;
            let answered = |item| table.answer(item).is_some() || table.faulty.contains(&item);
            missing_in(section, table.place, &header(section, true), answered, problems);
        }
        if !written {
            missing_in(section, disclosure.place, &header(section, false), |_| false, problems);
        }
    }
}

/// The lines below which a missing item has to stand, so that they can be read: a section that repeats has double brackets
/// and a label.
fn header(section: &Section, is_written: bool) -> String {
    let id = &section.id.value;
    match (&section.repeats, is_written) {
        (None, _) => format!("`[{id}]`"),
        (Some(_), true) => format!("`[[{id}]]`"),
        (Some(_), false) => format!("`[[{id}]]`, `label = \"…\"`"),
    }
}

fn missing_in(section: &Section, place: Span, header: &str, answered: impl Fn(usize) -> bool, problems: &mut Problems) {
    let missing = section.items.iter().enumerate().filter(|(at, item)| item.kind == ItemKind::Mandatory && !answered(*at));
    for (_, item) in missing {
        let name = section.item_name(item);
        problems.push(
            Problem::new(
                Code::MandatoryItemMissing,
                place,
                format!("必須開示項目「{}」の記述がありません", name.name.ja),
                format!("the mandatory item “{}” is missing", name.name.en),
            )
            .help(
                format!("{header} の下に `{} = \"…\"` を加え、… のところに申請書の文を書いてください", item.id.value),
                format!("add `{} = \"…\"` below {header}, with what was stated in place of …", item.id.value),
            )
            .about(name),
        );
    }
}

fn criterion_items(disclosure: &Disclosure, edition: &Edition, problems: &mut Problems) {
    for (table, entry) in disclosure.entries() {
        let Some((section, item)) = named(edition, table, entry.item) else { continue };
        if !item.criterion {
            continue;
        }
        match &entry.answer {
            Answer::Withheld(_) => criterion(Code::CriterionWithheld, WITHHELD, section, item, entry.key, problems),
            Answer::None(_) => criterion(Code::CriterionNotMet, NO_MEASURE, section, item, entry.key, problems),
            Answer::Undisclosed(_) => criterion(Code::CriterionNotMet, UNDISCLOSED, section, item, entry.key, problems),
            Answer::Text(text) => {
                let said = says_no(text);
                said.into_iter().for_each(|words| criterion(Code::CriterionNotMet, words, section, item, entry.key, problems));
            }
        }
    }
}

fn named<'e>(edition: &'e Edition, table: &SectionAnswers, item: usize) -> Option<(&'e Section, &'e Item)> {
    let section = edition.sections.get(table.section)?;
    Some((section, section.items.get(item)?))
}

/// What is said about a criterion item, in both languages, after its name.
type Said = (&'static str, &'static str);
const WITHHELD: Said = (
    "の公表を留保しているため、利用者が要件を確かめられません",
    "is withheld, so readers cannot see that the requirement is met",
);
const NO_MEASURE: Said = ("に対策が記されていません", "names no measure");
const UNDISCLOSED: Said = ("が開示されていません", "is not disclosed");

/// R26: 無, なし, 実施なし, 開示なし and the like as the whole answer, or 実施なし and 開示なし in front.
fn says_no(text: &str) -> Option<Said> {
    let text = text.trim().trim_end_matches(['。', '.', '．']);
    if text.starts_with("開示なし") {
        return Some(UNDISCLOSED);
    }
    let no_measure = matches!(text, "無" | "無し" | "なし" | "ない" | "未実施" | "×") || text.starts_with("実施なし");
    no_measure.then_some(NO_MEASURE)
}

fn criterion(code: Code, (ja, en): Said, section: &Section, item: &Item, key: Span, problems: &mut Problems) {
    let name = section.item_name(item);
    problems.push(
        Problem::new(
            code,
            key,
            format!("一定の要件を考慮すべき項目「{}」{ja}", name.name.ja),
            format!("the criterion item “{}” {en}", name.name.en),
        )
        .help(
            "申請書Bと見比べてください。そのとおりで、機関が認定したのであれば、`registry.toml` の `[[accepted]]` に理由を書いてください",
            "compare it with the application; if the body decided so, give the reason in `[[accepted]]` of `registry.toml`",
        )
        .about(name),
    );
}

/// R147: what tells whose certification this is, and of which day its disclosure is, is published by the rules themselves.
fn identity_withheld(disclosure: &Disclosure, edition: &Edition, problems: &mut Problems) {
    for (table, entry) in disclosure.entries().filter(|(_, entry)| matches!(entry.answer, Answer::Withheld(_))) {
        let Some((section, item)) = named(edition, table, entry.item) else { continue };
        if item.role.is_some() {
            let name = section.item_name(item);
            problems.push(
                Problem::new(
                    Code::IdentityWithheld,
                    entry.key,
                    format!("「{}」の公表は留保できません", name.name.ja),
                    format!("“{}” cannot be withheld", name.name.en),
                )
                .help(
                    "`withheld` を取り除き、申請書の文をそのまま書いてください",
                    "take `withheld` away and write what was stated",
                )
                .about(name),
            );
        }
    }
}

/// R46: only a part may be withheld.
fn everything_withheld(disclosure: &Disclosure, problems: &mut Problems) {
    let mut stated = disclosure.entries().peekable();
    if stated.peek().is_some() && stated.all(|(_, entry)| matches!(entry.answer, Answer::Withheld(_))) {
        problems.push(
            Problem::new(
                Code::EverythingWithheld,
                disclosure.place,
                "この開示内容は、全ての項目の公表を留保しています",
                "every item is withheld",
            )
            .help(
                "申し出の書類と見比べ、公表してよい項目は、`withheld` を取り除いて申請書の文を書いてください",
                "compare it with the request: of items that may be public take `withheld` away, and write what was stated",
            ),
        );
    }
}

/// R13: less than one letter in ten is Japanese in a disclosure of some length.
fn disclosure_not_japanese(disclosure: &Disclosure, problems: &mut Problems) {
    let texts = || {
        disclosure.entries().filter_map(|(_, entry)| match &entry.answer {
            Answer::Text(text) => Some(text.as_str()),
            Answer::None(_) | Answer::Undisclosed(_) | Answer::Withheld(_) => None,
        })
    };
    // There are at most as many letters as bytes: with so many Japanese ones nothing that follows can matter.
    let enough = texts().map(str::len).sum::<usize>().div_ceil(10);
    let (mut letters, mut japanese) = (0_usize, 0_usize);
    for letter in texts().flat_map(str::chars) {
        if is_japanese(letter) {
            (letters, japanese) = (letters + 1, japanese + 1);
            if japanese >= enough {
                return;
            }
        } else if letter.is_alphabetic() {
            letters += 1;
        }
    }
    if letters >= 200 && japanese * 10 < letters {
        problems.push(
            Problem::new(
                Code::DisclosureNotJapanese,
                disclosure.place,
                "開示内容が日本語で書かれていないようです",
                "the disclosure seems not to be in Japanese",
            )
            .help(
                "申請者から日本語の開示内容を受けて、改めてください。このまま公表すると機関が判断したのであれば、`registry.toml` の `[[accepted]]` に理由を書いてください",
                "ask the applicant for a Japanese one; if the body decided to publish it so, give the reason in `[[accepted]]` of `registry.toml`",
            ),
        );
    }
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}
