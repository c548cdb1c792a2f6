//! Snippets of HTML in texts of the body: what readers copy from them carries the mark with its link (R93, R95, R150).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::{Registry, Scheme};
use crate::problem::{Code, Problem, Problems, Span, Spanned};
use crate::prose::read;
use crate::route::MarkFile;

pub(super) fn check(registry: &Registry, problems: &mut Problems) {
    let all: Vec<&Scheme> = registry.schemes.values().collect();
    let notices = registry.notices.iter().map(|notice| &notice.text);
    for text in notices.chain(registry.pages.iter().map(|page| &page.text)) {
        mark_snippet(text, &all, problems);
    }
    for scheme in &all {
        for page in &scheme.pages {
            mark_snippet(&page.text, &[scheme], problems);
        }
    }
}

/// A picture in a snippet.
struct Picture<'s> {
    tag: &'s str,
    src: &'s str,
    /// Where the link around it leads.
    link: Option<&'s str>,
}

fn mark_snippet(text: &Spanned<String>, schemes: &[&Scheme], problems: &mut Problems) {
    for (code, at) in snippets(&text.value) {
        for picture in pictures(&code).filter(|picture| is_mark(picture.src)) {
            let named = schemes.iter().filter(|scheme| shows_mark_of(scheme, picture.src));
            let meant: Vec<&&Scheme> = if named.clone().next().is_some() { named.collect() } else { schemes.iter().collect() };
            let fits = meant.iter().any(|scheme| picture.link == Some(scheme.link_url.value.as_str()));
            if let (false, Some(scheme)) = (fits, meant.first()) {
                let from = text.span.start as usize;
                let place = Span::new(text.span.file, from + at.start..from + at.end);
                problems.push(problem(&picture, scheme, place));
            }
        }
    }
}

fn problem(picture: &Picture<'_>, scheme: &Scheme, place: Span) -> Problem {
    let right = format!("<a href=\"{}\">{}</a>", scheme.link_url.value, picture.tag);
    let (ja, en) = match picture.link {
        None => ("この表示用HTMLの認定マークに、リンクがありません", "the mark in this snippet has no link"),
        Some(_) => (
            "この表示用HTMLの認定マークが、制度の定めるリンク先と異なるところへリンクしています",
            "the mark in this snippet links to another address than its scheme's",
        ),
    };
    Problem::new(Code::MarkSnippet, place, ja, en)
        .help(format!("`{right}` のように書いてください"), format!("write it as `{right}`"))
}

/// Code in a text, blocks and within lines, and HTML that is shown as it is written; each with its place.
#[allow(clippy::wildcard_enum_match_arm, reason = "of the parser's events these hold what is shown as written")]
fn snippets(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut block: Option<(String, Range<usize>)> = None;
    for (event, at) in read(text) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Paragraph) => block = Some((String::new(), at)),
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Paragraph) => found.extend(block.take()),
            Event::Text(part) | Event::Html(part) | Event::InlineHtml(part) | Event::Code(part) => match &mut block {
                Some((code, _)) => code.push_str(&part),
                // The items of a list of single lines are no paragraphs.
                None => found.push((part.into_string(), at)),
            },
            Event::SoftBreak | Event::HardBreak => {
                if let Some((code, _)) = &mut block {
                    code.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

fn pictures(code: &str) -> impl Iterator<Item = Picture<'_>> {
    code.match_indices("<img").filter_map(|(at, _)| {
        let rest = code.get(at..)?;
        let tag = rest.get(..=rest.find('>')?)?;
        let before = code.get(..at)?;
        let open = before.rfind("<a ").and_then(|link| before.get(link..)).filter(|link| !link.contains("</a"));
        let link = open.and_then(|link| attribute(link.split('>').next()?, "href"));
        Some(Picture { tag, src: attribute(tag, "src")?, link })
    })
}

/// The value of an attribute, its quotes aside.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    match rest.chars().next()? {
        quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next(),
        _ => rest.split([' ', '>']).next(),
    }
}

fn is_mark(src: &str) -> bool {
    let file = src.rsplit('/').next().unwrap_or_default();
    MarkFile::ALL.iter().any(|mark| mark.name() == file)
}

fn shows_mark_of(scheme: &Scheme, src: &str) -> bool {
    let folder = src.rsplit('/').nth(1).unwrap_or_default();
    let digits = scheme.number.as_ref().and_then(|form| folder.strip_prefix(form.slug.as_str()));
    digits.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
}
