//! The keys of registry, schemes, catalogues and providers: each is read, shown where readers look for it, and refused where
//! it cannot be meant.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use serde_json::Value;
use support::{DAY, Registry};

mod support;

const REGISTRY: &str = "content/registry.toml";
const SCHEME: &str = "content/schemes/ip/scheme.toml";
const ITEMS: &str = "content/schemes/ip/items/2011-12-16.toml";
const PROVIDER: &str = "content/providers/spring-cloud.toml";
const SERVICE: &str = "content/services/ip/0001-2511/service.toml";
const DISCLOSURE: &str = "content/services/ip/0001-2511/disclosures/2025-11-15.toml";

/// A place in the records, and how something comes to stand there.
type Written<'w> = (&'w str, &'w dyn Fn(&Registry));

/// A registry without a problem.
fn base() -> Registry {
    Registry::copy_of("checks/_base")
}

fn problems(registry: &Registry) -> Vec<Value> {
    serde_json::from_str(&registry.check(DAY).stdout).unwrap()
}

/// The codes of a check.
fn codes(registry: &Registry) -> Vec<String> {
    problems(registry).iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}

fn page(registry: &Registry, day: &str, path: &str) -> String {
    String::from_utf8(registry.site(day).remove(path).unwrap_or_else(|| panic!("{path} is missing"))).unwrap()
}

/// A page of a free text.
fn write_page(registry: &Registry, path: &str, text: &str) {
    registry.write(path, format!("+++\ntitle = \"案内\"\n+++\n\n{text}\n"));
}

/// A base with every key that records.md has for these records and that may be left out.
fn with_every_key() -> Registry {
    let registry = base();
    registry
        .edit(REGISTRY, "license = \"CC-BY-4.0\"\n", "license = \"CC-BY-4.0\"\nfooter = [\"about\"]\n")
        .edit(REGISTRY, "\n[[body.former_name]]", "role = \"開示認定機関\"\nrole_en = \"Certification body\"\n\n[[body.former_name]]")
        .edit(REGISTRY, "name = \"営業上の秘密\"\n", "name = \"営業上の秘密\"\nname_en = \"Business secret\"\n")
        .edit(
            REGISTRY,
            "\n[[withholding_ground]]\nid = \"business-secret\"",
            "\n[brake]\nstandings = 5\nremoved = 0\n\n[[delegation]]\nto = \"見本受付センター\"\nwork = \"申請書類の受付\"\nfrom = 2026-04-01\nuntil = 2027-03-31\nscheme = \"ip\"\n\n[[withholding_ground]]\nid = \"business-secret\"",
        )
        .edit(SCHEME, "text = \"不正な方法で認定を得た場合\"\n", "text = \"不正な方法で認定を得た場合\"\ntext_en = \"By improper means\"\n")
        .edit(
            SCHEME,
            "description = \"資源を使えるようにするサービスです。\"\n",
            "description = \"資源を使えるようにするサービスです。\"\ndescription_en = \"Resources for use.\"\nwork = \"計算と保管\"\nexamples = \"仮想サーバなど\"\n",
        )
        .edit(
            SCHEME,
            "\n[[fee]]",
            "\n[criteria]\ntext = \"機構が定める基準によります。\"\nurl = \"https://registry.example.jp/criteria/\"\n\n[cites]\nrenewal-window = \"運用規程第12条第1項\"\n\n[[fee]]",
        )
        .edit(
            ITEMS,
            "name = \"売上高\"\n",
            "name = \"売上高\"\ngroup_en = \"Figures\"\nexplains = \"事業の大きさがわかります。\"\nexplains_en = \"How large the business is.\"\nsummary = true\n",
        );
    write_page(&registry, "content/pages/about.md", "このサイトの説明です。");
    write_page(&registry, "content/pages/help.md", "使い方の説明です。");
    registry
}

