//! Certification numbers against folders, certifications and each other.

use std::collections::BTreeMap;

use chrono::{Datelike, Month, Months, NaiveDate};

use crate::judge;
use crate::model::{
    Event, EventKind, Number, NumberForm, Provider, Service, Spelling, first_certification, holder_before_coming,
};
use crate::problem::{Code, Problem, Problems, Span, Spanned};

use super::{Context, names, naming};

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    let mut serials = BTreeMap::new();
    for service in &context.registry.services {
        number_spelling(service, problems);
        number_folder(context, service, problems);
        number_month(service, problems);
        serial_twice(service, &mut serials, problems);
        successor(context, service, problems);
    }
    same_service_again(context, problems);
}

/// R51: another spelling is read, and told with the exact form.
fn number_spelling(service: &Service, problems: &mut Problems) {
    if let (Some(number), Some(written)) = (&service.number, &service.number_written)
        && written != number.value.shown()
    {
        problems.push(other_spelling(written, &number.value, number.span).of(&service.place));
    }
}

fn other_spelling(written: &str, number: &Number, span: Span) -> Problem {
    let shown = number.shown();
    Problem::new(
        Code::NumberSpelling,
        span,
        format!("`{written}` は認定番号の正確な形ではありません"),
        format!("`{written}` is not the exact form of the number"),
    )
    .help(format!("`{shown}` と書いてください"), format!("write `{shown}`"))
}

fn number_folder(context: &Context<'_>, service: &Service, problems: &mut Problems) {
    let Some(number) = &service.number else { return };
    if number.value.place() != service.place {
        let (place, right) = (&service.place, number.value.place());
        let by_folder = naming::number_of(context.registry, place).unwrap_or_default();
        problems.push(
            Problem::new(
                Code::NumberFolder,
                number.span,
                format!("認定番号 `{}` がフォルダー `{place}` と合いません", number.value.shown()),
                format!("the number `{}` disagrees with its folder `{place}`", number.value.shown()),
            )
            .of(place)
            .help(
                format!("番号が正しければ、フォルダーの名前を `{right}` に改めてください。フォルダーが正しければ、番号は `{by_folder}` です"),
                format!("if the number is right, rename the folder to `{right}`; if the folder is right, the number is `{by_folder}`"),
            ),
        );
    }
}

/// R54: the last four digits are year and month of the first certification.
fn number_month(service: &Service, problems: &mut Problems) {
    let (Some(number), Some(on)) = (&service.number, first_certification(&service.events)) else { return };
    let yymm = format!("{:02}{:02}", on.year().rem_euclid(100), on.month());
    let written = number.value.yymm();
    if written != yymm {
        let shown = number.value.shown();
        let dated = |text: &str| text.strip_suffix(written).map(|front| format!("{front}{yymm}")).unwrap_or_default();
        let (right, folder) = (dated(shown), dated(&number.value.place()));
        problems.push(
            Problem::new(
                Code::NumberMonth,
                number.span,
                format!("`{shown}` の認定年月は{}ですが、最初の認定は {on} です", year_and_month(written)),
                format!("`{shown}` says {}, but the first certification is of {on}", month_and_year(written)),
            )
            .of(&service.place)
            .help(
                format!("認定証で確かめてください。日付が正しければ、番号を `{right}` に、フォルダーの名前を `{folder}` に改めてください"),
                format!("check the certificate; if the day is right, the number is `{right}` and its folder `{folder}`"),
            ),
        );
    }
}

/// 1212 as 2012年12月. Numbers began in this century.
fn year_and_month(yymm: &str) -> String {
    let (year, month) = yymm.split_at(2);
    format!("20{year}年{}月", month.trim_start_matches('0'))
}

/// 1212 as December 2012.
fn month_and_year(yymm: &str) -> String {
    let (year, month) = yymm.split_at(2);
    let name = month.parse().ok().and_then(|month: u8| Month::try_from(month).ok()).map_or("?", |month| month.name());
    format!("{name} 20{year}")
}

