//! The look of the site: templates, words, static files. The default theme is embedded in the program; a registry's own
//! `themes/<name>/` overrides it file by file.
//!
//! Templates are compiled and minified here once, before the first page is written. They see what they are handed and
//! nothing else: no function that fetches, no file access.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use include_dir::{Dir, include_dir};
use tera::{Context, Tera};
use walkdir::WalkDir;

mod filters;
mod minify;
mod places;
mod words;

pub use places::fill;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The languages that every word is there in; the first one is that of the site itself.
const LANGUAGES: [&str; 2] = ["ja", "en"];

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    words: BTreeMap<&'static str, tera::Value>,
    statics: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// Renders a template into a buffer.
    ///
    /// # Errors
    /// The template asks for what it was not handed; the message tells where.
    pub fn render(&self, template: &str, context: &Context, out: &mut Vec<u8>) -> Result<()> {
        self.tera.render_to(template, context, out).map_err(|error| brief(&error)).with_context(|| template.to_owned())
    }

    /// The fixed words of a language.
    pub fn words(&self, lang: &str) -> tera::Value {
        self.words.get(lang).cloned().unwrap_or_else(tera::Value::none)
    }

    /// One fixed word of the site's own language, by its path: `standing.valid`.
    ///
    /// # Errors
    /// The theme has no such word.
    pub fn word<'w>(&'w self, path: &'w str) -> Result<&'w str> {
        let words = self.words.get(LANGUAGES[0]).and_then(|words| words.get_from_path(path)).and_then(tera::Value::as_str);
        words.with_context(|| format!("strings/{}.toml has no `{path}`", LANGUAGES[0]))
    }

    /// The static files, by path below `assets/`.
    pub fn statics(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.statics.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

/// The names of the themes that a root brings.
///
/// # Errors
/// The machine cannot list `themes/`.
pub fn names(root: &Path) -> Result<BTreeSet<String>> {
    let folder = root.join("themes");
    let mut names = BTreeSet::new();
    if folder.is_dir() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            if entry.path().is_dir() {
                names.insert(entry.file_name().to_string_lossy().into_owned());
            }
        }
    }
    Ok(names)
}

/// Loads a theme: the default one, with the files of `root/themes/<name>/` in the place of its own.
///
/// # Errors
/// A template does not compile, a word is missing in a language, or the machine cannot read a file.
pub fn load(root: &Path, name: &str) -> Result<Theme> {
    ensure!(!name.contains(['/', '\\']) && !name.starts_with('.'), "`{name}` is no name of a theme");
    let mut files = BTreeMap::new();
    embedded(&DEFAULT, &mut files);
    overriding(&root.join("themes").join(name), &mut files)?;

    let mut templates = Vec::new();
    let mut strings = BTreeMap::new();
    let mut statics = BTreeMap::new();
    for (path, bytes) in files {
        match path.split_once('/') {
            Some(("templates", name)) => templates.push((name.to_owned(), minify::template(&path, text(&path, bytes)?))),
            Some(("strings", name)) => {
                strings.insert(name.to_owned(), text(&path, bytes)?);
            }
            Some(("static", name)) => {
                check_static(name)?;
                statics.insert(name.to_owned(), bytes);
            }
            Some(_) | None => bail!("themes: `{path}` is neither in templates/, strings/ nor static/"),
        }
    }
    Ok(Theme { tera: compile(templates)?, words: words::read(&LANGUAGES, &strings)?, statics })
}

fn compile(templates: Vec<(String, String)>) -> Result<Tera> {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    tera.autoescape_on(vec![".html", ".xml", ".svg"]);
    tera.add_raw_templates(templates).map_err(|error| brief(&error)).context("themes")?;
    Ok(tera)
}

/// Templates are minified to one line; of such a line an error quotes no more than people read.
fn brief(error: &tera::Error) -> anyhow::Error {
    const WIDTH: usize = 160;
    let lines: Vec<String> = error.to_string().lines().map(|line| line.chars().take(WIDTH).collect()).collect();
    anyhow!(lines.join("\n"))
}

fn embedded(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path.replace('\\', "/"), file.contents().to_vec());
        }
    }
    for inner in dir.dirs() {
        embedded(inner, files);
    }
}

fn overriding(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() && !entry.file_name().as_encoded_bytes().starts_with(b".") {
            let path = entry.path().strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            files.insert(path, fs::read(entry.path()).with_context(|| entry.path().display().to_string())?);
        }
    }
    Ok(())
}

fn text(path: &str, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).with_context(|| format!("themes: `{path}` is not UTF-8"))
}

/// A static file's path becomes an address, so it is made of what addresses are made of.
fn check_static(path: &str) -> Result<()> {
    let fits = path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'/'));
    ensure!(fits, "themes: `static/{path}` has a name that is no address");
    Ok(())
}