#[test]
fn every_key_of_the_interface_is_read_without_a_problem() {
    assert_eq!(problems(&with_every_key()), Vec::<Value>::new());
    let registry = base();
    registry.edit(PROVIDER, "address =", "logo = \"pictures/spring-cloud.png\"\naddress =");
    let refused = ["unknown-key", "bad-value"];
    assert!(
        !codes(&registry).iter().any(|code| refused.contains(&code.as_str())),
        "the key is read, whether the picture is there"
    );
}

#[test]
fn what_the_new_keys_say_stands_on_pages_of_both_languages() {
    let registry = with_every_key();
    let site = registry.site(DAY);
    let expected: &[(&str, &[&str])] = &[
        ("desk/index.html", &["開示認定機関", "見本受付センター", "見本", "2027年3月31日"]),
        ("en/desk/index.html", &["Certification body", "31 March 2027"]),
        ("ip/index.html", &["計算と保管", "仮想サーバなど", "見直しにより変わることがあります"]),
        ("en/ip/index.html", &["Certified services", "Resources for use.", "It says that information is disclosed properly."]),
        ("ip/regulation/index.html", &["機構が定める基準によります。", "https://registry.example.jp/criteria/"]),
        ("en/ip/regulation/index.html", &["By improper means"]),
        ("ip/items/finance/sales/index.html", &["事業の大きさがわかります。"]),
        ("en/ip/items/finance/sales/index.html", &["How large the business is.", "Figures"]),
        ("en/ip0001-2511/index.html", &["Figures"]),
        ("pages/index.html", &["/about/", "/help/"]),
        ("en/pages/index.html", &["/en/about/", "/en/help/"]),
    ];
    for (path, words) in expected {
        let text = String::from_utf8_lossy(site.get(*path).unwrap_or_else(|| panic!("{path} is missing")));
        for word in *words {
            assert!(text.contains(word), "{path} lacks {word}");
        }
    }
}

#[test]
fn a_footer_names_the_pages_that_the_body_chose_and_the_page_of_all_of_them() {
    let registry = with_every_key();
    let foot = |registry: &Registry| page(registry, DAY, "providers/index.html").split("<footer").nth(1).unwrap().to_owned();
    let chosen = foot(&registry);
    assert!(chosen.contains("/about/") && chosen.contains("/pages/") && !chosen.contains("/help/"));
    registry.edit(REGISTRY, "footer = [\"about\"]\n", "");
    let absent = foot(&registry);
    assert!(!absent.contains("/about/") && absent.contains("/pages/"));
    let site = base().site(DAY);
    assert!(!site.contains_key("pages/index.html"));
    assert!(!String::from_utf8_lossy(&site["providers/index.html"]).contains("/pages/"));
}

#[test]
fn a_footer_of_unknown_repeated_or_too_many_pages_is_an_error() {
    let cases = [
        ("[\"abuot\"]", "unknown-page"),
        ("[\"about\", \"about\"]", "duplicate-id"),
        ("[\"about\", \"p1\", \"p2\", \"p3\", \"p4\", \"p5\", \"help\"]", "bad-value"),
        ("\"about\"", "wrong-type"),
    ];
    for (footer, code) in cases {
        let registry = with_every_key();
        (1..6).for_each(|n| write_page(&registry, &format!("content/pages/p{n}.md"), "説明です。"));
        registry.edit(REGISTRY, "footer = [\"about\"]", &format!("footer = {footer}"));
        assert_eq!(codes(&registry), [code], "{footer}");
        assert_eq!(registry.check(DAY).code, 1, "{footer}");
    }
}

#[test]
fn a_scheme_without_english_words_shows_the_japanese_ones_marked_as_such() {
    let registry = base();
    for key in ["short_name_en", "list_title_en", "meaning_en"] {
        let text = registry.read(SCHEME);
        let line = text.lines().find(|line| line.starts_with(key)).unwrap();
        registry.edit(SCHEME, &format!("{line}\n"), "");
    }
    assert_eq!(codes(&registry), ["english-missing"; 3]);
    assert_eq!(registry.check(DAY).code, 0);
    let text = page(&registry, DAY, "en/ip/index.html");
    for words in ["見本", "認定サービス一覧", "情報が適切に開示されていることを示します。"] {
        assert!(text.contains(&format!("<span lang=ja>{words}</span>")), "{words}");
    }
}

