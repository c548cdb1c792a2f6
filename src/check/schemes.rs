//! Schemes: what they must not share, and what their parts need of each other.

use std::collections::BTreeSet;

use crate::model::{Scheme, same_prefix};
use crate::problem::{Code, Problem, Problems, near};

use super::Context;

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    let schemes: Vec<&Scheme> = context.registry.schemes.values().collect();
    for (at, scheme) in schemes.iter().enumerate() {
        for earlier in schemes.iter().take(at) {
            prefix_twice(scheme, earlier, problems);
            meaning_shared(scheme, earlier, problems);
        }
        english_missing(scheme, problems);
        fee_without_tax(scheme, problems);
        unknown_earlier_item(scheme, problems);
    }
}

fn prefix_twice(scheme: &Scheme, earlier: &Scheme, problems: &mut Problems) {
    let (Some(form), Some(other)) = (&scheme.number, &earlier.number) else { return };
    let same = [("prefix", same_prefix(&form.prefix, &other.prefix)), ("slug", form.slug == other.slug)];
    for (key, _) in same.into_iter().filter(|(_, same)| *same) {
        problems.push(
            Problem::new(
                Code::PrefixTwice,
                scheme.number_place,
                format!("認定番号の `{key}` が制度 `{}` と同じです", earlier.id),
                format!("the `{key}` of its numbers is that of the scheme `{}`", earlier.id),
            )
            .help(format!("`{key}` を制度ごとに異なるものにしてください"), format!("give every scheme a `{key}` of its own")),
        );
    }
}

/// English pages show the Japanese words, marked as such, where a scheme has no English ones.
fn english_missing(scheme: &Scheme, problems: &mut Problems) {
    let words = [
        ("short_name_en", &scheme.short_name_en, &scheme.short_name),
        ("list_title_en", &scheme.list_title_en, &scheme.list_title),
        ("meaning_en", &scheme.meaning_en, &scheme.meaning),
    ];
    for (key, _, japanese) in words.into_iter().filter(|(_, english, japanese)| english.is_none() && !japanese.value.is_empty()) {
        problems.push(
            Problem::new(
                Code::EnglishMissing,
                japanese.span,
                format!("英語のページに示す `{key}` がないので、英語のページにも日本語で示します"),
                format!("`{key}` is missing, so English pages show the Japanese"),
            )
            .help(format!("`{key} = \"…\"` を書き加えてください"), format!("add `{key} = \"…\"`")),
        );
    }
}

fn meaning_shared(scheme: &Scheme, earlier: &Scheme, problems: &mut Problems) {
    if scheme.meaning.value == earlier.meaning.value && !scheme.meaning.value.is_empty() {
        problems.push(
            Problem::new(
                Code::MeaningShared,
                scheme.meaning.span,
                format!("認定の意味（`meaning`）が制度 `{}` と同じ文です", earlier.id),
                format!("its meaning is word for word that of the scheme `{}`", earlier.id),
            )
            .help(
                "それぞれの制度の文書で確かめ、その制度の認定の意味を書いてください",
                "write what the documents of each scheme say that its certification means",
            ),
        );
    }
}

fn fee_without_tax(scheme: &Scheme, problems: &mut Problems) {
    if let (Some(fee), true) = (scheme.fees.first(), scheme.taxes.is_empty()) {
        problems.push(
            Problem::new(
                Code::FeeWithoutTax,
                fee.place,
                "手数料がありますが、消費税の税率（`[[tax]]`）がありません",
                "there are fees, but no tax rates (`[[tax]]`)",
            )
            .help(
                "`[[tax]]` の下に、`from = 2019-10-01` と `percent = 10` のように適用の日と税率を書いてください",
                "add `[[tax]]` with first day and rate, such as `from = 2019-10-01` and `percent = 10`",
            ),
        );
    }
}

fn unknown_earlier_item(scheme: &Scheme, problems: &mut Problems) {
    let mut earlier: BTreeSet<String> = BTreeSet::new();
    for (at, edition) in scheme.editions.iter().enumerate() {
        let items = || edition.sections.iter().flat_map(|section| section.items.iter().map(move |item| (section, item)));
        for was in items().flat_map(|(_, item)| &item.was).filter(|was| at > 0 && !earlier.contains(&was.value)) {
            let fault = Problem::new(
                Code::UnknownEarlierItem,
                was.span,
                format!("以前の版に `{}` という項目はありません", was.value),
                format!("no earlier edition has an item `{}`", was.value),
            );
            problems.push(match near(&was.value, earlier.iter().map(String::as_str)) {
                Some(meant) => fault.help(
                    format!("`{meant}` のことであれば、そう書いてください"),
                    format!("if `{meant}` is meant, write it so"),
                ),
                None => fault.help(
                    "以前の版の文書で、節と項目の識別子（`id`）を確かめてください。以前の版になかった項目であれば、取り除いてください",
                    "check the ids of section and item in the earlier edition; if the item is new, take this away",
                ),
            });
        }
        earlier.extend(items().map(|(section, item)| section.full_name(item)));
    }
}
