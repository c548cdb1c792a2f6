//! Records as they arrive: from another editor, empty, at odd places, far too deep, far too long. None of it stops the program
//! in another way than with an exit code and messages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::fs;

use serde_json::Value;
use support::{DAY, Registry, tree};

mod support;

const SERVICE: &str = "content/services/ip/0001-2504/service.toml";
const DISCLOSURE: &str = "content/services/ip/0001-2504/disclosures/2025-04-01.toml";

fn sample() -> Registry {
    Registry::copy_of("cli")
}

/// Every file of a registry's content, by path from its root.
fn records(registry: &Registry) -> Vec<String> {
    tree(&registry.root().join("content")).into_keys().map(|path| format!("content/{path}")).collect()
}

/// Exit code and codes of a check, which ended in the ordinary way.
fn checked(registry: &Registry) -> (i32, Vec<String>) {
    let run = registry.check(DAY);
    assert!(matches!(run.code, 0 | 1) && !run.stderr.contains("panicked"), "{}: {}", run.code, run.stderr);
    let problems: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    let human = registry.run(&["check", "--date", DAY]);
    assert_eq!((human.code, human.stdout.as_str()), (run.code, ""), "{}", human.stderr);
    (run.code, problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn records_with_byte_order_mark_and_crlf_give_the_same_site() {
    let registry = sample();
    let plain = registry.site(DAY);
    for path in records(&registry) {
        let text = registry.read(&path);
        assert!(!text.contains('\r'));
        registry.write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    registry.remove("public");
    let same = registry.site(DAY);
    for (path, bytes) in &plain {
        assert!(same.get(path) == Some(bytes), "{path} differs");
    }
    assert_eq!(plain.len(), same.len());
}

#[test]
fn places_of_problems_are_the_same_with_byte_order_mark_and_crlf() {
    let registry = sample();
    registry.edit(SERVICE, "provider = \"mihon\"", "provider = \"nobody\"").edit(DISCLOSURE, "audit", "adit");
    let plain = registry.check(DAY).stdout;
    for path in [SERVICE, DISCLOSURE] {
        let text = registry.read(path);
        registry.write(path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    assert_eq!(registry.check(DAY).stdout, plain);
}

#[test]
fn an_empty_record_is_an_error_and_stops_no_other() {
    let registry = sample();
    for path in records(&registry) {
        let text = registry.read(&path);
        for empty in ["", "\u{feff}\r\n", "# 空\n"] {
            registry.write(&path, empty);
            let (code, codes) = checked(&registry);
            assert!(code == 1 && !codes.is_empty(), "{path} as {empty:?}: {codes:?}");
        }
        registry.write(&path, text);
    }
    assert_eq!(checked(&registry), (0, vec![]));
}

#[test]
fn a_folder_named_like_a_record_is_an_error() {
    for path in records(&sample()) {
        let registry = sample();
        registry.remove(&path);
        fs::create_dir(registry.root().join(&path)).unwrap();
        let (code, codes) = checked(&registry);
        assert_eq!(code, 1, "{path}: {codes:?}");
        registry.write(&format!("{path}/inside.toml"), "name = 1");
        let (code, codes) = checked(&registry);
        assert!(code == 1 && codes.contains(&"stray-file".to_owned()), "{path}: {codes:?}");
    }
}

#[test]
fn a_record_named_like_a_folder_is_an_error() {
    let folders = [
        "schemes",
        "schemes/ip",
        "schemes/ip/items",
        "providers",
        "services",
        "services/ip",
        "services/ip/0001-2504",
        "services/ip/0001-2504/disclosures",
        "notices",
        "pages",
    ];
    for folder in folders {
        let registry = sample();
        registry.remove(&format!("content/{folder}")).write(&format!("content/{folder}"), "name = \"株式会社\"");
        assert_eq!(checked(&registry).0, 1, "{folder}");
    }
}

#[test]
fn a_content_folder_that_holds_nothing_is_an_error() {
    let registry = sample();
    registry.remove("content");
    fs::create_dir(registry.root().join("content")).unwrap();
    assert_eq!(checked(&registry), (1, vec!["missing-file".to_owned()]));
}

#[test]
fn stray_files_are_found_at_any_depth_and_by_any_name() {
    let deep = format!("content/{}file.toml", "deep/".repeat(200));
    let paths = [
        &deep,
        "content/ providers.toml",
        "content/providers/名.toml",
        "content/providers/mihon.TOML",
        "content/providers/mihon.toml~",
        "content/Providers/mihon.toml",
        "content/services/ip/0001-2504/disclosures/2025-04-01.witheld.toml",
        "content/services/ip/0001-2504/disclosures/2025-4-1.toml",
        "content/services/ip/0001-2504/disclosures/more/2025-04-01.toml",
    ];
    for path in paths {
        let registry = sample();
        registry.write(path, "name = \"株式会社\"");
        let (code, codes) = checked(&registry);
        assert!(
            code == 1 && (codes.contains(&"stray-file".to_owned()) || codes.contains(&"id-form".to_owned())),
            "{path}: {codes:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_utf_8_is_an_error() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let registry = sample();
    let name = OsStr::from_bytes(b"mi\xff\xfehon.toml");
    fs::write(registry.root().join("content/providers").join(name), "").unwrap();
    assert_eq!(checked(&registry).0, 1);
}

#[test]
fn hidden_files_are_passed_over() {
    let registry = sample();
    registry
        .write("content/.gitignore", "*.withheld.toml")
        .write("content/providers/.mihon.toml.swp", [0, 255])
        .write("content/.git/HEAD", "");
    assert_eq!(checked(&registry), (0, vec![]));
}

#[test]
fn values_nested_far_too_deep_are_an_error_and_no_crash() {
    const DEPTH: usize = 20_000;
    let deep = [
        format!("name = {}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)),
        format!("name = {}", "[".repeat(DEPTH)),
        format!("name = {}1{}", "{ a = ".repeat(DEPTH), " }".repeat(DEPTH)),
        format!("name = {}", "{a=[".repeat(DEPTH)),
        format!("{}a = 1", "a.".repeat(DEPTH)),
        format!("name = {{ {}a = 1 }}", "a.".repeat(DEPTH)),
        format!("[{}a]", "a.".repeat(DEPTH)),
        format!("[[{}a]]", "a.".repeat(DEPTH)),
    ];
    for path in ["content/registry.toml", SERVICE, DISCLOSURE] {
        let registry = sample();
        let text = registry.read(path);
        for deep in &deep {
            registry.write(path, deep);
            assert_eq!(checked(&registry).0, 1, "{path} as {}…", &deep[..20]);
            registry.write(path, format!("{text}\n{deep}\n"));
            assert_eq!(checked(&registry).0, 1, "{path} with {}…", &deep[..20]);
        }
    }
}

#[test]
fn markdown_nested_far_too_deep_is_no_crash() {
    let registry = sample();
    for deep in ["> ".repeat(20_000), "* ".repeat(20_000), "[".repeat(20_000), "**a ".repeat(20_000), "`".repeat(20_001)] {
        registry.write("content/pages/about.md", format!("+++\ntitle = \"深\"\n+++\n\n{deep}x\n"));
        checked(&registry);
        let run = registry.build_on(DAY, DAY);
        assert!(matches!(run.code, 0 | 1), "{}", run.stderr);
    }
}

#[test]
fn a_very_long_line_is_published_as_any_other() {
    let registry = sample();
    let long = "長".repeat(400_000);
    registry.edit(DISCLOSURE, "\"株式会社見本\"", &format!("\"{long}\""));
    let site = registry.site(DAY);
    let page = String::from_utf8_lossy(&site["ip0001-2504/index.html"]).into_owned();
    assert!(page.contains(&long));
}

#[test]
fn a_problem_in_a_very_long_line_is_told_in_few_words() {
    let registry = sample();
    registry.edit(SERVICE, "provider = \"mihon\"", &format!("provider = \"{}\"", "mihon".repeat(100_000)));
    let run = registry.run(&["check", "--date", DAY, "--lang", "en"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("unknown-provider") && run.stderr.contains("service.toml:6:12"));
    assert!(run.stderr.len() < 20_000, "{} bytes", run.stderr.len());
}

#[test]
fn a_file_too_large_for_a_record_is_an_error() {
    let registry = sample();
    for path in records(&registry) {
        let text = registry.read(&path);
        registry.write(&path, text.clone() + &"#".repeat(5 << 20));
        let (code, codes) = checked(&registry);
        assert!(code == 1 && codes.contains(&"file-too-large".to_owned()), "{path}: {codes:?}");
        registry.write(&path, text);
    }
}

#[test]
fn a_file_that_is_no_utf_8_is_an_error_at_the_first_such_byte() {
    let registry = sample();
    for path in records(&registry) {
        let text = registry.read(&path);
        registry.write(&path, [text.as_bytes(), b"# \x82\xa0\n"].concat());
        let run = registry.check(DAY);
        let problems: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
        let problem =
            problems.iter().find(|problem| problem["code"] == "not-utf8").unwrap_or_else(|| panic!("{path}: {problems:?}"));
        assert_eq!(
            (run.code, &problem["line"], &problem["column"]),
            (1, &(text.lines().count() + 1).into(), &3.into()),
            "{path}"
        );
        registry.write(&path, text);
    }
}
