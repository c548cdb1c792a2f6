//! What every text of a record has to be: not empty, undamaged, an address where an address is due.

use crate::problem::{Code, Problem, Problems, Spanned, Words};
use crate::route::{BadAddress, outside};

use super::residue;

/// Whether a record cannot do without a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It has to be there.
    Required,
    /// It may be left out.
    Optional,
    /// The text of a page: it has to be there, and stands in its file as it is.
    Body,
}

/// What a text is, as messages name it.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'n> {
    /// The value of a key.
    Key(&'n str),
    /// The answer to an item of this name, in Japanese and in English.
    Item(&'n str, &'n str),
    /// The text of a page.
    Body,
}

impl Subject<'_> {
    /// In front of a particle in Japanese, and as a word in English.
    pub(super) fn words(self) -> Words {
        match self {
            Subject::Key(key) => Words::new(format!("`{key}` "), format!("`{key}`")),
            Subject::Item(ja, en) => Words::new(format!("「{ja}」"), format!("“{en}”")),
            Subject::Body => Words::new("本文", "the text"),
        }
    }
}

/// Whether a text may stand in a record: it says something and holds no control character but tab and line feed.
/// What other programs left in it is reported and let through, as the text may be the best there is.
pub fn check_text(subject: Subject<'_>, text: &Spanned<String>, need: Need, problems: &mut Problems) -> bool {
    if !residue::is_visible(&text.value) {
        let Words { ja, en } = subject.words();
        let fault = Problem::new(Code::EmptyText, text.span, format!("{ja}が空です"), format!("{en} is empty"));
        problems.push(match need {
            Need::Required | Need::Body => {
                fault.help("必ず要るものです。文を書いてください", "it has to be there: write the text")
            }
            Need::Optional => {
                fault.help("書くことがなければ、行ごと取り除いてください", "take the line away where there is nothing to say")
            }
        });
        return false;
    }
    let control = if may_hold_control(&text.value) { text.value.char_indices().find(|(_, c)| is_forbidden(*c)) } else { None };
    if let Some((at, control)) = control {
        let code = u32::from(control);
        let what = (
            &*format!("目に見えない制御文字（U+{code:04X}）があります"),
            &*format!("the control character U+{code:04X}, which nobody sees, stands there"),
        );
        let help = ("前後の文字ごと打ち直してください", "type it anew together with the letters around it");
        problems.push(residue::told(Code::ControlCharacter, subject, text, need, at, what, help));
        return false;
    }
    residue::check(subject, text, need, problems);
    true
}

fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n')
}

/// Whether a text has a byte that a forbidden character begins with: it is asked of every byte at once, so that the
/// texts of a large registry need not be read character by character. U+0080 to U+009F begin with 0xC2.
fn may_hold_control(text: &str) -> bool {
    text.bytes()
        .fold(false, |found, byte| found | ((byte < b' ') & (byte != b'\t') & (byte != b'\n')) | (byte == 0x7f) | (byte == 0xc2))
}

/// An http or https address as it is published: the host as browsers read it, all else as it is written.
pub(super) fn read_address(text: Spanned<String>, problems: &mut Problems) -> Option<Spanned<String>> {
    match outside(&text.value) {
        Ok(value) => Some(Spanned { value, span: text.span }),
        Err(bad) => {
            problems.push(bad_address(Code::AddressForm, &text, &bad));
            None
        }
    }
}

/// What is wrong with an address, with the right one where it can be told.
pub fn bad_address(code: Code, text: &Spanned<String>, bad: &BadAddress) -> Problem {
    let (ja, en) = bad.fault.words();
    let problem = Problem::new(
        code,
        text.span,
        format!("URL として公表できません：{ja}"),
        format!("this address cannot be published: {en}"),
    );
    match &bad.right {
        Some(right) => {
            problem.help(format!("正しければ `{right}` と書いてください"), format!("write `{right}`, if that is what is meant"))
        }
        None => problem.help("`https://example.jp/` の形で書いてください", "write it as `https://example.jp/`"),
    }
}
