//! View → bytes. What is to be written is planned first; then every page is rendered into a buffer that its worker reuses
//! and handed to the stage. The site is never held whole.

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use rayon::prelude::*;
use tera::{Context, Value};

use crate::publish::Stage;
use crate::route::Route;
use crate::theme::Theme;
use crate::view::{Registry, Service};

mod data;
mod disclosure;
mod home;
mod list;
mod marks;
mod service;
mod site;
mod text;

/// Services on one page of a list.
const LIST_PAGE: usize = 100;

/// Which kinds of files are made. Builds make all of them; measurements look at one kind alone.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// HTML pages with what belongs to them: static files, sitemap.
    pub pages: bool,
    /// Open data.
    pub data: bool,
    /// Pictures of the marks.
    pub marks: bool,
}

impl Parts {
    /// Everything, as a build makes it.
    pub const ALL: Parts = Parts { pages: true, data: true, marks: true };
}

/// What every page is rendered with.
struct Press<'v> {
    view: &'v Registry,
    theme: &'v Theme,
    stage: &'v Stage,
    /// The part of a template's context that all pages share.
    shared: Context,
    /// What the rows of items are made with.
    rows: disclosure::Rows<'v>,
    /// What the pages of all services of a scheme share.
    schemes: Vec<SchemeParts>,
    pages: AtomicUsize,
}

/// What the pages of all services of a scheme share, as templates see it.
struct SchemeParts {
    head: Value,
    catalogues: Vec<disclosure::Catalogue>,
}

thread_local! {
    /// One buffer a worker, reused from page to page.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Renders the whole site into a stage and tells how many pages it has. `progress` hears of every service that is done.
///
/// # Errors
/// A template fails, a mark cannot be set, or the machine cannot write.
pub fn render(
    view: &Registry,
    theme: &Theme,
    stage: &Stage,
    parts: Parts,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<usize> {
    let shared = site::shared(view, theme);
    let rows = disclosure::Rows { theme, context: site::of_no_page(&shared) };
    let schemes = scheme_parts(view, &rows)?;
    let press = Press { view, theme, stage, shared, rows, schemes, pages: AtomicUsize::new(0) };
    if parts.pages {
        press.whole_site()?;
    }
    if parts.data {
        data::registry(&press)?;
    }
    let marks = if parts.marks { Some(marks::Marks::prepare(view, theme)?) } else { None };
    let done = AtomicUsize::new(0);
    view.services.par_iter().try_for_each(|service| -> Result<()> {
        press.service(service, parts)?;
        if let Some(marks) = &marks {
            marks.write(service, view, stage)?;
        }
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, view.services.len());
        Ok(())
    })?;
    Ok(press.pages.into_inner())
}

fn scheme_parts(view: &Registry, rows: &disclosure::Rows<'_>) -> Result<Vec<SchemeParts>> {
    let parts = view.schemes.iter().map(|scheme| {
        let head = Value::from_serializable(&site::SchemeHead::new(scheme, &view.site.base));
        let catalogues = scheme.editions.iter().map(|edition| disclosure::Catalogue::of(edition, rows)).collect::<Result<_>>()?;
        Ok(SchemeParts { head, catalogues })
    });
    parts.collect()
}

impl Press<'_> {
    /// Everything that stands once.
    fn whole_site(&self) -> Result<()> {
        for (path, bytes) in self.theme.statics() {
            self.stage.write(&Route::Asset(path).file(), bytes)?;
        }
        home::write(self)?;
        list::write(self)?;
        text::write(self)
    }

    fn service(&self, service: &Service, parts: Parts) -> Result<()> {
        if parts.pages {
            service::write(self, service)?;
        }
        if parts.data {
            data::service(self, service)?;
        }
        Ok(())
    }

    /// Renders one page with its template.
    fn page(&self, route: Route<'_>, template: &str, context: &Context) -> Result<()> {
        self.pages.fetch_add(1, Ordering::Relaxed);
        self.file(route, |out| self.theme.render(template, context, out))
    }

    /// Writes one file from the worker's buffer.
    fn file(&self, route: Route<'_>, fill: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<()> {
        BUFFER.with_borrow_mut(|buffer| {
            buffer.clear();
            fill(buffer)?;
            self.stage.write(&route.file(), buffer)
        })
    }

    /// A context with everything that all pages share and the page's own head.
    fn context(&self, route: Route<'_>, kind: &'static str, title: &str) -> Context {
        let mut context = self.shared.clone();
        context.insert("page", &site::PageHead::new(&self.view.site.base, route, kind, title));
        context
    }
}
