//! What holds whatever is written: any bytes are read without a crash, any publishable text comes back unchanged, any
//! spelling of a number is the same number, events of any days in any order are judged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Days as Many, NaiveDate};
use kohyo::model::{NumberForm, Spelling};
use kohyo::redact::{Days, redact};
use kohyo::report::{Format, Lang, Style};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::Registry;

mod support;

const SERVICE: &str = "content/services/ip/0001-2504/service.toml";

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Reads and checks as `kohyo check` does, writes every report, and makes the view of what has no errors. Tells the exit code.
fn check(root: &Path, day: NaiveDate) -> u8 {
    let checked = kohyo::check(root, |_| day).unwrap();
    for format in [Format::Human, Format::Json, Format::Github] {
        for lang in [Lang::Ja, Lang::En] {
            kohyo::report::write(&checked.problems, &checked.sources, Style { format, lang, colour: true, folder: "" });
        }
    }
    let errors = checked.problems.has_errors();
    if !errors {
        let view = redact(checked.registry, Days { shown: day, today: day, clock: day });
        assert!(view.is_some(), "a registry without errors can be built");
    }
    u8::from(errors)
}

fn sample() -> (Registry, BTreeMap<String, Vec<u8>>) {
    let registry = Registry::copy_of("cli");
    let records = support::tree(&registry.root().join("content"));
    (registry, records.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect())
}

// Any bytes.

