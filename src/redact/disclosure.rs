//! The disclosure that is shown on a day, without a single withheld text.
//!
//! Withholding looks at two days: a text opens only where its periods are over on the day shown and today. An item that is
//! withheld or pending in any disclosure, a coming one included, is hidden in every earlier one.

use std::collections::HashMap;

use crate::model::{
    Answer, Disclosure, Edition, Entry, OverOnBothDays, Periods, Sealed, SectionAnswers, Settings, WithholdingEnd,
};
use crate::view;

use super::{Days, SchemeContext};

/// Which items of a scheme's editions are the same item, under whatever name. Names are kept for life, and `was` links an
/// item to its earlier names.
#[derive(Debug, Default)]
pub(super) struct Lineage {
    /// By edition, section and item: the item's lineage. Only looked up, never walked.
    of: Vec<Vec<Vec<usize>>>,
}

impl Lineage {
    /// The lineages of a scheme's editions.
    pub(super) fn of(editions: &[Edition]) -> Lineage {
        let mut names: HashMap<String, usize> = HashMap::new();
        let mut parents: Vec<usize> = Vec::new();
        let mut id_of = |name: String, parents: &mut Vec<usize>| {
            *names.entry(name).or_insert_with(|| {
                parents.push(parents.len());
                parents.len() - 1
            })
        };
        let mut of = Vec::new();
        for edition in editions {
            let mut sections = Vec::new();
            for section in &edition.sections {
                let mut items = Vec::new();
                for item in &section.items {
                    let own = id_of(section.full_name(item), &mut parents);
                    for was in &item.was {
                        let earlier = id_of(was.value.clone(), &mut parents);
                        join(&mut parents, own, earlier);
                    }
                    items.push(own);
                }
                sections.push(items);
            }
            of.push(sections);
        }
        for lineage in of.iter_mut().flatten().flatten() {
            *lineage = root(&parents, *lineage);
        }
        Lineage { of }
    }

    fn get(&self, edition: usize, section: usize, item: usize) -> Option<usize> {
        self.of.get(edition)?.get(section)?.get(item).copied()
    }
}

fn root(parents: &[usize], mut at: usize) -> usize {
    while let Some(&parent) = parents.get(at)
        && parent != at
    {
        at = parent;
    }
    at
}

fn join(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    if let Some(parent) = parents.get_mut(a) {
        *parent = b;
    }
}

/// An item that a later disclosure hides in earlier ones.
struct Hidden {
    lineage: usize,
    label: Option<String>,
    answer: view::Answer,
}

/// The last disclosure dated up to the day shown, as the public may see it.
pub(super) fn shown(
    disclosures: Vec<Disclosure>,
    scheme: &SchemeContext,
    settings: &Settings,
    days: Days,
) -> Option<view::Disclosure> {
    let at = disclosures.iter().rposition(|disclosure| disclosure.date <= days.shown)?;
    let hidden: Vec<Hidden> =
        disclosures.iter().skip(at + 1).flat_map(|later| hidden_by(later, scheme, settings, days)).collect();
    let disclosure = disclosures.into_iter().nth(at)?;
    let edition = disclosure.edition?;
    let mut sections = Vec::new();
    let mut written = disclosure.sections.into_iter().peekable();
    for (section, &items) in scheme.editions.get(edition)?.iter().enumerate() {
        let mut tables: Vec<SectionAnswers> = Vec::new();
        while let Some(table) = written.next_if(|table| table.section == section) {
            tables.push(table);
        }
        sections.extend(redact_section(section, items, tables, disclosure.sealed.as_ref(), settings, days));
    }
    hide(&mut sections, edition, &hidden, scheme);
    Some(view::Disclosure { date: disclosure.date, edition, sections })
}

/// Every table of a section with an answer for each item; a section of which nothing is written has one such table.
fn redact_section(
    section: usize,
    items: usize,
    tables: Vec<SectionAnswers>,
    sealed: Option<&Sealed>,
    settings: &Settings,
    days: Days,
) -> Vec<view::Section> {
    if tables.is_empty() {
        return vec![view::Section { section, label: None, answers: vec![view::Answer::NotStated; items] }];
    }
    let stray = stray_labels(section, &tables, sealed, settings, days);
    let tables = tables.into_iter().map(|table| {
        let mut answers = vec![view::Answer::NotStated; items];
        for entry in table.answers {
            let opened = open(&entry, table.label.as_deref(), section, sealed, settings, days);
            if let Some(answer) = answers.get_mut(entry.item) {
                *answer = opened.unwrap_or_else(|| public(entry.answer, settings, days));
            }
        }
        for (item, hidden) in &stray {
            if let Some(answer) = answers.get_mut(*item) {
                answer.clone_from(hidden);
            }
        }
        view::Section { section, label: table.label, answers }
    });
    tables.collect()
}

