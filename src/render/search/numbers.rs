//! Numbers of thirteen digits, as corporations have them in Japan, with hyphens or without, or behind the `T` of an invoice.
//! Each is put into the index as a whole: digits that happen to stand in one are not what somebody asks for.

use super::index::Key;

/// Digits of a number.
const DIGITS: usize = 13;

/// Keys of numbers begin here, behind those of days.
const PLANE: u32 = 0xf_9000;

/// The keys of every number of thirteen digits in a folded text. Its first digit follows from the others and is left out;
/// `terms.js` asks for the same keys.
pub(super) fn keys(text: &[char]) -> Vec<Key> {
    let mut keys = Vec::new();
    for run in text.split(|c| !c.is_ascii_digit() && *c != '-') {
        let digits: Vec<u32> = run.iter().filter_map(|c| c.to_digit(10)).collect();
        if let ([_, own @ ..], DIGITS) = (digits.as_slice(), digits.len()) {
            let signs: Vec<char> = own.chunks(4).map(sign).collect();
            keys.extend(signs.windows(2).filter_map(|pair| Some((*pair.first()?, pair.get(1).copied()))));
        }
    }
    keys
}

fn sign(four: &[u32]) -> char {
    char::from_u32(PLANE + four.iter().fold(0, |number, digit| number * 10 + digit)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_same_keys_in_every_spelling_and_a_part_of_it_has_none() {
        let of = |text: &str| keys(&text.chars().collect::<Vec<_>>());
        let whole = of("1234567890123");
        assert_eq!(whole.len(), 2);
        for text in ["t1234567890123", "1-2345-6789-0123", "番号は1234567890123です"] {
            assert_eq!(of(text), whole, "{text}");
        }
        for text in ["", "123456789012", "12345678901234", "0001-1212"] {
            assert_eq!(of(text), [], "{text}");
        }
    }
}
