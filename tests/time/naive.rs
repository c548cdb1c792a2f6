//! A second model of standings, written from records.md alone: it walks day by day and knows nothing of the program's.

use chrono::{Datelike, NaiveDate};

pub type Day = NaiveDate;

/// What the model needs of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Certified {
        from: Option<Day>,
        until: Option<Day>,
    },
    Applied,
    Granted,
    Renewed {
        from: Option<Day>,
        until: Option<Day>,
    },
    Refused,
    Withdrawn,
    Revoked,
    Lost,
    Ended,
    /// Whatever has no effect on the standing.
    Other,
}

/// What the model needs of a scheme and the settings.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    pub years: i32,
    pub opens: i64,
    pub closes: i64,
    pub by_decision: bool,
    pub anniversary: bool,
    /// Whether a renewed term starts on the day of renewal.
    pub renewal_day: bool,
}

/// Everything that is known of a service on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub standing: &'static str,
    pub since: Day,
    pub next: Option<Day>,
    pub ended_on: Option<Day>,
    pub latest: (Day, Day),
}

/// The state of a service in the evening of a day.
#[derive(Clone, Default)]
pub struct Walker {
    first: Option<Day>,
    latest: Option<(Day, Day)>,
    waiting: bool,
    granted: bool,
    closed: Option<&'static str>,
}

pub fn in_force(standing: &str) -> bool {
    matches!(standing, "valid" | "continuing")
}

impl Walker {
    pub fn happen(&mut self, on: Day, what: What, scheme: &Scheme) {
        match what {
            What::Certified { from, until } => {
                let from = from.unwrap_or(on);
                self.first = Some(from);
                // The years count from the day certified, whenever the term begins.
                self.latest = Some((from, until.unwrap_or_else(|| term_end(on, scheme.years, scheme.anniversary))));
            }
            What::Renewed { from, until } => {
                let usual = if scheme.renewal_day { on } else { self.last().succ_opt().unwrap() };
                let from = from.unwrap_or(usual);
                self.latest = Some((from, until.unwrap_or_else(|| term_end(from, scheme.years, false))));
                self.waiting = false;
            }
            What::Applied => {
                let left = self.last().signed_duration_since(on).num_days();
                if !self.waiting && left <= scheme.opens && left >= scheme.closes {
                    self.waiting = true;
                    self.granted = false;
                }
            }
            What::Granted => self.granted |= self.waiting && on <= self.last(),
            What::Refused | What::Withdrawn => self.waiting = false,
            What::Revoked => self.close("revoked"),
            What::Lost => self.close("lapsed"),
            What::Ended => self.close("ended"),
            What::Other => {}
        }
    }

    fn close(&mut self, standing: &'static str) {
        self.closed = self.closed.or(Some(standing));
    }

    pub fn last(&self) -> Day {
        self.latest.expect("a service is certified first").1
    }

    pub fn standing(&self, day: Day, scheme: &Scheme) -> &'static str {
        if let Some(standing) = self.closed {
            standing
        } else if day < self.first.expect("a service is certified first") {
            "upcoming"
        } else if day <= self.last() {
            "valid"
        } else if self.waiting && (self.granted || !scheme.by_decision) {
            "continuing"
        } else {
            "expired"
        }
    }
}

/// Walks from the first event on and tells for each of so many days what is known.
pub fn walk(events: &[(Day, What)], scheme: &Scheme, days: usize) -> Vec<(Day, Known)> {
    let mut walker = Walker::default();
    let mut told: Vec<(Day, Known)> = Vec::new();
    let mut day = events[0].0;
    for _ in 0..days {
        let today: Vec<_> = events.iter().filter(|(on, _)| *on == day).collect();
        for (on, what) in &today {
            walker.happen(*on, *what, scheme);
        }
        let standing = walker.standing(day, scheme);
        let yesterday = told.last().map(|(_, known)| known);
        let as_before = yesterday.filter(|known| known.standing == standing);
        let had_ended = yesterday.and_then(|known| known.ended_on);
        let next = match as_before {
            // On a day without an event nothing new is known of the days to come.
            Some(known) if today.is_empty() => known.next,
            _ => next_change(&walker, day, standing, scheme),
        };
        let known = Known {
            standing,
            since: as_before.map_or(day, |known| known.since),
            next,
            ended_on: (!in_force(standing) && standing != "upcoming").then(|| had_ended.unwrap_or(day)),
            latest: walker.latest.expect("a service is certified first"),
        };
        told.push((day, known));
        day = day.succ_opt().unwrap();
    }
    told
}

/// Lets days pass without any event until the standing is another one. Nothing changes by itself after the last day of
/// the latest term.
fn next_change(walker: &Walker, day: Day, standing: &str, scheme: &Scheme) -> Option<Day> {
    let mut coming = day;
    while coming <= walker.last() {
        coming = coming.succ_opt().unwrap();
        if walker.standing(coming, scheme) != standing {
            return Some(coming);
        }
    }
    None
}

/// The last day of a term of so many years, found by walking to it.
pub fn term_end(from: Day, years: i32, anniversary: bool) -> Day {
    let year = from.year() + years;
    let mut day = from;
    if (from.month(), from.day()) == (2, 29) {
        while !(day.year() == year && day.month() == 3) {
            day = day.succ_opt().unwrap();
        }
        return day.pred_opt().unwrap();
    }
    while !(day.year() == year && (day.month(), day.day()) == (from.month(), from.day())) {
        day = day.succ_opt().unwrap();
    }
    if anniversary { day } else { day.pred_opt().unwrap() }
}
