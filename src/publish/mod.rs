//! Puts the site where the public reads it: staged beside, swapped in one step, nothing half-written.
//!
//! ```text
//! target     the folder: found, judged, locked          old       what stands there now
//! tree       the staged folder and its left-overs       manifest  what the site says of itself
//! swap       the step itself, and what to do where a file system cannot do it
//! journal    what such a lesser step has yet to do        look     who may see the folder
//! ```
//!
//! A [`Stage`] writes only what is new or changed; what is unchanged is noted, and linked when the site
//! is published. So a build that changes nothing touches nothing, not even a time of change.
//! A linked file is shared with the old site, hence no file is ever opened for writing after it was made.
//!
//! The published folder is another folder after each change. Who mounts it into a container mounts
//! the folder above it, or goes on seeing the one that is gone.

mod journal;
mod look;
mod manifest;
mod old;
mod swap;
mod target;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
mod tree;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail, ensure};

pub use journal::{Recovered, recover};

use manifest::{Manifest, Stamp};
use old::Old;
use swap::Swap;
use target::Target;
use tree::Tree;

/// The site that is being made, not yet seen by anybody.
///
/// Dropping it without [`Stage::publish`] removes what was staged; the old site stands untouched.
pub struct Stage {
    // Fields are dropped in this order: the staged tree goes before the folder it was meant for.
    tree: Tree,
    target: Target,
    old: Old,
    placed: Mutex<Placed>,
    failed: AtomicBool,
    methods: &'static [(Way, swap::Method)],
}

/// What a publication did to the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Files at addresses that had none.
    pub new: usize,
    /// Files whose bytes or permissions are others than before.
    pub changed: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// What stood in the old folder and does not belong any more, foreign files included.
    pub removed: usize,
    /// What was removed although no manifest knew it, sorted; links and empty folders too.
    pub foreign_removed: Vec<String>,
    /// How the new site took its place.
    pub way: Way,
    /// The old site, where it could not be removed; the next build tries again.
    pub left_over: Option<PathBuf>,
}

/// How a new site took the place of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Nothing had changed; the folder was not touched.
    Untouched,
    /// The two folders changed places in one step.
    Exchanged,
    /// The old folder was renamed aside and the new one renamed into its place.
    Renamed,
    /// Each file was replaced for itself, pages last.
    FileByFile,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Untouched => "nothing changed, the folder was not touched",
            Self::Exchanged => "old and new changed places in one step",
            Self::Renamed => "the old folder was renamed aside, then the new one into its place",
            Self::FileByFile => "each file was replaced for itself, pages last",
        })
    }
}

/// What was placed in a stage, by address.
type Placed = BTreeMap<String, Place>;

/// One address of the new site.
struct Place {
    fate: Fate,
    stamp: Option<Stamp>,
}

/// How a file relates to the old site.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    New,
    Changed,
    Unchanged,
}

impl Stage {
    /// Prepares to publish at `out`, which is created where it is absent.
    ///
    /// Where `out` is a link to a folder, the site is published at the link's target and the link stays.
    /// What earlier builds left behind when they died is removed.
    ///
    /// # Errors
    ///
    /// `out` lies in, is or contains one of `keep_out`; is not a folder; holds a `.git`; holds anything but
    /// a `.gitkeep` or an earlier output of this program; another build is writing there; or it cannot be
    /// read or written.
    pub fn open(out: &Path, keep_out: &[&Path]) -> Result<Self> {
        Self::begin(Target::claim(out, keep_out)?, Tree::beside_or_within)
    }

    fn begin(target: Target, make_tree: fn(&Target) -> Result<Tree>) -> Result<Self> {
        tree::sweep(&target);
        let manifest = old::read_manifest(&target.out)?;
        let tree = make_tree(&target)?;
        Ok(Self {
            old: Old::read(&target.out, manifest, &tree)?,
            methods: swap::methods(&tree),
            placed: Mutex::default(),
            failed: AtomicBool::new(false),
            tree,
            target,
        })
    }

