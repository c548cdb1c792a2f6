//! The facts that verification rests on: every published number stands in exactly one file, says what the service's own data
//! say, and tells no more than the scheme publishes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeMap;

use serde_json::Value;
use support::{DAY, Registry};

mod support;

type Site = BTreeMap<String, Vec<u8>>;

/// Every fact of every file, by the address of its service.
fn facts(site: &Site) -> BTreeMap<String, Value> {
    let mut facts = BTreeMap::new();
    for (path, bytes) in site {
        let Some(name) = path.strip_prefix("verify/").and_then(|name| name.strip_suffix(".json")) else { continue };
        let (scheme, thousand) = name.rsplit_once('-').unwrap();
        for fact in serde_json::from_slice::<Vec<Value>>(bytes).unwrap() {
            let digits = fact["digits"].as_str().unwrap();
            let serial: usize = digits.split('-').next().unwrap().parse().unwrap();
            assert_eq!(serial / 1000, thousand.parse::<usize>().unwrap(), "{path}: {digits}");
            let known = facts.insert(format!("{scheme}{digits}"), fact);
            assert!(known.is_none(), "{path}: {known:?}");
        }
    }
    facts
}

#[test]
fn every_published_number_has_the_facts_of_its_own_data_and_no_other_number_has_any() {
    let site = Registry::copy_of("golden").site(DAY);
    let facts = facts(&site);
    let mut services = 0;
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with("/index.json") && !path.starts_with("assets/")) {
        let data: Value = serde_json::from_slice(bytes).unwrap();
        let fact = &facts[path.strip_suffix("/index.json").unwrap()];
        assert!(data["number"].as_str().unwrap().ends_with(fact["digits"].as_str().unwrap()));
        for (of_fact, of_data) in [
            ("name", "/name"),
            ("name_en", "/name_en"),
            ("provider", "/provider/name"),
            ("provider_en", "/provider/name_en"),
            ("standing", "/standing"),
            ("certified", "/certified_on"),
            ("since", "/standing_since"),
            ("until", "/valid_until"),
        ] {
            assert_eq!(fact.get(of_fact), data.pointer(of_data), "{path}: {of_fact}");
        }
        assert_eq!(fact["mark"].as_bool().unwrap(), data.get("mark").is_some(), "{path}");
        let revoked = data["events"].as_array().unwrap().iter().find(|event| event["kind"] == "revoked");
        let ground = revoked.and_then(|event| event.get("ground")).is_some();
        assert_eq!(fact.get("ground").is_some(), ground, "{path}: the ground is told where it is public");
        services += 1;
    }
    assert_eq!(facts.len(), services);
}

#[test]
fn the_facts_change_only_when_a_standing_does() {
    let registry = Registry::copy_of("golden");
    let of = |site: Site| -> Site {
        site.into_iter().filter(|(path, _)| path.starts_with("verify/") && path.ends_with(".json")).collect()
    };
    let (today, tomorrow) = (of(registry.site(DAY)), of(registry.site("2026-11-23")));
    assert!(!today.is_empty() && today == tomorrow);
}
