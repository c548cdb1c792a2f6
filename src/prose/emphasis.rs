//! Emphasis beside Japanese punctuation.
//!
//! CommonMark tells by the letters around it whether `**` begins or ends emphasis, and takes for granted that words are
//! parted by spaces: beside punctuation within a line of Japanese (`は**「重要」**です`, `**…。**次`, `**雲（IaaS）**から`) it
//! may do neither or the wrong one. The rule here is that of the "CJK-friendly" amendment that other renderers of
//! Markdown follow: where a letter or punctuation of East Asia stands beside it, such a mark may begin emphasis in front of
//! punctuation, and end it behind punctuation. Beyond that amendment, none begins in front of what closes or pauses and
//! none ends behind what opens, so that 「商品A*、商品B*」 keep their asterisks; nor do those that number notes mark anything
//! (「料金*1と手数料*2」). Where all is half-width, CommonMark holds.
//!
//! The parser is led there by letters that the text does not have: one beside a mark makes the parser see a letter instead
//! of the punctuation, or a space, and is taken away again behind it.

use std::borrow::Cow;
use std::ops::Range;

use super::letters::{closes, is_east_asian, opens, pauses};

/// A text with letters put in for the parser.
pub(super) struct Marked<'t> {
    pub(super) text: Cow<'t, str>,
    letters: Letters,
    /// Where the letters stand, in order.
    places: Vec<usize>,
}

/// What is put in: something that the parser takes for a letter, and something that it takes for a space.
#[derive(Clone, Copy)]
struct Letters {
    letter: char,
    space: char,
}

/// Each of the letters is as long as this.
const LENGTH: usize = 3;

impl Letters {
    /// Letters that a text does not have; none where it has them all, which no text of a body does.
    fn without(text: &str) -> Option<Letters> {
        let absent = |letter: &char| !text.contains(*letter);
        // U+FDD0 to U+FDEF are no characters and never will be; the spaces are of scripts that are read no more, or of typesetters.
        let letter = ('\u{fdd0}'..='\u{fdef}').find(absent)?;
        let space = ['\u{1680}', '\u{205f}', '\u{2005}', '\u{2006}', '\u{2008}'].into_iter().find(absent)?;
        Some(Letters { letter, space })
    }
}

/// Puts letters beside each mark that the parser would misread.
pub(super) fn mark(text: &str) -> Marked<'_> {
    let letters = Letters::without(text).filter(|_| text.contains('*') || text.contains("~~"));
    let Some(letters) = letters else {
        let unused = Letters { letter: '\u{fdd0}', space: '\u{1680}' };
        return Marked { text: Cow::Borrowed(text), letters: unused, places: Vec::new() };
    };
    let mut out = String::with_capacity(text.len() + 16);
    let mut places = Vec::new();
    let mut done = 0;
    for (at, letter) in put_in(text, letters) {
        out.push_str(text.get(done..at).unwrap_or_default());
        places.push(out.len());
        out.push(letter);
        done = at;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Marked { text: Cow::Owned(out), letters, places }
}

/// What to put in, and where.
fn put_in(text: &str, letters: Letters) -> Vec<(usize, char)> {
    let runs: Vec<Range<usize>> = runs(text).collect();
    let mut found = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let neighbours = [at.checked_sub(1).and_then(|before| runs.get(before)), runs.get(at + 1)];
        if neighbours.into_iter().flatten().any(|other| are_notes(text, run, other)) {
            found.extend([(run.start, letters.space), (run.end, letters.space)]);
        } else if let Some((before, after)) = before(text, run).zip(after(text, run)) {
            match misread(before, after) {
                Some(Side::Before) => found.push((run.start, letters.letter)),
                Some(Side::After) => found.push((run.end, letters.letter)),
                None => {}
            }
        }
    }
    found
}

fn before(text: &str, run: &Range<usize>) -> Option<char> {
    text.get(..run.start)?.chars().next_back()
}

fn after(text: &str, run: &Range<usize>) -> Option<char> {
    text.get(run.end..)?.chars().next()
}

