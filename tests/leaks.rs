//! What of a withheld text counts as a leak where it stands in a public one, and what looks like one and is none: names, the
//! words of catalogues, what many say, the same item in an earlier disclosure, parts that say too little.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use serde_json::Value;
use support::{DAY, Registry};

mod support;

const SERVICE: &str = "content/services/ip/0001-2511/service.toml";
const OPEN: &str = "content/services/ip/0001-2511/disclosures/2025-11-15.toml";
const TWIN: &str = "content/services/ip/0001-2511/disclosures/2025-11-15.withheld.toml";
const PROVIDER: &str = "content/providers/spring-cloud.toml";
const CATALOGUE: &str = "content/schemes/ip/items/2011-12-16.toml";
const NOTICE: &str = "content/notices/2026-01-01-news.md";
const HEAD: &str = "+++\ntitle = \"試験\"\nkind = \"information\"\n+++\n";

/// A service that withholds its sales, with this text sealed.
fn with_sealed(sealed: &str) -> Registry {
    let registry = Registry::copy_of("checks/_base");
    support::copy(&support::tests().join("checks/sealed-text-in-public"), registry.root());
    registry.edit(SERVICE, "売上高 1,234百万円", "");
    registry.write(TWIN, format!("sealed = true\n\n[finance]\nsales = \"{sealed}\"\n"));
    registry
}

/// Another service of a provider of its own, which says this of its monitoring.
fn other(registry: &Registry, serial: usize, monitoring: &str) {
    let provider = registry.read(PROVIDER).replace("スプリングクラウド", &format!("第{serial}見本"));
    registry.write(&format!("content/providers/p{serial}.toml"), provider.replace("corporate_number = \"7000012050002\"\n", ""));
    let folder = format!("content/services/ip/000{serial}-2511");
    let service = registry.read(SERVICE).replace("0001-2511", &format!("000{serial}-2511"));
    registry.write(&format!("{folder}/service.toml"), service.replace("spring-cloud", &format!("p{serial}")));
    let open = registry.read(OPEN).replace("スプリングクラウド", &format!("第{serial}見本"));
    let sales = open.lines().find(|line| line.starts_with("sales")).unwrap().to_owned();
    let open = open.replace(&sales, "sales = \"非公開の方針です\"").replace("1分間隔で監視", monitoring);
    registry.write(&format!("{folder}/disclosures/2025-11-15.toml"), open);
}

/// Where `check` finds withheld texts in public ones: path and line.
fn leaks(registry: &Registry) -> Vec<(String, u64)> {
    let run = registry.check(DAY);
    let all: Vec<Value> = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{} {}", run.code, run.stderr));
    let leaks = all.iter().filter(|problem| problem["code"] == "sealed-text-in-public");
    leaks.map(|leak| (leak["path"].as_str().unwrap().to_owned(), leak["line"].as_u64().unwrap())).collect()
}

fn at(path: &str, line: u64) -> Vec<(String, u64)> {
    vec![(path.to_owned(), line)]
}

#[test]
fn marks_and_codes_between_its_letters_hide_no_withheld_text() {
    for text in [
        "48億**7,210**万円",
        "48億~~7,210~~万円",
        "48億[7,210](/ip/)万円",
        "48億7\\,210万円",
        "4&#56;億7&#x2c;210万円",
        "48億`7,210`万円",
        "48億7,\n210万円",
        "- 48億\n- 7,210万円",
        "|48億|7,210万円|\n|---|---|",
        "[表](https://example.jp/?q=48%E5%84%847%2c210%E4%B8%87%E5%86%86)",
        "![48億*7,210*万円](/assets/favicon.svg)",
    ] {
        let registry = with_sealed("48億7,210万円");
        registry.write(NOTICE, format!("{HEAD}一行目\n\n{text}\n\n終わり\n"));
        assert_eq!(leaks(&registry).first(), at(NOTICE, 7).first(), "{text}");
        let told = registry.run(&["check", "--date", DAY, "--lang", "ja"]).stderr;
        assert!(!told.contains("7,210") && !told.contains("210万円"), "{told}");
    }
    let registry = with_sealed("48億7,210万円");
    registry.edit(SERVICE, "provider =", "url = \"https://example.jp/48%E5%84%847,210%E4%B8%87%E5%86%86/\"\nprovider =");
    assert_eq!(leaks(&registry).len(), 1);
}

/// At least six characters that say something, and half of those of their sentence or sixteen of them: not one less.
#[test]
fn a_part_counts_from_half_of_its_sentence_on_or_from_sixteen_characters() {
    for (sealed, told, public) in [
        // Six of twelve, and five of twelve.
        ("甲乙丙丁戊己庚辛壬癸子丑。", true, "甲乙丙丁戊己です"),
        ("甲乙丙丁戊己庚辛壬癸子丑。", false, "甲乙丙丁戊です"),
        // Six of thirteen are less than half.
        ("甲乙丙丁戊己庚辛壬癸子丑寅。", false, "甲乙丙丁戊己です"),
        ("甲乙丙丁戊己庚辛壬癸子丑寅。", true, "甲乙丙丁戊己庚です"),
        // Hiragana, signs and dates between them say nothing.
        ("甲乙と丙丁を、戊だけにします（2025年3月）。以上。", false, "甲乙と丙丁を、戊だけにします（2025年3月）で"),
        ("監査は年1回、2025年3月31日に報告します。", false, "2025年3月31日に報告します。"),
        // Sixteen and fifteen of forty.
        (
            "一二三四五六七八九十百千万億兆京垓秭穣溝澗正載極天地玄黄宇宙洪荒日月盈昃辰宿列張",
            true,
            "一二三四五六七八九十百千万億兆京で",
        ),
        (
            "一二三四五六七八九十百千万億兆京垓秭穣溝澗正載極天地玄黄宇宙洪荒日月盈昃辰宿列張",
            false,
            "一二三四五六七八九十百千万億兆で",
        ),
    ] {
        let registry = with_sealed(sealed);
        registry.edit(SERVICE, "仮想サーバを貸し出すサービスです。", public);
        assert_eq!(!leaks(&registry).is_empty(), told, "{sealed} {public}");
    }
}

