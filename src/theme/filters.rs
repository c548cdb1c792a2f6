//! The filters of templates beside tera's own. A filter that makes markup escapes first.

use tera::{Kwargs, State, Tera, TeraResult, Value, escape_html};

use crate::route::Lang;

use super::dates::{self, Day};

/// Adds the filters as they are in a language.
pub(super) fn register(tera: &mut Tera, lang: Lang) {
    tera.register_filter("date", move |iso: &str, _: Kwargs, _: &State<'_>| date(iso, |day| dates::plain(day, lang)));
    tera.register_filter("both_calendars", move |iso: &str, _: Kwargs, _: &State<'_>| {
        date(iso, |day| dates::both_calendars(day, lang))
    });
    tera.register_filter("grouped", grouped);
    tera.register_filter("fill", fill);
}

/// Fills the places of a fixed sentence: `{{ words.x | fill(name=service.name, day=service.since | date) }}`. All at once, so
/// that a text which itself looks like a place is left as it is.
fn fill(sentence: &str, values: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let mut out = Vec::with_capacity(sentence.len() * 2);
    super::places::each(sentence, |part| {
        match part {
            super::places::Part::Text(text) => escape_html(text, &mut out)?,
            super::places::Part::Place(name) => match values.get::<Value>(name)? {
                Some(value) if value.is_safe() => out.extend_from_slice(value.to_string().as_bytes()),
                Some(value) => escape_html(&value.to_string(), &mut out)?,
                None => return Err(tera::Error::message(format!("`{{{name}}}` is not filled"))),
            },
        }
        Ok(())
    })?;
    Ok(Value::safe_string(&String::from_utf8_lossy(&out)))
}

/// A day as people read it, with the ISO date for programs: `<time datetime="2024-10-31">2024年10月31日</time>`. Dates that
/// are only as exact as their source have a month or a year alone.
fn date(iso: &str, words: impl Fn(Day) -> String) -> TeraResult<Value> {
    let day = Day::read(iso).ok_or_else(|| tera::Error::message(format!("`{iso}` is no date")))?;
    Ok(Value::safe_string(&format!("<time datetime=\"{iso}\">{}</time>", words(day))))
}

/// A whole number with its thousands apart: `104,500`.
fn grouped(number: u64, _: Kwargs, _: &State<'_>) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
