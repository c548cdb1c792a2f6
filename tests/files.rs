//! Files and folders that are no records: named almost right, left by editors and systems, or no files at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use serde_json::Value;
use support::{DAY, Registry};

mod support;

const FOLDER: &str = "content/services/ip/0001-2511";

fn base() -> Registry {
    Registry::copy_of("checks/_base")
}

fn told(registry: &Registry) -> Vec<Value> {
    serde_json::from_str(&registry.run(&["check", "--date", DAY, "--format", "json", "--lang", "ja"]).stdout).unwrap()
}

fn rename(registry: &Registry, from: &str, to: &str) {
    fs::rename(registry.root().join(from), registry.root().join(to)).unwrap();
}

#[test]
fn a_name_that_is_almost_right_is_told_once_with_the_right_one() {
    for (from, to) in [
        ("service.toml", "service.toml.txt"),
        ("service.toml", "service.TOML"),
        ("service.toml", "Service.toml"),
        ("service.toml", "service - コピー.toml"),
        ("service.toml", "service (1).toml"),
        ("service.toml", "ｓｅｒｖｉｃｅ.toml"),
        ("disclosures", "disclosure"),
        ("disclosures", "Disclosures"),
        ("disclosures/2025-11-15.toml", "disclosures/2025-11-15.toml.txt"),
        ("disclosures/2025-11-15.toml", "disclosures/2025-11-15 のコピー.toml"),
        ("disclosures/2025-11-15.toml", "disclosures/2025_11_15.toml"),
        ("disclosures/2025-11-15.toml", "disclosures/令和7年11月15日.toml"),
    ] {
        let registry = base();
        rename(&registry, &format!("{FOLDER}/{from}"), &format!("{FOLDER}/{to}"));
        let problems: Vec<Value> = told(&registry).into_iter().filter(|problem| problem["severity"] == "error").collect();
        let right = from.rsplit('/').next().unwrap();
        let helps = problems.first().is_some_and(|problem| problem["help"] == format!("名前を `{right}` に変えてください"));
        assert!(problems.len() == 1 && helps, "{to}: {problems:#?}");
    }
}

#[test]
fn a_copy_beside_the_file_itself_is_told_as_one() {
    let registry = base();
    registry.write(&format!("{FOLDER}/service - コピー.toml"), "");
    let problems = told(&registry);
    assert!(problems.len() == 1 && problems[0]["help"].as_str().unwrap().contains("`service.toml` の写し"), "{problems:#?}");
}

#[test]
fn what_systems_and_editors_keep_for_themselves_is_passed_over() {
    let registry = base();
    for name in ["Thumbs.db", "desktop.ini", ".DS_Store", ".service.toml.swp", ".~lock.service.toml#"] {
        registry.write(&format!("{FOLDER}/{name}"), "");
    }
    symlink("office@pc.1234:1700000000", registry.root().join(format!("{FOLDER}/.#service.toml"))).unwrap();
    assert!(told(&registry).is_empty(), "{:#?}", told(&registry));
}

#[test]
fn what_an_editor_leaves_is_an_error_of_check_and_nothing_to_a_preview() {
    let registry = base();
    let left = ["service.toml~", "#service.toml#", "4913", "service.toml.bck", "~$list.xlsx"];
    for name in left {
        registry.write(&format!("{FOLDER}/{name}"), "");
    }
    let problems = told(&registry);
    assert!(problems.len() == left.len() && problems.iter().all(|problem| problem["code"] == "stray-file"), "{problems:#?}");
    assert!(problems[0]["help"].as_str().unwrap().contains("編集ソフト"));
    let open = kohyo::check_open(registry.root(), |_| DAY.parse().unwrap()).unwrap();
    assert!(open.problems.is_empty(), "{:?}", open.problems);
}

