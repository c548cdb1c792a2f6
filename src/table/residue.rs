//! What spreadsheets, word processors and PDFs leave in texts. A text is published as it is written, so all of it is only
//! told: the text may be the best there is.
//!
//! A message tells where in the text something stands, and which letter only where it is none that says anything: the text
//! may be one that no message shows.

use unicode_normalization::char::compose;

use crate::problem::{Code, Problem, Problems, Span, Spanned, Words};

use super::text::{Need, Subject};

/// Whether a text has a letter that somebody sees.
pub(super) fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_unseen(c) && !is_joiner(c) && c != '\u{2800}')
}

/// Notes what was left in a text, each kind once.
pub(super) fn check(subject: Subject<'_>, text: &Spanned<String>, need: Need, problems: &mut Problems) {
    if let Some(at) = text.value.find('\u{fffd}') {
        problems.push(told(
            Code::ReplacementCharacter,
            subject,
            text,
            need,
            at,
            (
                "読み取れなかった文字のしるし「\u{fffd}」（U+FFFD）があります",
                "the sign `\u{fffd}` (U+FFFD) stands there for a letter that could not be read",
            ),
            ("元の書類で何の文字かを確かめ、打ち直してください", "see in the original which letter it is, and type it anew"),
        ));
    }
    if let Some(at) = excel(&text.value) {
        problems.push(told(
            Code::ExcelResidue,
            subject,
            text,
            need,
            at,
            (
                "表計算ソフトが残した符号（_x000D_、#REF!、##### など）があります",
                "a code of a spreadsheet (_x000D_, #REF!, ##### or the like) stands there",
            ),
            ("元の表を開き、セルに見えている文字を写してください", "open the sheet and copy what its cell shows"),
        ));
    }
    letters(subject, text, need, problems);
}

/// The kinds of letters that are told, each with the first place where it stands.
fn letters(subject: Subject<'_>, text: &Spanned<String>, need: Need, problems: &mut Problems) {
    let (mut private, mut taken_apart, mut unseen) = (None, None, None);
    let before = |at: usize| text.value.get(..at).and_then(|before| before.chars().next_back());
    for (at, c) in text.value.char_indices().filter(|(_, c)| !is_plain(*c)) {
        if is_private(c) {
            private.get_or_insert(at);
        } else if mark_of_its_own(c).zip(before(at)).and_then(|(mark, letter)| compose(letter, mark)).is_some() {
            taken_apart.get_or_insert(at);
        } else if is_unseen(c) || (c == '\u{200d}' && !before(at).is_some_and(joins_letters)) {
            unseen.get_or_insert((at, c));
        }
    }
    if let Some(at) = private {
        problems.push(told(
            Code::PrivateUseLetter,
            subject,
            text,
            need,
            at,
            (
                "外字（ほかのパソコンでは正しく表示されない文字）があります",
                "a letter stands there that others see otherwise (private use)",
            ),
            (
                "外字ではない同じ字か、申請者に確かめた代わりの字で書いてください",
                "write the same letter of Unicode, or the one that the applicant names instead",
            ),
        ));
    }
    if let Some(at) = taken_apart {
        problems.push(told(
            Code::DecomposedLetter,
            subject,
            text,
            need,
            at,
            ("濁点などが別の文字になったものがあります", "a letter and its mark stand apart"),
            ("一つの文字に打ち直してください（「か」と濁点ではなく「が」）", "type it as one letter"),
        ));
    }
    if let Some((at, c)) = unseen {
        let code = u32::from(c);
        problems.push(told(
            Code::InvisibleLetter,
            subject,
            text,
            need,
            at,
            (&format!("見えない文字 U+{code:04X} があります"), &format!("the invisible letter U+{code:04X} stands there")),
            ("前後の文字ごと打ち直してください", "type it anew together with the letters around it"),
        ));
    }
}

/// A problem at a place within a text, told by line and letter of the text.
pub(super) fn told(
    code: Code,
    subject: Subject<'_>,
    text: &Spanned<String>,
    need: Need,
    at: usize,
    what: (&str, &str),
    help: (&str, &str),
) -> Problem {
    let before = text.value.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let letter = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let Words { ja, en } = subject.words();
    let ja = format!("{ja}の {line} 行目の {letter} 文字目に、{}", what.0);
    let en = format!("{en}, line {line}, letter {letter}: {}", what.1);
    Problem::new(code, place(text, need, at), ja, en).help(help.0, help.1)
}

/// The place of a letter, where a text stands in its file as it is; otherwise that of the whole text.
pub(super) fn place(text: &Spanned<String>, need: Need, at: usize) -> Span {
    let letter = text.value.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let from = text.span.start as usize + at;
    match need {
        Need::Body => Span::new(text.span.file, from..from + letter),
        Need::Required | Need::Optional => text.span,
    }
}

/// The words of Excel's errors.
const ERRORS: [&str; 15] = [
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#スピル!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#GETTING_DATA",
];

/// The first code of a spreadsheet: an error, a cell too narrow for its number, or a character written as `_x000D_`.
fn excel(text: &str) -> Option<usize> {
    let hash = |at: &usize| {
        let rest = text.get(*at..).unwrap_or_default();
        ERRORS.iter().any(|error| rest.starts_with(error)) || is_narrow_cell(text, *at)
    };
    let hashes = text.match_indices('#').map(|(at, _)| at).find(hash);
    let codes = text.match_indices('_').map(|(at, _)| at).find(|at| is_code(text.get(*at..).unwrap_or_default()));
    let powers = text.match_indices("E+").map(|(at, _)| at).find(|at| is_power(text, *at));
    hashes.into_iter().chain(codes).chain(powers).min()
}

