//! Files for programs that are no data: sitemap, robots, security.

use anyhow::Result;
use tera::escape_html;

use crate::route::{LIST_PAGE, Lang, MARK_PAGE, Route};
use crate::theme::fill;

use super::Press;

/// The most addresses one sitemap file may have (sitemaps.org).
const SITEMAP_LIMIT: usize = 50_000;

/// Writes all of them.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    sitemap(press)?;
    day(press)?;
    press.file(Route::Robots, |out| {
        let sitemap = press.view.site.base.absolute(Route::Sitemap);
        out.extend_from_slice(format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").as_bytes());
        Ok(())
    })?;
    security(press)
}

/// The day of the build for printed sheets. It stands in a style sheet of its own, so that no page of a service changes with
/// the day.
fn day(press: &Press<'_>) -> Result<()> {
    press.file(Route::Asset("day.css"), |out| {
        for lang in Lang::ALL {
            let day = press.theme.date(lang, press.view.site.day);
            let words = fill(press.theme.word(lang, "site.as_of")?, &[("day", &day)]).replace(['"', '\\'], "");
            out.extend_from_slice(format!(":lang({}) .as-of-day::after {{ content: \"{words}\" }}\n", lang.tag()).as_bytes());
        }
        Ok(())
    })
}

/// Every page that people read with its languages: home, lists, other pages of schemes, of the site, providers, services,
/// items.
fn sitemap(press: &Press<'_>) -> Result<()> {
    let view = press.view;
    let mut routes = vec![Route::Home];
    for (index, scheme) in view.schemes.iter().enumerate() {
        let count = |ended: bool| {
            let of_list = view.services.iter().filter(|service| service.scheme == index && service.standing.in_force() != ended);
            of_list.count().div_ceil(LIST_PAGE).max(1)
        };
        routes.extend((1..=count(false)).map(|page| Route::List { scheme: &scheme.id, page }));
        routes.extend((1..=count(true)).map(|page| Route::EndedList { scheme: &scheme.id, page }));
    }
    for scheme in &view.schemes {
        routes.extend([Route::Regulation(&scheme.id), Route::SchemeMark(&scheme.id)]);
        let own = scheme.pages.iter().filter(|page| page.slug != MARK_PAGE);
        routes.extend(own.map(|page| Route::SchemePage { scheme: &scheme.id, slug: &page.slug }));
    }
    routes.extend([Route::Providers, Route::Notices, Route::Desk, Route::Standing, Route::Search, Route::Compare, Route::Verify]);
    routes.extend(view.pages.iter().map(|page| Route::Page(&page.slug)));
    routes.extend(view.notices.iter().map(|notice| Route::Notice(&notice.name)));
    routes.extend(view.providers.iter().map(|provider| Route::Provider(&provider.brief.id)));
    routes.extend(view.services.iter().map(|service| Route::Service(&service.slug)));
    routes.extend(super::items::routes(press));
    routes.truncate(SITEMAP_LIMIT);
    press.file(Route::Sitemap, |out| {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
        );
        for route in routes {
            out.extend_from_slice(b"<url><loc>");
            escape_html(&view.site.base.absolute(route), out)?;
            out.extend_from_slice(b"</loc>");
            for lang in Lang::ALL {
                out.extend_from_slice(format!("<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"", lang.tag()).as_bytes());
                escape_html(&view.site.base.absolute_in(lang, route), out)?;
                out.extend_from_slice(b"\"/>");
            }
            out.extend_from_slice(b"</url>\n");
        }
        out.extend_from_slice(b"</urlset>\n");
        Ok(())
    })
}

/// RFC 9116, where the registry gives a contact. The day of expiry ends at its own midnight in UTC.
fn security(press: &Press<'_>) -> Result<()> {
    let Some(security) = &press.view.site.security else { return Ok(()) };
    press.file(Route::Security, |out| {
        let canonical = press.view.site.base.absolute(Route::Security);
        let text = format!(
            "Contact: {}\nExpires: {}T00:00:00Z\nPreferred-Languages: ja, en\nCanonical: {canonical}\n",
            security.contact, security.expires
        );
        out.extend_from_slice(text.as_bytes());
        Ok(())
    })
}
