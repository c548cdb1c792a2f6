//! What the commands promise to whoever calls them: exit codes, formats, languages, days, and where a site may be written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{DAY, Registry, run, tree};

mod support;

const SERVICE: &str = "content/services/ip/0001-2504/service.toml";
const DISCLOSURE: &str = "content/services/ip/0001-2504/disclosures/2025-04-01.toml";
const THEME_THAT_BREAKS: &str = "themes/broken/templates/home.html";

/// A registry without errors and warnings on [`DAY`].
fn sample() -> Registry {
    Registry::copy_of("cli")
}

/// The same with one warning: a mandatory item is not answered.
fn sample_with_warning() -> Registry {
    let registry = sample();
    registry.edit(DISCLOSURE, "name = \"株式会社見本\"\n", "");
    registry
}

/// The same with one error: the provider is not there.
fn sample_with_error() -> Registry {
    let registry = sample();
    registry.edit(SERVICE, "provider = \"mihon\"", "provider = \"nobody\"");
    registry
}

fn build(registry: &Registry) -> support::Run {
    registry.build_on(DAY, DAY)
}

fn codes(json: &str) -> Vec<String> {
    let problems: Vec<Value> = serde_json::from_str(json).unwrap();
    problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}

// Exit codes.

#[test]
fn records_without_problems_check_and_build_with_exit_code_0() {
    let registry = sample();
    let check = registry.check(DAY);
    assert_eq!((check.code, check.stdout.as_str()), (0, "[]\n"), "{}", check.stderr);
    assert_eq!(build(&registry).code, 0);
}

#[test]
fn a_build_of_records_with_errors_exits_1_and_leaves_the_old_site_as_it_was() {
    let registry = sample();
    let before = registry.site(DAY);
    registry.edit(SERVICE, "provider = \"mihon\"", "provider = \"nobody\"").edit(SERVICE, "見本クラウド", "別の名");
    assert_eq!(registry.check(DAY).code, 1);
    let run = build(&registry);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("unknown-provider") && run.stderr.contains("nothing was written"), "{}", run.stderr);
    assert!(tree(&registry.public()) == before);
}

#[test]
fn a_first_build_of_records_with_errors_makes_no_folder() {
    let registry = sample_with_error();
    assert_eq!(build(&registry).code, 1);
    assert!(!registry.public().exists());
}

#[test]
fn wrong_usage_exits_2() {
    let registry = sample();
    let wrong: [&[&str]; 17] = [
        &["check", "--colour"],
        &["check", "extra"],
        &["check", "--format", "xml"],
        &["check", "--lang", "fr"],
        &["check", "--deny", "errors"],
        &["check", "--date", "2026-02-30"],
        &["check", "--date", "2026/11/22"],
        &["check", "--date", "today"],
        &["check", "--date", ""],
        &["check", "--today", DAY],
        &["build", "--format", "json"],
        &["build", "--today", "11-22"],
        &["serve", "--port", "65536"],
        &["serve", "--port", "http"],
        &["serve", "--date", "2026-02-30"],
        &["serve", "--out", "public"],
        &["publish"],
    ];
    for args in wrong {
        let run = registry.run(args);
        assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
        assert!(run.stdout.is_empty() && !run.stderr.is_empty(), "{args:?}: {}", run.stdout);
    }
    assert_eq!(run(&[], &[]).code, 2);
}

/// `26-11-22` taken for the year 26 would publish a site without any service.
#[test]
fn a_day_without_four_digits_of_a_year_is_no_day() {
    let registry = sample();
    for date in ["26-11-22", "-2026-11-22", "+262142-12-31", "99999-01-01"] {
        let date = format!("--date={date}");
        assert_eq!(registry.run(&["check", &date]).code, 2, "{date}");
        assert_eq!(registry.run(&["build", &date, "--today", DAY]).code, 2, "{date}");
    }
    assert!(!registry.public().exists());
}

