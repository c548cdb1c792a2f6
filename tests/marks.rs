//! Marks: what `check` passes can be drawn on every later day, and artwork brings nothing with it that was not looked at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use kohyo::mark::{Artwork, Font, Plate, Press, Scale};
use support::{DAY, Registry, tests, tree};

mod support;

const GOLDEN: &str = "golden";
/// The days on which terms of the golden registry have ended.
const LATER: &str = "2040-01-01";

/// A font with the letters of the numbers and no others.
fn numbers() -> Vec<u8> {
    fs::read(tests().join("marks/numbers.otf")).unwrap()
}

fn svg(inner: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns:h=\"http://www.w3.org/1999/xhtml\" viewBox=\"0 0 160 160\">{inner}\
         <text id=\"number\" x=\"80\" y=\"140\" font-size=\"14\">IP0000-0000</text></svg>"
    )
}

/// The published form of an artwork; none where it is refused.
fn published(svg: &str) -> Option<String> {
    let artwork = Artwork::read(svg).ok()?;
    Press::proof(&artwork, Font::embedded(), "IP0001-1212", &Scale::ALL).ok()?;
    Some(artwork.source())
}

#[test]
fn a_font_without_the_letters_of_a_standing_builds_on_every_day() {
    let registry = Registry::copy_of(GOLDEN);
    for scheme in ["ip", "tokuko"] {
        registry.write(&format!("content/schemes/{scheme}/mark.otf"), numbers());
    }
    for day in [DAY, LATER] {
        let run = registry.build_on(day, day);
        assert_eq!(run.code, 0, "{day}\n{}", run.stderr);
    }
    let site = tree(&registry.public());
    let notices = site.iter().filter(|(path, _)| path.starts_with("ip0") && path.ends_with("/mark.svg"));
    let notices: Vec<String> = notices.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).collect();
    assert!(notices.iter().any(|notice| notice.contains("有効期間満了")), "{}", notices.len());
}

#[test]
fn a_standing_that_a_theme_names_in_letters_of_no_font_is_drawn_by_its_plain_name() {
    let registry = Registry::copy_of(GOLDEN);
    let words = fs::read_to_string(tests().parent().unwrap().join("themes/default/strings/ja.toml")).unwrap();
    registry.write("themes/own/strings/ja.toml", words.replacen("expired = \"有効期間満了\"", "expired = \"期限龘れ\"", 1));
    registry.edit("content/registry.toml", "theme = \"default\"", "theme = \"own\"");
    let run = registry.build_on(LATER, LATER);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(Plate::sets("有効期間満了", None) && !Plate::sets("期限龘れ", None));
}

#[test]
fn a_missing_letter_is_told_where_it_is_needed() {
    let registry = Registry::copy_of(GOLDEN);
    registry.write("content/schemes/ip/mark.otf", numbers());
    registry.write("content/schemes/ip/mark.svg", svg("<text x=\"9\" y=\"20\" font-size=\"9\">特 個</text>"));
    // The numbers of this scheme have a blank, which is drawn as well.
    registry.write("content/schemes/iot/mark.otf", numbers());
    let run = registry.check(DAY);
    let found: Vec<&str> = run.stdout.split("\"severity\"").filter(|problem| problem.contains("mark-glyph")).collect();
    assert_eq!(found.len(), 2, "{}", run.stdout);
    assert!(found.iter().any(|problem| problem.contains("ip/mark.svg") && problem.contains("blank")), "{found:?}");
    assert!(found.iter().any(|problem| problem.contains("iot/scheme.toml") && problem.contains("blank")), "{found:?}");
}

#[test]
fn a_broken_font_is_an_error_of_check() {
    let whole = numbers();
    for bytes in [Vec::new(), whole[..200].to_vec(), vec![0; 5000], b"OTTO\0\x01\0\0".to_vec()] {
        let registry = Registry::copy_of(GOLDEN);
        registry.write("content/schemes/ip/mark.otf", &bytes);
        let run = registry.check(DAY);
        assert!(run.code == 1 && run.stdout.contains("mark-artwork"), "{}", run.stdout);
    }
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        if let Ok(font) = Font::parse(bytes) {
            let _ = Press::proof(&Artwork::read(&svg("")).unwrap(), &font, "IP0123456789-", &Scale::ALL);
        }
    }
}

