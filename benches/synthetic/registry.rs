//! A synthetic registry: schemes as they stand, providers, services with their events and what they disclose.
//!
//! Catalogues, categories and rules are read with kohyo itself, so the schemes may be any.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use chrono::{Datelike, Days, NaiveDate};
use kohyo::judge::{last_day, last_day_of_first_term};
use kohyo::model::{Edition, Item, Rules, Scheme, TermEnd};
use walkdir::WalkDir;

use super::words::{self, Chance};

/// The day up to which the registry was kept: the day to build it for.
pub(crate) const AS_OF: NaiveDate = match NaiveDate::from_ymd_opt(2026, 11, 22) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Services for each provider, on the average.
const SERVICES_OF_PROVIDER: usize = 3;

const SETTINGS: &str = r#"title = "合成した登録簿"
title_en = "Synthetic registry"
base_url = "https://registry.example.jp/"
utc_offset = "+09:00"
term_end = "day-before-anniversary"
withholding_end = "hold"
keep_disclosure_after_end = false
notice_days = 60
theme = "default"
license = "CC-BY-4.0"

[body]
name = "一般社団法人合成認定機構"
name_en = "Synthetic Certification Institute"

[desk]
name = "合成認定機構事務局"
hours = "9:30–17:00（土日、祝祭日を除く）"
mail = "office@example.jp"
tel = "03-0000-0000"
fax = "03-0000-0001"
address = "〒000-0000 東京都架空区見本町一丁目2番3号"
url = "https://registry.example.jp/desk/"

[[withholding_ground]]
id = "business-secret"
name = "営業上の秘密"
"#;

/// What was written.
pub(crate) struct Written {
    /// How many services.
    pub(crate) services: usize,
    /// How many providers.
    pub(crate) providers: usize,
    /// How many bytes their records have.
    pub(crate) bytes: u64,
}

/// Writes a registry of so many services into `root`, with a copy of `schemes`.
pub(crate) fn write(root: &Path, services: usize, schemes: &Path) -> Result<Written> {
    let occupied = root.exists() && fs::read_dir(root).with_context(|| root.display().to_string())?.next().is_some();
    ensure!(!occupied, "{} is not empty", root.display());
    let content = Folder(root.join("content"));
    content.copy("schemes", schemes)?;
    content.write("registry.toml", SETTINGS)?;

    let checked = kohyo::check(root, |_| AS_OF)?;
    ensure!(!checked.problems.has_errors(), "the schemes have errors; `kohyo check --root {}` tells which", root.display());
    let schemes: Vec<&Scheme> = checked.registry.schemes.values().collect();
    ensure!(!schemes.is_empty(), "there is no scheme");

    let providers = services.div_ceil(SERVICES_OF_PROVIDER);
    let mut bytes = 0;
    for number in 1..=providers {
        bytes += content.write(&format!("providers/{}.toml", provider_id(number)), &provider(number))?;
    }
    for at in 0..services {
        let scheme = schemes.get(at % schemes.len()).context("a scheme")?;
        let of_scheme = (services - at % schemes.len()).div_ceil(schemes.len());
        bytes += write_service(&content, scheme, at / schemes.len(), of_scheme, providers)?;
    }
    Ok(Written { services, providers, bytes })
}

/// The content folder.
struct Folder(PathBuf);

impl Folder {
    /// Writes a file and tells its length.
    fn write(&self, path: &str, text: &str) -> Result<u64> {
        let path = self.0.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        fs::write(&path, text).with_context(|| path.display().to_string())?;
        Ok(text.len() as u64)
    }

    fn copy(&self, name: &str, from: &Path) -> Result<()> {
        for entry in WalkDir::new(from) {
            let entry = entry.with_context(|| format!("cannot copy {}", from.display()))?;
            let to = self.0.join(name).join(entry.path().strip_prefix(from)?);
            if entry.file_type().is_dir() {
                fs::create_dir_all(&to).with_context(|| to.display().to_string())?;
            } else {
                fs::copy(entry.path(), &to).with_context(|| entry.path().display().to_string())?;
            }
        }
        Ok(())
    }
}

fn provider_id(number: usize) -> String {
    format!("provider-{number:05}")
}

