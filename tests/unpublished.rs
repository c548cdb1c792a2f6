//! What is recorded and never public, or not yet: improvement requests, renewals under way, cancellations that a scheme
//! does not publish, and what is dated ahead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::{DAY, Registry};

type Site = BTreeMap<String, Vec<u8>>;

#[test]
fn notes_that_are_not_public_stand_in_no_file() {
    let registry = Registry::copy_of("golden");
    for day in ["2022-08-01", DAY, "2027-06-01"] {
        assert_absent("unpublished", &registry.site(day), day);
    }
}

#[test]
fn days_of_events_that_are_never_public_stand_in_no_file() {
    let applied =
        ["2022-10-20", "2023-01-16", "2023-01-25", "2024-10-21", "2025-01-20", "2026-10-13", "2026-10-27", "2026-11-12"];
    let decided = ["2021-04-12", "2024-08-26", "2024-10-21", "2026-11-10", "2026-11-17"];
    let others = ["2022-01-11", "2022-03-07", "2022-07-19", "2025-02-17", "2025-03-18"];
    let site = Registry::copy_of("golden").site(DAY);
    for day in applied.into_iter().chain(decided).chain(others) {
        for written in spellings(day) {
            assert_absent(&written, &site, day);
        }
    }
}

#[test]
fn a_renewal_under_way_is_told_only_while_the_service_continues_on_it() {
    let registry = Registry::copy_of("golden");
    // 特個0002-2410 is valid until 2026-10-14, IoT 0002-2411 until 2026-11-04; IP0001-2012 until 2026-12-05.
    let before = registry.site("2026-10-14");
    for written in ["2026-09-03", "2026-09-24"].into_iter().flat_map(spellings) {
        assert_absent(&written, &before, "before the last day is over");
    }
    let site = registry.site(DAY);
    assert_eq!(kinds(&site, "tokuko0002-2410"), ["certified", "renewal-applied"]);
    assert_eq!(kinds(&site, "iot0002-2411"), ["certified", "renewal-applied", "continuation-granted"]);
    assert!(!kinds(&site, "ip0001-2012").contains(&"renewal-applied".to_owned()));
    let continuing = registry.site("2026-12-06");
    assert_eq!(kinds(&continuing, "ip0001-2012").iter().filter(|kind| *kind == "renewal-applied").count(), 1);

    let record = "content/services/tokuko/0002-2410/service.toml";
    registry.write(record, registry.read(record) + "\n[[event]]\non = 2026-11-20\nkind = \"renewed\"\n");
    assert_eq!(kinds(&registry.site(DAY), "tokuko0002-2410"), ["certified", "renewed"]);
}

#[test]
fn refusals_withdrawals_and_returns_are_in_no_data() {
    let registry = Registry::copy_of("golden");
    for day in ["2022-08-01", "2025-04-01", DAY, "2027-06-01"] {
        for (path, bytes) in registry.site(day).iter().filter(|(path, _)| path.ends_with(".json") || path.ends_with(".xml")) {
            let text = String::from_utf8_lossy(bytes);
            for kind in ["renewal-refused", "renewal-withdrawn", "certificate-returned"] {
                assert!(!text.contains(kind), "{day}: {path} tells {kind}");
            }
        }
    }
}

#[test]
fn an_unpublished_cancellation_tells_its_day_and_nothing_else() {
    let site = Registry::copy_of("golden").site(DAY);
    let index = index(&site, "tokuko0003-1911");
    assert_eq!(index["standing"], "revoked");
    assert_eq!(index["ended_on"], "2022-07-04");
    assert_eq!(index["events"].as_array().unwrap().last().unwrap(), &json!({ "on": "2022-07-04", "kind": "revoked" }));
    for (path, bytes) in site.iter().filter(|(path, _)| path.contains("tokuko0003-1911/")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains('②') && !text.contains("届出を怠った場合"), "{path}");
    }
}

#[test]
fn a_published_cancellation_tells_ground_and_note() {
    let site = Registry::copy_of("golden").site(DAY);
    let revoked = index(&site, "iot0001-1904")["events"].as_array().unwrap().last().unwrap().clone();
    let note = "マークが認定外のサービスに使われました。";
    assert_eq!(revoked, json!({ "on": "2022-06-30", "kind": "revoked", "ground": "3", "note": note }));
    let page = String::from_utf8_lossy(&site["iot0001-1904/index.html"]).into_owned();
    assert!(page.contains(note) && page.contains("マークの使い方が規程に反する場合"));
}

