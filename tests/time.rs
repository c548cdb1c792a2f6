//! Standings on every day of ten years, against a second, naive model; and what the program tells of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "time/naive.rs"]
#[allow(unreachable_pub, reason = "this test alone uses the model")]
mod naive;
mod support;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use kohyo::judge::{Judged, Standing, judge, last_day, last_day_of_first_term, window};
use kohyo::model::{
    Continuation, Effect, Event, EventKind, PublishedImprovement, RenewedTerm, Rules, Succession, SuccessionForm, TermEnd,
};
use kohyo::problem::{FileId, Span, Spanned};
use naive::{Day, Known, Scheme, Walker, What, in_force, walk};
use rayon::prelude::*;
use support::{Registry, tree};

const HISTORIES: u64 = 400;
const TEN_YEARS: usize = 3653;

#[test]
fn standings_and_their_days_are_those_of_the_naive_model_on_every_day() {
    let faults: Vec<String> = (0..HISTORIES).into_par_iter().filter_map(|seed| compare(seed).err()).collect();
    let shown: Vec<_> = faults.iter().take(5).cloned().collect();
    assert!(faults.is_empty(), "{} of {HISTORIES} histories differ\n{}", faults.len(), shown.join("\n"));
}

#[test]
fn the_generated_histories_meet_every_standing_and_every_kind_of_event() {
    let mut standings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..HISTORIES {
        let (scheme, events) = history(seed);
        for (_, what) in &events {
            *kinds.entry(format!("{what:?}").split(' ').next().unwrap().to_owned()).or_default() += 1;
        }
        let mut days = walk(&events, &scheme, TEN_YEARS).into_iter().map(|(_, known)| known.standing).collect::<Vec<_>>();
        days.dedup();
        days.into_iter().for_each(|standing| *standings.entry(standing).or_default() += 1);
    }
    assert_eq!(standings.len(), 7, "{standings:?}");
    assert_eq!(kinds.len(), 10, "{kinds:?}");
    assert!(standings.values().chain(kinds.values()).all(|count| *count >= 15), "{standings:?} {kinds:?}");
}

#[test]
fn the_data_of_each_service_tells_the_standing_of_its_day() {
    let registry = Registry::copy_of("golden");
    let services = golden_histories(&registry);
    assert!(services.len() >= 15);
    let walked: BTreeMap<&str, BTreeMap<Day, Known>> = services
        .iter()
        .map(|(slug, (scheme, events))| (slug.as_str(), walk(events, scheme, 3500).into_iter().collect()))
        .collect();
    let mut published = 0;
    for step in 0..45 {
        let day = date(2020, 6, 1) + Days::new(61 * step);
        let site = registry.site(&day.to_string());
        for (slug, days) in &walked {
            let index = site.get(&format!("{slug}/index.json"));
            match days.get(&day).filter(|known| known.standing != "upcoming") {
                Some(known) => assert_eq!(told(index.expect(slug)), expected(known), "{slug} on {day}"),
                None => assert!(index.is_none(), "{slug} is published on {day}"),
            }
            published += usize::from(index.is_some());
        }
    }
    assert!(published > 200);
}

#[test]
fn a_term_from_29_february_ends_on_the_last_of_february_under_either_setting() {
    let rules = rules(&Scheme { years: 2, opens: 60, closes: 30, by_decision: false, anniversary: false, renewal_day: false });
    for setting in [TermEnd::DayBeforeAnniversary, TermEnd::Anniversary] {
        assert_eq!(last_day_of_first_term(date(2024, 2, 29), &rules, setting), date(2026, 2, 28));
        let four = Rules { validity_years: 4, ..rules.clone() };
        assert_eq!(last_day_of_first_term(date(2024, 2, 29), &four, setting), date(2028, 2, 29));
    }
    assert_eq!(last_day(date(2024, 2, 29), 2), date(2026, 2, 28));
    assert_eq!(last_day(date(2026, 3, 1), 2), date(2028, 2, 29), "the day before the second 1 March");
}

