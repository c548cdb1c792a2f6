//! A text of the body, read: CommonMark with tables and lines drawn through, as an author of Japanese means it.
//!
//! `check` and `render` read through this one door, so that what is checked is what is shown. Beyond CommonMark:
//! - emphasis beside Japanese punctuation is emphasis (the `emphasis` module);
//! - a line break is a space, nothing, or a line break that stays, by what stands around it (the `lines` module);
//! - a heading is none of the page's own level, and has an id that no other place of the page has (the `headings` module);
//! - one `~` is no mark: 「9:00~17:00、13:00~18:00」 are hours.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

mod emphasis;
mod headings;
mod items;
mod letters;
mod lines;

pub use letters::is_east_asian;

/// A part of a text, and the bytes of the text that it is written with.
pub type Part = (Event<'static>, Range<usize>);

/// Reads a text into its parts.
pub fn read(text: &str) -> Vec<Part> {
    let marked = emphasis::mark(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&marked.text, options).into_offset_iter();
    let parts = events.map(|(event, range)| (unmarked(event.into_static(), &marked), marked.place(range)));
    let parts: Vec<Part> = parts.filter(|(event, _)| !matches!(event, Event::Text(text) if text.is_empty())).collect();
    headings::name(lines::keep(without_single_tildes(parts, text)))
}

/// What a part says in letters.
pub fn letters_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    if let Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) = event {
        Some(text)
    } else {
        None
    }
}

/// The letters that a reader sees of a text, without the marks between them, in the lines that the text has.
pub fn shown(text: &str) -> String {
    let breaks = |from: usize, to: usize| {
        let unseen = text.get(from..to).unwrap_or_default();
        unseen.chars().filter(|c| *c == '\n')
    };
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (event, range) in read(text) {
        if let Some(said) = letters_of(&event) {
            out.extend(breaks(done, range.start));
            out.push_str(said);
            done = range.end.max(done);
        }
    }
    out.extend(breaks(done, text.len()));
    out
}

/// The ids of the headings of a text, for links that lead to them.
pub fn heading_ids(parts: &[Part]) -> impl Iterator<Item = &str> {
    parts
        .iter()
        .filter_map(|(event, _)| if let Event::Start(Tag::Heading { id: Some(id), .. }) = event { Some(&**id) } else { None })
}

/// A part without what `emphasis` marked the text with.
#[allow(clippy::wildcard_enum_match_arm, reason = "all other events of the parser hold no letters")]
fn unmarked(event: Event<'static>, marked: &emphasis::Marked<'_>) -> Event<'static> {
    let plain = |text: CowStr<'static>| match marked.without(&text) {
        Some(text) => CowStr::from(text),
        None => text,
    };
    match event {
        Event::Text(text) => Event::Text(plain(text)),
        Event::Code(text) => Event::Code(plain(text)),
        Event::Html(text) => Event::Html(plain(text)),
        Event::InlineHtml(text) => Event::InlineHtml(plain(text)),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(plain(info))))
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: plain(dest_url), title: plain(title), id: plain(id) })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: plain(dest_url), title: plain(title), id: plain(id) })
        }
        other => other,
    }
}

/// One `~` on each side draws no line through, whatever the parser takes it for.
#[allow(clippy::wildcard_enum_match_arm, reason = "all other events of the parser stay as they are")]
fn without_single_tildes(parts: Vec<Part>, text: &str) -> Vec<Part> {
    let mut single = Vec::new();
    let tilde = |at: usize| (Event::Text(CowStr::from("~")), at..at + 1);
    let part = |(event, range): Part| match event {
        Event::Start(Tag::Strikethrough) => {
            let is_single = text.get(range.start..).is_some_and(|rest| !rest.starts_with("~~"));
            single.push(is_single);
            if is_single { tilde(range.start) } else { (event, range) }
        }
        Event::End(TagEnd::Strikethrough) if single.pop() == Some(true) => tilde(range.end.saturating_sub(1)),
        event => (event, range),
    };
    parts.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const PIECES: &[&str] = &[
        "*",
        "**",
        "***",
        "~",
        "~~",
        "_",
        "「",
        "」",
        "。",
        "、",
        "重要",
        "a",
        " ",
        "\n",
        "\n\n",
        "\\",
        "`",
        "[",
        "](",
        ")",
        "|",
        "\n|---|---|\n",
        "# ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "```\n",
        "<b>",
        "&amp;",
        "![",
        "\u{fdd0}",
        "\u{3000}",
        "・",
        "■",
        "１．",
        "ア、",
        "（",
        "：",
        "\r\n",
        "𠮷",
    ];

    pub(super) fn html(text: &str) -> String {
        let mut out = String::new();
        pulldown_cmark::html::push_html(&mut out, read(text).into_iter().map(|(event, _)| event));
        out.trim_end().replace("<p>", "").replace("</p>", "")
    }

    #[test]
    fn two_tildes_draw_a_line_through_and_one_is_a_tilde() {
        assert_eq!(html("~~廃止。~~新設"), "<del>廃止。</del>新設");
        assert_eq!(html("平日9:00~17:00、土曜 ~13:00~ まで"), "平日9:00~17:00、土曜 ~13:00~ まで");
    }

    #[test]
    fn what_a_reader_sees_has_no_marks_and_keeps_its_lines() {
        let text = "売**上**高&#12391;\n[1](/ip/)2\\_3\n\n|四|`五`|\n|---|---|\n|~~六~~|七|\n";
        assert_eq!(shown(text), "売上高で\n12_3\n\n四五\n\n六七\n");
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_part_lies_within_it(parts in prop::collection::vec(select(PIECES), 0..24)) {
            let text = parts.concat();
            for (event, range) in read(&text) {
                prop_assert!(text.get(range.clone()).is_some(), "{text:?} {range:?}");
                prop_assert!(letters_of(&event).is_none_or(|said| !said.contains('\u{fdd1}')), "{text:?}");
            }
        }
    }

    #[test]
    fn a_part_knows_the_bytes_that_it_is_written_with() {
        let text = "これは**「重要」**です。[名](/ip/)と\\*印";
        for (event, range) in read(text) {
            if let Event::Text(said) = event {
                assert_eq!(text.get(range), Some(&*said));
            }
        }
    }
}
