//! Terms and renewals, followed event by event as `judge` reads them.

use chrono::NaiveDate;

use crate::judge::{Standing, Term, first_day_of_renewed_term, judge, last_day, last_day_of_first_term, terms, window};
use crate::model::{Continuation, Event, EventKind, RenewedTerm, Rules, Service, TermEnd};
use crate::problem::{Code, Fault, Problem, Problems, Spanned};

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

    fn fault(&self, code: Code, ja: impl Into<String>, en: impl Into<String>) -> Fault {
        Problem::new(code, self.event.on.span, ja, en)
    }
}

fn certified(step: &Step<'_>, from: Option<&Spanned<NaiveDate>>, until: Option<&Spanned<NaiveDate>>, problems: &mut Problems) {
    let first = from.map_or(step.on(), |from| from.value);
    if let Some(from) = from.filter(|from| from.value < step.on()) {
        let on = step.on();
        problems.push(
            Problem::new(
                Code::TermOrder,
                from.span,
                format!("有効期間が認定の日（{on}）より前に始まります"),
                format!("the term begins before the day of certification ({on})"),
            )
            .help(
                format!("認定証を確かめ、`from` を {on} 以後の日にしてください。{on} からであれば、`from` の行は要りません"),
                format!("check the certificate, and let `from` be {on} or later; where it is {on}, leave `from` out"),
            ),
        );
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
    let without_effect = match step.standing() {
        Some(Standing::Valid | Standing::Continuing | Standing::Revoked | Standing::Lapsed | Standing::Ended) => false,
        Some(Standing::Upcoming | Standing::Expired) | None => true,
    };
    if without_effect {
        problems.push(
            step.fault(Code::RenewedWithoutEffect, "効力のない認定が更新されています", "what has no effect is renewed").help(
                "日付を確かめ、更新の申請（`renewal-applied`）や効力継続の決定（`continuation-granted`）の記録が抜けていれば加えてください。新たな認定であれば、新しい番号で別の記録を作ってください",
                "check the date; if an application (`renewal-applied`) or a decision to continue (`continuation-granted`) is missing, add it; a new certification is another record with a new number",
            ),
        );
    } else if !step.pending() {
        problems.push(
            step.fault(
                Code::RenewedWithoutApplication,
                "更新の申請の記録がありません",
                "there is no application for this renewal",
            )
            .help(
                "申請を受けた日の `kind = \"renewal-applied\"` の出来事を、この更新の前に加えてください",
                "add an event of `kind = \"renewal-applied\"` in front of this one, with the day of the application",
            ),
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
        problems.push(Problem::new(Code::TermGap, from.span, ja, en).help(
            format!("`from` を {next} に改めるか、`from` の行を取り除いてください"),
            format!("write `from = {next}`, or leave `from` out"),
        ));
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
            problems.push(
                Problem::new(
                    Code::TermOrder,
                    until.span,
                    format!("有効期間が始まり（{first}）より前に終わります"),
                    format!("the term ends before it begins ({first})"),
                )
                .help(
                    format!("制度の定めによれば {end} までです。認定証で満了日を確かめてください。{end} であれば、`until` の行は要りません"),
                    format!("by the scheme it ends on {end}: check the certificate; where it is {end}, leave `until` out"),
                ),
            );
        } else if until.value != *end {
            let years = rules.validity_years;
            problems.push(
                Problem::new(
                    Code::TermLength,
                    until.span,
                    format!("有効期間が{years}年ではありません"),
                    format!("the term is not {years} years long"),
                )
                .help(
                    format!("{counted_from} から数えると {end} までです。認定証で満了日を確かめてください。{end} であれば、`until` の行は要りません"),
                    format!("from {counted_from} it runs until {end}: check the certificate; where it is {end}, leave `until` out"),
                ),
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
            step.fault(
                Code::ApplicationOutsideWindow,
                "更新の申請が期間外なので、満了の後に効力は続きません",
                "an application outside the window; the effect does not continue on it",
            )
            .help(
                format!(
                    "申請の期間は {} から {} までです。申請を受けた日（`on`）を確かめ、そのとおりであれば、`registry.toml` の `[[accepted]]` に理由を書いてください",
                    days.from, days.until
                ),
                format!(
                    "the window is {} to {}: check the day of the application; if it is right, give the reason in `[[accepted]]` of `registry.toml`",
                    days.from, days.until
                ),
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
        let problem = if needed {
            let last = term.until;
            step.fault(
                Code::ContinuationWithoutEffect,
                format!("期間内の申請の後、満了日（{last}）までにした決定ではないので、効果がありません"),
                format!("no effect: it does not follow an application in the window by the last day ({last})"),
            )
            .help(
                format!("更新の申請と決定の日付を確かめてください。申請の期間は {} から {} までです", days.from, days.until),
                format!("check the days of application and decision; the window is {} to {}", days.from, days.until),
            )
        } else {
            step.fault(
                Code::ContinuationWithoutEffect,
                "この制度では効力が当然に継続するので、決定は要りません",
                "no effect: in this scheme the effect continues by itself",
            )
            .help("この出来事を取り除いてください", "take this event away")
        };
        problems.push(problem);
    }
}

fn decision_without_application(step: &Step<'_>, problems: &mut Problems) {
    if !step.pending() {
        problems.push(
            step.fault(
                Code::DecisionWithoutApplication,
                "判断の前に、更新の申請の記録がありません",
                "there is no application to decide on",
            )
            .help(
                "申請の記録が抜けていれば、申請を受けた日の `renewal-applied` の出来事をこの前に加えてください。申請がなければ、この出来事を取り除いてください",
                "if the application is missing, add an event of kind `renewal-applied` in front of this one; if there was none, take this event away",
            ),
        );
    }
}

fn end_after_expiry(step: &Step<'_>, problems: &mut Problems) {
    let expired = step.standing() == Some(Standing::Expired);
    if let Some(term) = step.term().filter(|_| expired && super::events::is_final(&step.event.kind)) {
        let last = term.until;
        problems.push(
            step.fault(
                Code::EndAfterExpiry,
                format!("有効期間が {last} に満了した後の出来事です"),
                format!("the term had expired before, on {last}"),
            )
            .help(
                "日付を確かめてください。更新や効力の継続の記録が抜けていれば加え、抜けていなければ、この出来事を取り除いてください",
                "check the date; if a renewal or a decision to continue is missing, add it, and if not, take this event away",
            ),
        );
    }
}
