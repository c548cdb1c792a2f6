//! Any publishable text comes back unchanged: from the page, the data and the picture of a service.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::path::Path;

use kohyo::redact::Days;
use kohyo::render::Parts;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use support::{DAY, Registry, tree};

mod support;

/// Services of one build.
const SERVICES: usize = 40;

/// The texts of one service.
#[derive(Clone, Debug)]
struct Texts {
    name: String,
    summary: String,
    note: String,
    text: String,
    none: String,
    undisclosed: String,
    label: String,
    former: String,
}

/// What markup, templates, spreadsheets and people who mend texts would fall for.
const TRAPS: &[&str] = &[
    "<",
    ">",
    "&",
    "\"",
    "'",
    "`",
    "\\",
    "</div>",
    "</title>",
    "<script>alert(1)</script>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "<br>",
    "&amp;",
    "&lt;",
    "&#0;",
    "&nbsp",
    "{{ 1 + 1 }}",
    "{% raw %}",
    "{#",
    "{name}",
    "{number}",
    "{provider}",
    "{day}",
    "{until}",
    "{scheme}",
    "{standing}",
    "=1+1",
    "+81",
    "-1",
    "@SUM(A1)",
    "'=1",
    "\t",
    "\n",
    "\n\n",
    " ",
    "  ",
    "\u{3000}",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\u{202e}",
    "\u{2028}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{fffd}",
    "\u{e000}",
    "\u{10ffff}",
    "か\u{3099}",
    "が",
    "ｶﾞ",
    "㈱",
    "①",
    "神\u{fe00}",
    "𠮷",
    "👨‍👩‍👧",
    "e\u{301}",
    "https://example.jp/?a=b&c=d",
    "office@example.jp",
    "**強調**",
    "[名](https://example.jp)",
    "# 見出し",
    "\"\"\"",
    "'''",
    ",",
    ";",
    "$1",
    "%",
    "株式会社",
    "\\n",
    "\\u0000",
];

fn publishable() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        any::<char>().prop_filter("no control characters", |c| !c.is_control()).prop_map(String::from),
        "[ -~ぁ-んァ-ヶ一-龠]"
    ];
    let part = prop_oneof![3 => select(TRAPS).prop_map(str::to_owned), 2 => character];
    prop::collection::vec(part, 1..12)
        .prop_map(|parts| parts.concat())
        .prop_filter("somebody sees it", |text| text.chars().any(|c| c.is_alphanumeric() || c.is_ascii_punctuation()))
}

fn texts() -> impl Strategy<Value = Texts> {
    let each = prop::collection::vec(publishable(), 8);
    each.prop_map(|each| {
        let [name, summary, note, text, none, undisclosed, label, former]: [String; 8] = each.try_into().unwrap();
        Texts { name, summary, note, text, none, undisclosed, label, former }
    })
}

/// The same texts in every run: what fails once fails again.
fn generated(count: usize) -> Vec<Texts> {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        prop::test_runner::TestRng::deterministic_rng(prop::test_runner::RngAlgorithm::ChaCha),
    );
    (0..count).map(|_| texts().new_tree(&mut runner).unwrap().current()).collect()
}

/// A text as TOML, in the short form or, as staff paste it, over many lines.
fn toml(text: &str, long: bool) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t");
    if long { format!("\"\"\"\n{escaped}\"\"\"") } else { format!("\"{}\"", escaped.replace('\n', "\\n")) }
}

