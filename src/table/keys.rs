//! Keys that are missing, and keys that no record has.

use crate::problem::{Code, Problem, Problems, Span};

use super::Taken;

/// What has to stand behind a key, so that the line to add can be told.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Text,
    Date,
    Truth,
    /// A number from this one on.
    Number(u32),
    Table,
}

impl Form {
    fn line(self, key: &str) -> String {
        match self {
            Form::Text => format!("{key} = \"…\""),
            Form::Date => format!("{key} = 2026-04-01"),
            Form::Truth => format!("{key} = true"),
            Form::Number(least) => format!("{key} = {least}"),
            Form::Table => format!("[{key}]"),
        }
    }
}

pub(super) fn missing_key(place: Span, key: &str, form: Form) -> Problem {
    let line = form.line(key);
    Problem::new(
        Code::MissingKey,
        place,
        format!("必ず書く欄 `{key}` がありません"),
        format!("the required key `{key}` is missing"),
    )
    .help(format!("`{line}` の形の行を加えてください"), format!("add a line such as `{line}`"))
}

/// Reports a key that the record does not have, and the one that may be meant; its value is shown nowhere.
pub(super) fn unknown_key(taken: &Taken<'_>, meant: Option<&str>, problems: &mut Problems) {
    problems.conceal(taken.place);
    let fault = Problem::new(
        Code::UnknownKey,
        taken.key,
        format!("この記録に `{}` という欄はありません", taken.name),
        format!("this record has no key `{}`", taken.name),
    );
    problems.push(match meant {
        // A slip of the hand has nothing to do with what is for publication.
        Some(meant) => fault
            .without_rule()
            .help(format!("`{meant}` のことであれば、そう書いてください"), format!("if `{meant}` is meant, write it so")),
        None => fault.help(
            "名前を確かめてください。公表しない事項であれば、取り除いてください",
            "check its name; what is not for publication is to be taken out",
        ),
    });
}
