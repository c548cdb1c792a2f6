//! A mistake in the records: where it is, what is wrong, what would be right, and which rule says so.
//!
//! Problems are gathered, never thrown: every stage adds to [`Problems`] and goes on with what it could read.
//! A problem names values only from files that are public as a whole; what must not be quoted is [concealed](Problems::conceal).

use std::collections::BTreeMap;
use std::ops::Range;

pub use code::{Cause, Code, Severity};
pub use near::near;
pub use rule::Rule;

mod code;
mod near;
mod rule;

/// Which file of the content folder; an index into the sources' own list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A place in a file: byte offsets into its text after a byte order mark was dropped and CRLF became LF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The place `range` (bytes) of `file`. Files are far smaller than 4 GiB, so offsets are kept short.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let short = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: short(range.start), end: short(range.end) }
    }

    /// The very beginning of a file: the place of what is missing from it.
    pub fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }
}

/// A value and the place where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What is written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// The same words in both languages of the diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The words in Japanese and in English. What is quoted may be endless, and may hold anything: the words are cut before
    /// nobody reads them, and stay in their line.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: in_line(ja.into()), en: in_line(en.into()) }
    }
}

/// At most this many characters of a message are kept.
const LONGEST: usize = 1200;

fn in_line(mut words: String) -> String {
    if words.contains(char::is_control) {
        words = words.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    }
    if let Some((at, _)) = words.char_indices().nth(LONGEST) {
        words.truncate(at);
        words.push('…');
    }
    words
}

/// One mistake, or one thing that the staff should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of mistake; it carries severity, name and rule.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: Words,
    /// What can be done about it.
    pub help: Words,
    /// The rule behind it.
    pub rule: Option<Rule>,
    /// The service it concerns, by folder (`ip/0001-1212`), so that a known warning can be accepted and a report can tell
    /// number and name.
    pub service: Option<String>,
    /// The disclosure item it concerns.
    pub item: Option<ItemName>,
    /// How many more of this kind in this file follow it, and are not told one by one.
    pub more: usize,
}

/// A disclosure item as its catalogue names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemName {
    /// Its full name: `housing.building-type`.
    pub full: String,
    /// Its name for people.
    pub name: Words,
}

impl ItemName {
    /// Its name as it stands in a sentence.
    pub fn in_sentence(&self) -> Words {
        Words::new(format!("「{}」", self.name.ja), format!("“{}”", self.name.en))
    }
}

/// A service as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceName {
    /// Its number as its scheme shows it.
    pub number: String,
    /// Its name; absent where its record could not be read.
    pub name: Option<String>,
}

/// What a report tells by name: all of it is public.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The services by folder (`ip/0001-1212`).
    pub services: BTreeMap<String, ServiceName>,
    /// Where a scheme's own documents say what a rule is about, by scheme.
    pub cites: BTreeMap<String, BTreeMap<Rule, String>>,
}

impl Problem {
    /// What is wrong at a place. It is no problem yet: whoever tells a fault has to say what can be done about it.
    #[expect(clippy::new_ret_no_self, reason = "without its help there is no problem")]
    pub fn new(code: Code, span: Span, ja: impl Into<String>, en: impl Into<String>) -> Fault {
        let none = Words { ja: String::new(), en: String::new() };
        let message = Words::new(ja, en);
        Fault(Self { code, span, message, help: none, rule: code.rule(), service: None, item: None, more: 0 })
    }

    /// Says something better about what can be done.
    #[must_use]
    pub fn help(mut self, ja: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Words::new(ja, en);
        self
    }

    /// Names the service that the problem concerns.
    #[must_use]
    pub fn of(mut self, service: &str) -> Self {
        self.service = Some(service.to_owned());
        self
    }

    /// Names the item that the problem concerns.
    #[must_use]
    pub fn about(mut self, item: ItemName) -> Self {
        self.item = Some(item);
        self
    }
}

/// What is wrong, before it is said what can be done about it. Only a [`Problem`] can be reported.
#[derive(Clone, Debug)]
#[must_use]
pub struct Fault(Problem);

impl Fault {
    /// Says what can be done about it.
    pub fn help(self, ja: impl Into<String>, en: impl Into<String>) -> Problem {
        self.0.help(ja, en)
    }

    /// Leaves out the rule behind its code, which this fault has nothing to do with.
    pub fn without_rule(mut self) -> Self {
        self.0.rule = None;
        self
    }

