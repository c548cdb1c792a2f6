//! Texts of the body: what would not be shown as it is meant, and where links and pictures lead.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;
use pulldown_cmark::{Event, Tag};

use crate::model::Article;
use crate::problem::{Code, Problem, Problems, Span, Spanned};
use crate::prose::{Part, heading_ids, read};
use crate::route::{Addresses, Target};

use super::{Context, Owner};
use address::{anchor_of, inside, mended, outside};
use site::{Found, Site};

mod address;
mod leftover;
mod site;
mod table;

pub(super) fn check(context: &Context<'_>, addresses: &Addresses<Owner>, problems: &mut Problems) {
    let registry = context.registry;
    let site = Site::of(context, addresses, problems);
    for notice in &registry.notices {
        // What a notice leads to has to be there when it is out.
        each(&notice.text, context.day.max(notice.date), &site, problems);
    }
    let articles = registry.pages.iter().chain(registry.schemes.values().flat_map(|scheme| &scheme.pages));
    articles.for_each(|article| each(&article.text, context.day, &site, problems));
}

fn each(text: &Spanned<String>, day: NaiveDate, site: &Site<'_>, problems: &mut Problems) {
    let parts = read(&text.value);
    let look = Look { text, day, site, own: heading_ids(&parts).map(str::to_owned).collect() };
    leftover::check(text, &parts, problems);
    table::check(text, &parts, problems);
    look.at(&parts, problems);
}

/// The ids that links to a text may lead to.
fn places(article: &Article) -> BTreeSet<String> {
    heading_ids(&read(&article.text.value)).map(str::to_owned).collect()
}

/// A text being looked at.
struct Look<'t> {
    text: &'t Spanned<String>,
    /// The day on which it is read: today, or the day on which it comes out.
    day: NaiveDate,
    site: &'t Site<'t>,
    /// Its own headings.
    own: BTreeSet<String>,
}

impl Look<'_> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "of the parser's events three matter here")]
    fn at(&self, parts: &[Part], problems: &mut Problems) {
        for (event, range) in parts {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => self.link(range.clone(), dest_url, problems),
                Event::Start(Tag::Image { dest_url, .. }) => self.picture(range.clone(), dest_url, problems),
                Event::Html(html) | Event::InlineHtml(html) if !html.starts_with("</") => {
                    raw_html(self.text, range.clone(), problems);
                }
                _ => {}
            }
        }
    }

    fn link(&self, range: Range<usize>, link: &str, problems: &mut Problems) {
        match Target::of(link) {
            Some(Target::Outside) if outside(link) => {
                if let Some(path) = self.site.own_address(link) {
                    self.leads_to(range, &path, problems);
                }
            }
            Some(Target::Anchor) if anchor_of(link).is_some_and(|id| self.site.is_own_place(&id, &self.own)) => {}
            Some(Target::Anchor) if anchor_of(link).is_some() => unknown_place(self.text, range, link, problems),
            Some(Target::Site(path)) if inside(path) => self.leads_to(range, path, problems),
            Some(Target::Outside | Target::Anchor | Target::Site(_)) | None => bad_address(self.text, range, link, problems),
        }
    }

    /// Reports a link to what the site does not have on the day.
    fn leads_to(&self, range: Range<usize>, path: &str, problems: &mut Problems) {
        match self.site.find(path, self.day) {
            Found::There => {}
            Found::PlaceMissing => unknown_place(self.text, range, &format!("/{path}"), problems),
            Found::Later(from) => later(self.text, range, path, from, problems),
            Found::Missing => unknown(self.text, range, path, self.site.near(path, self.day), problems),
        }
    }

    /// Pictures from elsewhere would make every reader's browser ask there.
    fn picture(&self, range: Range<usize>, address: &str, problems: &mut Problems) {
        match Target::of(address) {
            Some(Target::Site(path)) if !inside(path) => bad_address(self.text, range, address, problems),
            Some(Target::Site(path)) => self.leads_to(range, path, problems),
            Some(Target::Outside | Target::Anchor) | None => problems.push(
                Problem::new(
                    Code::RemotePicture,
                    part(self.text, range),
                    "画像はこのサイトのものに限ります",
                    "pictures come from this site only",
                )
                .help(
                    "画像を content/pictures/ に置き、`![何が写っているか](/pictures/名前.png)` のように書いてください",
                    "put it into content/pictures/, and write `![what is seen](/pictures/name.png)`",
                ),
            ),
        }
    }
}

