//! What clerks do to a record in an editor: each slip is told once, by its name, with the right line ready to copy; and who
//! copies it has a record without fault.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use serde_json::Value;
use support::{DAY, Registry};

mod support;

const SERVICE: &str = "content/services/ip/0001-2511/service.toml";
const DISCLOSURE: &str = "content/services/ip/0001-2511/disclosures/2025-11-15.toml";
const REGISTRY: &str = "content/registry.toml";

fn told(registry: &Registry) -> Vec<Value> {
    serde_json::from_str(&registry.run(&["check", "--date", DAY, "--format", "json", "--lang", "ja"]).stdout).unwrap()
}

/// The line that a help gives.
fn given(problem: &Value) -> Option<String> {
    let help = problem["help"].as_str()?;
    Some(help.strip_prefix("次のように書いてください：`")?.strip_suffix('`')?.to_owned())
}

/// File, right line, wrong line, what the message says of it.
const SLIPS: &[(&str, &str, &str, &str)] = &[
    (SERVICE, "provider = \"spring-cloud\"", "　provider = \"spring-cloud\"", "全角の空白（U+3000）"),
    (SERVICE, "provider = \"spring-cloud\"", "provider　= \"spring-cloud\"", "全角の空白（U+3000）"),
    (SERVICE, "provider = \"spring-cloud\"", "provider =　\"spring-cloud\"", "全角の空白（U+3000）"),
    (SERVICE, "provider = \"spring-cloud\"", "provider = \"spring-cloud\"　", "全角の空白（U+3000）"),
    (SERVICE, "provider = \"spring-cloud\"", "\u{a0}provider = \"spring-cloud\"", "U+00A0"),
    (SERVICE, "provider = \"spring-cloud\"", "provider ＝ \"spring-cloud\"", "`＝`"),
    (SERVICE, "provider = \"spring-cloud\"", "provider: \"spring-cloud\"", "`:`"),
    (SERVICE, "provider = \"spring-cloud\"", "provider：\"spring-cloud\"", "`：`"),
    (SERVICE, "provider = \"spring-cloud\"", "provider \"spring-cloud\"", "`=` がありません"),
    (SERVICE, "provider = \"spring-cloud\"", "provider = “spring-cloud”", "`“`"),
    (SERVICE, "provider = \"spring-cloud\"", "provider = 「spring-cloud」", "`「`"),
    (SERVICE, "provider = \"spring-cloud\"", "provider = ‘spring-cloud’", "`‘`"),
    (SERVICE, "provider = \"spring-cloud\"", "provider = \"spring-cloud”", "`”`"),
    (SERVICE, "provider = \"spring-cloud\"", "provider = spring-cloud", "囲まれていません"),
    (SERVICE, "provider = \"spring-cloud\"", "provider = \"spring-cloud", "閉じていません"),
    (SERVICE, "provider = \"spring-cloud\"", "provider = spring-cloud\"", "囲まれていません"),
    (SERVICE, "provider = \"spring-cloud\"", "provider = \"spring-cloud\",", "余計な `,`"),
    (SERVICE, "provider = \"spring-cloud\"", "ｐｒｏｖｉｄｅｒ = \"spring-cloud\"", "半角の英字"),
    (SERVICE, "provider = \"spring-cloud\"", "provider ＝　“spring-cloud”", "`＝`"),
    (SERVICE, "categories = [\"hardware\"]", "categories = [\"hardware\"、\"system\"]", "`、`"),
    (SERVICE, "categories = [\"hardware\"]", "categories = [“hardware”]", "`“`"),
    (SERVICE, "categories = [\"hardware\"]", "categories = ［\"hardware\"］", "`［`"),
    (SERVICE, "categories = [\"hardware\"]", "categories = [hardware]", "囲まれていません"),
    (SERVICE, "categories = [\"hardware\"]", "categories = \"hardware\"", "`[ ]`"),
    (SERVICE, "[[event]]", "[event]", "[[ ]]"),
    (SERVICE, "[[event]]", "［［event］］", "`［`"),
    (SERVICE, "[[event]]", "[[event]", "`[ ]`"),
    (SERVICE, "on = 2025-11-15", "on = 2025/11/15", "2026-04-01"),
    (SERVICE, "on = 2025-11-15", "on = 2025.11.15", "2026-04-01"),
    (SERVICE, "on = 2025-11-15", "on = 令和7年11月15日", "2026-04-01"),
    (SERVICE, "on = 2025-11-15", "on = R7.11.15", "2026-04-01"),
    (SERVICE, "on = 2025-11-15", "on = ２０２５-１１-１５", "2026-04-01"),
    (SERVICE, "on = 2025-11-15", "on = 2025年11月15日", "2026-04-01"),
    (SERVICE, "on = 2025-11-15", "on = \"2025-11-15\"", "2026-04-01"),
    (SERVICE, "on = 2025-11-15", "on = \"2025/11/15\"", "2026-04-01"),
    (SERVICE, "on = 2025-11-15", "on = 20251115", "2026-04-01"),
    (REGISTRY, "keep_disclosure_after_end = false", "keep_disclosure_after_end = False", "`true` か `false`"),
    (REGISTRY, "keep_disclosure_after_end = false", "keep_disclosure_after_end = いいえ", "`true` か `false`"),
    (REGISTRY, "keep_disclosure_after_end = false", "keep_disclosure_after_end = \"false\"", "true か false"),
    (REGISTRY, "notice_days = 60", "notice_days = ６０", "半角の数字"),
    (REGISTRY, "notice_days = 60", "notice_days = \"60\"", "整数"),
];

