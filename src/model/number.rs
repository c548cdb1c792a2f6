//! Certification numbers: each scheme has its own form, reads tolerantly and shows exactly.

use unicode_normalization::UnicodeNormalization;

/// The form of a scheme's numbers: prefix, serial, hyphen, year and month of certification (000 §8, 001 §8).
#[derive(Clone, Debug)]
pub struct NumberForm {
    /// The scheme's id.
    pub scheme: String,
    /// What stands in front, as shown: `IP`, `IoT ` with its space.
    pub prefix: String,
    /// What stands in front in addresses.
    pub slug: String,
    /// How many digits a serial has.
    pub serial_digits: usize,
}

/// A certification number. A [`NumberForm`] is the only way to get one. Orders by scheme, serial, year and month.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    scheme: String,
    serial: String,
    yymm: String,
    shown: String,
    slug: String,
}

/// Whether a number was written in its exact form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// As the scheme writes it.
    Exact,
    /// Readable, but written otherwise.
    Tolerated,
}

impl NumberForm {
    /// Reads a number as people write it, as the boxes of the pages do (`number.js`): full width, lower case, the sign of
    /// addresses, `No.` or 第 in front of the digits, a missing or other hyphen, spaces, and a serial without its zeros in
    /// front of a hyphen. None where sign, digits or month are not those of a number, or where the serial is all zeros (R52).
    pub fn read(&self, text: &str) -> Option<(Number, Spelling)> {
        let plain = plain(text);
        let digits = [&self.prefix, &self.slug].into_iter().find_map(|sign| behind(&plain, &fold(sign)))?;
        let digits = digits.strip_suffix('号').unwrap_or(digits);
        let (serial, yymm) = match digits.split_once('-') {
            Some((serial, yymm)) => (serial, yymm.trim_start_matches('-')),
            None => digits.split_at_checked(self.serial_digits)?,
        };
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(serial) || serial.len() > self.serial_digits || !all_digits(yymm) || yymm.len() != 4 {
            return None;
        }
        let number = self.number(&format!("{serial:0>width$}", width = self.serial_digits), yymm)?;
        let spelling = if number.shown == text { Spelling::Exact } else { Spelling::Tolerated };
        Some((number, spelling))
    }

    /// Reads the name of a service's folder: `0001-1212`.
    pub fn folder(&self, name: &str) -> Option<Number> {
        let (serial, yymm) = name.split_once('-')?;
        let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(serial, self.serial_digits) || !digits(yymm, 4) {
            return None;
        }
        self.number(serial, yymm)
    }

    fn number(&self, serial: &str, yymm: &str) -> Option<Number> {
        let month: u32 = yymm.get(2..)?.parse().ok()?;
        if !(1..=12).contains(&month) || serial.bytes().all(|b| b == b'0') {
            return None;
        }
        Some(Number {
            scheme: self.scheme.clone(),
            serial: serial.to_owned(),
            yymm: yymm.to_owned(),
            shown: format!("{}{serial}-{yymm}", self.prefix),
            slug: format!("{}{serial}-{yymm}", self.slug),
        })
    }
}

impl Number {
    /// The id of its scheme.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// Its serial, with leading zeros.
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// Year (two digits) and month of certification.
    pub fn yymm(&self) -> &str {
        &self.yymm
    }

    /// As the scheme shows it: `IP0001-1212`.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// As it stands in addresses: `ip0001-1212`.
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// The folder it belongs into: `ip/0001-1212`.
    pub fn place(&self) -> String {
        format!("{}/{}-{}", self.scheme, self.serial, self.yymm)
    }
}

/// What may stand between the sign of a scheme and the digits.
const BETWEEN: [&str; 6] = [":", ".", "#", "-", "no", "第"];

/// A text in one width and case, without spaces and letters that nobody sees, with one kind of hyphen.
fn plain(text: &str) -> String {
    let is_unseen = |c: char| {
        c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
    };
    let dashed = |c: char| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' | '\u{2500}' | '\u{2501}' => '-',
        c => c,
    };
    text.nfkc().filter(|&c| !is_unseen(c)).map(dashed).flat_map(char::to_lowercase).collect()
}

/// Width, case, spaces and hyphens do not count.
fn fold(text: &str) -> String {
    plain(text).replace('-', "")
}

/// What stands behind a sign and all that may follow it.
fn behind<'t>(text: &'t str, sign: &str) -> Option<&'t str> {
    let unsigned = sign.chars().try_fold(text, |rest, c| rest.trim_start_matches('-').strip_prefix(c))?;
    let next = |rest: &&'t str| BETWEEN.iter().find_map(|between| rest.strip_prefix(between));
    std::iter::successors(Some(unsigned), next).last()
}

/// Whether two prefixes could be told apart by no reader.
pub(crate) fn same_prefix(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]
mod tests {
    use super::*;

    fn form(prefix: &str) -> NumberForm {
        NumberForm { scheme: "x".into(), prefix: prefix.into(), slug: "x".into(), serial_digits: 4 }
    }

    #[test]
    fn a_number_is_read_in_any_spelling_and_shown_exactly() {
        let cases = [
            ("IP", "ip1234-1212", "IP1234-1212"),
            ("IP", "ＩＰ１２３４－１２１２", "IP1234-1212"),
            ("IP", " IP 1234 1212 ", "IP1234-1212"),
            ("IoT ", "iot0002‐1912", "IoT 0002-1912"),
            ("特個", "特個00011710", "特個0001-1710"),
            ("特個", "特個 第1-1710号", "特個0001-1710"),
            ("IP", "IP001-1212", "IP0001-1212"),
            ("IoT ", "IoT No.0002ー1912", "IoT 0002-1912"),
        ];
        for (prefix, written, shown) in cases {
            let read = form(prefix).read(written);
            assert_eq!(read.map(|(number, _)| number.shown().to_owned()).as_deref(), Some(shown));
        }
    }

    /// The script is held against the same file (tests/browser/numbers.test.mjs).
    #[test]
    fn each_spelling_is_read_as_the_list_says() {
        let forms = [("IP", "ip"), ("IoT ", "iot"), ("特個", "tokuko")]
            .map(|(prefix, slug)| NumberForm { slug: slug.into(), ..form(prefix) });
        let listed = include_str!("../../tests/search/numbers.tsv");
        for line in listed.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [written, shown, _] = columns[..] else { panic!("{line}") };
            let written: String = serde_json::from_str(written).unwrap();
            let read = forms.iter().find_map(|form| form.read(&written)).map_or("-".to_owned(), |(number, _)| number.shown);
            assert_eq!(read, shown, "{written}");
        }
        assert!(listed.lines().count() > 90);
    }

    #[test]
    fn what_is_no_number_is_not_taken_for_one() {
        for text in
            ["", "IP", "IP0001-1213", "IP0001-1200", "IP0000-1212", "IP0011212", "IP00001-1212", "XX0001-1212", "IP0001-12a2"]
        {
            assert_eq!(form("IP").read(text), None, "{text}");
        }
    }

    #[test]
    fn only_the_exact_form_is_exact() {
        let spelling = |text: &str| form("IoT ").read(text).map(|(_, spelling)| spelling);
        assert_eq!(spelling("IoT 0002-1912"), Some(Spelling::Exact));
        assert_eq!(spelling("IoT0002-1912"), Some(Spelling::Tolerated));
    }
}
