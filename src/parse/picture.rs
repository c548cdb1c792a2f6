//! `pictures/`: every picture is decoded once, so that a broken one is told, and its measures are kept.

use anyhow::Result;
use rayon::prelude::*;

use crate::model::Picture;
use crate::picture::{Fault, Look};
use crate::problem::{Code, FileId, Problem, Problems, Span};
use crate::source::{LARGEST_PICTURE, Sources};

/// Reads the pictures, by name. Decoded they are many times as large as their files: nothing of that is kept.
pub(super) fn read(sources: &Sources, files: &[(String, FileId)], problems: &mut Problems) -> Result<Vec<Picture>> {
    let read = files.par_iter().map(|(name, file)| one(sources, name, *file));
    let mut pictures: Vec<Picture> = Vec::new();
    for read in read.collect::<Result<Vec<_>>>()? {
        let (picture, problem) = read;
        if let Some(problem) = problem {
            problems.push(problem);
        }
        if let Some(twin) = pictures.iter().find(|twin| twin.name() == picture.name()) {
            problems.push(
                Problem::new(
                    Code::IdCollides,
                    picture.place,
                    format!("`{}` と `{}` は、掲載すると同じアドレスになります", twin.file, picture.file),
                    format!("`{}` and `{}` would have the same address", twin.file, picture.file),
                )
                .help("どちらかの名前を変えてください", "give one of them another name"),
            );
        }
        pictures.push(picture);
    }
    Ok(pictures)
}

fn one(sources: &Sources, name: &str, file: FileId) -> Result<(Picture, Option<Problem>)> {
    let place = Span::start_of(file);
    let picture = |look| Picture { file: name.to_owned(), path: sources.path(file).to_owned(), place, look };
    let Some(bytes) = sources.bytes(file)? else { return Ok((picture(None), Some(too_heavy(place)))) };
    Ok(match Look::of(&bytes) {
        Ok(look) => (picture(Some(look)), None),
        Err(fault) => (picture(None), Some(problem(fault, place))),
    })
}

fn too_heavy(place: Span) -> Problem {
    let most = LARGEST_PICTURE >> 20;
    let problem = Problem::new(
        Code::FileTooLarge,
        place,
        format!("画像のファイルが大きすぎます（{most} MB まで）"),
        format!("the file of this picture is too large ({most} MB at most)"),
    );
    problem.help("縮小して保存し直してください。掲載は幅1280ピクセルまでです", SMALLER)
}

const SMALLER: &str = "save it smaller; pictures are published with a width of at most 1280 pixels";

fn problem(fault: Fault, place: Span) -> Problem {
    match fault {
        Fault::TooManyPixels(width, height) => Problem::new(
            Code::FileTooLarge,
            place,
            format!("画像が大きすぎます（{width}×{height}ピクセル。合わせて4,000万ピクセルまで）"),
            format!("this picture is too large ({width} × {height} pixels; 40 million altogether at most)"),
        )
        .help("縮小して保存し直してください。掲載は幅1280ピクセルまでです", SMALLER),
        Fault::Broken => Problem::new(Code::PictureBroken, place, "画像として読めません", "this picture cannot be read").help(
            "画像を開いて確かめ、png、jpg 又は webp で保存し直してください。名前の末尾を変えるだけでは画像の種類は変わりません",
            "open it, and save it again as png, jpg or webp; another ending of its name does not make it one",
        ),
    }
}
