//! The preview: a registry's site on one's own machine, checked and built again whenever a record or the theme changes.
//!
//! ```text
//! watch   waits until something changed and has settled        poll    notices changes where the system cannot tell them
//! site    checks, builds, and remembers what came of it        cache   where it is built, a folder of the user's own
//! wire    requests in and answers out, all within limits       http    answers them, refuses those from elsewhere
//! files   the file that answers at an address                  page    puts the bar with the problems into a page
//! policy  lets the bar's script and form work there
//! ```
//!
//! The site is built into a folder of the user's cache; nothing is written below the root. Sealed files are never opened:
//! they are passed over when the records are listed, so that what is withheld stays so and what is over is pending.
//! With errors in the records, or a theme that fails, the last good site stays and the problems stand over its pages.

use std::path::Path;
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, Result};
use chrono::NaiveDate;

use crate::report::Lang;
use crate::source::Sources;

use site::Site;
use watch::Watch;

mod cache;
mod files;
mod http;
mod page;
mod policy;
mod poll;
mod site;
mod watch;
mod wire;

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
/// There are no records to show, the port is taken, the cache cannot be written or is not the user's own.
pub fn run(preview: &Preview<'_>) -> Result<()> {
    Sources::list_open(preview.root)?;
    let root = preview.root.canonicalize().with_context(|| preview.root.display().to_string())?;
    let (listener, port) = http::listen(preview.port)?;
    let out = cache::place(preview.cache, &root, preview.port, preview.lang)?;
    let (waker, wakes) = mpsc::channel();
    let mut watch = Watch::start(&root, waker.clone(), wakes, preview);
    let site = Site::new(preview, root, out);
    let words = preview.lang.pick("でプレビューしています（終了は Ctrl-C）", "previews the registry; Ctrl-C ends it");
    (preview.say)(&format!("http://127.0.0.1:{port}/ {words}"));
    thread::scope(|scope| {
        let front = || http::run(&listener, &http::Front { site: &site, waker: &waker, port });
        thread::Builder::new().spawn_scoped(scope, front).context("no thread can be had")?;
        loop {
            let altered = site.rebuild();
            watch.wait(altered)?;
        }
    })
}
