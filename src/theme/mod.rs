//! The look of the site: templates, words, static files. The default theme is embedded in the program; a registry's own
//! `themes/<name>/` overrides it file by file.
//!
//! Templates are compiled here once, before the first page is written. They see what they are handed and nothing else: no
//! function that fetches, no file access. Only the built-in theme is minified: of a registry's own files every byte stays as
//! its author meant it, and errors name the line that the author wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use include_dir::{Dir, include_dir};
use tera::{Context, Tera};
use walkdir::{DirEntry, WalkDir};

use crate::route::{Lang, is_file_name};

mod dates;
mod filters;
mod minify;
mod places;
mod words;

pub use places::fill;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A theme, ready to render.
pub struct Theme {
    voices: BTreeMap<Lang, Voice>,
    statics: BTreeMap<String, Vec<u8>>,
    root: BTreeMap<String, Vec<u8>>,
}

/// The templates of a theme as they speak one language.
struct Voice {
    tera: Tera,
    words: words::Words,
}

impl Theme {
    /// Renders a template in a language into a buffer.
    ///
    /// # Errors
    /// The template asks for what it was not handed; the message tells where.
    pub fn render(&self, lang: Lang, template: &str, context: &Context, out: &mut Vec<u8>) -> Result<()> {
        let voice = self.voice(lang)?;
        voice.tera.render_to(template, context, out).map_err(|error| brief(&error)).with_context(|| template.to_owned())
    }

    /// The fixed words of a language.
    ///
    /// # Errors
    /// The theme does not speak it.
    pub fn words(&self, lang: Lang) -> Result<tera::Value> {
        Ok(self.voice(lang)?.words.value.clone())
    }

    /// One fixed word by its path: `standing.valid`.
    ///
    /// # Errors
    /// The theme has no such word.
    pub fn word<'t>(&'t self, lang: Lang, path: &str) -> Result<&'t str> {
        let word = self.voice(lang)?.words.by_path.get(path);
        word.map(String::as_str).with_context(|| format!("strings/{}.toml has no `{path}`", lang.tag()))
    }

    /// A day as the pages of a language write it.
    pub fn date(&self, lang: Lang, day: chrono::NaiveDate) -> String {
        dates::Day::read(&day.to_string()).map_or_else(String::new, |day| dates::plain(day, lang))
    }

    fn voice(&self, lang: Lang) -> Result<&Voice> {
        self.voices.get(&lang).with_context(|| format!("themes: strings/{}.toml is missing", lang.tag()))
    }

    /// The static files, by path below `assets/`.
    pub fn statics(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.statics.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The files for the top of the site, by path below it: what hosts ask for there.
    pub fn root(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.root.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

/// A fixed word as the program's own theme has it, whatever a registry's theme makes of it.
///
/// # Errors
/// There is no such word.
pub fn own_word(lang: Lang, path: &str) -> Result<String> {
    let files = Lang::ALL.map(|lang| format!("{}.toml", lang.tag())).into_iter().filter_map(|name| {
        let text = DEFAULT.get_file(format!("strings/{name}"))?.contents_utf8()?;
        Some((name, text.to_owned()))
    });
    let words = words::read(&files.collect())?;
    let word = words.get(&lang).and_then(|words| words.by_path.get(path));
    word.cloned().with_context(|| format!("the program has no word `{path}`"))
}

/// The themes that a registry may name, each with the paths of its static files: the built-in one, and those of a root.
///
/// # Errors
/// The machine cannot list `themes/`.
pub fn known(root: &Path) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut built_in = BTreeMap::new();
    embedded(&DEFAULT, &mut built_in);
    let built_in: BTreeSet<String> = built_in.keys().filter_map(|path| Some(path.strip_prefix("static/")?.to_owned())).collect();
    let mut known = BTreeMap::from([("default".to_owned(), built_in.clone())]);
    let folder = root.join("themes");
    if folder.is_dir() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            if entry.path().is_dir() {
                let mut statics = built_in.clone();
                statics.extend(static_paths(&entry.path().join("static"))?);
                known.insert(entry.file_name().to_string_lossy().into_owned(), statics);
            }
        }
    }
    Ok(known)
}

