//! Texts of the body → HTML. Raw HTML stands as the text that it is; links lead only where texts of the body may.

use std::collections::{BTreeMap, VecDeque};

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Tag, TagEnd, html};
use serde::Serialize;

use crate::picture::file;
use crate::prose::{Part, letters_of, read};
use crate::route::{Base, Lang, Target, outside};
use crate::view::{Picture, Registry};

use super::service::escaped;
use super::{Press, picture};

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
pub(super) fn prose(press: &Press<'_>, text: &str) -> Prose {
    written(text, &Links::new(press.view, press.lang))
}

fn written(text: &str, links: &Links<'_>) -> Prose {
    let parts = read(text);
    let mut writer = Writer { links, skipped: 0, dropped: Vec::new(), heading: None, table: None };
    let shown: Vec<Event<'_>> = (0..parts.len()).filter_map(|at| writer.event(&parts, at)).collect();
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, shown.into_iter());
    // The parser's tags without content end as in XHTML. No ` />` is anything else here: a `>` of the author's is `&gt;`.
    let html = out.replace(" />", ">");
    Prose { html, contents: contents(&parts) }
}

fn contents(parts: &[Part]) -> Vec<Heading> {
    let heading = |(at, (event, _)): (usize, &Part)| {
        let Event::Start(Tag::Heading { level: HeadingLevel::H2, id: Some(id), .. }) = event else { return None };
        let inner = parts.iter().skip(at + 1).take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
        let text: String = inner.filter_map(|(event, _)| letters_of(event)).collect();
        Some(Heading { id: id.to_string(), text })
    };
    parts.iter().enumerate().filter_map(heading).filter(|heading| !heading.text.trim().is_empty()).collect()
}

/// Where links of a text lead.
struct Links<'v> {
    base: &'v Base,
    lang: Lang,
    pictures: &'v BTreeMap<String, Picture>,
    /// Old addresses, which stand once whatever the language.
    aliases: Vec<&'v str>,
}

impl<'v> Links<'v> {
    fn new(view: &'v Registry, lang: Lang) -> Links<'v> {
        let aliases = view.schemes.iter().flat_map(|scheme| &scheme.aliases).map(String::as_str).collect();
        Links { base: &view.site.base, lang, pictures: &view.pictures, aliases }
    }

    /// The picture that an address names, and its file's name.
    fn picture<'l>(&self, link: &'l str) -> Option<(&'l str, &Picture)> {
        let file = file(link)?;
        self.pictures.get(file).map(|picture| (file, picture))
    }

    fn to<'e>(&self, link: &CowStr<'e>) -> Option<CowStr<'e>> {
        if let Some((file, picture)) = self.picture(link) {
            return Some(CowStr::from(picture::address(self.base, file, picture)));
        }
        match Target::of(link)? {
            // A host in other letters than ASCII is written as networks know it; mail addresses stay as they are.
            Target::Outside => Some(outside(link).map_or_else(|_| link.clone(), CowStr::from)),
            Target::Anchor => Some(link.clone()),
            Target::Site(path) => {
                let page = path.split(['#', '?']).next().unwrap_or_default();
                let lang = if self.aliases.contains(&page) { Lang::Ja } else { self.lang };
                Some(CowStr::from(self.base.link_to(lang, path)))
            }
        }
    }
}

struct Writer<'l> {
    links: &'l Links<'l>,
    /// Up to which event a picture goes that is written already.
    skipped: usize,
    /// Whether each open link or picture was left out, so that its end is left out as well.
    dropped: Vec<bool>,
    /// The id of the last heading, which names the tables below it.
    heading: Option<CowStr<'static>>,
    table: Option<Table>,
}

/// A table being written.
struct Table {
    alignments: Vec<Alignment>,
    /// What stands in its head, for narrow windows, where each cell tells its column.
    columns: Vec<String>,
    in_head: bool,
    /// The columns of the present row that are still to come.
    to_come: VecDeque<usize>,
}

