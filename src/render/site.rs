//! What every template sees: the site, the schemes for navigation, the words, and the page's own head.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;
use tera::Context;

use crate::route::{Base, Lang, MARK_PAGE, Route};
use crate::theme::Theme;
use crate::view::{Article, Body, Category, Desk, Registry, Scheme};

#[derive(Serialize)]
struct Site<'v> {
    title: &'v str,
    title_en: &'v str,
    base: &'v str,
    policy: &'static str,
    home: String,
    body: &'v Body,
    desk: &'v Desk,
    license: &'v str,
    providers: String,
    notices: String,
    desk_address: String,
    standing: String,
    search: String,
    compare: String,
    verify: String,
    /// The free pages that the footer names.
    footer: Vec<PageLink<'v>>,
    /// The page of all free pages, where there are any.
    all_pages: Option<String>,
    /// English pages only: the grounds for withholding in English.
    grounds: BTreeMap<&'v str, &'v str>,
}

/// A page by its title and address.
#[derive(Serialize)]
pub(super) struct PageLink<'v> {
    title: &'v str,
    address: String,
}

/// A scheme as templates see it.
#[derive(Serialize)]
pub(super) struct SchemeHead<'v> {
    id: &'v str,
    name: &'v str,
    short_name: &'v str,
    name_en: &'v str,
    list_title: &'v str,
    meaning: &'v str,
    short_name_en: Option<&'v str>,
    list_title_en: Option<&'v str>,
    meaning_en: Option<&'v str>,
    address: String,
    absolute: String,
    ended_address: String,
    items_address: String,
    regulation_address: String,
    mark_address: String,
    pages: Vec<PageLink<'v>>,
    categories: &'v [Category],
    has_categories: bool,
    /// Whether its categories tell work and examples, which may change (000, table 2).
    categories_may_change: bool,
    has_fees: bool,
    mark_while_continuing: bool,
    /// Whether certification hangs on items that must meet a requirement; where none does, pages do not speak of them.
    has_criteria: bool,
}

/// A scheme as rows that mix services of several schemes name it.
#[derive(Serialize)]
pub(super) struct SchemeName<'v> {
    short_name: &'v str,
    short_name_en: Option<&'v str>,
    address: String,
}

/// How a scheme's numbers are written, for scripts that read them.
#[derive(Serialize)]
pub(super) struct NumberForm<'v> {
    id: &'v str,
    prefix: &'v str,
    slug: &'v str,
    /// Digits of the serial.
    digits: usize,
}

/// Where an address that keeps answering leads.
#[derive(Serialize)]
pub(super) struct Moved<'v> {
    name: &'v str,
    name_en: Option<&'v str>,
    address: String,
    absolute: String,
}

/// The head of a page.
#[derive(Serialize)]
pub(super) struct PageHead<'v> {
    title: &'v str,
    address: String,
    absolute: String,
    lang: &'static str,
    kind: &'static str,
    /// The same page in every language, its own one included; empty where it stands in one alone.
    languages: Vec<Language>,
}

#[derive(Serialize)]
struct Language {
    lang: &'static str,
    address: String,
    absolute: String,
    current: bool,
}

/// The context that all pages of a language share.
///
/// # Errors
/// The theme does not speak the language.
pub(super) fn shared<'v>(lang: Lang, view: &'v Registry, theme: &Theme) -> Result<Context> {
    let site = &view.site;
    let link = |route: Route<'_>| site.base.link_in(lang, route);
    let to_page = |page: &'v Article| PageLink::new(&page.title, link(Route::Page(&page.slug)));
    let mut context = Context::new();
    context.insert(
        "site",
        &Site {
            title: &site.title,
            title_en: &site.title_en,
            base: site.base.path(),
            policy: super::POLICY,
            home: link(Route::Home),
            body: &site.body,
            desk: &site.desk,
            license: &site.license,
            providers: link(Route::Providers),
            notices: link(Route::Notices),
            desk_address: link(Route::Desk),
            standing: link(Route::Standing),
            search: link(Route::Search),
            compare: link(Route::Compare),
            verify: link(Route::Verify),
            footer: site
                .footer
                .iter()
                .filter_map(|slug| view.pages.iter().find(|page| page.slug == *slug))
                .map(to_page)
                .collect(),
            all_pages: view.has_pages().then(|| link(Route::Pages)),
            grounds: grounds(lang, &site.grounds_en),
        },
    );
    let schemes: Vec<SchemeHead<'_>> = view.schemes.iter().map(|scheme| SchemeHead::new(lang, scheme, &site.base)).collect();
    context.insert("schemes", &schemes);
    context.insert_value("words", theme.words(lang)?);
    Ok(context)
}

