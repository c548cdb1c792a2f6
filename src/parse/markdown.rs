//! Notices and free pages: TOML between two lines of `+++`, then CommonMark.

use anyhow::Result;
use chrono::NaiveDate;

use crate::model::{Article, Notice};
use crate::problem::{Code, FileId, Problem, Problems, Span, Spanned};
use crate::source::Sources;
use crate::table::{Need, Subject, Table, check_text};

use super::{or_blank, text};

/// Reads the body's notices, in the order of their names.
pub(super) fn notices(sources: &Sources, files: &[(NaiveDate, String, FileId)], problems: &mut Problems) -> Result<Vec<Notice>> {
    let mut notices = Vec::new();
    for (date, slug, file) in files {
        let notice = page(sources, *file, problems, |table, text, problems| {
            let place = table.place();
            let title = table.name("title", problems);
            let kind = table.name("kind", problems);
            let services = table.texts("services", problems);
            Notice {
                date: *date,
                slug: slug.clone(),
                place,
                title: or_blank(title, place),
                kind: or_blank(kind, place),
                services,
                text,
            }
        })?;
        notices.extend(notice);
    }
    Ok(notices)
}

/// Reads free pages, in the order of their names.
pub(super) fn articles(sources: &Sources, files: &[(String, FileId)], problems: &mut Problems) -> Result<Vec<Article>> {
    let mut articles = Vec::new();
    for (slug, file) in files {
        let article = page(sources, *file, problems, |table, text, problems| {
            let place = table.place();
            let title = table.name("title", problems);
            Article { slug: slug.clone(), place, title: or_blank(title, place), text }
        })?;
        articles.extend(article);
    }
    Ok(articles)
}

fn page<T>(
    sources: &Sources,
    file: FileId,
    problems: &mut Problems,
    read: impl FnOnce(&mut Table<'_>, Spanned<String>, &mut Problems) -> T,
) -> Result<Option<T>> {
    let Some(source) = text(sources, file, problems)? else { return Ok(None) };
    let (front, body) = match split(source.as_str()) {
        Ok(parts) => parts,
        Err(fault) => {
            problems.push(fault.problem(file));
            return Ok(None);
        }
    };
    let Some(mut table) = Table::document(file, &front, false, problems) else { return Ok(None) };
    let body_at = source.as_str().len() - body.len();
    let body = crate::model::placed(body.to_owned(), Span::new(file, body_at..source.as_str().len()));
    check_text(Subject::Body, &body, Need::Body, problems);
    let value = read(&mut table, body, problems);
    table.finish(problems);
    Ok(Some(value))
}

/// What is wrong with the lines around the front matter, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The file begins with something else.
    Missing,
    /// Empty lines stand in front of it.
    NotFirst,
    /// It stands between lines of `---`, as YAML does elsewhere.
    Yaml,
    /// Its first line is nearly `+++`.
    Opening,
    /// The second line of `+++` is missing; here something is nearly one, or the file ends.
    Unclosed(usize),
}

impl Fault {
    fn problem(self, file: FileId) -> Problem {
        let (at, ja, en) = match self {
            Fault::Missing => {
                (0, "先頭に +++ で囲んだ表題などがありません", "the front matter between two lines of +++ is missing")
            }
            Fault::NotFirst => (0, "+++ の行の前に空行などがあります", "something stands in front of the first line of +++"),
            Fault::Yaml => (0, "表題などが --- で囲まれています", "the front matter stands between lines of ---"),
            Fault::Opening => (0, "最初の行が `+++` だけではありません", "the first line is not just `+++`"),
            Fault::Unclosed(at) => {
                (at, "表題などの終わりに +++ の行がありません", "the line of +++ behind the front matter is missing")
            }
        };
        let (ja_help, en_help) = match self {
            Fault::Missing => (
                "`+++` の行、`title = \"…\"`、`+++` の行の後に本文を書いてください",
                "begin with a line `+++`, then `title = \"…\"`, then a line `+++`",
            ),
            Fault::NotFirst => ("最初の行を `+++` にしてください", "make `+++` the first line"),
            Fault::Yaml => (
                "`---` の行を `+++` に、`title: …` の形の行を `title = \"…\"` の形に改めてください",
                "write the lines `---` as `+++`, and lines such as `title: …` as `title = \"…\"`",
            ),
            Fault::Opening => ("最初の行は半角の `+++` だけにしてください", "the first line is `+++` alone, half-width"),
            Fault::Unclosed(_) => (
                "表題などと本文の間に、半角の `+++` だけの行を置いてください",
                "put a line `+++`, half-width, between front matter and text",
            ),
        };
        Problem::new(Code::Syntax, Span::new(file, at..at), ja, en).help(ja_help, en_help)
    }
}

/// The front matter, its first line blank so that every place in it is that of the file, and the text after it.
fn split(text: &str) -> Result<(String, &str), Fault> {
    let (first, inner) = text.split_once('\n').unwrap_or((text, ""));
    if first.trim_end() != "+++" {
        return Err(opening(text, first));
    }
    let start = text.len() - inner.len();
    let mut at = start;
    let mut nearly = None;
    for line in inner.split_inclusive('\n') {
        let written = line.trim_end();
        if written == "+++" {
            let head = text.get(start..at).unwrap_or_default();
            let blank = " ".repeat(start - 1) + "\n";
            return Ok((blank + head, text.get(at + line.len()..).unwrap_or_default()));
        }
        if nearly.is_none() && is_nearly(written) {
            nearly = Some(at);
        }
        at += line.len();
    }
    Err(Fault::Unclosed(nearly.unwrap_or(at)))
}

fn opening(text: &str, first: &str) -> Fault {
    match first.trim() {
        "---" => Fault::Yaml,
        line if is_nearly(line) => Fault::Opening,
        _ if text.trim_start().starts_with("+++") => Fault::NotFirst,
        _ => Fault::Missing,
    }
}

/// `++`, `++++`, `+ + +`, `＋＋＋`, `+++ title = …`, `---`.
fn is_nearly(line: &str) -> bool {
    let line = line.trim();
    let of_signs = |signs: [char; 3]| line.chars().count() >= 2 && line.chars().all(|c| signs.contains(&c));
    of_signs(['+', '＋', ' ']) || of_signs(['-', '-', '-']) || line.starts_with("+++")
}

#[cfg(test)]
mod tests {
    use super::{Fault, split};

    #[test]
    fn the_front_matter_stands_between_two_lines_of_plus_signs() {
        assert_eq!(split("+++ \ntitle = \"x\"\n+++\t\n本文"), Ok(("    \ntitle = \"x\"\n".to_owned(), "本文")));
        assert_eq!(split("+++\n+++"), Ok(("   \n".to_owned(), "")));
    }

    #[test]
    fn each_way_to_miss_it_is_told_as_such() {
        for (text, fault) in [
            ("本文", Fault::Missing),
            ("", Fault::Missing),
            ("\n+++\ntitle = \"x\"\n+++\n", Fault::NotFirst),
            ("---\ntitle: x\n---\n本文", Fault::Yaml),
            ("＋＋＋\ntitle = \"x\"\n＋＋＋\n", Fault::Opening),
            ("++++\n", Fault::Opening),
            ("+++ title = \"x\" +++\n", Fault::Opening),
            ("+++\ntitle = \"x\"\n本文", Fault::Unclosed(22)),
            ("+++\ntitle = \"x\"\n---\n本文", Fault::Unclosed(16)),
            ("+++", Fault::Unclosed(3)),
        ] {
            assert_eq!(split(text), Err(fault), "{text}");
        }
    }
}
