//! What the site will have on a day: every page in its own language, from when, and with which places; and every file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::judge::{Standing, judge, terms};
use crate::model::{Event, EventKind, Scheme, Service, first_certification, holder_before_coming};
use crate::problem::Problems;
use crate::route::{Base, HeaderFile, LIST_PAGE, Lang, MARK_PAGE, MarkFile, Route, outside};

use super::super::Context;
use super::address::decoded;
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
    /// Whatever the theme gives it.
    OfTheTheme,
    /// None; the page stands while the provider holds a certification: from these days on, up to the day before these.
    WhileHeld(Vec<(NaiveDate, Option<NaiveDate>)>),
}

struct Page<'r> {
    /// The first day; from the beginning where there is none.
    from: Option<NaiveDate>,
    places: Places<'r>,
}

impl Page<'_> {
    /// Why it does not stand on a day; none where it does.
    fn absent(&self, day: NaiveDate) -> Option<Found> {
        let coming = match &self.places {
            Places::WhileHeld(held) => {
                if held.iter().any(|(from, until)| *from <= day && until.is_none_or(|until| day < until)) {
                    return None;
                }
                held.iter().map(|(from, _)| *from).filter(|from| *from > day).min()
            }
            Places::Ids(_) | Places::Disclosed(_) | Places::OfTheTheme => Some(self.from.filter(|from| *from > day)?),
        };
        Some(coming.map_or(Found::Missing, Found::Later))
    }
}

/// The site as its records make it.
pub(super) struct Site<'r> {
    context: &'r Context<'r>,
    /// By address, without the leading `/`.
    pages: BTreeMap<String, Page<'r>>,
    /// Old addresses, which lead on.
    aliases: BTreeSet<&'r str>,
    /// Files with their first day.
    files: BTreeMap<String, Option<NaiveDate>>,
    /// Where it stands.
    base: Option<Base>,
    /// Whether every record could be read, so that what is not here is nowhere.
    is_whole: bool,
}

