//! Providers: names that changed while a certification was in force.

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
    if in_force && !held_by_another && !notified && changed_on <= context.day {
        problems.push(
            Problem::new(
                Code::RenameWithoutNotice,
                service.span,
                format!("事業者の名称が {changed_on} に変わりましたが、変更の記録がありません"),
                format!("its provider changed its name on {changed_on}, but no change is recorded"),
            )
            .of(&service.place)
            .help("`kind = \"changed\"` の出来事を加えてください", "add an event of kind `changed`"),
        );
    }
}

fn former_names_in_order(provider: &Provider, problems: &mut Problems) {
    for pair in provider.former_names.windows(2) {
        if let [earlier, later] = pair
            && later.until.value <= earlier.until.value
        {
            problems.push(Problem::new(
                Code::BadValue,
                later.until.span,
                "以前の名称は終わりの日の順に書きます",
                "former names stand in the order of their last days",
            ));
        }
    }
}
