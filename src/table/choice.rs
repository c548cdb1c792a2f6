//! The words of closed lists, with what people call them.

use crate::problem::{Code, Problem, Span, near};

/// A word of a closed list as people call it.
fn called(word: &str) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == word).map(|(_, name)| *name)
}

const NAMES: &[(&str, &str)] = &[
    ("certified", "認定"),
    ("renewal-applied", "更新の申請"),
    ("continuation-granted", "効力継続の決定"),
    ("renewed", "更新"),
    ("renewal-refused", "更新の拒否"),
    ("renewal-withdrawn", "更新の申請の取下げ"),
    ("changed", "変更の届出"),
    ("renamed", "名称の変更"),
    ("succession", "事業承継"),
    ("ended", "サービスの終了"),
    ("improvement-requested", "改善の要請"),
    ("improvement-met", "改善の完了"),
    ("revoked", "認定の取消し"),
    ("certificate-returned", "認定証の返納"),
    ("corrected", "記録の訂正"),
    ("transfer", "事業譲渡"),
    ("merger", "合併"),
    ("split", "会社分割"),
    ("inheritance", "相続"),
    ("lost", "効力を失う"),
    ("kept", "効力が続く"),
    ("mandatory", "必須"),
    ("optional", "選択"),
    ("provider", "事業者"),
    ("service", "サービス"),
    ("new", "新規"),
    ("new-reduced", "新規（減額）"),
    ("renewal", "更新"),
    ("reissue", "認定証の再発行"),
    ("automatic", "当然に続く"),
    ("by-decision", "機関の決定による"),
    ("ends-effect", "効力を失う"),
    ("review", "見直す"),
    ("hold", "留め置く"),
    ("publish", "公表する"),
    ("day-before-anniversary", "応当日の前日"),
    ("anniversary", "応当日"),
];

/// A value that is not on its list: the one that may be meant, and the list.
pub(super) fn not_on_list(key: &str, written: &str, span: Span, words: &[&str]) -> Problem {
    let shown = |word: &&str| match called(word) {
        Some(name) => format!("`{word}`（{name}）"),
        None => format!("`{word}`"),
    };
    let japanese: Vec<String> = words.iter().map(shown).collect();
    let english: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let named = || words.iter().copied().find(|word| called(word).is_some_and(|name| is_called(written, name)));
    let meant = near(written, words.iter().copied()).or_else(named);
    let (ja, en) = match meant {
        Some(word) => (format!("`{key} = \"{word}\"` のことでしょうか。"), format!("is `{key} = \"{word}\"` meant? ")),
        None => Default::default(),
    };
    Problem::new(
        Code::BadValue,
        span,
        format!("`{key}` に書ける語ではありません"),
        format!("the value of `{key}` is not on its list"),
    )
    .help(format!("{ja}次のいずれかにしてください：{}", japanese.join("、")), format!("{en}use one of {}", english.join(", ")))
}

/// Whether somebody who wrote this meant the word of that name: `取消し` for 認定の取消し.
fn is_called(written: &str, name: &str) -> bool {
    let plain = |text: &str| text.replace(['の', 'し', '（', '）'], "");
    let (written, name) = (plain(written), plain(name));
    written.chars().count() >= 2 && (written == name || name.ends_with(&written))
}