impl<'r> Site<'r> {
    /// The site of a registry with the problems that were found in it so far.
    pub(super) fn of(context: &'r Context<'r>, problems: &Problems) -> Site<'r> {
        let aliases = context.registry.schemes.values().flat_map(|scheme| &scheme.aliases);
        let aliases = aliases.map(|alias| alias.value.trim_start_matches('/')).collect();
        let mut site = Site {
            context,
            pages: BTreeMap::new(),
            aliases,
            files: BTreeMap::new(),
            base: context.settings.and_then(|settings| Base::read(&settings.base_url.value).ok()),
            is_whole: is_whole(context, problems),
        };
        site.own();
        context.registry.schemes.values().for_each(|scheme| site.scheme(scheme));
        context.registry.services.iter().for_each(|service| site.service(service));
        for page in &context.registry.pages {
            site.page(Route::Page(&page.slug), None, Places::Ids(places(page)));
        }
        for notice in &context.registry.notices {
            let name = format!("{}-{}", notice.date, notice.slug);
            site.page(Route::Notice(&name), Some(notice.date), Places::OfTheTheme);
        }
        site
    }

    /// What an address leads to on a day.
    pub(super) fn find(&self, path: &str, day: NaiveDate) -> Found {
        let (address, place) = path.split_once('#').unwrap_or((path, ""));
        let address = address.split('?').next().unwrap_or_default();
        let Some(address) = decoded(address.strip_suffix("index.html").unwrap_or(address)) else { return Found::Missing };
        let place = decoded(place).unwrap_or_default();
        if self.aliases.contains(address.as_str()) || self.is_loose(&address) {
            return Found::There;
        }
        let own = self.own_language(&address);
        match (self.pages.get(own), self.files.get(&address)) {
            (Some(page), _) => match page.absent(day) {
                Some(Found::Missing) => self.unless_unread(Found::Missing),
                Some(absent) => absent,
                None if self.has_place(page, &place, day) => Found::There,
                None => self.unless_unread(Found::PlaceMissing),
            },
            (None, Some(Some(from))) if *from > day => Found::Later(*from),
            (None, Some(_)) => Found::There,
            (None, None) => self.unless_unread(Found::Missing),
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

    /// Pages of a text in English have its address behind `en/`; files stand once.
    fn own_language<'a>(&self, address: &'a str) -> &'a str {
        let in_language = |lang: Lang| address.strip_prefix(lang.tag())?.strip_prefix('/');
        let others = Lang::ALL.into_iter().skip(1);
        others.filter_map(in_language).find(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(address)
    }

    /// What is not told apart here: pictures are looked at where they are read; parts of data and of lists of items move
    /// with the services.
    fn is_loose(&self, address: &str) -> bool {
        let range = |address: &str| {
            let (item, from) = address.strip_suffix('/')?.rsplit_once('/')?;
            from.parse::<u32>().ok()?;
            self.pages.get(&format!("{item}/")).filter(|_| item.contains("/items/"))
        };
        let loose = ["pictures/", "verify/", "assets/search/"];
        loose.iter().any(|folder| address.strip_prefix(folder).is_some_and(|rest| !rest.is_empty()))
            || range(self.own_language(address)).is_some()
    }

    fn has_place(&self, page: &Page<'_>, place: &str, day: NaiveDate) -> bool {
        of_every_page(place)
            || match &page.places {
                Places::Ids(ids) => ids.contains(place),
                Places::Disclosed(service) => self.discloses(service, place, day),
                Places::OfTheTheme => true,
                Places::WhileHeld(_) => false,
            }
    }

    fn page(&mut self, route: Route<'_>, from: Option<NaiveDate>, places: Places<'r>) {
        self.pages.insert(route.address(), Page { from, places });
    }

    fn file(&mut self, route: Route<'_>, from: Option<NaiveDate>) {
        self.files.insert(route.address(), from);
    }

    fn own(&mut self) {
        for route in [Route::Home, Route::Search, Route::Compare, Route::Verify, Route::Providers, Route::Notices, Route::Desk] {
            self.page(route, None, Places::Ids(BTreeSet::new()));
        }
        self.page(Route::Standing, None, Places::OfTheTheme);
        let registry = self.context.registry;
        let scheme_pages = registry.schemes.values().flat_map(|scheme| &scheme.pages);
        if registry.pages.iter().chain(scheme_pages).next().is_some() {
            self.page(Route::Pages, None, Places::Ids(BTreeSet::new()));
        }
        for route in [Route::RegistryJson, Route::RegistryCsv, Route::NotFound, Route::Sitemap, Route::Robots, Route::NoJekyll] {
            self.file(route, None);
        }
        for file in [HeaderFile::Underscore, HeaderFile::Htaccess, HeaderFile::Nginx] {
            self.file(Route::Headers(file), None);
        }
        self.file(Route::Asset("day.css"), None);
        if let Some(settings) = self.context.settings {
            if settings.security.is_some() {
                self.file(Route::Security, None);
            }
            let theme = self.context.registry.known.themes.get(&settings.theme.value);
            theme.into_iter().flatten().for_each(|path| self.file(Route::Asset(path), None));
        }
    }

    fn scheme(&mut self, scheme: &'r Scheme) {
        let id = scheme.id.as_str();
        for ended in [false, true] {
            for page in 1..=self.list_pages(scheme, ended) {
                let route = if ended { Route::EndedList { scheme: id, page } } else { Route::List { scheme: id, page } };
                self.page(route, None, Places::Ids(BTreeSet::new()));
            }
        }
        self.file(Route::ListData { scheme: id, part: 1 }, None);
        self.page(Route::Regulation(id), None, Places::Ids(BTreeSet::new()));
        let names: BTreeSet<String> = item_names(scheme).collect();
        for item in &names {
            self.page(Route::Item { scheme: id, item, from: 1 }, None, Places::Ids(BTreeSet::new()));
        }
        self.page(Route::Items(id), None, Places::Ids(names));
        self.page(Route::SchemeMark(id), None, Places::Ids(BTreeSet::new()));
        for page in &scheme.pages {
            let is_mark = page.slug == MARK_PAGE;
            let route = if is_mark { Route::SchemeMark(id) } else { Route::SchemePage { scheme: id, slug: &page.slug } };
            self.page(route, None, Places::Ids(places(page)));
        }
    }

    /// A list has a page more for every so many services that it holds on the day.
    fn list_pages(&self, scheme: &Scheme, ended: bool) -> usize {
        let of_list = |service: &&Service| {
            service.scheme == scheme.id && self.standing(service, self.context.day).is_some_and(|s| s.in_force() != ended)
        };
        self.context.registry.services.iter().filter(of_list).count().div_ceil(LIST_PAGE).max(1)
    }

    fn service(&mut self, service: &'r Service) {
        let Some(number) = &service.number else { return };
        let slug = number.value.slug();
        let Some(from) = self.published(service) else { return };
        self.page(Route::Service(slug), Some(from), Places::Disclosed(service));
        self.file(Route::ServiceData(slug), Some(from));
        MarkFile::ALL.iter().for_each(|file| self.file(Route::Mark(slug, *file), Some(from)));
        self.providers(service, from);
    }

    /// A provider has a page while it holds a certification that is published.
    fn providers(&mut self, service: &'r Service, from: NaiveDate) {
        let changes_holder = |event: &&Event| matches!(event.kind, EventKind::Succession { from_provider: Some(_), .. });
        let changes = service.events.iter().filter(changes_holder).map(|event| event.on.value).filter(|on| *on > from);
        let days: Vec<NaiveDate> = std::iter::once(from).chain(changes).collect();
        for (at, day) in days.iter().enumerate() {
            let Some(holder) = holder_before_coming(&service.events, *day).or(service.provider.as_ref()) else { continue };
            let page = Page { from: None, places: Places::WhileHeld(Vec::new()) };
            let page = self.pages.entry(Route::Provider(&holder.value).address()).or_insert(page);
            if let Places::WhileHeld(held) = &mut page.places {
                held.push((*day, days.get(at + 1).copied()));
            }
        }
    }

    /// The first day on which a service is published.
    fn published(&self, service: &Service) -> Option<NaiveDate> {
        let rules = self.context.registry.schemes.get(&service.scheme)?.rules.as_ref()?;
        let first = terms(&service.events, rules, self.context.settings?.term_end).first()?.from;
        Some(first.max(first_certification(&service.events)?))
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
