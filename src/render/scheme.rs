//! Pages of a scheme beside its lists: what its documents fix in figures and lists, and its mark.

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;

use crate::route::{MARK_PAGE, MarkFile, Route};
use crate::view::{Criteria, Ground, NumberPattern, Regulation, Revision, Rules, Scheme, Service, Tax};

use super::Press;
use super::prose::prose;
use super::service::snippet;

/// Fees while a tax rate holds (R114–R117).
#[derive(Serialize)]
struct FeePeriod<'v> {
    percent: u32,
    from: NaiveDate,
    /// Last day, where another rate follows.
    until: Option<NaiveDate>,
    /// Whether applications of the day shown fall into it.
    current: bool,
    fees: Vec<FeeLine<'v>>,
}

#[derive(Serialize)]
struct FeeLine<'v> {
    kind: &'static str,
    net: u64,
    tax: u64,
    total: u64,
    note: Option<&'v str>,
}

/// An edition of the regulation, and whether it is past, holds on the day shown or is coming (R124).
#[derive(Serialize)]
struct EditionLine<'v> {
    #[serde(flatten)]
    regulation: &'v Regulation,
    state: &'static str,
}

#[derive(Serialize)]
struct Figures<'v> {
    rules: &'v Rules,
    grounds: &'v [Ground],
    revisions: &'v [Revision],
    editions: Vec<EditionLine<'v>>,
    periods: Vec<FeePeriod<'v>>,
    guideline: &'v crate::view::Guideline,
    catalogues: Vec<&'v str>,
    criteria: Option<&'v Criteria>,
}

/// A service whose mark serves as an example.
#[derive(Serialize)]
struct Example<'v> {
    number: &'v str,
    serial: &'v str,
    year: String,
    month: u32,
    address: String,
    svg: String,
    mono_svg: String,
    snippet: String,
}

/// Writes both pages of every scheme.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    for (index, scheme) in press.view.schemes.iter().enumerate() {
        regulation(press, index, scheme)?;
        mark(press, index, scheme)?;
    }
    Ok(())
}

/// R94: old addresses of every scheme lead to its page.
pub(super) fn aliases(press: &Press<'_>) -> Result<()> {
    for (index, scheme) in press.view.schemes.iter().enumerate() {
        for alias in &scheme.aliases {
            let to = Route::List { scheme: &scheme.id, page: 1 };
            press.moved(Route::Alias(alias), index, to, &scheme.list_title, scheme.list_title_en.as_deref())?;
        }
    }
    Ok(())
}

fn regulation(press: &Press<'_>, index: usize, scheme: &Scheme) -> Result<()> {
    let day = press.view.site.day;
    let route = Route::Regulation(&scheme.id);
    let title = if scheme.has_fees() { "regulation.title" } else { "regulation.title_without_fees" };
    let mut context = press.scheme_context(route, "regulation", press.word(title)?, index);
    context.insert("day", &day);
    context.insert("past", &press.view.site.past);
    context.insert(
        "figures",
        &Figures {
            rules: &scheme.rules,
            grounds: &scheme.grounds,
            revisions: &scheme.revisions,
            editions: editions(&scheme.regulations, day),
            periods: periods(scheme, day),
            guideline: &scheme.guideline,
            catalogues: scheme.editions.iter().map(|edition| edition.date.as_str()).collect(),
            criteria: scheme.criteria.as_ref(),
        },
    );
    press.page(route, "regulation.html", &context)
}

/// The latest edition that has come into force holds; those before it are past, those after it are coming.
fn editions(regulations: &[Regulation], day: NaiveDate) -> Vec<EditionLine<'_>> {
    let holds = regulations.iter().rposition(|edition| edition.from <= day);
    let state = |at: usize| match holds {
        Some(holds) if at < holds => "past",
        Some(holds) if at == holds => "holds",
        Some(_) | None => "coming",
    };
    let lines = regulations.iter().enumerate().map(|(at, regulation)| EditionLine { regulation, state: state(at) });
    lines.rev().collect()
}

/// The fees of every tax period, the latest first. Fractions of a yen are dropped.
fn periods(scheme: &Scheme, day: NaiveDate) -> Vec<FeePeriod<'_>> {
    let next = |at: usize| scheme.taxes.get(at + 1).map(|tax| tax.from);
    let period = |(at, tax): (usize, &Tax)| FeePeriod {
        percent: tax.percent,
        from: tax.from,
        until: next(at).and_then(|next| next.pred_opt()),
        current: tax.from <= day && next(at).is_none_or(|next| day < next),
        fees: scheme.fees.iter().map(|fee| fee_line(fee, tax)).collect(),
    };
    let mut periods: Vec<FeePeriod<'_>> = scheme.taxes.iter().enumerate().map(period).collect();
    periods.reverse();
    if scheme.has_fees() { periods } else { Vec::new() }
}

fn fee_line<'v>(fee: &'v crate::view::Fee, tax: &Tax) -> FeeLine<'v> {
    let net = u64::from(fee.net);
    let tax = net * u64::from(tax.percent) / 100;
    FeeLine { kind: fee.kind, net, tax, total: net + tax, note: fee.note.as_deref() }
}

fn mark(press: &Press<'_>, index: usize, scheme: &Scheme) -> Result<()> {
    let route = Route::SchemeMark(&scheme.id);
    let mut context = press.scheme_context(route, "scheme_mark", press.word("scheme_mark.title")?, index);
    let of_scheme = || press.view.services.iter().filter(|service| service.scheme == index);
    context.insert("link_url", &scheme.link_url);
    context.insert("pattern", &scheme.number);
    context.insert("rules", &scheme.rules);
    if let Some(example) = of_scheme().find(|service| service.mark_usable) {
        context.insert("example", &self::example(press, scheme, &scheme.number, example));
    }
    context.insert("ended", &ended(&scheme.number));
    if let Some(page) = scheme.pages.iter().find(|page| page.slug == MARK_PAGE) {
        context.insert("prose", &prose(press, &page.text));
    }
    press.page(route, "scheme_mark.html", &context)
}

fn example<'v>(press: &Press<'v>, scheme: &Scheme, pattern: &NumberPattern, service: &'v Service) -> Example<'v> {
    let digits = service.number.strip_prefix(pattern.prefix.as_str()).unwrap_or(&service.number);
    let (serial, _) = digits.split_once('-').unwrap_or((digits, ""));
    Example {
        number: &service.number,
        serial,
        year: service.certified_on.format("%Y").to_string(),
        month: chrono::Datelike::month(&service.certified_on),
        address: press.link(Route::Service(&service.slug)),
        svg: press.link(Route::Mark(&service.slug, MarkFile::Svg)),
        mono_svg: press.link(Route::Mark(&service.slug, MarkFile::MonoSvg)),
        snippet: snippet(press, service, scheme),
    }
}

/// A number that nobody can have, for the picture after the end: no provider's ended certification serves as an example.
fn ended(pattern: &NumberPattern) -> String {
    format!("{}{}-0000", pattern.prefix, "0".repeat(pattern.serial_digits))
}
