//! Events: their order, what may follow what, and what they refer to.

use crate::model::{Effect, Event, EventKind, Rules, Scheme, Service, Succession, SuccessionForm, first_certification};
use crate::problem::{Code, Problem, Problems};

use super::{Context, services};

/// Checks the events of a service; tells whether they are in an order in which terms can be followed.
pub(super) fn check(context: &Context<'_>, service: &Service, scheme: &Scheme, problems: &mut Problems) -> bool {
    let in_order = event_order(service, problems) & no_certification(service, problems) & certified_twice(service, problems);
    event_after_end(service, problems);
    met_without_request(service, problems);
    for event in &service.events {
        unknown_ground(event, scheme, problems);
        successions(context, event, scheme, problems);
        applied_late(event, problems);
        issued_early(event, problems);
    }
    if let Some(rules) = &scheme.rules {
        not_yet_running(service, rules, problems);
    }
    in_order && service.events_whole
}

/// Whether an event ends the certification for good.
pub(super) fn is_final(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Revoked { .. } | EventKind::Ended { .. } | EventKind::Succession { effect: Effect::Lost, .. })
}

fn event_order(service: &Service, problems: &mut Problems) -> bool {
    let mut in_order = true;
    for pair in service.events.windows(2) {
        if let [earlier, later] = pair
            && later.on.value < earlier.on.value
        {
            in_order = false;
            problems.push(
                Problem::new(
                    Code::EventOrder,
                    later.on.span,
                    format!("出来事が日付の順ではありません（前の出来事は {}）", earlier.on.value),
                    format!("events are not in the order of their dates (the one before is of {})", earlier.on.value),
                )
                .help(
                    "出来事を日付の順に並べてください。新しい出来事は末尾に書き足します",
                    "put the events in the order of their dates; a new one comes last",
                ),
            );
        }
    }
    in_order
}

fn no_certification(service: &Service, problems: &mut Problems) -> bool {
    if !service.events_whole {
        return false;
    }
    let begins = service.events.first().is_some_and(|event| matches!(event.kind, EventKind::Certified { .. }));
    if !begins {
        let span = service.events.first().map_or(service.span, |event| event.on.span);
        problems.push(
            Problem::new(
                Code::NoCertification,
                span,
                "最初の出来事が認定（`certified`）ではありません",
                "the first event is not `certified`",
            )
            .help(
                "最初の認定の日を `on` に書いた `kind = \"certified\"` の出来事を、一番前に置いてください",
                "put an event of `kind = \"certified\"` first, with the day of the first certification as `on`",
            ),
        );
    }
    begins
}

fn certified_twice(service: &Service, problems: &mut Problems) -> bool {
    let again = service.events.iter().skip(1).filter(|event| matches!(event.kind, EventKind::Certified { .. }));
    let mut once = true;
    for event in again {
        once = false;
        problems
            .push(Problem::new(Code::CertifiedTwice, event.on.span, "認定の出来事が二つあります", "certified a second time").help(
            "更新であれば `kind = \"renewed\"` に改めてください。新たな認定であれば、新しい番号で別の記録を作ってください",
            "if it is a renewal, write `kind = \"renewed\"`; if it is a new certification, make another record with a new number",
        ));
    }
    once
}

/// After a final event only the certificate comes back and the record is mended.
fn event_after_end(service: &Service, problems: &mut Problems) {
    let Some(end) = service.events.iter().position(|event| is_final(&event.kind)) else { return };
    let may_follow = |kind: &EventKind| matches!(kind, EventKind::CertificateReturned | EventKind::Corrected { .. });
    for event in service.events.iter().skip(end + 1).filter(|event| !may_follow(&event.kind)) {
        let name = event.kind.name();
        problems.push(
            Problem::new(
                Code::EventAfterEnd,
                event.on.span,
                format!("認定が終わった後に `{name}` の出来事があります"),
                format!("`{name}` after the certification ended"),
            )
            .help(
                "日付と種類（`kind`）を確かめ、誤って書いた出来事を取り除いてください。認定が終わった後に書けるのは、認定証の返納（`certificate-returned`）と記録の訂正（`corrected`）だけです",
                "check dates and kinds, and take the wrong event away; after the end only `certificate-returned` and `corrected` may follow",
            ),
        );
    }
}

