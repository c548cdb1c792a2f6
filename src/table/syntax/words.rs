//! What is said of a line that TOML does not allow.

use crate::problem::{Fault, Problem, Words};

use super::line::{Finding, is_odd_space};

/// What is wrong, in a sentence.
pub(super) fn of(finding: &Finding) -> Words {
    match finding {
        Finding::Space('\u{3000}') => Words::new("全角の空白（U+3000）があります", "there is a full-width space (U+3000)"),
        Finding::Space(space) => {
            let code = u32::from(*space);
            Words::new(format!("見えない文字 U+{code:04X} があります"), format!("there is the invisible character U+{code:04X}"))
        }
        Finding::Sign('[', _) => Words::new("角括弧 `[ ]` が合っていません", "the brackets `[ ]` do not match"),
        Finding::Sign(sign, right) => Words::new(
            format!("`{sign}` は使えません。半角の `{right}` で書きます"),
            format!("`{sign}` does not do; it has to be `{right}`"),
        ),
        Finding::Quotes(quote) => Words::new(
            format!("引用符 `{quote}` は使えません。半角の `\"` で囲みます"),
            format!("the quote `{quote}` does not do; texts stand between `\"`"),
        ),
        Finding::NoEquals => Words::new("欄の名前と内容の間に `=` がありません", "there is no `=` between key and value"),
        Finding::Bare => Words::new("文字が引用符 `\"` で囲まれていません", "a text has no quotes `\"` around it"),
        Finding::Unclosed => Words::new("引用符が閉じていません", "a quote is not closed"),
        Finding::LineBreak => Words::new(
            "引用符の中で行が変わっています。改行は `\\n` と書きます",
            "a line breaks inside of quotes; a line break is written as `\\n`",
        ),
        Finding::QuoteInside => Words::new("引用符で囲んだ文字の中に引用符があります", "there is a quote inside of a text"),
        Finding::Backslash => {
            Words::new("`\\` は引用符 `\"` の中ではそのまま書けません", "`\\` cannot stand as it is between quotes `\"`")
        }
        Finding::Behind(sign) => {
            Words::new(format!("内容の後に余計な `{sign}` があります"), format!("there is a `{sign}` too many behind the value"))
        }
        Finding::Date => Words::new(
            "日付の形が違います。半角で 2026-04-01 の形に、引用符なしで書きます",
            "a date has another form: it is written as 2026-04-01, without quotes",
        ),
        Finding::Digits => Words::new("数は半角の数字だけで書きます", "numbers are written in plain digits alone"),
        Finding::Truth => {
            Words::new("はい・いいえは `true` か `false` で書きます", "yes and no are written as `true` and `false`")
        }
        Finding::Key => Words::new(
            "欄の名前は決まった半角の英字です。日本語や全角の文字は使えません",
            "a key is one of the fixed words in plain letters a-z",
        ),
        Finding::OneTable => Words::new(
            "繰り返すものの見出しは、二重の角括弧 `[[ ]]` で書きます",
            "the header of a table that repeats has double brackets `[[ ]]`",
        ),
    }
}

/// The character to show, where a finding is about one.
pub(super) fn character(finding: &Finding) -> Option<char> {
    match finding {
        Finding::Space(c) | Finding::Sign(c, _) | Finding::Quotes(c) => Some(*c).filter(|c| *c != '['),
        Finding::Behind(_)
        | Finding::NoEquals
        | Finding::Bare
        | Finding::Unclosed
        | Finding::LineBreak
        | Finding::QuoteInside
        | Finding::Backslash
        | Finding::Date
        | Finding::Digits
        | Finding::Truth
        | Finding::Key
        | Finding::OneTable => None,
    }
}

/// A key or a table that stands twice; `first` is the line of the other one.
pub(super) fn twice(is_table: bool, first: Option<usize>) -> Words {
    let (ja, en) = if is_table { ("同じ見出し", "this header") } else { ("同じ欄", "this key") };
    match first {
        Some(line) => Words::new(format!("{ja}が {line} 行目にもあります"), format!("{en} stands in line {line} already")),
        None => Words::new(format!("{ja}が二つあります"), format!("{en} stands there twice")),
    }
}

/// What would be right where no line can be given.
pub(super) fn general(findings: &[Finding], message: &str, fault: Fault) -> Problem {
    if message.starts_with("duplicate key") {
        return fault.help("どちらか一方だけを残してください", "keep one of the two");
    }
    if findings.iter().any(|finding| matches!(finding, Finding::Space(c) if is_odd_space(*c))) {
        return fault.help("その文字を消し、半角の空白にしてください", "delete it, or make it a plain space");
    }
    fault.help(
        "`名前 = \"文字\"`、`名前 = 2026-04-01`、`名前 = true` のいずれかの形で、一行に一つ書いてください",
        "write one a line, as `key = \"text\"`, `key = 2026-04-01` or `key = true`",
    )
}

/// The parser's own words; what it says more exactly nobody needs.
pub(super) fn of_parser(message: &str) -> Words {
    let known = [
        ("duplicate key", "同じ欄が二つあります", "the key stands there twice"),
        ("string values must be quoted", "文字が引用符 `\"` で囲まれていません", "a text has no quotes `\"` around it"),
        ("missing assignment", "欄の名前の後に `=` がありません", "there is no `=` behind a key"),
        ("missing comma", "コンマがありません", "a comma is missing"),
        ("missing value", "内容がありません", "a value is missing"),
        ("missing closing quote", "引用符が閉じていません", "a quote is not closed"),
        ("missing opening quote", "引用符が始まっていません", "a quote is not opened"),
        ("missing escaped value", "`\\` の後の文字が正しくありません", "what follows `\\` is not right"),
        ("invalid basic string", "引用符が閉じていません", "a quote is not closed"),
        ("invalid literal string", "引用符が閉じていません", "a quote is not closed"),
        ("invalid multi-line", "引用符が閉じていません", "a quote is not closed"),
        ("invalid unquoted key", "欄の名前に使えない文字があります", "a key has a character that keys do not have"),
        ("invalid datetime", "日付の形が正しくありません", "a date has another form"),
        ("invalid value", "内容の形が正しくありません", "a value has a form that there is none of"),
        ("invalid escape", "`\\` の後の文字が正しくありません", "what follows `\\` is not right"),
        ("keys cannot be multi-line", "引用符が余計です", "there are quotes too many"),
        ("value is out of range", "あり得ない数です", "the value is impossible"),
        ("unclosed", "括弧が閉じていません", "a bracket is not closed"),
        ("unopened", "括弧が余計です", "there is a bracket too many"),
        ("unexpected key or value", "行に余計なものがあります", "there is too much in the line"),
        ("extra", "余計な文字があります", "there is a character too many"),
        ("key with no value", "欄に内容がありません", "a key has no value"),
        ("invalid key", "欄の名前の形が正しくありません", "a key has a form that there is none of"),
        ("invalid comment", "注記に使えない文字があります", "a comment has a character that is not allowed"),
    ];
    let found = known.iter().find(|(start, _, _)| message.starts_with(start));
    let (ja, en) = found.map_or(("この行は読めません", "the line cannot be read"), |(_, ja, en)| (*ja, *en));
    Words::new(ja, en)
}
