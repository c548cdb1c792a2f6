//! Mail addresses in the body's public words: they stand in their `_atmark_` form (R105, R106; 000 §13, 001 §13).

use unicode_normalization::UnicodeNormalization;

use crate::model::Registry;
use crate::problem::{Code, Problem, Problems};

use super::words::{self, Own};

/// What a reader sees, or a browser takes, as `@`.
const SIGNS: [&str; 8] = ["@", "＠", "﹫", "&#64;", "&#x40;", "&#X40;", "&commat;", "%40"];

pub(super) fn check(registry: &Registry, problems: &mut Problems) {
    for own in words::own(registry) {
        each_raw(&own.text.value, |at, len, right| report(&own, at, len, right, problems));
    }
}

fn report(own: &Own<'_>, at: usize, len: usize, right: &str, problems: &mut Problems) {
    let problem = Problem::new(
        Code::RawMailAddress,
        own.part(at, len),
        "メールアドレスが @ のまま書かれています",
        "a mail address is written with its @",
    )
    .help(format!("`{right}` と書いてください"), format!("write `{right}`"));
    problems.push(match own.service {
        Some(service) => problem.of(service),
        None => problem,
    });
}

/// Calls `found` for every address with its sign: where the sign stands, how long it is, and how the address is to be
/// written.
fn each_raw(text: &str, mut found: impl FnMut(usize, usize, &str)) {
    let mut from = 0;
    while let Some((at, sign)) = next_sign(text, from) {
        from = at + sign.len();
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(from..).unwrap_or_default());
        // In Markdown a backslash in front of a sign is not seen.
        let before = before.strip_suffix('\\').unwrap_or(before).trim_end_matches(is_space);
        let written = before.rsplit(|c| !is_part(c)).next().unwrap_or_default();
        let user = folded(written);
        let domain = folded(after.trim_start_matches(is_space).split(|c| !is_part(c)).next().unwrap_or_default());
        let domain = domain.trim_end_matches('.');
        let is_domain = domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty());
        // `/ip0001-1212/mark@2x.png` is a picture of a service.
        let is_file = before.strip_suffix(written).is_some_and(|path| path.ends_with('/')) && is_picture(domain);
        if !user.is_empty() && is_domain && !is_file {
            found(at, sign.len(), &format!("{user}_atmark_{domain}"));
        }
    }
}

fn is_picture(name: &str) -> bool {
    [".png", ".jpg", ".svg"].iter().any(|ending| name.ends_with(ending))
}

fn next_sign(text: &str, from: usize) -> Option<(usize, &'static str)> {
    // Each sign begins with one of these, so that a text is walked once and not once for every sign.
    let mut begins = text.get(from..)?.match_indices(['@', '＠', '﹫', '&', '%']);
    begins.find_map(|(at, _)| {
        let rest = text.get(from + at..)?;
        SIGNS.iter().find(|sign| rest.starts_with(**sign)).map(|sign| (from + at, *sign))
    })
}

/// One space of either width may stand beside the sign, to make it less plain.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}')
}

/// A letter of an address, of either width.
fn is_part(c: char) -> bool {
    let mut folded = c.nfkc();
    folded.next().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')) && folded.next().is_none()
}

fn folded(part: &str) -> String {
    part.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        each_raw(text, |_, _, right| all.push(right.to_owned()));
        all
    }

    #[test]
    fn an_address_is_seen_in_every_form_that_a_reader_or_a_browser_takes_as_one() {
        let forms = [
            "お問合せは office@example.jp まで",
            "office＠example.jp",
            "ｏｆｆｉｃｅ＠ｅｘａｍｐｌｅ．ｊｐ",
            "office @ example.jp",
            "office\\@example.jp",
            "office&#64;example.jp",
            "[窓口](mailto:office%40example.jp)",
            "メール：office@example.jp。",
        ];
        for text in forms {
            assert_eq!(raw(text), ["office_atmark_example.jp"], "{text}");
        }
        assert_eq!(raw("a@example.jp、b@example.jp").len(), 2);
    }

    #[test]
    fn what_is_no_address_is_left_alone() {
        for text in [
            "office_atmark_example.jp",
            "認定 @ 東京",
            "@example",
            "単価 100円 @ 2個",
            "user@host",
            "a@b..jp",
            "[M](/ip0001-1212/mark@2x.png)",
        ] {
            assert_eq!(raw(text), Vec::<String>::new(), "{text}");
        }
    }
}
