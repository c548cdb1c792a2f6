//! Search: its page, and the files that the page's script asks instead of a server.
//!
//! ```text
//! assets/search/index.json    how many files there are, which services are no longer in force, the forms of numbers
//! assets/search/names-0.bin   numbers and names: for every pair of characters the services (see `index`)
//! assets/search/texts-0.bin   the same of every public text
//! assets/search/cards-0.json  services by their names (see `cards`)
//! ```
//!
//! All of it is made from the view, so nothing is found that is not public. Services count in the order of the registry.

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::fold::fold_into;
use crate::route::Route;
use crate::view::{Answer, Service};

use super::Press;
use super::site::NumberForm;
use cards::{CARDS, Card};
use index::Index;

mod cards;
mod dates;
mod index;
mod numbers;

/// What the script reads first.
#[derive(Serialize)]
struct Head<'v> {
    /// Tells this order of services from others.
    stamp: u32,
    services: usize,
    cards: usize,
    names: usize,
    texts: usize,
    /// With which number each file of cards begins: place of its scheme, serial, month.
    begins: Vec<String>,
    /// A bit for each service that is no longer in force, four a digit, least first.
    ended: String,
    schemes: Vec<NumberForm<'v>>,
}

/// Writes the page of a language.
pub(super) fn page(press: &Press<'_>) -> Result<()> {
    let context = press.context(Route::Search, "search", press.word("search.title")?);
    press.page(Route::Search, "search.html", &context)
}

/// Writes what the script asks.
pub(super) fn files(press: &Press<'_>) -> Result<()> {
    let services = &press.view.services;
    let slugs: Vec<&str> = services.iter().map(|service| service.slug.as_str()).collect();
    let stamp = xxh3_64(slugs.join("\n").as_bytes()) as u32;
    let many = services.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts: Vec<(Index, Index)> =
        services.par_chunks(many).enumerate().map(|(part, services)| indexed(part * many, services)).collect();
    let (names, texts): (Vec<Index>, Vec<Index>) = parts.into_iter().unzip();
    let names = shards(press, "names", names, stamp)?;
    let texts = shards(press, "texts", texts, stamp)?;
    for (at, services) in services.chunks(CARDS).enumerate() {
        json(press, &format!("cards-{at}"), &services.iter().map(Card::of).collect::<Vec<_>>())?;
    }
    let begins = services.chunks(CARDS).filter_map(|services| services.first()).map(|first| begin(press, first));
    let head = Head {
        stamp,
        services: services.len(),
        cards: CARDS,
        names,
        texts,
        begins: begins.collect(),
        ended: ended(services),
        schemes: press.view.schemes.iter().map(NumberForm::of).collect(),
    };
    json(press, "index", &head)
}

/// The indexes of names and of all texts of some services, the first of which has this place.
fn indexed(first: usize, services: &[Service]) -> (Index, Index) {
    let (mut names, mut texts) = (Index::default(), Index::default());
    let mut folded = Vec::new();
    for (at, service) in services.iter().enumerate() {
        let place = (first + at) as u32;
        let card = Card::of(service);
        let short = card.texts().map(|text| (text, true));
        for (text, is_name) in short.chain(longer_texts(service).map(|text| (text, false))) {
            fold_into(text, &mut folded);
            if is_name {
                names.add(place, &folded);
            }
            texts.add(place, &folded);
            dates::keys(&folded).into_iter().for_each(|key| texts.add_key(place, key));
            numbers::keys(&folded).into_iter().for_each(|key| texts.add_key(place, key));
        }
        for key in card.corporate_number().map(|number| numbers::keys(&number.chars().collect::<Vec<_>>())).unwrap_or_default() {
            names.add_key(place, key);
            texts.add_key(place, key);
        }
    }
    (names, texts)
}

/// What is told of a service beside its names: what it is, and what it discloses. `index.json` beside its page has the same.
fn longer_texts(service: &Service) -> impl Iterator<Item = &str> {
    let sections = service.disclosure.iter().flat_map(|disclosure| &disclosure.sections);
    let disclosed =
        sections.flat_map(|section| section.label.as_deref().into_iter().chain(section.answers.iter().filter_map(text)));
    std::iter::once(service.summary.as_str()).chain(disclosed)
}

fn text(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Text { text } => Some(text),
        Answer::None { text } | Answer::Undisclosed { text } => text.as_deref(),
        Answer::Withheld { .. } | Answer::Pending { .. } | Answer::NotStated => None,
    }
}

/// Writes the files of an index and tells how many they are.
fn shards(press: &Press<'_>, name: &str, parts: Vec<Index>, stamp: u32) -> Result<usize> {
    let shards = index::shards(parts, stamp);
    for (at, shard) in shards.iter().enumerate() {
        press.stage.write(&Route::Asset(&format!("search/{name}-{at}.bin")).file(), shard)?;
    }
    Ok(shards.len())
}

fn json(press: &Press<'_>, name: &str, value: &impl Serialize) -> Result<()> {
    press.file(Route::Asset(&format!("search/{name}.json")), |out| Ok(serde_json::to_writer(out, value)?))
}

fn begin(press: &Press<'_>, service: &Service) -> String {
    let scheme = press.view.schemes.get(service.scheme);
    let digits = scheme.map_or("", |scheme| scheme.number.digits(&service.slug));
    format!("{:02} {digits}", service.scheme)
}

fn ended(services: &[Service]) -> String {
    let bit = |(at, service): (usize, &Service)| u32::from(!service.standing.in_force()) << at;
    let digit = |four: &[Service]| char::from_digit(four.iter().enumerate().map(bit).sum(), 16);
    services.chunks(4).filter_map(digit).collect()
}
