//! What messages promise to people who are no programmers: which service and item they are about, which rule, what to write
//! instead; and what a daily build may rely on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::path::Path;

use chrono::{Days, NaiveDate};
use kohyo::problem::{Problems, Rule};
use kohyo::report::Lang;
use serde_json::Value;
use support::{DAY, Registry};

mod support;

const SERVICE: &str = "content/services/ip/0001-2511/service.toml";
const DISCLOSURE: &str = "content/services/ip/0001-2511/disclosures/2025-11-15.toml";

fn base() -> Registry {
    Registry::copy_of("checks/_base")
}

fn told(registry: &Registry) -> Vec<Value> {
    serde_json::from_str(&registry.check(DAY).stdout).unwrap()
}

fn human(registry: &Registry, lang: &str) -> String {
    registry.run(&["check", "--date", DAY, "--lang", lang]).stderr
}

/// README's recipe for a daily build: `check --deny warnings`.
#[test]
fn the_sample_passes_a_daily_check_that_denies_warnings_on_every_day_of_a_year() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = kohyo::source::Sources::list(root).unwrap();
    let mut read = Problems::default();
    let registry = kohyo::parse::registry(&mut sources, kohyo::theme::known(root).unwrap(), &mut read).unwrap();
    assert!(read.is_empty());
    let first = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    for day in (0..=365).map(|days| first + Days::new(days)) {
        let mut problems = Problems::default();
        kohyo::check::check(&registry, day, &mut problems);
        let written: Vec<_> = problems.iter().filter(|problem| problem.code.cause().name() == "record").collect();
        assert!(!problems.has_errors() && written.is_empty(), "{day}: {written:#?}");
    }
}

#[test]
fn every_rule_that_a_scheme_may_cite_is_documented_with_its_sentence() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/records.md")).unwrap();
    let told: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let row = |rule: &Rule| format!("| `{}` | {} | {} |", rule.name(), rule.words().ja, rule.words().en);
    let rows: Vec<String> = Rule::ALL.iter().map(row).collect();
    assert_eq!(told, rows);
}

#[test]
fn no_rule_speaks_of_rows_or_of_files_that_nobody_at_the_body_has() {
    for rule in Rule::ALL {
        let words = rule.words();
        for words in [&words.ja, &words.en] {
            assert!(
                !words.contains("000") && !words.contains("001") && !words.contains("002") && !words.contains('§'),
                "{words}"
            );
            assert!(!words.contains(|c: char| c.is_ascii_digit()), "{words}");
        }
    }
}

#[test]
fn deny_all_counts_what_only_a_passing_day_brings_and_deny_warnings_does_not() {
    let registry = base();
    registry.edit("content/registry.toml", "[desk]", "[security]\ncontact = \"tel:1\"\nexpires = 2020-01-01\n\n[desk]");
    let check = |deny: &str| registry.run(&["check", "--date", DAY, "--lang", "en", "--deny", deny]);
    assert!(check("warnings").stderr.contains("security-expired"));
    assert_eq!((check("warnings").code, check("all").code), (0, 1));
    assert_eq!(told(&registry)[0]["cause"], "time");
    registry.edit(DISCLOSURE, "name = ", "# name = ");
    assert_eq!((check("warnings").code, check("all").code), (1, 1));
}

#[test]
fn messages_about_a_service_and_an_item_name_both() {
    let registry = base();
    registry.edit(DISCLOSURE, "name = ", "# name = ");
    let problem = &told(&registry)[0];
    assert_eq!((problem["number"].as_str(), problem["item"].as_str()), (Some("IP0001-2511"), Some("business.name")), "{problem}");
    let ja = human(&registry, "ja");
    assert!(ja.contains("サービス：IP0001-2511 ") && ja.contains("項目：事業者名（business.name）"), "{ja}");
    let en = human(&registry, "en");
    assert!(en.contains("service: IP0001-2511 ") && en.contains("(business.name)"), "{en}");
}

/// The number of a broken record follows from its folder.
#[test]
fn a_record_that_cannot_be_read_is_named_by_its_number() {
    let registry = base();
    registry.write(SERVICE, "number = \n");
    assert_eq!(told(&registry)[0]["number"], "IP0001-2511");
}

#[test]
fn a_rule_is_quoted_as_the_scheme_cites_it_and_without_a_source_where_it_does_not() {
    let registry = base();
    registry.edit(DISCLOSURE, "name = ", "# name = ");
    assert!(human(&registry, "ja").contains("規則: 必須開示項目は全て記述します\n"), "{}", human(&registry, "ja"));
    registry.edit("content/schemes/ip/scheme.toml", "[guideline]", "[cites]\nmandatory-items = \"運用規程第4条\"\n\n[guideline]");
    let (ja, en) = (human(&registry, "ja"), human(&registry, "en"));
    assert!(ja.contains("規則: 必須開示項目は全て記述します（運用規程第4条）\n"), "{ja}");
    assert!(en.contains("rule: mandatory items are all answered (運用規程第4条)\n"), "{en}");
}

#[test]
fn a_citation_of_no_rule_is_an_error_that_lists_the_rules() {
    let registry = base();
    registry.edit("content/schemes/ip/scheme.toml", "[guideline]", "[cites]\nrenewal = \"第12条\"\n\n[guideline]");
    let problem = &told(&registry)[0];
    assert_eq!(problem["code"], "unknown-key");
    for rule in Rule::ALL {
        assert!(problem["help"].as_str().unwrap().contains(&format!("`{}`", rule.name())), "{problem}");
    }
}

