//! Who claims which address: every record's, and the site's own with those that come when lists grow. Claims are files, as
//! hosts and disks keep them: they tell no case, and nothing is file and folder at once. So what has no clash here can be built,
//! today and on any later day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::stays::{Presence, Stays};
use super::{Lang, MarkFile, Route};

/// Folders of the site itself, with all that is or will be in them.
const OWN_FOLDERS: &[&str] = &[
    "404",
    "assets",
    "compare",
    "data",
    "desk",
    "en",
    "endings",
    "feed",
    "glossary",
    "index",
    "manifest",
    "notices",
    "pages",
    "pictures",
    "providers",
    "robots",
    "search",
    "sitemap",
    "standing",
    "statistics",
    "verify",
];

/// Files of the site itself; `#` stands for any number.
const OWN_FILES: &[&str] = &[
    ".gitkeep",
    ".htaccess",
    ".kohyo-manifest.json",
    ".nojekyll",
    ".well-known/security.txt",
    "404.html",
    "_headers",
    "feed.xml",
    "headers.nginx.conf",
    "index.html",
    "manifest.json",
    "robots.txt",
    "sitemap-#.xml",
    "sitemap.xml",
];

/// Folders below a scheme, with all that is or will be in them.
const SCHEME_FOLDERS: &[&str] =
    &["calendar", "certificate", "ended", "feed", "index", "items", "list", "mark", "page", "regulation"];

/// Files below a scheme; `#` stands for any number.
const SCHEME_FILES: &[&str] = &["calendar.ics", "feed.xml", "index.html", "list-#.json", "list.json"];

/// What stands at an address on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A page that people read, or one that leads on to it.
    Page,
    /// Another file.
    File,
    /// Nothing yet: a page or file from that day on.
    Later(NaiveDate),
    /// It depends on the theme, on pictures or on how many services there are.
    Unsure,
    /// Nothing.
    Nothing,
}

/// All claims, each with who claims.
#[derive(Debug)]
pub struct Addresses<O> {
    own: O,
    /// By path in small letters. Of a file or a folder: nothing else is put there or below.
    claims: BTreeMap<String, O>,
    numbers: Vec<Numbers<O>>,
    schemes: Vec<String>,
    stands: BTreeMap<String, (Kind, Stays)>,
}

/// The addresses of a scheme's services, those of coming ones included.
#[derive(Debug)]
struct Numbers<O> {
    slug: String,
    digits: usize,
    owner: O,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// In every language.
    Page,
    /// Leads on; stands once.
    Moved,
    File,
}

impl<O: Clone> Addresses<O> {
    /// What the site claims itself, whatever stands in the records.
    pub fn of_site(own: O) -> Addresses<O> {
        let mut addresses =
            Addresses { own, claims: BTreeMap::new(), numbers: Vec::new(), schemes: Vec::new(), stands: BTreeMap::new() };
        OWN_FOLDERS.iter().for_each(|folder| addresses.claim_own(folder));
        OWN_FILES.iter().for_each(|file| addresses.claim_own(file));
        addresses
    }

    /// Claims the addresses of a scheme's services, those of coming ones included.
    ///
    /// # Errors
    /// Some of them are another scheme's; who claims them.
    pub fn claim_numbers(&mut self, slug: &str, digits: usize, owner: O) -> Result<(), O> {
        let numbers = Numbers { slug: slug.to_ascii_lowercase(), digits, owner };
        if let Some(other) = self.numbers.iter().find(|other| other.meets(&numbers)) {
            return Err(other.owner.clone());
        }
        self.numbers.push(numbers);
        Ok(())
    }

    /// Claims the page of a scheme, and what the site puts below it.
    ///
    /// # Errors
    /// The address is taken; who claims it.
    pub fn claim_scheme(&mut self, scheme: &str, owner: O) -> Result<(), O> {
        self.claim(&Route::List { scheme, page: 1 }, owner)?;
        SCHEME_FOLDERS.iter().chain(SCHEME_FILES).for_each(|name| self.claim_own(&format!("{scheme}/{name}")));
        self.claim_own(&format!("sitemap-{scheme}-#.xml"));
        self.schemes.push(scheme.to_owned());
        Ok(())
    }

