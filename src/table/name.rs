//! What a name has to be: one line without spaces around it, as it stands in rows, titles and marks. A reading is kana.

use crate::problem::{Code, Problem, Problems, Spanned};

use super::Table;

impl Table<'_> {
    /// A name that has to be there.
    pub fn name(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<String>> {
        let name = self.text(key, problems);
        name.inspect(|name| check_name(key, name, self.confidential, problems))
    }

    /// A name that may be left out.
    pub fn name_if(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<String>> {
        let name = self.text_if(key, problems);
        name.inspect(|name| check_name(key, name, self.confidential, problems))
    }

    /// The names of an array; none where the key is left out.
    pub fn names(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Spanned<String>> {
        let names = self.texts(key, problems);
        for name in &names {
            check_name(key, name, self.confidential, problems);
        }
        names
    }

    /// A reading that may be left out.
    pub fn kana_if(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<String>> {
        let kana = self.name_if(key, problems);
        kana.inspect(|kana| check_kana(key, kana, problems))
    }
}

/// A name with a line break or outer spaces is published as written, which nobody means. In a confidential table the right
/// value is not shown, as it is that of a disclosure.
fn check_name(key: &'static str, name: &Spanned<String>, confidential: bool, problems: &mut Problems) {
    let right = one_line(&name.value);
    if right == name.value {
        return;
    }
    let problem = if name.value.contains(is_break) {
        Problem::new(
            Code::NameForm,
            name.span,
            format!("`{key}` の中に改行又はタブがあります。名称は一行で書きます"),
            format!("`{key}` holds a line break or a tab; a name is one line"),
        )
    } else {
        Problem::new(
            Code::NameForm,
            name.span,
            format!("`{key}` の前後に余分な空白があります"),
            format!("`{key}` has spaces around it"),
        )
    };
    problems.push(if confidential {
        problem.help("改行と前後の空白を取り除いてください", "take away line breaks and the spaces around it")
    } else {
        let right = quoted(&right);
        problem.help(format!("`{right}` と書いてください"), format!("write `{right}`"))
    });
}

/// The same words in one line: Japanese words go together as they stand, others keep a space between them.
fn one_line(name: &str) -> String {
    if !name.contains(is_break) && name.trim().len() == name.len() {
        return name.to_owned();
    }
    let mut line = String::new();
    for part in name.split(is_break).map(str::trim).filter(|part| !part.is_empty()) {
        let apart = line.ends_with(|c: char| c.is_ascii()) && part.starts_with(|c: char| c.is_ascii());
        if apart {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// Tabs tear a name apart as line breaks do.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\t' | '\u{2028}' | '\u{2029}')
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Names are sorted and found by their readings, so what is no kana in one would never be found.
fn check_kana(key: &'static str, kana: &Spanned<String>, problems: &mut Problems) {
    if let Some(other) = kana.value.chars().find(|c| !is_kana(*c)) {
        problems.push(
            Problem::new(
                Code::KanaForm,
                kana.span,
                format!("`{key}` に仮名でない文字「{other}」があります"),
                format!("`{key}` holds `{other}`, which is no kana"),
            )
            .help(
                "読みは、漢字、英字、数字も含めて全て仮名で書いてください（例：`ABC21` は `えーびーしーにじゅういち`）",
                "a reading is kana throughout, letters and digits too (`ABC21` is read `えーびーしーにじゅういち`)",
            ),
        );
    }
}

/// Hiragana and katakana of either width with their signs, ー and ・, and spaces between words.
fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309f}' | '\u{30a0}'..='\u{30ff}' | '\u{ff65}'..='\u{ff9f}' | ' ' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_several_lines_becomes_one() {
        assert_eq!(one_line(" 見本\n株式会社\u{3000}"), "見本株式会社");
        assert_eq!(one_line("Sample\nCloud"), "Sample Cloud");
        assert_eq!(one_line("見本\u{3000}サービス"), "見本\u{3000}サービス");
    }

    #[test]
    fn a_reading_is_kana_of_any_width() {
        for kana in ["すぷりんぐくらうど", "スプリング・クラウド", "ｽﾌﾟﾘﾝｸﾞ ｸﾗｳﾄﾞ", "ゔぁーちゃる\u{3000}さーば"]
        {
            assert!(kana.chars().all(is_kana), "{kana}");
        }
        for other in ["IaaS", "にじゅう1", "春", "２"] {
            assert!(!other.chars().all(is_kana), "{other}");
        }
    }
}
