//! Problems as text: for people, for programs, for GitHub. A renderer finds line and column, cuts the excerpt where a value
//! must not be shown, and leaves the wording to the problem.

use std::collections::BTreeMap;

use crate::problem::{FileId, Problem, Problems, ServiceName, Severity, Words};
use crate::source::Sources;

pub use excerpt::{Excerpt, Place, Quoted};
pub use failure::{Told, failure};
pub use shown::shown;

mod excerpt;
mod failure;
mod github;
mod human;
mod json;
mod shown;

/// The language of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// How problems are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, with excerpts.
    Human,
    /// One array of objects.
    Json,
    /// Workflow commands that GitHub shows beside the lines.
    Github,
}

/// How a report is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Style<'s> {
    /// The format.
    pub format: Format,
    /// The language.
    pub lang: Lang,
    /// Whether the human format may use colours.
    pub colour: bool,
    /// What stands in front of paths for GitHub, which wants them from the folder of the repository: empty, or with `/`.
    pub folder: &'s str,
}

impl Lang {
    /// The words in this language.
    pub fn of(self, words: &Words) -> &str {
        match self {
            Lang::Ja => &words.ja,
            Lang::En => &words.en,
        }
    }

    /// One of two fixed texts.
    pub fn pick<'t>(self, ja: &'t str, en: &'t str) -> &'t str {
        match self {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }
}

/// A problem with its place found.
pub(in crate::report) struct Located<'p> {
    problem: &'p Problem,
    /// Relative to the root, with nothing in it that would act on a terminal.
    path: String,
    place: Place,
    excerpt: Option<Excerpt>,
    service: Option<&'p ServiceName>,
    /// Where the scheme's own document says what the problem is about.
    cite: Option<&'p str>,
}

impl<'p> Located<'p> {
    fn new(problem: &'p Problem, problems: &'p Problems, sources: &'p Sources, text: &Quoted) -> Located<'p> {
        let path = sources.path(problem.span.file);
        let names = problems.names();
        let service = problem.service.as_deref().or_else(|| service_of(path));
        let scheme = service.and_then(|place| place.split('/').next()).or_else(|| scheme_of(path));
        let cites = scheme.and_then(|scheme| names.cites.get(scheme));
        Located {
            problem,
            path: shown(path),
            place: text.place(problem.span),
            excerpt: text.excerpt(problem.span),
            service: service.and_then(|place| names.services.get(place)),
            cite: problem.code.rule().and_then(|rule| cites?.get(&rule)).map(String::as_str),
        }
    }

    /// What is wrong, and how often more than can be told.
    fn message(&self, lang: Lang) -> String {
        let message = lang.of(&self.problem.message);
        match (self.problem.more, lang) {
            (0, _) => message.to_owned(),
            (more, Lang::Ja) => format!("{message}（この文書には同じ種類の問題がほかに {more} 件あります）"),
            (more, Lang::En) => format!("{message} (and {more} more of this kind in this file)"),
        }
    }

    /// The service by number and name, in a line.
    fn service_line(&self, lang: Lang) -> Option<String> {
        let ServiceName { number, name } = self.service?;
        let name = name.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
        Some(shown(&format!("{}{number}{name}", lang.pick("サービス：", "service: "))))
    }

    /// The item by its name and its full name, in a line.
    fn item_line(&self, lang: Lang) -> Option<String> {
        let item = self.problem.item.as_ref()?;
        Some(match lang {
            Lang::Ja => format!("項目：{}（{}）", item.name.ja, item.full),
            Lang::En => format!("item: {} ({})", item.name.en, item.full),
        })
    }

    /// The rule behind the problem, with the body's own citation where it has one.
    fn rule(&self, lang: Lang) -> Option<String> {
        let words = self.problem.code.rule()?.words();
        let cite = self.cite.map(|cite| match lang {
            Lang::Ja => format!("（{cite}）"),
            Lang::En => format!(" ({cite})"),
        });
        Some(format!("{}{}", lang.of(&words), cite.unwrap_or_default()))
    }
}

/// The service that a file belongs to.
fn service_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("content/services/")?;
    let (end, _) = inside.match_indices('/').nth(1)?;
    inside.get(..end)
}

/// The scheme that a file belongs to.
fn scheme_of(path: &str) -> Option<&str> {
    path.strip_prefix("content/schemes/")?.split('/').next()
}

/// Writes all problems in one format.
pub fn write(problems: &Problems, sources: &Sources, style: Style<'_>) -> String {
    let mut texts: BTreeMap<FileId, Quoted> = BTreeMap::new();
    let located: Vec<Located<'_>> = problems
        .iter()
        .map(|problem| {
            let file = problem.span.file;
            let text = texts.entry(file).or_insert_with(|| quoted(file, problems, sources));
            Located::new(problem, problems, sources, text)
        })
        .collect();
    match style.format {
        Format::Human => human::write(&located, style),
        Format::Json => json::write(&located, style.lang),
        Format::Github => github::write(&located, style),
    }
}

fn quoted(file: FileId, problems: &Problems, sources: &Sources) -> Quoted {
    Quoted::new(sources.quotable(file), problems.concealed_in(file), sources.is_confidential(file))
}

/// How many errors and warnings there are, in a sentence.
pub fn summary(problems: &Problems, lang: Lang) -> String {
    counts(problems.count(Severity::Error), problems.count(Severity::Warning), lang)
}

/// So many errors and warnings, in a sentence.
pub fn counts(errors: usize, warnings: usize, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("誤り {errors} 件、警告 {warnings} 件"),
        Lang::En => format!("{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings)),
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
