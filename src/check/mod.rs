//! Relations and rules: what no single record can say of itself.
//!
//! Errors are timeless: what was right stays right. Only warnings look at the day. Each function reports one code, or a
//! few that belong together; the lists below stand in reading order.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{Lineage, Registry, Service, Settings};
use crate::problem::{Code, Problems, Severity};

pub use addresses::{Owner, of as addresses};

mod addresses;
mod body;
mod dates;
mod deadlines;
mod disclosures;
mod events;
mod mail;
mod marks;
mod names;
mod naming;
mod notices;
mod numbers;
mod pictures;
mod prose;
mod providers;
mod public;
mod schemes;
mod sealed;
mod services;
mod settings;
mod snippets;
mod terms;
mod withholding;
mod words;

/// What the checks of a service look at besides the service.
pub(in crate::check) struct Context<'r> {
    registry: &'r Registry,
    settings: Option<&'r Settings>,
    day: NaiveDate,
    /// The services by place.
    services: BTreeMap<&'r str, &'r Service>,
    /// Which items are the same through the editions of a scheme, by scheme.
    lineages: BTreeMap<&'r str, Lineage>,
}

/// Checks a registry as of a day. Warnings that the body accepts are left out.
pub fn check(registry: &Registry, day: NaiveDate, problems: &mut Problems) {
    let services = registry.services.iter().map(|service| (service.place.as_str(), service)).collect();
    let lineages = registry.schemes.values().map(|scheme| (scheme.id.as_str(), Lineage::of(&scheme.editions))).collect();
    let context = Context { registry, settings: registry.settings.as_ref(), day, services, lineages };

    settings::check(&context, problems);
    schemes::check(&context, problems);
    marks::check(&context, problems);
    providers::check(&context, problems);
    let addresses = addresses::check(registry, problems);
    addresses::mark_link(&context, &addresses, problems);
    addresses::below_host(&context, problems);
    dates::check(&context, problems);
    numbers::check(&context, problems);
    each_service(&context, problems);
    sealed::check(&context, problems);
    notices::check(&context, problems);
    prose::check(&context, &addresses, problems);
    pictures::check(registry, problems);
    snippets::check(registry, problems);
    mail::check(registry, problems);
    body::check(&context, registry, problems);

    drop_accepted(&context, problems);
    problems.name(naming::names(&context));
}

/// Services do not depend on each other here, so they are checked side by side.
fn each_service(context: &Context<'_>, problems: &mut Problems) {
    let found = context.registry.services.par_iter().map(|service| {
        let mut found = Problems::default();
        check_service(context, service, &mut found);
        found.concern(&service.place);
        found
    });
    for found in found.collect::<Vec<_>>() {
        problems.append(found);
    }
}

fn check_service(context: &Context<'_>, service: &Service, problems: &mut Problems) {
    services::check(context, service, problems);
    dates::of_service(context, service, problems);
    let (Some(scheme), Some(settings)) = (context.registry.schemes.get(&service.scheme), context.settings) else { return };
    let Some(rules) = &scheme.rules else { return };
    if events::check(context, service, scheme, problems) {
        terms::check(service, rules, settings.term_end, problems);
        deadlines::check(context, service, rules, settings, problems);
    }
    names::check(context, service, scheme, problems);
    disclosures::check(service, scheme, problems);
    withholding::check(context, service, scheme, rules, settings, problems);
}

/// Leaves out the warnings that `[[accepted]]` names. An error cannot be accepted.
fn drop_accepted(context: &Context<'_>, problems: &mut Problems) {
    let Some(settings) = context.settings else { return };
    let accepted: Vec<(Code, String)> = settings
        .accepted
        .iter()
        .filter_map(|accepted| {
            let (number, _) = context.registry.number("", &accepted.service.value)?;
            Some((Code::named(&accepted.code.value)?, number.place()))
        })
        .collect();
    problems.retain(|problem| {
        let known = |(code, place): &(Code, String)| *code == problem.code && problem.service.as_deref() == Some(place.as_str());
        problem.code.severity() == Severity::Error || !accepted.iter().any(known)
    });
}
