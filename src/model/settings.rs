//! `registry.toml`: the body, the site, and what holds for all schemes.

use chrono::NaiveDate;

use crate::problem::Spanned;

use super::FormerName;

/// The registry's own settings.
#[derive(Debug)]
pub struct Settings {
    /// Title of the site.
    pub title: Spanned<String>,
    /// Title of the site in English.
    pub title_en: Spanned<String>,
    /// Where the site stands; ends with `/`, may hold a path.
    pub base_url: Spanned<String>,
    /// Offset of the legal day from UTC, in minutes.
    pub utc_offset_minutes: i32,
    /// Last day of a first term where it is not written (R58).
    pub term_end: TermEnd,
    /// What happens the day after a withholding ended (R43).
    pub withholding_end: WithholdingEnd,
    /// Whether the last disclosure stays after the end (R76).
    pub keep_disclosure_after_end: bool,
    /// How many days ahead deadlines are reported.
    pub notice_days: u32,
    /// Name of the theme.
    pub theme: Spanned<String>,
    /// Licence of the open data.
    pub license: Spanned<String>,
    /// Free pages that every footer names, by slug; at most [`Settings::MOST_IN_FOOTER`].
    pub footer: Vec<Spanned<String>>,
    /// What a build may change before it stops and asks.
    pub brake: Brake,
    /// The certification body.
    pub body: Body,
    /// The inquiry desk (R104).
    pub desk: Desk,
    /// For `security.txt`.
    pub security: Option<Security>,
    /// Work given to others (R102).
    pub delegations: Vec<Delegation>,
    /// The closed list of grounds for withholding.
    pub withholding_grounds: Vec<WithholdingGround>,
    /// Warnings that the body knows and keeps.
    pub accepted: Vec<Accepted>,
}

impl Settings {
    /// More pages than these would make the footer a list nobody reads; all of them stand on a page of their own.
    pub const MOST_IN_FOOTER: usize = 6;
}

/// What a build may change before it stops and asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brake {
    /// Services whose standing changes though the days alone do not explain it.
    pub standings: u32,
    /// Addresses of services and notices that would be gone.
    pub removed: u32,
}

impl Default for Brake {
    fn default() -> Brake {
        Brake { standings: 5, removed: 0 }
    }
}

/// Last day of a first term where `until` is not written (R58).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermEnd {
    /// The day before the anniversary.
    DayBeforeAnniversary,
    /// The anniversary itself.
    Anniversary,
}

/// What happens the day after a withholding ended (R43).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithholdingEnd {
    /// The item is pending until the staff move the text into the open file.
    Hold,
    /// The sealed text is published by itself.
    Publish,
}

/// The certification body.
#[derive(Debug)]
pub struct Body {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name in English.
    pub name_en: Spanned<String>,
    /// What it is, such as クラウドサービス情報開示認定機関 (R143).
    pub role: Option<Spanned<String>>,
    /// The same in English.
    pub role_en: Option<Spanned<String>>,
    /// Names it had before, oldest first.
    pub former_names: Vec<FormerName>,
}

/// An inquiry desk for users and providers (R104–R106).
#[derive(Debug)]
pub struct Desk {
    /// Its name.
    pub name: Spanned<String>,
    /// When it is open.
    pub hours: Spanned<String>,
    /// Mail address, with `@`; pages print `_atmark_`.
    pub mail: Spanned<String>,
    /// Telephone.
    pub tel: Spanned<String>,
    /// Fax.
    pub fax: Spanned<String>,
    /// Postal address.
    pub address: Spanned<String>,
    /// Home page.
    pub url: Spanned<String>,
}

/// What becomes `security.txt` (RFC 9116).
#[derive(Debug)]
pub struct Security {
    /// Where to report, a mailto or https address.
    pub contact: Spanned<String>,
    /// Day on which the file stops being valid.
    pub expires: Spanned<NaiveDate>,
}

/// Certification work given to somebody else (R102).
#[derive(Debug)]
pub struct Delegation {
    /// To whom.
    pub to: Spanned<String>,
    /// What work.
    pub work: Spanned<String>,
    /// From which day.
    pub from: Spanned<NaiveDate>,
    /// Until which day, that day included; open where it is not written.
    pub until: Option<Spanned<NaiveDate>>,
    /// The id of the scheme it concerns, where it concerns one only (R139).
    pub scheme: Option<Spanned<String>>,
}

/// A ground for withholding; its name is public and never quotes the text.
#[derive(Debug)]
pub struct WithholdingGround {
    /// Its id.
    pub id: Spanned<String>,
    /// Its public wording.
    pub name: Spanned<String>,
    /// The same in English.
    pub name_en: Option<Spanned<String>>,
}

/// A warning that the body knows and keeps.
#[derive(Debug)]
pub struct Accepted {
    /// The warning's code.
    pub code: Spanned<String>,
    /// The service it concerns, by number.
    pub service: Spanned<String>,
}
