//! The `[[event]]` tables of a service.

use crate::model::{Effect, Event, EventKind, SuccessionForm};
use crate::problem::{Code, Problem, Problems, Spanned};
use crate::table::Table;

/// What the `kind` of an event may be.
const KINDS: &[(&str, Kind)] = &[
    ("certified", Kind::Certified),
    ("renewal-applied", Kind::RenewalApplied),
    ("continuation-granted", Kind::ContinuationGranted),
    ("renewed", Kind::Renewed),
    ("renewal-refused", Kind::RenewalRefused),
    ("renewal-withdrawn", Kind::RenewalWithdrawn),
    ("changed", Kind::Changed),
    ("renamed", Kind::Renamed),
    ("succession", Kind::Succession),
    ("ended", Kind::Ended),
    ("improvement-requested", Kind::ImprovementRequested),
    ("improvement-met", Kind::ImprovementMet),
    ("revoked", Kind::Revoked),
    ("certificate-returned", Kind::CertificateReturned),
    ("corrected", Kind::Corrected),
];

#[derive(Clone, Copy)]
enum Kind {
    Certified,
    RenewalApplied,
    ContinuationGranted,
    Renewed,
    RenewalRefused,
    RenewalWithdrawn,
    Changed,
    Renamed,
    Succession,
    Ended,
    ImprovementRequested,
    ImprovementMet,
    Revoked,
    CertificateReturned,
    Corrected,
}

/// So many events a service may have: more than come together in fifty years, and so few that each may be judged by all
/// that went before it.
const MOST_EVENTS: usize = 500;

/// Reads the events in the order of the file, and tells whether every one could be read.
pub(super) fn read(table: &mut Table<'_>, problems: &mut Problems) -> (Vec<Event>, bool) {
    let place = table.place();
    let Some(taken) = table.take("event") else {
        problems.push(
            Problem::new(Code::MissingKey, place, "出来事（`[[event]]`）が一つもありません", "there is no `[[event]]`").help(
                "`[[event]]` の行の下に、`on = 2026-04-01` の形の認定の日と `kind = \"certified\"` を書いてください",
                "below a line `[[event]]` write the day of certification, as `on = 2026-04-01`, and `kind = \"certified\"`",
            ),
        );
        return (Vec::new(), false);
    };
    let tables = table.as_tables_up_to(MOST_EVENTS, taken, problems);
    let written = tables.len();
    let events: Vec<Event> = tables.into_iter().filter_map(|table| event(table, problems)).collect();
    let whole = written > 0 && events.len() == written;
    (events, whole)
}

fn event(mut table: Table<'_>, problems: &mut Problems) -> Option<Event> {
    let on = table.date("on", problems);
    let kind = table.choice("kind", KINDS, problems);
    let Some(kind) = kind else {
        // Which keys belong to an event of no kind cannot be said, so none of them is called unknown.
        while let Some(taken) = table.take_any() {
            problems.conceal(taken.place);
        }
        return None;
    };
    let kind = own_keys(kind.value, &mut table, problems);
    table.finish(problems);
    Some(Event { on: on?, kind: kind? })
}

fn own_keys(kind: Kind, table: &mut Table<'_>, problems: &mut Problems) -> Option<EventKind> {
    Some(match kind {
        Kind::Certified => EventKind::Certified {
            from: table.date_if("from", problems),
            until: table.date_if("until", problems),
            applied_on: table.date_if("applied_on", problems),
            issued_on: table.date_if("issued_on", problems),
        },
        Kind::RenewalApplied => EventKind::RenewalApplied,
        Kind::ContinuationGranted => EventKind::ContinuationGranted,
        Kind::Renewed => EventKind::Renewed {
            from: table.date_if("from", problems),
            until: table.date_if("until", problems),
            issued_on: table.date_if("issued_on", problems),
        },
        Kind::RenewalRefused => EventKind::RenewalRefused,
        Kind::RenewalWithdrawn => EventKind::RenewalWithdrawn,
        Kind::Changed => {
            let note = table.text("note", problems);
            let certificate_reissued = table.truth_if("certificate_reissued", problems).map(|truth| truth.value);
            let issued_on = table.date_if("issued_on", problems);
            EventKind::Changed { note: note?, certificate_reissued, issued_on }
        }
        Kind::Renamed => EventKind::Renamed { was: table.name("was", problems)? },
        Kind::Succession => succession(table, problems)?,
        Kind::Ended => EventKind::Ended { note: note_if(table, problems) },
        Kind::ImprovementRequested => {
            let note = table.text("note", problems);
            let published = table.truth("published", problems);
            EventKind::ImprovementRequested { note: note?, published: published?.value }
        }
        Kind::ImprovementMet => EventKind::ImprovementMet { note: note_if(table, problems) },
        Kind::Revoked => {
            let ground = table.text("ground", problems);
            let note = note_if(table, problems);
            EventKind::Revoked { ground: ground?, note }
        }
        Kind::CertificateReturned => EventKind::CertificateReturned,
        Kind::Corrected => EventKind::Corrected { note: table.text("note", problems)? },
    })
}

fn succession(table: &mut Table<'_>, problems: &mut Problems) -> Option<EventKind> {
    let place = table.place();
    let forms = [
        ("transfer", SuccessionForm::Transfer),
        ("merger", SuccessionForm::Merger),
        ("split", SuccessionForm::Split),
        ("inheritance", SuccessionForm::Inheritance),
    ];
    let form = table.choice("form", &forms, problems);
    let effect = table.choice("effect", &[("lost", Effect::Lost), ("kept", Effect::Kept)], problems);
    let from_provider = table.text_if("from_provider", problems);
    let hands_over_service = table.truth_if("hands_over_service", problems).map(|truth| truth.value);
    let note = note_if(table, problems);
    let (form, effect) = (form?.value, effect?.value);
    if from_provider.is_none() && holder_changed(form, effect, hands_over_service) {
        problems.push(
            Problem::new(
                Code::MissingKey,
                place,
                "認定を持つ事業者が変わる承継ですが、承継前の事業者（`from_provider`）がありません",
                "this succession changes the holder, and the required key `from_provider` is missing",
            )
            .help(
                "承継前の事業者の識別子（`content/providers/` のファイル名）を `from_provider` に書いてください",
                "write the id of the provider before it, the name of its file in `content/providers/`, as `from_provider`",
            ),
        );
    }
    Some(EventKind::Succession { form, effect, from_provider, hands_over_service, note })
}

/// Whether a succession that keeps the effect gives the certification another holder for certain. A merger may as well be
/// that of another company into the holder, and a split may leave the service where it is.
fn holder_changed(form: SuccessionForm, effect: Effect, hands_over_service: Option<bool>) -> bool {
    let changes = match form {
        SuccessionForm::Transfer | SuccessionForm::Inheritance => true,
        SuccessionForm::Split => hands_over_service != Some(false),
        SuccessionForm::Merger => hands_over_service == Some(true),
    };
    changes && effect == Effect::Kept
}

fn note_if(table: &mut Table<'_>, problems: &mut Problems) -> Option<Spanned<String>> {
    table.text_if("note", problems)
}
