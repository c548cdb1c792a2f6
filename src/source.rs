//! The content folder as values: which files there are, and what one of them holds.
//!
//! The tree is listed once; a file's text is read when its record is parsed and dropped afterwards, so that a large
//! registry never stands in memory as text. Reports read again what they have to quote.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

use crate::problem::FileId;

/// The largest file that is still taken for a record, in bytes.
pub const LARGEST: u64 = 4 << 20;

/// The largest picture, in bytes.
pub const LARGEST_PICTURE: u64 = 20 << 20;

/// What stands at a path of the content folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A symbolic link to a place outside of the content folder, to nothing, or to a folder that stands there already; it is
    /// not followed.
    LinkOut,
    /// Neither file nor folder: a pipe, a device, a socket. It is never opened.
    Special,
    /// Not there; named because a record is missing there.
    Absent,
}

/// One path of the content folder.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Relative to the root, with `/`: `content/registry.toml`.
    pub path: String,
    /// What stands there.
    pub kind: Kind,
}

/// The text of a file without its byte order mark, line breaks as LF. It has no `Debug`: it may be sealed.
pub struct SourceText(String);

impl SourceText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a file has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not UTF-8 from this byte on.
    NotUtf8 {
        /// Offset of the first byte that is not.
        at: usize,
    },
    /// It is larger than [`LARGEST`].
    TooLarge,
}

/// The listed content folder of a root.
#[derive(Debug)]
pub struct Sources {
    root: PathBuf,
    entries: Vec<Entry>,
}

impl Sources {
    /// Lists `root/content`, sorted by path. Names that begin with a dot are passed over, as version control and
    /// editors leave such files, and those of the systems' own files.
    ///
    /// # Errors
    /// The root has no `content/`, or the machine cannot list it.
    pub fn list(root: &Path) -> Result<Sources> {
        Self::list_but(root, |_| false)
    }

    /// Lists `root/content` as if no sealed file was there, so that none is ever opened; what editors leave is passed over.
    ///
    /// # Errors
    /// As for [`Sources::list`].
    pub fn list_open(root: &Path) -> Result<Sources> {
        Self::list_but(root, |name| is_sealed(name) || is_left_over(name))
    }

    fn list_but(root: &Path, passed_over: fn(&OsStr) -> bool) -> Result<Sources> {
        let content = root.join("content");
        if !content.is_dir() {
            bail!("{} has no folder content/", root.display());
        }
        let inside = content.canonicalize().with_context(|| content.display().to_string())?;
        let mut entries = Vec::new();
        // Links are not followed: a linked folder would be read twice, or for ever.
        let mut walk = WalkDir::new(&content).min_depth(1).sort_by_file_name().into_iter();
        while let Some(step) = walk.next() {
            let step = step.context("content/")?;
            let target = if step.path_is_symlink() { step.path().canonicalize().ok() } else { None };
            let names = [Some(step.path()), target.as_deref()].into_iter().flatten().filter_map(Path::file_name);
            if is_hidden(step.file_name()) || names.into_iter().any(passed_over) {
                if step.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            let kind = if step.path_is_symlink() { kind_of_link(target.as_deref(), &inside) } else { kind_of(&step)? };
            entries.push(Entry { path: relative(root, step.path()), kind });
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Sources { root: root.to_owned(), entries })
    }

    /// Every path with its id, in the order of paths.
    pub fn entries(&self) -> impl Iterator<Item = (FileId, &Entry)> {
        (0..).map(FileId).zip(&self.entries)
    }

    /// Whether a path was listed.
    pub fn has(&self, path: &str) -> bool {
        self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).is_ok()
    }

    /// The id of a path that should be there and is not.
    pub fn missing(&mut self, path: &str) -> FileId {
        let id = FileId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.entries.push(Entry { path: path.to_owned(), kind: Kind::Absent });
        id
    }

    /// The path of a file, relative to the root.
    pub fn path(&self, file: FileId) -> &str {
        self.entries.get(file.0 as usize).map_or("", |entry| &entry.path)
    }

    /// Whether no value of this file may occur in any message: disclosures, open and sealed.
    pub fn is_confidential(&self, file: FileId) -> bool {
        let path = self.path(file);
        path.contains("/disclosures/") || path.ends_with(".withheld.toml")
    }

