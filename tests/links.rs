//! Every link of every page of the golden registry leads somewhere: to a page or file of the site, and to a place in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use support::{DAY, Registry};

/// A page's links and the ids that links may lead to.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    ids: BTreeSet<String>,
}

#[test]
fn every_internal_link_and_asset_leads_to_a_file_of_the_site() {
    for base in ["https://registry.example.jp/", "https://registry.example.jp/cloud/kohyo/"] {
        let registry = Registry::copy_of("golden");
        registry.edit("content/registry.toml", "base_url = \"https://registry.example.jp/\"", &format!("base_url = \"{base}\""));
        let site = registry.site(DAY);
        let pages = pages(&site);
        assert!(pages.len() > 20);
        let mut dead = BTreeSet::new();
        for (path, page) in &pages {
            for link in &page.links {
                if let Err(why) = follow(link, path, base, &site, &pages) {
                    dead.insert(format!("{path}: {link} ({why})"));
                }
            }
        }
        assert!(dead.is_empty(), "{base}: {} dead links\n{}", dead.len(), dead.into_iter().collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn the_page_for_unknown_addresses_has_no_relative_link() {
    let site = Registry::copy_of("golden").site(DAY);
    let page = page(std::str::from_utf8(&site["404.html"]).unwrap());
    let relative: Vec<_> = page.links.iter().filter(|link| !link.starts_with(['/', '#']) && !link.contains(':')).collect();
    assert!(relative.is_empty(), "{relative:?}");
}

#[test]
fn links_are_found_however_their_attributes_are_written() {
    let page = page(
        "<p title='a > b'><a href=/a/#x>1</a><a class=y href=\"/b?c=1&amp;d=2\">2</a><img alt='' src='c.png'><!-- <a href=no> --><i id=z>",
    );
    assert_eq!(page.links, ["/a/#x", "/b?c=1&d=2", "c.png"]);
    assert!(page.ids.contains("z"));
}

/// Whether a link of a page leads somewhere. What leaves the site is not followed.
fn follow(
    link: &str,
    from: &str,
    base: &str,
    site: &BTreeMap<String, Vec<u8>>,
    pages: &BTreeMap<String, Page>,
) -> Result<(), String> {
    let host_end = base.find("://").unwrap() + 3;
    let root = &base[host_end + base[host_end..].find('/').unwrap()..];
    let link = link.strip_prefix(base).map_or_else(|| link.to_owned(), |rest| format!("{root}{rest}"));
    if link.split(['/', '?', '#']).next().unwrap().contains(':') || link.starts_with("//") {
        return Ok(());
    }
    let (address, fragment) = link.split_once('#').map_or((link.as_str(), None), |(address, fragment)| (address, Some(fragment)));
    let address = address.split('?').next().unwrap();
    let file = if address.is_empty() { from.to_owned() } else { file_at(address, from, root)? };
    if !site.contains_key(&file) {
        return Err(format!("no file {file}"));
    }
    match (fragment.filter(|fragment| !fragment.is_empty()), pages.get(&file)) {
        (Some(fragment), Some(page)) if !page.ids.contains(&decoded(fragment)) => Err(format!("no such place in {file}")),
        _ => Ok(()),
    }
}

/// The file that answers at an address of the site.
fn file_at(address: &str, from: &str, root: &str) -> Result<String, String> {
    let path = if address.starts_with('/') {
        address.strip_prefix(root).ok_or("outside the site's path")?.to_owned()
    } else {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{address}")
    };
    let mut segments: Vec<String> = Vec::new();
    for segment in path.split('/').filter(|segment| !matches!(*segment, "" | ".")) {
        if segment == ".." {
            segments.pop().ok_or("above the site")?;
        } else {
            segments.push(decoded(segment));
        }
    }
    let is_folder = path.is_empty() || path.ends_with('/');
    if is_folder {
        segments.push("index.html".into());
    }
    Ok(segments.join("/"))
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match hex.filter(|_| first == b'%') {
            Some(byte) => (bytes.push(byte), rest = &after[2..]),
            None => (bytes.push(first), rest = after),
        };
    }
    String::from_utf8(bytes).unwrap()
}

fn pages(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Page> {
    let html = site.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path.clone(), page(std::str::from_utf8(bytes).unwrap()))).collect()
}

/// Reads the tags of a page, comments aside.
fn page(html: &str) -> Page {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name_end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
            rest = attributes(&rest[name_end..], &mut page);
        }
    }
    page
}

/// Reads the attributes of one tag and returns what follows it.
fn attributes<'h>(mut rest: &'h str, page: &mut Page) -> &'h str {
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let Some(name_end) = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>') else { return "" };
        let (name, after) = rest.split_at(name_end);
        let Some(value_on) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            continue;
        };
        let value = match value_on.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let (value, after) = value_on[1..].split_once(quote).unwrap();
                rest = after;
                value
            }
            _ => {
                let (value, after) = value_on.split_at(value_on.find(|c: char| c.is_whitespace() || c == '>').unwrap());
                rest = after;
                value
            }
        };
        let value =
            value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&");
        match name {
            "href" | "src" | "action" => page.links.push(value),
            "srcset" => {
                page.links.extend(value.split(',').filter_map(|entry| entry.split_whitespace().next().map(str::to_owned)))
            }
            "id" => _ = page.ids.insert(value),
            _ => {}
        }
    }
}
