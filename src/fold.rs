//! Text as search compares it, and the check for withheld texts too: width, case, kana, glyphs old and new, dashes.
//! `themes/default/static/fold.js` folds what
//! readers ask for by the same steps, and holds the tables for both sides; `tests/search/folded.tsv` is held against both.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The file that holds the tables for both sides.
const SCRIPT: &str = include_str!("../themes/default/static/fold.js");

/// In front of the table of glyphs in the script.
const GLYPHS: &str = "const ALIKE = `";

/// In front of the table of short forms of kinds of companies, as they are after NFKC (`㈱`, `（株）`).
const KINDS: &str = "const KINDS = `";

/// Characters of the basic plane are looked up here: what one folds to by itself.
static SINGLE: LazyLock<Vec<u32>> = LazyLock::new(|| (0..=0xffff).map(single).collect());

/// The glyphs of the script.
static ALIKE: LazyLock<BTreeMap<char, char>> = LazyLock::new(alike);

/// The letters that stand for kinds of companies, and what they mean.
static COMPANIES: LazyLock<Vec<(char, &str)>> = LazyLock::new(|| table(KINDS).split_whitespace().filter_map(kind).collect());

/// In [`SINGLE`]: the character folds to nothing.
const NOTHING: u32 = u32::MAX;

/// In [`SINGLE`]: its neighbours count, or it becomes several characters.
const BY_STEPS: u32 = u32::MAX - 1;

/// Puts a folded text in the place of what `out` holds.
pub(crate) fn fold_into(text: &str, out: &mut Vec<char>) {
    out.clear();
    for c in text.chars() {
        match SINGLE.get(c as usize).copied().unwrap_or(BY_STEPS) {
            NOTHING => {}
            BY_STEPS => {
                out.clear();
                text.nfkc().for_each(|c| push_folded(c, out));
                return;
            }
            folded => push(char::from_u32(folded).unwrap_or(c), out),
        }
    }
}

/// A text folded.
pub(crate) fn fold(text: &str) -> String {
    let mut out = Vec::new();
    fold_into(text, &mut out);
    out.into_iter().collect()
}

/// What a character folds to whatever stands beside it.
fn single(code: u32) -> u32 {
    let Some(c) = char::from_u32(code) else { return BY_STEPS };
    let composes = |c: char| canonical_combining_class(c) != 0 || is_nfkc_quick(std::iter::once(c)) == IsNormalized::Maybe;
    if composes(c) || std::iter::once(c).nfkd().any(composes) && std::iter::once(c).nfkc().any(composes) {
        return BY_STEPS;
    }
    let mut folded = Vec::new();
    std::iter::once(c).nfkc().for_each(|c| push_folded(c, &mut folded));
    match folded.as_slice() {
        [] => NOTHING,
        [one] => *one as u32,
        [..] => BY_STEPS,
    }
}

/// Adds a character that NFKC left.
fn push_folded(c: char, out: &mut Vec<char>) {
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}' => {}
        '\t'..='\r' | '\u{85}' | '\u{1680}' | '\u{2028}' | '\u{2029}' => push(' ', out),
        c => c.to_lowercase().for_each(|low| {
            let kana = hiragana(low);
            push(ALIKE.get(&kana).copied().unwrap_or(kana), out);
        }),
    }
}

/// Adds a folded character; one that ends the short form of a kind of company lets the long form stand there.
fn push(c: char, out: &mut Vec<char>) {
    out.push(c);
    if c == ')'
        && let [.., '(', kind, ')'] = out.as_slice()
        && let Some((_, long)) = COMPANIES.iter().find(|(short, _)| short == kind)
    {
        out.truncate(out.len() - 3);
        out.extend(long.chars());
    }
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn table(start: &str) -> &'static str {
    SCRIPT.split_once(start).and_then(|(_, rest)| rest.split_once('`')).map_or("", |(table, _)| table)
}

fn kind(entry: &'static str) -> Option<(char, &'static str)> {
    let letter = entry.chars().next()?;
    Some((letter, entry.strip_prefix(letter)?))
}

fn alike() -> BTreeMap<char, char> {
    let all: Vec<char> = table(GLYPHS).chars().filter(|c| !c.is_whitespace()).collect();
    all.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]
