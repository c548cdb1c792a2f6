//! Writes a registry of any size, lifelike in its amounts and free of errors, to measure with.
//!
//! ```text
//! cargo run --release --example synthetic -- DIR 1000
//! target/release/kohyo build --root DIR --date 2026-11-22 --today 2026-11-22
//! ```

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

mod registry;
mod words;

/// Writes a synthetic registry: the same command makes the same bytes.
#[derive(Debug, Parser)]
#[command(name = "synthetic")]
struct Args {
    /// The folder to write to, absent or empty; it becomes the root of the registry.
    dir: PathBuf,
    /// How many services, dealt out over the schemes.
    services: usize,
    /// The folder with the schemes: their records, items, marks and pages are copied.
    #[arg(long, value_name = "DIR", default_value = "content/schemes")]
    schemes: PathBuf,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let written = registry::write(&args.dir, args.services, &args.schemes)?;
    let (services, providers, megabytes) = (written.services, written.providers, written.bytes / 1_000_000);
    let (root, day) = (args.dir.display(), registry::AS_OF);
    let mut out = io::stdout().lock();
    writeln!(out, "{services} services of {providers} providers, {megabytes} MB, as of {day}")?;
    writeln!(out, "kohyo build --root {root} --date {day} --today {day}")?;
    Ok(())
}
