//! Withholding: its periods, its sealed twin, and what the day brings. No message shows a value of these files, not a date
//! either; what is needed of them is told as a number of days or a count.

use crate::model::{
    Answer, Disclosure, Entry, Period, Rules, Scheme, Sealed, SealedText, SectionAnswers, Service, Settings, Withholding,
    WithholdingEnd,
};
use crate::problem::{Code, ItemName, Problem, Problems};

use super::Context;

pub(super) fn check(
    context: &Context<'_>,
    service: &Service,
    scheme: &Scheme,
    rules: &Rules,
    settings: &Settings,
    problems: &mut Problems,
) {
    let superseded = service.disclosures.iter().rposition(|disclosure| disclosure.date <= context.day).unwrap_or_default();
    for (at, disclosure) in service.disclosures.iter().enumerate() {
        let later = service.disclosures.get(at + 1..).unwrap_or_default();
        for (table, entry) in disclosure.entries() {
            let Answer::Withheld(withholding) = &entry.answer else { continue };
            let case = Case { context, scheme, disclosure, table, entry, withholding };
            case.unknown_ground(settings, problems);
            case.needs_end(rules, problems);
            // A text is spoken of once, where it counts: in the disclosure that is shown or comes, and in the last one of
            // these that withholds it.
            if case.chain(problems) && at >= superseded && !case.withheld_again(later) {
                case.deadline(settings, problems);
            }
        }
        if let Some(sealed) = &disclosure.sealed {
            sealed_tables(disclosure, sealed, problems);
        }
    }
}

/// One withheld item.
struct Case<'s> {
    context: &'s Context<'s>,
    scheme: &'s Scheme,
    disclosure: &'s Disclosure,
    table: &'s SectionAnswers,
    entry: &'s Entry,
    withholding: &'s Withholding,
}

impl Case<'_> {
    fn name(&self) -> Called {
        Called::of(self.scheme, self.disclosure, self.table.section, self.entry.item)
    }

    fn item(&self) -> Option<ItemName> {
        let edition = self.scheme.editions.get(self.disclosure.edition?)?;
        let section = edition.sections.get(self.table.section)?;
        Some(section.item_name(section.items.get(self.entry.item)?))
    }

    fn periods(&self) -> &[Period] {
        &self.withholding.periods.0
    }

    fn problem(&self, code: Code, ja: String, en: String) -> Problem {
        Problem { item: self.item(), ..Problem::new(code, self.entry.key, ja, en) }
    }

    fn unknown_ground(&self, settings: &Settings, problems: &mut Problems) {
        let grounds = &settings.withholding_grounds;
        let is_known = |period: &Period| grounds.iter().any(|ground| ground.id.value == period.ground);
        if !self.periods().iter().all(is_known) {
            let list = |between| {
                let known = grounds.iter().map(|ground| format!("`{}`（{}）", ground.id.value, ground.name.value));
                known.collect::<Vec<_>>().join(between)
            };
            let name = self.name();
            problems.push(
                self.problem(
                    Code::UnknownWithholdingGround,
                    format!("{}の公表を留保する理由（`ground`）が registry.toml の一覧にありません", name.ja),
                    format!("the `ground` for withholding {} is not on the list of registry.toml", name.en),
                )
                .help(
                    format!("一覧にある理由から選んでください：{}", list("、")),
                    format!("choose one of the list: {}", list(", ")),
                ),
            );
        }
    }

    /// R45: an end where the scheme needs one; every period but the last has one in any case.
    fn needs_end(&self, rules: &Rules, problems: &mut Problems) {
        let (last, earlier) = match self.periods().split_last() {
            Some((last, earlier)) => (last, earlier),
            None => return,
        };
        let open_end =
            earlier.iter().any(|period| period.until.is_none()) || (rules.withholding_needs_end && last.until.is_none());
        if open_end {
            let name = self.name();
            problems.push(
                self.problem(
                    Code::WithholdingWithoutEnd,
                    format!("{}の公表留保に終わりの日がありません", name.ja),
                    format!("a period of withholding {} has no end", name.en),
                )
                .help("期間ごとに `until` を書いてください", "give every period its `until`"),
            );
        }
    }

    /// R44: periods are in order and chain without a public gap, from the disclosure's own day on. Tells whether they are in
    /// order, so that their end can be told.
    fn chain(&self, problems: &mut Problems) -> bool {
        let periods = self.periods();
        let name = self.name();
        let backwards = periods.iter().any(|period| period.until.is_some_and(|until| until < period.from))
            || periods.windows(2).any(|pair| matches!(pair, [earlier, later] if later.from <= earlier.from));
        if backwards {
            problems.push(
                self.problem(
                    Code::WithholdingOrder,
                    format!("{}の公表留保の期間が日付の順ではありません", name.ja),
                    format!("the periods of withholding {} are not in order", name.en),
                )
                .help(
                    "期間は始まりの早いものから順に書き、`until` は `from` 以後の日にしてください",
                    "write the periods from the earliest on, each with an `until` no earlier than its `from`",
                ),
            );
            return false;
        }
        let shortened = periods.windows(2).any(|pair| match pair {
            [earlier, later] => earlier.until.zip(later.until).is_some_and(|(earlier, later)| later < earlier),
            _ => false,
        });
        if shortened {
            problems.push(
                self.problem(
                    Code::WithholdingOrder,
                    format!("{}の公表留保の期間に、前の期間より早く終わるものがあります", name.ja),
                    format!("a period of withholding {} ends before an earlier one", name.en),
                )
                .help(
                    "後の期間の `until` は前の期間の `until` 以後の日にしてください。直すまでは最も遅い終わりの日まで公表を留保します",
                    "end each period no earlier than the one before it; until then the item is withheld up to the latest end",
                ),
            );
            return false;
        }
        let gaps = periods.windows(2).any(|pair| match pair {
            [earlier, later] => earlier.until.and_then(|until| until.succ_opt()).is_some_and(|next| later.from > next),
            _ => false,
        });
        let late = periods.first().is_some_and(|first| first.from > self.disclosure.date);
        if gaps || late {
            problems.push(
                self.problem(
                    Code::WithholdingGap,
                    format!("{}の公表留保の期間に途切れがあります", name.ja),
                    format!("the periods of withholding {} leave a gap", name.en),
                )
                .help(
                    "最初の期間は開示の日までに、次の期間は前の終わりの翌日までに始まります",
                    "the first period begins by the day of the disclosure, each next one by the day after the last",
                ),
            );
        }
        if periods.iter().any(|period| period.requested.is_some_and(|requested| requested > period.from)) {
            problems.push(self.problem(
                Code::RequestedLate,
                format!("{}の公表留保の申し出が期間の始まりより後です", name.ja),
                format!("withholding {} was requested after a period began", name.en),
            ));
        }
        true
    }

    /// R43, R48: the end is reported ahead, and afterwards until the text is published.
    fn deadline(&self, settings: &Settings, problems: &mut Problems) {
        let Some(last_day) = self.withholding.periods.last_day() else { return };
        let left = last_day.signed_duration_since(self.context.day).num_days();
        if left < 0 {
            self.over(-left, settings, problems);
        } else if left <= i64::from(settings.notice_days) {
            let name = self.name();
            problems.push(
                self.problem(
                    Code::WithholdingEndsSoon,
                    format!("{}の公表留保はあと{left}日で終わります", name.ja),
                    format!("the withholding of {} ends in {left} days", name.en),
                )
                .help("更新の申し出があれば次の期間を加えてください", "add the next period if its renewal was requested"),
            );
        }
    }

    fn over(&self, days: i64, settings: &Settings, problems: &mut Problems) {
        let publishes = settings.withholding_end == WithholdingEnd::Publish;
        if publishes && self.withholding.sealed().is_some() {
            return;
        }
        let name = self.name();
        let problem = self.problem(
            Code::WithholdingOver,
            format!("{}の公表留保は{days}日前に終わりました", name.ja),
            format!("the withholding of {} ended {days} days ago", name.en),
        );
        problems.push(if publishes {
            problem.help("封をした文書に内容がないため公表できません", "it cannot be published: there is no sealed text")
        } else {
            problem.help(
                "内容を公開の文書に移すか、次の期間を加えてください",
                "move the text into the open file, or add the next period",
            )
        });
    }

    /// Whether a later disclosure withholds the item too, under whatever name, in the table of the same label.
    fn withheld_again(&self, later: &[Disclosure]) -> bool {
        let Some(lineage) = self.context.lineages.get(self.scheme.id.as_str()) else { return false };
        let own = self.disclosure.edition.and_then(|edition| lineage.get(edition, self.table.section, self.entry.item));
        later.iter().any(|later| {
            later.entries().any(|(table, entry)| {
                let same = || later.edition.and_then(|edition| lineage.get(edition, table.section, entry.item)) == own;
                matches!(entry.answer, Answer::Withheld(_)) && table.label == self.table.label && own.is_some() && same()
            })
        })
    }
}

