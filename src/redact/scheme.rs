//! The public part of a scheme, and what its services need of it.

use std::sync::Arc;

use crate::model::{
    Article, Continuation, Edition, FeeKind, Item, ItemKind, Lineage, NumberForm, Part, Role, Rules, Scheme, Section, Succession,
};
use crate::view;

use super::{SchemeContext, desk, value, values};

/// Splits a scheme into its view and the context of its services.
pub(super) fn redact(scheme: Scheme, index: usize) -> Option<(view::Scheme, SchemeContext)> {
    let (rules, number) = (scheme.rules?, scheme.number?);
    let (public_rules, pattern) = (public_rules(&rules), pattern(&number));
    let context = SchemeContext {
        index,
        rules,
        number,
        lineage: Lineage::of(&scheme.editions),
        editions: scheme
            .editions
            .iter()
            .map(|edition| edition.sections.iter().map(|section| section.items.len()).collect())
            .collect(),
    };
    let categories = scheme.categories.into_iter().map(|category| view::Category {
        id: category.id.value,
        name: category.name.value,
        name_en: category.name_en.value,
        description: category.description.value,
        description_en: value(category.description_en),
        work: value(category.work),
        examples: value(category.examples),
    });
    let grounds = scheme.grounds.into_iter().map(|ground| view::Ground {
        id: ground.id.value,
        text: ground.text.value,
        text_en: value(ground.text_en),
    });
    let mut regulations: Vec<view::Regulation> = scheme
        .regulations
        .into_iter()
        .map(|edition| view::Regulation { name: edition.name.value, from: edition.from.value })
        .collect();
    regulations.sort_by_key(|edition| edition.from);
    let fees = scheme.fees.into_iter().map(|fee| view::Fee { kind: fee_kind(fee.kind), net: fee.net, note: value(fee.note) });
    let taxes = scheme.taxes.into_iter().map(|tax| view::Tax { from: tax.from.value, percent: tax.percent });
    let revisions = scheme.revisions.into_iter().map(|revision| view::Revision {
        on: revision.on.value,
        kind: revision.kind.value,
        text: revision.text.value,
    });
    let view = view::Scheme {
        id: scheme.id,
        name: scheme.name.value,
        short_name: scheme.short_name.value,
        name_en: scheme.name_en.value,
        list_title: scheme.list_title.value,
        meaning: scheme.meaning.value,
        short_name_en: value(scheme.short_name_en),
        list_title_en: value(scheme.list_title_en),
        meaning_en: value(scheme.meaning_en),
        link_url: scheme.link_url.value,
        aliases: scheme.aliases.into_iter().map(|alias| alias.value.trim_start_matches('/').to_owned()).collect(),
        categories: categories.collect(),
        grounds: grounds.collect(),
        number: pattern,
        rules: public_rules,
        regulations,
        criteria: scheme.criteria.map(|criteria| view::Criteria { text: criteria.text.value, url: value(criteria.url) }),
        fees: fees.collect(),
        taxes: taxes.collect(),
        revisions: revisions.collect(),
        desk: scheme.desk.map(desk),
        pages: scheme.pages.into_iter().map(article).collect(),
        guideline: view::Guideline { name: scheme.guideline.name.value, published: scheme.guideline.published.value },
        editions: scheme.editions.into_iter().map(edition).collect(),
        artwork: Arc::new(scheme.artwork?.value),
        artwork_mono: Arc::new(scheme.artwork_mono?.value),
        font: value(scheme.font).map(Arc::new),
    };
    Some((view, context))
}

/// A free page.
pub(super) fn article(article: Article) -> view::Article {
    view::Article { slug: article.slug, title: article.title.value, text: article.text.value }
}

fn pattern(number: &NumberForm) -> view::NumberPattern {
    view::NumberPattern { prefix: number.prefix.clone(), slug: number.slug.clone(), serial_digits: number.serial_digits }
}

fn public_rules(rules: &Rules) -> view::Rules {
    view::Rules {
        validity_years: rules.validity_years,
        renewal_opens_days: rules.renewal_opens_days,
        renewal_closes_days: rules.renewal_closes_days,
        continuation: match rules.continuation {
            Continuation::Automatic => "automatic",
            Continuation::ByDecision => "by-decision",
        },
        mark_while_continuing: rules.mark_while_continuing,
        succession: match rules.succession {
            Succession::EndsEffect => "ends-effect",
            Succession::Review => "review",
        },
        reapply_after_years: rules.reapply_after_years,
    }
}

fn fee_kind(kind: FeeKind) -> &'static str {
    match kind {
        FeeKind::New => "new",
        FeeKind::NewReduced => "new-reduced",
        FeeKind::Renewal => "renewal",
        FeeKind::Reissue => "reissue",
    }
}

fn edition(edition: Edition) -> view::Edition {
    view::Edition { date: edition.date, sections: edition.sections.into_iter().map(section).collect() }
}

fn section(section: Section) -> view::CatalogueSection {
    let id = section.id.value;
    view::CatalogueSection {
        name: section.name.value,
        name_en: value(section.name_en),
        part: match section.part {
            Part::Provider => "provider",
            Part::Service => "service",
        },
        items: section.items.into_iter().map(|item| self::item(&id, item)).collect(),
        id,
    }
}

fn item(section: &str, item: Item) -> view::CatalogueItem {
    view::CatalogueItem {
        id: format!("{section}.{}", item.id.value),
        was: values(item.was),
        group: item.group.value,
        group_en: value(item.group_en),
        name: item.name.value,
        name_en: value(item.name_en),
        kind: match item.kind {
            ItemKind::Mandatory => "mandatory",
            ItemKind::Optional => "optional",
        },
        criterion: item.criterion,
        facet: values(item.facet),
        guidance: item.guidance.value,
        explains: value(item.explains),
        explains_en: value(item.explains_en),
        tells_date: item.role.is_some_and(|role| role.value == Role::DisclosedDate),
    }
}
