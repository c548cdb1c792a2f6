//! A scheme as its pages show it, with the catalogue of its items.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::mark;

use super::{Article, Desk, Ground};

/// A scheme as its pages show it.
#[derive(Debug)]
pub struct Scheme {
    /// Its id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Name in English.
    pub name_en: String,
    /// Heading of its list.
    pub list_title: String,
    /// What the certification says and does not say.
    pub meaning: String,
    /// Short name in English.
    pub short_name_en: Option<String>,
    /// Heading of its list in English.
    pub list_title_en: Option<String>,
    /// What the certification says and does not say, in English.
    pub meaning_en: Option<String>,
    /// The address a mark must link to.
    pub link_url: String,
    /// Old addresses that must keep answering, without the `/` in front.
    pub aliases: Vec<String>,
    /// Its categories.
    pub categories: Vec<Category>,
    /// Its grounds for cancellation, in its own numbering.
    pub grounds: Vec<Ground>,
    /// The form of its numbers.
    pub number: NumberPattern,
    /// Its parameters.
    pub rules: Rules,
    /// The editions of its regulation by their first day, coming ones included (R124).
    pub regulations: Vec<Regulation>,
    /// By which criteria it certifies a level too, where it does.
    pub criteria: Option<Criteria>,
    /// Its fees.
    pub fees: Vec<Fee>,
    /// Tax rates by their first day.
    pub taxes: Vec<Tax>,
    /// Its revision history, as written (R123).
    pub revisions: Vec<Revision>,
    /// Its own desk, where it has one.
    pub desk: Option<Desk>,
    /// Its free pages, by slug.
    pub pages: Vec<Article>,
    /// The guideline it rests on.
    pub guideline: Guideline,
    /// The editions of its catalogue, oldest first.
    pub editions: Vec<Edition>,
    /// The artwork of its mark in colour.
    pub artwork: Arc<mark::Artwork>,
    /// The artwork of its mark in black and white.
    pub artwork_mono: Arc<mark::Artwork>,
    /// The font of the number, where it brings its own.
    pub font: Option<Arc<mark::Font>>,
}

impl Scheme {
    /// Whether it tells its fees.
    #[must_use]
    pub fn has_fees(&self) -> bool {
        !self.fees.is_empty() && !self.taxes.is_empty()
    }

    /// Whether an item of any edition must meet a requirement.
    #[must_use]
    pub fn has_criteria(&self) -> bool {
        self.editions.iter().flat_map(|edition| &edition.sections).flat_map(|section| &section.items).any(|item| item.criterion)
    }
}

/// How a number is composed: `IP0001-1212`.
#[derive(Debug, Serialize)]
pub struct NumberPattern {
    /// What stands in front, a space included where the scheme has one.
    pub prefix: String,
    /// The same in addresses.
    pub slug: String,
    /// Digits of the serial.
    pub serial_digits: usize,
}

impl NumberPattern {
    /// What differs from number to number: `0001-1212` of the slug `ip0001-1212`.
    pub fn digits<'s>(&self, slug: &'s str) -> &'s str {
        slug.strip_prefix(self.slug.as_str()).unwrap_or(slug)
    }

    /// The serial of a slug; 0 where there is none.
    pub fn serial(&self, slug: &str) -> usize {
        self.digits(slug).split('-').next().and_then(|serial| serial.parse().ok()).unwrap_or_default()
    }
}

/// The parameters of a scheme's rules that readers are told.
#[derive(Debug, Serialize)]
pub struct Rules {
    /// Length of a term in years.
    pub validity_years: u32,
    /// The window opens so many days before the last day.
    pub renewal_opens_days: u32,
    /// The window closes so many days before the last day, that day inside.
    pub renewal_closes_days: u32,
    /// `automatic` or `by-decision`.
    pub continuation: &'static str,
    /// Whether the mark may be used while a renewal is decided.
    pub mark_while_continuing: bool,
    /// `ends-effect` or `review`.
    pub succession: &'static str,
    /// Years after a cancellation before the same service can apply again.
    pub reapply_after_years: u32,
}

/// One edition of a regulation.
#[derive(Debug, Serialize)]
pub struct Regulation {
    /// Its name.
    pub name: String,
    /// The day it comes into force.
    pub from: NaiveDate,
}

/// A fee in whole yen, without tax.
#[derive(Debug)]
pub struct Fee {
    /// `new`, `new-reduced`, `renewal` or `reissue`.
    pub kind: &'static str,
    /// Yen without tax.
    pub net: u32,
    /// A remark.
    pub note: Option<String>,
}

/// A tax rate from a day on.
#[derive(Debug)]
pub struct Tax {
    /// First day.
    pub from: NaiveDate,
    /// Percent.
    pub percent: u32,
}

/// An entry of the revision history.
#[derive(Debug, Serialize)]
pub struct Revision {
    /// Year and month or the full date, as exact as the source is.
    pub on: String,
    /// 新設, 変更, 追加.
    pub kind: String,
    /// What was revised.
    pub text: String,
}

/// A category.
#[derive(Clone, Debug, Serialize)]
pub struct Category {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// What belongs to it.
    pub description: String,
    /// The same in English.
    pub description_en: Option<String>,
    /// The work its services are for.
    pub work: Option<String>,
    /// Examples of its services.
    pub examples: Option<String>,
}

/// The criteria of a scheme that certifies a level too.
#[derive(Debug, Serialize)]
pub struct Criteria {
    /// Which they are.
    pub text: String,
    /// Where they can be read.
    pub url: Option<String>,
}

/// A guideline.
#[derive(Clone, Debug, Serialize)]
pub struct Guideline {
    /// Its name.
    pub name: String,
    /// Its date, as exact as the source is.
    pub published: String,
}

/// One edition of a catalogue.
#[derive(Debug)]
pub struct Edition {
    /// Its date.
    pub date: String,
    /// Its sections.
    pub sections: Vec<CatalogueSection>,
}

/// A section of a catalogue.
#[derive(Debug)]
pub struct CatalogueSection {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// `provider` or `service`.
    pub part: &'static str,
    /// Its items.
    pub items: Vec<CatalogueItem>,
}

/// An item of a catalogue.
#[derive(Debug)]
pub struct CatalogueItem {
    /// Its full name: `housing.building-type`.
    pub id: String,
    /// Its full names in earlier editions.
    pub was: Vec<String>,
    /// 中項目.
    pub group: String,
    /// 中項目 in English.
    pub group_en: Option<String>,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// `mandatory` or `optional`.
    pub kind: &'static str,
    /// Whether it is one of the 一定の要件を考慮すべき項目.
    pub criterion: bool,
    /// A closed set of answers that readers may filter by; empty for nearly all items.
    pub facet: Vec<String>,
    /// What has to be written: for applicants.
    pub guidance: String,
    /// What the item tells a reader without deep knowledge.
    pub explains: Option<String>,
    /// The same in English.
    pub explains_en: Option<String>,
    /// Whether it tells the provider's own date of the disclosure.
    pub tells_date: bool,
}
