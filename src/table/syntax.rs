//! Syntax errors of a TOML file, told without quoting anything: behind a syntax error nobody knows what a line means.

use toml::de::Error;

use crate::problem::{Code, FileId, Problem, Problems, Span};

/// Reports one syntax error at the place where the parser stopped.
pub(super) fn report(file: FileId, text: &str, error: &Error, problems: &mut Problems) {
    let at = error.span().map_or(text.len(), |span| span.start.min(text.len()));
    let message = error.message();
    problems.push(Problem::new(
        Code::Syntax,
        Span::new(file, at..at),
        format!("TOML として読めません：{}", japanese(message)),
        format!("this is not TOML: {message}"),
    ));
}

/// The commonest messages of the parser in Japanese; others stay as they are.
fn japanese(message: &str) -> &str {
    let known = [
        ("duplicate key", "同じキーが二つあります"),
        ("string values must be quoted", "テキストは引用符で囲んでください"),
        ("missing assignment", "キーの後に = がありません"),
        ("missing comma", "コンマがありません"),
        ("missing value", "値がありません"),
        ("missing closing quote", "引用符が閉じていません"),
        ("missing escaped value", "\\ の後の文字が正しくありません（\\ は \\\\ と書きます）"),
        ("invalid basic string", "引用符が閉じていません"),
        ("invalid literal string", "引用符が閉じていません"),
        ("invalid multi-line basic string", "引用符が閉じていません"),
        ("invalid multi-line literal string", "引用符が閉じていません"),
        ("invalid unquoted key", "キーに使えない文字があります"),
        ("invalid datetime", "日付の形が正しくありません"),
        ("keys cannot be multi-line", "引用符が余計です"),
        ("value is out of range", "あり得ない値です"),
        ("unclosed", "括弧が閉じていません"),
        ("unexpected key or value", "余計なものがあります"),
        ("key with no value", "キーに値がありません"),
    ];
    known.iter().find(|(en, _)| message.starts_with(en)).map_or(message, |(_, ja)| ja)
}
