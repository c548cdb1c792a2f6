//! `list.json`: a scheme's services as the filters of its lists need them, column by column, in parts of a thousand. The
//! first part tells how many there are. No day stands here; the lists tell theirs.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;

use crate::route::Route;
use crate::view::{ProviderBrief, Scheme, Service};

use super::Press;
use super::filter::facets;
use super::reading::Readings;

/// Services in one part.
const PART: usize = 1000;

#[derive(Serialize)]
struct Part<'v> {
    parts: usize,
    /// The items that facets are of, in the order of the column.
    facets: Vec<&'v str>,
    categories: Vec<&'v str>,
    providers: Vec<Provider<'v>>,
    services: Columns<'v>,
}

#[derive(Serialize)]
struct Provider<'v> {
    id: &'v str,
    name: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kana: Option<&'v str>,
    /// Its place among all of the scheme by reading.
    rank: usize,
}

/// One value for each service, by number.
#[derive(Default, Serialize)]
struct Columns<'v> {
    /// The number behind the scheme's prefix.
    number: Vec<&'v str>,
    name: Vec<&'v str>,
    name_en: Vec<Option<&'v str>>,
    kana: Vec<Option<&'v str>>,
    /// Its place among all of the scheme by reading.
    rank: Vec<usize>,
    /// Index of its provider in this part.
    provider: Vec<usize>,
    standing: Vec<&'static str>,
    certified_on: Vec<NaiveDate>,
    valid_from: Vec<NaiveDate>,
    valid_until: Vec<NaiveDate>,
    /// First day without effect, where the service is no longer in force.
    ended_on: Vec<Option<NaiveDate>>,
    /// Indices of its categories.
    categories: Vec<Vec<usize>>,
    /// For each facet the indices of the answers it gives.
    facets: Vec<Vec<Vec<usize>>>,
}

/// Writes the parts of every scheme.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let readings = Readings::new()?;
    for (index, scheme) in press.view.schemes.iter().enumerate() {
        let services: Vec<&Service> = press.view.services.iter().filter(|service| service.scheme == index).collect();
        let ranks =
            ranks(services.iter().map(|service| (reading(&service.kana, &service.name), service.slug.as_str())), &readings);
        let providers: BTreeMap<&str, &ProviderBrief> =
            services.iter().map(|service| (service.provider.id.as_str(), &service.provider)).collect();
        let provider_ranks = ranks_of_providers(&providers, &readings);
        let parts = services.len().div_ceil(PART).max(1);
        for part in 1..=parts {
            let from = (part - 1) * PART;
            let services = services.iter().copied().zip(ranks.iter().copied()).skip(from).take(PART).collect::<Vec<_>>();
            let part_of = self::part(press, index, scheme, parts, &services, &provider_ranks);
            press.json(Route::ListData { scheme: &scheme.id, part }, &part_of)?;
        }
    }
    Ok(())
}

fn reading<'v>(kana: &'v Option<String>, name: &'v str) -> &'v str {
    kana.as_deref().unwrap_or(name)
}

/// The place of each name by reading; equal ones stand by what makes them differ.
fn ranks<'v>(names: impl Iterator<Item = (&'v str, &'v str)>, readings: &Readings) -> Vec<usize> {
    let names: Vec<(&str, &str)> = names.collect();
    let mut order: Vec<(usize, &(&str, &str))> = names.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| readings.compare(a.0, b.0).then_with(|| a.1.cmp(b.1)));
    let mut ranks = vec![0; names.len()];
    for (rank, (at, _)) in order.into_iter().enumerate() {
        if let Some(place) = ranks.get_mut(at) {
            *place = rank;
        }
    }
    ranks
}

fn ranks_of_providers<'v>(providers: &BTreeMap<&'v str, &'v ProviderBrief>, readings: &Readings) -> BTreeMap<&'v str, usize> {
    let names = providers.iter().map(|(id, provider)| (reading(&provider.kana, &provider.name), *id));
    providers.keys().copied().zip(ranks(names, readings)).collect()
}

fn part<'v>(
    press: &'v Press<'_>,
    index: usize,
    scheme: &'v Scheme,
    parts: usize,
    services: &[(&'v Service, usize)],
    provider_ranks: &BTreeMap<&'v str, usize>,
) -> Part<'v> {
    let facets = press.schemes.get(index).map(|parts| facets(&parts.items)).unwrap_or_default();
    let mut providers = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut columns = Columns::default();
    for &(service, rank) in services {
        let provider = *places.entry(&service.provider.id).or_insert_with(|| {
            let rank = provider_ranks.get(service.provider.id.as_str()).copied().unwrap_or_default();
            providers.push(self::provider(&service.provider, rank));
            providers.len() - 1
        });
        columns.rank.push(rank);
        columns.provider.push(provider);
        columns.facets.push(facets.iter().map(|facet| facet.values(scheme, service)).collect());
        columns.add(scheme, service);
    }
    Part {
        parts,
        facets: facets.iter().map(super::filter::Facet::id).collect(),
        categories: scheme.categories.iter().map(|category| category.id.as_str()).collect(),
        providers,
        services: columns,
    }
}

fn provider(provider: &ProviderBrief, rank: usize) -> Provider<'_> {
    Provider {
        id: &provider.id,
        name: &provider.name,
        name_en: provider.name_en.as_deref(),
        kana: provider.kana.as_deref(),
        rank,
    }
}

impl<'v> Columns<'v> {
    /// Adds what the service itself tells.
    fn add(&mut self, scheme: &Scheme, service: &'v Service) {
        let term = service.latest_term();
        let categories = scheme.categories.iter().enumerate();
        self.number.push(scheme.number.digits(&service.slug));
        self.name.push(&service.name);
        self.name_en.push(service.name_en.as_deref());
        self.kana.push(service.kana.as_deref());
        self.standing.push(service.standing.name());
        self.certified_on.push(service.certified_on);
        self.valid_from.push(term.from);
        self.valid_until.push(term.until);
        let ended_on = service.ended_on.unwrap_or(service.standing_since);
        self.ended_on.push((!service.standing.in_force()).then_some(ended_on));
        self.categories
            .push(categories.filter(|(_, category)| service.categories.contains(&category.id)).map(|(at, _)| at).collect());
    }
}
