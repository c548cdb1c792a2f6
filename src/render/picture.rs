//! Pictures of the body's texts and logos: their files, and how pages show them.

use anyhow::{Context, Result, anyhow};
use pulldown_cmark::{Event, Tag, TagEnd};
use rayon::prelude::*;
use serde::Serialize;

use crate::picture::{self, Size};
use crate::prose::Part;
use crate::publish::Stage;
use crate::route::{Base, Route};
use crate::view::{Picture, Registry};

use super::service::escaped;

/// How the bytes of a picture come, by the path of its file.
pub type Fetch<'a> = dyn Fn(&str) -> Result<Vec<u8>> + Sync + 'a;

/// Both sizes of a picture.
const SIZES: [Size; 2] = [Size::Full, Size::Half];

/// Writes the files of every picture; those of the last build are kept where the picture is the same.
pub(super) fn write(view: &Registry, stage: &Stage, fetch: &Fetch<'_>) -> Result<()> {
    view.pictures.par_iter().try_for_each(|(file, picture)| {
        let key = picture.look.key();
        let mut missing = Vec::new();
        for size in SIZES {
            let path = Route::Picture(&picture.look.published(file, size)).file();
            if !stage.keep(&path, key)? {
                missing.push((size, path));
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let sizes: Vec<Size> = missing.iter().map(|(size, _)| *size).collect();
        let made = picture::publish(&fetch(&picture.path)?, &picture.look, &sizes);
        let made = made.map_err(|_| anyhow!("the picture was changed while the site was built")).context(picture.path.clone())?;
        missing.iter().zip(made).try_for_each(|((_, path), bytes)| stage.write_keyed(path, key, &bytes))
    })
}

/// A picture as templates show it.
#[derive(Serialize)]
pub(super) struct Shown {
    address: String,
    half: String,
    width: u32,
    height: u32,
    half_width: u32,
}

/// A picture of the view by the name of its file.
pub(super) fn shown(view: &Registry, file: &str) -> Option<Shown> {
    view.pictures.get(file).map(|picture| Shown::new(&view.site.base, file, picture))
}

impl Shown {
    fn new(base: &Base, file: &str, picture: &Picture) -> Shown {
        let [address, half] = SIZES.map(|size| base.link(Route::Picture(&picture.look.published(file, size))));
        let (width, height) = picture.look.measures(Size::Full);
        let (half_width, _) = picture.look.measures(Size::Half);
        Shown { address, half, width, height, half_width }
    }
}

/// The address of the published picture.
pub(super) fn address(base: &Base, file: &str, picture: &Picture) -> String {
    base.link(Route::Picture(&picture.look.published(file, Size::Full)))
}

/// A picture in a text. Its size is told, so that the page does not move when it comes.
pub(super) fn html(base: &Base, file: &str, picture: &Picture, words: &str, title: &str) -> String {
    let Shown { address, half, width, height, half_width } = Shown::new(base, file, picture);
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
    format!(
        "<img src=\"{address}\" srcset=\"{half} {half_width}w, {address} {width}w\" sizes=\"(max-width: {width}px) 100vw, \
         {width}px\" width=\"{width}\" height=\"{height}\" alt=\"{}\"{title} loading=\"lazy\" decoding=\"async\">",
        escaped(words)
    )
}

/// The words of the picture that begins at an event, and how many events it has.
#[allow(clippy::wildcard_enum_match_arm, reason = "of the parser's events these have words")]
pub(super) fn words(parts: &[Part], at: usize) -> (String, usize) {
    let (mut words, mut depth, mut count) = (String::new(), 0, 0);
    for (event, _) in parts.iter().skip(at) {
        count += 1;
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    (words, count)
}
