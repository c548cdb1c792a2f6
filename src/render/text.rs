//! Files for programs that are no data: sitemap, robots, security.

use anyhow::Result;
use tera::escape_html;

use crate::route::Route;

use super::{LIST_PAGE, Press};

/// The most addresses one sitemap file may have (sitemaps.org).
const SITEMAP_LIMIT: usize = 50_000;

/// Writes all of them.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    sitemap(press)?;
    press.file(Route::Robots, |out| {
        let sitemap = press.view.site.base.absolute(Route::Sitemap);
        out.extend_from_slice(format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").as_bytes());
        Ok(())
    })?;
    security(press)
}

/// Every page that people read, in the order of home, lists, services.
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
    routes.extend(view.services.iter().map(|service| Route::Service(&service.slug)));
    routes.truncate(SITEMAP_LIMIT);
    press.file(Route::Sitemap, |out| {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for route in routes {
            out.extend_from_slice(b"<url><loc>");
            escape_html(&view.site.base.absolute(route), out)?;
            out.extend_from_slice(b"</loc></url>\n");
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
