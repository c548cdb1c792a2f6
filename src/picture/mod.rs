//! Pictures: what a file holds, and what is published of it. Pure: bytes in, bytes out.
//!
//! Nothing of a file is published as it is. Its pixels are decoded, turned as the camera held them, made smaller and encoded
//! anew, so that no place, time, name or comment that a telephone or a program wrote into it gets out.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use xxhash_rust::xxh3::xxh3_128;

mod make;

/// Where pictures stand in addresses of texts, without the leading `/`.
const FOLDER: &str = "pictures/";

/// The widest picture that is published, in pixels.
pub const WIDEST: u32 = 1280;

/// The most pixels of a file.
const MOST_PIXELS: u64 = 40_000_000;

/// Counts up whenever the same file gives other pictures, so that none of an older program is kept.
const VERSION: u128 = 1;

/// How a picture is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For drawings, and where something shows through.
    Png,
    /// For photographs.
    Jpeg,
}

/// The sizes in which a picture is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// As large as it is, up to [`WIDEST`].
    Full,
    /// Half of that.
    Half,
}

/// What a picture is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The hash of its file.
    pub hash: u128,
    /// How it is published.
    pub form: Form,
    /// Width in pixels as it is published.
    pub width: u32,
    /// Height in pixels as it is published.
    pub height: u32,
}

/// Why a picture cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be decoded.
    Broken,
    /// It has too many pixels: width and height.
    TooManyPixels(u32, u32),
}

impl Look {
    /// Looks at the bytes of a picture: its header first, then all of it.
    ///
    /// # Errors
    /// It is broken, or too large to be decoded.
    pub fn of(bytes: &[u8]) -> Result<Look, Fault> {
        make::look(bytes)
    }

    /// The name of the file that is published of the picture `file`, below `pictures/`.
    pub fn published(&self, file: &str, size: Size) -> String {
        let name = file.split('.').next().unwrap_or_default();
        let half = match size {
            Size::Full => "",
            // An id has no such sign, so this is no other picture's name.
            Size::Half => "@half",
        };
        let ending = match self.form {
            Form::Png => "png",
            Form::Jpeg => "jpg",
        };
        format!("{name}{half}.{ending}")
    }

    /// Width and height of a size.
    pub fn measures(&self, size: Size) -> (u32, u32) {
        match size {
            Size::Full => (self.width, self.height),
            Size::Half => (self.width.div_ceil(2), self.height.div_ceil(2)),
        }
    }

    /// The hash of all that a published file is made of.
    pub fn key(&self) -> u128 {
        self.hash ^ VERSION
    }
}

/// The files that are published of a picture, in the order of `sizes`.
///
/// # Errors
/// The bytes are not those that were looked at.
pub fn publish(bytes: &[u8], look: &Look, sizes: &[Size]) -> Result<Vec<Vec<u8>>, Fault> {
    if xxh3_128(bytes) != look.hash {
        return Err(Fault::Broken);
    }
    make::encoded(bytes, look, sizes)
}

/// A picture that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name of its file.
    pub file: String,
    /// Where it is named, in bytes.
    pub at: Range<usize>,
}

/// The pictures that a text of the body shows or links to.
pub fn named(text: &str) -> Vec<Named> {
    let events = Parser::new_ext(text, Options::empty()).into_offset_iter();
    #[allow(clippy::wildcard_enum_match_arm, reason = "of the parser's events two lead somewhere")]
    let named = events.filter_map(|(event, at)| match event {
        Event::Start(Tag::Image { dest_url, .. } | Tag::Link { dest_url, .. }) => {
            Some(Named { file: file(&dest_url)?.to_owned(), at })
        }
        _ => None,
    });
    named.collect()
}

/// The places of pictures in a text that do not say what is seen.
pub fn without_words(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut open: Vec<(Range<usize>, bool)> = Vec::new();
    #[allow(clippy::wildcard_enum_match_arm, reason = "of the parser's events four matter here")]
    for (event, at) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { .. }) => open.push((at, false)),
            Event::End(TagEnd::Image) => places.extend(open.pop().filter(|(_, said)| !said).map(|(at, _)| at)),
            Event::Text(words) | Event::Code(words) => {
                let said = words.chars().any(char::is_alphanumeric);
                open.iter_mut().for_each(|(_, any)| *any |= said);
            }
            _ => {}
        }
    }
    places.sort_by_key(|at| at.start);
    places
}

/// The name of the file that an address of a text names: `/pictures/figure.png` names `figure.png`.
pub fn file(address: &str) -> Option<&str> {
    address.strip_prefix('/')?.strip_prefix(FOLDER)
}

/// The name of the file that a key of a record names: `pictures/figure.png` names `figure.png`.
pub fn logo(path: &str) -> Option<&str> {
    path.strip_prefix('/').unwrap_or(path).strip_prefix(FOLDER)
}
