//! Which file of the built site answers at an address. Nothing outside of its folder ever does.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// What stands at an address.
pub(super) enum Found {
    /// A file.
    File(PathBuf),
    /// A folder or the site itself, the address of which is another one.
    Elsewhere(String),
    /// Nothing.
    Nothing,
}

/// The names that a path of an address is made of; none where it is no path of a file, such as one with `..` in it.
pub(super) fn names(path: &str) -> Option<Vec<String>> {
    let inner = path.strip_prefix('/')?;
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    if inner.is_empty() {
        // `//` is not the root.
        return (path == "/").then(Vec::new);
    }
    inner.split('/').map(|part| decoded(part).filter(|name| is_name(name))).collect()
}

/// Finds what answers at `path`, which [`names`] has taken apart, in a site that was built into `folder` and begins at
/// `base`.
pub(super) fn find(folder: &Path, base: &str, path: &str, parts: &[String]) -> Found {
    let Some(base_parts) = names(base) else { return Found::Nothing };
    let Some(below) = parts.strip_prefix(base_parts.as_slice()) else {
        return if parts.is_empty() { Found::Elsewhere(base.to_owned()) } else { Found::Nothing };
    };
    let place = folder.join(below.iter().collect::<PathBuf>());
    let ends_open = path.ends_with('/');
    match fs::metadata(&place) {
        Ok(facts) if facts.is_dir() && !ends_open => Found::Elsewhere(format!("{path}/")),
        Ok(facts) if facts.is_dir() => within(folder, place.join("index.html")),
        Ok(facts) if facts.is_file() && !ends_open => within(folder, place),
        Ok(_) | Err(_) => Found::Nothing,
    }
}

/// The bytes of a file.
///
/// # Errors
/// It cannot be read, or was removed by a build just now.
pub(super) fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))
}

/// What a file is, by the ending of its name.
pub(super) fn kind(file: &Path) -> &'static str {
    let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
    match ending.as_ref().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "otf" => "font/otf",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml",
        "ics" => "text/calendar; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

/// Links could lead out of the folder, though no build makes any.
fn within(folder: &Path, file: PathBuf) -> Found {
    match (folder.canonicalize(), file.canonicalize()) {
        (Ok(folder), Ok(real)) if real.starts_with(&folder) && real.is_file() => Found::File(file),
        (_, _) => Found::Nothing,
    }
}

fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\']) && !name.contains(char::is_control)
}

/// A part of an address without its percent signs.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let byte = match (first, after) {
            (b'%', [high, low, behind @ ..]) => {
                rest = behind;
                digit(*high)? << 4 | digit(*low)?
            }
            (b'%', _) => return None,
            (other, _) => *other,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    u8::try_from(char::from(byte).to_digit(16)?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leads_elsewhere_is_no_path() {
        for path in [
            "",
            "x",
            "//",
            "//host/",
            "/a//b",
            "/../a",
            "/a/..",
            "/a/./b",
            "/%2e%2e/a",
            "/%2E./a",
            "/a%2fb",
            "/a%5cb",
            "/a\\b",
            "/a%00b",
            "/a%0ab",
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "/a/..%2f",
        ] {
            assert_eq!(names(path), None, "{path}");
        }
        assert_eq!(names("/").unwrap(), Vec::<String>::new());
        assert_eq!(names("/.well-known/mark%402x.png").unwrap(), [".well-known", "mark@2x.png"]);
        assert_eq!(names("/%E5%85%AC/").unwrap(), ["公"]);
    }

    #[test]
    fn a_site_below_a_path_is_found_there_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("ip")).unwrap();
        fs::write(folder.path().join("ip/index.html"), "").unwrap();
        let found = |path: &str| match find(folder.path(), "/registry/", path, &names(path).unwrap()) {
            Found::File(file) => file.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned(),
            Found::Elsewhere(address) => format!("-> {address}"),
            Found::Nothing => "nothing".to_owned(),
        };
        assert_eq!(found("/registry/ip/"), "ip/index.html");
        assert_eq!(found("/registry/ip/index.html"), "ip/index.html");
        assert_eq!(found("/registry/ip"), "-> /registry/ip/");
        assert_eq!(found("/"), "-> /registry/");
        assert_eq!(found("/registry"), "-> /registry/");
        for path in ["/ip/", "/registry/", "/registry/ip/index.html/", "/registry/ip/absent"] {
            assert_eq!(found(path), "nothing", "{path}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_out_of_the_folder_leads_nowhere() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(other.path().join("index.html"), "").unwrap();
        std::os::unix::fs::symlink(other.path(), folder.path().join("out")).unwrap();
        assert!(matches!(find(folder.path(), "/", "/out/", &names("/out/").unwrap()), Found::Nothing));
    }
}
