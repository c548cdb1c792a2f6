//! What a publication file by file has yet to do, written down before it begins; and what the next start of the program does
//! with a publication that was interrupted.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::look::Look;
use super::old::Old;
use super::target::{Lock, resolve};
use super::tree::{abandoned, restore_set_aside};
use super::{Fate, Placed, manifest, swap};

/// Where the journal lies in a staged tree. No page has this address.
pub(super) const NAME: &str = ".kohyo-journal.json";

/// What became of a publication that was interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// The old site had been put out of the way; it stands again.
    PutBack,
    /// Files had been replaced one by one; the rest was done.
    Finished,
}

/// The steps of a publication file by file. Each can be done again without harm.
#[derive(Serialize, Deserialize)]
pub(super) struct Journal {
    /// The staged files in the order they take their places.
    moving: Vec<String>,
    /// What does not belong to the new site.
    stale: Vec<PathBuf>,
}

impl Journal {
    /// The manifest comes first: with it the folder is known as ours. Pages come last, so that no page asks for a picture or a
    /// style that is not there yet.
    pub(super) fn of(old: &Old, placed: &Placed) -> Journal {
        let moving = placed.iter().filter(|(_, place)| place.fate != Fate::Unchanged).map(|(path, _)| path.clone());
        let (pages, others): (Vec<_>, Vec<_>) = moving.partition(|path| path.ends_with(".html"));
        let moving = [vec![manifest::NAME.to_owned()], others, pages].concat();
        Journal { moving, stale: old.stale(placed).map(|(path, _)| PathBuf::from(path)).collect() }
    }

    /// Writes it into the staged tree, and makes sure that it is on the disk before the first file moves.
    pub(super) fn write(&self, stage: &Path) -> Result<()> {
        let cannot = "cannot write down what is to be done";
        let file = Look::PUBLIC.create(&stage.join(NAME)).context(cannot)?;
        serde_json::to_writer(&file, self).context(cannot)?;
        file.sync_all().context(cannot)
    }

    /// Does what is left to do.
    pub(super) fn carry_out(&self, stage: &Path, out: &Path, look: Look) -> Result<()> {
        for path in self.moving.iter().filter(|path| stage.join(path).symlink_metadata().is_ok()) {
            swap::replace(stage, out, look, path).with_context(|| format!("cannot replace `{path}`"))?;
        }
        for path in &self.stale {
            swap::remove(out, path).with_context(|| format!("cannot remove `{}`", path.display()))?;
        }
        Ok(())
    }
}

/// Finishes or undoes what a publication at `out` that was interrupted left half done; none where nothing was.
///
/// # Errors
/// The machine refuses what is left to do.
pub fn recover(out: &Path) -> Result<Option<Recovered>> {
    // A folder that cannot be found, or has none above it, was never published at.
    let Ok(out) = resolve(out) else { return Ok(None) };
    match (out.parent(), out.file_name()) {
        (Some(parent), Some(name)) => recover_at(parent, name, &out),
        (_, _) => Ok(None),
    }
}

/// The same for a place without links on its way.
pub(super) fn recover_at(parent: &Path, name: &OsStr, out: &Path) -> Result<Option<Recovered>> {
    let mut recovered = restore_set_aside(parent, name, out).then_some(Recovered::PutBack);
    // A build at work holds a lock on its tree, so what is found here belongs to nobody.
    for tree in abandoned(parent, out, name) {
        // Where there is no whole journal no file had moved; the tree is swept away by the next build.
        let journal = fs::read(tree.join(NAME)).ok().and_then(|bytes| serde_json::from_slice::<Journal>(&bytes).ok());
        let (Some(journal), Ok(Lock::Held(_lock))) = (journal, Lock::on(out)) else { continue };
        let unfinished = "an earlier publication was interrupted and cannot be finished";
        let look = Look::of(out).context(unfinished)?;
        journal.carry_out(&tree, out, look).context(unfinished)?;
        // What cannot be removed is in nobody's way.
        let _ = fs::remove_dir_all(&tree);
        recovered = Some(Recovered::Finished);
    }
    Ok(recovered)
}
