//! Providers: names that changed while a certification was in force.

use std::collections::BTreeMap;

use chrono::Days;

use crate::judge::judge;
use crate::model::{FormerName, Provider, Service, holder_before_coming};
use crate::problem::{Code, Problem, Problems};

use super::{Context, names};

/// A change notice may come some weeks ahead of the change.
const AHEAD: Days = Days::new(90);

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    for service in &context.registry.services {
        let provider = service.provider.as_ref().and_then(|id| context.registry.providers.get(&id.value));
        for former in provider.iter().flat_map(|provider| &provider.former_names) {
            rename_without_notice(context, service, former, problems);
        }
    }
    for provider in context.registry.providers.values() {
        former_names_in_order(provider, problems);
    }
    corporate_number_twice(context, problems);
}

/// R15: the certificate bears the provider's name, so a change within a term is notified.
fn rename_without_notice(context: &Context<'_>, service: &Service, former: &FormerName, problems: &mut Problems) {
    let rules = context.registry.schemes.get(&service.scheme).and_then(|scheme| scheme.rules.as_ref());
    let (Some(rules), Some(settings), Some(changed_on)) = (rules, context.settings, former.until.value.succ_opt()) else {
        return;
    };
    let in_force = judge(&service.events, rules, settings.term_end, changed_on)
        .is_some_and(|judged| judged.standing.in_force() && judged.certified_on < changed_on);
    let earliest = changed_on.checked_sub_days(AHEAD).unwrap_or(changed_on);
    let notified = service.events.iter().any(|event| event.on.value >= earliest && names::tells_change(&event.kind));
    // Who became the holder later had its former names elsewhere.
    let held_by_another = holder_before_coming(&service.events, changed_on).is_some();
    if in_force && !held_by_another && !notified {
        problems.push(
            Problem::new(
                Code::RenameWithoutNotice,
                service.span,
                format!("事業者の名称が {changed_on} に変わりましたが、変更の届出の記録がありません"),
                format!("its provider changed its name on {changed_on}, but no change is recorded"),
            )
            .of(&service.place)
            .help(
                "変更の届出を受けたら、`kind = \"changed\"` の出来事を加えてください（`note` に変更の内容を書きます）",
                "once the change is notified, add an event of `kind = \"changed\"`, with what changed as `note`",
            ),
        );
    }
}

/// Who has the same 法人番号 is the same corporation, so one of the two is mistyped or a record too many.
fn corporate_number_twice(context: &Context<'_>, problems: &mut Problems) {
    let mut first: BTreeMap<&str, &Provider> = BTreeMap::new();
    for provider in context.registry.providers.values() {
        let Some(number) = &provider.corporate_number else { continue };
        let Some(earlier) = first.get(number.value.as_str()) else {
            first.insert(&number.value, provider);
            continue;
        };
        let (id, name) = (&earlier.id, &earlier.name.value);
        problems.push(
            Problem::new(
                Code::CorporateNumberTwice,
                number.span,
                format!("この法人番号は、事業者 `{id}`（{name}）にもあります"),
                format!("the provider `{id}` ({name}) has this corporate number too"),
            )
            .help(
                "どちらの番号が正しいか確かめてください。同じ法人であれば記録を一つにし、以前の名称は `[[former_name]]` に書きます",
                "check which one is right; if both are one corporation, keep one record, with former names in `[[former_name]]`",
            ),
        );
    }
}

fn former_names_in_order(provider: &Provider, problems: &mut Problems) {
    for pair in provider.former_names.windows(2) {
        if let [earlier, later] = pair
            && later.until.value <= earlier.until.value
        {
            problems.push(
                Problem::new(
                    Code::BadValue,
                    later.until.span,
                    "以前の名称（`[[former_name]]`）が、終わりの日の順に並んでいません",
                    "former names do not stand in the order of their last days",
                )
                .help(
                    "`until` を確かめ、`[[former_name]]` を終わりの日の早いものから順に並べてください",
                    "check `until`, and put `[[former_name]]` in the order of their last days",
                ),
            );
        }
    }
}
