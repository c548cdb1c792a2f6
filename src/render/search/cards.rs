//! What search tells of a service at once, in small files of services that follow each other: number, names with readings
//! and former names, standing. Names are verified against it, and suggestions and results are made from it.

use serde::Serialize;

use crate::view::{FormerName, Service};

/// So many services stand in one file.
pub(super) const CARDS: usize = 32;

/// A service by its names.
#[derive(Serialize)]
pub(super) struct Card<'v> {
    slug: &'v str,
    number: &'v str,
    #[serde(flatten)]
    names: Names<'v>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    parts: &'v [String],
    standing: &'static str,
    provider: Provider<'v>,
}

#[derive(Serialize)]
struct Provider<'v> {
    #[serde(flatten)]
    names: Names<'v>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corporate_number: Option<&'v str>,
}

#[derive(Serialize)]
struct Names<'v> {
    name: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kana: Option<&'v str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    former: Vec<&'v str>,
}

impl<'v> Card<'v> {
    /// The card of a service.
    pub(super) fn of(service: &'v Service) -> Card<'v> {
        let provider = &service.provider;
        Card {
            slug: &service.slug,
            number: &service.number,
            names: Names {
                name: &service.name,
                name_en: service.name_en.as_deref(),
                kana: service.kana.as_deref(),
                former: service.events.iter().filter_map(|event| event.kind.former_name()).collect(),
            },
            parts: &service.parts,
            standing: service.standing.name(),
            provider: Provider {
                names: Names {
                    name: &provider.name,
                    name_en: provider.name_en.as_deref(),
                    kana: provider.kana.as_deref(),
                    former: provider.former_names.iter().map(|FormerName { name, .. }| name.as_str()).collect(),
                },
                corporate_number: provider.corporate_number.as_deref(),
            },
        }
    }

    /// The number of its provider, which is found whole or not at all.
    pub(super) fn corporate_number(&self) -> Option<&'v str> {
        self.provider.corporate_number
    }

    /// Every text of it of which any part can be searched for.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'v str> {
        let provider = &self.provider;
        let own = [self.number].into_iter().chain(self.names.all()).chain(self.parts.iter().map(String::as_str));
        own.chain(provider.names.all())
    }
}

impl<'v> Names<'v> {
    fn all(&self) -> impl Iterator<Item = &'v str> {
        [self.name].into_iter().chain(self.name_en).chain(self.kana).chain(self.former.clone())
    }
}
