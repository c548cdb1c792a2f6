//! Files to records: every file is read as far as it goes, and what is wrong with it is noted.
//!
//! Nothing here looks at two records at once but for what a record cannot be read without: a disclosure needs its
//! catalogue, a number its scheme's form. Relations are `check`'s task.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;

use crate::model::{Known, Registry};
use crate::problem::{Code, FileId, Problem, Problems, Span, Spanned};
use crate::route::{LONGEST_NAME, is_device, is_file_name};
use crate::source::{SourceText, Sources, Unreadable};
use crate::table::Table;

mod cites;
mod disclosure;
mod event;
mod items;
mod layout;
mod markdown;
mod merge;
mod names;
mod picture;
mod provider;
mod scheme;
mod sealed;
mod service;
mod settings;
mod slips;

/// The themes by name, each with the paths of its static files.
type Themes = BTreeMap<String, BTreeSet<String>>;

/// Reads every record of the content folder. `themes` are those that the registry may name, with the
/// paths of their static files.
///
/// # Errors
/// The machine cannot read a file that is there.
pub fn registry(sources: &mut Sources, themes: Themes, problems: &mut Problems) -> Result<Registry> {
    let layout = layout::read(sources, problems);
    let sources = &*sources;
    let mut registry = Registry { known: known(&layout, themes), ..Registry::default() };

    if let Some(file) = layout.registry {
        registry.settings = settings::read(sources, file, problems)?;
    }
    for (id, files) in &layout.schemes {
        if let Some(scheme) = scheme::read(sources, id, files, problems)? {
            registry.schemes.insert(id.clone(), scheme);
        }
    }
    for (id, file) in &layout.providers {
        if let Some(provider) = provider::read(sources, id, *file, problems)? {
            registry.providers.insert(id.clone(), provider);
        }
    }
    registry.services = services(sources, &layout, &registry, problems)?;
    registry.notices = markdown::notices(sources, &layout.notices, problems)?;
    registry.pages = markdown::articles(sources, &layout.pages, problems)?;
    registry.pictures = picture::read(sources, &layout.pictures, problems)?;
    Ok(registry)
}

fn known(layout: &layout::Layout, themes: Themes) -> Known {
    Known {
        schemes: layout.schemes.keys().cloned().collect(),
        providers: layout.providers.keys().cloned().collect(),
        services: layout.services.iter().map(layout::ServiceFiles::place).collect(),
        pages: layout.pages.iter().map(|(slug, _)| slug.clone()).collect(),
        themes,
    }
}

/// Services are many and large: they are read side by side, and brought into the order of their folders again.
fn services(
    sources: &Sources,
    layout: &layout::Layout,
    registry: &Registry,
    problems: &mut Problems,
) -> Result<Vec<crate::model::Service>> {
    let read = layout.services.par_iter().map(|files| {
        let mut problems = Problems::default();
        let scheme = registry.schemes.get(&files.scheme);
        let service = service::read(sources, files, scheme, &mut problems)?;
        problems.concern(&files.place());
        Ok((service, problems))
    });
    let read: Vec<_> = read.collect::<Result<_>>()?;
    let mut services = Vec::with_capacity(read.len());
    for (service, found) in read {
        problems.append(found);
        services.extend(service);
    }
    Ok(services)
}

/// The text of a file; where it has none, or two versions of one, the reason is noted.
fn text(sources: &Sources, file: FileId, problems: &mut Problems) -> Result<Option<SourceText>> {
    Ok(match sources.text(file)? {
        Ok(text) => (!merge::check(file, text.as_str(), problems)).then_some(text),
        Err(Unreadable::NotUtf8 { at }) => {
            problems.push(
                Problem::new(
                    Code::NotUtf8,
                    Span::new(file, at..at),
                    "文字コードが UTF-8 でないため、読めない文字があります",
                    "a letter cannot be read, as the file is not in UTF-8",
                )
                .help(
                    "編集ソフトで開き、文字コードを UTF-8 に指定して保存し直してください",
                    "open it in an editor, and save it with the encoding UTF-8",
                ),
            );
            None
        }
        Err(Unreadable::TooLarge) => {
            problems.push(
                Problem::new(
                    Code::FileTooLarge,
                    Span::start_of(file),
                    "記録の文書として大きすぎます（4 MiB まで）",
                    "too large for a record (4 MiB at most)",
                )
                .help(
                    "開いて、記録でないものが入っていないか確かめてください。別の文書であれば、content/ の外へ移してください",
                    "open it and look for what is no record; if it is another file, move it out of content/",
                ),
            );
            None
        }
    })
}

/// Reads an open TOML file and hands its table to `read`; none where the file is no TOML.
fn document<T>(
    sources: &Sources,
    file: FileId,
    problems: &mut Problems,
    read: impl FnOnce(&mut Table<'_>, &mut Problems) -> T,
) -> Result<Option<T>> {
    let Some(text) = text(sources, file, problems)? else { return Ok(None) };
    let confidential = sources.is_confidential(file);
    let Some(mut table) = Table::document(file, text.as_str(), confidential, problems) else { return Ok(None) };
    if let Some(taken) = table.take("sealed") {
        problems.push(
            Problem::new(
                Code::SealedInOpenFile,
                taken.key,
                "公開の文書に、封をした文書（*.withheld.toml）のしるし `sealed` があります",
                "an open file calls itself sealed",
            )
            .help(
                "公表を留保する内容は `<日付>.withheld.toml` に移してください。公開の文書であれば、`sealed` の行を取り除いてください",
                "move what is withheld into `<date>.withheld.toml`; if this is an open file, take the line `sealed` away",
            ),
        );
    }
    let value = read(&mut table, problems);
    table.finish(problems);
    Ok(Some(value))
}

/// What stands for a text that could not be read; a registry with such a text is never published.
fn or_blank(text: Option<Spanned<String>>, place: Span) -> Spanned<String> {
    text.unwrap_or_else(|| crate::model::placed(String::new(), place))
}

/// Notes every id of a list that stands in it before.
fn unique<'a>(ids: impl IntoIterator<Item = &'a Spanned<String>>, problems: &mut Problems) {
    let mut seen = BTreeMap::new();
    for id in ids {
        if seen.insert(&id.value, ()).is_some() {
            problems.push(
                Problem::new(
                    Code::DuplicateId,
                    id.span,
                    format!("`{}` が二度使われています", id.value),
                    format!("`{}` is used twice", id.value),
                )
                .help("どちらかを別のものに改めるか、取り除いてください", "change one of the two, or take it away"),
            );
        }
    }
}

/// Whether a text is an id: `[a-z0-9-]+`, and a name that files may have everywhere.
fn is_id(text: &str) -> bool {
    is_file_name(text) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// What an id must be, in the words of a help: of a text that is none.
fn help_of_id(text: &str) -> (String, String) {
    if is_device(text) {
        let (ja, en) = ("Windows では使えない名前です", "Windows keeps this name for itself");
        (format!("{ja}。`{text}-1` のように変えてください"), format!("{en}; choose another one, such as `{text}-1`"))
    } else if text.len() > LONGEST_NAME {
        (format!("{LONGEST_NAME} 文字以内にしてください"), format!("use {LONGEST_NAME} characters at most"))
    } else {
        let (ja, en) = ("半角の英小文字、数字、ハイフンだけで書いてください", "use only a-z, 0-9 and hyphen");
        (ja.to_owned(), en.to_owned())
    }
}
