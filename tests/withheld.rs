//! Withheld texts and events that are never public: changed, removed or due, they leave no trace where they must not.
//!
//! The golden registry marks what must not be seen: `canary01sealed` and a rare character after it in sealed texts,
//! `earlier…` in open texts that a later disclosure withholds, `afterend…` in disclosures of services that have ended,
//! `unpublished…` in notes that are not public, `upcoming…` in what is dated ahead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;

use kohyo::model::{Answer, Disclosure, Periods};
use kohyo::redact::Days;
use kohyo::render::Parts;
use serde_json::Value;
use support::{DAY, Registry, tree};

type Site = BTreeMap<String, Vec<u8>>;

/// The last day of the withholding of `service-basics.support` in the disclosure of 2024-10-31, and the day after.
const LAST: &str = "2026-09-30";
const AFTER: &str = "2026-10-01";

const SERVICE: &str = "content/services/ip/0001-2012";

#[test]
fn while_all_periods_run_sealed_texts_change_no_byte() {
    for end in ["hold", "publish"] {
        let registry = golden(end);
        let usual = registry.site(LAST);
        assert_eq!(changed_texts(&registry).site(LAST), usual, "{end}: other texts");
        remove_sealed(&registry);
        assert_eq!(registry.site(LAST), usual, "{end}: no sealed files");
    }
}

#[test]
fn where_texts_are_held_sealed_files_change_no_byte_on_any_day() {
    let registry = golden("hold");
    let days = ["2021-06-01", "2024-10-31", AFTER, DAY, "2026-12-06", "2027-11-01", "2029-01-01"];
    let usual = days.map(|day| registry.site(day));
    changed_texts(&registry);
    assert_eq!(days.map(|day| registry.site(day)), usual, "other texts");
    remove_sealed(&registry);
    assert_eq!(days.map(|day| registry.site(day)), usual, "no sealed files");
}

#[test]
fn sealed_texts_occur_in_no_file_message_or_log_while_they_are_held() {
    let registry = golden("hold");
    let canaries = canaries(&registry);
    assert!(canaries.len() >= 9 * 2);
    for day in ["2021-06-01", "2024-10-31", LAST, AFTER, DAY, "2027-04-01", "2029-01-01"] {
        let built = registry.build_on(day, day);
        assert_eq!(built.code, 0, "{}", built.stderr);
        assert_absent(&canaries, &tree(&registry.public()), day);
        let mut told = vec![built.stdout, built.stderr];
        for (format, lang) in
            [("human", "ja"), ("human", "en"), ("json", "ja"), ("json", "en"), ("github", "ja"), ("github", "en")]
        {
            let run = registry.run(&["check", "--date", day, "--format", format, "--lang", lang]);
            told.extend([run.stdout, run.stderr]);
        }
        for canary in &canaries {
            assert!(told.iter().all(|text| !text.contains(canary)), "a message on {day} shows {canary}");
        }
    }
}

#[test]
fn messages_about_broken_disclosures_show_no_sealed_text() {
    let canaries = canaries(&golden("hold"));
    let sealed = format!("{SERVICE}/disclosures/2024-10-31.withheld.toml");
    let faults = [
        ("\"売上高 canary", "売上高 canary"),
        ("[finance]", "[finances]"),
        ("sales =", "sale ="),
        ("sealed = true", "sealed = 1"),
        ("\"売上高", "\"\u{7}売上高"),
    ];
    for (from, to) in faults {
        let registry = golden("hold");
        registry.edit(&sealed, from, to);
        for args in [
            ["check", "--format", "json"],
            ["check", "--format", "human"],
            ["check", "--format", "github"],
            ["build", "--today", DAY],
        ] {
            let run = registry.run(&[&args[..], &["--date", DAY]].concat());
            assert_eq!(run.code, 1, "{to}: {}", run.stderr);
            let told = run.stdout + &run.stderr;
            assert!(canaries.iter().all(|canary| !told.contains(canary)), "{to}: {told}");
        }
    }
}

#[test]
fn a_sealed_text_opens_only_where_its_period_is_over_on_both_days() {
    let registry = golden("publish");
    let cases = [
        (LAST, LAST, false),
        (AFTER, LAST, false),
        (LAST, AFTER, false),
        (AFTER, AFTER, true),
        ("2029-01-01", LAST, false),
        (DAY, AFTER, true),
    ];
    for (shown, today, opens) in cases {
        let site = build(&registry, shown, today);
        let answer = answer(&site, "ip0001-2012", "service-basics.support", None);
        if opens {
            assert_eq!(answer["kind"], "text", "{shown} built on {today}");
            assert_eq!(answer["text"], "24時間 canary04sealed 龠");
            assert!(files_with("canary04sealed", &site).contains(&"ip0001-2012/index.html"), "{shown} built on {today}");
        } else {
            assert_ne!(answer["kind"], "text", "{shown} built on {today}");
            assert_absent(&canaries(&registry), &site, &format!("{shown} built on {today}"));
        }
    }
}

