//! The index: for every character and every pair of neighbours in the folded texts, the services where it stands.
//!
//! What is asked for is cut into the same pairs; services that have them all may hold the text, and reading them settles it.
//! So a list of services for a pair is enough, and no place within a service is kept.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A character, or two that stand side by side; white space is no character here.
pub(super) type Key = (char, Option<char>);

/// Files have so many bytes on average, or down to half of it: a further request costs readers about as much.
const SHARD: usize = 8 * 1024;

/// Services by what stands in their texts.
#[derive(Default)]
pub(super) struct Index {
    lists: HashMap<Packed, List, BuildHasherDefault<Mix>>,
}

/// A key in one number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Packed(u64);

/// Spreads a packed key. Keys are looked up some hundred million times, and nobody chooses them to collide.
#[derive(Default)]
struct Mix(u64);

/// The services of a key as distances, seven bits a byte, least first; each service once, in their order.
#[derive(Default)]
struct List {
    /// The last service, counted from 1.
    last: u32,
    bytes: Vec<u8>,
}

impl Index {
    /// Adds a folded text of a service. Services come in their order. What stands on both sides of a separator stands side by
    /// side too: people write `1,234` and 1234, `アイ・ティー` and アイティー.
    pub(super) fn add(&mut self, service: u32, text: &[char]) {
        for (at, &c) in text.iter().enumerate().filter(|(_, c)| **c != ' ') {
            self.at((c, None)).add(service);
            let Some(&next) = text.get(at + 1).filter(|next| **next != ' ') else { continue };
            self.at((c, Some(next))).add(service);
            if let Some(&behind) = text.get(at + 2).filter(|behind| separates(c, next, **behind)) {
                self.at((c, Some(behind))).add(service);
            }
        }
    }

    /// Adds a key that stands for more than its characters.
    pub(super) fn add_key(&mut self, service: u32, key: Key) {
        self.at(key).add(service);
    }

    fn at(&mut self, key: Key) -> &mut List {
        self.lists.entry(Packed::of(key)).or_default()
    }
}

/// The files of an index, made of the indexes of services that follow each other. For every key: its characters, how long
/// its list is and of which kind, the list. `stamp` stands in front, so that a reader notices a file that counts services
/// otherwise.
pub(super) fn shards(parts: Vec<Index>, stamp: u32) -> Vec<Vec<u8>> {
    let parts = parts.into_iter().enumerate();
    let mut lists: Vec<(Packed, usize, List)> =
        parts.flat_map(|(part, index)| index.lists.into_iter().map(move |(key, list)| (key, part, list))).collect();
    lists.sort_unstable_by_key(|(key, part, _)| (*key, *part));
    let of_key = |lists: &[(Packed, usize, List)]| {
        let key = lists.first()?.0.key();
        let services: Vec<u32> = lists.iter().flat_map(|(_, _, list)| list.services()).collect();
        Some((key, entry(key, &services)))
    };
    let entries: Vec<(Key, Vec<u8>)> = lists.chunk_by(|a, b| a.0 == b.0).filter_map(of_key).collect();
    let bytes: usize = entries.iter().map(|(_, entry)| entry.len()).sum();
    let count = bytes.div_ceil(SHARD).max(1).next_power_of_two();
    let mut shards = vec![stamp.to_le_bytes().to_vec(); count];
    for (key, entry) in entries {
        if let Some(shard) = shards.get_mut(place(key) as usize % count) {
            shard.extend(entry);
        }
    }
    shards
}

/// Whether a character separates two others that people also write side by side. `terms.js` asks by the same rule.
fn separates(before: char, separator: char, behind: char) -> bool {
    let joined = |c: char| !c.is_ascii_digit() && c != ' ' && c != '・';
    match separator {
        ',' | '-' => before.is_ascii_digit() && behind.is_ascii_digit(),
        '・' => joined(before) && joined(behind),
        _ => false,
    }
}

impl List {
    fn add(&mut self, service: u32) {
        if self.last != service + 1 {
            number(service + 1 - self.last, &mut self.bytes);
            self.last = service + 1;
        }
    }

    fn services(&self) -> Vec<u32> {
        let (mut services, mut last, mut distance, mut shift) = (Vec::new(), 0, 0, 0);
        for byte in &self.bytes {
            distance |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                last += distance;
                services.push(last - 1);
                (distance, shift) = (0, 0);
            }
        }
        services
    }
}

