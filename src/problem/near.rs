//! Which of the names that there are somebody may have meant.

/// The candidate that a word is nearest to, where it is near enough for a slip of the hand: case, `_` and `-` do not count,
/// one letter in four may differ.
pub fn near<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = folded(word);
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let most = (word.len() / 4).clamp(1, 3);
    let distances = candidates.into_iter().filter(|candidate| candidate.chars().count().abs_diff(word.len()) <= most);
    let distances = distances.map(|candidate| (distance(&word, &folded(candidate)), candidate));
    let (least, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    // Two short words that share no letter are no slip.
    (least <= most && least < word.len()).then_some(nearest)
}

/// A longer word is no name.
const LONGEST: usize = 60;

fn folded(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == '_' { '-' } else { c }).collect()
}

/// How many letters have to be put in, taken out, changed or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let mut least = (at(&row, j) + usize::from(x != y)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                least = least.min(at(&before, j - 1) + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_leads_to_the_name_that_was_meant() {
        let names = ["name", "name_en", "provider", "summary", "started_on", "kind", "on"];
        for (written, meant) in [
            ("provder", "provider"),
            ("porvider", "provider"),
            ("Name", "name"),
            ("name-en", "name_en"),
            ("sumary", "summary"),
            ("started-on", "started_on"),
        ] {
            assert_eq!(near(written, names), Some(meant), "{written}");
        }
        for written in ["phone", "fee", "担当者", "x", ""] {
            assert_eq!(near(written, names), None, "{written}");
        }
    }
}