impl Writer<'_> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "all other events of the parser stay as they are")]
    fn event(&mut self, parts: &[Part], at: usize) -> Option<Event<'static>> {
        if at < self.skipped {
            return None;
        }
        let event = parts.get(at)?.0.clone();
        match event {
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Heading { ref id, .. }) => {
                self.heading.clone_from(id);
                Some(event)
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.links.to(&dest_url);
                self.dropped.push(dest_url.is_none());
                dest_url.map(|dest_url| Event::Start(Tag::Link { link_type, dest_url, title, id }))
            }
            Event::Start(Tag::Image { dest_url, title, .. }) if self.links.picture(&dest_url).is_some() => {
                let (words, count) = picture::words(parts, at);
                self.skipped = at + count;
                let (file, picture) = self.links.picture(&dest_url)?;
                Some(Event::InlineHtml(CowStr::from(picture::html(self.links.base, file, picture, &words, &title))))
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let own = matches!(Target::of(&dest_url), Some(Target::Site(_)));
                let dest_url = self.links.to(&dest_url).filter(|_| own);
                self.dropped.push(dest_url.is_none());
                dest_url.map(|dest_url| Event::Start(Tag::Image { link_type, dest_url, title, id }))
            }
            Event::End(TagEnd::Link | TagEnd::Image) if self.dropped.pop() == Some(true) => None,
            Event::Start(Tag::Table(alignments)) => Some(tag(self.open_table(alignments, parts, at))),
            Event::Start(Tag::TableHead | Tag::TableRow | Tag::TableCell)
            | Event::End(TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell) => {
                let is_empty = parts.get(at + 1).is_some_and(|(next, _)| *next == Event::End(TagEnd::TableCell));
                self.in_table(&event, is_empty)
            }
            other => Some(other),
        }
    }

    /// The table carries the name of the heading above it, as CommonMark knows no caption.
    fn open_table(&mut self, alignments: Vec<Alignment>, parts: &[Part], at: usize) -> String {
        let columns = columns(parts, at);
        self.table = Some(Table { alignments, columns, in_head: false, to_come: VecDeque::new() });
        let named = self.heading.as_ref().map(|id| format!(" aria-labelledby=\"{}\"", escaped(id)));
        format!("<table class=\"rows\"{}>", named.unwrap_or_default())
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "of the parser's events those of tables come here")]
    fn in_table(&mut self, event: &Event<'_>, is_empty: bool) -> Option<Event<'static>> {
        let table = self.table.as_mut()?;
        let html = match event {
            Event::Start(Tag::TableHead) => table.row(true, "<thead><tr>"),
            Event::End(TagEnd::TableHead) => "</tr></thead>\n<tbody>\n".to_owned(),
            Event::Start(Tag::TableRow) => table.row(false, "<tr>"),
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(Tag::TableCell) => table.cell(is_empty),
            Event::End(TagEnd::TableCell) => if table.in_head { "</th>" } else { "</td>" }.to_owned(),
            _ => "</tbody></table>\n".to_owned(),
        };
        Some(tag(html))
    }
}

impl Table {
    fn row(&mut self, in_head: bool, html: &str) -> String {
        self.in_head = in_head;
        self.to_come = (0..self.columns.len()).collect();
        html.to_owned()
    }

    /// A cell that says nothing tells no column either, so that it takes no room in narrow windows.
    fn cell(&mut self, is_empty: bool) -> String {
        let column = self.to_come.pop_front().unwrap_or_default();
        let class = match self.alignments.get(column) {
            Some(Alignment::Right) => " class=\"to-end\"",
            Some(Alignment::Center) => " class=\"to-centre\"",
            Some(Alignment::Left | Alignment::None) | None => "",
        };
        match self.columns.get(column).filter(|_| !self.in_head) {
            None => format!("<th scope=\"col\"{class}>"),
            Some(name) if name.is_empty() || is_empty => format!("<td{class}>"),
            Some(name) => format!("<td data-label=\"{}\"{class}>", escaped(name)),
        }
    }
}

/// The words in the head of the table that begins at a place.
fn columns(parts: &[Part], at: usize) -> Vec<String> {
    let head = parts.iter().skip(at).take_while(|(event, _)| !matches!(event, Event::End(TagEnd::TableHead)));
    let mut columns: Vec<String> = Vec::new();
    for (event, _) in head {
        match (event, columns.last_mut()) {
            (Event::Start(Tag::TableCell), _) => columns.push(String::new()),
            (event, Some(column)) => column.push_str(letters_of(event).unwrap_or_default()),
            (_, None) => {}
        }
    }
    columns
}

fn tag(html: String) -> Event<'static> {
    Event::Html(CowStr::from(html))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, base: &str, lang: Lang) -> Prose {
        written(text, &Links { base: &Base::new(base), lang, pictures: &BTreeMap::new(), aliases: vec!["old/ip/"] })
    }

    fn html(text: &str) -> String {
        page(text, "https://example.jp/r/", Lang::Ja).html
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
        assert_eq!(html("![a](https://x.jp/a.png) ![b](/assets/b.png)"), "<p>a <img src=\"/r/assets/b.png\" alt=\"b\"></p>\n");
    }

    #[test]
    fn a_link_leads_to_the_page_in_its_own_language_and_to_an_old_address_as_it_stands() {
        let english = page("[a](/ip/#x) [b](/old/ip/)", "https://example.jp/", Lang::En).html;
        assert_eq!(english, "<p><a href=\"/en/ip/#x\">a</a> <a href=\"/old/ip/\">b</a></p>\n");
    }

    #[test]
    fn headings_begin_below_the_title_and_have_ids_of_their_own() {
        let page = page("# 申請\n## 申請\n### 細 目", "https://example.jp/", Lang::Ja);
        assert_eq!(page.html, "<h2 id=\"申請\">申請</h2>\n<h2 id=\"申請-2\">申請</h2>\n<h3 id=\"細-目\">細 目</h3>\n");
        assert_eq!(page.contents.len(), 2);
    }

    #[test]
    fn a_table_tells_its_columns_and_its_name() {
        let expected = "<h2 id=\"料金\">料金</h2>\n<table class=\"rows\" aria-labelledby=\"料金\"><thead><tr><th scope=\"col\">区分</th>\
             <th scope=\"col\" class=\"to-end\">金額 &lt;円&gt;</th></tr></thead>\n<tbody>\n<tr><td data-label=\"区分\"><strong>「甲」</strong>は</td>\
             <td data-label=\"金額 &lt;円&gt;\" class=\"to-end\">1|2</td></tr>\n\
             <tr><td></td><td data-label=\"金額 &lt;円&gt;\" class=\"to-end\">3</td></tr>\n</tbody></table>\n";
        assert_eq!(html("# 料金\n\n|区分|金額 &lt;円&gt;|\n|---|--:|\n|**「甲」**は|1\\|2|\n||3|"), expected);
    }
}
