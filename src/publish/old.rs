//! The site that stands now: whether it is ours to replace, and what of it can stay.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::look::Look;
use super::manifest::{self, Manifest, Stamp};
use super::tree::Tree;
use super::{Fate, Placed};

/// Keeps an otherwise empty folder in a repository; it outlives every publication.
pub(super) const GITKEEP: &str = ".gitkeep";

/// The old site, as it was found when the stage was opened.
pub(super) struct Old {
    pub(super) root: PathBuf,
    pub(super) has_gitkeep: bool,
    manifest: Manifest,
    manifest_bytes: Option<Vec<u8>>,
    found: BTreeMap<OsString, Found>,
    /// How a new file would look; one that looks otherwise is not as we would write it.
    look: Look,
}

/// What stands at a path, links not followed. A folder is found only if it is empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    File,
    EmptyFolder,
    Other,
}

impl Old {
    /// Looks through `root`, the manifest of which is known from [`read_manifest`].
    pub(super) fn read(root: &Path, manifest: Option<Vec<u8>>, tree: &Tree) -> Result<Self> {
        let mut found = walk(root, &tree.root).with_context(|| format!("cannot read `{}`", root.display()))?;
        found.remove(OsStr::new(manifest::NAME));
        let has_gitkeep = found.remove(OsStr::new(GITKEEP)).is_some();
        Ok(Self {
            root: root.to_owned(),
            has_gitkeep,
            manifest: manifest.as_deref().map(Manifest::parse).transpose()?.unwrap_or_default(),
            manifest_bytes: manifest,
            found,
            look: tree.look,
        })
    }

    /// What becomes of `path` if it is to hold `bytes`. A file that cannot be read is written anew.
    pub(super) fn fate(&self, path: &str, bytes: &[u8]) -> Fate {
        match self.found.get(OsStr::new(path)) {
            None | Some(Found::EmptyFolder) => Fate::New,
            Some(Found::Other) => Fate::Changed,
            Some(Found::File) if self.holds(path, bytes).unwrap_or(false) => Fate::Unchanged,
            Some(Found::File) => Fate::Changed,
        }
    }

    /// The stamp of the file at `path`, if it has this key and is still what was published.
    pub(super) fn kept(&self, path: &str, key: u128) -> Option<Stamp> {
        let stamp = self.manifest.files.get(path)?.as_ref()?;
        let is_file = self.found.get(OsStr::new(path)) == Some(&Found::File);
        let intact = is_file && stamp.has_key(key) && self.fits(path, stamp).unwrap_or(false);
        intact.then(|| stamp.clone())
    }

    pub(super) fn manifest_is(&self, bytes: &[u8]) -> bool {
        self.manifest_bytes.as_deref() == Some(bytes)
    }

    /// What stands here and does not belong to the new site, sorted.
    pub(super) fn stale<'a>(&'a self, placed: &'a Placed) -> impl Iterator<Item = (&'a OsStr, Found)> {
        let belongs = |path: &OsStr| path.to_str().is_some_and(|path| placed.contains_key(path));
        self.found.iter().map(|(path, found)| (path.as_os_str(), *found)).filter(move |(path, _)| !belongs(path))
    }

    /// What does not belong to the new site and did not belong to the old one.
    pub(super) fn foreign(&self, placed: &Placed) -> Vec<String> {
        let known = |path: &OsStr| path.to_str().is_some_and(|path| self.manifest.files.contains_key(path));
        let foreign = self.stale(placed).filter(|(path, _)| !known(path));
        foreign.map(|(path, _)| path.to_string_lossy().into_owned()).collect()
    }

    fn holds(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        let file = File::open(self.root.join(path))?;
        let facts = file.metadata()?;
        if facts.len() != bytes.len() as u64 || !self.look.fits(&facts) {
            return Ok(false);
        }
        reads_as(file, bytes)
    }

    fn fits(&self, path: &str, stamp: &Stamp) -> io::Result<bool> {
        let mut file = File::open(self.root.join(path))?;
        let facts = file.metadata()?;
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        Ok(self.look.fits(&facts) && stamp.fits(&content))
    }
}

/// The manifest of a folder that we may replace; none if the folder is empty.
pub(super) fn read_manifest(root: &Path) -> Result<Option<Vec<u8>>> {
    let place = root.display();
    if root.join(".git").symlink_metadata().is_ok() {
        bail!("`{place}` holds a `.git`, which a publication would remove; choose another folder");
    }
    let bytes = match fs::read(root.join(manifest::NAME)) {
        Ok(bytes) => bytes,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => {
            return check_empty(root).map(|()| None);
        }
        Err(fault) => {
            return Err(fault).with_context(|| format!("cannot read `{}` in `{place}`", manifest::NAME));
        }
    };
    let advice = || format!("`{}` in `{place}` cannot be used; empty the folder, or choose another", manifest::NAME);
    Manifest::parse(&bytes).with_context(advice)?;
    Ok(Some(bytes))
}

fn check_empty(root: &Path) -> Result<()> {
    let entries = fs::read_dir(root).with_context(|| format!("cannot read `{}`", root.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name());
    }
    // The least name, so that the same folder gets the same message everywhere.
    match names.iter().filter(|name| *name != GITKEEP).min() {
        None => Ok(()),
        Some(name) => bail!(
            "`{}` holds files that kohyo did not make, such as `{}`; empty the folder, or choose another",
            root.display(),
            name.to_string_lossy(),
        ),
    }
}

/// Everything under `root` by its path from there, except what is under `skip`.
fn walk(root: &Path, skip: &Path) -> io::Result<BTreeMap<OsString, Found>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![OsString::new()];
    while let Some(folder) = folders.pop() {
        let mut is_empty = true;
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            is_empty = false;
            let path = joined(&folder, &entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if entry.path() != skip {
                    folders.push(path);
                }
            } else {
                found.insert(path, if kind.is_file() { Found::File } else { Found::Other });
            }
        }
        if is_empty && !folder.is_empty() {
            found.insert(folder, Found::EmptyFolder);
        }
    }
    Ok(found)
}

fn joined(folder: &OsStr, name: &OsStr) -> OsString {
    let mut path = folder.to_owned();
    if !path.is_empty() {
        path.push("/");
    }
    path.push(name);
    path
}

/// Whether the file, known to be of the same length, reads as `bytes`.
fn reads_as(mut file: File, bytes: &[u8]) -> io::Result<bool> {
    let mut buffer = [0; 32 * 1024];
    for expected in bytes.chunks(buffer.len()) {
        let part = &mut buffer[..expected.len()];
        file.read_exact(part)?;
        if part != expected {
            return Ok(false);
        }
    }
    Ok(true)
}
