//! Verification of numbers: the page, what its box must know of the schemes, and the facts by number. The facts stand in
//! small files, one for each thousand serials of a scheme, which change only when something about their services changes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;

use crate::route::Route;
use crate::view::{Scheme, Service};

use super::Press;
use super::service::revocation_ground;
use super::site::NumberForm;

/// Serials of a scheme whose facts stand in one file.
const SERIALS: usize = 1000;

/// How numbers of a scheme are written, and where their facts stand.
#[derive(Serialize)]
struct Form<'v> {
    #[serde(flatten)]
    number: NumberForm<'v>,
    /// The address a mark must link to.
    link: &'v str,
    /// The thousands that there is a file of.
    thousands: BTreeSet<usize>,
}

/// What the box is made with.
#[derive(Serialize)]
pub(super) struct Verification<'v> {
    /// The forms of all schemes, as JSON for an attribute of the box.
    forms: String,
    /// A number that shows how numbers are written.
    example: Option<&'v str>,
}

/// A number that was issued, with what a holder of it must know. The scheme's part of the number stands once, in its form.
#[derive(Serialize)]
struct Issued<'v> {
    digits: &'v str,
    name: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'v str>,
    provider: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider_en: Option<&'v str>,
    standing: &'static str,
    /// First certified.
    certified: NaiveDate,
    since: NaiveDate,
    until: NaiveDate,
    /// Whether the mark may be used.
    mark: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'v str>,
}

/// Writes the page.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let mut context = press.context(Route::Verify, "verify", press.word("verify.title")?);
    context.insert("day", &press.view.site.day);
    context.insert("past", &press.view.site.past);
    context.insert("verify", &verification(press, None)?);
    press.page(Route::Verify, "verify.html", &context)
}

/// What the box is made with on the page of a scheme, or on a page for all of them.
pub(super) fn verification<'v>(press: &Press<'v>, scheme: Option<usize>) -> Result<Verification<'v>> {
    let mut services = press.view.services.iter().filter(|service| service.standing.in_force());
    let example = services.find(|service| scheme.is_none_or(|scheme| service.scheme == scheme));
    Ok(Verification { forms: forms(press)?, example: example.map(|service| service.number.as_str()) })
}

fn forms(press: &Press<'_>) -> Result<String> {
    let forms = press.view.schemes.iter().enumerate().map(|(index, scheme)| Form {
        number: NumberForm::of(scheme),
        link: &scheme.link_url,
        thousands: of_scheme(press, index).map(|service| thousand(scheme, service)).collect(),
    });
    Ok(serde_json::to_string(&forms.collect::<Vec<_>>())?)
}

/// Writes the facts of every scheme.
pub(super) fn data(press: &Press<'_>) -> Result<()> {
    for (index, scheme) in press.view.schemes.iter().enumerate() {
        let mut files: BTreeMap<usize, Vec<Issued<'_>>> = BTreeMap::new();
        for service in of_scheme(press, index) {
            files.entry(thousand(scheme, service)).or_default().push(issued(scheme, service));
        }
        for (thousand, issued) in files {
            press.json(Route::VerifyData { scheme: &scheme.id, thousand }, &issued)?;
        }
    }
    Ok(())
}

fn of_scheme<'v>(press: &Press<'v>, index: usize) -> impl Iterator<Item = &'v Service> {
    press.view.services.iter().filter(move |service| service.scheme == index)
}

fn thousand(scheme: &Scheme, service: &Service) -> usize {
    scheme.number.serial(&service.slug) / SERIALS
}

fn issued<'v>(scheme: &'v Scheme, service: &'v Service) -> Issued<'v> {
    Issued {
        digits: scheme.number.digits(&service.slug),
        name: &service.name,
        name_en: service.name_en.as_deref(),
        provider: &service.provider.name,
        provider_en: service.provider.name_en.as_deref(),
        standing: service.standing.name(),
        certified: service.certified_on,
        since: service.standing_since,
        until: service.latest_term().until,
        mark: service.mark_usable,
        ground: revocation_ground(service, scheme).map(|ground| format!("{} {}", ground.id, ground.text)),
        note: end_note(service),
    }
}

/// What the event that ended a certification says beside itself.
fn end_note(service: &Service) -> Option<&str> {
    if service.standing.in_force() {
        return None;
    }
    service.events.iter().rev().find_map(|event| event.kind.end_note())
}
