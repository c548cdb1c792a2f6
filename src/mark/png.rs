//! Pixels as PNG, with the captions as text chunks.

use png::{BitDepth, ColorType, Compression, Encoder};
use resvg::tiny_skia::Pixmap;

use super::caption::Caption;

/// Encodes a picture. The keywords are those of the PNG specification where it has one.
pub(super) fn write(pixmap: Pixmap, caption: &Caption<'_>, out: &mut Vec<u8>) {
    let (width, height) = (pixmap.width(), pixmap.height());
    // A buffer takes every byte, and the picture has as many as its header says: encoding cannot fail.
    let _ = encode(&pixmap.take_demultiplied(), width, height, caption, out);
}

fn encode(rgba: &[u8], width: u32, height: u32, caption: &Caption<'_>, out: &mut Vec<u8>) -> Result<(), png::EncodingError> {
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    let texts = [
        ("Title", caption.title),
        ("Description", caption.description),
        ("Identifier", caption.number),
        ("Source", caption.page),
    ];
    for (keyword, text) in texts {
        encoder.add_itxt_chunk(keyword.to_owned(), text.to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgba)?;
    writer.finish()
}
