//! Headings of a text: below the page's title, and with ids that are unique on the page.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::{Part, letters_of};

/// The ids of a page's own places begin so, whatever the page: no heading of a text has one of them.
const OWN: &str = "page_";

/// What an id is made of where a heading says nothing.
const UNNAMED: &str = "heading";

/// Gives every heading an id: its own text, so that it stays the same while other headings come and go.
pub(super) fn name(mut parts: Vec<Part>) -> Vec<Part> {
    let mut used = BTreeSet::new();
    // How far the numbers of an id were tried already, so that thousands of equal headings take no longer than others.
    let mut tried = BTreeMap::new();
    for at in 0..parts.len() {
        let Some((Event::Start(Tag::Heading { .. }), _)) = parts.get(at) else { continue };
        let inner = parts.iter().skip(at + 1).take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
        let text: String = inner.filter_map(|(event, _)| letters_of(event)).collect();
        let free = free_id(&text, &used, &mut tried);
        if let Some((Event::Start(Tag::Heading { level, id, .. }), _)) = parts.get_mut(at) {
            *level = (*level).max(HeadingLevel::H2);
            *id = Some(CowStr::from(free.clone()));
        }
        used.insert(free);
    }
    for (event, _) in &mut parts {
        if let Event::End(TagEnd::Heading(level)) = event {
            *level = (*level).max(HeadingLevel::H2);
        }
    }
    parts
}

/// The first id of a heading's text that is not in use yet.
fn free_id(text: &str, used: &BTreeSet<String>, tried: &mut BTreeMap<String, usize>) -> String {
    let spaceless: String = text.trim().chars().map(|c| if c.is_whitespace() || c.is_control() { '-' } else { c }).collect();
    let is_named = spaceless.chars().any(char::is_alphanumeric);
    let id = match () {
        () if !is_named => UNNAMED.to_owned(),
        // An id that differs from the page's own in its case alone would be mistaken for it by readers and old browsers.
        () if spaceless.to_lowercase().starts_with(OWN) => format!("{UNNAMED}-{spaceless}"),
        () => spaceless,
    };
    if !used.contains(&id) {
        return id;
    }
    let count = tried.entry(id.clone()).or_insert(1);
    loop {
        *count += 1;
        let numbered = format!("{id}-{count}");
        if !used.contains(&numbered) {
            return numbered;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::prose::{heading_ids, read};

    #[test]
    fn ids_are_unique_never_empty_and_never_the_pages_own() {
        let parts = read("# 申請\n# 申請\n# 申請-2\n#\n# ！\n## ![](/assets/x.png)\n# page_main\n# Page_Main\n### 細 目");
        let ids: Vec<&str> = heading_ids(&parts).collect();
        let expected = [
            "申請",
            "申請-2",
            "申請-2-2",
            "heading",
            "heading-2",
            "heading-3",
            "heading-page_main",
            "heading-Page_Main",
            "細-目",
        ];
        assert_eq!(ids, expected);
    }
}
