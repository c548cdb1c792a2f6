//! `kohyo check`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use chrono::NaiveDate;
use clap::ValueEnum;

use kohyo::problem::Severity;
use kohyo::report::{Format, Style};

use super::{LangArg, Now, language, put, say, watched};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder that holds content/. content/ のあるフォルダー
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The day to check as of; today by default. 基準日（省略すると今日）
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    date: Option<NaiveDate>,
    /// How problems are written. 報告の形式
    #[arg(long, value_enum, default_value = "human")]
    format: FormatArg,
    /// Language of the messages; by the locale by default. 報告の言語
    #[arg(long, value_enum)]
    pub(super) lang: Option<LangArg>,
    /// Turns warnings into exit code 1: those that somebody wrote, or `all`. 警告（日の経過だけによるものは all のとき）があれば終了コードを 1 にします
    #[arg(long, value_enum)]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    Human,
    Json,
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings that somebody wrote; not those that a passing day alone brings.
    Warnings,
    /// Every warning.
    All,
}

pub(super) fn run(args: &Args, now: Now) -> Result<ExitCode> {
    let lang = language(args.lang);
    super::build::recover(&args.root.join("public"), lang)?;
    let checked = kohyo::check(&args.root, |offset| args.date.unwrap_or_else(|| now.day(offset)))?;
    let problems = &checked.problems;
    let format = match args.format {
        FormatArg::Human => Format::Human,
        FormatArg::Json => Format::Json,
        FormatArg::Github => Format::Github,
    };
    let folder = folder(&args.root);
    let text = kohyo::report::write(problems, &checked.sources, Style { format, lang, colour: watched(), folder: &folder });
    match format {
        Format::Human if text.is_empty() => {}
        Format::Human => say(text.trim_end()),
        Format::Json | Format::Github => put(&text)?,
    }
    say(&kohyo::report::summary(problems, lang));
    let warned = match args.deny {
        Some(Deny::Warnings) => problems.has_written_warnings(),
        Some(Deny::All) => problems.count(Severity::Warning) > 0,
        None => false,
    };
    Ok(ExitCode::from(u8::from(problems.has_errors() || warned)))
}

/// The root as GitHub has to read it: from the repository's own folder where GitHub tells it, otherwise from the folder that
/// the command runs in. Empty where it is that folder; for a root outside of both no such path is known.
fn folder(root: &Path) -> String {
    let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let root = absolute(root);
    let bases = [env::var_os("GITHUB_WORKSPACE").map(PathBuf::from), env::current_dir().ok()];
    let inside = bases.into_iter().flatten().find_map(|base| root.strip_prefix(absolute(&base)).ok().map(Path::to_owned));
    let inside = inside.filter(|parts| !parts.as_os_str().is_empty());
    inside.map(|parts| format!("{}/", parts.display())).unwrap_or_default()
}
