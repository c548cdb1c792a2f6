//! Artwork and number together.

use std::fmt;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Fill, Node, Options, Paint, Tree};

use super::artwork::{Artwork, Piece};
use super::caption::Caption;
use super::font::{Font, MissingGlyph};
use super::{Scale, outline, png};
use crate::guard;

/// Why a mark could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unset {
    /// The font lacks a character.
    Glyph(MissingGlyph),
    /// The rasteriser cannot draw the artwork.
    Drawing,
}

impl From<MissingGlyph> for Unset {
    fn from(missing: MissingGlyph) -> Unset {
        Unset::Glyph(missing)
    }
}

impl fmt::Display for Unset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unset::Glyph(missing) => missing.fmt(f),
            Unset::Drawing => f.write_str("the artwork cannot be drawn"),
        }
    }
}

impl std::error::Error for Unset {}

/// One artwork made ready to be numbered many times.
pub struct Press<'a> {
    artwork: &'a Artwork,
    font: &'a Font,
    /// What stands in front of the number and behind it, every other text outlined.
    before: String,
    behind: String,
    /// The artwork without its number at each scale, where drawing the number on top gives the whole picture.
    rasters: Option<Vec<(Scale, Pixmap)>>,
}

impl<'a> Press<'a> {
    /// Outlines the artwork's own words and rasterises it for `scales`.
    ///
    /// # Errors
    /// The font lacks a character of these words, or the artwork cannot be drawn.
    pub fn new(artwork: &'a Artwork, font: &'a Font, scales: &[Scale]) -> Result<Press<'a>, Unset> {
        let (mut before, mut behind) = (String::new(), String::new());
        let mut side = &mut before;
        for piece in &artwork.pieces {
            match piece {
                Piece::Raw(raw) => side.push_str(raw),
                Piece::Text { at: _, text, line, paint } => {
                    let d = outline::path(&[font], text, *line)?;
                    side.push_str(&format!("<g{paint}><path d=\"{d}\"/></g>"));
                }
                Piece::Number => side = &mut behind,
            }
        }
        let press = Press { artwork, font, before, behind, rasters: None };
        let blank = press.whole("", "");
        let rasters =
            scales.iter().map(|&scale| Ok((scale, draw(&blank, artwork.size, scale)?))).collect::<Result<_, Unset>>()?;
        let press = Press { rasters: Some(rasters), ..press };
        Ok(if press.number_is_on_top() { press } else { Press { rasters: None, ..press } })
    }

    /// The mark as SVG.
    ///
    /// # Errors
    /// The font lacks a character of the number.
    pub fn svg(&self, caption: &Caption<'_>, out: &mut Vec<u8>) -> Result<(), MissingGlyph> {
        let number = self.number(caption.number)?;
        out.extend_from_slice(self.whole(&caption.elements(), &number).as_bytes());
        out.push(b'\n');
        Ok(())
    }

    /// The mark as PNG.
    ///
    /// # Errors
    /// The font lacks a character of the number, or the mark cannot be drawn.
    pub fn png(&self, caption: &Caption<'_>, scale: Scale, out: &mut Vec<u8>) -> Result<(), Unset> {
        let number = self.number(caption.number)?;
        let pixmap = match self.on_raster(&number, scale) {
            Some(pixmap) => pixmap,
            None => draw(&self.whole("", &number), self.artwork.size, scale)?,
        };
        png::write(pixmap, caption, out);
        Ok(())
    }

    /// Draws a mark at each of `scales`, so that what a font or the rasteriser cannot stand is known before anything is built. No
    /// picture is encoded: that takes most of the time, and nothing of it depends on the artwork.
    ///
    /// # Errors
    /// The font lacks a character, or something cannot be drawn.
    pub fn proof(artwork: &Artwork, font: &Font, number: &str, scales: &[Scale]) -> Result<(), Unset> {
        let make = || {
            let press = Press::new(artwork, font, &[])?;
            let whole = press.whole("", &press.number(number)?);
            scales.iter().try_for_each(|scale| draw(&whole, artwork.size, *scale).map(drop))
        };
        guard::guarded(make).unwrap_or(Err(Unset::Drawing))
    }

    /// The number's outlines as an element.
    fn number(&self, number: &str) -> Result<String, MissingGlyph> {
        let d = outline::path(&[self.font], number, self.artwork.line)?;
        Ok(format!("<g id=\"number\"{}><path d=\"{d}\"/></g>", self.artwork.paint))
    }

    /// A copy of the rasterised artwork with the number drawn on it.
    fn on_raster(&self, number: &str, scale: Scale) -> Option<Pixmap> {
        let (_, raster) = self.rasters.as_ref()?.iter().find(|(of, _)| *of == scale)?;
        let mut pixmap = raster.clone();
        let alone = format!("{}>{number}</svg>", self.artwork.start_tag);
        draw_on(&alone, &mut pixmap).ok()?;
        Some(pixmap)
    }

    /// The artwork with its captions in front and the number in its place.
    fn whole(&self, captions: &str, number: &str) -> String {
        format!("{}>{captions}{}{number}{}", self.artwork.start_tag, self.before, self.behind)
    }

    /// Whether drawing the number on the artwork gives the same picture as drawing both at once: not so where something
    /// lies over the number or a group around it moves it. Tried out on a number of every digit.
    fn number_is_on_top(&self) -> bool {
        const PROBE: &str = "0123456789-";
        const NEARLY: u8 = 8;
        let Ok(number) = self.number(PROBE) else { return false };
        let scale = Scale::One;
        let (Some(composed), Ok(direct)) =
            (self.on_raster(&number, scale), draw(&self.whole("", &number), self.artwork.size, scale))
        else {
            return false;
        };
        composed.data().iter().zip(direct.data()).all(|(a, b)| a.abs_diff(*b) <= NEARLY)
    }
}

