//! A text under 公表留保, with the periods that withhold it. It can be held and dropped; it cannot be shown.

use std::fmt;

use chrono::NaiveDate;

use crate::problem::Span;

use super::Periods;

/// A withheld text. It has no `Display`, `Serialize`, `Deref`, `AsRef` or `Clone`, and its `Debug` prints nothing of it.
///
/// ```compile_fail
/// fn shown(text: &kohyo::model::Withheld) -> String { text.to_string() }
/// ```
/// ```compile_fail
/// fn copied(text: &kohyo::model::Withheld) -> kohyo::model::Withheld { text.clone() }
/// ```
/// ```compile_fail
/// fn borrowed(text: &kohyo::model::Withheld) -> &str { text.as_ref() }
/// ```
/// ```compile_fail
/// fn dereferenced(text: &kohyo::model::Withheld) -> &str { &**text }
/// ```
/// ```compile_fail
/// fn written(text: &kohyo::model::Withheld) -> String { serde_json::to_string(text).unwrap_or_default() }
/// ```
/// ```compile_fail
/// fn opened(text: &kohyo::model::Withheld) -> &str { &text.0 }
/// ```
pub struct Withheld(String);

impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Withheld")
    }
}

impl Withheld {
    /// Seals a text.
    pub fn new(text: String) -> Withheld {
        Withheld(text)
    }

    /// The text, for [`super::Traces`] alone, which looks for it in public texts.
    pub(super) fn sought(&self) -> &str {
        &self.0
    }
}

/// An item under 公表留保: its periods, and its text where a sealed file brings it. What is withheld follows from the
/// periods alone; the text has no say in it.
#[derive(Debug)]
pub struct Withholding {
    /// The periods.
    pub periods: Periods,
    /// Where the sealed text is written, and the text.
    sealed: Option<(Span, Withheld)>,
}

impl Withholding {
    /// A withholding without its text.
    pub fn new(periods: Periods) -> Withholding {
        Withholding { periods, sealed: None }
    }

    /// Takes the sealed text; gives it back where there is one already.
    pub(crate) fn seal(&mut self, key: Span, text: Withheld) -> Option<Withheld> {
        if self.sealed.is_some() {
            return Some(text);
        }
        self.sealed = Some((key, text));
        None
    }

    /// Where the sealed text is written, and the text, still sealed.
    pub fn sealed(&self) -> Option<(Span, &Withheld)> {
        self.sealed.as_ref().map(|(key, text)| (*key, text))
    }
}

/// The proof that the withholding of one item is over on every day that decides. It is made of that item's own periods and
/// opens that item's text; there is no other way to open one.
///
/// ```compile_fail
/// fn forged(of: &kohyo::model::Withholding) -> kohyo::model::Over<'_> { kohyo::model::Over(of) }
/// ```
#[derive(Debug)]
pub struct Over<'w>(&'w Withholding);

impl<'w> Over<'w> {
    /// The proof, where every period of `withholding` is over on each of the days.
    pub fn prove(withholding: &'w Withholding, days: &[NaiveDate]) -> Option<Over<'w>> {
        let over = !days.is_empty() && days.iter().all(|day| withholding.periods.over_on(*day));
        over.then_some(Over(withholding))
    }

    /// The text, where a sealed file brought it.
    pub fn open(self) -> Option<String> {
        self.0.sealed.as_ref().map(|(_, text)| text.0.clone())
    }
}
