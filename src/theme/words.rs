//! The fixed words of the pages: `strings/<lang>.toml`, every key in every language.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow, bail};
use tera::{Map, Value};
use toml::de::{DeTable, DeValue};

use crate::route::Lang;

/// The words of one language.
pub(super) struct Words {
    /// As templates see them.
    pub(super) value: Value,
    /// By path: `standing.valid`.
    pub(super) by_path: BTreeMap<String, String>,
}

/// Reads the words of every language.
pub(super) fn read(files: &BTreeMap<String, String>) -> Result<BTreeMap<Lang, Words>> {
    let mut words = BTreeMap::new();
    for lang in Lang::ALL {
        let name = format!("{}.toml", lang.tag());
        let text = files.get(&name).ok_or_else(|| anyhow!("themes: strings/{name} is missing"))?;
        let table = DeTable::parse(text).map_err(|error| anyhow!("themes: strings/{name}: {error}"))?.into_inner();
        let mut by_path = BTreeMap::new();
        let value = table_value(&name, "", table, &mut by_path)?;
        words.insert(lang, Words { value, by_path });
    }
    same_keys(&words)?;
    Ok(words)
}

fn same_keys(words: &BTreeMap<Lang, Words>) -> Result<()> {
    let all: BTreeSet<&String> = words.values().flat_map(|words| words.by_path.keys()).collect();
    let missing: Vec<String> = words
        .iter()
        .flat_map(|(lang, own)| {
            let missing = all.iter().filter(|key| !own.by_path.contains_key(**key));
            missing.map(|key| format!("strings/{}.toml: {key}", lang.tag()))
        })
        .collect();
    if !missing.is_empty() {
        bail!("themes: words that not every language has:\n  {}", missing.join("\n  "));
    }
    Ok(())
}

fn table_value(file: &str, at: &str, table: DeTable<'_>, words: &mut BTreeMap<String, String>) -> Result<Value> {
    let mut map = Map::default();
    for (key, value) in table {
        let name = key.into_inner().into_owned();
        let path = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
        let value = match value.into_inner() {
            DeValue::String(text) => {
                words.insert(path, text.clone().into_owned());
                Value::from(text.into_owned())
            }
            DeValue::Table(table) => table_value(file, &path, table, words)?,
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) => {
                bail!("themes: strings/{file}: `{path}` is no text")
            }
        };
        map.insert(name.into(), value);
    }
    Ok(Value::from(map))
}
