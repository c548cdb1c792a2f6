//! Time, CPU and peak memory of `check` and `build`, at 1,000 and 10,000 services, beside Hugo with the bare service pages.
//!
//! ```text
//! cargo bench --bench build                    both sizes, three runs each
//! HUGO=/path/to/hugo cargo bench --bench build -- 10000
//! ```
//!
//! `KOHYO_BENCH_DIR` names the folder to work in (a temporary one otherwise), `KOHYO_BENCH_RUNS` the number of runs,
//! `HUGO` the program to compare with (`hugo` on the path otherwise; without it there is no comparison).
//! Each figure is that of a process of its own, with all it did from start to end; the jobs take turns.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use kohyo::redact::Days;
use kohyo::render::Parts;

mod hugo;
mod meter;
#[path = "../synthetic/registry.rs"]
mod registry;
mod report;
#[path = "../synthetic/words.rs"]
mod words;

use meter::Figures;

const SIZES: [usize; 2] = [1_000, 10_000];
const RUNS: usize = 3;

/// What is measured, in the order of its turns. A fresh build starts from an absent folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Job {
    Check,
    Pages,
    Hugo,
    PagesAndData,
    Marks,
    Fresh,
    Unchanged,
    OneChanged,
}

impl Job {
    const ALL: [Job; 8] =
        [Job::Check, Job::Pages, Job::Hugo, Job::PagesAndData, Job::Marks, Job::Fresh, Job::Unchanged, Job::OneChanged];

    /// What it makes, where it is one of kohyo's builds.
    fn parts(self) -> Option<&'static str> {
        match self {
            Job::Check | Job::Hugo => None,
            Job::Pages => Some("pages"),
            Job::PagesAndData => Some("pages+data"),
            Job::Marks => Some("marks"),
            Job::Fresh | Job::Unchanged | Job::OneChanged => Some("pages+data+marks"),
        }
    }

    /// The folder it writes to; the whole builds follow each other in one.
    fn out(self) -> &'static str {
        match self {
            Job::Check | Job::Hugo => "hugo",
            Job::Pages => "pages",
            Job::PagesAndData => "data",
            Job::Marks => "marks",
            Job::Fresh | Job::Unchanged | Job::OneChanged => "whole",
        }
    }
}

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["meter", program, rest @ ..] => meter::run(program, rest),
        ["check", root] => check(Path::new(root)),
        ["build", root, out, parts] => build(Path::new(root), Path::new(out), parts),
        sizes => measure(sizes),
    }
}

fn check(root: &Path) -> Result<()> {
    let checked = kohyo::check(root, |_| registry::AS_OF)?;
    if checked.problems.has_errors() {
        bail!("{} has errors", root.display());
    }
    Ok(())
}

fn build(root: &Path, out: &Path, parts: &str) -> Result<()> {
    let checked = kohyo::check(root, |_| registry::AS_OF)?;
    if checked.problems.has_errors() {
        bail!("{} has errors", root.display());
    }
    let has = |part: &str| parts.split('+').any(|name| name == part);
    let parts = Parts { pages: has("pages"), data: has("data"), marks: has("marks") };
    let days = Days { shown: registry::AS_OF, today: registry::AS_OF, clock: registry::AS_OF };
    kohyo::build(root, out, checked.registry, days, parts, &|_, _| {})?;
    Ok(())
}

fn measure(sizes: &[&str]) -> Result<()> {
    let sizes: Vec<usize> =
        sizes.iter().map(|size| size.parse().with_context(|| format!("`{size}` is no number"))).collect::<Result<_>>()?;
    let runs = env::var("KOHYO_BENCH_RUNS").ok().map_or(Ok(RUNS), |runs| runs.parse()).context("KOHYO_BENCH_RUNS")?;
    let (dir, _temporary) = folder()?;
    let hugo = hugo::find();
    for services in if sizes.is_empty() { SIZES.to_vec() } else { sizes } {
        let bench = Bench { dir: dir.join(services.to_string()), hugo: hugo.clone() };
        bench.prepare(services)?;
        let figures = bench.rounds(runs)?;
        report::write(services, hugo.as_ref().map(|hugo| hugo.version.as_str()), &figures, &mut io::stdout().lock())?;
        bench.clear()?;
    }
    Ok(())
}