#[test]
fn an_item_says_until_when_it_is_withheld_and_since_when_it_is_pending() {
    for end in ["hold", "publish"] {
        let registry = golden(end);
        remove_sealed(&registry);
        let at = |day: &str| answer(&registry.site(day), "ip0001-2012", "service-basics.support", None);
        assert_eq!(at(LAST), serde_json::json!({ "kind": "withheld", "until": LAST, "ground": "営業上の秘密" }), "{end}");
        assert_eq!(at(AFTER), serde_json::json!({ "kind": "pending", "since": AFTER }), "{end}");
    }
}

#[test]
fn chained_periods_count_as_one_and_a_withholding_without_an_end_never_opens() {
    let registry = golden("publish");
    for twin in ["2026-12-01.toml", "2026-12-01.withheld.toml"] {
        registry.remove(&format!("{SERVICE}/disclosures/{twin}"));
    }
    let backup = |day: &str| answer(&build(&registry, day, day), "ip0001-2012", "service-basics.backup", None);
    for day in ["2025-10-31", "2025-11-01", "2027-10-31"] {
        let answer = backup(day);
        assert_eq!((&answer["kind"], &answer["until"]), (&Value::from("withheld"), &Value::from("2027-10-31")), "{day}");
    }
    assert_eq!(backup("2027-11-01")["kind"], "text");
    let site = build(&registry, "2035-01-01", "2035-01-01");
    let update = answer(&site, "iot0002-2411", "device.update", None);
    assert_eq!(update, serde_json::json!({ "kind": "withheld", "ground": "安全管理のため公表しない措置" }));
}

#[test]
fn what_a_later_disclosure_withholds_is_hidden_in_the_earlier_one_that_is_shown() {
    let registry = golden("hold");
    // The disclosure of 2022 is shown. Those of 2024-10-31 and 2026-12-01 withhold sales, the backup under its new name,
    // and the power of the eastern centre.
    for (shown, today) in [("2023-06-01", "2023-06-01"), ("2023-06-01", DAY), ("2023-06-01", "2030-01-01")] {
        let site = build(&registry, shown, today);
        let found = marked(&site, "earlier");
        assert_eq!(found, ["earlier10west"], "{shown} built on {today}");
        assert_eq!(answer(&site, "ip0001-2012", "service-basics.data-backup", None)["kind"], "withheld");
        assert_eq!(answer(&site, "ip0001-2012", "housing.power", Some("東日本データセンター"))["kind"], "withheld");
    }
    // The one of 2024 is shown; the coming one names one table by its label and another by one that is not there.
    let site = registry.site(DAY);
    assert_eq!(marked(&site, "earlier"), Vec::<String>::new());
    let west = |item: &str| answer(&site, "ip0001-2012", item, Some("西日本データセンター"));
    assert_eq!(west("housing.cooling")["kind"], "withheld", "no table has the label, so all hide it");
    assert_eq!(west("housing.power")["kind"], "text", "a table of the same label hides it alone");
}

#[test]
fn what_no_later_disclosure_withholds_stays_public() {
    let registry = golden("hold");
    for date in ["2024-10-31", "2026-12-01"] {
        registry
            .remove(&format!("{SERVICE}/disclosures/{date}.toml"))
            .remove(&format!("{SERVICE}/disclosures/{date}.withheld.toml"));
    }
    assert_eq!(
        marked(&registry.site("2023-06-01"), "earlier"),
        ["earlier07sales", "earlier08backup", "earlier09east", "earlier10west"]
    );
}

#[test]
fn a_renamed_item_of_a_repeating_section_is_hidden_by_its_label() {
    let registry = golden("hold");
    let coming = format!("{SERVICE}/disclosures/2026-12-01.toml");
    let withheld = "building-type = { withheld = [{ requested = 2026-11-01, from = 2026-12-01, until = 2027-11-30, ground = \"business-secret\" }] }";
    let north = "label = \"北日本データセンター\"\nbuilding-type = \"専用\"";
    registry.edit(&coming, north, &format!("label = \"西日本データセンター\"\n{withheld}"));
    registry.edit(&format!("{SERVICE}/disclosures/2026-12-01.withheld.toml"), "北日本", "西日本");
    let site = registry.site("2023-06-01");
    assert_eq!(marked(&site, "earlier"), Vec::<String>::new());
    assert_eq!(answer(&site, "ip0001-2012", "housing.building", Some("東日本データセンター"))["text"], "専用建物");
}

