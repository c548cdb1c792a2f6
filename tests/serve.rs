//! The preview, driven as a browser drives it: who is answered, what pages carry, what a change brings, what is never read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::channel;

use support::preview::Preview;
use support::{DAY, Registry, tree};

mod support;

const SERVICE: &str = "content/services/ip/0001-2012/service.toml";
const SEALED: &str = "content/services/ip/0001-2012/disclosures/2024-10-31.withheld.toml";
const OWN_TEMPLATE: &str = "themes/own/templates/home.html";

fn golden() -> Registry {
    Registry::copy_of("golden")
}

// Who is answered.

#[test]
fn only_requests_that_name_this_machine_are_answered() {
    let registry = golden();
    let preview = Preview::of(&registry);
    let port = preview.port;
    for host in [preview.own(), format!("localhost:{port}"), format!("LOCALHOST:{port}"), format!("[::1]:{port}")] {
        assert_eq!(preview.send("GET /", &[("Host", &host)], "").status, 200, "{host}");
    }
    let others = ["registry.example.jp", "127.0.0.1", "127.0.0.1:1", "localhost.example:80", "", "localhost"];
    for host in others.map(str::to_owned).into_iter().chain([format!("127.0.0.1.example:{port}"), format!("0.0.0.0:{port}")]) {
        for path in ["/", "/_preview/changes", "/_preview/preview.js", "/data/v1/registry.json"] {
            let answer = preview.send(&format!("GET {path}"), &[("Host", &host)], "");
            assert!(answer.status == 421 && !answer.body.contains('<'), "{host} {path}: {}", answer.body);
        }
    }
    assert_eq!(preview.send("GET /", &[], "").status, 421);
    let own = preview.own();
    assert_eq!(preview.send("GET /", &[("Host", &own), ("Host", "registry.example.jp")], "").status, 421);
}

#[test]
#[cfg(target_os = "linux")]
fn only_this_machine_is_listened_to() {
    let registry = golden();
    let preview = Preview::of(&registry);
    assert!(TcpStream::connect(("127.0.0.2", preview.port)).is_err());
}

#[test]
fn no_address_leads_out_of_the_site() {
    let registry = golden();
    let preview = Preview::of(&registry);
    std::fs::write(preview.cache.path().join("kohyo/secret.txt"), "canary").unwrap();
    let ways = [
        "/../secret.txt",
        "/ip/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/a%00b",
        "//secret.txt",
    ];
    for way in ways {
        let answer = preview.get(way);
        assert!(answer.status == 400 && !answer.body.contains("canary"), "{way}: {} {}", answer.status, answer.body);
    }
    assert_eq!(preview.send("GET http://registry.example.jp/", &[("Host", &preview.own())], "").status, 400);
}

