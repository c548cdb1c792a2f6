//! Line, column and excerpt of a place. Of a confidential file only a key is ever shown; elsewhere an excerpt ends before
//! what is concealed. Whatever the text and the span, there is an answer, and it takes no longer for the last of many places
//! than for the first.

use std::ops::Range;

use crate::problem::Span;

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
    /// The bytes of `text` that are marked: on borders of characters, and never empty.
    pub marked: Range<usize>,
}

/// A file that is quoted: its text, where its lines begin, and what of it no excerpt may show.
pub struct Quoted {
    text: String,
    /// The first byte of each line.
    lines: Vec<usize>,
    /// How many characters stand before each step of [`STEP`] bytes.
    characters: Vec<usize>,
    /// Sorted, without overlaps.
    concealed: Vec<Range<usize>>,
    confidential: bool,
}

/// Characters are counted ahead at every so many bytes.
const STEP: usize = 1024;

/// A line is shown up to so many characters; a place further to the right is told by its column alone.
const WIDEST: usize = 200;

impl Quoted {
    /// A file's text with the spans of it that are concealed.
    pub fn new(text: String, concealed: impl IntoIterator<Item = Span>, confidential: bool) -> Quoted {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut characters = vec![0];
        for chunk in text.as_bytes().chunks(STEP) {
            let begun = chunk.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
            characters.push(characters.last().copied().unwrap_or_default() + begun);
        }
        let spans = concealed.into_iter().map(|span| span.start as usize..span.end as usize);
        Quoted { text, lines, characters, concealed: merged(spans.collect()), confidential }
    }

    /// The place of a span.
    pub fn place(&self, span: Span) -> Place {
        let (line, column) = self.position(span.start as usize);
        let (end_line, end_column) = self.position(span.end as usize);
        Place { line, column, end_line, end_column }
    }

    fn position(&self, at: usize) -> (usize, usize) {
        let at = self.floor(at);
        let line = self.lines.partition_point(|start| *start <= at);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        (line.max(1), self.characters_before(at) - self.characters_before(start) + 1)
    }

    fn characters_before(&self, at: usize) -> usize {
        let step = at / STEP;
        let counted = self.characters.get(step).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(step * STEP..at).unwrap_or_default();
        counted + rest.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
    }

    /// The border of a character at or before a byte.
    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The line in which a span begins; none where nothing of it may be shown, and none for a place without extent, such as
    /// the beginning of a file.
    pub fn excerpt(&self, span: Span) -> Option<Excerpt> {
        let (start, end) = (self.floor(span.start as usize), self.floor(span.end as usize));
        if start >= end {
            return None;
        }
        let line = self.lines.partition_point(|begin| *begin <= start);
        let line_start = self.lines.get(line.checked_sub(1)?).copied()?;
        let line_end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        if start - line_start > 4 * WIDEST {
            return None;
        }
        let shown_end = if self.confidential {
            shown_of_key(self.text.get(line_start..start)?, end, line_end)?
        } else {
            self.shown_before_concealed(line_start, line_end)
        };
        let shown_end = self.widest(line_start, shown_end)?;
        let shown = self.text.get(line_start..shown_end)?;
        let shown = if shown_end < line_end { shown.trim_end() } else { shown };
        let marked = start - line_start..(end - line_start).min(shown.len());
        if marked.start >= marked.end {
            return None;
        }
        let more = if shown_end < line_end { " …" } else { "" };
        Some(Excerpt { text: format!("{shown}{more}"), marked })
    }

    fn widest(&self, line_start: usize, shown_end: usize) -> Option<usize> {
        let shown = self.text.get(line_start..shown_end)?;
        Some(shown.char_indices().nth(WIDEST).map_or(shown_end, |(at, _)| line_start + at))
    }

    fn shown_before_concealed(&self, line_start: usize, line_end: usize) -> usize {
        let next = self.concealed.partition_point(|concealed| concealed.end <= line_start);
        let first = self.concealed.get(next).map(|concealed| concealed.start.max(line_start));
        first.map_or(line_end, |first| self.floor(first.min(line_end)))
    }
}

/// A key or header at the beginning of its line is shown up to its own end. Behind anything else on the line values may
/// stand.
fn shown_of_key(before: &str, end: usize, line_end: usize) -> Option<usize> {
    let stands_first = before.chars().all(|c| c.is_whitespace() || c == '[');
    (stands_first && end <= line_end).then_some(end)
}

fn merged(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            Some(_) | None => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::problem::FileId;

    fn span(range: Range<usize>) -> Span {
        Span::new(FileId(0), range)
    }

    #[test]
    fn an_excerpt_that_is_cut_inside_the_marked_range_marks_what_is_left() {
        let text = format!("summary = \"{}　　続き\"", "あ".repeat(187));
        let quoted = Quoted::new(text.clone(), [], false);
        let excerpt = quoted.excerpt(span(10..text.len())).unwrap();
        assert!(excerpt.text.ends_with("あ …") && excerpt.marked.end <= excerpt.text.len());
        let spaces = " ".repeat(201);
        assert_eq!(Quoted::new(spaces, [], false).excerpt(span(0..201)), None);
    }

    #[test]
    fn a_place_in_the_middle_of_a_character_is_the_place_of_the_character() {
        let quoted = Quoted::new("a\nあい".to_owned(), [], false);
        let place = quoted.place(span(3..6));
        assert_eq!((place.line, place.column, place.end_column), (2, 1, 2));
    }

    #[test]
    fn columns_are_counted_in_characters_on_long_lines_too() {
        let text = "あ".repeat(5000);
        let quoted = Quoted::new(text, [], false);
        assert_eq!(quoted.place(span(12_000..12_003)).column, 4001);
    }
}
