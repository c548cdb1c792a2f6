//! Free pages of the site and of its schemes, and the page that names all of them.

use anyhow::Result;
use serde::Serialize;

use crate::route::{MARK_PAGE, Route};

use super::Press;
use super::prose::prose;
use super::site::PageLink;

/// The free pages of a scheme.
#[derive(Serialize)]
struct OfScheme<'v> {
    scheme: tera::Value,
    pages: Vec<PageLink<'v>>,
}

/// Writes all of them. The text of a scheme's mark is part of the page of the mark.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let view = press.view;
    if view.has_pages() {
        all(press)?;
    }
    for page in &view.pages {
        let route = Route::Page(&page.slug);
        let mut context = press.context(route, "article", &page.title);
        context.insert("prose", &prose(press, &page.text));
        press.page(route, "article.html", &context)?;
    }
    for (index, scheme) in view.schemes.iter().enumerate() {
        for page in scheme.pages.iter().filter(|page| page.slug != MARK_PAGE) {
            let route = Route::SchemePage { scheme: &scheme.id, slug: &page.slug };
            let mut context = press.scheme_context(route, "article", &page.title, index);
            context.insert("prose", &prose(press, &page.text));
            press.page(route, "article.html", &context)?;
        }
    }
    Ok(())
}

fn all(press: &Press<'_>) -> Result<()> {
    let view = press.view;
    let mut context = press.context(Route::Pages, "pages", press.word("free_pages.title")?);
    let link = |title, route: Route<'_>| PageLink::new(title, press.link(route));
    let of_site: Vec<PageLink<'_>> = view.pages.iter().map(|page| link(page.title.as_str(), Route::Page(&page.slug))).collect();
    let of_schemes = press.schemes.iter().zip(&view.schemes).map(|(parts, scheme)| {
        let pages = scheme.pages.iter().filter(|page| page.slug != MARK_PAGE);
        let pages = pages.map(|page| link(&page.title, Route::SchemePage { scheme: &scheme.id, slug: &page.slug }));
        OfScheme { scheme: parts.head.clone(), pages: pages.collect() }
    });
    context.insert("of_site", &of_site);
    context.insert("of_schemes", &of_schemes.filter(|of| !of.pages.is_empty()).collect::<Vec<_>>());
    press.page(Route::Pages, "pages.html", &context)
}
