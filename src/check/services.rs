//! A service's own references and texts.

use unicode_normalization::UnicodeNormalization;

use crate::model::{Scheme, Service};
use crate::problem::{Code, Problem, Problems, Spanned, near};

use super::Context;

pub(super) fn check(context: &Context<'_>, service: &Service, problems: &mut Problems) {
    unknown_scheme(context, service, problems);
    if let Some(provider) = &service.provider {
        known_provider(context, provider, problems);
    }
    if let Some(scheme) = context.registry.schemes.get(&service.scheme) {
        categories(service, scheme, problems);
        parts_across_categories(service, scheme, problems);
        start_missing(service, scheme, problems);
    }
    sealed_without_disclosure(service, problems);
}

fn unknown_scheme(context: &Context<'_>, service: &Service, problems: &mut Problems) {
    if !context.registry.known.schemes.contains(&service.scheme) {
        let id = &service.scheme;
        problems.push(
            Problem::new(
                Code::UnknownScheme,
                service.span,
                format!("制度 `{id}` の記録がありません"),
                format!("there is no record of the scheme `{id}`"),
            )
            .help(
                format!("`content/schemes/{id}/scheme.toml` を作るか、フォルダー名を確かめてください"),
                format!("make `content/schemes/{id}/scheme.toml`, or check the name of the folder"),
            ),
        );
    }
}

/// A provider that is named has a record.
pub(super) fn known_provider(context: &Context<'_>, id: &Spanned<String>, problems: &mut Problems) {
    if context.registry.known.providers.contains(&id.value) {
        return;
    }
    let name = &id.value;
    let problem = Problem::new(
        Code::UnknownProvider,
        id.span,
        format!("事業者 `{name}` の記録がありません"),
        format!("there is no record of the provider `{name}`"),
    );
    let known = context.registry.known.providers.iter().map(String::as_str);
    let meant = provider_named(context, name).or_else(|| near(name, known));
    problems.push(match meant {
        Some(meant) => problem.help(
            format!("`{meant}` のことであれば、その識別子を書いてください：`\"{meant}\"`"),
            format!("if `{meant}` is meant, write its id: `\"{meant}\"`"),
        ),
        None => problem.help(
            "事業者の識別子は `content/providers/` のファイル名です。つづりを確かめるか、その記録を作ってください",
            "a provider's id is the name of its file in `content/providers/`: check the spelling, or make its record",
        ),
    });
}

/// The id of the provider that bears a name, now, before or in English; kind of company and spaces do not count.
fn provider_named<'r>(context: &Context<'r>, name: &str) -> Option<&'r str> {
    let plain = |name: &str| -> String {
        let name: String = name.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        ["株式会社", "(株)", "有限会社", "合同会社"].iter().fold(name, |name, kind| name.replace(kind, ""))
    };
    let name = plain(name);
    let found = context.registry.providers.iter().find(|(_, provider)| {
        let others = provider.name_en.iter().chain(&provider.kana).chain(provider.former_names.iter().map(|former| &former.name));
        std::iter::once(&provider.name).chain(others).any(|text| plain(&text.value) == name)
    });
    found.map(|(id, _)| id.as_str()).filter(|_| !name.is_empty())
}

