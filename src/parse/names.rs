//! Names of files and folders that are almost right, as people, systems and editors make them: which name would be right.

use unicode_normalization::UnicodeNormalization;

use crate::table::written_date;

/// What is wrong with a name that no record has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// Something that an editor or a system left.
    LeftOver,
    /// A copy beside the file itself.
    Copy,
    /// A name that the system gave to what is new.
    Unnamed,
    /// Nothing of the kind.
    Other,
}

/// What kind of slip a name is.
pub(super) fn slip(name: &str) -> Slip {
    let plain: String = name.nfkc().flat_map(char::to_lowercase).collect();
    if crate::source::is_left_over(name.as_ref()) {
        Slip::LeftOver
    } else if ["新しい", "新規", "new folder", "new text", "untitled", "名称未設定"].iter().any(|start| plain.starts_with(start))
    {
        Slip::Unnamed
    } else if without_copy(&plain) != plain {
        Slip::Copy
    } else {
        Slip::Other
    }
}

/// Names that may be meant, the likeliest first.
pub(super) fn candidates(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |name: String| {
        if !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
    };
    let plain: String = name.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    let plain = without_copy(&plain);
    let right = with_ending(&plain);
    add(right.clone());
    add(with_date(&right));
    let folders = [
        ("scheme", "schemes"),
        ("provider", "providers"),
        ("service", "services"),
        ("notice", "notices"),
        ("page", "pages"),
        ("disclosure", "disclosures"),
        ("item", "items"),
        ("news", "notices"),
        ("開示", "disclosures"),
        ("開示内容", "disclosures"),
    ];
    folders.iter().filter(|(wrong, _)| *wrong == right).for_each(|(_, folder)| add((*folder).to_owned()));
    for known in [
        "registry.toml",
        "scheme.toml",
        "service.toml",
        "mark.svg",
        "mark-mono.svg",
        "mark.otf",
        "disclosures",
        "services",
        "schemes",
        "providers",
        "notices",
        "pages",
        "items",
    ] {
        if crate::problem::near(&right, [known]).is_some() {
            add(known.to_owned());
        }
    }
    let (stem, ending) = right.split_once('.').map_or((right.as_str(), String::new()), |(stem, end)| (stem, format!(".{end}")));
    add(format!("{}{ending}", stem.replace('_', "-")));
    add(right.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned());
    found
}

/// Without what systems put behind the name of a copy.
fn without_copy(name: &str) -> String {
    let mut name = name.to_owned();
    for mark in [" - コピー", "-コピー", "のコピー", "コピー～", "コピー~", "コピー", " - copy", "-copy", " copy", "copy of "]
    {
        name = name.replace(mark, "");
    }
    while let Some((start, end)) = name.find('(').and_then(|start| Some((start, start + name.get(start..)?.find(')')?))) {
        let number = name.get(start + 1..end).unwrap_or_default();
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        name.replace_range(start..=end, "");
    }
    let (stem, ending) = name.split_once('.').map_or((name.as_str(), None), |(stem, ending)| (stem, Some(ending)));
    let stem = stem.trim();
    ending.map_or_else(|| stem.to_owned(), |ending| format!("{stem}.{ending}"))
}

/// With the ending that records have.
fn with_ending(name: &str) -> String {
    for right in [".toml", ".md", ".svg", ".otf"] {
        let stem = name.split_once(right).filter(|(_, more)| [".txt", ".toml", ".md", ".bak", ".old", "_old"].contains(more));
        if let Some((stem, _)) = stem {
            return format!("{stem}{right}");
        }
    }
    for (wrong, right) in [(".tml", ".toml"), (".tom", ".toml"), (".tomel", ".toml"), (".markdown", ".md"), (".mdown", ".md")] {
        if let Some(stem) = name.strip_suffix(wrong) {
            return format!("{stem}{right}");
        }
    }
    name.to_owned()
}

/// With the date at its beginning as records write it, and a sealed file's ending.
fn with_date(name: &str) -> String {
    let Some(stem) = name.strip_suffix(".toml") else { return name.to_owned() };
    let sealed = stem.split_once("withh").or_else(|| stem.split_once("sealed"));
    let written = sealed.map_or(stem, |(date, _)| date).trim_matches(['.', '-', '_']);
    match written_date(&written.replace('_', "-")) {
        Some(date) if sealed.is_some() => format!("{date}.withheld.toml"),
        Some(date) => format!("{date}.toml"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_systems_and_people_make_lead_to_the_right_one() {
        for (written, right) in [
            ("service.toml.txt", "service.toml"),
            ("service.TOML", "service.toml"),
            ("Service.toml", "service.toml"),
            ("service (1).toml", "service.toml"),
            ("service - コピー.toml", "service.toml"),
            ("ｓｅｒｖｉｃｅ．ｔｏｍｌ", "service.toml"),
            ("disclosure", "disclosures"),
            ("2025-1-20.toml", "2025-01-20.toml"),
            ("2025_01_20.toml", "2025-01-20.toml"),
            ("20250120.toml", "2025-01-20.toml"),
            ("2025-01-20.withhold.toml", "2025-01-20.withheld.toml"),
            ("2025-01-20.withheld.toml.txt", "2025-01-20.withheld.toml"),
            ("０００１-１２１２", "0001-1212"),
            ("IP0001-1212", "0001-1212"),
            ("spring_cloud.toml", "spring-cloud.toml"),
        ] {
            assert!(candidates(written).iter().any(|name| name == right), "{written}: {:?}", candidates(written));
        }
    }

    #[test]
    fn what_editors_and_systems_leave_is_told_from_what_people_name() {
        assert_eq!(slip("service.toml~"), Slip::LeftOver);
        assert_eq!(slip("新しいテキスト ドキュメント.txt"), Slip::Unnamed);
        assert_eq!(slip("service - コピー.toml"), Slip::Copy);
        assert_eq!(slip("memo.txt"), Slip::Other);
    }
}
