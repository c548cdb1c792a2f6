//! A service's own references and texts.

use crate::model::{Scheme, Service};
use crate::problem::{Code, Problem, Problems, Spanned};

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
    if !context.registry.known.providers.contains(&id.value) {
        let name = &id.value;
        problems.push(
            Problem::new(
                Code::UnknownProvider,
                id.span,
                format!("事業者 `{name}` の記録がありません"),
                format!("there is no record of the provider `{name}`"),
            )
            .help(
                format!("`content/providers/{name}.toml` を作るか、つづりを確かめてください"),
                format!("make `content/providers/{name}.toml`, or check the spelling"),
            ),
        );
    }
}

fn categories(service: &Service, scheme: &Scheme, problems: &mut Problems) {
    let known: Vec<String> = scheme.categories.iter().map(|category| format!("`{}`", category.id.value)).collect();
    if service.categories.is_empty() && !known.is_empty() {
        problems.push(
            Problem::new(
                Code::CategoryMissing,
                service.span,
                "`categories` に区分がありません",
                "`categories` names no category",
            )
            .help(format!("区分：{}", known.join("、")), format!("categories: {}", known.join(", "))),
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
                .help(format!("区分：{}", known.join("、")), format!("categories: {}", known.join(", "))),
            );
        }
        if service.categories.iter().take(at).any(|earlier| earlier.value == *name) {
            problems.push(Problem::new(
                Code::DuplicateId,
                category.span,
                format!("`{name}` が二度使われています"),
                format!("`{name}` is used twice"),
            ));
        }
    }
}

/// R7, where the scheme says so: 000 §4(3)ア(ア)①.
fn parts_across_categories(service: &Service, scheme: &Scheme, problems: &mut Problems) {
    let applies = scheme.rules.as_ref().is_some_and(|rules| rules.parts_share_category);
    if let [_, second, ..] = service.categories.as_slice()
        && applies
        && !service.parts.is_empty()
    {
        problems.push(Problem::new(
            Code::PartsAcrossCategories,
            second.span,
            "統合したサービスが二つ以上の区分にわたっています",
            "a combined service lies in more than one category",
        ));
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
            .help("同じ日付の `<日付>.toml` を置いてください", "put `<date>.toml` of the same date beside it"),
        );
    }
}
