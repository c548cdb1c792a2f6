//! Dates as people write them: with slashes, in full width, in eras, with one digit.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// The date that a text means, however it is written; none where it means none.
pub fn written_date(text: &str) -> Option<NaiveDate> {
    let text: String = text.trim().nfkc().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_matches(['"', '\'']);
    let (base, rest) = era(text);
    let rest = rest.replace('元', "1");
    let numbers: Vec<&str> = rest.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let is_date = rest
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | '_' | '年' | '月' | '日' | '−' | 'ー' | '‐' | '–'));
    let (year, month, day) = match numbers.as_slice() {
        [year, month, day] if is_date => (*year, *month, *day),
        [all] if is_date && base == 0 && all.len() == 8 => (all.get(..4)?, all.get(4..6)?, all.get(6..)?),
        _ => return None,
    };
    let fits = if base == 0 { year.len() == 4 } else { year.len() <= 2 };
    let date = NaiveDate::from_ymd_opt(base + year.parse::<i32>().ok()?, month.parse().ok()?, day.parse().ok()?);
    date.filter(|_| fits && month.len() <= 2 && day.len() <= 2)
}

/// The year before the first of an era, and what follows its name.
fn era(text: &str) -> (i32, &str) {
    let eras = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("R", 2018), ("H", 1988), ("S", 1925), ("r", 2018), ("h", 1988)];
    let found = eras.iter().find_map(|(name, base)| Some((*base, text.strip_prefix(name)?)));
    found.unwrap_or((0, text.strip_prefix("西暦").unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_understood_however_people_write_it() {
        for text in [
            "2025/1/20",
            "2025-1-20",
            "2025.01.20",
            "2025年1月20日",
            "令和7年1月20日",
            "R7.1.20",
            "２０２５－０１－２０",
            "令和７年１月２０日",
            "20250120",
            "\"2025/01/20\"",
            "2025/01/20 ",
        ] {
            assert_eq!(written_date(text), NaiveDate::from_ymd_opt(2025, 1, 20), "{text}");
        }
        assert_eq!(written_date("令和元年5月1日"), NaiveDate::from_ymd_opt(2019, 5, 1));
        for text in ["", "2025", "1/20", "2025/13/1", "2025/2/30", "明日", "25/1/20", "2025-01", "令和2025年1月1日", "1.2.3.4"]
        {
            assert_eq!(written_date(text), None, "{text}");
        }
    }
}
