//! What the public may see on a day: plain data. No type here can hold a withheld text, an unpublished event or anything
//! dated later; what is not in these types is in no output.

use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

use crate::picture::Look;
use crate::route::Base;

pub use scheme::{
    CatalogueItem, CatalogueSection, Category, Criteria, Edition, Fee, Guideline, NumberPattern, Regulation, Revision, Rules,
    Scheme, Tax,
};
pub use service::{
    Agent, Answer, Disclosure, Event, EventKind, FormerName, Ground, Period, ProviderBrief, Relation, Section, Service, Standing,
    Term, Window,
};

mod scheme;
mod service;

/// The public registry on one day.
#[derive(Debug)]
pub struct Registry {
    /// The site and the body.
    pub site: Site,
    /// The schemes by id.
    pub schemes: Vec<Scheme>,
    /// The published services, by scheme and number.
    pub services: Vec<Service>,
    /// The providers of published services, by id.
    pub providers: Vec<Provider>,
    /// Names of the providers by id, as far as public events name them.
    pub provider_names: BTreeMap<String, String>,
    /// The body's notices up to the day, oldest first.
    pub notices: Vec<Notice>,
    /// The free pages of the site, by slug.
    pub pages: Vec<Article>,
    /// The pictures that these show, by the name of their files.
    pub pictures: BTreeMap<String, Picture>,
}

/// A picture.
#[derive(Debug)]
pub struct Picture {
    /// Its file, relative to the root.
    pub path: String,
    /// What it is, and how it is published.
    pub look: Look,
}

impl Registry {
    /// Whether there is a free page, of the site or of a scheme.
    pub fn has_pages(&self) -> bool {
        !self.pages.is_empty() || self.schemes.iter().any(|scheme| !scheme.pages.is_empty())
    }
}

/// The site, the body and the day.
#[derive(Debug)]
pub struct Site {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Where it stands.
    pub base: Base,
    /// The day shown.
    pub day: NaiveDate,
    /// Whether the day shown lies before today, so that what is told of the present may be younger.
    pub past: bool,
    /// Name of the theme.
    pub theme: String,
    /// Licence of the open data.
    pub license: String,
    /// The body.
    pub body: Body,
    /// The inquiry desk.
    pub desk: Desk,
    /// Work that others do on the day.
    pub delegations: Vec<Delegation>,
    /// Slugs of the free pages that every footer names.
    pub footer: Vec<String>,
    /// English names of the grounds for withholding, by their public names.
    pub grounds_en: BTreeMap<String, String>,
    /// For `security.txt`.
    pub security: Option<Security>,
}

/// The certification body.
#[derive(Debug, Serialize)]
pub struct Body {
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// What it is.
    pub role: Option<String>,
    /// The same in English.
    pub role_en: Option<String>,
    /// Names it had before, oldest first.
    pub former_names: Vec<FormerName>,
}

/// Certification work given to somebody else (R102).
#[derive(Debug, Serialize)]
pub struct Delegation {
    /// To whom.
    pub to: String,
    /// What work.
    pub work: String,
    /// From which day.
    pub from: NaiveDate,
    /// Until which day, where that is set.
    pub until: Option<NaiveDate>,
    /// The id of the scheme it concerns, where it concerns one only.
    pub scheme: Option<String>,
}

/// An inquiry desk.
#[derive(Debug, Serialize)]
pub struct Desk {
    /// Its name.
    pub name: String,
    /// When it is open.
    pub hours: String,
    /// Mail address in its `_atmark_` form (R105).
    pub mail: String,
    /// Telephone.
    pub tel: String,
    /// Fax.
    pub fax: String,
    /// Postal address.
    pub address: String,
    /// Home page.
    pub url: String,
}

/// What becomes `security.txt`.
#[derive(Debug)]
pub struct Security {
    /// Where to report.
    pub contact: String,
    /// Day on which the file stops being valid.
    pub expires: NaiveDate,
}

/// A provider with its published services.
#[derive(Debug)]
pub struct Provider {
    /// Who it is; address and web site are absent where none of its services is shown whole any more.
    pub brief: ProviderBrief,
    /// Indices of its services, in their order.
    pub services: Vec<usize>,
}

/// A notice of the body.
#[derive(Debug)]
pub struct Notice {
    /// Its day.
    pub date: NaiveDate,
    /// Its name in addresses: `2026-04-01-office-hours`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What kind of notice, in the body's own word.
    pub kind: String,
    /// The published services it is about.
    pub services: Vec<Relation>,
    /// CommonMark.
    pub text: String,
}

/// A free page.
#[derive(Debug)]
pub struct Article {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// CommonMark.
    pub text: String,
}
