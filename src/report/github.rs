//! For GitHub: one workflow command a problem, shown beside the line it is about.

use super::{Lang, Located};

pub(super) fn write(problems: &[Located<'_>], lang: Lang) -> String {
    problems.iter().map(|problem| one(problem, lang)).collect()
}

fn one(located: &Located<'_>, lang: Lang) -> String {
    let problem = located.problem;
    let place = located.place;
    let mut message = lang.of(&problem.message).to_owned();
    let help = problem.help.as_ref().map(|help| lang.of(help).to_owned());
    for line in [located.service_line(lang), located.item_line(lang), located.rule(lang), help].into_iter().flatten() {
        message.push('\n');
        message.push_str(&line);
    }
    format!(
        "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        problem.code.severity().name(),
        property(located.path),
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
