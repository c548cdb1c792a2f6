//! One TOML table being read: take a key, keep its place, report what is left over.
//!
//! A value that is missing or wrong is reported and left out; the caller reads on, so that every fault of a file comes
//! out in one run. In a *confidential* table (a disclosure) every problem points at a key, never at a value.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{Code, FileId, Problem, Problems, Span, Spanned};

mod residue;
mod syntax;
mod text;

pub use text::{Need, check_text};

/// A table whose keys are taken one by one.
pub struct Table<'i> {
    file: FileId,
    place: Span,
    confidential: bool,
    text: &'i str,
    values: DeTable<'i>,
}

/// A key that was taken: its places and its value.
pub struct Taken<'i> {
    /// The key as written.
    pub name: String,
    /// Where the key stands.
    pub key: Span,
    /// Where problems with the value are shown.
    pub place: Span,
    /// The value.
    pub value: DeValue<'i>,
}

impl<'i> Table<'i> {
    /// Reads a whole file. After a syntax error only the syntax errors of the file are reported, and there is no table.
    pub fn document(file: FileId, text: &'i str, confidential: bool, problems: &mut Problems) -> Option<Table<'i>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            let place = Span::start_of(file);
            return Some(Table { file, place, confidential, text, values: table.into_inner() });
        }
        for error in errors {
            syntax::report(file, text, &error, problems);
        }
        None
    }

    /// Where the table stands: its header or key; the beginning of the file for a whole file.
    pub fn place(&self) -> Span {
        self.place
    }

    /// Takes a key with its value, whatever it is.
    pub fn take(&mut self, key: &str) -> Option<Taken<'i>> {
        let (key, value) = self.values.remove_entry(key)?;
        Some(self.taken(key, value))
    }

    /// Takes the first key that is left.
    pub fn take_any(&mut self) -> Option<Taken<'i>> {
        let first = self.values.keys().min_by_key(|key| key.span().start)?.get_ref().clone();
        self.take(&first)
    }

    /// A text that has to be there.
    pub fn text(&mut self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        self.required(key, problems).and_then(|taken| self.text_of(taken, Need::Required, problems))
    }

    /// A text that may be left out.
    pub fn text_if(&mut self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        self.take(key).and_then(|taken| self.as_text(taken, problems))
    }

    /// An http or https address that has to be there.
    pub fn address(&mut self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        self.text(key, problems).filter(|text| text::check_address(text, problems))
    }

    /// An http or https address that may be left out.
    pub fn address_if(&mut self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        self.text_if(key, problems).filter(|text| text::check_address(text, problems))
    }

    /// A date that has to be there.
    pub fn date(&mut self, key: &str, problems: &mut Problems) -> Option<Spanned<NaiveDate>> {
        self.scalar(key, problems).and_then(|taken| as_date(taken, problems))
    }

    /// A date that may be left out.
    pub fn date_if(&mut self, key: &str, problems: &mut Problems) -> Option<Spanned<NaiveDate>> {
        self.scalar_if(key, problems).and_then(|taken| as_date(taken, problems))
    }

    /// A truth value that has to be there.
    pub fn truth(&mut self, key: &str, problems: &mut Problems) -> Option<Spanned<bool>> {
        self.scalar(key, problems).and_then(|taken| as_truth(taken, problems))
    }

    /// A truth value that may be left out.
    pub fn truth_if(&mut self, key: &str, problems: &mut Problems) -> Option<Spanned<bool>> {
        self.scalar_if(key, problems).and_then(|taken| as_truth(taken, problems))
    }

    /// A whole number from `least` to `most`, both inclusive, that has to be there.
    pub fn number(&mut self, key: &str, least: u32, most: u32, problems: &mut Problems) -> Option<Spanned<u32>> {
        self.scalar(key, problems).and_then(|taken| as_number(taken, least, most, problems))
    }

    /// One of a closed list of words that has to be there.
    pub fn choice<T: Copy>(&mut self, key: &str, words: &[(&str, T)], problems: &mut Problems) -> Option<Spanned<T>> {
        let text = self.text(key, problems)?;
        let found = words.iter().find(|(word, _)| *word == text.value);
        if let Some((_, value)) = found {
            return Some(Spanned { value: *value, span: text.span });
        }
        let list: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        problems.push(
            Problem::new(
                Code::BadValue,
                text.span,
                format!("`{key}` の値が一覧にありません"),
                format!("the value of `{key}` is not on its list"),
            )
            .help(format!("次のいずれかにしてください：{}", list.join("、")), format!("use one of {}", list.join(", "))),
        );
        None
    }

    /// A table that has to be there.
    pub fn table(&mut self, key: &str, problems: &mut Problems) -> Option<Table<'i>> {
        self.required(key, problems).and_then(|taken| self.as_table(taken, problems))
    }

    /// A table that may be left out.
    pub fn table_if(&mut self, key: &str, problems: &mut Problems) -> Option<Table<'i>> {
        self.take(key).and_then(|taken| self.as_table(taken, problems))
    }

    /// The tables of an array of tables; none where the key is left out.
    pub fn tables(&mut self, key: &str, problems: &mut Problems) -> Vec<Table<'i>> {
        self.take(key).map(|taken| self.as_tables(taken, problems)).unwrap_or_default()
    }

    /// The texts of an array of texts; none where the key is left out.
    pub fn texts(&mut self, key: &str, problems: &mut Problems) -> Vec<Spanned<String>> {
        let Some(taken) = self.take(key) else { return Vec::new() };
        if matches!(taken.value, DeValue::Table(_)) {
            self.conceal_inside(&taken, problems);
        }
        let Taken { name, key, place, value } = taken;
        let DeValue::Array(array) = value else {
            wrong_type(&name, place, "テキストの配列", "an array of texts", problems);
            return Vec::new();
        };
        let texts = array.into_iter().filter_map(|value| {
            let place = self.place_of_element(key, &value);
            let taken = Taken { name: name.clone(), key, place, value: value.into_inner() };
            self.as_text(taken, problems)
        });
        texts.collect()
    }

    /// Reports every key that was not taken, in the order of the file. Their values are never shown.
    pub fn finish(mut self, problems: &mut Problems) {
        while let Some(taken) = self.take_any() {
            unknown_key(&taken, problems);
        }
    }

    /// The taken value as a text that may be published: not empty, without control characters.
    pub fn as_text(&self, taken: Taken<'i>, problems: &mut Problems) -> Option<Spanned<String>> {
        self.text_of(taken, Need::Optional, problems)
    }

    fn text_of(&self, taken: Taken<'i>, need: Need, problems: &mut Problems) -> Option<Spanned<String>> {
        self.conceal_inside(&taken, problems);
        let Taken { name, place, value, .. } = taken;
        let DeValue::String(text) = value else {
            wrong_type(&name, place, "テキスト", "a text", problems);
            return None;
        };
        let text = Spanned { value: Cow::into_owned(text), span: place };
        check_text(&name, &text, need, problems).then_some(text)
    }

    /// The taken value as a table.
    pub fn as_table(&self, taken: Taken<'i>, problems: &mut Problems) -> Option<Table<'i>> {
        if matches!(taken.value, DeValue::Array(_)) {
            self.conceal_inside(&taken, problems);
        }
        let DeValue::Table(values) = taken.value else {
            wrong_type(&taken.name, taken.place, "テーブル", "a table", problems);
            return None;
        };
        Some(self.inner(taken.key, values))
    }

    /// The taken value as an array of tables.
    pub fn as_tables(&self, taken: Taken<'i>, problems: &mut Problems) -> Vec<Table<'i>> {
        if matches!(taken.value, DeValue::Table(_)) {
            self.conceal_inside(&taken, problems);
        }
        let Taken { name, key, place, value } = taken;
        let DeValue::Array(array) = value else {
            wrong_type(&name, place, "テーブルの配列", "an array of tables", problems);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in array {
            let place = self.place_of_element(key, &value);
            match value.into_inner() {
                DeValue::Table(values) => {
                    tables.push(self.inner(place, values));
                }
                DeValue::String(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_) => {
                    problems.conceal(place);
                    wrong_type(&name, place, "テーブルの配列", "an array of tables", problems);
                }
            }
        }
        tables
    }

    /// Where an element of an array is shown. In a confidential table only the header of a `[[table]]` may be.
    fn place_of_element(&self, key: Span, value: &TomlSpanned<DeValue<'i>>) -> Span {
        let at = value.span().start;
        let is_header =
            matches!(value.get_ref(), DeValue::Table(_)) && self.text.get(at..).is_some_and(|text| text.starts_with("[["));
        if self.confidential && !is_header { key } else { Span::new(self.file, value.span()) }
    }

    /// Hides what stands in a table or array where something else was due: it may hold keys that no record has.
    fn conceal_inside(&self, taken: &Taken<'i>, problems: &mut Problems) {
        if matches!(taken.value, DeValue::Table(_) | DeValue::Array(_)) {
            let from = taken.key.end as usize;
            let line = self.text.get(from..).and_then(|rest| rest.find('\n')).unwrap_or(self.text.len().saturating_sub(from));
            problems.conceal(Span::new(self.file, from..from + line));
            problems.conceal(taken.place);
        }
    }

    fn inner(&self, place: Span, values: DeTable<'i>) -> Table<'i> {
        Table { file: self.file, place, confidential: self.confidential, text: self.text, values }
    }

    fn required(&mut self, key: &str, problems: &mut Problems) -> Option<Taken<'i>> {
        let taken = self.take(key);
        if taken.is_none() {
            problems.push(Problem::new(
                Code::MissingKey,
                self.place,
                format!("必須のキー `{key}` がありません"),
                format!("the required key `{key}` is missing"),
            ));
        }
        taken
    }

    fn scalar(&mut self, key: &str, problems: &mut Problems) -> Option<Taken<'i>> {
        let taken = self.required(key, problems)?;
        self.conceal_inside(&taken, problems);
        Some(taken)
    }

    fn scalar_if(&mut self, key: &str, problems: &mut Problems) -> Option<Taken<'i>> {
        let taken = self.take(key)?;
        self.conceal_inside(&taken, problems);
        Some(taken)
    }

    fn taken(&self, key: TomlSpanned<Cow<'i, str>>, value: TomlSpanned<DeValue<'i>>) -> Taken<'i> {
        let key_place = Span::new(self.file, key.span());
        let place = if self.confidential { key_place } else { Span::new(self.file, value.span()) };
        Taken { name: key.into_inner().into_owned(), key: key_place, place, value: value.into_inner() }
    }
}

