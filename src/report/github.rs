//! For GitHub: one workflow command a problem, shown beside the line it is about.

use super::{Located, Style};

pub(super) fn write(problems: &[Located<'_>], style: Style<'_>) -> String {
    problems.iter().map(|problem| one(problem, style)).collect()
}

fn one(located: &Located<'_>, style: Style<'_>) -> String {
    let lang = style.lang;
    let problem = located.problem;
    let place = located.place;
    let mut message = located.message(lang);
    let help = lang.of(&problem.help).to_owned();
    for line in [located.service_line(lang), located.item_line(lang), located.rule(lang), Some(help)].into_iter().flatten() {
        message.push('\n');
        message.push_str(&line);
    }
    format!(
        "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        problem.code.severity().name(),
        property(&format!("{}{}", style.folder, located.path)),
        place.line,
        place.column,
        place.end_line,
        place.end_column,
        property(problem.code.name()),
        data(&message),
    )
}

/// What stands after `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands after `key=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
