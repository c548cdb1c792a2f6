//! Texts of the body come out as meant, in both languages; what would not is told by `check`, which knows of every link what
//! the site will have on the day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use support::{DAY, Registry};

mod support;

const NOTICE: &str = "content/notices/2026-11-21-case.md";
const HEAD: &str = "+++\ntitle = \"試験\"\nkind = \"information\"\n+++\n";

/// The golden registry with a notice of this text.
fn with_notice(text: &str) -> Registry {
    let registry = Registry::copy_of("golden");
    registry.write(NOTICE, format!("{HEAD}{text}"));
    registry
}

/// What `check` tells of a file: code, line and message, in the order of the file.
fn told(registry: &Registry, path: &str) -> Vec<(String, u64, String)> {
    let all: Vec<Value> = serde_json::from_str(&registry.check(DAY).stdout).unwrap();
    let of_file = all.iter().filter(|problem| problem["path"] == path);
    of_file
        .map(|problem| {
            let text = |key: &str| problem[key].as_str().unwrap().to_owned();
            (text("code"), problem["line"].as_u64().unwrap(), text("message"))
        })
        .collect()
}

fn codes(registry: &Registry, path: &str) -> Vec<(String, u64)> {
    told(registry, path).into_iter().map(|(code, line, _)| (code, line)).collect()
}

/// The text of the body on a page.
fn prose(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let page = std::str::from_utf8(&site[path]).unwrap();
    let at = page.find("class=\"prose\"").or_else(|| page.find("class=prose")).unwrap();
    let text = &page[at + page[at..].find('>').unwrap() + 1..];
    text[..text.find("</div>").unwrap()].trim().to_owned()
}

/// The values of an attribute on a page, in order.
fn attributes(page: &str, name: &str) -> Vec<String> {
    let name = format!(" {name}=");
    let found = page.split(&name).skip(1).map(|rest| match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => rest.split([' ', '>', '\n']).next().unwrap_or_default(),
    });
    found.map(str::to_owned).collect()
}

#[test]
fn emphasis_lines_and_tables_are_shown_as_meant_in_both_languages() {
    let registry = with_notice(
        "これは**「重要なお知らせ」**です。**受付を終了します。**次回は来年です。申請は**クラウド(IaaS)**から。\n\n\
         ・対象は全事業者です。\n・期限は12月25日です。\n\n１．対象\n２．期限\n\n■ 見出しのつもり\n本文の一行目です。\n\n\
         手順は次のとおりです。\n①申込み\n②審査\n\n受付は終了しました。\n※再開は未定です。\n\n料金は……\n別表のとおりです。\n\n\
         |区分|金額|\n|---|--:|\n|~~旧~~|1円|\n",
    );
    assert_eq!(codes(&registry, NOTICE), []);
    let site = registry.site(DAY);
    let expected = "<p>これは<strong>「重要なお知らせ」</strong>です。<strong>受付を終了します。</strong>次回は来年です。申請は<strong>クラウド(IaaS)</strong>から。</p>\n\
         <p>・対象は全事業者です。<br>\n・期限は12月25日です。</p>\n<p>１．対象<br>\n２．期限</p>\n<p>■ 見出しのつもり<br>\n本文の一行目です。</p>\n\
         <p>手順は次のとおりです。<br>\n①申込み<br>\n②審査</p>\n<p>受付は終了しました。<br>\n※再開は未定です。</p>\n<p>料金は……別表のとおりです。</p>\n\
         <table class=\"rows\"><thead><tr><th scope=\"col\">区分</th><th scope=\"col\" class=\"to-end\">金額</th></tr></thead>\n<tbody>\n\
         <tr><td data-label=\"区分\"><del>旧</del></td><td data-label=\"金額\" class=\"to-end\">1円</td></tr>\n</tbody></table>";
    for path in ["notices/2026-11-21-case/index.html", "en/notices/2026-11-21-case/index.html"] {
        assert_eq!(prose(&site, path), expected, "{path}");
    }
}

