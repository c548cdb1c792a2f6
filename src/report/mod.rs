//! Problems as text: for people, for programs, for GitHub. A renderer finds line and column, cuts the excerpt where a value
//! must not be shown, and leaves the wording to the problem.

use std::collections::BTreeMap;

use crate::problem::{FileId, Problem, Problems, Severity, Words};
use crate::source::Sources;

pub use excerpt::{Excerpt, Place};

mod excerpt;
mod github;
mod human;
mod json;

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
pub struct Style {
    /// The format.
    pub format: Format,
    /// The language.
    pub lang: Lang,
    /// Whether the human format may use colours.
    pub colour: bool,
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
    path: &'p str,
    place: Place,
    excerpt: Option<Excerpt>,
}

/// Writes all problems in one format.
pub fn write(problems: &Problems, sources: &Sources, style: Style) -> String {
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    let located: Vec<Located<'_>> = problems
        .iter()
        .map(|problem| {
            let file = problem.span.file;
            let text = texts.entry(file).or_insert_with(|| sources.quotable(file));
            Located {
                problem,
                path: sources.path(file),
                place: Place::of(problem.span, text),
                excerpt: Excerpt::of(problem.span, text, problems, sources.is_confidential(file)),
            }
        })
        .collect();
    match style.format {
        Format::Human => human::write(&located, style),
        Format::Json => json::write(&located, style.lang),
        Format::Github => github::write(&located, style.lang),
    }
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