    /// The text of a file, or why it has none.
    ///
    /// # Errors
    /// The machine cannot read the file.
    pub fn text(&self, file: FileId) -> Result<std::result::Result<SourceText, Unreadable>> {
        let Some(Entry { path, kind: Kind::File(len) }) = self.entries.get(file.0 as usize) else {
            return Ok(Ok(SourceText(String::new())));
        };
        let bytes = if *len > LARGEST { None } else { self.read(path)? };
        let Some(bytes) = bytes else { return Ok(Err(Unreadable::TooLarge)) };
        Ok(match String::from_utf8(bytes) {
            Ok(text) => Ok(SourceText(plain(text))),
            Err(error) => Err(Unreadable::NotUtf8 { at: readable_part(error).len() }),
        })
    }

    /// What of a file can be quoted: its text, or the part of it that is UTF-8. Nothing of a confidential file is needed
    /// for a quote but its keys; the report sees to that.
    pub fn quotable(&self, file: FileId) -> String {
        let bytes = self.bytes(file).ok().flatten().unwrap_or_default();
        match String::from_utf8(bytes) {
            Ok(text) => plain(text),
            Err(error) => readable_part(error),
        }
    }

    /// The bytes of a file that is no text, such as a font or a picture; none where it is too large.
    ///
    /// # Errors
    /// The machine cannot read the file.
    pub fn bytes(&self, file: FileId) -> Result<Option<Vec<u8>>> {
        match self.entries.get(file.0 as usize) {
            Some(Entry { path, kind: Kind::File(len) }) if *len <= largest(path) => self.read(path),
            Some(_) | None => Ok(None),
        }
    }

    /// The bytes of a file; none where it has grown larger than it may be since it was listed.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let largest = largest(path);
        let mut bytes = Vec::new();
        let file = fs::File::open(self.root.join(path)).with_context(|| path.to_owned())?;
        file.take(largest + 1).read_to_end(&mut bytes).with_context(|| path.to_owned())?;
        Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= largest))
    }
}

/// The bytes of a picture, by its path relative to the root, at the time when it is published.
///
/// # Errors
/// The machine cannot read it.
pub fn picture(root: &Path, path: &str) -> Result<Vec<u8>> {
    fs::read(root.join(path)).with_context(|| path.to_owned())
}

fn largest(path: &str) -> u64 {
    if path.starts_with("content/pictures/") { LARGEST_PICTURE } else { LARGEST }
}

/// Whether a file of this name is a sealed one, or what an editor left of one: `2026-04-01.withheld.toml~`.
pub fn is_sealed(name: &OsStr) -> bool {
    name.to_string_lossy().contains(".withheld.")
}

/// What version control, editors and systems keep for themselves wherever they go.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || ["thumbs.db", "ehthumbs.db", "desktop.ini"].contains(&name.to_lowercase().as_str())
}

/// What an editor leaves beside a file that it is working on. A preview goes on while it lies there.
pub fn is_left_over(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    name.ends_with('~')
        || name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
        || ending
            .is_some_and(|ending| ["swp", "swo", "swx", "bck", "bak", "tmp", "orig", "rej", "part"].contains(&ending.as_str()))
}

fn kind_of(step: &walkdir::DirEntry) -> Result<Kind> {
    let kind = step.file_type();
    if kind.is_dir() {
        return Ok(Kind::Folder);
    }
    if !kind.is_file() {
        return Ok(Kind::Special);
    }
    let len = step.metadata().with_context(|| step.path().display().to_string())?.len();
    Ok(Kind::File(len))
}

/// A link stands for a file of the content folder, and for nothing else.
fn kind_of_link(target: Option<&Path>, inside: &Path) -> Kind {
    let metadata = target.filter(|target| target.starts_with(inside)).and_then(|target| target.metadata().ok());
    match metadata {
        Some(metadata) if metadata.is_file() => Kind::File(metadata.len()),
        Some(_) | None => Kind::LinkOut,
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The text in front of the first byte that is not UTF-8.
fn readable_part(error: std::string::FromUtf8Error) -> String {
    let valid = error.utf8_error().valid_up_to();
    let mut bytes = error.into_bytes();
    bytes.truncate(valid);
    plain(String::from_utf8(bytes).unwrap_or_default())
}

/// Drops the byte order mark and makes every line break LF, so that texts have LF whatever the file has.
fn plain(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text }
}
