//! The site as it stands now: checked and built on demand, with what came of it for whoever asks.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Result;
use chrono::NaiveDate;

use crate::problem::Severity;
use crate::redact::Days;
use crate::render::Parts;
use crate::report::{self, Format, Lang, Style};
use crate::route::Base;
use crate::{Built, Checked};

use super::Preview;

/// How long a request waits for something to happen; browsers and what stands between give up later than this.
const PATIENCE: Duration = Duration::from_secs(20);

/// The preview's site.
pub(super) struct Site<'p> {
    preview: &'p Preview<'p>,
    root: PathBuf,
    out: PathBuf,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The day chosen; today where none is.
    day: Option<NaiveDate>,
    /// How often a day was asked for, and up to which of these the site was built.
    asked: u64,
    done: u64,
    version: u64,
    /// None until the first build has ended, well or not.
    face: Option<Face>,
}

/// What is to be seen: the site, and what the bar says over it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Face {
    /// The last site that could be built.
    pub(super) good: Option<Good>,
    /// The day that is asked for.
    pub(super) day: NaiveDate,
    /// Today.
    pub(super) today: NaiveDate,
    /// What was found in the records and the theme.
    pub(super) found: Found,
}

/// A site that could be built.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Good {
    /// The path that its addresses begin with.
    pub(super) base: String,
    /// The day it shows.
    pub(super) day: NaiveDate,
}

/// What is wrong, as far as it was looked at.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// The problems of the records as people read them, without colours.
    pub(super) report: String,
    /// Why no site could be made of them.
    pub(super) failure: Option<String>,
}

/// What one build came to.
#[derive(Default)]
struct Attempt {
    days: Option<Days>,
    found: Found,
    /// The problems for the terminal.
    told: String,
    built: Option<(Good, Built)>,
}

impl Found {
    /// Whether the site that stands is not what the records say.
    pub(super) fn is_bad(&self) -> bool {
        self.errors > 0 || self.failure.is_some()
    }
}

