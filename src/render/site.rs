//! What every template sees: the site, the schemes for navigation, the words, and the page's own head.

use serde::Serialize;
use tera::Context;

use crate::route::{Base, Route};
use crate::theme::Theme;
use crate::view::{Body, Category, Desk, Registry, Scheme};

#[derive(Serialize)]
struct Site<'v> {
    title: &'v str,
    title_en: &'v str,
    base: &'v str,
    body: &'v Body,
    desk: &'v Desk,
    license: &'v str,
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
    address: String,
    ended_address: String,
    categories: &'v [Category],
    has_categories: bool,
}

/// The head of a page.
#[derive(Serialize)]
pub(super) struct PageHead<'v> {
    title: &'v str,
    address: String,
    absolute: String,
    lang: &'static str,
    kind: &'static str,
}

/// The context that all pages share.
pub(super) fn shared(view: &Registry, theme: &Theme) -> Context {
    let site = &view.site;
    let mut context = Context::new();
    context.insert(
        "site",
        &Site {
            title: &site.title,
            title_en: &site.title_en,
            base: site.base.path(),
            body: &site.body,
            desk: &site.desk,
            license: &site.license,
        },
    );
    let schemes: Vec<SchemeHead<'_>> = view.schemes.iter().map(|scheme| SchemeHead::new(scheme, &site.base)).collect();
    context.insert("schemes", &schemes);
    context.insert_value("words", theme.words("ja"));
    context
}

/// The context of what is rendered once for many pages: the language is all that is known of them.
pub(super) fn of_no_page(shared: &Context) -> Context {
    #[derive(Serialize)]
    struct NoPage {
        lang: &'static str,
    }
    let mut context = shared.clone();
    context.insert("page", &NoPage { lang: "ja" });
    context
}

impl<'v> SchemeHead<'v> {
    pub(super) fn new(scheme: &'v Scheme, base: &Base) -> SchemeHead<'v> {
        SchemeHead {
            id: &scheme.id,
            name: &scheme.name,
            short_name: &scheme.short_name,
            name_en: &scheme.name_en,
            list_title: &scheme.list_title,
            meaning: &scheme.meaning,
            address: base.link(Route::List { scheme: &scheme.id, page: 1 }),
            ended_address: base.link(Route::EndedList { scheme: &scheme.id, page: 1 }),
            categories: &scheme.categories,
            has_categories: !scheme.categories.is_empty(),
        }
    }
}

impl<'v> PageHead<'v> {
    pub(super) fn new(base: &Base, route: Route<'_>, kind: &'static str, title: &'v str) -> PageHead<'v> {
        PageHead { title, address: base.link(route), absolute: base.absolute(route), lang: "ja", kind }
    }
}
