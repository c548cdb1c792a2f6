//! `service.toml`: one certified service with its dated events.

use chrono::NaiveDate;

use crate::problem::{Span, Spanned};

use super::{Disclosure, Event, Number};

/// One certified service.
#[derive(Debug)]
pub struct Service {
    /// `scheme/serial-yymm`, its folder.
    pub place: String,
    /// The id of its scheme.
    pub scheme: String,
    /// Its record.
    pub span: Span,
    /// Its number and where it is written; absent where it could not be read.
    pub number: Option<Spanned<Number>>,
    /// Its number as it is written.
    pub number_written: Option<String>,
    /// Its name as it is now.
    pub name: Spanned<String>,
    /// Reading.
    pub kana: Option<Spanned<String>>,
    /// Name in English.
    pub name_en: Option<Spanned<String>>,
    /// What it is, in a sentence or two.
    pub summary: Spanned<String>,
    /// The id of its provider.
    pub provider: Option<Spanned<String>>,
    /// Ids of its categories.
    pub categories: Vec<Spanned<String>>,
    /// Its web site.
    pub url: Option<Spanned<String>>,
    /// Start of the service (R10).
    pub started_on: Option<Spanned<NaiveDate>>,
    /// An earlier number of the same service (R82).
    pub succeeds: Option<Spanned<String>>,
    /// Services certified as one (R6).
    pub parts: Vec<Spanned<String>>,
    /// 販売代理店・仲介代理店 (R11).
    pub agents: Vec<Agent>,
    /// Its events in the order of the file.
    pub events: Vec<Event>,
    /// Whether every event could be read, so that what seems missing is missing.
    pub events_whole: bool,
    /// What was disclosed, oldest first.
    pub disclosures: Vec<Disclosure>,
    /// Whether every open disclosure could be read, so that what seems missing is missing.
    pub disclosures_whole: bool,
    /// Sealed files that belong to no disclosure are reported here by place.
    pub orphans: Vec<Span>,
}

/// A sales or intermediary agent.
#[derive(Debug)]
pub struct Agent {
    /// Its name.
    pub name: Spanned<String>,
    /// Its head office.
    pub address: Spanned<String>,
    /// How to reach it.
    pub contact: Spanned<String>,
}
