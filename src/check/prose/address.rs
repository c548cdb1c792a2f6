//! What an address in a text of the body has to look like before anybody asks where it leads.

use crate::route::{self, Fault};

/// Whether an address of http, https or mail is one that every browser takes for the same.
pub(super) fn outside(link: &str) -> bool {
    match link.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => !rest.is_empty() && route::plain(link).is_ok(),
        Some(_) => route::outside(link).is_ok(),
        None => false,
    }
}

/// Whether a path below the site's base is written as the site writes its addresses.
pub(super) fn inside(path: &str) -> bool {
    route::inside(&format!("/{path}")).is_ok()
}

/// The id that a link to a place on the page names; none where it is broken.
pub(super) fn anchor_of(link: &str) -> Option<String> {
    link.starts_with('#').then(|| route::inside(&format!("/{link}")).ok()?.fragment).flatten()
}

/// The address that was likely meant by a broken one.
pub(super) fn mended(link: &str) -> Option<String> {
    let link = link.trim();
    let (scheme, rest) = link.split_once(':').filter(|(scheme, _)| matches!(*scheme, "http" | "https")).unwrap_or(("", link));
    let rest = rest.trim_start_matches(['/', '\\']);
    let is_outside = !scheme.is_empty() || link.starts_with("www.") || link.starts_with("//");
    let mut right = match (scheme, is_outside) {
        ("", true) => format!("https://{rest}"),
        (scheme, true) => format!("{scheme}://{rest}"),
        (_, false) => link.to_owned(),
    };
    right = right.replace(' ', "%20").replace('\u{3000}', "%E3%80%80");
    if route::plain(&right) == Err(Fault::Percent) {
        right = right.replace('%', "%25").replace("%2520", "%20");
    }
    let fits = if is_outside { outside(&right) } else { right.strip_prefix('/').is_some_and(inside) };
    (fits && right != link).then_some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_outside_is_whole_and_reads_the_same_everywhere() {
        for link in
            ["https://example.jp/", "http://example.jp:8080/a?b=c%20d#e", "https://例え.jp/様式", "mailto:a_atmark_example.jp"]
        {
            assert!(outside(link), "{link}");
        }
        for link in [
            "https:/x",
            "https:evil",
            "https:\\\\evil",
            "https://",
            "https:///x",
            "https://example.jp/様式 1.xlsx",
            "https://example.jp/%zz",
            "https://example.jp/%e",
            "https://:pw@example.jp/",
            "https://u@example.jp/",
            "https://exa\u{200b}mple.jp/",
            "mailto:",
        ] {
            assert!(!outside(link), "{link}");
        }
    }

    #[test]
    fn a_broken_address_leads_to_the_right_one() {
        for (link, right) in [
            ("https://example.jp/様式 1.xlsx", Some("https://example.jp/様式%201.xlsx")),
            ("https:/example.jp/", Some("https://example.jp/")),
            ("//example.jp/", Some("https://example.jp/")),
            ("www.example.jp", Some("https://www.example.jp")),
            ("/ip/50%引き/", Some("/ip/50%25引き/")),
            ("guide.pdf", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(mended(link).as_deref(), right, "{link}");
        }
    }

    #[test]
    fn a_path_inside_has_no_spaces_no_steps_and_no_broken_code() {
        for path in ["", "ip/", "ip/#申請", "search/?q=a%20b", "assets/a.png"] {
            assert!(inside(path), "{path}");
        }
        for path in ["ip/%zz", "ip/ x", "ip//x", "../x", "ip/./", "%ff", "ip\\x"] {
            assert!(!inside(path), "{path}");
        }
    }
}
