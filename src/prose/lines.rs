//! What a line break in a text means: a space, nothing, or a line break that stays.
//!
//! To CommonMark every line break within a paragraph is a space. In Japanese it is none between two letters, and authors
//! who come from a word processor begin lines with ・ ■ ① ※ １． （1） ア． and take for granted that these lines stay.

use pulldown_cmark::{Event, TagEnd};

use super::letters::{closes, is_east_asian, is_either, is_wide_punctuation, opens};
use super::{Part, items, letters_of};

/// A line that is an item or a heading is over where the next one begins, unless it is as wide as this (in half-width
/// letters) or pauses: then it was broken to fit.
const SHORT: usize = 48;

/// Gives every line break the meaning that it has for an author of Japanese.
pub(super) fn keep(parts: Vec<Part>) -> Vec<Part> {
    let meanings: Vec<Option<Event<'static>>> = (0..parts.len()).map(|at| meaning(&parts, at)).collect();
    parts.into_iter().zip(meanings).filter_map(|((_, range), event)| Some((event?, range))).collect()
}

fn meaning(parts: &[Part], at: usize) -> Option<Event<'static>> {
    let (event, _) = parts.get(at)?;
    if *event != Event::SoftBreak {
        return Some(event.clone());
    }
    let (before, after) = (line_before(parts, at), line_after(parts, at));
    if stays(&before, &after) {
        return Some(Event::HardBreak);
    }
    let (last, first) = (before.chars().next_back(), after.chars().next());
    let joins = last.zip(first).is_some_and(|(last, first)| joins(last, first));
    (!joins).then_some(Event::SoftBreak)
}

/// Whether two lines are lines of their own.
fn stays(before: &str, after: &str) -> bool {
    let is_inside = before.chars().filter(|c| opens(*c)).count() > before.chars().filter(|c| closes(*c)).count();
    (items::begins(after) && !is_inside) || (items::begins(before) && is_over(before))
}

fn is_over(line: &str) -> bool {
    let line = line.trim_end();
    let width: usize = line.chars().map(|c| if is_east_asian(c) || is_either(c) { 2 } else { 1 }).sum();
    let pauses = line.ends_with(['、', '，', ',', '､']);
    let ends = line.ends_with(['。', '．', '！', '？', '!', '?', '｡', '：', ':']) || line.ends_with(closes);
    !pauses && (width <= SHORT || ends)
}

/// Japanese is written without spaces: a line break between two of its letters is none, nor is one beside its punctuation.
fn joins(last: char, first: char) -> bool {
    let wide = |c: char| is_east_asian(c) || is_either(c);
    let both = wide(last) && wide(first) && (is_east_asian(last) || is_east_asian(first));
    both || is_wide_punctuation(last) || is_wide_punctuation(first)
}

fn line_before(parts: &[Part], at: usize) -> String {
    let inner = parts.iter().take(at).rev().take_while(|(event, _)| !is_border(event));
    let mut said: Vec<&str> = inner.filter_map(|(event, _)| letters_of(event)).collect();
    said.reverse();
    said.concat()
}

fn line_after(parts: &[Part], at: usize) -> String {
    let inner = parts.iter().skip(at + 1).take_while(|(event, _)| !is_border(event));
    inner.filter_map(|(event, _)| letters_of(event)).collect()
}

/// Whether a line begins or ends here: what stands within a line is emphasis, a link or a picture.
#[allow(clippy::wildcard_enum_match_arm, reason = "all other events of the parser stand within a line")]
fn is_border(event: &Event<'_>) -> bool {
    match event {
        Event::SoftBreak | Event::HardBreak => true,
        Event::Start(tag) => !is_within_a_line(tag.to_end()),
        Event::End(tag) => !is_within_a_line(*tag),
        _ => false,
    }
}

fn is_within_a_line(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::html;

    fn shown(text: &str) -> String {
        html(text).replace("<br />\n", "／")
    }

    #[test]
    fn lines_that_begin_like_items_stay_lines() {
        for (text, means) in [
            ("・対象は全事業者です。\n・期限は12月25日です。", "・対象は全事業者です。／・期限は12月25日です。"),
            ("１．対象\n２．期限", "１．対象／２．期限"),
            ("■ 見出しのつもり\n本文の一行目です。", "■ 見出しのつもり／本文の一行目です。"),
            ("手順は次のとおりです。\n①申込み\n②審査", "手順は次のとおりです。／①申込み／②審査"),
            ("受付は終了しました。\n※再開は未定です。", "受付は終了しました。／※再開は未定です。"),
            ("**■ 期限**\n**12月**です。", "<strong>■ 期限</strong>／<strong>12月</strong>です。"),
            ("日時：12月1日\n場所：東京\nＴＥＬ：03", "日時：12月1日／場所：東京／ＴＥＬ：03"),
            ("一行目です。\n　二行目です。\n以上", "一行目です。／　二行目です。／以上"),
        ] {
            assert_eq!(shown(text), means, "{text}");
        }
    }

    #[test]
    fn a_line_that_was_broken_to_fit_goes_on() {
        for (text, means) in [
            ("料金は……\n別表のとおりです。", "料金は……別表のとおりです。"),
            ("一行目の\n二行目 and\nthird **太字**\n（続き）", "一行目の二行目 and\nthird <strong>太字</strong>（続き）"),
            ("申請は①\nと②、※\nは別です。", "申請は①と②、※は別です。"),
            ("ご連絡ください。\nIaaSは", "ご連絡ください。IaaSは"),
            ("クラウド\nIaaS", "クラウド\nIaaS"),
            (
                "・この項目はとても長い説明が続くため、二十四文字を超えたところで\n折り返しています。",
                "・この項目はとても長い説明が続くため、二十四文字を超えたところで折り返しています。",
            ),
            ("・対象は、\n全事業者です。", "・対象は、全事業者です。"),
            ("（クラウ\nド）の", "（クラウド）の"),
            ("“a” —\n“b”", "“a” —\n“b”"),
        ] {
            assert_eq!(shown(text), means, "{text}");
        }
    }
}
