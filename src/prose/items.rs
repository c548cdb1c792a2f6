//! Lines that begin like an item of a list, a heading or a form: signs, numbers and letters as Japanese texts count with,
//! and words in front of a colon.

use super::letters::is_east_asian;

/// Whether a line begins like an item.
pub(super) fn begins(line: &str) -> bool {
    // A full-width space at the beginning begins a paragraph.
    line.starts_with('\u{3000}')
        || signed(line)
        || counted(line)
        || article(line)
        || labelled(line)
        || told_at(line)
        || dated(line)
        || line.contains(['\t', '｜'])
        || matches!(line.trim(), "記" | "以上" | "以　上" | "敬具" | "草々")
}

/// `・対象`, `■ 期限`, `※再開`, `①申込み`, `【日時】`, `－　対象`.
fn signed(line: &str) -> bool {
    let line = line.trim_start();
    let mut letters = line.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else { return false };
    match first {
        // 「○○株式会社」, 「○月○日」: a name or a figure still open.
        '○' | '◯' | '●' | '□' | '△' | '〇' if second == Some(first) => false,
        '○' | '◯' | '●' | '〇' if second.is_some_and(|c| "年月日時分秒号条項回名件円人".contains(c)) => {
            false
        }
        '〇' | '‐' | '‑' | '–' | '—' | '―' | 'ー' => second.is_some_and(char::is_whitespace),
        // 「-対象」, 「－対象」, a list without its space; 「－5」 and 「＋10」 are numbers.
        '－' | '＋' => second.is_some_and(|c| c.is_whitespace() || (is_east_asian(c) && c.is_alphabetic())),
        '-' | '+' => second.is_some_and(|c| is_east_asian(c) && c.is_alphabetic()) || is_dashed(line),
        // One that is not emphasis.
        '*' => second.is_some_and(|c| !c.is_whitespace() && c != '*'),
        first => is_sign(first),
    }
}

/// `- 対象` and `+ 対象` that a backslash keeps from being a list.
fn is_dashed(line: &str) -> bool {
    let behind = line.get(1..).unwrap_or_default();
    behind.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c| is_east_asian(c) && c.is_alphabetic()))
}

fn is_sign(c: char) -> bool {
    "・･•‣◦⁃∙※†‡§¶＊〒℡【＜≪《☞".contains(c)
        // Letters and numbers in circles and brackets; ㈱ and its like are parts of names.
        || matches!(c, '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}' | '\u{3248}'..='\u{325f}')
        || matches!(c, '\u{3280}'..='\u{3289}' | '\u{32b1}'..='\u{32bf}' | '\u{32d0}'..='\u{32fe}')
        // Arrows, geometric shapes, stars, ticks and hands.
        || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{25a0}'..='\u{2775}' | '\u{2794}'..='\u{27bf}' | '\u{27f0}'..='\u{27ff}')
        || matches!(c, '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}')
}

/// What a line is counted with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    Digits,
    WideDigits,
    Numeral,
    Katakana,
    Hiragana,
    Latin,
    WideLatin,
    Roman,
}

/// `１．対象`, `1)対象`, `（1）対象`, `(ア) 対象`, `ア．対象`, `イ）対象`, `一、対象`, `Ａ　対象`, `1-2　対象`, `（注1）対象`.
fn counted(line: &str) -> bool {
    let line = line.trim_start();
    let inner = line.strip_prefix(['（', '(', '〔', '［']);
    let rest = inner.unwrap_or(line);
    let numbered = rest.strip_prefix(['A', 'Ａ', '№']).filter(|rest| rest.starts_with(|c: char| c.is_numeric()));
    let noted = rest.strip_prefix(['注', '例', 'Q', 'Ｑ']).or(numbered);
    let (count, after) = match (count(noted.unwrap_or(rest)), noted) {
        (Some(counted), _) => counted,
        (None, Some(noted)) => (Count::WideDigits, noted),
        (None, None) => return false,
    };
    let behind = after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
    let next = behind.chars().next();
    match after.chars().next() {
        Some('）' | ')' | '〕' | '］') => true,
        Some(_) if inner.is_some() => false,
        Some('．') => next.is_none_or(|c| !c.is_numeric()),
        Some('.') => next.is_none_or(|c| c.is_whitespace() || (is_east_asian(c) && !c.is_numeric())),
        Some('、') => !goes_on(count, behind),
        // 「１・対象」; 「１・２号」 and 「3・11」 go on.
        Some('・') => count == Count::WideDigits && next.is_some_and(|c| is_east_asian(c) && c.is_alphabetic()),
        Some('\u{3000}') => true,
        Some(' ') => !matches!(count, Count::Digits | Count::Latin),
        Some(_) | None => false,
    }
}

