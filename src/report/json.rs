//! For programs: one array of objects (records.md, "The commands").

use serde::Serialize;

use super::{Lang, Located};

#[derive(Serialize)]
struct Record<'p> {
    severity: &'static str,
    code: &'static str,
    cause: &'static str,
    path: &'p str,
    line: usize,
    column: usize,
    message: String,
    help: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'p str>,
}

pub(super) fn write(problems: &[Located<'_>], lang: Lang) -> String {
    let records: Vec<Record<'_>> = problems
        .iter()
        .map(|located| Record {
            severity: located.problem.code.severity().name(),
            code: located.problem.code.name(),
            cause: located.problem.code.cause().name(),
            path: &located.path,
            line: located.place.line,
            column: located.place.column,
            message: located.message(lang),
            help: lang.of(&located.problem.help),
            rule: located.rule(lang),
            number: located.service.map(|service| service.number.as_str()),
            item: located.problem.item.as_ref().map(|item| item.full.as_str()),
        })
        .collect();
    // Plain texts and numbers always become JSON.
    let mut out = serde_json::to_string_pretty(&records).unwrap_or_default();
    out.push('\n');
    out
}