#[test]
fn after_the_end_nothing_of_a_disclosure_is_left_unless_it_is_kept() {
    let registry = golden("hold");
    let site = registry.site(DAY);
    assert_eq!(marked(&site, "afterend"), Vec::<String>::new());
    let ended = ["tokuko0003-1911", "ip0002-2103", "ip0004-1804", "ip0005-2001", "iot0001-1904", "iot0003-2010"];
    for slug in ended {
        assert!(index(&site, slug).get("sections").is_none(), "{slug}");
    }
    registry.edit("content/registry.toml", "keep_disclosure_after_end = false", "keep_disclosure_after_end = true");
    let kept = registry.site(DAY);
    assert_eq!(marked(&kept, "afterend").len(), 7);
    assert_absent(&canaries(&registry), &kept, "kept after the end");
    for slug in ended {
        assert!(index(&kept, slug).get("sections").is_some(), "{slug}");
    }
}

#[test]
fn a_day_ahead_of_the_clock_opens_no_sealed_text() {
    let registry = golden("publish");
    for (shown, today, clock, opens) in [
        (AFTER, AFTER, LAST, false),
        ("2029-01-01", "2029-01-01", LAST, false),
        (AFTER, AFTER, AFTER, true),
        (AFTER, LAST, AFTER, false),
    ] {
        let site = build_by_clock(&registry, shown, today, clock);
        let answer = answer(&site, "ip0001-2012", "service-basics.support", None);
        assert_eq!(answer["kind"] == "text", opens, "{shown}, built on {today} by a clock of {clock}");
    }
    // No real clock stands after this period, whatever the command says.
    let open = format!("{SERVICE}/disclosures/2024-10-31.toml");
    registry.edit(&open, "until = 2026-09-30", "until = 2998-12-31");
    let run = registry.build_on("2999-06-01", "2999-06-01");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(files_with("canary04sealed", &tree(&registry.public())).is_empty());
}

#[test]
fn an_item_is_withheld_until_the_latest_end_and_a_period_that_ends_before_an_earlier_one_is_an_error() {
    let registry = golden("publish");
    let open = format!("{SERVICE}/disclosures/2024-10-31.toml");
    let shortened =
        "until = 2026-09-30, ground = \"business-secret\" }, { requested = 2025-09-01, from = 2025-10-31, until = 2026-03-31";
    registry.edit(&open, "until = 2026-09-30", shortened);
    let run = registry.check(DAY);
    assert!(run.code == 1 && run.stdout.contains("withholding-order"), "{}", run.stdout);
    let checked = kohyo::check(registry.root(), |_| DAY.parse().unwrap()).unwrap();
    let service = checked.registry.services.iter().find(|service| service.place == "ip/0001-2012").unwrap();
    let withheld = service.disclosures.iter().flat_map(Disclosure::entries).filter_map(|(_, entry)| {
        let Answer::Withheld(withholding) = &entry.answer else { return None };
        Some(&withholding.periods)
    });
    let ends_early = |periods: &&Periods| periods.0.last().is_some_and(|last| last.until == "2026-03-31".parse().ok());
    let periods = withheld.filter(ends_early).collect::<Vec<_>>();
    assert_eq!(periods.len(), 1);
    for (day, over) in [("2026-04-01", false), (LAST, false), (AFTER, true)] {
        assert_eq!(periods[0].over_on(day.parse().unwrap()), over, "{day}");
    }
}

#[test]
fn no_sealed_file_is_asked_what_is_withheld() {
    let registry = golden("publish");
    let usual = registry.site(LAST);
    let sealed = format!("{SERVICE}/disclosures/2024-10-31.withheld.toml");
    let text = registry.read(&sealed);
    registry.write(&sealed, text.replace("東日本データセンター", "南日本データセンター"));
    let run = registry.check(LAST);
    assert!(run.code == 1 && run.stdout.contains("sealed-label"), "{}", run.stdout);
    assert_eq!(registry.build_on(LAST, LAST).code, 1);
    for wrong in [
        text.replace("cooling", "power"),
        text.replace("sales", "capital"),
        "sealed = true\n".to_owned(),
        text.replace("龠", "龢"),
    ] {
        registry.write(&sealed, wrong);
        assert!(registry.site(LAST) == usual, "a wrong sealed file changes the site");
    }
}

