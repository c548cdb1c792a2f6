//! The staged folder: made, filled, and removed again; also when its build died.

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::{process, thread};

use anyhow::{Context, Result, anyhow, bail};
use rustix::process::{Resource, getrlimit};

use super::look::Look;
use super::old::{GITKEEP, Old};
use super::target::{Lock, Target};
use super::{Fate, Placed, manifest, swap};

/// A folder in which a site is made. It goes when this is dropped, whatever lies in it by then.
pub(super) struct Tree {
    pub(super) root: PathBuf,
    /// Whether it lies within the published folder, for want of a place beside it.
    pub(super) within: bool,
    /// How its files and folders are to be seen by others.
    pub(super) look: Look,
    manifest: File,
    /// Tells other builds that the folder is not left over.
    _lock: Lock,
}

impl Tree {
    /// A folder beside the target, or within it where that is a mount point or the folder above it may not
    /// be written: files can be linked and renamed only inside one file system.
    pub(super) fn beside_or_within(target: &Target) -> Result<Self> {
        if swap::is_mount_point(&target.out) {
            return Self::within(target);
        }
        match Self::make(&target.parent, target, false) {
            Err(fault) if swap::is_refusal(&fault) => Self::within(target),
            made => made.with_context(|| format!("cannot make a folder in `{}`", target.parent.display())),
        }
    }

    pub(super) fn within(target: &Target) -> Result<Self> {
        let made = Self::make(&target.out, target, true);
        made.with_context(|| format!("cannot make a folder in `{}`", target.out.display()))
    }

    fn make(folder: &Path, target: &Target, within: bool) -> io::Result<Self> {
        let root = make_unused(folder, &target.name)?;
        let look = target.look;
        let made = (|| {
            look.put_on_folder(&root)?;
            Ok((look.create(&root.join(manifest::NAME))?, Lock::on(&root)?))
        })();
        match made {
            Ok((manifest, lock)) => Ok(Self { root, within, look, manifest, _lock: lock }),
            Err(fault) => {
                let _ = fs::remove_dir_all(&root);
                Err(fault)
            }
        }
    }

    pub(super) fn create(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let place = self.root.join(path);
        let write = || fits(bytes).and_then(|()| self.look.create(&place)?.write_all(bytes));
        match self.with_folders(&place, write) {
            Err(fault) if fault.kind() == ErrorKind::AlreadyExists => {
                bail!("two files want the address `{path}`")
            }
            written => written.with_context(|| format!("cannot write `{}`", place.display())),
        }
    }

    pub(super) fn write_manifest(&self, bytes: &[u8]) -> Result<()> {
        fits(bytes).and_then(|()| (&self.manifest).write_all(bytes)).context("cannot write the manifest")
    }

    /// Completes the tree with what the old site already has.
    pub(super) fn link_unchanged(&self, old: &Old, placed: &Placed) -> Result<()> {
        let unchanged = placed.iter().filter(|(_, place)| place.fate == Fate::Unchanged);
        let mut paths: Vec<&str> = unchanged.map(|(path, _)| path.as_str()).collect();
        paths.extend(old.has_gitkeep.then_some(GITKEEP));
        in_shares(&paths, |path| self.link(&old.root, path))
    }

    /// Where files cannot be linked, they are copied.
    fn link(&self, old: &Path, path: &str) -> Result<()> {
        let (from, to) = (old.join(path), self.root.join(path));
        match self.with_folders(&to, || fs::hard_link(&from, &to)) {
            Ok(()) => Ok(()),
            Err(_) => {
                let bytes = fs::read(&from).with_context(|| format!("cannot read `{}`", from.display()))?;
                self.create(path, &bytes)
            }
        }
    }

    /// Does `work`, and where it lacks the folder of `path`, makes that and does it again. Most files find their folder, so
    /// asking first would cost more than failing once a folder.
    fn with_folders(&self, path: &Path, work: impl Fn() -> io::Result<()>) -> io::Result<()> {
        match (work(), path.parent()) {
            (Err(fault), Some(folder)) if fault.kind() == ErrorKind::NotFound => {
                self.look.make_folders(folder)?;
                work()
            }
            (done, _) => done,
        }
    }

    /// Has all that was written brought to the disk, at once instead of file by file.
    pub(super) fn sync(&self) -> Result<()> {
        swap::sync_file_system(&self.manifest).context("cannot bring the new site to the disk")
    }

