//! The font of the number: outlines and advances of its glyphs, nothing else.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::guard;

/// The embedded subset of Noto Sans CJK JP Bold (see README.md beside it).
static EMBEDDED: &[u8] = include_bytes!("mark.otf");

/// A font that can be read.
pub struct Font {
    data: Cow<'static, [u8]>,
}

/// What was given is no font that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FontFault;

/// A character that a font has no glyph for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingGlyph(pub char);

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Font({} bytes)", self.data.len())
    }
}

impl fmt::Display for MissingGlyph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the font has no glyph for `{}` (U+{:04X})", self.0, u32::from(self.0))
    }
}

impl std::error::Error for MissingGlyph {}

impl Font {
    /// The font that the program brings.
    pub fn embedded() -> &'static Font {
        static FONT: OnceLock<Font> = OnceLock::new();
        FONT.get_or_init(|| Font { data: Cow::Borrowed(EMBEDDED) })
    }

    /// A font of one's own, OpenType or TrueType.
    ///
    /// # Errors
    /// The bytes are no font, or one without outlines of Latin digits.
    pub fn parse(data: Vec<u8>) -> Result<Font, FontFault> {
        let font = Font { data: Cow::Owned(data) };
        if font.covers("0123456789").is_ok() { Ok(font) } else { Err(FontFault) }
    }

    /// Whether every character of a text has a glyph; the first one that has not otherwise. A glyph that the font cannot
    /// draw is none.
    ///
    /// # Errors
    /// The character that is missing.
    pub fn covers(&self, text: &str) -> Result<(), MissingGlyph> {
        let face = guard::guarded(|| self.face()).flatten();
        let lacks = |c: char| face.as_ref().is_none_or(|face| guard::guarded(|| glyph(face, c)).flatten().is_none());
        text.chars().find(|&c| lacks(c)).map_or(Ok(()), |c| Err(MissingGlyph(c)))
    }

    /// The bytes of the font.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    pub(super) fn face(&self) -> Option<Face<'_>> {
        Face::parse(&self.data, 0).ok()
    }
}

/// The glyph of a character; none where it has no outlines, as those of a font of bitmaps, but for blanks.
pub(super) fn glyph(face: &Face<'_>, c: char) -> Option<GlyphId> {
    let glyph = face.glyph_index(c)?;
    let drawn = c.is_whitespace() || face.outline_glyph(glyph, &mut Tally::default()).is_some();
    drawn.then_some(glyph)
}

/// Strokes of one glyph. Those of real letters have some hundreds; a font that was made to last for ever has no end.
const MOST_STROKES: u32 = 20_000;

/// Counts the strokes of a glyph, and leaves where there are too many.
#[derive(Default)]
struct Tally(u32);

impl Tally {
    fn stroke(&mut self) {
        self.0 += 1;
        if self.0 > MOST_STROKES {
            guard::give_up();
        }
    }
}

impl OutlineBuilder for Tally {
    fn move_to(&mut self, _: f32, _: f32) {
        self.stroke();
    }

    fn line_to(&mut self, _: f32, _: f32) {
        self.stroke();
    }

    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.stroke();
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.stroke();
    }

    fn close(&mut self) {
        self.stroke();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_of_the_standing_names_is_in_the_embedded_font() {
        let names = "有効 更新審査中（効力継続） 有効期間満了 認定取消し 効力喪失 サービス終了";
        assert_eq!(Font::embedded().covers(names), Ok(()));
        assert_eq!(Font::embedded().covers("特個IoT IP0123456789-"), Ok(()));
    }

    #[test]
    fn a_missing_glyph_is_named() {
        assert_eq!(Font::embedded().covers("IP龘"), Err(MissingGlyph('龘')));
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert_eq!(Font::parse(b"no font".to_vec()).err(), Some(FontFault));
    }

    #[test]
    fn a_broken_font_is_refused_or_drawn_and_never_a_panic() {
        for cut in (0..EMBEDDED.len()).step_by(997) {
            let _ = Font::parse(EMBEDDED.get(..cut).unwrap_or_default().to_vec());
            let mut bytes = EMBEDDED.to_vec();
            bytes.iter_mut().skip(cut).take(16).for_each(|byte| *byte ^= 0xff);
            let _ = Font::parse(bytes);
        }
    }
}
