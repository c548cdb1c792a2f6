//! The shape that lib.rs and design.md draw, held against every file below `src/`: who may use whom, what stands nowhere,
//! how long a file gets. A failure names file and line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Room, the rooms it may use, and of some of them only these names. A room is the first segment of a path below `src/`.
/// `lib` hands everything to everything and so is not listed; `main` and `cli` see the library from outside, as `kohyo::…`.
const MAY_USE: &[(&str, &[Used])] = &[
    ("main", &[("cli", ALL)]),
    ("cli", &[]),
    ("source", &[("problem", &["FileId"])]),
    // What an address or a name in one may be, `route` alone knows.
    ("table", &[("problem", ALL), ("route", &["outside", "BadAddress"])]),
    // Artwork, fonts and pictures are read and tried once, by the rooms that later draw and encode them.
    (
        "parse",
        &[("table", ALL), ("source", ALL), ("model", ALL), ("problem", ALL), ("mark", ALL), ("picture", ALL), ("route", ALL)],
    ),
    // A scheme cites its documents by the rule that a problem rests on; an item tells how messages name it.
    // A withheld text is looked for in public texts as readers would find it there: folded as search folds. Its own type does
    // so, that nobody else gets to see it.
    (
        "model",
        &[
            ("problem", &["Span", "Spanned", "Rule", "ItemName", "Words"]),
            ("mark", ALL),
            ("picture", &["Look"]),
            ("fold", &["fold_into"]),
        ],
    ),
    (
        "check",
        &[("model", ALL), ("judge", ALL), ("problem", ALL), ("route", ALL), ("mark", ALL), ("picture", ALL), ("prose", ALL)],
    ),
    ("judge", &[("model", ALL)]),
    ("redact", &[("model", ALL), ("judge", ALL), ("view", ALL), ("route", ALL), ("problem", &["Spanned"]), ("picture", ALL)]),
    ("view", &[("route", &["Base"]), ("mark", ALL), ("picture", &["Look"])]),
    (
        "render",
        &[
            ("view", ALL),
            ("route", ALL),
            ("theme", ALL),
            ("publish", &["Stage"]),
            ("mark", ALL),
            ("picture", ALL),
            ("fold", ALL),
            ("prose", ALL),
        ],
    ),
    ("theme", &[("view", ALL), ("route", &["Lang", "is_file_name"])]),
    ("report", &[("problem", ALL), ("source", ALL)]),
    // Of the library, what its `build` and `check_open` take and give; of rooms, names that stand in those.
    (
        "serve",
        &[
            ("check_open", ALL),
            ("build", ALL),
            ("offset_minutes", ALL),
            ("Checked", ALL),
            ("Built", ALL),
            ("report", ALL),
            ("problem", &["Severity"]),
            ("redact", &["Days"]),
            ("render", &["Parts", "POLICY"]),
            ("route", &["Base"]),
            ("source", &["Sources", "is_sealed", "is_left_over"]),
            ("theme", &["fill"]),
        ],
    ),
    ("problem", &[]),
    // What libraries do with a file's content is guarded at one place.
    ("guard", &[]),
    ("mark", &[("guard", ALL)]),
    ("picture", &[("guard", ALL)]),
    ("fold", &[]),
    // A text of the body means the same where it is checked and where it is shown, so both read it through this room.
    ("prose", &[]),
    ("route", &[]),
    ("publish", &[]),
];

