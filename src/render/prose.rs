//! Texts of the body: CommonMark → HTML. Raw HTML stands as the text that it is; links lead only where texts of the body may.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use serde::Serialize;

use crate::picture::file;
use crate::route::{Base, Lang, Target};
use crate::view::Picture;

use super::picture;

/// A text of the body as its page shows it.
#[derive(Serialize)]
pub(super) struct Prose {
    html: String,
    /// The headings of its first level, for a table of contents.
    contents: Vec<Heading>,
}

#[derive(Serialize)]
struct Heading {
    id: String,
    text: String,
}

/// Renders a text of the body, its links in the language of the page around it.
pub(super) fn prose(text: &str, base: &Base, pictures: &BTreeMap<String, Picture>, lang: Lang) -> Prose {
    let events: Vec<Event<'_>> = Parser::new_ext(text, Options::empty()).collect();
    let mut writer = Writer { base, pictures, lang, dropped: Vec::new(), skipped: 0, ids: BTreeMap::new(), contents: Vec::new() };
    let shown: Vec<Event<'_>> = (0..events.len()).filter_map(|at| writer.event(&events, at)).collect();
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, shown.into_iter());
    Prose { html: out, contents: writer.contents }
}

struct Writer<'b> {
    base: &'b Base,
    pictures: &'b BTreeMap<String, Picture>,
    lang: Lang,
    /// Up to which event a picture goes that is written already.
    skipped: usize,
    /// Whether each open link or picture was left out, so that its end is left out as well.
    dropped: Vec<bool>,
    /// How often each heading's id was used.
    ids: BTreeMap<String, usize>,
    contents: Vec<Heading>,
}

impl Writer<'_> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "all other events of the parser stay as they are")]
    fn event<'e>(&mut self, events: &[Event<'e>], at: usize) -> Option<Event<'e>> {
        if at < self.skipped {
            return None;
        }
        let event = events.get(at)?.clone();
        match event {
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
            Event::SoftBreak => (!between_cjk(events, at)).then_some(Event::SoftBreak),
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let level = level.max(HeadingLevel::H2);
                let id = Some(CowStr::from(self.heading(events, at, level)));
                Some(Event::Start(Tag::Heading { level, id, classes, attrs }))
            }
            Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(level.max(HeadingLevel::H2)))),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.link(&dest_url);
                self.dropped.push(dest_url.is_none());
                dest_url.map(|dest_url| Event::Start(Tag::Link { link_type, dest_url, title, id }))
            }
            Event::Start(Tag::Image { dest_url, title, .. }) if self.picture(&dest_url).is_some() => {
                let (words, count) = picture::words(events, at);
                self.skipped = at + count;
                let (file, picture) = self.picture(&dest_url)?;
                Some(Event::InlineHtml(CowStr::from(picture::html(self.base, file, picture, &words, &title))))
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let own = matches!(Target::of(&dest_url), Some(Target::Site(_)));
                let dest_url = self.link(&dest_url).filter(|_| own);
                self.dropped.push(dest_url.is_none());
                dest_url.map(|dest_url| Event::Start(Tag::Image { link_type, dest_url, title, id }))
            }
            Event::End(TagEnd::Link | TagEnd::Image) if self.dropped.pop() == Some(true) => None,
            other => Some(other),
        }
    }

    /// The picture that an address names, and its file's name.
    fn picture<'l>(&self, link: &'l str) -> Option<(&'l str, &Picture)> {
        let file = file(link)?;
        self.pictures.get(file).map(|picture| (file, picture))
    }

    fn link<'e>(&self, link: &CowStr<'e>) -> Option<CowStr<'e>> {
        if let Some((file, picture)) = self.picture(link) {
            return Some(CowStr::from(picture::address(self.base, file, picture)));
        }
        match Target::of(link)? {
            Target::Outside | Target::Anchor => Some(link.clone()),
            Target::Site(path) => Some(CowStr::from(self.base.link_to(self.lang, path))),
        }
    }

    /// The id of a heading is its own text, so that it stays the same while other headings come and go.
    fn heading(&mut self, events: &[Event<'_>], at: usize, level: HeadingLevel) -> String {
        let inner = events.iter().skip(at + 1).take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
        let text: String = inner.filter_map(text_of).collect();
        let mut id: String = text.chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
        let count = self.ids.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            id = format!("{id}-{count}");
        }
        if level == HeadingLevel::H2 {
            self.contents.push(Heading { id: id.clone(), text });
        }
        id
    }
}

/// Japanese is written without spaces: a line break between two of its characters is none.
fn between_cjk(events: &[Event<'_>], at: usize) -> bool {
    let before = events.iter().take(at).rev().find_map(text_of).and_then(|text| text.chars().next_back());
    let after = events.iter().skip(at + 1).find_map(text_of).and_then(|text| text.chars().next());
    before.is_some_and(is_cjk) && after.is_some_and(is_cjk)
}

fn text_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    if let Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) = event {
        Some(text)
    } else {
        None
    }
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        prose(text, &Base::new("https://example.jp/r/"), &BTreeMap::new(), Lang::Ja).html
    }

    #[test]
    fn a_line_break_within_japanese_is_no_space() {
        assert_eq!(
            html("一行目の\n二行目 and\nthird **太字**\n（続き）"),
            "<p>一行目の二行目 and\nthird <strong>太字</strong>（続き）</p>\n"
        );
    }

    #[test]
    fn raw_html_is_shown_as_it_is_written() {
        assert_eq!(html("a <b>x</b>"), "<p>a &lt;b&gt;x&lt;/b&gt;</p>\n");
        assert_eq!(html("<script>x</script>"), "<p>&lt;script&gt;x&lt;/script&gt;</p>\n");
    }

    #[test]
    fn links_and_pictures_lead_to_the_web_and_the_site_alone() {
        assert_eq!(
            html("[a](/ip/) [b](javascript:x) [c](https://x.jp/)"),
            "<p><a href=\"/r/ip/\">a</a> b <a href=\"https://x.jp/\">c</a></p>\n"
        );
        assert_eq!(html("![a](https://x.jp/a.png) ![b](/assets/b.png)"), "<p>a <img src=\"/r/assets/b.png\" alt=\"b\" /></p>\n");
    }

    #[test]
    fn headings_begin_below_the_title_and_have_ids_of_their_own() {
        let page = prose("# 申請\n## 申請\n### 細 目", &Base::new("https://example.jp/"), &BTreeMap::new(), Lang::Ja);
        assert_eq!(page.html, "<h2 id=\"申請\">申請</h2>\n<h2 id=\"申請-2\">申請</h2>\n<h3 id=\"細-目\">細 目</h3>\n");
        assert_eq!(page.contents.len(), 2);
    }
}