fn provider(number: usize) -> String {
    let mut chance = Chance::of(1, number);
    let name = words::company(&mut chance);
    let (block, lot) = (1 + chance.below(9), 1 + chance.below(40));
    format!(
        "name = \"株式会社{name}{number}\"\nname_en = \"Synthetic Provider {number}, Inc.\"\ncorporate_number = \"{}\"\n\
         address = \"〒000-0000 東京都架空区見本町{block}丁目{lot}番地\"\nurl = \"https://{}.example.jp/\"\n",
        corporate_number(number),
        provider_id(number),
    )
}

/// A 法人番号 with its check digit in front: 9 less the rest, by 9, of the digits weighed 1, 2, 1, 2 … from the last.
fn corporate_number(number: usize) -> String {
    let digits = format!("99900{:07}", number % 10_000_000);
    let weighed = digits.bytes().rev().enumerate().map(|(at, digit)| usize::from(digit - b'0') * (1 + at % 2));
    format!("{}{digits}", 9 - weighed.sum::<usize>() % 9)
}

/// Writes the service that is `at`th of `count` in its scheme, and tells the length of its records.
fn write_service(content: &Folder, scheme: &Scheme, at: usize, count: usize, providers: usize) -> Result<u64> {
    let form = scheme.number.as_ref().context("a form of numbers")?;
    let rules = scheme.rules.as_ref().context("rules")?;
    let edition = scheme.editions.last().with_context(|| format!("{} has no items", scheme.id))?;
    let seed = scheme.id.bytes().fold(2, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
    let mut chance = Chance::of(seed, at);

    let certified_on = certified_on(edition, at, count)?;
    let (serial, yymm) = (at + 1, format!("{:02}{:02}", certified_on.year() % 100, certified_on.month()));
    let digits = form.serial_digits;
    ensure!(serial.to_string().len() <= digits, "the numbers of {} end at {digits} digits", scheme.id);
    let number = format!("{}{serial:0digits$}-{yymm}", form.prefix);
    let folder = format!("services/{}/{serial:0digits$}-{yymm}", scheme.id);

    let name = format!("{} {serial}", words::service(&mut chance));
    let provider = provider_id(1 + chance.below(providers));
    let mut record = format!("number = \"{number}\"\nname = \"{name}\"\nsummary = \"{}\"\n", words::sentences(&mut chance, 2));
    writeln!(
        record,
        "provider = \"{provider}\"\nurl = \"https://service-{serial}.{provider}.example.jp/\"\nstarted_on = {certified_on}"
    )?;
    if let Some(category) = scheme.categories.get(chance.below(scheme.categories.len())) {
        writeln!(record, "categories = [\"{}\"]", category.id.value)?;
    }
    let disclosed_on = events(&mut record, scheme, rules, certified_on, &mut chance)?;

    let mut disclosure = format!("edition = \"{}\"\n", edition.date);
    answers(&mut disclosure, edition, disclosed_on, &mut chance)?;
    let record = content.write(&format!("{folder}/service.toml"), &record)?;
    Ok(record + content.write(&format!("{folder}/disclosures/{disclosed_on}.toml"), &disclosure)?)
}

/// Serials grow with time, from the day of the catalogue's edition to a month before the last day.
fn certified_on(edition: &Edition, at: usize, count: usize) -> Result<NaiveDate> {
    let first: NaiveDate = edition.date.parse().with_context(|| format!("`{}` is no edition", edition.date))?;
    let span = usize::try_from((AS_OF - first).num_days() - 30).unwrap_or(0);
    plus(first, span * at / count.max(1))
}

fn plus(day: NaiveDate, days: usize) -> Result<NaiveDate> {
    day.checked_add_days(Days::new(days as u64)).context("a day")
}

fn minus(day: NaiveDate, days: u32) -> Result<NaiveDate> {
    day.checked_sub_days(Days::new(days.into())).context("a day")
}

/// How a certification goes on.
#[derive(Clone, Copy)]
enum Fate {
    /// It is renewed, term after term.
    Renewed,
    /// Nobody applies after so many terms.
    Expires(usize),
    /// The provider ends the service in this term.
    Ends(usize),
    /// It is revoked in this term.
    IsRevoked(usize),
}

/// Writes the events up to the last day, and returns the day of the decision on the latest term.
fn events(
    record: &mut String,
    scheme: &Scheme,
    rules: &Rules,
    certified_on: NaiveDate,
    chance: &mut Chance,
) -> Result<NaiveDate> {
    let fate = match chance.below(40) {
        0..4 => Fate::Expires(chance.below(4)),
        4..6 => Fate::Ends(chance.below(4)),
        6 => Fate::IsRevoked(chance.below(4)),
        _ => Fate::Renewed,
    };
    let (mut decided_on, mut from) = (certified_on, certified_on);
    let mut until = last_day_of_first_term(from, rules, TermEnd::DayBeforeAnniversary);
    event(record, certified_on, "certified", &format!("until = {until}\n"))?;
    for term in 0.. {
        let within = plus(from, 40 + chance.below(200))?;
        let (ends, note) = match fate {
            Fate::Ends(last) if last == term => (Some("ended"), "note = \"サービスの提供を終了しました。\"\n".to_owned()),
            Fate::IsRevoked(last) if last == term => {
                let ground = scheme.grounds.first().with_context(|| format!("{} has no ground", scheme.id))?;
                (Some("revoked"), format!("ground = \"{}\"\n", ground.id.value))
            }
            Fate::Renewed | Fate::Expires(_) | Fate::Ends(_) | Fate::IsRevoked(_) => (None, String::new()),
        };
        if let Some(kind) = ends.filter(|_| within <= AS_OF) {
            event(record, within, kind, &note)?;
            event(record, within, "certificate-returned", "")?;
            break;
        }
        if within <= AS_OF && chance.one_in(4) {
            event(record, within, "changed", &format!("note = \"{}\"\n", words::note(chance)))?;
        }
        // Applied in the middle of the window, decided ten days before the last day.
        let applied_on = minus(until, u32::midpoint(rules.renewal_opens_days, rules.renewal_closes_days))?;
        if applied_on > AS_OF || matches!(fate, Fate::Expires(last) if last == term) {
            break;
        }
        event(record, applied_on, "renewal-applied", "")?;
        let renewed_on = minus(until, 10)?;
        if renewed_on > AS_OF {
            break;
        }
        (decided_on, from) = (renewed_on, plus(until, 1)?);
        until = last_day(from, rules.validity_years);
        event(record, renewed_on, "renewed", &format!("until = {until}\n"))?;
    }
    Ok(decided_on)
}

fn event(record: &mut String, on: NaiveDate, kind: &str, rest: &str) -> Result<()> {
    Ok(write!(record, "\n[[event]]\non = {on}\nkind = \"{kind}\"\n{rest}")?)
}

/// Answers every item of the catalogue.
fn answers(text: &mut String, edition: &Edition, disclosed_on: NaiveDate, chance: &mut Chance) -> Result<()> {
    for (at, section) in edition.sections.iter().enumerate() {
        let id = &section.id.value;
        match &section.repeats {
            Some(thing) => writeln!(text, "\n[[{id}]]\nlabel = \"第一{}\"", thing.value)?,
            None => writeln!(text, "\n[{id}]")?,
        }
        for (place, item) in section.items.iter().enumerate() {
            // The first item of a catalogue is the date of what is disclosed.
            let answer = if (at, place) == (0, 0) {
                format!("\"{}\"", disclosed_on.format("%Y/%m/%d"))
            } else {
                answer(item, disclosed_on, chance)?
            };
            writeln!(text, "{} = {answer}", item.id.value)?;
        }
    }
    Ok(())
}

/// One answer in a hundred is withheld and some say 実施なし, as long as the item may.
fn answer(item: &Item, disclosed_on: NaiveDate, chance: &mut Chance) -> Result<String> {
    let until = plus(AS_OF, 365)?;
    match chance.below(100) {
        0 if !item.criterion => Ok(format!(
            "{{ withheld = [{{ requested = {disclosed_on}, from = {disclosed_on}, until = {until}, ground = \"business-secret\" }}] }}"
        )),
        1..4 if !item.criterion => Ok("{ practice = \"none\" }".to_owned()),
        4..6 if !item.criterion => {
            Ok("{ practice = \"undisclosed\", text = \"お客様との契約により公表を控えております。\" }".to_owned())
        }
        _ => {
            let text = words::answer(chance, &item.name.value);
            if text.contains(['"', '\'', '\\']) {
                bail!("`{}` cannot be quoted in TOML as it is", item.name.value);
            }
            Ok(if text.contains('\n') { format!("'''\n{text}'''") } else { format!("\"{text}\"") })
        }
    }
}
