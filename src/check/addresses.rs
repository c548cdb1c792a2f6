//! Addresses: nothing stands where something else does or will (R88), and marks link to pages (R149).

use chrono::NaiveDate;

use crate::model::{Event, EventKind, Registry, Scheme, Service, first_certification, holder_before_coming};
use crate::problem::{Code, Fault, Problem, Problems, Span, Words};
use crate::route::{Addresses, Base, Found, HeaderFile, MARK_PAGE, Route, inside};

use super::Context;

/// Who claims an address, in words that follow "this is the place of".
#[derive(Clone, Debug)]
pub struct Owner(Words);

impl Owner {
    fn new(ja: impl Into<String>, en: impl Into<String>) -> Owner {
        Owner(Words::new(ja, en))
    }

    /// A file of the theme for the top of the site.
    pub fn of_theme(path: &str) -> Owner {
        Owner::new(format!("テーマのファイル `root/{path}`"), format!("the theme's file `root/{path}`"))
    }

    /// In both languages.
    pub fn words(&self) -> &Words {
        &self.0
    }
}

pub(super) fn check(registry: &Registry, problems: &mut Problems) -> Addresses<Owner> {
    let mut addresses = Addresses::of_site(Owner::new(
        "このサイト自身のページ又はファイル（後で増えるものを含みます）",
        "a page or file of the site itself, those that are still to come included",
    ));
    claim_all(registry, &mut addresses, problems);
    put_all(registry, &mut addresses);
    addresses
}

/// The addresses of a registry, whatever is wrong with it.
pub fn of(registry: &Registry) -> Addresses<Owner> {
    check(registry, &mut Problems::default())
}

/// R149: where the address that marks must link to lies on this site, it is a page of it.
pub(super) fn mark_link(context: &Context<'_>, addresses: &Addresses<Owner>, problems: &mut Problems) {
    let Some(base) = context.settings.map(|settings| Base::new(&settings.base_url.value)) else { return };
    for scheme in context.registry.schemes.values() {
        let link = &scheme.link_url;
        let Some(path) = base.below(&link.value) else { continue };
        let found = inside(&format!("/{path}")).map_or(Found::Nothing, |inside| addresses.find(&inside.path, context.day));
        let (ja, en) = match found {
            Found::Page => continue,
            Found::Unsure if path.ends_with('/') => continue,
            Found::File | Found::Unsure => ("ページではないファイル".to_owned(), "a file that is no page".to_owned()),
            Found::Later(day) => (format!("{day} までまだないページ"), format!("a page that is not there before {day}")),
            Found::Nothing => ("このサイトにないページ".to_owned(), "no page of this site".to_owned()),
        };
        let right = base.absolute(Route::List { scheme: &scheme.id, page: 1 });
        problems.push(
            Problem::new(
                Code::MarkLink,
                link.span,
                format!("認定マークのリンク先 `{}` は、{ja}です", link.value),
                format!("the address `{}` that marks must link to is {en}", link.value),
            )
            .help(
                format!("制度の定めるページを確かめてください。このサイトにあるこの制度のページは `{right}` です"),
                format!("check which page the scheme names; its page on this site is `{right}`"),
            ),
        );
    }
}

/// Crawlers and people who report faults look for these files at the top of a host alone (RFC 9309, RFC 9116).
pub(super) fn below_host(context: &Context<'_>, problems: &mut Problems) {
    let Some(settings) = context.settings else { return };
    let base = Base::new(&settings.base_url.value);
    if base.path() == "/" || settings.base_url.value.is_empty() {
        return;
    }
    let host = settings.base_url.value.strip_suffix(base.path()).unwrap_or_default();
    let sitemap = base.absolute(Route::Sitemap);
    let (mut files, mut help_ja, mut help_en) = (
        "robots.txt".to_owned(),
        format!("`{host}/robots.txt` に `Sitemap: {sitemap}` の行を加えてください"),
        format!("add the line `Sitemap: {sitemap}` to `{host}/robots.txt`"),
    );
    if settings.security.is_some() {
        let (from, to) = (base.absolute(Route::Security), format!("{host}/{}", Route::Security.address()));
        files.push_str("、security.txt");
        help_ja.push_str(&format!("。また、`{from}` を `{to}` でも読めるようにしてください"));
        help_en.push_str(&format!(", and let `{to}` answer with what stands at `{from}`"));
    }
    problems.push(
        Problem::new(
            Code::BelowHost,
            settings.base_url.span,
            format!("サイトがホストの一番上にないので、{files} は検索エンジンなどに読まれません"),
            format!("where a site is not at the top of its host, nobody reads its {}", files.replace('、', " and ")),
        )
        .help(help_ja, help_en),
    );
}

