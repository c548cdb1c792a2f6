//! The plain notice that stands where the mark stood: a frame, the standing's name, the number. It is not the mark (R92, R88).

use super::caption::Caption;
use super::font::{Font, MissingGlyph};
use super::outline::{self, Anchor, Line};
use super::press::Unset;
use super::{Scale, png, press};

/// The plain notice of one standing.
///
/// It is set in the program's own font, so that a scheme's font need not know a word that first appears when a term ends.
/// Only what that font lacks, such as a letter of the scheme's prefix, is taken from the scheme's.
pub struct Plate<'a> {
    standing: &'a str,
    fonts: Vec<&'a Font>,
}

/// Side in pixels at scale one.
const SIDE: u32 = 160;

/// Characters on a line of the standing's name.
const LINE: usize = 6;

impl<'a> Plate<'a> {
    /// The notice with a standing's name; `own` is the scheme's font, where it brings one.
    pub fn new(standing: &'a str, own: Option<&'a Font>) -> Plate<'a> {
        Plate { standing, fonts: std::iter::once(Font::embedded()).chain(own).collect() }
    }

    /// Whether the fonts of a notice have every letter of a standing's name.
    pub fn sets(standing: &str, own: Option<&Font>) -> bool {
        let drawn = lines(standing).concat();
        let mut letters = drawn.chars().map(|c| c.to_string());
        letters.all(|c| std::iter::once(Font::embedded()).chain(own).any(|font| font.covers(&c).is_ok()))
    }

    /// The notice as SVG.
    ///
    /// # Errors
    /// The font lacks a character of the name or of the number.
    pub fn svg(&self, caption: &Caption<'_>, out: &mut Vec<u8>) -> Result<(), MissingGlyph> {
        out.extend_from_slice(self.picture(caption)?.as_bytes());
        out.push(b'\n');
        Ok(())
    }

    /// The notice as PNG.
    ///
    /// # Errors
    /// The font lacks a character of the name or of the number.
    pub fn png(&self, caption: &Caption<'_>, scale: Scale, out: &mut Vec<u8>) -> Result<(), Unset> {
        png::write(press::draw(&self.picture(caption)?, (SIDE, SIDE), scale)?, caption, out);
        Ok(())
    }

    fn picture(&self, caption: &Caption<'_>) -> Result<String, MissingGlyph> {
        let lines = lines(self.standing);
        let mut d = String::new();
        let mut y = match lines.len() {
            1 => 84.0,
            _ => 72.0,
        };
        for line in &lines {
            d.push_str(&self.line(line, y, 21.0)?);
            y += 27.0;
        }
        let number = self.line(caption.number, 138.0, 14.0)?;
        Ok(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SIDE}\" height=\"{SIDE}\" viewBox=\"0 0 {SIDE} {SIDE}\" role=\"img\" \
             aria-labelledby=\"mark-title mark-desc\">{}<rect x=\"2\" y=\"2\" width=\"156\" height=\"156\" fill=\"#fff\" stroke=\"#555\" \
             stroke-width=\"3\"/><path d=\"M14 116H146\" stroke=\"#999\" stroke-width=\"1\"/><path fill=\"#333\" d=\"{d}\"/>\
             <g id=\"number\" fill=\"#555\"><path d=\"{number}\"/></g></svg>",
            caption.elements()
        ))
    }

    fn line(&self, text: &str, y: f32, size: f32) -> Result<String, MissingGlyph> {
        outline::path(&self.fonts, text, Line { x: 80.0, y, size, anchor: Anchor::Middle, max_width: Some(138.0) })
    }
}

/// A name in at most two lines: in front of its bracket, otherwise in halves where it grows too long.
fn lines(name: &str) -> Vec<String> {
    if let Some(at) = name.find('（') {
        let (front, bracket) = name.split_at(at);
        return vec![front.to_owned(), bracket.to_owned()];
    }
    let characters: Vec<char> = name.chars().collect();
    characters.chunks(LINE.max(characters.len().div_ceil(2))).map(|line| line.iter().collect()).collect()
}
