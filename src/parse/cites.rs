//! `[cites]` of a scheme: where the body's own documents say what the messages of `check` are about.

use std::collections::BTreeMap;

use crate::problem::{Code, Problem, Problems, Rule};
use crate::table::{Subject, Table};

/// Reads the table; a key that names no rule is told with the names there are.
pub(super) fn read(mut table: Table<'_>, problems: &mut Problems) -> BTreeMap<Rule, String> {
    let mut cites = BTreeMap::new();
    while let Some(taken) = table.take_any() {
        let Some(rule) = Rule::named(&taken.name) else {
            let names: Vec<String> = Rule::ALL.iter().map(|rule| format!("`{}`", rule.name())).collect();
            problems.conceal(taken.place);
            problems.push(
                Problem::new(
                    Code::UnknownKey,
                    taken.key,
                    format!("`{}` という規則の名前はありません", taken.name),
                    format!("there is no rule named `{}`", taken.name),
                )
                .without_rule()
                .help(
                    format!("規則の名前から選んでください：{}", names.join("、")),
                    format!("choose one of the names of rules: {}", names.join(", ")),
                ),
            );
            continue;
        };
        cites.extend(table.as_text(taken, Subject::Key(rule.name()), problems).map(|text| (rule, text.value)));
    }
    cites
}
