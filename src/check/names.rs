//! Names and holders against what the events say (R15, R153). The present name stands in the record, former ones in events
//! and in `[[former_name]]`; a disclosure tells the name of its day, and its messages never show it.

use unicode_normalization::UnicodeNormalization;

use crate::model::{
    Answer, Disclosure, Edition, Effect, Event, EventKind, Provider, Role, Scheme, Service, holder_before_coming,
    name_before_coming,
};
use crate::problem::{Code, Problem, Problems, Spanned};

use super::Context;

pub(super) fn check(context: &Context<'_>, service: &Service, scheme: &Scheme, problems: &mut Problems) {
    name_unchanged(service, problems);
    holder_unchanged(service, problems);
    holder_of_what_stays(service, problems);
    service_name(service, scheme, problems);
    holder(context, service, scheme, problems);
    later_name_told(context, service, problems);
}

/// A renaming whose `was` is the name after it too: the record's `name` was left as it was.
fn name_unchanged(service: &Service, problems: &mut Problems) {
    let mut after = &service.name;
    for was in service.events.iter().rev().filter_map(former_name) {
        if was.value == after.value {
            problems.push(
                Problem::new(
                    Code::NameAgainstEvents,
                    was.span,
                    format!("`renamed` の出来事がありますが、その後の名称も「{}」のままです", was.value),
                    format!("`renamed`, but the name after it is `{}` as before", was.value),
                )
                .help(
                    "`was` に旧名称を書き、記録の初めの `name` を新しい名称に改めてください",
                    "`was` is the former name; write the new one as `name` at the head of the record",
                ),
            );
        }
        after = was;
    }
}

/// A succession whose holder before is the one after it too. Where the effect was lost nobody holds it after.
fn holder_unchanged(service: &Service, problems: &mut Problems) {
    let Some(mut after) = service.provider.as_ref() else { return };
    for (effect, before) in service.events.iter().rev().filter_map(holder_before) {
        if effect == Effect::Kept && before.value == after.value {
            problems.push(
                Problem::new(
                    Code::NameAgainstEvents,
                    before.span,
                    format!("承継前の事業者と承継後の事業者が、どちらも `{}` です", before.value),
                    format!("the provider before the succession is the one after it too: `{}`", before.value),
                )
                .help(
                    "認定を持つ事業者が変わったのであれば記録の初めの `provider` を承継後の事業者に改め、変わらないのであれば `from_provider` を取り除いてください",
                    "if the holder changed, write the new one as `provider` at the head of the record; if not, leave out `from_provider`",
                ),
            );
        }
        after = before;
    }
}

/// A split that leaves this service where it is, and yet names another holder before it (R85).
fn holder_of_what_stays(service: &Service, problems: &mut Problems) {
    for event in &service.events {
        if let EventKind::Succession { from_provider: Some(before), hands_over_service: Some(false), .. } = &event.kind {
            problems.push(
                Problem::new(
                    Code::NameAgainstEvents,
                    before.span,
                    "このサービスの事業が承継されないのに、承継前の事業者（`from_provider`）が書かれています",
                    "the business of this service was not handed over, and yet `from_provider` names a holder before",
                )
                .help(
                    "`from_provider` は、この認定を前に持っていた事業者です。変わらないのであれば取り除いてください",
                    "`from_provider` is who held this certification before; if that did not change, leave it out",
                ),
            );
        }
    }
}

/// A service whose name in a disclosure is none that its record and events know.
fn service_name(service: &Service, scheme: &Scheme, problems: &mut Problems) {
    let known = own_names(service);
    if let Some(disclosure) = latest_unknown(service, scheme, Role::ServiceName, &known) {
        let day = disclosure.date;
        problems.push(
            Problem::new(
                Code::NameAgainstEvents,
                service.name.span,
                format!("サービスの名称が {day} の開示内容のものと異なりますが、名称の変更の記録がありません"),
                format!("not the service's name in the disclosure of {day}, and no change of name is recorded"),
            )
            .help(
                "名称が変わったのであれば、旧名称を `was` に書いた `renamed` の出来事を加えてください。そうでなければ、記録か開示内容の名称を確かめてください",
                "if the name changed, add an event of kind `renamed` with the former name as `was`; if not, check both names",
            ),
        );
    }
}

