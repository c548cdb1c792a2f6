//! R41: no withheld text in a public place. What of a text counts as it, and how texts are compared, is told in
//! [`crate::model::Traces`]; here is told where it is looked for, and what is no leak though it looks like one.
//!
//! The whole text is an error in every public text. A part of it is one in what the same provider and the body write; in
//! other providers' texts only a long part is, as people write alike of like things. No leak is
//!
//! - a name that the text mentions, and what the schemes and catalogues themselves say: that was public before;
//! - what more than [`COMMON`] other providers say too, whole texts in the provider's and the body's own places aside;
//! - the same item in an earlier disclosure of the service, which is hidden with it, and in a later one from after its last
//!   day: the text was released.
//!
//! It is an error on every day, also when the period is over: the text then has to leave the sealed file.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{Answer, Disclosure, Scheme, SealedText, Service, Trace, Traces, Withheld};
use crate::problem::{Code, ItemName, Problem, Problems, Span, Words};
use crate::prose;

use super::Context;
use super::public::{self, Kind, PublicText};
use super::withholding::item_name;

/// What more other providers say is common.
const COMMON: usize = 3;

/// A sealed text, and what it belongs to.
struct Owner<'r> {
    service: &'r Service,
    disclosure: &'r Disclosure,
    section: usize,
    label: Option<&'r str>,
    item: usize,
    /// The last day of its withholding; none where there is no end, and where no open item withholds it.
    last_day: Option<NaiveDate>,
    text: &'r Withheld,
}

/// A trace of a sealed text in a public one.
struct Hit<'r> {
    trace: Trace,
    public: PublicText<'r>,
    /// Whose text it is, as a position among the providers; none where it is the body's.
    group: Option<usize>,
    /// The service it belongs to.
    service: Option<&'r Service>,
    /// The line of a Markdown text; of any other text its value.
    place: Span,
}

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    let owners = owners(context);
    let groups: Groups<'_> = context.registry.providers.keys().map(String::as_str).zip(1..).collect();
    let traces = Traces::of(owners.iter().map(|owner| (group_of(owner.service, &groups).unwrap_or_default(), owner.text)));
    if traces.is_empty() {
        return;
    }
    let hits = hits(context, &traces, &groups);
    let mut by_unit: BTreeMap<usize, Vec<&Hit<'_>>> = BTreeMap::new();
    hits.iter().for_each(|hit| by_unit.entry(hit.trace.unit).or_default().push(hit));
    let mut told: BTreeMap<(Span, usize), bool> = BTreeMap::new();
    for hit in by_unit.values().flatten() {
        let counts = |owner: &&usize| owners.get(**owner).is_some_and(|owner| !is_released(context, owner, hit));
        let owner = traces.owners(hit.trace.unit).iter().find(counts);
        if let Some(owner) = owner.filter(|_| is_leak(hit, by_unit.get(&hit.trace.unit).map_or(&[], Vec::as_slice), &traces)) {
            // The place shows a withheld text, so no excerpt may show it.
            problems.conceal(hit.public.span);
            *told.entry((hit.place, *owner)).or_default() |= hit.trace.whole;
        }
    }
    for ((span, owner), whole) in told {
        if let Some(owner) = owners.get(owner) {
            problems.push(problem(context, owner, span, whole));
        }
    }
}

/// Providers by id, as positions from 1 on.
type Groups<'r> = BTreeMap<&'r str, usize>;

fn group_of(service: &Service, groups: &Groups<'_>) -> Option<usize> {
    groups.get(service.provider.as_ref()?.value.as_str()).copied()
}

/// Every sealed text whose item the open file withholds, and every one whose item it does not state. Where it states the
/// item the text was released, and what is left in the sealed file is told elsewhere.
fn owners<'r>(context: &Context<'r>) -> Vec<Owner<'r>> {
    let mut owners = Vec::new();
    for service in &context.registry.services {
        for disclosure in &service.disclosures {
            for (table, entry) in disclosure.entries() {
                let Answer::Withheld(withholding) = &entry.answer else { continue };
                let Some((_, text)) = withholding.sealed() else { continue };
                let (section, label, item) = (table.section, table.label.as_deref(), entry.item);
                owners.push(Owner { service, disclosure, section, label, item, last_day: withholding.periods.last_day(), text });
            }
            let left = disclosure.sealed.iter().flat_map(|sealed| sealed.texts());
            let left = left.filter(|(part, text)| {
                !disclosure.section(part.section).any(|table| table.label == part.label && table.answer(text.item).is_some())
            });
            owners.extend(left.map(|(part, SealedText { item, text, .. })| Owner {
                service,
                disclosure,
                section: part.section,
                label: part.label.as_deref(),
                item: *item,
                last_day: None,
                text,
            }));
        }
    }
    owners
}

/// Every trace in every public text, in the order of records. Services are many and are walked side by side.
fn hits<'r>(context: &Context<'r>, traces: &Traces, groups: &Groups<'_>) -> Vec<Hit<'r>> {
    let found = |public: PublicText<'r>, group: Option<usize>, service: Option<&'r Service>, hits: &mut Vec<Hit<'r>>| {
        for form in forms(&public) {
            let found = traces.within(&form).into_iter();
            hits.extend(found.map(|trace| Hit { place: place(&public, &trace, &form), trace, public, group, service }));
        }
    };
    let mut hits = Vec::new();
    public::of_body(context.registry, &mut |public| found(public, None, None, &mut hits));
    for provider in context.registry.providers.values() {
        let group = groups.get(provider.id.as_str()).copied();
        public::of_provider(provider, &mut |public| found(public, group, None, &mut hits));
    }
    let of_services = context.registry.services.par_iter().map(|service| {
        let rules = context.registry.schemes.get(&service.scheme).and_then(|scheme| scheme.rules.as_ref());
        let mut hits = Vec::new();
        let group = group_of(service, groups);
        public::of_service(service, rules, &mut |public| found(public, group, Some(service), &mut hits));
        hits
    });
    hits.extend(of_services.collect::<Vec<_>>().into_iter().flatten());
    hits
}

