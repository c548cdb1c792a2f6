//! What `check` says of events: how long terms are, who applied and decided when, and names and holders that changed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use serde_json::Value;
use support::{DAY, Registry};

mod support;

const RECORD: &str = "content/services/ip/0001-2511/service.toml";
const SCHEME: &str = "content/schemes/ip/scheme.toml";
const ITEMS: &str = "content/schemes/ip/items/2011-12-16.toml";
const DISCLOSURE: &str = "content/services/ip/0001-2511/disclosures/2025-11-15.toml";
const PROVIDER: &str = "content/providers/spring-cloud.toml";

/// The base of the fixtures, with roles in its catalogue.
fn base() -> Registry {
    let registry = Registry::copy_of("checks/_base");
    for (guidance, role) in [("いつの時点の情報かを書く。", "disclosed-date"), ("登記上の商号を書く。", "provider-name")]
    {
        registry.edit(ITEMS, &format!("{guidance}\""), &format!("{guidance}\"\nrole = \"{role}\""));
    }
    registry
}

/// The problems that `check` tells.
struct Said(Vec<Value>);

impl Said {
    fn on(registry: &Registry, day: &str) -> Said {
        Said(serde_json::from_str(&registry.check(day).stdout).unwrap())
    }

    fn codes(&self) -> Vec<&str> {
        self.0.iter().map(|problem| problem["code"].as_str().unwrap()).collect()
    }

    /// The only problem.
    fn only(&self, code: &str) -> &Value {
        assert_eq!(self.codes(), [code], "{:#?}", self.0);
        &self.0[0]
    }

    fn help(&self, code: &str) -> String {
        self.only(code)["help"].as_str().unwrap().to_owned()
    }
}

/// A registry whose service has more events than its certification.
fn with_events(events: &str) -> Registry {
    let registry = base();
    registry.write(RECORD, registry.read(RECORD) + events);
    registry
}

fn codes(registry: &Registry) -> Vec<String> {
    Said::on(registry, DAY).codes().into_iter().map(str::to_owned).collect()
}

#[test]
fn the_two_years_count_from_the_day_certified_also_where_the_term_begins_later() {
    for (until, fits) in [("2027-11-14", true), ("2027-11-30", false), ("2027-11-13", false)] {
        let registry = with_events(&format!("from = 2025-12-01\nuntil = {until}\n"));
        assert_eq!(codes(&registry), if fits { vec![] } else { vec!["term-length"] }, "{until}");
    }
    let computed = with_events("from = 2025-12-01\n");
    let site = computed.site(DAY);
    let index: Value = serde_json::from_slice(&site["ip0001-2511/index.json"]).unwrap();
    assert_eq!((&index["valid_from"], &index["valid_until"]), (&"2025-12-01".into(), &"2027-11-14".into()));
    assert!(codes(&with_events("from = 2028-01-01\n")).contains(&"term-order".to_owned()));
}

#[test]
fn a_renewed_term_starts_on_the_day_of_renewal_where_the_scheme_says_so() {
    for (renewed, from, fits) in [
        ("2027-10-20", "", true),
        ("2027-10-20", "from = 2027-10-20\n", true),
        ("2027-10-20", "from = 2027-11-15\n", false),
        ("2027-12-20", "", true),
    ] {
        let registry = with_events(&format!(
            "\n[[event]]\non = 2027-09-20\nkind = \"renewal-applied\"\n\n[[event]]\non = {renewed}\nkind = \"renewed\"\n{from}"
        ));
        registry.edit(SCHEME, "reapply_after_years", "renewed_term = \"renewal-day\"\nreapply_after_years");
        let said = Said::on(&registry, "2028-01-01");
        assert_eq!(said.codes().contains(&"term-gap"), !fits, "{renewed} {from}");
        if fits {
            let site = registry.site("2028-01-01");
            let index: Value = serde_json::from_slice(&site["ip0001-2511/index.json"]).unwrap();
            assert_eq!(index["valid_from"], renewed);
        }
    }
}