#[test]
fn a_link_is_told_where_nothing_answers_it_on_the_day() {
    let links = [
        ("[無い見出し](#無い)", "unknown-address"),
        ("[無い項目](/ip0001-2012/#nothing)", "unknown-address"),
        ("[先の日付](/ip0006-2611/)", "address-not-yet"),
        ("[先の日付](/ip0006-2611/mark.svg)", "address-not-yet"),
        ("[先の日付](/en/notices/2026-12-20-winter/)", "address-not-yet"),
        ("[自分のサイト](https://registry.example.jp/none/)", "unknown-address"),
        ("[大文字](https://REGISTRY.example.jp/none/)", "unknown-address"),
        ("[別の方式](http://registry.example.jp/none/)", "unknown-address"),
        ("[斜線](/ip)", "unknown-address"),
        ("[別の見出し](/ip/mark/#使えない場所)", "unknown-address"),
        ("[次の頁](/ip/page/2/)", "unknown-address"),
        ("![図](/assets/none.png)", "unknown-address"),
        ("[率](/ip/%zz)", "link-target"),
        ("[一本](https:/x)", "link-target"),
        ("[別のホスト](https:evil)", "link-target"),
        ("[逆斜線](https:\\\\\\\\evil)", "link-target"),
        ("[様式 1](https://example.jp/様式 1.xlsx)", "link-target"),
        ("[様式 1](</ip/様式 1/>)", "link-target"),
        ("[上へ](/../x/)", "link-target"),
    ];
    for (link, code) in links {
        let registry = with_notice(link);
        assert_eq!(codes(&registry, NOTICE), [(code.to_owned(), 5)], "{link}");
    }
    let fine = "[a](/nintei/ip-nintei/) [b](/ip/mark/#使える場所) [c](/ip0001-2012/#finance.sales) [d](#%E4%B8%8B) ![e](/assets/favicon.svg)\n\n# 下";
    assert_eq!(codes(&with_notice(fine), NOTICE), []);
}

/// Every address of the site and every place on its pages, on a day with and on one without what is dated ahead.
#[test]
fn whatever_the_site_has_can_be_linked_to_without_a_warning() {
    for day in [DAY, "2027-02-01"] {
        let registry = Registry::copy_of("golden");
        let site = registry.site(day);
        let mut text = "+++\ntitle = \"x\"\n+++\n".to_owned();
        let mut count = 0;
        // The half-size of a picture is the program's own; texts name the picture.
        let is_own = |path: &str| path.starts_with('.') && !path.starts_with(".well-known") || path.contains("@half.");
        for (path, bytes) in site.iter().filter(|(path, _)| !is_own(path)) {
            let address = path.strip_suffix("index.html").unwrap_or(path);
            let ids = if path.ends_with(".html") { attributes(std::str::from_utf8(bytes).unwrap(), "id") } else { Vec::new() };
            let places = ids.iter().map(|id| format!("#{id}")).chain([String::new()]);
            for place in places {
                text += &format!("[x](/{address}{place})\n");
                count += 1;
            }
        }
        assert!(count > 500);
        registry.write("content/pages/links.md", text);
        let found: Vec<Value> = serde_json::from_str(&registry.check(day).stdout).unwrap();
        let of_links = |problem: &&Value| problem["path"] == "content/pages/links.md";
        let found: Vec<&Value> = found.iter().filter(of_links).collect();
        assert!(found.is_empty(), "{day}: {found:#?}");
    }
}