#[test]
fn published_improvement_requests_are_told_with_what_became_of_them() {
    let site = Registry::copy_of("golden").site(DAY);
    let kinds = kinds(&site, "ip0001-2012");
    assert_eq!(kinds, ["certified", "renewed", "improvement-requested", "improvement-met", "changed", "renewed", "corrected"]);
}

#[test]
fn what_is_dated_ahead_stands_in_no_file_before_its_day() {
    let registry = Registry::copy_of("golden");
    let today = registry.site(DAY);
    assert_absent("upcoming", &today, DAY);
    assert_absent("0006-2611", &today, DAY);
    assert_absent("0006-2611", &registry.site("2026-12-14"), "the day before its term begins");
    assert_eq!(index(&registry.site("2026-12-15"), "ip0006-2611")["standing"], "valid");
}

#[test]
fn a_preview_with_a_coming_day_changes_nothing_of_the_past() {
    let registry = Registry::copy_of("golden");
    let today = registry.site(DAY);
    registry.site("2027-06-01");
    assert_eq!(registry.site(DAY), today);
}

#[test]
fn before_a_renaming_nothing_tells_the_later_name() {
    let registry = Registry::copy_of("golden");
    let record = "content/services/tokuko/0001-2103/service.toml";
    registry.edit(record, "name = \"住民かんたんクラウド\"", "name = \"later71name\"");
    registry.edit(record, "kana = \"じゅうみんかんたんくらうど\"", "kana = \"later72kana\"");
    registry.edit(record, "name_en = \"Residents' Cloud\"", "name_en = \"later73english\"");
    let renamed = |on: &str, was: &str| format!("\n[[event]]\non = {on}\nkind = \"renamed\"\nwas = \"{was}\"\n");
    // The second renaming ahead is of no account before the first.
    let ahead = renamed("2027-01-10", "住民かんたんクラウド") + &renamed("2028-01-10", "later74name");
    registry.write(record, registry.read(record) + &ahead);
    for (day, name) in [("2022-07-31", "住民クラウド"), (DAY, "住民かんたんクラウド"), ("2027-01-09", "住民かんたんクラウド")]
    {
        let site = registry.site(day);
        assert_absent("later7", &site, day);
        let index = index(&site, "tokuko0001-2103");
        assert_eq!((&index["name"], &index["name_en"]), (&name.into(), &Value::Null), "{day}");
    }
    let between = registry.site("2027-01-10");
    assert_eq!(index(&between, "tokuko0001-2103")["name"], "later74name");
    for later in ["later71", "later72", "later73"] {
        assert_absent(later, &between, "between the two");
    }
}

#[test]
fn before_a_succession_the_service_stands_with_the_holder_of_the_day() {
    let registry = Registry::copy_of("golden");
    let record = "content/services/tokuko/0001-2103/service.toml";
    registry.write("content/providers/later-holder.toml", "name = \"later81holder\"\naddress = \"later82address\"\n");
    registry.edit(record, "provider = \"spring-cloud\"", "provider = \"later-holder\"");
    let succession = "\n[[event]]\non = 2027-01-10\nkind = \"succession\"\nform = \"merger\"\neffect = \"kept\"\nfrom_provider = \"spring-cloud\"\n";
    registry.write(record, registry.read(record) + succession);
    for (day, holder) in [("2024-01-31", "mori-sensing"), (DAY, "spring-cloud"), ("2027-01-09", "spring-cloud")] {
        let site = registry.site(day);
        assert_absent("later8", &site, day);
        assert!(site.iter().all(|(path, bytes)| !path.contains("later-holder") && !holds(bytes, "later-holder")), "{day}");
        assert_eq!(index(&site, "tokuko0001-2103")["provider"]["id"], holder);
        for provider in ["mori-sensing", "spring-cloud"] {
            let listed = site.get(&format!("providers/{provider}/index.html")).is_some_and(|page| holds(page, "tokuko0001-2103"));
            assert_eq!(listed, provider == holder, "{provider} on {day}");
        }
    }
    let after = registry.site("2027-01-10");
    assert_eq!(index(&after, "tokuko0001-2103")["provider"]["id"], "later-holder");
    assert!(holds(&after["providers/later-holder/index.html"], "tokuko0001-2103"));
}

