//! Notices changes without the system's help, by looking at the times and sizes of all files now and then. No file is opened.
//!
//! The poller of `notify` compares whole seconds and misses what is saved twice within one, or put back from a copy with its
//! old time; a preview that stays behind a saved record would be believed.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use walkdir::WalkDir;
use xxhash_rust::xxh3::Xxh3;

/// The time between two looks, and how many times longer than a look it is at least.
const PAUSE: Duration = Duration::from_secs(1);
const SHARE: u32 = 4;

/// Folders as they were at the last look.
pub(super) struct Poll {
    folders: Vec<PathBuf>,
    seen: u64,
    pause: Duration,
}

impl Poll {
    /// Takes the first look. Only paths count that `counts` takes.
    pub(super) fn start(folders: Vec<PathBuf>, counts: impl Fn(&Path) -> bool) -> Self {
        let mut poll = Self { folders, seen: 0, pause: PAUSE };
        poll.look(counts);
        poll
    }

    /// How long to wait before the next look.
    pub(super) fn pause(&self) -> Duration {
        self.pause
    }

    /// Whether anything changed since the last look.
    pub(super) fn look(&mut self, counts: impl Fn(&Path) -> bool) -> bool {
        let start = Instant::now();
        let mut sum = Xxh3::new();
        for folder in &self.folders {
            let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
            // What cannot be looked at now is seen as soon as it can be.
            for entry in walk.into_iter().filter_entry(|entry| counts(entry.path())).flatten() {
                sum.update(entry.path().as_os_str().as_encoded_bytes());
                sum.update(&[0]);
                if let Ok(facts) = entry.metadata() {
                    traits(&facts).iter().for_each(|fact| sum.update(&fact.to_le_bytes()));
                }
            }
        }
        self.pause = PAUSE.max(start.elapsed() * SHARE);
        let seen = sum.digest();
        std::mem::replace(&mut self.seen, seen) != seen
    }
}

/// What differs where a file does. Times of a folder change with what stands beside the records; its names count anyway.
fn traits(facts: &Metadata) -> [i64; 6] {
    if facts.is_dir() {
        return [0; 6];
    }
    let [inode, size] = [facts.ino(), facts.size()].map(u64::cast_signed);
    [inode, size, facts.mtime(), facts.mtime_nsec(), facts.ctime(), facts.ctime_nsec()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn every_change_of_what_counts_is_seen_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let (content, record) = (root.path().join("content"), root.path().join("content/a/service.toml"));
        fs::create_dir_all(content.join("a")).unwrap();
        fs::write(&record, "a = 1").unwrap();
        let counts = |path: &Path| !path.ends_with("passed-over");
        let mut poll = Poll::start(vec![content.clone(), root.path().join("themes")], counts);
        assert!(!poll.look(counts), "nothing changed");
        for text in ["a = 2", "a = 3"] {
            fs::write(&record, text).unwrap();
            assert!(poll.look(counts), "two within a second");
        }
        let time = fs::metadata(&record).unwrap().modified().unwrap() - Duration::from_secs(9_000);
        fs::File::create(&record).unwrap().set_modified(time).unwrap();
        assert!(poll.look(counts), "an older time");
        fs::write(content.join("a/passed-over"), "").unwrap();
        fs::read(&record).unwrap();
        assert!(!poll.look(counts), "reading, and what does not count");
        fs::create_dir(root.path().join("themes")).unwrap();
        assert!(poll.look(counts), "a folder comes");
        fs::rename(&record, content.join("a/other.toml")).unwrap();
        assert!(poll.look(counts) && !poll.look(counts), "another name");
        fs::remove_dir_all(&content).unwrap();
        assert!(poll.look(counts), "a folder goes");
    }
}
