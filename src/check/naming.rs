//! What a report tells by name: services by number and name, and the documents that a scheme cites.

use std::collections::BTreeMap;

use crate::model::Registry;
use crate::problem::{Names, ServiceName};

use super::Context;

/// The names of everything that stands in the content folder, readable or not.
pub(super) fn names(context: &Context<'_>) -> Names {
    let registry = context.registry;
    let services = registry.known.services.iter().filter_map(|place| Some((place.clone(), service(context, place)?)));
    let cites = registry.schemes.values().map(|scheme| (scheme.id.clone(), scheme.cites.clone()));
    Names { services: services.collect(), cites: cites.collect::<BTreeMap<_, _>>() }
}

fn service(context: &Context<'_>, place: &str) -> Option<ServiceName> {
    let record = context.services.get(place);
    // A name with a line break is told as such; in the lines of a report it goes on.
    let name = record.map(|service| service.name.value.replace(char::is_control, " ")).filter(|name| !name.is_empty());
    Some(ServiceName { number: number_of(context.registry, place)?, name })
}

/// The number that a folder stands for.
pub(super) fn number_of(registry: &Registry, place: &str) -> Option<String> {
    let (scheme, folder) = place.split_once('/')?;
    let number = registry.schemes.get(scheme)?.number.as_ref()?.folder(folder)?;
    Some(number.shown().to_owned())
}
