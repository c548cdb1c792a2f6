//! The disclosure on a service's page: both parts, every section, every item with the state of its answer.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;
use tera::{Context, Map, Value};

use crate::route::Lang;
use crate::theme::Theme;
use crate::view::{Answer, CatalogueItem, CatalogueSection, Disclosure, Edition, Period, Scheme, Section};

/// Up to so many tables of a repeating section stand side by side; more would leave no room for what they say.
const SIDE_BY_SIDE: usize = 3;

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

/// The groups of every section of an edition as templates see them: made once, shared by the pages of all its services.
pub(super) struct Catalogue(Vec<Value>);

/// What the rows of an item are made with.
pub(super) struct Rows<'t> {
    pub(super) lang: Lang,
    pub(super) theme: &'t Theme,
    pub(super) context: Context,
    /// The pages of items by the items' names.
    pub(super) pages: BTreeMap<&'t str, String>,
}

#[derive(Serialize)]
struct Item<'v> {
    id: &'v str,
    anchor: &'v str,
    /// The page with every service's answer to it.
    page: Option<&'v String>,
    name: &'v str,
    name_en: Option<&'v str>,
    kind: &'static str,
    criterion: bool,
    guidance: &'v str,
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
    /// The periods of a withholding that was renewed.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    periods: &'v [Period],
}

impl Catalogue {
    /// The catalogue of an edition.
    pub(super) fn of(edition: &Edition, rows: &Rows<'_>) -> Result<Catalogue> {
        Ok(Catalogue(edition.sections.iter().map(|section| rows.groups(section, "")).collect::<Result<_>>()?))
    }
}

/// What a service discloses, by its edition's catalogue, as templates see it. Values are put together by hand here, as
/// what is serialised would be built anew for every page.
pub(super) fn value(disclosure: &Disclosure, scheme: &Scheme, shared: &[Catalogue], rows: &Rows<'_>) -> Result<Option<Value>> {
    let (Some(edition), Some(shared)) = (scheme.editions.get(disclosure.edition), shared.get(disclosure.edition)) else {
        return Ok(None);
    };
    let (mut provider, mut service) = (Vec::new(), Vec::new());
    let mut completeness = Completeness::default();
    let mut provider_date = None;
    let mut number = 0;
    for copies in disclosure.sections.chunk_by(|a, b| a.section == b.section) {
        let Some(index) = copies.first().map(|section| section.section) else { continue };
        let (Some(catalogue), Some(shared)) = (edition.sections.get(index), shared.0.get(index)) else { return Ok(None) };
        copies.iter().for_each(|section| completeness.add(catalogue, section));
        provider_date = provider_date.or_else(|| disclosed_date(catalogue, copies));
        let part = if catalogue.part == "provider" { &mut provider } else { &mut service };
        part.extend(Block { catalogue, copies, shared }.values(&mut number, rows)?);
    }
    let part = |id: &str, sections: Vec<Value>| map([("id", Value::from(id)), ("sections", Value::from(sections))]);
    Ok(Some(map([
        ("date", Value::from_serializable(&disclosure.date)),
        ("edition", Value::from(edition.date.as_str())),
        ("guideline", Value::from_serializable(&scheme.guideline)),
        ("provider_date", or_none(provider_date)),
        ("completeness", Value::from_serializable(&completeness)),
        ("parts", Value::from(vec![part("provider", provider), part("service", service)])),
    ])))
}

/// The provider's own date of the disclosure, where the catalogue has an item for it and it is answered (R21).
fn disclosed_date<'d>(catalogue: &CatalogueSection, copies: &'d [Section]) -> Option<&'d str> {
    let at = catalogue.items.iter().position(|item| item.tells_date)?;
    copies.iter().find_map(|section| match section.answers.get(at)? {
        Answer::Text { text } => Some(text.as_str()),
        Answer::None { .. }
        | Answer::Undisclosed { .. }
        | Answer::Withheld { .. }
        | Answer::Pending { .. }
        | Answer::NotStated => None,
    })
}

pub(super) fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from(entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Map>())
}

pub(super) fn or_none(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
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

/// All tables of one section of the catalogue. The first one carries the anchors for life, the others a suffix.
struct Block<'d> {
    catalogue: &'d CatalogueSection,
    copies: &'d [Section],
    shared: &'d Value,
}

