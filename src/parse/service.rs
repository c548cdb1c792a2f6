//! `service.toml` and the disclosures beside it.

use anyhow::Result;

use crate::model::{Agent, Number, Scheme, Service};
use crate::problem::{Code, FileId, Problem, Problems, Span, Spanned};
use crate::source::Sources;
use crate::table::Table;

use super::layout::ServiceFiles;
use super::{disclosure, document, event, or_blank};

/// Reads one service with its disclosures; `scheme` is absent where the scheme could not be read.
pub(super) fn read(
    sources: &Sources,
    files: &ServiceFiles,
    scheme: Option<&Scheme>,
    problems: &mut Problems,
) -> Result<Option<Service>> {
    let place = files.place();
    let mut disclosures = Vec::new();
    let mut orphans = Vec::new();
    let mut whole = true;
    for (date, twins) in &files.disclosures {
        match (twins.open, scheme) {
            (Some(open), Some(scheme)) => {
                let read = disclosure::read(sources, *date, open, twins.sealed, scheme, problems)?;
                whole &= read.is_some();
                disclosures.extend(read);
            }
            (Some(_), None) => whole = false,
            (None, _) => orphans.extend(twins.sealed.map(Span::start_of)),
        }
    }
    let Some(file) = files.record else { return Ok(None) };
    let service = document(sources, file, problems, |table, problems| service(files, &place, file, scheme, table, problems))?;
    Ok(service.map(|service| Service { disclosures, disclosures_whole: whole, orphans, ..service }))
}

fn service(
    files: &ServiceFiles,
    place: &str,
    file: FileId,
    scheme: Option<&Scheme>,
    table: &mut Table<'_>,
    problems: &mut Problems,
) -> Service {
    let span = Span::start_of(file);
    let written = table.text("number", problems);
    let number = written.as_ref().and_then(|text| number(text, place, scheme, problems));
    let name = table.name("name", problems);
    let summary = table.text("summary", problems);
    let kana = table.kana_if("kana", problems);
    let name_en = table.name_if("name_en", problems);
    let provider = table.text("provider", problems);
    let (events, events_whole) = event::read(table, problems);
    Service {
        place: place.to_owned(),
        scheme: files.scheme.clone(),
        span,
        number,
        number_written: written.map(|text| text.value),
        name: or_blank(name, span),
        kana,
        name_en,
        summary: or_blank(summary, span),
        provider,
        categories: table.texts("categories", problems),
        url: table.address_if("url", problems),
        started_on: table.date_if("started_on", problems),
        succeeds: table.text_if("succeeds", problems),
        parts: table.names("parts", problems),
        agents: table.tables("agent", problems).into_iter().map(|table| agent(table, problems)).collect(),
        events,
        events_whole,
        disclosures: Vec::new(),
        disclosures_whole: true,
        orphans: Vec::new(),
    }
}

/// Reads the number in the scheme's own form, tolerantly.
fn number(text: &Spanned<String>, place: &str, scheme: Option<&Scheme>, problems: &mut Problems) -> Option<Spanned<Number>> {
    let form = scheme?.number.as_ref()?;
    let Some((number, _)) = form.read(&text.value) else {
        let example = place.split_once('/').and_then(|(_, folder)| form.folder(folder));
        let fault = Problem::new(
            Code::NumberForm,
            text.span,
            format!("`{}` はこの制度の認定番号ではありません", text.value),
            format!("`{}` is no number of this scheme", text.value),
        );
        let problem = match example {
            Some(example) => {
                let shown = example.shown();
                fault.help(
                    format!("認定証で番号を確かめてください。フォルダーの名前によれば `{shown}` です"),
                    format!("check it with the certificate; by its folder it is `{shown}`"),
                )
            }
            None => fault.help("認定証にある番号を写してください", "copy the number of the certificate"),
        };
        problems.push(problem);
        return None;
    };
    Some(Spanned { value: number, span: text.span })
}

fn agent(mut table: Table<'_>, problems: &mut Problems) -> Agent {
    let place = table.place();
    let name = table.name("name", problems);
    let address = table.text("address", problems);
    let contact = table.text("contact", problems);
    table.finish(problems);
    Agent { name: or_blank(name, place), address: or_blank(address, place), contact: or_blank(contact, place) }
}
