//! The filters of templates beside tera's own. A filter that makes markup escapes first.

use tera::{Kwargs, State, Tera, TeraResult, Value, escape_html};

/// Adds the filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", date);
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
fn date(iso: &str, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let parts: Option<Vec<u32>> = iso.split('-').map(|part| part.parse().ok()).collect();
    let text = match parts.as_deref() {
        Some([year]) => format!("{year}年"),
        Some([year, month]) => format!("{year}年{month}月"),
        Some([year, month, day]) => format!("{year}年{month}月{day}日"),
        Some(_) | None => return Err(tera::Error::message(format!("`{iso}` is no date"))),
    };
    Ok(Value::safe_string(&format!("<time datetime=\"{iso}\">{text}</time>")))
}
