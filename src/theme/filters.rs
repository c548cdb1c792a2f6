//! The filters of templates beside tera's own. A filter that makes markup escapes first.

use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Adds the filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", date);
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