    /// Places `bytes` at the address `path`: segments of `[A-Za-z0-9._@-]`, parted by `/`.
    ///
    /// May be called from many threads at once; each does best with folders of its own.
    ///
    /// # Errors
    ///
    /// The path is not such an address, is taken already, or the file cannot be written. The stage
    /// cannot be published after that.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.noting_failure(self.place(path, bytes, None))
    }

    /// Places `bytes` like [`Stage::write`], and remembers that they were made from inputs whose hash is `key`.
    ///
    /// The key is published in the manifest: only public inputs may go into it.
    ///
    /// # Errors
    ///
    /// As for [`Stage::write`].
    pub fn write_keyed(&self, path: &str, key: u128, bytes: &[u8]) -> Result<()> {
        self.noting_failure(self.place(path, bytes, Some(Stamp::new(key, bytes))))
    }

    /// Keeps the old file at `path` if it was made from inputs with the same `key` and nobody has touched
    /// it since. Where this says false, make the file and hand it to [`Stage::write_keyed`].
    ///
    /// # Errors
    ///
    /// The path is not an address or is taken already.
    pub fn keep(&self, path: &str, key: u128) -> Result<bool> {
        self.noting_failure(self.try_keep(path, key))
    }

    /// Puts the new site in the place of the old one and removes the old one.
    ///
    /// # Errors
    ///
    /// A write has failed before, or the file system refuses. The old site then still stands, unless the
    /// message says otherwise.
    pub fn publish(self) -> Result<Published> {
        ensure!(!self.failed.load(Ordering::Relaxed), "a file could not be staged, so nothing is published");
        self.target.check_unmoved()?;
        let placed = std::mem::take(&mut *self.placed.lock().unwrap_or_else(PoisonError::into_inner));
        let manifest = Manifest::of(&placed).to_bytes()?;
        let mut published = self.compare(&placed);
        if published.alters_nothing() && self.old.manifest_is(&manifest) {
            return Ok(published);
        }
        self.tree.write_manifest(&manifest)?;
        published.way = self.swap(&placed)?;
        published.left_over = self.tree.remove().err().map(|_| self.tree.root.clone());
        Ok(published)
    }

    fn place(&self, path: &str, bytes: &[u8], stamp: Option<Stamp>) -> Result<()> {
        check_address(path)?;
        let fate = self.old.fate(path, bytes);
        self.take(path, Place { fate, stamp })?;
        if fate != Fate::Unchanged {
            self.tree.create(path, bytes)?;
        }
        Ok(())
    }

    fn try_keep(&self, path: &str, key: u128) -> Result<bool> {
        check_address(path)?;
        let Some(stamp) = self.old.kept(path, key) else {
            return Ok(false);
        };
        self.take(path, Place { fate: Fate::Unchanged, stamp: Some(stamp) })?;
        Ok(true)
    }

    /// Takes an address for one file; two files at one address would silently lose one of them.
    fn take(&self, path: &str, place: Place) -> Result<()> {
        let mut placed = self.placed.lock().unwrap_or_else(PoisonError::into_inner);
        match placed.insert(path.to_owned(), place) {
            None => Ok(()),
            Some(_) => bail!("two files want the address `{path}`"),
        }
    }

    fn noting_failure<T>(&self, result: Result<T>) -> Result<T> {
        if result.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        result
    }

    fn compare(&self, placed: &Placed) -> Published {
        let count = |fate| placed.values().filter(|place| place.fate == fate).count();
        Published {
            new: count(Fate::New),
            changed: count(Fate::Changed),
            unchanged: count(Fate::Unchanged),
            removed: self.old.stale(placed).count(),
            foreign_removed: self.old.foreign(placed),
            way: Way::Untouched,
            left_over: None,
        }
    }

    fn swap(&self, placed: &Placed) -> Result<Way> {
        if !self.tree.within {
            self.tree.link_unchanged(&self.old, placed)?;
        }
        self.tree.sync()?;
        let swap = Swap { target: &self.target, stage: &self.tree.root, old: &self.old, placed };
        for (way, method) in self.methods {
            if method(&swap).with_context(|| format!("cannot publish at `{}`", self.target.out.display()))? {
                return Ok(*way);
            }
        }
        bail!("no way was found to publish at `{}`", self.target.out.display())
    }
}

/// Whether a site that this program made stands in a folder.
pub fn is_site(out: &Path) -> bool {
    old::read_manifest(out).is_ok_and(|manifest| manifest.is_some())
}

impl Published {
    fn alters_nothing(&self) -> bool {
        self.new == 0 && self.changed == 0 && self.removed == 0
    }
}

fn check_address(path: &str) -> Result<()> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._@-".contains(&byte);
    let safe = |part: &str| !matches!(part, "" | "." | "..") && part.bytes().all(allowed);
    ensure!(path.split('/').all(safe), "`{path}` cannot be the address of a file");
    ensure!(![manifest::NAME, journal::NAME, old::GITKEEP].contains(&path), "`{path}` is not an address for a page");
    Ok(())
}
