//! Waits until a record or the theme has changed. Folders alone are watched; no file is opened to see whether it changed.
//! Where the system cannot watch them all, the preview goes on by polling.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode, Event, EventKind};
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::report::Lang;
use crate::source::{is_left_over, is_sealed};

use super::Preview;
use super::poll::Poll;

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
    /// The system cannot watch all folders any more.
    Blind(notify::Error),
}

/// The watched root.
pub(super) struct Watch<'p> {
    preview: &'p Preview<'p>,
    root: PathBuf,
    eyes: Eyes,
    wakes: Receiver<Wake>,
    /// Whether the last look was taken only because changes were lost.
    only_lost: bool,
}

/// How changes are noticed.
enum Eyes {
    Told(RecommendedWatcher),
    Polling(Poll),
}

impl<'p> Watch<'p> {
    /// Watches the folders of a root without links on its way, as well as this machine can.
    pub(super) fn start(root: &Path, waker: Sender<Wake>, wakes: Receiver<Wake>, preview: &'p Preview<'p>) -> Self {
        let eyes = match told(root, waker) {
            Ok(watcher) => Eyes::Told(watcher),
            Err(error) => polling(root, &words(&error, preview.lang), preview),
        };
        Self { preview, root: root.to_owned(), eyes, wakes, only_lost: false }
    }

    /// Waits until there is reason to build again. `altered` says whether the last build brought anything new.
    ///
    /// # Errors
    /// Nobody can ask any more.
    pub(super) fn wait(&mut self, altered: bool) -> Result<()> {
        loop {
            let seen = self.settled()?;
            self.follow(&seen);
            // When changes got lost, one look finds them. If that look found nothing and itself was too much to tell,
            // looking again would never end.
            let repeats = seen.only_lost() && self.only_lost && !altered;
            self.only_lost = seen.only_lost();
            if !repeats {
                return Ok(());
            }
        }
    }

    /// Watches what stands there now, or goes on by polling where that cannot be done.
    fn follow(&mut self, seen: &Seen) {
        let Eyes::Told(watcher) = &mut self.eyes else { return };
        let watched = match &seen.blind {
            Some(error) => Err(words(error, self.preview.lang)),
            None if seen.moved => watch_folders(watcher, &self.root).map_err(|error| words(&error, self.preview.lang)),
            None => Ok(()),
        };
        if let Err(words) = watched {
            self.eyes = polling(&self.root, &words, self.preview);
        }
    }

