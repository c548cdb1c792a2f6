//! The mark: a scheme's artwork with a certification number set into it, as SVG and PNG.
//!
//! The number is outlined, so that it looks the same everywhere, and title, description, number and page address go along
//! in the file. Pure: bytes in, bytes out. The artwork is rasterised once for each scale; a service's picture is a copy of
//! it with the number drawn on top, which costs a fraction of drawing all of it.

mod artwork;
mod caption;
mod font;
mod outline;
mod plate;
mod png;
mod press;

pub use artwork::{Artwork, Fault, FaultKind};
pub use caption::Caption;
pub use font::{Font, FontFault, MissingGlyph};
pub use plate::Plate;
pub use press::{Press, Unset};

/// The scales of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// The artwork's own size in pixels.
    One,
    /// Twice as large.
    Two,
    /// Three times as large.
    Three,
}

impl Scale {
    /// Every scale.
    pub const ALL: [Scale; 3] = [Scale::One, Scale::Two, Scale::Three];

    /// The scales of marks in black and white: they are for paper, where SVG is at hand for more.
    pub const MONO: [Scale; 1] = [Scale::One];

    /// How many pixels one unit of the artwork has.
    pub fn factor(self) -> u32 {
        match self {
            Scale::One => 1,
            Scale::Two => 2,
            Scale::Three => 3,
        }
    }
}
