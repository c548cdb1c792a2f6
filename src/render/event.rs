//! Public events as pages tell them: all of one service, or the latest of the whole registry.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use crate::route::Route;
use crate::view::{Event, EventKind, Ground, Scheme, Service, Standing};

use super::Press;
use super::site::SchemeName;

/// One event with whatever of these its kind has.
#[derive(Default, Serialize)]
pub(super) struct EventEntry<'v> {
    on: NaiveDate,
    kind: &'static str,
    note: Option<&'v str>,
    until: Option<NaiveDate>,
    was: Option<&'v str>,
    form: Option<&'static str>,
    effect: Option<&'static str>,
    ground: Option<&'v Ground>,
    from_provider: Option<NamedProvider<'v>>,
    certificate_reissued: bool,
    issued_on: Option<NaiveDate>,
    /// Whether a split did not hand over the business of this service (R85).
    not_handed_over: bool,
}

#[derive(Serialize)]
pub(super) struct NamedProvider<'v> {
    name: &'v str,
    address: Option<String>,
}

/// Something that happened to a certification, as home and notices tell it.
#[derive(Serialize)]
pub(super) struct Happening<'v> {
    on: NaiveDate,
    kind: &'static str,
    number: &'v str,
    name: &'v str,
    name_en: Option<&'v str>,
    provider: &'v str,
    provider_en: Option<&'v str>,
    address: String,
    scheme: Option<SchemeName<'v>>,
    note: Option<&'v str>,
}

/// The events of a service as its page tells them, the end of its last term among them: nobody records that one.
pub(super) fn entries<'v>(press: &Press<'v>, service: &'v Service, scheme: &'v Scheme) -> Vec<EventEntry<'v>> {
    let mut entries: Vec<EventEntry<'v>> = service.events.iter().map(|event| entry(press, event, scheme)).collect();
    if let (Standing::Expired, Some(on)) = (service.standing, service.ended_on) {
        entries.push(EventEntry { on, kind: "expired", ..EventEntry::default() });
        entries.sort_by_key(|entry| entry.on);
    }
    entries
}

/// An event of a service with what its kind has.
fn entry<'v>(press: &Press<'v>, event: &'v Event, scheme: &'v Scheme) -> EventEntry<'v> {
    let base = EventEntry { on: event.on, ..EventEntry::default() };
    match &event.kind {
        EventKind::Certified { until, issued_on, .. } => {
            EventEntry { kind: "certified", until: *until, issued_on: *issued_on, ..base }
        }
        EventKind::RenewalApplied => EventEntry { kind: "renewal-applied", ..base },
        EventKind::ContinuationGranted => EventEntry { kind: "continuation-granted", ..base },
        EventKind::Renewed { until, issued_on, .. } => {
            EventEntry { kind: "renewed", until: *until, issued_on: *issued_on, ..base }
        }
        EventKind::Changed { note, certificate_reissued, issued_on } => EventEntry {
            kind: "changed",
            note: Some(note),
            certificate_reissued: certificate_reissued.unwrap_or(false),
            issued_on: *issued_on,
            ..base
        },
        EventKind::Renamed { was } => EventEntry { kind: "renamed", was: Some(was), ..base },
        EventKind::Succession { form, effect, from_provider, hands_over_service, note } => EventEntry {
            kind: "succession",
            form: Some(form),
            effect: Some(effect),
            from_provider: from_provider.as_deref().map(|id| named_provider(press, id)),
            not_handed_over: *hands_over_service == Some(false),
            note: note.as_deref(),
            ..base
        },
        EventKind::Ended { note } => EventEntry { kind: "ended", note: note.as_deref(), ..base },
        EventKind::ImprovementRequested { note, .. } => {
            EventEntry { kind: "improvement-requested", note: note.as_deref(), ..base }
        }
        EventKind::ImprovementMet { note } => EventEntry { kind: "improvement-met", note: note.as_deref(), ..base },
        EventKind::Revoked { ground: id, note } => {
            let ground = id.as_ref().and_then(|id| ground(scheme, id));
            EventEntry { kind: "revoked", ground, note: note.as_deref(), ..base }
        }
        EventKind::Corrected { note } => EventEntry { kind: "corrected", note: Some(note), ..base },
    }
}