/// The paths of the files below a folder, where it is there; names with a dot in front are passed over, as when a theme is
/// loaded.
fn static_paths(folder: &Path) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    if !folder.is_dir() {
        return Ok(paths);
    }
    let is_kept = |entry: &DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(folder).min_depth(1).into_iter().filter_entry(is_kept) {
        let entry = entry?;
        if entry.file_type().is_file() {
            paths.push(entry.path().strip_prefix(folder)?.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(paths)
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
    let (mut statics, mut root_files) = (BTreeMap::new(), BTreeMap::new());
    for (path, File { bytes, own }) in files {
        match path.split_once('/') {
            Some(("templates", name)) => {
                let text = text(&path, bytes)?;
                templates.push((name.to_owned(), if own { text } else { minify::template(&path, text) }));
            }
            Some(("strings", name)) => {
                strings.insert(name.to_owned(), text(&path, bytes)?);
            }
            Some(("static", name)) => {
                let bytes = if is_text(name) { text(&path, bytes)?.into_bytes() } else { bytes };
                statics.insert(name.to_owned(), if own { bytes } else { minify::asset(name, bytes) });
            }
            Some(("root", name)) => {
                root_files.insert(name.to_owned(), bytes);
            }
            Some(_) | None => bail!("themes: `{path}` is neither in templates/, strings/, static/ nor root/"),
        }
    }
    check_names("static", statics.keys())?;
    let made = statics.keys().find(|name| name.as_str() == "day.css" || name.starts_with("search/"));
    ensure!(made.is_none(), "themes: `static/{}` is a file that the program itself makes", made.map_or("", String::as_str));
    check_names("root", root_files.keys())?;
    let mut voices = BTreeMap::new();
    for (lang, words) in words::read(&strings)? {
        voices.insert(lang, Voice { tera: compile(lang, templates.clone())?, words });
    }
    Ok(Theme { voices, statics, root: root_files })
}

fn compile(lang: Lang, templates: Vec<(String, String)>) -> Result<Tera> {
    let mut tera = Tera::new();
    filters::register(&mut tera, lang);
    tera.autoescape_on(vec![".html", ".xml", ".svg"]);
    tera.add_raw_templates(templates).map_err(|error| brief(&error)).context("themes")?;
    Ok(tera)
}

/// The built-in templates are minified to one line; of such a line an error quotes no more than people read.
fn brief(error: &tera::Error) -> anyhow::Error {
    const WIDTH: usize = 160;
    let lines: Vec<String> = error.to_string().lines().map(|line| line.chars().take(WIDTH).collect()).collect();
    anyhow!(lines.join("\n"))
}

/// A file of a theme.
struct File {
    bytes: Vec<u8>,
    /// Whether the registry brings it; otherwise it is the built-in theme's.
    own: bool,
}

fn embedded(dir: &Dir<'_>, files: &mut BTreeMap<String, File>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path.replace('\\', "/"), File { bytes: file.contents().to_vec(), own: false });
        }
    }
    for inner in dir.dirs() {
        embedded(inner, files);
    }
}

fn overriding(folder: &Path, files: &mut BTreeMap<String, File>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let below = |path: &Path| path.strip_prefix(folder).map(|path| path.to_string_lossy().replace('\\', "/"));
    let is_kept = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let at_the_top = below(entry.path()).is_ok_and(|path| path.starts_with("root/"));
        !(if at_the_top { is_left_over(&name) } else { name.starts_with('.') })
    };
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().filter_entry(is_kept) {
        let entry = entry?;
        let path = below(entry.path())?;
        // A pipe or a link is none of the theme's own files, and may have no end.
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path()).with_context(|| entry.path().display().to_string())?;
            // A copy of a built-in file is that file, whatever a checkout made of its line breaks.
            let is_copy = files.get(&path).is_some_and(|built_in| is_same(&built_in.bytes, &bytes));
            files.insert(path, File { bytes, own: !is_copy });
        }
    }
    Ok(())
}

/// A file's text; the same bytes come out of every checkout.
fn text(path: &str, bytes: Vec<u8>) -> Result<String> {
    let text = String::from_utf8(bytes).with_context(|| format!("themes: `{path}` is not UTF-8"))?;
    Ok(plain(&text))
}

fn is_same(built_in: &[u8], own: &[u8]) -> bool {
    let (built_in, own) = (std::str::from_utf8(built_in).map(plain), std::str::from_utf8(own).map(plain));
    built_in.is_ok() && built_in == own
}

/// A text without the byte order mark that some editors write, its line breaks LF.
fn plain(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

/// Whether a static file is a text by the ending of its name.
fn is_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending
        .is_some_and(|ending| ["css", "html", "js", "json", "mjs", "svg", "txt", "webmanifest", "xml"].contains(&ending.as_str()))
}

/// Hosts ask for files that begin with a dot, so of these only what systems, editors and Git leave behind is passed over.
fn is_left_over(name: &str) -> bool {
    let starts = ["._", ".#", ".git", ".DS_Store", "#"];
    let is_swap = name.starts_with('.') && [".swp", ".swo", ".swx"].iter().any(|ending| name.ends_with(ending));
    starts.iter().any(|start| name.starts_with(start))
        || name.ends_with('~')
        || is_swap
        || matches!(name, "Thumbs.db" | "desktop.ini")
}

/// A file's path becomes an address, so it is made of what addresses are made of, and differs from others in more than case.
fn check_names<'n>(folder: &str, paths: impl Iterator<Item = &'n String>) -> Result<()> {
    let mut seen = BTreeMap::new();
    for path in paths {
        ensure!(path.split('/').all(is_file_name), "themes: `{folder}/{path}` has a name that cannot be published as an address");
        if let Some(other) = seen.insert(path.to_ascii_lowercase(), path) {
            bail!("themes: `{folder}/{other}` and `{folder}/{path}` differ in case only");
        }
    }
    Ok(())
}
