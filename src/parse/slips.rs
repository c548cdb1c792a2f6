//! What is said of files and folders whose names are almost right.

use std::collections::BTreeSet;

use crate::problem::Problems;
use crate::route::is_device;
use crate::source::{Kind, Sources};

use super::layout::is_record;
use super::names::{self, Slip};

/// Names that are almost right: what is said of one is not said again of what is inside, nor of what is missing because of it.
#[derive(Default)]
pub(super) struct Slips {
    /// Folders that belong to no record.
    folders: BTreeSet<String>,
    /// Paths that are meant.
    pub(super) meant: BTreeSet<String>,
}

impl Slips {
    pub(super) fn is_inside(&self, path: &str) -> bool {
        path.match_indices('/').any(|(at, _)| path.get(..at).is_some_and(|above| self.folders.contains(above)))
    }

    /// Says of the path, about which there is a problem, what it may be meant to be.
    pub(super) fn explain(&mut self, sources: &Sources, path: &str, kind: Kind, problems: &mut Problems) {
        if kind == Kind::Folder {
            self.folders.insert(path.to_owned());
        }
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        // What Windows keeps for itself is told as that.
        if name.split('.').next().is_some_and(is_device) {
            return;
        }
        let right =
            names::candidates(name).into_iter().find(|right| right != name && is_record(&format!("{above}/{right}"), kind));
        let stands = right.as_ref().is_some_and(|right| sources.has(&format!("{above}/{right}")));
        let Some((ja, en)) = advice(names::slip(name), right.as_deref(), stands) else { return };
        if let Some(right) = right.filter(|_| !stands) {
            self.meant.insert(format!("{above}/{right}"));
        }
        problems.amend_last(|problem| problem.help(ja, en));
    }
}

/// What to do about a name, in both languages.
fn advice(slip: Slip, right: Option<&str>, stands: bool) -> Option<(String, String)> {
    Some(match (slip, right) {
        (Slip::LeftOver, _) => (
            "編集ソフトなどが残したファイルです。要らなければ削除してください".to_owned(),
            "an editor or a system left this file: delete it if nobody needs it".to_owned(),
        ),
        (_, Some(right)) if stands => (
            format!("`{right}` の写しのようです。要らなければ削除してください"),
            format!("this looks like a copy of `{right}`: delete it if nobody needs it"),
        ),
        (_, Some(right)) => (format!("名前を `{right}` に変えてください"), format!("name it `{right}`")),
        (Slip::Unnamed, None) => (
            "名前を付けるか、要らなければ削除してください".to_owned(),
            "give it a name, or delete it if nobody needs it".to_owned(),
        ),
        (Slip::Copy, None) => (
            "写しのようです。要らなければ削除してください".to_owned(),
            "this looks like a copy: delete it if nobody needs it".to_owned(),
        ),
        (Slip::Other, None) => return None,
    })
}