impl Block<'_> {
    /// What the page shows of it: one table, where a few stand side by side as its columns, or a table for each.
    fn values(&self, number: &mut usize, rows: &Rows<'_>) -> Result<Vec<Value>> {
        if (2..=SIDE_BY_SIDE).contains(&self.copies.len()) {
            let columns: Vec<Value> = self.copies.iter().enumerate().map(|(at, section)| self.column(at + 1, section)).collect();
            *number += 1;
            return Ok(vec![self.value(1, *number, None, self.shared.clone(), [("columns", Value::from(columns))])]);
        }
        let mut values = Vec::new();
        for (at, section) in self.copies.iter().enumerate() {
            let groups = if at > 0 { rows.groups(self.catalogue, &suffix(at + 1))? } else { self.shared.clone() };
            *number += 1;
            let answers = [("answers", answers(section))];
            values.push(self.value(at + 1, *number, section.label.as_deref(), groups, answers));
        }
        Ok(values)
    }

    fn column(&self, copy: usize, section: &Section) -> Value {
        map([
            ("label", or_none(section.label.as_deref())),
            ("anchor", Value::from(format!("{}{}", self.catalogue.id, suffix(copy)))),
            ("suffix", Value::from(suffix(copy))),
            ("answers", answers(section)),
        ])
    }

    fn value(&self, copy: usize, number: usize, label: Option<&str>, groups: Value, own: [(&'static str, Value); 1]) -> Value {
        let [own] = own;
        map([
            ("id", Value::from(self.catalogue.id.as_str())),
            ("anchor", Value::from(format!("{}{}", self.catalogue.id, suffix(copy)))),
            ("name", Value::from(self.catalogue.name.as_str())),
            ("name_en", or_none(self.catalogue.name_en.as_deref())),
            ("label", or_none(label)),
            ("number", Value::from(number)),
            ("groups", groups),
            own,
        ])
    }
}

pub(super) fn suffix(copy: usize) -> String {
    if copy > 1 { format!("-{copy}") } else { String::new() }
}

fn answers(section: &Section) -> Value {
    Value::from(section.answers.iter().map(answer_value).collect::<Vec<_>>())
}

impl Rows<'_> {
    /// The items of a section by 中項目.
    fn groups(&self, catalogue: &CatalogueSection, suffix: &str) -> Result<Value> {
        let mut groups: Vec<(&CatalogueItem, Vec<Value>)> = Vec::new();
        for (at, item) in catalogue.items.iter().enumerate() {
            let value = self.item(at, item, suffix)?;
            match groups.last_mut() {
                Some((first, items)) if first.group == item.group => items.push(value),
                Some(_) | None => groups.push((item, vec![value])),
            }
        }
        let group = |(first, items): (&CatalogueItem, Vec<Value>)| {
            map([
                ("name", Value::from(first.group.as_str())),
                ("name_en", or_none(first.group_en.as_deref())),
                ("items", Value::from(items)),
            ])
        };
        Ok(Value::from(groups.into_iter().map(group).collect::<Vec<_>>()))
    }

    /// An item with its place among the section's answers, and the cells that do not depend on the answer.
    fn item(&self, at: usize, item: &CatalogueItem, suffix: &str) -> Result<Value> {
        let anchor = format!("{}{suffix}", item.id);
        let mut context = self.context.clone();
        let seen = Item {
            id: &item.id,
            anchor: &anchor,
            page: self.pages.get(item.id.as_str()),
            name: &item.name,
            name_en: item.name_en.as_deref(),
            kind: item.kind,
            criterion: item.criterion,
            guidance: &item.guidance,
        };
        context.insert("item", &seen);
        let mut cells = Vec::new();
        self.theme.render(self.lang, "item.html", &context, &mut cells)?;
        Ok(map([
            ("at", Value::from(at)),
            ("name", Value::from(item.name.as_str())),
            ("anchor", Value::from(anchor.as_str())),
            ("cells", Value::safe_string(&String::from_utf8(cells)?)),
        ]))
    }
}

/// An answer in words is nothing but these words; any other one says what it is.
pub(super) fn answer_value(answer: &Answer) -> Value {
    match answer {
        Answer::Text { text } => Value::from(text.as_str()),
        Answer::None { .. }
        | Answer::Undisclosed { .. }
        | Answer::Withheld { .. }
        | Answer::Pending { .. }
        | Answer::NotStated => Value::from_serializable(&answer_part(answer)),
    }
}

fn answer_part(answer: &Answer) -> AnswerPart<'_> {
    let base = AnswerPart::default();
    match answer {
        Answer::Text { text } => AnswerPart { state: "text", text: Some(text), ..base },
        Answer::None { text } => AnswerPart { state: "none", text: text.as_deref(), ..base },
        Answer::Undisclosed { text } => AnswerPart { state: "undisclosed", text: text.as_deref(), ..base },
        Answer::Withheld { until, ground, periods } => {
            AnswerPart { state: "withheld", until: *until, ground: Some(ground), periods, ..base }
        }
        Answer::Pending { since } => AnswerPart { state: "pending", since: Some(*since), ..base },
        Answer::NotStated => AnswerPart { state: "not-stated", ..base },
    }
}
