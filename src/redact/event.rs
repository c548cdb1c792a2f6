//! Which events the public sees, with which of their keys (records.md, the table of kinds).

use chrono::NaiveDate;

use crate::judge::{Continues, Judged};
use crate::model::{Effect, Event, EventKind, PublishedImprovement, Rules, SuccessionForm};
use crate::problem::Spanned;
use crate::view;

/// The public events up to a day, oldest first.
pub(super) fn public(events: Vec<Event>, judged: &Judged, rules: &Rules, day: NaiveDate) -> Vec<view::Event> {
    let mut request_published = false;
    let mut shown = Vec::new();
    for event in events.into_iter().filter(|event| event.on.value <= day) {
        if let EventKind::ImprovementRequested { published, .. } = event.kind {
            request_published = published;
        }
        let on = event.on.value;
        let kind = kind(event.kind, on, judged.continues_on, rules, request_published);
        shown.extend(kind.map(|kind| view::Event { on, kind }));
    }
    shown
}

fn kind(
    kind: EventKind,
    on: NaiveDate,
    continues: Option<Continues>,
    rules: &Rules,
    request_published: bool,
) -> Option<view::EventKind> {
    Some(match kind {
        // The day of application is never public, as no application is.
        EventKind::Certified { from, until, applied_on: _, issued_on } => {
            view::EventKind::Certified { from: date(from), until: date(until), issued_on: date(issued_on) }
        }
        EventKind::Renewed { from, until, issued_on } => {
            view::EventKind::Renewed { from: date(from), until: date(until), issued_on: date(issued_on) }
        }
        // Only the application and the decision that a continuing effect rests on (decision 12 of the rules).
        EventKind::RenewalApplied => continues.filter(|rests| rests.applied_on == on).map(|_| view::EventKind::RenewalApplied)?,
        EventKind::ContinuationGranted => {
            continues.filter(|rests| rests.granted_on == Some(on)).map(|_| view::EventKind::ContinuationGranted)?
        }
        EventKind::RenewalRefused | EventKind::RenewalWithdrawn | EventKind::CertificateReturned => return None,
        EventKind::Changed { note, certificate_reissued, issued_on } => {
            view::EventKind::Changed { note: note.value, certificate_reissued, issued_on: date(issued_on) }
        }
        EventKind::Renamed { was } => view::EventKind::Renamed { was: was.value },
        EventKind::Succession { form, effect, from_provider, hands_over_service, note } => view::EventKind::Succession {
            form: form_name(form),
            effect: effect_name(effect),
            from_provider: text(from_provider),
            hands_over_service,
            note: text(note),
        },
        EventKind::Ended { note } => view::EventKind::Ended { note: text(note) },
        EventKind::ImprovementRequested { note, published } => {
            published.then(|| view::EventKind::ImprovementRequested { note: of_improvement(Some(note), rules), published })?
        }
        EventKind::ImprovementMet { note } => {
            request_published.then(|| view::EventKind::ImprovementMet { note: of_improvement(note, rules) })?
        }
        EventKind::Revoked { ground, note } if rules.published_cancellation => {
            view::EventKind::Revoked { ground: Some(ground.value), note: text(note) }
        }
        EventKind::Revoked { .. } => view::EventKind::Revoked { ground: None, note: None },
        EventKind::Corrected { note } => view::EventKind::Corrected { note: note.value },
    })
}

/// R144: where a scheme publishes only that an improvement was requested and when, its content stays in the records, and
/// what became of it is told in the same way.
fn of_improvement(note: Option<Spanned<String>>, rules: &Rules) -> Option<String> {
    match rules.published_improvement {
        PublishedImprovement::Content => text(note),
        PublishedImprovement::Fact => None,
    }
}

fn date(date: Option<Spanned<NaiveDate>>) -> Option<NaiveDate> {
    date.map(|date| date.value)
}

fn text(text: Option<Spanned<String>>) -> Option<String> {
    text.map(|text| text.value)
}

fn form_name(form: SuccessionForm) -> &'static str {
    match form {
        SuccessionForm::Transfer => "transfer",
        SuccessionForm::Merger => "merger",
        SuccessionForm::Split => "split",
        SuccessionForm::Inheritance => "inheritance",
    }
}

fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::Lost => "lost",
        Effect::Kept => "kept",
    }
}