/// Items whose sealed text has a label that no table has: which table it belongs to is not known, so such an item is
/// withheld in every table of the section.
fn stray_labels(
    section: usize,
    tables: &[SectionAnswers],
    sealed: Option<&Sealed>,
    settings: &Settings,
    days: Days,
) -> Vec<(usize, view::Answer)> {
    let Some(sealed) = sealed else { return Vec::new() };
    let strays =
        sealed.texts().filter(|(part, _)| part.section == section && tables.iter().all(|table| table.label != part.label));
    let withheld = strays.filter_map(|(_, text)| {
        let entry = tables
            .iter()
            .find_map(|table| table.answer(text.item).filter(|entry| matches!(entry.answer, Answer::Withheld(_))))?;
        match &entry.answer {
            Answer::Withheld(periods) => Some((text.item, withheld(periods, settings, days)?)),
            Answer::Text(_) | Answer::None(_) | Answer::Undisclosed(_) => None,
        }
    });
    withheld.collect()
}

/// What a stated answer says to the public.
fn public(answer: Answer, settings: &Settings, days: Days) -> view::Answer {
    match answer {
        Answer::Text(text) => view::Answer::Text { text },
        Answer::None(text) => view::Answer::None { text },
        Answer::Undisclosed(text) => view::Answer::Undisclosed { text },
        Answer::Withheld(periods) => withheld(&periods, settings, days).unwrap_or(view::Answer::NotStated),
    }
}

/// Withheld until the last day of all periods, pending from the day after. The ground is that of the period that holds.
fn withheld(periods: &Periods, settings: &Settings, days: Days) -> Option<view::Answer> {
    if let Some(since) = periods.over_from().filter(|_| periods.over_on(days.shown)) {
        return Some(view::Answer::Pending { since });
    }
    let period = periods.on(days.shown)?;
    let ground = settings.withholding_grounds.iter().find(|ground| ground.id.value == period.ground)?;
    Some(view::Answer::Withheld { until: periods.last_day(), ground: ground.name.value.clone() })
}

/// The sealed text of an item whose withholding is over on both days, where the registry publishes such texts by itself.
fn open(
    entry: &Entry,
    label: Option<&str>,
    section: usize,
    sealed: Option<&Sealed>,
    settings: &Settings,
    days: Days,
) -> Option<view::Answer> {
    let Answer::Withheld(periods) = &entry.answer else { return None };
    match settings.withholding_end {
        WithholdingEnd::Hold => None,
        WithholdingEnd::Publish => {
            let over = OverOnBothDays::prove(periods, days.shown, days.today)?;
            let (_, text) = sealed?
                .texts()
                .find(|(part, text)| part.section == section && part.label.as_deref() == label && text.item == entry.item)?;
            Some(view::Answer::Text { text: text.text.open(over) })
        }
    }
}

/// What a later disclosure hides in every earlier one: its withheld and pending items.
fn hidden_by(later: &Disclosure, scheme: &SchemeContext, settings: &Settings, days: Days) -> Vec<Hidden> {
    let Some(edition) = later.edition else { return Vec::new() };
    let hidden = later.entries().filter_map(|(table, entry)| {
        let Answer::Withheld(periods) = &entry.answer else { return None };
        if open(entry, table.label.as_deref(), table.section, later.sealed.as_ref(), settings, days).is_some() {
            return None;
        }
        let lineage = scheme.lineage.get(edition, table.section, entry.item)?;
        Some(Hidden { lineage, label: table.label.clone(), answer: withheld(periods, settings, days)? })
    });
    hidden.collect()
}

/// Hides items in the tables of the same label; where no table of the item has that label, in all of them.
fn hide(sections: &mut [view::Section], edition: usize, hidden: &[Hidden], scheme: &SchemeContext) {
    for hidden in hidden {
        let has_item =
            |section: &view::Section, item: usize| scheme.lineage.get(edition, section.section, item) == Some(hidden.lineage);
        let matches_label = |section: &view::Section| {
            section.label == hidden.label && (0..section.answers.len()).any(|item| has_item(section, item))
        };
        let by_label = sections.iter().any(matches_label);
        for section in sections.iter_mut().filter(|section| !by_label || section.label == hidden.label) {
            for item in 0..section.answers.len() {
                if has_item(section, item)
                    && let Some(answer) = section.answers.get_mut(item)
                {
                    answer.clone_from(&hidden.answer);
                }
            }
        }
    }
}
