//! Marks that are left over in a text as it is shown: what was meant to be emphasis, a link, a table or a note of another
//! dialect stands on the page as the signs that it was written with.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::problem::{Code, Problem, Problems, Spanned};
use crate::prose::{Part, is_east_asian};

use super::{bad_address, part};

/// What a mark that is left over was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meant {
    Emphasis,
    Underscores,
    WideAsterisks,
    LineThrough,
    Highlight,
    Link,
    Note,
    Task,
    Container,
    Attributes,
    TableRow,
    Heading,
    Indented,
}

pub(super) fn check(text: &Spanned<String>, parts: &[Part], problems: &mut Problems) {
    let mut told = BTreeSet::new();
    for run in runs(text, parts) {
        match run {
            Run::Border => told.clear(),
            Run::Indented(range) => report(text, Meant::Indented, range, problems),
            Run::Letters(range) => {
                broken_link(text, range.clone(), problems);
                for (meant, place) in found(&text.value, range) {
                    if told.insert(meant) {
                        report(text, meant, place, problems);
                    }
                }
            }
        }
    }
}

/// A stretch of letters as written, or a border between paragraphs, items and cells.
enum Run {
    Letters(Range<usize>),
    /// Code, for the spaces in front of it.
    Indented(Range<usize>),
    Border,
}

/// The stretches of letters that stand on the page just as they are written; code is left alone.
#[allow(clippy::wildcard_enum_match_arm, reason = "other events of the parser are no letters and no borders")]
fn runs(text: &Spanned<String>, parts: &[Part]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut in_code = false;
    for (event, range) in parts {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                let written = text.value.get(range.clone()).unwrap_or_default();
                if *kind == CodeBlockKind::Indented && written.contains(is_east_asian) {
                    runs.push(Run::Indented(range.clone()));
                }
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(said) if !in_code && text.value.get(range.clone()) == Some(&**said) => match runs.last_mut() {
                Some(Run::Letters(before)) if before.end == range.start => before.end = range.end,
                Some(_) | None => runs.push(Run::Letters(range.clone())),
            },
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => runs.push(Run::Border),
            _ => {}
        }
    }
    runs
}

/// A link that is none, mostly because of a space in its address: `[様式 1](https://example.jp/様式 1.xlsx)`.
fn broken_link(text: &Spanned<String>, range: Range<usize>, problems: &mut Problems) {
    let written = text.value.get(range.clone()).unwrap_or_default();
    let link = written.match_indices("](").find_map(|(at, _)| {
        let behind = written.get(at + 2..)?;
        let inner = behind.split_once(')').map_or(behind, |(inner, _)| inner);
        let is_address =
            inner.starts_with(['/', '#', '<']) || inner.contains("://") || inner.contains("mailto:") || inner.contains('.');
        let from = written.get(..at)?.rfind('[')?;
        let end = at + 2 + inner.len() + usize::from(inner.len() < behind.len());
        is_address.then_some((range.start + from..range.start + end, inner))
    });
    if let Some((place, address)) = link {
        bad_address(text, place, address, problems);
    }
}

fn found(text: &str, range: Range<usize>) -> Vec<(Meant, Range<usize>)> {
    let mut found = Vec::new();
    let written = text.get(range.clone()).unwrap_or_default();
    let is_escaped = text.get(..range.start).is_some_and(|before| before.ends_with('\\'));
    let mut at = 0;
    while let Some(first) = written.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = written.get(at..).unwrap_or_default();
        let end = at + rest.find(|c| c != first).unwrap_or(rest.len());
        let around = Around {
            before: text.get(..range.start + at).and_then(|before| before.chars().next_back()),
            after: text.get(range.start + end..).and_then(|after| after.chars().next()),
        };
        if let Some(meant) = mark(first, rest, (end - at) / first.len_utf8(), around).filter(|_| at > 0 || !is_escaped) {
            found.push((meant, range.start + at..range.start + end));
        }
        at = end;
    }
    let starts_line = text.get(..range.start).is_none_or(|before| before.rsplit('\n').next().is_some_and(is_line_start));
    if let Some(meant) = line(written).filter(|_| starts_line && !is_escaped) {
        let end = written.chars().next().map_or(0, char::len_utf8);
        found.push((meant, range.start..range.start + end));
    }
    found
}

/// Whether nothing but marks of lists and quotations stands in front.
fn is_line_start(before: &str) -> bool {
    before.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '>' | '.' | ')'))
}

#[derive(Clone, Copy)]
struct Around {
    before: Option<char>,
    after: Option<char>,
}

