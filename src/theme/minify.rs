//! Minifying templates once instead of every page: nearly all of the gain at no cost a page.

/// A template without needless white space; what is no HTML stays as it is.
#[cfg(feature = "minify")]
pub(super) fn template(path: &str, text: String) -> String {
    if !path.ends_with(".html") {
        return text;
    }
    let minified = minify_html::minify(text.as_bytes(), &settings());
    String::from_utf8(minified).unwrap_or(text)
}

/// Without the feature templates stay as they are.
#[cfg(not(feature = "minify"))]
pub(super) fn template(_path: &str, text: String) -> String {
    text
}

#[cfg(feature = "minify")]
fn settings() -> minify_html::Cfg {
    minify_html::Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        minify_css: true,
        preserve_brace_template_syntax: true,
        preserve_chevron_percent_template_syntax: true,
        ..minify_html::Cfg::default()
    }
}
