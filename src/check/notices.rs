//! Notices of the body.

use crate::model::Notice;
use crate::problem::{Code, Problem, Problems};

use super::deadlines::PUBLISHED_LATER;
use super::{Context, numbers};

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    for notice in &context.registry.notices {
        for number in &notice.services {
            numbers::known_service(context, "", number, problems);
        }
        notice_without_service(notice, problems);
        if notice.date > context.day {
            problems.push(
                Problem::new(
                    Code::NotYetPublished,
                    notice.place,
                    "先の日付のお知らせで、まだ公表されません",
                    "a notice of a coming day, not published yet",
                )
                .help(PUBLISHED_LATER.0, PUBLISHED_LATER.1),
            );
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
                "初めの `+++` の行の下に、`services = [\"認定番号\"]` の行を加えてください",
                "add the line `services = [\"NUMBER\"]` with the numbers below the first `+++`",
            ),
        );
    }
}
