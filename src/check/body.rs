//! The body's own names: a text names it as it is called on the day that the text speaks of (R125).

use chrono::{Datelike, Months, NaiveDate};

use crate::model::{Body, Registry};
use crate::problem::{Code, Problem, Problems};

use super::Context;
use super::words::{self, Own};

/// A new name may be announced so long before its first day.
const ANNOUNCED: Months = Months::new(12);

/// Words by which a sentence tells of earlier times.
const HISTORY: &[&str] = &[
    "旧",
    "前身",
    "当時",
    "以前",
    "かつて",
    "これまで",
    "従前",
    "改称",
    "引き継",
    "承継",
    "移管",
    "解散",
    "発足",
    "昭和",
    "平成",
    "former",
    "Former",
    "previous",
    "until",
    "renamed",
    "succeeded",
];

/// A name of the body and the days on which it is called so, both inside.
struct Name<'r> {
    name: &'r str,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

pub(super) fn check(context: &Context<'_>, registry: &Registry, problems: &mut Problems) {
    let Some(settings) = context.settings else { return };
    let names = names(&settings.body);
    if names.len() < 2 {
        return;
    }
    for own in words::own(registry) {
        let day = own.day.unwrap_or(context.day);
        for name in &names {
            former_body_name(&own, name, day, &names, problems);
        }
    }
}

/// The names, the present one last.
fn names(body: &Body) -> Vec<Name<'_>> {
    let mut names = Vec::new();
    let mut from = None;
    for former in &body.former_names {
        names.push(Name { name: &former.name.value, from, until: Some(former.until.value) });
        from = former.until.value.succ_opt();
    }
    names.push(Name { name: &body.name.value, from, until: None });
    names
}

fn former_body_name(own: &Own<'_>, name: &Name<'_>, day: NaiveDate, names: &[Name<'_>], problems: &mut Problems) {
    let Some(fault) = Fault::of(name, day) else { return };
    let text = own.text.value.as_str();
    let means_it = |at: usize| !in_longer(text, at, name, names);
    let wrong = |at: usize| match fault {
        Fault::NoLonger(until) => !tells_history(sentence(text, at), until, names),
        Fault::NotYet(_) => true,
    };
    let mut places = text.match_indices(name.name).map(|(at, _)| at).filter(|at| !name.name.is_empty() && means_it(*at));
    let Some(at) = places.find(|at| wrong(*at)) else { return };
    let shown = name.name;
    let (ja, en) = match fault {
        Fault::NoLonger(until) => (
            format!("機関の以前の名称「{shown}」（{until} まで）を用いています"),
            format!("names the body as `{shown}`, its name until {until}"),
        ),
        Fault::NotYet(from) => (
            format!("{day} の文に、機関の後の名称「{shown}」（{from} から）を用いています"),
            format!("names the body on {day} as `{shown}`, its name from {from}"),
        ),
    };
    let fault = Problem::new(Code::FormerBodyName, own.part(at, shown.len()), ja, en);
    let problem = match names.iter().find(|name| name.holds_on(day)) {
        Some(right) => fault.help(
            format!("その日の名称は「{}」です。昔のことを述べるのであれば「旧」「当時の」などを添えてください", right.name),
            format!("on that day it is `{}`; where the text tells of earlier times, say so (旧, 当時の)", right.name),
        ),
        None => fault.help("その日の機関の名称を用いてください", "use the name of the body on that day"),
    };
    problems.push(match own.service {
        Some(service) => problem.of(service),
        None => problem,
    });
}

/// Why a name does not fit a day.
#[derive(Clone, Copy)]
enum Fault {
    /// It was given up on this day.
    NoLonger(NaiveDate),
    /// It was taken on this day, long after.
    NotYet(NaiveDate),
}

impl Fault {
    fn of(name: &Name<'_>, day: NaiveDate) -> Option<Fault> {
        let announced = |from: &NaiveDate| from.checked_sub_months(ANNOUNCED).is_some_and(|first| first <= day);
        let no_longer = name.until.filter(|until| *until < day).map(Fault::NoLonger);
        no_longer.or_else(|| name.from.filter(|from| !announced(from)).map(Fault::NotYet))
    }
}

impl Name<'_> {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Whether what stands at a place is a part of another of its names.
fn in_longer(text: &str, at: usize, name: &Name<'_>, names: &[Name<'_>]) -> bool {
    let end = at + name.name.len();
    let longer = names.iter().filter(|other| other.name.len() > name.name.len() && other.name.contains(name.name));
    longer.flat_map(|other| text.match_indices(other.name)).any(|(from, found)| from <= at && end <= from + found.len())
}

/// The sentence around a place.
fn sentence(text: &str, at: usize) -> &str {
    let is_end = |c: char| matches!(c, '。' | '．' | '\n');
    let from = text.get(..at).and_then(|before| before.rfind(is_end)).unwrap_or(0);
    let until = text.get(at..).and_then(|after| after.find(is_end)).map_or(text.len(), |len| at + len);
    text.get(from..until).unwrap_or(text)
}

/// Whether a sentence speaks of a time when the name was right: by its words, by a year, or by naming the body twice, as
/// sentences on a change of name do.
fn tells_history(sentence: &str, until: NaiveDate, names: &[Name<'_>]) -> bool {
    let named = names.iter().filter(|name| sentence.contains(name.name)).count();
    let years = sentence.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let mut years = years.filter_map(|digits| digits.parse::<i32>().ok());
    named > 1 || years.any(|year| (1900..=until.year()).contains(&year)) || HISTORY.iter().any(|word| sentence.contains(word))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    fn history(sentence: &str) -> bool {
        let until = NaiveDate::from_ymd_opt(2020, 3, 31).unwrap();
        let names = [
            Name { name: "見本協議会", from: None, until: Some(until) },
            Name { name: "一般社団法人見本機構", from: until.succ_opt(), until: None },
        ];
        tells_history(sentence, until, &names)
    }

    #[test]
    fn a_sentence_on_earlier_times_may_name_the_body_as_it_was_called() {
        assert!(history("2018年に見本協議会が制度を定めました"));
        assert!(history("一般社団法人見本機構は、見本協議会の業務を続けています"));
        assert!(history("見本協議会（当時）が発行した認定証"));
        assert!(!history("変更の届出は、見本協議会へお出しください"));
        assert!(!history("2026年4月から、見本協議会が受け付けます"));
    }

    #[test]
    fn a_name_within_a_longer_one_is_not_meant() {
        let names =
            [Name { name: "見本機構", from: None, until: None }, Name { name: "一般社団法人見本機構", from: None, until: None }];
        assert!(in_longer("一般社団法人見本機構", "一般社団法人".len(), &names[0], &names));
        assert!(!in_longer("見本機構", 0, &names[0], &names));
    }
}