/// One way to spoil a file.
#[derive(Clone, Debug)]
enum Harm {
    /// These bytes instead of it.
    Instead(Vec<u8>),
    /// Lines left out.
    Drop(Index, usize),
    /// A line written again, somewhere.
    Repeat(Index, Index),
    /// Two lines in each other's places.
    SwapLines(Index, Index),
    /// The values of two lines in each other's places, so that types do not fit.
    SwapValues(Index, Index),
    /// Another value.
    Value(Index, &'static str),
    /// A line more.
    Insert(Index, &'static str),
    /// A bit turned round.
    Flip(Index, u8),
    /// Bytes put in.
    Put(Index, Vec<u8>),
    /// The end cut off.
    Cut(Index),
}

const VALUES: &[&str] = &[
    "true",
    "false",
    "0",
    "-1",
    "1e400",
    "nan",
    "-inf",
    "0x7fffffffffffffff",
    "99999999999999999999",
    "\"\"",
    "''",
    "\" \"",
    "\"\\u0000\"",
    "\"\\uFFFD\"",
    "\"\\U0010FFFF\"",
    "[]",
    "[[]]",
    "{}",
    "[{}]",
    "[1, \"a\", {}]",
    "1979-05-27",
    "0000-01-01",
    "0000-00-00",
    "9999-12-31",
    "2024-02-30",
    "2025-02-29",
    "07:32:00",
    "1979-05-27T07:32:00Z",
    "1979-05-27 07:32:00",
    "\"\"\"\n\"\"\"",
    "'''\n'''",
    "{ withheld = [] }",
    "{ withheld = [{}] }",
    "{ text = \"a\", withheld = [{ from = 2025-04-01 }] }",
    "{ practice = \"none\", text = 1 }",
    "{ practice = \"perhaps\" }",
    "\"IP0001-2504\"",
    "\"IP9999-9912\"",
    "\"mihon\"",
    "\"default\"",
    "\"../..\"",
    "\"https://\"",
    "\"+99:99\"",
    "\"-14:59\"",
    "\"2011-12-16\"",
    "\"certified\"",
    "\"renewed\"",
    "\"revoked\"",
    "\"succession\"",
];

const LINES: &[&str] = &[
    "[[event]]",
    "on = 2025-06-01",
    "kind = \"renewed\"",
    "kind = \"renewal-applied\"",
    "kind = \"ended\"",
    "kind = \"revoked\"",
    "ground = \"ア\"",
    "[rules]",
    "[[housing]]",
    "[service]",
    "[housing]",
    "sealed = true",
    "edition = \"2011-12-16\"",
    "= 1",
    "[",
    "[[",
    "]",
    "a.b.c = 1",
    "\"\" = 1",
    "\"\\u0000\" = 1",
    "名 = 1",
    "+++",
    "until = 2000-01-01",
    "from = 9999-12-31",
    "validity_years = 100",
    "serial_digits = 9",
    "succeeds = \"IP0001-2504\"",
    "label = \"東日本\"",
    "withheld = [{ requested = 2025-03-01, from = 2025-04-01 }]",
];

fn harm() -> impl Strategy<Value = Harm> {
    let bytes = || prop::collection::vec(any::<u8>(), 0..40);
    prop_oneof![
        1 => prop_oneof![bytes(), any::<String>().prop_map(String::into_bytes)].prop_map(Harm::Instead),
        3 => (any::<Index>(), 1..5_usize).prop_map(|(at, count)| Harm::Drop(at, count)),
        2 => any::<(Index, Index)>().prop_map(|(from, to)| Harm::Repeat(from, to)),
        2 => any::<(Index, Index)>().prop_map(|(a, b)| Harm::SwapLines(a, b)),
        3 => any::<(Index, Index)>().prop_map(|(a, b)| Harm::SwapValues(a, b)),
        5 => (any::<Index>(), select(VALUES)).prop_map(|(at, value)| Harm::Value(at, value)),
        3 => (any::<Index>(), select(LINES)).prop_map(|(at, line)| Harm::Insert(at, line)),
        2 => (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Harm::Flip(at, bit)),
        2 => (any::<Index>(), bytes()).prop_map(|(at, bytes)| Harm::Put(at, bytes)),
        1 => any::<Index>().prop_map(Harm::Cut),
    ]
}

impl Harm {
    fn done_to(&self, bytes: &[u8]) -> Vec<u8> {
        let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        let count = lines.len();
        let value_at = |line: &[u8]| line.windows(3).position(|part| part == b" = ").map(|at| at + 3);
        match self {
            Harm::Instead(bytes) => return bytes.clone(),
            Harm::Drop(at, many) => {
                let from = at.index(count);
                lines.drain(from..(from + many).min(count));
            }
            Harm::Repeat(from, to) => lines.insert(to.index(count), lines[from.index(count)].clone()),
            Harm::SwapLines(a, b) => lines.swap(a.index(count), b.index(count)),
            Harm::SwapValues(a, b) => {
                let valued: Vec<(usize, usize)> = (0..count).filter_map(|line| Some((line, value_at(&lines[line])?))).collect();
                if !valued.is_empty() {
                    let [(line_a, at_a), (line_b, at_b)] = [a, b].map(|index| valued[index.index(valued.len())]);
                    let [value_a, value_b] = [lines[line_a][at_a..].to_vec(), lines[line_b][at_b..].to_vec()];
                    lines[line_a].splice(at_a.., value_b);
                    if line_a != line_b {
                        lines[line_b].splice(at_b.., value_a);
                    }
                }
            }
            Harm::Value(at, value) => {
                let line = at.index(count);
                if let Some(at) = value_at(&lines[line]) {
                    lines[line].splice(at.., value.bytes());
                }
            }
            Harm::Insert(at, line) => lines.insert(at.index(count), line.as_bytes().to_vec()),
            Harm::Flip(..) | Harm::Put(..) | Harm::Cut(_) => return self.done_to_bytes(bytes.to_vec()),
        }
        lines.join(&b'\n')
    }

    fn done_to_bytes(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        let count = bytes.len();
        if let Harm::Flip(at, bit) = self
            && count > 0
        {
            bytes[at.index(count)] ^= 1 << bit;
        }
        if let Harm::Put(at, more) = self {
            let at = at.index(count + 1);
            bytes.splice(at..at, more.iter().copied());
        }
        if let Harm::Cut(at) = self
            && count > 0
        {
            bytes.truncate(at.index(count));
        }
        bytes
    }
}

#[test]
fn records_spoiled_in_any_way_are_read_to_the_end() {
    let (registry, records) = sample();
    let paths: Vec<&String> = records.keys().collect();
    let day = date(support::DAY);
    assert_eq!(check(registry.root(), day), 0);
    proptest!(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(700) }, |(harms in prop::collection::vec((any::<Index>(), harm()), 1..6))| {
        let mut touched: BTreeMap<&String, Vec<u8>> = BTreeMap::new();
        for (at, harm) in &harms {
            let path = paths[at.index(paths.len())];
            let before = touched.get(path).unwrap_or(&records[path]);
            let after = harm.done_to(before);
            touched.insert(path, after);
        }
        for (path, bytes) in &touched {
            registry.write(path, bytes);
        }
        let code = check(registry.root(), day);
        for path in touched.keys() {
            registry.write(path, &records[*path]);
        }
        prop_assert!(code <= 1);
    });
}

const PLACES: &[&str] = &[
    "content",
    "content/schemes",
    "content/schemes/ip",
    "content/schemes/ip/items",
    "content/providers",
    "content/services",
    "content/services/ip",
    "content/services/ip/0001-2504",
    "content/services/ip/0001-2504/disclosures",
    "content/notices",
    "content/pages",
];
const NAMES: &[&str] = &[
    "2025-04-01",
    "9999-12-31",
    "-262143-01-01",
    "+262142-12-31",
    "0001-2505",
    "00010001-2504",
    "-2504",
    "0001-",
    "2026-04-01-",
    "あ",
    "a.withheld",
    "CON",
    "%2e",
    "\u{202e}",
];
const ENDINGS: &[&str] = &["", ".toml", ".md", ".withheld.toml", ".svg", "/service.toml", "/scheme.toml"];

#[test]
fn files_of_any_name_at_any_place_are_read_to_the_end() {
    let name = prop_oneof![select(NAMES).prop_map(str::to_owned), "[a-z0-9.-]{1,12}", "[^/\u{0}]{1,20}"];
    let file = (select(PLACES), name, select(ENDINGS), any::<Index>());
    proptest!(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) }, |((place, name, ending, from) in file)| {
        let (registry, records) = sample();
        let path = format!("{place}/{name}{ending}");
        prop_assume!(name != "." && name != ".." && !registry.root().join(&path).exists());
        registry.write(&path, records.values().nth(from.index(records.len())).unwrap());
        prop_assert!(check(registry.root(), date(support::DAY)) <= 1);
    });
}

