//! Which file of the content folder is which record. What belongs to no record is an error, so that nothing lies there
//! unread: a misnamed withheld file must not go unnoticed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::problem::{Code, FileId, Problem, Problems, Span};
use crate::route::{LONGEST_NAME, is_device};
use crate::source::{Kind, Sources};

use super::slips::Slips;
use super::{help_of_id, is_id};

/// The files of every record.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub registry: Option<FileId>,
    pub schemes: BTreeMap<String, SchemeFiles>,
    pub providers: BTreeMap<String, FileId>,
    pub services: Vec<ServiceFiles>,
    pub notices: Vec<(NaiveDate, String, FileId)>,
    pub pages: Vec<(String, FileId)>,
    /// Pictures, by file name.
    pub pictures: Vec<(String, FileId)>,
}

/// The files of one scheme.
#[derive(Debug, Default)]
pub(super) struct SchemeFiles {
    pub record: Option<FileId>,
    pub editions: BTreeMap<String, FileId>,
    pub mark: Option<FileId>,
    pub mark_mono: Option<FileId>,
    pub font: Option<FileId>,
    pub pages: Vec<(String, FileId)>,
}

/// The files of one service.
#[derive(Debug, Default)]
pub(super) struct ServiceFiles {
    pub scheme: String,
    pub folder: String,
    pub record: Option<FileId>,
    pub disclosures: BTreeMap<NaiveDate, DisclosureFiles>,
}

/// A disclosure and its sealed twin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DisclosureFiles {
    pub open: Option<FileId>,
    pub sealed: Option<FileId>,
}

impl ServiceFiles {
    /// `scheme/serial-yymm`.
    pub(super) fn place(&self) -> String {
        format!("{}/{}", self.scheme, self.folder)
    }
}

/// Sorts the listed files into records.
pub(super) fn read(sources: &mut Sources, problems: &mut Problems) -> Layout {
    let mut layout = Layout::default();
    let mut services = BTreeMap::new();
    let mut slips = Slips::default();
    for (file, entry) in sources.entries() {
        if slips.is_inside(&entry.path) {
            continue;
        }
        let parts: Vec<&str> = entry.path.split('/').skip(1).collect();
        let mark = problems.mark();
        match entry.kind {
            Kind::LinkOut => problems.push(link(file)),
            Kind::Special => problems.push(special(file)),
            Kind::Folder => folder(&parts, file, &mut layout, &mut services, problems),
            Kind::File(_) => record(&parts, file, &mut layout, &mut services, problems),
            Kind::Absent => {}
        }
        if problems.mark() > mark && matches!(entry.kind, Kind::Folder | Kind::File(_)) {
            slips.explain(sources, &entry.path, entry.kind, problems);
        }
    }
    layout.services = services.into_values().collect();
    report_missing(&mut layout, sources, &slips, problems);
    layout
}

fn link(file: FileId) -> Problem {
    Problem::new(
        Code::LinkLeadsOut,
        Span::start_of(file),
        "content/ の外か、フォルダーか、無いものを指すリンクです",
        "this link leads out of content/, to a folder, or to nothing",
    )
    .help("ファイルそのものを置いてください", "put the file itself here")
}

fn special(file: FileId) -> Problem {
    Problem::new(
        Code::StrayFile,
        Span::start_of(file),
        "ファイルではなく、装置や通信路です",
        "this is no file but a device, a pipe or a socket",
    )
    .help("取り除いてください", "remove it")
}

/// Whether a path would be taken for a record or one of its folders.
pub(super) fn is_record(path: &str, kind: Kind) -> bool {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let (mut layout, mut services, mut problems) = (Layout::default(), BTreeMap::new(), Problems::default());
    let file = FileId(0);
    if kind == Kind::Folder {
        folder(&parts, file, &mut layout, &mut services, &mut problems);
    } else {
        record(&parts, file, &mut layout, &mut services, &mut problems);
    }
    problems.is_empty()
}

type Services = BTreeMap<(String, String), ServiceFiles>;

fn folder(parts: &[&str], file: FileId, layout: &mut Layout, services: &mut Services, problems: &mut Problems) {
    match parts {
        ["schemes" | "providers" | "services" | "notices" | "pages" | "pictures"]
        | ["schemes", _, "items"]
        | ["services", _, _, "disclosures"] => {}
        ["schemes", id] => {
            if named(id, is_id(id), file, problems) {
                layout.schemes.entry((*id).to_owned()).or_default();
            }
        }
        ["services", scheme] => {
            named(scheme, is_id(scheme), file, problems);
        }
        ["services", scheme, folder] => {
            if named(folder, is_service_folder(folder), file, problems) {
                service(scheme, folder, services);
            }
        }
        _ => stray(file, problems),
    }
}

