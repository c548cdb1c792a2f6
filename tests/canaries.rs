//! What must not be told is told by no diagnostic: no value of a disclosure file, sealed or open, and no value of an
//! unknown key, whatever else is wrong around it. Every value here is a canary that begins with `CAN`; keys have none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::fmt::Write as _;

use support::{DAY, Registry};

mod support;

const OPEN: &str = "content/services/ip/0001-2511/disclosures/2025-11-15.toml";
const SEALED: &str = "content/services/ip/0001-2511/disclosures/2025-11-15.withheld.toml";
const SERVICE: &str = "content/services/ip/0001-2511/service.toml";
const PROVIDER: &str = "content/providers/spring-cloud.toml";
const SETTINGS: &str = "content/registry.toml";
const NOTICE: &str = "content/notices/2026-01-01-news.md";

/// The open disclosure that the cases build on; a case follows.
const ANSWERS: &str = "edition = \"2011-12-16\"\n[disclosure-time]\ndate = \"CANdate\"\n[business]\nname = \"CANname\"\n";

/// Runs every command in every format and language on the base with one file of this text, and tells whether a canary sang.
fn leak(path: &str, text: impl AsRef<[u8]>) -> Option<String> {
    let registry = Registry::copy_of("checks/_base");
    registry.write(path, text);
    sung(&registry)
}

fn sung(registry: &Registry) -> Option<String> {
    let formats = ["human", "json", "github"].into_iter().flat_map(|format| ["en", "ja"].map(|lang| (format, lang)));
    let checks = formats.map(|(format, lang)| registry.run(&["check", "--date", DAY, "--format", format, "--lang", lang]));
    let builds = ["en", "ja"].into_iter().map(|lang| registry.run(&["build", "--date", DAY, "--today", DAY, "--lang", lang]));
    checks.chain(builds).find_map(|run| {
        let said = format!("{}{}", run.stdout, run.stderr);
        said.contains("CAN").then_some(said)
    })
}

/// Tells every case that leaks, not only the first one.
fn assert_silent<T: AsRef<[u8]>>(cases: impl IntoIterator<Item = (&'static str, &'static str, T)>) {
    let mut leaks = String::new();
    for (name, path, text) in cases {
        if let Some(said) = leak(path, text) {
            writeln!(leaks, "── {name}\n{said}").unwrap();
        }
    }
    assert!(leaks.is_empty(), "{leaks}");
}

#[test]
fn no_fault_of_the_answers_shows_a_value() {
    let cases = [
        ("unknown section and item", "[financials]\nsales = \"CAN1\"\n[finance]\nsale = \"CAN2\"\n"),
        ("wrong types", "[finance]\nsales = 1234567 # CAN1\ncapital = [\"CAN2\", { text = \"CAN3\" }]\n"),
        ("unknown practice and keys beside it", "[finance]\nsales = { practice = \"CAN1\", note = \"CAN2\", text = \"CAN3\" }\n"),
        (
            "text and practice beside a withholding",
            "[finance]\nsales = { text = \"CAN1\", practice = \"CAN2\", withheld = [{ requested = \"CAN3\" }] }\n",
        ),
        (
            "unknown ground, dates in quotes, unknown key of a period",
            "[finance]\nsales = { withheld = [{ requested = \"CAN1\", from = \"CAN2\", until = \"CAN3\", ground = \"CAN4\", note = \"CAN5\" }] }\n",
        ),
        (
            "unknown ground of a good period",
            "[finance]\nsales = { withheld = [{ requested = 2025-10-01, from = 2025-11-15, until = 2027-03-31, ground = \"CAN1\" }] }\n",
        ),
        ("periods that are texts, one a line", "[finance]\nsales = { withheld = [\n  \"CAN1\",\n  [\"CAN2\"],\n] }\n"),
        (
            "an inline table over several lines",
            "[finance]\nsales = {\n  text = \"CAN1\",\n  practice = \"CAN2\",\n  \"note\" = \"CAN3\", other = \"CAN4\",\n}\n",
        ),
        (
            "dotted and quoted keys",
            "finance.sales.text = \"CAN1\"\nfinance.sales.practice = \"CAN2\"\n\"finance\".\"capital\".'x'.y = \"CAN3\"\n",
        ),
        (
            "equal labels",
            "[[housing]]\nlabel = \"CAN1\"\nbuilding-type = \"CAN2\"\n[[housing]]\nlabel = \"CAN1\"\nbuilding-type = \"CAN3\"\n",
        ),
        (
            "no label, label of another type",
            "[[housing]]\nbuilding-type = \"CAN1\"\n[[housing]]\nlabel = [\"CAN2\"]\nbuilding-type = \"CAN3\"\n",
        ),
        ("a plain table for a repeating section", "[housing]\nlabel = \"CAN1\"\nbuilding-type = \"CAN2\"\n"),
        ("a repeated table for a plain section", "[[finance]]\nsales = \"CAN1\"\n[[finance]]\nsales = \"CAN2\"\n"),
        (
            "control, replacement and empty characters",
            "[finance]\nsales = \"CAN1\\u0007\"\ncapital = \"CAN2\u{fffd}\"\n[security]\nmonitoring = \" \" # CAN3\n",
        ),
        ("a seal in an open file", "[finance]\nsales = \"CAN1\"\n[sealed]\nx = \"CAN2\"\n"),
        ("criterion items that say no", "[security]\nmonitoring = { practice = \"none\", text = \"CAN1\" }\n"),
    ];
    assert_silent(cases.map(|(name, text)| (name, OPEN, format!("{ANSWERS}{text}"))));
    assert_silent(cases.map(|(name, text)| (name, SEALED, format!("sealed = true\n{text}"))));
}

