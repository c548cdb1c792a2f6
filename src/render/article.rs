//! Free pages of the site and of its schemes.

use anyhow::Result;

use crate::route::{MARK_PAGE, Route};

use super::Press;
use super::prose::prose;

/// Writes all of them. The text of a scheme's mark is part of the page of the mark.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let view = press.view;
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
