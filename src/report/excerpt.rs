//! Line, column and excerpt of a place. Of a confidential file only a key is ever shown; elsewhere an excerpt ends before
//! what is concealed.

use std::ops::Range;

use crate::problem::{Problems, Span};

/// A place as editors count it: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// The line where the place ends.
    pub end_line: usize,
    /// The column after its last character.
    pub end_column: usize,
}

/// The line of a place, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// The bytes of `text` that are marked.
    pub marked: Range<usize>,
}

impl Place {
    /// The place of a span in the text of its file.
    pub fn of(span: Span, text: &str) -> Place {
        let (line, column) = position(text, span.start as usize);
        let (end_line, end_column) = position(text, span.end as usize);
        Place { line, column, end_line, end_column }
    }
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

impl Excerpt {
    /// The line in which a span begins; none where nothing of it may be shown, and none for a place without extent, such as
    /// the beginning of a file or a syntax error: what stands there may be anything.
    pub fn of(span: Span, text: &str, problems: &Problems, confidential: bool) -> Option<Excerpt> {
        let (start, end) = (span.start as usize, span.end as usize);
        if start == end {
            return None;
        }
        let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let line_end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
        let shown_end = if confidential {
            shown_of_key(text.get(line_start..start)?, end, line_end)?
        } else {
            shown_before_concealed(span, line_start, line_end, problems)
        };
        if start >= shown_end {
            return None;
        }
        let shown_end = readable(text, line_start, start, shown_end)?;
        let mut line = text.get(line_start..shown_end)?.to_owned();
        let marked = start - line_start..end.clamp(start, shown_end) - line_start;
        if shown_end < line_end {
            line.truncate(line.trim_end().len());
            line.push_str(" …");
        }
        Some(Excerpt { text: line, marked })
    }
}

/// A line is shown up to so many characters; a place further to the right is told by its column alone.
const WIDEST: usize = 200;

fn readable(text: &str, line_start: usize, start: usize, shown_end: usize) -> Option<usize> {
    let cut = text.get(line_start..shown_end)?.char_indices().nth(WIDEST).map_or(shown_end, |(at, _)| line_start + at);
    (start < cut).then_some(cut)
}

/// A key or header at the beginning of its line is shown up to its own end. Behind anything else on the line values may
/// stand.
fn shown_of_key(before: &str, end: usize, line_end: usize) -> Option<usize> {
    let stands_first = before.chars().all(|c| c.is_whitespace() || c == '[');
    (stands_first && end <= line_end).then_some(end)
}

fn shown_before_concealed(span: Span, line_start: usize, line_end: usize, problems: &Problems) -> usize {
    let touches =
        |concealed: &Span| (concealed.start as usize) < line_end.max(line_start + 1) && (concealed.end as usize) > line_start;
    let concealed = problems.concealed_in(span.file).filter(touches);
    let first = concealed.map(|concealed| (concealed.start as usize).max(line_start)).min();
    first.map_or(line_end, |first| first.min(line_end))
}
