//! The pages of items and the data of the lists: counts are those of the rows, every service stands where its number says,
//! and a new service changes what is about it alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};

use kohyo::redact::Days;
use kohyo::render::Parts;
use serde_json::Value;
use support::{DAY, Registry, tree};

mod support;

type Site = BTreeMap<String, Vec<u8>>;

/// Pictures are costly and say nothing about items.
fn site(registry: &Registry) -> Site {
    let day = DAY.parse().unwrap();
    let checked = kohyo::check(registry.root(), |_| day).unwrap();
    assert!(!checked.problems.has_errors());
    let (days, parts) = (Days { shown: day, today: day, clock: day }, Parts { pages: true, data: true, marks: false });
    kohyo::build(registry.root(), &registry.public(), checked.registry, days, parts, &|_, _| {}).unwrap();
    tree(&registry.public())
}

fn text<'s>(site: &'s Site, path: &str) -> &'s str {
    std::str::from_utf8(site.get(path).unwrap_or_else(|| panic!("{path}"))).unwrap()
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(text(site, path)).unwrap()
}

/// The services in force of a scheme, as their own data tell of them.
fn in_force(site: &Site, scheme: &str) -> Vec<Value> {
    let all = json(site, "data/v1/registry.json");
    let services = all["services"].as_array().unwrap().iter().filter(|service| service["scheme"] == scheme);
    let in_force = services.filter(|service| service["standing"] == "valid" || service["standing"] == "continuing");
    in_force.map(|service| json(site, &format!("{}index.json", path_of(&service["page"])))).collect()
}

fn path_of(page: &Value) -> String {
    page.as_str().unwrap().splitn(4, '/').nth(3).unwrap().to_owned()
}

/// Whether a service has an item, and whether it discloses it, by its own data.
fn discloses(service: &Value, item: &str) -> Option<bool> {
    let items = service["sections"].as_array()?.iter().flat_map(|section| section["items"].as_array().unwrap());
    let answers: Vec<&Value> = items.filter(|one| one["id"] == item).map(|one| &one["answer"]["kind"]).collect();
    (!answers.is_empty()).then(|| answers.iter().any(|kind| *kind == "text" || *kind == "none"))
}

/// What stands between two marks, each time.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

/// The names under which an item stands in any edition of the golden registry, its last one first.
fn names(item: &str) -> Vec<&str> {
    match item {
        "housing.building-type" => vec![item, "housing.building"],
        "service-basics.backup" => vec![item, "service-basics.data-backup"],
        _ => vec![item],
    }
}

#[test]
fn the_map_counts_the_services_in_force_that_disclose_an_item() {
    let site = site(&Registry::copy_of("golden"));
    for scheme in ["iot", "ip", "tokuko"] {
        let services = in_force(&site, scheme);
        let map = text(&site, &format!("{scheme}/items/index.html"));
        let rows = between(map, "<tr id=", "</tr>");
        assert!(rows.len() >= 6);
        for row in rows {
            let id = row.split('>').next().unwrap().trim_matches('"');
            let disclosed: usize = between(row, "<b>", "</b>")[0].parse().unwrap();
            let expected = services.iter().filter(|service| names(id).iter().any(|name| discloses(service, name) == Some(true)));
            assert_eq!(disclosed, expected.count(), "{scheme} {id}");
        }
    }
}

#[test]
fn the_page_of_an_item_has_a_row_for_every_service_whose_edition_has_it() {
    let site = site(&Registry::copy_of("golden"));
    for scheme in ["iot", "ip", "tokuko"] {
        let services = in_force(&site, scheme);
        for row in between(text(&site, &format!("{scheme}/items/index.html")), "<tr id=", "</tr>") {
            let id = row.split('>').next().unwrap().trim_matches('"');
            let page = text(&site, &format!("{scheme}/items/{}/index.html", id.replace('.', "/")));
            let shown: BTreeSet<String> = between(page, "data-compare=\"", "\"").iter().map(|slug| format!("{slug}/")).collect();
            let have = services.iter().filter(|service| names(id).iter().any(|name| discloses(service, name).is_some()));
            let expected: BTreeSet<String> = have.map(|service| path_of(&service["page"])).collect();
            assert_eq!(shown, expected, "{scheme} {id}");
        }
    }
}

#[test]
fn an_item_keeps_its_answers_and_its_address_when_it_is_renamed() {
    let registry = Registry::copy_of("golden");
    let folder = "content/services/ip/0009-2501";
    let head =
        "number = \"IP0009-2501\"\nname = \"a\"\nsummary = \"a\"\nprovider = \"spring-cloud\"\ncategories = [\"hardware\"]\n";
    registry.write(&format!("{folder}/service.toml"), format!("{head}[[event]]\non = 2025-01-10\nkind = \"certified\"\n"));
    let answers = "edition = \"2011-12-16\"\n[[housing]]\nlabel = \"東\"\nbuilding = \"旧い版の答え\"\n";
    registry.write(&format!("{folder}/disclosures/2025-01-10.toml"), answers);
    let (site, slug) = (site(&registry), "ip0009-2501/");
    let page = text(&site, "ip/items/housing/building-type/index.html");
    assert!(page.contains(&format!("{slug}#housing.building\"")), "the row of {slug} under its own edition's name");
    assert!(page.contains("旧い版の答え"));
    let moved = text(&site, "ip/items/housing/building/index.html");
    assert!(moved.contains("/ip/items/housing/building-type/"));
    assert!(text(&site, &format!("{slug}index.html")).contains("/ip/items/housing/building-type/"), "linked from its row");
}

