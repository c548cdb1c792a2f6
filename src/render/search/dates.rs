//! Days that texts tell, in years of the west or of an era: `2025年10月1日`, `2025/10/1`, `令和7年10月`, `R7.10.1`. Each is put into
//! the index as one key, whatever its spelling; `terms.js` asks for the same key and finds the spellings by a pattern.

use super::index::Key;

/// Eras with the letter that stands for them and their first year.
const ERAS: [([char; 2], char, u32); 5] = [
    (['令', '和'], 'r', 2019),
    (['平', '成'], 'h', 1989),
    (['昭', '和'], 's', 1926),
    (['大', '正'], 't', 1912),
    (['明', '治'], 'm', 1868),
];

/// Years that are taken for such, from the first era of the list on.
const YEARS: std::ops::RangeInclusive<u32> = 1868..=2099;

/// Keys of days begin here: a plane that no text should use.
const PLANE: u32 = 0xf_0000;

/// The keys of every day in a folded text: its year, its month if it has one, its day if it has one.
pub(super) fn keys(text: &[char]) -> Vec<Key> {
    let mut keys = Vec::new();
    for (at, c) in text.iter().enumerate() {
        if !matches!(c, '0'..='9' | 'r' | 'h' | 's' | 't' | 'm' | '令' | '平' | '昭' | '大' | '明') {
            continue;
        }
        let Some((year, rest)) = year(text, at) else { continue };
        keys.push((sign(year, 0), None));
        let Some((month, rest)) = number(rest).filter(|(month, _)| (1..=12).contains(month)) else { continue };
        keys.push((sign(year, month), None));
        let day = separated(rest, '月').and_then(number).filter(|(day, _)| (1..=31).contains(day));
        keys.extend(day.map(|(day, _)| (sign(year, month), Some(sign(0, day)))));
    }
    keys
}

/// The year that begins at a place, and what stands behind it and its separator.
fn year(text: &[char], at: usize) -> Option<(u32, &[char])> {
    let (before, from) = text.split_at_checked(at)?;
    let last = before.last().copied();
    if from.first()?.is_ascii_digit() {
        let (year, length) = digits(from);
        let whole = length == 4 && !last.is_some_and(|c| c.is_ascii_digit()) && YEARS.contains(&year);
        return whole.then_some((year, separated(from.get(length..)?, '年')?));
    }
    let (first, rest) = ERAS.into_iter().find_map(|(name, letter, first)| {
        let named = from.strip_prefix(&name).map(skip_spaces);
        let lettered = || from.strip_prefix(&[letter]).filter(|_| !last.is_some_and(|c| c.is_ascii_lowercase()));
        Some((first, named.or_else(lettered)?))
    })?;
    let (nth, length) = if rest.first() == Some(&'元') { (1, 1) } else { digits(rest) };
    let year = (1..=2).contains(&length).then(|| (first + nth).checked_sub(1)).flatten()?;
    Some((year, separated(rest.get(length..)?, '年')?)).filter(|_| nth > 0 && YEARS.contains(&year))
}

/// What stands behind a sign that ends a year or a month.
fn separated(text: &[char], sign: char) -> Option<&[char]> {
    let (first, rest) = skip_spaces(text).split_first()?;
    (*first == sign || ['-', '.', '/'].contains(first)).then_some(rest)
}

/// A number of one or two digits, and what stands behind it.
fn number(text: &[char]) -> Option<(u32, &[char])> {
    let text = skip_spaces(text);
    let (number, length) = digits(text);
    (1..=2).contains(&length).then_some((number, text.get(length..)?))
}

/// The number that a text begins with, and how many digits it has; beyond nine they count as none.
fn digits(text: &[char]) -> (u32, usize) {
    let length = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let digits = text.iter().take(length).filter_map(|c| c.to_digit(10));
    if length > 9 { (0, 0) } else { (digits.fold(0, |number, digit| number * 10 + digit), length) }
}

fn skip_spaces(text: &[char]) -> &[char] {
    text.get(text.iter().take_while(|c| **c == ' ').count()..).unwrap_or_default()
}

/// One character for a year and month, or for a day.
fn sign(year: u32, second: u32) -> char {
    char::from_u32(PLANE + year * 16 + second).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    fn days(text: &str) -> Vec<(u32, u32, u32)> {
        let keys = keys(&fold(text).chars().collect::<Vec<_>>()).into_iter();
        let number = |sign: char| u32::from(sign) - PLANE;
        keys.map(|(month, day)| (number(month) / 16, number(month) % 16, day.map_or(0, number))).collect()
    }

    #[test]
    fn a_day_is_the_same_in_every_spelling() {
        for text in [
            "2025年10月1日",
            "２０２５．１０．０１",
            "2025/10/1",
            "2025-10-01",
            "令和7年10月1日",
            "令和 ７ 年 10 月 1 日",
            "Ｒ7.10.1",
            "r07/10/01",
        ] {
            assert_eq!(days(text), [(2025, 0, 0), (2025, 10, 0), (2025, 10, 1)], "{text}");
        }
        assert_eq!(days("平成元年"), [(1989, 0, 0)]);
        assert_eq!(days("昭和64年1月と平成1年1月"), [(1989, 0, 0), (1989, 1, 0), (1989, 0, 0), (1989, 1, 0)]);
        assert_eq!(days("2025年度の13月"), [(2025, 0, 0)]);
        assert_eq!(days("2025年123月"), [(2025, 0, 0)]);
    }

    #[test]
    fn other_numbers_are_no_days() {
        for text in ["12025年", "1700年", "2100年", "server7.2", "令和0年", "令和100年", "2025人", "99999999999年", "r.7"]
        {
            assert_eq!(days(text), [], "{text}");
        }
    }
}
