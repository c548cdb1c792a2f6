//! Where the site stands, and where links in texts of the body lead.

use url::{Host, Url};

use super::outside::{as_read, inside, outside, plain};
use super::{BadAddress, Fault, Lang, Route};

/// Where a link in a text of the body leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// To another site, or to a mail address.
    Outside,
    /// To a place on the same page.
    Anchor,
    /// To an address of this site, below its base and without the leading `/`.
    Site(&'a str),
}

impl<'a> Target<'a> {
    /// Reads the target of a link; none where texts of the body may not lead there: only http, https, mailto and the site
    /// itself, whose addresses begin with `/`, each written so that it leads nowhere else (see [`outside`] and [`inside`]).
    pub fn of(link: &'a str) -> Option<Target<'a>> {
        let scheme = link.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match (link.as_bytes(), scheme.as_deref()) {
            (_, Some("http" | "https")) => outside(link).is_ok().then_some(Target::Outside),
            (_, Some("mailto")) => plain(link).is_ok().then_some(Target::Outside),
            ([b'#', ..], _) => Some(Target::Anchor),
            (_, _) => inside(link).is_ok().then(|| link.strip_prefix('/').map(Target::Site))?,
        }
    }
}

/// Where the site stands: makes addresses from routes.
#[derive(Clone, Debug)]
pub struct Base {
    url: String,
    path: String,
}

impl Base {
    /// Reads the address that a site stands at. Every address of the site follows from it, in links as in the configuration of
    /// servers, so only a clean one is taken: `http(s)://host[:port]/` and folders with `/` behind each.
    ///
    /// # Errors
    /// The address is not clean.
    pub fn read(text: &str) -> Result<Base, BadAddress> {
        let address = outside(text).map_err(|bad| BadAddress { right: bad.right.as_deref().and_then(cleaned), ..bad })?;
        match clean(&address) {
            Ok(()) => Ok(Base::new(&address)),
            Err(fault) => Err(BadAddress { fault, right: cleaned(text) }),
        }
    }

    /// The address of the site itself, which ends with `/`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The part of an address below this site, with query and fragment; none where it leads elsewhere. Whether it says http or
    /// https does not count.
    pub fn below<'a>(&self, address: &'a str) -> Option<&'a str> {
        let bare = |address: &'a str| address.split_once("://").map(|(_, rest)| rest);
        let own = self.url.split_once("://").map(|(_, rest)| rest)?;
        let host = own.strip_suffix('/').filter(|_| self.path == "/");
        let rest = bare(address)?;
        rest.strip_prefix(own).or_else(|| (Some(rest) == host).then_some(""))
    }

    /// A site at `url`, which ends with `/`.
    pub fn new(url: &str) -> Base {
        let path = path_of(url);
        Base { url: url.to_owned(), path: if path.is_empty() { "/" } else { path }.to_owned() }
    }

    /// The path that every address on this host begins with: `/`, or `/registry/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The address for links within the site: `/ip0001-1212/`.
    pub fn link(&self, route: Route<'_>) -> String {
        self.link_in(Lang::Ja, route)
    }

    /// The address for links within the site, in a language: `/en/ip0001-1212/`.
    pub fn link_in(&self, lang: Lang, route: Route<'_>) -> String {
        format!("{}{}", self.path, route.address_in(lang))
    }

    /// The address of what a text of the body names by its path below the base; pages in the language of the text around.
    pub fn link_to(&self, lang: Lang, path: &str) -> String {
        let page = path.split(['#', '?']).next().unwrap_or_default();
        let own = page == lang.tag() || page.starts_with(&format!("{}/", lang.tag()));
        match lang {
            Lang::En if !own && (page.is_empty() || page.ends_with('/')) => format!("{}{}/{path}", self.path, lang.tag()),
            Lang::Ja | Lang::En => format!("{}{path}", self.path),
        }
    }

    /// The absolute address.
    pub fn absolute(&self, route: Route<'_>) -> String {
        self.absolute_in(Lang::Ja, route)
    }

    /// The absolute address in a language.
    pub fn absolute_in(&self, lang: Lang, route: Route<'_>) -> String {
        format!("{}{}", self.url, route.address_in(lang))
    }
}

/// The first thing that makes an address unfit for a site's own.
fn clean(address: &str) -> Result<(), Fault> {
    if address.contains(['?', '#']) {
        return Err(Fault::Query);
    }
    if !Url::parse(address).is_ok_and(|url| has_clean_host(&url)) {
        return Err(Fault::Host);
    }
    let path = path_of(address);
    let Some(inner) = path.strip_suffix('/') else { return Err(Fault::End) };
    let mut segments = inner.split('/').skip(1);
    if segments.clone().any(|segment| matches!(segment, "" | "." | "..")) {
        return Err(Fault::Steps);
    }
    if !segments.all(is_clean) {
        return Err(Fault::Path);
    }
    // What browsers leave out: a port that is the usual one.
    if Url::parse(address).is_ok_and(|url| url.as_str() == address) { Ok(()) } else { Err(Fault::Port) }
}

/// Whether a host is a number or a name as names are given out (RFC 1123), without the dot of the root behind it.
fn has_clean_host(url: &Url) -> bool {
    let is_label = |label: &str| {
        let plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        plain && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    match url.host() {
        Some(Host::Domain(name)) => name.split('.').all(is_label),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    }
}

fn is_clean(segment: &str) -> bool {
    segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'-'))
}

/// The clean address that was likely meant.
fn cleaned(text: &str) -> Option<String> {
    let read = as_read(text)?;
    let url = Url::parse(&read).ok()?;
    let segments = url.path().split('/').filter(|segment| !segment.is_empty() && *segment != "index.html");
    let folders: String = segments.map(|segment| format!("{segment}/")).collect();
    let origin = url.origin().ascii_serialization();
    let address = format!("{}/{folders}", origin.trim_end_matches('.'));
    (outside(&address).as_ref() == Ok(&address) && clean(&address).is_ok()).then_some(address)
}

