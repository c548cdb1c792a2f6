//! The disclosure on a service's page: both parts, every section, every item with the state of its answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::view::{Answer, CatalogueItem, CatalogueSection, Disclosure, Guideline, Scheme, Section};

/// What a service discloses, as templates see it.
#[derive(Serialize)]
pub(super) struct DisclosurePart<'v> {
    date: NaiveDate,
    edition: &'v str,
    guideline: &'v Guideline,
    provider_date: Option<&'v str>,
    completeness: Completeness,
    parts: Vec<Part<'v>>,
}

/// R24: figures, never a verdict.
#[derive(Default, Serialize)]
struct Completeness {
    mandatory: usize,
    mandatory_answered: usize,
    criterion: usize,
    criterion_answered: usize,
    optional: usize,
    optional_answered: usize,
}

#[derive(Serialize)]
struct Part<'v> {
    id: &'static str,
    sections: Vec<SectionPart<'v>>,
}

#[derive(Serialize)]
struct SectionPart<'v> {
    id: &'v str,
    anchor: String,
    name: &'v str,
    name_en: Option<&'v str>,
    label: Option<&'v str>,
    number: usize,
    groups: Vec<Group<'v>>,
}

#[derive(Serialize)]
struct Group<'v> {
    name: &'v str,
    items: Vec<Item<'v>>,
}

#[derive(Serialize)]
struct Item<'v> {
    id: &'v str,
    anchor: String,
    name: &'v str,
    name_en: Option<&'v str>,
    kind: &'static str,
    criterion: bool,
    guidance: &'v str,
    answer: AnswerPart<'v>,
}

#[derive(Default, Serialize)]
struct AnswerPart<'v> {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<NaiveDate>,
}

impl<'v> DisclosurePart<'v> {
    /// The disclosure by the scheme's catalogue.
    pub(super) fn of(disclosure: &'v Disclosure, scheme: &'v Scheme) -> Option<DisclosurePart<'v>> {
        let edition = scheme.editions.get(disclosure.edition)?;
        let (mut provider, mut service) = (Vec::new(), Vec::new());
        let mut completeness = Completeness::default();
        let mut provider_date = None;
        let mut copies: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, section) in disclosure.sections.iter().enumerate() {
            let catalogue = edition.sections.get(section.section)?;
            let copy = copies.entry(section.section).or_default();
            *copy += 1;
            completeness.add(catalogue, section);
            if let (0, Some(Answer::Text { text })) = (section.section, section.answers.first()) {
                provider_date.get_or_insert(text.as_str());
            }
            let part = if catalogue.part == "provider" { &mut provider } else { &mut service };
            part.push(section_part(catalogue, section, *copy, at + 1));
        }
        let parts = vec![Part { id: "provider", sections: provider }, Part { id: "service", sections: service }];
        Some(DisclosurePart {
            date: disclosure.date,
            edition: &edition.date,
            guideline: &scheme.guideline,
            provider_date,
            completeness,
            parts,
        })
    }
}

impl Completeness {
    /// Counts the items of a section: an item is answered where something is stated, withheld or not.
    fn add(&mut self, catalogue: &CatalogueSection, section: &Section) {
        for (item, answer) in catalogue.items.iter().zip(&section.answers) {
            let answered = usize::from(*answer != Answer::NotStated);
            let (all, stated) = match item.kind {
                "mandatory" => (&mut self.mandatory, &mut self.mandatory_answered),
                _ => (&mut self.optional, &mut self.optional_answered),
            };
            *all += 1;
            *stated += answered;
            if item.criterion {
                self.criterion += 1;
                self.criterion_answered += answered;
            }
        }
    }
}

/// One table of a section. The first table of a repeating section carries the anchors for life, the others a suffix.
fn section_part<'v>(catalogue: &'v CatalogueSection, section: &'v Section, copy: usize, number: usize) -> SectionPart<'v> {
    let suffix = if copy > 1 { format!("-{copy}") } else { String::new() };
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (item, answer) in catalogue.items.iter().zip(&section.answers) {
        if groups.last().is_none_or(|group| group.name != item.group) {
            groups.push(Group { name: &item.group, items: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.items.push(item_part(item, answer, &suffix));
        }
    }
    SectionPart {
        id: &catalogue.id,
        anchor: format!("{}{suffix}", catalogue.id),
        name: &catalogue.name,
        name_en: catalogue.name_en.as_deref(),
        label: section.label.as_deref(),
        number,
        groups,
    }
}

fn item_part<'v>(item: &'v CatalogueItem, answer: &'v Answer, suffix: &str) -> Item<'v> {
    Item {
        id: &item.id,
        anchor: format!("{}{suffix}", item.id),
        name: &item.name,
        name_en: item.name_en.as_deref(),
        kind: item.kind,
        criterion: item.criterion,
        guidance: &item.guidance,
        answer: answer_part(answer),
    }
}

fn answer_part(answer: &Answer) -> AnswerPart<'_> {
    let base = AnswerPart::default();
    match answer {
        Answer::Text { text } => AnswerPart { state: "text", text: Some(text), ..base },
        Answer::None { text } => AnswerPart { state: "none", text: text.as_deref(), ..base },
        Answer::Undisclosed { text } => AnswerPart { state: "undisclosed", text: text.as_deref(), ..base },
        Answer::Withheld { until, ground } => AnswerPart { state: "withheld", until: *until, ground: Some(ground), ..base },
        Answer::Pending { since } => AnswerPart { state: "pending", since: Some(*since), ..base },
        Answer::NotStated => AnswerPart { state: "not-stated", ..base },
    }
}
