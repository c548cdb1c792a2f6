//! The page that sets a few services side by side. What it shows is read by its script from each service's own data; here it
//! gets the words and the markup for that, and what it says to readers without scripts.

use anyhow::Result;

use crate::route::Route;

use super::Press;

/// Writes the page.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let context = press.context(Route::Compare, "compare", press.word("compare.title")?);
    press.page(Route::Compare, "compare.html", &context)
}
