//! Whether a withheld text stands in a public one, whole or in part: the one question about it that may be asked, and no
//! answer shows a character of it.
//!
//! Texts are compared as search folds them (width, kana, old glyphs, dashes), spaces and line breaks left out. Whole texts
//! are looked for from [`LEAST`] characters on: 「有」 stands everywhere. So are parts: a run of characters of one sentence
//! that holds at least [`LEAST`] that say something, and at least half of those of the sentence, or [`LONG`] of them. What
//! says nothing of its own are hiragana as they were written, signs, and dates: 「を年2回実施しています」 is part of many a
//! sentence and gives none away, while 「1,234百万円」 tells most of 「売上高 1,234百万円（2025年3月期）」.
//!
//! Many texts are looked for in very many: windows of [`LEAST`] characters are looked up while a public text is walked once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::fold::fold_into;

use super::Withheld;

/// The least length of a text or a part of it that is looked for, in characters.
const LEAST: usize = 6;

/// So many characters that say something are a part in any case, however long their sentence is.
const LONG: usize = 16;

/// A window says at least so much to be worth a look; others are glue such as 「しています」.
const LEAST_OF_WINDOW: usize = 3;

/// A window that stands in more sealed texts, or in those of more groups, is a common phrase, and no trace of one of them.
const COMMON: (usize, usize) = (64, 3);

/// Withheld texts to be looked for.
#[derive(Default)]
pub struct Traces {
    units: Vec<Unit>,
    /// By window: the units that hold it, and where. Windows of whole texts are their first ones.
    windows: BTreeMap<u128, Vec<(usize, usize)>>,
    /// Which windows may be there at all, as bits by their hash.
    filter: Vec<u64>,
}

/// A whole text, or a sentence of one.
struct Unit {
    group: usize,
    owners: Vec<usize>,
    whole: bool,
    text: Vec<char>,
    /// Which of its characters say something.
    says: Vec<bool>,
}

/// A withheld text, or a part of it, in a public text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The text or sentence that was found, see [`Traces::owners`].
    pub unit: usize,
    /// Which part of it, in characters.
    pub run: Range<usize>,
    /// Whether it is a whole text.
    pub whole: bool,
    /// Whether it is long enough to be no coincidence in the text of anybody.
    pub long: bool,
    /// Whether the public text holds nothing else.
    pub alone: bool,
    /// Where it begins, in characters of the folded public text.
    at: usize,
}

/// Folded characters without spaces.
fn squeeze(text: &str, out: &mut Vec<char>) {
    fold_into(text, out);
    out.retain(|c| !c.is_whitespace());
}

/// Folded characters of a sealed text, and which of them say something. Folding makes one of both kana, so what was written
/// decides; each stretch of one kind is folded by itself.
fn squeeze_sealed(text: &str) -> (Vec<char>, Vec<bool>) {
    let is_glue = |c: char| matches!(c, '\u{3041}'..='\u{309f}');
    let normal: Vec<char> = text.nfkc().collect();
    let (mut out, mut says, mut folded) = (Vec::new(), Vec::new(), Vec::new());
    for stretch in normal.chunk_by(|a, b| is_glue(*a) == is_glue(*b)) {
        squeeze(&stretch.iter().collect::<String>(), &mut folded);
        let glue = stretch.first().is_some_and(|c| is_glue(*c));
        says.extend(folded.iter().map(|c| !glue && c.is_alphanumeric()));
        out.append(&mut folded);
    }
    unsay_dates(&out, &mut says);
    (out, says)
}

/// 2025年, 3月, 31日, 2025-03-31 and 2025/3/31 say nothing of their own.
fn unsay_dates(text: &[char], says: &mut [bool]) {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let after = rest.get(digits).copied();
        let length = match after {
            Some('年' | '月' | '日') if (1..=4).contains(&digits) => digits + 1,
            Some(sign @ ('-' | '/' | '.')) if digits == 4 => {
                let groups = |c: &&char| c.is_ascii_digit() || **c == sign;
                let all = rest.iter().take_while(groups).count();
                let signs = rest.iter().take(all).filter(|c| **c == sign).count();
                if signs == 2 && all <= 10 { all } else { 0 }
            }
            Some(_) | None => 0,
        };
        if let Some(date) = says.get_mut(at..at + length) {
            date.fill(false);
        }
        at += length.max(digits).max(1);
    }
}

fn count(says: Option<&[bool]>) -> usize {
    says.unwrap_or_default().iter().filter(|says| **says).count()
}

