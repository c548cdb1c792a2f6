//! Syntax errors of a TOML file, told without quoting a value.

use toml::de::Error;

use crate::problem::{Code, FileId, Problem, Problems, Span};

/// Reports one syntax error. Of its line only a plain `key =` in front is shown: what follows may be anything.
pub(super) fn report(file: FileId, text: &str, error: &Error, problems: &mut Problems) {
    let at = error.span().unwrap_or(text.len()..text.len());
    let start = at.start.min(text.len());
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line_end = text.get(start..).and_then(|after| after.find('\n')).map_or(text.len(), |at| start + at);
    let line = text.get(line_start..line_end).unwrap_or_default();
    problems.conceal(Span::new(file, line_start + shown(line)..line_end));
    let message = error.message();
    problems.push(Problem::new(
        Code::Syntax,
        Span::new(file, start..at.end.clamp(start, line_end.max(start))),
        format!("TOML として読めません：{}", japanese(message)),
        format!("this is not TOML: {message}"),
    ));
}

/// How much of a line may be shown, in bytes: a header, or a key up to its `=`.
fn shown(line: &str) -> usize {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    if line.starts_with('[') && !line.contains('=') {
        return line.len();
    }
    match line.find('=') {
        Some(at) if line.get(..at).is_some_and(|key| key.chars().all(is_name)) => at + 1,
        Some(_) | None => 0,
    }
}

/// The commonest messages of the parser in Japanese; others stay as they are.
fn japanese(message: &str) -> String {
    let known = [
        ("duplicate key", "同じキーが二つあります"),
        ("string values must be quoted", "テキストは引用符で囲んでください"),
        ("missing value", "値がありません"),
        ("missing closing quote", "引用符が閉じていません"),
        ("invalid basic string", "引用符が閉じていません"),
        ("invalid datetime", "日付の形が正しくありません"),
        ("value is out of range", "あり得ない値です"),
        ("unclosed", "括弧が閉じていません"),
        ("unexpected key or value", "余計なものがあります"),
        ("key with no value", "キーに値がありません"),
    ];
    let found = known.iter().find(|(en, _)| message.starts_with(en));
    found.map_or_else(|| message.to_owned(), |(_, ja)| format!("{ja}（{message}）"))
}
