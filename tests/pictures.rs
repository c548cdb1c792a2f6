//! Pictures: what goes in as a photograph comes out as pixels, and nothing that could bring the program down is decoded.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, ImageReader, RgbImage};
use support::{DAY, Registry, tree};

mod support;

const GOLDEN: &str = "golden";
const PAGE: &str = "content/pages/about.md";

/// A registry whose page `about` shows a picture.
fn showing(file: &str, bytes: &[u8]) -> Registry {
    let registry = Registry::copy_of(GOLDEN);
    registry.write(&format!("content/pictures/{file}"), bytes);
    registry.write(PAGE, format!("+++\ntitle = \"案内\"\n+++\n\n![庁舎の写真 <1>](/pictures/{file})\n"));
    registry
}

/// Pixels with as many colours as a photograph has.
fn photograph(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let mixed = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)).to_le_bytes();
        image::Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, mixed[3]])
    })
}

fn jpeg(pixels: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    let (width, height) = pixels.dimensions();
    JpegEncoder::new(&mut out).write_image(pixels.as_raw(), width, height, ExtendedColorType::Rgb8).unwrap();
    out
}

fn png(pixels: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    pixels.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).unwrap();
    out
}

/// An Exif segment as a telephone writes it: turned by 90 degrees, made by a device, at a place.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut entry = Vec::new();
        entry.extend(tag.to_be_bytes());
        entry.extend(kind.to_be_bytes());
        entry.extend(count.to_be_bytes());
        entry.extend(value);
        entry
    };
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    // Make, orientation, and where the directory of the place stands: behind this one and the words.
    tiff.extend(3_u16.to_be_bytes());
    tiff.extend(entry(0x010f, 2, 16, 50_u32.to_be_bytes()));
    tiff.extend(entry(0x0112, 3, 1, [0, 6, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 66_u32.to_be_bytes()));
    tiff.extend(0_u32.to_be_bytes());
    tiff.extend(b"SecretTelephone\0");
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(0x0002, 5, 3, 96_u32.to_be_bytes()));
    tiff.extend(0_u32.to_be_bytes());
    for (degrees, of) in [(35_u32, 1_u32), (37, 1), (271_828, 10_000)] {
        tiff.extend(degrees.to_be_bytes());
        tiff.extend(of.to_be_bytes());
    }
    let mut segment = b"\xff\xe1".to_vec();
    segment.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    segment.extend(b"Exif\0\0");
    segment.extend(tiff);
    segment
}

fn published(registry: &Registry, start: &str) -> Vec<(String, Vec<u8>)> {
    let run = registry.build_on(DAY, DAY);
    assert_eq!(run.code, 0, "{}", run.stderr);
    tree(&registry.public()).into_iter().filter(|(path, _)| path.starts_with(&format!("pictures/{start}"))).collect()
}

#[test]
fn a_photograph_with_a_place_goes_in_and_none_comes_out() {
    let mut photo = jpeg(&photograph(64, 40));
    photo.splice(2..2, exif());
    let comment = b"\xff\xfe\x00\x0dtaken by me";
    photo.splice(2..2, comment.iter().copied());
    let registry = showing("building.jpg", &photo);
    let files = published(&registry, "building");
    let names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(names, ["pictures/building.jpg", "pictures/building@half.jpg"]);
    for (path, bytes) in &files {
        for secret in [&b"Exif"[..], b"SecretTelephone", b"taken by me", b"GPS", &271_828_u32.to_be_bytes()] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{path}: {secret:?}");
        }
    }
    // It was held upright: what was 64 wide is 64 high.
    let size = |at: usize| ImageReader::with_format(Cursor::new(&files[at].1), ImageFormat::Jpeg).into_dimensions().unwrap();
    assert_eq!((size(0), size(1)), ((40, 64), (20, 32)));
    let page = String::from_utf8(tree(&registry.public())["about/index.html"].clone()).unwrap();
    let image = page.split("<img").find(|part| part.contains("building")).unwrap();
    for part in ["building.jpg", "building@half.jpg 20w", "width=40", "height=64", "&lt;1&gt;", "lazy", "async"] {
        assert!(image.replace('"', "").contains(part), "{part}: {image}");
    }
}

#[test]
fn a_wide_photograph_is_made_smaller_and_a_drawing_stays_sharp() {
    let wide = published(&showing("wide.png", &png(&photograph(1400, 70))), "wide");
    assert_eq!(wide[0].0, "pictures/wide.jpg");
    let size = ImageReader::with_format(Cursor::new(&wide[0].1), ImageFormat::Jpeg).into_dimensions().unwrap();
    assert_eq!(size, (1280, 64));
    let flat = RgbImage::from_fn(60, 40, |x, _| image::Rgb(if x < 30 { [255; 3] } else { [31, 75, 153] }));
    let flat_files = published(&showing("flat.jpeg", &png(&flat)), "flat");
    assert_eq!(flat_files[0].0, "pictures/flat.png");
    let back = image::load_from_memory(&flat_files[0].1).unwrap().into_rgb8();
    assert_eq!(back, flat);
}

