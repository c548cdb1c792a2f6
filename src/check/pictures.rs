//! Pictures: those that are named are there and say what is seen, and those that are there are used.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::Registry;
use crate::picture;
use crate::problem::{Code, Problem, Problems, Span, Spanned};

pub(super) fn check(registry: &Registry, problems: &mut Problems) {
    let mut used = BTreeSet::new();
    for text in texts(registry) {
        for named in picture::named(&text.value) {
            unknown_picture(registry, &named.file, part(text, named.at), "/", problems);
            used.insert(named.file);
        }
        picture_without_text(text, problems);
    }
    for logo in registry.providers.values().filter_map(|provider| provider.logo.as_ref()) {
        match picture::logo(&logo.value) {
            Some(file) => {
                unknown_picture(registry, file, logo.span, "", problems);
                used.insert(file.to_owned());
            }
            None => not_below_pictures(logo, problems),
        }
    }
    picture_unused(registry, &used, problems);
}

fn texts(registry: &Registry) -> impl Iterator<Item = &Spanned<String>> {
    let notices = registry.notices.iter().map(|notice| &notice.text);
    let articles = registry.pages.iter().chain(registry.schemes.values().flat_map(|scheme| &scheme.pages));
    notices.chain(articles.map(|article| &article.text))
}

fn unknown_picture(registry: &Registry, file: &str, place: Span, before: &str, problems: &mut Problems) {
    if registry.pictures.iter().any(|picture| picture.file == file) {
        return;
    }
    let (stem, lower) = (file.split('.').next().unwrap_or_default(), file.to_ascii_lowercase());
    let same = |name: &str| name == stem || lower.split('.').next() == Some(name);
    let near = registry.pictures.iter().find(|picture| same(picture.name()));
    let problem = Problem::new(
        Code::UnknownPicture,
        place,
        format!("content/pictures/ に `{file}` がありません"),
        format!("there is no `{file}` in content/pictures/"),
    );
    problems.push(match near {
        Some(near) => problem.help(
            format!("`{before}pictures/{}` のことではありませんか", near.file),
            format!("perhaps `{before}pictures/{}` is meant", near.file),
        ),
        None => problem.help(
            format!("画像を content/pictures/{file} に置くか、名前を確かめてください"),
            format!("put it there as content/pictures/{file}, or check its name"),
        ),
    });
}

fn picture_without_text(text: &Spanned<String>, problems: &mut Problems) {
    for at in picture::without_words(&text.value) {
        let written = text.value.get(at.clone()).unwrap_or_default();
        let target = written.rsplit_once("](").map_or("/pictures/…)", |(_, target)| target);
        problems.push(
            Problem::new(
                Code::PictureWithoutText,
                part(text, at),
                "画像に、何が写っているかの説明がありません",
                "this picture does not say what is seen",
            )
            .help(
                format!("`![何が写っているか]({target}` のように、[ ] の中に書いてください"),
                format!("write it between the brackets: `![what is seen]({target}`"),
            ),
        );
    }
}

fn not_below_pictures(logo: &Spanned<String>, problems: &mut Problems) {
    problems.push(
        Problem::new(
            Code::UnknownPicture,
            logo.span,
            "ロゴは content/pictures/ にある画像です",
            "a logo is a picture in content/pictures/",
        )
        .help(
            "画像を content/pictures/ に置き、`logo = \"pictures/example.png\"` のように書いてください",
            "put it there, and write `logo = \"pictures/example.png\"`",
        ),
    );
}

fn picture_unused(registry: &Registry, used: &BTreeSet<String>, problems: &mut Problems) {
    for picture in registry.pictures.iter().filter(|picture| !used.contains(&picture.file)) {
        problems.push(
            Problem::new(Code::PictureUnused, picture.place, "この画像はどこにも使われていません", "nothing shows this picture")
                .help(
                    format!("本文に `![何が写っているか](/pictures/{})` と書くか、画像を取り除いてください", picture.file),
                    format!("write `![what is seen](/pictures/{})` in a text, or remove it", picture.file),
                ),
        );
    }
}

/// The place of a part of a text. The text stands in its file as it is.
fn part(text: &Spanned<String>, range: Range<usize>) -> Span {
    let from = text.span.start as usize;
    Span::new(text.span.file, from + range.start..from + range.end)
}
