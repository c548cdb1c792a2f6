//! The page of one service. It says since when and until when, and never the day of the build.

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;
use tera::escape_html;

use crate::route::{MarkFile, Route};
use crate::view::{Agent, Category, EventKind, FormerName, Ground, Scheme, Service, Standing, Window};

use super::Press;
use super::disclosure;
use super::event::{self, EventEntry, NamedProvider};
use super::notice::{self, about};
use super::picture::{self, Shown};
use super::timeline::{Timeline, timeline};

#[derive(Serialize)]
struct ServicePage<'v> {
    number: &'v str,
    slug: &'v str,
    name: &'v str,
    name_en: Option<&'v str>,
    kana: Option<&'v str>,
    summary: &'v str,
    url: Option<&'v str>,
    started_on: Option<NaiveDate>,
    data: String,
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
    /// The last day with effect, where the effect outlasted the term while a renewal was decided.
    continued_until: Option<NaiveDate>,
    window: Option<Window>,
    ground: Option<&'v Ground>,
    terms: Vec<Term>,
    timeline: Option<Timeline>,
    /// Whether a published request for improvement waits for its answer.
    improvement_open: bool,
    notices: Vec<notice::Entry<'v>>,
    events: Vec<EventEntry<'v>>,
    former_names: Vec<Former<'v>>,
    former_holders: Vec<FormerHolder<'v>>,
    succeeds: Option<Relation<'v>>,
    succeeded_by: Vec<Relation<'v>>,
    mark: Option<Mark>,
}

#[derive(Serialize)]
struct Provider<'v> {
    page: String,
    name: &'v str,
    name_en: Option<&'v str>,
    kana: Option<&'v str>,
    address: Option<&'v str>,
    url: Option<&'v str>,
    corporate_number: Option<&'v str>,
    logo: Option<Shown>,
    former_names: Vec<&'v FormerName>,
}

#[derive(Serialize)]
struct Term {
    number: usize,
    from: NaiveDate,
    until: NaiveDate,
    current: bool,
}

#[derive(Serialize)]
struct Former<'v> {
    name: &'v str,
    until: NaiveDate,
}

/// Somebody who held the certification before.
#[derive(Serialize)]
struct FormerHolder<'v> {
    provider: NamedProvider<'v>,
    until: NaiveDate,
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
        && let Some(disclosure) = disclosure::value(shown, scheme, &shared.catalogues, &shared.rows)?
    {
        context.insert_value("disclosure", disclosure);
    }
    press.page(route, "service.html", &context)
}

fn service_page<'v>(press: &'v Press<'v>, service: &'v Service, scheme: &'v Scheme) -> ServicePage<'v> {
    let term = service.latest_term();
    ServicePage {
        number: &service.number,
        slug: &service.slug,
        name: &service.name,
        name_en: service.name_en.as_deref(),
        kana: service.kana.as_deref(),
        summary: &service.summary,
        url: service.url.as_deref(),
        started_on: service.started_on,
        data: press.link(Route::ServiceData(&service.slug)),
        provider: provider(press, service),
        categories: scheme.categories.iter().filter(|category| service.categories.contains(&category.id)).collect(),
        parts: &service.parts,
        agents: &service.agents,
        standing: service.standing.name(),
        in_force: service.standing.in_force(),
        standing_since: service.standing_since,
        next_change_on: service.next_change_on,
        certified_on: service.certified_on,
        valid_from: term.from,
        valid_until: term.until,
        ended_on: service.ended_on,
        continued_until: continued_until(service),
        window: service.window,
        ground: revocation_ground(service, scheme),
        terms: terms(service),
        timeline: timeline(service),
        improvement_open: improvement_open(service),
        notices: about(press, &service.slug),
        events: event::entries(press, service, scheme),
        former_names: former_names(service),
        former_holders: former_holders(press, service),
        succeeds: service.succeeds.as_ref().map(|relation| self::relation(press, relation)),
        succeeded_by: service.succeeded_by.iter().map(|relation| self::relation(press, relation)).collect(),
        mark: service.mark_usable.then(|| mark(press, service, scheme)),
    }
}

