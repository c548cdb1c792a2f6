//! Notices of the body.

use crate::model::Notice;
use crate::problem::{Code, Problem, Problems, Span, Spanned};

use super::{Context, numbers};

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    for notice in &context.registry.notices {
        for number in &notice.services {
            numbers::known_service(context, "", number, problems);
        }
        former_body_name(context, notice, problems);
        if notice.date > context.day {
            problems.push(Problem::new(
                Code::NotYetPublished,
                notice.place,
                "先の日付のお知らせで、まだ公表されません",
                "a notice of a coming day, not published yet",
            ));
        }
    }
}

/// R125: a notice names the body as it was called on its day.
fn former_body_name(context: &Context<'_>, notice: &Notice, problems: &mut Problems) {
    let former = context.settings.iter().flat_map(|settings| &settings.body.former_names);
    for former in former.filter(|former| former.until.value < notice.date) {
        let name = &former.name.value;
        if let Some(at) = notice.text.value.find(name.as_str()) {
            problems.push(Problem::new(
                Code::FormerBodyName,
                part(&notice.text, at, name.len()),
                format!("機関の以前の名称「{name}」（{} まで）を用いています", former.until.value),
                format!("names the body as `{name}`, its name until {}", former.until.value),
            ));
        }
    }
}

/// The place of a part of a text, by its offset and length in bytes. The text stands in its file as it is.
fn part(text: &Spanned<String>, at: usize, len: usize) -> Span {
    let from = text.span.start as usize + at;
    Span::new(text.span.file, from..from + len)
}
