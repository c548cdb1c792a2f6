//! Artwork and number together.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::artwork::Artwork;
use super::caption::Caption;
use super::font::{Font, MissingGlyph};
use super::{Scale, outline, png};

/// One artwork made ready to be numbered many times.
pub struct Press<'a> {
    artwork: &'a Artwork,
    font: &'a Font,
    /// The artwork without its number at each scale, where drawing the number on top gives the whole picture.
    rasters: Option<Vec<(Scale, Pixmap)>>,
}

impl<'a> Press<'a> {
    /// Rasterises the artwork for `scales`.
    pub fn new(artwork: &'a Artwork, font: &'a Font, scales: &[Scale]) -> Press<'a> {
        let blank = whole(artwork, "", "");
        let rasters: Option<Vec<(Scale, Pixmap)>> =
            scales.iter().map(|&scale| Some((scale, draw(&blank, artwork.size, scale)?))).collect();
        let press = Press { artwork, font, rasters };
        if press.number_is_on_top() { press } else { Press { rasters: None, ..press } }
    }

    /// The mark as SVG.
    ///
    /// # Errors
    /// The font lacks a character of the number.
    pub fn svg(&self, caption: &Caption<'_>, out: &mut Vec<u8>) -> Result<(), MissingGlyph> {
        let number = self.number(caption.number)?;
        out.extend_from_slice(whole(self.artwork, &caption.elements(), &number).as_bytes());
        out.push(b'\n');
        Ok(())
    }

    /// The mark as PNG.
    ///
    /// # Errors
    /// The font lacks a character of the number.
    pub fn png(&self, caption: &Caption<'_>, scale: Scale, out: &mut Vec<u8>) -> Result<(), MissingGlyph> {
        let number = self.number(caption.number)?;
        if let Some(pixmap) =
            self.on_raster(&number, scale).or_else(|| draw(&whole(self.artwork, "", &number), self.artwork.size, scale))
        {
            png::write(pixmap, caption, out);
        }
        Ok(())
    }

    /// The number's outlines as an element.
    fn number(&self, number: &str) -> Result<String, MissingGlyph> {
        let d = outline::path(self.font, number, self.artwork.line)?;
        Ok(format!("<g id=\"number\"{}><path d=\"{d}\"/></g>", self.artwork.paint))
    }

    /// A copy of the rasterised artwork with the number drawn on it.
    fn on_raster(&self, number: &str, scale: Scale) -> Option<Pixmap> {
        let (_, raster) = self.rasters.as_ref()?.iter().find(|(of, _)| *of == scale)?;
        let mut pixmap = raster.clone();
        let alone = format!("{}>{number}</svg>", self.artwork.start_tag);
        draw_on(&alone, self.artwork.size, &mut pixmap)?;
        Some(pixmap)
    }

    /// Whether drawing the number on the artwork gives the same picture as drawing both at once: not so where something
    /// lies over the number or a group around it moves it. Tried out on a number of every digit.
    fn number_is_on_top(&self) -> bool {
        const PROBE: &str = "0123456789-";
        const NEARLY: u8 = 8;
        let Ok(number) = self.number(PROBE) else { return false };
        let scale = Scale::One;
        let (Some(composed), Some(direct)) =
            (self.on_raster(&number, scale), draw(&whole(self.artwork, "", &number), self.artwork.size, scale))
        else {
            return false;
        };
        composed.data().iter().zip(direct.data()).all(|(a, b)| a.abs_diff(*b) <= NEARLY)
    }
}

/// The artwork with its captions in front and the number in its place.
fn whole(artwork: &Artwork, captions: &str, number: &str) -> String {
    let Artwork { start_tag, before, behind, .. } = artwork;
    format!("{start_tag}>{captions}{before}{number}{behind}")
}

/// Rasterises an SVG of a size at a scale.
pub(super) fn draw(svg: &str, size: (u32, u32), scale: Scale) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(size.0 * scale.factor(), size.1 * scale.factor())?;
    draw_on(svg, size, &mut pixmap)?;
    Some(pixmap)
}

fn draw_on(svg: &str, size: (u32, u32), pixmap: &mut Pixmap) -> Option<()> {
    let tree = Tree::from_str(svg, &Options::default()).ok()?;
    // Pictures have at most a few thousand pixels a side, which a float holds exactly.
    #[allow(clippy::cast_precision_loss)]
    let ratio = |pixels: u32, own: f32| pixels as f32 / own;
    let (x, y) = (ratio(pixmap.width(), tree.size().width()), ratio(pixmap.height(), tree.size().height()));
    debug_assert!(size.0 > 0 && size.1 > 0);
    resvg::render(&tree, Transform::from_scale(x, y), &mut pixmap.as_mut());
    Some(())
}