#[test]
fn an_application_waits_for_the_decision_to_continue_near_the_last_day_and_after_it() {
    let applied = "\n[[event]]\non = 2027-10-01\nkind = \"renewal-applied\"\n";
    let granted = "\n[[event]]\non = 2027-11-01\nkind = \"continuation-granted\"\n";
    let withdrawn = "\n[[event]]\non = 2027-11-20\nkind = \"renewal-withdrawn\"\n";
    for (scheme, events, day, undecided) in [
        ("by-decision", applied.to_owned(), "2027-10-15", false),
        ("by-decision", applied.to_owned(), "2027-10-16", true),
        ("by-decision", applied.to_owned(), "2027-12-01", true),
        ("by-decision", format!("{applied}{granted}"), "2027-11-10", false),
        ("by-decision", format!("{applied}{withdrawn}"), "2027-12-01", false),
        ("automatic", applied.to_owned(), "2027-11-10", false),
    ] {
        let registry = with_events(&events);
        registry.edit(SCHEME, "\"automatic\"", &format!("\"{scheme}\""));
        let said = Said::on(&registry, day);
        assert_eq!(said.codes().contains(&"continuation-undecided"), undecided, "{scheme} {day} {events}");
    }
}

#[test]
fn a_succession_that_changes_the_holder_names_the_one_before() {
    let succession = |rest: &str| {
        let registry = with_events(&format!("\n[[event]]\non = 2026-04-01\nkind = \"succession\"\neffect = \"kept\"\n{rest}\n"));
        registry.edit(SCHEME, "\"ends-effect\"", "\"review\"");
        codes(&registry)
    };
    for changes in
        ["form = \"transfer\"", "form = \"inheritance\"", "form = \"split\"", "form = \"split\"\nhands_over_service = true"]
    {
        assert!(succession(changes).contains(&"missing-key".to_owned()), "{changes}");
    }
    for keeps in ["form = \"merger\"", "form = \"split\"\nhands_over_service = false"] {
        assert_eq!(succession(keeps), ["succession-review"], "{keeps}");
    }
    let to_itself = succession("form = \"transfer\"\nfrom_provider = \"spring-cloud\"");
    assert_eq!(to_itself, ["succession-review", "name-against-events"]);
}

#[test]
fn a_split_that_leaves_the_service_where_it_is_ends_no_effect() {
    let split = |rest: &str| {
        codes(&with_events(&format!("\n[[event]]\non = 2026-04-01\nkind = \"succession\"\nform = \"split\"\n{rest}\n")))
    };
    assert_eq!(split("effect = \"kept\"\nhands_over_service = false"), [""; 0]);
    assert_eq!(split("effect = \"lost\"\nhands_over_service = true"), [""; 0]);
    assert_eq!(split("effect = \"lost\"\nhands_over_service = false"), ["succession-against-rule"]);
    let earlier = "effect = \"kept\"\nhands_over_service = false\nfrom_provider = \"spring-cloud\"";
    assert!(split(earlier).iter().all(|code| code == "name-against-events"));
}

#[test]
fn a_new_application_is_judged_by_its_own_day_also_where_the_earlier_number_is_not_named() {
    let again = |name: &str, certified: &str, keys: &str| {
        let registry = with_events("\n[[event]]\non = 2025-12-01\nkind = \"revoked\"\nground = \"ア\"\n");
        let later = registry.read(RECORD);
        let (head, _) = later.split_once("\n[[event]]").unwrap();
        let head = head.replace("IP0001-2511", "IP0002-2612").replace("スプリング基盤", name);
        registry.write(
            "content/services/ip/0002-2612/service.toml",
            format!("{head}\n[[event]]\non = {certified}\nkind = \"certified\"\n{keys}"),
        );
        codes(&registry).contains(&"reapplied-too-early".to_owned())
    };
    assert!(!again("スプリング基盤", "2026-12-10", ""), "certified a year later");
    assert!(again("スプリング基盤", "2026-12-10", "applied_on = 2026-10-01\n"), "applied for within the year");
    assert!(again("ｽﾌﾟﾘﾝｸﾞ 基盤", "2026-12-10", "applied_on = 2026-11-30\n"), "another spelling of the name");
    assert!(!again("スプリング基盤", "2026-12-10", "applied_on = 2026-12-01\n"), "applied for after the year");
    assert!(!again("別の基盤", "2026-12-10", "applied_on = 2026-10-01\n"), "another service");
}

#[test]
fn a_holder_changed_in_place_is_told_by_the_disclosure_and_its_name_is_not_shown() {
    let registry = base();
    registry.edit(PROVIDER, "スプリングクラウド株式会社", "夏風クラウド株式会社");
    let said = Said::on(&registry, DAY);
    let problem = said.only("name-against-events").to_string();
    assert!(problem.contains("2025-11-15") && !problem.contains("スプリングクラウド"), "{problem}");
}

