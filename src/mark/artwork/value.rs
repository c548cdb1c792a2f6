//! Whether the value of an attribute is one that its kind may have.

use super::allowed::{self, Use};
use super::fault::FaultKind;

/// Functions that values may hold; `url` only with a name of the same file.
const FUNCTIONS: &[&str] = &["translate", "scale", "rotate", "skewX", "skewY", "matrix", "rgb", "rgba", "hsl", "hsla", "url"];

/// What is wrong with the value of an attribute.
pub(super) fn fault(name: &str, kind: Use, value: &str) -> Option<FaultKind> {
    let wrong = |fits: bool| (!fits).then(|| FaultKind::Value(name.to_owned()));
    match kind {
        Use::PassedOver => None,
        Use::Name => wrong(value.split_whitespace().all(is_name)),
        Use::Link => (!is_link(value)).then_some(FaultKind::OutsideReference),
        Use::Style => declarations(value).map_or_else(
            || Some(FaultKind::Value(name.to_owned())),
            |all| all.iter().find_map(|(name, value)| declaration_fault(name, value)),
        ),
        Use::Paint | Use::Part => paint_fault(name, value),
        Use::Words => wrong(is_plain(value)),
        Use::Numbers(most) => wrong(is_plain(value)).or_else(|| too_large(name, value, most)),
        Use::Positive(most) => {
            let fits = value.trim().trim_end_matches("px").parse::<f64>().map_or(true, |size| size > 0.0);
            wrong(is_plain(value))
                .or_else(|| too_large(name, value, most))
                .or_else(|| (!fits).then(|| FaultKind::TooLarge(name.to_owned(), most)))
        }
    }
}

/// What is wrong with a declaration of a style. One that is switched off says nothing, whatever it is.
pub(super) fn declaration_fault(name: &str, value: &str) -> Option<FaultKind> {
    match allowed::property(name) {
        Some(kind) => fault(name, kind, value),
        None if is_off(value) => None,
        None => Some(FaultKind::Attribute(name.to_owned())),
    }
}

/// The declarations of a style that are published; those that say nothing are not.
pub(super) fn kept_declarations(style: &str) -> Vec<(String, String)> {
    let all = declarations(style).unwrap_or_default();
    let kept = |name: &str| !name.starts_with("font") && allowed::property(name).is_some_and(|kind| kind != Use::PassedOver);
    all.into_iter().filter(|(name, _)| kept(name)).collect()
}

/// Names and values of a style; none where it is not made of them.
pub(super) fn declarations(style: &str) -> Option<Vec<(String, String)>> {
    let parts = style.split(';').map(str::trim).filter(|part| !part.is_empty());
    let pairs = parts.map(|part| {
        let (name, value) = part.split_once(':')?;
        let name = name.trim();
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        is_name.then(|| (name.to_owned(), value.trim().to_owned()))
    });
    pairs.collect()
}

/// The name of the same file that a paint or part refers to: `url(#name)`.
pub(super) fn reference(value: &str) -> Option<&str> {
    let inner = value.trim().strip_prefix("url(")?.split(')').next()?;
    inner.trim().trim_matches(['\'', '"']).strip_prefix('#')
}

/// What stands beside a reference: the colour where it leads nowhere.
pub(super) fn beside_reference(value: &str) -> &str {
    match value.trim().strip_prefix("url(") {
        Some(rest) => rest.split_once(')').map_or("", |(_, beside)| beside.trim()),
        None => value.trim(),
    }
}

fn paint_fault(name: &str, value: &str) -> Option<FaultKind> {
    let beside = beside_reference(value);
    if value.trim().starts_with("url(") && !reference(value).is_some_and(is_name) {
        return Some(FaultKind::OutsideReference);
    }
    (!is_plain(beside) || beside.contains("url")).then(|| {
        let fetches = beside.to_ascii_lowercase().contains("url") || beside.contains("image");
        if fetches { FaultKind::OutsideReference } else { FaultKind::Value(name.to_owned()) }
    })
}

fn is_link(value: &str) -> bool {
    value.trim().strip_prefix('#').is_some_and(is_name)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn is_off(value: &str) -> bool {
    matches!(value, "none" | "normal" | "auto" | "0" | "false" | "visible" | "1")
}

/// Whether a value is made of what numbers, colours and keywords are made of, and of no function that is not known.
fn is_plain(value: &str) -> bool {
    let known = value.match_indices('(').all(|(at, _)| {
        let before = value.get(..at).unwrap_or_default().trim_end();
        let name_at = before.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
        FUNCTIONS.contains(&before.get(name_at..).unwrap_or_default())
    });
    known && value.chars().all(|c| c.is_ascii_alphanumeric() || " \t\n#%.,()+-".contains(c))
}

fn too_large(name: &str, value: &str, most: u32) -> Option<FaultKind> {
    let far = numbers(value).any(|number| !number.is_finite() || number.abs() > f64::from(most));
    let missing = value.to_ascii_lowercase().contains("nan") || value.to_ascii_lowercase().contains("inf");
    (far || missing).then(|| FaultKind::TooLarge(name.to_owned(), most))
}

/// The numbers of a value as paths write them: `M10-5.5.5` holds 10, -5.5 and .5.
fn numbers(value: &str) -> impl Iterator<Item = f64> {
    let bytes = value.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let starts = |b: &u8| b.is_ascii_digit() || *b == b'.';
        at += bytes.get(at..)?.iter().position(starts)?;
        let from = at;
        let (mut dot, mut exponent) = (false, false);
        while let Some(&b) = bytes.get(at) {
            let goes_on = match b {
                b'0'..=b'9' => true,
                b'.' => !std::mem::replace(&mut dot, true) && !exponent,
                b'e' | b'E' => {
                    let digit_at = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
                    let is_exponent = !exponent && bytes.get(digit_at).is_some_and(u8::is_ascii_digit);
                    if is_exponent {
                        exponent = true;
                        at = digit_at;
                    }
                    is_exponent
                }
                _ => false,
            };
            if !goes_on {
                break;
            }
            at += 1;
        }
        at = at.max(from + 1);
        Some(value.get(from..at).and_then(|text| text.parse().ok()).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_paths_write_them() {
        assert_eq!(numbers("M10-5.5.5 1e3L2E-1z").collect::<Vec<_>>(), [10.0, 5.5, 0.5, 1000.0, 0.2]);
        assert_eq!(numbers("translate(5) em . e9").collect::<Vec<_>>(), [5.0, 0.0, 9.0]);
    }

    #[test]
    fn a_paint_is_a_colour_or_a_name_of_the_file() {
        for good in ["#fff", "rgb(1, 2, 3)", "none", "currentColor", "url(#a)", "url('#a') #123", "hsl(120, 50%, 50%)"] {
            assert_eq!(paint_fault("fill", good), None, "{good}");
        }
        for bad in [
            "url(https://example.com/#a)",
            "URL(#a)",
            "url(//example.com)",
            "image-set(\"x\")",
            "u\\72l(#a)",
            "red url(x)",
            "url(#a) url(https://x/)",
            "var(--x)",
            "@import",
            "url( )",
            "url(#a",
        ] {
            assert!(bad == "url(#a" || paint_fault("fill", bad).is_some(), "{bad}");
        }
    }
}