// Any spelling of a number.

/// The same character as a reader may write it: full width, in another case.
fn written(c: char, width: bool, case: bool) -> String {
    let cased: String = match (case, c.is_lowercase()) {
        (false, _) => c.to_string(),
        (true, true) => c.to_uppercase().collect(),
        (true, false) => c.to_lowercase().collect(),
    };
    let wide = |c: char| match c {
        '!'..='~' if width => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
        _ => c,
    };
    cased.chars().map(wide).collect()
}

fn form(prefix: &str, serial_digits: usize) -> NumberForm {
    NumberForm { scheme: "s".into(), prefix: prefix.into(), slug: "s".into(), serial_digits }
}

const SPACES: [&str; 6] = ["", "", " ", "\u{3000}", "\u{a0}", " \t"];
const HYPHENS: [&str; 9] = ["-", "", "‐", "‑", "–", "—", "−", "－", "ー"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn a_number_is_the_same_in_any_width_case_spacing_and_hyphen(
        prefix in select(&["IP", "IoT ", "特個", "Ａ", "a b"][..]),
        (serial, digits) in (1..=9_usize).prop_flat_map(|digits| (1..10_u32.pow(u32::try_from(digits).unwrap()), Just(digits))),
        (year, month) in (0..100_u32, 1..=12_u32),
        hyphen in select(&HYPHENS[..]),
        ways in prop::collection::vec((any::<bool>(), any::<bool>(), select(&SPACES[..])), 24),
    ) {
        let form = form(prefix, digits);
        let shown = format!("{prefix}{serial:0digits$}-{year:02}{month:02}");
        let (number, spelling) = form.read(&shown).unwrap();
        prop_assert_eq!((number.shown(), spelling), (shown.as_str(), Spelling::Exact));
        prop_assert_eq!(form.folder(&format!("{serial:0digits$}-{year:02}{month:02}")), Some(number.clone()));

        let spelled = |(c, (width, case, space)): (char, &(bool, bool, &str))| match c {
            '-' => format!("{hyphen}{space}"),
            ' ' => (*space).to_owned(),
            _ => format!("{}{space}", written(c, *width, *case)),
        };
        let spelled: String = shown.chars().zip(ways.iter().cycle()).map(spelled).collect();
        let (other, spelling) = form.read(&spelled).ok_or_else(|| TestCaseError::fail(spelled.clone()))?;
        prop_assert_eq!(&other, &number, "{}", spelled);
        prop_assert_eq!(spelling == Spelling::Exact, spelled == shown);
    }

    #[test]
    fn any_text_is_a_number_or_none(text in any::<String>(), prefix in "[^0-9\\pC]{0,6}", digits in 1..=9_usize) {
        let form = form(&prefix, digits);
        for text in [text.clone(), format!("{prefix}{text}")] {
            form.read(&text);
            form.folder(&text);
        }
    }
}