/// What a run of one sign was meant to be, where `rest` is the text from its beginning.
fn mark(sign: char, rest: &str, length: usize, around: Around) -> Option<Meant> {
    let touches = |side: Option<char>| side.is_some_and(|c| !c.is_whitespace());
    let letter = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
    let touched = touches(around.before) || touches(around.after);
    let behind = rest.get(sign.len_utf8() * length..).unwrap_or_default();
    match (sign, length) {
        ('*', 1) => (!touches(around.before) && around.after.is_some_and(char::is_alphabetic) && behind.contains('*'))
            .then_some(Meant::Emphasis),
        ('*', 2..) => touched.then_some(Meant::Emphasis),
        ('_', 2) => {
            let japanese = [around.before, around.after].into_iter().flatten().any(is_east_asian);
            // A blank to be filled in has no second one behind words: 「氏名：__ 年齢：__」.
            let pair =
                behind.split_once("__").is_some_and(|(inner, _)| !inner.is_empty() && !inner.contains(char::is_whitespace));
            let joins = letter(around.before) && letter(around.after);
            (japanese && (joins || (pair && touches(around.after)))).then_some(Meant::Underscores)
        }
        ('＊', 2..) => (letter(around.before) || letter(around.after)).then_some(Meant::WideAsterisks),
        ('~', 2) => touched.then_some(Meant::LineThrough),
        ('=', 2) => (touches(around.after) && behind.contains("==")).then_some(Meant::Highlight),
        (']' | '］', 1) => is_link(sign, behind).then_some(Meant::Link),
        ('[', 1) => is_note(behind).then_some(Meant::Note),
        ('{', 1) => is_attributes(behind).then_some(Meant::Attributes),
        _ => None,
    }
}

/// `[名]（https://…）`, `［名］(https://…)`, `[名] (https://…)`: a link but for its brackets.
fn is_link(sign: char, behind: &str) -> bool {
    let address = behind.trim_start().strip_prefix(['(', '（']).unwrap_or_default();
    let is_written_so = sign == ']' && behind.starts_with('(');
    !is_written_so && ["https:", "http:", "mailto:", "/"].iter().any(|start| address.starts_with(start))
}

/// `[^1]`.
fn is_note(behind: &str) -> bool {
    let name = behind.strip_prefix('^').and_then(|rest| rest.split_once(']')).map_or("", |(name, _)| name);
    !name.is_empty() && !name.contains(char::is_whitespace)
}

/// `{#id}`, `{.class}`, `{: .class}` at the end of what is written.
fn is_attributes(behind: &str) -> bool {
    behind.starts_with(['#', '.', ':'])
        && behind.find('}').is_some_and(|at| behind.get(at + 1..).is_some_and(|rest| rest.trim().is_empty()))
}

/// What a line was meant to be by its beginning.
fn line(written: &str) -> Option<Meant> {
    // A full-width space in front keeps a line from being what it begins like.
    let written = written.trim_start_matches('\u{3000}');
    let hashes = written.trim_start_matches(['#', '＃']);
    let is_heading = |next: char| is_east_asian(next) && next != '＃';
    match written {
        _ if ["[ ] ", "[x] ", "[X] "].iter().any(|task| written.starts_with(task)) => Some(Meant::Task),
        _ if written.starts_with(":::") => Some(Meant::Container),
        _ if written.starts_with(['|', '｜']) && written.matches(['|', '｜']).count() > 1 => Some(Meant::TableRow),
        _ if written.contains('|') && written.contains('-') && written.trim_matches(['|', '-', ':', ' ']).is_empty() => {
            Some(Meant::TableRow)
        }
        _ if hashes.len() < written.len() && hashes.trim_start().starts_with(is_heading) => Some(Meant::Heading),
        _ => None,
    }
}

