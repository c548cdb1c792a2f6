//! `sitemap.xml`: every page that people read, each language version with an entry of its own that names all versions. Where
//! one file does not hold all, it is an index of parts: those of the site itself, and of each scheme one for every thousand
//! serials, so that a new service changes one part.

use std::collections::BTreeMap;

use anyhow::Result;
use tera::escape_html;

use crate::route::{Base, LIST_PAGE, Lang, MARK_PAGE, Route};
use crate::view::Registry;

use super::Press;

/// The most addresses that one file may have (sitemaps.org), as pages that stand in every language.
const LIMIT: usize = 50_000 / Lang::ALL.len();

/// Serials of a scheme whose services and items stand in one part.
const SERIALS: usize = 1000;

/// The pages of one file.
#[derive(Debug, PartialEq, Eq)]
struct Part<'v> {
    file: Route<'v>,
    pages: Vec<Route<'v>>,
}

/// The pages of a site as the sitemap orders them.
struct Pages<'v> {
    site: Vec<Route<'v>>,
    /// Services and items by scheme, with the first serial that they are of.
    of_schemes: Vec<(&'v str, Vec<(usize, Route<'v>)>)>,
}

/// Writes the sitemap with its parts.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let base = &press.view.site.base;
    let parts = pages(press).parts(LIMIT);
    if !matches!(parts.as_slice(), [Part { file: Route::Sitemap, .. }]) {
        press.file(Route::Sitemap, |out| index(&parts, base, out))?;
    }
    parts.iter().try_for_each(|part| press.file(part.file, |out| entries(&part.pages, base, out)))
}

fn pages<'v>(press: &Press<'v>) -> Pages<'v> {
    let view = press.view;
    let mut site = vec![Route::Home];
    for (index, scheme) in view.schemes.iter().enumerate() {
        site.extend(lists(view, index, &scheme.id));
    }
    for scheme in &view.schemes {
        site.extend([Route::Regulation(&scheme.id), Route::SchemeMark(&scheme.id)]);
        let own = scheme.pages.iter().filter(|page| page.slug != MARK_PAGE);
        site.extend(own.map(|page| Route::SchemePage { scheme: &scheme.id, slug: &page.slug }));
    }
    site.extend([Route::Providers, Route::Notices, Route::Desk, Route::Standing, Route::Search, Route::Compare, Route::Verify]);
    site.extend(view.has_pages().then_some(Route::Pages));
    site.extend(view.pages.iter().map(|page| Route::Page(&page.slug)));
    site.extend(view.notices.iter().map(|notice| Route::Notice(&notice.name)));
    site.extend(view.providers.iter().map(|provider| Route::Provider(&provider.brief.id)));
    let (items, maps): (Vec<_>, Vec<_>) =
        super::items::routes(press).into_iter().partition(|route| matches!(route, Route::Item { .. }));
    site.extend(maps);
    let of_schemes = view.schemes.iter().enumerate().map(|(index, scheme)| {
        let services = view.services.iter().filter(|service| service.scheme == index);
        let services = services.map(|service| (scheme.number.serial(&service.slug), Route::Service(&service.slug)));
        let items = items.iter().filter_map(|route| {
            if let Route::Item { scheme: of, from, .. } = route { (*of == scheme.id).then_some((*from, *route)) } else { None }
        });
        (scheme.id.as_str(), services.chain(items).collect())
    });
    Pages { site, of_schemes: of_schemes.collect() }
}

fn lists<'v>(view: &'v Registry, index: usize, scheme: &'v str) -> impl Iterator<Item = Route<'v>> {
    let count = |ended: bool| {
        let of_list = view.services.iter().filter(|service| service.scheme == index && service.standing.in_force() != ended);
        of_list.count().div_ceil(LIST_PAGE).max(1)
    };
    let in_force = (1..=count(false)).map(move |page| Route::List { scheme, page });
    in_force.chain((1..=count(true)).map(move |page| Route::EndedList { scheme, page }))
}

