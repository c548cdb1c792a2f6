//! Events and a day → where a service stands. Pure and total: any events, any day, one answer.
//!
//! Only events up to the day count; what is dated later does not exist. Events of one day count in the order of the file.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::model::{Continuation, Effect, Event, EventKind, RenewedTerm, Rules, TermEnd, first_certification};

/// Where a service stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not in force yet, and not published at all.
    Upcoming,
    /// 有効.
    Valid,
    /// 更新審査中（効力継続）: past its last day, while the renewal is decided.
    Continuing,
    /// 有効期間満了.
    Expired,
    /// 認定取消し.
    Revoked,
    /// 効力喪失, by a succession.
    Lapsed,
    /// サービス終了.
    Ended,
}

impl Standing {
    /// In force means valid or continuing.
    pub fn in_force(self) -> bool {
        matches!(self, Standing::Valid | Standing::Continuing)
    }
}

/// One term, both days inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// What the events say up to a day.
#[derive(Clone, Debug, Default)]
struct History {
    terms: Vec<Term>,
    /// A final event: its day and what it makes of the service.
    ended: Option<(NaiveDate, Standing)>,
    /// The application that the running renewal rests on, and whether it came in the window.
    application: Option<NaiveDate>,
    /// The body's decision to let the effect continue, by the last day and after an application in the window.
    granted: Option<NaiveDate>,
    /// The first day without a continuing effect: a refusal or withdrawal.
    decided_against: Option<NaiveDate>,
}

/// The judged service: its standing on a day and the dates that go with it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Where it stands.
    pub standing: Standing,
    /// First day of the present standing.
    pub since: NaiveDate,
    /// First day of the next standing if nothing happens.
    pub next_change_on: Option<NaiveDate>,
    /// Day of the first certification.
    pub certified_on: NaiveDate,
    /// The terms known on the day, oldest first; never empty.
    pub terms: Vec<Term>,
    /// First day without effect, where it has ended.
    pub ended_on: Option<NaiveDate>,
    /// The application in the window that waits for the body's decision to let the effect continue, where the scheme wants
    /// one (R137).
    pub undecided_since: Option<NaiveDate>,
    /// The application that the effect continues on, and the decision to let it, while it does.
    pub continues_on: Option<Continues>,
}

/// The events that a continuing effect rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Continues {
    /// The day of the application.
    pub applied_on: NaiveDate,
    /// The day of the body's decision, where the scheme wants one.
    pub granted_on: Option<NaiveDate>,
}

/// Judges a service on a day. None where it was not certified by then.
pub fn judge(events: &[Event], rules: &Rules, term_end: TermEnd, day: NaiveDate) -> Option<Judged> {
    let known = up_to(events, day);
    let certified_on = first_certification(known)?;
    let history = history(known, rules, term_end);
    let standing = history.standing(rules, day);
    Some(Judged {
        standing,
        since: since(known, rules, term_end, day, standing),
        next_change_on: history.next_change(standing),
        certified_on,
        ended_on: history.ended_on(rules, standing),
        undecided_since: history.undecided_since(rules),
        continues_on: history.continues_on(standing),
        terms: history.terms,
    })
}

/// The terms that all events together make, as `check` needs them.
pub fn terms(events: &[Event], rules: &Rules, term_end: TermEnd) -> Vec<Term> {
    history(events, rules, term_end).terms
}

/// The last day of the first term of what was certified on a day: by setting the day before the anniversary or the
/// anniversary itself; from 29 February the last day of February under either (R58). The years count from that day also
/// where the term begins later (R146).
pub fn last_day_of_first_term(certified_on: NaiveDate, rules: &Rules, term_end: TermEnd) -> NaiveDate {
    match term_end {
        TermEnd::DayBeforeAnniversary => last_day(certified_on, rules.validity_years),
        TermEnd::Anniversary => anniversary(certified_on, rules.validity_years),
    }
}

/// The first day of a renewed term where it is not written: the day after the last term ended, or the day of renewal
/// itself, as the scheme says (R138).
pub fn first_day_of_renewed_term(renewed_on: NaiveDate, before: Option<Term>, rules: &Rules) -> NaiveDate {
    match rules.renewed_term {
        RenewedTerm::DayAfter => before.and_then(|term| term.until.succ_opt()).unwrap_or(renewed_on),
        RenewedTerm::RenewalDay => renewed_on,
    }
}

