//! The home page and the page for addresses that do not exist.

use anyhow::Result;
use serde::Serialize;

use crate::route::Route;
use crate::view::{Scheme, Standing};

use super::Press;
use super::event::latest;
use super::notice::newest;
use super::site::SchemeHead;

/// How many of the latest events the home page tells.
const RECENT: usize = 10;

/// How many of the body's latest notices it names.
const NOTICES: usize = 4;

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

/// Writes the home page.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let view = press.view;
    let mut context = press.context(Route::Home, "home", press.title(&view.site.title, Some(&view.site.title_en)));
    context.insert("day", &view.site.day);
    context.insert("past", &view.site.past);
    let in_force = view.services.iter().filter(|service| service.standing.in_force()).count();
    context.insert("totals", &Totals { in_force, all: view.services.len() });
    let schemes: Vec<SchemeInDetail<'_>> =
        view.schemes.iter().enumerate().map(|(index, scheme)| in_detail(press, index, scheme)).collect();
    context.insert("schemes_in_detail", &schemes);
    context.insert("recent", &latest(press, RECENT));
    context.insert("notices", &newest(press, NOTICES));
    press.page(Route::Home, "home.html", &context)
}

/// Writes the page for addresses that do not exist.
pub(super) fn not_found(press: &Press<'_>) -> Result<()> {
    let context = press.context(Route::NotFound, "not_found", press.word("not_found.title")?);
    press.page(Route::NotFound, "not_found.html", &context)
}

fn in_detail<'v>(press: &Press<'v>, index: usize, scheme: &'v Scheme) -> SchemeInDetail<'v> {
    let services = || press.view.services.iter().filter(|service| service.scheme == index);
    SchemeInDetail {
        head: SchemeHead::new(press.lang, scheme, &press.view.site.base),
        in_force: services().filter(|service| service.standing.in_force()).count(),
        continuing: services().filter(|service| service.standing == Standing::Continuing).count(),
        ended: services().filter(|service| !service.standing.in_force()).count(),
    }
}