#[test]
fn the_elements_of_an_array_are_not_shown_where_tables_are_due() {
    let cases = [
        "housing = [\n\"CAN1\",\n  'CAN2',\n]\n",
        "housing = [\n[\n\"CAN1\"],\n]\n",
        "housing = [ { label = \"CAN1\" }, \"CAN2\", \"CAN3\" ]\n",
    ];
    assert_silent(cases.map(|text| ("open", OPEN, format!("edition = \"2011-12-16\"\n{text}"))));
    assert_silent(cases.map(|text| ("sealed", SEALED, format!("sealed = true\n{text}"))));
}

#[test]
fn no_fault_of_edition_or_seal_shows_a_value() {
    let cases = [
        ("a bad edition", OPEN, "edition = \"CAN1\"\n[finance]\nsales = \"CAN2\"\n"),
        ("an edition of another type", OPEN, "edition = [\n\"CAN1\"\n]\n[finance]\nsales = \"CAN2\"\n"),
        ("no edition", OPEN, "[finance]\nsales = \"CAN1\"\n"),
        ("no seal", SEALED, "finance.sales = \"CAN1\"\n"),
        ("a seal that says something else", SEALED, "sealed = \"CAN1\"\n[finance]\nsales = \"CAN2\"\n"),
        ("a seal in the second line", SEALED, "finance.sales = \"CAN1\"\nsealed = true\n"),
        ("a sealed edition", SEALED, "sealed = true\nedition = \"CAN1\"\n"),
    ];
    assert_silent(cases);
}