fn report(text: &Spanned<String>, meant: Meant, place: Range<usize>, problems: &mut Problems) {
    let written = text.value.get(place.clone()).unwrap_or_default().lines().next().unwrap_or_default().trim().to_owned();
    let ((ja, en), (ja_help, en_help)) = match meant {
        Meant::Emphasis => (
            ("強調にならず、そのまま表示されます", "is shown as it is and emphasises nothing"),
            (
                "強調する文字の前後に、間を空けずに同じ数だけ置いてください（`**重要**`）。記号としての * は `\\*` と書きます",
                "put as many in front of the words as behind them, without spaces between (`**word**`); an asterisk as such is written `\\*`",
            ),
        ),
        Meant::Underscores => (
            ("強調にならず、そのまま表示されます", "is shown as it is and emphasises nothing"),
            ("日本語の強調は `**重要**` と書いてください", "emphasise Japanese as `**word**`"),
        ),
        Meant::WideAsterisks => (
            (
                "全角のアスタリスクは強調にならず、そのまま表示されます",
                "full-width asterisks are shown as they are and emphasise nothing",
            ),
            ("強調するときは半角で `**重要**` と書いてください", "emphasise with half-width ones, as `**word**`"),
        ),
        Meant::LineThrough => (
            ("取消線にならず、そのまま表示されます", "is shown as it is and draws no line through"),
            (
                "消す文字の前後に、間を空けずに置いてください（`~~廃止~~`）",
                "put it in front of the words and behind them, without spaces between",
            ),
        ),
        Meant::Highlight => (
            ("目立たせる印にはならず、そのまま表示されます", "is shown as it is and highlights nothing"),
            ("強調は `**重要**` と書いてください", "emphasise as `**word**`"),
        ),
        Meant::Link => (
            ("リンクにならず、そのまま表示されます", "is shown as it is and makes no link"),
            (
                "括弧は半角にして、間を空けずに `[文字](https://…)` と書いてください",
                "write `[words](https://…)`, with half-width brackets and no space between",
            ),
        ),
        Meant::Note => (
            ("脚注にならず、そのまま表示されます", "is shown as it is and makes no footnote"),
            ("注は本文に `（注）` や `※` で書いてください", "write notes into the text"),
        ),
        Meant::Task => (
            ("チェック欄にならず、そのまま表示されます", "is shown as it is and makes no box to tick"),
            ("`- □ 項目` のように文字で書いてください", "write it with a letter, as `- □ item`"),
        ),
        Meant::Container => (
            ("囲みにならず、そのまま表示されます", "is shown as it is and makes no box"),
            ("行を取り除くか、`> ` で始まる引用にしてください", "take the line away, or make it a quotation with `> `"),
        ),
        Meant::Attributes => (
            ("属性にならず、そのまま表示されます", "is shown as it is and sets no attribute"),
            ("取り除いてください。見出しへのリンクには見出しの文字を使います", "take it away; links to headings use their words"),
        ),
        Meant::TableRow => (
            ("表にならず、そのまま表示されます", "is shown as it is and makes no table"),
            (
                "表の前に空行を置き、1行目を見出し、2行目を列の数だけの `|---|---|` にしてください",
                "leave an empty line in front; the first line is the head, the second `|---|---|` with as many columns",
            ),
        ),
        Meant::Indented => (
            (
                "字下げのため、プログラムの枠の中に表示されます",
                "stands in a frame for programs because of the spaces in front of it",
            ),
            (
                "行頭の半角の空白を取り除いてください。字下げには全角の空白を使います",
                "take the spaces at the beginning of the line away",
            ),
        ),
        Meant::Heading => (
            ("見出しにならず、そのまま表示されます", "is shown as it is and makes no heading"),
            (
                "半角の `#` の後に半角の空白を置いてください（`# 見出し`）",
                "write a half-width `#` and a space behind it, as `# heading`",
            ),
        ),
    };
    problems.push(
        Problem::new(Code::LeftoverMark, part(text, place), format!("`{written}` は{ja}"), format!("`{written}` {en}"))
            .help(ja_help, en_help),
    );
}

#[cfg(test)]
mod tests {
    use crate::problem::{FileId, Span};

    use super::*;

    fn told(value: &str) -> Vec<String> {
        let text = Spanned { value: value.to_owned(), span: Span::start_of(FileId(0)) };
        let mut problems = Problems::default();
        check(&text, &crate::prose::read(value), &mut problems);
        let place =
            |problem: &Problem| value.get(problem.span.start as usize..problem.span.end as usize).unwrap_or("").to_owned();
        problems.iter().map(place).collect()
    }

    #[test]
    fn marks_that_stay_on_the_page_are_told_at_their_place() {
        for (text, marks) in [
            ("これは** 重要 **です", "**"),
            ("**重要です", "**"),
            ("重要**です", "**"),
            ("これは__重要__です", "__"),
            ("これは__「重要」__です", "__"),
            ("**__「重要」__**です", "__"),
            ("\u{3000}|区分|料金|\n\u{3000}|甲|1|", "\u{3000}"),
            ("\u{3000}# 見出し", "\u{3000}"),
            ("＊＊重要＊＊です", "＊＊"),
            ("これは ~~ 廃止~~です", "~~"),
            ("これは==重要==です", "=="),
            ("注を見よ[^1]。", "["),
            ("- [ ] 申込み\n- [x] 審査", "["),
            (":::note", ":"),
            ("## 見出し {#here}", "{"),
            ("|区分|料金|\n|甲|1|", "|"),
            ("｜区分｜料金｜", "｜"),
            ("[名]（https://example.jp/）", "]"),
            ("［名］(https://example.jp/)", "］"),
            ("[名] (https://example.jp/)", "]"),
            ("本文\n\n    字下げ", "字下げ"),
            ("##見出し", "#"),
            ("＃ 見出し", "＃"),
            ("* 項目\n\n  *重要 *です", "*"),
            ("[様式 1](https://example.jp/様式 1.xlsx)", "[様式 1](https://example.jp/様式 1.xlsx)"),
        ] {
            assert_eq!(told(text).first().map(String::as_str), Some(marks), "{text}");
        }
    }

    #[test]
    fn signs_that_mark_nothing_are_not_told() {
        for text in [
            "5 * 3 = 15、2 ** 8",
            "※*は税込",
            "商品A*、商品B*は対象外です。",
            "\\*\\*重要\\*\\*と\\[^1]",
            "`**重要`と`[^1]`",
            "    **x",
            "氏名：____ 年齢：__",
            "a == b、平日9:00~17:00",
            "#1 と #2、C# です",
            "（[別表](/ip/)）[0](一)",
            "**重要。**次",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }
}