/// The sentences that a file makes failures of: what stands between quotes behind one of these, or in what is named there.
fn failures(code: &str) -> Vec<String> {
    const MAKE: [&str; 5] = ["context(", "bail!(", "anyhow!(", "ensure!(", "f.write_str("];
    let mut found = Vec::new();
    for (at, make) in MAKE.iter().flat_map(|make| code.match_indices(make)) {
        let argument = inside(&code[at + make.len()..]);
        let name = argument.trim_end_matches("()");
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let made = [format!("let {name} ="), format!("const {name}:")];
        let statement = made.iter().find_map(|made| code[code.find(made.as_str()).filter(|_| is_name)?..].split(";\n").next());
        found.extend(sentences(statement.unwrap_or(argument)));
    }
    found
}

/// Up to the bracket that closes what is open.
fn inside(text: &str) -> &str {
    let (mut depth, mut quoted, mut before) = (1, false, ' ');
    let end = text.find(|c| {
        match c {
            '"' if before != '\\' && before != '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        before = c;
        depth == 0
    });
    &text[..end.unwrap_or(text.len())]
}

/// The English sentences between quotes, their gaps filled; where Japanese stands beside them both languages are made there.
fn sentences(code: &str) -> Vec<String> {
    if code.contains("lang") || !code.is_ascii() {
        return Vec::new();
    }
    let literals = code.split('"').skip(1).step_by(2).filter(|literal| literal.trim().contains(' '));
    literals.map(filled).collect()
}

/// What a format makes where every gap is `x`.
fn filled(format: &str) -> String {
    let parts = format.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts.collect::<Vec<_>>().join("x").replace("\\n", "\n")
}

/// Who wants Japanese gets it of the machine's failures too: whoever makes one adds its Japanese to `report/failure.rs`.
#[test]
fn every_failure_of_the_machine_is_known_in_japanese() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut count = 0;
    let mut unknown = Vec::new();
    for entry in walkdir::WalkDir::new(&source).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(&source).unwrap().to_str().unwrap().to_owned();
        if !path.ends_with(".rs") || path.contains("tests/") || path == "report/failure.rs" {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let lines =
            text.lines().take_while(|line| !line.starts_with("mod tests")).filter(|line| !line.trim_start().starts_with("//"));
        let program: Vec<&str> = lines.collect();
        for said in failures(&program.join("\n")) {
            count += 1;
            let told = kohyo::report::failure(&anyhow::Error::msg(said.clone()), Lang::Ja);
            if told.is_ascii() {
                unknown.push(format!("{path}: {said}"));
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    assert!(count > 50, "{count} failures were found");
}

#[test]
fn wrong_usage_is_told_in_the_language_asked_for() {
    let registry = base();
    for (args, word) in [
        (["check", "--lang", "ja", "--colour"], "`--colour` という指定はありません"),
        (["check", "--lang=ja", "--date", "2026/11/22"], "日付は 2026-04-01 の形で書いてください"),
        (["check", "--lang=ja", "--format", "xml"], "human、json、github"),
        (["serve", "--lang=ja", "--port", "http"], "65535"),
        (["publish", "--lang", "ja", "x"], "check、build、serve のいずれか"),
    ] {
        let run = registry.run(&args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.starts_with("指定が正しくありません: ") && run.stderr.contains(word), "{}", run.stderr);
    }
    let run = registry.run(&["check", "--lang", "en", "--date", "2026/11/22"]);
    assert!(run.stderr.contains("write the day as 2026-04-01") && run.stderr.is_ascii(), "{}", run.stderr);
}

#[test]
fn a_theme_whose_file_takes_the_place_of_a_page_is_told_in_the_language_asked_for() {
    let registry = base();
    registry.edit("content/registry.toml", "theme = \"default\"", "theme = \"own\"").write("themes/own/root/sitemap.xml", "x");
    let said = |lang| registry.run(&["build", "--date", DAY, "--lang", lang]).stderr;
    assert!(said("ja").contains("テーマの `root/sitemap.xml` は公表できません。"), "{}", said("ja"));
    assert!(said("en").contains("`root/sitemap.xml` cannot be published: its address is the place of"), "{}", said("en"));
}

#[test]
fn one_fault_of_a_renewal_makes_one_message() {
    let registry = Registry::copy_of("checks/_base");
    support::copy(&support::tests().join("checks/renewed-without-effect/content"), &registry.root().join("content"));
    let told = told(&registry);
    assert_eq!(told.len(), 1, "{told:#?}");
}

/// A line to add has the form that the key wants, so that adding it makes no other error.
#[test]
fn a_missing_key_is_told_with_a_line_of_its_form() {
    let registry = base();
    registry.edit("content/registry.toml", "notice_days = ", "# notice_days = ").edit(
        "content/registry.toml",
        "[body]",
        "[[body]]",
    );
    registry.edit(SERVICE, "on = ", "# on = ");
    let helps: Vec<String> = told(&registry).iter().map(|problem| problem["help"].to_string()).collect();
    assert!(helps.iter().any(|help| help.contains("`notice_days = 0`")), "{helps:#?}");
    assert!(helps.iter().any(|help| help.contains("`on = 2026-04-01`")), "{helps:#?}");
}

#[test]
fn no_japanese_sentence_is_followed_by_a_space() {
    let registry = base();
    for (path, text) in registry.site(DAY).iter().filter(|(path, _)| path.ends_with(".html") && !path.starts_with("en/")) {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains("。 ") && !text.contains("、 "), "{path}");
    }
}
