//! `kohyo build`.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use chrono::NaiveDate;

use kohyo::publish::{Published, Way};
use kohyo::redact::Days;
use kohyo::render::Parts;
use kohyo::report::{Format, Lang, Style};

use super::{LangArg, Now, language, say, watched};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder that holds content/ and, where there is one, themes/. content/ のあるフォルダー
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The folder the site is written to; ROOT/public by default. 生成先（省略すると ROOT/public）
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The day shown; today by default. 示す日（省略すると今日）
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    date: Option<NaiveDate>,
    /// Today, for rebuilding an earlier release. 今日とする日
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    today: Option<NaiveDate>,
    /// Language of the messages; by the locale by default. 報告の言語
    #[arg(long, value_enum)]
    pub(super) lang: Option<LangArg>,
}

pub(super) fn run(args: &Args, now: Now) -> Result<ExitCode> {
    let started = Instant::now();
    let lang = language(args.lang);
    let today = |offset| args.today.unwrap_or_else(|| now.day(offset));
    let checked = kohyo::check(&args.root, |offset| args.date.unwrap_or_else(|| today(offset)))?;
    let problems = &checked.problems;
    if !problems.is_empty() {
        let text = kohyo::report::write(
            problems,
            &checked.sources,
            Style { format: Format::Human, lang, colour: watched(), folder: "" },
        );
        say(text.trim_end());
        say(&kohyo::report::summary(problems, lang));
    }
    if problems.has_errors() {
        say(lang.pick(
            "誤りがあるため何も書きませんでした。これまでのサイトはそのままです。",
            "nothing was written because of the errors; the site stands as it was",
        ));
        return Ok(ExitCode::from(1));
    }
    let out = args.out.clone().unwrap_or_else(|| args.root.join("public"));
    let offset = kohyo::offset_minutes(&checked.registry);
    let days = Days { shown: checked.day, today: today(offset), clock: now.day(offset) };
    let built = kohyo::build(&args.root, &out, checked.registry, days, Parts::ALL, &|done, all| progress(done, all, lang))?;
    say(&closing_line(&built, started, lang));
    if !built.published.foreign_removed.is_empty() {
        let list = built.published.foreign_removed.join(", ");
        say(&format!(
            "{}: {list}",
            lang.pick("kohyo の書いたものでないファイルを除きました", "removed files that kohyo had not written")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Tells people who wait how far the work is, on one line that it overwrites.
fn progress(done: usize, all: usize, lang: Lang) {
    const STEP: usize = 500;
    let mut err = io::stderr().lock();
    if all > STEP && (done.is_multiple_of(STEP) || done == all) && err.is_terminal() {
        let end = if done == all { "\n" } else { "" };
        let _ = write!(err, "\r{done}/{all} {}{end}", lang.pick("サービス", "services"));
        let _ = err.flush();
    }
}

fn closing_line(built: &kohyo::Built, started: Instant, lang: Lang) -> String {
    let seconds = started.elapsed().as_secs_f64();
    let (services, pages) = (built.services, built.pages);
    let changes = changes(&built.published, lang);
    match lang {
        Lang::Ja => format!("{services} サービス、{pages} ページを {seconds:.2} 秒で生成しました（{changes}）"),
        Lang::En => {
            format!("{services} service{}, {pages} pages in {seconds:.2} s ({changes})", if services == 1 { "" } else { "s" })
        }
    }
}

fn changes(published: &Published, lang: Lang) -> String {
    let Published { new, changed, unchanged, removed, .. } = published;
    if published.way == Way::Untouched {
        return lang.pick("変更なし", "nothing changed").to_owned();
    }
    match lang {
        Lang::Ja => format!("新規 {new}、変更 {changed}、同じ {unchanged}、削除 {removed} ファイル"),
        Lang::En => format!("files: {new} new, {changed} changed, {unchanged} unchanged, {removed} removed"),
    }
}
