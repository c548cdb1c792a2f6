//! Waits until a record or the theme has changed. Folders alone are watched; no file is opened to see whether it changed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use notify::event::{AccessKind, AccessMode, Event, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::{is_left_over, is_sealed};

/// Changes count as one until nothing has changed for so long.
const QUIET: Duration = Duration::from_millis(50);

/// What changes without an end is looked at now and then all the same.
const MOST: usize = 1_000;

/// The folders below the root that a site is made of. Either may come and go.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Why the preview has to look again.
#[derive(Debug)]
pub(super) enum Wake {
    /// Something below the watched folders changed.
    Changed,
    /// One of the watched folders is another one than before.
    Moved,
    /// The system had too many changes to tell; reading a large registry may itself cause that.
    Lost,
    /// Another day is to be shown.
    Day,
    /// Nobody can ask any more.
    Ended(String),
}

/// The watched root.
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    folders: Vec<PathBuf>,
    wakes: Receiver<Wake>,
    /// Whether the last look was taken only because changes were lost.
    only_lost: bool,
}

impl Watch {
    /// Watches the folders of a root without links on its way.
    pub(super) fn start(root: &Path, waker: Sender<Wake>, wakes: Receiver<Wake>) -> Result<Self> {
        let watched = root.to_owned();
        let tell = move |event: notify::Result<Event>| {
            let wake = match event {
                Ok(event) => wake_of(&event, &watched),
                Err(_) => Some(Wake::Lost),
            };
            if let Some(wake) = wake {
                // Where nobody listens any more the preview ends.
                let _ = waker.send(wake);
            }
        };
        let mut watcher = notify::recommended_watcher(tell).context("this machine cannot watch folders")?;
        watcher.watch(root, RecursiveMode::NonRecursive).with_context(|| cannot_watch(root))?;
        let folders = FOLDERS.iter().map(|name| root.join(name)).collect();
        let mut watch = Self { watcher, folders, wakes, only_lost: false };
        watch.folders()?;
        Ok(watch)
    }

    /// Waits until there is reason to build again. `altered` says whether the last build brought anything new.
    ///
    /// # Errors
    /// A folder cannot be watched, or nobody can ask any more.
    pub(super) fn wait(&mut self, altered: bool) -> Result<()> {
        loop {
            let seen = self.settled()?;
            if seen.moved {
                self.folders()?;
            }
            // When changes got lost, one look finds them. If that look found nothing and itself was too much to tell,
            // looking again would never end.
            let repeats = seen.only_lost() && self.only_lost && !altered;
            self.only_lost = seen.only_lost();
            if !repeats {
                return Ok(());
            }
        }
    }

    /// Gathers what wakes until it is quiet. A day that is asked for does not wait.
    fn settled(&self) -> Result<Seen> {
        let mut seen = Seen::default();
        seen.take(self.wakes.recv().context("nothing can wake the preview")?)?;
        for _ in 0..MOST {
            if seen.day {
                break;
            }
            match self.wakes.recv_timeout(QUIET) {
                Ok(wake) => seen.take(wake)?,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        Ok(seen)
    }

    /// Watches the folders that are there now, whatever stood in their places before.
    fn folders(&mut self) -> Result<()> {
        for folder in &self.folders {
            let _ = self.watcher.unwatch(folder);
            if folder.is_dir() {
                self.watcher.watch(folder, RecursiveMode::Recursive).with_context(|| cannot_watch(folder))?;
            }
        }
        Ok(())
    }
}

/// What woke the preview since the last look.
#[derive(Default)]
struct Seen {
    changed: bool,
    moved: bool,
    day: bool,
}

impl Seen {
    fn take(&mut self, wake: Wake) -> Result<()> {
        match wake {
            Wake::Changed => self.changed = true,
            Wake::Moved => self.moved = true,
            Wake::Lost => {}
            Wake::Day => self.day = true,
            Wake::Ended(reason) => bail!(reason),
        }
        Ok(())
    }

    fn only_lost(&self) -> bool {
        !(self.changed || self.moved || self.day)
    }
}

fn cannot_watch(folder: &Path) -> String {
    format!("cannot watch `{}` for changes", folder.display())
}

/// What a change means; none where the site is not made of it. Reading a file is told by some systems, and changes nothing.
fn wake_of(event: &Event, root: &Path) -> Option<Wake> {
    if event.need_rescan() {
        return Some(Wake::Lost);
    }
    if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
        return None;
    }
    let wakes: Vec<Wake> = event.paths.iter().filter_map(|path| wake_of_path(path, root)).collect();
    let moved = wakes.iter().any(|wake| matches!(wake, Wake::Moved));
    wakes.into_iter().find(|wake| !moved || matches!(wake, Wake::Moved))
}

/// A link may bring in paths from outside of the root; they count.
fn wake_of_path(path: &Path, root: &Path) -> Option<Wake> {
    let Ok(below) = path.strip_prefix(root) else { return Some(Wake::Changed) };
    let mut names = below.iter();
    let first = names.next()?;
    if !FOLDERS.iter().any(|folder| first == *folder) {
        return None;
    }
    if names.as_path().as_os_str().is_empty() {
        return Some(Wake::Moved);
    }
    let ignored = |name: &OsStr| name.as_encoded_bytes().starts_with(b".") || is_sealed(name) || is_left_over(name);
    (!names.any(ignored)).then_some(Wake::Changed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, ModifyKind};

    fn wakes(kind: EventKind, path: &str) -> String {
        let event = Event::new(kind).add_path(Path::new("/root").join(path));
        wake_of(&event, Path::new("/root")).map(|wake| format!("{wake:?}")).unwrap_or_default()
    }

    #[test]
    fn what_no_site_is_made_of_wakes_nobody() {
        let modified = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert_eq!(wakes(modified, "content/registry.toml"), "Changed");
        assert_eq!(wakes(modified, "themes/own/static/a.css"), "Changed");
        for path in ["", "public/index.html", "content/.registry.toml.swp", "content/.git/index", "themes/own/.a/b"] {
            assert_eq!(wakes(modified, path), "", "{path}");
        }
        assert_eq!(wakes(modified, "content/services/ip/0001-1212/disclosures/2026-04-01.withheld.toml"), "");
    }

    #[test]
    fn reading_a_file_wakes_nobody_and_the_end_of_writing_does() {
        assert_eq!(wakes(EventKind::Access(AccessKind::Open(AccessMode::Any)), "content/registry.toml"), "");
        assert_eq!(wakes(EventKind::Access(AccessKind::Close(AccessMode::Write)), "content/registry.toml"), "Changed");
    }

    #[test]
    fn a_folder_that_comes_or_goes_is_watched_anew() {
        assert_eq!(wakes(EventKind::Create(CreateKind::Folder), "themes"), "Moved");
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(matches!(wake_of(&lost, Path::new("/root")), Some(Wake::Lost)));
    }
}
