//! Withholding: its periods, its sealed twin, and what the day brings. No message shows a value of these files, not a date
//! either; what is needed of them is told as a number of days or a count.

use crate::model::{
    Answer, Disclosure, Entry, EventKind, Period, Periods, Rules, Scheme, Sealed, SealedSection, SealedText, SectionAnswers,
    Service, Settings, Withheld, WithholdingEnd,
};
use crate::problem::{Code, ItemName, Problem, Problems, Span};

use super::Context;

pub(super) fn check(
    context: &Context<'_>,
    service: &Service,
    scheme: &Scheme,
    rules: &Rules,
    settings: &Settings,
    problems: &mut Problems,
) {
    for (at, disclosure) in service.disclosures.iter().enumerate() {
        let later = service.disclosures.get(at + 1..).unwrap_or_default();
        for (table, entry) in disclosure.entries() {
            let Answer::Withheld(periods) = &entry.answer else { continue };
            let case = Case { scheme, disclosure, table, entry, periods };
            case.unknown_ground(settings, problems);
            case.needs_end(rules, problems);
            if case.chain(problems) {
                case.deadline(context, settings, later, problems);
            }
        }
        if let Some(sealed) = &disclosure.sealed {
            sealed_texts(context, service, disclosure, sealed, problems);
        }
    }
}

/// One withheld item.
struct Case<'s> {
    scheme: &'s Scheme,
    disclosure: &'s Disclosure,
    table: &'s SectionAnswers,
    entry: &'s Entry,
    periods: &'s Periods,
}

impl Case<'_> {
    fn item(&self) -> Option<ItemName> {
        let edition = self.scheme.editions.get(self.disclosure.edition?)?;
        let section = edition.sections.get(self.table.section)?;
        Some(section.item_name(section.items.get(self.entry.item)?))
    }

    fn name(&self) -> String {
        self.item().map(|item| item.full).unwrap_or_default()
    }

    fn problem(&self, code: Code, ja: String, en: String) -> Problem {
        Problem { item: self.item(), ..Problem::new(code, self.entry.key, ja, en) }
    }

    fn unknown_ground(&self, settings: &Settings, problems: &mut Problems) {
        let is_known = |period: &Period| settings.withholding_grounds.iter().any(|ground| ground.id.value == period.ground);
        if !self.periods.0.iter().all(is_known) {
            let known: Vec<String> = settings
                .withholding_grounds
                .iter()
                .map(|ground| format!("`{}`（{}）", ground.id.value, ground.name.value))
                .collect();
            problems.push(
                self.problem(
                    Code::UnknownGround,
                    format!("`{}` の公表留保の事由が一覧にありません", self.name()),
                    format!("the ground for withholding `{}` is not on the list", self.name()),
                )
                .help(format!("事由：{}", known.join("、")), format!("grounds: {}", known.join(", "))),
            );
        }
    }

    /// R45: an end where the scheme needs one; every period but the last has one in any case.
    fn needs_end(&self, rules: &Rules, problems: &mut Problems) {
        let (last, earlier) = match self.periods.0.split_last() {
            Some((last, earlier)) => (last, earlier),
            None => return,
        };
        let open_end =
            earlier.iter().any(|period| period.until.is_none()) || (rules.withholding_needs_end && last.until.is_none());
        if open_end {
            problems.push(
                self.problem(
                    Code::WithholdingWithoutEnd,
                    format!("`{}` の公表留保に終わりの日がありません", self.name()),
                    format!("a period of withholding `{}` has no end", self.name()),
                )
                .help("期間ごとに `until` を書いてください", "give every period its `until`"),
            );
        }
    }

    /// R44: periods are in order and chain without a public gap, from the disclosure's own day on. Tells whether they are in
    /// order, so that their end can be told.
    fn chain(&self, problems: &mut Problems) -> bool {
        let periods = &self.periods.0;
        let disordered = periods.iter().any(|period| period.until.is_some_and(|until| until < period.from))
            || periods.windows(2).any(|pair| matches!(pair, [earlier, later] if later.from <= earlier.from));
        if disordered {
            problems.push(self.problem(
                Code::WithholdingOrder,
                format!("`{}` の公表留保の期間が日付の順ではありません", self.name()),
                format!("the periods of withholding `{}` are not in order", self.name()),
            ));
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
                    format!("`{}` の公表留保の期間に途切れがあります", self.name()),
                    format!("the periods of withholding `{}` leave a gap", self.name()),
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
                format!("`{}` の公表留保の申し出が期間の始まりより後です", self.name()),
                format!("withholding `{}` was requested after a period began", self.name()),
            ));
        }
        true
    }

    /// R43, R48: the end is reported ahead, and afterwards until the text is published.
    fn deadline(&self, context: &Context<'_>, settings: &Settings, later: &[Disclosure], problems: &mut Problems) {
        let Some(last_day) = self.periods.last_day() else { return };
        if self.withheld_again(later) {
            return;
        }
        let left = last_day.signed_duration_since(context.day).num_days();
        if left < 0 {
            self.over(-left, settings, problems);
        } else if left <= i64::from(settings.notice_days) {
            problems.push(
                self.problem(
                    Code::WithholdingEndsSoon,
                    format!("`{}` の公表留保はあと{left}日で終わります", self.name()),
                    format!("the withholding of `{}` ends in {left} days", self.name()),
                )
                .help("更新の申し出があれば次の期間を加えてください", "add the next period if its renewal was requested"),
            );
        }
    }

    fn over(&self, days: i64, settings: &Settings, problems: &mut Problems) {
        let publishes = settings.withholding_end == WithholdingEnd::Publish;
        if publishes && self.has_sealed_text() {
            return;
        }
        let problem = self.problem(
            Code::WithholdingOver,
            format!("`{}` の公表留保は{days}日前に終わりました", self.name()),
            format!("the withholding of `{}` ended {days} days ago", self.name()),
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

    fn has_sealed_text(&self) -> bool {
        self.disclosure.sealed.as_ref().is_some_and(|sealed| sealed.texts().any(|(part, text)| self.is_of(part, text)))
    }

    fn is_of(&self, part: &SealedSection, text: &SealedText) -> bool {
        part.section == self.table.section && part.label == self.table.label && text.item == self.entry.item
    }

    /// A later disclosure of the same edition that withholds the item takes the deadline over.
    fn withheld_again(&self, later: &[Disclosure]) -> bool {
        later.iter().filter(|later| later.edition == self.disclosure.edition).any(|later| {
            later
                .section(self.table.section)
                .any(|table| table.answer(self.entry.item).is_some_and(|entry| matches!(entry.answer, Answer::Withheld(_))))
        })
    }
}

fn sealed_texts(context: &Context<'_>, service: &Service, disclosure: &Disclosure, sealed: &Sealed, problems: &mut Problems) {
    sealed_label(disclosure, sealed, problems);
    let public = PublicTexts::of(context, service);
    for (part, text) in sealed.texts() {
        let withheld = disclosure
            .section(part.section)
            .any(|table| table.answer(text.item).is_some_and(|entry| matches!(entry.answer, Answer::Withheld(_))));
        if !withheld {
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
        for place in public.places_of(&text.text) {
            // The place shows a withheld text, so no excerpt may show the place.
            problems.conceal(place);
            problems.push(
                Problem::new(
                    Code::SealedTextInPublic,
                    place,
                    "公表を留保した内容がここに書かれています",
                    "a withheld text stands here",
                )
                .help("この文から取り除いてください", "take it out of this text"),
            );
        }
    }
}

fn sealed_label(disclosure: &Disclosure, sealed: &Sealed, problems: &mut Problems) {
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
                    "`label` を公開の文書と同じにしてください。それまでは節の全ての表で公表を留保します",
                    "write the `label` as in the open file; until then the item is withheld in every table",
                ),
            );
        }
    }
}