impl<'p> Site<'p> {
    pub(super) fn new(preview: &'p Preview<'p>, root: PathBuf, out: PathBuf) -> Self {
        let state = State { day: preview.day, ..State::default() };
        Self { preview, root, out, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The folder of the built site.
    pub(super) fn folder(&self) -> &Path {
        &self.out
    }

    pub(super) fn lang(&self) -> Lang {
        self.preview.lang
    }

    /// Checks and builds, tells the terminal, and wakes whoever waits. Says whether anything is to be seen that was not
    /// before.
    pub(super) fn rebuild(&self) -> bool {
        let (day, asked) = {
            let state = self.state();
            (state.day, state.asked)
        };
        let attempt = self.attempt(day);
        let before = self.state().face.clone();
        self.tell(&attempt, before.as_ref());
        let files_changed = attempt.files_changed() > 0;
        let face = self.face(attempt, day, before.as_ref());
        let altered = files_changed || before.as_ref() != Some(&face);
        let mut state = self.state();
        state.face = Some(face);
        state.done = asked;
        if altered {
            state.version += 1;
        }
        self.changed.notify_all();
        altered
    }

    /// What is to be seen with its version; waits for the first build, and none where that takes too long.
    pub(super) fn seen(&self) -> (String, Option<Face>) {
        let waiting = |state: &mut State| state.face.is_none();
        let waited = self.changed.wait_timeout_while(self.state(), PATIENCE, waiting);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (version(&state), state.face.clone())
    }

    /// Waits until what is to be seen is another version than `known`, and tells which; after a while it tells the same.
    pub(super) fn another_than(&self, known: &str) -> String {
        let waited = self.changed.wait_timeout_while(self.state(), PATIENCE, |state| version(state) == known);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        version(&state)
    }

    /// Shows another day, or today from now on: `wake` gets it built, and this waits until it is.
    pub(super) fn show(&self, day: Option<NaiveDate>, wake: impl FnOnce()) {
        let mut state = self.state();
        state.day = day;
        state.asked += 1;
        let asked = state.asked;
        drop(state);
        wake();
        let _ = self.changed.wait_timeout_while(self.state(), PATIENCE, |state| state.done < asked);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn attempt(&self, day: Option<NaiveDate>) -> Attempt {
        let mut attempt = Attempt::default();
        if let Err(error) = self.check_and_build(day, &mut attempt) {
            attempt.found.failure = Some(report::failure(&error, self.preview.lang));
        }
        attempt
    }

    fn check_and_build(&self, day: Option<NaiveDate>, attempt: &mut Attempt) -> Result<()> {
        let today = self.preview.today;
        let mut checked = crate::check_open(&self.root, |offset| day.unwrap_or_else(|| today(offset)))?;
        let clock = today(crate::offset_minutes(&checked.registry));
        let days = Days { shown: checked.day, today: clock, clock };
        attempt.days = Some(days);
        self.report(&mut checked, attempt);
        if checked.problems.has_errors() {
            return Ok(());
        }
        let base = checked.registry.settings.as_ref().map_or("/", |settings| &settings.base_url.value);
        let good = Good { base: Base::new(base).path().to_owned(), day: days.shown };
        let built = crate::build(&self.root, &self.out, checked.registry, days, Parts::ALL, &|_, _| {})?;
        attempt.built = Some((good, built));
        Ok(())
    }

    /// The terminal is told in the order of `check`, the end of which stands above the prompt; a page begins with what has
    /// to be mended.
    fn report(&self, checked: &mut Checked, attempt: &mut Attempt) {
        let Checked { problems, sources, .. } = checked;
        let style = |colour| Style { format: Format::Human, lang: self.preview.lang, colour, folder: "" };
        report::write(problems, sources, style(self.preview.colour)).trim_end().clone_into(&mut attempt.told);
        problems.errors_first();
        report::write(problems, sources, style(false)).trim_end().clone_into(&mut attempt.found.report);
        attempt.found.errors = problems.count(Severity::Error);
        attempt.found.warnings = problems.count(Severity::Warning);
    }

    fn face(&self, attempt: Attempt, day: Option<NaiveDate>, before: Option<&Face>) -> Face {
        let today = match (&attempt.days, before) {
            (Some(days), _) => days.today,
            (None, Some(before)) => before.today,
            (None, None) => (self.preview.today)(0),
        };
        Face {
            day: attempt.days.map_or_else(|| day.unwrap_or(today), |days| days.shown),
            today,
            good: attempt.built.map(|(good, _)| good).or_else(|| before.and_then(|before| before.good.clone())),
            found: attempt.found,
        }
    }

    /// Tells the terminal what came of a build. What was told the last time is not told again.
    fn tell(&self, attempt: &Attempt, before: Option<&Face>) {
        let (lang, say) = (self.preview.lang, self.preview.say);
        let found = &attempt.found;
        if before.is_some_and(|before| before.found == *found) && attempt.files_changed() == 0 {
            return;
        }
        if !attempt.told.is_empty() && before.is_none_or(|before| before.found.report != found.report) {
            say(&attempt.told);
        }
        if let Some(failure) = &found.failure {
            say(&format!("{}: {failure}", lang.pick("失敗しました", "failed")));
        }
        let what = match &attempt.built {
            Some((good, _)) => match (lang, attempt.files_changed()) {
                (Lang::Ja, files) => format!("{} 現在のサイトを示しています（{files} ファイル更新）", good.day),
                (Lang::En, files) => format!("the site as of {} is shown ({files} files renewed)", good.day),
            },
            None => stays(before.and_then(|before| before.good.as_ref()), lang),
        };
        say(&format!("{} — {what}", summary(found, lang)));
    }
}

impl Attempt {
    fn files_changed(&self) -> usize {
        self.built.as_ref().map_or(0, |(_, Built { published, .. })| published.new + published.changed + published.removed)
    }
}

/// How many errors and warnings there are, in a sentence.
pub(super) fn summary(found: &Found, lang: Lang) -> String {
    report::counts(found.errors, found.warnings, lang)
}

/// Which site stands while something is wrong, in a sentence.
pub(super) fn stays(good: Option<&Good>, lang: Lang) -> String {
    match (good, lang) {
        (Some(good), Lang::Ja) => format!("直前の正しいサイト（{} 現在）を示しています", good.day),
        (Some(good), Lang::En) => format!("the last good site, as of {}, stays", good.day),
        (None, lang) => lang.pick("示せるサイトはまだありません", "there is no site to show yet").to_owned(),
    }
}

/// A version says which run of the program it is of, so that a page of an earlier one reloads too.
fn version(state: &State) -> String {
    format!("{}-{}", std::process::id(), state.version)
}