#[test]
fn nothing_but_reading_is_allowed_and_the_switch_of_the_day() {
    let registry = golden();
    let preview = Preview::of(&registry);
    let own = preview.own();
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = preview.send(&format!("{method} /"), &[("Host", &own)], "");
        assert_eq!((answer.status, answer.header("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert_eq!(preview.get("/_preview/day").header("Allow"), Some("POST"));
    let head = preview.send("HEAD /", &[("Host", &own)], "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn a_port_in_use_is_said_and_exits_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = golden().run(&["serve", "--port", &port, "--lang", "en"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains(&format!("port {port} is in use")) && run.stderr.contains("--port"), "{}", run.stderr);
}

// What is served.

#[test]
fn files_have_their_kinds_and_are_never_kept() {
    let registry = golden();
    let preview = Preview::of(&registry);
    let kinds = [
        ("/", 200, "text/html; charset=utf-8"),
        ("/ip/", 200, "text/html; charset=utf-8"),
        ("/absent", 404, "text/html; charset=utf-8"),
        (&preview.style_of("/"), 200, "text/css; charset=utf-8"),
        ("/ip0001-2012/index.json", 200, "application/json"),
        ("/ip0001-2012/mark.svg", 200, "image/svg+xml"),
        ("/ip0001-2012/mark%402x.png", 200, "image/png"),
        ("/data/v1/registry.csv", 200, "text/csv; charset=utf-8"),
        ("/sitemap.xml", 200, "application/xml"),
        ("/.well-known/security.txt", 200, "text/plain; charset=utf-8"),
        ("/_preview/preview.js", 200, "text/javascript; charset=utf-8"),
        ("/_preview/preview.css", 200, "text/css; charset=utf-8"),
    ];
    for (path, status, kind) in kinds {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("Content-Type")), (status, Some(kind)), "{path}");
        assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "{path}");
    }
    let folder = preview.get("/ip?a=b");
    assert_eq!((folder.status, folder.header("Location")), (302, Some("/ip/?a=b")));
}

#[test]
fn a_page_is_the_built_one_with_the_bar_and_a_policy_that_lets_the_bar_work() {
    let registry = golden();
    assert_eq!(registry.run(&["build", "--date", DAY]).code, 0);
    let built = registry.read("public/ip/index.html");
    let preview = Preview::of(&registry);
    let answer = preview.get("/ip/");
    let header = answer.header("Content-Security-Policy").unwrap();
    let policy = header.strip_suffix("; frame-ancestors 'none'").unwrap();
    for needed in ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "form-action 'self'", "style-src 'self'"] {
        assert!(policy.split("; ").any(|directive| directive == needed), "{policy}");
    }
    assert!(built.contains(kohyo::render::POLICY), "the site has the policy that the program knows");
    let (page, bar) = answer.body.split_once("<section id=\"kohyo_preview\"").unwrap();
    let end = bar.split_once("</section>\n").unwrap().1;
    assert!(format!("{page}{end}") == built.replace(kohyo::render::POLICY, policy), "nothing else is changed: {page}");
    assert!(bar.contains(&format!("value=\"{DAY}\"")) && bar.contains("/_preview/preview.js"), "{bar}");
}

#[test]
fn a_site_below_a_path_is_served_there() {
    let registry = golden();
    registry.edit("content/registry.toml", "https://registry.example.jp/\"", "https://registry.example.jp/registry/\"");
    let preview = Preview::of(&registry);
    assert_eq!(preview.get("/").header("Location"), Some("/registry/"));
    let home = preview.get("/registry/");
    assert!(home.status == 200 && home.body.contains("\"/_preview/preview.js\""), "{}", home.body);
    let style = preview.style_of("/registry/");
    assert!(style.starts_with("/registry/") && preview.get(&style).status == 200, "{style}");
    assert_eq!(preview.get(style.trim_start_matches("/registry")).status, 404);
}

// What a change brings.

#[test]
fn a_changed_record_wakes_who_waits_and_is_on_the_page() {
    let registry = golden();
    let preview = Preview::of(&registry);
    assert_eq!(preview.get("/ip0001-2012/").status, 200);
    registry.edit(SERVICE, "summary = \"", "summary = \"あたらしい要約。");
    preview.until("/ip0001-2012/", "あたらしい要約。", true);
    assert!(preview.said("files renewed").contains(&format!("as of {DAY}")));
}

#[test]
fn what_changes_nothing_wakes_nobody() {
    let registry = golden();
    let preview = Preview::of(&registry);
    let version = |page: &str| page.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let before = version(&preview.get("/").body);
    registry.write("content/.registry.toml.swp", "").write("public/index.html", "").write("notes.txt", "");
    registry.edit(SERVICE, "summary = \"", "# A remark.\nsummary = \"");
    // Had any of these counted, the version would be two steps on.
    registry.edit("content/registry.toml", "title = \"見本", "title = \"新しい見本");
    let after = version(&preview.until("/", "新しい見本", true));
    let step = |version: &str| version.rsplit('-').next().unwrap().parse::<u64>().unwrap();
    assert_eq!(step(&after), step(&before) + 1);
}

