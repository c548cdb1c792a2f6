//! The preview: a registry's site on one's own machine, checked and built again whenever a record or the theme changes.
//!
//! ```text
//! watch   waits until something changed and has settled        site    checks, builds, and remembers what came of it
//! http    takes requests, refuses those from elsewhere         files   the file that answers at an address
//! page    puts the bar with the problems into a page           policy  lets the bar's script and form work there
//! ```
//!
//! The site is built into a folder of the user's cache; nothing is written below the root. Sealed files are never opened:
//! they are passed over when the records are listed, so that what is withheld stays so and what is over is pending.
//! With errors in the records, or a theme that fails, the last good site stays and the problems stand over its pages.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use crate::report::Lang;
use crate::source::Sources;

use site::Site;
use watch::Watch;

mod files;
mod http;
mod page;
mod policy;
mod site;
mod watch;

/// What is to be previewed, and how.
pub struct Preview<'p> {
    /// The folder that holds `content/` and, where there is one, `themes/`.
    pub root: &'p Path,
    /// Where previews are kept from run to run; made where it is absent, for its owner alone.
    pub cache: &'p Path,
    /// The port to listen at; 0 takes a free one.
    pub port: u16,
    /// The day shown at first; today where none is given.
    pub day: Option<NaiveDate>,
    /// The language of messages and of the bar.
    pub lang: Lang,
    /// Whether the terminal may be told in colours.
    pub colour: bool,
    /// Tells today, given the offset of the legal day from UTC in minutes.
    pub today: &'p (dyn Fn(i32) -> NaiveDate + Sync),
    /// Says a line in the terminal.
    pub say: &'p (dyn Fn(&str) + Sync),
}

/// Serves the preview until the program is ended.
///
/// # Errors
/// There are no records to show, the port is taken, the cache cannot be written, or the machine stops listening.
pub fn run(preview: &Preview<'_>) -> Result<()> {
    Sources::list_open(preview.root)?;
    let root = preview.root.canonicalize().with_context(|| preview.root.display().to_string())?;
    let (server, port) = http::listen(preview.port, preview.lang)?;
    let out = place(preview.cache, &root, preview.port)?;
    let (waker, wakes) = mpsc::channel();
    let mut watch = Watch::start(&root, waker.clone(), wakes)?;
    let site = Site::new(preview, root, out);
    let words = preview.lang.pick("でプレビューしています（終了は Ctrl-C）", "previews the registry; Ctrl-C ends it");
    (preview.say)(&format!("http://127.0.0.1:{port}/ {words}"));
    thread::scope(|scope| {
        scope.spawn(|| http::run(&server, &http::Front { site: &site, waker: &waker, port }));
        loop {
            let altered = site.rebuild();
            watch.wait(altered)?;
        }
    })
}

/// The folder that the preview of a root at a port is built into. Two previews of one root at two ports show two days.
fn place(cache: &Path, root: &Path, port: u16) -> Result<PathBuf> {
    let cannot = || format!("cannot keep previews in `{}`", cache.display());
    fs::create_dir_all(cache).with_context(cannot)?;
    // A preview may show what is not public yet. Whoever does not own the folder cannot close it, and is told so.
    fs::set_permissions(cache, Permissions::from_mode(0o700)).with_context(cannot)?;
    let name = [root.as_os_str().as_encoded_bytes(), &port.to_le_bytes()].concat();
    Ok(cache.join(format!("preview-{:016x}", xxh3_64(&name))))
}