#[test]
fn before_a_provider_changes_its_name_nothing_tells_the_later_one() {
    let registry = Registry::copy_of("golden");
    let record = "content/providers/spring-cloud.toml";
    registry.edit(record, "name = \"スプリングクラウド㈱\"", "name = \"later91name\"");
    registry.edit(record, "kana = \"すぷりんぐくらうど\"", "kana = \"later92kana\"");
    registry.edit(record, "name_en = \"Spring Cloud Inc.\"", "name_en = \"later93english\"");
    let former = "[[former_name]]\nname = \"スプリングクラウド㈱\"\nuntil = 2027-03-31\n";
    registry.write(record, registry.read(record) + former);
    for (day, name) in
        [("2023-05-31", "スプリング＆クラウド株式会社"), (DAY, "スプリングクラウド㈱"), ("2027-03-31", "スプリングクラウド㈱")]
    {
        let site = registry.site(day);
        assert_absent("later9", &site, day);
        assert_eq!(index(&site, "ip0001-2012")["provider"]["name"], name, "{day}");
    }
    let after = registry.site("2027-04-01");
    assert_eq!(index(&after, "ip0001-2012")["provider"]["name"], "later91name");
}

#[test]
fn a_service_names_only_the_former_names_that_its_holder_had_as_such() {
    let site = Registry::copy_of("golden").site(DAY);
    // The holder was called so before it took the service over.
    assert!(!holds(&site["tokuko0001-2103/index.html"], "スプリング＆クラウド株式会社"));
    assert!(holds(&site["ip0001-2012/index.html"], "スプリング＆クラウド株式会社"));
}

#[test]
fn the_day_of_issue_is_told_and_the_day_of_application_never() {
    let site = Registry::copy_of("golden").site(DAY);
    assert_eq!(index(&site, "ip0003-2605")["events"][0]["issued_on"], "2026-05-27");
    assert!(holds(&site["ip0003-2605/index.html"], "2026年5月27日"));
    for written in spellings("2026-03-11") {
        assert_absent(&written, &site, DAY);
    }
}

#[test]
fn where_only_the_fact_of_a_request_is_published_its_content_is_not() {
    let registry = Registry::copy_of("golden");
    let before = registry.site(DAY);
    let notes: Vec<String> = index(&before, "ip0001-2012")["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["kind"].as_str().unwrap().starts_with("improvement"))
        .filter_map(|event| Some(event["note"].as_str()?.to_owned()))
        .collect();
    assert!(!notes.is_empty());
    registry.edit(
        "content/schemes/ip/scheme.toml",
        "published_cancellation",
        "published_improvement = \"fact\"\npublished_cancellation",
    );
    let site = registry.site(DAY);
    assert_eq!(kinds(&site, "ip0001-2012"), kinds(&before, "ip0001-2012"));
    for note in notes {
        assert!(site.values().all(|bytes| !holds(bytes, &note)), "{note}");
    }
}

#[test]
fn the_head_tells_the_providers_own_date_and_otherwise_the_bodys_as_such() {
    let registry = Registry::copy_of("golden");
    let head = |registry: &Registry| {
        let page = String::from_utf8_lossy(&registry.site(DAY)["ip0001-2012/index.html"]).into_owned();
        let (_, rest) = page.split_once("class=dated").or_else(|| page.split_once("class=\"dated\"")).unwrap();
        rest.split_once("</p>").unwrap().0.to_owned()
    };
    let told = head(&registry);
    assert!(told.contains("開示情報の日付") && !told.contains("掲載内容の基準日"), "{told}");
    let catalogue = "content/schemes/ip/items/2024-04-01.toml";
    registry.edit(catalogue, "role = \"disclosed-date\"\n", "");
    let told = head(&registry);
    assert!(told.contains("掲載内容の基準日") && told.contains("2024年10月31日") && !told.contains("開示情報の日付"), "{told}");
}

fn holds(bytes: &[u8], text: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(text)
}

/// The ways a day is written on pages, in data and in calendars.
fn spellings(day: &str) -> [String; 3] {
    let parts: Vec<u32> = day.split('-').map(|part| part.parse().unwrap()).collect();
    [day.to_owned(), format!("{}年{}月{}日", parts[0], parts[1], parts[2]), day.replace('-', "")]
}

/// The word stands in no file, but for the theme's own, where it begins a marked word or is one.
fn assert_absent(word: &str, site: &Site, when: &str) {
    for (path, bytes) in site.iter().filter(|(path, _)| !path.starts_with("assets/")) {
        let text = String::from_utf8_lossy(bytes);
        let marked = |at: usize| {
            word.contains(|c: char| c.is_ascii_digit()) || text[at + word.len()..].starts_with(|c: char| c.is_ascii_digit())
        };
        assert!(!text.match_indices(word).any(|(at, _)| marked(at)), "{when}: {path} shows {word}");
    }
}

fn index(site: &Site, slug: &str) -> Value {
    serde_json::from_slice(&site[&format!("{slug}/index.json")]).unwrap()
}

fn kinds(site: &Site, slug: &str) -> Vec<String> {
    index(site, slug)["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}
