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
