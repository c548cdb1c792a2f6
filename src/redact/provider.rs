//! The public part of a provider on a day: its names always, how to reach it while one of its services is shown whole (R76).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{self, EventKind};
use crate::picture;
use crate::problem::Spanned;
use crate::view;

/// The provider as a service names it; after the end by its names alone.
pub(super) fn brief(provider: &model::Provider, whole: bool, day: NaiveDate) -> view::ProviderBrief {
    // Reading and English name are those of the name that the record has now.
    let of_now = name_before_coming(&provider.former_names, day).is_none();
    view::ProviderBrief {
        id: provider.id.clone(),
        name: name(provider, day).to_owned(),
        name_en: copy(&provider.name_en).filter(|_| of_now),
        kana: copy(&provider.kana).filter(|_| of_now),
        corporate_number: copy(&provider.corporate_number),
        address: Some(provider.address.value.clone()).filter(|_| whole),
        url: copy(&provider.url).filter(|_| whole),
        logo: provider.logo.as_ref().and_then(|logo| picture::logo(&logo.value)).filter(|_| whole).map(str::to_owned),
        former_names: former_names(&provider.former_names, day),
    }
}

/// Every provider that has a published service, by id; the others have no place in the view.
pub(super) fn published(
    services: &[view::Service],
    providers: &BTreeMap<String, model::Provider>,
    keeps_whole: bool,
    day: NaiveDate,
) -> Vec<view::Provider> {
    let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, service) in services.iter().enumerate() {
        of.entry(&service.provider.id).or_default().push(index);
    }
    let published = of.into_iter().filter_map(|(id, own)| {
        let in_force = |&index: &usize| services.get(index).is_some_and(|service| service.standing.in_force());
        let whole = keeps_whole || own.iter().any(in_force);
        Some(view::Provider { brief: brief(providers.get(id)?, whole, day), services: own })
    });
    published.collect()
}

/// The names of the providers that public events name.
pub(super) fn named_in_events(
    services: &[view::Service],
    providers: &BTreeMap<String, model::Provider>,
    day: NaiveDate,
) -> BTreeMap<String, String> {
    let events = services.iter().flat_map(|service| &service.events);
    let ids = events.filter_map(|event| event.kind.from_provider());
    ids.filter_map(|id| Some((id.to_owned(), name(providers.get(id)?, day).to_owned()))).collect()
}

/// The day from which the holder of that day has held the certification, where somebody else held it before.
pub(super) fn held_since(events: &[model::Event], day: NaiveDate) -> Option<NaiveDate> {
    let changes_holder = |kind: &EventKind| matches!(kind, EventKind::Succession { from_provider: Some(_), .. });
    let known = events.iter().rev().filter(|event| event.on.value <= day);
    known.filter(|event| changes_holder(&event.kind)).map(|event| event.on.value).next()
}

/// What a provider is called on a day.
fn name(provider: &model::Provider, day: NaiveDate) -> &str {
    name_before_coming(&provider.former_names, day).unwrap_or(&provider.name.value)
}

/// The name that is the first to be given up from a day on; none where the present name holds already (R152).
pub(super) fn name_before_coming(names: &[model::FormerName], day: NaiveDate) -> Option<&str> {
    let held = names.iter().filter(|former| former.until.value >= day);
    held.min_by_key(|former| former.until.value).map(|former| former.name.value.as_str())
}

/// The names that were given up by the day.
pub(super) fn former_names(names: &[model::FormerName], day: NaiveDate) -> Vec<view::FormerName> {
    let former = names.iter().filter(|former| former.until.value < day);
    former.map(|former| view::FormerName { name: former.name.value.clone(), until: former.until.value }).collect()
}

fn copy(text: &Option<Spanned<String>>) -> Option<String> {
    text.as_ref().map(|text| text.value.clone())
}