/// Whether a trace is a leak, by all traces of the same text or sentence.
fn is_leak(hit: &Hit<'_>, hits: &[&Hit<'_>], traces: &Traces) -> bool {
    let own = traces.group(hit.trace.unit);
    let written_near = match hit.public.kind {
        Kind::Name | Kind::Prose => hit.group.is_none() || hit.group == own,
        Kind::Markdown => true,
        Kind::Language => false,
    };
    if hit.trace.whole && (written_near || hit.public.kind == Kind::Language) {
        return true;
    }
    let mentioned = hit.public.kind == Kind::Language || (hit.public.kind == Kind::Name && hit.trace.alone);
    if !hit.trace.whole && (mentioned || !(written_near || hit.trace.long)) {
        return false;
    }
    let same = hits.iter().filter(|other| {
        let (run, others) = (&hit.trace.run, &other.trace.run);
        others.start <= run.start && run.end <= others.end
    });
    let said_before =
        |other: &Hit<'_>| other.public.kind == Kind::Language || (other.public.kind == Kind::Name && other.trace.alone);
    let mut others = BTreeSet::new();
    for other in same {
        if !hit.trace.whole && said_before(other) {
            return false;
        }
        others.extend(other.group.filter(|group| Some(*group) != own));
        if others.len() > COMMON {
            return false;
        }
    }
    true
}

/// Whether the public text is the answer to the same item where it is hidden with it, or where its period was over.
fn is_released(context: &Context<'_>, owner: &Owner<'_>, hit: &Hit<'_>) -> bool {
    let Some((disclosure, section, label, item)) = hit.public.answer else { return false };
    let lineage = context.lineages.get(owner.service.scheme.as_str());
    let line = |of: &Disclosure, section, item| lineage?.get(of.edition?, section, item);
    let same = hit.service.is_some_and(|service| service.place == owner.service.place)
        && label == owner.label
        && line(disclosure, section, item).is_some_and(|it| Some(it) == line(owner.disclosure, owner.section, owner.item));
    same && (disclosure.date < owner.disclosure.date || owner.last_day.is_some_and(|last_day| last_day < disclosure.date))
}

/// The forms in which a public text is read: as written, as a page shows it where marks stand between its letters, and as
/// a browser shows its addresses. Each has the lines of the text.
fn forms<'t>(public: &PublicText<'t>) -> Vec<Cow<'t, str>> {
    let mut forms = vec![Cow::Borrowed(public.text)];
    if public.kind == Kind::Markdown {
        forms.push(Cow::Owned(prose::shown(public.text)));
    }
    if public.text.contains('%') {
        forms.extend(decoded(public.text).map(Cow::Owned));
    }
    forms
}

/// A text with the letters that its codes behind `%` stand for; none where it has no such codes.
fn decoded(text: &str) -> Option<String> {
    let digit = |at: usize| text.as_bytes().get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let code = |at: usize| u8::try_from(digit(at + 1)? * 16 + digit(at + 2)?).ok();
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let code = code(at).filter(|code| byte == b'%' && *code != b'\n');
        bytes.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    (bytes.len() < text.len()).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

fn place(public: &PublicText<'_>, trace: &Trace, form: &str) -> Span {
    if public.kind != Kind::Markdown {
        return public.span;
    }
    let before = form.get(..trace.line(form).start).unwrap_or_default().matches('\n').count();
    let mut lines = public.text.split_inclusive('\n');
    let from = public.span.start as usize + lines.by_ref().take(before).map(str::len).sum::<usize>();
    let line = lines.next().unwrap_or_default().trim_end();
    Span::new(public.span.file, from..from + line.len())
}

fn problem(context: &Context<'_>, owner: &Owner<'_>, span: Span, whole: bool) -> Problem {
    let scheme: Option<&Scheme> = context.registry.schemes.get(&owner.service.scheme);
    let item = scheme.and_then(|scheme| item_name(scheme, owner.disclosure, owner.section, owner.item));
    let name = item.as_ref().map_or_else(|| Words::new("項目", "an item"), ItemName::in_sentence);
    let number = owner.service.number.as_ref().map_or(owner.service.place.as_str(), |number| number.value.shown());
    let date = owner.disclosure.date;
    let (what_ja, what_en) = if whole { ("内容", "text") } else { ("内容の一部", "part of the text") };
    let problem = Problem::new(
        Code::SealedTextInPublic,
        span,
        format!("{number} の{}について公表を留保している{what_ja}（{date} の開示）が、ここに書かれています", name.ja),
        format!("the withheld {what_en} of {} of {number} (disclosure of {date}) stands here", name.en),
    )
    .help(
        "この文から取り除いてください。留保の期間が終わって公表してよい内容であれば、封をした文書から公開の文書へ移してください",
        "take it out of this text; if the period is over and it may be published, move it from the sealed file into the open one",
    )
    .of(&owner.service.place);
    match item {
        Some(item) => problem.about(item),
        None => problem,
    }
}
