//! View → bytes. What is to be written is planned first; then every page is rendered into a buffer that its worker reuses
//! and handed to the stage. The site is never held whole.

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use crate::publish::Stage;
use crate::route::{Lang, Route};
use crate::theme::Theme;
use crate::view::Registry;

mod article;
mod compare;
mod data;
mod desk;
mod disclosure;
mod event;
mod filter;
mod headers;
mod home;
mod items;
mod list;
mod list_data;
mod marks;
mod notice;
mod picture;
mod prose;
mod provider;
mod reading;
mod scheme;
mod search;
mod service;
mod site;
mod sitemap;
mod text;
mod timeline;
mod verify;

pub use headers::POLICY;
pub use picture::Fetch;

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

/// What every page of one language is rendered with.
struct Press<'v> {
    lang: Lang,
    view: &'v Registry,
    theme: &'v Theme,
    stage: &'v Stage,
    /// The part of a template's context that all pages share.
    shared: Context,
    /// The context of what is rendered once for many pages.
    once: Context,
    /// What the pages of all services of a scheme share.
    schemes: Vec<SchemeParts<'v>>,
    pages: &'v AtomicUsize,
}

/// What the pages of all services of a scheme share, as templates see it.
struct SchemeParts<'v> {
    head: Value,
    items: items::Items<'v>,
    /// What the rows of items are made with.
    rows: disclosure::Rows<'v>,
    catalogues: Vec<disclosure::Catalogue>,
}

thread_local! {
    /// One buffer a worker, reused from page to page.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Renders the whole site into a stage and tells how many pages it has. `pictures` brings the bytes of a picture, and
/// `progress` hears of every service that is done.
///
/// # Errors
/// A template fails, a mark cannot be set, or the machine cannot write.
pub fn render(
    view: &Registry,
    theme: &Theme,
    stage: &Stage,
    parts: Parts,
    pictures: &Fetch<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<usize> {
    let pages = AtomicUsize::new(0);
    let press = |lang| Press::new(lang, view, theme, stage, &pages);
    let (own, others) = (press(Lang::Ja)?, [press(Lang::En)?]);
    if parts.pages {
        own.files()?;
        picture::write(view, stage, pictures)?;
        std::iter::once(&own).chain(&others).try_for_each(Press::whole_site)?;
    }
    if parts.data {
        data::registry(&own)?;
    }
    let marks = if parts.marks { Some(marks::Marks::prepare(view, theme)?) } else { None };
    let done = AtomicUsize::new(0);
    view.services.par_iter().try_for_each(|service| -> Result<()> {
        if parts.pages {
            std::iter::once(&own).chain(&others).try_for_each(|press| service::write(press, service))?;
        }
        if parts.data {
            data::service(&own, service)?;
        }
        if let Some(marks) = &marks {
            marks.write(service, view, stage)?;
        }
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, view.services.len());
        Ok(())
    })?;
    Ok(pages.into_inner())
}

impl<'v> Press<'v> {
    fn new(lang: Lang, view: &'v Registry, theme: &'v Theme, stage: &'v Stage, pages: &'v AtomicUsize) -> Result<Press<'v>> {
        let shared = site::shared(lang, view, theme)?;
        let once = site::of_no_page(lang, &shared);
        let schemes = view.schemes.iter().map(|scheme| {
            let head = Value::from_serializable(&site::SchemeHead::new(lang, scheme, &view.site.base));
            let items = items::Items::of(scheme);
            let pages = items.addresses(|route| view.site.base.link_in(lang, route));
            let rows = disclosure::Rows { lang, theme, context: once.clone(), pages };
            let catalogues =
                scheme.editions.iter().map(|edition| disclosure::Catalogue::of(edition, &rows)).collect::<Result<_>>()?;
            Ok(SchemeParts { head, items, rows, catalogues })
        });
        let schemes = schemes.collect::<Result<_>>()?;
        Ok(Press { lang, view, theme, stage, shared, once, schemes, pages })
    }

    /// Files that stand once, whatever the language.
    fn files(&self) -> Result<()> {
        for (path, bytes) in self.theme.statics() {
            self.stage.write(&Route::Asset(path).file(), bytes)?;
        }
        home::not_found(self)?;
        scheme::aliases(self)?;
        list_data::write(self)?;
        text::write(self)?;
        sitemap::write(self)?;
        search::files(self)?;
        verify::data(self)?;
        headers::write(self)
    }

    /// Every page of the language but those of services.
    fn whole_site(&self) -> Result<()> {
        home::write(self)?;
        list::write(self)?;
        items::write(self)?;
        scheme::write(self)?;
        article::write(self)?;
        provider::write(self)?;
        notice::write(self)?;
        desk::write(self)?;
        search::page(self)?;
        compare::write(self)?;
        verify::write(self)
    }

    /// Renders one page with its template.
    fn page(&self, route: Route<'_>, template: &str, context: &Context) -> Result<()> {
        self.pages.fetch_add(1, Ordering::Relaxed);
        self.file(route, |out| self.theme.render(self.lang, template, context, out))
    }

    /// Writes one file from the worker's buffer.
    fn file(&self, route: Route<'_>, fill: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<()> {
        BUFFER.with_borrow_mut(|buffer| {
            buffer.clear();
            fill(buffer)?;
            self.stage.write(&route.file_in(self.lang), buffer)
        })
    }

    /// Writes data, closed by a line's end.
    fn json(&self, route: Route<'_>, value: &impl Serialize) -> Result<()> {
        self.file(route, |out| {
            serde_json::to_writer(&mut *out, value)?;
            out.push(b'\n');
            Ok(())
        })
    }

    /// A context with everything that all pages share and the page's own head.
    fn context(&self, route: Route<'_>, kind: &'static str, title: &str) -> Context {
        let mut context = self.shared.clone();
        context.insert("page", &site::PageHead::new(self.lang, &self.view.site.base, route, kind, title));
        context
    }

    /// The context of a page of a scheme.
    fn scheme_context(&self, route: Route<'_>, kind: &'static str, title: &str, scheme: usize) -> Context {
        let mut context = self.context(route, kind, title);
        if let Some(parts) = self.schemes.get(scheme) {
            context.insert_value("scheme", parts.head.clone());
        }
        context
    }

    /// Writes a page of a scheme that only leads on, for an address that must keep answering.
    fn moved(&self, route: Route<'_>, scheme: usize, to: Route<'_>, name: &str, name_en: Option<&str>) -> Result<()> {
        let mut context = self.scheme_context(route, "moved", self.word("moved.title")?, scheme);
        context.insert("to", &site::Moved::new(self.lang, &self.view.site.base, to, name, name_en));
        self.page(route, "moved.html", &context)
    }

    /// The address of a link from a page of this language.
    fn link(&self, route: Route<'_>) -> String {
        self.view.site.base.link_in(self.lang, route)
    }

    /// A fixed word of this language.
    fn word<'w>(&'w self, path: &str) -> Result<&'w str> {
        self.theme.word(self.lang, path)
    }

    /// A name as a title in this language.
    fn title<'n>(&self, name: &'n str, name_en: Option<&'n str>) -> &'n str {
        match self.lang {
            Lang::Ja => name,
            Lang::En => name_en.unwrap_or(name),
        }
    }
}