#[test]
fn what_shows_through_stays_so() {
    let clear =
        image::RgbaImage::from_fn(80, 60, |x, y| image::Rgba([(x * 3) as u8, (y * 4) as u8, (x * y) as u8, (x * 3) as u8]));
    let mut bytes = Vec::new();
    clear.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    let files = published(&showing("clear.png", &bytes), "clear");
    assert_eq!(files[0].0, "pictures/clear.png");
    assert_eq!(image::load_from_memory(&files[0].1).unwrap().into_rgba8(), clear);
}

#[test]
fn pictures_are_made_once_and_kept() {
    let registry = showing("building.jpg", &jpeg(&photograph(64, 40)));
    let first = published(&registry, "");
    let again = registry.build_on(DAY, DAY);
    assert!(again.stderr.contains("nothing changed"), "{}", again.stderr);
    assert_eq!(published(&registry, ""), first);
}

#[test]
fn a_picture_of_a_notice_ahead_is_not_published_before_it() {
    let registry = Registry::copy_of(GOLDEN);
    registry.write("content/pictures/ahead.png", png(&photograph(9, 9)));
    registry.write(
        "content/notices/2030-01-01-ahead.md",
        "+++\ntitle = \"先の知らせ\"\nkind = \"information\"\n+++\n\n![先のこと](/pictures/ahead.png)\n",
    );
    assert_eq!(published(&registry, "ahead"), []);
}

#[test]
fn a_logo_stands_on_the_pages_of_its_provider_and_leaves_with_it() {
    let registry = Registry::copy_of(GOLDEN);
    registry.write("content/pictures/logo.png", png(&photograph(30, 20)));
    let record = registry.read("content/providers/spring-cloud.toml");
    let at = record.find("\n[").unwrap_or(record.len());
    let (head, tail) = record.split_at(at);
    registry.write("content/providers/spring-cloud.toml", format!("{}\nlogo = \"pictures/logo.png\"\n{tail}", head.trim_end()));
    assert_eq!(published(&registry, "logo").len(), 2);
    let page = String::from_utf8(tree(&registry.public())["providers/spring-cloud/index.html"].clone()).unwrap();
    assert!(page.contains("pictures/logo@half.png"), "{page}");
}

/// A PNG of few bytes that claims to be of this size.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(&photograph(2, 2));
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = !0_u32;
    for byte in &bytes[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1));
        }
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

#[test]
fn broken_huge_and_bomb_files_are_errors() {
    let photo = jpeg(&photograph(64, 40));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("a.png", bomb(100_000, 100_000), "file-too-large"),
        ("a.png", bomb(u32::MAX, u32::MAX), "picture-broken"),
        ("a.png", bomb(6000, 6000), "picture-broken"),
        ("a.png", bomb(0, 5), "picture-broken"),
        ("a.jpg", photo[..photo.len() / 3].to_vec(), "picture-broken"),
        ("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "picture-broken"),
        ("a.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff".to_vec(), "picture-broken"),
        ("a.png", Vec::new(), "picture-broken"),
        ("a.jpg", vec![0; (20 << 20) + 1], "file-too-large"),
    ];
    for (file, bytes, code) in cases {
        let run = showing(file, &bytes).check(DAY);
        assert!(run.code == 1 && run.stdout.contains(&format!("\"{code}\"")), "{file} {code}\n{}", run.stdout);
    }
}

#[test]
fn any_damage_to_a_picture_is_an_error_or_none_and_never_a_panic() {
    let mut webp = Vec::new();
    let pixels = photograph(20, 20);
    pixels.write_to(&mut Cursor::new(&mut webp), ImageFormat::WebP).unwrap();
    for whole in [jpeg(&pixels), png(&pixels), webp] {
        for at in (0..whole.len()).step_by(5) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            let _ = kohyo::picture::Look::of(&bytes);
            let _ = kohyo::picture::Look::of(&whole[..at]);
        }
    }
}

#[test]
fn names_of_cameras_are_told_with_the_name_they_should_have() {
    let registry = Registry::copy_of(GOLDEN);
    registry.write("content/pictures/IMG_0012.JPG", jpeg(&photograph(9, 9)));
    registry.write("content/pictures/photo.heic", b"x");
    let run = registry.check(DAY);
    assert!(run.stdout.contains("img-0012.jpg") && run.stdout.contains("stray-file"), "{}", run.stdout);
}
