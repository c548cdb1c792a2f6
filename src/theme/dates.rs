//! Dates in words, as exact as their source: a day, a month or a year (R64, decision 11 of the rules).

use crate::route::Lang;

/// A date: year, and month and day as far as they are known.
#[derive(Clone, Copy)]
pub(super) struct Day {
    year: u32,
    month: Option<u32>,
    day: Option<u32>,
}

/// The eras that the schemes' documents use: Japanese name, English name, first year, month and day.
const ERAS: [(&str, &str, (u32, u32, u32)); 3] =
    [("令和", "Reiwa", (2019, 5, 1)), ("平成", "Heisei", (1989, 1, 8)), ("昭和", "Showa", (1926, 12, 25))];

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

impl Day {
    /// Reads `2024-10-31`, `2024-10` or `2024`.
    pub(super) fn read(iso: &str) -> Option<Day> {
        let parts: Vec<u32> = iso.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
        let (year, month, day) = match *parts.as_slice() {
            [year] => (year, None, None),
            [year, month] => (year, Some(month), None),
            [year, month, day] => (year, Some(month), Some(day)),
            _ => return None,
        };
        month.is_none_or(|month| (1..=12).contains(&month)).then_some(Day { year, month, day })
    }

    /// The era of the date and the year in it. A month or year that an era begins in counts as that era's.
    fn era(self) -> Option<(&'static str, &'static str, u32)> {
        let last = (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31));
        let (ja, en, first) = ERAS.into_iter().find(|(_, _, first)| *first <= last)?;
        Some((ja, en, self.year + 1 - first.0))
    }
}

/// 2024年10月31日, or 31 October 2024.
pub(super) fn plain(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{}年{}", day.year, month_and_day(day)),
        Lang::En => {
            let month = day.month.and_then(|month| MONTHS.get(month as usize - 1));
            match (day.day, month) {
                (Some(day_of), Some(month)) => format!("{day_of} {month} {}", day.year),
                (None, Some(month)) => format!("{month} {}", day.year),
                (_, None) => day.year.to_string(),
            }
        }
    }
}

/// 2024年9月（令和6年9月）, or September 2024 (Reiwa 6).
pub(super) fn both_calendars(day: Day, lang: Lang) -> String {
    let western = plain(day, lang);
    match (day.era(), lang) {
        (None, _) => western,
        (Some((era, _, 1)), Lang::Ja) => format!("{western}（{era}元年{}）", month_and_day(day)),
        (Some((era, _, year)), Lang::Ja) => format!("{western}（{era}{year}年{}）", month_and_day(day)),
        (Some((_, era, year)), Lang::En) => format!("{western} ({era} {year})"),
    }
}

fn month_and_day(day: Day) -> String {
    let month = day.month.map(|month| format!("{month}月")).unwrap_or_default();
    let day_of = day.day.map(|day| format!("{day}日")).unwrap_or_default();
    month + &day_of
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    fn both(iso: &str) -> String {
        both_calendars(Day::read(iso).unwrap(), Lang::Ja)
    }

    #[test]
    fn an_era_begins_on_its_day() {
        assert_eq!(both("2019-04-30"), "2019年4月30日（平成31年4月30日）");
        assert_eq!(both("2019-05-01"), "2019年5月1日（令和元年5月1日）");
        assert_eq!(both("1989-01-07"), "1989年1月7日（昭和64年1月7日）");
        assert_eq!(both("2012-08"), "2012年8月（平成24年8月）");
        assert_eq!(both("1900"), "1900年");
    }

    #[test]
    fn english_dates_have_the_month_in_words() {
        assert_eq!(plain(Day::read("2026-11-02").unwrap(), Lang::En), "2 November 2026");
        assert_eq!(both_calendars(Day::read("2024-09").unwrap(), Lang::En), "September 2024 (Reiwa 6)");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "2024-13", "2024-1-1-1", "x"] {
            assert!(Day::read(text).is_none(), "{text}");
        }
    }
}