/// The context of what is rendered once for many pages: the language is all that is known of them.
pub(super) fn of_no_page(lang: Lang, shared: &Context) -> Context {
    #[derive(Serialize)]
    struct NoPage {
        lang: &'static str,
    }
    let mut context = shared.clone();
    context.insert("page", &NoPage { lang: lang.tag() });
    context
}

fn grounds(lang: Lang, english: &BTreeMap<String, String>) -> BTreeMap<&str, &str> {
    match lang {
        Lang::Ja => BTreeMap::new(),
        Lang::En => english.iter().map(|(name, name_en)| (name.as_str(), name_en.as_str())).collect(),
    }
}

impl<'v> PageLink<'v> {
    pub(super) fn new(title: &'v str, address: String) -> PageLink<'v> {
        PageLink { title, address }
    }
}

impl<'v> SchemeHead<'v> {
    pub(super) fn new(lang: Lang, scheme: &'v Scheme, base: &Base) -> SchemeHead<'v> {
        let link = |route: Route<'_>| base.link_in(lang, route);
        let id = scheme.id.as_str();
        SchemeHead {
            id,
            name: &scheme.name,
            short_name: &scheme.short_name,
            name_en: &scheme.name_en,
            list_title: &scheme.list_title,
            meaning: &scheme.meaning,
            short_name_en: scheme.short_name_en.as_deref(),
            list_title_en: scheme.list_title_en.as_deref(),
            meaning_en: scheme.meaning_en.as_deref(),
            address: link(Route::List { scheme: id, page: 1 }),
            absolute: base.absolute_in(lang, Route::List { scheme: id, page: 1 }),
            ended_address: link(Route::EndedList { scheme: id, page: 1 }),
            items_address: link(Route::Items(id)),
            regulation_address: link(Route::Regulation(id)),
            mark_address: link(Route::SchemeMark(id)),
            pages: scheme
                .pages
                .iter()
                .filter(|page| page.slug != MARK_PAGE)
                .map(|page| PageLink { title: &page.title, address: link(Route::SchemePage { scheme: id, slug: &page.slug }) })
                .collect(),
            categories: &scheme.categories,
            has_categories: !scheme.categories.is_empty(),
            categories_may_change: scheme
                .categories
                .iter()
                .any(|category| category.work.is_some() || category.examples.is_some()),
            has_fees: scheme.has_fees(),
            mark_while_continuing: scheme.rules.mark_while_continuing,
            has_criteria: scheme.has_criteria(),
        }
    }
}

impl<'v> SchemeName<'v> {
    pub(super) fn new(lang: Lang, scheme: &'v Scheme, base: &Base) -> SchemeName<'v> {
        let address = base.link_in(lang, Route::List { scheme: &scheme.id, page: 1 });
        SchemeName { short_name: &scheme.short_name, short_name_en: scheme.short_name_en.as_deref(), address }
    }
}

impl<'v> NumberForm<'v> {
    pub(super) fn of(scheme: &'v Scheme) -> NumberForm<'v> {
        let number = &scheme.number;
        NumberForm { id: &scheme.id, prefix: &number.prefix, slug: &number.slug, digits: number.serial_digits }
    }
}

impl<'v> Moved<'v> {
    pub(super) fn new(lang: Lang, base: &Base, to: Route<'_>, name: &'v str, name_en: Option<&'v str>) -> Moved<'v> {
        Moved { name, name_en, address: base.link_in(lang, to), absolute: base.absolute_in(lang, to) }
    }
}

impl<'v> PageHead<'v> {
    pub(super) fn new(lang: Lang, base: &Base, route: Route<'_>, kind: &'static str, title: &'v str) -> PageHead<'v> {
        let language = |of: Lang| Language {
            lang: of.tag(),
            address: base.link_in(of, route),
            absolute: base.absolute_in(of, route),
            current: of == lang,
        };
        PageHead {
            title,
            address: base.link_in(lang, route),
            absolute: base.absolute_in(lang, route),
            lang: lang.tag(),
            kind,
            languages: if route.is_page() { Lang::ALL.map(language).into() } else { Vec::new() },
        }
    }
}