#[test]
fn no_syntax_error_shows_a_value() {
    let cases = [
        ("an open quote", "[finance]\nsales = \"CAN1\ncapital = \"CAN2\"\n"),
        ("an open quote, the text goes on", "[finance]\nsales = \"CAN1\nCAN2 = 5\nCAN3\n[CAN4]\n[[CAN5\n  CAN6\n"),
        ("an open literal quote", "[finance]\nsales = 'CAN1\nCAN2.CAN3 = 'CAN4\n\"CAN5\"\n"),
        ("an open text over several lines", "[finance]\nsales = \"\"\"\nCAN1\nCAN2 = 1\n"),
        ("a text that ends too early", "[finance]\nsales = \"\"\"CAN1\nCAN2\"\"\" CAN3\nCAN4\n\"\"\"\nCAN5 = CAN6\n"),
        ("no quotes", "[finance]\nsales = CAN1\ncapital =\nCAN2\n"),
        ("a value alone", "[finance]\n\"CAN1\"\n'CAN2'\nCAN3\n"),
        ("a bad escape", "[finance]\nsales = \"\"\"\nCAN1 = \\q\n\"\"\"\ncapital = \"CAN2 \\x\"\n"),
        ("the same key twice", "[finance]\nsales = \"CAN1\"\nsales = \"CAN2\"\n"),
        ("the same table twice", "[finance]\nsales = \"CAN1\"\n[finance] # CAN2\ncapital = \"CAN3\"\n"),
        ("a key of a text", "[finance]\nsales = \"CAN1\"\nsales.text = \"CAN2\"\n"),
        ("rows of an array", "[finance]\nsales = [\n[ \"CAN1\" bad ],\n\"CAN2\" \"CAN3\",\n"),
        ("an open inline table", "[finance]\nsales = { text = \"CAN1\"\npractice = \"CAN2\"\n"),
        ("a quote too many in front of a key", "[finance]\n\"\"\"sales = \"CAN1\"\n"),
        ("a text that goes on where a key is due", "[finance]\nsales = { text =\nCAN1 }\ncapital = { text\nCAN2 }\n"),
        ("no key", "[finance]\n= \"CAN1\"\n == \"CAN2\"\n"),
        ("rest after a header", "[finance] CAN1\n[[housing]] label = \"CAN2\"\n"),
        ("rest after a value", "[finance]\nsales = \"x\" CAN1\ncapital = 5 CAN2\n"),
        ("an impossible date", "[finance]\nsales = 2026-02-30CAN1\ncapital = 2026-02-29 # CAN2\n"),
        ("a bare carriage return", "[finance]\nsales = \"CAN1\rCAN2\"\rCAN3 = 1\n"),
        ("full-width marks", "[finance]\nsales ＝ \"CAN1\"\ncapital = ”CAN2”\n"),
        ("tabs and indents", "[finance]\n\t\tsales = \"\n\t\tCAN1\n    CAN2: 5\n"),
    ];
    assert_silent(cases.map(|(name, text)| (name, OPEN, format!("{ANSWERS}{text}"))));
    assert_silent(cases.map(|(name, text)| (name, SEALED, format!("sealed = true\n{text}"))));
    // In a record of another kind the key is one that it does not have.
    assert_silent(cases.map(|(name, text)| (name, SERVICE, text.replace("sales", "secret").replace("capital", "papers"))));
}

#[test]
fn no_value_of_an_unknown_key_is_shown() {
    let unknown = "secret = \"CAN1\"\npapers = [\n\"CAN2\", { a = \"CAN3\" },\n]\nform.b = '''\nCAN4\n'''\nfees = { paid = \"CAN5\",\nby = \"CAN6\" }\n";
    let event = "[[event]]\non = 2025-11-15\nkind = \"certified\"\nstaff = \"CAN1\"\n[event.form]\nb = \"CAN2\"\n";
    let head = "number = \"IP0001-2511\"\nname = \"a\"\nsummary = \"b\"\nprovider = \"spring-cloud\"\n";
    let cases = [
        ("a service", SERVICE, format!("{unknown}{head}categories = [\"hardware\"]\n{event}")),
        ("a service without its keys", SERVICE, unknown.to_owned()),
        (
            "a provider",
            PROVIDER,
            format!("{unknown}name = \"a\"\naddress = \"b\"\n[secrets]\na = \"CAN7\"\n[[staff]]\nname = \"CAN8\"\n"),
        ),
        (
            "the settings",
            SETTINGS,
            format!(
                "{unknown}title = \"a\"\n[body]\nsecret = \"CAN7\"\n[desk]\nmail = {{ secret = \"x\" }}\nsecret = \"CAN8\"\n"
            ),
        ),
        ("a notice", NOTICE, format!("+++\n{unknown}title = \"a\"\nkind = \"b\"\n+++\n\noffice@example.jp\n")),
    ];
    assert_silent(cases);
}

