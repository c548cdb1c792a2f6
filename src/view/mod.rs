//! What the public may see on a day: plain data. No type here can hold a withheld text, an unpublished event or anything
//! dated later; what is not in these types is in no output.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::mark;
use crate::route::Base;

pub use service::{
    Agent, Answer, Disclosure, Event, EventKind, FormerName, Ground, ProviderBrief, Relation, Section, Service, Standing, Term,
    Window,
};

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
    /// Names of the providers by id, as far as public events name them.
    pub provider_names: BTreeMap<String, String>,
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
    /// The address a mark must link to.
    pub link_url: String,
    /// Its categories.
    pub categories: Vec<Category>,
    /// Its grounds for cancellation, in its own numbering.
    pub grounds: Vec<Ground>,
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
    /// 中項目.
    pub group: String,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// `mandatory` or `optional`.
    pub kind: &'static str,
    /// Whether it is one of the 一定の要件を考慮すべき項目.
    pub criterion: bool,
    /// What has to be written.
    pub guidance: String,
}
