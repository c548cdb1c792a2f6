//! Values of another type than the key wants: what is told, with the line that would be right.

use chrono::{Datelike, NaiveDate};
use toml::de::DeValue;
use unicode_normalization::UnicodeNormalization;

use crate::problem::{Code, Problem, Problems, Span, Spanned};

use super::{Taken, written_date};

/// Reports a value of another type than what is `due`, with the line that would be right; the value is not quoted.
pub fn wrong_type(name: &str, place: Span, (ja, en): (&str, &str), right: &str, problems: &mut Problems) {
    problems.push(
        Problem::new(
            Code::WrongType,
            place,
            format!("`{name}` には、{ja}を書きます"),
            format!("the value of `{name}` must be {en}"),
        )
        .help(format!("次のように書いてください：`{right}`"), format!("write it so: `{right}`")),
    );
}

/// The taken value as a date.
pub fn as_date(taken: Taken<'_>, problems: &mut Problems) -> Option<Spanned<NaiveDate>> {
    let Taken { name, key, place, value } = taken;
    // Of a confidential file the place is the key's, and no value is told.
    let written = match &value {
        DeValue::String(text) => Some(&**text),
        DeValue::Integer(number) => Some(number.as_str()),
        DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    };
    let written = written.filter(|_| place != key).and_then(written_date);
    let date = match value {
        DeValue::Datetime(when) if when.time.is_none() && when.offset.is_none() => when.date,
        DeValue::Datetime(_)
        | DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    };
    let Some(date) = date else {
        let right = written.map_or_else(|| "2026-04-01".to_owned(), |date| date.to_string());
        let due = ("日付（引用符のない 2026-04-01 の形）", "a date such as 2026-04-01, without quotes");
        wrong_type(&name, place, due, &format!("{name} = {right}"), problems);
        return None;
    };
    let date = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()).filter(|date| date.year() >= 1900);
    if date.is_none() {
        problems.push(
            Problem::new(
                Code::BadValue,
                place,
                format!("`{name}` の日付はあり得ません"),
                format!("the date of `{name}` is impossible"),
            )
            .help("1900年以後の正しい日付を書いてください", "write a date from 1900 on"),
        );
    }
    date.map(|value| Spanned { value, span: place })
}

pub(super) fn as_truth(taken: Taken<'_>, problems: &mut Problems) -> Option<Spanned<bool>> {
    let DeValue::Boolean(value) = taken.value else {
        let says_no =
            taken.value.as_str().is_some_and(|text| matches!(text.to_lowercase().as_str(), "false" | "no" | "いいえ" | "無"));
        let right = if says_no && taken.place != taken.key { "false" } else { "true" };
        let due = ("引用符のない true か false（はい・いいえ）", "true or false, without quotes");
        wrong_type(&taken.name, taken.place, due, &format!("{} = {right}", taken.name), problems);
        return None;
    };
    Some(Spanned { value, span: taken.place })
}

pub(super) fn as_number(taken: Taken<'_>, least: u32, most: u32, problems: &mut Problems) -> Option<Spanned<u32>> {
    let Taken { name, key, place, value } = taken;
    let DeValue::Integer(number) = value else {
        let digits = |text: &str| text.nfkc().filter(char::is_ascii_digit).collect::<String>();
        let right = value.as_str().filter(|_| place != key).map(digits).filter(|digits| (1..10).contains(&digits.len()));
        let right = format!("{name} = {}", right.unwrap_or_else(|| least.to_string()));
        wrong_type(&name, place, ("引用符のない整数", "a whole number, without quotes"), &right, problems);
        return None;
    };
    let number = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        problems.push(
            Problem::new(
                Code::BadValue,
                place,
                format!("`{name}` の数が範囲の外です"),
                format!("the number of `{name}` is out of its range"),
            )
            .help(
                format!("{least} から {most} までの整数を書いてください"),
                format!("write a whole number from {least} to {most}"),
            ),
        );
    }
    number.map(|value| Spanned { value, span: place })
}