#[test]
fn a_first_term_ends_the_day_before_its_anniversary_or_on_it_and_a_renewed_one_the_day_before() {
    let scheme = Scheme { years: 2, opens: 60, closes: 30, by_decision: false, anniversary: false, renewal_day: false };
    let events = [
        (date(2020, 12, 6), What::Certified { from: None, until: None }),
        (date(2022, 11, 1), What::Renewed { from: None, until: None }),
    ];
    let ends = |setting: TermEnd| {
        let judged = judge(&records(&events), &rules(&scheme), setting, date(2023, 1, 1)).unwrap();
        judged.terms.iter().map(|term| (term.from, term.until)).collect::<Vec<_>>()
    };
    let before = [(date(2020, 12, 6), date(2022, 12, 5)), (date(2022, 12, 6), date(2024, 12, 5))];
    let on = [(date(2020, 12, 6), date(2022, 12, 6)), (date(2022, 12, 7), date(2024, 12, 6))];
    assert_eq!(ends(TermEnd::DayBeforeAnniversary), before);
    assert_eq!(ends(TermEnd::Anniversary), on);
}

#[test]
fn both_ends_of_the_renewal_window_are_inside() {
    let scheme = Scheme { years: 2, opens: 60, closes: 30, by_decision: false, anniversary: false, renewal_day: false };
    let days = window(date(2026, 12, 5), &rules(&scheme));
    assert_eq!((days.from, days.until), (date(2026, 10, 6), date(2026, 11, 5)));
    for (applied, standing) in [
        (date(2026, 10, 5), Standing::Expired),
        (date(2026, 10, 6), Standing::Continuing),
        (date(2026, 11, 5), Standing::Continuing),
        (date(2026, 11, 6), Standing::Expired),
    ] {
        let certified = What::Certified { from: None, until: Some(date(2026, 12, 5)) };
        let events = records(&[(date(2024, 12, 6), certified), (applied, What::Applied)]);
        let judged = judge(&events, &rules(&scheme), TermEnd::DayBeforeAnniversary, date(2026, 12, 6)).unwrap();
        assert_eq!(judged.standing, standing, "applied for on {applied}");
    }
}

#[test]
fn a_second_application_takes_nothing_from_the_decision_to_let_the_effect_continue() {
    let scheme = Scheme { years: 2, opens: 60, closes: 30, by_decision: true, anniversary: false, renewal_day: false };
    let certified = What::Certified { from: None, until: Some(date(2026, 12, 5)) };
    let mut events =
        vec![(date(2024, 12, 6), certified), (date(2026, 10, 10), What::Applied), (date(2026, 10, 15), What::Granted)];
    let standing = |events: &[(Day, What)]| {
        judge(&records(events), &rules(&scheme), TermEnd::DayBeforeAnniversary, date(2026, 12, 6)).unwrap().standing
    };
    assert_eq!(standing(&events), Standing::Continuing);
    events.push((date(2026, 10, 20), What::Applied));
    assert_eq!(standing(&events), Standing::Continuing);
}

#[test]
fn a_decision_after_the_end_does_not_move_the_end() {
    let scheme = Scheme { years: 2, opens: 60, closes: 30, by_decision: false, anniversary: false, renewal_day: false };
    let certified = What::Certified { from: None, until: Some(date(2026, 12, 5)) };
    for (first, second, ended) in
        [(date(2027, 1, 10), date(2027, 2, 1), date(2027, 1, 10)), (date(2026, 11, 20), date(2027, 2, 1), date(2026, 12, 6))]
    {
        let events = [
            (date(2024, 12, 6), certified),
            (date(2026, 10, 10), What::Applied),
            (first, What::Refused),
            (second, What::Withdrawn),
        ];
        let judged = judge(&records(&events), &rules(&scheme), TermEnd::DayBeforeAnniversary, date(2027, 3, 1)).unwrap();
        assert_eq!(
            (judged.standing, judged.since, judged.ended_on),
            (Standing::Expired, ended, Some(ended)),
            "refused on {first}"
        );
    }
}

#[test]
fn the_legal_day_is_told_by_the_offset_that_the_registry_sets() {
    for (written, minutes) in [("+09:00", 540), ("-09:30", -570), ("+00:00", 0)] {
        let registry = Registry::copy_of("golden");
        registry.edit("content/registry.toml", "\"+09:00\"", &format!("\"{written}\""));
        let checked =
            kohyo::check(registry.root(), |offset| date(2026, 11, 22) + chrono::TimeDelta::minutes(offset.into())).unwrap();
        assert_eq!(kohyo::offset_minutes(&checked.registry), minutes);
        assert_eq!(checked.day, date(2026, 11, 22) + chrono::TimeDelta::minutes(minutes.into()), "{written}");
    }
}

