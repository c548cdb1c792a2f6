//! What the site will have on a day, and with which places on its pages, as far as links of texts ask for it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::judge::{Standing, judge};
use crate::model::{Scheme, Service};
use crate::problem::Problems;
use crate::route::{Addresses, Base, Found as Stands, LIST_PAGE, MARK_PAGE, Route, inside, outside, own_path};

use super::super::{Context, Owner};
use super::places;

/// What became of a link's target.
pub(super) enum Found {
    There,
    /// The page is there, the place on it is not.
    PlaceMissing,
    /// Not before this day.
    Later(NaiveDate),
    Missing,
}

/// The places on a page that links may lead to, beside those that every page has.
enum Places<'r> {
    /// These.
    Ids(BTreeSet<String>),
    /// What a service discloses on the day.
    Disclosed(&'r Service),
    /// Whatever the theme, or the page that an old address leads to, gives it.
    Unknown,
}

/// The site as its records make it.
pub(super) struct Site<'r> {
    context: &'r Context<'r>,
    addresses: &'r Addresses<Owner>,
    /// By address, without the leading `/`, where a page has any.
    places: BTreeMap<String, Places<'r>>,
    /// Where it stands.
    base: Option<Base>,
    /// Whether every record could be read, so that what is not here is nowhere.
    is_whole: bool,
}

