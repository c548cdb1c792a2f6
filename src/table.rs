//! One TOML table being read: take a key, keep its place, report what is left over.
//!
//! A value that is missing or wrong is reported and left out; the caller reads on, so that every fault of a file comes
//! out in one run. In a *confidential* table (a disclosure) every problem points at a key, never at a value.

use std::borrow::Cow;

use chrono::NaiveDate;
use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{FileId, Problems, Span, Spanned, near};

use keys::{Form, missing_key, unknown_key};
use typed::{as_number, as_truth};

mod choice;
mod dates;
mod keys;
mod limit;
mod name;
mod residue;
mod syntax;
mod text;
mod typed;

pub use dates::written_date;
pub use text::{Need, Subject, bad_address, check_text};
pub use typed::{as_date, wrong_type};

/// A table whose keys are taken one by one.
pub struct Table<'i> {
    file: FileId,
    place: Span,
    confidential: bool,
    text: &'i str,
    values: DeTable<'i>,
    /// The keys that are left, last first, once they are taken in the order of the file.
    order: Option<Vec<Cow<'i, str>>>,
    /// The keys that were asked for: all that the record has.
    asked: Vec<&'static str>,
    /// Those of them that are required and not there.
    missing: Vec<(&'static str, Form)>,
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
            return Some(Table {
                file,
                place,
                confidential,
                text,
                values: table.into_inner(),
                order: None,
                asked: Vec::new(),
                missing: Vec::new(),
            });
        }
        syntax::report(file, text, &errors, confidential, problems);
        None
    }

    /// Where the table stands: its header or key; the beginning of the file for a whole file.
    pub fn place(&self) -> Span {
        self.place
    }

    /// Takes a key of the record with its value, whatever it is.
    pub fn take(&mut self, key: &'static str) -> Option<Taken<'i>> {
        self.asked.push(key);
        self.take_written(key)
    }

    fn take_written(&mut self, key: &str) -> Option<Taken<'i>> {
        let (key, value) = self.values.remove_entry(key)?;
        Some(self.taken(key, value))
    }

    /// Takes the first key that is left.
    pub fn take_any(&mut self) -> Option<Taken<'i>> {
        loop {
            let next = self.order.get_or_insert_with(|| in_order(&self.values)).pop()?;
            if let Some(taken) = self.take_written(&next) {
                return Some(taken);
            }
        }
    }

    /// A text that has to be there.
    pub fn text(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<String>> {
        self.required(key, Form::Text, problems)
            .and_then(|taken| self.text_of(taken, Subject::Key(key), Need::Required, problems))
    }

    /// A text that may be left out.
    pub fn text_if(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<String>> {
        self.take(key).and_then(|taken| self.as_text(taken, Subject::Key(key), problems))
    }

    /// An http or https address that has to be there.
    pub fn address(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<String>> {
        self.text(key, problems).and_then(|text| text::read_address(text, problems))
    }

    /// An http or https address that may be left out.
    pub fn address_if(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<String>> {
        self.text_if(key, problems).and_then(|text| text::read_address(text, problems))
    }

    /// A date that has to be there.
    pub fn date(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<NaiveDate>> {
        self.scalar(key, Form::Date, problems).and_then(|taken| as_date(taken, problems))
    }

    /// A date that may be left out.
    pub fn date_if(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<NaiveDate>> {
        self.scalar_if(key, problems).and_then(|taken| as_date(taken, problems))
    }

    /// A truth value that has to be there.
    pub fn truth(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<bool>> {
        self.scalar(key, Form::Truth, problems).and_then(|taken| as_truth(taken, problems))
    }

    /// A truth value that may be left out.
    pub fn truth_if(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<bool>> {
        self.scalar_if(key, problems).and_then(|taken| as_truth(taken, problems))
    }

    /// A whole number from `least` to `most`, both inclusive, that has to be there.
    pub fn number(&mut self, key: &'static str, least: u32, most: u32, problems: &mut Problems) -> Option<Spanned<u32>> {
        self.scalar(key, Form::Number(least), problems).and_then(|taken| as_number(taken, least, most, problems))
    }

    /// A whole number from `least` to `most`, both inclusive, that may be left out.
    pub fn number_if(&mut self, key: &'static str, least: u32, most: u32, problems: &mut Problems) -> Option<Spanned<u32>> {
        self.scalar_if(key, problems).and_then(|taken| as_number(taken, least, most, problems))
    }

    /// One of a closed list of words that has to be there.
    pub fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)], problems: &mut Problems) -> Option<Spanned<T>> {
        let text = self.text(key, problems)?;
        let found = words.iter().find(|(word, _)| *word == text.value);
        if let Some((_, value)) = found {
            return Some(Spanned { value: *value, span: text.span });
        }
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        problems.push(choice::not_on_list(key, &text.value, text.span, &words));
        None
    }

    /// One of a closed list of words that may be left out.
    pub fn choice_if<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)], problems: &mut Problems) -> Option<Spanned<T>> {
        if self.values.contains_key(key) {
            self.choice(key, words, problems)
        } else {
            self.asked.push(key);
            None
        }
    }

    /// A table that has to be there.
    pub fn table(&mut self, key: &'static str, problems: &mut Problems) -> Option<Table<'i>> {
        self.required(key, Form::Table, problems).and_then(|taken| self.as_table(taken, problems))
    }

    /// A table that may be left out.
    pub fn table_if(&mut self, key: &'static str, problems: &mut Problems) -> Option<Table<'i>> {
        self.take(key).and_then(|taken| self.as_table(taken, problems))
    }

    /// The tables of an array of tables; none where the key is left out.
    pub fn tables(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Table<'i>> {
        self.take(key).map(|taken| self.as_tables(taken, problems)).unwrap_or_default()
    }

    /// The texts of an array of texts; none where the key is left out.
    pub fn texts(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Spanned<String>> {
        let Some(taken) = self.take(key) else { return Vec::new() };
        if matches!(taken.value, DeValue::Table(_)) {
            self.conceal_inside(&taken, problems);
        }
        let Taken { name, key, place, value } = taken;
        let DeValue::Array(array) = value else {
            let written = value.as_str().filter(|_| place != key).map_or_else(|| "\"…\"".to_owned(), syntax::in_quotes);
            let due = ("`[ ]` で囲んだ文字の並び", "a list of texts between `[ ]`");
            wrong_type(&name, place, due, &format!("{name} = [{written}]"), problems);
            // Read as a list of one, so that nothing else is said to be missing.
            let only = value.as_str().map(|text| Spanned { value: text.to_owned(), span: place });
            return only.into_iter().collect();
        };
        let texts = array.into_iter().filter_map(|value| {
            let place = self.place_of_element(key, &value);
            let taken = Taken { name: name.clone(), key, place, value: value.into_inner() };
            self.as_text(taken, Subject::Key(&name), problems)
        });
        texts.collect()
    }

    /// Reports every key that was not taken, in the order of the file. Their values are never shown.
    pub fn finish(mut self, problems: &mut Problems) {
        while let Some(taken) = self.take_any() {
            let meant = near(&taken.name, self.asked.iter().copied());
            // One fault, one message: what is written wrong is not missing as well.
            if let Some(at) = self.missing.iter().position(|(missing, _)| Some(*missing) == meant) {
                let (key, form) = self.missing.swap_remove(at);
                problems.withdraw(&missing_key(self.place, key, form));
            }
            unknown_key(&taken, meant, problems);
        }
    }

    /// The taken value as a text that may be published: not empty, without control characters.
    pub fn as_text(&self, taken: Taken<'i>, subject: Subject<'_>, problems: &mut Problems) -> Option<Spanned<String>> {
        self.text_of(taken, subject, Need::Optional, problems)
    }

    fn text_of(&self, taken: Taken<'i>, subject: Subject<'_>, need: Need, problems: &mut Problems) -> Option<Spanned<String>> {
        self.conceal_inside(&taken, problems);
        let Taken { name, key, place, value } = taken;
        let DeValue::String(text) = value else {
            let shown = place != key && !matches!(value, DeValue::Array(_) | DeValue::Table(_));
            let written = self.text.get(place.start as usize..place.end as usize).filter(|_| shown);
            let right = syntax::in_quotes(written.unwrap_or("…"));
            let due = ("引用符 `\"` で囲んだ文字", "a text, between quotes `\"`");
            wrong_type(&name, place, due, &format!("{name} = {right}"), problems);
            return None;
        };
        let text = Spanned { value: Cow::into_owned(text), span: place };
        check_text(subject, &text, need, problems).then_some(text)
    }

    /// The taken value as a table.
    pub fn as_table(&self, taken: Taken<'i>, problems: &mut Problems) -> Option<Table<'i>> {
        if matches!(taken.value, DeValue::Array(_)) {
            self.conceal_inside(&taken, problems);
        }
        let DeValue::Table(values) = taken.value else {
            let due = ("`[ ]` で囲んだ見出しの下に内容", "a table, below a header in brackets `[ ]`");
            wrong_type(&taken.name, taken.place, due, &format!("[{}]", taken.name), problems);
            return None;
        };
        Some(self.inner(taken.key, values))
    }

    /// The taken value as an array of tables.
    pub fn as_tables(&self, taken: Taken<'i>, problems: &mut Problems) -> Vec<Table<'i>> {
        self.as_tables_up_to(limit::MOST_TABLES, taken, problems)
    }

    /// As [`Table::as_tables`], but no more than `most`: what is beyond is told and not read.
    pub fn as_tables_up_to(&self, most: usize, taken: Taken<'i>, problems: &mut Problems) -> Vec<Table<'i>> {
        let right = format!("[[{}]]", taken.name);
        self.as_tables_written(&right, most, taken, problems)
    }

    /// As [`Table::as_tables`], where the file has them in a line, as in `right`.
    pub fn as_tables_inline(&self, right: &str, taken: Taken<'i>, problems: &mut Problems) -> Vec<Table<'i>> {
        self.as_tables_written(right, limit::MOST_TABLES, taken, problems)
    }

    fn as_tables_written(&self, right: &str, most: usize, taken: Taken<'i>, problems: &mut Problems) -> Vec<Table<'i>> {
        if matches!(taken.value, DeValue::Table(_)) {
            self.conceal_inside(&taken, problems);
        }
        let Taken { name, key, place, value } = taken;
        let DeValue::Array(array) = value else {
            wrong_type(&name, place, TABLES, right, problems);
            return Vec::new();
        };
        if array.len() > most {
            limit::too_many(&name, key, array.len(), most, problems);
        }
        let mut tables = Vec::new();
        for value in array.into_iter().take(most) {
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
                    wrong_type(&name, place, TABLES, right, problems);
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
        Table {
            file: self.file,
            place,
            confidential: self.confidential,
            text: self.text,
            values,
            order: None,
            asked: Vec::new(),
            missing: Vec::new(),
        }
    }

    fn required(&mut self, key: &'static str, form: Form, problems: &mut Problems) -> Option<Taken<'i>> {
        let taken = self.take(key);
        if taken.is_none() {
            self.missing.push((key, form));
            problems.push(missing_key(self.place, key, form));
        }
        taken
    }

    fn scalar(&mut self, key: &'static str, form: Form, problems: &mut Problems) -> Option<Taken<'i>> {
        let taken = self.required(key, form, problems)?;
        self.conceal_inside(&taken, problems);
        Some(taken)
    }

    fn scalar_if(&mut self, key: &'static str, problems: &mut Problems) -> Option<Taken<'i>> {
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

/// What is due where a table repeats.
const TABLES: (&str, &str) =
    ("二重の `[[ ]]` で囲んだ見出しの下に内容", "tables that repeat, each below a header in double brackets `[[ ]]`");

/// The keys of a table, the last of the file first.
fn in_order<'i>(values: &DeTable<'i>) -> Vec<Cow<'i, str>> {
    let mut keys: Vec<_> = values.keys().collect();
    keys.sort_by_key(|key| std::cmp::Reverse(key.span().start));
    keys.into_iter().map(|key| key.get_ref().clone()).collect()
}