#[test]
fn a_renewal_is_a_period_of_its_own_and_unknown_before_it_was_requested() {
    let registry = golden("hold");
    let open = format!("{SERVICE}/disclosures/2024-10-31.toml");
    let renewed =
        "until = 2026-09-30, ground = \"business-secret\" }, { requested = 2026-08-20, from = 2026-10-01, until = 2027-09-30";
    registry.edit(&open, "until = 2026-09-30", renewed);
    let at = |day: &str| answer(&build(&registry, day, DAY), "ip0001-2012", "service-basics.support", None);
    assert_eq!(at("2026-08-19"), serde_json::json!({ "kind": "withheld", "until": "2026-09-30", "ground": "営業上の秘密" }));
    let periods =
        serde_json::json!([{ "from": "2024-10-31", "until": "2026-09-30" }, { "from": "2026-10-01", "until": "2027-09-30" }]);
    for day in ["2026-08-20", AFTER] {
        let answer = at(day);
        assert_eq!((&answer["until"], &answer["periods"]), (&Value::from("2027-09-30"), &periods), "{day}");
    }
    let site = build(&registry, "2026-08-19", DAY);
    assert!(!files_with("2027-09-30", &site).iter().any(|path| path.starts_with("ip0001-2012/")), "the end is told too early");
    let site = build(&registry, AFTER, DAY);
    let page = String::from_utf8_lossy(&site["ip0001-2012/index.html"]).into_owned();
    assert!(page.contains("に始まった期間の更新です"), "the page tells the renewal");
}

#[test]
fn a_sealed_text_in_any_public_text_is_an_error_that_does_not_show_it() {
    let sealed = "SALES-9 売上高 1,234百万円（2025年3月期）";
    let spelt = [
        "SALES-9 売上高 1,234百万円（2025年3月期）",
        "ｓａｌｅｓ－９　売上高　１，２３４百万円（２０２５年３月期）",
        "今期は売上高 1,234百万円でした",
    ];
    let places = [
        ("content/registry.toml", "title = \""),
        ("content/registry.toml", "hours = \""),
        ("content/schemes/ip/scheme.toml", "meaning = \""),
        ("content/schemes/ip/items/2011-12-16.toml", "guidance = \""),
        ("content/providers/spring-cloud.toml", "name = \""),
        ("content/providers/spring-cloud.toml", "address = \""),
        ("content/services/ip/0001-2511/service.toml", "summary = \""),
        ("content/services/ip/0001-2511/disclosures/2025-11-15.toml", "monitoring = \""),
        ("content/services/ip/0001-2511/disclosures/2025-11-15.toml", "label = \""),
    ];
    let base = || {
        let registry = Registry::copy_of("checks/sealed-text-in-public");
        support::copy(&support::tests().join("checks/_base"), registry.root());
        support::copy(&support::tests().join("checks/sealed-text-in-public"), registry.root());
        registry.edit("content/services/ip/0001-2511/service.toml", "売上高 1,234百万円", "");
        let twin = "content/services/ip/0001-2511/disclosures/2025-11-15.withheld.toml";
        registry.write(twin, format!("sealed = true\n\n[finance]\nsales = \"{sealed}\"\n"));
        registry
    };
    let usual = base().check(DAY);
    assert!(!usual.stdout.contains("sealed-text-in-public"), "{}", usual.stdout);
    for (path, key) in places {
        for (at, text) in spelt.iter().enumerate() {
            // What the body's catalogues say is its language: there the whole text is looked for.
            if at == 2 && (path.contains("schemes")) {
                continue;
            }
            let registry = base();
            let whole = registry.read(path);
            assert!(whole.contains(key), "{path} has no {key}");
            registry.write(path, whole.replacen(key, &format!("{key}{text}"), 1));
            let run = registry.check(DAY);
            assert!(run.code == 1 && run.stdout.contains("sealed-text-in-public"), "{path} {key} {text}: {}", run.stdout);
            let human = registry.run(&["check", "--date", DAY, "--lang", "ja"]);
            let told = [run.stdout, human.stdout, human.stderr].concat();
            assert!(!told.contains("SALES") && !told.contains("234百万円") && !told.contains("２３４"), "{told}");
        }
    }
    for (path, front) in [
        ("content/notices/2026-01-01-news.md", "+++\ntitle = \"A\"\nkind = \"B\"\n+++\n"),
        ("content/pages/news.md", "+++\ntitle = \"A\"\n+++\n"),
        ("content/schemes/ip/news.md", "+++\ntitle = \"A\"\n+++\n"),
    ] {
        for text in spelt {
            let registry = base();
            registry.write(path, format!("{front}一行目\n\n{text}\n"));
            let run = registry.check(DAY);
            assert!(run.code == 1 && run.stdout.contains("sealed-text-in-public"), "{path} {text}: {}", run.stdout);
            assert!(!run.stdout.contains("234百万円"), "{}", run.stdout);
        }
    }
}