    /// Gathers what wakes until it is quiet. A day that is asked for does not wait.
    fn settled(&mut self) -> Result<Seen> {
        let mut seen = Seen::default();
        seen.take(self.next()?);
        for _ in 0..MOST {
            if seen.day {
                break;
            }
            match self.wakes.recv_timeout(QUIET) {
                Ok(wake) => seen.take(wake),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        Ok(seen)
    }

    /// Waits for what wakes first, looking around where nobody tells of changes.
    fn next(&mut self) -> Result<Wake> {
        const ALONE: &str = "nothing can wake the preview";
        let Eyes::Polling(poll) = &mut self.eyes else { return self.wakes.recv().context(ALONE) };
        let counts = |path: &Path| wake_of_path(path, &self.root).is_some();
        loop {
            match self.wakes.recv_timeout(poll.pause()) {
                // The changes that a watcher still had to tell before it was given up are found by looking.
                Ok(wake @ Wake::Day) => return Ok(wake),
                Ok(Wake::Changed | Wake::Moved | Wake::Lost | Wake::Blind(_)) => {}
                Err(RecvTimeoutError::Timeout) => {}
                Err(error @ RecvTimeoutError::Disconnected) => return Err(error).context(ALONE),
            }
            if poll.look(counts) {
                for _ in 0..MOST {
                    thread::sleep(QUIET);
                    if !poll.look(counts) {
                        break;
                    }
                }
                return Ok(Wake::Changed);
            }
        }
    }
}

/// Has the system tell of changes.
fn told(root: &Path, waker: Sender<Wake>) -> notify::Result<RecommendedWatcher> {
    let watched = root.to_owned();
    let tell = move |event: notify::Result<Event>| {
        let wake = match event {
            Ok(event) => wake_of(&event, &watched),
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => Some(Wake::Blind(error)),
            Err(_) => Some(Wake::Lost),
        };
        if let Some(wake) = wake {
            // Where nobody listens any more the preview ends.
            let _ = waker.send(wake);
        }
    };
    let mut watcher = notify::recommended_watcher(tell)?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    watch_folders(&mut watcher, root)?;
    Ok(watcher)
}

/// Watches the folders that are there now, whatever stood in their places before.
fn watch_folders(watcher: &mut RecommendedWatcher, root: &Path) -> notify::Result<()> {
    for folder in FOLDERS.map(|name| root.join(name)) {
        let _ = watcher.unwatch(&folder);
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(())
}

/// Goes on by polling, and says so: this happens once, since nobody watches after it.
fn polling(root: &Path, words: &str, preview: &Preview<'_>) -> Eyes {
    (preview.say)(words);
    Eyes::Polling(Poll::start(FOLDERS.map(|name| root.join(name)).into(), |path| wake_of_path(path, root).is_some()))
}

fn words(error: &notify::Error, lang: Lang) -> String {
    let is_limit = match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // As many programs watch as may (EMFILE of inotify_init).
        ErrorKind::Io(error) => error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error()),
        ErrorKind::Generic(_) | ErrorKind::PathNotFound | ErrorKind::WatchNotFound | ErrorKind::InvalidConfig(_) => false,
    };
    let raise = "sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024";
    match (lang, is_limit) {
        (Lang::Ja, true) => format!(
            "見張れるフォルダーの数の上限に達したため、1 秒ごとに調べて変更を見つけます。プレビューはこのまま使えます。\n上限を上げるには、管理者が次を実行してから kohyo serve を始め直します（サービス 1 件につきフォルダーを 1〜2 個見張ります）:\n  {raise}"
        ),
        (Lang::En, true) => format!(
            "the limit of watched folders is reached, so changes are looked for once a second; the preview can be used all the same.\nTo raise the limit an administrator runs this, and kohyo serve is started again (a service takes a folder or two):\n  {raise}"
        ),
        (Lang::Ja, false) => format!(
            "この環境ではフォルダーを見張れないため、1 秒ごとに調べて変更を見つけます。プレビューはこのまま使えます（{error}）"
        ),
        (Lang::En, false) => format!(
            "folders cannot be watched here, so changes are looked for once a second; the preview can be used all the same ({error})"
        ),
    }
}

/// What woke the preview since the last look.
#[derive(Default)]
struct Seen {
    changed: bool,
    moved: bool,
    day: bool,
    blind: Option<notify::Error>,
}

impl Seen {
    fn take(&mut self, wake: Wake) {
        match wake {
            Wake::Changed => self.changed = true,
            Wake::Moved => self.moved = true,
            Wake::Lost => {}
            Wake::Day => self.day = true,
            Wake::Blind(error) => self.blind = Some(error),
        }
    }

    fn only_lost(&self) -> bool {
        !(self.changed || self.moved || self.day || self.blind.is_some())
    }
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
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

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
    fn where_the_limit_is_reached_on_the_way_the_preview_goes_on_by_polling() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("content")).unwrap();
        let said = Mutex::new(String::new());
        let preview = Preview {
            root: root.path(),
            cache: root.path(),
            port: 0,
            day: None,
            lang: Lang::Ja,
            colour: false,
            today: &|_| chrono::NaiveDate::MIN,
            say: &|words| said.lock().unwrap().push_str(words),
        };
        let (waker, wakes) = channel();
        let mut watch = Watch::start(root.path(), waker.clone(), wakes, &preview);
        for _ in 0..2 {
            waker.send(Wake::Blind(notify::Error::new(ErrorKind::MaxFilesWatch))).unwrap();
        }
        watch.wait(false).unwrap();
        assert!(matches!(watch.eyes, Eyes::Polling(_)));
        std::fs::create_dir_all(root.path().join("themes/own")).unwrap();
        watch.wait(false).unwrap();
        std::fs::write(root.path().join("themes/own/a.css"), "").unwrap();
        watch.wait(false).unwrap();
        waker.send(Wake::Day).unwrap();
        watch.wait(false).unwrap();
        let said = said.lock().unwrap();
        assert_eq!(said.matches("fs.inotify.max_user_watches=").count(), 1, "{said}");
    }

    #[test]
    fn a_folder_that_comes_or_goes_is_watched_anew() {
        assert_eq!(wakes(EventKind::Create(CreateKind::Folder), "themes"), "Moved");
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(matches!(wake_of(&lost, Path::new("/root")), Some(Wake::Lost)));
    }
}
