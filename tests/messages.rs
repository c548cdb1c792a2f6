//! What messages promise to people who are no programmers: which service and item they are about, which rule, what to write
//! instead; and what a daily build may rely on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::path::Path;

use chrono::{Days, NaiveDate};
use kohyo::problem::{Problems, Rule};
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
