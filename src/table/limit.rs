//! How many tables of one name a file may have, so that no file keeps anybody waiting.

use crate::problem::{Code, Problem, Problems, Span};

/// So many tables of one name a file may have; no record of a body comes near.
pub(super) const MOST_TABLES: usize = 5000;

/// Tells that there are more, and how many are read.
pub(super) fn too_many(name: &str, place: Span, count: usize, most: usize, problems: &mut Problems) {
    problems.push(
        Problem::new(
            Code::TooMany,
            place,
            format!("`{name}` が多すぎます（{count}。{most} まで）"),
            format!("there are too many of `{name}` ({count}; {most} at most)"),
        )
        .help(
            "同じものが繰り返し書き込まれていないか、確かめてください",
            "see whether the same was written into the file again and again",
        ),
    );
}