/// R53: a serial is never used twice in a scheme, not after an end either.
fn serial_twice<'s>(service: &'s Service, serials: &mut BTreeMap<(&'s str, &'s str), &'s str>, problems: &mut Problems) {
    let Some(number) = &service.number else { return };
    let shown = number.value.shown();
    if let Some(first) = serials.insert((number.value.scheme(), number.value.serial()), shown) {
        problems.push(
            Problem::new(
                Code::SerialTwice,
                number.span,
                format!("通番 {} は `{first}` で使われています", number.value.serial()),
                format!("the serial {} is that of `{first}`", number.value.serial()),
            )
            .of(&service.place)
            .help(
                "認定証で両方の番号を確かめてください。番号を改めるときは、フォルダーの名前も同じように改めます",
                "check both numbers with their certificates; a folder is named after its number",
            ),
        );
    }
}

/// The folder of a service that is named by number, where it stands in the records.
pub(super) fn known_service(
    context: &Context<'_>,
    scheme: &str,
    text: &Spanned<String>,
    problems: &mut Problems,
) -> Option<String> {
    let Some((number, spelling)) = context.registry.number(scheme, &text.value) else {
        // Without every scheme's form it cannot be said that this is no number.
        if context.registry.schemes.len() == context.registry.known.schemes.len() {
            let forms = context.registry.schemes.values().filter_map(|scheme| scheme.number.as_ref());
            let example = |form: &NumberForm| format!("`{}{:0>digits$}-2604`", form.prefix, 1, digits = form.serial_digits);
            let examples: Vec<String> = forms.map(example).collect();
            problems.push(
                Problem::new(
                    Code::NumberForm,
                    text.span,
                    format!("`{}` はどの制度の認定番号でもありません", text.value),
                    format!("`{}` is no number of any scheme", text.value),
                )
                .help(
                    format!("認定証にある番号を、次のような形で書いてください：{}", examples.join("、")),
                    format!("write the number of the certificate, in a form such as {}", examples.join(", ")),
                ),
            );
        }
        return None;
    };
    if spelling == Spelling::Tolerated {
        problems.push(other_spelling(&text.value, &number, text.span));
    }
    let place = number.place();
    if !context.registry.known.services.contains(&place) {
        problems.push(
            Problem::new(
                Code::UnknownService,
                text.span,
                format!("`{}` の記録がありません", number.shown()),
                format!("there is no record of `{}`", number.shown()),
            )
            .help("番号を確かめるか、その記録を作ってください", "check the number, or make its record"),
        );
        return None;
    }
    Some(place)
}

fn successor(context: &Context<'_>, service: &Service, problems: &mut Problems) {
    let Some(text) = &service.succeeds else { return };
    let Some(place) = known_service(context, &service.scheme, text, problems) else { return };
    let Some(earlier) = context.services.get(place.as_str()) else { return };
    let (Some(own), Some(before)) = (first_certification(&service.events), first_certification(&earlier.events)) else { return };
    if own <= before {
        problems.push(
            Problem::new(
                Code::SuccessorOrder,
                text.span,
                "以前の番号の認定が、この認定より後か同じ日です",
                "the earlier number was certified later than this one, or on the same day",
            )
            .of(&service.place)
            .help(
                "`succeeds` は以前の番号です。番号と、両方の認定の日を確かめてください",
                "`succeeds` is the earlier number: check it, and the days of both certifications",
            ),
        );
        return;
    }
    reapplied_too_early(context, service, earlier, text.span, problems);
    number_changed(context, service, earlier, own, text, problems);
}

/// R82, R148: no application within a year of the cancellation; where its day is not recorded, that of the certification
/// counts, which came later.
fn reapplied_too_early(context: &Context<'_>, service: &Service, earlier: &Service, span: Span, problems: &mut Problems) {
    let Some(rules) = context.registry.schemes.get(&service.scheme).and_then(|scheme| scheme.rules.as_ref()) else { return };
    let months = Months::new(rules.reapply_after_years.saturating_mul(12));
    let (Some(own), Some(revoked)) = (application(&service.events), revoked_on(&earlier.events)) else { return };
    let Some(first) = revoked.checked_add_months(months) else { return };
    if (revoked..first).contains(&own) {
        let before = earlier.number.as_ref().map_or(earlier.place.as_str(), |number| number.value.shown());
        problems.push(
            Problem::new(
                Code::ReappliedTooEarly,
                span,
                format!("以前の認定 `{before}` の取消し（{revoked}）の後、{first} より前に再び申請又は認定されています"),
                format!("applied for or certified again before {first}, too soon after `{before}` was cancelled on {revoked}"),
            )
            .of(&service.place)
            .help(
                format!("申請の日が {first} 以後であれば、その日を `certified` の出来事に `applied_on` として書いてください。そうでなければ、取消しと認定の日を確かめてください"),
                format!("if the application was on or after {first}, write its day as `applied_on` at the event `certified`; if not, check the days of cancellation and certification"),
            ),
        );
    }
}