#[test]
fn a_whole_text_counts_from_six_characters_on() {
    for (sealed, told) in [("24時間", false), ("10人未満", false), ("10人未満だ", true), ("１２３４５６", true)] {
        let registry = with_sealed(sealed);
        registry.write(NOTICE, format!("{HEAD}従業員は10人未満だと24時間で123456です。\n"));
        assert_eq!(!leaks(&registry).is_empty(), told, "{sealed}");
    }
}

#[test]
fn a_public_name_that_a_withheld_text_mentions_gives_nothing_away() {
    let registry = with_sealed("取引先は東日本データセンターである。");
    assert_eq!(leaks(&registry), []);
    // Where more stands beside it than the name, it is a part like any other.
    registry.write(NOTICE, format!("{HEAD}取引先は東日本データセンターです。\n"));
    assert_eq!(leaks(&registry), at(NOTICE, 5));
}

#[test]
fn the_words_of_schemes_and_catalogues_give_nothing_away_but_for_a_whole_text() {
    let registry = with_sealed("単独の売上高を有価証券報告書に書く。");
    registry.edit(CATALOGUE, "単独の売上高を書く。", "単独の売上高を有価証券報告書に基づいて書く。");
    assert_eq!(leaks(&registry), []);
    // What the catalogue says may be said elsewhere as well.
    registry.edit(SERVICE, "仮想サーバを貸し出すサービスです。", "単独の売上高を有価証券報告書に記します。");
    assert_eq!(leaks(&registry), []);
    registry.edit(CATALOGUE, "単独の売上高を有価証券報告書に基づいて書く。", "単独の売上高を有価証券報告書に書く。");
    assert_eq!(leaks(&registry).len(), 1);
}

#[test]
fn what_more_than_three_other_providers_say_is_common_and_no_leak() {
    let phrase = "第三者機関による脆弱性診断試験の結果を公表";
    for (others, told) in [(3, true), (4, false)] {
        let registry = with_sealed(&format!("{phrase}している。"));
        registry.edit(OPEN, "1分間隔で監視", &format!("{phrase}します。"));
        (2..2 + others).for_each(|serial| other(&registry, serial, &format!("{phrase}する。")));
        let found = leaks(&registry);
        assert_eq!(found.iter().any(|(path, _)| path == OPEN), told, "{others}: {found:?}");
    }
}

#[test]
fn in_the_records_of_others_a_part_needs_sixteen_characters() {
    for (said, told) in [("夜間は札幌第二拠点へ切替", false), ("夜間無人運転時は札幌市厚別区第二拠点へ切替", true)]
    {
        let registry = with_sealed(&format!("{said}える。"));
        other(&registry, 2, &format!("{said}えます。"));
        assert_eq!(!leaks(&registry).is_empty(), told, "{said}");
    }
    // A whole text is no coincidence, whoever writes it, where few do.
    let registry = with_sealed("夜間は札幌第二拠点へ切替");
    other(&registry, 2, "夜間は札幌第二拠点へ切替えます。");
    assert_eq!(leaks(&registry).len(), 1);
}

#[test]
fn the_same_item_in_an_earlier_disclosure_is_hidden_with_it() {
    let registry = with_sealed("48億7,210万円");
    let earlier = registry.read(OPEN);
    let sales = earlier.lines().find(|line| line.starts_with("sales")).unwrap().to_owned();
    registry.edit(SERVICE, "on = 2025-11-15", "on = 2025-11-15\napplied_on = 2025-10-01");
    let path = "content/services/ip/0001-2511/disclosures/2025-11-01.toml";
    registry.write(path, earlier.replace(&sales, "sales = \"48億7,210万円\""));
    assert_eq!(leaks(&registry), []);
    registry.edit(path, "sales = \"48億7,210万円\"", "capital = \"48億7,210万円\"");
    assert_eq!(leaks(&registry).len(), 1);
}

#[test]
fn what_is_not_public_may_say_what_it_likes() {
    let registry = with_sealed("48億7,210万円");
    let event = "\n[[event]]\non = 2026-01-10\nkind = \"improvement-requested\"\npublished = false\nnote = \"48億7,210万円\"\n";
    registry.write(SERVICE, registry.read(SERVICE) + event + "# 48億7,210万円\n");
    assert_eq!(leaks(&registry), []);
    registry.edit(SERVICE, "published = false", "published = true");
    assert_eq!(leaks(&registry).len(), 1);
}
