//! Reports of anything about anything: whatever a file holds and wherever a problem points, there is a report.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::fs;

use kohyo::problem::{Code, FileId, Problem, Problems, Span};
use kohyo::report::{Format, Lang, Style, write};
use kohyo::source::Sources;

/// Letters that renderers stumble over: wide, without width, turning, controlling, spaces of all kinds.
const LETTERS: &[&str] = &[
    "a",
    "あ",
    "　",
    " ",
    "\t",
    "\n",
    "\r",
    "\u{fffd}",
    "\u{200b}",
    "\u{202e}",
    "\u{1b}",
    "\u{7f}",
    "👩‍👩‍👧",
    "e\u{301}",
    "が",
    "𠮷",
    "\"",
    "=",
    "::",
    "\u{feff}",
    "\u{85}",
];

struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

#[test]
fn no_text_and_no_span_is_too_odd_for_a_report() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    let mut dice = Dice(4711);
    for _ in 0..400 {
        let length = dice.throw(420);
        let few = 1 + dice.throw(LETTERS.len());
        let text: String = (0..length).map(|_| LETTERS[dice.throw(few)]).collect();
        fs::write(folder.path().join("content/registry.toml"), &text).unwrap();
        let sources = Sources::list(folder.path()).unwrap();
        let mut problems = Problems::default();
        for _ in 0..4 {
            let start = dice.throw(text.len() + 3);
            let end = start + dice.throw(text.len() + 3);
            let fault = Problem::new(Code::BadValue, Span::new(FileId(0), start..end), text.clone(), text.clone());
            problems.push(fault.help(text.clone(), text.clone()));
            if dice.throw(3) == 0 {
                problems.conceal(Span::new(FileId(0), end..end + dice.throw(9)));
            }
        }
        problems.sort();
        for format in [Format::Human, Format::Json, Format::Github] {
            let said = write(&problems, &sources, Style { format, lang: Lang::Ja, colour: false, folder: "" });
            assert!(!said.contains('\u{1b}') && !said.is_empty(), "{said:?}");
            let commands = said.lines().filter(|line| line.trim_start().starts_with("::") && format != Format::Github);
            assert_eq!(commands.count(), 0, "{said}");
        }
    }
}

#[test]
fn where_no_thread_is_to_be_had_there_is_a_sentence_or_a_result_and_no_panic() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/checks/_base");
    let script = format!("ulimit -u 1; exec {} check --root {root} --date 2026-11-22", env!("CARGO_BIN_EXE_kohyo"));
    let run = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    assert!(matches!(run.status.code(), Some(0 | 2)), "{run:?}");
}

#[test]
fn where_files_may_not_grow_a_build_ends_with_a_sentence_and_leaves_no_site() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/checks/_base");
    let out = tempfile::tempdir().unwrap();
    let (program, site) = (env!("CARGO_BIN_EXE_kohyo"), out.path().join("site"));
    let days = "--date 2026-11-22 --today 2026-11-22";
    let script = format!("ulimit -f 4; exec {program} build --root {root} --out {} {days} --lang ja", site.display());
    let run = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("ファイルが大きすぎます"), "{said}");
    assert!(!site.exists());
}
