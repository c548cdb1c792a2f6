//! What the day brings: the staff's work list. Warnings all, as time alone never makes an error.

use chrono::Days;

use crate::judge::{Judged, Standing, Term, judge, terms, window};
use crate::model::{EventKind, Rules, Service, Settings, first_certification};
use crate::problem::{Code, Problem, Problems, Span};

use super::Context;

pub(super) fn check(context: &Context<'_>, service: &Service, rules: &Rules, settings: &Settings, problems: &mut Problems) {
    not_yet_published(context, service, rules, settings, problems);
    no_disclosure(context, service, rules, settings, problems);
    let Some(judged) = judge(&service.events, rules, settings.term_end, context.day) else { return };
    let Some(term) = judged.terms.last().copied() else { return };
    match judged.standing {
        Standing::Valid => {
            renewal_not_applied(context, service, rules, term, problems);
            continuation_undecided(context, service, &judged, rules, term, problems);
            disclosure_outdated(context, service, &judged, rules, problems);
        }
        Standing::Continuing => {
            continuing_long(context, service, settings, term, problems);
        }
        Standing::Expired => continuation_undecided(context, service, &judged, rules, term, problems),
        Standing::Revoked | Standing::Ended => certificate_not_returned(context, service, problems),
        Standing::Upcoming | Standing::Lapsed => {}
    }
}

/// R63: what is dated ahead is not published before its day.
/// What can be done about something that is dated ahead.
pub(super) const PUBLISHED_LATER: (&str, &str) = (
    "日付を確かめてください。正しければ、することはありません。その日以後に生成するサイトで公表されます",
    "check the date; if it is right there is nothing to do: sites that are built on or after that day publish it",
);

fn not_yet_published(context: &Context<'_>, service: &Service, rules: &Rules, settings: &Settings, problems: &mut Problems) {
    let upcoming =
        judge(&service.events, rules, settings.term_end, context.day).is_none_or(|judged| judged.standing == Standing::Upcoming);
    if upcoming {
        let span = service.events.first().map_or(service.span, |event| event.on.span);
        problems.push(
            Problem::new(
                Code::NotYetPublished,
                span,
                "認定の効力がまだ生じていないため、公表されません",
                "not in force yet, and not published",
            )
            .help(PUBLISHED_LATER.0, PUBLISHED_LATER.1),
        );
    }
    for disclosure in service.disclosures.iter().filter(|disclosure| disclosure.date > context.day) {
        problems.push(
            Problem::new(
                Code::NotYetPublished,
                disclosure.place,
                "先の日付の開示内容で、まだ公表されません",
                "a disclosure of a coming day, not published yet",
            )
            .help(PUBLISHED_LATER.0, PUBLISHED_LATER.1),
        );
    }
    for event in service.events.iter().skip(1).filter(|event| event.on.value > context.day && !upcoming) {
        problems.push(
            Problem::new(
                Code::NotYetPublished,
                event.on.span,
                "先の日付の出来事で、まだ公表されず、効果もありません",
                "an event of a coming day; it is not published and does not count yet",
            )
            .help(PUBLISHED_LATER.0, PUBLISHED_LATER.1),
        );
    }
}

/// R73: the window is open or past and nobody applied.
fn renewal_not_applied(context: &Context<'_>, service: &Service, rules: &Rules, term: Term, problems: &mut Problems) {
    let days = window(term.until, rules);
    let since_term = service
        .events
        .iter()
        .rev()
        .take_while(|event| !matches!(event.kind, EventKind::Renewed { .. } | EventKind::Certified { .. }));
    let applied =
        since_term.filter(|event| event.on.value <= context.day).any(|event| matches!(event.kind, EventKind::RenewalApplied));
    if context.day >= days.from && !applied {
        let problem = if context.day <= days.until {
            Problem::new(
                Code::RenewalNotApplied,
                last_event(service),
                format!("更新の申請の期間（{} まで）ですが、申請の記録がありません", days.until),
                format!("the renewal window is open until {}, and nobody applied", days.until),
            )
            .help(
                "申請を受けたら、その日の `kind = \"renewal-applied\"` の出来事を加えてください",
                "once it is applied for, add an event of `kind = \"renewal-applied\"` with the day of the application",
            )
        } else {
            Problem::new(
                Code::RenewalNotApplied,
                last_event(service),
                format!("更新の申請の記録がないまま、申請の期間が {} に過ぎました", days.until),
                format!("the renewal window closed on {} without an application", days.until),
            )
            .help(
                format!(
                    "申請の記録が抜けていれば、申請を受けた日の `renewal-applied` の出来事を加えてください。申請がなければ、することはありません。{} に満了します",
                    term.until
                ),
                format!(
                    "if the application is missing, add an event of kind `renewal-applied`; if there was none there is nothing to do: it expires on {}",
                    term.until
                ),
            )
        };
        problems.push(problem);
    }
}

/// R137: applied inside the window, which has closed since, and no decision to let the effect continue.
fn continuation_undecided(
    context: &Context<'_>,
    service: &Service,
    judged: &Judged,
    rules: &Rules,
    term: Term,
    problems: &mut Problems,
) {
    let Some(applied_on) = judged.undecided_since.filter(|_| context.day > window(term.until, rules).until) else { return };
    let last = term.until;
    let problem = if context.day <= last {
        Problem::new(
            Code::ContinuationUndecided,
            last_event(service),
            format!("満了日 {last} が近づいていますが、効力を継続させる決定の記録がありません（更新の申請は {applied_on}）"),
            format!("the last day {last} is near and no decision to continue is recorded (applied for on {applied_on})"),
        )
        .help(
            format!("効力を継続させるのであれば、{last} までに決定し、`continuation-granted` の出来事を加えてください"),
            format!("if the effect is to continue, decide so by {last} and add an event of kind `continuation-granted`"),
        )
    } else {
        Problem::new(
            Code::ContinuationUndecided,
            last_event(service),
            format!("{applied_on} の更新の申請について、効力を継続させる決定の記録がないまま {last} に満了しました"),
            format!("applied for on {applied_on}, and expired on {last} without a decision to continue"),
        )
        .help(
            "満了日までの決定や更新の記録が漏れていれば加え、更新しないこととしたのであれば `renewal-refused` か `renewal-withdrawn` の出来事を加えてください",
            "add what was decided by the last day, if it is missing; if it is not renewed, add an event of kind `renewal-refused` or `renewal-withdrawn`",
        )
    };
    problems.push(problem);
}

