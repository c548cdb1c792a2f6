//! Model → view: the one room that knows both. What it does not hand over does not exist below.
//!
//! Left out here: services not yet in force, everything dated after the day shown, withheld texts, events that are never
//! public, the disclosure after the end. The records are taken, not borrowed, so that what stays behind is dropped.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::judge::{Judged, Standing, judge, window};
use crate::model::{self, Rules, Settings, holder_before_coming, name_before_coming};
use crate::problem::Spanned;
use crate::route::Base;
use crate::view;

mod disclosure;
mod event;
mod notice;
mod picture;
mod provider;
mod scheme;

/// The days that decide, all of them legal days of the body.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// The day shown.
    pub shown: NaiveDate,
    /// Today, as the command was told; another day than the clock's where an earlier release is built again.
    pub today: NaiveDate,
    /// The day of the clock. It opens no text that is withheld on it, whatever today is said to be.
    pub clock: NaiveDate,
}

/// The public view of a registry without errors; none where it lacks what an error would have told.
pub fn redact(registry: model::Registry, days: Days) -> Option<view::Registry> {
    let settings = registry.settings?;
    let mut schemes = Vec::new();
    let mut context = BTreeMap::new();
    for (id, scheme) in registry.schemes {
        let (scheme, rest) = scheme::redact(scheme, schemes.len())?;
        schemes.push(scheme);
        context.insert(id, rest);
    }
    let mut services = Vec::new();
    for service in registry.services {
        let scheme = context.get(&service.scheme)?;
        let holder = holder_before_coming(&service.events, days.shown).or(service.provider.as_ref())?;
        let provider = registry.providers.get(&holder.value)?;
        services.extend(redact_service(service, scheme, provider, &settings, days));
    }
    services.sort_by(|a, b| (a.scheme, &a.slug).cmp(&(b.scheme, &b.slug)));
    relate(&mut services);
    let provider_names = provider::named_in_events(&services, &registry.providers, days.shown);
    let providers = provider::published(&services, &registry.providers, settings.keep_disclosure_after_end, days.shown);
    let forms: Vec<&model::NumberForm> = context.values().map(|scheme| &scheme.number).collect();
    let notices = notice::published(registry.notices, &forms, &services, days.shown);
    let pages = registry.pages.into_iter().map(scheme::article).collect();
    let mut view = view::Registry {
        site: site(settings, days),
        schemes,
        services,
        providers,
        provider_names,
        notices,
        pages,
        pictures: BTreeMap::new(),
    };
    view.pictures = picture::shown(registry.pictures, &view);
    Some(view)
}

/// What a scheme's services need of it while they are redacted.
pub(in crate::redact) struct SchemeContext {
    index: usize,
    rules: Rules,
    number: model::NumberForm,
    lineage: model::Lineage,
    /// Section by section, how many items each edition has.
    editions: Vec<Vec<usize>>,
}

fn redact_service(
    service: model::Service,
    scheme: &SchemeContext,
    provider: &model::Provider,
    settings: &Settings,
    days: Days,
) -> Option<view::Service> {
    let judged = judge(&service.events, &scheme.rules, settings.term_end, days.shown)?;
    let standing = published(judged.standing)?;
    let shows_disclosure = standing.in_force() || settings.keep_disclosure_after_end;
    let number = service.number?.value;
    let held_since = provider::held_since(&service.events, days.shown);
    let name = Name::on(&service.events, service.name, service.kana, service.name_en, days.shown);
    let disclosure = shows_disclosure.then(|| disclosure::shown(service.disclosures, scheme, settings, days)).flatten();
    Some(view::Service {
        scheme: scheme.index,
        number: number.shown().to_owned(),
        slug: number.slug().to_owned(),
        name: name.shown,
        kana: name.kana,
        name_en: name.name_en,
        summary: if shows_disclosure { service.summary.value } else { String::new() },
        provider: provider::brief(provider, shows_disclosure, days.shown),
        held_since,
        categories: values(service.categories),
        url: value(service.url).filter(|_| shows_disclosure),
        started_on: value(service.started_on).filter(|_| shows_disclosure),
        succeeds: service.succeeds.and_then(|text| predecessor(&text.value, scheme)),
        succeeded_by: Vec::new(),
        parts: values(service.parts),
        agents: service.agents.into_iter().filter(|_| shows_disclosure).map(agent).collect(),
        standing,
        standing_since: judged.since,
        next_change_on: judged.next_change_on,
        certified_on: judged.certified_on,
        ended_on: judged.ended_on,
        window: open_window(&judged, &scheme.rules),
        mark_usable: mark_usable(standing, &scheme.rules),
        events: event::public(service.events, &judged, &scheme.rules, days.shown),
        terms: judged.terms.iter().map(|term| view::Term { from: term.from, until: term.until }).collect(),
        disclosure,
    })
}

/// What a service or provider is called on a day.
pub(in crate::redact) struct Name {
    shown: String,
    kana: Option<String>,
    name_en: Option<String>,
}