/// Rasterises an SVG of a size at a scale.
pub(super) fn draw(svg: &str, size: (u32, u32), scale: Scale) -> Result<Pixmap, Unset> {
    let mut pixmap = Pixmap::new(size.0 * scale.factor(), size.1 * scale.factor()).ok_or(Unset::Drawing)?;
    draw_on(svg, &mut pixmap)?;
    Ok(pixmap)
}

/// The rasteriser is known to panic on artwork that is far from what people draw.
fn draw_on(svg: &str, pixmap: &mut Pixmap) -> Result<(), Unset> {
    guard::guarded(|| rasterise(svg, pixmap)).flatten().ok_or(Unset::Drawing)
}

fn rasterise(svg: &str, pixmap: &mut Pixmap) -> Option<()> {
    let tree = Tree::from_str(svg, &Options::default()).ok()?;
    // Pictures have at most a few thousand pixels a side, which a float holds exactly.
    #[allow(clippy::cast_precision_loss)]
    let ratio = |pixels: u32, own: f32| pixels as f32 / own;
    let (x, y) = (ratio(pixmap.width(), tree.size().width()), ratio(pixmap.height(), tree.size().height()));
    resvg::render(&tree, Transform::from_scale(x, y), &mut pixmap.as_mut());
    Some(())
}

/// Whether a paint shows a colour: neither black, white nor grey. The rasteriser knows every way to write one.
pub(super) fn is_coloured(paint: &str) -> bool {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><rect width=\"1\" height=\"1\" fill=\"{}\"/></svg>",
        super::caption::escaped(paint)
    );
    let tree = guard::guarded(|| Tree::from_str(&svg, &Options::default()).ok()).flatten();
    tree.is_some_and(|tree| tree.root().children().iter().any(is_node_coloured))
}

fn is_node_coloured(node: &Node) -> bool {
    match node {
        Node::Path(path) => match path.fill().map(Fill::paint) {
            Some(Paint::Color(colour)) => colour.red != colour.green || colour.green != colour.blue,
            Some(Paint::LinearGradient(_) | Paint::RadialGradient(_) | Paint::Pattern(_)) | None => false,
        },
        Node::Group(group) => group.children().iter().any(is_node_coloured),
        Node::Image(_) | Node::Text(_) => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    const CAPTION: Caption<'_> =
        Caption { number: "IP0001-1212", title: "認定マーク", description: "a < b & c", page: "https://example.jp/x/" };

    fn artwork(inner: &str) -> Artwork {
        Artwork::read(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"160\" height=\"160\" viewBox=\"0 0 160 160\">\
             <circle cx=\"80\" cy=\"80\" r=\"78\" fill=\"#1f4b99\"/>{inner}</svg>"
        ))
        .unwrap()
    }

    fn svg(artwork: &Artwork) -> String {
        let mut out = Vec::new();
        Press::new(artwork, Font::embedded(), &[]).unwrap().svg(&CAPTION, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn pixels(artwork: &Artwork, scale: Scale) -> Vec<u8> {
        let mut out = Vec::new();
        Press::new(artwork, Font::embedded(), &Scale::ALL).unwrap().png(&CAPTION, scale, &mut out).unwrap();
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(out)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    }

    #[test]
    fn a_mark_carries_outlines_in_place_of_text_and_says_what_it_is() {
        let svg = svg(&artwork("<text x=\"80\" y=\"40\">認定</text><text id=\"number\" x=\"80\" y=\"130\" font-size=\"14\"/>"));
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert!(document.descendants().all(|node| node.tag_name().name() != "text"));
        let text = |name: &str| {
            document.descendants().find(|node| node.tag_name().name() == name).and_then(|node| node.text()).map(str::to_owned)
        };
        assert_eq!(text("desc").as_deref(), Some(CAPTION.description));
        assert_eq!(text("identifier").as_deref(), Some(CAPTION.number));
        assert_eq!(text("source").as_deref(), Some(CAPTION.page));
    }

    #[test]
    fn a_picture_is_that_of_the_svg_at_every_scale_wherever_the_number_stands() {
        let on_top = "<text id=\"number\" x=\"80\" y=\"130\" text-anchor=\"middle\" font-size=\"14\" fill=\"#fff\"/>";
        let covered = "<g transform=\"translate(5 5)\"><rect id=\"number\" x=\"20\" y=\"70\" width=\"100\" height=\"20\" fill=\"#fff\"/></g>\
                       <circle cx=\"80\" cy=\"80\" r=\"20\" fill=\"#900\"/>";
        for inner in [on_top, covered] {
            let artwork = artwork(inner);
            for scale in Scale::ALL {
                let direct = draw(&svg(&artwork), artwork.size, scale).unwrap().take_demultiplied();
                let worst = pixels(&artwork, scale).iter().zip(&direct).map(|(a, b)| a.abs_diff(*b)).max();
                assert!(worst.unwrap() <= 8, "{scale:?}: {worst:?}");
            }
        }
    }
}
