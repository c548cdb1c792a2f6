//! The step from the old site to the new one, and the lesser steps for file systems that lack it.
//!
//! Exchanging two folders fails on a mount point (EBUSY), in the lower layer of an overlay (EXDEV), on NFS
//! (EINVAL) and elsewhere. Each method says false where it cannot work, before it has changed anything.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, Result};
use rustix::io::Errno;

use super::journal::Journal;
use super::look::Look;
use super::old::Old;
use super::target::Target;
use super::tree::{Tree, aside};
use super::{Placed, Way};

/// What a method needs to know.
pub(super) struct Swap<'a> {
    pub(super) target: &'a Target,
    pub(super) stage: &'a Path,
    pub(super) old: &'a Old,
    pub(super) placed: &'a Placed,
}

/// Puts the new site in the place of the old one; false if that cannot be done in this way.
pub(super) type Method = fn(&Swap) -> Result<bool>;

/// The ways that may work, the best first.
pub(super) fn methods(tree: &Tree) -> &'static [(Way, Method)] {
    const ALL: &[(Way, Method)] = &[(Way::Exchanged, exchange), (Way::Renamed, rename_both), (Way::FileByFile, replace_files)];
    if tree.within { &ALL[2..] } else { ALL }
}

fn exchange(swap: &Swap) -> Result<bool> {
    match exchange_folders(swap.stage, &swap.target.out) {
        Ok(()) => sync_parent(swap),
        Err(fault) if is_impossible(&fault) => Ok(false),
        Err(fault) => Err(fault).context("the folders cannot change places"),
    }
}

/// Leaves the old site at the place of the stage, as an exchange does.
fn rename_both(swap: &Swap) -> Result<bool> {
    let out = &swap.target.out;
    let aside = aside(&swap.target.parent, &swap.target.name);
    match fs::rename(out, &aside) {
        Ok(()) => {}
        Err(fault) if is_impossible(&fault) => return Ok(false),
        Err(fault) => return Err(fault).context("the old folder cannot be renamed"),
    }
    if let Err(fault) = fs::rename(swap.stage, out) {
        let lost = || format!("the old site now lies at `{}`; rename it back by hand", aside.display());
        fs::rename(&aside, out).with_context(lost)?;
        return Err(fault).context("the new folder cannot be renamed; the old site is back");
    }
    fs::rename(&aside, swap.stage).context("the new site stands, but the old one cannot be put away")?;
    sync_parent(swap)
}

/// A journal is written first: if this is interrupted, the next start of the program goes on where it stopped.
fn replace_files(swap: &Swap) -> Result<bool> {
    let half = "the site is partly new and partly old; remove the cause, and the next start of kohyo finishes the rest";
    let journal = Journal::of(swap.old, swap.placed);
    journal.write(swap.stage)?;
    journal.carry_out(swap.stage, &swap.target.out, swap.target.look).context(half)?;
    let folder = File::open(&swap.target.out)?;
    sync_file_system(&folder).context("the new site stands, but may not be on the disk yet")?;
    Ok(true)
}

/// Moves a staged file to its address.
pub(super) fn replace(stage: &Path, out: &Path, look: Look, path: &str) -> io::Result<()> {
    let (from, to) = (stage.join(path), out.join(path));
    make_way(out, look, path)?;
    match fs::rename(&from, &to) {
        Err(fault) if fault.kind() == ErrorKind::CrossesDevices => copy(&from, &to, look),
        renamed => renamed,
    }
}

/// Makes the folders of `path`, and removes what stands where a folder or the file has to be. A link to
/// a folder is in the way too: what is written goes into the site and nowhere else.
fn make_way(out: &Path, look: Look, path: &str) -> io::Result<()> {
    for (end, _) in path.match_indices('/') {
        let folder = out.join(&path[..end]);
        match folder.symlink_metadata() {
            Ok(facts) if facts.is_dir() => continue,
            Ok(_) => fs::remove_file(&folder)?,
            Err(_) => {}
        }
        look.make_folders(&folder)?;
    }
    let file = out.join(path);
    match file.symlink_metadata() {
        Ok(facts) if facts.is_dir() => fs::remove_dir_all(&file),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Like a rename, from another file system. No address has a `~`, so none is hit.
fn copy(from: &Path, to: &Path, look: Look) -> io::Result<()> {
    let mut name = to.as_os_str().to_owned();
    name.push("~new");
    let _ = fs::remove_file(&name);
    io::copy(&mut File::open(from)?, &mut look.create(Path::new(&name))?)?;
    fs::rename(&name, to)?;
    // As after a rename nothing is left to move.
    fs::remove_file(from)
}

/// Removes what is stale, and the folders that are empty without it.
pub(super) fn remove(out: &Path, path: &Path) -> io::Result<()> {
    let place = out.join(path);
    let is_folder = place.symlink_metadata().is_ok_and(|facts| facts.is_dir());
    let removed = if is_folder { fs::remove_dir(&place) } else { fs::remove_file(&place) };
    match removed {
        // It had to make way for something new: gone, or a folder by now.
        Err(fault) if is_superseded(&fault, &place) => return Ok(()),
        removed => removed?,
    }
    let mut folders = place.ancestors().skip(1).take_while(|folder| *folder != out);
    while folders.next().is_some_and(|folder| fs::remove_dir(folder).is_ok()) {}
    Ok(())
}

fn is_superseded(fault: &io::Error, place: &Path) -> bool {
    let gone = [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&fault.kind());
    gone || place.is_dir()
}

fn sync_parent(swap: &Swap) -> Result<bool> {
    let synced = File::open(&swap.target.parent).and_then(|folder| folder.sync_all());
    match synced {
        // Some file systems have nothing to sync in a folder, and some folders may be written but not read.
        Err(fault) if is_impossible(&fault) => Ok(true),
        synced => synced.map(|()| true).context("the new site stands, but may not be on the disk yet"),
    }
}

/// Whether an error means that it cannot be done here at all, rather than that it went wrong.
fn is_impossible(fault: &io::Error) -> bool {
    use Errno as E;
    let no_way = [E::INVAL, E::NOSYS, E::NOTSUP, E::OPNOTSUPP, E::XDEV, E::BUSY];
    is_refusal(fault) || Errno::from_io_error(fault).is_some_and(|errno| no_way.contains(&errno))
}

/// Whether an error means that we may not write in a folder.
pub(super) fn is_refusal(fault: &io::Error) -> bool {
    let refusals = [Errno::ACCESS, Errno::PERM, Errno::ROFS];
    Errno::from_io_error(fault).is_some_and(|errno| refusals.contains(&errno))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_folders(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_folders(_: &Path, _: &Path) -> io::Result<()> {
    Err(Errno::NOSYS.into())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn sync_file_system(file: &File) -> io::Result<()> {
    Ok(rustix::fs::syncfs(file)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn sync_file_system(_: &File) -> io::Result<()> {
    rustix::fs::sync();
    Ok(())
}

/// Whether the folder is known to be a mount point; where this cannot be told, renaming it tells.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let facts = statx(CWD, folder, AtFlags::empty(), StatxFlags::empty());
    facts.is_ok_and(|facts| facts.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn is_mount_point(_: &Path) -> bool {
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_from_another_file_system_replaces_the_old_one() {
        let ground = tempfile::tempdir().unwrap();
        let (from, to) = (ground.path().join("from"), ground.path().join("to"));
        fs::write(&from, "new").unwrap();
        fs::write(&to, "old").unwrap();
        copy(&from, &to, Look::PUBLIC).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"new");
        assert_eq!(fs::read_dir(ground.path()).unwrap().count(), 1);
    }
}
