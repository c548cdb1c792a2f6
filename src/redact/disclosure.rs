//! The disclosure that is shown on a day, without a single withheld text.
//!
//! A text opens only where every period of its withholding is over on the day shown, today and by the clock. What is
//! withheld follows from the open file alone; what a page tells of it is what was known on the day shown (R145). An item
//! that is withheld or pending in any disclosure, a coming one included, is hidden in every earlier one.

use chrono::NaiveDate;

use crate::model::{Answer, Disclosure, Over, Periods, SectionAnswers, Settings, Withholding, WithholdingEnd};
use crate::view;

use super::{Days, SchemeContext};

/// An item that a later disclosure hides in earlier ones.
struct Hidden {
    lineage: usize,
    label: Option<String>,
    answer: view::Answer,
    /// Whether its withholding was requested by the day shown.
    known: bool,
}

impl Hidden {
    /// Whether it says more than what stands there already: an item that is withheld anyway keeps its own end where the
    /// later withholding was not known yet (R145), and where its own lasts longer.
    fn outweighs(&self, own: &view::Answer) -> bool {
        match (own, &self.answer) {
            (view::Answer::Withheld { until: Some(own), .. }, view::Answer::Withheld { until: Some(later), .. }) => {
                self.known && later >= own
            }
            (view::Answer::Withheld { .. }, view::Answer::Pending { .. }) => false,
            (view::Answer::Withheld { .. } | view::Answer::Pending { .. }, _) => self.known,
            (
                view::Answer::Text { .. }
                | view::Answer::None { .. }
                | view::Answer::Undisclosed { .. }
                | view::Answer::NotStated,
                _,
            ) => true,
        }
    }
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
        sections.extend(redact_section(section, items, tables, settings, days));
    }
    hide(&mut sections, edition, &hidden, scheme);
    Some(view::Disclosure { date: disclosure.date, edition, sections })
}

/// Every table of a section with an answer for each item; a section of which nothing is written has one such table.
fn redact_section(
    section: usize,
    items: usize,
    tables: Vec<SectionAnswers>,
    settings: &Settings,
    days: Days,
) -> Vec<view::Section> {
    if tables.is_empty() {
        return vec![view::Section { section, label: None, answers: vec![view::Answer::NotStated; items] }];
    }
    let tables = tables.into_iter().map(|table| {
        let mut answers = vec![view::Answer::NotStated; items];
        for entry in table.answers {
            if let Some(answer) = answers.get_mut(entry.item) {
                *answer = public(entry.answer, settings, days);
            }
        }
        view::Section { section, label: table.label, answers }
    });
    tables.collect()
}

/// What a stated answer says to the public.
fn public(answer: Answer, settings: &Settings, days: Days) -> view::Answer {
    match answer {
        Answer::Text(text) => view::Answer::Text { text },
        Answer::None(text) => view::Answer::None { text },
        Answer::Undisclosed(text) => view::Answer::Undisclosed { text },
        Answer::Withheld(withholding) => match open(&withholding, settings, days) {
            Some(text) => view::Answer::Text { text },
            None => withheld(&withholding.periods, settings, days.shown).unwrap_or(view::Answer::NotStated),
        },
    }
}

/// Withheld until the last day of all periods that were known on the day shown, pending from the day after. The ground is
/// that of the period that holds. A renewal is told with the period that it renews (R44).
fn withheld(periods: &Periods, settings: &Settings, shown: NaiveDate) -> Option<view::Answer> {
    let known = periods.known_on(shown);
    if let Some(since) = known.over_since(shown) {
        return Some(view::Answer::Pending { since });
    }
    let period = known.on(shown)?;
    let ground = settings.withholding_grounds.iter().find(|ground| ground.id.value == period.ground)?;
    let periods = match known.periods() {
        [_, _, ..] => known.periods().iter().map(|period| view::Period { from: period.from, until: period.until }).collect(),
        [] | [_] => Vec::new(),
    };
    Some(view::Answer::Withheld { until: known.last_day(), ground: ground.name.value.clone(), periods })
}

/// The sealed text of an item whose withholding is over on all days, where the registry publishes such texts by itself.
fn open(withholding: &Withholding, settings: &Settings, days: Days) -> Option<String> {
    match settings.withholding_end {
        WithholdingEnd::Hold => None,
        WithholdingEnd::Publish => Over::prove(withholding, &[days.shown, days.today, days.clock])?.open(),
    }
}

/// What a later disclosure hides in every earlier one: its withheld and pending items.
fn hidden_by(later: &Disclosure, scheme: &SchemeContext, settings: &Settings, days: Days) -> Vec<Hidden> {
    let Some(edition) = later.edition else { return Vec::new() };
    let hidden = later.entries().filter_map(|(table, entry)| {
        let Answer::Withheld(withholding) = &entry.answer else { return None };
        if open(withholding, settings, days).is_some() {
            return None;
        }
        let lineage = scheme.lineage.get(edition, table.section, entry.item)?;
        let answer = withheld(&withholding.periods, settings, days.shown)?;
        let known = !withholding.periods.known_on(days.shown).periods().is_empty();
        Some(Hidden { lineage, label: table.label.clone(), answer, known })
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
                    && hidden.outweighs(answer)
                {
                    answer.clone_from(&hidden.answer);
                }
            }
        }
    }
}