    /// Names the service that it concerns.
    pub fn of(self, service: &str) -> Self {
        Self(self.0.of(service))
    }

    /// Names the item that it concerns.
    pub fn about(self, item: ItemName) -> Self {
        Self(self.0.about(item))
    }
}

/// So many problems of one kind are told of one file.
pub const MOST_OF_A_KIND: usize = 100;

/// All problems of a run so far.
#[derive(Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
    concealed: Vec<Span>,
    names: Names,
}

impl Problems {
    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// From now on no excerpt shows what stands at `span`.
    pub fn conceal(&mut self, span: Span) {
        self.concealed.push(span);
    }

    /// Takes over everything that another part of the run found.
    pub fn append(&mut self, mut other: Problems) {
        self.list.append(&mut other.list);
        self.concealed.append(&mut other.concealed);
    }

    /// Names the service that all problems so far concern, where none is named.
    pub fn concern(&mut self, service: &str) {
        for problem in self.list.iter_mut().filter(|problem| problem.service.is_none()) {
            problem.service = Some(service.to_owned());
        }
    }

    /// How many there are so far, for [`Problems::about_since`].
    pub fn mark(&self) -> usize {
        self.list.len()
    }

    /// Names the item that all problems since a mark concern, where none is named.
    pub fn about_since(&mut self, mark: usize, item: impl Fn() -> ItemName) {
        for problem in self.list.iter_mut().skip(mark).filter(|problem| problem.item.is_none()) {
            problem.item = Some(item());
        }
    }

    /// Hands over what a report tells by name.
    pub fn name(&mut self, names: Names) {
        self.names = names;
    }

    /// What a report tells by name.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Changes the problem that was added last.
    pub fn amend_last(&mut self, change: impl FnOnce(Problem) -> Problem) {
        let last = self.list.pop().map(change);
        self.list.extend(last);
    }

    /// Takes a problem back that turned out to follow from another.
    pub fn withdraw(&mut self, problem: &Problem) {
        if let Some(at) = self.list.iter().rposition(|told| told == problem) {
            self.list.remove(at);
        }
    }

    /// Brings the problems into their one order: by file, place and code; what was said twice stands once.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| (a.span, a.code.name(), &a.message.en).cmp(&(b.span, b.code.name(), &b.message.en)));
        self.list.dedup();
        self.concealed.sort();
        self.shorten();
    }

    /// Leaves of one kind in one file the first [`MOST_OF_A_KIND`], the last of which says how many more there are: nobody
    /// reads ten thousand messages. All of them are counted.
    fn shorten(&mut self) {
        let mut counts: BTreeMap<(FileId, &'static str), usize> = BTreeMap::new();
        for problem in &self.list {
            *counts.entry((problem.span.file, problem.code.name())).or_default() += 1;
        }
        let mut seen: BTreeMap<(FileId, &'static str), usize> = BTreeMap::new();
        self.list.retain_mut(|problem| {
            let kind = (problem.span.file, problem.code.name());
            let place = seen.entry(kind).or_default();
            *place += 1;
            if *place == MOST_OF_A_KIND {
                problem.more = counts.get(&kind).map_or(0, |count| count - MOST_OF_A_KIND);
            }
            *place <= MOST_OF_A_KIND
        });
    }

    /// Puts errors in front of warnings, each in the order they have.
    pub fn errors_first(&mut self) {
        self.list.sort_by_key(|problem| problem.code.severity());
    }

    /// Keeps the problems that `keep` says to.
    pub fn retain(&mut self, keep: impl FnMut(&Problem) -> bool) {
        self.list.retain(keep);
    }

    /// The problems.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// The places of `file` that no excerpt may show.
    pub fn concealed_in(&self, file: FileId) -> impl Iterator<Item = Span> + '_ {
        self.concealed.iter().copied().filter(move |span| span.file == file)
    }

    /// Whether a record cannot be published as written.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many problems of one severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|problem| problem.code.severity() == severity).map(|problem| 1 + problem.more).sum()
    }

    /// Whether there is a warning that somebody wrote, and that did not come by a passing day alone.
    pub fn has_written_warnings(&self) -> bool {
        let written = |code: Code| code.severity() == Severity::Warning && code.cause() == Cause::Record;
        self.list.iter().any(|problem| written(problem.code))
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