// Any days.

const KINDS: [&str; 19] = [
    "certified",
    "renewal-applied",
    "continuation-granted",
    "renewed",
    "renewal-refused",
    "renewal-withdrawn",
    "changed\"\nnote = \"a",
    "renamed\"\nwas = \"a",
    "succession\"\nform = \"merger\"\neffect = \"lost",
    "succession\"\nform = \"split\"\neffect = \"kept",
    "ended",
    "improvement-requested\"\npublished = true\nnote = \"a",
    "improvement-requested\"\npublished = false\nnote = \"a",
    "improvement-met",
    "revoked\"\nground = \"ア",
    "certificate-returned",
    "corrected\"\nnote = \"a",
    "certified",
    "renewed",
];

/// Days that lie near each other often enough to meet, and the last ones that a record can hold.
fn days() -> impl Strategy<Value = NaiveDate> {
    let near = |from: &str, most: u64| {
        let from = date(from);
        (0..most).prop_map(move |days| from + Many::new(days))
    };
    prop_oneof![8 => near("2025-03-01", 1200), 1 => near("1900-01-01", 60_000), 1 => near("9996-01-01", 1461), 1 => Just(date("2024-02-29"))]
}

#[test]
fn events_and_disclosures_of_any_days_in_any_order_are_judged() {
    let (registry, records) = sample();
    let head = String::from_utf8(records[SERVICE].clone()).unwrap();
    let head = &head[..head.find("[[event]]").unwrap()];
    let open = &records["content/services/ip/0001-2504/disclosures/2025-04-01.toml"];
    let event = (days(), select(&KINDS[..]), proptest::option::of(days()), proptest::option::of(days()));
    let all = (prop::collection::vec(event, 0..7), any::<bool>(), days(), prop::collection::vec(days(), 3));
    proptest!(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) }, |((mut events, sorted, more, shown) in all)| {
        if sorted {
            events.sort_by_key(|event| event.0);
            events.insert(0, (date("2025-04-01"), "certified", None, None));
        }
        let mut text = head.to_owned();
        for (on, kind, from, until) in &events {
            text += &format!("\n[[event]]\non = {on}\nkind = \"{kind}\"\n");
            if matches!(*kind, "certified" | "renewed") && !sorted {
                text += &from.map(|from| format!("from = {from}\n")).unwrap_or_default();
                text += &until.map(|until| format!("until = {until}\n")).unwrap_or_default();
            }
        }
        let another = format!("content/services/ip/0001-2504/disclosures/{more}.toml");
        registry.write(SERVICE, &text).write(&another, open);
        let codes: Vec<u8> = shown.iter().map(|day| check(registry.root(), *day)).collect();
        if !records.contains_key(&another) {
            registry.remove(&another);
        }
        prop_assert!(codes.windows(2).all(|pair| pair[0] == pair[1]), "time alone never makes an error: {:?} on {:?}\n{}", codes, shown, text);
    });
}
