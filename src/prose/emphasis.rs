//! Emphasis beside Japanese punctuation.
//!
//! CommonMark tells by the letters around it whether `**` begins or ends emphasis, and takes for granted that words are
//! parted by spaces: beside punctuation within a line of Japanese (`は**「重要」**です`, `**…。**次`, `**雲（IaaS）**から`) it
//! may do neither or the wrong one. The rule here is that of the "CJK-friendly" amendment that other renderers of
//! Markdown follow: where a letter or punctuation of East Asia stands beside it, such a mark may begin emphasis in front of
//! punctuation, and end it behind punctuation. Beyond that amendment, none begins in front of what closes or pauses and
//! none ends behind what opens, so that 「商品A*、商品B*」 keep their asterisks. Where all is half-width, CommonMark holds.
//!
//! The parser is led there by letters that no text has: one beside a mark makes the parser see a letter instead of the
//! punctuation, and is taken away again behind it.

use std::borrow::Cow;
use std::ops::Range;

use super::letters::{closes, is_east_asian, opens, pauses};

/// A text with letters put in for the parser.
pub(super) struct Marked<'t> {
    pub(super) text: Cow<'t, str>,
    letter: char,
    /// Where the letters stand, in order.
    places: Vec<usize>,
}

/// Puts a letter beside each mark that the parser would misread.
pub(super) fn mark(text: &str) -> Marked<'_> {
    // U+FDD0 to U+FDEF are no characters and never will be. A text that has them all is left alone.
    let letter = ('\u{fdd0}'..='\u{fdef}').find(|letter| !text.contains(*letter));
    let (Some(letter), true) = (letter, text.contains('*') || text.contains("~~")) else {
        return Marked { text: Cow::Borrowed(text), letter: '\u{fdd0}', places: Vec::new() };
    };
    let mut out = String::with_capacity(text.len() + 16);
    let mut places = Vec::new();
    let mut done = 0;
    for run in runs(text) {
        let before = text.get(..run.start).and_then(|before| before.chars().next_back());
        let after = text.get(run.end..).and_then(|after| after.chars().next());
        let (Some(before), Some(after)) = (before, after) else { continue };
        let at = match misread(before, after) {
            Some(Side::Before) => run.start,
            Some(Side::After) => run.end,
            None => continue,
        };
        out.push_str(text.get(done..at).unwrap_or_default());
        places.push(out.len());
        out.push(letter);
        done = at;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Marked { text: Cow::Owned(out), letter, places }
}

impl Marked<'_> {
    /// A place of the marked text in the text as written.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let written = |at: usize| at - self.letter.len_utf8() * self.places.partition_point(|place| *place < at);
        written(range.start)..written(range.end)
    }

    /// What the parser read of it, without the letters put in; none where there are none.
    pub(super) fn without(&self, read: &str) -> Option<String> {
        (!self.places.is_empty() && read.contains(self.letter)).then(|| read.replace(self.letter, ""))
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
    use pulldown_cmark::html;

    fn shown(text: &str) -> String {
        let mut out = String::new();
        html::push_html(&mut out, crate::prose::read(text).into_iter().map(|(event, _)| event));
        out.trim_end().replace("<p>", "").replace("</p>", "").replace("strong>", "b>").replace("em>", "i>")
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
        for text in ["5 * 3 = 15、2 * 4", "※*は税込", "商品A*、商品B*は対象外です。", "5*3です", "a**(b)**c", "注*）と注*）"]
        {
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