fn golden(withholding_end: &str) -> Registry {
    let registry = Registry::copy_of("golden");
    registry.edit("content/registry.toml", "withholding_end = \"hold\"", &format!("withholding_end = \"{withholding_end}\""));
    registry
}

/// A site as it is built on a day, by the clock too. The program itself asks the machine's clock, and no flag moves that: a
/// later day's site is made in process, where days are values.
fn build(registry: &Registry, shown: &str, today: &str) -> Site {
    build_by_clock(registry, shown, today, today)
}

fn build_by_clock(registry: &Registry, shown: &str, today: &str, clock: &str) -> Site {
    let [shown, today, clock] = [shown, today, clock].map(|day| day.parse().unwrap());
    let checked = kohyo::check(registry.root(), |_| shown).unwrap();
    assert!(!checked.problems.has_errors(), "{:?}", checked.problems);
    let (days, parts) = (Days { shown, today, clock }, Parts { pages: true, data: true, marks: false });
    kohyo::build(registry.root(), &registry.public(), checked.registry, days, parts, &|_, _| {}).unwrap();
    tree(&registry.public())
}

fn sealed_files(registry: &Registry) -> Vec<String> {
    let files = tree(&registry.root().join("content")).into_keys().filter(|path| path.ends_with(".withheld.toml"));
    let files: Vec<String> = files.map(|path| format!("content/{path}")).collect();
    assert!(files.len() >= 5);
    files
}

fn remove_sealed(registry: &Registry) {
    sealed_files(registry).iter().for_each(|path| _ = registry.remove(path));
}

fn changed_texts(registry: &Registry) -> &Registry {
    for path in sealed_files(registry) {
        registry.edit(&path, "canary", "まったく別の文で、長さも違います。");
    }
    registry
}

/// What is searched for: the marked word of every sealed text, and its rare character in the ways it may be written.
fn canaries(registry: &Registry) -> Vec<String> {
    let texts: Vec<String> = sealed_files(registry).iter().map(|path| registry.read(path)).collect();
    let mut found = Vec::new();
    for text in &texts {
        for (at, _) in text.match_indices("canary") {
            let rest: Vec<char> = text[at..].chars().take(16).collect();
            let rare = rest[15];
            found.push(rest[..14].iter().collect());
            found.extend([
                rare.to_string(),
                format!("\\u{:04x}", u32::from(rare)),
                format!("&#x{:x};", u32::from(rare)),
                format!("&#{};", u32::from(rare)),
            ]);
        }
    }
    found
}

fn assert_absent(needles: &[String], site: &Site, when: &str) {
    for (path, bytes) in site.iter().filter(|(path, _)| !path.starts_with("assets/")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let seen: Vec<_> = needles.iter().filter(|needle| text.contains(needle.as_str())).collect();
        assert!(seen.is_empty(), "{when}: {path} shows {seen:?}");
    }
}

fn files_with<'s>(needle: &str, site: &'s Site) -> Vec<&'s str> {
    site.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(needle)).map(|(path, _)| path.as_str()).collect()
}

/// Every marked word of a kind that stands in any file.
fn marked(site: &Site, kind: &str) -> Vec<String> {
    let mut found = std::collections::BTreeSet::new();
    for bytes in site.values() {
        let text = String::from_utf8_lossy(bytes);
        for (at, _) in text.match_indices(kind) {
            let word: String = text[at..].chars().take_while(char::is_ascii_alphanumeric).collect();
            if word[kind.len()..].starts_with(|c: char| c.is_ascii_digit()) {
                found.insert(word);
            }
        }
    }
    found.into_iter().collect()
}

fn index(site: &Site, slug: &str) -> Value {
    serde_json::from_slice(&site[&format!("{slug}/index.json")]).unwrap()
}

fn answer(site: &Site, slug: &str, item: &str, label: Option<&str>) -> Value {
    let index = index(site, slug);
    let sections = index["sections"].as_array().expect("the disclosure is shown").iter();
    let mut tables = sections.filter(|section| label.is_none_or(|label| section["label"] == label));
    let found = tables.find_map(|section| section["items"].as_array().unwrap().iter().find(|entry| entry["id"] == item).cloned());
    found.expect("every item is there")["answer"].clone()
}
