//! The filters of the lists: what a reader can narrow a list down by, each option with its count over all pages.

use serde::Serialize;

use crate::fold::fold;
use crate::route::Route;
use crate::view::{Answer, Scheme, Service};

use super::Press;
use super::items::Items;

/// What the form over a list is made of beside the counts by standing and category, and where its script finds the rest.
#[derive(Serialize)]
pub(super) struct Filter<'v> {
    facets: Vec<FacetCounts<'v>>,
    /// In how many days a term ends, for choosing; none where the terms are over.
    days: &'static [u32],
    data: String,
    /// What stands in front of a serial in numbers, and in addresses.
    prefix: &'v str,
    slug: &'v str,
    /// Digits of a serial.
    digits: usize,
    /// The addresses of services and providers with a place for what differs.
    service: String,
    provider: String,
}

#[derive(Serialize)]
struct FacetCounts<'v> {
    id: &'v str,
    name: &'v str,
    name_en: Option<&'v str>,
    values: Vec<ValueCount<'v>>,
}

#[derive(Serialize)]
struct ValueCount<'v> {
    value: &'v str,
    count: usize,
}

/// Days ahead within which a term may end.
const DAYS: [u32; 4] = [30, 60, 90, 180];

/// An item with a closed set of answers.
pub(super) struct Facet<'i, 'v> {
    entry: &'i super::items::Entry<'v>,
    /// The answers as they are compared.
    folded: Vec<String>,
}

/// The facets of a scheme: items of the latest edition whose catalogue lists their answers.
pub(super) fn facets<'i, 'v>(items: &'i Items<'v>) -> Vec<Facet<'i, 'v>> {
    let of_latest = items.latest().iter().filter(|entry| !entry.item.facet.is_empty());
    of_latest.map(|entry| Facet { entry, folded: entry.item.facet.iter().map(|value| fold(value.trim())).collect() }).collect()
}

impl<'v> Facet<'_, 'v> {
    /// The full name of its item.
    pub(super) fn id(&self) -> &'v str {
        &self.entry.item.id
    }

    /// Which of the listed answers a service gives, by their places; a whole answer counts and no part of one.
    pub(super) fn values(&self, scheme: &Scheme, service: &Service) -> Vec<usize> {
        let mut values: Vec<usize> = self.entry.lines(scheme, service).filter_map(|line| self.value(line.answer)).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    fn value(&self, answer: &Answer) -> Option<usize> {
        match answer {
            Answer::Text { text } => {
                let text = fold(text.trim());
                self.folded.iter().position(|value| *value == text)
            }
            Answer::None { .. }
            | Answer::Undisclosed { .. }
            | Answer::Withheld { .. }
            | Answer::Pending { .. }
            | Answer::NotStated => None,
        }
    }
}

/// The filters of one list of a scheme.
pub(super) fn filter<'v>(press: &'v Press<'v>, index: usize, ended: bool, services: &[&Service]) -> Option<Filter<'v>> {
    let (scheme, items) = (press.view.schemes.get(index)?, &press.schemes.get(index)?.items);
    let facets = facets(items).into_iter().map(|facet| {
        let given: Vec<usize> = services.iter().flat_map(|service| facet.values(scheme, service)).collect();
        let item = facet.entry.item;
        let count = |at: usize| given.iter().filter(|given| **given == at).count();
        let values = item.facet.iter().enumerate().map(|(at, value)| ValueCount { value, count: count(at) });
        FacetCounts { id: &item.id, name: &item.name, name_en: item.name_en.as_deref(), values: values.collect() }
    });
    Some(Filter {
        // What nobody answers, as after the end of all terms, is no choice.
        facets: facets.filter(|facet| facet.values.iter().any(|value| value.count > 0)).collect(),
        days: if ended { &[] } else { &DAYS },
        data: press.link(Route::ListData { scheme: &scheme.id, part: 1 }),
        prefix: &scheme.number.prefix,
        slug: &scheme.number.slug,
        digits: scheme.number.serial_digits,
        service: press.link(Route::Service("{slug}")),
        provider: press.link(Route::Provider("{id}")),
    })
}
