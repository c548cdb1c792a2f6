//! The page that sets a few services side by side. What it shows is read by its script from each service's own data; here it
//! gets the words and the markup for that, and what it says to readers without scripts.

use anyhow::Result;

use crate::route::Route;

use super::Press;
use super::site::NumberForm;

/// Writes the page.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let forms: Vec<NumberForm<'_>> = press.view.schemes.iter().map(NumberForm::of).collect();
    let mut context = press.context(Route::Compare, "compare", press.word("compare.title")?);
    context.insert("forms", &serde_json::to_string(&forms)?);
    press.page(Route::Compare, "compare.html", &context)
}
