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
        notice_without_service(notice, problems);
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

/// Kinds of notices that are about certain certifications.
const ABOUT_SERVICES: [&str; 7] = ["revocation", "lapse", "improvement", "取消し", "認定取消し", "効力喪失", "改善要請"];

/// R101, R107: such a notice names them, so that it is found at their pages.
fn notice_without_service(notice: &Notice, problems: &mut Problems) {
    let kind = notice.kind.value.as_str();
    if ABOUT_SERVICES.contains(&kind) && notice.services.is_empty() {
        problems.push(
            Problem::new(
                Code::NoticeWithoutService,
                notice.kind.span,
                format!("種類が `{kind}` のお知らせですが、対象の認定が示されていません"),
                format!("a notice of kind `{kind}` that names no certification"),
            )
            .help(
                "前書きに `services = [\"認定番号\"]` を加えてください",
                "add `services = [\"NUMBER\"]` with the numbers to its front matter",
            ),
        );
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