fn record(parts: &[&str], file: FileId, layout: &mut Layout, services: &mut Services, problems: &mut Problems) {
    match parts {
        ["registry.toml"] => layout.registry = Some(file),
        ["schemes", scheme, rest @ ..] if is_id(scheme) => {
            scheme_file(rest, file, layout.schemes.entry((*scheme).to_owned()).or_default(), problems);
        }
        ["providers", name] => {
            if let Some(id) = stem(name, ".toml", file, problems)
                && named(id, is_id(id), file, problems)
            {
                layout.providers.insert(id.to_owned(), file);
            }
        }
        ["services", scheme, folder, rest @ ..] if is_service_folder(folder) => {
            service_file(rest, file, service(scheme, folder, services), problems);
        }
        ["notices", name] => {
            if let Some(id) = stem(name, ".md", file, problems) {
                notice(id, file, layout, problems);
            }
        }
        ["pages", name] => {
            if let Some(id) = stem(name, ".md", file, problems)
                && named(id, is_id(id), file, problems)
            {
                layout.pages.push((id.to_owned(), file));
            }
        }
        ["pictures", name] => picture(name, file, layout, problems),
        _ => stray(file, problems),
    }
}

/// A picture is an id and one of the endings; what a camera or a screenshot calls itself is told with the name it should have.
fn picture(name: &str, file: FileId, layout: &mut Layout, problems: &mut Problems) {
    let lower = name.to_ascii_lowercase();
    let (stem, ending) = lower.rsplit_once('.').unwrap_or((&lower, ""));
    if !PICTURE_ENDINGS.contains(&ending) {
        problems.push(
            Problem::new(
                Code::StrayFile,
                Span::start_of(file),
                "画像として掲載できない種類のファイルです",
                "this is no kind of picture that is published",
            )
            .help(
                "png、jpg、jpeg、webp のいずれかで保存し直すか、content/ の外へ移してください",
                "save it as png, jpg, jpeg or webp, or move it out of content/",
            ),
        );
    } else if name != lower || !is_id(stem) {
        let dashed = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect::<String>();
        let id = dashed.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        let id = if id.is_empty() { "figure-1" } else { &id };
        problems.push(
            Problem::new(
                Code::IdForm,
                Span::start_of(file),
                format!("`{name}` という名前は画像に使えません"),
                format!("`{name}` is no name for a picture"),
            )
            .help(
                format!("半角の英小文字、数字、ハイフンと、小文字の拡張子にしてください：`{id}.{ending}`"),
                format!("use a-z, 0-9 and hyphen, and an ending in small letters: `{id}.{ending}`"),
            ),
        );
    } else {
        layout.pictures.push((name.to_owned(), file));
    }
}

/// How the name of a picture may end.
const PICTURE_ENDINGS: &[&str] = &["png", "jpg", "jpeg", "webp"];

fn scheme_file(rest: &[&str], file: FileId, files: &mut SchemeFiles, problems: &mut Problems) {
    match rest {
        ["scheme.toml"] => files.record = Some(file),
        ["mark.svg"] => files.mark = Some(file),
        ["mark-mono.svg"] => files.mark_mono = Some(file),
        ["mark.otf"] => files.font = Some(file),
        ["items", name] => {
            if let Some(date) = stem(name, ".toml", file, problems)
                && named(date, is_edition(date), file, problems)
            {
                files.editions.insert(date.to_owned(), file);
            }
        }
        [name] => {
            if let Some(id) = stem(name, ".md", file, problems)
                && named(id, is_id(id), file, problems)
            {
                files.pages.push((id.to_owned(), file));
            }
        }
        _ => stray(file, problems),
    }
}

fn service_file(rest: &[&str], file: FileId, files: &mut ServiceFiles, problems: &mut Problems) {
    match rest {
        ["service.toml"] => files.record = Some(file),
        ["disclosures", name] => {
            let Some(stem) = stem(name, ".toml", file, problems) else { return };
            let (date, sealed) = match stem.strip_suffix(".withheld") {
                Some(date) => (date, true),
                None => (stem, false),
            };
            let Some(date) = date_of(date) else {
                named(date, false, file, problems);
                return;
            };
            let twins = files.disclosures.entry(date).or_default();
            *(if sealed { &mut twins.sealed } else { &mut twins.open }) = Some(file);
        }
        _ => stray(file, problems),
    }
}