    /// Claims the address of a service with all below it.
    ///
    /// # Errors
    /// It is taken; who claims it.
    pub fn claim_service(&mut self, slug: &str, owner: O) -> Result<(), O> {
        let folder = slug.to_ascii_lowercase();
        match self.clash(&folder) {
            Some(other) => Err(other),
            None => {
                self.claims.insert(folder, owner);
                Ok(())
            }
        }
    }

    /// Claims an address.
    ///
    /// # Errors
    /// It is taken; who claims it.
    pub fn claim(&mut self, route: &Route<'_>, owner: O) -> Result<(), O> {
        let file = route.file().to_ascii_lowercase();
        let first = file.split('/').next().unwrap_or_default();
        let numbers = self.numbers.iter().find(|numbers| numbers.hold(first)).map(|numbers| numbers.owner.clone());
        match numbers.or_else(|| self.clash(&file)) {
            Some(other) => Err(other),
            None => {
                self.claims.insert(file, owner);
                Ok(())
            }
        }
    }

    fn claim_own(&mut self, path: &str) {
        let owner = self.own.clone();
        self.claims.entry(path.to_ascii_lowercase()).or_insert(owner);
    }

    /// Who has the place of a file or folder already: the same path, one that would be file and folder at once, or a folder
    /// that is claimed with all in it.
    fn clash(&self, path: &str) -> Option<O> {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let mut above = ends.filter_map(|end| path.get(..end));
        let above = above.find_map(|above| self.claims.get(above).or_else(|| self.claims.get(&of_any_number(above)?)));
        let inner = format!("{path}/");
        let below = || self.claims.range(inner.clone()..).next().filter(|(taken, _)| taken.starts_with(&inner));
        above.or_else(|| below().map(|(_, owner)| owner)).cloned()
    }

    /// Notes that something stands at an address, from a day on where one is told.
    pub fn put(&mut self, route: &Route<'_>, since: Option<NaiveDate>) {
        self.put_until(route, since, None);
    }

    /// Notes that something stands at an address up to the day before `until`. Of several stays each counts.
    pub fn put_until(&mut self, route: &Route<'_>, since: Option<NaiveDate>, until: Option<NaiveDate>) {
        let address = route.address();
        let kind = if route.is_page() {
            Kind::Page
        } else if matches!(route, Route::Alias(_)) {
            Kind::Moved
        } else {
            Kind::File
        };
        self.stands.entry(address).or_insert((kind, Stays::default())).1.add(since, until);
    }

    /// What stands on a day at a path below the base, as [`super::inside`] reads it.
    pub fn find(&self, path: &str, day: NaiveDate) -> Found {
        let is_translated = translated(path).is_some();
        let own = own_path(path);
        let known = self.stands.get(own).map(|(kind, stays)| (*kind, stays));
        match known.or_else(|| self.beside_service(own).filter(|_| !is_translated)) {
            Some((Kind::Moved | Kind::File, _)) if is_translated => Found::Nothing,
            Some((kind, stays)) => match (stays.on(day), kind) {
                (Presence::There, Kind::Page | Kind::Moved) => Found::Page,
                (Presence::There, Kind::File) => Found::File,
                (Presence::Coming(since), _) => Found::Later(since),
                (Presence::Gone, _) => Found::Nothing,
            },
            None if self.depends(own) => Found::Unsure,
            None => Found::Nothing,
        }
    }

    /// What stands beside the page of a service: its data and the files of its mark.
    fn beside_service(&self, path: &str) -> Option<(Kind, &Stays)> {
        let (slug, file) = path.split_once('/')?;
        let is_file = Route::ServiceData(slug).address() == path || MarkFile::ALL.iter().any(|mark| mark.name() == file);
        let (_, stays) =
            self.stands.get(&format!("{slug}/")).filter(|_| self.numbers.iter().any(|numbers| numbers.hold(slug)))?;
        is_file.then_some((Kind::File, stays))
    }

