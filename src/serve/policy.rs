//! The content policy of a page, widened by what the bar needs: its own style, its script, what that fetches, its form.
//! Nothing else of it changes, so that what a theme must not do in public it cannot do in the preview either.

use std::ops::Range;

/// What the bar needs, each of the server itself. Where a page has no such directive, that one holds which is named beside.
const NEEDED: [(&str, Option<&str>); 4] = [
    ("script-src", Some("default-src")),
    ("connect-src", Some("default-src")),
    ("style-src", Some("default-src")),
    ("form-action", None),
];

const OWN: &str = "'self'";

/// Widens a policy.
pub(super) fn widened(policy: &str) -> String {
    let mut directives: Vec<(String, Vec<String>)> = policy.split(';').filter_map(directive).collect();
    for (name, fallback) in NEEDED {
        if !directives.iter().any(|(of, _)| of == name) {
            let inherited = directives.iter().find(|(of, _)| fallback == Some(of.as_str()));
            // What no directive forbids is allowed.
            let Some((_, sources)) = inherited else { continue };
            directives.push((name.to_owned(), sources.clone()));
        }
        for (_, sources) in directives.iter_mut().filter(|(of, _)| of == name) {
            sources.retain(|source| source != "'none'");
            if !sources.iter().any(|source| source == OWN) {
                sources.push(OWN.to_owned());
            }
        }
    }
    let written = directives.into_iter().map(|(name, sources)| [&[name][..], &sources].concat().join(" "));
    written.collect::<Vec<_>>().join("; ")
}

fn directive(text: &str) -> Option<(String, Vec<String>)> {
    let mut words = text.split_ascii_whitespace();
    let name = words.next()?.to_ascii_lowercase();
    Some((name, words.map(str::to_owned).collect()))
}

/// Where the policy stands that a page tells in a `<meta>`: the bytes of the attribute's value with its quotes.
pub(super) fn in_page(html: &str) -> Option<Range<usize>> {
    let lower = html.to_ascii_lowercase();
    let mut from = 0;
    while let Some(start) = lower.get(from..)?.find("<meta").map(|at| from + at) {
        let end = lower.get(start..)?.find('>').map(|at| start + at)?;
        let tag = lower.get(start..end)?;
        if tag.contains("content-security-policy") {
            return content(tag).map(|value| start + value.start..start + value.end);
        }
        from = end;
    }
    None
}

fn content(tag: &str) -> Option<Range<usize>> {
    let after = tag.match_indices("content").find_map(|(at, name)| {
        let apart = tag.get(..at)?.ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
        let rest = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        apart.then(|| tag.len() - rest.len())
    })?;
    let value = tag.get(after..)?;
    let length = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.find(quote)? + 2,
        _ => value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len()),
    };
    Some(after..after + length)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_gets_what_it_needs_and_a_theme_gets_nothing() {
        assert_eq!(
            widened("default-src 'none'; img-src 'self'; form-action 'none'; base-uri 'none'"),
            "default-src 'none'; img-src 'self'; form-action 'self'; base-uri 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"
        );
    }

    #[test]
    fn what_is_allowed_already_stays_allowed() {
        let open = "default-src https: 'self'; script-src 'self' 'sha256-x'; form-action 'self'";
        assert_eq!(widened(open), format!("{open}; connect-src https: 'self'; style-src https: 'self'"));
        assert_eq!(widened("img-src 'self'"), "img-src 'self'");
        assert_eq!(widened(""), "");
    }

    #[test]
    fn the_policy_of_a_page_is_found_however_it_is_written() {
        let pages = [
            r#"<meta charset=utf-8><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><p>"#,
            "<meta http-equiv=content-security-policy content=\"default-src 'none'\">",
            "<META\ncontent=\"default-src 'none'\" HTTP-EQUIV='Content-Security-Policy'>",
        ];
        for page in pages {
            assert_eq!(page.get(in_page(page).unwrap()), Some("\"default-src 'none'\""), "{page}");
        }
        assert_eq!(in_page("<meta name=viewport content=x><p>Content-Security-Policy content=y"), None);
    }
}