mod tests {
    use super::*;

    /// What people write in two ways.
    const SPELLINGS: &[(&str, &str)] = &[
        ("ﾃﾞｰﾀｾﾝﾀｰ", "データセンター"),
        ("ＳＬＡ　９９．９％", "sla 99.9%"),
        ("髙橋", "高橋"),
        ("㈱ゆき", "株式会社ゆき"),
        ("（株）ゆき", "㍿ゆき"),
        ("(有)ゆき", "有限会社ゆき"),
        ("ヴァージョン", "ゔぁーじょん"),
        ("か\u{3099}", "が"),
        ("神\u{fe00}戸\u{200b}", "神戸"),
        ("IP0001‐1212", "ip0001－1212"),
        ("3ヶ月", "3ケ月"),
        ("キャッシュ", "キヤツシユ"),
        ("ファイル", "フアイル"),
        ("㈲ゆき", "（有）ゆき"),
        ("合同会社ゆき", "(同)ゆき"),
        ("㈶ゆき", "財団法人ゆき"),
        ("L’été", "L'été"),
        ("L′x", "L＇x"),
        ("⻑⻄⻘⾦", "長西青金"),
        ("A·B", "A・B"),
        ("①㌔", "1キロ"),
    ];

    #[test]
    fn two_spellings_of_a_word_fold_to_one_text() {
        for (one, other) in SPELLINGS {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }

    #[test]
    fn the_table_holds_glyphs_in_pairs_and_leads_to_none_that_it_replaces() {
        assert!(ALIKE.len() >= 100, "{}", ALIKE.len());
        for (from, to) in ALIKE.iter() {
            assert!(from != to && !ALIKE.contains_key(to), "{from}{to}");
            assert_eq!(fold(&to.to_string()), to.to_string(), "{from}{to}");
        }
    }

    #[test]
    fn looking_up_characters_is_folding_by_steps() {
        for text in samples() {
            let mut steps = Vec::new();
            text.nfkc().for_each(|c| push_folded(c, &mut steps));
            assert_eq!(fold(&text), steps.into_iter().collect::<String>(), "{text:?}");
        }
    }

    /// The script is held against the same file (tests/browser/search.test.mjs).
    #[test]
    fn both_sides_fold_as_the_list_says() {
        let listed = include_str!("../tests/search/folded.tsv");
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let lines: Vec<String> = samples().iter().map(|text| format!("{}\t{}", quoted(text), quoted(&fold(text)))).collect();
        for (folded, listed) in lines.iter().zip(listed.lines()) {
            assert_eq!(folded, listed, "the list is made of lines like the first one");
        }
        assert_eq!(lines.len(), listed.lines().count());
    }

    /// Several hundred texts: spellings, the table, every half-width and enclosed character, marks in odd places.
    fn samples() -> Vec<String> {
        let mut all: Vec<String> = SPELLINGS.iter().flat_map(|(one, other)| [(*one).to_owned(), (*other).to_owned()]).collect();
        all.extend(ALIKE.keys().map(|c| format!("x{c}y")));
        all.extend(COMPANIES.iter().map(|(letter, _)| format!("（{letter}）x({letter}")));
        for range in [
            0x20..=0x17f,
            0x370..=0x3ff,
            0x2000..=0x206f,
            0x2100..=0x214f,
            0x2460..=0x24ff,
            0x2e80..=0x2fdf,
            0x3000..=0x33ff,
            0xf900..=0xfaff,
            0xfe00..=0xffef,
        ] {
            let characters: Vec<char> = range.filter_map(char::from_u32).collect();
            all.extend(characters.chunks(8).map(|some| some.iter().collect()));
            all.extend(characters.chunks(16).map(|some| some.iter().flat_map(|c| [*c, '\u{3099}', 'ｶ']).collect()));
        }
        all.extend(
            ["ΟΔΟΣ", "İstanbul", "e\u{301}\u{323}", "ﾊﾟﾋﾟﾌﾟ", "株)(株", "((株))", "𠮷野家", "葛\u{e0100}飾区", "👨‍👩‍👧"]
                .map(str::to_owned),
        );
        all
    }
}
