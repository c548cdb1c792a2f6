//! Withholding: its periods, its sealed twin, and what the day brings. No message shows a value of these files, not a date
//! either; what is needed of them is told as a number of days or a count.

use crate::model::{
    Answer, Disclosure, Entry, Period, Rules, Scheme, Sealed, SealedText, SectionAnswers, Service, Settings, Withholding,
    WithholdingEnd, WithholdingGround,
};
use crate::problem::{Code, Fault, ItemName, Problem, Problems, Words};

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
            sealed_tables(scheme, disclosure, sealed, problems);
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
    fn item(&self) -> Option<ItemName> {
        item_name(self.scheme, self.disclosure, self.table.section, self.entry.item)
    }

    /// The item in the sentences of messages.
    fn name(&self) -> Words {
        self.item().map_or_else(|| Words::new("項目", "an item"), |item| item.in_sentence())
    }

    fn periods(&self) -> &[Period] {
        &self.withholding.periods.0
    }

    fn fault(&self, code: Code, ja: String, en: String) -> Fault {
        let fault = Problem::new(code, self.entry.key, ja, en);
        match self.item() {
            Some(item) => fault.about(item),
            None => fault,
        }
    }

    fn unknown_ground(&self, settings: &Settings, problems: &mut Problems) {
        let grounds = &settings.withholding_grounds;
        let is_known = |period: &Period| grounds.iter().any(|ground| ground.id.value == period.ground);
        if !self.periods().iter().all(is_known) {
            let known = |open, close| {
                let one = |ground: &WithholdingGround| format!("`{}`{open}{}{close}", ground.id.value, ground.name.value);
                grounds.iter().map(one).collect::<Vec<_>>()
            };
            let name = self.name();
            problems.push(
                self.fault(
                    Code::UnknownWithholdingGround,
                    format!("{}の公表を留保する理由（`ground`）が registry.toml の一覧にありません", name.ja),
                    format!("the `ground` for withholding {} is not on the list of registry.toml", name.en),
                )
                .help(
                    format!("一覧にある理由から選んでください：{}", known("（", "）").join("、")),
                    format!("choose one of the list: {}", known(" (", ")").join(", ")),
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
                self.fault(
                    Code::WithholdingWithoutEnd,
                    format!("{}の公表留保に、終わりの日のない期間があります", name.ja),
                    format!("a period of withholding {} has no end", name.en),
                )
                .help("期間ごとに、終わりの日を `until` に書いてください", "give every period its last day as `until`"),
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
                self.fault(
                    Code::WithholdingOrder,
                    format!("{}の公表留保の期間が日付の順ではありません", name.ja),
                    format!("the periods of withholding {} are not in order", name.en),
                )
                .help(
                    "期間を始まりの早いものから順に並べ、終わりの日（`until`）は始まりの日（`from`）以後にしてください",
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
                self.fault(
                    Code::WithholdingOrder,
                    format!("{}の公表留保の期間に、前の期間より早く終わるものがあります", name.ja),
                    format!("a period of withholding {} ends before an earlier one", name.en),
                )
                .help(
                    "後の期間の終わりの日（`until`）を、前の期間の終わりの日以後に改めてください。直すまでは、最も遅い終わりの日まで公表を留保します",
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
                self.fault(
                    Code::WithholdingGap,
                    format!("{}の公表留保の期間に途切れがあります", name.ja),
                    format!("the periods of withholding {} leave a gap", name.en),
                )
                .help(
                    "`from` を改めてください。最初の期間は開示の日までに、次の期間は前の期間の終わりの翌日までに始まるようにします",
                    "change `from`: the first period begins by the day of the disclosure, each next one by the day after the last",
                ),
            );
        }
        if periods.iter().any(|period| period.requested.is_some_and(|requested| requested > period.from)) {
            problems.push(
                self.fault(
                    Code::RequestedLate,
                    format!("{}の公表留保の申し出が、期間の始まりより後です", name.ja),
                    format!("withholding {} was requested after a period began", name.en),
                )
                .help(
                    "申し出の書類で、申し出の日（`requested`）と始まりの日（`from`）を確かめてください。そのとおりで、機関が認めたのであれば、`registry.toml` の `[[accepted]]` に理由を書いてください",
                    "check `requested` and `from` with the request; if they are right and the body allowed it, give the reason in `[[accepted]]` of `registry.toml`",
                ),
            );
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
            problems.push(self.ends_soon(left, settings));
        }
    }

    fn ends_soon(&self, left: i64, settings: &Settings) -> Problem {
        let name = self.name();
        let (ja, en) = match left {
            0 => ("今日".to_owned(), "today".to_owned()),
            left => (format!("あと{left}日"), format!("in {}", days(left))),
        };
        let fault = self.fault(
            Code::WithholdingEndsSoon,
            format!("{}の公表留保は{ja}で終わります", name.ja),
            format!("the withholding of {} ends {en}", name.en),
        );
        if self.is_published_by_itself(settings) {
            fault.help(
                "留保を続ける申し出があれば、今の期間の終わりの翌日までに始まる次の期間を加えてください。なければ、することはありません。期間が終わると公表されます",
                "if it was asked to withhold it longer, add a period that begins by the day after this one; if not there is nothing to do: after its period it is published",
            )
        } else {
            fault.help(
                "留保を続ける申し出があれば、今の期間の終わりの翌日までに始まる次の期間を加えてください。なければ、期間が終わってから内容を公開の文書に移します",
                "if it was asked to withhold it longer, add a period that begins by the day after this one; if not, move the text into the open file after the period",
            )
        }
    }

    /// Whether the text comes out of its sealed file once its period is over.
    fn is_published_by_itself(&self, settings: &Settings) -> bool {
        settings.withholding_end == WithholdingEnd::Publish && self.withholding.sealed().is_some()
    }

    fn over(&self, ago: i64, settings: &Settings, problems: &mut Problems) {
        if self.is_published_by_itself(settings) {
            return;
        }
        let name = self.name();
        let fault = self.fault(
            Code::WithholdingOver,
            format!("{}の公表留保は{ago}日前に終わりました", name.ja),
            format!("the withholding of {} ended {} ago", name.en, days(ago)),
        );
        problems.push(if self.withholding.sealed().is_some() {
            fault.help(
                "封をした文書の内容を公開の文書に移し、`withheld` を取り除いてください。留保を続ける申し出があれば、前の期間の終わりの翌日までに始まる次の期間を加えてください",
                "move the text from the sealed file into the open one and take `withheld` away; if it was asked to withhold it longer, add a period that begins by the day after the last",
            )
        } else {
            fault.help(
                "`withheld` を取り除き、申請書の文を公開の文書に書いてください。留保を続ける申し出があれば、前の期間の終わりの翌日までに始まる次の期間を加えてください",
                "take `withheld` away and write what was stated into the open file; if it was asked to withhold it longer, add a period that begins by the day after the last",
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

fn days(count: i64) -> String {
    format!("{count} day{}", if count == 1 { "" } else { "s" })
}

/// An item of a disclosure as its catalogue names it.
pub(super) fn item_name(scheme: &Scheme, disclosure: &Disclosure, section: usize, item: usize) -> Option<ItemName> {
    let section = scheme.editions.get(disclosure.edition?)?.sections.get(section)?;
    Some(section.item_name(section.items.get(item)?))
}

/// Which table a text belongs to cannot be guessed, so a label that meets no table is an error.
fn sealed_tables(scheme: &Scheme, disclosure: &Disclosure, sealed: &Sealed, problems: &mut Problems) {
    for part in &sealed.sections {
        let mut tables = disclosure.section(part.section);
        if part.label.is_some() && !tables.any(|table| table.label == part.label) {
            problems.push(
                Problem::new(
                    Code::SealedLabel,
                    part.place,
                    "公開の文書に、同じ `label` のものがありません",
                    "no table of the open file has this `label`",
                )
                .help(
                    "`label` を公開の文書と一字一句同じにしてください。公開の文書にないものであれば、ここから取り除いてください",
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
            let name = |text: &SealedText| item_name(scheme, disclosure, part.section, text.item);
            let unused = part.texts.iter().filter(|text| !unread(text));
            unused.for_each(|text| problems.push(sealed_text_unused(text, name(text))));
        }
    }
}

fn sealed_text_unused(text: &SealedText, item: Option<ItemName>) -> Problem {
    let name = item.as_ref().map_or_else(|| Words::new("この項目", "this item"), ItemName::in_sentence);
    let problem = Problem::new(
        Code::SealedTextUnused,
        text.key,
        format!("公開の文書では、{}の公表を留保していません", name.ja),
        format!("the open file does not withhold {}", name.en),
    )
    .help(
        "公表を留保するのであれば公開の文書のこの項目に `withheld` を書き、しないのであればここから取り除いてください",
        "if it is withheld, write `withheld` into the open file; if not, remove the text here",
    );
    match item {
        Some(item) => problem.about(item),
        None => problem,
    }
}
