//! The past of a published address is for ever: no shape of address and no key of the data that a registry with every case
//! has ever had disappears. `BLESS=1` adds what is new to the two lists; nothing removes a line but a person who means it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use kohyo::redact::Days;
use kohyo::render::Parts;
use serde_json::Value;
use support::{DAY, Registry, tests, tree};

mod support;

/// Ids, slugs and names that addresses of a registry are made of.
struct Names {
    schemes: BTreeSet<String>,
    /// What stands in front of the serial in the address of a service.
    slugs: BTreeSet<String>,
    providers: BTreeSet<String>,
    pages: BTreeSet<String>,
    scheme_pages: BTreeSet<String>,
    aliases: BTreeSet<String>,
}

impl Names {
    fn of(registry: &Registry) -> Names {
        let registry = kohyo::check(registry.root(), |_| DAY.parse().unwrap()).unwrap().registry;
        let schemes = registry.schemes.values();
        Names {
            schemes: registry.schemes.keys().cloned().collect(),
            slugs: schemes.clone().filter_map(|scheme| Some(scheme.number.as_ref()?.slug.clone())).collect(),
            providers: registry.providers.keys().cloned().collect(),
            pages: registry.pages.iter().map(|page| page.slug.clone()).collect(),
            scheme_pages: schemes.clone().flat_map(|scheme| scheme.pages.iter().map(|page| page.slug.clone())).collect(),
            aliases: schemes
                .flat_map(|scheme| scheme.aliases.iter().map(|alias| alias.value.trim_matches('/').to_owned()))
                .collect(),
        }
    }

    /// The shape of an address: `/ip/page/2/` is `/<scheme>/page/<n>/`.
    fn shape(&self, file: &str) -> String {
        let address = file.strip_suffix("index.html").unwrap_or(file);
        let (lang, address) = address.strip_prefix("en/").map_or(("", address), |rest| ("en/", rest));
        if let Some(alias) =
            self.aliases.iter().find(|alias| address.strip_prefix(alias.as_str()).is_some_and(|rest| rest.starts_with('/')))
        {
            return format!("/{lang}<alias>{}", &address[alias.len()..]);
        }
        let parts: Vec<&str> = address.split('/').collect();
        let shape = match parts.as_slice() {
            ["assets", ..] => "assets/…".to_owned(),
            ["providers", id, rest @ ..] if self.providers.contains(*id) => joined("providers/<provider>", rest),
            ["notices", id, rest @ ..] if !rest.is_empty() && id.len() > 10 => joined("notices/<date>-<slug>", rest),
            ["verify", file] if self.is_of_scheme(file) => "verify/<scheme>-<n>.json".to_owned(),
            [scheme, "items", _, _, rest @ ..] if self.schemes.contains(*scheme) => {
                joined("<scheme>/items/<section>/<item>", &self.below_scheme(rest))
            }
            [scheme, rest @ ..] if self.schemes.contains(*scheme) => joined("<scheme>", &self.below_scheme(rest)),
            [slug, rest @ ..] if self.is_slug(slug) => joined("<slug>", rest),
            [page, rest @ ..] if !rest.is_empty() && self.pages.contains(*page) => joined("<page>", rest),
            _ => address.to_owned(),
        };
        format!("/{lang}{shape}")
    }

    fn below_scheme<'p>(&self, rest: &[&'p str]) -> Vec<&'p str> {
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let shape = |part: &'p str| {
            if is_number(part) {
                "<n>"
            } else if self.scheme_pages.contains(part) {
                "<page>"
            } else {
                part
            }
        };
        rest.iter().map(|part| shape(part)).collect()
    }

    /// `ip-0.json`.
    fn is_of_scheme(&self, file: &str) -> bool {
        let name = file.strip_suffix(".json").and_then(|name| name.rsplit_once('-'));
        name.is_some_and(|(scheme, n)| self.schemes.contains(scheme) && n.bytes().all(|byte| byte.is_ascii_digit()))
    }

    fn is_slug(&self, part: &str) -> bool {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut rests = self.slugs.iter().filter_map(|slug| part.strip_prefix(slug.as_str())?.split_once('-'));
        rests.any(|(serial, yymm)| digits(serial) && digits(yymm) && yymm.len() == 4)
    }
}

fn joined(first: &str, rest: &[&str]) -> String {
    [&[first], rest].concat().join("/")
}

/// The shapes of all addresses of a site; the program's own note of what it wrote is no address.
fn shapes(registry: &Registry, site: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let names = Names::of(registry);
    site.keys().filter(|path| !path.starts_with(".kohyo")).map(|path| names.shape(path)).collect()
}

/// The keys of all data files of a site, by the shape of their addresses. JSON Schemas are documents of their own.
fn keys(registry: &Registry, site: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let names = Names::of(registry);
    let mut found = BTreeSet::new();
    for (path, bytes) in
        site.iter().filter(|(path, _)| !path.starts_with('.') && !path.contains("/schema/") && !path.starts_with("assets/"))
    {
        let shape = names.shape(path);
        if path.ends_with(".json") {
            keys_of(&serde_json::from_slice(bytes).unwrap(), "", &mut |key| {
                found.insert(format!("{shape} {key}"));
            });
        } else if path.ends_with(".csv") {
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
            let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
            found.extend(table.headers().unwrap().iter().map(|column| format!("{shape} {column}")));
        }
    }
    found
}

fn keys_of(value: &Value, at: &str, add: &mut dyn FnMut(String)) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = if key.contains('.') { format!("\"{key}\"") } else { key.clone() };
                let path = if at.is_empty() { key } else { format!("{at}.{key}") };
                add(path.clone());
                keys_of(value, &path, add);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys_of(value, &format!("{at}[]"), add)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Holds what came out against a list that only grows.