/// The folder to work in, and what removes it in the end where it is a temporary one.
fn folder() -> Result<(PathBuf, Option<tempfile::TempDir>)> {
    if let Some(dir) = env::var_os("KOHYO_BENCH_DIR") {
        return Ok((PathBuf::from(dir), None));
    }
    let temporary = tempfile::tempdir()?;
    Ok((temporary.path().to_owned(), Some(temporary)))
}

struct Bench {
    dir: PathBuf,
    hugo: Option<hugo::Hugo>,
}

impl Bench {
    fn prepare(&self, services: usize) -> Result<()> {
        remove(&self.dir)?;
        let schemes = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/schemes");
        let written = registry::write(&self.root(), services, &schemes)?;
        let (services, providers, megabytes) = (written.services, written.providers, written.bytes / 1_000_000);
        writeln!(io::stderr().lock(), "{services} services of {providers} providers, {megabytes} MB of records")?;
        if self.hugo.is_some() {
            hugo::write(&self.root().join("content"), &self.dir.join("hugo"))?;
        }
        Ok(())
    }

    fn rounds(&self, runs: usize) -> Result<BTreeMap<Job, Vec<Figures>>> {
        let mut figures: BTreeMap<Job, Vec<Figures>> = BTreeMap::new();
        for run in 1..=runs {
            // Old sites go before a round and not within it, so that no job pays for what another one wrote.
            remove(&self.dir.join("out"))?;
            fs::create_dir_all(self.dir.join("out"))?;
            for job in Job::ALL {
                if let Some(found) = self.take(job)? {
                    writeln!(io::stderr().lock(), "run {run}: {job:?} {found}")?;
                    figures.entry(job).or_default().push(found);
                }
            }
        }
        Ok(figures)
    }

    fn take(&self, job: Job) -> Result<Option<Figures>> {
        let out = self.dir.join("out").join(job.out());
        let own = env::current_exe()?;
        let mut command = Command::new(&own);
        command.arg("meter");
        match (job, job.parts(), &self.hugo) {
            (Job::Hugo, _, Some(hugo)) => hugo.arguments(&self.dir.join("hugo"), &out, &mut command),
            (Job::Hugo, _, None) => return Ok(None),
            (_, Some(parts), _) => {
                command.arg(own).arg("build").arg(self.root()).arg(out).arg(parts);
            }
            (_, None, _) => {
                command.arg(own).arg("check").arg(self.root());
            }
        }
        if job == Job::OneChanged {
            return self.with_one_changed(|| Figures::of(&mut command)).map(Some);
        }
        Figures::of(&mut command).map(Some)
    }

    /// Takes a figure while the summary of one service is another one.
    fn with_one_changed(&self, take: impl FnOnce() -> Result<Figures>) -> Result<Figures> {
        let record =
            walkdir::WalkDir::new(self.root().join("content/services")).sort_by_file_name().into_iter().filter_map(Result::ok);
        let path = record.map(walkdir::DirEntry::into_path).find(|path| path.ends_with("service.toml")).context("a service")?;
        let before = fs::read_to_string(&path)?;
        fs::write(&path, before.replacen("summary = \"", "summary = \"改めました。", 1))?;
        let found = take();
        fs::write(&path, before)?;
        found
    }

    fn root(&self) -> PathBuf {
        self.dir.join("registry")
    }

    fn clear(&self) -> Result<()> {
        remove(&self.dir.join("out"))
    }
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() { fs::remove_dir_all(folder).with_context(|| folder.display().to_string()) } else { Ok(()) }
}
