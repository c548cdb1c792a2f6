//! The items of a scheme: the map of all of them, and for each a page with every service's answer to it.
//!
//! A page of an item holds the services of a fixed range of serials, so that a new service changes one page of each item and
//! no other. Pages are made range by range; what all items of a range share is made once.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;

use crate::route::Route;
use crate::view::{Answer, CatalogueItem, CatalogueSection, Scheme, Section, Service};

use super::Press;

mod map;
mod page;

/// Serials of the services on one page of an item.
const RANGE: usize = 200;

/// The items of a scheme through all editions of its catalogue.
pub(super) struct Items<'v> {
    scheme: &'v Scheme,
    /// Those of the latest edition in their order, then those that only earlier ones have, the latest of these first.
    pub(super) all: Vec<Entry<'v>>,
    /// How many the latest edition has.
    latest: usize,
    /// By every full name that an item ever had: the items it is now.
    named: BTreeMap<&'v str, Vec<usize>>,
}

/// One item under the name that it had last.
pub(super) struct Entry<'v> {
    pub(super) section: &'v CatalogueSection,
    pub(super) item: &'v CatalogueItem,
    /// By edition, where it stands: section and item. An item that was put together of several stands in several places.
    places: Vec<Vec<(usize, usize)>>,
}

/// What a service says to an item in one table of its disclosure.
pub(super) struct Line<'v> {
    /// The item as the service's own edition has it.
    item: &'v CatalogueItem,
    /// Which table of the section it is, from 1.
    copy: usize,
    label: Option<&'v str>,
    pub(super) answer: &'v Answer,
}