#[test]
fn a_name_changed_in_place_is_told_by_the_disclosure() {
    let registry = base();
    let item = "[[section.item]]\nid = \"service\"\ngroup = \"サービス\"\nname = \"サービス名称\"\nkind = \"optional\"\nguidance = \"名称を書く。\"\nrole = \"service-name\"\n";
    registry.write(
        ITEMS,
        registry.read(ITEMS).replace("[[section]]\nid = \"finance\"", &format!("{item}\n[[section]]\nid = \"finance\"")),
    );
    registry.edit(DISCLOSURE, "[finance]", "service = \"スプリング基盤（SPRING）\"\n\n[finance]");
    assert_eq!(codes(&registry), [""; 0]);
    registry.edit(RECORD, "name = \"スプリング基盤\"", "name = \"夏風基盤\"");
    Said::on(&registry, DAY).only("name-against-events");
    let renamed = "\n[[event]]\non = 2026-05-01\nkind = \"renamed\"\nwas = \"スプリング基盤\"\n";
    registry.write(RECORD, registry.read(RECORD) + renamed);
    assert_eq!(codes(&registry), [""; 0]);
}

#[test]
fn spellings_and_kinds_of_companies_make_no_other_name() {
    for name in [
        "スプリングクラウド㈱",
        "（株）スプリングクラウド",
        "スプリング・クラウド株式会社（旧：春風）",
        "商号：ｽﾌﾟﾘﾝｸﾞｸﾗｳﾄﾞ株式会社",
    ] {
        let registry = base();
        registry.edit(DISCLOSURE, "スプリングクラウド株式会社", name);
        assert_eq!(codes(&registry), [""; 0], "{name}");
    }
}

#[test]
fn what_is_said_of_an_old_disclosure_and_of_a_certificate_holds_for_every_scheme() {
    let renewed = "\n[[event]]\non = 2027-10-01\nkind = \"renewal-applied\"\n\n[[event]]\non = 2027-11-01\nkind = \"renewed\"\n";
    let registry = with_events(renewed);
    assert!(Said::on(&registry, "2027-12-01").help("disclosure-outdated").contains("if nothing changed, this may stay"));
    let first = base();
    std::fs::rename(first.root().join("content/services/ip/0001-2511"), first.root().join("content/services/ip/0001-2603"))
        .unwrap();
    let record = "content/services/ip/0001-2603/service.toml";
    first.edit(record, "2025-11-15", "2026-03-15").edit(record, "IP0001-2511", "IP0001-2603");
    assert!(Said::on(&first, DAY).help("disclosure-outdated").contains("what was certified"));
    let revoked = with_events("\n[[event]]\non = 2026-04-01\nkind = \"revoked\"\nground = \"ア\"\n");
    assert!(Said::on(&revoked, DAY).help("certificate-not-returned").contains("where it does not"));
    let ended = with_events("\n[[event]]\non = 2026-04-01\nkind = \"ended\"\n");
    assert!(!Said::on(&ended, DAY).help("certificate-not-returned").contains("where"));
}

#[test]
fn the_disclosure_that_was_certified_is_not_old_because_its_first_term_begins_later() {
    let registry = base();
    registry.edit(
        "content/services/ip/0001-2511/service.toml",
        "kind = \"certified\"",
        "kind = \"certified\"\nfrom = 2026-02-15",
    );
    let codes: Vec<String> = codes(&registry);
    assert!(!codes.contains(&"disclosure-outdated".to_owned()), "{codes:?}");
}

#[test]
fn each_role_is_known_and_an_item_with_one_is_never_withheld() {
    let registry = base();
    registry.edit(ITEMS, "role = \"provider-name\"", "role = \"provider\"");
    assert!(Said::on(&registry, DAY).help("bad-value").contains("disclosed-date"));
    for (item, line) in [("date", "date = \"2025/10/31\""), ("name", "name = \"スプリングクラウド株式会社\"")] {
        let registry = base();
        let withheld =
            "{ withheld = [{ requested = 2025-11-01, from = 2025-11-15, until = 2027-12-31, ground = \"business-secret\" }] }";
        registry.edit(DISCLOSURE, line, &format!("{item} = {withheld}"));
        assert!(codes(&registry).contains(&"identity-withheld".to_owned()), "{item}");
    }
}