fn write(registry: &Registry, serial: usize, texts: &Texts) {
    let folder = format!("content/services/ip/{serial:04}-2504");
    let long = serial.is_multiple_of(2);
    let toml = |text: &str| toml(text, long);
    registry.write(
        &format!("{folder}/service.toml"),
        format!(
            "number = \"IP{serial:04}-2504\"\nname = {}\nsummary = {}\nprovider = \"mihon\"\ncategories = [\"hardware\"]\nstarted_on = 2020-04-01\n\n\
             [[event]]\non = 2025-04-01\nkind = \"certified\"\n\n[[event]]\non = 2025-05-01\nkind = \"changed\"\nnote = {}\n\n\
             [[event]]\non = 2025-05-02\nkind = \"renamed\"\nwas = {}\n",
            toml(&texts.name),
            toml(&texts.summary),
            toml(&texts.note),
            toml(&texts.former),
        ),
    );
    registry.write(
        &format!("{folder}/disclosures/2025-04-01.toml"),
        format!(
            "edition = \"2011-12-16\"\n\n[business]\nname = {0}\nprofile = {{ text = {0} }}\n\n[service]\nsla = {{ practice = \"none\", text = {1} }}\n\
             audit = {{ practice = \"undisclosed\", text = {2} }}\nsales = \"1\"\n\n[[housing]]\nlabel = {3}\nbuilding-type = {0}\n",
            toml(&texts.text),
            toml(&texts.none),
            toml(&texts.undisclosed),
            toml(&texts.label),
        ),
    );
}

/// Builds a registry in process and returns its site.
fn site(registry: &Registry, parts: Parts) -> BTreeMap<String, Vec<u8>> {
    let day = DAY.parse().unwrap();
    let checked = kohyo::check(registry.root(), |_| day).unwrap();
    let codes: Vec<&str> =
        checked.problems.iter().map(|problem| problem.code.name()).filter(|name| *name != "replacement-character").collect();
    assert!(!checked.problems.has_errors(), "{codes:?}");
    kohyo::build(
        registry.root(),
        &registry.public(),
        checked.registry,
        Days { shown: day, today: day, clock: day },
        parts,
        &|_, _| {},
    )
    .unwrap();
    tree(&registry.public())
}

fn registry_of(all: &[Texts]) -> Registry {
    let registry = Registry::copy_of("cli");
    registry.remove("content/services");
    for (at, texts) in all.iter().enumerate() {
        write(&registry, at + 1, texts);
    }
    registry
}

// What a browser makes of a page.

/// The texts between the tags of a page, each as long as no tag interrupts it, and the values of its attributes.
fn runs(html: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        runs.push(unescaped(&rest[..at]));
        let tag = &rest[at..];
        let end = end_of_tag(tag);
        runs.extend(tag[..end].split(['"', '\'']).skip(1).step_by(2).map(unescaped));
        rest = &tag[end..];
    }
    runs.push(unescaped(rest));
    runs
}

/// The end of the last whole tag.
fn end_of(part: &str) -> usize {
    part.rfind('>').unwrap() + 1
}

fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return at + 1,
            (Some(open), c) if open == c => quote = None,
            (_, _) => {}
        }
    }
    panic!("a tag does not end: {}", tag.chars().take(80).collect::<String>())
}

fn unescaped(text: &str) -> String {
    let named =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x2F;", "/"), ("&#47;", "/")];
    let text = named.iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain));
    text.replace("&amp;", "&")
}

/// Where the element with an anchor begins.
fn anchor(html: &str, id: &str) -> usize {
    let starts = [format!("id=\"{id}\""), format!("id={id}>"), format!("id={id} ")];
    let at = starts.iter().find_map(|start| html.find(start)).unwrap_or_else(|| panic!("no anchor {id}"));
    html[..at].rfind('<').unwrap()
}

/// The row of an item, by its anchor.
fn row<'h>(html: &'h str, item: &str) -> &'h str {
    let html = &html[anchor(html, item)..];
    &html[..html.find("</tr>").unwrap()]
}

fn stands(html: &str, text: &str, what: &str) {
    assert!(runs(html).iter().any(|run| run == text), "{what}: {text:?} does not stand in the page as written");
}

fn json_answer<'j>(index: &'j Value, item: &str) -> &'j Value {
    let sections = index["sections"].as_array().unwrap().iter();
    let mut items = sections.flat_map(|section| section["items"].as_array().unwrap());
    &items.find(|found| found["id"] == item).unwrap()["answer"]
}

const PAGES: Parts = Parts { pages: true, data: true, marks: false };

