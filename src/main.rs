//! Arguments in, exit code out. The only clock of the program is read here.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

mod cli;

fn main() -> ExitCode {
    cli::run(now)
}

fn now() -> cli::Now {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    cli::Now { seconds: i64::try_from(seconds).unwrap_or(i64::MAX) }
}
