//! `kohyo serve`.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use chrono::NaiveDate;

use kohyo::serve::Preview;

use super::{LangArg, Now, language, say, watched};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder that holds content/ and, where there is one, themes/. content/ のあるフォルダー
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The port on this machine; 0 takes a free one. ポート番号（0 は空いているもの）
    #[arg(long, value_name = "N", default_value_t = 8437)]
    port: u16,
    /// The day shown; today by default. 示す日（省略すると今日）
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    date: Option<NaiveDate>,
    /// Language of the messages; by the locale by default. 報告の言語
    #[arg(long, value_enum)]
    pub(super) lang: Option<LangArg>,
}

pub(super) fn run(args: &Args, clock: fn() -> Now) -> Result<ExitCode> {
    let preview = Preview {
        root: &args.root,
        cache: &cache(),
        port: args.port,
        day: args.date,
        lang: language(args.lang),
        colour: watched(),
        today: &|offset| clock().day(offset),
        say: &say,
    };
    kohyo::serve::run(&preview)?;
    Ok(ExitCode::SUCCESS)
}

/// Where programs keep what they can make again: the user's cache, otherwise the system's folder for temporary files.
fn cache() -> PathBuf {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")));
    base.unwrap_or_else(env::temp_dir).join("kohyo")
}
