//! What the author of a theme may rely on: the built-in theme's files are replaced one by one, and nothing of one's own is
//! changed on the way to the page.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use support::{DAY, Registry, tree};

mod support;

const ARTICLE: &str = "themes/own/templates/article.html";

/// The built-in template of free pages.
fn built_in() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/article.html")).unwrap()
}

/// A registry with a theme of its own that so far has no file.
fn registry() -> Registry {
    let registry = Registry::copy_of("cli");
    registry.edit("content/registry.toml", "theme = \"default\"", "theme = \"own\"");
    registry.write("content/pages/guide.md", "+++\ntitle = \"サイトの ご案内 onclick=x\"\n+++\n\n本文です。\n");
    registry
}

fn page(registry: &Registry) -> String {
    String::from_utf8(registry.site(DAY).remove("guide/index.html").unwrap()).unwrap()
}

#[test]
fn an_attribute_with_a_value_from_the_records_keeps_its_quotes() {
    let registry = registry();
    registry.write(ARTICLE, built_in().replace("<h1>", "<h1 title=\"{{page.title}}\">"));
    assert!(page(&registry).contains("<h1 title=\"サイトの ご案内 onclick=x\">"));
}

#[test]
fn a_tag_may_hold_a_condition() {
    let registry = registry();
    registry.write(ARTICLE, built_in().replace("<h1>", "<h1{% if page.title %} class=\"of\"{% endif %}>"));
    assert!(page(&registry).contains("<h1 class=\"of\">"));
}

#[test]
fn a_fault_is_told_with_file_line_and_text_of_the_author() {
    let registry = registry();
    let template = built_in().replace("<h1>", "{{ nosuch }}<h1>");
    let line = template.lines().position(|line| line.contains("nosuch")).unwrap() + 1;
    registry.write(ARTICLE, &template);
    let run = registry.build_on(DAY, DAY);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains(&format!("article.html:{line}:")), "{}", run.stderr);
    assert!(run.stderr.contains(template.lines().nth(line - 1).unwrap()), "{}", run.stderr);
}

#[test]
fn a_copy_of_a_built_in_file_is_that_file() {
    let registry = registry();
    registry.write("themes/own/static/own.txt", "own");
    let plain = registry.site(DAY);
    for path in ["templates/article.html", "static/base.css", "static/page.js"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default").join(path)).unwrap();
        registry.write(&format!("themes/own/{path}"), text.replace('\n', "\r\n"));
    }
    assert!(registry.site(DAY) == plain);
}

#[test]
fn a_byte_order_mark_and_other_line_breaks_change_no_byte_of_the_site() {
    let registry = registry();
    for path in ["templates/article.html", "strings/ja.toml", "static/base.css", "static/page.js", "static/favicon.svg"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default").join(path)).unwrap();
        registry.write(&format!("themes/own/{path}"), text);
    }
    let plain = registry.site(DAY);
    for path in tree(&registry.root().join("themes/own")).into_keys() {
        let path = format!("themes/own/{path}");
        registry.write(&path, format!("\u{feff}{}", registry.read(&path).replace('\n', "\r\n")));
    }
    assert!(registry.site(DAY) == plain);
}