impl<'r> Site<'r> {
    /// The site of a registry with the problems that were found in it so far.
    pub(super) fn of(context: &'r Context<'r>, addresses: &'r Addresses<Owner>, problems: &Problems) -> Site<'r> {
        let registry = context.registry;
        let base = context.settings.and_then(|settings| Base::read(&settings.base_url.value).ok());
        let is_whole = is_whole(context, problems);
        let mut site = Site { context, addresses, places: BTreeMap::new(), base, is_whole };
        site.note(Route::Standing, Places::Unknown);
        registry.schemes.values().for_each(|scheme| site.scheme(scheme));
        for service in &registry.services {
            if let Some(number) = &service.number {
                site.note(Route::Service(number.value.slug()), Places::Disclosed(service));
            }
        }
        for page in &registry.pages {
            site.note(Route::Page(&page.slug), Places::Ids(places(page)));
        }
        for notice in &registry.notices {
            site.note(Route::Notice(&notice.name()), Places::Unknown);
        }
        site
    }

    /// What an address leads to on a day.
    pub(super) fn find(&self, path: &str, day: NaiveDate) -> Found {
        let Ok(inside) = inside(&format!("/{path}")) else { return Found::Missing };
        let place = inside.fragment.unwrap_or_default();
        match self.addresses.find(&inside.path, day) {
            Stands::Page if self.has_place(own_path(&inside.path), &place, day) => Found::There,
            Stands::Page => self.unless_unread(Found::PlaceMissing),
            Stands::File => Found::There,
            Stands::Later(from) => Found::Later(from),
            Stands::Unsure if self.stands_today(own_path(&inside.path)) => Found::There,
            Stands::Unsure | Stands::Nothing => self.unless_unread(Found::Missing),
        }
    }

    /// The page that is meant where a `/` at the end is missing.
    pub(super) fn near(&self, path: &str, day: NaiveDate) -> Option<String> {
        let near = format!("{path}/");
        (!path.contains(['#', '?']) && matches!(self.find(&near, day), Found::There)).then_some(near)
    }

    /// What is missing may be what a record that could not be read would have told.
    fn unless_unread(&self, found: Found) -> Found {
        if self.is_whole { found } else { Found::There }
    }

    /// The path below the base of an address that is this site's own, however its host is spelt.
    pub(super) fn own_address(&self, link: &str) -> Option<String> {
        let read = outside(link).ok()?;
        self.base.as_ref()?.below(&read).map(str::to_owned)
    }

    /// Whether a text with these headings has a place on its page.
    pub(super) fn is_own_place(&self, id: &str, own: &BTreeSet<String>) -> bool {
        of_every_page(id) || own.contains(id)
    }

    /// Whether there is what the records alone do not tell: files of the theme, further pages of lists. Pictures are looked at
    /// where they are read, and the parts of an item's page move with the services.
    fn stands_today(&self, path: &str) -> bool {
        if let Some(asset) = path.strip_prefix("assets/") {
            let theme = self.context.settings.and_then(|settings| self.context.registry.known.themes.get(&settings.theme.value));
            return asset == "day.css" || asset.starts_with("search/") || theme.is_some_and(|files| files.contains(asset));
        }
        let Some((scheme, rest)) = path.split_once('/') else { return true };
        let Some(scheme) = self.context.registry.schemes.get(scheme) else { return true };
        let (ended, page) = match (rest.strip_prefix("page/"), rest.strip_prefix("ended/page/")) {
            (Some(page), _) => (false, page),
            (None, Some(page)) => (true, page),
            (None, None) => return true,
        };
        page.trim_end_matches('/').parse::<usize>().is_ok_and(|page| page <= self.list_pages(scheme, ended))
    }

    fn has_place(&self, page: &str, place: &str, day: NaiveDate) -> bool {
        of_every_page(place)
            || match self.places.get(page) {
                Some(Places::Ids(ids)) => ids.contains(place),
                Some(Places::Disclosed(service)) => self.discloses(service, place, day),
                Some(Places::Unknown) => true,
                None => false,
            }
    }

    fn note(&mut self, route: Route<'_>, places: Places<'r>) {
        self.places.insert(route.address(), places);
    }

    fn scheme(&mut self, scheme: &'r Scheme) {
        let id = scheme.id.as_str();
        self.note(Route::Items(id), Places::Ids(item_names(scheme).collect()));
        for page in &scheme.pages {
            let is_mark = page.slug == MARK_PAGE;
            let route = if is_mark { Route::SchemeMark(id) } else { Route::SchemePage { scheme: id, slug: &page.slug } };
            self.note(route, Places::Ids(places(page)));
        }
        for alias in &scheme.aliases {
            self.note(Route::Alias(alias.value.trim_start_matches('/')), Places::Unknown);
        }
    }

    /// A list has a page more for every so many services that it holds on the day.
    fn list_pages(&self, scheme: &Scheme, ended: bool) -> usize {
        let of_list = |service: &&Service| {
            service.scheme == scheme.id && self.standing(service, self.context.day).is_some_and(|s| s.in_force() != ended)
        };
        self.context.registry.services.iter().filter(of_list).count().div_ceil(LIST_PAGE).max(1)
    }

    fn standing(&self, service: &Service, day: NaiveDate) -> Option<Standing> {
        let rules = self.context.registry.schemes.get(&service.scheme)?.rules.as_ref()?;
        let judged = judge(&service.events, rules, self.context.settings?.term_end, day)?;
        Some(judged.standing).filter(|standing| *standing != Standing::Upcoming)
    }

    /// Whether the page of a service has the place of a section or item on a day; tables beyond the first carry a number.
    fn discloses(&self, service: &Service, place: &str, day: NaiveDate) -> bool {
        let kept = self.context.settings.is_some_and(|settings| settings.keep_disclosure_after_end);
        let shows = kept || self.standing(service, day).is_some_and(Standing::in_force);
        let disclosure = service.disclosures.iter().rfind(|disclosure| disclosure.date <= day).filter(|_| shows);
        let Some(disclosure) = disclosure else { return false };
        let scheme = self.context.registry.schemes.get(&service.scheme);
        let edition = scheme.zip(disclosure.edition).and_then(|(scheme, edition)| scheme.editions.get(edition));
        let mut sections = edition.into_iter().flat_map(|edition| edition.sections.iter().enumerate());
        sections.any(|(at, section)| {
            let tables = disclosure.sections.iter().filter(|table| table.section == at).count().max(1);
            let items = section.items.iter().map(|item| format!("{}.{}", section.id.value, item.id.value));
            std::iter::once(section.id.value.clone()).chain(items).any(|id| match place.strip_prefix(&id) {
                Some("") => true,
                Some(copy) => (2..=tables).any(|table| copy == format!("-{table}")),
                None => false,
            })
        })
    }
}

/// Whether the records tell of every page and file: none is missing, broken or without what its address is made of.
fn is_whole(context: &Context<'_>, problems: &Problems) -> bool {
    let registry = context.registry;
    context.settings.is_some()
        && !problems.iter().any(|problem| problem.code.hides_a_record())
        && registry.schemes.values().all(|scheme| scheme.number.is_some() && scheme.rules.is_some())
        && registry.services.iter().all(|service| service.number.is_some() && service.events_whole)
}

/// The page's own places begin with `page_`; an empty one is the top.
fn of_every_page(place: &str) -> bool {
    place.is_empty() || place == "top" || place.starts_with("page_")
}

/// The full names of a scheme's items in all editions; each of them has a page, or leads to one.
fn item_names(scheme: &Scheme) -> impl Iterator<Item = String> {
    let sections = scheme.editions.iter().flat_map(|edition| &edition.sections);
    sections.flat_map(|section| section.items.iter().map(|item| format!("{}.{}", section.id.value, item.id.value)))
}
