//! Text as path data.

use std::fmt::Write as _;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::font::{Font, MissingGlyph, glyph};

/// Where a line of text stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Where the anchor is, in units of the picture.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// The size of the font.
    pub size: f32,
    /// Which part of the text stands at `x`.
    pub anchor: Anchor,
    /// A wider text is set in a smaller size.
    pub max_width: Option<f32>,
}

/// Which part of a text stands at its `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The outlines of a text as the `d` of a path. A character that the first font lacks is taken from the next one.
pub(super) fn path(fonts: &[&Font], text: &str, line: Line) -> Result<String, MissingGlyph> {
    let faces: Vec<Face<'_>> = fonts.iter().filter_map(|font| font.face()).collect();
    let found = |c: char| faces.iter().enumerate().find_map(|(of, face)| Some((of, face, glyph(face, c)?)));
    let glyphs = text.chars().map(|c| found(c).ok_or(MissingGlyph(c))).collect::<Result<Vec<_>, _>>()?;
    let natural: f32 = faces.iter().enumerate().map(|(at, face)| width(face, at, &glyphs) * line.size / units(face)).sum();
    let shrink = line.max_width.map_or(1.0, |most| (most / natural.max(f32::EPSILON)).min(1.0));
    let mut pen = Pen {
        x: line.x
            - match line.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => natural * shrink / 2.0,
                Anchor::End => natural * shrink,
            },
        y: line.y,
        scale: 0.0,
        d: String::new(),
    };
    for (_, face, glyph) in glyphs {
        pen.scale = line.size * shrink / units(face);
        face.outline_glyph(glyph, &mut pen);
        pen.x += f32::from(face.glyph_hor_advance(glyph).unwrap_or_default()) * pen.scale;
    }
    Ok(pen.d)
}

fn units(face: &Face<'_>) -> f32 {
    f32::from(face.units_per_em())
}

/// The width of the glyphs that come from one face, in its own units.
fn width(face: &Face<'_>, at: usize, glyphs: &[(usize, &Face<'_>, GlyphId)]) -> f32 {
    let own = glyphs.iter().filter(|(of, _, _)| *of == at);
    own.filter_map(|(_, _, glyph)| face.glyph_hor_advance(*glyph)).map(f32::from).sum()
}

/// Writes outlines in units of the picture, two decimals being finer than any screen.
struct Pen {
    x: f32,
    y: f32,
    scale: f32,
    d: String,
}

impl Pen {
    fn point(&mut self, x: f32, y: f32) {
        let (x, y) = (self.x + x * self.scale, self.y - y * self.scale);
        number(&mut self.d, x);
        self.d.push(' ');
        number(&mut self.d, y);
    }
}

/// A number with two decimals at most and no needless zeros.
fn number(d: &mut String, value: f32) {
    let start = d.len();
    // Writing into a String cannot fail.
    let _ = write!(d, "{value:.2}");
    let zeros = d.get(start..).unwrap_or_default();
    let kept = zeros.trim_end_matches('0').trim_end_matches('.').len();
    d.truncate(start + kept);
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.d.push('M');
        self.point(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.d.push('L');
        self.point(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.d.push('Q');
        self.point(x1, y1);
        self.d.push(' ');
        self.point(x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.d.push('C');
        self.point(x1, y1);
        self.d.push(' ');
        self.point(x2, y2);
        self.d.push(' ');
        self.point(x, y);
    }

    fn close(&mut self) {
        self.d.push('Z');
    }
}
