//! The two lists of each scheme: services in force and those no longer in force, a hundred a page.

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;

use crate::route::{LIST_PAGE, Route};
use crate::view::{Category, Scheme, Service, Standing};

use super::filter::{Filter, filter};
use super::site::SchemeName;
use super::{Press, verify};

/// A service as a row of a table.
#[derive(Serialize)]
pub(super) struct Row<'v> {
    scheme: Option<SchemeName<'v>>,
    number: &'v str,
    name: &'v str,
    name_en: Option<&'v str>,
    kana: Option<&'v str>,
    provider: RowProvider<'v>,
    certified_on: NaiveDate,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    ended_on: Option<NaiveDate>,
    standing: &'static str,
    standing_since: NaiveDate,
    categories: Vec<&'v Category>,
    address: String,
    slug: &'v str,
}

#[derive(Serialize)]
struct RowProvider<'v> {
    address: String,
    name: &'v str,
    name_en: Option<&'v str>,
}

#[derive(Serialize)]
struct Count {
    standing: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct CategoryCount<'v> {
    #[serde(flatten)]
    category: &'v Category,
    count: usize,
}

#[derive(Serialize)]
struct Pages {
    number: usize,
    count: usize,
    previous: Option<String>,
    next: Option<String>,
    all: Vec<PageLink>,
}

#[derive(Serialize)]
struct PageLink {
    number: usize,
    address: String,
    current: bool,
}

/// Writes every list of every scheme. A list has at least one page, which says so when it is empty.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    for (index, scheme) in press.view.schemes.iter().enumerate() {
        for ended in [false, true] {
            let of_list = |service: &&Service| service.scheme == index && service.standing.in_force() != ended;
            let services: Vec<&Service> = press.view.services.iter().filter(of_list).collect();
            let filter = filter(press, index, ended, &services);
            let list = List { press, index, scheme, ended, services, filter };
            for page in 1..=list.pages() {
                list.write(page)?;
            }
        }
    }
    Ok(())
}

struct List<'p, 'v> {
    press: &'p Press<'v>,
    index: usize,
    scheme: &'v Scheme,
    ended: bool,
    services: Vec<&'v Service>,
    filter: Option<Filter<'v>>,
}

impl<'v> List<'_, 'v> {
    fn pages(&self) -> usize {
        self.services.len().div_ceil(LIST_PAGE).max(1)
    }

    fn route(&self, page: usize) -> Route<'v> {
        let scheme = &self.scheme.id;
        if self.ended { Route::EndedList { scheme, page } } else { Route::List { scheme, page } }
    }

    fn write(&self, page: usize) -> Result<()> {
        let press = self.press;
        let route = self.route(page);
        let title = press.title(&self.scheme.list_title, self.scheme.list_title_en.as_deref());
        let mut context = press.scheme_context(route, "list", title, self.index);
        context.insert("day", &press.view.site.day);
        context.insert("past", &press.view.site.past);
        context.insert("ended", &self.ended);
        let rows: Vec<Row<'_>> =
            self.services.iter().skip((page - 1) * LIST_PAGE).take(LIST_PAGE).map(|service| row(press, service)).collect();
        context.insert("rows", &rows);
        context.insert("count", &self.services.len());
        context.insert("counts", &self.counts());
        context.insert("category_counts", &self.category_counts());
        context.insert("filter", &self.filter);
        context.insert("pages", &self.paging(page));
        if !self.ended && page == 1 {
            context.insert("verify", &verify::verification(press, Some(self.index))?);
        }
        press.page(route, "list.html", &context)
    }

    /// R65: counts are those of the rows over all pages.
    fn counts(&self) -> Vec<Count> {
        let of = |standing: Standing| self.services.iter().filter(|service| service.standing == standing).count();
        let all = Standing::ALL.into_iter().filter(|standing| standing.in_force() != self.ended);
        all.map(|standing| Count { standing: standing.name(), count: of(standing) }).collect()
    }

    fn category_counts(&self) -> Vec<CategoryCount<'v>> {
        let of = |id: &String| self.services.iter().filter(|service| service.categories.contains(id)).count();
        self.scheme.categories.iter().map(|category| CategoryCount { category, count: of(&category.id) }).collect()
    }

    fn paging(&self, page: usize) -> Pages {
        let count = self.pages();
        let link = |page: usize| self.press.link(self.route(page));
        Pages {
            number: page,
            count,
            previous: (page > 1).then(|| link(page - 1)),
            next: (page < count).then(|| link(page + 1)),
            all: (1..=count).map(|number| PageLink { number, address: link(number), current: number == page }).collect(),
        }
    }
}

/// The row of a service.
pub(super) fn row<'v>(press: &Press<'v>, service: &'v Service) -> Row<'v> {
    let term = service.latest_term();
    let named = |category: &&Category| service.categories.contains(&category.id);
    let scheme = press.view.schemes.get(service.scheme);
    Row {
        scheme: scheme.map(|scheme| SchemeName::new(press.lang, scheme, &press.view.site.base)),
        number: &service.number,
        name: &service.name,
        name_en: service.name_en.as_deref(),
        kana: service.kana.as_deref(),
        provider: RowProvider {
            address: press.link(Route::Provider(&service.provider.id)),
            name: &service.provider.name,
            name_en: service.provider.name_en.as_deref(),
        },
        certified_on: service.certified_on,
        valid_from: term.from,
        valid_until: term.until,
        ended_on: service.ended_on,
        standing: service.standing.name(),
        standing_since: service.standing_since,
        categories: scheme.iter().flat_map(|scheme| &scheme.categories).filter(named).collect(),
        address: press.link(Route::Service(&service.slug)),
        slug: &service.slug,
    }
}