fn categories(service: &Service, scheme: &Scheme, problems: &mut Problems) {
    let pairs = || scheme.categories.iter().map(|category| (category.id.value.as_str(), category.name.value.as_str()));
    let known: Vec<String> = pairs().map(|(id, name)| format!("`{id}`（{name}）")).collect();
    let listed: Vec<String> = pairs().map(|(id, name)| format!("`{id}` ({name})")).collect();
    let example = pairs().next().map(|(id, _)| id).unwrap_or_default();
    if service.categories.is_empty() && !known.is_empty() {
        problems.push(
            Problem::new(
                Code::CategoryMissing,
                service.span,
                "`categories` に区分がありません",
                "`categories` names no category",
            )
            .help(
                format!("`categories = [\"{example}\"]` のように、制度の区分を書いてください：{}", known.join("、")),
                format!("write it as `categories = [\"{example}\"]`; categories: {}", listed.join(", ")),
            ),
        );
    }
    for (at, category) in service.categories.iter().enumerate() {
        let name = &category.value;
        if !scheme.categories.iter().any(|known| known.id.value == *name) {
            problems.push(
                Problem::new(
                    Code::UnknownCategory,
                    category.span,
                    format!("この制度に区分 `{name}` はありません"),
                    format!("this scheme has no category `{name}`"),
                )
                .help(
                    format!("{}制度の区分から選んでください：{}", meant(name, pairs()).0, known.join("、")),
                    format!("{}choose one of the categories: {}", meant(name, pairs()).1, listed.join(", ")),
                ),
            );
        }
        if service.categories.iter().take(at).any(|earlier| earlier.value == *name) {
            problems.push(
                Problem::new(
                    Code::DuplicateId,
                    category.span,
                    format!("`{name}` が二度書かれています"),
                    format!("`{name}` is used twice"),
                )
                .help("一つだけ残してください", "keep one of them"),
            );
        }
    }
}

/// Which id of a list somebody may have meant who wrote another or its name, in both languages; nothing where none is near.
pub(super) fn meant<'l>(written: &str, list: impl Iterator<Item = (&'l str, &'l str)> + Clone) -> (String, String) {
    let named = list.clone().find(|(_, name)| *name == written).map(|(id, _)| id);
    match named.or_else(|| near(written, list.map(|(id, _)| id))) {
        Some(id) => (format!("`{id}` のことでしょうか。"), format!("is `{id}` meant? ")),
        None => Default::default(),
    }
}

/// R7, where the scheme says so: 000 §4(3)ア(ア)①.
fn parts_across_categories(service: &Service, scheme: &Scheme, problems: &mut Problems) {
    let applies = scheme.rules.as_ref().is_some_and(|rules| rules.parts_share_category);
    if let [_, second, ..] = service.categories.as_slice()
        && applies
        && !service.parts.is_empty()
    {
        problems.push(
            Problem::new(
                Code::PartsAcrossCategories,
                second.span,
                "統合したサービスが二つ以上の区分にわたっています",
                "a combined service lies in more than one category",
            )
            .help(
                "申請書と見比べ、区分を一つにしてください。機関がそのように認定したのであれば、`registry.toml` の `[[accepted]]` に理由を書いてください",
                "compare it with the application and keep one category; if the body decided so, give the reason in `[[accepted]]` of `registry.toml`",
            ),
        );
    }
}

/// R142, where the scheme certifies running services only.
fn start_missing(service: &Service, scheme: &Scheme, problems: &mut Problems) {
    let applies = scheme.rules.as_ref().is_some_and(|rules| rules.must_be_running);
    if applies && service.started_on.is_none() {
        problems.push(
            Problem::new(
                Code::StartMissing,
                service.span,
                "サービスの提供を開始した日（`started_on`）がありません。この制度は提供中のサービスを認定します",
                "`started_on` is missing, and this scheme certifies running services",
            )
            .help(
                "申請書にある提供開始の日を `started_on = 2010-04-01` の形で書き加えてください",
                "add the first day of the service from the application, as `started_on = 2010-04-01`",
            ),
        );
    }
}

fn sealed_without_disclosure(service: &Service, problems: &mut Problems) {
    for span in &service.orphans {
        problems.push(
            Problem::new(
                Code::SealedWithoutDisclosure,
                *span,
                "封をした文書に対応する開示内容がありません",
                "there is no disclosure beside this sealed file",
            )
            .help(
                "この文書の名前の日付を確かめてください。正しければ、同じ日付の開示内容（`<日付>.toml`）を同じフォルダーに置いてください",
                "check the date in its name; if it is right, put the disclosure `<date>.toml` of the same date beside it",
            ),
        );
    }
}