fn grows(list: &str, found: &BTreeSet<String>) {
    let path = tests().join(list);
    let known: BTreeSet<String> = fs::read_to_string(&path).unwrap_or_default().lines().map(str::to_owned).collect();
    let gone: Vec<&String> = known.difference(found).collect();
    assert!(gone.is_empty(), "{list}: these were published and no longer are: {gone:#?}");
    let new: Vec<&String> = found.difference(&known).collect();
    if std::env::var_os("BLESS").is_some() && !new.is_empty() {
        let all: String = known.union(found).map(|line| format!("{line}\n")).collect();
        fs::write(path, all).unwrap();
        return;
    }
    assert!(new.is_empty(), "{list}: these are new; BLESS=1 adds them, and then they are for ever: {new:#?}");
}

/// A registry with every case but the length of its lists.
fn golden() -> Registry {
    Registry::copy_of("golden")
}

/// A registry with more services in force and more that ended than fit on one page of a list, one of them with a serial far
/// from the first.
fn long() -> Registry {
    let registry = Registry::copy_of("cli");
    for serial in 1000..1101 {
        for (serial, ended) in [(serial, ""), (serial + 1000, "\n[[event]]\non = 2025-06-01\nkind = \"ended\"\n")] {
            let text = format!(
                "number = \"IP{serial}-2504\"\nname = \"多\"\nsummary = \"多\"\nprovider = \"mihon\"\ncategories = [\"hardware\"]\n\n[[event]]\non = 2025-04-01\nkind = \"certified\"\n{ended}"
            );
            registry.write(&format!("content/services/ip/{serial}-2504/service.toml"), text);
        }
    }
    let answers = "edition = \"2011-12-16\"\n";
    registry.write("content/services/ip/1000-2504/disclosures/2025-04-01.toml", answers);
    registry
}

/// Pictures are costly and say nothing about lists.
fn site_without_marks(registry: &Registry) -> BTreeMap<String, Vec<u8>> {
    let day = DAY.parse().unwrap();
    let checked = kohyo::check(registry.root(), |_| day).unwrap();
    assert!(!checked.problems.has_errors());
    let (days, parts) = (Days { shown: day, today: day, clock: day }, Parts { pages: true, data: true, marks: false });
    kohyo::build(registry.root(), &registry.public(), checked.registry, days, parts, &|_, _| {}).unwrap();
    tree(&registry.public())
}

#[test]
fn no_address_and_no_key_of_the_data_disappears() {
    let (golden, long) = (golden(), long());
    let (site, long_site) = (golden.site(DAY), site_without_marks(&long));
    grows("addresses.txt", &shapes(&golden, &site).union(&shapes(&long, &long_site)).cloned().collect());
    grows("keys.txt", &keys(&golden, &site).union(&keys(&long, &long_site)).cloned().collect());
}

/// What records.md binds is in the lists, so that they cannot be grown from nothing.
#[test]
fn the_lists_hold_what_the_interface_promises() {
    let addresses = fs::read_to_string(tests().join("addresses.txt")).unwrap();
    let promised = [
        "/",
        "/<scheme>/",
        "/<scheme>/page/<n>/",
        "/<scheme>/ended/",
        "/<scheme>/ended/page/<n>/",
        "/<scheme>/list.json",
        "/<scheme>/items/",
        "/<scheme>/items/<section>/<item>/",
        "/<scheme>/items/<section>/<item>/<n>/",
        "/<slug>/",
        "/<slug>/index.json",
        "/<slug>/mark.svg",
        "/<slug>/mark.png",
        "/<slug>/mark@2x.png",
        "/<slug>/mark@3x.png",
        "/<slug>/mark-mono.svg",
        "/<slug>/mark-mono.png",
        "/data/v1/registry.json",
        "/data/v1/registry.csv",
        "/sitemap.xml",
        "/robots.txt",
        "/404.html",
        "/.well-known/security.txt",
        "/assets/…",
    ];
    for address in promised {
        assert!(addresses.lines().any(|line| line == address), "addresses.txt: {address}");
    }
    let keys = fs::read_to_string(tests().join("keys.txt")).unwrap();
    let of_service = [
        "number",
        "scheme",
        "name",
        "provider.id",
        "provider.name",
        "provider.corporate_number",
        "standing",
        "standing_since",
        "next_change_on",
        "certified_on",
        "valid_from",
        "valid_until",
        "ended_on",
        "categories",
        "page",
    ];
    let of_index = [
        "mark.\"mark.svg\"",
        "events[].on",
        "events[].kind",
        "events[].note",
        "events[].until",
        "sections[].id",
        "sections[].name",
        "sections[].label",
        "sections[].items[].id",
        "sections[].items[].name",
        "sections[].items[].kind",
        "sections[].items[].criterion",
        "sections[].items[].answer.kind",
        "sections[].items[].answer.text",
        "sections[].items[].answer.until",
        "sections[].items[].answer.ground",
        "sections[].items[].answer.since",
    ];
    let mut promised: Vec<String> = vec!["/data/v1/registry.json as_of".to_owned()];
    for key in of_service {
        promised.extend([
            format!("/<slug>/index.json {key}"),
            format!("/data/v1/registry.json services[].{key}"),
            format!("/data/v1/registry.csv {key}"),
        ]);
    }
    promised.extend(of_index.map(|key| format!("/<slug>/index.json {key}")));
    for key in promised {
        assert!(keys.lines().any(|line| line == key), "keys.txt: {key}");
    }
}

#[test]
fn the_number_is_the_first_column_of_the_table() {
    let site = site_without_marks(&Registry::copy_of("cli"));
    assert!(site["data/v1/registry.csv"].starts_with("\u{feff}number,".as_bytes()));
}
