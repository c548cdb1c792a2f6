//! One process, measured: wall time, CPU time and peak memory.
//!
//! The bench starts itself as a meter, and the meter starts the process: then what the meter's children used is what
//! this process used, its own children included.

use std::fmt;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

/// What a process used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// Seconds of all processors, for the program and for the system.
    pub(crate) cpu: f64,
    /// Largest resident memory in MiB.
    pub(crate) peak: f64,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} {:.3} {:.1}", self.wall, self.cpu, self.peak)
    }
}

impl Figures {
    /// Runs a meter and reads what it measured.
    pub(crate) fn of(meter: &mut Command) -> Result<Figures> {
        let output = meter.stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "a measured process failed");
        let text = String::from_utf8(output.stdout)?;
        let numbers: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>().context("figures")?;
        match numbers.as_slice() {
            [wall, cpu, peak] => Ok(Figures { wall: *wall, cpu: *cpu, peak: *peak }),
            _ => anyhow::bail!("`{text}` are no figures"),
        }
    }
}

/// The meter: runs a program and prints what it used.
pub(crate) fn run(program: &str, args: &[&str]) -> Result<()> {
    let started = Instant::now();
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().with_context(|| program.to_owned())?;
    let wall = started.elapsed().as_secs_f64();
    if !output.status.success() {
        io::stderr().lock().write_all(&output.stderr)?;
        anyhow::bail!("{program} failed");
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    // Linux tells KiB.
    let peak = usage.max_rss() as f64 / 1024.0;
    writeln!(io::stdout().lock(), "{}", Figures { wall, cpu, peak })?;
    Ok(())
}

fn seconds(time: TimeVal) -> f64 {
    time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6
}
