//! The body's notices up to the day, each naming its services by their exact numbers (R107).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::{Notice, NumberForm};
use crate::view;

/// The notices that are out on the day, oldest first.
pub(super) fn published(
    notices: Vec<Notice>,
    forms: &[&NumberForm],
    services: &[view::Service],
    day: NaiveDate,
) -> Vec<view::Notice> {
    let slugs: BTreeSet<&str> = services.iter().map(|service| service.slug.as_str()).collect();
    let mut out: Vec<view::Notice> = notices
        .into_iter()
        .filter(|notice| notice.date <= day)
        .map(|notice| view::Notice {
            date: notice.date,
            name: notice.name(),
            title: notice.title.value,
            kind: notice.kind.value,
            services: notice.services.into_iter().filter_map(|number| service(&number.value, forms, &slugs)).collect(),
            text: notice.text.value,
        })
        .collect();
    out.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    out
}

/// A number in its exact form with its address; none where the service is not published.
fn service(text: &str, forms: &[&NumberForm], slugs: &BTreeSet<&str>) -> Option<view::Relation> {
    let (number, _) = forms.iter().find_map(|form| form.read(text))?;
    let slug = number.slug().to_owned();
    slugs.contains(slug.as_str()).then(|| view::Relation { number: number.shown().to_owned(), slug: Some(slug) })
}
