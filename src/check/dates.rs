//! Dates that are typing errors by every measure: 2207 for 2027, or a certification before its guideline was there.

use std::ops::RangeInclusive;

use chrono::{Datelike, Months, NaiveDate};

use crate::model::{EventKind, Scheme, Service, Settings};
use crate::problem::{Code, Problem, Problems, Span, Spanned};

use super::Context;

/// Nothing that a registry of cloud services tells lies before this year.
const FIRST_YEAR: i32 = 1950;

/// Stands for the key where a date is told by the name of a file.
const FILE_NAME: &str = "";

/// Nothing is planned further ahead.
const YEARS_AHEAD: u32 = 10;

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    let days = likely(context.day, YEARS_AHEAD);
    for (name, date, span) in context.settings.into_iter().flat_map(settings) {
        unlikely(name, date, span, &days, problems);
    }
    for (name, date, span) in context.registry.schemes.values().flat_map(scheme) {
        unlikely(name, date, span, &days, problems);
    }
    let former = context.registry.providers.values().flat_map(|provider| &provider.former_names);
    for until in former.map(|former| &former.until) {
        unlikely("until", until.value, until.span, &days, problems);
    }
    for notice in &context.registry.notices {
        unlikely(FILE_NAME, notice.date, notice.place, &days, problems);
    }
}

/// The dates of one service.
pub(super) fn of_service(context: &Context<'_>, service: &Service, problems: &mut Problems) {
    let scheme = context.registry.schemes.get(&service.scheme);
    let validity = scheme.and_then(|scheme| scheme.rules.as_ref()).map_or(0, |rules| rules.validity_years);
    let days = likely(context.day, YEARS_AHEAD + validity);
    if let Some(started) = &service.started_on {
        unlikely("started_on", started.value, started.span, &days, problems);
    }
    let begins = scheme.and_then(beginning);
    let events = service.events.iter().flat_map(|event| written(event.on.clone(), &event.kind));
    let events = events.map(|(name, date)| (name, date.value, date.span));
    // What stands in a disclosure is as the provider wrote it; the day in the name of its file is the body's.
    let disclosures = service.disclosures.iter().map(|disclosure| (FILE_NAME, disclosure.date, disclosure.place));
    for (name, date, span) in events.chain(disclosures) {
        if unlikely(name, date, span, &days, problems) {
            continue;
        }
        if let Some(begins) = begins.filter(|begins| date < *begins) {
            let (ja, en) = place(name);
            problems.push(
                Problem::new(
                    Code::UnlikelyDate,
                    span,
                    format!("{ja}の {date} は、制度の指針が公表された {begins} より前の日付です"),
                    format!("{en} says {date}, before the scheme's guideline was published on {begins}"),
                )
                .help("認定証で年月日を確かめてください", "check it with the certificate"),
            );
        }
    }
}

/// What a date is told by: a key, or the name of the file.
fn place(name: &str) -> (String, String) {
    match name {
        FILE_NAME => ("ファイル名".to_owned(), "the name of the file".to_owned()),
        key => (format!("`{key}` "), format!("`{key}`")),
    }
}

/// The dates that stand in an event.
fn written(on: Spanned<NaiveDate>, kind: &EventKind) -> Vec<(&'static str, Spanned<NaiveDate>)> {
    let mut dates = vec![("on", on)];
    if let EventKind::Certified { from, until, .. } | EventKind::Renewed { from, until, .. } = kind {
        dates.extend(from.clone().map(|from| ("from", from)));
        dates.extend(until.clone().map(|until| ("until", until)));
    }
    if let EventKind::Certified { applied_on: Some(applied_on), .. } = kind {
        dates.push(("applied_on", applied_on.clone()));
    }
    if let EventKind::Certified { issued_on, .. } | EventKind::Renewed { issued_on, .. } | EventKind::Changed { issued_on, .. } =
        kind
    {
        dates.extend(issued_on.clone().map(|issued_on| ("issued_on", issued_on)));
    }
    dates
}