fn met_without_request(service: &Service, problems: &mut Problems) {
    let mut open = false;
    for event in &service.events {
        match event.kind {
            EventKind::ImprovementRequested { .. } => open = true,
            EventKind::ImprovementMet { .. } if !open => problems.push(
                Problem::new(
                    Code::MetWithoutRequest,
                    event.on.span,
                    "改善の要請の記録がないのに、改善の完了が記録されています",
                    "an improvement is met that nobody requested",
                )
                .help(
                    "要請の記録が抜けていれば、その日の `improvement-requested` の出来事をこの前に加えてください。要請していなければ、この出来事を取り除いてください",
                    "if the request is missing, add an event of kind `improvement-requested` in front of this one; if there was none, take this event away",
                ),
            ),
            EventKind::ImprovementMet { .. } => open = false,
            EventKind::Certified { .. }
            | EventKind::RenewalApplied
            | EventKind::ContinuationGranted
            | EventKind::Renewed { .. }
            | EventKind::RenewalRefused
            | EventKind::RenewalWithdrawn
            | EventKind::Changed { .. }
            | EventKind::Renamed { .. }
            | EventKind::Succession { .. }
            | EventKind::Ended { .. }
            | EventKind::Revoked { .. }
            | EventKind::CertificateReturned
            | EventKind::Corrected { .. } => {}
        }
    }
}

/// R79, R80: the ground is one of the scheme's.
fn unknown_ground(event: &Event, scheme: &Scheme, problems: &mut Problems) {
    let EventKind::Revoked { ground, .. } = &event.kind else { return };
    if !scheme.grounds.iter().any(|known| known.id.value == ground.value) {
        let known: Vec<String> =
            scheme.grounds.iter().map(|ground| format!("`{}`（{}）", ground.id.value, short(&ground.text.value))).collect();
        let listed: Vec<String> =
            scheme.grounds.iter().map(|ground| format!("`{}` ({})", ground.id.value, short(&ground.text.value))).collect();
        problems.push(
            Problem::new(
                Code::UnknownGround,
                ground.span,
                format!("この制度に取消しの事由 `{}` はありません", ground.value),
                format!("this scheme has no ground `{}`", ground.value),
            )
            .help(
                format!("制度の事由から選んでください：{}", known.join("、")),
                format!("choose one of its grounds: {}", listed.join(", ")),
            ),
        );
    }
}

