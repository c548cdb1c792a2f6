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
        raw_mail_address(&notice.text, problems);
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

/// R105, R106: a mail address in a public text of the body stands in its `_atmark_` form.
pub(super) fn raw_mail_address(text: &Spanned<String>, problems: &mut Problems) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let raw = text.value.match_indices('@').find(|(at, _)| {
        let before = text.value.get(..*at).unwrap_or_default().ends_with(is_part);
        let domain: String = text.value.get(at + 1..).unwrap_or_default().chars().take_while(|&c| is_part(c)).collect();
        before && domain.trim_end_matches('.').contains('.')
    });
    if let Some((at, sign)) = raw {
        problems.push(
            Problem::new(
                Code::RawMailAddress,
                part(text, at, sign.len()),
                "メールアドレスが @ のまま書かれています",
                "a mail address is written with its @",
            )
            .help("`office_atmark_example.jp` の形にしてください", "write it as `office_atmark_example.jp`"),
        );
    }
}

/// The place of a part of a text, by its offset and length in bytes. The text stands in its file as it is.
fn part(text: &Spanned<String>, at: usize, len: usize) -> Span {
    let from = text.span.start as usize + at;
    Span::new(text.span.file, from..from + len)
}
