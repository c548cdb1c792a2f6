//! The commands with their flags as written. Data goes to standard output, talk to standard error.
//!
//! Exit codes: 0 done; 1 the records have errors; 2 wrong usage, or the machine failed.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use chrono::{DateTime, Duration, NaiveDate};
use clap::{Parser, Subcommand, ValueEnum};

use kohyo::report::Lang;

mod build;
mod check;
mod serve;
mod usage;

/// kohyo (公表): a certification body's records become its public registry.
#[derive(Debug, Parser)]
#[command(name = "kohyo", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Checks the records and reports every problem. 記録を検査し、全ての問題を報告します。
    Check(check::Args),
    /// Builds the site, unless the records have errors. 記録に誤りがなければサイトを生成します。
    Build(build::Args),
    /// Previews the site on this machine while records and theme are edited. 編集中のサイトを手元で確かめます。
    Serve(serve::Args),
}

/// A language as `--lang` takes it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum LangArg {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// A moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now {
    /// Seconds since 1970-01-01 in UTC.
    pub(crate) seconds: i64,
}

impl Now {
    /// The legal day at an offset from UTC.
    fn day(self, offset_minutes: i32) -> NaiveDate {
        let moment = DateTime::from_timestamp(self.seconds, 0).unwrap_or_default();
        (moment + Duration::minutes(offset_minutes.into())).date_naive()
    }
}

/// Reads the arguments, and runs the command that they ask for.
pub(crate) fn run(clock: fn() -> Now) -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => cli.run(clock),
        Err(error) => usage::refuse(&error),
    }
}

impl Cli {
    /// Runs the command that was asked for; `clock` tells the moment it is.
    fn run(self, clock: fn() -> Now) -> ExitCode {
        let lang = language(match &self.command {
            Command::Check(args) => args.lang,
            Command::Build(args) => args.lang,
            Command::Serve(args) => args.lang,
        });
        let result = kohyo::start_threads().and_then(|()| match &self.command {
            Command::Check(args) => check::run(args, clock()),
            Command::Build(args) => build::run(args, clock()),
            Command::Serve(args) => serve::run(args, clock),
        });
        result.unwrap_or_else(|error| {
            say(&format!("{}: {}", lang.pick("失敗しました", "failed"), kohyo::report::failure(&error, lang)));
            ExitCode::from(2)
        })
    }
}

/// A day as the flags take it: exactly `2026-04-01`.
fn day(text: &str) -> std::result::Result<NaiveDate, String> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    date.filter(|date| date.format("%Y-%m-%d").to_string() == text && text.len() == 10)
        .ok_or_else(|| "write the day as 2026-04-01".to_owned())
}

/// The language asked for, otherwise that of the locale.
fn language(asked: Option<LangArg>) -> Lang {
    match asked {
        Some(LangArg::Ja) => Lang::Ja,
        Some(LangArg::En) => Lang::En,
        None => {
            let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
            let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
            if locale.to_ascii_lowercase().starts_with("ja") { Lang::Ja } else { Lang::En }
        }
    }
}

/// Says a line on standard error. Where nobody listens nothing is lost.
fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes data to standard output.
fn put(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Whether people watch standard error.
fn watched() -> bool {
    io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none()
}
