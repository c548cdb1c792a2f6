//! The fixed words of the pages: `strings/<lang>.toml`, every key in every language.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow, bail};
use tera::{Map, Value};
use toml::de::{DeTable, DeValue};

/// Reads the words of every language.
pub(super) fn read(languages: &[&'static str], files: &BTreeMap<String, String>) -> Result<BTreeMap<&'static str, Value>> {
    let mut words = BTreeMap::new();
    let mut keys: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for lang in languages {
        let name = format!("{lang}.toml");
        let text = files.get(&name).ok_or_else(|| anyhow!("themes: strings/{name} is missing"))?;
        let table = DeTable::parse(text).map_err(|error| anyhow!("themes: strings/{name}: {error}"))?.into_inner();
        let found = keys.entry(lang).or_default();
        words.insert(*lang, table_value(&name, "", table, found)?);
    }
    same_keys(&keys)?;
    Ok(words)
}

fn same_keys(keys: &BTreeMap<&str, BTreeSet<String>>) -> Result<()> {
    let all: BTreeSet<&String> = keys.values().flatten().collect();
    let missing: Vec<String> = keys
        .iter()
        .flat_map(|(lang, own)| {
            all.iter().filter(|key| !own.contains(**key)).map(move |key| format!("strings/{lang}.toml: {key}"))
        })
        .collect();
    if !missing.is_empty() {
        bail!("themes: words that not every language has:\n  {}", missing.join("\n  "));
    }
    Ok(())
}

fn table_value(file: &str, at: &str, table: DeTable<'_>, keys: &mut BTreeSet<String>) -> Result<Value> {
    let mut map = Map::default();
    for (key, value) in table {
        let name = key.into_inner().into_owned();
        let path = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
        let value = match value.into_inner() {
            DeValue::String(text) => {
                keys.insert(path);
                Value::from(text.into_owned())
            }
            DeValue::Table(table) => table_value(file, &path, table, keys)?,
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) => {
                bail!("themes: strings/{file}: `{path}` is no text")
            }
        };
        map.insert(name.into(), value);
    }
    Ok(Value::from(map))
}
