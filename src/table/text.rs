//! What every text of a record has to be: not empty, undamaged, an address where an address is due.

use crate::problem::{Code, Problem, Problems, Spanned};
use crate::route::{BadAddress, outside};

/// Whether a text may stand in a record: it says something and holds no control character but tab and line feed.
/// A replacement character is reported and let through, as the text may be the best there is.
pub fn check_text(name: &str, text: &Spanned<String>, problems: &mut Problems) -> bool {
    if text.value.trim().is_empty() {
        problems.push(
            Problem::new(Code::EmptyText, text.span, format!("`{name}` が空です"), format!("`{name}` is empty"))
                .help("書くことがなければキーごと取り除いてください", "leave the key out where there is nothing to say"),
        );
        return false;
    }
    let control = if may_hold_control(&text.value) { text.value.chars().find(|c| is_forbidden(*c)) } else { None };
    if let Some(control) = control {
        let code = u32::from(control);
        problems.push(Problem::new(
            Code::ControlCharacter,
            text.span,
            format!("`{name}` に制御文字 U+{code:04X} があります"),
            format!("`{name}` holds the control character U+{code:04X}"),
        ));
        return false;
    }
    if text.value.contains('\u{fffd}') {
        problems.push(Problem::new(
            Code::ReplacementCharacter,
            text.span,
            format!("`{name}` に置換文字 U+FFFD があります"),
            format!("`{name}` holds the replacement character U+FFFD"),
        ));
    }
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