fn settings(settings: &Settings) -> Vec<(&'static str, NaiveDate, Span)> {
    let former = settings.body.former_names.iter().map(|former| ("until", &former.until));
    let given = settings.delegations.iter();
    let given = given.flat_map(|given| [("from", &given.from)].into_iter().chain(given.until.as_ref().map(|end| ("until", end))));
    let security = settings.security.iter().map(|security| ("expires", &security.expires));
    let all = former.chain(given).chain(security);
    all.map(|(name, date)| (name, date.value, date.span)).collect()
}

fn scheme(scheme: &Scheme) -> Vec<(&'static str, NaiveDate, Span)> {
    let regulations = scheme.regulations.iter().map(|edition| ("from", edition.from.value, edition.from.span));
    let taxes = scheme.taxes.iter().map(|tax| ("from", tax.from.value, tax.from.span));
    let published = [("published", &scheme.guideline.published)].into_iter();
    let as_exact = published.chain(scheme.revisions.iter().map(|revision| ("on", &revision.on)));
    let as_exact = as_exact.filter_map(|(name, on)| Some((name, first_day(&on.value)?, on.span)));
    let editions = scheme.editions.iter().filter_map(|edition| Some((FILE_NAME, first_day(&edition.date)?, edition.place)));
    regulations.chain(taxes).chain(as_exact).chain(editions).collect()
}

/// The day the scheme's first guideline was published: nothing can have been certified by it before.
fn beginning(scheme: &Scheme) -> Option<NaiveDate> {
    let dates = scheme.editions.iter().map(|edition| edition.date.as_str()).chain([scheme.guideline.published.value.as_str()]);
    dates.filter_map(first_day).min()
}

/// The first day of a date that is as exact as its source: `2018-10` begins on 1 October.
pub(super) fn first_day(on: &str) -> Option<NaiveDate> {
    let full = match on.len() {
        4 => format!("{on}-01-01"),
        7 => format!("{on}-01"),
        _ => on.to_owned(),
    };
    full.parse().ok()
}

fn likely(day: NaiveDate, years_ahead: u32) -> RangeInclusive<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or(NaiveDate::MIN);
    let last = years_ahead.checked_mul(12).and_then(|months| day.checked_add_months(Months::new(months)));
    first..=last.unwrap_or(NaiveDate::MAX)
}

/// Tells of a date outside of the likely ones, and whether it is.
fn unlikely(name: &str, date: NaiveDate, span: Span, days: &RangeInclusive<NaiveDate>, problems: &mut Problems) -> bool {
    if days.contains(&date) {
        return false;
    }
    let (ja, en) = place(name);
    let problem = Problem::new(
        Code::UnlikelyDate,
        span,
        format!("{ja}の {date} は、年の書き誤りと思われます"),
        format!("{en} says {date}; its year looks like a typing error"),
    );
    problems.push(match meant(date, days) {
        Some(meant) => problem.help(format!("`{meant}` ではないか確かめてください"), format!("check whether it is `{meant}`")),
        None => problem.help("年月日を確かめてください", "check year, month and day"),
    });
    true
}

/// The date that is meant where two neighbouring digits of its year were typed in the wrong order, if only one fits.
fn meant(date: NaiveDate, days: &RangeInclusive<NaiveDate>) -> Option<NaiveDate> {
    let digits: Vec<char> = date.year().to_string().chars().collect();
    let swapped = (1..digits.len()).filter_map(|at| {
        let mut digits = digits.clone();
        digits.swap(at - 1, at);
        date.with_year(digits.iter().collect::<String>().parse().ok()?)
    });
    let mut fits = swapped.filter(|date| days.contains(date));
    fits.next().filter(|_| fits.next().is_none())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn two_digits_in_the_wrong_order_are_told_with_the_right_year() {
        let days = likely(date("2026-11-22"), YEARS_AHEAD);
        assert_eq!(meant(date("2207-03-31"), &days), Some(date("2027-03-31")));
        assert_eq!(meant(date("2062-03-31"), &days), Some(date("2026-03-31")));
        assert_eq!(meant(date("9999-01-01"), &days), None);
    }

    #[test]
    fn a_month_begins_on_its_first_day() {
        assert_eq!(first_day("2018-10"), Some(date("2018-10-01")));
        assert_eq!(first_day("2018"), Some(date("2018-01-01")));
        assert_eq!(first_day("2011-12-16"), Some(date("2011-12-16")));
    }
}