/// The beginning of a text, where a list of texts has to stay readable.
fn short(text: &str) -> String {
    const LETTERS: usize = 24;
    match text.char_indices().nth(LETTERS) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// R84, R85: `effect` decides in every scheme; against the scheme's rule, or where that wants a review, it is worth a second
/// look. A split ends the effect only if it hands over the business of the service.
fn successions(context: &Context<'_>, event: &Event, scheme: &Scheme, problems: &mut Problems) {
    let EventKind::Succession { form, effect, from_provider, hands_over_service, .. } = &event.kind else { return };
    if let Some(provider) = from_provider {
        services::known_provider(context, provider, problems);
    }
    let Some(rules) = &scheme.rules else { return };
    let stays = *form == SuccessionForm::Split && *hands_over_service == Some(false);
    match (rules.succession, effect) {
        (Succession::EndsEffect, Effect::Kept) if !stays => succession_against_rule(
            event,
            "この制度では事業承継により効力が失われます",
            "in this scheme a succession ends the effect",
            problems,
        ),
        (Succession::EndsEffect, Effect::Lost) if stays => succession_against_rule(
            event,
            "このサービスの事業が承継されない会社分割で効力は失われません",
            "a split that does not hand over the business of the service does not end the effect",
            problems,
        ),
        (Succession::Review, Effect::Lost) => succession_against_rule(
            event,
            "この制度では事業承継だけで効力は失われません",
            "in this scheme a succession alone does not end the effect",
            problems,
        ),
        (Succession::Review, Effect::Kept) => succession_review(event, problems),
        (Succession::EndsEffect, Effect::Lost | Effect::Kept) => {}
    }
}

fn succession_against_rule(event: &Event, ja: &str, en: &str, problems: &mut Problems) {
    problems.push(Problem::new(Code::SuccessionAgainstRule, event.on.span, ja, en).help(
        "`effect` を確かめ、機関がそのとおり判断したのであれば、`registry.toml` の `[[accepted]]` に理由を書いてください",
        "check `effect`; if the body decided so, give the reason in `[[accepted]]` of `registry.toml`",
    ));
}

fn succession_review(event: &Event, problems: &mut Problems) {
    problems.push(
        Problem::new(
            Code::SuccessionReview,
            event.on.span,
            "事業承継の後も効力が続くとされています。サービスが続けられるかどうかの確認が要ります",
            "the effect is kept after a succession; whether the service can go on has to be reviewed",
        )
        .help(
            "確認したら、その結果を `registry.toml` の `[[accepted]]` に理由として書いてください",
            "once it was reviewed, give the result as the reason in `[[accepted]]` of `registry.toml`",
        ),
    );
}

/// R148: what rests on an application cannot come before it.
fn applied_late(event: &Event, problems: &mut Problems) {
    let EventKind::Certified { applied_on: Some(applied_on), .. } = &event.kind else { return };
    if applied_on.value > event.on.value {
        problems.push(
            Problem::new(
                Code::AppliedLate,
                applied_on.span,
                format!("申請の日が認定の日（{}）より後です", event.on.value),
                format!("applied for after the day of certification ({})", event.on.value),
            )
            .help(
                "`applied_on` は認定の申請を受けた日です。二つの日付を確かめてください",
                "`applied_on` is the day of the application; check both dates",
            ),
        );
    }
}

fn issued_early(event: &Event, problems: &mut Problems) {
    let (EventKind::Certified { issued_on, .. } | EventKind::Renewed { issued_on, .. } | EventKind::Changed { issued_on, .. }) =
        &event.kind
    else {
        return;
    };
    if let Some(issued_on) = issued_on.as_ref().filter(|issued_on| issued_on.value < event.on.value) {
        problems.push(
            Problem::new(
                Code::IssuedEarly,
                issued_on.span,
                format!("認定証の発行日が、この出来事の日（{}）より前です", event.on.value),
                format!("the certificate is issued before the day of this event ({})", event.on.value),
            )
            .help(
                "認定証の日付を確かめてください。同じ日であれば `issued_on` は省けます",
                "check the date on the certificate; where it is the day of the event, `issued_on` may be left out",
            ),
        );
    }
}

/// R10: where only running services are certified, the service starts no later than its certification.
fn not_yet_running(service: &Service, rules: &Rules, problems: &mut Problems) {
    let (Some(started), Some(certified)) = (&service.started_on, first_certification(&service.events)) else { return };
    if rules.must_be_running && started.value > certified {
        problems.push(
            Problem::new(
                Code::NotYetRunning,
                started.span,
                format!("サービスの提供を開始した日が、認定の日（{certified}）より後です"),
                format!("the service starts after its certification ({certified})"),
            )
            .help(
                "申請書で提供開始の日を確かめてください。そのとおりで、機関が認めたのであれば、`registry.toml` の `[[accepted]]` に理由を書いてください",
                "check the day with the application; if it is right and the body allowed it, give the reason in `[[accepted]]` of `registry.toml`",
            ),
        );
    }
}