fn claim_all(registry: &Registry, addresses: &mut Addresses<Owner>, problems: &mut Problems) {
    let schemes = || registry.schemes.values();
    for scheme in schemes() {
        let Some(form) = &scheme.number else { continue };
        let owner = Owner::new(
            format!("制度 `{}` の認定番号のアドレス", scheme.id),
            format!("the addresses of the numbers of the scheme `{}`", scheme.id),
        );
        if let Err(other) = addresses.claim_numbers(&form.slug, form.serial_digits, owner) {
            let example = format!("/{}{}-2604/", form.slug, "1".repeat(form.serial_digits));
            problems.push(
                clash(&example, &other, scheme.number_place).help("`slug` を別のものにしてください", "choose another `slug`"),
            );
        }
    }
    for scheme in schemes() {
        let owner = Owner::new(format!("制度 `{}` のページ", scheme.id), format!("the page of the scheme `{}`", scheme.id));
        let claimed = addresses.claim_scheme(&scheme.id, owner);
        note(claimed, &Route::List { scheme: &scheme.id, page: 1 }, scheme.place, problems);
    }
    for service in &registry.services {
        let Some(number) = &service.number else { continue };
        let shown = number.value.shown();
        let owner = Owner::new(format!("サービス {shown} のページ"), format!("the page of the service {shown}"));
        let claimed = addresses.claim_service(number.value.slug(), owner);
        note(claimed, &Route::Service(number.value.slug()), service.span, problems);
    }
    for scheme in schemes() {
        for page in scheme.pages.iter().filter(|page| page.slug != MARK_PAGE) {
            let owner = Owner::new(format!("ページ「{}」", page.title.value), format!("the page `{}`", page.title.value));
            let route = Route::SchemePage { scheme: &scheme.id, slug: &page.slug };
            note(addresses.claim(&route, owner), &route, page.place, problems);
        }
    }
    for page in &registry.pages {
        let owner = Owner::new(format!("ページ「{}」", page.title.value), format!("the page `{}`", page.title.value));
        let route = Route::Page(&page.slug);
        note(addresses.claim(&route, owner), &route, page.place, problems);
    }
    for alias in schemes().flat_map(|scheme| &scheme.aliases) {
        let owner = Owner::new(format!("以前のアドレス `{}`", alias.value), format!("the old address `{}`", alias.value));
        let route = Route::Alias(alias.value.trim_start_matches('/'));
        if let Err(other) = addresses.claim(&route, owner) {
            problems.push(clash(&alias.value, &other, alias.span).help(
                "このアドレスを `aliases` から取り除いてください。大文字と小文字の違いだけでは別のアドレスになりません",
                "take this address out of `aliases`; letters that differ in case only make no other address",
            ));
        }
    }
}

fn note(claimed: Result<(), Owner>, route: &Route<'_>, span: Span, problems: &mut Problems) {
    if let Err(other) = claimed {
        let address = format!("/{}", route.address());
        problems.push(clash(&address, &other, span).help("別の名前にしてください", "choose another name"));
    }
}

fn clash(address: &str, other: &Owner, span: Span) -> Fault {
    let Words { ja, en } = other.words();
    Problem::new(
        Code::IdCollides,
        span,
        format!("アドレス `{address}` は使えません。{ja}と同じ場所になります"),
        format!("the address `{address}` cannot be used: it is the place of {en}"),
    )
}