fn provider<'v>(press: &Press<'v>, service: &'v Service) -> Provider<'v> {
    let provider = &service.provider;
    Provider {
        page: press.link(Route::Provider(&provider.id)),
        name: &provider.name,
        name_en: provider.name_en.as_deref(),
        kana: provider.kana.as_deref(),
        address: provider.address.as_deref(),
        url: provider.url.as_deref(),
        logo: provider.logo.as_deref().and_then(|file| picture::shown(press.view, file)),
        corporate_number: provider.corporate_number.as_deref(),
        former_names: former_names_of_holder(service),
    }
}

/// The former names that the provider had while it held the certification.
fn former_names_of_holder(service: &Service) -> Vec<&FormerName> {
    let held = |former: &&FormerName| service.held_since.is_none_or(|since| former.until >= since);
    service.provider.former_names.iter().filter(held).collect()
}

/// The providers that held the certification before, each with its last day.
fn former_holders<'v>(press: &Press<'v>, service: &'v Service) -> Vec<FormerHolder<'v>> {
    let holder = |(on, id): (NaiveDate, &'v str)| FormerHolder {
        provider: event::named_provider(press, id),
        until: on.pred_opt().unwrap_or(on),
    };
    handovers(service).map(holder).collect()
}

/// The days on which somebody else took the certification over, and from whom.
fn handovers(service: &Service) -> impl Iterator<Item = (NaiveDate, &str)> {
    let handed = service.events.iter().filter_map(|event| Some((event.on, event.kind.handed_over_by()?)));
    handed.filter(|(_, from)| *from != service.provider.id)
}

/// While a renewal is decided the effect goes on behind the last day of the term; an end then follows with the decision.
fn continued_until(service: &Service) -> Option<NaiveDate> {
    let last = service.ended_on?.pred_opt()?;
    (service.standing == Standing::Expired && last > service.latest_term().until).then_some(last)
}

pub(super) fn revocation_ground<'v>(service: &'v Service, scheme: &'v Scheme) -> Option<&'v Ground> {
    service.events.iter().find_map(|event| event::ground(scheme, event.kind.ground()?))
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
        Some(Former { name, until: event.on.pred_opt().unwrap_or(event.on) })
    });
    renamed.collect()
}

fn relation<'v>(press: &Press<'v>, relation: &'v crate::view::Relation) -> Relation<'v> {
    let address = relation.slug.as_ref().map(|slug| press.link(Route::Service(slug)));
    Relation { number: &relation.number, address }
}

/// A published request for improvement that was not met yet.
fn improvement_open(service: &Service) -> bool {
    let last = service.events.iter().rev().find_map(|event| match event.kind {
        EventKind::ImprovementRequested { .. } => Some(true),
        EventKind::ImprovementMet { .. } => Some(false),
        EventKind::Certified { .. }
        | EventKind::RenewalApplied
        | EventKind::ContinuationGranted
        | EventKind::Renewed { .. }
        | EventKind::Changed { .. }
        | EventKind::Renamed { .. }
        | EventKind::Succession { .. }
        | EventKind::Ended { .. }
        | EventKind::Revoked { .. }
        | EventKind::Corrected { .. } => None,
    });
    last == Some(true) && service.standing.in_force()
}

fn mark(press: &Press<'_>, service: &Service, scheme: &Scheme) -> Mark {
    let link = |file: MarkFile| press.link(Route::Mark(&service.slug, file));
    Mark {
        svg: link(MarkFile::Svg),
        png: link(MarkFile::Png),
        png2x: link(MarkFile::Png2x),
        png3x: link(MarkFile::Png3x),
        mono_svg: link(MarkFile::MonoSvg),
        mono_png: link(MarkFile::MonoPng),
        snippet: snippet(press, service, scheme),
    }
}

/// R93: the snippet carries mark and designated link.
pub(super) fn snippet(press: &Press<'_>, service: &Service, scheme: &Scheme) -> String {
    let picture = press.view.site.base.absolute(Route::Mark(&service.slug, MarkFile::Svg));
    let alt = format!("{} {}", scheme.short_name, service.number);
    format!(
        "<a href=\"{}\"><img src=\"{}\" width=\"160\" height=\"160\" alt=\"{}\"></a>",
        escaped(&scheme.link_url),
        escaped(&picture),
        escaped(&alt)
    )
}

/// A text as it stands in HTML, in an attribute too.
pub(super) fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    // Writing into a buffer cannot fail, and escaping leaves UTF-8 what it is.
    let _ = escape_html(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}
