//! When something stands at an address.

use chrono::NaiveDate;

/// The days on which something stands: each stay from its first day, or from the beginning, up to the day before its end.
#[derive(Debug, Default)]
pub(super) struct Stays(Vec<(Option<NaiveDate>, Option<NaiveDate>)>);

/// What becomes of it on a day.
pub(super) enum Presence {
    There,
    /// From that day on.
    Coming(NaiveDate),
    /// It stood, and does not come again.
    Gone,
}

impl Stays {
    pub(super) fn add(&mut self, since: Option<NaiveDate>, until: Option<NaiveDate>) {
        self.0.push((since, until));
    }

    pub(super) fn on(&self, day: NaiveDate) -> Presence {
        let begun = |since: Option<NaiveDate>| since.is_none_or(|since| since <= day);
        let holds = |(since, until): &(_, Option<NaiveDate>)| begun(*since) && until.is_none_or(|until| day < until);
        if self.0.iter().any(holds) {
            return Presence::There;
        }
        let coming = self.0.iter().filter_map(|(since, _)| since.filter(|since| *since > day)).min();
        coming.map_or(Presence::Gone, Presence::Coming)
    }
}
