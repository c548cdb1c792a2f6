//! The past of a published address is for ever: no shape of address and no key of the data that a registry with every case
//! has ever had disappears. `BLESS=1` adds what is new to the two lists; nothing removes a line but a person who means it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

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
            ["pictures", ..] => "pictures/…".to_owned(),
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
    grow(&registry);
    registry
}

fn grow(registry: &Registry) {
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
        "/.nojekyll",
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

const SCHEME: &str = "content/schemes/ip/scheme.toml";
const ALIASES: &str = "aliases = [\"/nintei/ip-nintei/\"]";
const BASE: &str = "base_url = \"https://registry.example.jp/\"";

fn problems(registry: &Registry) -> Vec<Value> {
    serde_json::from_str(&registry.check(DAY).stdout).unwrap()
}

/// The messages and helps of the errors of one code.
fn errors(registry: &Registry, code: &str) -> Vec<String> {
    let found = problems(registry).into_iter().filter(|problem| problem["code"] == code && problem["severity"] == "error");
    found.map(|problem| format!("{} {}", problem["message"], problem["help"])).collect()
}

fn has_errors(registry: &Registry) -> bool {
    kohyo::check(registry.root(), |_| DAY.parse().unwrap()).unwrap().problems.has_errors()
}

/// Builds without pictures as of a day; what went wrong, if anything did.
fn built(registry: &Registry, day: &str) -> Result<(), String> {
    let day = day.parse().unwrap();
    let checked = kohyo::check(registry.root(), |_| day).unwrap();
    let (days, parts) = (Days { shown: day, today: day, clock: day }, Parts { pages: true, data: true, marks: false });
    let built = kohyo::build(registry.root(), &registry.public(), checked.registry, days, parts, &|_, _| {});
    built.map(|_| ()).map_err(|error| format!("{error:#}"))
}

fn listed(aliases: &[String]) -> String {
    let quoted: Vec<String> = aliases.iter().map(|alias| format!("{alias:?}")).collect();
    format!("aliases = [{}]", quoted.join(", "))
}

/// Numbers that look like chance and are the same on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// What addresses are easily broken with.
const SEGMENTS: &[&str] = &[
    "ip",
    "IP",
    "page",
    "2",
    "201",
    "items",
    "business",
    "name",
    "list.json",
    "list-2.json",
    "list",
    "en",
    "EN",
    "assets",
    "index.html",
    "INDEX.HTML",
    "404.html",
    "404",
    "a.html",
    "A.HTML",
    "a",
    "A",
    "x.htm",
    "con",
    "aux.html",
    "nul.",
    "com1",
    "ip0001-1212",
    "IP0001-1212",
    "ip9999-2712",
    "mark.svg",
    "mark",
    "ended",
    "old",
    "..",
    ".",
    "",
    "様式",
    "a b",
    "%41",
    "verify",
    "ip-0.json",
    "feed.xml",
    "CNAME",
    "sitemap.xml",
    "sitemap-1.xml",
    "sitemap-ip-1.xml",
    "regulation",
    "guide",
    "providers",
    "mihon",
    "notices",
    "data",
    "v1",
    "registry.json",
    ".well-known",
    ".nojekyll",
    "_headers",
    "desk",
    "manifest.json",
    "x.php",
    "favicon.ico",
    "day.css",
    "search",
    "a.",
    "a-",
    "_",
    "certificate",
    "pages",
    "pictures",
    "evidence",
    "history",
];

/// Ids that addresses are easily broken with.
const IDS: &[&str] = &[
    "a",
    "con",
    "201",
    "1",
    "page",
    "items",
    "list",
    "en",
    "index",
    "404",
    "lpt1",
    "ended",
    "ip",
    "data",
    "-",
    "ip0001-1212",
    "ip9999-2712",
    "label",
    "edition",
    "mark",
    "nul",
    "feed",
    "pages",
    "sitemap",
    "mihon",
    "assets",
    "certificate",
    "x",
];

/// What check passes, build builds: on that day, on later ones, and when lists have grown.
#[test]
fn whatever_address_check_passes_build_can_build_on_any_later_day() {
    let registry = Registry::copy_of("cli");
    let scheme = registry.read(SCHEME);
    let with = |aliases: &[String]| {
        registry.write(SCHEME, scheme.replace(ALIASES, &listed(aliases)));
    };
    let mut chance = Chance(9);
    let mut kept: Vec<String> = Vec::new();
    for _ in 0..250 {
        let depth = 1 + chance.below(3);
        let path: Vec<&str> = (0..depth).map(|_| chance.one(SEGMENTS)).collect();
        let end = if chance.below(2) == 0 { "/" } else { "" };
        kept.push(format!("/{}{end}", path.join("/")));
        with(&kept);
        if has_errors(&registry) {
            kept.pop();
        }
    }
    with(&kept);
    assert!(kept.len() > 20, "{kept:#?}");
    for _ in 0..40 {
        let (folder, id) = (chance.one(&["pages", "schemes/ip"]), chance.one(IDS));
        let path = format!("content/{folder}/{id}.md");
        if !registry.root().join(&path).exists() {
            registry.write(&path, "+++\ntitle = \"頁\"\n+++\n頁\n");
            if has_errors(&registry) {
                registry.remove(&path);
            }
        }
    }
    let catalogue = "content/schemes/ip/items/2011-12-16.toml";
    for _ in 0..40 {
        let text = registry.read(catalogue);
        let (section, item, was) = (chance.one(IDS), chance.one(IDS), chance.one(SEGMENTS));
        registry.write(
            catalogue,
            format!(
                "{text}\n[[section]]\nid = \"{section}\"\nname = \"節\"\npart = \"service\"\n\n[[section.item]]\nid = \"{item}\"\nwas = [\"{section}.{was}\", \"{was}\"]\ngroup = \"群\"\nname = \"項\"\nkind = \"optional\"\nguidance = \"書く\"\n"
            ),
        );
        if has_errors(&registry) {
            registry.write(catalogue, text.replace(&format!("was = [\"{section}.{was}\", \"{was}\"]\n"), ""));
        }
    }
    assert!(!has_errors(&registry));
    for day in [DAY, "2035-01-01"] {
        assert_eq!(built(&registry, day), Ok(()), "{day}: {kept:#?}");
    }
    grow(&registry);
    assert_eq!(built(&registry, DAY), Ok(()), "grown: {kept:#?}");
}

#[test]
fn no_old_address_stands_on_what_the_site_has_or_will_have() {
    let refused = [
        "/",
        "/ip/",
        "/IP/",
        "/Ip/index.html",
        "/ip/page/2/",
        "/ip/page/999/",
        "/ip/ended/page/3/",
        "/ip/items/business/name/",
        "/ip/items/business/name/201/",
        "/ip/list.json/",
        "/ip/list-2.json/",
        "/sitemap.xml/",
        "/sitemap-3.xml/",
        "/data/v1/registry.json/",
        "/data/v1/changes/2026/",
        "/assets/x/",
        "/en/",
        "/en/old/",
        "/En/old.html",
        "/verify/ip-0.json/",
        "/ip0001-1212/",
        "/IP0001-1212/mark.svg/",
        "/ip0001-1212/history/",
        "/ip4321-2712/",
        "/404.html",
        "/index.html",
        "/ip/regulation/",
        "/ip/certificate/",
        "/ip/mark/",
        "/ip/feed.xml/",
        "/ip/calendar.ics/",
        "/feed.xml/",
        "/manifest.json/",
        "/pictures/x/",
        "/endings/",
        "/glossary/",
        "/pages/",
        "/statistics/",
        "/providers/mihon/",
        "/notices/2026/",
        "/con/",
        "/old/aux.html",
        "/COM1/x/",
        "/nul/",
        "/old./",
        "/old",
        "//",
        "/a//b/",
        "/../a/",
        "/a b/",
        "/様式/",
        "nintei/",
        "/.well-known/x/",
    ];
    for alias in refused {
        let registry = Registry::copy_of("cli");
        registry.edit(SCHEME, ALIASES, &listed(&[alias.to_owned()]));
        let codes: Vec<Value> = problems(&registry).into_iter().filter(|problem| problem["severity"] == "error").collect();
        let told = |problem: &Value| {
            let path = problem["path"] == SCHEME && problem["line"] == 10;
            path && (problem["code"] == "id-collides" || problem["code"] == "bad-value")
        };
        assert!(codes.len() == 1 && told(&codes[0]), "{alias}: {codes:#?}");
    }
    for (one, other) in [("/a.html", "/a.html/x/"), ("/A/", "/a/"), ("/a/", "/a/index.html"), ("/Old.html", "/old.HTML")] {
        let registry = Registry::copy_of("cli");
        registry.edit(SCHEME, ALIASES, &listed(&[one.to_owned(), other.to_owned()]));
        assert_eq!(errors(&registry, "id-collides").len(), 1, "{one} {other}");
    }
}

#[test]
fn an_old_page_leads_on_from_a_file_of_its_name() {
    let registry = Registry::copy_of("cli");
    registry.edit(SCHEME, ALIASES, "aliases = [\"/nintei/ip-nintei.html\", \"/nintei/\"]");
    let site = site_without_marks(&registry);
    for file in ["nintei/ip-nintei.html", "nintei/index.html"] {
        let page = String::from_utf8(site[file].clone()).unwrap();
        assert!(page.contains("/ip/"), "{page}");
    }
    assert!(!site.keys().any(|path| path.starts_with("nintei/ip-nintei.html/")));
}

#[test]
fn a_site_stands_at_a_clean_address_or_is_refused_with_the_right_one() {
    let right = "`https://registry.example.jp/`";
    for (address, help) in [
        ("https://registry.example.jp//", right),
        ("https://registry.example.jp", right),
        ("https:registry.example.jp/", right),
        ("https:\\\\registry.example.jp/", right),
        ("https://registry.example.jp/../", right),
        ("https://registry.example.jp/./", right),
        ("https://registry.example.jp/?x", right),
        ("https://registry.example.jp/#x", right),
        ("https://me:pw@registry.example.jp/", right),
        ("https://registry.example.jp:443/", right),
        ("https://registry.example.jp:0/", "https://"),
        ("https://registry.example.jp/a%2Fb/", "https://"),
        ("https://registry.example.jp/\\\"><script>/", "https://"),
        ("https://registry.example.jp/;}x{/", "https://"),
        ("https://registry.example.jp/a//b/", "`https://registry.example.jp/a/b/`"),
        ("ftp://registry.example.jp/", "https://"),
    ] {
        let registry = Registry::copy_of("cli");
        registry.edit("content/registry.toml", BASE, &format!("base_url = \"{address}\""));
        let found = errors(&registry, "address-form");
        assert!(found.len() == 1 && found[0].contains(help), "{address}: {found:#?}");
    }
}

#[test]
fn hosts_are_published_as_browsers_read_them() {
    let registry = Registry::copy_of("cli");
    registry.edit("content/registry.toml", BASE, "base_url = \"https://登録.example.jp/r.1/\"");
    registry.edit(
        "content/registry.toml",
        "url = \"https://registry.example.jp/desk/\"",
        "url = \"HTTPS://Desk.Example.jp/様式\"",
    );
    let site = site_without_marks(&registry);
    let text = |path: &str| String::from_utf8(site[path].clone()).unwrap();
    assert!(text("sitemap.xml").contains("<loc>https://xn--7wyo62d.example.jp/r.1/en/desk/</loc>"));
    assert!(text("robots.txt").contains("Sitemap: https://xn--7wyo62d.example.jp/r.1/sitemap.xml"));
    assert!(text("desk/index.html").contains("https://desk.example.jp/様式"));
    assert!(text("headers.nginx.conf").contains("location ~ ^/r\\.1/[^/]+/mark"));
    assert!(site.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("登録.example.jp")));
}