/// The last day of a renewed term that begins on `from`: so many years, less one day (R56).
pub fn last_day(from: NaiveDate, years: u32) -> NaiveDate {
    let end = anniversary(from, years);
    if is_leap_day(from) { end } else { end.pred_opt().unwrap_or(end) }
}

/// The renewal window of a term that ends on `last`: first and last day, both inside (001 §9(1)ア).
pub fn window(last: NaiveDate, rules: &Rules) -> Term {
    let before = |days: u32| last.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN);
    Term { from: before(rules.renewal_opens_days), until: before(rules.renewal_closes_days) }
}

/// The events up to a day. Records are in order; of those that are not, what is dated later still does not count.
fn up_to(events: &[Event], day: NaiveDate) -> &[Event] {
    let count = events.iter().take_while(|event| event.on.value <= day).count();
    events.get(..count).unwrap_or_default()
}

fn anniversary(from: NaiveDate, years: u32) -> NaiveDate {
    // Months that a month lacks a day for end on its last one: 29 February becomes 28 February.
    let moved = from.checked_add_months(Months::new(years.saturating_mul(12))).unwrap_or(NaiveDate::MAX);
    if is_leap_day(from) { last_of_february(moved.year()).unwrap_or(moved) } else { moved }
}

fn is_leap_day(day: NaiveDate) -> bool {
    (day.month(), day.day()) == (2, 29)
}

fn last_of_february(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 3, 1)?.pred_opt()
}

/// Reads the events in their order.
fn history(events: &[Event], rules: &Rules, term_end: TermEnd) -> History {
    let mut history = History::default();
    for event in events {
        history.add(event, rules, term_end);
    }
    history
}

impl History {
    fn add(&mut self, event: &Event, rules: &Rules, term_end: TermEnd) {
        let on = event.on.value;
        match &event.kind {
            EventKind::Certified { from, until, .. } => {
                let from = from.as_ref().map_or(on, |from| from.value);
                let until = until.as_ref().map_or_else(|| last_day_of_first_term(on, rules, term_end), |until| until.value);
                self.terms.push(Term { from, until });
            }
            EventKind::RenewalApplied => self.apply(on, rules),
            EventKind::ContinuationGranted => self.grant(on, rules),
            EventKind::Renewed { from, until, .. } => {
                let next = first_day_of_renewed_term(on, self.last(), rules);
                let from = from.as_ref().map_or(next, |from| from.value);
                let until = until.as_ref().map_or_else(|| last_day(from, rules.validity_years), |until| until.value);
                self.terms.push(Term { from, until });
                (self.application, self.granted, self.decided_against) = (None, None, None);
            }
            EventKind::RenewalRefused | EventKind::RenewalWithdrawn => {
                if self.pending() {
                    self.decided_against = Some(on);
                }
            }
            EventKind::Revoked { .. } => self.end(on, Standing::Revoked),
            EventKind::Ended { .. } => self.end(on, Standing::Ended),
            EventKind::Succession { effect: Effect::Lost, .. } => self.end(on, Standing::Lapsed),
            EventKind::Succession { effect: Effect::Kept, .. }
            | EventKind::Changed { .. }
            | EventKind::Renamed { .. }
            | EventKind::ImprovementRequested { .. }
            | EventKind::ImprovementMet { .. }
            | EventKind::CertificateReturned
            | EventKind::Corrected { .. } => {}
        }
    }

    fn last(&self) -> Option<Term> {
        self.terms.last().copied()
    }

    /// Whether an application waits for its decision. What is decided stays decided until somebody applies again.
    fn pending(&self) -> bool {
        self.application.is_some() && self.decided_against.is_none()
    }

    /// Only an application in the window lets the effect continue (R66, R69). A second one while the first waits takes
    /// nothing from it.
    fn apply(&mut self, on: NaiveDate, rules: &Rules) {
        let Some(term) = self.last() else { return };
        let window = window(term.until, rules);
        if !self.pending() && (window.from..=window.until).contains(&on) {
            (self.application, self.granted, self.decided_against) = (Some(on), None, None);
        }
    }

