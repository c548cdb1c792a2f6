//! Addresses: nothing stands where something else does (R88).

use std::collections::BTreeMap;

use crate::model::Registry;
use crate::problem::{Code, Problem, Problems, Span};
use crate::route::{MARK_PAGE, RESERVED, RESERVED_IN_SCHEME};

pub(super) fn check(registry: &Registry, problems: &mut Problems) {
    let mut taken: BTreeMap<String, Option<Span>> = RESERVED.iter().map(|name| (format!("/{name}/"), None)).collect();
    for scheme in registry.schemes.values() {
        claim(&mut taken, format!("/{}/", scheme.id), scheme.place, problems);
        for name in RESERVED_IN_SCHEME {
            taken.insert(format!("/{}/{name}/", scheme.id), None);
        }
        for page in &scheme.pages {
            claim(&mut taken, format!("/{}/{}/", scheme.id, page.slug), page.place, problems);
        }
        taken.entry(format!("/{}/{MARK_PAGE}/", scheme.id)).or_insert(None);
    }
    for service in &registry.services {
        if let Some(number) = &service.number {
            claim(&mut taken, format!("/{}/", number.value.slug()), service.span, problems);
        }
    }
    for page in &registry.pages {
        claim(&mut taken, format!("/{}/", page.slug), page.place, problems);
    }
    for alias in registry.schemes.values().flat_map(|scheme| &scheme.aliases) {
        claim(&mut taken, alias.value.clone(), alias.span, problems);
    }
}

/// Takes an address, unless it or one of the program's own above it is taken.
fn claim(taken: &mut BTreeMap<String, Option<Span>>, address: String, span: Span, problems: &mut Problems) {
    let below_reserved = RESERVED.iter().any(|name| address.starts_with(&format!("/{name}/")));
    if below_reserved || taken.contains_key(&address) {
        problems.push(
            Problem::new(
                Code::IdCollides,
                span,
                format!("アドレス `{address}` は既に使われています"),
                format!("the address `{address}` is taken"),
            )
            .help("別の名前にしてください", "choose another name"),
        );
    } else {
        taken.insert(address, Some(span));
    }
}