/// A provider by its name, with its page where it has one.
pub(super) fn named_provider<'v>(press: &Press<'v>, id: &'v str) -> NamedProvider<'v> {
    let published = press.view.providers.binary_search_by(|provider| provider.brief.id.as_str().cmp(id)).is_ok();
    NamedProvider {
        name: press.view.provider_names.get(id).map_or(id, |name| name.as_str()),
        address: published.then(|| press.link(Route::Provider(id))),
    }
}

/// The ground of this number in the scheme.
pub(super) fn ground<'v>(scheme: &'v Scheme, id: &str) -> Option<&'v Ground> {
    scheme.grounds.iter().find(|ground| ground.id == id)
}

/// What happened lately, newest first and within a day by number: at most `count` happenings.
pub(super) fn latest<'v>(press: &Press<'v>, count: usize) -> Vec<Happening<'v>> {
    let mut told: Vec<(NaiveDate, &'static str, &'v Service, Option<&'v str>)> = Vec::new();
    for service in &press.view.services {
        told.extend(service.events.iter().filter_map(|event| {
            let (kind, note) = happening(&event.kind)?;
            Some((event.on, kind, service, note))
        }));
        if let (Standing::Expired, Some(on)) = (service.standing, service.ended_on) {
            told.push((on, "expired", service, None));
        }
    }
    told.sort_by_key(|(on, _, service, _)| (Reverse(*on), service.scheme, service.slug.as_str()));
    told.truncate(count);
    told.into_iter().map(|(on, kind, service, note)| happened(press, on, kind, service, note)).collect()
}

fn happened<'v>(
    press: &Press<'v>,
    on: NaiveDate,
    kind: &'static str,
    service: &'v Service,
    note: Option<&'v str>,
) -> Happening<'v> {
    Happening {
        on,
        kind,
        number: &service.number,
        name: &service.name,
        name_en: service.name_en.as_deref(),
        provider: &service.provider.name,
        provider_en: service.provider.name_en.as_deref(),
        address: press.link(Route::Service(&service.slug)),
        scheme: press.view.schemes.get(service.scheme).map(|scheme| SchemeName::new(press.lang, scheme, &press.view.site.base)),
        note,
    }
}

/// The word for an event that home and notices tell, and what is said beside it. Corrections and applications are told on
/// the service's page; a cancellation that a scheme does not publish has no notice (records.md, `published_cancellation`).
fn happening(kind: &EventKind) -> Option<(&'static str, Option<&str>)> {
    match kind {
        EventKind::Certified { .. } => Some(("certified", None)),
        EventKind::Renewed { .. } => Some(("renewed", None)),
        EventKind::Changed { note, .. } => Some(("changed", Some(note))),
        EventKind::Renamed { .. } => Some(("renamed", None)),
        EventKind::Succession { effect: "lost", note, .. } => Some(("lapsed", note.as_deref())),
        EventKind::Succession { note, .. } => Some(("succession", note.as_deref())),
        EventKind::Ended { note } => Some(("ended", note.as_deref())),
        EventKind::ImprovementRequested { note, .. } => Some(("improvement-requested", note.as_deref())),
        EventKind::ImprovementMet { note } => Some(("improvement-met", note.as_deref())),
        EventKind::Revoked { ground: Some(_), note } => Some(("revoked", note.as_deref())),
        EventKind::Revoked { ground: None, .. }
        | EventKind::RenewalApplied
        | EventKind::ContinuationGranted
        | EventKind::Corrected { .. } => None,
    }
}