/// The test ends, so nothing was waited for.
#[test]
fn pipes_and_rings_of_links_are_told_and_never_opened() {
    let registry = base();
    let folder = registry.root().join(FOLDER);
    for name in ["service.toml", "memo"] {
        let _ = fs::remove_file(folder.join(name));
        assert!(Command::new("mkfifo").arg(folder.join(name)).status().unwrap().success());
    }
    for (link, target) in [("a", "."), ("b", "../.."), ("c", "/dev/zero")] {
        symlink(target, folder.join(link)).unwrap();
    }
    let codes: Vec<String> = told(&registry).iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(codes.iter().filter(|code| *code == "link-leads-out").count(), 3, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| *code == "stray-file").count(), 2, "{codes:?}");
}

#[test]
fn names_of_files_do_not_act_on_terminals_and_logs() {
    let registry = base();
    registry.write(&format!("{FOLDER}/\u{1b}[31m\n::error::x"), "");
    for format in ["human", "github"] {
        let run = registry.run(&["check", "--date", DAY, "--format", format, "--lang", "ja"]);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(!said.contains('\u{1b}'), "{said}");
        let commands = said.lines().filter(|line| line.trim_start().starts_with("::error::"));
        assert_eq!(commands.count(), 0, "{said}");
    }
}

#[test]
fn github_gets_paths_from_the_folder_that_the_command_runs_in() {
    let outer = tempfile::tempdir().unwrap();
    let registry = outer.path().join("registry");
    support::copy(&support::tests().join("checks/_base"), &registry);
    fs::write(registry.join("content/memo"), "").unwrap();
    let run = |folder: &std::path::Path, root: &str, workspace: Option<&std::path::Path>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kohyo"));
        command.args(["check", "--root", root, "--format", "github", "--date", DAY]).current_dir(folder);
        command.env_remove("GITHUB_WORKSPACE");
        if let Some(folder) = workspace {
            command.env("GITHUB_WORKSPACE", folder);
        }
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(run(outer.path(), "registry", None).starts_with("::error file=registry/content/memo,"));
    assert!(run(&registry, ".", None).starts_with("::error file=content/memo,"));
    assert!(run(&registry, ".", Some(outer.path())).starts_with("::error file=registry/content/memo,"));
}

/// Reports take time by the number of faults, and stop telling them one by one.
#[test]
fn thousands_of_faults_in_one_file_are_counted_and_the_first_hundred_told() {
    let registry = base();
    let keys: String = (0..30_000).map(|n| format!("zz{n} = 1\n")).collect();
    registry.edit(&format!("{FOLDER}/service.toml"), "number =", &format!("{keys}number ="));
    let started = std::time::Instant::now();
    let problems = told(&registry);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert_eq!(problems.len(), 100);
    assert!(problems[99]["message"].as_str().unwrap().contains("ほかに 29900 件"), "{}", problems[99]);
    assert!(registry.run(&["check", "--date", DAY, "--lang", "ja"]).stderr.contains("誤り 30000 件"));
}

/// Each of these once took minutes: the time must grow evenly with the file.
#[test]
fn very_long_records_and_texts_are_checked_soon() {
    let many = 20_000;
    let service = "content/services/ip/0001-2511/service.toml";
    let events = "\n[[event]]\non = 2026-01-01\nkind = \"changed\"\nnote = \"変更\"\n".repeat(many);
    let registry = base();
    registry.write(service, registry.read(service) + &events);
    let codes: Vec<Value> = told(&registry).into_iter().map(|problem| problem["code"].clone()).collect();
    assert_eq!(codes, ["too-many"]);
    for text in ["# 見出し\n", "office@example.jp ", "&%＠", "・行\n", "[名](/none/)\n", "**強調。**"] {
        let registry = base();
        registry.write("content/pages/long.md", format!("+++\ntitle = \"長い文章\"\n+++\n{}", text.repeat(many)));
        let started = std::time::Instant::now();
        registry.check(support::DAY);
        assert!(started.elapsed().as_secs() < 60, "{text}");
    }
}