fn date(year: i32, month: u32, day: u32) -> Day {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Judges one history on every day and tells the first difference.
fn compare(seed: u64) -> Result<(), String> {
    let (scheme, written) = history(seed);
    let (events, rules) = (records(&written), rules(&scheme));
    let term_end = if scheme.anniversary { TermEnd::Anniversary } else { TermEnd::DayBeforeAnniversary };
    let story = || {
        format!(
            "history {seed}: {scheme:?}\n{}",
            written.iter().map(|(on, what)| format!("    {on} {what:?}\n")).collect::<String>()
        )
    };
    if judge(&events, &rules, term_end, written[0].0.pred_opt().unwrap()).is_some() {
        return Err(format!("known before its certification: {}", story()));
    }
    for (day, known) in walk(&written, &scheme, TEN_YEARS) {
        let judged = judge(&events, &rules, term_end, day).map(|judged| told_by(&judged));
        if judged.as_ref() != Some(&known) {
            return Err(format!("on {day}\n  naive {known:?}\n  judge {judged:?}\n  {}", story()));
        }
    }
    Ok(())
}

fn told_by(judged: &Judged) -> Known {
    let standing = match judged.standing {
        Standing::Upcoming => "upcoming",
        Standing::Valid => "valid",
        Standing::Continuing => "continuing",
        Standing::Expired => "expired",
        Standing::Revoked => "revoked",
        Standing::Lapsed => "lapsed",
        Standing::Ended => "ended",
    };
    let latest = judged.terms.last().unwrap();
    Known {
        standing,
        since: judged.since,
        next: judged.next_change_on,
        ended_on: judged.ended_on,
        latest: (latest.from, latest.until),
    }
}

/// A scheme and the events of a service, always the same for a seed: days near the edges of terms and windows, in the
/// order of their dates, and nothing that the checks call an error.
fn history(seed: u64) -> (Scheme, Vec<(Day, What)>) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d);
    let years = [1, 2, 2, 3][dice.upto(4)];
    let scheme = Scheme {
        years,
        opens: 60,
        closes: 30,
        by_decision: dice.upto(2) == 0,
        anniversary: dice.upto(2) == 0,
        renewal_day: dice.upto(3) == 0,
    };
    let certified = if dice.upto(12) == 0 { date(2020, 2, 29) } else { date(2017, 1, 1) + Days::new(dice.upto(1400) as u64) };
    let from = (dice.upto(4) == 0).then(|| certified + Days::new(dice.upto(40) as u64));
    let computed = naive::term_end(certified, years, scheme.anniversary);
    let until = (dice.upto(3) == 0).then(|| computed + Days::new(dice.upto(3) as u64));
    let mut events = vec![(certified, What::Certified { from, until })];
    let mut walker = Walker::default();
    walker.happen(certified, events[0].1, &scheme);
    let mut day = from.unwrap_or(certified);
    for _ in 0..dice.upto(16) {
        let edges = [-61, -60, -45, -31, -30, -29, -7, 0, 1, 2, 20, 90];
        let edge = walker.last() + chrono::TimeDelta::days(edges[dice.upto(edges.len())]);
        day = day.max(if dice.upto(8) == 0 { day + Days::new(dice.upto(200) as u64) } else { edge });
        let what = [
            What::Applied,
            What::Applied,
            What::Applied,
            What::Granted,
            What::Granted,
            renewed(&walker, day, &scheme, &mut dice),
            What::Refused,
            What::Withdrawn,
            What::Other,
            final_event(&mut dice),
        ][dice.upto(10)];
        let has_effect = in_force(walker.standing(day, &scheme));
        if matches!(what, What::Renewed { .. }) && !has_effect {
            continue;
        }
        walker.happen(day, what, &scheme);
        events.push((day, what));
        if matches!(what, What::Revoked | What::Lost | What::Ended) {
            break;
        }
    }
    (scheme, events)
}

fn renewed(walker: &Walker, day: Day, scheme: &Scheme, dice: &mut Dice) -> What {
    let next = if scheme.renewal_day { day } else { walker.last().succ_opt().unwrap() };
    What::Renewed { from: (dice.upto(4) == 0).then_some(next), until: (dice.upto(4) == 0).then(|| next + Days::new(700)) }
}

fn final_event(dice: &mut Dice) -> What {
    [What::Revoked, What::Lost, What::Ended][dice.upto(3)]
}

/// Numbers that look random and are always the same: splitmix64.
struct Dice(u64);