#[test]
fn a_provider_can_be_linked_to_while_it_holds_a_certification() {
    let registry = Registry::copy_of("golden");
    let record = "content/services/tokuko/0001-2103/service.toml";
    for provider in ["holder-before", "holder-after"] {
        registry.write(&format!("content/providers/{provider}.toml"), format!("name = \"{provider}\"\naddress = \"東京都\"\n"));
    }
    registry.edit(record, "from_provider = \"mori-sensing\"", "from_provider = \"holder-before\"");
    registry.edit(record, "provider = \"spring-cloud\"", "provider = \"holder-after\"");
    let succession = "\n[[event]]\non = 2027-01-10\nkind = \"succession\"\nform = \"merger\"\neffect = \"kept\"\n";
    registry.write(record, format!("{}{succession}from_provider = \"spring-cloud\"\n", registry.read(record)));
    let page = "content/pages/holders.md";
    registry.write(page, "+++\ntitle = \"x\"\n+++\n[a](/providers/holder-before/)\n\n[b](/providers/holder-after/)\n");
    let (unknown, coming) = ("unknown-address".to_owned(), "address-not-yet".to_owned());
    for (day, told) in [
        ("2024-01-31", vec![(coming.clone(), 6)]),
        ("2024-02-01", vec![(unknown.clone(), 4), (coming.clone(), 6)]),
        ("2027-01-09", vec![(unknown.clone(), 4), (coming, 6)]),
        ("2027-01-10", vec![(unknown, 4)]),
    ] {
        let all: Vec<Value> = serde_json::from_str(&registry.check(day).stdout).unwrap();
        let of_page = all.iter().filter(|problem| problem["path"] == page);
        let found: Vec<(String, u64)> =
            of_page.map(|it| (it["code"].as_str().unwrap().to_owned(), it["line"].as_u64().unwrap())).collect();
        assert_eq!(found, told, "{day}");
        let site = registry.site(day);
        for (line, provider) in [(4, "holder-before"), (6, "holder-after")] {
            let stands = site.contains_key(&format!("providers/{provider}/index.html"));
            assert_eq!(stands, !found.iter().any(|(_, at)| *at == line), "{provider} on {day}");
        }
    }
}

/// One fault is one message: what a record that cannot be read would have told is not missing elsewhere.
#[test]
fn nothing_is_told_of_links_and_editions_because_of_a_record_that_cannot_be_read() {
    let broken = [
        "content/registry.toml",
        "content/schemes/ip/scheme.toml",
        "content/schemes/ip/items/2011-12-16.toml",
        "content/services/ip/0001-2012/service.toml",
    ];
    for path in broken {
        let registry = with_notice("[一](/ip/) [二](/ip0001-2012/#finance.sales) [三](/ip/items/)");
        registry.write(path, registry.read(path) + "\nx = = 1\n");
        let all: Vec<Value> = serde_json::from_str(&registry.check(DAY).stdout).unwrap();
        let told: Vec<&str> = all.iter().filter_map(|problem| problem["code"].as_str()).collect();
        assert!(told.contains(&"syntax"), "{path}: {told:?}");
        assert!(!told.iter().any(|code| ["unknown-address", "unknown-edition"].contains(code)), "{path}: {told:?}");
    }
}

#[test]
fn an_old_address_is_linked_as_it_stands_on_pages_of_both_languages() {
    let site = with_notice("[旧](/nintei/ip-nintei/)と[一覧](/ip/)").site(DAY);
    for (path, list) in [("notices/2026-11-21-case/index.html", "/ip/"), ("en/notices/2026-11-21-case/index.html", "/en/ip/")] {
        assert_eq!(attributes(&prose(&site, path), "href"), ["/nintei/ip-nintei/", list]);
    }
}

#[test]
fn no_heading_takes_an_id_of_the_page_or_of_another_heading() {
    let text = "# page_main\n\n# page_use\n\n# 申請\n\n# 申請\n\n# 申請-2\n\n# ！\n\n##\n\n## PAGE_MAIN\n";
    let registry = with_notice(text);
    registry.write("content/pages/headings.md", format!("+++\ntitle = \"x\"\n+++\n{text}"));
    registry.write("content/schemes/ip/mark.md", format!("+++\ntitle = \"x\"\n+++\n{text}"));
    registry.edit("content/notices/2026-12-20-winter.md", "+++\n\n", "+++\n\n");
    let site = registry.site(DAY);
    for page in ["notices/2026-11-21-case", "headings", "ip/mark"] {
        for lang in ["", "en/"] {
            let path = format!("{lang}{page}/index.html");
            let ids = attributes(std::str::from_utf8(&site[&path]).unwrap(), "id");
            let folded: BTreeSet<String> = ids.iter().map(|id| id.to_lowercase()).collect();
            assert!(ids.iter().all(|id| !id.is_empty()), "{path}");
            // The last heading differs from the first in its case alone.
            assert_eq!(folded.len(), ids.len() - 1, "{path}: {ids:?}");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: {ids:?}");
        }
    }
}

