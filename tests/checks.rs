//! Every problem code has a fixture in `tests/checks/<code>/`: the smallest change of `_base` that shows it.
//!
//! A fixture holds the files that replace or add to those of `_base`; `remove.txt` (a path a line) names those to take
//! away; `make.txt` makes what cannot stand in version control, one thing a line:
//!
//! ```text
//! folder PATH              an empty folder
//! symlink PATH TARGET      a symbolic link
//! huge PATH BYTES          a file of so many bytes
//! bytes PATH HEX HEX …     a file of these bytes
//! ```
//!
//! `expected.txt` is the human report in English, a line `---`, and the report in Japanese; `BLESS=1` accepts a new one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use kohyo::problem::{Cause, Code, Severity};
use serde_json::Value;
use support::{DAY, Registry, Run};

mod support;

#[test]
fn every_code_has_a_fixture_and_every_fixture_a_code() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    let entries = fs::read_dir(support::tests().join("checks")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let fixtures: BTreeSet<String> = names.filter(|name| name != "_base").collect();
    assert_eq!(fixtures, codes);
}

#[test]
fn the_base_of_the_fixtures_has_no_problem() {
    let run = Registry::copy_of("checks/_base").run(&["check", "--date", DAY, "--lang", "en", "--deny", "warnings"]);
    assert_eq!((run.code, run.stderr.trim()), (0, "0 errors, 0 warnings"));
}

#[test]
fn every_code_is_reported_as_expected_for_people() {
    let differing = failures(|code, registry| {
        let actual = format!("{}---\n{}", human(registry, "en").stderr, human(registry, "ja").stderr);
        let path = folder(code).join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            support::expect(&path, &actual);
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        (actual != expected).then(|| format!("got\n{actual}\nexpected\n{expected}"))
    });
    assert!(differing.is_empty(), "BLESS=1 accepts\n{}", differing.join("\n"));
}