/// A room that is used, and the names of it.
type Used = (&'static str, &'static [&'static str]);

/// Every name of a room.
const ALL: &[&str] = &[];

/// Where hashed collections stand, and why no order of theirs gets into an output.
const HASHED: &[(&str, &str)] = &[
    ("model/items.rs", "an item is looked up by its id; what is walked is the Vec beside it"),
    ("parse/items.rs", "builds these indexes"),
    ("render/search/index.rs", "lists are sorted by their keys before anything is written"),
    ("model/lineage.rs", "the lineage of items is looked up by name"),
];

/// A target for readers; there is no exception.
const LONGEST_FILE: usize = 400;

/// A file below `src/`, taken apart.
struct Source {
    /// Its path below `src/`, with `/`.
    path: String,
    /// Its text without comments, and with nothing between the quotes of its literals; lines and columns are as written.
    code: String,
    /// Its string literals with their lines.
    literals: Vec<(usize, String)>,
    lines: usize,
}

impl Source {
    /// The first segment of its path.
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path == *place || (place.ends_with('/') && self.path.starts_with(place)))
    }

    /// Where a name stands by itself in the code: `src/path:line`.
    fn places_of(&self, name: &str) -> Vec<String> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let found = self.code.match_indices(name).map(|(at, _)| at).filter(|at| {
            let before = self.code[..*at].chars().next_back();
            let after = self.code[at + name.len()..].chars().next();
            let goes_on =
                name.starts_with(is_part) && before.is_some_and(is_part) || name.ends_with(is_part) && after.is_some_and(is_part);
            !goes_on
        });
        found.map(|at| self.place(at)).collect()
    }

    /// Up to where the program goes: unit tests stand at the end of a file and are no part of it.
    fn end_of_program(&self) -> usize {
        if self.path.contains("/tests/") { 0 } else { self.code.find("mod tests {").unwrap_or(self.code.len()) }
    }

    fn place(&self, at: usize) -> String {
        format!("src/{}:{}", self.path, self.code[..at].matches('\n').count() + 1)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let source = root().join("src");
    let files = WalkDir::new(&source).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let rust: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    assert!(rust.len() > 20, "the program is here");
    rust.iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let (code, literals) = apart(&text);
            let path = path.strip_prefix(&source).unwrap().to_str().unwrap().replace('\\', "/");
            Source { path, code, literals, lines: text.lines().count() }
        })
        .collect()
}

/// Code without comments and literals, and the string literals. Enough Rust for files that rustfmt and rustc accept.
fn apart(text: &str) -> (String, Vec<(usize, String)>) {
    let mut code = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let hashes = rest.strip_prefix('r').map(|rest| rest.len() - rest.trim_start_matches('#').len());
        let is_name = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let (skipped, literal) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), None)
        } else if rest.starts_with("/*") {
            (rest.find("*/").map_or(rest.len(), |at| at + 2), None)
        } else if let Some(hashes) = hashes.filter(|count| !is_name && rest[1 + count..].starts_with('"')) {
            let start = 2 + hashes;
            let end = start + rest[start..].find(&format!("\"{}", "#".repeat(hashes))).unwrap();
            (end + 1 + hashes, Some(&rest[start..end]))
        } else if c == '"' {
            let end = 1 + end_of_string(&rest[1..]);
            (end + 1, Some(&rest[1..end]))
        } else if c == '\'' {
            (length_of_char_literal(rest), None)
        } else {
            (0, None)
        };
        if let Some(literal) = literal {
            literals.push((code.matches('\n').count() + 1, literal.to_owned()));
        }
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            // What was left out keeps its line breaks; a space keeps its neighbours apart.
            code.extend(rest[..skipped].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[skipped..];
        }
    }
    (code, literals)
}

fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.unwrap().0
}

/// None where the quote begins a lifetime.
fn length_of_char_literal(text: &str) -> usize {
    let inner = &text[1..];
    if let Some(escape) = inner.strip_prefix('\\') {
        let from = 1 + escape.chars().next().unwrap().len_utf8();
        return 1 + from + inner[from..].find('\'').unwrap() + 1;
    }
    let first = inner.chars().next().unwrap().len_utf8();
    if inner[first..].starts_with('\'') { 1 + first + 1 } else { 0 }
}

/// Every path that starts at the crate's root: where it stands, the room it names, and what of it.
fn uses(source: &Source) -> Vec<(String, String, Option<String>)> {
    let mut found = Vec::new();
    for (at, _) in source.code.match_indices("crate::") {
        if !source.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            found.extend(paths(&source.code[at + "crate::".len()..]).into_iter().map(|path| (at, path)));
        }
    }
    for (at, rest) in climbing(source) {
        found.extend(paths(rest).into_iter().map(|path| (at, path)));
    }
    found.into_iter().map(|(at, mut path)| (source.place(at), path.remove(0), path.into_iter().next())).collect()
}

