//! The map of a scheme's items: by part, section and group, with how many services in force disclose each.

use anyhow::Result;
use serde::Serialize;

use crate::route::Route;

use super::super::Press;
use super::{Entry, Items, Range};

#[derive(Serialize)]
struct Part<'v> {
    /// `provider`, `service`, or `former` for items that only earlier editions have.
    id: &'static str,
    sections: Vec<Section<'v>>,
}

#[derive(Serialize)]
struct Section<'v> {
    id: &'v str,
    name: &'v str,
    name_en: Option<&'v str>,
    number: usize,
    groups: Vec<Group<'v>>,
}

#[derive(Serialize)]
struct Group<'v> {
    name: &'v str,
    name_en: Option<&'v str>,
    items: Vec<Item<'v>>,
}

#[derive(Serialize)]
struct Item<'v> {
    id: &'v str,
    name: &'v str,
    name_en: Option<&'v str>,
    kind: &'static str,
    criterion: bool,
    guidance: &'v str,
    address: String,
    disclosed: usize,
}

/// Writes the map of one scheme.
pub(super) fn write(press: &Press<'_>, index: usize, items: &Items<'_>, ranges: &[Range<'_>]) -> Result<()> {
    let route = Route::Items(&items.scheme.id);
    let mut context = press.scheme_context(route, "items", press.word("items.title")?, index);
    context.insert("day", &press.view.site.day);
    context.insert("past", &press.view.site.past);
    context.insert("guideline", &items.scheme.guideline);
    context.insert("edition", &items.scheme.editions.last().map(|edition| &edition.date));
    context.insert("services", &ranges.iter().map(|range| range.services.len()).sum::<usize>());
    context.insert("parts", &parts(press, items, ranges));
    press.page(route, "items.html", &context)
}

fn parts<'v>(press: &Press<'_>, items: &'v Items<'_>, ranges: &[Range<'_>]) -> Vec<Part<'v>> {
    let mut number = 0;
    let (latest, former) = items.all.split_at(items.latest.min(items.all.len()));
    let mut part = |id: &'static str, entries: Vec<&'v Entry<'_>>| {
        let sections = entries.chunk_by(|a, b| std::ptr::eq(a.section, b.section)).map(|of_section| {
            number += 1;
            section(press, items, ranges, of_section, number)
        });
        Part { id, sections: sections.collect() }
    };
    let of = |part: &str| latest.iter().filter(|entry| entry.section.part == part).collect::<Vec<_>>();
    let parts = [part("provider", of("provider")), part("service", of("service")), part("former", former.iter().collect())];
    parts.into_iter().filter(|part| !part.sections.is_empty()).collect()
}

fn section<'v>(
    press: &Press<'_>,
    items: &Items<'_>,
    ranges: &[Range<'_>],
    entries: &[&'v Entry<'_>],
    number: usize,
) -> Section<'v> {
    let section = entries.first().map(|entry| entry.section);
    let groups = entries.chunk_by(|a, b| a.item.group == b.item.group).map(|of_group| Group {
        name: of_group.first().map_or("", |entry| &entry.item.group),
        name_en: of_group.first().and_then(|entry| entry.item.group_en.as_deref()),
        items: of_group.iter().map(|entry| item(press, items, ranges, entry)).collect(),
    });
    Section {
        id: section.map_or("", |section| &section.id),
        name: section.map_or("", |section| &section.name),
        name_en: section.and_then(|section| section.name_en.as_deref()),
        number,
        groups: groups.collect(),
    }
}

fn item<'v>(press: &Press<'_>, items: &Items<'_>, ranges: &[Range<'_>], entry: &'v Entry<'_>) -> Item<'v> {
    let services = ranges.iter().flat_map(|range| &range.services);
    Item {
        id: &entry.item.id,
        name: &entry.item.name,
        name_en: entry.item.name_en.as_deref(),
        kind: entry.item.kind,
        criterion: entry.item.criterion,
        guidance: &entry.item.guidance,
        address: press.link(Route::Item { scheme: &items.scheme.id, item: &entry.item.id, from: 1 }),
        disclosed: services.filter(|service| entry.is_disclosed(items.scheme, service)).count(),
    }
}
