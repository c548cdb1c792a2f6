//! Failures of the machine in the language asked for. They are made in English where they happen; this is the one place that
//! knows their Japanese.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};

use crate::problem::Words;

use super::{Lang, shown};

/// A failure that names things of the records, and so brings its words in both languages.
#[derive(Debug)]
pub struct Told(pub Words);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl Error for Told {}

/// A failure with its causes, in a line. What a library says of itself stays as it is.
pub fn failure(error: &anyhow::Error, lang: Lang) -> String {
    let said = error.chain().map(|cause| match lang {
        Lang::En => cause.to_string(),
        Lang::Ja => japanese(cause),
    });
    let said: Vec<String> = said.map(|words| shown(&words)).collect();
    said.join(lang.pick("：", ": "))
}

fn japanese(cause: &(dyn Error + 'static)) -> String {
    if let Some(words) = cause.downcast_ref::<io::Error>().and_then(|fault| of_system(fault.kind())) {
        return words.to_owned();
    }
    if let Some(Told(words)) = cause.downcast_ref() {
        return words.ja.clone();
    }
    let said = cause.to_string();
    KNOWN.iter().find_map(|(en, ja)| translated(&said, en, ja)).unwrap_or(said)
}

/// What systems say most often; of anything else the system's own words stay.
fn of_system(kind: ErrorKind) -> Option<&'static str> {
    let known = [
        (ErrorKind::NotFound, "ファイル又はフォルダーがありません"),
        (ErrorKind::PermissionDenied, "読み書きする権限がありません"),
        (ErrorKind::AlreadyExists, "既にあります"),
        (ErrorKind::StorageFull, "ディスクに空きがありません"),
        (ErrorKind::QuotaExceeded, "使える容量を超えています"),
        (ErrorKind::FileTooLarge, "ファイルが大きすぎます"),
        (ErrorKind::ReadOnlyFilesystem, "書き込めない場所です"),
        (ErrorKind::NotADirectory, "フォルダーではありません"),
        (ErrorKind::IsADirectory, "ファイルではなくフォルダーです"),
        (ErrorKind::DirectoryNotEmpty, "フォルダーが空ではありません"),
        (ErrorKind::AddrInUse, "既に使われています"),
        (ErrorKind::OutOfMemory, "メモリーが足りません"),
    ];
    known.iter().find(|(known, _)| *known == kind).map(|(_, words)| *words)
}

/// The Japanese of a message, if it is the English one with anything in its gaps `{}`, which stand in the same order.
fn translated(said: &str, en: &str, ja: &str) -> Option<String> {
    let mut parts = en.split("{}");
    let mut rest = said.strip_prefix(parts.next()?)?;
    let mut filled = ja.to_owned();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let end = if parts.peek().is_none() { rest.len().checked_sub(part.len())? } else { rest.find(part)? };
        let gap = rest.get(..end)?;
        rest = rest.get(end..)?.strip_prefix(part)?;
        filled = filled.replacen("{}", gap, 1);
    }
    rest.is_empty().then_some(filled)
}

