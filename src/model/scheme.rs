//! `scheme.toml`: one scheme's words and parameters. A scheme names and parameterises rules; it never defines them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::mark;
use crate::problem::{Rule, Span, Spanned};

use super::{Article, Desk, Edition, NumberForm};

/// One certification scheme.
#[derive(Debug)]
pub struct Scheme {
    /// Its id, the name of its folder.
    pub id: String,
    /// Its record.
    pub place: Span,
    /// Full name.
    pub name: Spanned<String>,
    /// Short name.
    pub short_name: Spanned<String>,
    /// Name in English.
    pub name_en: Spanned<String>,
    /// Heading of its list (R2).
    pub list_title: Spanned<String>,
    /// What the certification says and does not say (R109).
    pub meaning: Spanned<String>,
    /// Short name on English pages; without it they show the Japanese one.
    pub short_name_en: Option<Spanned<String>>,
    /// Heading of the list on English pages; without it they show the Japanese one.
    pub list_title_en: Option<Spanned<String>>,
    /// What the certification says, on English pages; without it they show the Japanese text.
    pub meaning_en: Option<Spanned<String>>,
    /// The address a mark must link to (R93).
    pub link_url: Spanned<String>,
    /// Old addresses that must keep answering (R94).
    pub aliases: Vec<Spanned<String>>,
    /// The form of its numbers; absent where it could not be read.
    pub number: Option<NumberForm>,
    /// Where that form is written.
    pub number_place: Span,
    /// Its parameters; absent where they could not be read.
    pub rules: Option<Rules>,
    /// The regulation and its editions (R124).
    pub regulations: Vec<Regulation>,
    /// Grounds for cancellation (R79, R120).
    pub grounds: Vec<Ground>,
    /// Categories (R8).
    pub categories: Vec<Category>,
    /// By which criteria the scheme certifies a level too, where it does (R136).
    pub criteria: Option<Criteria>,
    /// Fees, in yen without tax (R114–R117).
    pub fees: Vec<Fee>,
    /// Tax by date (R115).
    pub taxes: Vec<Tax>,
    /// Revision history (R123).
    pub revisions: Vec<Revision>,
    /// Where the body's own documents say what a message is about.
    pub cites: BTreeMap<Rule, String>,
    /// The guideline on which the scheme rests (R126).
    pub guideline: Guideline,
    /// The scheme's own desk.
    pub desk: Option<Desk>,
    /// The item catalogues, oldest first.
    pub editions: Vec<Edition>,
    /// Editions whose catalogues are there and could not be read: what answers them is not judged.
    pub unread_editions: Vec<String>,
    /// Free pages.
    pub pages: Vec<Article>,
    /// The artwork of the mark in colour and in black and white; absent where it could not be read.
    pub artwork: Option<Spanned<mark::Artwork>>,
    /// See `artwork`.
    pub artwork_mono: Option<Spanned<mark::Artwork>>,
    /// The font of the number, where the scheme brings its own.
    pub font: Option<Spanned<mark::Font>>,
}

/// The parameters of a scheme's rules.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Length of a term in years (001 §8ア).
    pub validity_years: u32,
    /// The window opens so many days before the last day (R59).
    pub renewal_opens_days: u32,
    /// The window closes so many days before the last day, that day inside (R59).
    pub renewal_closes_days: u32,
    /// Whether the effect continues by itself while a renewal is decided (R66, R67).
    pub continuation: Continuation,
    /// Whether the mark may be used meanwhile (R91).
    pub mark_while_continuing: bool,
    /// What a succession does (R83, R84).
    pub succession: Succession,
    /// Years after a cancellation before the same service can apply again (R81).
    pub reapply_after_years: u32,
    /// Whether only running services are certified (R10).
    pub must_be_running: bool,
    /// Whether a withholding needs an end (R45).
    pub withholding_needs_end: bool,
    /// Whether ground and note of a cancellation are published (R77).
    pub published_cancellation: bool,
    /// What is told of an improvement request that is published (R144).
    pub published_improvement: PublishedImprovement,
    /// On which day a renewed term starts (R138).
    pub renewed_term: RenewedTerm,
    /// Whether the parts of a combined service must share one category (R7).
    pub parts_share_category: bool,
}

