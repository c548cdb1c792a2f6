//! Names that files of the site may have, wherever it is unpacked: on a disk that tells no case, and under Windows.

/// The longest name of a folder or file that ids become; endings and numbers are added to it.
pub const LONGEST_NAME: usize = 100;

/// The longest address below the base that a record may ask for.
const LONGEST_ADDRESS: usize = 200;

/// Whether Windows takes a name for a device, with or without an ending: `con`, `aux.html`, `COM1`.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let is_port = |port: &str| {
        let number = stem.strip_prefix(port).unwrap_or_default();
        matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || is_port("com") || is_port("lpt")
}

/// Whether a file or folder of this name can be published and unpacked everywhere: made of letters, digits and `.`, `_`, `@`,
/// `-`, no device of Windows, without a `.` at its end, and not too long.
pub fn is_file_name(name: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"._@-".contains(&byte);
    !name.is_empty() && name.len() <= LONGEST_NAME && name.bytes().all(is_sign) && !name.ends_with('.') && !is_device(name)
}

/// Whether a text is the path of an old address: `/nintei/ip/`, or a page `/nintei/ip.html`.
pub fn is_old_address(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('/').filter(|inner| inner.len() <= LONGEST_ADDRESS) else { return false };
    let is_page = |name: &str| {
        let lower = name.to_ascii_lowercase();
        lower.ends_with(".html") || lower.ends_with(".htm")
    };
    let (folders, file) = inner.rsplit_once('/').map_or((None, inner), |(folders, file)| (Some(folders), file));
    let fits = |name: &str| is_file_name(name) && !name.starts_with('.') && !name.contains('@');
    let file_fits = if file.is_empty() { folders.is_some() } else { is_page(file) && fits(file) };
    file_fits && folders.is_none_or(|folders| folders.split('/').all(fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_of_windows_are_no_names() {
        for name in
            ["con", "CON", "aux.html", "nul", "prn.txt", "com1", "COM9.tar.gz", "lpt5", "conin$", "CONOUT$", "nul .x", "com¹"]
        {
            assert!(is_device(name), "{name}");
        }
        for name in ["com", "com0", "com10", "lpt", "console", "auxiliary", "x.con", "con-1", "icon"] {
            assert!(!is_device(name), "{name}");
        }
    }

    #[test]
    fn old_addresses_are_folders_or_pages() {
        for text in ["/nintei/ip-nintei/", "/nintei/ip-nintei.html", "/a.htm", "/Old_Site/v1.2/", "/a.html/"] {
            assert!(is_old_address(text), "{text}");
        }
        let long = format!("/{}/", "a".repeat(101));
        for text in [
            "",
            "/",
            "//",
            "nintei/",
            "/nintei",
            "/a.php",
            "/.well-known/x/",
            "/a//b/",
            "/../",
            "/a./",
            "/con/",
            "/x/aux.html",
            "/.html",
            "/a b/",
            "/様式/",
            "/a%20b/",
            "/a?b/",
            "/a#b/",
            "/a\\b/",
            "/a@b/",
            &long,
        ] {
            assert!(!is_old_address(text), "{text}");
        }
    }
}
