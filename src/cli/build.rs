//! `kohyo build`.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use chrono::NaiveDate;

use kohyo::publish::{Published, Recovered, Way};
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
    let out = args.out.clone().unwrap_or_else(|| args.root.join("public"));
    recover(&out, lang)?;
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
        let stands = kohyo::publish::is_site(&out);
        say(match stands {
            true => lang.pick(
                "誤りがあるため何も書きませんでした。これまでのサイトはそのままです。",
                "nothing was written because of the errors; the site stands as it was",
            ),
            false => lang.pick("誤りがあるため何も書きませんでした。", "nothing was written because of the errors"),
        });
        return Ok(ExitCode::from(1));
    }
    let offset = kohyo::offset_minutes(&checked.registry);
    let days = Days { shown: checked.day, today: today(offset), clock: now.day(offset) };
    let built = kohyo::build(&args.root, &out, checked.registry, days, Parts::ALL, &|done, all| progress(done, all, lang))?;
    say(&closing_line(&built, started, lang));
    if let Some(left_over) = &built.published.left_over {
        say(&format!(
            "{}: {}",
            lang.pick(
                "前のサイトのフォルダーが残っています。次の生成で取り除きます",
                "the old site is left over; the next build removes it"
            ),
            left_over.display()
        ));
    }
    if !built.published.foreign_removed.is_empty() {
        let list = built.published.foreign_removed.join(", ");
        say(&format!(
            "{}: {list}",
            lang.pick("kohyo の書いたものでないファイルを除きました", "removed files that kohyo had not written")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Finishes or undoes a publication that was interrupted, and says so.
pub(super) fn recover(out: &Path, lang: Lang) -> Result<()> {
    match kohyo::publish::recover(out)? {
        Some(Recovered::Finished) => say(lang.pick(
            "途中で止まっていた前回の公開を、最後まで終えました。",
            "an earlier publication that was interrupted has been finished",
        )),
        Some(Recovered::PutBack) => say(lang.pick(
            "前回の公開が途中で止まっていたため、その前のサイトを元に戻しました。",
            "an earlier publication was interrupted; the site before it has been put back",
        )),
        None => {}
    }
    Ok(())
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
    // Exchanging the folders is how it should be; of a lesser way people ought to know.
    let way = match published.way {
        Way::Untouched | Way::Exchanged => "",
        Way::Renamed => {
            lang.pick("。フォルダーを入れ替えられないため、順に改名しました", "; by renaming one folder after the other")
        }
        Way::FileByFile => lang.pick(
            "。フォルダーを入れ替えられないため、ファイルごとに置き換えました",
            "; file by file, as the folder cannot be exchanged",
        ),
    };
    match lang {
        Lang::Ja => format!("新規 {new}、変更 {changed}、同じ {unchanged}、削除 {removed} ファイル{way}"),
        Lang::En => format!("files: {new} new, {changed} changed, {unchanged} unchanged, {removed} removed{way}"),
    }
}