fn path_of(address: &str) -> &str {
    let host_at = address.find("://").map_or(0, |at| at + 3);
    let rest = address.get(host_at..).unwrap_or_default();
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_stands_at_a_clean_address_alone() {
        for (text, url, path) in [
            ("https://registry.example.jp/", "https://registry.example.jp/", "/"),
            ("https://Registry.example.jp:8443/a.b/c_d/", "https://registry.example.jp:8443/a.b/c_d/", "/a.b/c_d/"),
            ("https://登録.example.jp/", "https://xn--7wyo62d.example.jp/", "/"),
            ("http://localhost:8080/", "http://localhost:8080/", "/"),
        ] {
            let base = Base::read(text).ok();
            assert_eq!(base.as_ref().map(|base| (base.url(), base.path())), Some((url, path)), "{text}");
        }
    }

    #[test]
    fn what_is_not_clean_is_told_with_the_right_address() {
        let right = Some("https://registry.example.jp/");
        for (text, fault, expected) in [
            ("https://registry.example.jp", Fault::End, right),
            ("https://registry.example.jp//", Fault::Steps, right),
            ("https://registry.example.jp/./", Fault::Steps, right),
            ("https://registry.example.jp/a/../", Fault::Steps, right),
            ("https://registry.example.jp/index.html", Fault::End, right),
            ("https://registry.example.jp/?a", Fault::Query, right),
            ("https://registry.example.jp/#a", Fault::Query, right),
            ("https://registry.example.jp:443/", Fault::Port, right),
            ("https:registry.example.jp/", Fault::Beginning, right),
            ("https:\\\\registry.example.jp\\", Fault::Sign('\\'), right),
            ("https://user@registry.example.jp/", Fault::User, right),
            ("registry.example.jp", Fault::Beginning, right),
            ("https://registry.example.jp:0/", Fault::Port, None),
            ("https://registry.example.jp./", Fault::Host, right),
            ("https://-registry.example.jp/", Fault::Host, None),
            ("https://registry_x.example.jp/", Fault::Host, None),
            ("https://registry.example.jp/a//b/", Fault::Steps, Some("https://registry.example.jp/a/b/")),
            ("https://registry.example.jp/a", Fault::End, Some("https://registry.example.jp/a/")),
            ("https://registry.example.jp/a%2Fb/", Fault::Path, None),
            ("https://registry.example.jp/登録/", Fault::Path, None),
            ("https://registry.example.jp/a;b/", Fault::Path, None),
            ("https://registry.example.jp/*/", Fault::Path, None),
            ("https://registry.example.jp/$x/", Fault::Path, None),
            ("https://registry.example.jp/\"><script>/", Fault::Path, None),
            ("https://registry.example.jp/;}x{/", Fault::Path, None),
        ] {
            let bad = Base::read(text).err();
            let expected = BadAddress { fault, right: expected.map(str::to_owned) };
            assert_eq!(bad, Some(expected), "{text}");
        }
    }

    #[test]
    fn an_address_lies_below_the_site_or_leads_elsewhere() {
        let (root, folder) = (Base::new("https://example.jp/"), Base::new("https://example.jp/r/"));
        assert_eq!(root.below("https://example.jp/ip/#x"), Some("ip/#x"));
        assert_eq!(root.below("http://example.jp"), Some(""));
        assert_eq!(root.below("https://example.jp.evil.example/"), None);
        assert_eq!(folder.below("https://example.jp/r/ip/"), Some("ip/"));
        assert_eq!(folder.below("https://example.jp/rr/"), None);
    }

    #[test]
    fn texts_of_the_body_lead_to_the_web_to_mail_and_to_the_site_alone() {
        assert_eq!(Target::of("/ip/#x"), Some(Target::Site("ip/#x")));
        assert_eq!(Target::of("HTTPS://example.jp/"), Some(Target::Outside));
        assert_eq!(Target::of("mailto:office_atmark_example.jp"), Some(Target::Outside));
        assert_eq!(Target::of("#x"), Some(Target::Anchor));
        let elsewhere =
            ["//example.jp/", "/\\example.jp/", "javascript:alert(1)", "data:text/html,x", "ip/", "", "ftp://example.jp/"];
        let otherwise = [
            "https:/x",
            "https:evil.example",
            "https:\\\\evil.example",
            "https://:pw@example.jp/",
            "mailto:a\u{200b}@example.jp",
        ];
        let broken =
            ["/ip/%zz", "/ip//x/", "/ip/../x/", "/様式 1.xlsx", "https://example.jp/様式 1.xlsx", "https://example.jp/%zz"];
        for link in elsewhere.into_iter().chain(otherwise).chain(broken) {
            assert_eq!(Target::of(link), None, "{link}");
        }
    }

    #[test]
    fn a_page_has_an_address_in_each_language_and_a_file_has_one() {
        let base = Base::new("https://example.jp/registry/");
        assert_eq!(base.link_in(Lang::En, Route::Home), "/registry/en/");
        assert_eq!(base.link_in(Lang::En, Route::Service("ip0001-1212")), "/registry/en/ip0001-1212/");
        assert_eq!(base.link_in(Lang::En, Route::Sitemap), "/registry/sitemap.xml");
        assert_eq!(base.link_to(Lang::En, "ip/#x"), "/registry/en/ip/#x");
        assert_eq!(base.link_to(Lang::En, "data/v1/registry.csv"), "/registry/data/v1/registry.csv");
        assert_eq!(base.link_to(Lang::Ja, "ip/"), "/registry/ip/");
    }
}
