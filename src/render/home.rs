//! The home page and the page for addresses that do not exist.

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;

use crate::route::Route;
use crate::view::{EventKind, Scheme, Service, Standing};

use super::Press;
use super::site::SchemeHead;

/// How many of the latest events the home page tells.
const RECENT: usize = 10;

#[derive(Serialize)]
struct Totals {
    in_force: usize,
    all: usize,
}

#[derive(Serialize)]
struct SchemeInDetail<'v> {
    #[serde(flatten)]
    head: SchemeHead<'v>,
    in_force: usize,
    continuing: usize,
    ended: usize,
}

#[derive(Serialize)]
struct Recent<'v> {
    on: NaiveDate,
    kind: &'static str,
    number: &'v str,
    name: &'v str,
    provider: &'v str,
    address: String,
    scheme_short_name: &'v str,
}

/// Writes both pages.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let view = press.view;
    let mut context = press.context(Route::Home, "home", &view.site.title);
    context.insert("day", &view.site.day);
    context.insert("past", &view.site.past);
    let in_force = view.services.iter().filter(|service| service.standing.in_force()).count();
    context.insert("totals", &Totals { in_force, all: view.services.len() });
    let schemes: Vec<SchemeInDetail<'_>> =
        view.schemes.iter().enumerate().map(|(index, scheme)| in_detail(press, index, scheme)).collect();
    context.insert("schemes_in_detail", &schemes);
    context.insert("recent", &recent(press));
    press.page(Route::Home, "home.html", &context)?;

    let mut context = press.context(Route::NotFound, "not_found", press.theme.word("not_found.title")?);
    context.insert("day", &view.site.day);
    press.page(Route::NotFound, "not_found.html", &context)
}

fn in_detail<'v>(press: &Press<'v>, index: usize, scheme: &'v Scheme) -> SchemeInDetail<'v> {
    let services = || press.view.services.iter().filter(|service| service.scheme == index);
    SchemeInDetail {
        head: SchemeHead::new(scheme, &press.view.site.base),
        in_force: services().filter(|service| service.standing.in_force()).count(),
        continuing: services().filter(|service| service.standing == Standing::Continuing).count(),
        ended: services().filter(|service| !service.standing.in_force()).count(),
    }
}

/// What happened lately, newest first, and within a day by number.
fn recent<'v>(press: &Press<'v>) -> Vec<Recent<'v>> {
    let mut events: Vec<(NaiveDate, &'static str, &'v Service)> = Vec::new();
    for service in &press.view.services {
        events.extend(service.events.iter().filter_map(|event| Some((event.on, told(&event.kind)?, service))));
        if let (Standing::Expired, Some(on)) = (service.standing, service.ended_on) {
            events.push((on, "expired", service));
        }
    }
    events.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.slug.cmp(&b.2.slug)));
    events.truncate(RECENT);
    events.into_iter().map(|(on, kind, service)| entry(press, on, kind, service)).collect()
}

fn entry<'v>(press: &Press<'v>, on: NaiveDate, kind: &'static str, service: &'v Service) -> Recent<'v> {
    Recent {
        on,
        kind,
        number: &service.number,
        name: &service.name,
        provider: &service.provider.name,
        address: press.view.site.base.link(Route::Service(&service.slug)),
        scheme_short_name: press.view.schemes.get(service.scheme).map_or("", |scheme| &scheme.short_name),
    }
}

/// The word for an event that the home page tells; corrections and applications are told on the service's page.
fn told(kind: &EventKind) -> Option<&'static str> {
    match kind {
        EventKind::Certified { .. } => Some("certified"),
        EventKind::Renewed { .. } => Some("renewed"),
        EventKind::Changed { .. } => Some("changed"),
        EventKind::Renamed { .. } => Some("renamed"),
        EventKind::Succession { .. } => Some("succession"),
        EventKind::Ended { .. } => Some("ended"),
        EventKind::ImprovementRequested { .. } => Some("improvement-requested"),
        EventKind::ImprovementMet { .. } => Some("improvement-met"),
        EventKind::Revoked { .. } => Some("revoked"),
        EventKind::RenewalApplied | EventKind::ContinuationGranted | EventKind::Corrected { .. } => None,
    }
}