#[test]
fn any_publishable_text_comes_back_unchanged_from_the_page_of_its_service() {
    let all = generated(SERVICES);
    let site = site(&registry_of(&all), PAGES);
    for (at, texts) in all.iter().enumerate() {
        let page = std::str::from_utf8(&site[&format!("ip{:04}-2504/index.html", at + 1)]).unwrap();
        let main = &page[page.find("<main").unwrap()..];
        let header = &main[..main.find("</h1>").unwrap() + 5];
        stands(header, &texts.name, "name");
        stands(main, &texts.summary, "summary");
        stands(&main[anchor(main, "page_events")..], &texts.note, "note");
        stands(main, &texts.label, "label");
        let answers = [
            ("business.name", &texts.text),
            ("business.profile", &texts.text),
            ("service.sla", &texts.none),
            ("service.audit", &texts.undisclosed),
            ("housing.building-type", &texts.text),
        ];
        for (item, text) in answers {
            stands(row(main, item), text, item);
        }
    }
}

/// Words of the theme that take a text in hold other placeholders too; a text that looks like one of them is a text still.
#[test]
fn a_former_name_stands_unchanged_among_the_words_around_it() {
    let mut all = generated(SERVICES);
    all[0].former = "{day}と{name}".to_owned();
    let site = site(&registry_of(&all), PAGES);
    for (at, texts) in all.iter().enumerate() {
        let page = std::str::from_utf8(&site[&format!("ip{:04}-2504/index.html", at + 1)]).unwrap();
        let main = &page[page.find("<main").unwrap()..];
        let (facts, events) = main.split_at(anchor(main, "page_events"));
        for part in [facts, events] {
            assert!(runs(part).iter().any(|run| run.contains(&texts.former)), "former name: {:?}", texts.former);
        }
    }
}

#[test]
fn a_name_stands_unchanged_in_the_head_of_its_page_and_in_its_list() {
    let mut all = generated(SERVICES);
    all[0].name = "{provider}の{number}".to_owned();
    let site = site(&registry_of(&all), PAGES);
    let list = runs(std::str::from_utf8(&site["ip/index.html"]).unwrap());
    for (at, texts) in all.iter().enumerate() {
        let page = std::str::from_utf8(&site[&format!("ip{:04}-2504/index.html", at + 1)]).unwrap();
        let head = &page[..page.find("</head>").unwrap() + 7];
        let title = &head[head.find("<title").unwrap()..head.find("</title>").unwrap() + 8];
        let meta =
            head.split("<meta").find(|meta| meta.contains("name=description") || meta.contains("name=\"description\"")).unwrap();
        for (what, part) in [("title", title.to_owned()), ("description", format!("<meta{meta}"))] {
            assert!(runs(&part[..end_of(&part)]).iter().any(|run| run.contains(&texts.name)), "{what}: {:?}", texts.name);
        }
        assert!(list.contains(&texts.name), "list: {:?}", texts.name);
    }
}

#[test]
fn any_publishable_text_comes_back_unchanged_from_the_data() {
    let all = generated(SERVICES);
    let site = site(&registry_of(&all), PAGES);
    let whole: Value = serde_json::from_slice(&site["data/v1/registry.json"]).unwrap();
    let table = &site["data/v1/registry.csv"];
    let mut table = csv::Reader::from_reader(table.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark"));
    let name_at = table.headers().unwrap().iter().position(|column| column == "name").unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), all.len());
    for (at, texts) in all.iter().enumerate() {
        let index: Value = serde_json::from_slice(&site[&format!("ip{:04}-2504/index.json", at + 1)]).unwrap();
        let event = |kind: &str| index["events"].as_array().unwrap().iter().find(|event| event["kind"] == kind).unwrap().clone();
        assert_eq!((&index["name"], &whole["services"][at]["name"]), (&texts.name.as_str().into(), &texts.name.as_str().into()));
        assert_eq!(
            (&event("changed")["note"], &event("renamed")["was"]),
            (&texts.note.as_str().into(), &texts.former.as_str().into())
        );
        let answers = [
            ("business.name", "text", &texts.text),
            ("service.sla", "none", &texts.none),
            ("service.audit", "undisclosed", &texts.undisclosed),
        ];
        for (item, kind, text) in answers {
            let answer = json_answer(&index, item);
            assert_eq!((answer["kind"].as_str(), answer["text"].as_str()), (Some(kind), Some(text.as_str())), "{item}");
        }
        // A cell that a spreadsheet would take for a formula has an apostrophe in front, and no other cell has.
        let formula = texts.name.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let cell = if formula { format!("'{}", texts.name) } else { texts.name.clone() };
        assert_eq!(&rows[at][name_at], cell);
    }
}

