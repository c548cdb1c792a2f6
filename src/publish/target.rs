//! The folder to publish at: found, kept apart from the records, and locked.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf, absolute};

use anyhow::{Context, Result, bail, ensure};

use super::journal;
use super::look::Look;

/// A folder that this build alone may publish at.
pub(super) struct Target {
    /// Without links on the way.
    pub(super) out: PathBuf,
    pub(super) parent: PathBuf,
    pub(super) name: OsString,
    /// How the folder looks to others; what takes its place looks the same.
    pub(super) look: Look,
    made: bool,
    lock: Lock,
}

/// A lock on a folder itself, so that no lock file is left lying about.
pub(super) enum Lock {
    Held(File),
    Busy,
    /// The file system has no locks on folders (NFS). The folder is only watched, and what dead builds
    /// left there is left to people.
    Watched(File),
}

impl Target {
    /// Finds and locks `out`, and makes it where it is absent: only what exists can be locked.
    pub(super) fn claim(out: &Path, keep_out: &[&Path]) -> Result<Self> {
        let out = resolve(out)?;
        for folder in keep_out {
            check_apart(&out, &resolve(folder)?)?;
        }
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            bail!("cannot publish at `{}`; choose a folder below it", out.display());
        };
        let (parent, name) = (parent.to_owned(), name.to_owned());
        Look::PUBLIC.make_folders(&parent).with_context(|| format!("cannot make `{}`", parent.display()))?;
        journal::recover_at(&parent, &name, &out)?;
        let made = make(&out)?;
        let look = if made { Look::PUBLIC } else { Look::of(&out).with_context(|| out.display().to_string())? };
        let lock = lock(&out)?;
        Ok(Self { out, parent, name, look, made, lock })
    }

    /// Makes sure that the folder is still the one that was locked and compared with.
    pub(super) fn check_unmoved(&self) -> Result<()> {
        let place = self.out.display();
        ensure!(self.lock.is_on(&self.out), "`{place}` was replaced while the site was made; build again");
        Ok(())
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // Where there was no folder, a failed build leaves none. One that is not empty stays.
        if self.made {
            let _ = fs::remove_dir(&self.out);
        }
    }
}

impl Lock {
    pub(super) fn on(folder: &Path) -> io::Result<Self> {
        let file = File::open(folder)?;
        Ok(match file.try_lock() {
            Ok(()) => Self::Held(file),
            Err(TryLockError::WouldBlock) => Self::Busy,
            Err(TryLockError::Error(_)) => Self::Watched(file),
        })
    }

    /// Whether `path` still leads to the folder that was opened.
    fn is_on(&self, path: &Path) -> bool {
        let (Self::Held(file) | Self::Watched(file)) = self else {
            return false;
        };
        let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
        matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
    }
}

/// The path without links and detours, for what does not exist yet too.
pub(super) fn resolve(path: &Path) -> Result<PathBuf> {
    let full = absolute(path).context("no folder is named")?;
    let cannot = || format!("cannot find `{}`", path.display());
    for existing in full.ancestors() {
        match fs::canonicalize(existing) {
            Ok(found) => return append(&found, full.strip_prefix(existing)?).with_context(cannot),
            Err(fault) if fault.kind() != ErrorKind::NotFound => {
                return Err(fault).with_context(cannot);
            }
            Err(_) if existing.symlink_metadata().is_ok() => {
                bail!("`{}` is a link that leads nowhere", existing.display())
            }
            Err(_) => {}
        }
    }
    bail!(cannot())
}

fn append(found: &Path, absent: &Path) -> Result<PathBuf> {
    let steps_back = absent.components().any(|part| part == Component::ParentDir);
    ensure!(!steps_back, "`..` leads out of a folder that does not exist");
    // Joining nothing would end the path with a slash.
    Ok(found.components().chain(absent.components()).collect())
}

fn check_apart(out: &Path, kept: &Path) -> Result<()> {
    let (place, kept_place) = (out.display(), kept.display());
    ensure!(!out.starts_with(kept), "`{place}` lies in `{kept_place}`, which is only read; choose another folder");
    ensure!(!kept.starts_with(out), "`{place}` contains `{kept_place}`, which would be lost; choose another folder");
    Ok(())
}

/// Makes the folder, and says whether it was absent.
fn make(out: &Path) -> Result<bool> {
    if out.is_dir() {
        return Ok(false);
    }
    ensure!(!out.exists(), "`{}` is a file, not a folder; choose another place", out.display());
    Look::PUBLIC.make_folders(out).with_context(|| format!("cannot make `{}`", out.display()))?;
    Ok(true)
}

fn lock(out: &Path) -> Result<Lock> {
    // Another build may finish between our finding the folder and locking it; then it is another folder.
    for _ in 0..8 {
        let lock = Lock::on(out).with_context(|| format!("cannot open `{}`", out.display()))?;
        ensure!(!matches!(lock, Lock::Busy), "another build is publishing at `{}`; wait for its end", out.display());
        if lock.is_on(out) {
            return Ok(lock);
        }
    }
    bail!("`{}` is replaced again and again by somebody else", out.display())
}
