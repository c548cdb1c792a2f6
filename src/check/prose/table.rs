//! Pipe tables: what a row holds beyond the columns of its table's head stands nowhere on the page.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::problem::{Code, Problem, Problems, Spanned};
use crate::prose::Part;

use super::part;

#[allow(clippy::wildcard_enum_match_arm, reason = "of the parser's events two matter here")]
pub(super) fn check(text: &Spanned<String>, parts: &[Part], problems: &mut Problems) {
    let mut columns = 0;
    for (event, range) in parts {
        match event {
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableRow) => row(text, columns, range.clone(), problems),
            _ => {}
        }
    }
}

fn row(text: &Spanned<String>, columns: usize, range: Range<usize>, problems: &mut Problems) {
    let written = text.value.get(range.clone()).unwrap_or_default();
    let lost: Vec<Range<usize>> = cells(written).into_iter().skip(columns).collect();
    let (Some(first), Some(last)) = (lost.first(), lost.last()) else { return };
    if written.get(first.start..last.end).unwrap_or_default().trim_matches(['|', ' ', '\u{3000}']).is_empty() {
        return;
    }
    problems.push(
        Problem::new(
            Code::TableCells,
            part(text, range.start + first.start..range.start + last.end),
            "表の列より右にあり、表示されません",
            "this stands beyond the columns of the table and is not shown",
        )
        .help(
            "見出しの行と `|---|---|` の行に列を足すか、文字としての `|` を `\\|` と書いてください",
            "add a column to the head and to the `|---|---|` below it; a `|` as such is written `\\|`",
        ),
    );
}

/// The cells of a row as written, parted by every `|` that no backslash makes plain, in code too.
fn cells(row: &str) -> Vec<Range<usize>> {
    let start = row.len() - row.trim_start_matches([' ', '\t']).len();
    let start = start + usize::from(row.as_bytes().get(start) == Some(&b'|'));
    let end = row.trim_end().len();
    let mut cells = Vec::new();
    let (mut from, mut is_plain) = (start, false);
    for (at, byte) in row.bytes().enumerate().take(end).skip(start) {
        if byte == b'|' && !is_plain {
            cells.push(from..at);
            from = at + 1;
        }
        is_plain = byte == b'\\' && !is_plain;
    }
    if from < end {
        cells.push(from..end);
    }
    cells
}

#[cfg(test)]
mod tests {
    use crate::problem::{FileId, Span};

    use super::*;

    #[test]
    fn what_stands_beyond_the_columns_is_told() {
        for (row, lost) in [
            ("|甲|1円|余り|", "余り"),
            ("|甲|1円|余り", "余り"),
            ("甲|1円|余り", "余り"),
            ("|甲|1円|余り|二|", "余り|二"),
            ("|`a|b`|1円|", "1円"),
            ("|甲|1円|", ""),
            ("|甲|1円| |", ""),
            ("|甲|1円", ""),
            ("|甲|", ""),
            ("|甲\\|乙|1円|", ""),
            ("|甲\\\\|1円|", ""),
        ] {
            let value = format!("前\n\n|区分|金額|\n|---|---|\n{row}\n");
            let text = Spanned { span: Span::start_of(FileId(0)), value };
            let mut problems = Problems::default();
            check(&text, &crate::prose::read(&text.value), &mut problems);
            let told = problems.iter().next().map(|problem| problem.span.start as usize..problem.span.end as usize);
            assert_eq!(told.and_then(|place| text.value.get(place)).unwrap_or_default(), lost, "{row}");
        }
    }
}
