//! Marks of an unfinished merge: both versions of a text stand in the file, and nobody chose one yet.
//!
//! They are looked for before a file is read as what it is, so that they are told once, and not as the syntax errors that
//! they make.

use crate::problem::{Code, FileId, Problem, Problems, Span};

/// Notes every place where two versions stand, and tells whether there is one. What stands there is not quoted.
pub(super) fn check(file: FileId, text: &str, problems: &mut Problems) -> bool {
    let places = places(text);
    for &at in &places {
        problems.push(
            Problem::new(
                Code::UnfinishedMerge,
                Span::new(file, at..at),
                "二つの版の食違いを示す行（<<<<<<<、=======、>>>>>>>）が残っています",
                "lines that mark two versions (<<<<<<<, =======, >>>>>>>) are left over",
            )
            .help(
                "`<<<<<<<` から `=======` まで、`=======` から `>>>>>>>` までの二つの版のうち正しい方を残し、印の行を取り除いてください",
                "keep the right one of the two versions, `<<<<<<<` to `=======` or `=======` to `>>>>>>>`, and take the marked lines away",
            ),
        );
    }
    !places.is_empty()
}

/// Where each pair of versions begins; where the beginning is gone, the first mark that is left. A line of seven `=` alone
/// underlines a heading in CommonMark, which is one line with nothing above it; one of seven `|` is a row of a table. They
/// count beside the others only.
fn places(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    let mut is_open = false;
    let is_markdown = text.starts_with("+++");
    let mut above = ["", ""];
    for line in text.split_inclusive('\n') {
        let written = line.trim_end_matches(['\n', '\r']);
        let begins = above[0].trim().is_empty() || above[0] == "+++" || above[0].starts_with('#');
        let is_heading = is_markdown && begins && !above[1].trim().is_empty();
        if written == "=======" && !is_open && !is_heading {
            places.push(at);
            is_open = true;
        }
        above = [above[1], written];
        if is_mark(written, "<<<<<<<") {
            places.push(at);
            is_open = true;
        } else if is_mark(written, ">>>>>>>") {
            if !is_open {
                places.push(at);
            }
            is_open = false;
        }
        at += line.len();
    }
    places
}

/// Exactly seven signs, then a name or nothing.
fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn each_pair_of_versions_is_told_once() {
        assert_eq!(places("a\n<<<<<<< HEAD\nb\n||||||| base\nc\n=======\nd\n>>>>>>> x\n<<<<<<< HEAD\n"), [2, 52]);
        assert_eq!(places("a\n=======\nd\n>>>>>>> x\n"), [2]);
        assert_eq!(places("text = '''\na\n=======\nb'''\n"), [13]);
        assert_eq!(places("+++\n+++\n一行目\n二行目\n=======\nd\n"), [28]);
        assert_eq!(places("+++\n+++\n\n=======\nd\n"), [9]);
        assert_eq!(places("<<<<<<<\r\n"), [0]);
    }

    #[test]
    fn headings_tables_and_rules_are_no_marks() {
        for text in [
            "+++\n+++\n\n見出し\n=======\n本文\n",
            "+++\n+++\n見出し\n=======\n",
            "========\n",
            "|||||||\n",
            "<<<<<<<<<<\n",
            "a <<<<<<< b\n",
            ">>>>>>>>> x\n",
            "> > x\n",
        ] {
            assert!(places(text).is_empty(), "{text}");
        }
    }
}
