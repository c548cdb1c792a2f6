//! Every public address. A link can only be made from a [`Route`]; what was published once keeps its address for ever.

use std::fmt::Write as _;

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
    "en",
    "feed",
    "index",
    "notices",
    "providers",
    "search",
    "sitemap",
    "statistics",
    "verify",
];

/// Segments below a scheme that no free page of it may have.
pub const RESERVED_IN_SCHEME: &[&str] = &["calendar", "ended", "feed", "index", "items", "mark", "page"];

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
            Route::Service(slug) => write!(address, "{slug}/"),
            Route::ServiceData(slug) => write!(address, "{slug}/index.json"),
            Route::Mark(slug, file) => write!(address, "{slug}/{}", file.name()),
            Route::RegistryJson => write!(address, "data/v1/registry.json"),
            Route::RegistryCsv => write!(address, "data/v1/registry.csv"),
            Route::Asset(path) => write!(address, "assets/{path}"),
            Route::NotFound => write!(address, "404.html"),
            Route::Sitemap => write!(address, "sitemap.xml"),
            Route::Robots => write!(address, "robots.txt"),
            Route::Security => write!(address, ".well-known/security.txt"),
        };
        address
    }

    /// The file that answers at this address.
    pub fn file(&self) -> String {
        let mut file = self.address();
        if file.is_empty() || file.ends_with('/') {
            file.push_str("index.html");
        }
        file
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
        format!("{}{}", self.path, route.address())
    }

    /// The absolute address.
    pub fn absolute(&self, route: Route<'_>) -> String {
        format!("{}{}", self.url, route.address())
    }
}
