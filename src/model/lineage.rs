//! Items through the editions of a catalogue.

use std::collections::HashMap;

use super::Edition;

/// Which items of a scheme's editions are the same item, under whatever name. Names are kept for life, and `was` links an
/// item to its earlier names.
#[derive(Debug, Default)]
pub struct Lineage {
    /// By edition, section and item: the item's lineage. Only looked up, never walked.
    of: Vec<Vec<Vec<usize>>>,
}

impl Lineage {
    /// The lineages of a scheme's editions.
    pub fn of(editions: &[Edition]) -> Lineage {
        let mut names: HashMap<String, usize> = HashMap::new();
        let mut parents: Vec<usize> = Vec::new();
        let mut id_of = |name: String, parents: &mut Vec<usize>| {
            *names.entry(name).or_insert_with(|| {
                parents.push(parents.len());
                parents.len() - 1
            })
        };
        let mut of = Vec::new();
        for edition in editions {
            let mut sections = Vec::new();
            for section in &edition.sections {
                let mut items = Vec::new();
                for item in &section.items {
                    let own = id_of(section.full_name(item), &mut parents);
                    for was in &item.was {
                        let earlier = id_of(was.value.clone(), &mut parents);
                        join(&mut parents, own, earlier);
                    }
                    items.push(own);
                }
                sections.push(items);
            }
            of.push(sections);
        }
        for lineage in of.iter_mut().flatten().flatten() {
            *lineage = root(&parents, *lineage);
        }
        Lineage { of }
    }

    /// The lineage of an item.
    pub fn get(&self, edition: usize, section: usize, item: usize) -> Option<usize> {
        self.of.get(edition)?.get(section)?.get(item).copied()
    }
}

fn root(parents: &[usize], mut at: usize) -> usize {
    while let Some(&parent) = parents.get(at)
        && parent != at
    {
        at = parent;
    }
    at
}

fn join(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    if let Some(parent) = parents.get_mut(a) {
        *parent = b;
    }
}