#[test]
fn every_fixture_shows_its_code_with_its_severity_in_both_languages() {
    let lacking = failures(|code, registry| {
        let (en, ja) = match code.severity() {
            Severity::Error => ("error", "誤り"),
            Severity::Warning => ("warning", "警告"),
        };
        let name = code.name();
        let shows = |lang, word| human(registry, lang).stderr.contains(&format!("{word}[{name}]"));
        (!shows("en", en) || !shows("ja", ja)).then(|| "its code is not shown".to_owned())
    });
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

/// What is expected is what is told: another test holds that.
#[test]
fn every_message_says_what_can_be_done_in_both_languages() {
    for code in Code::ALL {
        let expected = fs::read_to_string(folder(code).join("expected.txt")).unwrap();
        let (en, ja) = expected.split_once("---\n").unwrap();
        for (report, headings, help) in [(en, ["error[", "warning["], "= help:"), (ja, ["誤り[", "警告["], "= 対処:")] {
            let lines = || report.lines().map(str::trim_start);
            let messages = lines().filter(|line| headings.iter().any(|heading| line.starts_with(heading))).count();
            let helps = lines().filter_map(|line| line.strip_prefix(help)).filter(|help| !help.trim().is_empty()).count();
            assert!(messages > 0 && helps == messages, "{}: {report}", code.name());
        }
    }
}

#[test]
fn a_check_ends_with_1_if_and_only_if_there_is_an_error() {
    let wrong = failures(|code, registry| {
        let run = human(registry, "en");
        let (has_error, is_error) = (run.stderr.contains("error["), code.severity() == Severity::Error);
        let fits = run.code == i32::from(has_error) && (has_error || !is_error);
        (!fits).then(|| format!("exit code {}\n{}", run.code, run.stderr))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_warning_that_somebody_wrote_ends_with_1_where_warnings_are_denied_and_any_other_where_all_are() {
    let wrong = failures(|code, registry| {
        let denying = |deny| registry.run(&["check", "--date", DAY, "--lang", "en", "--deny", deny]).code;
        let is_written = code.severity() == Severity::Error || code.cause() == Cause::Record;
        let (warnings, all) = (denying("warnings"), denying("all"));
        ((warnings, all) != (i32::from(is_written), 1)).then(|| format!("exit codes {warnings}, {all}"))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn json_tells_the_same_problems_with_place_and_message() {
    let wrong = failures(|_, registry| {
        let told = problems(&registry.check(DAY).stdout);
        let mut names: Vec<String> = told.iter().map(|problem| text(problem, "code")).collect();
        let mut of_people = headings(&human(registry, "en").stderr);
        names.sort();
        of_people.sort();
        let placed = told.iter().all(|problem| {
            let counts = |key: &str| problem[key].as_u64().is_some_and(|at| at >= 1);
            let severity = Code::named(&text(problem, "code")).unwrap().severity().name();
            counts("line")
                && counts("column")
                && text(problem, "path").starts_with("content/")
                && text(problem, "severity") == severity
                && !text(problem, "message").is_empty()
        });
        (names != of_people || !placed).then(|| format!("{told:#?}"))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn github_gets_one_line_a_problem() {
    let wrong = failures(|_, registry| {
        let run = registry.run(&["check", "--date", DAY, "--format", "github", "--lang", "ja"]);
        let count = problems(&registry.check(DAY).stdout).len();
        let all = run
            .stdout
            .lines()
            .all(|line| line.starts_with("::error file=content/") || line.starts_with("::warning file=content/"));
        (!all || run.stdout.lines().count() != count).then_some(run.stdout)
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Ten faults in ten files of every kind: one run tells them all.
#[test]
fn one_run_reports_the_faults_of_all_files() {
    let registry = Registry::copy_of("checks/_base");
    let service = "content/services/ip/0001-2511";
    registry
        .edit("content/registry.toml", "notice_days = 60", "notice_days = \"60\"")
        .edit("content/schemes/ip/scheme.toml", "continuation = \"automatic\"", "continuation = \"auto\"")
        .edit("content/schemes/ip/items/2011-12-16.toml", "id = \"capital\"", "id = \"sales\"")
        .edit("content/providers/spring-cloud.toml", "7000012050002", "8000012050002")
        .edit(&format!("{service}/service.toml"), "\"hardware\"", "\"hardwear\"")
        .edit(&format!("{service}/disclosures/2025-11-15.toml"), "monitoring", "monitering")
        .write(&format!("{service}/disclosures/2025-11-15.withheld.toml"), "[finance]\nsales = \"x\"\n")
        .write("content/notices/2026-01-01-news.md", "News\n")
        .write("content/pages/data.md", "+++\ntitle = \"Data\"\n+++\n")
        .write("content/providers/broken.toml", "name = \"\n");
    let found = problems(&registry.check(DAY).stdout);
    let found: BTreeSet<(String, String)> = found
        .iter()
        .map(|problem| (text(problem, "path").rsplit('/').next().unwrap().to_owned(), text(problem, "code")))
        .collect();
    let seeded = [
        ("registry.toml", "wrong-type"),
        ("scheme.toml", "bad-value"),
        ("2011-12-16.toml", "duplicate-id"),
        ("spring-cloud.toml", "check-digit"),
        ("service.toml", "unknown-category"),
        ("2025-11-15.toml", "unknown-item"),
        ("2025-11-15.withheld.toml", "sealed-first-line"),
        ("2026-01-01-news.md", "syntax"),
        ("data.md", "id-collides"),
        ("broken.toml", "syntax"),
    ];
    for (file, code) in seeded {
        assert!(found.contains(&(file.to_owned(), code.to_owned())), "{file}: {code} is missing from {found:#?}");
    }
}

/// Runs a test on every fixture and tells what is wrong by code.
fn failures(test: impl Fn(&Code, &Registry) -> Option<String>) -> Vec<String> {
    let found = Code::ALL.iter().filter_map(|code| {
        let wrong = test(code, &fixture(code))?;
        Some(format!("── {}: {wrong}", code.name()))
    });
    found.collect()
}

fn folder(code: &Code) -> PathBuf {
    support::tests().join("checks").join(code.name())
}

/// The base with a fixture laid over it.
fn fixture(code: &Code) -> Registry {
    let registry = Registry::copy_of("checks/_base");
    let folder = folder(code);
    if folder.join("content").exists() {
        support::copy(&folder.join("content"), &registry.root().join("content"));
    }
    for path in lines(&folder.join("remove.txt")) {
        registry.remove(&path);
    }
    for line in lines(&folder.join("make.txt")) {
        make(&registry, &line);
    }
    registry
}

fn lines(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect()
}

fn make(registry: &Registry, line: &str) {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["folder", path] => fs::create_dir_all(registry.root().join(path)).unwrap(),
        ["symlink", path, target] => symlink(target, registry.root().join(path)).unwrap(),
        ["huge", path, bytes] => {
            registry.write(path, vec![b'#'; bytes.parse().unwrap()]);
        }
        ["repeat", path, count, text] => {
            let more = text.replace("\\n", "\n").replace('_', " ").repeat(count.parse().unwrap());
            registry.write(path, registry.read(path) + &more);
        }
        ["bytes", path, hex @ ..] => {
            let bytes: Vec<u8> = hex.iter().map(|hex| u8::from_str_radix(hex, 16).unwrap()).collect();
            registry.write(path, bytes);
        }
        _ => panic!("make.txt does not know `{line}`"),
    }
}

fn human(registry: &Registry, lang: &str) -> Run {
    registry.run(&["check", "--date", DAY, "--format", "human", "--lang", lang])
}

/// The codes in the headings of the human report.
fn headings(report: &str) -> Vec<String> {
    let heading = |line: &str| {
        let rest = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
        Some(rest.split_once("]:")?.0.to_owned())
    };
    report.lines().filter_map(heading).collect()
}

fn problems(json: &str) -> Vec<Value> {
    serde_json::from_str(json).unwrap()
}

fn text(problem: &Value, key: &str) -> String {
    problem[key].as_str().unwrap().to_owned()
}