#[test]
fn help_and_version_go_to_stdout_with_exit_code_0() {
    for args in [&["--help"][..], &["--version"], &["check", "--help"], &["build", "--help"], &["serve", "--help"]] {
        let run = run(args, &[]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        assert!(!run.stdout.is_empty());
    }
}

#[test]
fn a_root_without_content_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    let absent = folder.path().join("absent");
    fs::write(folder.path().join("file"), "").unwrap();
    let file = folder.path().join("file");
    for root in [root, absent.to_str().unwrap(), file.to_str().unwrap()] {
        for command in ["check", "build", "serve"] {
            let run = run(&[command, "--root", root, "--lang", "en"], &[]);
            assert_eq!(run.code, 2, "{command} {root}");
            assert!(run.stderr.contains("content/") && run.stdout.is_empty(), "{}", run.stderr);
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn a_broken_theme_exits_2_and_leaves_the_old_site_as_it_was() {
    let broken = [
        (THEME_THAT_BREAKS, "{% if %}"),
        (THEME_THAT_BREAKS, "{{ no_such_thing }}"),
        ("themes/broken/strings/en.toml", "title = \"only here\"\n"),
        ("themes/broken/strings/ja.toml", "title = "),
        ("themes/broken/strange/file", ""),
    ];
    let registry = sample();
    let before = registry.site(DAY);
    registry.edit("content/registry.toml", "theme = \"default\"", "theme = \"broken\"");
    for (path, text) in broken {
        registry.write(path, text);
        assert_eq!(registry.check(DAY).code, 0, "a theme is no record");
        let run = build(&registry);
        assert_eq!(run.code, 2, "{path}: {text}");
        assert!(run.stderr.starts_with("failed: "), "{}", run.stderr);
        assert!(tree(&registry.public()) == before, "{path}: {text}");
        registry.remove("themes/broken");
    }
}

// Where a site may be written.

/// Builds into `out` and makes sure that it was refused and that nothing in the root is another than before.
fn refused(registry: &Registry, out: &str) {
    let before = tree(registry.root());
    let run = registry.run(&["build", "--date", DAY, "--today", DAY, "--lang", "en", "--out", &in_root(registry, out)]);
    assert_eq!(run.code, 2, "{out}: {}", run.stderr);
    assert!(run.stdout.is_empty() && run.stderr.starts_with("failed: "), "{out}: {}", run.stderr);
    assert!(tree(registry.root()) == before, "{out}");
}

fn in_root(registry: &Registry, path: &str) -> String {
    registry.root().join(path).to_str().unwrap().to_owned()
}

#[test]
fn a_site_is_never_written_over_what_is_not_its_own() {
    let registry = sample();
    registry.write("foreign/letter.txt", "precious").write("file", "precious").write("git/.git/HEAD", "ref");
    registry.write("git-file/.git", "gitdir: elsewhere").write("themes/own/static/a.css", "");
    for out in ["foreign", "file", "file/below", "git", "git-file"] {
        refused(&registry, out);
    }
}

#[test]
fn a_site_is_never_written_into_or_around_the_records_or_the_themes() {
    let registry = sample();
    registry.write("themes/own/static/a.css", "");
    let around =
        ["content", "content/public", "content/providers/new", "themes", "themes/own", "themes/public", ".", "absent/../content"];
    for out in around {
        refused(&registry, out);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_the_records_is_no_way_around() {
    let registry = sample();
    std::os::unix::fs::symlink(registry.root().join("content"), registry.root().join("link")).unwrap();
    refused(&registry, "link");
    refused(&registry, "link/public");
}

#[test]
fn a_site_goes_to_public_below_the_root_where_no_folder_is_named() {
    let registry = sample();
    let site = registry.site(DAY);
    let other = tempfile::tempdir().unwrap();
    let out = other.path().join("deep/er/site");
    let run = registry.run(&["build", "--date", DAY, "--today", DAY, "--out", out.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(tree(&out) == site && site.contains_key("index.html"));
}

#[test]
fn a_gitkeep_is_carried_over_and_published_nowhere() {
    let registry = sample();
    registry.write("public/.gitkeep", "kept");
    for _ in 0..2 {
        let site = registry.site(DAY);
        assert_eq!(site.get(".gitkeep").map(Vec::as_slice), Some(&b"kept"[..]));
        assert!(!String::from_utf8_lossy(&site["sitemap.xml"]).contains("gitkeep"));
        registry.edit(SERVICE, "summary = \"", "summary = \"改。");
    }
}

#[test]
fn what_somebody_put_into_a_site_is_removed_and_named() {
    let registry = sample();
    registry.site(DAY);
    registry.write("public/stranger.txt", "");
    let run = build(&registry);
    assert!(run.code == 0 && run.stderr.contains("stranger.txt"), "{}", run.stderr);
    assert!(!Path::new(&in_root(&registry, "public/stranger.txt")).exists());
}

// What a build says.

#[test]
fn a_build_closes_with_services_pages_time_and_changes() {
    let registry = sample();
    let first = build(&registry);
    let last = first.stderr.lines().last().unwrap();
    let pages = tree(&registry.public()).keys().filter(|path| path.ends_with(".html")).count();
    assert!(last.starts_with("1 service") && last.contains(&format!("{pages} pages in ")) && last.contains(" s ("), "{last}");
    assert!(last.contains("new") && last.contains("0 changed"), "{last}");
    assert!(build(&registry).stderr.lines().last().unwrap().ends_with("(nothing changed)"));
    let before = tree(&registry.public());
    registry.edit(SERVICE, "summary = \"", "summary = \"改。");
    let told = build(&registry).stderr;
    let changed: Vec<String> = tree(&registry.public())
        .into_iter()
        .filter(|(path, bytes)| path != ".kohyo-manifest.json" && before.get(path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(told.contains(&format!("0 new, {} changed", changed.len())), "{changed:?} {told}");
    let own =
        |path: &String| path.contains("ip0001-2504/") || path.starts_with("assets/search/texts-") || path.starts_with("data/v1/");
    assert!(changed.iter().all(own), "only the service's own files, search and open data tell the summary: {changed:?}");
    assert_eq!(first.stdout, "");
}

#[test]
fn the_closing_line_is_in_the_language_asked_for() {
    let run = sample().run(&["build", "--date", DAY, "--today", DAY, "--lang", "ja"]);
    let last = run.stderr.lines().last().unwrap();
    assert!(
        last.starts_with("1 サービス、") && last.contains("ページ") && last.contains("秒") && last.contains("新規"),
        "{last}"
    );
}

#[test]
fn warnings_are_told_by_a_build_and_do_not_stop_it() {
    let run = build(&sample_with_warning());
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("mandatory-item-missing") && run.stderr.contains("0 errors, 1 warning\n"), "{}", run.stderr);
}

// Formats.

#[test]
fn json_is_one_array_on_stdout_with_every_key_and_paths_from_the_root() {
    let registry = sample_with_error();
    registry.write("content/strange.txt", "");
    let run = registry.check(DAY);
    let problems: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, problems.len()), (1, 2), "{}", run.stdout);
    for problem in &problems {
        let path = problem["path"].as_str().unwrap();
        assert!(path.starts_with("content/") && !path.contains('\\') && registry.root().join(path).exists(), "{path}");
        assert!(problem["line"].as_u64().unwrap() >= 1 && problem["column"].as_u64().unwrap() >= 1);
        for key in ["severity", "code", "message", "help", "rule"] {
            assert!(problem.get(key).is_none_or(|value| value.as_str().is_some_and(|text| !text.is_empty())), "{key}: {problem}");
        }
    }
    let provider = problems.iter().find(|problem| problem["code"] == "unknown-provider").unwrap();
    assert_eq!((&provider["severity"], &provider["line"], &provider["column"]), (&"error".into(), &6.into(), &12.into()));
    assert!(!run.stderr.contains("unknown-provider"), "{}", run.stderr);
}

#[test]
fn paths_are_relative_to_the_root_however_the_root_is_named() {
    let registry = sample_with_error();
    let named = registry.check(DAY).stdout;
    let root = in_root(&registry, "content/..");
    assert_eq!(run(&["check", "--root", &root, "--format", "json", "--lang", "en", "--date", DAY], &[]).stdout, named);
}

#[test]
fn human_goes_to_stderr_with_the_place_and_leaves_stdout_empty() {
    let run = sample_with_error().run(&["check", "--date", DAY, "--lang", "en"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("error[unknown-provider]"), "{}", run.stderr);
    assert!(run.stderr.contains("content/services/ip/0001-2504/service.toml:6:12"), "{}", run.stderr);
    assert!(run.stderr.ends_with("1 error, 0 warnings\n"), "{}", run.stderr);
    assert!(!run.stderr.contains('\u{1b}'), "no colours where nobody watches");
}

#[test]
fn github_gets_one_workflow_command_a_problem_on_stdout() {
    let registry = sample_with_error();
    registry.write("content/strange, name.txt", "");
    let run = registry.run(&["check", "--date", DAY, "--lang", "en", "--format", "github"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!((run.code, lines.len()), (1, 2), "{}", run.stdout);
    assert!(lines[0].starts_with("::error file=content/services/ip/0001-2504/service.toml,line=6,col=12,"), "{}", lines[0]);
    assert!(lines[0].contains(",title=unknown-provider::") && lines[0].contains("%0A"), "{}", lines[0]);
    assert!(lines[1].contains("file=content/strange%2C name.txt,"), "{}", lines[1]);
}

// Warnings.

#[test]
fn denied_warnings_exit_1_and_are_otherwise_the_same() {
    let registry = sample_with_warning();
    let plain = registry.check(DAY);
    let denied = registry.run(&["check", "--format", "json", "--lang", "en", "--date", DAY, "--deny", "warnings"]);
    assert_eq!((plain.code, denied.code), (0, 1));
    assert_eq!(plain.stdout, denied.stdout);
    assert_eq!(sample().run(&["check", "--date", DAY, "--deny", "warnings"]).code, 0);
}

fn accept(registry: &Registry, code: &str, service: &str) {
    let text = registry.read("content/registry.toml");
    let accepted = format!("\n[[accepted]]\ncode = \"{code}\"\nservice = \"{service}\"\nreason = \"経過措置\"\n");
    registry.write("content/registry.toml", text + &accepted);
}

#[test]
fn an_accepted_warning_is_silent_and_another_is_not() {
    let registry = sample_with_warning();
    registry.edit(
        DISCLOSURE,
        "[[housing]]\nlabel = \"東日本\"\nbuilding-type = \"専用\"\n",
        "[[housing]]\nlabel = \"東日本\"\nbuilding-type = { practice = \"none\" }\n",
    );
    assert_eq!(codes(&registry.check(DAY).stdout), ["mandatory-item-missing", "criterion-not-met"]);
    accept(&registry, "mandatory-item-missing", "IP0001-2504");
    assert_eq!(codes(&registry.check(DAY).stdout), ["criterion-not-met"]);
}

#[test]
fn an_error_cannot_be_accepted() {
    let registry = sample_with_error();
    accept(&registry, "unknown-provider", "IP0001-2504");
    let run = registry.check(DAY);
    assert_eq!((run.code, codes(&run.stdout)), (1, vec!["accepted-code".to_owned(), "unknown-provider".to_owned()]));
}

// Languages and days.

#[test]
fn messages_are_in_the_language_asked_for_and_otherwise_in_that_of_the_locale() {
    let registry = sample_with_error();
    let root = registry.root().to_str().unwrap();
    type Case = (&'static [(&'static str, &'static str)], &'static [&'static str], bool);
    let cases: [Case; 9] = [
        (&[("LANG", "ja_JP.UTF-8")], &[], true),
        (&[("LANG", "en_US.UTF-8")], &[], false),
        (&[("LANG", "C.UTF-8"), ("LC_ALL", "ja_JP.UTF-8")], &[], true),
        (&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "C")], &[], false),
        (&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "")], &[], true),
        (&[("LANG", "C"), ("LC_MESSAGES", "ja_JP.UTF-8")], &[], true),
        (&[("LANG", "")], &[], false),
        (&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "ja_JP.UTF-8")], &["--lang", "en"], false),
        (&[("LANG", "C"), ("LC_ALL", "C")], &["--lang", "ja"], true),
    ];
    for (env, args, japanese) in cases {
        let all = [&["check", "--root", root, "--date", DAY][..], args].concat();
        let stderr = run(&all, env).stderr;
        assert_eq!((stderr.contains("誤り"), stderr.contains("error[")), (japanese, !japanese), "{env:?} {args:?}: {stderr}");
    }
}

#[test]
fn the_day_shown_is_date_and_otherwise_today() {
    let registry = sample();
    let as_of = |args: &[&str]| {
        let all = [&["build"][..], args].concat();
        assert_eq!(registry.run(&all).code, 0);
        let json: Value = serde_json::from_str(&registry.read("public/data/v1/registry.json")).unwrap();
        json["as_of"].as_str().unwrap().to_owned()
    };
    assert_eq!(as_of(&["--today", "2026-01-15"]), "2026-01-15");
    assert_eq!(as_of(&["--date", "2026-02-01", "--today", "2026-01-15"]), "2026-02-01");
    assert_eq!(as_of(&["--date", "2025-12-31", "--today", "2026-01-15"]), "2025-12-31");
}

#[test]
fn a_check_is_made_as_of_the_day_given() {
    let registry = sample();
    assert_eq!(codes(&registry.check("2027-02-15").stdout), ["renewal-not-applied"]);
    assert_eq!(codes(&registry.check("2025-03-31").stdout)[0], "not-yet-published");
}