/// Whether two asterisks in a row number notes, as in 「料金*1と手数料*2」, and hold nothing between them.
fn are_notes(text: &str, one: &Range<usize>, other: &Range<usize>) -> bool {
    let is_note = |run: &Range<usize>| {
        run.len() == 1
            && after(text, run).is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
            && text.get(run.clone()) == Some("*")
    };
    let between = text.get(one.end.min(other.end)..one.start.max(other.start)).unwrap_or_default();
    is_note(one) && is_note(other) && !between.contains("\n\n") && between.chars().any(is_east_asian)
}

impl Marked<'_> {
    /// A place of the marked text in the text as written.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let written = |at: usize| at - LENGTH * self.places.partition_point(|place| *place < at);
        written(range.start)..written(range.end)
    }

    /// What the parser read of it, without the letters put in; none where there are none.
    pub(super) fn without(&self, read: &str) -> Option<String> {
        let letters = [self.letters.letter, self.letters.space];
        (!self.places.is_empty() && read.contains(letters)).then(|| read.replace(letters, ""))
    }
}

/// The runs of `*`, and those of two `~`, that no backslash makes plain.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            match byte {
                b'\\' => at += 2,
                b'*' | b'~' => {
                    at += bytes.iter().skip(start).take_while(|next| **next == byte).count();
                    if byte == b'*' || at - start == 2 {
                        return Some(start..at);
                    }
                }
                _ => at += 1,
            }
        }
        None
    })
}

enum Side {
    Before,
    After,
}

/// On which side of a mark the parser has to see a letter.
fn misread(before: char, after: char) -> Option<Side> {
    if before.is_whitespace() || after.is_whitespace() || !(is_east_asian(before) || is_east_asian(after)) {
        return None;
    }
    match (before.is_alphanumeric(), after.is_alphanumeric()) {
        (true, false) if !closes(after) && !pauses(after) => Some(Side::After),
        (false, true) if !opens(before) => Some(Side::Before),
        (true | false, true | false) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::html;

    fn shown(text: &str) -> String {
        html(text).replace("strong>", "b>").replace("em>", "i>")
    }

    #[test]
    fn what_an_author_of_japanese_means_is_emphasis() {
        for (text, means) in [
            ("これは**「重要なお知らせ」**です。", "これは<b>「重要なお知らせ」</b>です。"),
            ("**受付を終了します。**次回は来年です。", "<b>受付を終了します。</b>次回は来年です。"),
            ("申請は**クラウド(IaaS)**から。", "申請は<b>クラウド(IaaS)</b>から。"),
            ("**あ。**い。う**え(B)**お。", "<b>あ。</b>い。う<b>え(B)</b>お。"),
            ("期限は*12月25日（金）*です。*厳守！*と", "期限は<i>12月25日（金）</i>です。<i>厳守！</i>と"),
            ("は**“重要”**です。**続く……**次", "は<b>“重要”</b>です。<b>続く……</b>次"),
            ("は***「最重要」***です", "は<i><b>「最重要」</b></i>です"),
            ("**A**。**B**、**「C」**と**※D**を", "<b>A</b>。<b>B</b>、<b>「C」</b>と<b>※D</b>を"),
            (
                "税率**10%**に、**`code`**は**[名](/ip/)**へ",
                "税率<b>10%</b>に、<b><code>code</code></b>は<b><a href=\"/ip/\">名</a></b>へ",
            ),
            ("IaaSの**『利用』**and", "IaaSの<b>『利用』</b>and"),
        ] {
            assert_eq!(shown(text), means, "{text}");
        }
    }

    #[test]
    fn asterisks_that_mark_nothing_stay() {
        for text in [
            "5 * 3 = 15、2 * 4",
            "※*は税込",
            "商品A*、商品B*は対象外です。",
            "5*3です",
            "a**(b)**c",
            "注*）と注*）",
            "料金*1は、手数料*2と*３を",
            "A*1、B*2",
        ] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown(r"\*\*「重要」\*\*です"), "**「重要」**です");
        assert_eq!(shown("`**「あ」**`は"), "<code>**「あ」**</code>は");
    }

    #[test]
    fn half_width_text_keeps_what_commonmark_says() {
        assert_eq!(shown("a *b* **c.** d **e(f)** g**(h)**i"), "a <i>b</i> <b>c.</b> d <b>e(f)</b> g**(h)**i");
    }
}