#[test]
fn no_value_of_an_unknown_key_is_shown_beside_another_fault() {
    let head =
        "number = \"IP0001-2511\"\nname = \"a\"\nsummary = \"b\"\nprovider = \"spring-cloud\"\ncategories = [\"hardware\"]\n";
    let cases = [
        (
            "beside an unknown kind of event",
            SERVICE,
            format!("{head}event = [{{ on = 2025-11-15, kind = \"bogus\", secret = \"CAN1\" }}]\n"),
        ),
        (
            "in front of an unknown kind of event",
            SERVICE,
            format!("{head}event = [{{ secret = \"CAN1\", on = 2025-11-15, kind = \"bogus\" }}]\n"),
        ),
        ("in a table where a text is due", PROVIDER, "name = { secret = \"CAN1\" }\naddress = \"b\"\n".to_owned()),
        ("in a dotted key where a text is due", PROVIDER, "name.secret = \"CAN1\"\naddress = \"b\"\n".to_owned()),
        ("in a table where a text of a list is due", SERVICE, head.replace("[\"hardware\"]", "[{ secret = \"CAN1\" }]")),
        ("in an array where a date is due", SERVICE, format!("{head}started_on = [{{ secret = \"CAN1\" }}]\n")),
    ];
    assert_silent(cases);
    assert_silent([("in a file that is not UTF-8", SERVICE, b"secret = \"CAN1 \x8c\xa9\"\n")]);
    assert_silent([("in a disclosure that is not UTF-8", OPEN, b"finance.sales = \"\"\"\nCAN1\nCAN2 \x8c\xa9\"\"\"\n")]);
}

/// A disclosure that lies in the wrong place, or a misnamed sealed file, is a file of no record.
#[test]
fn no_line_is_shown_of_a_file_that_belongs_to_no_record() {
    let text = "finance.sales = \"CAN1\"\n";
    let paths = [
        "content/services/ip/0001-2511/2025-11-15.toml",
        "content/services/ip/0001-2511/2025-11-15.toml.withheld",
        "content/services/ip/0001-2511/disclosure/2025-11-15.toml",
        "content/services/ip/0001-2511/disclosures/2025-11-15.toml.bak",
        "content/services/ip/0001-2511/disclosures/old/2025-11-15.toml",
        "content/services/ip/2025-11-15.toml",
        "content/providers/2025-11-15.withheld.toml",
        "content/providers/Spring.toml",
        "content/notices/2025-11-15.toml",
        "content/notices/sealed.md",
        "content/sealed.toml",
        NOTICE,
    ];
    assert_silent(paths.map(|path| (path, path, text)));
}

#[test]
fn a_sealed_text_in_a_public_one_is_shown_in_no_excerpt() {
    let registry = Registry::copy_of("checks/_base");
    registry
        .edit(OPEN, "sales = \"売上高 1,234百万円\"", "sales = { withheld = [{ requested = 2025-10-01, from = 2025-11-15, until = 2027-03-31, ground = \"business-secret\" }] }")
        .edit(OPEN, "1分間隔で監視", "CANARY-TEXT-1 の監視")
        .edit(SERVICE, "summary = \"", "summary = \"CANARY-TEXT-1、")
        .edit(SERVICE, "[[event]]", "agent = [{ name = \"CANARY-TEXT-1\", address = 5, contact = \"x\" }]\n[[event]]")
        .write(SEALED, "sealed = true\n[finance]\nsales = \"CANARY-TEXT-1\"\n")
        .write(NOTICE, "+++\ntitle = \"CANARY-TEXT-1\"\nkind = \"b\"\n+++\nCANARY-TEXT-1 office@example.jp\n")
        .write("content/pages/about.md", "+++\ntitle = \"a\"\n+++\nCANARY-TEXT-1\n");
    if let Some(said) = sung(&registry) {
        panic!("{said}");
    }
}

/// One slip of the hand anywhere: a character lost, or a mark of TOML too many.
#[test]
fn no_slip_in_a_sealed_file_shows_a_value() {
    let text = "sealed = true\n[finance]\nsales = \"CAN1\"\ncapital = { text = '''\nCAN2\n''' }\n[[housing]]\nlabel = \"CAN3\"\nbuilding-type = \"\"\"\nCAN4 = \"CAN5\"\n\"\"\"\n";
    let marks = ["", "\"", "'", "\n", "]", "=", "#", "\"\n"];
    let registry = Registry::copy_of("checks/_base");
    let mut leaks = Vec::new();
    for (at, (place, lost)) in text.char_indices().enumerate() {
        let mark = marks[at % marks.len()];
        for rest in [place, place + lost.len_utf8()] {
            registry.write(SEALED, format!("{}{mark}{}", &text[..place], &text[rest..]));
            let said = registry.run(&["check", "--date", DAY, "--lang", "en"]).stderr;
            if said.contains("CAN") {
                leaks.push(format!("── {}\n{said}", registry.read(SEALED)));
            }
        }
    }
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.first().unwrap());
}