/// `7.00001E+12`: a long number, such as a corporate number, as a cell shows it.
fn is_power(text: &str, at: usize) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let behind: String = text.get(at + 2..).unwrap_or_default().chars().take_while(|c| digit(*c)).collect();
    text.get(..at).is_some_and(|before| before.ends_with(digit)) && behind.len() == 2
}

/// `_xHHHH_`.
fn is_code(text: &str) -> bool {
    let text = text.as_bytes();
    text.starts_with(b"_x")
        && text.get(6) == Some(&b'_')
        && text.get(2..6).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
}

/// `#####` is what a cell shows that is too narrow. At the beginning of a line with words behind it is a heading.
fn is_narrow_cell(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let rest = text.get(at..).unwrap_or_default();
    let behind = rest.trim_start_matches('#');
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_heading = line.trim_start_matches([' ', '#']).is_empty() && behind.starts_with(' ');
    let closes_heading = line.starts_with('#');
    !before.ends_with('#') && rest.len() - behind.len() >= 5 && !is_heading && !closes_heading
}

/// What nearly every letter is, so that of the texts of a large registry only the others need a second look.
fn is_plain(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{3000}'..='\u{3098}' | '\u{309d}'..='\u{3163}' | '\u{3165}'..='\u{9fff}' | '\u{ff01}'..='\u{ff9d}')
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// A mark that belongs to the letter before it; those that stand beside it like letters count where they make one with it.
fn mark_of_its_own(c: char) -> Option<char> {
    match c {
        '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' => Some(c),
        '゛' | 'ﾞ' => Some('\u{3099}'),
        '゜' | 'ﾟ' => Some('\u{309a}'),
        _ => None,
    }
}

/// Letters without a shape, those that turn the direction of writing, and codes that are no letters and never will be.
/// What joins letters or picks their shape is none of them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{3164}')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e001f}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Letters without a shape that other letters need: joiners, and what picks a shape or spells a flag.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{180b}'..='\u{180d}' | '\u{e0020}'..='\u{e01ef}')
}

/// Whether a joiner behind this letter is meant: in pictures made of several, and in scripts that need it.
fn joins_letters(before: char) -> bool {
    is_joiner(before)
        || matches!(before, '\u{2000}'..='\u{2fff}' | '\u{1f000}'..='\u{1faff}')
        || matches!(before, '\u{600}'..='\u{dff}')
}

#[cfg(test)]
mod tests {
    use crate::problem::{FileId, Span};

    use super::*;

    fn codes(value: &str) -> Vec<&'static str> {
        let mut problems = Problems::default();
        check(
            Subject::Key("x"),
            &Spanned { value: value.to_owned(), span: Span::start_of(FileId(0)) },
            Need::Optional,
            &mut problems,
        );
        problems.iter().map(|problem| problem.code.name()).collect()
    }

    #[test]
    fn what_was_left_in_a_text_is_told_by_its_kind() {
        for (text, code) in [
            ("上場_x000D_\nしておりません。", "excel-residue"),
            ("#REF!", "excel-residue"),
            ("売上 #DIV/0! 円", "excel-residue"),
            ("########", "excel-residue"),
            ("7.00001E+12", "excel-residue"),
            ("株式会社\u{e001}崎", "private-use-letter"),
            ("\u{f0001}", "private-use-letter"),
            ("か\u{3099}", "decomposed-letter"),
            ("ハ\u{309a}ス", "decomposed-letter"),
            ("e\u{301}", "decomposed-letter"),
            ("か゛", "decomposed-letter"),
            ("ハ゜ス", "decomposed-letter"),
            ("カﾞス", "decomposed-letter"),
            ("#スピル!", "excel-residue"),
            ("クラ\u{200b}ウド", "invisible-letter"),
            ("ク\u{200d}ラ", "invisible-letter"),
            ("サー\u{ad}ビス", "invisible-letter"),
            ("\u{202e}abc", "invisible-letter"),
            ("a\u{fffe}", "invisible-letter"),
            ("a\u{fffd}", "replacement-character"),
        ] {
            assert_eq!(codes(text), [code], "{text:?}");
        }
    }

    #[test]
    fn letters_that_belong_there_are_not_told() {
        for text in [
            "神\u{fe00}",
            "葛\u{e0100}",
            "👨‍👩‍👧",
            "ｶﾞ",
            "が",
            "№1 #2 C# ####",
            "##### 見出し",
            "foo_x12_",
            "x\u{301}",
            "①㈱Ⅲ、\u{3000}\u{a0}",
        ] {
            assert_eq!(codes(text), Vec::<&str>::new(), "{text:?}");
        }
    }

    #[test]
    fn a_text_of_letters_that_nobody_sees_is_empty() {
        for text in ["\u{200b}", "\u{feff}\u{3000}", "\u{ad}\n", "\u{3164}", "\u{202e}\u{202c}", "\u{fe0f}"] {
            assert!(!is_visible(text), "{text:?}");
        }
        assert!(is_visible("\u{e001}") && is_visible("あ\u{200b}"));
    }
}