#[test]
fn files_of_the_theme_stand_at_the_top_of_the_site() {
    let registry = Registry::copy_of("cli");
    registry
        .write("themes/default/root/CNAME", "registry.example.jp\n")
        .write("themes/default/root/google0123.html", "google")
        .write("themes/default/root/.well-known/assetlinks.json", "[]")
        .write("themes/default/root/.DS_Store", "x")
        .write("themes/default/root/CNAME~", "x")
        .write("themes/default/root/.git/config", "x")
        .write("themes/default/static/.idea/x.css", "x");
    let pipe = registry.root().join("themes/default/static/pipe.css");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", registry.root().join("themes/default/root/zero")).unwrap();
    let site = site_without_marks(&registry);
    assert_eq!(site["CNAME"], b"registry.example.jp\n");
    assert_eq!(site["google0123.html"], b"google");
    assert_eq!(site[".well-known/assetlinks.json"], b"[]");
    assert_eq!(site[".nojekyll"], b"");
    for path in [".DS_Store", "CNAME~", ".git/config", "zero", "assets/pipe.css", "assets/.idea/x.css"] {
        assert!(!site.contains_key(path), "{path}");
    }
    for (file, place) in [
        (".htaccess", "a page or file of the site"),
        (".nojekyll", "a page or file of the site"),
        ("robots.txt", "a page or file of the site"),
        (".well-known/security.txt", "security.txt"),
        ("ip/index.html", "the page of the scheme `ip`"),
        ("IP/page/2/x.html", "a page or file of the site"),
        ("ip0001-1212/x.html", "number"),
        ("nintei/ip-nintei/index.html", "the old address `/nintei/ip-nintei/`"),
        ("aux.txt", "name"),
        ("../static/day.css", "itself makes"),
        ("../static/Base.css", "case only"),
        ("a b.html", "name"),
    ] {
        let registry = Registry::copy_of("cli");
        registry.write(&format!("themes/default/root/{file}"), "x");
        let run = registry.build_on(DAY, DAY);
        assert!(
            run.code == 2 && run.stderr.contains(file.trim_start_matches("../")) && run.stderr.contains(place),
            "{file}: {}",
            run.stderr
        );
        assert!(!registry.public().join("index.html").exists());
        let japanese = registry.run(&["build", "--date", DAY, "--today", DAY, "--lang", "ja"]).stderr;
        assert!(!japanese.contains("cannot") && !japanese.contains("themes:"), "{japanese}");
    }
}