/// `super::` chains that end at the crate's root, with what follows them.
fn climbing(source: &Source) -> Vec<(usize, &str)> {
    let own = source.path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').count();
    let own = if source.path == "lib.rs" || source.path == "main.rs" { 0 } else { own };
    let mut found = Vec::new();
    let mut inline = Vec::new();
    let mut statement = 0;
    let mut skip_to = 0;
    for (at, c) in source.code.char_indices() {
        match c {
            '{' => {
                let words: Vec<&str> = source.code[statement..at].split_whitespace().collect();
                inline.push(words.len() >= 2 && words[words.len() - 2] == "mod");
                statement = at + 1;
            }
            '}' => {
                inline.pop();
                statement = at + 1;
            }
            ';' => statement = at + 1,
            's' if at >= skip_to
                && source.code[at..].starts_with("super::")
                && !source.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') =>
            {
                let rest = source.code[at..].trim_start_matches("super::");
                let chain = (source.code.len() - at - rest.len()) / "super::".len();
                skip_to = source.code.len() - rest.len();
                if chain == own + inline.iter().filter(|is_module| **is_module).count() {
                    found.push((at, rest));
                }
            }
            _ => {}
        }
    }
    found
}

/// The paths of a use tree or of a path in an expression, as far as two segments.
fn paths(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start();
    if let Some(group) = text.strip_prefix('{') {
        return parts_of_group(group).into_iter().flat_map(paths).collect();
    }
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '*')).collect();
    if name.is_empty() {
        return Vec::new();
    }
    let Some(rest) = text[name.len()..].strip_prefix("::") else { return vec![vec![name]] };
    let below = paths(rest);
    if below.is_empty() {
        return vec![vec![name]];
    }
    below.into_iter().map(|path| [vec![name.clone()], path].concat()).collect()
}

/// The parts between the commas of a group whose opening brace was taken.
fn parts_of_group(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&text[start..at]);
                return parts;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}

/// Fails with one line for each fault.
fn none_of(faults: Vec<String>, rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n  {}\n", faults.join("\n  "));
}

#[test]
fn each_room_uses_only_the_rooms_that_it_may_use() {
    let mut faults = Vec::new();
    for mut source in sources() {
        source.code.truncate(source.end_of_program());
        let room = source.room();
        if room == "lib" {
            continue;
        }
        let Some((_, may)) = MAY_USE.iter().find(|(name, _)| *name == room) else {
            faults.push(format!("src/{}:1 is a room that this table does not know", source.path));
            continue;
        };
        for (place, used, name) in uses(&source) {
            let rule = may.iter().find(|(other, _)| *other == used);
            let fits =
                rule.is_some_and(|(_, names)| names.is_empty() || name.as_deref().is_some_and(|name| names.contains(&name)));
            if used != room && !fits {
                let name = name.map(|name| format!("::{name}")).unwrap_or_default();
                faults.push(format!("{place}: {room} may not use {used}{name}"));
            }
        }
        if !["main", "cli"].contains(&room) {
            faults.extend(
                source
                    .places_of("kohyo::")
                    .into_iter()
                    .map(|place| format!("{place}: the library does not see itself from outside")),
            );
        }
    }
    none_of(faults, "directions (design.md, \"The rooms\")");
}

#[test]
fn no_scheme_of_the_records_is_named_in_the_program() {
    let folder = root().join("content/schemes");
    let ids: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(ids.len() >= 3, "{ids:?}");
    let names = |literal: &str, id: &str| literal.split('/').any(|part| part == id);
    let mut faults = Vec::new();
    for source in sources() {
        let program = source.code[..source.end_of_program()].lines().count();
        for (line, literal) in source.literals.iter().filter(|(line, _)| *line <= program) {
            let named = ids.iter().find(|id| names(literal, id));
            faults.extend(named.map(|id| format!("src/{}:{line}: \"{literal}\" names the scheme {id}", source.path)));
        }
    }
    none_of(faults, "a scheme's rules are parameters in its own file");
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let long = sources().into_iter().filter(|source| source.lines > LONGEST_FILE);
    let faults = long.map(|source| format!("src/{}:{} lines, {LONGEST_FILE} at most", source.path, source.lines));
    none_of(faults.collect(), "the length of files");
}

