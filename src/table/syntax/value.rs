//! The value of a line that TOML does not allow, as it was meant.

use unicode_normalization::UnicodeNormalization;

use super::line::{Finding, is_odd_space};
use crate::table::dates::written_date;

/// Keys whose values are dates.
const DATES: &[&str] = &["on", "from", "until", "applied_on", "issued_on", "started_on", "requested", "expires"];
/// Quotes that open a text, and quotes that close one.
const OPENING: &[char] = &['"', '\'', '“', '”', '„', '‟', '「', '『', '＂', '‘', '’', '″', '〝', '＇', '`'];
const CLOSING: &[char] = &['"', '\'', '”', '“', '‟', '」', '』', '＂', '’', '‘', '″', '〟', '〞', '＇', '`'];

/// The value as TOML writes it; none where nobody can tell what was meant.
pub(super) fn read(rest: &str, key: &str, header: &str, next: &[&str], findings: &mut Vec<Finding>) -> Option<String> {
    let is_space = |c: char| c.is_whitespace() || is_odd_space(c);
    if let Some(odd) = rest.trim_matches([' ', '\t']).chars().find(|c| is_odd_space(*c)).filter(|_| outer_space(rest)) {
        findings.push(Finding::Space(odd));
    }
    let text = rest.trim_matches(is_space);
    if text.is_empty() {
        return None;
    }
    if text.starts_with(['[', '［', '【']) {
        return list(text, findings);
    }
    if text.starts_with(OPENING) {
        return quoted(text, next, findings);
    }
    if text.starts_with(['{', '｛']) {
        return None;
    }
    Some(bare(text, key, header, findings))
}

/// What stands for a value that may not be shown.
pub(super) fn pattern(value: &str) -> &'static str {
    match value.as_bytes().first() {
        Some(b'"' | b'\'') => "\"…\"",
        Some(b'[') => "[\"…\", \"…\"]",
        Some(b't') => "true",
        Some(b'f') => "false",
        Some(_) if value.contains('-') => "2026-04-01",
        Some(_) | None => "60",
    }
}

/// A text in the quotes that need no change inside of them.
pub(in crate::table) fn in_quotes(text: &str) -> String {
    let breaks = text.contains(['\n', '\t', '\r']);
    if !text.contains(['"', '\\']) && !breaks {
        return format!("\"{text}\"");
    }
    if !text.contains('\'') && !breaks {
        return format!("'{text}'");
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "");
    format!("\"{escaped}\"")
}

fn outer_space(rest: &str) -> bool {
    rest.starts_with(|c: char| is_odd_space(c)) || rest.ends_with(is_odd_space) || rest.trim_start().starts_with(is_odd_space)
}

/// A text between quotes of any kind.
fn quoted(text: &str, next: &[&str], findings: &mut Vec<Finding>) -> Option<String> {
    let open = text.chars().next()?;
    if open != '"' && open != '\'' {
        findings.push(Finding::Quotes(open));
    }
    let after = text.get(open.len_utf8()..)?;
    let mut body = after;
    if let Some(last) = after.chars().next_back().filter(|c| matches!(c, ',' | '、' | '，' | ';' | '；' | '。')) {
        let before = after.get(..after.len() - last.len_utf8())?;
        if before.ends_with(CLOSING) {
            findings.push(Finding::Behind(last));
            body = before;
        }
    }
    let Some(close) = body.chars().next_back().filter(|c| CLOSING.contains(c)) else {
        return unclosed(body, next, findings);
    };
    let inner = body.get(..body.len() - close.len_utf8())?;
    if close != '"' && close != '\'' && (open == '"' || open == '\'') {
        findings.push(Finding::Quotes(close));
    }
    if open == '"' && inner.contains('\\') {
        findings.push(Finding::Backslash);
    }
    if inner.contains(open) && (open == '"' || open == '\'') {
        findings.push(Finding::QuoteInside);
    }
    Some(in_quotes(inner))
}

/// A text whose quote is not closed on its line: it goes on in the next lines, or the quote was forgotten.
fn unclosed(body: &str, next: &[&str], findings: &mut Vec<Finding>) -> Option<String> {
    let closes = next.iter().position(|line| line.trim_end().ends_with('"')).filter(|at| {
        let goes_on = |line: &&str| line.trim_start().starts_with('[') || line.contains(" = ");
        !next.iter().take(at + 1).any(goes_on)
    });
    let Some(closes) = closes else {
        findings.push(Finding::Unclosed);
        return Some(in_quotes(body));
    };
    findings.push(Finding::LineBreak);
    let more: Vec<&str> = next.iter().take(closes + 1).copied().collect();
    let whole = format!("{body}\n{}", more.join("\n"));
    let whole = whole.trim_end().strip_suffix('"')?;
    Some(in_quotes(whole))
}

/// A list in one line.
fn list(text: &str, findings: &mut Vec<Finding>) -> Option<String> {
    let open = text.chars().next()?;
    if open != '[' {
        findings.push(Finding::Sign(open, "[ ]"));
    }
    let inner = text.get(open.len_utf8()..)?;
    let close = inner.chars().next_back().filter(|c| matches!(c, ']' | '］' | '】'))?;
    let inner = inner.get(..inner.len() - close.len_utf8())?;
    let mut parts = Vec::new();
    for part in elements(inner, findings) {
        let part = part.trim_matches(|c: char| c.is_whitespace() || is_odd_space(c));
        if part.is_empty() {
            continue;
        }
        parts.push(if part.starts_with(OPENING) { quoted(part, &[], findings)? } else { bare(part, "", "", findings) });
    }
    Some(format!("[{}]", parts.join(", ")))
}

/// The parts of a list between commas of any kind that stand outside of quotes.
fn elements<'t>(inner: &'t str, findings: &mut Vec<Finding>) -> Vec<&'t str> {
    let (mut parts, mut from, mut inside) = (Vec::new(), 0, false);
    for (at, c) in inner.char_indices() {
        if OPENING.contains(&c) || CLOSING.contains(&c) {
            inside = !inside;
        } else if !inside && matches!(c, ',' | '、' | '，' | '､' | '・') {
            if c != ',' {
                findings.push(Finding::Sign(c, ","));
            }
            parts.push(inner.get(from..at).unwrap_or_default());
            from = at + c.len_utf8();
        }
    }
    parts.push(inner.get(from..).unwrap_or_default());
    parts
}

/// A value without quotes: a date, a number, a truth value, or a text.
fn bare(text: &str, key: &str, header: &str, findings: &mut Vec<Finding>) -> String {
    let text = text.split(" #").next().unwrap_or(text).trim_end();
    let plain: String = text.nfkc().collect();
    if let Some(date) = written_date(text).filter(|_| DATES.contains(&key)) {
        findings.push(Finding::Date);
        // The history of revisions keeps its dates as exact as the source, as texts.
        return if header.contains("revision") { format!("\"{date}\"") } else { date.to_string() };
    }
    let truth = match plain.to_lowercase().as_str() {
        "true" | "yes" | "はい" | "真" | "有" | "on" | "○" => Some("true"),
        "false" | "no" | "いいえ" | "偽" | "無" | "off" | "×" => Some("false"),
        _ => None,
    };
    if let Some(truth) = truth {
        findings.push(Finding::Truth);
        return truth.to_owned();
    }
    let digits: String = plain.chars().filter(|c| !matches!(c, ',' | '、')).collect();
    if !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !plain.starts_with('0') {
        findings.push(Finding::Digits);
        return digits;
    }
    findings.push(Finding::Bare);
    in_quotes(text.trim_end_matches(CLOSING))
}
