//! Pixels: decoded, turned, made smaller, encoded.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::{self, FilterType as Resampling};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader, Limits, RgbaImage};
use xxhash_rust::xxh3::xxh3_128;

use super::{Fault, Form, Look, MOST_PIXELS, Size, WIDEST};
use crate::guard;

/// The most that decoding may take of memory: 40 million pixels of four colours in sixteen bits, and as much again beside.
const MOST_MEMORY: u64 = 768 << 20;

/// Drawings have few colours, the steps at their edges included; photographs have as many as pixels.
const MOST_COLOURS: usize = 2048;

/// Of 100; higher ones make files larger and nothing better to see.
const QUALITY: u8 = 82;

/// Looks at a picture.
pub(super) fn look(bytes: &[u8]) -> Result<Look, Fault> {
    let pixels = decoded(bytes)?;
    let (width, height) = fitted(pixels.width(), pixels.height());
    Ok(Look { hash: xxh3_128(bytes), form: form(&pixels), width, height })
}

/// The files of a picture in these sizes.
pub(super) fn encoded(bytes: &[u8], look: &Look, sizes: &[Size]) -> Result<Vec<Vec<u8>>, Fault> {
    let pixels = decoded(bytes)?;
    sizes.iter().map(|size| encode(&resized(&pixels, look.measures(*size)), look.form)).collect()
}

/// The pixels as they are to be seen. The header is read first: a file of few bytes may claim to be of any size.
fn decoded(bytes: &[u8]) -> Result<RgbaImage, Fault> {
    guard::guarded(|| {
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Fault::Broken)?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|_| Fault::Broken)?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Fault::TooManyPixels(width, height));
        }
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut image = DynamicImage::from_decoder(decoder).map_err(|_| Fault::Broken)?;
        image.apply_orientation(orientation);
        Ok(image.into_rgba8())
    })
    .unwrap_or(Err(Fault::Broken))
}

/// The measures within which a picture of these is published.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    if width <= WIDEST {
        return (width, height);
    }
    let scaled = (u64::from(height) * u64::from(WIDEST)).div_ceil(u64::from(width));
    (WIDEST, u32::try_from(scaled).unwrap_or(u32::MAX).max(1))
}

fn form(pixels: &RgbaImage) -> Form {
    let mut colours = BTreeSet::new();
    for pixel in pixels.pixels() {
        let [red, green, blue, alpha] = pixel.0;
        colours.insert([red, green, blue]);
        if alpha < u8::MAX {
            return Form::Png;
        }
        if colours.len() > MOST_COLOURS {
            return if shows_through(pixels) { Form::Png } else { Form::Jpeg };
        }
    }
    Form::Png
}

fn shows_through(pixels: &RgbaImage) -> bool {
    pixels.pixels().any(|pixel| pixel.0.last() != Some(&u8::MAX))
}

fn resized(pixels: &RgbaImage, (width, height): (u32, u32)) -> RgbaImage {
    if pixels.dimensions() == (width, height) {
        return pixels.clone();
    }
    imageops::resize(pixels, width, height, Resampling::Triangle)
}

/// Writes the pixels and nothing beside them.
fn encode(pixels: &RgbaImage, form: Form) -> Result<Vec<u8>, Fault> {
    let (width, height) = pixels.dimensions();
    let opaque = || -> Vec<u8> { pixels.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect() };
    let mut out = Vec::new();
    let written = match form {
        Form::Jpeg => {
            JpegEncoder::new_with_quality(&mut out, QUALITY).write_image(&opaque(), width, height, ExtendedColorType::Rgb8)
        }
        Form::Png => {
            let encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive);
            if shows_through(pixels) {
                encoder.write_image(pixels.as_raw(), width, height, ExtendedColorType::Rgba8)
            } else {
                encoder.write_image(&opaque(), width, height, ExtendedColorType::Rgb8)
            }
        }
    };
    written.map(|()| out).map_err(|_| Fault::Broken)
}