#[test]
fn an_error_stands_over_the_page_until_it_is_mended_and_the_last_good_site_stays() {
    let registry = golden();
    let preview = Preview::of(&registry);
    let old = preview.get("/ip0001-2012/").body;
    let (content, _) = old.split_once("<section id=\"kohyo_preview\"").unwrap();
    let record = registry.read(SERVICE);
    registry.write(SERVICE, record.replace("provider = \"", "provider = \"no-").replace("summary = \"", "summary = \"別の要約"));
    let page = preview.until("/ip0001-2012/", "error[unknown-provider]", true);
    assert!(page.starts_with(content) && !page.contains("別の要約"), "the old content stays");
    assert!(
        page.contains("<details open class=\"bad\"") && page.contains("1 error") && page.contains(&format!("{SERVICE}:")),
        "{page}"
    );
    let report = page.split_once("<pre>").unwrap().1;
    assert!(report.starts_with("error[") && report.contains("warning["), "errors come first: {report}");
    assert!(!page.contains("\u{1b}"), "no colours in a page");
    preview.said("error[unknown-provider]");
    preview.said("the last good site");
    registry.write(SERVICE, record);
    let page = preview.until("/ip0001-2012/", "unknown-provider", false);
    assert!(page.starts_with(content) && !page.contains("<details open class=\"bad\""), "{page}");
}

#[test]
fn records_with_errors_from_the_start_give_a_page_that_reloads_when_they_are_mended() {
    let registry = golden();
    let record = registry.read(SERVICE);
    registry.write(SERVICE, record.replace("provider = \"", "provider = \"<no>-"));
    let preview = Preview::of(&registry);
    let answer = preview.get("/ip0001-2012/");
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("unknown-provider") && answer.body.contains("&lt;no&gt;-"), "{}", answer.body);
    assert!(answer.body.contains("no site to show yet") && !answer.body.contains("<no>"), "{}", answer.body);
    registry.write(SERVICE, record);
    preview.until("/ip0001-2012/", "unknown-provider", false);
    assert_eq!(preview.get("/ip0001-2012/").status, 200);
}

#[test]
fn a_theme_is_followed_from_its_first_file_on_and_what_breaks_it_is_said() {
    let registry = golden();
    let preview = Preview::of(&registry);
    registry.write("themes/own/static/own.css", "p { color: red }").edit(
        "content/registry.toml",
        "theme = \"default\"",
        "theme = \"own\"",
    );
    preview.until("/assets/own.css", "data-version", false);
    registry.write(OWN_TEMPLATE, "<!doctype html><title>x</title><p>Own home.</p>");
    preview.until("/", "Own home.", true);
    registry.write(OWN_TEMPLATE, "{% if %}");
    let page = preview.until("/", "failed: ", true);
    assert!(page.contains("Own home.") && page.contains("home.html") && page.contains("<details open"), "{page}");
    preview.said("failed: ");
    registry.remove("themes");
    preview.until("/", "<details open", true);
    registry.edit("content/registry.toml", "theme = \"own\"", "theme = \"default\"");
    preview.until("/", "Own home.", false);
}

// The day.

#[test]
fn the_day_is_switched_by_a_form_that_comes_back_to_its_page() {
    let registry = golden();
    let preview = Preview::of(&registry);
    assert_eq!(preview.as_of(), DAY);
    let answer = preview.post("day=2026-02-01&back=%2Fip%2F%3Fa%3Db");
    assert_eq!((answer.status, answer.header("Location")), (303, Some("/ip/?a=b")));
    assert_eq!(preview.as_of(), "2026-02-01", "the page that follows shows the new day");
    assert!(preview.get("/").body.contains("value=\"2026-02-01\""));
    let today = preview.post("day=2026-02-01&today=1&back=/");
    assert_eq!(today.status, 303);
    let page = preview.get("/").body;
    assert!(page.contains("formnovalidate hidden") && preview.as_of() != "2026-02-01", "{page}");
}

#[test]
fn a_switch_leads_to_no_other_host() {
    let registry = golden();
    let preview = Preview::of(&registry);
    for back in
        ["https%3A%2F%2Felsewhere.example%2F", "%2F%2Felsewhere.example", "%2F%5Celsewhere.example", "%2F%0D%0AX%3A+y", ""]
    {
        let answer = preview.post(&format!("day={DAY}&back={back}"));
        assert_eq!((answer.status, answer.header("Location"), answer.header("X")), (303, Some("/"), None), "{back}");
    }
}