/// What is told of an improvement request that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishedImprovement {
    /// Its content too (002 Art.16(2)).
    Content,
    /// Only that it was made and when (000 §11(2), 001 §11(2)ア).
    Fact,
}

/// On which day a renewed term starts, where it is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewedTerm {
    /// The day after the last one ended.
    DayAfter,
    /// The day of renewal, before or after the old last day (002 Art.12(3), 9(1)).
    RenewalDay,
}

/// How the effect continues past the last day while a renewal is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuation {
    /// By itself, after an application in the window (000 §9(1), 001 §9(1)イ).
    Automatic,
    /// By the body's decision (002 Art.12(2)).
    ByDecision,
}

/// What a succession does to the effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Succession {
    /// It ends it (001 §11(3), 002 Art.9(2)).
    EndsEffect,
    /// It is a reason to review (000 §11(3)⑫).
    Review,
}

/// One edition of a regulation, in force from a day on.
#[derive(Debug)]
pub struct Regulation {
    /// Its name.
    pub name: Spanned<String>,
    /// The day it comes into force.
    pub from: Spanned<NaiveDate>,
}

/// A ground for cancellation in the scheme's own numbering.
#[derive(Debug)]
pub struct Ground {
    /// The scheme's own number, such as `ア` or `①`.
    pub id: Spanned<String>,
    /// What it says.
    pub text: Spanned<String>,
    /// The same in English.
    pub text_en: Option<Spanned<String>>,
}

/// A category of services (区分).
#[derive(Debug)]
pub struct Category {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub name: Spanned<String>,
    /// Its name in English.
    pub name_en: Spanned<String>,
    /// What belongs to it.
    pub description: Spanned<String>,
    /// The same in English.
    pub description_en: Option<Spanned<String>>,
    /// The work its services are for (対象業務, R140).
    pub work: Option<Spanned<String>>,
    /// Examples of its services (サービス例, R140).
    pub examples: Option<Spanned<String>>,
}

/// The criteria of a scheme that certifies a level too (R136).
#[derive(Debug)]
pub struct Criteria {
    /// Which they are.
    pub text: Spanned<String>,
    /// Where they can be read.
    pub url: Option<Spanned<String>>,
}

/// A fee in whole yen, without tax.
#[derive(Debug)]
pub struct Fee {
    /// Where it is written.
    pub place: Span,
    /// What it is paid for.
    pub kind: FeeKind,
    /// Yen without tax.
    pub net: u32,
    /// A remark.
    pub note: Option<Spanned<String>>,
}

/// What a fee is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeKind {
    /// A first examination.
    New,
    /// A first examination at the reduced fee (R117).
    NewReduced,
    /// A renewal.
    Renewal,
    /// A new certificate after a change.
    Reissue,
}

/// A tax rate from a day on.
#[derive(Debug)]
pub struct Tax {
    /// First day.
    pub from: Spanned<NaiveDate>,
    /// Percent.
    pub percent: u32,
}

/// An entry of the revision history.
#[derive(Debug)]
pub struct Revision {
    /// Year and month, or the full date, as exact as the source is.
    pub on: Spanned<String>,
    /// 新設, 変更, 追加.
    pub kind: Spanned<String>,
    /// What was revised.
    pub text: Spanned<String>,
}

/// The guideline on which a scheme rests.
#[derive(Debug)]
pub struct Guideline {
    /// Its name.
    pub name: Spanned<String>,
    /// Its date, as exact as the source is.
    pub published: Spanned<String>,
}

impl Scheme {
    /// The edition of this date.
    pub fn edition(&self, date: &str) -> Option<(usize, &Edition)> {
        self.editions.iter().enumerate().find(|(_, edition)| edition.date == date)
    }
}
