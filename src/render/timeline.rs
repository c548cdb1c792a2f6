//! A picture of a service's terms over time. Everything is told in per cent of its width, so that it fits any window while
//! its words keep their size. It ends with the last term and knows nothing of the day.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::view::Service;

/// The most years that are named below the picture.
const LABELS: i32 = 6;

/// The terms as bars over whole years.
#[derive(Serialize)]
pub(super) struct Timeline {
    bars: Vec<Bar>,
    years: Vec<Year>,
    /// Where the effect ended.
    end: Option<String>,
}

#[derive(Serialize)]
struct Bar {
    number: usize,
    x: String,
    width: String,
    /// The middle, where its number stands.
    middle: String,
    /// Whether the effect had ended before its first day was over; what stands behind the end is drawn hollow.
    hollow: bool,
}

#[derive(Serialize)]
struct Year {
    year: i32,
    x: String,
    labelled: bool,
}

/// The picture; none where a service has no term.
pub(super) fn timeline(service: &Service) -> Option<Timeline> {
    let first = service.terms.first()?.from;
    let last = service.terms.iter().map(|term| term.until).chain(service.ended_on).max()?;
    let axis = Axis { from: first.year(), years: last.year() + 1 - first.year() };
    let mut bars = Vec::new();
    for (at, term) in service.terms.iter().enumerate() {
        let behind = term.until.succ_opt().unwrap_or(term.until);
        // Where a renewed term starts on the day of renewal, it takes the place of what was left of the one before.
        let behind = service.terms.get(at + 1).map_or(behind, |next| behind.min(next.from.max(term.from)));
        let end = service.ended_on.map_or(behind, |end| end.clamp(term.from, behind));
        bars.extend(axis.bar(at + 1, term.from, end, false));
        bars.extend(axis.bar(at + 1, end, behind, true));
    }
    let step = (axis.years + LABELS - 1) / LABELS;
    let year =
        |at: i32| Year { year: axis.from + at, x: percent(f64::from(at) / f64::from(axis.years)), labelled: at % step == 0 };
    Some(Timeline { bars, years: (0..axis.years).map(year).collect(), end: service.ended_on.map(|on| percent(axis.place(on))) })
}

/// Whole years from the first of January of one.
struct Axis {
    from: i32,
    years: i32,
}

impl Axis {
    /// Where a day stands, from 0 to 1.
    fn place(&self, day: NaiveDate) -> f64 {
        let days = if day.leap_year() { 366.0 } else { 365.0 };
        (f64::from(day.year() - self.from) + f64::from(day.ordinal0()) / days) / f64::from(self.years)
    }

    /// A bar from one day up to another, that one not included.
    fn bar(&self, number: usize, from: NaiveDate, behind: NaiveDate, hollow: bool) -> Option<Bar> {
        let (from, to) = (self.place(from), self.place(behind));
        let bar = || Bar { number, x: percent(from), width: percent(to - from), middle: percent((from + to) / 2.0), hollow };
        (to > from).then(bar)
    }
}

fn percent(part: f64) -> String {
    format!("{:.2}%", part * 100.0)
}