#[test]
fn no_artwork_names_another_host() {
    let host = "evil.example";
    let attacks = [
        "<rect fill=\"URL(https://evil.example/#a)\"/>",
        "<rect fill=\"url( 'https://evil.example/#a' )\"/>",
        "<rect fill=\"url(//evil.example/#a)\"/>",
        "<rect style=\"fill:image-set('https://evil.example/a' 1x)\"/>",
        "<rect style=\"background:url(https://evil.example/)\"/>",
        "<rect style=\"fill:u\\72l(https://evil.example/)\"/>",
        "<style>@import 'https://evil.example/a.css';</style>",
        "<style>@IMPORT 'https://evil.example/a.css';</style>",
        "<style>/* x */@import url(https://evil.example/a.css);</style>",
        "<style>@\\69mport 'https://evil.example/a.css';</style>",
        "<style>@font-face{font-family:x;src:url(https://evil.example/f)}</style>",
        "<style>rect{fill:red}/*</style><style>*/@import 'https://evil.example/';</style>",
        "<style>rect{cursor:url(https://evil.example/),auto}</style>",
        "<style>&lt;/style&gt;&lt;img src='https://evil.example/'&gt;</style>",
        "<image href=\"https://evil.example/a.png\"/>",
        "<image xlink:href=\"data:image/svg+xml,https://evil.example/\"/>",
        "<feImage href=\"https://evil.example/a.png\"/>",
        "<use href=\"https://evil.example/a.svg#b\"/>",
        "<use xlink:href=\"//evil.example/a.svg#b\"/>",
        "<use href=\"data:image/svg+xml,https://evil.example/\"/>",
        "<linearGradient id=\"g\" href=\"https://evil.example/#a\"/>",
        "<a href=\"https://evil.example/\"><rect/></a>",
        "<foreignObject><h:img src=\"https://evil.example/\"/></foreignObject>",
        "<h:img src=\"https://evil.example/\"/>",
        "<h:video poster=\"https://evil.example/\"/>",
        "<h:meta http-equiv=\"refresh\" content=\"0;https://evil.example/\"/>",
        "<g><x:y xmlns:x=\"https://evil.example/\" src=\"https://evil.example/\"/></g>",
        "<g xmlns:x=\"https://evil.example/\" x:href=\"https://evil.example/\"/>",
        "<g xml:base=\"https://evil.example/\"/>",
        "<g data-x=\"https://evil.example/\" aria-label=\"https://evil.example/\" role=\"https://evil.example/\"/>",
        "<!-- https://evil.example/ --><?xml-stylesheet href=\"https://evil.example/\"?>",
        "<g>https://evil.example/</g>",
        "<title>https://evil.example/</title><desc>https://evil.example/</desc><metadata>https://evil.example/</metadata>",
        "<g font-family=\"https://evil.example/\"><rect style=\"font-family:'https://evil.example/'\"/></g>",
        "<script href=\"https://evil.example/\"/>",
        "<animate attributeName=\"href\" to=\"https://evil.example/\"/>",
        "<set attributeName=\"href\" to=\"https://evil.example/\"/>",
        "<g onload=\"location='https://evil.example/'\"/>",
        "<mask id=\"https://evil.example/\"/>",
        "<rect clip-path=\"url(https://evil.example/#a)\" mask=\"url(https://evil.example/#a)\"/>",
        "<rect filter=\"url(https://evil.example/#a)\"/>",
        "<rect marker-end=\"url(https://evil.example/#a)\"/>",
        "<rect fill=\"var(--a, https://evil.example/)\"/>",
        "<rect fill=\"red&#10;url(https://evil.example/)\"/>",
        "<rect transform=\"https://evil.example/\"/>",
        "<iframe src=\"https://evil.example/\"/>",
    ];
    for attack in attacks {
        let out = published(&svg(attack)).unwrap_or_default();
        assert!(!out.contains(host), "{attack}\n{out}");
    }
    let outside = format!("<!DOCTYPE svg [<!ENTITY a SYSTEM \"https://evil.example/\">]>{}", svg("<g>&a;</g>"));
    assert_eq!(published(&outside), None);
}