#[test]
fn a_slip_is_told_once_with_the_right_line_and_who_copies_it_has_no_error() {
    let mut wrong = Vec::new();
    for (file, right, slip, says) in SLIPS {
        let registry = Registry::copy_of("checks/_base");
        registry.edit(file, right, slip);
        let problems = told(&registry);
        let message = problems.first().map(|problem| problem["message"].as_str().unwrap().to_owned()).unwrap_or_default();
        let line = problems.first().and_then(given);
        if problems.len() != 1 || !message.contains(says) || line.is_none() {
            wrong.push(format!("{slip}: {problems:#?}"));
            continue;
        }
        let line = line.unwrap();
        registry.edit(file, slip, &line);
        let left = told(&registry);
        if left.iter().any(|problem| problem["severity"] == "error") {
            wrong.push(format!("{slip} → {line}: {left:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn texts_with_quotes_backslashes_and_line_breaks_keep_what_they_say() {
    for (slip, line) in [
        ("summary = \"いわゆる\"基盤\"です\"", "summary = 'いわゆる\"基盤\"です'"),
        ("summary = \"C:\\data に置く\"", "summary = 'C:\\data に置く'"),
        ("summary = \"一行目\n二行目\n三行目\"", "summary = \"一行目\\n二行目\\n三行目\""),
    ] {
        let registry = Registry::copy_of("checks/_base");
        registry.edit(SERVICE, "summary = \"仮想サーバを貸し出すサービスです。\"", slip);
        let problems = told(&registry);
        assert_eq!((problems.len(), problems.first().and_then(given).as_deref()), (1, Some(line)), "{problems:#?}");
        registry.edit(SERVICE, slip, line);
        assert!(told(&registry).is_empty());
    }
}

#[test]
fn what_stands_twice_is_told_with_the_line_of_the_first() {
    let registry = Registry::copy_of("checks/_base");
    registry.edit(SERVICE, "name = \"スプリング基盤\"", "name = \"スプリング基盤\"\nname = \"別\"");
    let problems = told(&registry);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0]["message"].as_str().unwrap().contains("2 行目"), "{problems:#?}");
    let registry = Registry::copy_of("checks/_base");
    registry.edit(SERVICE, "[[event]]\n", "[event]\non = 2025-11-14\nkind = \"certified\"\n\n[event]\n");
    let problems = told(&registry);
    assert_eq!(given(&problems[0]).as_deref(), Some("[[event]]"), "{problems:#?}");
}

#[test]
fn of_a_disclosure_neither_key_nor_value_is_shown_and_nothing_follows_from_its_fault() {
    for slip in
        ["name ＝ \"Kanaria 4711\"", "name = “Kanaria 4711”", "name = Kanaria 4711", "name = \"Kanaria\n4711 = x", "Kanaria 4711"]
    {
        let registry = Registry::copy_of("checks/_base");
        registry.edit(DISCLOSURE, "name = \"スプリングクラウド株式会社\"", slip);
        let run = registry.run(&["check", "--date", DAY, "--lang", "ja"]);
        assert!(!run.stderr.contains("Kanaria") && !run.stderr.contains("4711"), "{}", run.stderr);
        let codes: Vec<Value> = told(&registry).iter().map(|problem| problem["code"].clone()).collect();
        assert!(codes.iter().all(|code| code == "syntax"), "{codes:?}");
    }
}

#[test]
fn of_a_key_that_no_record_has_no_value_is_shown() {
    let registry = Registry::copy_of("checks/_base");
    registry.edit(SERVICE, "categories", "password ＝ \"Kanaria\"\ncategories");
    let run = registry.run(&["check", "--date", DAY, "--lang", "ja"]);
    assert!(run.stderr.contains("`＝`") && !run.stderr.contains("Kanaria"), "{}", run.stderr);
}

#[test]
fn the_line_of_a_syntax_error_is_shown() {
    let registry = Registry::copy_of("checks/_base");
    registry.edit(SERVICE, "provider = \"spring-cloud\"", "provider ＝ \"spring-cloud\"");
    let run = registry.run(&["check", "--date", DAY, "--lang", "ja"]);
    assert!(run.stderr.contains("4 | provider ＝ \"spring-cloud\""), "{}", run.stderr);
}
