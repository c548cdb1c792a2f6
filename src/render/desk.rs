//! What readers are told about the body itself: its desks and what it delegated (R102, R104), and what its words mean.

use anyhow::Result;
use serde::Serialize;

use crate::route::Route;
use crate::view::{Delegation, Desk, Standing};

use super::Press;

#[derive(Serialize)]
struct SchemeDesk<'v> {
    scheme: tera::Value,
    desk: &'v Desk,
}

/// Work given to others, and the scheme where it concerns one only.
#[derive(Serialize)]
struct Given<'v> {
    #[serde(flatten)]
    delegation: &'v Delegation,
    of: Option<tera::Value>,
}

#[derive(Serialize)]
struct SchemeRule<'v> {
    scheme: tera::Value,
    continuation: &'v str,
    mark_while_continuing: bool,
}

/// Writes both pages.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let view = press.view;
    let schemes = || press.schemes.iter().zip(&view.schemes);
    let title = press.word("desk.title")?;
    let mut context = press.context(Route::Desk, "desk", title);
    let own =
        schemes().filter_map(|(parts, scheme)| Some(SchemeDesk { scheme: parts.head.clone(), desk: scheme.desk.as_ref()? }));
    context.insert("desks", &own.collect::<Vec<_>>());
    let head = |id: &str| schemes().find(|(_, scheme)| scheme.id == id).map(|(parts, _)| parts.head.clone());
    let given = view.site.delegations.iter();
    let given = given.map(|delegation| Given { delegation, of: delegation.scheme.as_deref().and_then(head) });
    context.insert("delegations", &given.collect::<Vec<_>>());
    press.page(Route::Desk, "desk.html", &context)?;

    let title = press.word("standings.title")?;
    let mut context = press.context(Route::Standing, "standing", title);
    context.insert("standings", &Standing::ALL.map(Standing::name));
    let rules = schemes().map(|(parts, scheme)| SchemeRule {
        scheme: parts.head.clone(),
        continuation: scheme.rules.continuation,
        mark_while_continuing: scheme.rules.mark_while_continuing,
    });
    context.insert("criteria", &view.schemes.iter().any(crate::view::Scheme::has_criteria));
    context.insert("rules", &rules.collect::<Vec<_>>());
    press.page(Route::Standing, "standings.html", &context)
}
