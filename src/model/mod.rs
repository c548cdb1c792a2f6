//! What the body knows: its records as values, with the places where they are written.
//!
//! Nothing here decides what the public may see; that is `redact`'s task. A record with faults is kept as far as it
//! could be read, so that its other faults show in the same run; a registry with errors is never published.

use std::collections::{BTreeMap, BTreeSet};

use crate::problem::{Span, Spanned};

pub use disclosure::{
    Answer, Disclosure, Entry, KnownPeriods, Period, Periods, Sealed, SealedSection, SealedText, SectionAnswers,
};
pub use event::{Effect, Event, EventKind, SuccessionForm, first_certification, holder_before_coming, name_before_coming};
pub use items::{Edition, Item, ItemKind, Part, Role, Section};
pub use lineage::Lineage;
pub use notice::{Article, Notice};
pub(crate) use number::same_prefix;
pub use number::{Number, NumberForm, Spelling};
pub use picture::Picture;
pub use provider::{FormerName, Provider};
pub use scheme::{
    Category, Continuation, Criteria, Fee, FeeKind, Ground, Guideline, PublishedImprovement, Regulation, RenewedTerm, Revision,
    Rules, Scheme, Succession, Tax,
};
pub use service::{Agent, Service};
pub use settings::{Accepted, Body, Brake, Delegation, Desk, Security, Settings, TermEnd, WithholdingEnd, WithholdingGround};
pub use trace::{Trace, Traces};
pub use withheld::{Over, Withheld, Withholding};

mod disclosure;
mod event;
mod items;
mod lineage;
mod notice;
mod number;
mod picture;
mod provider;
mod scheme;
mod service;
mod settings;
mod trace;
mod withheld;

/// Everything that stands in the content folder.
#[derive(Debug, Default)]
pub struct Registry {
    /// `registry.toml`; absent where it could not be read.
    pub settings: Option<Settings>,
    /// The schemes by id.
    pub schemes: BTreeMap<String, Scheme>,
    /// The providers by id.
    pub providers: BTreeMap<String, Provider>,
    /// The services, by scheme and folder.
    pub services: Vec<Service>,
    /// The body's notices, by file name.
    pub notices: Vec<Notice>,
    /// The free pages of the site, by slug.
    pub pages: Vec<Article>,
    /// The pictures, by file name.
    pub pictures: Vec<Picture>,
    /// Ids of schemes and providers and folders of services that stand there, readable or not.
    pub known: Known,
}

/// What is known to stand in the content folder even where it could not be read, so that references to a broken record
/// are not reported as well.
#[derive(Debug, Default)]
pub struct Known {
    /// Scheme ids.
    pub schemes: BTreeSet<String>,
    /// Provider ids.
    pub providers: BTreeSet<String>,
    /// Services as `scheme/serial-yymm`.
    pub services: BTreeSet<String>,
    /// Slugs of the site's free pages.
    pub pages: BTreeSet<String>,
    /// The themes that the registry may name, each with the paths of its static files.
    pub themes: BTreeMap<String, BTreeSet<String>>,
}

impl Registry {
    /// Reads a number in the form of any scheme; the scheme `first` is tried before the others.
    pub fn number(&self, first: &str, text: &str) -> Option<(Number, Spelling)> {
        let preferred = self.schemes.get(first).into_iter();
        let others = self.schemes.values().filter(|scheme| scheme.id != first);
        preferred.chain(others).find_map(|scheme| scheme.number.as_ref()?.read(text))
    }
}

/// A value with its place, made where a default stands for what could not be read.
pub(crate) fn placed<T>(value: T, span: Span) -> Spanned<T> {
    Spanned { value, span }
}
