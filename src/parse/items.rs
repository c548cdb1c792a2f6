//! `items/<edition>.toml`: the catalogue of one edition.

use std::collections::{BTreeSet, HashMap};

use anyhow::Result;

use crate::model::{Edition, Item, ItemKind, Part, Role, Section};
use crate::problem::{Code, FileId, Problem, Problems, Spanned};
use crate::source::Sources;
use crate::table::Table;

use super::settings::check_id;
use super::{document, is_id, or_blank, unique};

/// What the `role` of an item may be.
const ROLES: [(&str, Role); 3] =
    [("disclosed-date", Role::DisclosedDate), ("provider-name", Role::ProviderName), ("service-name", Role::ServiceName)];

/// Reads one edition; `date` is the name of its file.
pub(super) fn read(sources: &Sources, date: &str, file: FileId, problems: &mut Problems) -> Result<Option<Edition>> {
    document(sources, file, problems, |table, problems| {
        let place = table.place();
        let tables = table.tables("section", problems);
        if tables.is_empty() {
            problems.push(
                Problem::new(Code::MissingKey, place, "節（`[[section]]`）が一つもありません", "there is no `[[section]]`").help(
                    "`[[section]]` の行の下に `id`、`name`、`part` を、その下に `[[section.item]]` を書いてください",
                    "below a line `[[section]]` write `id`, `name` and `part`, and below them `[[section.item]]`",
                ),
            );
        }
        let sections: Vec<Section> = tables.into_iter().filter_map(|table| section(table, problems)).collect();
        unique(sections.iter().map(|section| &section.id), problems);
        short_summary(&sections, problems);
        roles(&sections, problems);
        let index = index(sections.iter().map(|section| &section.id));
        Edition { date: date.to_owned(), place, sections, index }
    })
}

fn section(mut table: Table<'_>, problems: &mut Problems) -> Option<Section> {
    let place = table.place();
    let id = table.text("id", problems).filter(|id| check_id(id, problems) && check_section_id(id, problems));
    let name = table.name("name", problems);
    let name_en = table.name_if("name_en", problems);
    let part = table.choice("part", &[("provider", Part::Provider), ("service", Part::Service)], problems);
    let repeats = table.name_if("repeats", problems);
    let tables = table.tables("item", problems);
    if tables.is_empty() {
        problems.push(
            Problem::new(
                Code::MissingKey,
                place,
                "この節に項目（`[[section.item]]`）が一つもありません",
                "there is no `[[section.item]]`",
            )
            .help(
                "`[[section.item]]` の行の下に `id`、`group`、`name`、`kind`、`guidance` を書いてください。要らない節であれば、取り除いてください",
                "below a line `[[section.item]]` write `id`, `group`, `name`, `kind` and `guidance`; or take the section away",
            ),
        );
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

/// The head of a service's page has room for a few items; the first one too many is told.
fn short_summary(sections: &[Section], problems: &mut Problems) {
    let most = Edition::MOST_IN_SUMMARY;
    let marked = || sections.iter().flat_map(|section| &section.items).filter(|item| item.summary);
    if let Some(beyond) = marked().nth(most) {
        let count = marked().count();
        problems.push(
            Problem::new(
                Code::BadValue,
                beyond.id.span,
                format!("要約に載せる項目（`summary = true`）は一つの版に {most} 件までですが、{count} 件あります"),
                format!("an edition has {most} items with `summary = true` at most, and here are {count}"),
            )
            .help(
                format!("「{}」など、{} 件から `summary = true` を取り除いてください", beyond.name.value, count - most),
                format!("take `summary = true` from {} of them, such as `{}`", count - most, beyond.name.value),
            ),
        );
    }
}

/// `edition` and `sealed` are keys of a disclosure and so cannot be sections of one.
fn check_section_id(id: &Spanned<String>, problems: &mut Problems) -> bool {
    let fits = !matches!(id.value.as_str(), "edition" | "sealed");
    if !fits {
        problems.push(
            Problem::new(
                Code::IdCollides,
                id.span,
                format!("`{}` は開示内容の文書のほかの欄の名前なので、節の識別子にできません", id.value),
                format!("`{}` is a key of a disclosure and cannot be a section", id.value),
            )
            .without_rule()
            .help("別の識別子にしてください", "choose another id"),
        );
    }
    fits
}

fn item(mut table: Table<'_>, problems: &mut Problems) -> Option<Item> {
    let place = table.place();
    let id = table.text("id", problems).filter(|id| check_id(id, problems) && check_item_id(id, problems));
    let was = table.texts("was", problems).into_iter().filter(|was| check_full_name(was, problems)).collect();
    let group = table.name("group", problems);
    let group_en = table.name_if("group_en", problems);
    let name = table.name("name", problems);
    let name_en = table.name_if("name_en", problems);
    let kind = table.choice("kind", &[("mandatory", ItemKind::Mandatory), ("optional", ItemKind::Optional)], problems);
    let criterion = table.truth_if("criterion", problems);
    let facet = table.names("facet", problems);
    let guidance = table.text("guidance", problems);
    let explains = table.text_if("explains", problems);
    let explains_en = table.text_if("explains_en", problems);
    let summary = table.truth_if("summary", problems);
    let role = table.choice_if("role", &ROLES, problems);
    table.finish(problems);
    unique(&facet, problems);
    Some(Item {
        id: id?,
        was,
        group: or_blank(group, place),
        group_en,
        name: or_blank(name, place),
        name_en,
        kind: kind.map_or(ItemKind::Optional, |kind| kind.value),
        criterion: criterion.is_some_and(|criterion| criterion.value),
        facet,
        guidance: or_blank(guidance, place),
        explains,
        explains_en,
        summary: summary.is_some_and(|summary| summary.value),
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
        problems.push(
            Problem::new(
                Code::IdCollides,
                id.span,
                "`label` は繰り返す節の一つ一つの名前を書く欄なので、項目の識別子にできません",
                "`label` names the table of a repeating section and cannot be an item",
            )
            .without_rule()
            .help("別の識別子にしてください", "choose another id"),
        );
    }
    fits
}

/// A full name of an earlier edition is a section's id and an item's: its old address leads on for ever.
fn check_full_name(name: &Spanned<String>, problems: &mut Problems) -> bool {
    let fits = name.value.split_once('.').is_some_and(|(section, item)| is_id(section) && is_id(item));
    if !fits {
        problems.push(
            Problem::new(
                Code::IdForm,
                name.span,
                format!("`{}` は項目の以前の識別子ではありません", name.value),
                format!("`{}` is no earlier full name of an item", name.value),
            )
            .help(
                "以前の版の節と項目の識別子を、`housing.building` のように点でつないで書いてください。名称は書きません",
                "write the ids of section and item in the earlier edition, as in `housing.building`; not their names",
            ),
        );
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
