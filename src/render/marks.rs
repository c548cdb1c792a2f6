//! The pictures of the marks, and of the notices that stand in their place. Drawing is the costliest part of a build, so a
//! picture whose inputs are those of the last build is kept.

use anyhow::{Context, Result};
use xxhash_rust::xxh3::Xxh3;

use crate::mark::{Artwork, Caption, Font, Plate, Press, Scale, Unset};
use crate::publish::Stage;
use crate::route::{Lang, MarkFile, Route};
use crate::theme::{self, Theme, fill};
use crate::view::{Registry, Scheme, Service, Standing};

use super::BUFFER;

/// Counts up whenever the same inputs give other pictures, so that none of an older program is kept.
const VERSION: u8 = 2;

/// Everything that pictures are made with, by scheme.
pub(super) struct Marks<'v> {
    sets: Vec<Set<'v>>,
    words: Words<'v>,
}

/// The artwork of one scheme, ready to be numbered.
struct Set<'v> {
    scheme: &'v Scheme,
    colour: Press<'v>,
    mono: Press<'v>,
    /// The scheme's own font, where it brings one.
    font: Option<&'v Font>,
    /// What goes into every picture of the scheme, hashed.
    hash: u64,
}

/// The words of pictures.
struct Words<'v> {
    title: &'v str,
    description: &'v str,
    notice: &'v str,
    standings: Vec<Name<'v>>,
}

/// The name of a standing.
struct Name<'v> {
    standing: Standing,
    /// As the theme writes it.
    shown: &'v str,
    /// As the program's own theme writes it, for fonts that lack a letter of the other one: a term ends on its day, whatever
    /// letters a theme uses.
    plain: String,
}

impl<'v> Marks<'v> {
    /// Rasterises every scheme's artwork.
    ///
    /// # Errors
    /// The theme lacks a word, or a font a character.
    pub(super) fn prepare(view: &'v Registry, theme: &'v Theme) -> Result<Marks<'v>> {
        let sets = view.schemes.iter().map(Set::new).collect::<Result<_, Unset>>()?;
        let standing = |standing: Standing| {
            let path = standing_word(standing);
            Ok(Name { standing, shown: theme.word(Lang::Ja, path)?, plain: theme::own_word(Lang::Ja, path)? })
        };
        let words = Words {
            title: theme.word(Lang::Ja, "mark.picture_title")?,
            description: theme.word(Lang::Ja, "mark.picture_description")?,
            notice: theme.word(Lang::Ja, "mark.notice_description")?,
            standings: Standing::ALL.into_iter().map(standing).collect::<Result<_>>()?,
        };
        Ok(Marks { sets, words })
    }

    /// Writes the six files of a service.
    ///
    /// # Errors
    /// A font lacks a character, or the machine cannot write.
    pub(super) fn write(&self, service: &Service, view: &Registry, stage: &Stage) -> Result<()> {
        let Some(set) = self.sets.get(service.scheme) else { return Ok(()) };
        let Some(name) = self.words.standings.iter().find(|name| name.standing == service.standing) else { return Ok(()) };
        let standing = name.shown;
        let values = [
            ("scheme", set.scheme.name.as_str()),
            ("number", &service.number),
            ("standing", standing),
            ("name", &service.name),
            ("provider", &service.provider.name),
        ];
        let page = view.site.base.absolute(Route::Service(&service.slug));
        let usable = service.mark_usable;
        let title = if usable { fill(self.words.title, &values) } else { format!("{standing} {}", service.number) };
        let description = fill(if usable { self.words.description } else { self.words.notice }, &values);
        let caption = Caption { number: &service.number, title: &title, description: &description, page: &page };
        let set_word = if usable || Plate::sets(standing, set.font) { standing } else { &name.plain };
        let plate = (!usable).then(|| Plate::new(set_word, set.font));
        for file in MarkFile::ALL {
            let path = Route::Mark(&service.slug, file).file();
            let key = set.key(file, set_word, usable, &caption);
            if !stage.keep(&path, key)? {
                BUFFER.with_borrow_mut(|buffer| {
                    buffer.clear();
                    draw(set, plate.as_ref(), file, &caption, buffer).with_context(|| path.clone())?;
                    stage.write_keyed(&path, key, buffer)
                })?;
            }
        }
        Ok(())
    }
}

impl<'v> Set<'v> {
    fn new(scheme: &'v Scheme) -> Result<Set<'v>, Unset> {
        let font = scheme.font.as_deref().unwrap_or(Font::embedded());
        let colour: &Artwork = &scheme.artwork;
        let mono: &Artwork = &scheme.artwork_mono;
        let mut hash = Xxh3::new();
        hash.update(&[VERSION]);
        for part in [colour.source(), mono.source()] {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        hash.update(font.data());
        hash.update(Font::embedded().data());
        Ok(Set {
            scheme,
            colour: Press::new(colour, font, &Scale::ALL)?,
            mono: Press::new(mono, font, &Scale::MONO)?,
            font: scheme.font.as_deref(),
            hash: hash.digest(),
        })
    }

    /// The hash of all that goes into one picture; nothing of it is secret.
    fn key(&self, file: MarkFile, standing: &str, usable: bool, caption: &Caption<'_>) -> u128 {
        let mut hash = Xxh3::new();
        hash.update(&self.hash.to_le_bytes());
        hash.update(&[u8::from(usable)]);
        for part in [file.name(), standing, caption.number, caption.title, caption.description, caption.page] {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        hash.digest128()
    }
}

fn draw(set: &Set<'_>, plate: Option<&Plate<'_>>, file: MarkFile, caption: &Caption<'_>, out: &mut Vec<u8>) -> Result<()> {
    let press = match file {
        MarkFile::Svg | MarkFile::Png | MarkFile::Png2x | MarkFile::Png3x => &set.colour,
        MarkFile::MonoSvg | MarkFile::MonoPng => &set.mono,
    };
    let scale = match file {
        MarkFile::Svg | MarkFile::MonoSvg => None,
        MarkFile::Png | MarkFile::MonoPng => Some(Scale::One),
        MarkFile::Png2x => Some(Scale::Two),
        MarkFile::Png3x => Some(Scale::Three),
    };
    match (plate, scale) {
        (Some(plate), Some(scale)) => plate.png(caption, scale, out)?,
        (Some(plate), None) => plate.svg(caption, out)?,
        (None, Some(scale)) => press.png(caption, scale, out)?,
        (None, None) => press.svg(caption, out)?,
    }
    Ok(())
}

fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Valid => "standing.valid",
        Standing::Continuing => "standing.continuing",
        Standing::Expired => "standing.expired",
        Standing::Revoked => "standing.revoked",
        Standing::Lapsed => "standing.lapsed",
        Standing::Ended => "standing.ended",
    }
}
