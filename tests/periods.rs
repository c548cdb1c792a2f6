//! When a withheld item is shown: random lists of periods, in any order and with any fault, against a second and naive
//! reading of the rule that goes through the days one by one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{Days as Many, NaiveDate};
use kohyo::redact::{Days, redact};
use kohyo::view::Answer;
use serde_json::Value;
use support::Registry;

mod support;

const CATALOGUE: &str = "content/schemes/ip/items/2011-12-16.toml";
const FOLDER: &str = "content/services/ip/0001-2511/disclosures";
const FIRST: &str = "2025-11-15";
const LISTS: usize = 300;

/// One period: requested, first and last day, as days from that of the disclosure on.
#[derive(Clone, Copy, Debug)]
struct Period {
    requested: i64,
    from: i64,
    until: Option<i64>,
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.unsigned_abs()).cast_signed()
    }
}

/// Mostly periods that chain, each with a slip now and then.
fn list(dice: &mut Dice) -> Vec<Period> {
    let mut list = Vec::new();
    let mut from = if dice.roll(12) == 0 { 1 } else { -dice.roll(3) };
    for _ in 0..=dice.roll(4) {
        let until = from + dice.roll(14) - i64::from(dice.roll(10) == 0);
        let until = (dice.roll(12) > 0).then_some(until);
        list.push(Period { requested: from - dice.roll(9) + i64::from(dice.roll(8) == 0) * 5, from, until });
        from = until.unwrap_or(from) + 1 - dice.roll(3) + i64::from(dice.roll(12) == 0);
    }
    if dice.roll(15) == 0 {
        list.reverse();
    }
    list
}

/// Whether a list may be published: read day by day, as `records.md` tells it.
fn is_sound(list: &[Period]) -> bool {
    let ends = |period: &Period| period.until.unwrap_or(1000);
    let covers = |day: i64| list.iter().any(|period| period.from <= day && day <= ends(period));
    let last = list.iter().map(ends).max().unwrap();
    let follow = |a: &Period, b: &Period| a.from < b.from && ends(a) <= ends(b) && a.until.is_some();
    (0..=last).all(covers)
        && list.windows(2).all(|pair| follow(&pair[0], &pair[1]))
        && list.iter().all(|period| period.from <= ends(period))
}

#[derive(Debug, PartialEq, Eq)]
enum Shown {
    Text,
    Withheld(Option<i64>),
    Pending(i64),
}

/// What is shown of an item: its text only where no period holds or comes on the day shown, today and by the clock.
fn expected(list: &[Period], publish: bool, shown: i64, others: [i64; 2]) -> Shown {
    let is_over = |day: i64| list.iter().all(|period| period.until.is_some_and(|until| until < day));
    if publish && is_over(shown) && others.into_iter().all(is_over) {
        return Shown::Text;
    }
    let known: Vec<&Period> = list.iter().filter(|period| period.requested <= shown).collect();
    match known.iter().map(|period| period.until).collect::<Option<Vec<i64>>>().and_then(|ends| ends.into_iter().max()) {
        Some(last) if last < shown => Shown::Pending(last + 1),
        until => Shown::Withheld(until),
    }
}

fn day(offset: i64) -> NaiveDate {
    let first: NaiveDate = FIRST.parse().unwrap();
    let many = Many::new(offset.unsigned_abs());
    if offset < 0 { first - many } else { first + many }
}

fn secret(item: usize) -> String {
    format!("秘{item:03}の内容")
}