fn notice(id: &str, file: FileId, layout: &mut Layout, problems: &mut Problems) {
    let date = id.get(..10).and_then(date_of);
    let slug = id.get(10..).and_then(|rest| rest.strip_prefix('-')).filter(|slug| is_id(slug));
    match (date, slug) {
        (Some(date), Some(slug)) => layout.notices.push((date, slug.to_owned(), file)),
        (_, _) => {
            named(id, false, file, problems);
        }
    }
}

fn service<'a>(scheme: &str, folder: &str, services: &'a mut Services) -> &'a mut ServiceFiles {
    services.entry((scheme.to_owned(), folder.to_owned())).or_insert_with(|| ServiceFiles {
        scheme: scheme.to_owned(),
        folder: folder.to_owned(),
        ..ServiceFiles::default()
    })
}

/// The name without its ending; a file with another ending is a stray one.
fn stem<'a>(name: &'a str, ending: &str, file: FileId, problems: &mut Problems) -> Option<&'a str> {
    let stem = name.strip_suffix(ending);
    if stem.is_none() {
        stray(file, problems);
    }
    stem
}

fn named(name: &str, fits: bool, file: FileId, problems: &mut Problems) -> bool {
    if !fits {
        let (ja, en) = if is_device(name) || name.len() > LONGEST_NAME {
            help_of_id(name)
        } else {
            (
                "識別子は半角の英小文字、数字、ハイフンです。日付は 2026-04-01、指針の版は 2011-12-16 又は 2018-10、サービスは 0001-1212 の形です".to_owned(),
                "ids are made of a-z, 0-9 and hyphen; dates are like 2026-04-01, editions like 2011-12-16 or 2018-10, services like 0001-1212".to_owned(),
            )
        };
        problems.push(
            Problem::new(
                Code::IdForm,
                Span::start_of(file),
                format!("`{name}` という名前はここでは使えません"),
                format!("`{name}` is no name for this place"),
            )
            .help(ja, en),
        );
    }
    fits
}

fn stray(file: FileId, problems: &mut Problems) {
    problems.push(
        Problem::new(Code::StrayFile, Span::start_of(file), "どの記録にも属さないものです", "this belongs to no record").help(
            "名前と置き場所を確かめるか、content/ の外へ移してください",
            "check its name and place, or move it out of content/",
        ),
    );
}

fn date_of(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (date.format("%Y-%m-%d").to_string() == text).then_some(date)
}

/// An edition is named by its day, or by its month where the source tells no day.
fn is_edition(name: &str) -> bool {
    date_of(name).or_else(|| date_of(&format!("{name}-01"))).is_some()
}

fn is_service_folder(name: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    name.split_once('-').is_some_and(|(serial, yymm)| digits(serial) && digits(yymm) && yymm.len() == 4)
}

fn report_missing(layout: &mut Layout, sources: &mut Sources, slips: &Slips, problems: &mut Problems) {
    let mut absent = |path: String, code: Code| {
        if slips.meant.contains(&path) {
            return;
        }
        let file = sources.missing(&path);
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        let problem = Problem::new(code, Span::start_of(file), format!("`{name}` がありません"), format!("`{name}` is missing"));
        problems.push(if code == Code::FolderWithoutRecord {
            problem.help(
                format!("`{path}` を置くか、フォルダーを取り除いてください"),
                format!("put `{path}` there, or remove the folder"),
            )
        } else {
            problem.help(format!("`{path}` を置いてください"), format!("put `{path}` there"))
        });
    };
    if layout.registry.is_none() {
        absent("content/registry.toml".to_owned(), Code::MissingFile);
    }
    for (id, files) in &layout.schemes {
        let folder = format!("content/schemes/{id}");
        if files.record.is_none() {
            absent(format!("{folder}/scheme.toml"), Code::FolderWithoutRecord);
        }
        if files.editions.is_empty() {
            absent(format!("{folder}/items/<edition>.toml"), Code::MissingFile);
        }
        for (name, file) in [("mark.svg", files.mark), ("mark-mono.svg", files.mark_mono)] {
            if file.is_none() {
                absent(format!("{folder}/{name}"), Code::MissingFile);
            }
        }
    }
    for files in &layout.services {
        if files.record.is_none() {
            absent(format!("content/services/{}/service.toml", files.place()), Code::FolderWithoutRecord);
        }
    }
}