#[test]
fn the_texts_tried_hold_what_is_hard() {
    let all = generated(SERVICES);
    let begins = |starts: &[char]| all.iter().any(|texts| texts.name.starts_with(starts));
    assert!(begins(&['=', '+', '-', '@', '\t']) && begins(&['<']));
    for trap in ["<script>", "{provider}", "{day}", "\n", "\u{ffff}"] {
        assert!(all.iter().any(|texts| format!("{}{}{}", texts.name, texts.former, texts.text).contains(trap)), "{trap:?}");
    }
}

// Pictures are costly, so few texts go through them.

/// XML has no way to write these two.
fn as_xml(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

#[test]
fn a_picture_of_a_mark_is_well_formed_and_says_number_page_and_name_unchanged() {
    let hard =
        ["{provider}{number}{scheme}", "</title></svg><script>alert(1)</script>&#0;]]>", "\u{ffff}<\u{fffe}>&\"'\n\t\u{202e}𠮷"];
    let all: Vec<Texts> =
        generated(hard.len()).into_iter().zip(hard).map(|(texts, name)| Texts { name: name.to_owned(), ..texts }).collect();
    let registry = registry_of(&all);
    registry.edit("content/schemes/ip/scheme.toml", "name = \"見本サービスの情報開示認定制度\"", "name = \"<&{name}>制度\"");
    let words = include_str!("../themes/default/strings/ja.toml");
    let says_name = words.lines().any(|line| line.starts_with("picture_") && line.contains("{name}"));
    let site = site(&registry, Parts { pages: false, data: true, marks: true });
    for (at, texts) in all.iter().enumerate() {
        let index: Value = serde_json::from_slice(&site[&format!("ip{:04}-2504/index.json", at + 1)]).unwrap();
        for file in ["mark.svg", "mark-mono.svg"] {
            let svg = std::str::from_utf8(&site[&format!("ip{:04}-2504/{file}", at + 1)]).unwrap();
            let document = roxmltree::Document::parse(svg).unwrap_or_else(|fault| panic!("{fault}: {svg}"));
            let text_of = |name: &str| {
                document
                    .descendants()
                    .find(|node| node.tag_name().name() == name)
                    .and_then(|node| node.text())
                    .unwrap_or_default()
            };
            assert_eq!(
                (text_of("identifier"), text_of("source")),
                (index["number"].as_str().unwrap(), index["page"].as_str().unwrap())
            );
            let said = format!("{}\n{}", text_of("title"), text_of("desc"));
            assert!(said.contains(index["number"].as_str().unwrap()) && said.contains("<&{name}>制度"), "{said}");
            assert!(!says_name || said.contains(&as_xml(&texts.name)), "{said}");
            assert!(document.descendants().all(|node| node.tag_name().name() != "script"));
        }
    }
}

/// Feeds and whatever else is XML: well-formed, whatever the records say.
#[test]
fn everything_that_is_xml_is_well_formed() {
    let site = site(&registry_of(&generated(SERVICES)), PAGES);
    let xml = site.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|extension| extension == "xml"));
    let mut count = 0;
    for (path, bytes) in xml {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(roxmltree::Document::parse(text).is_ok(), "{path}: {:?}", roxmltree::Document::parse(text).err());
        count += 1;
    }
    assert!(count > 0);
}
