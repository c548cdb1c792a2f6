//! The pages of one item: every service's answer, a fixed range of serials a page. They never tell the day of the build, as
//! a page changes only when one of its services does.

use anyhow::Result;
use serde::Serialize;
use tera::{Context, Value};

use crate::route::Route;
use crate::theme::fill;
use crate::view::Service;

use super::super::Press;
use super::super::disclosure::{answer_value, map, or_none, suffix};
use super::{Entry, Items, Line, RANGE, Range};

/// What the pages of all items of a range have in common.
pub(super) struct Book<'b, 'v> {
    pub(super) press: &'b Press<'v>,
    /// Index of the scheme.
    pub(super) index: usize,
    pub(super) items: &'b Items<'v>,
    pub(super) ranges: &'b [Range<'v>],
    pub(super) range: &'b Range<'v>,
    /// The range's services as templates see them.
    pub(super) shown: &'b [Shown],
}

/// What every row of a service begins with, whatever the item.
pub(super) struct Shown {
    slug: Value,
    address: Value,
    who: Value,
}

#[derive(Serialize)]
struct Head<'v> {
    name: &'v str,
    name_en: Option<&'v str>,
    section: &'v str,
    section_en: Option<&'v str>,
    section_id: &'v str,
    group: &'v str,
    group_en: Option<&'v str>,
    part: &'static str,
    kind: &'static str,
    criterion: bool,
    guidance: &'v str,
    explains: Option<&'v str>,
    explains_en: Option<&'v str>,
    /// Whether only earlier editions have it.
    former: bool,
}

#[derive(Serialize)]
struct Neighbour<'v> {
    name: &'v str,
    name_en: Option<&'v str>,
    address: String,
}

#[derive(Serialize)]
struct RangeLink {
    from: String,
    until: String,
    address: String,
    current: bool,
}

/// Number, name and provider of a service, made once for all items.
pub(super) fn shown(press: &Press<'_>, service: &Service) -> Result<Shown> {
    let mut context = press.once.clone();
    context.insert("service", &super::super::list::row(press, service));
    let mut who = Vec::new();
    press.theme.render(press.lang, "item_service.html", &context, &mut who)?;
    Ok(Shown {
        slug: Value::from(service.slug.as_str()),
        address: Value::from(press.link(Route::Service(&service.slug))),
        who: Value::safe_string(&String::from_utf8(who)?),
    })
}

impl<'v> Book<'_, 'v> {
    /// Writes the page of an item for this range.
    pub(super) fn write(&self, at: usize) -> Result<()> {
        let Some(entry) = self.items.all.get(at) else { return Ok(()) };
        let route = self.items.route(entry, self.range.from);
        let title = self.title(entry)?;
        let mut context = self.press.scheme_context(route, "item", &title, self.index);
        self.describe(&mut context, at, entry);
        let mut disclosed = 0;
        let mut rows = Vec::with_capacity(self.shown.len());
        for (service, shown) in self.range.services.iter().zip(self.shown) {
            disclosed += usize::from(entry.is_disclosed(self.items.scheme, service));
            rows.extend(row(entry, self.items, service, shown));
        }
        context.insert("count", &rows.len());
        context.insert("disclosed", &disclosed);
        context.insert_value("rows", Value::from(rows));
        self.press.page(route, "item_page.html", &context)
    }

    fn describe(&self, context: &mut Context, at: usize, entry: &Entry<'v>) {
        let section = entry.section;
        context.insert(
            "item",
            &Head {
                name: &entry.item.name,
                name_en: entry.item.name_en.as_deref(),
                section: &section.name,
                section_en: section.name_en.as_deref(),
                section_id: &section.id,
                group: &entry.item.group,
                group_en: entry.item.group_en.as_deref(),
                part: section.part,
                kind: entry.item.kind,
                criterion: entry.item.criterion,
                guidance: &entry.item.guidance,
                explains: entry.item.explains.as_deref(),
                explains_en: entry.item.explains_en.as_deref(),
                former: at >= self.items.latest,
            },
        );
        context.insert("past", &false);
        context.insert("past_answers", &self.press.view.site.past);
        context.insert("map", &self.press.link(Route::Items(&self.items.scheme.id)));
        context.insert("previous", &at.checked_sub(1).and_then(|at| self.neighbour(at)));
        context.insert("next", &self.neighbour(at + 1));
        context.insert("ranges", &self.links(entry));
    }

    /// Item, section, and which serials where that is not the first page.
    fn title(&self, entry: &Entry<'_>) -> Result<String> {
        let item = self.press.title(&entry.item.name, entry.item.name_en.as_deref());
        let section = self.press.title(&entry.section.name, entry.section.name_en.as_deref());
        let title = fill(self.press.word("items.title_of")?, &[("item", item), ("section", section)]);
        if self.range.from == 1 {
            return Ok(title);
        }
        let (from, until) = self.serials(self.range);
        Ok(format!("{title} {}", fill(self.press.word("items.range")?, &[("from", &from), ("until", &until)])))
    }

    fn neighbour(&self, at: usize) -> Option<Neighbour<'v>> {
        let entry = self.items.all.get(at)?;
        let address = self.press.link(self.items.route(entry, 1));
        Some(Neighbour { name: &entry.item.name, name_en: entry.item.name_en.as_deref(), address })
    }

    /// All ranges; a new one is named by every page of the item, which comes once in many services.
    fn links(&self, entry: &Entry<'v>) -> Vec<RangeLink> {
        let link = |range: &Range<'_>| {
            let (from, until) = self.serials(range);
            let address = self.press.link(self.items.route(entry, range.from));
            RangeLink { from, until, address, current: range.from == self.range.from }
        };
        self.ranges.iter().map(link).collect()
    }

    fn serials(&self, range: &Range<'_>) -> (String, String) {
        let digits = self.items.scheme.number.serial_digits;
        (format!("{:0digits$}", range.from), format!("{:0digits$}", range.from + RANGE - 1))
    }
}

/// A service's row; none where its edition has no such item.
fn row(entry: &Entry<'_>, items: &Items<'_>, service: &Service, shown: &Shown) -> Option<Value> {
    let mut lines = entry.lines(items.scheme, service).peekable();
    let first = lines.peek()?;
    let anchor = Value::from(first.item.id.as_str());
    let lines: Vec<Value> = lines.map(|line| line_value(&line, entry)).collect();
    Some(map([
        ("slug", shown.slug.clone()),
        ("address", shown.address.clone()),
        ("anchor", anchor),
        ("who", shown.who.clone()),
        ("lines", Value::from(lines)),
    ]))
}

/// One table's answer with its label; an item that was put together of several is told apart by its earlier names.
fn line_value(line: &Line<'_>, entry: &Entry<'_>) -> Value {
    let earlier = (line.item.name != entry.item.name).then_some(line.item.name.as_str());
    map([
        ("label", or_none(line.label)),
        ("earlier", or_none(earlier)),
        ("anchor", Value::from(format!("{}{}", line.item.id, suffix(line.copy)))),
        ("answer", answer_value(line.answer)),
    ])
}
