//! Open data, version 1: `index.json` beside each service, `registry.json`, `registry.csv`. Keys are only ever added.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;

use crate::route::{MarkFile, Route};
use crate::view::{Answer, CatalogueItem, Event, Service};

use super::Press;

/// The keys of a service that the registry's own data share with `index.json`.
#[derive(Serialize)]
struct Record<'v> {
    number: &'v str,
    scheme: &'v str,
    name: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'v str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'v str,
    provider: Provider<'v>,
    standing: &'static str,
    standing_since: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_change_on: Option<NaiveDate>,
    certified_on: NaiveDate,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_on: Option<NaiveDate>,
    categories: &'v [String],
    page: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    disclosure: Option<Disclosure<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<BTreeMap<&'static str, String>>,
}

#[derive(Serialize)]
struct Provider<'v> {
    id: &'v str,
    name: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corporate_number: Option<&'v str>,
}

#[derive(Serialize)]
struct Index<'v> {
    #[serde(flatten)]
    record: Record<'v>,
    events: &'v [Event],
    #[serde(skip_serializing_if = "Option::is_none")]
    sections: Option<Vec<Section<'v>>>,
}

/// Which disclosure is shown: the day from which it holds, and the edition of the catalogue that it answers.
#[derive(Serialize)]
struct Disclosure<'v> {
    date: NaiveDate,
    edition: &'v str,
}

#[derive(Serialize)]
struct Section<'v> {
    id: &'v str,
    name: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'v str>,
    items: Vec<Item<'v>>,
}

#[derive(Serialize)]
struct Item<'v> {
    id: &'v str,
    name: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'v str>,
    kind: &'static str,
    criterion: bool,
    answer: &'v Answer,
}

#[derive(Serialize)]
struct Whole<'v> {
    as_of: NaiveDate,
    services: Vec<Record<'v>>,
}

/// Writes `index.json` of a service.
pub(super) fn service(press: &Press<'_>, service: &Service) -> Result<()> {
    let index = Index { record: record(press, service), events: &service.events, sections: sections(press, service) };
    press.json(Route::ServiceData(&service.slug), &index)
}

/// Writes `registry.json` and `registry.csv`.
pub(super) fn registry(press: &Press<'_>) -> Result<()> {
    let services: Vec<Record<'_>> = press.view.services.iter().map(|service| record(press, service)).collect();
    let whole = Whole { as_of: press.view.site.day, services };
    press.json(Route::RegistryJson, &whole)?;
    press.file(Route::RegistryCsv, |out| csv(&whole.services, out))
}

fn record<'v>(press: &Press<'v>, service: &'v Service) -> Record<'v> {
    let base = &press.view.site.base;
    let term = service.latest_term();
    let mark = |file: MarkFile| (file.name(), base.absolute(Route::Mark(&service.slug, file)));
    Record {
        number: &service.number,
        scheme: press.view.schemes.get(service.scheme).map_or("", |scheme| &scheme.id),
        name: &service.name,
        name_en: service.name_en.as_deref(),
        summary: &service.summary,
        provider: Provider {
            id: &service.provider.id,
            name: &service.provider.name,
            name_en: service.provider.name_en.as_deref(),
            corporate_number: service.provider.corporate_number.as_deref(),
        },
        standing: service.standing.name(),
        standing_since: service.standing_since,
        next_change_on: service.next_change_on,
        certified_on: service.certified_on,
        valid_from: term.from,
        valid_until: term.until,
        ended_on: service.ended_on,
        categories: &service.categories,
        page: base.absolute(Route::Service(&service.slug)),
        disclosure: disclosure(press, service),
        mark: service.mark_usable.then(|| MarkFile::ALL.into_iter().map(mark).collect()),
    }
}

fn disclosure<'v>(press: &Press<'v>, service: &'v Service) -> Option<Disclosure<'v>> {
    let disclosure = service.disclosure.as_ref()?;
    let edition = press.view.schemes.get(service.scheme)?.editions.get(disclosure.edition)?;
    Some(Disclosure { date: disclosure.date, edition: &edition.date })
}

fn sections<'v>(press: &Press<'v>, service: &'v Service) -> Option<Vec<Section<'v>>> {
    let disclosure = service.disclosure.as_ref()?;
    let edition = press.view.schemes.get(service.scheme)?.editions.get(disclosure.edition)?;
    let sections = disclosure.sections.iter().filter_map(|section| {
        let catalogue = edition.sections.get(section.section)?;
        let items = catalogue.items.iter().zip(&section.answers).map(|(item, answer)| json_item(item, answer)).collect();
        let name_en = catalogue.name_en.as_deref();
        Some(Section { id: &catalogue.id, name: &catalogue.name, name_en, label: section.label.as_deref(), items })
    });
    Some(sections.collect())
}

fn json_item<'v>(item: &'v CatalogueItem, answer: &'v Answer) -> Item<'v> {
    Item { id: &item.id, name: &item.name, name_en: item.name_en.as_deref(), kind: item.kind, criterion: item.criterion, answer }
}

/// UTF-8 with byte order mark, as spreadsheets want it; RFC 4180 otherwise.
fn csv(services: &[Record<'_>], out: &mut Vec<u8>) -> Result<()> {
    out.extend_from_slice("\u{feff}".as_bytes());
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let columns = [
        "number",
        "scheme",
        "name",
        "provider.id",
        "provider.name",
        "provider.corporate_number",
        "standing",
        "standing_since",
        "next_change_on",
        "certified_on",
        "valid_from",
        "valid_until",
        "ended_on",
        "categories",
        "page",
    ];
    let marks = MarkFile::ALL.map(MarkFile::name);
    // Columns that came later stand behind the others, whose places are relied on.
    let later = ["name_en", "provider.name_en", "summary", "disclosure.date", "disclosure.edition"];
    writer.write_record(columns.into_iter().chain(marks).chain(later))?;
    for service in services {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut cells = vec![
            service.number.to_owned(),
            service.scheme.to_owned(),
            service.name.to_owned(),
            service.provider.id.to_owned(),
            service.provider.name.to_owned(),
            service.provider.corporate_number.unwrap_or_default().to_owned(),
            service.standing.to_owned(),
            service.standing_since.to_string(),
            day(service.next_change_on),
            service.certified_on.to_string(),
            service.valid_from.to_string(),
            service.valid_until.to_string(),
            day(service.ended_on),
            service.categories.join(";"),
            service.page.clone(),
        ];
        let address = |name: &&str| service.mark.as_ref().and_then(|mark| mark.get(name).cloned()).unwrap_or_default();
        cells.extend(marks.iter().map(address));
        cells.extend([
            service.name_en.unwrap_or_default().to_owned(),
            service.provider.name_en.unwrap_or_default().to_owned(),
            service.summary.to_owned(),
            day(service.disclosure.as_ref().map(|disclosure| disclosure.date)),
            service.disclosure.as_ref().map(|disclosure| disclosure.edition.to_owned()).unwrap_or_default(),
        ]);
        writer.write_record(cells.into_iter().map(harmless))?;
    }
    writer.flush()?;
    Ok(())
}

/// A cell that a spreadsheet would take for a formula gets a leading apostrophe.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
