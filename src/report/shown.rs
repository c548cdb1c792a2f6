//! What comes from files and their names, made fit for a terminal and for a log that takes lines for commands.

/// The text in one line and without anything that would act on a terminal or turn the order of letters: control characters
/// and marks of direction are written as `\\u{1b}`.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if acts(c) {
            out.push_str(&c.escape_unicode().to_string());
        } else {
            out.push(c);
        }
    }
    out
}

fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_acts_on_a_terminal_or_begins_a_line() {
        assert_eq!(shown("a\u{1b}[31mb\n::error::c\u{202e}"), "a\\u{1b}[31mb\\u{a}::error::c\\u{202e}");
        assert_eq!(shown("公表.toml"), "公表.toml");
    }
}
