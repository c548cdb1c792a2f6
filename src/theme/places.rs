//! The places of a fixed sentence, such as `{number}` in 「認定番号 {number}」.

/// A part of a sentence.
pub(super) enum Part<'s> {
    /// Words that stay as they are.
    Text(&'s str),
    /// A place to fill, by its name.
    Place(&'s str),
}

/// Hands out every part of a sentence in its order.
///
/// # Errors
/// The first one of `take`.
pub(super) fn each<'s, E>(sentence: &'s str, mut take: impl FnMut(Part<'s>) -> Result<(), E>) -> Result<(), E> {
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        take(Part::Text(before))?;
        take(Part::Place(name))?;
        rest = behind;
    }
    take(Part::Text(rest))
}

/// Fills the places of a sentence with plain texts, all at once; a place without a value stays empty.
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len() * 2);
    let filled: Result<(), std::convert::Infallible> = each(sentence, |part| {
        out.push_str(match part {
            Part::Text(text) => text,
            Part::Place(name) => values.iter().find(|(of, _)| *of == name).map_or("", |(_, value)| value),
        });
        Ok(())
    });
    match filled {
        Ok(()) => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_a_place_is_left_as_it_is() {
        assert_eq!(fill("{a}と{b}", &[("a", "{b}"), ("b", "{a}")]), "{b}と{a}");
        assert_eq!(fill("{a", &[("a", "x")]), "{a");
    }
}