#[test]
fn what_is_no_day_is_said_and_changes_nothing() {
    let registry = golden();
    let preview = Preview::of(&registry);
    for day in ["", "2026-02-30", "26-02-01", "2026%2F02%2F01", "tomorrow"] {
        let answer = preview.post(&format!("day={day}"));
        assert!(answer.status == 400 && answer.body.contains("2026-04-01"), "{day}: {}", answer.body);
    }
    assert_eq!(preview.as_of(), DAY);
}

#[test]
fn another_site_switches_no_day() {
    let registry = golden();
    let preview = Preview::of(&registry);
    let (own, origin) = (preview.own(), format!("http://{}", preview.own()));
    let foreign: [&[(&str, &str)]; 7] = [
        &[],
        &[("Origin", "https://elsewhere.example")],
        &[("Origin", "null")],
        &[("Origin", "http://127.0.0.1:1")],
        &[("Origin", &origin), ("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Origin", "https://elsewhere.example"), ("Sec-Fetch-Site", "same-origin")],
    ];
    for headers in foreign {
        let all = [&[("Host", own.as_str())], headers].concat();
        assert_eq!(preview.send("POST /_preview/day", &all, "day=2026-02-01").status, 403, "{headers:?}");
    }
    assert_eq!(preview.as_of(), DAY);
}

// What is not read, and not written.

#[test]
fn a_sealed_file_is_as_good_as_absent() {
    let registry = golden();
    registry.write(SEALED, [0xff, 0xfe]).write(&format!("{SEALED}~"), "");
    let link = "content/services/ip/0001-2012/disclosures/2023-01-01.toml";
    std::os::unix::fs::symlink(registry.root().join(SEALED), registry.root().join(link)).unwrap();
    let check = registry.check(DAY);
    assert!(check.code == 1 && check.stdout.contains("not-utf8"), "a check reads it: {}", check.stdout);
    let preview = Preview::of(&registry);
    let page = preview.get("/ip0001-2012/");
    assert!(page.status == 200 && page.body.contains("0 errors"), "{}", page.body);
}

/// The system itself tells which files are opened.
#[test]
#[cfg(target_os = "linux")]
fn no_sealed_file_is_ever_opened() {
    use notify::event::{AccessKind, EventKind};
    use notify::{RecursiveMode, Watcher};
    let registry = golden();
    let (teller, opened) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let event = event.unwrap();
        assert!(!event.need_rescan());
        if matches!(event.kind, EventKind::Access(AccessKind::Open(_))) {
            event.paths.into_iter().for_each(|path| teller.send(path.to_str().unwrap().to_owned()).unwrap());
        }
    })
    .unwrap();
    watcher.watch(registry.root(), RecursiveMode::Recursive).unwrap();
    let preview = Preview::of(&registry);
    registry.edit(SERVICE, "summary = \"", "summary = \"あたらしい要約。");
    preview.until("/ip0001-2012/", "あたらしい要約。", true);
    preview.post("day=2030-01-01");
    let page = preview.get("/ip0001-2012/").body;
    drop(preview);
    registry.read("content/registry.toml");
    drop(watcher);
    let opened: Vec<String> = opened.iter().collect();
    assert!(opened.iter().any(|path| path.ends_with("/2024-10-31.toml")), "reading is seen: {opened:?} {page}");
    let sealed: Vec<&String> = opened.iter().filter(|path| path.contains("withheld")).collect();
    assert!(sealed.is_empty(), "{sealed:?}");
}

#[test]
fn nothing_below_the_root_is_written() {
    let registry = golden();
    let before = tree(registry.root());
    let preview = Preview::of(&registry);
    assert_eq!(preview.get("/").status, 200);
    preview.post("day=2026-02-01");
    drop(preview);
    assert!(tree(registry.root()) == before);
    assert_eq!(std::fs::read_dir(registry.root()).unwrap().count(), 2, "content/ and expected/");
}
