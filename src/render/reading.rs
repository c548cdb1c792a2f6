//! Order by reading: Japanese collation as ICU has it, and the rows あかさたな that an index is headed by.

use std::cmp::Ordering;

use anyhow::{Context, Result};
use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;

/// Puts names in order by their readings.
pub(super) struct Readings(CollatorBorrowed<'static>);

/// Rows of the index, each with the first kana of every line it holds, and what stands behind all of them.
const ROWS: [(&str, &str); 10] = [
    ("あ", "あいうえおゔ"),
    ("か", "かきくけこゕゖ"),
    ("さ", "さしすせそ"),
    ("た", "たちつてと"),
    ("な", "なにぬねの"),
    ("は", "はひふへほ"),
    ("ま", "まみむめも"),
    ("や", "やゆよ"),
    ("ら", "らりるれろ"),
    ("わ", "わゐゑをん"),
];

/// The row of names that no reading is known of.
pub(super) const OTHER: &str = "#";

impl Readings {
    /// # Errors
    /// The collation data is not in the program.
    pub(super) fn new() -> Result<Readings> {
        let collator = Collator::try_new(locale!("ja").into(), CollatorOptions::default());
        Ok(Readings(collator.context("Japanese collation")?))
    }

    /// Compares two readings.
    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.0.compare(a, b)
    }
}

/// The row of the index that a reading belongs to.
pub(super) fn row(reading: Option<&str>) -> &'static str {
    let first = reading.and_then(|reading| reading.nfkd().next()).map(large_hiragana);
    let row = first.and_then(|first| ROWS.iter().find(|(_, of)| of.contains(first)));
    row.map_or(OTHER, |(name, _)| name)
}

/// Every row, in the order of the index.
pub(super) fn rows() -> impl Iterator<Item = &'static str> {
    ROWS.iter().map(|(name, _)| *name).chain([OTHER])
}

/// Katakana become hiragana, small kana large ones. Voicing marks fell away with the decomposition.
fn large_hiragana(c: char) -> char {
    let hiragana = match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    };
    match hiragana {
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' => {
            char::from_u32(hiragana as u32 + 1).unwrap_or(hiragana)
        }
        _ => hiragana,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    #[test]
    fn a_reading_stands_in_the_row_of_its_first_kana() {
        let rows =
            ["あおば", "ガイア", "ｻﾞｲ", "ぢば", "ぱぴぷ", "ゃ", "ヴィラ", "を", "ABC", ""].map(|reading| row(Some(reading)));
        assert_eq!(rows, ["あ", "か", "さ", "た", "は", "や", "あ", "わ", OTHER, OTHER]);
        assert_eq!(row(None), OTHER);
    }

    #[test]
    fn order_is_that_of_japanese_dictionaries() {
        let readings = Readings::new().unwrap();
        let mut names = ["はなだ", "ばなだ", "かあど", "カード", "かいと", "ぱなだ", "きょう", "きよう"];
        names.sort_by(|a, b| readings.compare(a, b));
        assert_eq!(names, ["カード", "かあど", "かいと", "きょう", "きよう", "はなだ", "ばなだ", "ぱなだ"]);
    }
}
