//! Syntax errors of a TOML file, told to people who do not know TOML: which character or form, and the right line.
//!
//! Behind a syntax error nobody knows what a line means. A value is shown only where the line's key is one of the records'
//! own, so that it is for publication; of a confidential file nothing is shown but the number of the line.

use toml::de::{DeTable, Error};

use crate::problem::{Code, FileId, Problem, Problems, Span, Words};

use line::{Finding, Meant};

mod known;
mod line;
mod value;
mod words;

pub(in crate::table) use value::in_quotes;

/// A text may go on for so many lines behind a quote that is not closed.
const LONGEST_TEXT: usize = 200;

/// Reports the syntax errors of a file: one a line, and none for what follows from another.
pub(super) fn report(file: FileId, text: &str, errors: &[Error], confidential: bool, problems: &mut Problems) {
    let lines = Lines::new(text);
    // Up to this line everything is said.
    let mut told = 0;
    let mut header = Header::default();
    // Behind a line that nobody understands any line may be part of a text.
    let mut trusted = !confidential;
    let mut places: Vec<(usize, &Error)> = errors.iter().map(|error| (lines.fault(error), error)).collect();
    places.sort_by_key(|(at, _)| *at);
    for (at, error) in places {
        let number = lines.number(at);
        if number < told {
            continue;
        }
        header.advance(&lines, number);
        let next: Vec<&str> = (number + 1..number + LONGEST_TEXT).map_while(|number| lines.get(number)).collect();
        let line = lines.get(number).unwrap_or_default();
        let meant = repaired(line, &header.name, &next);
        let covered = if meant.findings.contains(&Finding::LineBreak) { covered_by_text(&next) } else { 0 };
        told = number + 1 + covered;
        trusted &= is_of_a_record(&meant);
        let is_public = trusted;
        let case = Case { file, line, start: lines.start(number), at, message: error.message(), is_public };
        case.report(&meant, &lines, problems);
    }
}

/// What a line was meant to be; its repair is kept only where TOML takes it.
fn repaired(line: &str, header: &str, next: &[&str]) -> Meant {
    let mut meant = line::read(line, header, next);
    let parses = |line: &String| DeTable::parse(line).is_ok();
    let changes = meant.line.as_deref() != Some(line.trim_matches([' ', '\t']));
    meant.line = meant.line.filter(|line| changes && parses(line));
    if meant.line.is_none() {
        meant.pattern = None;
    }
    meant
}

/// Whether a line belongs to a record, by its key or the name in its header, so that all of it is for publication.
fn is_of_a_record(meant: &Meant) -> bool {
    match (&meant.key, &meant.table) {
        (Some(key), _) => known::is_key(key),
        (None, Some(table)) => known::is_table(table),
        (None, None) => false,
    }
}

fn covered_by_text(next: &[&str]) -> usize {
    next.iter().position(|line| line.trim_end().ends_with('"')).map_or(0, |at| at + 1)
}

/// One line with a fault.
struct Case<'t> {
    file: FileId,
    line: &'t str,
    start: usize,
    at: usize,
    message: &'t str,
    /// Whether the line may be shown.
    is_public: bool,
}

impl Case<'_> {
    fn report(&self, meant: &Meant, lines: &Lines<'_>, problems: &mut Problems) {
        let what = self.what(meant, lines);
        let problem = Problem::new(
            Code::Syntax,
            self.span(meant, problems),
            format!("記録の書き方に合わないところがあります：{}", what.ja),
            format!("this is no line of a record: {}", what.en),
        );
        problems.push(match self.right(meant) {
            Some(line) => problem.help(format!("次のように書いてください：`{line}`"), format!("write it so: `{line}`")),
            None => words::general(&meant.findings, self.message, problem),
        });
    }

    fn what(&self, meant: &Meant, lines: &Lines<'_>) -> Words {
        if self.message.starts_with("duplicate key") {
            let first = lines.same(self.line, self.start);
            return words::twice(self.line.trim_start().starts_with('['), first);
        }
        let told: Vec<Words> = meant.findings.iter().take(3).map(words::of).collect();
        if told.is_empty() {
            return words::of_parser(self.message);
        }
        let join = |pick: fn(&Words) -> &str, between: &str| told.iter().map(pick).collect::<Vec<_>>().join(between);
        Words::new(join(|words| &words.ja, "。"), join(|words| &words.en, "; "))
    }

    /// The line as it should be, or its form where it may not be shown.
    fn right(&self, meant: &Meant) -> Option<String> {
        if self.message.starts_with("duplicate key") && !meant.findings.contains(&Finding::OneTable) {
            return None;
        }
        if self.is_public { meant.line.clone() } else { meant.pattern.clone() }
    }

    /// Where the fault is shown: the first character that has to go, otherwise where the parser stopped. Of a line that may not be
    /// shown only line and column are told.
    fn span(&self, meant: &Meant, problems: &mut Problems) -> Span {
        let end = self.start + self.line.len();
        if !self.is_public {
            problems.conceal(Span::new(self.file, self.start..end.max(self.start + 1)));
            return Span::new(self.file, self.at..self.at);
        }
        let character = meant.findings.iter().find_map(words::character);
        let found = character.and_then(|c| self.line.find(c).map(|at| (self.start + at, c.len_utf8())));
        let (at, length) = found.unwrap_or_else(|| {
            let at = if (self.start..end).contains(&self.at) { self.at } else { self.start };
            let rest = self.line.get(at - self.start..).unwrap_or_default();
            (at, rest.chars().next().map_or(0, char::len_utf8))
        });
        Span::new(self.file, at..at + length)
    }
}

/// The lines of a text by number, from 0.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Lines<'t> {
        Lines { text, starts: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect() }
    }

    /// Where the parser stopped; what it misses at the beginning of a line is missing from the line before.
    fn fault(&self, error: &Error) -> usize {
        let mut at = error.span().map_or(self.text.len(), |span| span.start.min(self.text.len()));
        let mut number = self.number(at);
        while number > 0 && at == self.start(number) && self.get(number).is_none_or(|line| line.trim().is_empty()) {
            number -= 1;
            at = self.start(number);
        }
        at
    }

    fn number(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn start(&self, number: usize) -> usize {
        self.starts.get(number).copied().unwrap_or(self.text.len())
    }

    fn get(&self, number: usize) -> Option<&'t str> {
        let start = *self.starts.get(number)?;
        let end = self.starts.get(number + 1).map_or(self.text.len(), |next| next - 1);
        self.text.get(start..end)
    }

    /// The number, from 1, of the first line before a place that has the same key or header.
    fn same(&self, line: &str, before: usize) -> Option<usize> {
        let key = |line: &str| line.split('=').next().unwrap_or_default().trim().to_owned();
        let own = key(line);
        let lines = self.text.get(..before)?.lines();
        let found = lines.enumerate().filter(|(_, line)| key(line) == own).map(|(number, _)| number + 1);
        if own.starts_with('[') { found.min() } else { found.max() }
    }
}

/// The header above a line, found as the lines go by.
#[derive(Default)]
struct Header {
    line: usize,
    name: String,
}

impl Header {
    fn advance(&mut self, lines: &Lines<'_>, to: usize) {
        for number in self.line..to {
            if let Some(line) = lines.get(number).map(str::trim).filter(|line| line.starts_with('[')) {
                self.name = line.to_owned();
            }
        }
        self.line = to;
    }
}