/// Whether an enumeration within a sentence goes on: 「一、二の例外」, 「ア、イ及びウ」, but not 「ア、アカウント」.
fn goes_on(before: Count, behind: &str) -> bool {
    let is_word = |after: &str| after.chars().next().is_some_and(|c| class(c) == Some(before));
    count(behind).is_some_and(|(next, after)| next == before && !is_word(after))
}

/// The count at the beginning of a text, and what follows it.
fn count(text: &str) -> Option<(Count, &str)> {
    let of = class(text.chars().next()?)?;
    let end = text.char_indices().find(|(_, c)| class(*c) != Some(of)).map_or(text.len(), |(at, _)| at);
    let (count, after) = text.split_at(end);
    let length = count.chars().count();
    match of {
        Count::Digits | Count::WideDigits if length <= 3 => Some(chained(of, after).unwrap_or((of, after))),
        Count::Numeral if length <= 3 => Some((of, after)),
        Count::Katakana | Count::Hiragana | Count::WideLatin if length == 1 => Some((of, after)),
        Count::Roman if length <= 2 => Some((of, after)),
        Count::Latin if length == 1 || (length <= 4 && count.bytes().all(|b| b"ivxIVX".contains(&b))) => Some((of, after)),
        Count::Digits | Count::WideDigits | Count::Numeral | Count::Katakana | Count::Hiragana => None,
        Count::Latin | Count::WideLatin | Count::Roman => None,
    }
}

/// `1-2　` and `１．２．３　`: further numbers belong to the count where a space closes it.
fn chained(of: Count, after: &str) -> Option<(Count, &str)> {
    let mut rest = after;
    while let Some(next) = rest.strip_prefix(['-', '.', '－', '‐', '−', '．']) {
        let end = next.char_indices().find(|(_, c)| class(*c) != Some(of)).map_or(next.len(), |(at, _)| at);
        let (number, behind) = next.split_at(end);
        if !(1..=2).contains(&number.chars().count()) {
            return None;
        }
        rest = behind;
    }
    (rest.len() < after.len() && rest.starts_with(char::is_whitespace)).then_some((Count::WideDigits, rest))
}

fn class(c: char) -> Option<Count> {
    match c {
        '0'..='9' => Some(Count::Digits),
        '０'..='９' => Some(Count::WideDigits),
        'a'..='z' | 'A'..='Z' => Some(Count::Latin),
        'ａ'..='ｚ' | 'Ａ'..='Ｚ' => Some(Count::WideLatin),
        '\u{2160}'..='\u{217f}' => Some(Count::Roman),
        'ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾟ' => Some(Count::Katakana),
        'ぁ'..='ゖ' => Some(Count::Hiragana),
        c if "〇一二三四五六七八九十百".contains(c) => Some(Count::Numeral),
        _ => None,
    }
}

/// `第1条　目的`, `第１条（目的）`, `第一章 総則`.
fn article(line: &str) -> bool {
    let Some((_, after)) = line.trim_start().strip_prefix('第').and_then(count) else { return false };
    let unit = after.strip_prefix(['条', '章', '節', '款', '編', '部', '目']);
    let rest = unit.unwrap_or(after);
    rest.starts_with(char::is_whitespace) || (unit.is_some() && rest.starts_with(['（', '(']))
}

/// `TEL 03-1234-5678`, `https://example.jp/`: how somebody or something is reached.
fn told_at(line: &str) -> bool {
    let line = line.trim_start();
    let ways = ["TEL", "Tel", "FAX", "Fax", "E-mail", "Email", "ＴＥＬ", "ＦＡＸ", "電話", "ファクス"];
    let is_way = |way: &str| line.strip_prefix(way).is_some_and(|rest| rest.starts_with([' ', '\u{3000}', '.', '．', ':', '：']));
    line.starts_with("https://") || line.starts_with("http://") || ways.into_iter().any(is_way)
}