#[test]
fn a_new_service_changes_one_page_of_each_item() {
    let registry = Registry::copy_of("cli");
    let add = |serial: usize| {
        let folder = format!("content/services/ip/{serial:04}-2504");
        let head = "summary = \"多\"\nprovider = \"mihon\"\ncategories = [\"hardware\"]\n";
        let event = "[[event]]\non = 2025-04-01\nkind = \"certified\"\n";
        let record = format!("number = \"IP{serial:04}-2504\"\nname = \"多{serial}\"\n{head}{event}");
        registry.write(&format!("{folder}/service.toml"), record);
        registry.write(&format!("{folder}/disclosures/2025-04-01.toml"), "edition = \"2011-12-16\"\n");
    };
    [200, 201, 400, 401].into_iter().for_each(add);
    let before = site(&registry);
    add(399);
    let after = site(&registry);
    let changed: BTreeSet<&String> =
        after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).map(|(path, _)| path).collect();
    let of_items: Vec<&&String> = changed.iter().filter(|path| path.contains("/items/")).collect();
    assert!(of_items.len() > 10);
    for path in of_items {
        assert!(path.ends_with("/201/index.html") || path.ends_with("/items/index.html"), "{path} changed");
    }
    let in_range = |from: &str| text(&after, &format!("ip/items/business/name/{from}index.html")).matches("data-compare").count();
    assert_eq!([in_range(""), in_range("201/"), in_range("401/")], [2, 3, 1]);
}

#[test]
fn the_options_of_a_list_count_what_its_data_say() {
    let site = site(&Registry::copy_of("golden"));
    for scheme in ["iot", "ip", "tokuko"] {
        let data = json(&site, &format!("{scheme}/list.json"));
        let column = |name: &str| data["services"][name].as_array().unwrap().clone();
        for list in [format!("{scheme}/"), format!("en/{scheme}/"), format!("{scheme}/ended/")] {
            let page = text(&site, &format!("{list}index.html"));
            let standings: Vec<&str> = values(page, "standing").into_iter().map(|(value, _)| value).collect();
            let of_list: Vec<usize> =
                (0..column("number").len()).filter(|&at| standings.contains(&column("standing")[at].as_str().unwrap())).collect();
            assert_eq!(between(page, "<tbody>", "</tbody>")[0].matches("<tr>").count(), of_list.len(), "{list}");
            for (standing, count) in values(page, "standing") {
                let expected = of_list.iter().filter(|&&at| column("standing")[at] == standing).count();
                assert_eq!(count, expected, "{list} {standing}");
            }
            for (facet, id) in data["facets"].as_array().unwrap().iter().enumerate() {
                for (place, (value, count)) in values(page, id.as_str().unwrap()).into_iter().enumerate() {
                    let gives = |at: &&usize| column("facets")[**at][facet].as_array().unwrap().contains(&place.into());
                    assert_eq!(count, of_list.iter().filter(gives).count(), "{list} {value}");
                }
            }
        }
    }
    assert_eq!(json(&site, "ip/list.json")["facets"].as_array().unwrap().len(), 2);
}

/// The boxes of a name with their values and counts.
fn values<'p>(page: &'p str, name: &str) -> Vec<(&'p str, usize)> {
    let quoted = format!("name=\"{name}\"");
    let named = [format!("name={name} "), quoted];
    let is_named = |rest: &&str| named.iter().any(|name| rest.split('>').next().unwrap().contains(name.as_str()));
    let boxes = page.split("<input ").skip(1).filter(|rest| rest.contains("type=checkbox")).filter(is_named);
    boxes
        .map(|rest| {
            let value = between(rest, "value=\"", "\"")[0];
            let count = between(rest, "class=n>", "</span>")[0];
            (value, count.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap())
        })
        .collect()
}

#[test]
fn a_facet_counts_whole_answers_whatever_their_width() {
    let registry = Registry::copy_of("golden");
    let folder = "content/services/ip/0009-2501";
    let head = "summary = \"a\"\nprovider = \"spring-cloud\"\ncategories = [\"hardware\"]\n";
    let event = "[[event]]\non = 2025-01-10\nkind = \"certified\"\n";
    registry.write(&format!("{folder}/service.toml"), format!("number = \"IP0009-2501\"\nname = \"a\"\n{head}{event}"));
    for (answer, places) in [("２４時間", vec![0]), ("24時間です", vec![]), (" 平日 ", vec![1])] {
        let text = format!("edition = \"2024-04-01\"\n[service-basics]\nsupport = \"{answer}\"\n");
        registry.write(&format!("{folder}/disclosures/2025-01-10.toml"), text);
        let data = json(&site(&registry), "ip/list.json");
        let numbers = data["services"]["number"].as_array().unwrap();
        let at = numbers.iter().position(|number| number == "0009-2501").unwrap();
        let facet = data["facets"].as_array().unwrap().iter().position(|id| id == "service-basics.support").unwrap();
        assert_eq!(data["services"]["facets"][at][facet], Value::from(places), "{answer}");
    }
}
