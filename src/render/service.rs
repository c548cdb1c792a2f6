//! The page of one service. It says since when and until when, and never the day of the build.

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;
use tera::escape_html;

use crate::route::{MarkFile, Route};
use crate::view::{Agent, Category, Event, EventKind, FormerName, Ground, Scheme, Service, Standing, Window};

use super::Press;
use super::disclosure;

#[derive(Serialize)]
struct ServicePage<'v> {
    number: &'v str,
    name: &'v str,
    name_en: Option<&'v str>,
    kana: Option<&'v str>,
    summary: &'v str,
    url: Option<&'v str>,
    started_on: Option<NaiveDate>,
    address: String,
    absolute: String,
    provider: Provider<'v>,
    categories: Vec<&'v Category>,
    parts: &'v [String],
    agents: &'v [Agent],
    standing: &'static str,
    in_force: bool,
    standing_since: NaiveDate,
    next_change_on: Option<NaiveDate>,
    certified_on: NaiveDate,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    ended_on: Option<NaiveDate>,
    window: Option<Window>,
    ground: Option<&'v Ground>,
    terms: Vec<Term>,
    events: Vec<EventEntry<'v>>,
    former_names: Vec<Former<'v>>,
    succeeds: Option<Relation<'v>>,
    succeeded_by: Vec<Relation<'v>>,
    mark: Option<Mark>,
}

#[derive(Serialize)]
struct Provider<'v> {
    id: &'v str,
    name: &'v str,
    name_en: Option<&'v str>,
    kana: Option<&'v str>,
    address: Option<&'v str>,
    url: Option<&'v str>,
    corporate_number: Option<&'v str>,
    former_names: &'v [FormerName],
}

#[derive(Serialize)]
struct Term {
    number: usize,
    from: NaiveDate,
    until: NaiveDate,
    current: bool,
}

/// One event with whatever of these its kind has.
#[derive(Default, Serialize)]
struct EventEntry<'v> {
    on: NaiveDate,
    kind: &'static str,
    note: Option<&'v str>,
    until: Option<NaiveDate>,
    was: Option<&'v str>,
    form: Option<&'static str>,
    effect: Option<&'static str>,
    ground: Option<&'v Ground>,
    from_provider: Option<NamedProvider<'v>>,
    certificate_reissued: bool,
}

#[derive(Serialize)]
struct NamedProvider<'v> {
    id: &'v str,
    name: &'v str,
}

#[derive(Serialize)]
struct Former<'v> {
    name: &'v str,
    until_on: NaiveDate,
}

#[derive(Serialize)]
struct Relation<'v> {
    number: &'v str,
    address: Option<String>,
}

#[derive(Serialize)]
struct Mark {
    svg: String,
    png: String,
    png2x: String,
    png3x: String,
    mono_svg: String,
    mono_png: String,
    snippet: String,
}

/// Writes the page of a service.
pub(super) fn write(press: &Press<'_>, service: &Service) -> Result<()> {
    let Some(scheme) = press.view.schemes.get(service.scheme) else { return Ok(()) };
    let route = Route::Service(&service.slug);
    let title = format!("{} {}", service.number, service.name);
    let mut context = press.context(route, "service", &title);
    context.insert("past", &press.view.site.past);
    let Some(shared) = press.schemes.get(service.scheme) else { return Ok(()) };
    context.insert_value("scheme", shared.head.clone());
    context.insert("service", &service_page(press, service, scheme));
    if let Some(shown) = &service.disclosure
        && let Some(disclosure) = disclosure::value(shown, scheme, &shared.catalogues, &press.rows)?
    {
        context.insert_value("disclosure", disclosure);
    }
    press.page(route, "service.html", &context)
}

fn service_page<'v>(press: &Press<'v>, service: &'v Service, scheme: &'v Scheme) -> ServicePage<'v> {
    let base = &press.view.site.base;
    let term = service.terms.last();
    let route = Route::Service(&service.slug);
    ServicePage {
        number: &service.number,
        name: &service.name,
        name_en: service.name_en.as_deref(),
        kana: service.kana.as_deref(),
        summary: &service.summary,
        url: service.url.as_deref(),
        started_on: service.started_on,
        address: base.link(route),
        absolute: base.absolute(route),
        provider: provider(service),
        categories: scheme.categories.iter().filter(|category| service.categories.contains(&category.id)).collect(),
        parts: &service.parts,
        agents: &service.agents,
        standing: service.standing.name(),
        in_force: service.standing.in_force(),
        standing_since: service.standing_since,
        next_change_on: service.next_change_on,
        certified_on: service.certified_on,
        valid_from: term.map_or(service.certified_on, |term| term.from),
        valid_until: term.map_or(service.certified_on, |term| term.until),
        ended_on: service.ended_on,
        window: service.window,
        ground: revocation_ground(service, scheme),
        terms: terms(service),
        events: service.events.iter().map(|event| event_entry(press, event, scheme)).collect(),
        former_names: former_names(service),
        succeeds: service.succeeds.as_ref().map(|relation| self::relation(press, relation)),
        succeeded_by: service.succeeded_by.iter().map(|relation| self::relation(press, relation)).collect(),
        mark: service.mark_usable.then(|| mark(press, service, scheme)),
    }
}