    /// A decision counts after an application in the window and not after the last day (R67).
    fn grant(&mut self, on: NaiveDate, rules: &Rules) {
        let in_time = self.last().is_some_and(|term| on <= term.until);
        if rules.continuation == Continuation::ByDecision && in_time && self.pending() {
            self.granted = Some(on);
        }
    }

    /// The first final event holds.
    fn end(&mut self, on: NaiveDate, standing: Standing) {
        self.ended.get_or_insert((on, standing));
    }

    fn standing(&self, rules: &Rules, day: NaiveDate) -> Standing {
        if let Some((on, standing)) = self.ended
            && on <= day
        {
            return standing;
        }
        let (Some(first), Some(last)) = (self.terms.first(), self.last()) else { return Standing::Upcoming };
        if day < first.from {
            Standing::Upcoming
        } else if day <= last.until {
            Standing::Valid
        } else if self.continues(rules, day) {
            Standing::Continuing
        } else {
            Standing::Expired
        }
    }

    /// Whether the effect goes on past the last day: an application in the window, nothing decided against it, and where
    /// the scheme wants it the body's decision.
    fn continues(&self, rules: &Rules, day: NaiveDate) -> bool {
        let allowed = match rules.continuation {
            Continuation::Automatic => true,
            Continuation::ByDecision => self.granted.is_some(),
        };
        self.application.is_some() && allowed && self.decided_against.is_none_or(|against| day < against)
    }

    fn next_change(&self, standing: Standing) -> Option<NaiveDate> {
        match standing {
            Standing::Upcoming => self.terms.first().map(|term| term.from),
            Standing::Valid => self.last().and_then(|term| term.until.succ_opt()),
            // A continuing effect ends by a decision, whose day nobody knows.
            Standing::Continuing | Standing::Expired | Standing::Revoked | Standing::Lapsed | Standing::Ended => None,
        }
    }

    /// The first day without effect: a final event's, or the one after the last day, or the one on which a continuing
    /// effect was decided against, whichever came first.
    fn ended_on(&self, rules: &Rules, standing: Standing) -> Option<NaiveDate> {
        let after = self.last().and_then(|term| term.until.succ_opt())?;
        let without = match self.decided_against {
            Some(against) if against > after && self.continues(rules, after) => Some(against),
            None if self.continues(rules, after) => None,
            Some(_) | None => Some(after),
        };
        match (standing, self.ended) {
            (Standing::Upcoming | Standing::Valid | Standing::Continuing, _) => None,
            (_, Some((on, _))) => Some(without.map_or(on, |without| without.min(on))),
            (_, None) => without,
        }
    }

    fn undecided_since(&self, rules: &Rules) -> Option<NaiveDate> {
        let undecided = match rules.continuation {
            Continuation::Automatic => false,
            Continuation::ByDecision => self.pending() && self.granted.is_none(),
        };
        self.application.filter(|_| undecided)
    }

    fn continues_on(&self, standing: Standing) -> Option<Continues> {
        let applied_on = self.application.filter(|_| standing == Standing::Continuing)?;
        Some(Continues { applied_on, granted_on: self.granted })
    }
}

/// The first day of the standing that holds on `day`: standings change only on the day of an event, on the first day of a
/// term or on the day after a last one, so it is the earliest of these days since which nothing else was judged.
fn since(known: &[Event], rules: &Rules, term_end: TermEnd, day: NaiveDate, standing: Standing) -> NaiveDate {
    let all = history(known, rules, term_end);
    let mut days: Vec<NaiveDate> = known.iter().map(|event| event.on.value).collect();
    days.extend(all.terms.iter().flat_map(|term| [Some(term.from), term.until.succ_opt()]).flatten());
    days.retain(|&change| change <= day);
    days.sort_unstable();
    let held = |&&change: &&NaiveDate| history(up_to(known, change), rules, term_end).standing(rules, change) == standing;
    days.iter().rev().take_while(held).last().copied().unwrap_or(day)
}
