//! Notices and free pages: TOML between two lines of `+++`, then CommonMark.

use anyhow::Result;
use chrono::NaiveDate;

use crate::model::{Article, Notice};
use crate::problem::{Code, FileId, Problem, Problems, Span, Spanned};
use crate::source::Sources;
use crate::table::{Table, check_text};

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
    let Some((front, body)) = split(source.as_str()) else {
        problems.push(
            Problem::new(
                Code::Syntax,
                Span::start_of(file),
                "先頭に +++ で囲んだ表題などがありません",
                "the front matter between two lines of +++ is missing",
            )
            .help(
                "`+++` の行、`title = \"…\"`、`+++` の行の後に本文を書いてください",
                "begin with a line `+++`, then `title = \"…\"`, then a line `+++`",
            ),
        );
        return Ok(None);
    };
    let Some(mut table) = Table::document(file, &front, false, problems) else { return Ok(None) };
    let body_at = source.as_str().len() - body.len();
    let body = crate::model::placed(body.to_owned(), Span::new(file, body_at..source.as_str().len()));
    check_text("本文", &body, problems);
    let value = read(&mut table, body, problems);
    table.finish(problems);
    Ok(Some(value))
}

/// The front matter, its first line blank so that every place in it is that of the file, and the text after it.
fn split(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix("+++")?;
    let after = rest.trim_start_matches([' ', '\t']);
    let inner = after.strip_prefix('\n')?;
    let mut at = text.len() - inner.len();
    for line in inner.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            let head = text.get(text.len() - inner.len()..at)?;
            let blank = " ".repeat(text.len() - inner.len() - 1) + "\n";
            return Some((blank + head, text.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}