fn provider(service: &Service) -> Provider<'_> {
    let provider = &service.provider;
    Provider {
        id: &provider.id,
        name: &provider.name,
        name_en: provider.name_en.as_deref(),
        kana: provider.kana.as_deref(),
        address: provider.address.as_deref(),
        url: provider.url.as_deref(),
        corporate_number: provider.corporate_number.as_deref(),
        former_names: &provider.former_names,
    }
}

fn revocation_ground<'v>(service: &'v Service, scheme: &'v Scheme) -> Option<&'v Ground> {
    service.events.iter().find_map(|event| ground(scheme, event.kind.ground()?))
}

fn ground<'v>(scheme: &'v Scheme, id: &str) -> Option<&'v Ground> {
    scheme.grounds.iter().find(|ground| ground.id == id)
}

/// R72: every term, the one that holds while the service is in force marked.
fn terms(service: &Service) -> Vec<Term> {
    let latest = service.terms.len();
    let term = |(at, term): (usize, &crate::view::Term)| Term {
        number: at + 1,
        from: term.from,
        until: term.until,
        current: at + 1 == latest && service.standing == Standing::Valid,
    };
    service.terms.iter().enumerate().map(term).collect()
}

fn former_names(service: &Service) -> Vec<Former<'_>> {
    let renamed = service.events.iter().filter_map(|event| {
        let name = event.kind.former_name()?;
        Some(Former { name, until_on: event.on.pred_opt().unwrap_or(event.on) })
    });
    renamed.collect()
}

fn relation<'v>(press: &Press<'v>, relation: &'v crate::view::Relation) -> Relation<'v> {
    let address = relation.slug.as_ref().map(|slug| press.view.site.base.link(Route::Service(slug)));
    Relation { number: &relation.number, address }
}

fn event_entry<'v>(press: &Press<'v>, event: &'v Event, scheme: &'v Scheme) -> EventEntry<'v> {
    let base = EventEntry { on: event.on, ..EventEntry::default() };
    match &event.kind {
        EventKind::Certified { until, .. } => EventEntry { kind: "certified", until: *until, ..base },
        EventKind::RenewalApplied => EventEntry { kind: "renewal-applied", ..base },
        EventKind::ContinuationGranted => EventEntry { kind: "continuation-granted", ..base },
        EventKind::Renewed { until, .. } => EventEntry { kind: "renewed", until: *until, ..base },
        EventKind::Changed { note, certificate_reissued } => {
            EventEntry { kind: "changed", note: Some(note), certificate_reissued: certificate_reissued.unwrap_or(false), ..base }
        }
        EventKind::Renamed { was } => EventEntry { kind: "renamed", was: Some(was), ..base },
        EventKind::Succession { form, effect, from_provider, note } => EventEntry {
            kind: "succession",
            form: Some(form),
            effect: Some(effect),
            from_provider: from_provider.as_deref().map(|id| named_provider(press, id)),
            note: note.as_deref(),
            ..base
        },
        EventKind::Ended { note } => EventEntry { kind: "ended", note: note.as_deref(), ..base },
        EventKind::ImprovementRequested { note, .. } => EventEntry { kind: "improvement-requested", note: Some(note), ..base },
        EventKind::ImprovementMet { note } => EventEntry { kind: "improvement-met", note: note.as_deref(), ..base },
        EventKind::Revoked { ground: id, note } => {
            let ground = id.as_ref().and_then(|id| ground(scheme, id));
            EventEntry { kind: "revoked", ground, note: note.as_deref(), ..base }
        }
        EventKind::Corrected { note } => EventEntry { kind: "corrected", note: Some(note), ..base },
    }
}

fn named_provider<'v>(press: &Press<'v>, id: &'v str) -> NamedProvider<'v> {
    NamedProvider { id, name: press.view.provider_names.get(id).map_or(id, |name| name.as_str()) }
}

/// R93: the snippet carries mark and designated link.
fn mark(press: &Press<'_>, service: &Service, scheme: &Scheme) -> Mark {
    let base = &press.view.site.base;
    let link = |file: MarkFile| base.link(Route::Mark(&service.slug, file));
    let picture = base.absolute(Route::Mark(&service.slug, MarkFile::Svg));
    let alt = format!("{} {}", scheme.short_name, service.number);
    Mark {
        svg: link(MarkFile::Svg),
        png: link(MarkFile::Png),
        png2x: link(MarkFile::Png2x),
        png3x: link(MarkFile::Png3x),
        mono_svg: link(MarkFile::MonoSvg),
        mono_png: link(MarkFile::MonoPng),
        snippet: format!(
            "<a href=\"{}\"><img src=\"{}\" width=\"160\" height=\"160\" alt=\"{}\"></a>",
            escaped(&scheme.link_url),
            escaped(&picture),
            escaped(&alt)
        ),
    }
}

fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    // Writing into a buffer cannot fail, and escaping leaves UTF-8 what it is.
    let _ = escape_html(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}
