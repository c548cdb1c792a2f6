//! The golden registry: a small one with every case. Its whole output stands in `golden/expected/` and is reviewed when it
//! changes; what must hold of any site is claimed of it here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use support::{DAY, Registry, Run, run, tests, tree};
use walkdir::WalkDir;

type Site = BTreeMap<String, Vec<u8>>;

const MANIFEST: &str = ".kohyo-manifest.json";

#[test]
fn the_golden_registry_gives_the_expected_site() {
    let site = Registry::copy_of("golden").site(DAY);
    let expected = tests().join("golden/expected");
    if std::env::var_os("BLESS").is_some() {
        bless(&site, &expected);
        return;
    }
    let mut faults = Vec::new();
    let stored = tree(&expected);
    let texts = texts(&site);
    faults.extend(stored.keys().filter(|path| !texts.contains_key(*path)).map(|path| format!("{path} is no longer made")));
    for (path, bytes) in &texts {
        match stored.get(path) {
            None => faults.push(format!("{path} is new")),
            Some(stored) if stored != bytes => faults.push(format!("{path} differs: {}", first_difference(stored, bytes))),
            Some(_) => {}
        }
    }
    assert!(faults.is_empty(), "BLESS=1 accepts, review the diff:\n{}", faults.join("\n"));
}

#[test]
fn the_golden_registry_has_warnings_and_no_errors() {
    let found = Registry::copy_of("golden").check(DAY);
    assert_eq!(found.code, 0, "{}", found.stdout);
    assert!(!found.stdout.contains("\"error\""), "{}", found.stdout);
    let problems: Vec<serde_json::Value> = serde_json::from_str(&found.stdout).unwrap();
    assert!(!problems.is_empty());
}

#[test]
fn neither_threads_nor_time_zone_nor_locale_change_a_byte() {
    let registry = Registry::copy_of("golden");
    let usual = registry.site(DAY);
    let surroundings: [&[(&str, &str)]; 4] = [
        &[("RAYON_NUM_THREADS", "1")],
        &[("RAYON_NUM_THREADS", "4")],
        &[("TZ", "Pacific/Kiritimati"), ("LANG", "ja_JP.UTF-8"), ("LC_ALL", "ja_JP.UTF-8")],
        &[("TZ", "America/Los_Angeles"), ("LANG", "C"), ("LC_ALL", "tr_TR.UTF-8"), ("HOME", "/nonexistent")],
    ];
    for env in surroundings {
        let built = build_elsewhere(&registry, env);
        assert_same(&usual, &built, &format!("{env:?}"));
    }
}

#[test]
fn the_order_of_the_files_in_their_folders_changes_no_byte() {
    let usual = Registry::copy_of("golden").site(DAY);
    let reversed = Registry::copy_of("golden");
    reversed.remove("content");
    for (path, bytes) in tree(&tests().join("golden/content")).iter().rev() {
        reversed.write(&format!("content/{path}"), bytes);
    }
    assert_same(&usual, &reversed.site(DAY), "files made in reverse order");
}

