//! How much there is to draw: elements that use others, which use others, draw far more than they hold.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::fault::FaultKind;
use super::sheet::Rule;
use super::value;

/// Elements within elements and behind references; both the rasteriser and browsers go down into them step by step.
const DEEPEST: u32 = 64;

/// What is drawn in about a second at the largest scale: elements by pixels.
const MOST: u64 = 400_000_000;

/// What an element costs that needs a picture of its own to be drawn, in elements.
const LAYER: u64 = 8;

/// What an element costs whose line is made of dashes.
const DASHES: u64 = 50;

/// So many bytes of a path cost as much as an element.
const BYTES: usize = 200;

/// What is too much about an artwork of a size.
pub(super) fn fault(root: Node<'_, '_>, rules: &[Rule], size: (u32, u32)) -> Option<FaultKind> {
    let ids = root.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut load = Load { ids, rules, known: BTreeMap::new() };
    match load.of(root, 0) {
        None => Some(FaultKind::TooDeep),
        Some((elements, _)) => {
            let pixels = u64::from(size.0) * u64::from(size.1);
            (elements.saturating_mul(pixels) > MOST).then_some(FaultKind::TooMuch)
        }
    }
}

struct Load<'a, 'input> {
    ids: BTreeMap<&'a str, Node<'a, 'input>>,
    rules: &'a [Rule],
    /// What is known: the elements drawn, and how deep they go.
    known: BTreeMap<usize, (u64, u32)>,
}

impl<'a, 'input> Load<'a, 'input> {
    /// The elements drawn for one, and how deep they go; none where there is no end to it.
    fn of(&mut self, node: Node<'a, 'input>, depth: u32) -> Option<(u64, u32)> {
        if let Some(&(sum, height)) = self.known.get(&node.id().get_usize()) {
            return (depth + height <= DEEPEST).then_some((sum, height));
        }
        if depth > DEEPEST {
            return None;
        }
        let mut sum = 1 + bytes(node);
        let names = self.references(node, &mut sum);
        let used: Vec<Node<'a, 'input>> = names.iter().filter_map(|name| self.ids.get(name.as_str()).copied()).collect();
        let mut height = 0;
        for inner in used.into_iter().chain(node.children().filter(Node::is_element)) {
            let (elements, below) = self.of(inner, depth + 1)?;
            sum = sum.saturating_add(elements);
            height = height.max(below + 1);
        }
        self.known.insert(node.id().get_usize(), (sum, height));
        Some((sum, height))
    }

    /// The names that an element refers to; what drawing them costs is added.
    fn references(&self, node: Node<'a, 'input>, sum: &mut u64) -> Vec<String> {
        let own = node.attributes().map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned()));
        let styled = node.attribute("style").and_then(value::declarations).unwrap_or_default();
        let ruled = self.rules.iter().filter(|rule| rule.is_for(node)).flat_map(|rule| rule.declarations.iter().cloned());
        let mut names = Vec::new();
        for (name, value) in own.chain(styled).chain(ruled) {
            *sum += match name.as_str() {
                "opacity" | "mask" | "clip-path" => LAYER,
                "stroke-dasharray" => DASHES,
                _ => 0,
            };
            let link = value.trim().strip_prefix('#').filter(|_| name == "href");
            names.extend(link.or_else(|| value::reference(&value)).map(str::to_owned));
        }
        names
    }
}

fn bytes(node: Node<'_, '_>) -> u64 {
    node.attributes().map(|attribute| (attribute.value().len() / BYTES) as u64).sum()
}
