//! A text under 公表留保. It can be held and dropped; it cannot be shown.

use std::fmt;

use chrono::NaiveDate;

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
/// fn opened(text: kohyo::model::Withheld) -> String { text.open(kohyo::model::OverOnBothDays(())) }
/// ```
pub struct Withheld(String);

impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Withheld")
    }
}

/// The proof that a withholding is over on both days that decide, the one shown and today. Only with it a text opens.
#[derive(Debug)]
pub struct OverOnBothDays(());

impl OverOnBothDays {
    /// The proof, where `periods` are over on the day shown and today.
    pub fn prove(periods: &Periods, shown: NaiveDate, today: NaiveDate) -> Option<OverOnBothDays> {
        (periods.over_on(shown) && periods.over_on(today)).then_some(OverOnBothDays(()))
    }
}

/// Shorter sealed texts are not looked for in public ones: 「有」 stands everywhere. In characters.
const LEAST_CHARACTERS: usize = 6;

impl Withheld {
    /// Seals a text.
    pub fn new(text: String) -> Withheld {
        Withheld(text)
    }

    /// Opens the text of a withholding that is over.
    pub fn open(&self, _over: OverOnBothDays) -> String {
        self.0.clone()
    }

    /// Whether this text stands in a public one. A very short text is never said to.
    pub fn stands_in(&self, public: &str) -> bool {
        let text = self.0.trim();
        text.chars().nth(LEAST_CHARACTERS - 1).is_some() && public.contains(text)
    }
}
