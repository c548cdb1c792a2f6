//! One line that TOML does not allow: what somebody meant by it, and what of it has to be typed otherwise.

use unicode_normalization::UnicodeNormalization;

use super::value;

/// What is wrong with a line, in the order in which it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// A space that is none for TOML: U+3000, U+00A0 and the like.
    Space(char),
    /// A sign that stands for another: `＝` for `=`, `、` for `,`, `［` for `[`.
    Sign(char, &'static str),
    /// Quotes that are none for TOML.
    Quotes(char),
    /// No `=` between key and value.
    NoEquals,
    /// A text without quotes.
    Bare,
    /// A quote that is not closed.
    Unclosed,
    /// A line break inside of quotes.
    LineBreak,
    /// A quote inside of quotes.
    QuoteInside,
    /// A backslash inside of quotes.
    Backslash,
    /// A comma or the like behind the value.
    Behind(char),
    /// A date in another form.
    Date,
    /// Full-width digits, or a number with separators.
    Digits,
    /// Another word for true or false.
    Truth,
    /// A key that is no word of a-z.
    Key,
    /// A list of tables written as one table.
    OneTable,
}

/// A line as it was meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meant {
    /// The key; none for a header.
    pub(super) key: Option<String>,
    /// The name in a header.
    pub(super) table: Option<String>,
    /// The line ready to copy; none where it cannot be told.
    pub(super) line: Option<String>,
    /// Its form, without its key and its value.
    pub(super) pattern: Option<String>,
    pub(super) findings: Vec<Finding>,
}

/// Tables that stand in lists, each below a header of its own in double brackets.
pub(super) const LISTS: &[&str] = &[
    "event",
    "agent",
    "former_name",
    "body.former_name",
    "delegation",
    "withholding_ground",
    "accepted",
    "regulation",
    "ground",
    "category",
    "fee",
    "tax",
    "revision",
    "section",
    "section.item",
];

/// Whether a space is one that only people take for one.
pub(super) fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}')
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\t' || is_odd_space(c)
}

/// Reads a line, with the header above it, as the one who wrote it meant it.
pub(super) fn read(line: &str, header: &str, next: &[&str]) -> Meant {
    let mut findings = Vec::new();
    let text = line.trim_matches(is_space);
    let outer = line.chars().take_while(|c| is_space(*c)).chain(line.chars().rev().take_while(|c| is_space(*c)));
    findings.extend(outer.into_iter().find(|c| is_odd_space(*c)).map(Finding::Space));
    if text.starts_with(['[', '［', '【', '〔']) {
        return read_header(text, findings);
    }
    let Some((key, rest)) = split_key(text, &mut findings) else { return Meant { findings, ..Meant::default() } };
    let Some(value) = value::read(rest, &key, header, next, &mut findings) else {
        return Meant { key: Some(key), findings, ..Meant::default() };
    };
    let pattern = format!("… = {}", value::pattern(&value));
    Meant { line: Some(format!("{key} = {value}")), pattern: Some(pattern), key: Some(key), table: None, findings }
}

fn read_header(text: &str, mut findings: Vec<Finding>) -> Meant {
    if let Some(sign) = text.chars().find(|c| matches!(c, '［' | '】' | '【' | '］' | '〔' | '〕')) {
        findings.push(Finding::Sign(sign, "[ ]"));
    }
    // What stands behind the brackets is no part of a header.
    let end = text.rfind([']', '］', '】', '〕']).map_or(text.len(), |at| at + text.get(at..).map_or(0, first_length));
    if !text.get(end..).unwrap_or_default().trim_matches(is_space).is_empty() {
        return Meant { findings, ..Meant::default() };
    }
    let inner: String = text.nfkc().filter(|c| !is_space(*c) && !matches!(c, '[' | ']' | '【' | '】' | '〔' | '〕')).collect();
    let inner = inner.trim_matches(['"', '“', '”']).to_owned();
    if inner.is_empty() || !inner.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')) {
        return Meant { findings, ..Meant::default() };
    }
    let doubled = text.nfkc().filter(|c| matches!(c, '[' | '【' | '〔')).count() > 1;
    let is_list = LISTS.contains(&inner.as_str());
    if is_list && !doubled {
        findings.push(Finding::OneTable);
    }
    if findings.is_empty() {
        findings.push(Finding::Sign('[', "[ ]"));
    }
    let line = if is_list || doubled { format!("[[{inner}]]") } else { format!("[{inner}]") };
    Meant { pattern: None, line: Some(line), key: None, table: Some(inner), findings }
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Takes the key and what stands between it and the value.
fn split_key<'t>(text: &'t str, findings: &mut Vec<Finding>) -> Option<(String, &'t str)> {
    let is_sign = |c: char| matches!(c, '=' | '＝' | ':' | '：' | '﹦' | '⁼');
    let first_quote = text.find(['"', '\'', '“', '「']).unwrap_or(text.len());
    let sign = text.char_indices().find(|(at, c)| *at < first_quote && is_sign(*c));
    let (written, rest) = match sign {
        Some((at, sign)) => {
            let key = text.get(..at)?;
            if let Some(odd) = key.chars().find(|c| is_odd_space(*c)) {
                findings.push(Finding::Space(odd));
            }
            if sign != '=' {
                findings.push(Finding::Sign(sign, "="));
            }
            (key, text.get(at + sign.len_utf8()..)?)
        }
        None => {
            let at = text.find(is_space)?;
            findings.push(Finding::NoEquals);
            (text.get(..at)?, text.get(at..)?)
        }
    };
    let written = written.trim_matches(is_space);
    let key: String = written.nfkc().filter(|c| !is_odd_space(*c)).collect();
    let is_word = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if !is_word || key != written {
        findings.push(Finding::Key);
    }
    is_word.then_some((key, rest))
}