/// R70: no decision for `notice_days` past the last day.
fn continuing_long(context: &Context<'_>, service: &Service, settings: &Settings, term: Term, problems: &mut Problems) {
    let late = term.until.checked_add_days(Days::new(settings.notice_days.into())).is_some_and(|limit| context.day > limit);
    if late {
        problems.push(
            Problem::new(
                Code::ContinuingLong,
                last_event(service),
                format!("満了日 {} の後、更新するかどうかの決定の記録がありません", term.until),
                format!("no decision on the renewal since the last day {}", term.until),
            )
            .help(
                "決定したら、更新であれば `renewed`、拒否であれば `renewal-refused`、申請の取下げであれば `renewal-withdrawn` の出来事を加えてください",
                "once it is decided, add an event of kind `renewed`, `renewal-refused` or `renewal-withdrawn`",
            ),
        );
    }
}

/// R16: a service in force discloses something. It is told as soon as it is written so, not only when the day comes on which
/// a certification dated ahead takes effect.
fn no_disclosure(context: &Context<'_>, service: &Service, rules: &Rules, settings: &Settings, problems: &mut Problems) {
    let Some(first) = terms(&service.events, rules, settings.term_end).first().map(|term| term.from) else { return };
    if !service.disclosures_whole {
        return;
    }
    let day = context.day.max(first);
    let in_force = judge(&service.events, rules, settings.term_end, day).is_some_and(|judged| judged.standing.in_force());
    if in_force && !service.disclosures.iter().any(|disclosure| disclosure.date <= day) {
        problems.push(
            Problem::new(
                Code::NoDisclosure,
                service.span,
                "認定の効力がありますが、開示内容の文書がありません",
                "in force, but nothing is disclosed",
            )
            .help(
                format!("開示の日を名前にして、`disclosures/{first}.toml` のように開示内容の文書を置いてください"),
                format!("put a disclosure there, named after its day, such as `disclosures/{first}.toml`"),
            ),
        );
    }
}

/// R28, as a hint: the disclosure is older than the running term by more than the window.
fn disclosure_outdated(context: &Context<'_>, service: &Service, judged: &Judged, rules: &Rules, problems: &mut Problems) {
    let running = judged.terms.iter().rev().find(|term| term.from <= context.day);
    let latest = service.disclosures.iter().rev().find(|disclosure| disclosure.date <= context.day);
    let (Some(running), Some(latest)) = (running, latest.filter(|_| service.disclosures_whole)) else { return };
    // A first term may begin later than what was certified: the disclosure belongs to the certification (R146).
    let is_first = judged.terms.first().is_some_and(|first| first.from == running.from);
    let since = first_certification(&service.events).filter(|_| is_first).map_or(running.from, |on| on.min(running.from));
    let earliest = since.checked_sub_days(Days::new(rules.renewal_opens_days.into()));
    if earliest.is_none_or(|earliest| latest.date >= earliest) {
        return;
    }
    let problem = Problem::new(
        Code::DisclosureOutdated,
        latest.place,
        format!("今の有効期間（{} から）より前の開示内容です", running.from),
        format!("this disclosure is older than the running term (from {})", running.from),
    );
    // What a renewal reviews differs from scheme to scheme, and of a first term there was no renewal.
    problems.push(if judged.terms.len() > 1 {
        problem.help(
            "更新の際に開示内容が改められていれば、その開示内容を加えてください。改められていなければ、このままで構いません",
            "if the renewal brought new content, add it; if nothing changed, this may stay",
        )
    } else {
        problem.help(
            "認定を受けた開示内容かどうかと、ファイル名の日付を確かめてください",
            "check whether this is what was certified, and the date in the name of the file",
        )
    });
}

/// R87: the certificate comes back at the end.
fn certificate_not_returned(context: &Context<'_>, service: &Service, problems: &mut Problems) {
    let returned =
        service.events.iter().any(|event| matches!(event.kind, EventKind::CertificateReturned) && event.on.value <= context.day);
    let end = service.events.iter().find(|event| super::events::is_final(&event.kind));
    let Some(end) = end.filter(|_| !returned) else { return };
    let problem = Problem::new(
        Code::CertificateNotReturned,
        end.on.span,
        "認定証の返納の記録がありません",
        "the certificate's return is not recorded",
    );
    // Every scheme wants it back when the service ends; after a cancellation only some do (002 Art.10(8)).
    problems.push(if matches!(end.kind, EventKind::Revoked { .. }) {
        problem.help(
            "取消しの際に返納を求める制度であれば、返納されたときに `certificate-returned` の出来事を加えてください。求めない制度であれば `[[accepted]]` に理由を書いてください",
            "where the scheme wants it back after a cancellation, add the event `certificate-returned` once it is back; where it does not, say so in `[[accepted]]`",
        )
    } else {
        problem.help(
            "返納されたら `certificate-returned` の出来事を加えてください",
            "add the event `certificate-returned` once it is back",
        )
    });
}

fn last_event(service: &Service) -> Span {
    service.events.last().map_or(service.span, |event| event.on.span)
}
