//! `items/<edition>.toml`: the catalogue of one edition.

use std::collections::{BTreeSet, HashMap};

use anyhow::Result;

use crate::model::{Edition, Item, ItemKind, Part, Role, Section};
use crate::problem::{Code, FileId, Problem, Problems, Spanned};
use crate::source::Sources;
use crate::table::Table;

use super::settings::check_id;
use super::{document, or_blank, unique};

/// What the `role` of an item may be.
const ROLES: [(&str, Role); 3] =
    [("disclosed-date", Role::DisclosedDate), ("provider-name", Role::ProviderName), ("service-name", Role::ServiceName)];

/// Reads one edition; `date` is the name of its file.
pub(super) fn read(sources: &Sources, date: &str, file: FileId, problems: &mut Problems) -> Result<Option<Edition>> {
    document(sources, file, problems, |table, problems| {
        let place = table.place();
        let tables = table.tables("section", problems);
        if tables.is_empty() {
            problems.push(Problem::new(Code::MissingKey, place, "`[[section]]` が一つもありません", "there is no `[[section]]`"));
        }
        let sections: Vec<Section> = tables.into_iter().filter_map(|table| section(table, problems)).collect();
        unique(sections.iter().map(|section| &section.id), problems);
        roles(&sections, problems);
        let index = index(sections.iter().map(|section| &section.id));
        Edition { date: date.to_owned(), place, sections, index }
    })
}

fn section(mut table: Table<'_>, problems: &mut Problems) -> Option<Section> {
    let place = table.place();
    let id = table.text("id", problems).filter(|id| check_id(id, problems) && check_section_id(id, problems));
    let name = table.text("name", problems);
    let name_en = table.text_if("name_en", problems);
    let part = table.choice("part", &[("provider", Part::Provider), ("service", Part::Service)], problems);
    let repeats = table.text_if("repeats", problems);
    let tables = table.tables("item", problems);
    if tables.is_empty() {
        problems.push(Problem::new(
            Code::MissingKey,
            place,
            "`[[section.item]]` が一つもありません",
            "there is no `[[section.item]]`",
        ));
    }
    let items: Vec<Item> = tables.into_iter().filter_map(|table| item(table, problems)).collect();
    table.finish(problems);
    unique(items.iter().map(|item| &item.id), problems);
    let index = index(items.iter().map(|item| &item.id));
    Some(Section {
        id: id?,
        name: or_blank(name, place),
        name_en,
        part: part.map_or(Part::Service, |part| part.value),
        repeats,
        items,
        index,
    })
}

/// `edition` and `sealed` are keys of a disclosure and so cannot be sections of one.
fn check_section_id(id: &Spanned<String>, problems: &mut Problems) -> bool {
    let fits = !matches!(id.value.as_str(), "edition" | "sealed");
    if !fits {
        problems.push(Problem::new(
            Code::IdCollides,
            id.span,
            format!("`{}` は開示内容の文書のキーなので節の識別子にできません", id.value),
            format!("`{}` is a key of a disclosure and cannot be a section", id.value),
        ));
    }
    fits
}

fn item(mut table: Table<'_>, problems: &mut Problems) -> Option<Item> {
    let place = table.place();
    let id = table.text("id", problems).filter(|id| check_id(id, problems) && check_item_id(id, problems));
    let was = table.texts("was", problems);
    let group = table.text("group", problems);
    let name = table.text("name", problems);
    let name_en = table.text_if("name_en", problems);
    let kind = table.choice("kind", &[("mandatory", ItemKind::Mandatory), ("optional", ItemKind::Optional)], problems);
    let criterion = table.truth_if("criterion", problems);
    let facet = table.texts("facet", problems);
    let guidance = table.text("guidance", problems);
    let role = table.choice_if("role", &ROLES, problems);
    table.finish(problems);
    unique(&facet, problems);
    Some(Item {
        id: id?,
        was,
        group: or_blank(group, place),
        name: or_blank(name, place),
        name_en,
        kind: kind.map_or(ItemKind::Optional, |kind| kind.value),
        criterion: criterion.is_some_and(|criterion| criterion.value),
        facet,
        guidance: or_blank(guidance, place),
        role,
    })
}

/// Each role is that of one item of the catalogue.
fn roles(sections: &[Section], problems: &mut Problems) {
    let mut known = BTreeSet::new();
    for role in sections.iter().flat_map(|section| &section.items).filter_map(|item| item.role.as_ref()) {
        if !known.insert(role.value) {
            let name = role.value.name();
            problems.push(
                Problem::new(
                    Code::RoleTwice,
                    role.span,
                    format!("`role = \"{name}\"` の項目が二つあります"),
                    format!("two items have `role = \"{name}\"`"),
                )
                .help(
                    "この版の項目のうち一つだけに残し、ほかからは `role` の行を取り除いてください",
                    "keep it at one item of this edition, and remove the line `role` from the others",
                ),
            );
        }
    }
}

/// `label` names the table of a repeating section and so cannot be an item of one.
fn check_item_id(id: &Spanned<String>, problems: &mut Problems) -> bool {
    let fits = id.value != "label";
    if !fits {
        problems.push(Problem::new(
            Code::IdCollides,
            id.span,
            "`label` は繰り返す節の表の名なので項目の識別子にできません",
            "`label` names the table of a repeating section and cannot be an item",
        ));
    }
    fits
}

/// Where each id stands; the first of two equal ones counts.
fn index<'a>(ids: impl Iterator<Item = &'a Spanned<String>>) -> HashMap<String, usize> {
    let mut index = HashMap::new();
    for (at, id) in ids.enumerate() {
        index.entry(id.value.clone()).or_insert(at);
    }
    index
}