/// A service whose provider in a disclosure is none that its record and events know.
fn holder(context: &Context<'_>, service: &Service, scheme: &Scheme, problems: &mut Problems) {
    let Some(provider) = &service.provider else { return };
    let ids = std::iter::once(provider).chain(service.events.iter().filter_map(holder_before).map(|(_, id)| id));
    let holders: Option<Vec<&Provider>> = ids.map(|id| context.registry.providers.get(&id.value)).collect();
    // What a record that could not be read would have told is not missing.
    let Some(holders) = holders else { return };
    let known: Vec<&str> = holders.into_iter().flat_map(names_of).collect();
    if let Some(disclosure) = latest_unknown(service, scheme, Role::ProviderName, &known) {
        let day = disclosure.date;
        problems.push(
            Problem::new(
                Code::NameAgainstEvents,
                provider.span,
                format!("事業者の名称が {day} の開示内容のものと異なりますが、名称の変更も事業の承継も記録されていません"),
                format!("not the provider's name in the disclosure of {day}, and neither a new name nor a succession is recorded"),
            )
            .help(
                "事業者の名称が変わったのであれば事業者の記録に `[[former_name]]` と、この認定に `changed` の出来事を、認定を持つ事業者が変わったのであれば `from_provider` のある `succession` の出来事を加えてください",
                "if the provider has a new name, add `[[former_name]]` to its record and an event of kind `changed` here; if the holder changed, an event of kind `succession` with `from_provider`",
            ),
        );
    }
}

/// R152: until the day of a renaming or succession the pages show the name and the holder before it; what the service's own
/// texts tell is published as it stands.
fn later_name_told(context: &Context<'_>, service: &Service, problems: &mut Problems) {
    let coming = || service.events.iter().filter(|event| event.on.value > context.day);
    let mut later: Vec<&str> = Vec::new();
    let shown = name_before_coming(&service.events, context.day);
    if shown.is_some() {
        later.push(&service.name.value);
        later.extend(coming().filter_map(former_name).skip(1).map(|was| was.value.as_str()));
    }
    if holder_before_coming(&service.events, context.day).is_some() {
        let between = coming().filter_map(holder_before).skip(1).map(|(_, id)| id);
        let holders = service.provider.iter().chain(between).filter_map(|id| context.registry.providers.get(&id.value));
        later.extend(holders.map(|provider| provider.name.value.as_str()));
    }
    // A later name that is a part of the present one is told by that.
    later.retain(|name| shown.is_none_or(|shown| !shown.value.contains(name)));
    for text in std::iter::once(&service.summary).chain(&service.parts) {
        let Some(name) = later.iter().find(|name| text.value.contains(*name)) else { continue };
        problems.push(
            Problem::new(
                Code::LaterNameTold,
                text.span,
                format!("先の日付の変更の後の名称「{name}」が、その日より前のページに載ります"),
                format!("`{name}`, a name of after a coming change, is told on pages of before it"),
            )
            .help(
                "変更の日までは今の名称で書き、その日に改めてください",
                "use the present name until the day of the change, and the later one from then on",
            ),
        );
    }
}

fn former_name(event: &Event) -> Option<&Spanned<String>> {
    if let EventKind::Renamed { was } = &event.kind { Some(was) } else { None }
}

fn holder_before(event: &Event) -> Option<(Effect, &Spanned<String>)> {
    if let EventKind::Succession { effect, from_provider, .. } = &event.kind {
        Some((*effect, from_provider.as_ref()?))
    } else {
        None
    }
}

/// Every name that a service has or had, as far as its record tells.
pub(super) fn own_names(service: &Service) -> Vec<&str> {
    let other = [&service.kana, &service.name_en].into_iter().flatten();
    let former = service.events.iter().filter_map(former_name);
    let all = std::iter::once(&service.name).chain(other).chain(former).chain(&service.parts);
    all.map(|name| name.value.as_str()).collect()
}