impl Dice {
    fn upto(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

fn rules(scheme: &Scheme) -> Rules {
    Rules {
        validity_years: scheme.years.try_into().unwrap(),
        renewal_opens_days: scheme.opens.try_into().unwrap(),
        renewal_closes_days: scheme.closes.try_into().unwrap(),
        continuation: if scheme.by_decision { Continuation::ByDecision } else { Continuation::Automatic },
        mark_while_continuing: true,
        succession: Succession::Review,
        reapply_after_years: 1,
        must_be_running: false,
        withholding_needs_end: true,
        published_cancellation: true,
        published_improvement: PublishedImprovement::Content,
        renewed_term: if scheme.renewal_day { RenewedTerm::RenewalDay } else { RenewedTerm::DayAfter },
        parts_share_category: false,
    }
}

fn records(events: &[(Day, What)]) -> Vec<Event> {
    events.iter().map(|(on, what)| Event { on: placed(*on), kind: kind(*what) }).collect()
}

fn kind(what: What) -> EventKind {
    match what {
        What::Certified { from, until } => {
            EventKind::Certified { from: from.map(placed), until: until.map(placed), applied_on: None, issued_on: None }
        }
        What::Renewed { from, until } => EventKind::Renewed { from: from.map(placed), until: until.map(placed), issued_on: None },
        What::Applied => EventKind::RenewalApplied,
        What::Granted => EventKind::ContinuationGranted,
        What::Refused => EventKind::RenewalRefused,
        What::Withdrawn => EventKind::RenewalWithdrawn,
        What::Revoked => EventKind::Revoked { ground: placed("1".to_owned()), note: None },
        What::Lost => succession(Effect::Lost),
        What::Ended => EventKind::Ended { note: None },
        What::Other => succession(Effect::Kept),
    }
}

fn succession(effect: Effect) -> EventKind {
    EventKind::Succession { form: SuccessionForm::Merger, effect, from_provider: None, hands_over_service: None, note: None }
}

fn placed<T>(value: T) -> Spanned<T> {
    Spanned { value, span: nowhere() }
}

fn nowhere() -> Span {
    Span::start_of(FileId(0))
}

/// The golden registry's services by address, as the naive model reads them: line by line.
fn golden_histories(registry: &Registry) -> BTreeMap<String, (Scheme, Vec<(Day, What)>)> {
    let files = tree(&registry.root().join("content/services"));
    let services = files.iter().filter_map(|(path, text)| {
        let place = path.strip_suffix("/service.toml")?;
        let scheme = Scheme {
            years: 2,
            opens: 60,
            closes: 30,
            by_decision: place.starts_with("iot"),
            anniversary: false,
            renewal_day: false,
        };
        let text = std::str::from_utf8(text).unwrap();
        Some((place.replace('/', ""), (scheme, text.split("[[event]]").skip(1).map(golden_event).collect())))
    });
    services.collect()
}

fn golden_event(table: &str) -> (Day, What) {
    let value = |key: &str| table.lines().find_map(|line| Some(line.strip_prefix(key)?.strip_prefix(" = ")?.trim_matches('"')));
    let day = |key: &str| value(key).map(|text| text.parse::<Day>().unwrap());
    let what = match value("kind").unwrap() {
        "certified" => What::Certified { from: day("from"), until: day("until") },
        "renewed" => What::Renewed { from: day("from"), until: day("until") },
        "renewal-applied" => What::Applied,
        "continuation-granted" => What::Granted,
        "renewal-refused" => What::Refused,
        "renewal-withdrawn" => What::Withdrawn,
        "revoked" => What::Revoked,
        "ended" => What::Ended,
        "succession" if value("effect") == Some("lost") => What::Lost,
        _ => What::Other,
    };
    (day("on").unwrap(), what)
}

type Told = (String, String, Option<String>, String, String, Option<String>);

fn told(index: &[u8]) -> Told {
    let index: serde_json::Value = serde_json::from_slice(index).unwrap();
    let text = |key: &str| index.get(key).map(|value| value.as_str().unwrap().to_owned());
    let must = |key: &str| text(key).unwrap();
    (must("standing"), must("standing_since"), text("next_change_on"), must("valid_from"), must("valid_until"), text("ended_on"))
}

fn expected(known: &Known) -> Told {
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    let (from, until) = known.latest;
    (known.standing.into(), known.since.to_string(), text(known.next), from.to_string(), until.to_string(), text(known.ended_on))
}
