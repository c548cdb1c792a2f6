//! The body's own public words, all of them in one list: those of registry and schemes, notices, pages, notes of events.
//! What providers wrote is not among them.

use chrono::NaiveDate;

use crate::model::{Article, Desk, Edition, Event, EventKind, Registry, Scheme, Settings};
use crate::problem::{Span, Spanned};

/// A public text of the body.
pub(super) struct Own<'r> {
    pub(super) text: &'r Spanned<String>,
    /// The day it speaks of; what has none speaks of the present.
    pub(super) day: Option<NaiveDate>,
    /// Whether it is Markdown, which stands in its file as it is.
    markdown: bool,
    /// The folder of the service it stands with.
    pub(super) service: Option<&'r str>,
}

impl Own<'_> {
    /// The place of a part, by its offset and length in bytes. In TOML a text may be written otherwise than it reads, so
    /// there the whole of it is shown.
    pub(super) fn part(&self, at: usize, len: usize) -> Span {
        let from = self.text.span.start as usize + at;
        if self.markdown { Span::new(self.text.span.file, from..from + len) } else { self.text.span }
    }
}

fn now(text: &Spanned<String>) -> Own<'_> {
    Own { text, day: None, markdown: false, service: None }
}

/// Every public text of the body, in the order of its records.
pub(super) fn own(registry: &Registry) -> Vec<Own<'_>> {
    let mut own = Vec::new();
    own.extend(registry.settings.iter().flat_map(settings).map(now));
    for scheme in registry.schemes.values() {
        own.extend(of_scheme(scheme).into_iter().chain(scheme.editions.iter().flat_map(catalogue)).map(now));
        own.extend(dated(scheme));
        own.extend(scheme.pages.iter().flat_map(article));
    }
    for service in &registry.services {
        let notes = service.events.iter().filter_map(note);
        own.extend(notes.map(|(text, day)| Own { service: Some(&service.place), day: Some(day), ..now(text) }));
    }
    for notice in &registry.notices {
        let day = Some(notice.date);
        own.extend([&notice.title, &notice.kind].map(|text| Own { day, ..now(text) }));
        own.push(Own { day, markdown: true, ..now(&notice.text) });
    }
    own.extend(registry.pages.iter().flat_map(article));
    own
}

/// The desk's mail address and the contact for security are addresses by themselves, not words.
fn settings(settings: &Settings) -> Vec<&Spanned<String>> {
    let body = &settings.body;
    let mut own = vec![&settings.title, &settings.title_en, &settings.license, &body.name, &body.name_en];
    own.extend(body.role.iter().chain(&body.role_en));
    own.extend(desk(&settings.desk));
    own.extend(settings.delegations.iter().flat_map(|given| [&given.to, &given.work]));
    own.extend(settings.withholding_grounds.iter().flat_map(|ground| [&ground.name].into_iter().chain(&ground.name_en)));
    own
}

fn desk(desk: &Desk) -> [&Spanned<String>; 5] {
    [&desk.name, &desk.hours, &desk.tel, &desk.fax, &desk.address]
}

fn of_scheme(scheme: &Scheme) -> Vec<&Spanned<String>> {
    let mut own = vec![&scheme.name, &scheme.short_name, &scheme.name_en, &scheme.list_title, &scheme.meaning];
    own.extend([&scheme.short_name_en, &scheme.list_title_en, &scheme.meaning_en].into_iter().flatten());
    own.extend(scheme.grounds.iter().flat_map(|ground| [&ground.id, &ground.text].into_iter().chain(&ground.text_en)));
    for category in &scheme.categories {
        own.extend([&category.name, &category.name_en, &category.description]);
        own.extend([&category.description_en, &category.work, &category.examples].into_iter().flatten());
    }
    own.extend(scheme.criteria.iter().map(|criteria| &criteria.text));
    own.extend(scheme.fees.iter().filter_map(|fee| fee.note.as_ref()));
    own.push(&scheme.guideline.name);
    own.extend(scheme.desk.iter().flat_map(desk));
    own
}

/// Editions of the regulation and revisions tell of their own days.
fn dated(scheme: &Scheme) -> Vec<Own<'_>> {
    let regulations = scheme.regulations.iter().map(|edition| Own { day: Some(edition.from.value), ..now(&edition.name) });
    let revisions = scheme.revisions.iter().flat_map(|revision| {
        let day = super::dates::first_day(&revision.on.value);
        [&revision.kind, &revision.text].map(|text| Own { day, ..now(text) })
    });
    regulations.chain(revisions).collect()
}

fn catalogue(edition: &Edition) -> Vec<&Spanned<String>> {
    let mut own = Vec::new();
    for section in &edition.sections {
        own.push(&section.name);
        own.extend(section.name_en.iter().chain(&section.repeats));
        for item in &section.items {
            own.extend([&item.group, &item.name, &item.guidance]);
            own.extend([&item.group_en, &item.name_en, &item.explains, &item.explains_en].into_iter().flatten());
            own.extend(&item.facet);
        }
    }
    own
}

fn article(article: &Article) -> [Own<'_>; 2] {
    [now(&article.title), Own { markdown: true, ..now(&article.text) }]
}

/// The note of an event that may become public, with the event's day.
fn note(event: &Event) -> Option<(&Spanned<String>, NaiveDate)> {
    let note = match &event.kind {
        EventKind::Changed { note, .. } | EventKind::Corrected { note, .. } => Some(note),
        EventKind::ImprovementRequested { note, published: true, .. } => Some(note),
        EventKind::Succession { note, .. }
        | EventKind::Ended { note, .. }
        | EventKind::ImprovementMet { note, .. }
        | EventKind::Revoked { note, .. } => note.as_ref(),
        EventKind::ImprovementRequested { published: false, .. }
        | EventKind::Certified { .. }
        | EventKind::RenewalApplied
        | EventKind::ContinuationGranted
        | EventKind::Renewed { .. }
        | EventKind::RenewalRefused
        | EventKind::RenewalWithdrawn
        | EventKind::Renamed { .. }
        | EventKind::CertificateReturned => None,
    };
    note.map(|note| (note, event.on.value))
}
