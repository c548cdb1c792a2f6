//! Sentences on pages hold for the service and scheme that they stand on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod support;

use std::sync::LazyLock;

use support::{DAY, Registry};

/// Pages of a built registry.
struct Site(Registry);

/// The golden registry, built once for all tests.
static GOLDEN: LazyLock<Site> = LazyLock::new(|| Site::of(Registry::copy_of("golden")));

impl Site {
    fn of(registry: Registry) -> Site {
        let run = registry.build_on(DAY, DAY);
        assert_eq!(run.code, 0, "{}", run.stderr);
        Site(registry)
    }

    /// The words of a page's main part, without tags, on one line.
    fn page(&self, address: &str) -> String {
        let html = self.0.read(&format!("public/{address}index.html"));
        let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a main part");
        let words = main.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words.trim());
        words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn an_ended_certification_means_nothing_in_the_present() {
    let site = &*GOLDEN;
    for slug in ["iot0001-1904", "iot0003-2010", "ip0002-2103", "ip0004-1804"] {
        let page = site.page(&format!("{slug}/"));
        assert!(!page.contains("この認定の意味"), "{slug}: {page}");
        assert!(!page.contains("そのまま掲載しています"), "{slug}: {page}");
        assert!(page.contains("当事者の間で解決"), "{slug}: {page}");
    }
    assert!(site.page("ip0001-2012/").contains("この認定の意味"));
}

#[test]
fn an_effect_that_never_stopped_is_told_from_its_certification() {
    let site = &*GOLDEN;
    let page = site.page("ip0001-2012/");
    assert!(page.contains("有効 認定年月日： 2020年12月6日"), "{page}");
    assert!(!page.contains("2024年12月6日 から"), "{page}");
    assert!(site.page("en/ip0001-2012/").contains("Valid Certified on 6 December 2020"));
    assert!(site.page("iot0001-1904/").contains("2022年6月30日 から"));
}

#[test]
fn the_end_of_a_term_stands_in_the_history_with_how_long_the_effect_went_on() {
    let page = GOLDEN.page("ip0002-2103/");
    assert!(page.contains("2025年4月1日 有効期間の満了"), "{page}");
    assert!(page.contains("更新の審査が続いていた間、認定の効力は 2025年3月31日 まで続きました。"), "{page}");
}

#[test]
fn what_was_there_before_a_handover_is_told_of_who_held_it_then() {
    let page = GOLDEN.page("tokuko0001-2103/");
    assert!(page.contains("以前の事業者 もりセンシング合同会社"), "{page}");
    assert!(!page.contains("有限会社スプリング"), "{page}");
}

#[test]
fn a_scheme_without_criterion_items_shows_no_counts_of_them() {
    let registry = Registry::copy_of("golden");
    let items = registry.read("content/schemes/iot/items/2018-10-01.toml");
    registry.write("content/schemes/iot/items/2018-10-01.toml", items.replace("criterion = true\n", ""));
    let site = Site::of(registry);
    for address in ["iot0002-2411/", "iot/items/"] {
        let page = site.page(address);
        assert!(!page.contains("考慮"), "{address}: {page}");
        assert!(!page.contains("認定の可否に影響しません"), "{address}: {page}");
    }
    let page = site.page("ip0001-2012/");
    assert!(page.contains("考慮項目") && page.contains("認定の可否に影響しません"), "{page}");
}

#[test]
fn until_when_the_mark_may_be_used_is_told_as_the_scheme_has_it() {
    assert!(GOLDEN.page("tokuko0001-2103/").contains("更新の審査中を含め、認定の効力がある間に限って使用できます"));
    let registry = Registry::copy_of("golden");
    registry.edit("content/schemes/tokuko/scheme.toml", "mark_while_continuing = true", "mark_while_continuing = false");
    let page = Site::of(registry).page("tokuko0001-2103/");
    assert!(page.contains("使用できるのは、有効期間内に限ります。"), "{page}");
}

#[test]
fn fees_are_in_the_title_where_there_are_fees() {
    let site = &*GOLDEN;
    assert!(site.page("ip/regulation/").contains("規程・手数料"));
    assert!(!site.page("iot/regulation/").contains("規程・手数料"));
    assert!(!site.page("iot/").contains("規程・手数料 認定マーク"));
}

#[test]
fn a_service_without_a_disclosure_says_one_thing_about_it() {
    let registry = Registry::copy_of("golden");
    registry.remove("content/services/iot/0002-2411/disclosures");
    let page = Site::of(registry).page("iot0002-2411/");
    assert!(page.contains("現在掲載している開示情報はありません"), "{page}");
    assert!(!page.contains("開示した情報をこのページに掲載しています"), "{page}");
}

#[test]
fn no_real_certification_serves_as_the_example_of_an_end() {
    let site = &*GOLDEN;
    for (scheme, made_up) in [("ip", "IP0000-0000"), ("iot", "IoT 0000-0000"), ("tokuko", "特個0000-0000")] {
        let html = site.0.read(&format!("public/{scheme}/mark/index.html"));
        let after = html.split("id=\"page_after\"").nth(1).or_else(|| html.split("id=page_after").nth(1)).expect("the part");
        assert!(after.contains(made_up), "{scheme}");
        assert!(!after.contains("/mark.svg"), "{scheme}");
    }
}

#[test]
fn our_readings_are_told_as_the_practice_of_the_body() {
    let site = &*GOLDEN;
    let mark = site.page("ip/mark/");
    for reading in ["一度使った番号を別の認定に使うことはありません", "更新の審査中で効力が続いている間は使用できる"]
    {
        let sentence =
            mark.split('。').find(|sentence| sentence.contains(reading)).unwrap_or_else(|| panic!("{reading}: {mark}"));
        assert!(sentence.contains("認定機関の運用では"), "{sentence}");
    }
    let regulation = site.page("ip/regulation/");
    assert!(regulation.contains("認定機関の運用では、手数料の消費税を"), "{regulation}");
    assert!(regulation.contains("サービスの事業を承継させるものに限ります"), "{regulation}");
}

#[test]
fn english_counts_need_no_plural() {
    let site = &*GOLDEN;
    let html = site.0.read("public/en/search/index.html");
    assert!(html.contains("Suggestions: {n}."));
    for word in ["suggestions.", "more places", "Enquiries", "ancellation", "Not practised"] {
        assert!(!html.contains(word), "{word}");
    }
    let page = site.page("en/ip/regulation/");
    assert!(page.contains("2-year term") && !page.contains("ancel"), "{page}");
}