impl<'v> Pages<'v> {
    /// The files that hold them, none more than `limit` pages: one alone where that is enough.
    fn parts(self, limit: usize) -> Vec<Part<'v>> {
        let all = self.site.len() + self.of_schemes.iter().map(|(_, pages)| pages.len()).sum::<usize>();
        if all <= limit {
            let of_schemes = self.of_schemes.into_iter().flat_map(|(_, pages)| pages).map(|(_, page)| page);
            return vec![Part { file: Route::Sitemap, pages: self.site.into_iter().chain(of_schemes).collect() }];
        }
        let of_site = self.site.chunks(limit).zip(1..);
        let mut parts: Vec<Part<'v>> = of_site
            .map(|(pages, part)| Part { file: Route::SitemapPart { scheme: None, part }, pages: pages.to_vec() })
            .collect();
        for (scheme, pages) in self.of_schemes {
            let mut ranges: BTreeMap<usize, Vec<Route<'v>>> = BTreeMap::new();
            for (serial, page) in pages {
                ranges.entry(serial.saturating_sub(1) / SERIALS).or_default().push(page);
            }
            // A catalogue may be so long that a range needs several files; then every range has room for as many.
            let files = ranges.values().map(|pages| pages.len().div_ceil(limit)).max().unwrap_or(1);
            for (range, pages) in ranges {
                for (pages, at) in pages.chunks(limit).zip(1..) {
                    let file = Route::SitemapPart { scheme: Some(scheme), part: range * files + at };
                    parts.push(Part { file, pages: pages.to_vec() });
                }
            }
        }
        parts
    }
}

fn entries(pages: &[Route<'_>], base: &Base, out: &mut Vec<u8>) -> Result<()> {
    out.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for page in pages {
        for lang in Lang::ALL {
            out.extend_from_slice(b"<url><loc>");
            escape_html(&base.absolute_in(lang, *page), out)?;
            out.extend_from_slice(b"</loc>");
            for other in Lang::ALL {
                out.extend_from_slice(format!("<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"", other.tag()).as_bytes());
                escape_html(&base.absolute_in(other, *page), out)?;
                out.extend_from_slice(b"\"/>");
            }
            out.extend_from_slice(b"</url>\n");
        }
    }
    out.extend_from_slice(b"</urlset>\n");
    Ok(())
}

fn index(parts: &[Part<'_>], base: &Base, out: &mut Vec<u8>) -> Result<()> {
    out.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for part in parts {
        out.extend_from_slice(b"<sitemap><loc>");
        escape_html(&base.absolute(part.file), out)?;
        out.extend_from_slice(b"</loc></sitemap>\n");
    }
    out.extend_from_slice(b"</sitemapindex>\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Pages<'static> {
        let services =
            vec![(1, Route::Service("a0001-2604")), (1000, Route::Service("a1000-2604")), (3001, Route::Service("a3001-2604"))];
        Pages { site: vec![Route::Home, Route::Desk], of_schemes: vec![("a", services)] }
    }

    fn files(limit: usize) -> Vec<(String, usize)> {
        pages().parts(limit).iter().map(|part| (part.file.address(), part.pages.len())).collect()
    }

    #[test]
    fn a_sitemap_that_outgrows_one_file_loses_no_page() {
        let told = |files: &[(&str, usize)]| files.iter().map(|(file, pages)| ((*file).to_owned(), *pages)).collect::<Vec<_>>();
        assert_eq!(files(5), told(&[("sitemap.xml", 5)]));
        assert_eq!(files(4), told(&[("sitemap-1.xml", 2), ("sitemap-a-1.xml", 2), ("sitemap-a-4.xml", 1)]));
        let single =
            [("sitemap-1.xml", 1), ("sitemap-2.xml", 1), ("sitemap-a-1.xml", 1), ("sitemap-a-2.xml", 1), ("sitemap-a-7.xml", 1)];
        assert_eq!(files(1), told(&single));
    }

    #[test]
    fn each_language_version_has_an_entry_that_names_all() -> Result<()> {
        let mut out = Vec::new();
        entries(&[Route::Desk], &Base::new("https://example.jp/"), &mut out)?;
        let text = String::from_utf8(out)?;
        let links = "<xhtml:link rel=\"alternate\" hreflang=\"ja\" href=\"https://example.jp/desk/\"/><xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://example.jp/en/desk/\"/>";
        for own in ["https://example.jp/desk/", "https://example.jp/en/desk/"] {
            assert!(text.contains(&format!("<url><loc>{own}</loc>{links}</url>\n")), "{text}");
        }
        let mut out = Vec::new();
        index(&pages().parts(4), &Base::new("https://example.jp/"), &mut out)?;
        assert!(String::from_utf8(out)?.contains("<sitemap><loc>https://example.jp/sitemap-a-4.xml</loc></sitemap>\n"));
        Ok(())
    }
}