    /// Whether what stands there is not told by the records alone.
    fn depends(&self, path: &str) -> bool {
        let is_later_page = |rest: &str| {
            let number = rest.strip_suffix('/').and_then(|number| number.parse::<usize>().ok());
            number.is_some_and(|number| number > 1 && rest == format!("{number}/"))
        };
        let of_scheme = |scheme: &String| {
            let Some(rest) = path.strip_prefix(scheme.as_str()).and_then(|rest| rest.strip_prefix('/')) else { return false };
            let of_list = rest.strip_prefix("page/").or_else(|| rest.strip_prefix("ended/page/")).is_some_and(is_later_page);
            let of_item = rest.strip_prefix("items/").and_then(|_| path.strip_suffix('/')?.rsplit_once('/'));
            let of_item = of_item.is_some_and(|(item, number)| {
                self.stands.contains_key(&format!("{item}/")) && is_later_page(&format!("{number}/"))
            });
            of_list || of_item
        };
        let of_files = |folder: &&str| path.starts_with(folder) && !path.ends_with('/');
        ["assets/", "pictures/", "verify/"].iter().any(of_files) || self.schemes.iter().any(of_scheme)
    }
}

impl<O> Numbers<O> {
    /// Whether a first segment is the address of a service, there or to come.
    fn hold(&self, segment: &str) -> bool {
        let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = segment.strip_prefix(&self.slug).and_then(|rest| rest.split_once('-'));
        number.is_some_and(|(serial, yymm)| digits(serial, self.digits) && digits(yymm, 4))
    }

    /// Whether a number of the one can be one of the other: `ip0` with three digits and `ip` with four.
    fn meets(&self, other: &Numbers<O>) -> bool {
        let example = |numbers: &Numbers<O>| format!("{}{}-0000", numbers.slug, "0".repeat(numbers.digits));
        let longer = if self.slug.len() >= other.slug.len() { (self, other) } else { (other, self) };
        longer.1.hold(&example(longer.0))
    }
}

/// The path of a page as its own language has it, without the name of its file: `en/ip/index.html` is `ip/`.
pub fn own_path(path: &str) -> &str {
    let own = translated(path).unwrap_or(path);
    own.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(own)
}

fn translated(path: &str) -> Option<&str> {
    path.strip_prefix(Lang::En.tag())?.strip_prefix('/')
}

