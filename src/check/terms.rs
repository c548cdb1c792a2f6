//! Terms and renewals, followed event by event as `judge` reads them.

use chrono::NaiveDate;

use crate::judge::{Standing, Term, first_day_of_renewed_term, judge, last_day, last_day_of_first_term, terms, window};
use crate::model::{Continuation, Event, EventKind, RenewedTerm, Rules, Service, TermEnd};
use crate::problem::{Code, Problem, Problems, Spanned};

/// The events so far and the event that comes next.
struct Step<'s> {
    before: &'s [Event],
    event: &'s Event,
    rules: &'s Rules,
    term_end: TermEnd,
}

pub(super) fn check(service: &Service, rules: &Rules, term_end: TermEnd, problems: &mut Problems) {
    for (at, event) in service.events.iter().enumerate() {
        let before = service.events.get(..at).unwrap_or_default();
        let step = Step { before, event, rules, term_end };
        match &event.kind {
            EventKind::Certified { from, until, .. } => certified(&step, from.as_ref(), until.as_ref(), problems),
            EventKind::Renewed { from, until, .. } => renewed(&step, from.as_ref(), until.as_ref(), problems),
            EventKind::RenewalApplied => application_outside_window(&step, problems),
            EventKind::ContinuationGranted => continuation_without_effect(&step, problems),
            EventKind::RenewalRefused | EventKind::RenewalWithdrawn => decision_without_application(&step, problems),
            EventKind::Revoked { .. } | EventKind::Ended { .. } | EventKind::Succession { .. } => {
                end_after_expiry(&step, problems)
            }
            EventKind::Changed { .. }
            | EventKind::Renamed { .. }
            | EventKind::ImprovementRequested { .. }
            | EventKind::ImprovementMet { .. }
            | EventKind::CertificateReturned
            | EventKind::Corrected { .. } => {}
        }
    }
}

impl Step<'_> {
    fn on(&self) -> NaiveDate {
        self.event.on.value
    }

    /// The latest term before the event.
    fn term(&self) -> Option<Term> {
        terms(self.before, self.rules, self.term_end).last().copied()
    }

    /// Where the service stands on the day of the event, but for the event.
    fn standing(&self) -> Option<Standing> {
        judge(self.before, self.rules, self.term_end, self.on()).map(|judged| judged.standing)
    }

    /// The events since the latest term was decided, newest first.
    fn since_term(&self) -> impl Iterator<Item = &Event> {
        let opens = |event: &&Event| !matches!(event.kind, EventKind::Certified { .. } | EventKind::Renewed { .. });
        self.before.iter().rev().take_while(opens)
    }

    /// Whether somebody applied and nothing was decided since.
    fn pending(&self) -> bool {
        let decisive = |event: &&Event| {
            matches!(event.kind, EventKind::RenewalApplied | EventKind::RenewalRefused | EventKind::RenewalWithdrawn)
        };
        self.since_term().find(decisive).is_some_and(|event| matches!(event.kind, EventKind::RenewalApplied))
    }

    fn problem(&self, code: Code, ja: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem::new(code, self.event.on.span, ja, en)
    }
}

fn certified(step: &Step<'_>, from: Option<&Spanned<NaiveDate>>, until: Option<&Spanned<NaiveDate>>, problems: &mut Problems) {
    let first = from.map_or(step.on(), |from| from.value);
    if let Some(from) = from.filter(|from| from.value < step.on()) {
        problems.push(Problem::new(
            Code::TermOrder,
            from.span,
            "有効期間が認定の日より前に始まります",
            "the term begins before the day of certification",
        ));
    }
    let term = Length { first, counted_from: step.on(), end: last_day_of_first_term(step.on(), step.rules, step.term_end) };
    if let Some(from) = from.filter(|from| until.is_none() && from.value > term.end) {
        problems.push(
            Problem::new(
                Code::TermOrder,
                from.span,
                format!("有効期間が始まる日より前の {} に終わります", term.end),
                format!("the term ends on {}, before it begins", term.end),
            )
            .help(
                "有効期間は認定の日から数えます。`from` を確かめてください",
                "it counts from the day of certification; check `from`",
            ),
        );
    }
    term.written(until, step.rules, problems);
}