/// What stands where, and from which day on.
fn put_all(registry: &Registry, addresses: &mut Addresses<Owner>) {
    let always = [
        Route::Home,
        Route::Search,
        Route::Compare,
        Route::Verify,
        Route::Providers,
        Route::Notices,
        Route::Desk,
        Route::Standing,
        Route::RegistryJson,
        Route::RegistryCsv,
        Route::NotFound,
        Route::Sitemap,
        Route::Robots,
        Route::NoJekyll,
        Route::Headers(HeaderFile::Underscore),
        Route::Headers(HeaderFile::Htaccess),
        Route::Headers(HeaderFile::Nginx),
    ];
    always.iter().for_each(|route| addresses.put(route, None));
    if registry.settings.as_ref().is_some_and(|settings| settings.security.is_some()) {
        addresses.put(&Route::Security, None);
    }
    registry.schemes.values().for_each(|scheme| put_scheme(scheme, addresses));
    let scheme_pages = registry.schemes.values().flat_map(|scheme| &scheme.pages);
    if registry.pages.iter().chain(scheme_pages).next().is_some() {
        addresses.put(&Route::Pages, None);
    }
    registry.pages.iter().for_each(|page| addresses.put(&Route::Page(&page.slug), None));
    for notice in &registry.notices {
        addresses.put(&Route::Notice(&notice.name()), Some(notice.date));
    }
    for service in &registry.services {
        let (Some(number), Some(since)) = (&service.number, published_from(service)) else { continue };
        addresses.put(&Route::Service(number.value.slug()), Some(since));
        put_holders(registry, service, since, addresses);
    }
}

/// A provider has a page while it holds a certification that is published.
fn put_holders(registry: &Registry, service: &Service, since: NaiveDate, addresses: &mut Addresses<Owner>) {
    let changes_holder = |event: &&Event| matches!(event.kind, EventKind::Succession { from_provider: Some(_), .. });
    let changes = service.events.iter().filter(changes_holder).map(|event| event.on.value).filter(|on| *on > since);
    let days: Vec<NaiveDate> = std::iter::once(since).chain(changes).collect();
    for (at, day) in days.iter().enumerate() {
        let holder = holder_before_coming(&service.events, *day).or(service.provider.as_ref());
        if let Some(holder) = holder.filter(|holder| registry.providers.contains_key(&holder.value)) {
            addresses.put_until(&Route::Provider(&holder.value), Some(*day), days.get(at + 1).copied());
        }
    }
}

fn put_scheme(scheme: &Scheme, addresses: &mut Addresses<Owner>) {
    let id = scheme.id.as_str();
    let always = [
        Route::List { scheme: id, page: 1 },
        Route::EndedList { scheme: id, page: 1 },
        Route::ListData { scheme: id, part: 1 },
        Route::Items(id),
        Route::Regulation(id),
        Route::SchemeMark(id),
    ];
    always.iter().for_each(|route| addresses.put(route, None));
    let own = scheme.pages.iter().filter(|page| page.slug != MARK_PAGE);
    own.for_each(|page| addresses.put(&Route::SchemePage { scheme: id, slug: &page.slug }, None));
    for alias in &scheme.aliases {
        addresses.put(&Route::Alias(alias.value.trim_start_matches('/')), None);
    }
    let sections = scheme.editions.iter().flat_map(|edition| &edition.sections);
    let items = sections.flat_map(|section| section.items.iter().map(move |item| (section, item)));
    for (section, item) in items {
        addresses.put(&Route::Item { scheme: id, item: &section.full_name(item), from: 1 }, None);
        for was in &item.was {
            addresses.put(&Route::Item { scheme: id, item: &was.value, from: 1 }, None);
        }
    }
}

/// A service is published from the first day of its first term.
fn published_from(service: &Service) -> Option<NaiveDate> {
    let on = first_certification(&service.events)?;
    let from = service.events.iter().find_map(|event| {
        if let EventKind::Certified { from, .. } = &event.kind { from.as_ref().map(|from| from.value) } else { None }
    });
    Some(from.map_or(on, |from| from.max(on)))
}