    pub(super) fn remove(&self) -> Result<()> {
        let entries = fs::read_dir(&self.root)?.collect::<io::Result<Vec<_>>>()?;
        in_shares(&entries, |entry| {
            let is_folder = entry.file_type()?.is_dir();
            let remove = if is_folder { fs::remove_dir_all } else { fs::remove_file };
            Ok(remove(entry.path())?)
        })?;
        Ok(fs::remove_dir(&self.root)?)
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        // What cannot be removed now is swept away by the next build.
        let _ = self.remove();
    }
}

/// A name for the old site while it is out of the way; see [`restore_set_aside`].
pub(super) fn aside(folder: &Path, name: &OsStr) -> PathBuf {
    folder.join(hidden(name, "old", &format!("{}-0", process::id())))
}

/// Puts an old site back whose build died after it had put it out of the way, and says whether it did.
pub(super) fn restore_set_aside(folder: &Path, name: &OsStr, out: &Path) -> bool {
    let sites = left_over(folder, name, "old");
    sites.first().is_some_and(|site| !out.exists() && is_abandoned(site) && fs::rename(site, out).is_ok())
}

/// The staged trees of dead builds beside and within a folder.
pub(super) fn abandoned(parent: &Path, out: &Path, name: &OsStr) -> Vec<PathBuf> {
    let trees = [parent, out].into_iter().flat_map(|folder| left_over(folder, name, "next"));
    trees.filter(|tree| is_abandoned(tree)).collect()
}

/// Removes what dead builds left beside and within the target. What cannot be removed is in nobody's way.
pub(super) fn sweep(target: &Target) {
    for folder in [&target.parent, &target.out] {
        let trees = ["next", "old"].into_iter().flat_map(|kind| left_over(folder, &target.name, kind));
        for tree in trees.filter(|tree| is_abandoned(tree)) {
            let _ = fs::remove_dir_all(tree);
        }
    }
}

fn left_over(folder: &Path, name: &OsStr, kind: &str) -> Vec<PathBuf> {
    let start = hidden(name, kind, "");
    let is_numbers = |rest: &[u8]| rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
    let is_ours = |name: &OsStr| name.as_bytes().strip_prefix(start.as_bytes()).is_some_and(is_numbers);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.filter(|entry| is_ours(&entry.file_name())).map(|entry| entry.path()).collect()
}

/// A build at work holds a lock on its tree. Numbers of processes would say less: they mean nothing
/// outside a container, and are used again.
fn is_abandoned(tree: &Path) -> bool {
    matches!(Lock::on(tree), Ok(Lock::Held(_)))
}

/// Whether a file may become as large as that. Where a limit is set (`ulimit -f`) a system does not refuse to write beyond
/// it, but ends the program without a word.
fn fits(bytes: &[u8]) -> io::Result<()> {
    let most = getrlimit(Resource::Fsize).current;
    let fits = most.is_none_or(|most| u64::try_from(bytes.len()).is_ok_and(|length| length <= most));
    if fits { Ok(()) } else { Err(ErrorKind::FileTooLarge.into()) }
}

fn make_unused(folder: &Path, name: &OsStr) -> io::Result<PathBuf> {
    let mut number = 0_u32;
    loop {
        let root = folder.join(hidden(name, "next", &format!("{}-{number}", process::id())));
        match DirBuilder::new().mode(0o755).create(&root) {
            Err(fault) if fault.kind() == ErrorKind::AlreadyExists => number += 1,
            made => return made.map(|()| root),
        }
    }
}

fn hidden(name: &OsStr, kind: &str, rest: &str) -> OsString {
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{kind}-{rest}"));
    hidden
}

/// Works through `items` with all cores: the first share to the first thread, and so on, so that of sorted
/// paths each thread has folders of its own.
fn in_shares<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(threads).max(1);
    let work = |items: &[T]| items.iter().try_for_each(&work);
    thread::scope(|scope| {
        let start = |items| thread::Builder::new().spawn_scoped(scope, move || work(items));
        let started = items.chunks(share).map(start).collect::<io::Result<Vec<_>>>()?;
        started.into_iter().try_for_each(|share| share.join().map_err(|_| anyhow!("a thread died"))?)
    })
}