/// The texts that become public with a service, and where they stand.
struct PublicTexts<'r>(Vec<(&'r str, Span)>);

impl<'r> PublicTexts<'r> {
    fn of(context: &Context<'r>, service: &'r Service) -> PublicTexts<'r> {
        let mut texts: Vec<(&str, Span)> = Vec::new();
        let mut add = |text: &'r crate::problem::Spanned<String>| texts.push((&text.value, text.span));
        [&service.name, &service.summary].into_iter().for_each(&mut add);
        [&service.kana, &service.name_en, &service.url].into_iter().flatten().for_each(&mut add);
        service.parts.iter().for_each(&mut add);
        service.agents.iter().flat_map(|agent| [&agent.name, &agent.address, &agent.contact]).for_each(&mut add);
        service.events.iter().filter_map(|event| public_note(&event.kind)).for_each(&mut add);
        if let Some(provider) = service.provider.as_ref().and_then(|id| context.registry.providers.get(&id.value)) {
            [&provider.name, &provider.address].into_iter().for_each(&mut add);
        }
        context.registry.notices.iter().map(|notice| &notice.text).for_each(&mut add);
        context.registry.pages.iter().map(|page| &page.text).for_each(&mut add);
        for disclosure in &service.disclosures {
            texts.extend(disclosure.entries().filter_map(|(_, entry)| Some((open_text(&entry.answer)?, entry.key))));
        }
        PublicTexts(texts)
    }

    fn places_of(&self, withheld: &Withheld) -> Vec<Span> {
        self.0.iter().filter(|(text, _)| withheld.stands_in(text)).map(|(_, span)| *span).collect()
    }
}

fn open_text(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Text(text) => Some(text),
        Answer::None(text) | Answer::Undisclosed(text) => text.as_deref(),
        Answer::Withheld(_) => None,
    }
}

fn public_note(kind: &EventKind) -> Option<&crate::problem::Spanned<String>> {
    match kind {
        EventKind::Changed { note, .. } | EventKind::Corrected { note } | EventKind::ImprovementRequested { note, .. } => {
            Some(note)
        }
        EventKind::Renamed { was } => Some(was),
        EventKind::Succession { note, .. }
        | EventKind::Ended { note }
        | EventKind::Revoked { note, .. }
        | EventKind::ImprovementMet { note } => note.as_ref(),
        EventKind::Certified { .. }
        | EventKind::RenewalApplied
        | EventKind::ContinuationGranted
        | EventKind::Renewed { .. }
        | EventKind::RenewalRefused
        | EventKind::RenewalWithdrawn
        | EventKind::CertificateReturned => None,
    }
}