/// The day of the application for the first certification, as far as it is recorded.
fn application(events: &[Event]) -> Option<NaiveDate> {
    events.iter().find_map(|event| {
        let EventKind::Certified { applied_on, .. } = &event.kind else { return None };
        Some(applied_on.as_ref().map_or(event.on.value, |day| day.value))
    })
}

fn revoked_on(events: &[Event]) -> Option<NaiveDate> {
    events.iter().find(|event| matches!(event.kind, EventKind::Revoked { .. })).map(|event| event.on.value)
}

/// R148: what was cancelled and certified again without `succeeds` is the same service where provider and name are the same.
fn same_service_again(context: &Context<'_>, problems: &mut Problems) {
    let mut cancelled: BTreeMap<(&str, String), Vec<&Service>> = BTreeMap::new();
    for service in context.registry.services.iter().filter(|service| revoked_on(&service.events).is_some()) {
        for name in names::own_names(service) {
            cancelled.entry((&service.scheme, names::key(name))).or_default().push(service);
        }
    }
    for service in context.registry.services.iter().filter(|service| service.succeeds.is_none() && !cancelled.is_empty()) {
        let (Some(span), Some(certified)) = (certification(service), first_certification(&service.events)) else { continue };
        let holder = holder_before_coming(&service.events, certified).or(service.provider.as_ref());
        let Some(holder) = holder.and_then(|id| context.registry.providers.get(&id.value)) else { continue };
        let alike =
            names::own_names(service).into_iter().filter_map(|name| cancelled.get(&(service.scheme.as_str(), names::key(name))));
        for earlier in alike.flatten().filter(|earlier| earlier.place != service.place) {
            let before = earlier.provider.as_ref().and_then(|id| context.registry.providers.get(&id.value));
            if before.is_some_and(|before| same_holder(before, holder)) {
                reapplied_too_early(context, service, earlier, span, problems);
            }
        }
    }
}

fn certification(service: &Service) -> Option<Span> {
    service.events.iter().find(|event| matches!(event.kind, EventKind::Certified { .. })).map(|event| event.on.span)
}

fn same_holder(a: &Provider, b: &Provider) -> bool {
    let number = |provider: &Provider| provider.corporate_number.as_ref().map(|number| number.value.clone());
    a.id == b.id || number(a).is_some_and(|own| number(b) == Some(own)) || names::key(&a.name.value) == names::key(&b.name.value)
}

/// R55: a number stays through renewals, so a new one that takes over without a break is suspicious.
fn number_changed(
    context: &Context<'_>,
    service: &Service,
    earlier: &Service,
    own: NaiveDate,
    text: &Spanned<String>,
    problems: &mut Problems,
) {
    let rules = context.registry.schemes.get(&earlier.scheme).and_then(|scheme| scheme.rules.as_ref());
    let (Some(rules), Some(settings), Some(day_before)) = (rules, context.settings, own.pred_opt()) else { return };
    let in_force =
        judge::judge(&earlier.events, rules, settings.term_end, day_before).is_some_and(|judged| judged.standing.in_force());
    if in_force {
        problems.push(
            Problem::new(
                Code::NumberChanged,
                text.span,
                "以前の番号の効力が続くうちに新しい番号で認定されています",
                "certified under a new number while the earlier one was in force",
            )
            .of(&service.place)
            .help(
                "更新であれば、この記録を取り除き、以前の番号の記録に `renewed` の出来事を加えてください。新たな認定であれば、`registry.toml` の `[[accepted]]` に理由を書いてください",
                "if this is a renewal, add an event of kind `renewed` to the earlier number instead of this record; if it is a new certification, give the reason in `[[accepted]]` of `registry.toml`",
            ),
        );
    }
}