#[test]
fn an_unfinished_merge_is_an_error_in_every_text_and_shows_nothing_of_it() {
    let marks = "<<<<<<< HEAD\nhush-ours\n=======\nhush-theirs\n>>>>>>> office\n";
    for path in [
        "content/registry.toml",
        "content/schemes/ip/scheme.toml",
        "content/schemes/ip/items/2024-04-01.toml",
        "content/schemes/ip/application.md",
        "content/providers/mori-sensing.toml",
        "content/services/ip/0001-2012/service.toml",
        "content/services/ip/0001-2012/disclosures/2024-10-31.toml",
        "content/services/ip/0001-2012/disclosures/2024-10-31.withheld.toml",
        "content/notices/2022-06-30-revocation.md",
        "content/pages/about.md",
    ] {
        let registry = Registry::copy_of("golden");
        if !registry.root().join(path).exists() {
            panic!("{path} is not there");
        }
        let text = registry.read(path);
        let line = text.matches('\n').count() as u64 + 1;
        registry.write(path, format!("{text}{marks}"));
        assert_eq!(codes(&registry, path), [("unfinished-merge".to_owned(), line)], "{path}");
        let said = registry.run(&["check", "--date", DAY, "--lang", "ja"]);
        assert!(said.code == 1 && !said.stderr.contains("hush"), "{path}: {}", said.stderr);
    }
    let inside = Registry::copy_of("golden");
    let path = "content/services/ip/0003-2605/disclosures/2026-06-01.toml";
    let text = inside.read(path);
    inside.write(path, format!("{text}\n[nowhere]\nx = '''\n{marks}'''\n"));
    assert_eq!(codes(&inside, path).len(), 1);
}

#[test]
fn a_heading_with_a_line_below_is_no_mark_of_a_merge() {
    let registry = with_notice("見出し\n=======\n\n本文です。\n");
    assert_eq!(codes(&registry, NOTICE), []);
    assert!(prose(&registry.site(DAY), "notices/2026-11-21-case/index.html").contains("見出し</h2>"));
}

#[test]
fn what_excel_and_pdfs_leave_is_told_by_the_item_and_published_as_written() {
    let registry = Registry::copy_of("golden");
    let path = "content/services/ip/0003-2605/disclosures/2026-06-01.toml";
    let left = [
        ("上場_x000D_しております", "excel-residue"),
        ("#REF!", "excel-residue"),
        ("架\u{e001}区", "private-use-letter"),
        ("か\u{3099}い", "decomposed-letter"),
        ("見\u{200b}本", "invisible-letter"),
    ];
    let text = registry.read(path);
    let (key, value) = text.lines().find_map(|line| line.split_once(" = \"").filter(|(key, _)| *key == "date")).unwrap();
    for (written, code) in left {
        registry.write(path, text.replacen(&format!("{key} = \"{value}"), &format!("{key} = \"{written}\""), 1));
        let found = told(&registry, path);
        assert!(found.iter().any(|(of, _, message)| of == code && message.contains("開示情報の日付")), "{written}: {found:?}");
        assert!(found.iter().all(|(_, _, message)| written == "#REF!" || !message.contains(written)), "{found:?}");
        let page = registry.site(DAY).remove("ip0003-2605/index.html").unwrap();
        assert!(String::from_utf8(page).unwrap().contains(written), "{written}");
    }
    registry.write(path, text.replacen(&format!("{key} = \"{value}"), &format!("{key} = \"\u{200b}\""), 1));
    assert!(told(&registry, path).iter().any(|(code, _, _)| code == "empty-text"));
}

#[test]
fn an_empty_text_is_to_be_written_where_it_has_to_be_there() {
    let registry = with_notice("");
    registry.write("content/providers/leer.toml", "name = \"\"\nname_en = \"\"\naddress = \"東京都\"\n");
    let all: Vec<Value> = serde_json::from_str(&registry.check(DAY).stdout).unwrap();
    let helps: Vec<&str> =
        all.iter().filter(|problem| problem["code"] == "empty-text").map(|problem| problem["help"].as_str().unwrap()).collect();
    let (write, leave_out) = ("it has to be there: write the text", "take the line away where there is nothing to say");
    assert_eq!(helps, [write, write, leave_out]);
}
