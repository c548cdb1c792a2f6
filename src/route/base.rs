//! Where the site stands, and where links in texts of the body lead.

use super::{Lang, Route};

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
