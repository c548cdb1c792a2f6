//! Every public address. A link can only be made from a [`Route`]; what was published once keeps its address for ever.

use std::fmt::Write as _;

/// A language of the pages. The first one stands at the site's root, the others in a folder of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Japanese, the language of the site and of what is disclosed.
    Ja,
    /// English: all fixed words; texts of providers stay as they are.
    En,
}

impl Lang {
    /// Every language, the site's own first.
    pub const ALL: [Lang; 2] = [Lang::Ja, Lang::En];

    /// Its tag (BCP 47), also the name of its folder and of its words.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }
}

/// A page or file of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route<'a> {
    /// `/`.
    Home,
    /// `/<scheme>/`, `/<scheme>/page/2/`: services in force; pages count from 1.
    List {
        /// The scheme's id.
        scheme: &'a str,
        /// Which page, from 1.
        page: usize,
    },
    /// `/<scheme>/ended/`, `/<scheme>/ended/page/2/`: services no longer in force.
    EndedList {
        /// The scheme's id.
        scheme: &'a str,
        /// Which page, from 1.
        page: usize,
    },
    /// `/<scheme>/list.json`, `/<scheme>/list-2.json`: what the filters of both lists work with, in parts.
    ListData {
        /// The scheme's id.
        scheme: &'a str,
        /// Which part, from 1.
        part: usize,
    },
    /// `/<scheme>/items/`: every item of the scheme's catalogue.
    Items(&'a str),
    /// `/<scheme>/items/<section>/<item>/`, `/<scheme>/items/<section>/<item>/201/`: every service's answer to one item.
    Item {
        /// The scheme's id.
        scheme: &'a str,
        /// The item's full name: `housing.building-type`.
        item: &'a str,
        /// The first serial of the range of services that the page holds.
        from: usize,
    },
    /// `/<scheme>/regulation/`: what the scheme's documents fix in figures and lists.
    Regulation(&'a str),
    /// `/<scheme>/mark/`: the mark and its rules.
    SchemeMark(&'a str),
    /// `/<scheme>/<page>/`: a free page of a scheme.
    SchemePage {
        /// The scheme's id.
        scheme: &'a str,
        /// The page's file name without the ending.
        slug: &'a str,
    },
    /// An old address of a scheme that must keep answering, without the slashes around it.
    Alias(&'a str),
    /// `/providers/`: every provider, by reading.
    Providers,
    /// `/providers/<id>/`: one provider with its services.
    Provider(&'a str),
    /// `/notices/`: what the body announced and what happened to certifications.
    Notices,
    /// `/notices/<date>-<slug>/`: one notice of the body.
    Notice(&'a str),
    /// `/desk/`: the body, its inquiry desks and what it delegated.
    Desk,
    /// `/search/`: what is found by words, numbers and names.
    Search,
    /// `/standing/`: what standings and states mean, and how counts are made.
    Standing,
    /// `/compare/`: a few services side by side.
    Compare,
    /// `/verify/`: whether a number is genuine.
    Verify,
    /// `/verify/<scheme>-<k>.json`: what `/verify/` knows of a thousand serials.
    VerifyData {
        /// The scheme's id.
        scheme: &'a str,
        /// Which thousand, from 0.
        thousand: usize,
    },
    /// `/<slug>/`: a free page of the site.
    Page(&'a str),
    /// `/<slug><serial>-<yymm>/`: one service for life.
    Service(&'a str),
    /// `…/index.json`: its data.
    ServiceData(&'a str),
    /// `…/mark.svg` and its siblings.
    Mark(&'a str, MarkFile),
    /// `/data/v1/registry.json`.
    RegistryJson,
    /// `/data/v1/registry.csv`.
    RegistryCsv,
    /// `/assets/…`: a static file of the theme.
    Asset(&'a str),
    /// `/404.html`.
    NotFound,
    /// `/sitemap.xml`.
    Sitemap,
    /// `/robots.txt`.
    Robots,
    /// `/.well-known/security.txt`.
    Security,
    /// A file that tells a kind of web server which headers to send.
    Headers(HeaderFile),
}

/// The files that carry the headers of answers to common hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeaderFile {
    /// `/_headers`: Cloudflare Pages, Netlify and others.
    Underscore,
    /// `/.htaccess`: Apache.
    Htaccess,
    /// `/headers.nginx.conf`: to include in a server block of nginx.
    Nginx,
}

/// The files of a service's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkFile {
    /// `mark.svg`.
    Svg,
    /// `mark.png`.
    Png,
    /// `mark@2x.png`.
    Png2x,
    /// `mark@3x.png`.
    Png3x,
    /// `mark-mono.svg`.
    MonoSvg,
    /// `mark-mono.png`.
    MonoPng,
}

impl MarkFile {
    /// Every file, in the order of the documentation.
    pub const ALL: [MarkFile; 6] =
        [MarkFile::Svg, MarkFile::Png, MarkFile::Png2x, MarkFile::Png3x, MarkFile::MonoSvg, MarkFile::MonoPng];

    /// The file's name.
    pub fn name(self) -> &'static str {
        match self {
            MarkFile::Svg => "mark.svg",
            MarkFile::Png => "mark.png",
            MarkFile::Png2x => "mark@2x.png",
            MarkFile::Png3x => "mark@3x.png",
            MarkFile::MonoSvg => "mark-mono.svg",
            MarkFile::MonoPng => "mark-mono.png",
        }
    }
}

/// First segments of addresses that no scheme, service or free page may have.
pub const RESERVED: &[&str] = &[
    "404",
    "assets",
    "compare",
    "data",
    "desk",
    "en",
    "feed",
    "index",
    "notices",
    "providers",
    "search",
    "sitemap",
    "standing",
    "statistics",
    "verify",
];

/// Segments below a scheme that no free page of it may have.
pub const RESERVED_IN_SCHEME: &[&str] = &["calendar", "ended", "feed", "index", "items", "page", "regulation"];

/// How many services stand on one page of a list.
pub const LIST_PAGE: usize = 100;

/// The free page of a scheme that does not stand by itself: its text becomes part of the page of the mark.
pub const MARK_PAGE: &str = "mark";

impl Route<'_> {
    /// The address below the site's base: `ip0001-1212/`; the home page is empty.
    pub fn address(&self) -> String {
        let mut address = String::new();
        // Writing into a String cannot fail.
        let _ = match self {
            Route::Home => Ok(()),
            Route::List { scheme, page: 0 | 1 } => write!(address, "{scheme}/"),
            Route::List { scheme, page } => write!(address, "{scheme}/page/{page}/"),
            Route::EndedList { scheme, page: 0 | 1 } => write!(address, "{scheme}/ended/"),
            Route::EndedList { scheme, page } => write!(address, "{scheme}/ended/page/{page}/"),
            Route::ListData { scheme, part: 0 | 1 } => write!(address, "{scheme}/list.json"),
            Route::ListData { scheme, part } => write!(address, "{scheme}/list-{part}.json"),
            Route::Items(scheme) => write!(address, "{scheme}/items/"),
            Route::Item { scheme, item, from: 0 | 1 } => write!(address, "{scheme}/items/{}/", item.replace('.', "/")),
            Route::Item { scheme, item, from } => write!(address, "{scheme}/items/{}/{from}/", item.replace('.', "/")),
            Route::Regulation(scheme) => write!(address, "{scheme}/regulation/"),
            Route::SchemeMark(scheme) => write!(address, "{scheme}/mark/"),
            Route::SchemePage { scheme, slug } => write!(address, "{scheme}/{slug}/"),
            Route::Alias(path) => write!(address, "{path}/"),
            Route::Providers => write!(address, "providers/"),
            Route::Provider(id) => write!(address, "providers/{id}/"),
            Route::Notices => write!(address, "notices/"),
            Route::Notice(name) => write!(address, "notices/{name}/"),
            Route::Desk => write!(address, "desk/"),
            Route::Search => write!(address, "search/"),
            Route::Standing => write!(address, "standing/"),
            Route::Compare => write!(address, "compare/"),
            Route::Verify => write!(address, "verify/"),
            Route::VerifyData { scheme, thousand } => write!(address, "verify/{scheme}-{thousand}.json"),
            Route::Page(slug) | Route::Service(slug) => write!(address, "{slug}/"),
            Route::ServiceData(slug) => write!(address, "{slug}/index.json"),
            Route::Mark(slug, file) => write!(address, "{slug}/{}", file.name()),
            Route::RegistryJson => write!(address, "data/v1/registry.json"),
            Route::RegistryCsv => write!(address, "data/v1/registry.csv"),
            Route::Asset(path) => write!(address, "assets/{path}"),
            Route::NotFound => write!(address, "404.html"),
            Route::Sitemap => write!(address, "sitemap.xml"),
            Route::Robots => write!(address, "robots.txt"),
            Route::Security => write!(address, ".well-known/security.txt"),
            Route::Headers(HeaderFile::Underscore) => write!(address, "_headers"),
            Route::Headers(HeaderFile::Htaccess) => write!(address, ".htaccess"),
            Route::Headers(HeaderFile::Nginx) => write!(address, "headers.nginx.conf"),
        };
        address
    }

    /// Whether people read it in their language; other files stand once.
    pub fn is_page(&self) -> bool {
        let address = self.address();
        (address.is_empty() || address.ends_with('/')) && !matches!(self, Route::Alias(_))
    }

    /// The address in a language.
    pub fn address_in(&self, lang: Lang) -> String {
        match lang {
            Lang::En if self.is_page() => format!("{}/{}", lang.tag(), self.address()),
            Lang::Ja | Lang::En => self.address(),
        }
    }

    /// The file that answers at this address.
    pub fn file(&self) -> String {
        self.file_in(Lang::Ja)
    }

    /// The file that answers at the address in a language.
    pub fn file_in(&self, lang: Lang) -> String {
        let mut file = self.address_in(lang);
        if file.is_empty() || file.ends_with('/') {
            file.push_str("index.html");
        }
        file
    }
}

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
    /// itself, whose addresses begin with `/`.
    pub fn of(link: &'a str) -> Option<Target<'a>> {
        let scheme = link.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match (link.as_bytes(), scheme.as_deref()) {
            (_, Some("http" | "https" | "mailto")) => Some(Target::Outside),
            ([b'#', ..], _) => Some(Target::Anchor),
            ([b'/', b'/' | b'\\', ..], _) => None,
            ([b'/', ..], _) => link.strip_prefix('/').map(Target::Site),
            (_, _) => None,
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
    /// A site at `url`, which ends with `/`.
    pub fn new(url: &str) -> Base {
        let host_at = url.find("://").map_or(0, |at| at + 3);
        let path_at = url.get(host_at..).and_then(|rest| rest.find('/')).map(|at| host_at + at);
        let path = path_at.and_then(|at| url.get(at..)).unwrap_or("/");
        Base { url: url.to_owned(), path: path.to_owned() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_body_lead_to_the_web_to_mail_and_to_the_site_alone() {
        assert_eq!(Target::of("/ip/#x"), Some(Target::Site("ip/#x")));
        assert_eq!(Target::of("HTTPS://example.jp/"), Some(Target::Outside));
        assert_eq!(Target::of("mailto:office_atmark_example.jp"), Some(Target::Outside));
        assert_eq!(Target::of("#x"), Some(Target::Anchor));
        for link in ["//example.jp/", "/\\example.jp/", "javascript:alert(1)", "data:text/html,x", "ip/", "", "ftp://example.jp/"]
        {
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