impl Traces {
    /// Gets ready to look for texts, each with the group it belongs to (whose text it is). Owners are told by position.
    pub fn of<'t>(texts: impl IntoIterator<Item = (usize, &'t Withheld)>) -> Traces {
        let mut units: BTreeMap<(usize, bool, Vec<char>), Unit> = BTreeMap::new();
        for (owner, (group, text)) in texts.into_iter().enumerate() {
            let mut add = |whole: bool, (text, says): (Vec<char>, Vec<bool>)| {
                let key = (group, whole, text.clone());
                let unit = units.entry(key).or_insert_with(|| Unit { group, owners: Vec::new(), whole, text, says });
                if unit.owners.last() != Some(&owner) {
                    unit.owners.push(owner);
                }
            };
            add(true, squeeze_sealed(text.sought()));
            let ends =
                |c: char| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '。' | '｡' | '！' | '？' | '!' | '?');
            text.sought().split(ends).for_each(|sentence| add(false, squeeze_sealed(sentence)));
        }
        let units = units.into_values().filter(|unit| if unit.whole { unit.text.len() >= LEAST } else { unit.all() >= LEAST });
        Traces { units: units.collect(), ..Traces::default() }.indexed()
    }

    fn indexed(mut self) -> Traces {
        let mut windows: BTreeMap<u128, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, unit) in self.units.iter().enumerate() {
            let own = unit.text.windows(LEAST).zip(unit.says.windows(LEAST)).enumerate();
            for (offset, (window, says)) in own {
                if if unit.whole { offset == 0 } else { count(Some(says)) >= LEAST_OF_WINDOW } {
                    windows.entry(window.iter().fold(0, |key, c| next(key, *c))).or_default().push((at, offset));
                }
            }
        }
        for found in windows.values_mut() {
            let is_part = |(unit, _): &(usize, usize)| self.units.get(*unit).is_some_and(|unit| !unit.whole);
            let parts = || found.iter().filter(|found| is_part(found));
            let groups: BTreeSet<_> = parts().filter_map(|(unit, _)| Some(self.units.get(*unit)?.group)).collect();
            if parts().count() > COMMON.0 || groups.len() > COMMON.1 {
                found.retain(|found| !is_part(found));
            }
        }
        let bits = (windows.len() * 16).next_power_of_two().max(64);
        self.filter = vec![0; bits / 64];
        for key in windows.keys() {
            let (word, bit) = self.slot(*key);
            if let Some(word) = self.filter.get_mut(word) {
                *word |= bit;
            }
        }
        self.windows = windows;
        self
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The texts that a unit stands for.
    pub fn owners(&self, unit: usize) -> &[usize] {
        self.units.get(unit).map_or(&[], |unit| &unit.owners)
    }

    /// Whose text a unit is.
    pub fn group(&self, unit: usize) -> Option<usize> {
        self.units.get(unit).map(|unit| unit.group)
    }

    /// What of the withheld texts stands in a public one.
    pub fn within(&self, public: &str) -> Vec<Trace> {
        let mut folded = Vec::new();
        squeeze(public, &mut folded);
        let mut found = Vec::new();
        // How far a unit was already followed, by the distance between its place and the public one.
        let mut followed: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut key = 0;
        for (end, c) in folded.iter().enumerate() {
            key = next(key, *c);
            let Some(at) = (end + 1).checked_sub(LEAST) else { continue };
            let (word, bit) = self.slot(key);
            if self.filter.get(word).is_none_or(|word| word & bit == 0) {
                continue;
            }
            for &(index, offset) in self.windows.get(&key).into_iter().flatten() {
                let Some(unit) = self.units.get(index) else { continue };
                // An offset lies within its unit, so the distance never falls below nought.
                let distance = (index, unit.text.len() + at - offset);
                if followed.get(&distance).is_some_and(|followed| *followed > at) {
                    continue;
                }
                let (run, at) = unit.run(offset, &folded, at);
                followed.insert(distance, at + run.len());
                found.extend(unit.trace(index, run, at, folded.len()));
            }
        }
        found
    }

    fn slot(&self, key: u128) -> (usize, u64) {
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let bit = mixed as usize & (self.filter.len() * 64).wrapping_sub(1);
        (bit / 64, 1 << (bit % 64))
    }
}

impl Unit {
    /// How much it says.
    fn all(&self) -> usize {
        count(Some(&self.says))
    }

    /// The longest run around equal windows of the unit and a public text, and where it begins in that.
    fn run(&self, offset: usize, public: &[char], at: usize) -> (Range<usize>, usize) {
        let (before, after) = (self.text.get(..offset).unwrap_or_default(), self.text.get(offset..).unwrap_or_default());
        let (public_before, public_after) = (public.get(..at).unwrap_or_default(), public.get(at..).unwrap_or_default());
        let back = before.iter().rev().zip(public_before.iter().rev()).take_while(|(a, b)| a == b).count();
        let on = after.iter().zip(public_after).take_while(|(a, b)| a == b).count();
        (offset - back..offset + on, at - back)
    }