/// English as it is made, and Japanese.
const KNOWN: &[(&str, &str)] = &[
    (
        "the site is partly new and partly old; remove the cause, and the next start of kohyo finishes the rest",
        "サイトは新旧が混ざっています。原因を除けば、次に kohyo を起動したときに残りを終えます",
    ),
    ("an earlier publication was interrupted and cannot be finished", "前回の公開が途中で止まっており、終えられません"),
    ("cannot write down what is to be done", "公開の手順を書き留められません"),
    ("{} has no folder content/", "{} に content/ フォルダーがありません"),
    ("a registry with errors cannot be built", "誤りのある記録からは生成できません"),
    ("no thread can be started", "処理に使うスレッドを作れません。ほかのプログラムを終えるか、制限を緩めてください"),
    // Publication.
    (
        "`{}` holds a `.git`, which a publication would remove; choose another folder",
        "`{}` には `.git` があり、生成すると失われます。別のフォルダーを指定してください",
    ),
    ("cannot read `{}` in `{}`", "`{}` を読めません（フォルダー `{}`）"),
    ("cannot read `{}`", "`{}` を読めません"),
    ("cannot write `{}`", "`{}` に書き込めません"),
    ("cannot open `{}`", "`{}` を開けません"),
    ("cannot find `{}`", "`{}` が見つかりません"),
    ("cannot make `{}`", "`{}` を作れません"),
    ("cannot make a folder in `{}`", "`{}` にフォルダーを作れません"),
    ("cannot replace `{}`", "`{}` を置き換えられません"),
    ("cannot remove `{}`", "`{}` を取り除けません"),
    ("cannot write the manifest", "manifest.json に書き込めません"),
    ("cannot bring the new site to the disk", "新しいサイトをディスクに書き込めません"),
    (
        "`{}` in `{}` cannot be used; empty the folder, or choose another",
        "`{}`（フォルダー `{}`）は使えません。フォルダーを空にするか、別のフォルダーを指定してください",
    ),
    (
        "`{}` holds files that kohyo did not make, such as `{}`; empty the folder, or choose another",
        "`{}` には kohyo の作ったものでないファイル（`{}` など）があります。フォルダーを空にするか、別のフォルダーを指定してください",
    ),
    ("a file could not be staged, so nothing is published", "書き込めないファイルがあったため、何も公開していません"),
    ("two files want the address `{}`", "アドレス `{}` のファイルが二つあります"),
    ("cannot publish at `{}`; choose a folder below it", "`{}` には公開できません。その下のフォルダーを指定してください"),
    ("cannot publish at `{}`", "`{}` に公開できません"),
    ("no way was found to publish at `{}`", "`{}` に公開する方法がありません"),
    ("`{}` cannot be the address of a file", "`{}` はファイルのアドレスになりません"),
    ("`{}` is not an address for a page", "`{}` はページのアドレスになりません"),
    ("`{}` was replaced while the site was made; build again", "`{}` が生成中に置き換えられました。もう一度生成してください"),
    ("no folder is named", "フォルダーの名前がありません"),
    ("`{}` is a link that leads nowhere", "`{}` は無いものを指すリンクです"),
    ("`..` leads out of a folder that does not exist", "`..` が、無いフォルダーから外へ出ます"),
    (
        "`{}` lies in `{}`, which is only read; choose another folder",
        "`{}` は、読むだけの `{}` の中にあります。別のフォルダーを指定してください",
    ),
    (
        "`{}` contains `{}`, which would be lost; choose another folder",
        "`{}` の中に `{}` があり、生成すると失われます。別のフォルダーを指定してください",
    ),
    ("`{}` is a file, not a folder; choose another place", "`{}` はフォルダーではなくファイルです。別の場所を指定してください"),
    ("another build is publishing at `{}`; wait for its end", "別の生成が `{}` に公開しています。終わるのを待ってください"),
    ("`{}` is replaced again and again by somebody else", "`{}` がほかから何度も置き換えられています"),
    ("the folders cannot change places", "新旧のフォルダーを入れ替えられません"),
    ("the old folder cannot be renamed", "古いフォルダーの名前を変えられません"),
    ("the old site now lies at `{}`; rename it back by hand", "古いサイトは `{}` にあります。手作業で名前を戻してください"),
    ("the new folder cannot be renamed; the old site is back", "新しいフォルダーの名前を変えられません。古いサイトに戻しました"),
    ("the new site stands, but the old one cannot be put away", "新しいサイトになりましたが、古いものを片付けられません"),
    (
        "the new site stands, but may not be on the disk yet",
        "新しいサイトになりましたが、まだディスクに書き込まれていないことがあります",
    ),
    ("a thread died", "処理が途中で止まりました"),
    ("it is damaged", "壊れています"),
    ("it has the format {}, and this program knows {}", "形式 {} のもので、このプログラムは形式 {} を扱います"),
    // Themes.
    ("strings/{}.toml has no `{}`", "strings/{}.toml に `{}` がありません"),
    ("themes: strings/{}.toml is missing", "テーマに strings/{}.toml がありません"),
    ("themes: strings/{} is missing", "テーマに strings/{} がありません"),
    ("themes: strings/{}: `{}` is no text", "テーマの strings/{} の `{}` がテキストではありません"),
    ("themes: strings/{}: {}", "テーマの strings/{} を読めません：{}"),
    ("themes: words that not every language has:\n  {}", "テーマの言葉で、一方の言語にしかないもの：{}"),
    (
        "themes: `{}` is neither in templates/, strings/, static/ nor root/",
        "テーマの `{}` は templates/、strings/、static/、root/ のどれにもありません",
    ),
    ("themes: `{}` is not UTF-8", "テーマの `{}` が UTF-8 ではありません"),
    ("themes: `{}` has a name that cannot be published as an address", "テーマの `{}` の名前はアドレスになりません"),
    ("themes: `{}` and `{}` differ in case only", "テーマの `{}` と `{}` は、大文字と小文字の違いしかありません"),
    (
        "themes: `static/{}` is a file that the program itself makes",
        "テーマの `static/{}` は、このプログラムが自ら作るファイルと同じ名前です",
    ),
    ("`{}` is no name of a theme", "`{}` はテーマの名前になりません"),
    ("themes", "テーマ"),
    ("Japanese collation", "日本語の並べ替え"),
    // The preview.
    ("this machine cannot watch folders", "この環境ではフォルダーの変更を見張れません"),
    ("cannot watch `{}` for changes", "`{}` の変更を見張れません"),
    ("cannot keep previews in `{}`", "プレビューを `{}` に置けません"),
    ("cannot tell the port", "ポート番号が分かりません"),
    ("nothing can wake the preview", "プレビューを続けられません"),
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use anyhow::{Context, anyhow};

    #[test]
    fn a_failure_is_told_in_the_language_asked_for_with_what_it_is_about() {
        let error = anyhow::Error::from(io::Error::from(ErrorKind::PermissionDenied)).context("cannot read `a` in `b c`");
        assert_eq!(failure(&error, Lang::Ja), "`a` を読めません（フォルダー `b c`）：読み書きする権限がありません");
        assert!(failure(&error, Lang::En).starts_with("cannot read `a` in `b c`: "));
        let unknown: anyhow::Result<()> = Err(anyhow!("\u{1b}[0m")).context("themes");
        assert_eq!(failure(&unknown.unwrap_err(), Lang::Ja), "テーマ：\\u{1b}[0m");
    }

    #[test]
    fn both_languages_name_the_same_number_of_things() {
        for (en, ja) in KNOWN {
            assert_eq!(en.matches("{}").count(), ja.matches("{}").count(), "{en}");
        }
    }
}