/// Every name that a provider has or had.
fn names_of(provider: &Provider) -> impl Iterator<Item = &str> {
    let other = [&provider.kana, &provider.name_en].into_iter().flatten();
    let former = provider.former_names.iter().map(|former| &former.name);
    std::iter::once(&provider.name).chain(other).chain(former).map(|name| name.value.as_str())
}

/// The latest disclosure whose item of a role states none of the known names, while no event after it speaks of a change.
fn latest_unknown<'s>(service: &'s Service, scheme: &Scheme, role: Role, known: &[&str]) -> Option<&'s Disclosure> {
    service.disclosures.iter().rev().find(|disclosure| {
        let edition = disclosure.edition.and_then(|at| scheme.editions.get(at));
        let unknown = |text: &str| !known.iter().any(|name| states(text, name));
        edition.and_then(|edition| stated(disclosure, edition, role)).is_some_and(unknown)
            && !service.events.iter().any(|event| event.on.value > disclosure.date && tells_change(&event.kind))
    })
}

fn stated<'d>(disclosure: &'d Disclosure, edition: &Edition, role: Role) -> Option<&'d str> {
    let (section, item) = edition.with_role(role)?;
    disclosure.section(section).find_map(|table| match &table.answer(item)?.answer {
        Answer::Text(text) => Some(text.as_str()),
        Answer::None(_) | Answer::Undisclosed(_) | Answer::Withheld(_) => None,
    })
}

/// Whether an event may be the record of another name or holder.
pub(super) fn tells_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Changed { .. } | EventKind::Renamed { .. } | EventKind::Succession { .. } | EventKind::Corrected { .. } => {
            true
        }
        EventKind::Certified { .. }
        | EventKind::RenewalApplied
        | EventKind::ContinuationGranted
        | EventKind::Renewed { .. }
        | EventKind::RenewalRefused
        | EventKind::RenewalWithdrawn
        | EventKind::Ended { .. }
        | EventKind::ImprovementRequested { .. }
        | EventKind::ImprovementMet { .. }
        | EventKind::Revoked { .. }
        | EventKind::CertificateReturned => false,
    }
}

/// Short and long forms of kinds of companies, as NFKC leaves them.
const COMPANIES: [&str; 14] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "一般財団法人",
    "公益社団法人",
    "公益財団法人",
    "(株)",
    "(有)",
    "(同)",
    "(一社)",
    "(一財)",
];

/// Whether a text states a name: as a whole, or as a part of its own between brackets, commas, colons and line breaks.
fn states(text: &str, name: &str) -> bool {
    let (text, name) = (without_company(text), key(name));
    !name.is_empty() && (folded(&text) == name || text.split(is_border).any(|part| folded(part) == name))
}

/// What is the same for names that differ only in width, case, spaces, signs and kinds of companies.
pub(super) fn key(name: &str) -> String {
    folded(&without_company(name))
}

fn without_company(text: &str) -> String {
    let plain: String = text.nfkc().collect();
    COMPANIES.iter().fold(plain, |text, kind| text.replace(kind, ""))
}

fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

fn is_border(c: char) -> bool {
    matches!(
        c,
        '\n' | '('
            | ')'
            | '['
            | ']'
            | '「'
            | '」'
            | '『'
            | '』'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '、'
            | ','
            | '。'
            | ':'
            | '/'
            | '|'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_but_for_width_spaces_and_kinds_of_companies() {
        for (a, b) in [
            ("スプリングクラウド㈱", "株式会社 ｽﾌﾟﾘﾝｸﾞｸﾗｳﾄﾞ"),
            ("ＳＰＲＩＮＧ・クラウド", "Spring クラウド"),
            ("（株）ゆき", "ゆき株式会社"),
        ] {
            assert_eq!(key(a), key(b));
        }
        assert_ne!(key("スプリングクラウド"), key("スプリングクラウドNEO"));
    }

    #[test]
    fn a_text_states_a_name_as_a_whole_or_as_a_part_of_its_own() {
        assert!(states("商号：スプリングクラウド株式会社（SPRING Cloud, Inc.）", "スプリングクラウド㈱"));
        assert!(states("つばきポート\n（旧：越北）", "つばきポート"));
        assert!(!states("つばきポートNEO", "つばきポート"));
    }
}