#[test]
fn names_that_no_file_can_have_are_refused_with_their_place() {
    for path in ["content/pages/con.md", "content/schemes/ip/lpt1.md"] {
        let registry = Registry::copy_of("cli");
        registry.write(path, "+++\ntitle = \"頁\"\n+++\n");
        let found = errors(&registry, "id-form");
        assert!(found.len() == 1 && found[0].contains("Windows"), "{path}: {found:#?}");
    }
    let long = "x".repeat(101);
    for id in ["aux", "COM1", &long, ""] {
        let registry = Registry::copy_of("cli");
        registry.edit("content/schemes/ip/items/2011-12-16.toml", "id = \"building-type\"", &format!("id = \"{id}\""));
        let codes = [errors(&registry, "id-form"), errors(&registry, "empty-text")].concat();
        assert_eq!(codes.len(), 1, "{id}");
    }
    for was in ["business.売上高", "business", "business.a.201", "business.con", "a/b.c", "..", "business."] {
        let registry = Registry::copy_of("cli");
        let id = "id = \"building-type\"";
        registry.edit("content/schemes/ip/items/2011-12-16.toml", id, &format!("{id}\nwas = [\"{was}\"]"));
        assert_eq!(errors(&registry, "id-form").len(), 1, "{was}");
    }
    let registry = Registry::copy_of("cli");
    registry.write("content/providers/aux.toml", "name = \"補\"\naddress = \"東京都\"\n");
    assert_eq!(errors(&registry, "id-form").len(), 1);
}

#[test]
fn marks_link_to_a_page_of_the_site_in_any_language_or_to_an_old_address_of_one() {
    let warned = |link: &str| {
        let registry = Registry::copy_of("cli");
        registry.edit(SCHEME, "link_url = \"https://registry.example.jp/ip/\"", &format!("link_url = \"{link}\""));
        problems(&registry).iter().filter(|problem| problem["code"] == "mark-link").count()
    };
    for link in
        ["/ip/", "/en/ip/", "/", "", "/ip/#x", "/ip/?q=1", "/nintei/ip-nintei/", "/ip/mark/", "/ip0001-2504/", "/ip/page/2/"]
    {
        assert_eq!(warned(&format!("https://registry.example.jp{link}")), 0, "{link}");
    }
    for link in
        ["/ip", "/IP/", "/nothing/", "/en/nintei/ip-nintei/", "/data/v1/registry.csv", "/assets/base.css", "/ip//", "/ip/../x/"]
    {
        assert_eq!(warned(&format!("https://registry.example.jp{link}")), 1, "{link}");
    }
    assert_eq!(warned("https://elsewhere.example.jp/nothing/"), 0);
}
