//! Notices: those of the body, each with a page of its own, and what follows from events (R107).

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;

use crate::route::Route;
use crate::view::{Notice, Relation};

use super::Press;
use super::event::latest;
use super::prose::prose;

/// How many of the latest events the notices tell; older ones stand on the pages of their services.
const EVENTS: usize = 50;

/// A notice as its page and links to it show it.
#[derive(Serialize)]
pub(super) struct Entry<'v> {
    date: NaiveDate,
    title: &'v str,
    kind: &'v str,
    address: String,
    services: Vec<Number<'v>>,
}

#[derive(Serialize)]
struct Number<'v> {
    number: &'v str,
    address: Option<String>,
}

/// Writes the overview and every notice.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let view = press.view;
    let title = press.word("notices.title")?;
    let mut context = press.context(Route::Notices, "notices", title);
    context.insert("day", &view.site.day);
    context.insert("past", &view.site.past);
    let newest: Vec<Entry<'_>> = view.notices.iter().rev().map(|notice| entry(press, notice)).collect();
    context.insert("notices", &newest);
    context.insert("happenings", &latest(press, EVENTS));
    context.insert("most", &EVENTS);
    press.page(Route::Notices, "notices.html", &context)?;
    view.notices.iter().try_for_each(|notice| {
        let route = Route::Notice(&notice.name);
        let mut context = press.context(route, "notice", &notice.title);
        context.insert("notice", &entry(press, notice));
        context.insert("prose", &prose(press, &notice.text));
        press.page(route, "notice.html", &context)
    })
}

/// The latest notices of the body, newest first.
pub(super) fn newest<'v>(press: &'v Press<'v>, count: usize) -> Vec<Entry<'v>> {
    press.view.notices.iter().rev().take(count).map(|notice| entry(press, notice)).collect()
}

/// The notices about a service, newest first.
pub(super) fn about<'v>(press: &'v Press<'v>, slug: &str) -> Vec<Entry<'v>> {
    let names = |notice: &&Notice| notice.services.iter().any(|service| service.slug.as_deref() == Some(slug));
    press.view.notices.iter().rev().filter(names).map(|notice| entry(press, notice)).collect()
}

fn entry<'v>(press: &'v Press<'v>, notice: &'v Notice) -> Entry<'v> {
    let number = |relation: &'v Relation| Number {
        number: &relation.number,
        address: relation.slug.as_ref().map(|slug| press.link(Route::Service(slug))),
    };
    // Kinds are the body's own words; those that the theme knows have a name in every language.
    let kind = press.word(&format!("notice_kind.{}", notice.kind)).unwrap_or(&notice.kind);
    Entry {
        date: notice.date,
        title: &notice.title,
        kind,
        address: press.link(Route::Notice(&notice.name)),
        services: notice.services.iter().map(number).collect(),
    }
}