fn renewed(step: &Step<'_>, from: Option<&Spanned<NaiveDate>>, until: Option<&Spanned<NaiveDate>>, problems: &mut Problems) {
    match step.standing() {
        Some(Standing::Valid | Standing::Continuing) => {}
        Some(Standing::Upcoming | Standing::Expired) | None => problems.push(
            step.problem(Code::RenewedWithoutEffect, "効力のない認定が更新されています", "what has no effect is renewed").help(
                "新たな認定と番号が要ります。申請や継続の記録が抜けていないかも確かめてください",
                "a new certification and number are due; or a record of application or continuation is missing",
            ),
        ),
        // What comes after a final event is reported as such.
        Some(Standing::Revoked | Standing::Lapsed | Standing::Ended) => {}
    }
    if !step.pending() {
        problems.push(
            step.problem(
                Code::RenewedWithoutApplication,
                "更新の申請の記録がありません",
                "there is no application for this renewal",
            )
            .help("`renewal-applied` の出来事を加えてください", "add the event `renewal-applied`"),
        );
    }
    let next = first_day_of_renewed_term(step.on(), step.term(), step.rules);
    if let Some(from) = from.filter(|from| from.value != next) {
        let (ja, en) = match step.rules.renewed_term {
            RenewedTerm::DayAfter => (
                format!("更新後の有効期間は前の満了日の翌日 {next} からです"),
                format!("the renewed term begins on {next}, the day after the last one ended"),
            ),
            RenewedTerm::RenewalDay => (
                format!("この制度では、更新後の有効期間は更新の日 {next} からです"),
                format!("in this scheme the renewed term begins on the day of renewal, {next}"),
            ),
        };
        problems
            .push(Problem::new(Code::TermGap, from.span, ja, en).help("`from` を省くこともできます", "`from` may be left out"));
    }
    let first = from.map_or(next, |from| from.value);
    let term = Length { first, counted_from: first, end: last_day(first, step.rules.validity_years) };
    term.written(until, step.rules, problems);
}

/// How long a term is by the rules.
struct Length {
    first: NaiveDate,
    /// The day from which the years count; of a first term the day of certification, also where it begins later (R146).
    counted_from: NaiveDate,
    end: NaiveDate,
}

impl Length {
    /// A written last day is not before the first one, and as the scheme's length says (R57, R146).
    fn written(&self, until: Option<&Spanned<NaiveDate>>, rules: &Rules, problems: &mut Problems) {
        let Some(until) = until else { return };
        let Length { first, counted_from, end } = self;
        if until.value < *first {
            problems.push(Problem::new(
                Code::TermOrder,
                until.span,
                format!("有効期間が始まり（{first}）より前に終わります"),
                format!("the term ends before it begins ({first})"),
            ));
        } else if until.value != *end {
            let years = rules.validity_years;
            problems.push(
                Problem::new(
                    Code::TermLength,
                    until.span,
                    format!("有効期間が{years}年ではありません"),
                    format!("the term is not {years} years long"),
                )
                .help(format!("{counted_from} から数えて {end} までです"), format!("from {counted_from} it runs until {end}")),
            );
        }
    }
}

/// R69: an application outside the window gives no continuation.
fn application_outside_window(step: &Step<'_>, problems: &mut Problems) {
    let Some(term) = step.term() else { return };
    let days = window(term.until, step.rules);
    if !(days.from..=days.until).contains(&step.on()) {
        problems.push(
            step.problem(
                Code::ApplicationOutsideWindow,
                "更新の申請が期間外のため、効力は継続しません",
                "an application outside the window; the effect does not continue on it",
            )
            .help(
                format!("期間は {} から {} までです", days.from, days.until),
                format!("the window is {} to {}", days.from, days.until),
            ),
        );
    }
}

/// R67: the decision counts after an application in the window and not after the last day.
fn continuation_without_effect(step: &Step<'_>, problems: &mut Problems) {
    let Some(term) = step.term() else { return };
    let days = window(term.until, step.rules);
    let applied = step.pending()
        && step
            .since_term()
            .any(|event| matches!(event.kind, EventKind::RenewalApplied) && (days.from..=days.until).contains(&event.on.value));
    let needed = step.rules.continuation == Continuation::ByDecision;
    if !needed || !applied || step.on() > term.until {
        let (ja, en) = if needed {
            (
                "期間内の申請の後、満了日までの決定ではないので効果がありません",
                "no effect: it does not follow an application in the window by the last day",
            )
        } else {
            ("この制度では効力が当然に継続するので、決定は要りません", "no effect: in this scheme the effect continues by itself")
        };
        problems.push(step.problem(Code::ContinuationWithoutEffect, ja, en));
    }
}

fn decision_without_application(step: &Step<'_>, problems: &mut Problems) {
    if !step.pending() {
        problems.push(step.problem(
            Code::DecisionWithoutApplication,
            "判断すべき更新の申請がありません",
            "there is no application to decide on",
        ));
    }
}

fn end_after_expiry(step: &Step<'_>, problems: &mut Problems) {
    if super::events::is_final(&step.event.kind) && step.standing() == Some(Standing::Expired) {
        problems.push(step.problem(Code::EndAfterExpiry, "有効期間の満了の後の出来事です", "the term had expired before"));
    }
}