/// Reports a key that the record does not have; its value is shown nowhere.
pub fn unknown_key(taken: &Taken<'_>, problems: &mut Problems) {
    problems.conceal(taken.place);
    problems.push(
        Problem::new(
            Code::UnknownKey,
            taken.key,
            format!("この記録に `{}` というキーはありません", taken.name),
            format!("this record has no key `{}`", taken.name),
        )
        .help(
            "つづりを確かめ、公表しない事項であれば取り除いてください",
            "check the spelling; what is not for publication has no place in a record",
        ),
    );
}

/// Reports a value of another type than the key wants; the value is not quoted.
pub fn wrong_type(name: &str, place: Span, ja: &str, en: &str, problems: &mut Problems) {
    problems.push(Problem::new(
        Code::WrongType,
        place,
        format!("`{name}` の値は{ja}でなければなりません"),
        format!("the value of `{name}` must be {en}"),
    ));
}

/// The taken value as a date.
pub fn as_date(taken: Taken<'_>, problems: &mut Problems) -> Option<Spanned<NaiveDate>> {
    let Taken { name, place, value, .. } = taken;
    let date = match value {
        DeValue::Datetime(when) if when.time.is_none() && when.offset.is_none() => when.date,
        DeValue::Datetime(_)
        | DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    };
    let Some(date) = date else {
        wrong_type(&name, place, "日付（引用符のない 2026-04-01 の形）", "a date such as 2026-04-01, without quotes", problems);
        return None;
    };
    let date = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()).filter(|date| date.year() >= 1900);
    if date.is_none() {
        problems.push(Problem::new(
            Code::BadValue,
            place,
            format!("`{name}` の日付はあり得ません"),
            format!("the date of `{name}` is impossible"),
        ));
    }
    date.map(|value| Spanned { value, span: place })
}

fn as_truth(taken: Taken<'_>, problems: &mut Problems) -> Option<Spanned<bool>> {
    let DeValue::Boolean(value) = taken.value else {
        wrong_type(&taken.name, taken.place, " true か false ", "true or false", problems);
        return None;
    };
    Some(Spanned { value, span: taken.place })
}

fn as_number(taken: Taken<'_>, least: u32, most: u32, problems: &mut Problems) -> Option<Spanned<u32>> {
    let Taken { name, place, value, .. } = taken;
    let DeValue::Integer(number) = value else {
        wrong_type(&name, place, "整数", "a whole number", problems);
        return None;
    };
    let number = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        problems.push(Problem::new(
            Code::BadValue,
            place,
            format!("`{name}` は {least} から {most} までの整数です"),
            format!("`{name}` is a whole number from {least} to {most}"),
        ));
    }
    number.map(|value| Spanned { value, span: place })
}
