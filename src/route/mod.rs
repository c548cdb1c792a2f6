//! Every public address. A link can only be made from a [`Route`]; what was published once keeps its address for ever.

use std::fmt::Write as _;

pub use addresses::{Addresses, Found, own_path};
pub use base::{Base, Target};
pub use names::{LONGEST_NAME, is_device, is_file_name, is_old_address};
pub use outside::{BadAddress, Fault, Inside, inside, is_invisible, outside, plain};

mod addresses;
mod base;
mod names;
mod outside;
mod stays;

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
    /// An old address of a scheme that must keep answering, without the `/` in front: `nintei/ip-nintei/`, `nintei/ip.html`.
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
    /// `/pages/`: all free pages.
    Pages,
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
    /// A file of the theme for the top of the site: `CNAME`.
    Root(&'a str),
    /// `/pictures/<name>…`: a picture of the body's texts, or a logo.
    Picture(&'a str),
    /// `/404.html`.
    NotFound,
    /// `/sitemap.xml`: every page, or where one file does not hold all, the parts.
    Sitemap,
    /// `/sitemap-1.xml`, `/sitemap-ip-1.xml`: a part of the pages of the site itself, or of a scheme's services and items.
    SitemapPart {
        /// The scheme's id.
        scheme: Option<&'a str>,
        /// Which part, from 1.
        part: usize,
    },
    /// `/.nojekyll`: GitHub Pages publishes all files as they are.
    NoJekyll,
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
            Route::Alias(path) | Route::Root(path) => write!(address, "{path}"),
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
            Route::Pages => write!(address, "pages/"),
            Route::Page(slug) | Route::Service(slug) => write!(address, "{slug}/"),
            Route::ServiceData(slug) => write!(address, "{slug}/index.json"),
            Route::Mark(slug, file) => write!(address, "{slug}/{}", file.name()),
            Route::RegistryJson => write!(address, "data/v1/registry.json"),
            Route::RegistryCsv => write!(address, "data/v1/registry.csv"),
            Route::Asset(path) => write!(address, "assets/{path}"),
            Route::Picture(file) => write!(address, "pictures/{file}"),
            Route::NotFound => write!(address, "404.html"),
            Route::Sitemap => write!(address, "sitemap.xml"),
            Route::SitemapPart { scheme: None, part } => write!(address, "sitemap-{part}.xml"),
            Route::SitemapPart { scheme: Some(scheme), part } => write!(address, "sitemap-{scheme}-{part}.xml"),
            Route::NoJekyll => write!(address, ".nojekyll"),
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
        (address.is_empty() || address.ends_with('/')) && !matches!(self, Route::Alias(_) | Route::Root(_))
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