    fn trace(&self, unit: usize, run: Range<usize>, at: usize, public: usize) -> Option<Trace> {
        let says = count(self.says.get(run.clone()));
        let needed = self.all().div_ceil(2).clamp(LEAST, LONG);
        let is_trace = if self.whole { run.len() == self.text.len() } else { says >= needed };
        let alone = run.len() == public;
        is_trace.then_some(Trace { unit, run, whole: self.whole, long: self.whole || says >= LONG, alone, at })
    }
}

impl Trace {
    /// The line of the public text where it begins, in bytes.
    pub fn line(&self, public: &str) -> Range<usize> {
        let (mut before, mut start) = (0, 0);
        let mut folded = Vec::new();
        for line in public.split_inclusive('\n') {
            squeeze(line, &mut folded);
            before += folded.len();
            if before > self.at {
                return start..start + line.trim_end().len();
            }
            start += line.len();
        }
        0..public.len()
    }
}

/// A window of [`LEAST`] characters as one number, moved on by one: a character takes 21 bits.
fn next(key: u128, c: char) -> u128 {
    (key << 21 | u128::from(c as u32)) & ((1 << (21 * LEAST)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sealed: &str, public: &str) -> Vec<(bool, bool)> {
        let sealed = Withheld::new(sealed.to_owned());
        let traces = Traces::of([(0, &sealed)]);
        traces.within(public).iter().map(|trace| (trace.whole, trace.long)).collect()
    }

    fn is_found(sealed: &str, public: &str) -> bool {
        !found(sealed, public).is_empty()
    }

    #[test]
    fn a_whole_text_is_found_however_it_is_spelt() {
        let sealed = "売上高 1,234百万円（2025年3月期）";
        for public in [
            "当社の売上高 1,234百万円（2025年3月期）です。",
            "売上高１，２３４百万円（２０２５年３月期）",
            "売上\n高 1,234百\n万円(2025年3月期)",
        ] {
            assert!(found(sealed, public).contains(&(true, true)), "{public}");
        }
        assert!(is_found("データセンターは髙松にある", "ﾃﾞｰﾀｾﾝﾀｰは高松にある"));
        assert!(is_found("でえたせんたあ", "でえたせんたあ"));
    }

    #[test]
    fn the_end_of_a_long_text_is_found_in_a_shorter_one() {
        let sealed = "売上高は 48億7,210万円で、うち官公庁向けが31%を占め、残りは民間企業と個人である。";
        let end = "うち官公庁向けが31%を占め、残りは民間企業と個人である";
        assert!(is_found(sealed, end));
        for (from, _) in end.char_indices() {
            let public = end.get(from..).unwrap_or_default();
            assert!(Traces::of([(0, &Withheld::new(sealed.to_owned()))]).within(public).iter().all(|trace| !trace.whole));
        }
    }

    #[test]
    fn short_texts_are_never_found() {
        assert!(!is_found("24時間", "24時間"));
        assert!(!is_found("有", "有効"));
        assert!(is_found("123456", "０１２３４５６７"));
    }

    #[test]
    fn parts_are_found_that_tell_half_of_a_sentence() {
        let sealed = "売上高 canary 1,234百万円（2025年3月期）";
        assert!(is_found("売上高 1,234百万円（2025年3月期）", "今期の売上は1,234百万円でした"));
        assert!(is_found(sealed, "売上高canaryなど"));
        assert!(is_found("毎日3時に大阪の第二拠点へ複製しています", "控えを大阪の第二拠点へ複製"));
        assert!(is_found("一文目はここまで。第二拠点は札幌市にあります。以上です。", "第二拠点は札幌市にあります"));
        let long = "当社は全ての利用者の記録を暗号化した上で、東京都、大阪府、福岡県、北海道の四つの拠点に毎日三回複製し、監査法人の検査を受ける";
        assert!(found(long, "東京都、大阪府、福岡県、北海道の四つの拠点に毎日三回複製し").contains(&(false, true)));
    }

    #[test]
    fn what_many_sentences_share_is_no_part() {
        let sealed = "脆弱性診断を年2回実施しています。結果は2025年3月31日に報告しています。";
        for public in ["監査を年2回実施しています。", "2025年3月31日に報告しています。", "2025年3月31日"]
        {
            assert!(!is_found(sealed, public), "{public}");
        }
        assert!(!is_found("サポートは24時間365日対応", "監視は24時間365日です"));
    }

    #[test]
    fn the_line_of_a_trace_is_told() {
        let sealed = Withheld::new("東日本の第三拠点".to_owned());
        let public = "一行目\n二行目に東日本の第三拠点とある\n三行目";
        let trace = Traces::of([(0, &sealed)]).within(public).into_iter().next();
        assert_eq!(trace.map(|trace| public.get(trace.line(public)).unwrap_or_default()), Some("二行目に東日本の第三拠点とある"));
    }
}