impl<'v> Items<'v> {
    pub(super) fn of(scheme: &'v Scheme) -> Items<'v> {
        let mut items = Items { scheme, all: Vec::new(), latest: 0, named: BTreeMap::new() };
        for (edition, catalogue) in scheme.editions.iter().enumerate().rev() {
            for (at, section) in catalogue.sections.iter().enumerate() {
                for (place, item) in section.items.iter().enumerate() {
                    items.add(edition, section, item, (at, place));
                }
            }
            if edition + 1 == scheme.editions.len() {
                items.latest = items.all.len();
            }
        }
        items
    }

    /// Editions come from the latest to the first, so the later names of an item are known already.
    fn add(&mut self, edition: usize, section: &'v CatalogueSection, item: &'v CatalogueItem, place: (usize, usize)) {
        let known = self.named.get(item.id.as_str()).cloned().unwrap_or_else(|| {
            self.all.push(Entry { section, item, places: vec![Vec::new(); self.scheme.editions.len()] });
            vec![self.all.len() - 1]
        });
        for at in &known {
            if let Some(places) = self.all.get_mut(*at).and_then(|entry| entry.places.get_mut(edition)) {
                places.push(place);
            }
        }
        for name in item.was.iter().map(String::as_str).chain([item.id.as_str()]) {
            let named = self.named.entry(name).or_default();
            named.extend(known.iter().filter(|at| !named.contains(at)).copied().collect::<Vec<_>>());
        }
    }

    /// The pages of items by every name that an item has in any edition.
    pub(super) fn addresses(&self, link: impl Fn(Route<'_>) -> String) -> BTreeMap<&'v str, String> {
        let address = |at: &usize| self.all.get(*at).map(|entry| link(self.route(entry, 1)));
        self.named.iter().filter_map(|(name, known)| Some((*name, address(known.first()?)?))).collect()
    }

    /// The items of the latest edition.
    pub(super) fn latest(&self) -> &[Entry<'v>] {
        self.all.get(..self.latest).unwrap_or_default()
    }

    /// Names that no item has any more, each with the item it became.
    fn former(&self) -> impl Iterator<Item = (&'v str, &Entry<'v>)> {
        let gone = self.named.iter().filter_map(|(name, known)| Some((*name, self.all.get(*known.first()?)?)));
        gone.filter(|(name, entry)| *name != entry.item.id)
    }

    fn route(&self, entry: &Entry<'v>, from: usize) -> Route<'v> {
        Route::Item { scheme: &self.scheme.id, item: &entry.item.id, from }
    }
}

impl Entry<'_> {
    /// What a service says to it, table by table; nothing where its disclosure is not shown or its edition lacks the item.
    pub(super) fn lines<'v>(&self, scheme: &'v Scheme, service: &'v Service) -> impl Iterator<Item = Line<'v>> {
        let disclosure = service.disclosure.as_ref();
        let places = disclosure.and_then(|disclosure| self.places.get(disclosure.edition));
        let edition = disclosure.and_then(|disclosure| scheme.editions.get(disclosure.edition));
        places.into_iter().flatten().flat_map(move |&(section, at)| {
            let tables = disclosure.into_iter().flat_map(move |disclosure| of_section(&disclosure.sections, section));
            let item = edition.and_then(|edition| edition.sections.get(section)?.items.get(at));
            tables.enumerate().filter_map(move |(copy, table)| {
                Some(Line { item: item?, copy: copy + 1, label: table.label.as_deref(), answer: table.answers.get(at)? })
            })
        })
    }

    /// Whether a service discloses it: in words, or that it does not practise it.
    fn is_disclosed(&self, scheme: &Scheme, service: &Service) -> bool {
        self.lines(scheme, service).any(|line| matches!(line.answer, Answer::Text { .. } | Answer::None { .. }))
    }
}

/// The tables of a section; sections stand in the order of their catalogue.
fn of_section(sections: &[Section], section: usize) -> &[Section] {
    let from = sections.partition_point(|table| table.section < section);
    let until = sections.partition_point(|table| table.section <= section);
    sections.get(from..until).unwrap_or_default()
}

/// The services that one page of every item holds.
struct Range<'v> {
    /// Its first serial.
    from: usize,
    services: Vec<&'v Service>,
}

/// The ranges of a scheme's services in force whose disclosure is shown; the first one is there even if it is empty.
fn ranges<'v>(press: &Press<'v>, index: usize, scheme: &Scheme) -> Vec<Range<'v>> {
    let mut ranges = BTreeMap::from([(1, Vec::new())]);
    for service in press.view.services.iter().filter(|service| service.scheme == index && service.standing.in_force()) {
        if service.disclosure.is_some() {
            let from = scheme.number.serial(&service.slug).saturating_sub(1) / RANGE * RANGE + 1;
            ranges.entry(from).or_default().push(service);
        }
    }
    ranges.into_iter().map(|(from, services)| Range { from, services }).collect()
}

/// Writes the map and the items of every scheme.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    for (index, (scheme, parts)) in press.view.schemes.iter().zip(&press.schemes).enumerate() {
        let ranges = ranges(press, index, scheme);
        map::write(press, index, &parts.items, &ranges)?;
        for range in &ranges {
            let shown = range.services.par_iter().map(|service| page::shown(press, service)).collect::<Result<Vec<_>>>()?;
            let book = page::Book { press, index, items: &parts.items, ranges: &ranges, range, shown: &shown };
            (0..parts.items.all.len()).into_par_iter().try_for_each(|at| book.write(at))?;
        }
        for (name, entry) in parts.items.former() {
            let before = Route::Item { scheme: &scheme.id, item: name, from: 1 };
            let to = parts.items.route(entry, 1);
            press.moved(before, index, to, &entry.item.name, entry.item.name_en.as_deref())?;
        }
    }
    Ok(())
}

/// Every page of the items, for the sitemap.
pub(super) fn routes<'v>(press: &Press<'v>) -> Vec<Route<'v>> {
    let mut routes = Vec::new();
    for (index, (scheme, parts)) in press.view.schemes.iter().zip(&press.schemes).enumerate() {
        routes.push(Route::Items(&scheme.id));
        for range in ranges(press, index, scheme) {
            routes.extend(parts.items.all.iter().map(|entry| parts.items.route(entry, range.from)));
        }
    }
    routes
}