fn unknown(text: &Spanned<String>, range: Range<usize>, path: &str, near: Option<String>, problems: &mut Problems) {
    let address = path.split(['#', '?']).next().unwrap_or_default();
    let problem = Problem::new(
        Code::UnknownAddress,
        part(text, range),
        format!("このサイトに `/{address}` というページやファイルはありません"),
        format!("this site has no page or file `/{address}`"),
    );
    problems.push(match near {
        Some(near) => problem.help(format!("`/{near}` と書いてください"), format!("write `/{near}`")),
        None => problem.help(
            "そのページを開いて、アドレスを確かめてください。このサイトのアドレスは、ホスト名を除いて `/` から書きます",
            "open the page and check its address; addresses of this site begin with `/`, without the host",
        ),
    });
}

fn later(text: &Spanned<String>, range: Range<usize>, path: &str, from: NaiveDate, problems: &mut Problems) {
    let address = path.split(['#', '?']).next().unwrap_or_default();
    problems.push(
        Problem::new(
            Code::AddressNotYet,
            part(text, range),
            format!("`/{address}` は {from} に公表されるまで開けません"),
            format!("`/{address}` cannot be opened before it is published on {from}"),
        )
        .help("その日まではリンクにせず、文字だけにしてください", "write it without a link until then"),
    );
}

fn unknown_place(text: &Spanned<String>, range: Range<usize>, link: &str, problems: &mut Problems) {
    let (page, place) = link.split_once('#').unwrap_or((link, ""));
    let (ja, en) = if page.is_empty() {
        ("この文章".to_owned(), "this text".to_owned())
    } else {
        (format!("`{page}` "), format!("`{page}`"))
    };
    problems.push(
        Problem::new(
            Code::UnknownAddress,
            part(text, range),
            format!("{ja}に `#{place}` という見出しや項目はありません"),
            format!("{en} has no heading or item `#{place}`"),
        )
        .help(
            "`#` の後に、見出しはその文字のまま（空白は `-`）、開示項目は `finance.sales` の形で書いてください",
            "write after `#` the words of a heading, with `-` for spaces, or an item as in `finance.sales`",
        ),
    );
}

/// Reports an address that nobody can follow, and the right one where it can be told.
fn bad_address(text: &Spanned<String>, range: Range<usize>, address: &str, problems: &mut Problems) {
    let problem = Problem::new(
        Code::LinkTarget,
        part(text, range),
        "リンク先にできないアドレスです",
        "a link may not lead to this address",
    );
    problems.push(match mended(address) {
        Some(right) => problem.help(format!("`{right}` と書いてください"), format!("write `{right}`")),
        None => problem.help(
            "`https://`、`http://`、`mailto:` で始まるアドレスか、`/` から始まるこのサイトのアドレスを書いてください",
            "write an address that begins with `https://`, `http://` or `mailto:`, or one of this site that begins with `/`",
        ),
    });
}

fn raw_html(text: &Spanned<String>, range: Range<usize>, problems: &mut Problems) {
    problems.push(
        Problem::new(
            Code::RawHtml,
            part(text, range),
            "HTMLは文字としてそのまま表示されます",
            "HTML is shown as the characters it is written with",
        )
        .help(
            "HTML を取り除き、強調は `**重要**`、リンクは `[文字](https://…)` のように書いてください",
            "take the HTML away; emphasise as `**word**`, and write links as `[words](https://…)`",
        ),
    );
}

/// The place of a part of a text. The text stands in its file as it is.
fn part(text: &Spanned<String>, range: Range<usize>) -> Span {
    let from = text.span.start as usize;
    Span::new(text.span.file, from + range.start..from + range.end)
}