/// `12月1日（月）　受付開始`, `2026年4月1日 施行`, `12/1(火) 開始`: a day with a space behind it, in a list of days.
fn dated(line: &str) -> bool {
    let line = line.trim_start();
    let end = line.find(|c: char| !(c.is_numeric() || "年月日元令和平成昭/／".contains(c))).unwrap_or(line.len());
    let (day, behind) = line.split_at(end);
    let weekday = behind.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']));
    let behind = weekday.filter(|(inner, _)| inner.chars().count() <= 5).map_or(behind, |(_, rest)| rest);
    let is_day =
        day.starts_with(|c: char| c.is_numeric() || "令平昭".contains(c)) && (day.ends_with('日') || day.contains(['/', '／']));
    is_day && day.contains(char::is_numeric) && behind.starts_with([' ', '\u{3000}'])
}

/// `日　時：12月1日`, `受付時間：平日`, `12月25日　受付終了`: a few words in front of a full-width colon or space.
fn labelled(line: &str) -> bool {
    const WORDS: usize = 10;
    let line = line.trim_start();
    let label = line.split_once('：').or_else(|| line.split_once('\u{3000}')).map_or("", |(label, _)| label);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\u{3000}' | '・' | '／' | '/' | '-');
    !label.is_empty() && label.chars().count() <= WORDS && label.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn signs_numbers_and_labels_begin_an_item() {
        let items = "・対象|･対象|● 対象|○対象|■見出し|□ 確認|◆期限|◇期限|※再開|★注意|▼手順|→次へ|⇒次へ|①申込み|⑳終了|㉑追加|❶申込み|⑴対象|⒈対象|㋐対象|㊀対象|\
                     １．対象|１. 対象|1．対象|1.対象|1)対象|1）対象|１）対象|（1）対象|(1)対象|（１）対象|（一）対象|(ア) 対象|（ア）対象|（a）対象|(iv) 対象|ア.対象|ア．対象|イ）対象|\
                     ｱ)対象|ア、アカウント|ア　対象|い）対象|一、対象|二．対象|十二、対象|三）対象|Ⅰ　対象|Ⅱ．対象|A.対象|Ａ．対象|b) 対象|1-2　対象|１－２　対象|1.1 概要|2.1.3　概要|\
                     １、2026年|（注）対象|（注1）対象|注）対象|注1) 対象|注２．対象|第1条　目的|第１条（目的）|第一章　総則|日時：12月|お問合せ先：窓口|日　時：1月|　字下げ|以上|記|【日時】|〒100-0000|\
                     －　対象|-対象|－対象|＋対象|+対象|- 対象|12月1日（月）　受付開始|12月25日（金・祝）　終了|2026年4月1日 施行|令和8年4月1日 改正|12/1(火) 開始|区分｜金額|１・対象|*印は|Q1．料金は|Ｑ　料金は|A1. 料金は|別紙1　手数料|12月25日　受付終了|TEL 03-1234-5678|https://example.jp/|区分\t料金";
        for item in items.split('|') {
            assert!(begins(item), "{item}");
        }
    }

    #[test]
    fn what_only_looks_like_one_goes_on() {
        let lines = "本文です|1.5倍|１．５倍|10、20日|3、4名|一、二の例外|ア、イ及びウ|A、B社|十分、|一方、|アカウント|ある|第11条の規定|第3回の|2026年|12月25日|3 か月|3か月|－5℃|＋10%|+10|- 5|12月25日に|2026年4月1日から|１・２号|3・11の|2026年 4月|a service|e.g. this|\
                     ○○株式会社|○月○日|〇〇会社|次のとおりに定めるものとします：次|「引用」|電話番号の|A4用紙|例えば|Q&A|㈱見本|ー|—続き|* |**|03-1234-5678 まで|IoT 0001-1904|iv";
        for line in lines.split('|') {
            assert!(!begins(line), "{line}");
        }
    }
}
