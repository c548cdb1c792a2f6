//! Notices of the body.

use crate::problem::{Code, Problem, Problems};

use super::{Context, numbers};

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    for notice in &context.registry.notices {
        for number in &notice.services {
            numbers::known_service(context, "", number, problems);
        }
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