/// A file that is one of many told apart by their numbers, with `#` for its own: `list-2.json`, `sitemap-2.xml`.
fn of_any_number(path: &str) -> Option<String> {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let ending = name + path.get(name..)?.find('.')?;
    let number = name + path.get(name..ending)?.rfind('-')? + 1;
    let is_number = number < ending && path.get(number..ending)?.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("{}#{}", path.get(..number).unwrap_or_default(), path.get(ending..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses() -> Addresses<&'static str> {
        let mut addresses = Addresses::of_site("site");
        addresses.claim_numbers("ip", 4, "numbers").unwrap_or_default();
        addresses.claim_scheme("ip", "scheme").unwrap_or_default();
        addresses.claim_service("ip0001-1212", "service").unwrap_or_default();
        addresses.claim(&Route::Page("about"), "page").unwrap_or_default();
        addresses
    }

    #[test]
    fn nobody_takes_what_the_site_has_or_will_have() {
        let taken = [
            ("", "site"),
            ("index.html", "site"),
            ("ip/", "scheme"),
            ("ip/index.html", "scheme"),
            ("IP/Index.HTML", "scheme"),
            ("ip/page/2/", "site"),
            ("ip/ended/page/7/", "site"),
            ("ip/items/business/name/", "site"),
            ("ip/items/business/name/201/", "site"),
            ("ip/list.json/", "site"),
            ("ip/list-2.json/", "site"),
            ("ip/list-17.json/x/", "site"),
            ("ip/certificate/", "site"),
            ("ip/feed.xml/", "site"),
            ("sitemap.xml/", "site"),
            ("sitemap-12.xml/", "site"),
            ("sitemap-ip-3.xml/", "site"),
            ("data/v1/registry.json/", "site"),
            ("Assets/x/", "site"),
            ("en/old/", "site"),
            ("EN/old.html", "site"),
            ("verify/ip-0.json/", "site"),
            ("404.html", "site"),
            ("ip0001-1212/", "numbers"),
            ("ip0001-1212/mark.svg/", "numbers"),
            ("IP0099-2712/old.html", "numbers"),
            ("About/", "page"),
            ("about/index.html", "page"),
        ];
        for (alias, owner) in taken {
            assert_eq!(addresses().claim(&Route::Alias(alias), "alias"), Err(owner), "{alias}");
        }
        for alias in
            ["ip/old/", "about/old.html", "ip.html", "ip0001-1212.html", "ip001-1212/", "list-2.json/", "nintei/en/", "x-0.html"]
        {
            assert_eq!(addresses().claim(&Route::Alias(alias), "alias"), Ok(()), "{alias}");
        }
    }

    #[test]
    fn nothing_is_file_and_folder_at_once() {
        for (one, other) in [("a.html", "A.html/x/"), ("a.html/x/", "a.html"), ("a/", "a/index.html"), ("a/b.html", "a/B.HTML")] {
            let mut addresses = addresses();
            assert_eq!(addresses.claim(&Route::Alias(one), "one"), Ok(()));
            assert_eq!(addresses.claim(&Route::Alias(other), "other"), Err("one"), "{one} {other}");
        }
    }

    #[test]
    fn numbers_of_two_schemes_never_meet() {
        let mut addresses = addresses();
        assert_eq!(addresses.claim_numbers("ip0", 3, "other"), Err("numbers"));
        assert_eq!(addresses.claim_numbers("i", 6, "other"), Ok(()));
        assert_eq!(addresses.claim_numbers("ip", 5, "other"), Ok(()));
        assert_eq!(addresses.claim_numbers("ip-", 4, "other"), Ok(()));
    }

    #[test]
    fn what_stands_at_a_path_depends_on_the_day() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 4, day).unwrap_or_default();
        let mut addresses = addresses();
        addresses.put(&Route::List { scheme: "ip", page: 1 }, None);
        addresses.put(&Route::Service("ip0001-1212"), Some(day(2)));
        addresses.put(&Route::Alias("old.html"), None);
        addresses.put(&Route::Item { scheme: "ip", item: "a.b", from: 1 }, None);
        for (path, found) in [
            ("ip/", Found::Page),
            ("en/ip/", Found::Page),
            ("en/ip/index.html", Found::Page),
            ("IP/", Found::Nothing),
            ("ip", Found::Nothing),
            ("ip/page/2/", Found::Unsure),
            ("ip/page/02/", Found::Nothing),
            ("ip/items/a/b/", Found::Page),
            ("ip/items/a/b/201/", Found::Unsure),
            ("ip/items/a/c/201/", Found::Nothing),
            ("ip0001-1212/", Found::Later(day(2))),
            ("old.html", Found::Page),
            ("en/old.html", Found::Nothing),
            ("assets/x.css", Found::Unsure),
        ] {
            assert_eq!(addresses.find(path, day(1)), found, "{path}");
        }
        assert_eq!(addresses.find("ip0001-1212/index.json", day(1)), Found::Later(day(2)));
        assert_eq!(addresses.find("ip0001-1212/index.json", day(2)), Found::File);
        assert_eq!(addresses.find("ip0001-1212/mark@2x.png", day(2)), Found::File);
        assert_eq!(addresses.find("ip0001-1212/x.png", day(2)), Found::Nothing);
        assert_eq!(addresses.find("en/ip0001-1212/index.json", day(2)), Found::Nothing);
    }
}