#[test]
fn files_of_a_service_are_the_same_on_days_without_events() {
    let registry = Registry::copy_of("golden");
    let (today, tomorrow) = (registry.site(DAY), registry.site("2026-11-23"));
    let slugs = slugs(&today);
    let of_services = |site: &Site| -> Site {
        let is_of_service = |path: &str| path.split('/').any(|segment| slugs.iter().any(|slug| slug == segment));
        site.iter().filter(|(path, _)| is_of_service(path)).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    assert!(slugs.len() >= 14 && of_services(&today).len() >= 2 * slugs.len());
    assert_same(&of_services(&today), &of_services(&tomorrow), "the next day");
}

#[test]
fn home_and_lists_and_the_registry_data_tell_their_day() {
    let registry = Registry::copy_of("golden");
    for (day, other) in [(DAY, "2026-11-23"), ("2026-11-23", DAY)] {
        let site = registry.site(day);
        let schemes = ["iot", "ip", "tokuko"];
        let lists = schemes.iter().flat_map(|id| [format!("{id}/index.html"), format!("{id}/ended/index.html")]);
        for path in lists.chain(["index.html".into(), "data/v1/registry.json".into()]) {
            let text = String::from_utf8(site[&path].clone()).unwrap();
            assert!(text.contains(day), "{path} of {day} does not tell its day");
            assert!(!text.contains(other), "{path} of {day} tells {other}");
        }
    }
}

#[test]
fn a_rebuild_without_a_change_touches_nothing() {
    let registry = Registry::copy_of("golden");
    registry.site(DAY);
    let before = stamps(&registry.public());
    let again = registry.build_on(DAY, DAY);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_eq!(before, stamps(&registry.public()));
}

#[test]
fn a_failed_build_leaves_the_old_site_byte_for_byte() {
    let registry = Registry::copy_of("golden");
    let old = registry.site(DAY);
    let record = "content/services/ip/0001-2012/service.toml";
    registry.edit(record, "provider = \"spring-cloud\"", "provider = \"nobody\"");
    assert_eq!(registry.build_on(DAY, DAY).code, 1);
    assert_same(&old, &tree(&registry.public()), "after an error in a record");

    registry.edit(record, "provider = \"nobody\"", "provider = \"spring-cloud\"");
    registry.edit("content/registry.toml", "theme = \"default\"", "theme = \"broken\"");
    registry.write("themes/broken/templates/service.html", "{{ this is no template");
    assert_eq!(registry.build_on(DAY, DAY).code, 2);
    assert_same(&old, &tree(&registry.public()), "after an error in the theme");
    let left = |name: &String| !["content", "expected", "public", "themes"].contains(&name.as_str());
    let beside = fs::read_dir(registry.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(beside.filter(left).collect::<Vec<_>>(), Vec::<String>::new(), "nothing half-written is left");
}

#[test]
fn files_of_a_removed_service_are_gone() {
    let registry = Registry::copy_of("golden");
    let before = registry.site(DAY);
    let has = |site: &Site| site.keys().any(|path| path.split('/').any(|segment| segment == "iot0005-2210"));
    assert!(has(&before));
    let after = registry.remove("content/services/iot/0005-2210").site(DAY);
    assert!(!has(&after));
    let fresh = build_elsewhere(&registry, &[]);
    assert_same(&fresh, &after, "a rebuild and a first build");
    assert!(!registry.public().join("iot0005-2210").exists(), "no empty folder is left");
}

/// What is compared file by file; everything else stands in `files.txt` by its fingerprint.
fn texts(site: &Site) -> Site {
    let mut listed = String::new();
    let mut texts = Site::new();
    for (path, bytes) in site {
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let is_text = matches!(ending, "html" | "json" | "csv" | "xml" | "txt" | "svg" | "ics") && !path.starts_with("assets/");
        if path == MANIFEST {
            listed.push_str(&format!("{path}\n"));
        } else if is_text {
            texts.insert(path.clone(), bytes.clone());
        } else {
            listed.push_str(&format!("{path} {:032x}\n", xxhash_rust::xxh3::xxh3_128(bytes)));
        }
    }
    texts.insert("files.txt".into(), listed.into_bytes());
    texts
}

fn bless(site: &Site, expected: &Path) {
    if expected.exists() {
        fs::remove_dir_all(expected).unwrap();
    }
    for (path, bytes) in texts(site) {
        let path = expected.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// What stands around the first byte that differs, as it is expected and as it is.
fn first_difference(expected: &[u8], actual: &[u8]) -> String {
    let at = expected.iter().zip(actual).take_while(|(a, b)| a == b).count();
    let around = |bytes: &[u8]| {
        let part = &bytes[at.saturating_sub(40)..bytes.len().min(at + 80)];
        String::from_utf8_lossy(part).into_owned()
    };
    format!("at byte {at}\n  expected: {:?}\n  actual:   {:?}", around(expected), around(actual))
}

fn assert_same(expected: &Site, actual: &Site, why: &str) {
    let (names, others): (Vec<_>, Vec<_>) = (expected.keys().collect(), actual.keys().collect());
    assert_eq!(names, others, "{why}");
    for (path, bytes) in expected {
        assert!(bytes == &actual[path], "{why}: {path} differs {}", first_difference(bytes, &actual[path]));
    }
}

/// The site as a first build into an empty folder makes it.
fn build_elsewhere(registry: &Registry, env: &[(&str, &str)]) -> Site {
    let out = tempfile::tempdir().unwrap();
    let (root, folder) = (registry.root().to_str().unwrap(), out.path().to_str().unwrap());
    let Run { code, stderr, .. } = run(&["build", "--root", root, "--out", folder, "--date", DAY, "--today", DAY], env);
    assert_eq!(code, 0, "{stderr}");
    tree(out.path())
}

/// The first segments of the addresses of all services.
fn slugs(site: &Site) -> Vec<String> {
    let registry: serde_json::Value = serde_json::from_slice(&site["data/v1/registry.json"]).unwrap();
    let pages = registry["services"].as_array().unwrap().iter().map(|service| service["page"].as_str().unwrap().to_owned());
    pages.map(|page| page.trim_end_matches('/').rsplit('/').next().unwrap().to_owned()).collect()
}

/// Every file and folder with its inode and the time it was last written.
fn stamps(folder: &Path) -> BTreeMap<String, (u64, i64, i64)> {
    let entries = WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            let data = entry.metadata().unwrap();
            (entry.path().to_str().unwrap().to_owned(), (data.ino(), data.mtime(), data.mtime_nsec()))
        })
        .collect()
}
