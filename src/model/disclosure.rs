//! What a service disclosed from a day on, and the sealed twin with the texts that are withheld.

use chrono::{Days, NaiveDate};

use crate::problem::Span;

use super::{Withheld, Withholding};

/// One disclosure, answered by one edition of the catalogue.
#[derive(Debug)]
pub struct Disclosure {
    /// The first day on which it holds, the name of its file.
    pub date: NaiveDate,
    /// Its record.
    pub place: Span,
    /// Index of its edition in the scheme; absent where it is unknown.
    pub edition: Option<usize>,
    /// The sections that are written, in the order of the catalogue.
    pub sections: Vec<SectionAnswers>,
    /// Sections that are written with a fault that is told already, by index: nothing of theirs is missing.
    pub faulty: Vec<usize>,
    /// What the sealed twin holds beside the texts of withheld items, which stand with their items.
    pub sealed: Option<Sealed>,
}

/// The answers of one section, or of one table of a repeating section.
#[derive(Debug)]
pub struct SectionAnswers {
    /// Index of the section in its edition.
    pub section: usize,
    /// Where its header stands.
    pub place: Span,
    /// The label of a repeating section's table.
    pub label: Option<String>,
    /// The answers that are stated, by index of the item.
    pub answers: Vec<Entry>,
    /// Items that are written with a fault that is told already, by index: they are not missing.
    pub faulty: Vec<usize>,
}

/// One stated answer.
#[derive(Debug)]
pub struct Entry {
    /// Index of the item in its section.
    pub item: usize,
    /// Where its key stands.
    pub key: Span,
    /// What is stated.
    pub answer: Answer,
}

/// What is stated about an item.
#[derive(Debug)]
pub enum Answer {
    /// A text, published as written (R17).
    Text(String),
    /// 実施なし (R23).
    None(Option<String>),
    /// 開示なし (R23).
    Undisclosed(Option<String>),
    /// 公表留保; the text stands in the sealed twin.
    Withheld(Withholding),
}

/// The periods of a withholding, in the order of the file.
#[derive(Debug, Default)]
pub struct Periods(pub Vec<Period>);

/// One period of a withholding.
#[derive(Clone, Debug)]
pub struct Period {
    /// The day of the provider's request.
    pub requested: Option<NaiveDate>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; absent where there is no end.
    pub until: Option<NaiveDate>,
    /// Id of the ground.
    pub ground: String,
}

/// What a sealed twin holds that belongs to no withheld item. Nothing here ever opens.
#[derive(Debug)]
pub struct Sealed {
    /// Its record.
    pub place: Span,
    /// Its sections, also those of which every text found its item.
    pub sections: Vec<SealedSection>,
}

/// The sealed texts of one section, or of one table of a repeating section, that belong to no withheld item.
#[derive(Debug)]
pub struct SealedSection {
    /// Index of the section in the edition.
    pub section: usize,
    /// Where its header stands.
    pub place: Span,
    /// The label of a repeating section's table.
    pub label: Option<String>,
    /// The texts.
    pub texts: Vec<SealedText>,
}

/// One sealed text.
#[derive(Debug)]
pub struct SealedText {
    /// Index of the item in its section.
    pub item: usize,
    /// Where its key stands.
    pub key: Span,
    /// The text.
    pub text: Withheld,
}

impl Periods {
    /// The last day on which the item is withheld, the latest end of all periods; none where one of them has no end.
    pub fn last_day(&self) -> Option<NaiveDate> {
        latest_end(self.0.iter())
    }

    /// Whether all periods are over on a day. Before the first one nothing is over.
    pub fn over_on(&self, day: NaiveDate) -> bool {
        self.last_day().is_some_and(|last| last < day)
    }

    /// The periods that were requested by a day: what could be known of the withholding on it (R145).
    pub fn known_on(&self, day: NaiveDate) -> KnownPeriods<'_> {
        let known = |period: &&Period| period.requested.is_none_or(|requested| requested <= day);
        KnownPeriods { all: self, known: self.0.iter().filter(known).collect() }
    }
}

/// What was known of a withholding on a day.
#[derive(Debug)]
pub struct KnownPeriods<'p> {
    all: &'p Periods,
    known: Vec<&'p Period>,
}

impl<'p> KnownPeriods<'p> {
    /// The periods, in the order of the file.
    pub fn periods(&self) -> &[&'p Period] {
        &self.known
    }

    /// The latest end that was known; none where there is no end, or no period was requested yet.
    pub fn last_day(&self) -> Option<NaiveDate> {
        latest_end(self.known.iter().copied())
    }

    /// The first day after the last period that was known, where that is over on `day`.
    pub fn over_since(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.last_day().filter(|last| *last < day)?.checked_add_days(Days::new(1))
    }

    /// The period that holds on a day: the last one known that has begun by then. Before, and where none was requested
    /// yet, the first one, so that an item is never without its ground.
    pub fn on(&self, day: NaiveDate) -> Option<&'p Period> {
        let begun = self.known.iter().rev().find(|period| period.from <= day).copied();
        begun.or_else(|| self.known.first().copied()).or_else(|| self.all.0.first())
    }
}

fn latest_end<'p>(periods: impl Iterator<Item = &'p Period>) -> Option<NaiveDate> {
    let ends: Option<Vec<NaiveDate>> = periods.map(|period| period.until).collect();
    ends?.into_iter().max()
}

impl Disclosure {
    /// The tables of a section that are written.
    pub fn section(&self, section: usize) -> impl Iterator<Item = &SectionAnswers> {
        self.sections.iter().filter(move |answers| answers.section == section)
    }

    /// Every stated answer with its table.
    pub fn entries(&self) -> impl Iterator<Item = (&SectionAnswers, &Entry)> {
        self.sections.iter().flat_map(|section| section.answers.iter().map(move |entry| (section, entry)))
    }
}

impl SectionAnswers {
    /// What is stated about an item.
    pub fn answer(&self, item: usize) -> Option<&Entry> {
        self.answers.iter().find(|entry| entry.item == item)
    }
}

impl Sealed {
    /// Every sealed text with its table.
    pub fn texts(&self) -> impl Iterator<Item = (&SealedSection, &SealedText)> {
        self.sections.iter().flat_map(|section| section.texts.iter().map(move |text| (section, text)))
    }
}
