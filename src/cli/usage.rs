//! Wrong usage, told in the language asked for: clap knows what is wrong and speaks English alone.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Error, ValueEnum};

use kohyo::report::{Lang, shown};

use super::{LangArg, language, say};

/// Says what is wrong with the arguments; help and version, which were asked for, are no fault.
pub(super) fn refuse(error: &Error) -> ExitCode {
    match (fault(error), language(asked(env::args_os()))) {
        (Some(fault), Lang::Ja) => {
            say(&format!("指定が正しくありません: {}", shown(&fault)));
            say("使い方は kohyo --help で確かめられます");
        }
        (Some(_), Lang::En) | (None, _) => {
            let _ = error.print();
        }
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// The language that arguments ask for which could not be read as a whole.
fn asked(args: impl Iterator<Item = OsString>) -> Option<LangArg> {
    let args: Vec<String> = args.filter_map(|arg| arg.into_string().ok()).collect();
    let apart = args.windows(2).filter_map(|pair| match pair {
        [flag, value] if flag == "--lang" => Some(value.as_str()),
        _ => None,
    });
    let joined = args.iter().filter_map(|arg| arg.strip_prefix("--lang="));
    apart.chain(joined).find_map(|value| LangArg::from_str(value, true).ok())
}

/// What is wrong, in Japanese; nothing where help or the version was asked for.
#[allow(clippy::wildcard_enum_match_arm, reason = "clap's list of kinds is open")]
fn fault(error: &Error) -> Option<String> {
    let told = |kind| error.get(kind).map(of_context).unwrap_or_default();
    let (option, value) = (told(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    Some(match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => {
            format!("`{option}` という指定はありません{}", meant(&told(ContextKind::SuggestedArg)))
        }
        ErrorKind::InvalidSubcommand => {
            let command = told(ContextKind::InvalidSubcommand);
            format!("`{command}` という命令はありません。check、build、serve のいずれかです")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("`{option}` の値がありません{}", list(error)),
        ErrorKind::InvalidValue => format!("`{value}` は `{option}` に指定できません{}", list(error)),
        ErrorKind::ValueValidation => format!("`{value}` は `{option}` に指定できません{}", form(&option)),
        ErrorKind::ArgumentConflict => format!("`{option}` は一度だけ指定してください"),
        ErrorKind::MissingRequiredArgument => format!("`{option}` の指定がありません"),
        ErrorKind::InvalidUtf8 => "読めない文字があります".to_owned(),
        _ => error.kind().to_string(),
    })
}

#[allow(clippy::wildcard_enum_match_arm, reason = "clap's list of kinds is open")]
fn of_context(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        other => other.to_string(),
    }
}

fn meant(suggested: &str) -> String {
    if suggested.is_empty() { String::new() } else { format!("。`{suggested}` のことではありませんか") }
}

/// The values that there are, where they can be counted.
fn list(error: &Error) -> String {
    let valid = error.get(ContextKind::ValidValue).map(of_context).filter(|valid| !valid.is_empty());
    valid.map(|valid| format!("。指定できるのは {valid} です")).unwrap_or_default()
}

/// The form that the value of an option has.
fn form(option: &str) -> &'static str {
    if option.contains("YYYY-MM-DD") {
        "。日付は 2026-04-01 の形で書いてください"
    } else if option.starts_with("--port") {
        "。0 から 65535 までの数を書いてください"
    } else {
        ""
    }
}
