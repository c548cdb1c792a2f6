//! Texts of the body: where their links and pictures lead, and HTML that would not be taken as such.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::model::{Registry, Scheme};
use crate::problem::{Code, Problem, Problems, Span, Spanned};
use crate::route::{Lang, Route, Target};

pub(super) fn check(registry: &Registry, problems: &mut Problems) {
    let pages = pages(registry);
    let notices = registry.notices.iter().map(|notice| &notice.text);
    let articles = registry.pages.iter().chain(registry.schemes.values().flat_map(|scheme| &scheme.pages));
    #[allow(clippy::wildcard_enum_match_arm, reason = "of the parser's events three matter here")]
    for text in notices.chain(articles.map(|article| &article.text)) {
        for (event, range) in Parser::new_ext(&text.value, Options::empty()).into_offset_iter() {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => link(text, range, &dest_url, &pages, problems),
                Event::Start(Tag::Image { dest_url, .. }) => picture(text, range, &dest_url, problems),
                Event::Html(html) | Event::InlineHtml(html) if !html.starts_with("</") => raw_html(text, range, problems),
                _ => {}
            }
        }
    }
}

fn link(text: &Spanned<String>, range: Range<usize>, link: &str, pages: &BTreeSet<String>, problems: &mut Problems) {
    match Target::of(link) {
        Some(Target::Outside | Target::Anchor) => {}
        Some(Target::Site(path)) if is_there(path, pages) => {}
        Some(Target::Site(path)) => problems.push(
            Problem::new(
                Code::UnknownAddress,
                part(text, range),
                format!("このサイトに `/{path}` というページはありません"),
                format!("this site has no page `/{path}`"),
            )
            .help("base_url の下のアドレスを、`/` から書いてください", "write the address below base_url, beginning with `/`"),
        ),
        None => problems.push(
            Problem::new(
                Code::LinkTarget,
                part(text, range),
                "リンク先にできないアドレスです",
                "a link may not lead to this address",
            )
            .help(
                "http、https、mailto のアドレスか、`/` から始まるこのサイトのアドレスを書いてください",
                "write an address of http, https or mailto, or one of this site that begins with `/`",
            ),
        ),
    }
}

/// Pictures from elsewhere would make every reader's browser ask there.
fn picture(text: &Spanned<String>, range: Range<usize>, address: &str, problems: &mut Problems) {
    if !matches!(Target::of(address), Some(Target::Site(_))) {
        problems.push(
            Problem::new(
                Code::RemotePicture,
                part(text, range),
                "画像はこのサイトのものに限ります",
                "pictures come from this site only",
            )
            .help(
                "画像を content/pictures/ に置き、`![何が写っているか](/pictures/名前.png)` のように書いてください",
                "put it into content/pictures/, and write `![what is seen](/pictures/name.png)`",
            ),
        );
    }
}

fn raw_html(text: &Spanned<String>, range: Range<usize>, problems: &mut Problems) {
    problems.push(
        Problem::new(
            Code::RawHtml,
            part(text, range),
            "HTMLは文字としてそのまま表示されます",
            "HTML is shown as the characters it is written with",
        )
        .help("CommonMark の書き方に改めてください", "write it in CommonMark"),
    );
}

/// Every page of the site in its own language, as far as records make them, without the leading `/`.
fn pages(registry: &Registry) -> BTreeSet<String> {
    let mut routes = vec![Route::Home, Route::Search, Route::Compare, Route::Verify];
    routes.extend([Route::Providers, Route::Notices, Route::Desk, Route::Standing]);
    let has_pages = !registry.pages.is_empty() || registry.schemes.values().any(|scheme| !scheme.pages.is_empty());
    routes.extend(has_pages.then_some(Route::Pages));
    for scheme in registry.schemes.values() {
        let scheme_id = scheme.id.as_str();
        routes.extend([Route::List { scheme: scheme_id, page: 1 }, Route::EndedList { scheme: scheme_id, page: 1 }]);
        routes.extend([Route::Items(scheme_id), Route::Regulation(scheme_id), Route::SchemeMark(scheme_id)]);
        routes.extend(scheme.pages.iter().map(|page| Route::SchemePage { scheme: scheme_id, slug: &page.slug }));
    }
    let items = registry.schemes.iter().flat_map(|(scheme, of)| item_names(of).map(move |item| (scheme, item)));
    let items = items.map(|(scheme, item)| Route::Item { scheme, item: &item, from: 1 }.address());
    routes.extend(registry.pages.iter().map(|page| Route::Page(&page.slug)));
    routes.extend(registry.providers.keys().map(|id| Route::Provider(id)));
    let numbers = registry.services.iter().filter_map(|service| service.number.as_ref());
    routes.extend(numbers.map(|number| Route::Service(number.value.slug())));
    let notices = registry.notices.iter().map(|notice| format!("{}-{}", notice.date, notice.slug));
    let notices = notices.map(|name| Route::Notice(&name).address());
    routes.iter().map(Route::address).chain(notices).chain(items).collect()
}

/// The full names of a scheme's items in all editions; each of them has a page, or leads to one.
fn item_names(scheme: &Scheme) -> impl Iterator<Item = String> {
    let sections = scheme.editions.iter().flat_map(|edition| &edition.sections);
    sections.flat_map(|section| section.items.iter().map(|item| format!("{}.{}", section.id.value, item.id.value)))
}

/// Whether a page stands at a path; its language, query and anchor aside. Files are not looked for.
fn is_there(path: &str, pages: &BTreeSet<String>) -> bool {
    let page = path.split(['#', '?']).next().unwrap_or_default();
    let in_language = |lang: Lang| page.strip_prefix(lang.tag())?.strip_prefix('/');
    let page = Lang::ALL.into_iter().find_map(in_language).unwrap_or(page);
    !(page.is_empty() || page.ends_with('/')) || pages.contains(page)
}

/// The place of a part of a text. The text stands in its file as it is.
fn part(text: &Spanned<String>, range: Range<usize>) -> Span {
    let from = text.span.start as usize;
    Span::new(text.span.file, from + range.start..from + range.end)
}