#[test]
fn a_delegation_is_told_from_its_first_to_its_last_day() {
    let registry = with_every_key();
    for (day, shown) in [("2026-03-31", false), ("2026-04-01", true), ("2027-03-31", true), ("2027-04-01", false)] {
        assert_eq!(page(&registry, day, "desk/index.html").contains("見本受付センター"), shown, "{day}");
    }
    registry.edit(REGISTRY, "scheme = \"ip\"", "scheme = \"iot\"");
    assert_eq!(codes(&registry), ["unknown-scheme"]);
    registry.edit(REGISTRY, "scheme = \"iot\"", "scheme = \"ip\"").edit(REGISTRY, "until = 2027-03-31", "until = 2026-03-31");
    assert_eq!(codes(&registry), ["delegation-order"]);
    registry.edit(REGISTRY, "until = 2026-03-31", "until = 2026-04-01");
    assert_eq!(codes(&registry), Vec::<String>::new());
}

#[test]
fn an_edition_may_be_as_exact_as_a_month() {
    let registry = base();
    let items = registry.read(ITEMS);
    registry.remove(ITEMS).write("content/schemes/ip/items/2018-10.toml", items);
    registry.edit(SCHEME, "published = \"2011-12-16\"", "published = \"2018-10\"");
    registry.edit(DISCLOSURE, "edition = \"2011-12-16\"", "edition = \"2018-10\"");
    assert_eq!(codes(&registry), Vec::<String>::new());
    assert!(page(&registry, DAY, "ip0001-2511/index.html").contains("2018年10月"));
    for name in ["2018-13", "2018-1", "201810"] {
        let registry = base();
        registry.write(&format!("content/schemes/ip/items/{name}.toml"), registry.read(ITEMS));
        assert_eq!(codes(&registry), ["id-form"], "{name}");
    }
}

#[test]
fn a_summary_has_eight_items_at_most() {
    let with = |count: usize| {
        let registry = base();
        let items: String = (0..count)
            .map(|n| {
                format!("[[section.item]]\nid = \"s{n}\"\ngroup = \"要約\"\nname = \"要約{n}\"\nkind = \"optional\"\nguidance = \"書く。\"\nsummary = true\n\n")
            })
            .collect();
        let text = registry.read(ITEMS);
        let section = "[[section]]\nid = \"summary\"\nname = \"要約\"\npart = \"service\"\n\n";
        registry.write(ITEMS, format!("{text}\n{section}{items}"));
        codes(&registry)
    };
    assert_eq!(with(8), Vec::<String>::new());
    assert_eq!(with(9), ["bad-value"]);
}

#[test]
fn a_logo_is_a_picture_of_the_content_folder() {
    for logo in
        ["spring-cloud.png", "pictures/Spring.png", "pictures/a/b.png", "pictures/logo.svg", "../pictures/logo.png", "pictures/"]
    {
        let registry = base();
        registry.edit(PROVIDER, "address =", &format!("logo = \"{logo}\"\naddress ="));
        assert!(codes(&registry).contains(&"unknown-picture".to_owned()), "{logo}");
    }
}

