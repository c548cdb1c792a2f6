//! The index of providers by reading, and a page for each with its services.

use anyhow::Result;
use serde::Serialize;

use crate::route::Route;
use crate::view::{FormerName, Provider, Service};

use super::Press;
use super::list::{Row, row};
use super::picture::{self, Shown};
use super::reading::{Readings, row as kana_row, rows as kana_rows};

#[derive(Serialize)]
struct Entry<'v> {
    name: &'v str,
    name_en: Option<&'v str>,
    kana: Option<&'v str>,
    address: String,
    in_force: usize,
    ended: usize,
}

#[derive(Serialize)]
struct KanaRow<'v> {
    name: &'static str,
    providers: Vec<Entry<'v>>,
}

#[derive(Serialize)]
struct ProviderPage<'v> {
    name: &'v str,
    name_en: Option<&'v str>,
    kana: Option<&'v str>,
    corporate_number: Option<&'v str>,
    address: Option<&'v str>,
    url: Option<&'v str>,
    logo: Option<Shown>,
    former_names: &'v [FormerName],
    in_force: Vec<Row<'v>>,
    ended: Vec<Row<'v>>,
}

/// Writes the index and every provider.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let view = press.view;
    let title = press.word("providers.title")?;
    let mut context = press.context(Route::Providers, "providers", title);
    context.insert("day", &view.site.day);
    context.insert("past", &view.site.past);
    context.insert("count", &view.providers.len());
    context.insert("rows", &index(press)?);
    press.page(Route::Providers, "providers.html", &context)?;
    view.providers.iter().try_for_each(|provider| {
        let route = Route::Provider(&provider.brief.id);
        let title = press.title(&provider.brief.name, provider.brief.name_en.as_deref());
        let mut context = press.context(route, "provider", title);
        context.insert("past", &view.site.past);
        context.insert("provider", &page(press, provider));
        press.page(route, "provider.html", &context)
    })
}

/// The providers by reading, in the rows あかさたな. Without a reading a name stands behind all of them.
fn index<'v>(press: &Press<'v>) -> Result<Vec<KanaRow<'v>>> {
    let readings = Readings::new()?;
    let mut providers: Vec<&Provider> = press.view.providers.iter().collect();
    let reading = |provider: &'v Provider| provider.brief.kana.as_deref().unwrap_or(&provider.brief.name);
    providers.sort_by(|a, b| readings.compare(reading(a), reading(b)).then_with(|| a.brief.id.cmp(&b.brief.id)));
    let of = |name: &'static str| KanaRow {
        name,
        providers: providers
            .iter()
            .filter(|provider| kana_row(provider.brief.kana.as_deref()) == name)
            .map(|provider| entry(press, provider))
            .collect(),
    };
    Ok(kana_rows().map(of).filter(|row| !row.providers.is_empty()).collect())
}

fn entry<'v>(press: &Press<'v>, provider: &'v Provider) -> Entry<'v> {
    let (in_force, ended) = services(press, provider);
    Entry {
        name: &provider.brief.name,
        name_en: provider.brief.name_en.as_deref(),
        kana: provider.brief.kana.as_deref(),
        address: press.link(Route::Provider(&provider.brief.id)),
        in_force: in_force.len(),
        ended: ended.len(),
    }
}

fn page<'v>(press: &Press<'v>, provider: &'v Provider) -> ProviderPage<'v> {
    let (in_force, ended) = services(press, provider);
    ProviderPage {
        name: &provider.brief.name,
        name_en: provider.brief.name_en.as_deref(),
        kana: provider.brief.kana.as_deref(),
        corporate_number: provider.brief.corporate_number.as_deref(),
        address: provider.brief.address.as_deref(),
        url: provider.brief.url.as_deref(),
        logo: provider.brief.logo.as_deref().and_then(|file| picture::shown(press.view, file)),
        former_names: &provider.brief.former_names,
        in_force: in_force.into_iter().map(|service| row(press, service)).collect(),
        ended: ended.into_iter().map(|service| row(press, service)).collect(),
    }
}

/// A provider's services in force, and those no longer in force.
fn services<'v>(press: &Press<'v>, provider: &Provider) -> (Vec<&'v Service>, Vec<&'v Service>) {
    let services = provider.services.iter().filter_map(|&index| press.view.services.get(index));
    services.partition(|service| service.standing.in_force())
}
