//! For people: the message, the place with its line, the rule and what would be right.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::problem::Severity;

use super::{Located, Style};

pub(super) fn write(problems: &[Located<'_>], style: Style<'_>) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for problem in problems {
        out.push_str(&one(problem, style, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(located: &Located<'_>, style: Style<'_>, renderer: &Renderer) -> String {
    let problem = located.problem;
    let lang = style.lang;
    let level = match problem.code.severity() {
        Severity::Error => Level::ERROR.with_name(lang.pick("誤り", "error")),
        Severity::Warning => Level::WARNING.with_name(lang.pick("警告", "warning")),
    };
    let message = located.message(lang);
    let title = level.primary_title(message.as_str()).id(problem.code.name());
    let mut group = match &located.excerpt {
        Some(excerpt) => title.element(
            Snippet::source(excerpt.text.as_str())
                .line_start(located.place.line)
                .path(located.path.as_str())
                .annotation(AnnotationKind::Primary.span(excerpt.marked.clone())),
        ),
        None => title.element(Origin::path(located.path.as_str()).line(located.place.line).char_column(located.place.column)),
    };
    let (service, item, rule) = (located.service_line(lang), located.item_line(lang), located.rule(lang));
    for line in [&service, &item].into_iter().flatten() {
        group = group.element(Level::NOTE.no_name().message(line.as_str()));
    }
    if let Some(rule) = &rule {
        group = group.element(Level::NOTE.with_name(lang.pick("規則", "rule")).message(rule.as_str()));
    }
    group = group.element(Level::HELP.with_name(lang.pick("対処", "help")).message(lang.of(&problem.help)));
    renderer.render(&[group])
}
