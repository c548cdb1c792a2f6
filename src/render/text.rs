//! Files for programs that are no data: robots, security, the day for printed sheets, and what hosts ask for.

use anyhow::Result;

use crate::route::{Lang, Route};
use crate::theme::fill;

use super::Press;

/// Writes all of them.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    day(press)?;
    for (path, bytes) in press.theme.root() {
        press.stage.write(&Route::Root(path).file(), bytes)?;
    }
    // Without it GitHub Pages drops what begins with a dot or an underscore.
    press.stage.write(&Route::NoJekyll.file(), b"")?;
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