impl Name {
    /// Reading and English name are those of the name that the record has now, and not told with one of before (R152).
    fn on(
        events: &[model::Event],
        name: Spanned<String>,
        kana: Option<Spanned<String>>,
        name_en: Option<Spanned<String>>,
        day: NaiveDate,
    ) -> Name {
        match name_before_coming(events, day) {
            Some(was) => Name { shown: was.value.clone(), kana: None, name_en: None },
            None => Name { shown: name.value, kana: value(kana), name_en: value(name_en) },
        }
    }
}

/// The standing that pages tell; what is upcoming is not published at all.
fn published(standing: Standing) -> Option<view::Standing> {
    match standing {
        Standing::Upcoming => None,
        Standing::Valid => Some(view::Standing::Valid),
        Standing::Continuing => Some(view::Standing::Continuing),
        Standing::Expired => Some(view::Standing::Expired),
        Standing::Revoked => Some(view::Standing::Revoked),
        Standing::Lapsed => Some(view::Standing::Lapsed),
        Standing::Ended => Some(view::Standing::Ended),
    }
}

/// R91, R92: the mark only while the service is in force, and while continuing where the scheme allows it.
fn mark_usable(standing: view::Standing, rules: &Rules) -> bool {
    match standing {
        view::Standing::Valid => true,
        view::Standing::Continuing => rules.mark_while_continuing,
        view::Standing::Expired | view::Standing::Revoked | view::Standing::Lapsed | view::Standing::Ended => false,
    }
}

/// R60: the window of the latest term, while the service is valid.
fn open_window(judged: &Judged, rules: &Rules) -> Option<view::Window> {
    let last = judged.terms.last().filter(|_| judged.standing == Standing::Valid)?;
    let days = window(last.until, rules);
    Some(view::Window { opens: days.from, closes: days.until })
}

fn agent(agent: model::Agent) -> view::Agent {
    view::Agent { name: agent.name.value, address: agent.address.value, contact: agent.contact.value }
}

/// The earlier number in its exact form; its address follows once all services are known.
fn predecessor(text: &str, scheme: &SchemeContext) -> Option<view::Relation> {
    let (number, _) = scheme.number.read(text)?;
    Some(view::Relation { number: number.shown().to_owned(), slug: None })
}

/// Links certifications of the same service both ways, where both are published.
fn relate(services: &mut [view::Service]) {
    let slugs: BTreeMap<String, String> = services.iter().map(|service| (service.number.clone(), service.slug.clone())).collect();
    let mut later: BTreeMap<String, Vec<view::Relation>> = BTreeMap::new();
    for service in services.iter_mut() {
        if let Some(earlier) = &mut service.succeeds {
            earlier.slug = slugs.get(&earlier.number).cloned();
            let relation = view::Relation { number: service.number.clone(), slug: Some(service.slug.clone()) };
            later.entry(earlier.number.clone()).or_default().push(relation);
        }
    }
    for service in services {
        service.succeeded_by = later.remove(&service.number).unwrap_or_default();
    }
}

fn site(settings: Settings, days: Days) -> view::Site {
    let former = provider::name_before_coming(&settings.body.former_names, days.shown).map(str::to_owned);
    let security =
        settings.security.map(|security| view::Security { contact: security.contact.value, expires: security.expires.value });
    view::Site {
        title: settings.title.value,
        title_en: settings.title_en.value,
        base: Base::new(&settings.base_url.value),
        day: days.shown,
        past: days.shown < days.today,
        theme: settings.theme.value,
        license: settings.license.value,
        body: view::Body {
            name: former.clone().unwrap_or(settings.body.name.value),
            name_en: former.unwrap_or(settings.body.name_en.value),
            role: value(settings.body.role),
            role_en: value(settings.body.role_en),
            former_names: provider::former_names(&settings.body.former_names, days.shown),
        },
        desk: desk(settings.desk),
        delegations: settings.delegations.into_iter().filter_map(|given| delegation(given, days.shown)).collect(),
        footer: values(settings.footer),
        grounds_en: settings
            .withholding_grounds
            .into_iter()
            .filter_map(|ground| Some((ground.name.value, ground.name_en?.value)))
            .collect(),
        security,
    }
}

/// R102, R139; one that begins later is not told yet, and one that has ended no more.
fn delegation(given: model::Delegation, day: NaiveDate) -> Option<view::Delegation> {
    let delegation = view::Delegation {
        to: given.to.value,
        work: given.work.value,
        from: given.from.value,
        until: value(given.until),
        scheme: value(given.scheme),
    };
    (delegation.from <= day && delegation.until.is_none_or(|until| day <= until)).then_some(delegation)
}

/// R105: the mail address in its `_atmark_` form.
pub(in crate::redact) fn desk(desk: model::Desk) -> view::Desk {
    view::Desk {
        name: desk.name.value,
        hours: desk.hours.value,
        mail: desk.mail.value.replace('@', "_atmark_"),
        tel: desk.tel.value,
        fax: desk.fax.value,
        address: desk.address.value,
        url: desk.url.value,
    }
}

fn value<T>(spanned: Option<Spanned<T>>) -> Option<T> {
    spanned.map(|spanned| spanned.value)
}

fn values<T>(spanned: Vec<Spanned<T>>) -> Vec<T> {
    spanned.into_iter().map(|spanned| spanned.value).collect()
}
