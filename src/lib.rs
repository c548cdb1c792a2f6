//! kohyo (公表): a certification body's records become its public registry.
//!
//! ```text
//! content/ ─► source ─► parse ─► model ─► check ─► redact (judge) ─► view ─► render ─► publish ─► public/
//!                          └────────┴─────── problems ──► report
//! ```
//!
//! - [`source`] lists the content folder and reads its files; [`parse`] makes records of them; [`model`] is what the body
//!   knows.
//! - [`check`](mod@check) looks at relations and rules. Its errors are timeless; only its warnings look at the day.
//! - [`judge`](mod@judge) tells from events and a day where a service stands.
//! - [`redact`](mod@redact) makes the [`view`], which is all that the public may see; below it nothing else exists.
//! - [`prose`] reads the texts of the body, once for [`check`](mod@check) and [`render`].
//! - [`render`] plans the pages and writes them one by one into [`publish::Stage`], which swaps the finished site in.
//! - [`serve`] previews a registry while it is written: it checks and builds again on every change, and opens no sealed file.
//!
//! What is absent here says as much: no clock and no printing outside the program's own `main` and `cli`; no IO outside
//! [`source`], [`theme`], [`publish`], [`serve`]; no hash order in any output; no scheme's id anywhere.

use std::path::Path;

use anyhow::{Context, Result};
use chrono::NaiveDate;

use problem::{Problems, Words};
use redact::Days;
use source::Sources;

pub mod check;
mod fold;
mod guard;
pub mod judge;
pub mod mark;
pub mod model;
pub mod parse;
pub mod picture;
pub mod problem;
pub mod prose;
pub mod publish;
pub mod redact;
pub mod render;
pub mod report;
pub mod route;
pub mod serve;
pub mod source;
pub mod table;
pub mod theme;
pub mod view;

/// Records are many small texts, made by several threads at once: with the system's allocator a fifth of the time goes there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Starts the threads that the work is shared among. Where no thread is to be had, the one there is does all of it.
///
/// # Errors
/// Not even that is possible.
pub fn start_threads() -> Result<()> {
    let threads = || rayon::ThreadPoolBuilder::new();
    if threads().build_global().is_ok() {
        return Ok(());
    }
    threads().num_threads(1).use_current_thread().build_global().context("no thread can be started")
}

/// A registry that was read and checked.
pub struct Checked {
    /// The files it was read from, so that a report can quote them.
    pub sources: Sources,
    /// The records.
    pub registry: model::Registry,
    /// What is wrong with them, in order.
    pub problems: Problems,
    /// The day it was checked as of.
    pub day: NaiveDate,
}

/// Reads and checks the registry in `root`. `day_at` tells the day to check as of, given the offset of the legal day from
/// UTC in minutes.
///
/// # Errors
/// `root` has no `content/`, or the machine cannot read it. What is wrong with the records is in [`Checked::problems`].
pub fn check(root: &Path, day_at: impl FnOnce(i32) -> NaiveDate) -> Result<Checked> {
    check_listed(root, Sources::list(root)?, day_at)
}

/// Reads and checks the registry in `root` as if no sealed file was there, for previews: not a byte of one is read. What is
/// withheld stays withheld, and where its period is over it is pending.
///
/// # Errors
/// As for [`check()`].
pub fn check_open(root: &Path, day_at: impl FnOnce(i32) -> NaiveDate) -> Result<Checked> {
    check_listed(root, Sources::list_open(root)?, day_at)
}

fn check_listed(root: &Path, mut sources: Sources, day_at: impl FnOnce(i32) -> NaiveDate) -> Result<Checked> {
    let mut problems = Problems::default();
    let registry = parse::registry(&mut sources, theme::known(root)?, &mut problems)?;
    let day = day_at(offset_minutes(&registry));
    check::check(&registry, day, &mut problems);
    problems.sort();
    Ok(Checked { sources, registry, problems, day })
}

/// What a build made.
pub struct Built {
    /// How many services are published.
    pub services: usize,
    /// How many pages were made.
    pub pages: usize,
    /// What changed in the published folder.
    pub published: publish::Published,
}

/// Builds the site of a registry without errors into `out`. `progress` hears of every service that is done, with how many
/// there are.
///
/// # Errors
/// The theme is broken, or the machine cannot write; the old site stands as it was.
pub fn build(
    root: &Path,
    out: &Path,
    registry: model::Registry,
    days: Days,
    parts: render::Parts,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Built> {
    let addresses = check::addresses(&registry);
    let view = redact::redact(registry, days).context("a registry with errors cannot be built")?;
    let theme = theme::load(root, &view.site.theme)?;
    check_root_files(&theme, addresses)?;
    let stage = publish::Stage::open(out, &[&root.join("content"), &root.join("themes")])?;
    let pictures = |path: &str| source::picture(root, path);
    let pages = render::render(&view, &theme, &stage, parts, &pictures, progress)?;
    let published = stage.publish()?;
    Ok(Built { services: view.services.len(), pages, published })
}

/// Files of the theme for the top of the site stand where nothing else does.
fn check_root_files(theme: &theme::Theme, mut addresses: route::Addresses<check::Owner>) -> Result<()> {
    for (path, _) in theme.root() {
        let owner = check::Owner::of_theme(path);
        if let Err(other) = addresses.claim(&route::Route::Root(path), owner) {
            let Words { ja, en } = other.words();
            let told = Words::new(
                format!("テーマの `root/{path}` は公開できません。{ja}と同じ場所になります"),
                format!("themes: `root/{path}` cannot be published: its address is the place of {en}"),
            );
            return Err(report::Told(told).into());
        }
    }
    Ok(())
}

/// The offset of the legal day from UTC in minutes, where `registry.toml` tells it; otherwise the day is UTC's.
pub fn offset_minutes(registry: &model::Registry) -> i32 {
    registry.settings.as_ref().map_or(0, |settings| settings.utc_offset_minutes)
}
