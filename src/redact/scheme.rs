//! The public part of a scheme, and what its services need of it.

use std::sync::Arc;

use crate::model::{Edition, Item, ItemKind, Part, Scheme, Section};
use crate::view;

use super::disclosure::Lineage;
use super::{SchemeContext, value};

/// Splits a scheme into its view and the context of its services.
pub(super) fn redact(scheme: Scheme, index: usize) -> Option<(view::Scheme, SchemeContext)> {
    let context = SchemeContext {
        index,
        rules: scheme.rules?,
        number: scheme.number?,
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
    });
    let grounds = scheme.grounds.into_iter().map(|ground| view::Ground { id: ground.id.value, text: ground.text.value });
    let view = view::Scheme {
        id: scheme.id,
        name: scheme.name.value,
        short_name: scheme.short_name.value,
        name_en: scheme.name_en.value,
        list_title: scheme.list_title.value,
        meaning: scheme.meaning.value,
        link_url: scheme.link_url.value,
        categories: categories.collect(),
        grounds: grounds.collect(),
        guideline: view::Guideline { name: scheme.guideline.name.value, published: scheme.guideline.published.value },
        editions: scheme.editions.into_iter().map(edition).collect(),
        artwork: Arc::new(scheme.artwork?),
        artwork_mono: Arc::new(scheme.artwork_mono?),
        font: scheme.font.map(Arc::new),
    };
    Some((view, context))
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
        group: item.group.value,
        name: item.name.value,
        name_en: value(item.name_en),
        kind: match item.kind {
            ItemKind::Mandatory => "mandatory",
            ItemKind::Optional => "optional",
        },
        criterion: item.criterion,
        guidance: item.guidance.value,
    }
}