/// An item as messages name it: its full name and, in Japanese, what the catalogue calls it.
pub(super) struct Called {
    pub(super) ja: String,
    pub(super) en: String,
}

impl Called {
    pub(super) fn of(scheme: &Scheme, disclosure: &Disclosure, section: usize, item: usize) -> Called {
        let section = disclosure.edition.and_then(|at| scheme.editions.get(at)?.sections.get(section));
        let found = section.and_then(|section| Some((section, section.items.get(item)?)));
        let Some((section, item)) = found else { return Called { ja: String::new(), en: String::new() } };
        let en = format!("`{}`", section.full_name(item));
        Called { ja: format!("{en}（{}）", item.name.value), en }
    }
}

/// Which table a text belongs to cannot be guessed, so a label that meets no table is an error.
fn sealed_tables(disclosure: &Disclosure, sealed: &Sealed, problems: &mut Problems) {
    for part in &sealed.sections {
        let mut tables = disclosure.section(part.section);
        if part.label.is_some() && !tables.any(|table| table.label == part.label) {
            problems.push(
                Problem::new(
                    Code::SealedLabel,
                    part.place,
                    "公開の文書に同じ `label` の表がありません",
                    "no table of the open file has this `label`",
                )
                .help(
                    "`label` を公開の文書と一字一句同じにしてください。公開の文書にない表であれば、ここから取り除いてください",
                    "write the `label` exactly as in the open file, or remove a table that the open file does not have",
                ),
            );
        } else {
            // What the open file says of an item cannot be told where it could not be read.
            let unread = |text: &&SealedText| {
                disclosure.faulty.contains(&part.section)
                    || disclosure
                        .section(part.section)
                        .any(|table| table.label == part.label && table.faulty.contains(&text.item))
            };
            part.texts.iter().filter(|text| !unread(text)).for_each(|text| sealed_text_unused(text, problems));
        }
    }
}

fn sealed_text_unused(text: &SealedText, problems: &mut Problems) {
    problems.push(
        Problem::new(
            Code::SealedTextUnused,
            text.key,
            "公開の文書では公表留保になっていない項目です",
            "the open file does not withhold this item",
        )
        .help(
            "公開の文書に `withheld` を書くか、ここから取り除いてください",
            "write `withheld` into the open file, or remove the text here",
        ),
    );
}