/// Fails where one of the names stands in a file outside of the places.
fn only_in(places: &[&str], names: &[&str], rule: &str) {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !source.is_in(places)) {
        for name in names {
            faults.extend(source.places_of(name).into_iter().map(|place| format!("{place}: {name}")));
        }
    }
    none_of(faults, rule);
}

#[test]
fn the_clock_is_read_by_the_program_alone() {
    only_in(&["main.rs", "cli/"], &["SystemTime", "Utc::now", "Local", "UNIX_EPOCH"], "clocks stand in main and cli only");
    // A stopwatch tells no day. The preview limits how long a caller may take.
    only_in(&["main.rs", "cli/", "serve/"], &["Instant"], "stopwatches stand in main, cli and serve only");
}

#[test]
fn nothing_prints_but_through_the_two_functions_of_cli() {
    only_in(&[], &["println!", "eprintln!", "print!", "eprint!", "dbg!"], "printing macros panic where nobody reads");
    only_in(&["cli/"], &["stdout()", "stderr()"], "output is written by cli only");
}

#[test]
fn files_are_read_and_written_in_four_rooms_only() {
    let names = ["std::fs", "fs::", "fs,", "File::open", "File::create", "OpenOptions", "WalkDir::new", "std::net"];
    let rooms = ["source.rs", "theme/", "publish/", "serve/"];
    only_in(&rooms, &names, "input and output stand in source, theme, publish and serve");
    only_in(&["serve/"], &["std::net", "httparse", "notify"], "the network and changes of files are serve's");
}

#[test]
fn hashed_collections_stand_only_where_no_order_of_theirs_can_get_out() {
    let places: Vec<&str> = HASHED.iter().map(|(place, _)| *place).collect();
    only_in(
        &places,
        &["HashMap", "HashSet", "IndexMap", "hash_map", "hash_set", "RandomState"],
        "use BTreeMap, or name file and reason here",
    );
}

#[test]
fn a_withheld_text_is_opened_while_it_is_redacted_and_nowhere_else() {
    only_in(&["redact/"], &["OverOnBothDays::prove", "Withheld::open"], "proofs are made in redact only");
    only_in(&["redact/", "publish/", "source.rs", "theme/"], &[".open("], "texts are opened in redact only");
}

#[test]
fn the_default_theme_loads_with_every_word_in_every_language() {
    let nowhere = tempfile::tempdir().unwrap();
    let theme = kohyo::theme::load(nowhere.path(), "default").map(|theme| theme.statics().count());
    assert!(theme.as_ref().is_ok_and(|statics| *statics > 0), "themes/default: {theme:?}");
}

#[test]
fn these_tests_see_what_they_look_for() {
    let text = "use crate::{a::B, c::{D, E}};\n// crate::not\nlet s = \"crate::no\"; let r = r#\"x\"y\"#; let q = '\"'; fn f<'a>() { super::g::h(); }\nmod tests { use super::*; use super::super::k; }\n";
    let (code, literals) = apart(text);
    let source = Source { path: "room.rs".to_owned(), code, literals, lines: 4 };
    let found: Vec<String> = uses(&source).into_iter().map(|(place, room, name)| format!("{place} {room} {name:?}")).collect();
    assert_eq!(
        found,
        [
            "src/room.rs:1 a Some(\"B\")",
            "src/room.rs:1 c Some(\"D\")",
            "src/room.rs:1 c Some(\"E\")",
            "src/room.rs:3 g Some(\"h\")",
            "src/room.rs:4 k None"
        ]
    );
    assert_eq!(source.literals, [(3, "crate::no".to_owned()), (3, "x\"y".to_owned())]);
}