#[test]
fn artwork_that_would_exhaust_the_rasteriser_is_refused_or_drawn_soon() {
    let mut uses = String::from("<g id=\"a0\"><rect width=\"9\" height=\"9\"/></g>");
    for level in 1..30 {
        let below = level - 1;
        write!(uses, "<g id=\"a{level}\">{}</g>", format!("<use href=\"#a{below}\"/>").repeat(9)).unwrap();
    }
    let deep = format!("{}{}", "<g>".repeat(20_000), "</g>".repeat(20_000));
    let chain: String = (1..3000).map(|at| format!("<g id=\"c{at}\"><use href=\"#c{}\"/></g>", at - 1)).collect();
    let masks: String = (1..40)
        .map(|at| format!("<mask id=\"m{at}\"><g mask=\"url(#m{})\"><rect mask=\"url(#m{})\"/></g></mask>", at - 1, at - 1))
        .collect();
    let dashes = format!("<path stroke=\"#000\" stroke-dasharray=\".001\" d=\"M0 0{}\"/>", "L99999 1L0 2".repeat(500)).repeat(30);
    let attacks = [
        "<circle cx=\"80\" cy=\"80\" r=\"70\" stroke=\"#000\" stroke-width=\"1e20\"/>".to_owned(),
        "<circle cx=\"80\" cy=\"80\" r=\"1e30\"/>".to_owned(),
        "<rect width=\"1e38\" height=\"1e38\" rx=\"1e37\"/>".to_owned(),
        "<path d=\"M1e30 1e30L-1e30 5A1e30 1e30 0 0 1 3 3z\"/>".to_owned(),
        "<g transform=\"scale(1e20)\"><rect width=\"9\" height=\"9\"/></g>".to_owned(),
        format!("{}<rect width=\"9\" height=\"9\"/>{}", "<g transform=\"scale(90000)\">".repeat(20), "</g>".repeat(20)),
        "<g transform=\"scale(0)\"><circle r=\"9\" stroke=\"#000\"/></g>".to_owned(),
        "<text x=\"1\" y=\"9\" font-size=\"1e20\">IP</text>".to_owned(),
        "<text x=\"1e20\" y=\"9\">IP</text>".to_owned(),
        "<filter id=\"f\"><feTurbulence numOctaves=\"99999999\"/></filter><rect filter=\"url(#f)\"/>".to_owned(),
        "<pattern id=\"p\" width=\"99999\" height=\"99999\"/><rect fill=\"url(#p)\"/>".to_owned(),
        "<g id=\"x\"><use href=\"#x\"/></g>".to_owned(),
        "<mask id=\"x\"><rect mask=\"url(#x)\"/></mask><rect mask=\"url(#x)\"/>".to_owned(),
        uses,
        deep,
        chain,
        masks,
        dashes,
        "<rect width=\"160\" height=\"160\" opacity=\".1\"/>".repeat(60_000),
    ];
    for attack in attacks {
        let begun = Instant::now();
        let drawn = published(&svg(&attack)).is_some();
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(40), "{drawn} {took:?} {:.120}", attack);
    }
    let size = svg("").replace("viewBox=\"0 0 160 160\"", "viewBox=\"0 0 1e-9 1e-9\" width=\"160\" height=\"160\"");
    assert_eq!(published(&size), None);
}

#[test]
fn artwork_of_drawing_programs_is_taken_and_their_notes_stay_behind() {
    let artwork = "<metadata id=\"m\">who drew it</metadata>\
        <s:namedview xmlns:s=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" s:docname=\"who drew it\"/>\
        <style type=\"text/css\"> .st0 { fill: #1f4b99; font-family:'X'; } /* who drew it */ .st1,.st2{clip-path:url(#c);}</style>\
        <defs><clipPath id=\"c\"><rect width=\"90\" height=\"90\"/></clipPath>\
        <linearGradient id=\"g\" xlink:href=\"#h\" x1=\"0%\" gradientTransform=\"rotate(45)\"/>\
        <linearGradient id=\"h\"><stop offset=\"0\" style=\"stop-color:#fff;stop-opacity:1\"/></linearGradient></defs>\
        <g class=\"st1\" xml:space=\"preserve\" style=\"display:inline;marker:none;enable-background:new\" data-name=\"who drew it\">\
        <path class=\"st0\" fill=\"url(#g) #123\" d=\"M1.5-2e1.5.5L90 90a6 6 0 0 1 0 12z\"/></g>";
    let out = published(&svg(artwork)).expect("such artwork is common");
    assert!(!out.contains("who drew it") && !out.contains("font-family") && !out.contains("marker"), "{out}");
    for kept in [".st0{fill:#1f4b99}", "url(#g) #123", "xlink:href", "stop-color:#fff;stop-opacity:1", "display:inline"] {
        assert!(out.contains(kept), "{kept}\n{out}");
    }
}

#[test]
fn a_colour_in_black_and_white_is_found_however_it_is_written() {
    let coloured = |inner: &str| Artwork::read(&svg(inner)).unwrap().coloured().is_some();
    for inner in [
        "<rect fill=\"navy\"/>",
        "<rect style=\"stroke: rgb(1, 2, 3)\"/>",
        "<g fill=\"hsl(120, 50%, 50%)\"><rect/></g>",
        "<style>.a{fill:#00f}</style><rect class=\"a\"/>",
        "<linearGradient id=\"g\"><stop stop-color=\"#abc\"/></linearGradient>",
        "<g color=\"red\"><rect fill=\"currentColor\"/></g>",
        "<rect fill=\"url(#g) #f00\"/>",
    ] {
        assert!(coloured(inner), "{inner}");
    }
    for inner in
        ["<rect fill=\"#777\" stroke=\"gray\"/>", "<rect fill=\"none\"/>", "<rect fill=\"rgb(9,9,9)\" stroke=\"hsl(0,0%,50%)\"/>"]
    {
        assert!(!coloured(inner), "{inner}");
    }
}
