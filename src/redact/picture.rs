//! The pictures that are shown on the day: one for a notice that is dated ahead is not published before the notice is.

use std::collections::{BTreeMap, BTreeSet};

use crate::model;
use crate::picture;
use crate::view;

/// The pictures that the view shows, by the name of their files.
pub(super) fn shown(pictures: Vec<model::Picture>, view: &view::Registry) -> BTreeMap<String, view::Picture> {
    let notices = view.notices.iter().map(|notice| notice.text.as_str());
    let pages = view.pages.iter().chain(view.schemes.iter().flat_map(|scheme| &scheme.pages)).map(|page| page.text.as_str());
    let mut files: BTreeSet<String> = notices.chain(pages).flat_map(picture::named).map(|named| named.file).collect();
    let briefs = view.providers.iter().map(|provider| &provider.brief);
    let briefs = briefs.chain(view.services.iter().map(|service| &service.provider));
    files.extend(briefs.filter_map(|brief| brief.logo.clone()));
    let shown = pictures.into_iter().filter(|picture| files.contains(&picture.file));
    shown.filter_map(|picture| Some((picture.file, view::Picture { path: picture.path, look: picture.look? }))).collect()
}
