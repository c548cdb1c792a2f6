//! `items/<edition>.toml`: the disclosure items of one edition of a guideline.

use std::collections::HashMap;

use crate::problem::{ItemName, Span, Spanned, Words};

/// One edition of a scheme's catalogue.
#[derive(Debug)]
pub struct Edition {
    /// Its date, the name of its file: a day, or a month where the source tells no day.
    pub date: String,
    /// Its record.
    pub place: Span,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// Section ids to their index; only looked up, never walked.
    pub index: HashMap<String, usize>,
}

/// A section of a catalogue.
#[derive(Debug)]
pub struct Section {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub name: Spanned<String>,
    /// Its name in English.
    pub name_en: Option<Spanned<String>>,
    /// Whether it is about the provider or the service (R19).
    pub part: Part,
    /// What it is written once for each of, such as データセンター (R20).
    pub repeats: Option<Spanned<String>>,
    /// The items in order.
    pub items: Vec<Item>,
    /// Item ids to their index; only looked up, never walked.
    pub index: HashMap<String, usize>,
}

/// Which part of the disclosure a section belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// 事業者の安全・信頼性に関する情報開示項目.
    Provider,
    /// サービスの安全・信頼性に関する情報開示項目.
    Service,
}

/// One disclosure item.
#[derive(Debug)]
pub struct Item {
    /// Its id within the section, kept for life.
    pub id: Spanned<String>,
    /// Its full names in earlier editions.
    pub was: Vec<Spanned<String>>,
    /// 中項目.
    pub group: Spanned<String>,
    /// 中項目 in English.
    pub group_en: Option<Spanned<String>>,
    /// Its name.
    pub name: Spanned<String>,
    /// Its name in English.
    pub name_en: Option<Spanned<String>>,
    /// 必須 or 選択.
    pub kind: ItemKind,
    /// Whether it is one of the 一定の要件を考慮すべき項目.
    pub criterion: bool,
    /// A closed set of answers that readers may filter by.
    pub facet: Vec<Spanned<String>>,
    /// What has to be written: for applicants.
    pub guidance: Spanned<String>,
    /// What the item tells a reader without deep knowledge, and why it matters (R135).
    pub explains: Option<Spanned<String>>,
    /// The same in English.
    pub explains_en: Option<Spanned<String>>,
    /// Whether it is one of the few in the summary at the head of a service's page.
    pub summary: bool,
    /// What the program knows the item as.
    pub role: Option<Spanned<Role>>,
}

/// An item that the program has to know, each at most once a catalogue. What it says identifies the certification or its
/// disclosure and cannot be withheld (R21, R147).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The provider's own date of the disclosure.
    DisclosedDate,
    /// The name of the provider.
    ProviderName,
    /// The name of the service.
    ServiceName,
}

impl Role {
    /// The word of the record for it.
    pub fn name(self) -> &'static str {
        match self {
            Role::DisclosedDate => "disclosed-date",
            Role::ProviderName => "provider-name",
            Role::ServiceName => "service-name",
        }
    }
}

/// Whether an item has to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// 必須開示項目.
    Mandatory,
    /// 選択開示項目.
    Optional,
}

impl Edition {
    /// More items than these would be no summary.
    pub const MOST_IN_SUMMARY: usize = 8;

    /// The item of a role, by the indices of its section and of itself.
    pub fn with_role(&self, role: Role) -> Option<(usize, usize)> {
        let is = |item: &Item| item.role.as_ref().is_some_and(|known| known.value == role);
        let in_section = |(at, section): (usize, &Section)| Some((at, section.items.iter().position(is)?));
        self.sections.iter().enumerate().find_map(in_section)
    }

    /// The section of this id.
    pub fn section(&self, id: &str) -> Option<(usize, &Section)> {
        let at = *self.index.get(id)?;
        Some((at, self.sections.get(at)?))
    }
}

impl Section {
    /// The item of this id.
    pub fn item(&self, id: &str) -> Option<(usize, &Item)> {
        let at = *self.index.get(id)?;
        Some((at, self.items.get(at)?))
    }

    /// The full name of one of its items: `housing.building-type`.
    pub fn full_name(&self, item: &Item) -> String {
        format!("{}.{}", self.id.value, item.id.value)
    }

    /// One of its items as messages name it.
    pub fn item_name(&self, item: &Item) -> ItemName {
        let en = item.name_en.as_ref().unwrap_or(&item.name);
        ItemName { full: self.full_name(item), name: Words::new(item.name.value.clone(), en.value.clone()) }
    }
}