/// A registry with an item for each list, whose disclosure withholds it, with every text sealed beside.
fn registry(lists: &[Vec<Period>], publish: bool) -> Registry {
    let registry = Registry::copy_of("checks/_base");
    registry.edit("content/schemes/ip/scheme.toml", "withholding_needs_end = true", "withholding_needs_end = false");
    if publish {
        registry.edit("content/registry.toml", "withholding_end = \"hold\"", "withholding_end = \"publish\"");
    }
    let mut catalogue = registry.read(CATALOGUE) + "\n[[section]]\nid = \"many\"\nname = \"多くの項目\"\npart = \"service\"\n";
    let mut open = registry.read(&format!("{FOLDER}/{FIRST}.toml")) + "\n[many]\n";
    let mut twin = "sealed = true\n\n[many]\n".to_owned();
    for (item, list) in lists.iter().enumerate() {
        write!(
            catalogue,
            "\n[[section.item]]\nid = \"i{item}\"\ngroup = \"群\"\nname = \"項目{item}\"\nkind = \"optional\"\nguidance = \"書く。\"\n"
        )
        .unwrap();
        let periods = list.iter().map(|period| {
            let until = period.until.map(|until| format!(", until = {}", day(until))).unwrap_or_default();
            let (requested, from) = (day(period.requested), day(period.from));
            format!("{{ requested = {requested}, from = {from}{until}, ground = \"business-secret\" }}")
        });
        writeln!(open, "i{item} = {{ withheld = [{}] }}", periods.collect::<Vec<_>>().join(", ")).unwrap();
        writeln!(twin, "i{item} = \"{}\"", secret(item)).unwrap();
    }
    registry.write(CATALOGUE, catalogue);
    registry.write(&format!("{FOLDER}/{FIRST}.toml"), open);
    registry.write(&format!("{FOLDER}/{FIRST}.withheld.toml"), twin);
    registry
}

fn lists(seed: u64) -> Vec<Vec<Period>> {
    let mut dice = Dice(seed);
    (0..LISTS).map(|_| list(&mut dice)).collect()
}

#[test]
fn exactly_the_lists_that_leave_a_gap_or_run_backwards_or_open_are_errors() {
    let lists = lists(0x5eed);
    let run = registry(&lists, false).check("2025-11-20");
    let problems: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    let errors = problems.iter().filter(|problem| problem["severity"] == "error");
    let faulty: BTreeSet<&str> = errors.filter_map(|problem| problem["item"].as_str()).collect();
    assert!(lists.iter().filter(|list| is_sound(list)).count() > LISTS / 4);
    assert!(faulty.len() > LISTS / 4);
    for (item, list) in lists.iter().enumerate() {
        assert_eq!(!faulty.contains(format!("many.i{item}").as_str()), is_sound(list), "{item} {list:?}");
    }
}

#[test]
fn a_withheld_text_is_shown_on_the_days_that_a_naive_reading_tells_and_on_no_other() {
    let lists: Vec<Vec<Period>> = lists(0xfeed).into_iter().filter(|list| is_sound(list)).collect();
    let mut shown_texts = 0;
    for publish in [false, true] {
        let registry = registry(&lists, publish);
        for days in [[0, 0, 0], [9, 9, 9], [20, 20, 20], [20, 9, 20], [9, 20, 20], [30, 30, 9], [45, 45, 45], [5, 45, 45]] {
            let [shown, today, clock] = days.map(day);
            let checked = kohyo::check(registry.root(), |_| shown).unwrap();
            assert!(!checked.problems.has_errors());
            let view = redact(checked.registry, Days { shown, today, clock }).unwrap();
            let sections = &view.services[0].disclosure.as_ref().unwrap().sections;
            let answers = sections.iter().map(|section| &section.answers).find(|answers| answers.len() == lists.len()).unwrap();
            for (item, (list, answer)) in lists.iter().zip(answers).enumerate() {
                let offset = |to: NaiveDate| (to - day(0)).num_days();
                let said = match answer {
                    Answer::Text { text } => {
                        assert_eq!(*text, secret(item));
                        shown_texts += 1;
                        Shown::Text
                    }
                    Answer::Withheld { until, .. } => Shown::Withheld(until.map(offset)),
                    Answer::Pending { since } => Shown::Pending(offset(*since)),
                    Answer::None { .. } | Answer::Undisclosed { .. } | Answer::NotStated => panic!("{item} {answer:?}"),
                };
                assert_eq!(said, expected(list, publish, days[0], [days[1], days[2]]), "{publish} {days:?} {list:?}");
            }
        }
    }
    assert!(shown_texts > 100, "{shown_texts}");
}