#[test]
fn the_body_is_named_as_it_is_called_on_the_day_in_every_text_of_its_own() {
    let former = "見本認定協議会";
    let writes: [Written<'_>; 7] = [
        ("a desk", &|r| {
            r.edit(REGISTRY, "見本認定機構事務局", "見本認定協議会事務局");
        }),
        ("a category", &|r| {
            r.edit(SCHEME, "付加機能を受け持つ", "見本認定協議会が定める付加機能を受け持つ");
        }),
        ("a ground", &|r| {
            r.edit(SCHEME, "審査基準を満たさ", "見本認定協議会の審査基準を満たさ");
        }),
        ("an item", &|r| {
            r.edit(ITEMS, "登記上の商号を書く。", "見本認定協議会に届けた商号を書く。");
        }),
        ("a page", &|r| write_page(r, "content/pages/a.md", "変更の届出は、見本認定協議会へお出しください。")),
        ("a scheme's page", &|r| write_page(r, "content/schemes/ip/a.md", "見本認定協議会が審査します。")),
        ("a note", &|r| {
            let event = "\n[[event]]\non = 2026-01-10\nkind = \"corrected\"\nnote = \"見本認定協議会が直しました。\"\n";
            r.write(SERVICE, r.read(SERVICE) + event);
        }),
    ];
    for (place, write) in writes {
        let registry = base();
        write(&registry);
        assert_eq!(codes(&registry), ["former-body-name"], "{place}");
    }
    let histories = [
        format!("制度は、{former}（当時）が2018年に定めました。"),
        format!("認定の業務は、{former}から一般社団法人見本認定機構が引き継ぎました。"),
        format!("2020年3月31日まで{former}が認定を行っていました。"),
    ];
    for text in histories {
        let registry = base();
        write_page(&registry, "content/pages/a.md", &text);
        assert_eq!(codes(&registry), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_notice_names_the_body_neither_as_it_was_nor_as_it_would_be_called() {
    for (day, name, code) in [
        ("2019-04-01", "見本認定協議会", None),
        ("2019-06-01", "一般社団法人見本認定機構", None),
        ("2015-04-01", "一般社団法人見本認定機構", Some("former-body-name")),
        ("2021-04-01", "見本認定協議会", Some("former-body-name")),
        ("2021-04-01", "一般社団法人見本認定機構", None),
    ] {
        let registry = base();
        let text = format!("+++\ntitle = \"お知らせ\"\nkind = \"お知らせ\"\n+++\n\n{name}が窓口を移しました。\n");
        registry.write(&format!("content/notices/{day}-office.md"), text);
        assert_eq!(codes(&registry), code.into_iter().collect::<Vec<_>>(), "{day} {name}");
    }
}

#[test]
fn a_raw_mail_address_is_told_in_every_text_of_the_body() {
    let writes: [Written<'_>; 7] = [
        ("hours", &|r| {
            r.edit(REGISTRY, "hours = \"9:30–17:00\"", "hours = \"終日（office＠example.jp）\"");
        }),
        ("a fee's note", &|r| {
            r.edit(SCHEME, "net = 190000", "net = 190000\nnote = \"office@example.jp へ\"");
        }),
        ("guidance", &|r| {
            r.edit(ITEMS, "登記上の商号を書く。", "office@example.jp に尋ねて書く。");
        }),
        ("a title", &|r| {
            r.write("content/pages/a.md", "+++\ntitle = \"office@example.jp\"\n+++\n\n案内です。\n");
        }),
        ("a link", &|r| write_page(r, "content/pages/a.md", "[窓口](mailto:office@example.jp)へどうぞ。")),
        ("an entity", &|r| write_page(r, "content/schemes/ip/a.md", "office&#64;example.jp へどうぞ。")),
        ("a note", &|r| {
            let event = "\n[[event]]\non = 2026-01-10\nkind = \"changed\"\nnote = \"office@example.jp へ届出\"\n";
            r.write(SERVICE, r.read(SERVICE) + event);
        }),
    ];
    for (place, write) in writes {
        let registry = base();
        write(&registry);
        let found = problems(&registry);
        assert_eq!(codes(&registry), ["raw-mail-address"], "{place}");
        assert!(found[0]["help"].as_str().unwrap().contains("office_atmark_example.jp"), "{place}");
    }
    let registry = base();
    registry.edit(DISCLOSURE, "1分間隔で監視", "監視室 noc@spring-cloud.example.jp");
    assert_eq!(codes(&registry), Vec::<String>::new(), "what a provider discloses stands as written");
}

#[test]
fn names_are_one_line_and_readings_are_kana() {
    let cases = [
        (PROVIDER, "name = \"スプリングクラウド株式会社\"", "name = \" スプリングクラウド株式会社\"", "name-form"),
        (SERVICE, "name = \"スプリング基盤\"", "name = \"スプリング基盤\\n\"", "name-form"),
        (REGISTRY, "title = \"公表サイト\"", "title = \"公表サイト\u{3000}\"", "name-form"),
        (SCHEME, "name = \"ハード基盤サービス\"", "name = \"ハード基盤\\tサービス\"", "name-form"),
        (ITEMS, "name = \"売上高\"", "name = \"売上\\n高\"", "name-form"),
        (SERVICE, "summary =", "kana = \"スプリング基盤\"\nsummary =", "kana-form"),
        (PROVIDER, "address =", "kana = \"すぷりんぐ21\"\naddress =", "kana-form"),
    ];
    for (path, from, to, code) in cases {
        let registry = base();
        registry.edit(path, from, to);
        assert_eq!(codes(&registry), [code], "{to}");
        assert_eq!(registry.check(DAY).code, 0, "{to}");
    }
    let registry = base();
    registry.edit(SERVICE, "summary =", "kana = \"スプリング・きばん　さーびす\"\nsummary =");
    assert_eq!(codes(&registry), Vec::<String>::new());
}

#[test]
fn dates_that_cannot_be_meant_are_told_with_the_one_that_is() {
    let cases = [
        (SERVICE, "kind = \"certified\"", "kind = \"certified\"\nuntil = 2207-11-14", "2027-11-14"),
        (REGISTRY, "until = 2020-03-31", "until = 2200-03-31", "2020-03-31"),
        (SCHEME, "from = 2019-10-01", "from = 1209-10-01", ""),
        (SCHEME, "from = 2018-12-01", "from = 2108-12-01", "2018-12-01"),
    ];
    for (path, from, to, meant) in cases {
        let registry = base();
        registry.edit(path, from, to);
        let found = problems(&registry);
        let dates: Vec<&Value> = found.iter().filter(|problem| problem["code"] == "unlikely-date").collect();
        if meant.is_empty() {
            assert!(found.iter().any(|problem| problem["code"] == "bad-value"), "{to}: {found:?}");
        } else {
            assert_eq!(dates.len(), 1, "{to}: {found:?}");
            assert!(dates[0]["help"].as_str().unwrap().contains(meant), "{to}: {found:?}");
        }
    }
    let registry = base();
    registry.edit(SCHEME, "published = \"2011-12-16\"", "published = \"2026-01-10\"");
    let items = registry.read(ITEMS);
    registry.remove(ITEMS).write("content/schemes/ip/items/2026-01-10.toml", items);
    registry.edit(DISCLOSURE, "edition = \"2011-12-16\"", "edition = \"2026-01-10\"");
    assert!(codes(&registry).contains(&"unlikely-date".to_owned()), "certified before the guideline was there");
}

#[test]
fn fee_periods_and_regulations_tell_their_days_in_both_calendars() {
    let text = page(&base(), DAY, "ip/regulation/index.html");
    assert!(text.contains("2019年10月1日（令和元年10月1日）") && text.contains("2018年12月1日（平成30年12月1日）"));
}

#[test]
fn a_service_without_its_start_is_told_where_the_scheme_asks_for_running_services() {
    let registry = base();
    registry.edit(SCHEME, "must_be_running = false", "must_be_running = true");
    assert_eq!(codes(&registry), ["start-missing"]);
    registry.edit(SERVICE, "categories =", "started_on = 2020-04-01\ncategories =");
    assert_eq!(codes(&registry), Vec::<String>::new());
}
