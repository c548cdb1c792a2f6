//! Minifying the built-in theme's templates and scripts once instead of every page: nearly all of the gain at no cost a page.

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

/// A static file as it is published: a script without comments, white space and long names. What is no script, or none that
/// the minifier understands, stays as it is.
#[cfg(feature = "minify")]
pub(super) fn asset(path: &str, bytes: Vec<u8>) -> Vec<u8> {
    match std::str::from_utf8(&bytes) {
        Ok(text) if path.ends_with(".js") => script(text).map_or(bytes, String::into_bytes),
        Ok(_) | Err(_) => bytes,
    }
}

/// Without the feature static files stay as they are.
#[cfg(not(feature = "minify"))]
pub(super) fn asset(_path: &str, bytes: Vec<u8>) -> Vec<u8> {
    bytes
}

/// A script minified as a module: nothing outside sees its names but those that it exports.
#[cfg(feature = "minify")]
fn script(text: &str) -> Option<String> {
    use oxc_codegen::{Codegen, CodegenOptions};
    use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
    let allocator = oxc_allocator::Allocator::default();
    let parsed = oxc_parser::Parser::new(&allocator, text, oxc_span::SourceType::mjs()).parse();
    if !parsed.errors.is_empty() {
        return None;
    }
    let mut program = parsed.program;
    let mangle = MangleOptions { top_level: true, ..MangleOptions::default() };
    let options = MinifierOptions { mangle: Some(mangle), compress: Some(CompressOptions::smallest()) };
    let scoping = Minifier::new(options).minify(&allocator, &mut program).scoping;
    Some(Codegen::new().with_options(CodegenOptions::minify()).with_scoping(scoping).build(&program).code)
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