fn entry((first, second): Key, services: &[u32]) -> Vec<u8> {
    let (distances, bits) = (distances(services), bits(services));
    let is_bits = bits.len() < distances.len();
    let list = if is_bits { bits } else { distances };
    let mut out = Vec::with_capacity(list.len() + 8);
    number(u32::from(first), &mut out);
    number(second.map_or(0, u32::from), &mut out);
    number((list.len() as u32) << 1 | u32::from(is_bits), &mut out);
    out.extend(list);
    out
}

fn distances(services: &[u32]) -> Vec<u8> {
    let mut list = List::default();
    services.iter().for_each(|service| list.add(*service));
    list.bytes
}

/// One bit a service, for what stands in many of them.
fn bits(services: &[u32]) -> Vec<u8> {
    let mut bits = vec![0; services.last().map_or(0, |last| *last as usize / 8 + 1)];
    for service in services {
        if let Some(byte) = bits.get_mut(*service as usize / 8) {
            *byte |= 1 << (service % 8);
        }
    }
    bits
}

/// In which file a key stands, before the count of files is known. `find.js` does the same.
fn place((first, second): Key) -> u32 {
    let mixed = u32::from(first).wrapping_mul(0x9e37_79b1) ^ second.map_or(0, u32::from).wrapping_mul(0x85eb_ca6b);
    mixed ^ mixed >> 15
}

fn number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

impl Packed {
    fn of((first, second): Key) -> Packed {
        Packed(u64::from(u32::from(first)) << 32 | second.map_or(0, |second| u64::from(u32::from(second))))
    }

    fn key(self) -> Key {
        let character = |bits: u64| u32::try_from(bits).ok().and_then(char::from_u32);
        let second = character(self.0 & 0xffff_ffff).filter(|second| *second != '\0');
        (character(self.0 >> 32).unwrap_or_default(), second)
    }
}

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn index(texts: &[(u32, &str)]) -> Index {
        let mut index = Index::default();
        texts.iter().for_each(|(service, text)| index.add(*service, &text.chars().collect::<Vec<_>>()));
        index
    }

    /// What a reader makes of the files.
    fn read(shards: &[Vec<u8>], stamp: u32) -> BTreeMap<String, Vec<u32>> {
        let mut found = BTreeMap::new();
        for shard in shards {
            let (start, mut rest) = shard.split_at(4);
            assert_eq!(start, stamp.to_le_bytes());
            let next = |rest: &mut &[u8]| {
                let (mut value, mut shift) = (0, 0);
                loop {
                    let byte = rest[0];
                    *rest = &rest[1..];
                    value |= u32::from(byte & 0x7f) << shift;
                    shift += 7;
                    if byte < 0x80 {
                        return value;
                    }
                }
            };
            while !rest.is_empty() {
                let key: String =
                    [next(&mut rest), next(&mut rest)].into_iter().filter(|c| *c > 0).filter_map(char::from_u32).collect();
                let kind = next(&mut rest);
                let (list, after) = rest.split_at(kind as usize >> 1);
                rest = after;
                let bit = |service: &u32| list[*service as usize / 8] >> (service % 8) & 1 == 1;
                let services = if kind & 1 == 1 {
                    (0..list.len() as u32 * 8).filter(bit).collect()
                } else {
                    List { last: 0, bytes: list.to_vec() }.services()
                };
                found.insert(key, services);
            }
        }
        found
    }

    #[test]
    fn every_character_and_every_pair_leads_to_its_services() {
        let found = read(&shards(vec![index(&[(0, "かき く"), (2, "かか")]), index(&[(3, "かき"), (300, "く")])], 7), 7);
        let expected = [("か", vec![0, 2, 3]), ("き", vec![0, 3]), ("く", vec![0, 300]), ("かき", vec![0, 3]), ("かか", vec![2])];
        let expected: BTreeMap<String, Vec<u32>> =
            expected.into_iter().map(|(key, services)| (key.to_owned(), services)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_files_do_not_depend_on_how_services_were_shared_out() {
        let texts: Vec<(u32, String)> = (0..400).map(|at| (at, format!("番号{at}と{}", at % 7))).collect();
        let of = |texts: &[(u32, String)]| index(&texts.iter().map(|(at, text)| (*at, text.as_str())).collect::<Vec<_>>());
        let whole = shards(vec![of(&texts)], 1);
        for many in [1, 3, 123] {
            assert_eq!(shards(texts.chunks(many).map(of).collect(), 1), whole);
        }
        assert_eq!(read(&whole, 1)["番"], (0..400).collect::<Vec<_>>());
    }
}
