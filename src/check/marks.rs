//! Marks: every picture that a scheme will ever need can be made, today and on any later day.

use crate::mark::{Artwork, Font, MissingGlyph, Press, Scale, Unset};
use crate::model::Scheme;
use crate::problem::{Code, Problem, Problems, Span, Spanned};

use super::Context;

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    for scheme in context.registry.schemes.values() {
        let font = scheme.font.as_ref().map_or(Font::embedded(), |font| &font.value);
        let mut glyphs = missing_in_number(scheme, font, problems);
        for artwork in [&scheme.artwork, &scheme.artwork_mono].into_iter().flatten() {
            glyphs |= missing_in_artwork(artwork, font, problems);
        }
        if let (false, Some(form)) = (glyphs, &scheme.number) {
            let number = format!("{}0123456789-0123456789", form.prefix);
            let drawn = [(&scheme.artwork, &Scale::ALL[..]), (&scheme.artwork_mono, &Scale::MONO[..])];
            for (artwork, scales) in drawn {
                if let Some(artwork) = artwork {
                    mark_proof(artwork, font, &number, scales, problems);
                }
            }
        }
        if let Some(artwork) = &scheme.artwork_mono {
            mono_colours(artwork, problems);
        }
    }
}

/// Whatever a number of the scheme may hold: its prefix with the blanks in it, digits, the hyphen.
fn missing_in_number(scheme: &Scheme, font: &Font, problems: &mut Problems) -> bool {
    let Some(form) = &scheme.number else { return false };
    let missing = font.covers(&format!("{}0123456789-", form.prefix)).err();
    if let Some(missing) = missing {
        problems.push(mark_glyph(missing, scheme.number_place, "認定番号", "the numbers need"));
    }
    missing.is_some()
}

fn missing_in_artwork(artwork: &Spanned<Artwork>, font: &Font, problems: &mut Problems) -> bool {
    let mut any = false;
    for (at, text) in artwork.value.texts() {
        if let Err(missing) = font.covers(text) {
            let place = Span::new(artwork.span.file, at..at + "<text".len());
            problems.push(mark_glyph(missing, place, "認定マークの文字", "this text needs"));
            any = true;
        }
    }
    any
}

fn mark_glyph(MissingGlyph(missing): MissingGlyph, place: Span, what_ja: &str, what_en: &str) -> Problem {
    let code = u32::from(missing);
    let named = if missing.is_whitespace() { "空白".to_owned() } else { format!("「{missing}」") };
    let named_en = if missing.is_whitespace() { "blank".to_owned() } else { format!("`{missing}`") };
    Problem::new(
        Code::MarkGlyph,
        place,
        format!("{what_ja}に使う{named}（U+{code:04X}）が、認定マークのフォントにありません"),
        format!("{what_en} {named_en} (U+{code:04X}), which the mark's font does not have"),
    )
    .help("その文字のあるフォントを mark.otf として置いてください", "put a font that has it beside the record as mark.otf")
}

/// The mark is made once, with every digit: what the rasteriser cannot stand is told here and not when a site is built.
fn mark_proof(artwork: &Spanned<Artwork>, font: &Font, number: &str, scales: &[Scale], problems: &mut Problems) {
    if Press::proof(&artwork.value, font, number, scales) == Err(Unset::Drawing) {
        problems.push(
            Problem::new(Code::MarkArtwork, artwork.span, "この認定マークは描画できません", "this artwork cannot be drawn").help(
                "極端に大きな数値や小さな数値のない、簡単な図形で描き直してください",
                "draw it with plain shapes, without extremely large or small numbers",
            ),
        );
    }
}

/// R150: artwork in black and white has no other colour.
fn mono_colours(artwork: &Spanned<Artwork>, problems: &mut Problems) {
    if let Some(at) = artwork.value.coloured() {
        problems.push(
            Problem::new(
                Code::MonoColours,
                Span::new(artwork.span.file, at),
                "白黒用の認定マークに、白、黒、灰色以外の色があります",
                "the artwork in black and white has a colour",
            )
            .help("`#000`、`#fff` などの無彩色にしてください", "use black, white and grey, such as `#000` and `#fff`"),
        );
    }
}
