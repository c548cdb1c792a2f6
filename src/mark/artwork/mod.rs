//! A scheme's artwork: an SVG with an element `id="number"` where the number is set, and nothing that is not safe to publish.
//!
//! What it may hold is listed element by element; what is published is written anew from what was read, so that nothing
//! gets out that was not looked at: no comment, no instruction, no element or attribute of another program.
//!
//! The element is a `text`, whose `x`, `y`, `text-anchor`, `font-size` and fill hold for the number (`data-max-width` shrinks a
//! wider one), or a `rect`, into which the number is fitted.

use std::fmt;
use std::ops::Range;

use roxmltree::{Document, Node, ParsingOptions};

use super::outline::{Anchor, Line};
use super::press;
use allowed::Use;
use sheet::Rule;

pub use fault::{Fault, FaultKind};

mod allowed;
mod fault;
mod load;
mod sheet;
mod value;
mod write;

/// A checked artwork.
pub struct Artwork {
    /// The root's start tag without its `>`, and whether it names its role.
    pub(super) start_tag: String,
    /// What stands behind the start tag, the root's end tag included.
    pub(super) pieces: Vec<Piece>,
    /// Where the number is set.
    pub(super) line: Line,
    /// Attributes of the number's element that hold for its outlines.
    pub(super) paint: String,
    /// Width and height in pixels at scale one.
    pub(super) size: (u32, u32),
    /// Its colours, with their places.
    paints: Vec<(Range<usize>, String)>,
}

/// A part of an artwork.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Elements, written from what was read.
    Raw(String),
    /// A text, which is outlined as the number is, and its place in bytes.
    Text { at: usize, text: String, line: Line, paint: String },
    /// The place of the number.
    Number,
}

impl fmt::Debug for Artwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Artwork({} × {})", self.size.0, self.size.1)
    }
}

impl Artwork {
    /// All that a picture depends on, in one text.
    pub fn source(&self) -> String {
        format!("{}>{:?}{:?}{}", self.start_tag, self.pieces, self.line, self.paint)
    }

    /// The words that stand in it beside the number, each with the place of its element in bytes.
    pub fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text { at, text, .. } => Some((*at, text.as_str())),
            Piece::Raw(_) | Piece::Number => None,
        })
    }

    /// The place of the first colour that is neither black, white nor grey, in bytes.
    pub fn coloured(&self) -> Option<Range<usize>> {
        let coloured = self.paints.iter().find(|(_, paint)| press::is_coloured(value::beside_reference(paint)));
        coloured.map(|(at, _)| at.clone())
    }

    /// Reads and checks an artwork.
    ///
    /// # Errors
    /// Every fault that it has, in the order of the file.
    pub fn read(svg: &str) -> Result<Artwork, Vec<Fault>> {
        let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let document = match Document::parse_with_options(svg, options) {
            Ok(document) => document,
            Err(error) => {
                let at = offset(svg, error.pos());
                return Err(vec![Fault { at: at..at, kind: FaultKind::NotXml(error.to_string()) }]);
            }
        };
        let root = document.root_element();
        let mut reading = Reading::default();
        reading.element(root);
        let size = size(root);
        let number = root.descendants().find(|node| node.attribute("id") == Some("number"));
        let line = number.and_then(line);
        let mut missing = |found: bool, at: usize, kind| {
            if !found {
                reading.faults.push(Fault { at: at..at, kind });
            }
        };
        let top = root.range().start;
        missing(size.is_some(), top, FaultKind::NoSize);
        missing(line.is_some(), number.map_or(top, |node| node.range().start), FaultKind::NoNumber);
        if let (true, Some(size)) = (reading.faults.is_empty(), size)
            && let Some(kind) = load::fault(root, &reading.rules, size)
        {
            reading.faults.push(Fault { at: top..top, kind });
        }
        match (number, line, size) {
            (Some(number), Some(line), Some(size)) if reading.faults.is_empty() => {
                Ok(write::artwork(root, number, line, size, reading.paints))
            }
            (_, _, _) => Err(reading.faults),
        }
    }
}

/// More elements and texts than any mark has.
const MOST_NODES: u32 = 50_000;

/// What is gathered while an artwork is looked through.
#[derive(Default)]
struct Reading {
    faults: Vec<Fault>,
    /// The rules of its style sheets.
    rules: Vec<Rule>,
    /// Every colour with its place.
    paints: Vec<(Range<usize>, String)>,
}

impl Reading {
    /// Looks through an element and what stands in it.
    fn element(&mut self, root: Node<'_, '_>) {
        // Nothing below is looked at of what is not published, and `next` goes on behind it.
        let mut next = Some(root);
        while let Some(node) = next {
            let inner = if self.goes_into(node, root) { node.first_child() } else { None };
            next = inner.or_else(|| node.ancestors().take_while(|above| *above != root).find_map(|above| above.next_sibling()));
        }
    }

    /// Checks one node; whether those within are to be looked at.
    fn goes_into(&mut self, node: Node<'_, '_>, root: Node<'_, '_>) -> bool {
        if !node.is_element() || is_passed_over(node) {
            return false;
        }
        let name = node.tag_name().name();
        let start = node.range().start;
        let tag = start..start + 1 + name.len();
        if node == root && (name != "svg" || node.tag_name().namespace() != Some(SVG)) {
            self.faults.push(Fault { at: start..start, kind: FaultKind::NotSvg });
            return false;
        }
        if !allowed::element(name) || (name == "svg" && node != root) || node.tag_name().namespace() != Some(SVG) {
            self.faults.push(Fault { at: tag, kind: FaultKind::Element(name.to_owned()) });
            return false;
        }
        if name == "text" && node.attribute("id") != Some("number") && node.children().any(|child| child.is_element()) {
            self.faults.push(Fault { at: tag.clone(), kind: FaultKind::TextOfParts });
        }
        if name == "style" {
            self.sheet(node, tag);
        }
        self.attributes(node, name);
        name != "text" && name != "style"
    }

    fn attributes(&mut self, node: Node<'_, '_>, element: &str) {
        for attribute in node.attributes() {
            let (name, value, at) = (attribute.name(), attribute.value(), attribute.range());
            let kind = match (attribute.namespace(), name) {
                (Some(XML), "base") => Err(FaultKind::OutsideReference),
                (None, _) | (Some(XLINK), "href") => {
                    allowed::attribute(element, name).ok_or_else(|| FaultKind::Attribute(name.to_owned()))
                }
                (Some(_), _) => Ok(Use::PassedOver),
            };
            let fault = match kind {
                Ok(kind) => value::fault(name, kind, value),
                Err(fault) => Some(fault),
            };
            self.faults.extend(fault.map(|kind| Fault { at: at.clone(), kind }));
            self.paint(name, value, &at);
            for (name, value) in value::declarations(value).filter(|_| name == "style").unwrap_or_default() {
                self.paint(&name, &value, &at);
            }
        }
    }

    fn sheet(&mut self, node: Node<'_, '_>, tag: Range<usize>) {
        match sheet::rules(node.text().unwrap_or_default()) {
            Ok(rules) => {
                for (name, value) in rules.iter().flat_map(|rule| &rule.declarations) {
                    self.paint(name, value, &tag);
                }
                self.rules.extend(rules);
            }
            Err(kind) => self.faults.push(Fault { at: tag, kind }),
        }
    }

    fn paint(&mut self, name: &str, value: &str, at: &Range<usize>) {
        if allowed::property(name) == Some(Use::Paint) {
            self.paints.push((at.clone(), value.to_owned()));
        }
    }
}

/// The namespaces of SVG, of links in it, and of what XML itself says.
const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Elements that are not published: captions, which a picture gets of its own, and notes of drawing programs.
fn is_passed_over(node: Node<'_, '_>) -> bool {
    match node.tag_name().namespace() {
        Some(SVG) => matches!(node.tag_name().name(), "title" | "desc" | "metadata"),
        Some(namespace) => namespace != XHTML,
        None => false,
    }
}

fn offset(svg: &str, place: roxmltree::TextPos) -> usize {
    let line_start: usize = svg.split_inclusive('\n').take(place.row.saturating_sub(1) as usize).map(str::len).sum();
    let column = svg.get(line_start..).unwrap_or_default().chars().take(place.col.saturating_sub(1) as usize);
    line_start + column.map(char::len_utf8).sum::<usize>()
}

/// Width and height in pixels, from these attributes or the viewBox; at most 1,000 each.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let view_box: Vec<f32> =
        root.attribute("viewBox").unwrap_or_default().split([' ', ',']).filter_map(|part| part.parse().ok()).collect();
    let side = |name: &str, at: usize| length(root.attribute(name)).or_else(|| view_box.get(at).copied());
    let (width, height) = (side("width", 2)?, side("height", 3)?);
    let fits = |side: f32| (1.0..=1000.0).contains(&side);
    let own = root
        .attribute("viewBox")
        .is_none_or(|_| view_box.len() == 4 && view_box.iter().skip(2).all(|side| (1.0..=100_000.0).contains(side)));
    // Both are within 1 and 1,000, so nothing is lost but the fraction.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (own && fits(width) && fits(height)).then(|| (width.round() as u32, height.round() as u32))
}

/// A length in pixels; other units are none.
fn length(value: Option<&str>) -> Option<f32> {
    value?.trim().trim_end_matches("px").parse().ok().filter(|length: &f32| length.is_finite())
}

/// An attribute of an element or of the nearest ancestor that has it, a `style` counting before it.
fn inherited<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.ancestors().find_map(|node| {
        let styled = node.attribute("style").and_then(|style| {
            style
                .split(';')
                .filter_map(|part| part.split_once(':'))
                .find(|(key, _)| key.trim() == name)
                .map(|(_, value)| value.trim())
        });
        styled.or_else(|| node.attribute(name))
    })
}

fn line(number: Node<'_, '_>) -> Option<Line> {
    let value = |name: &str| length(number.attribute(name));
    match number.tag_name().name() {
        "text" => Some(Line {
            x: value("x").unwrap_or(0.0),
            y: value("y").unwrap_or(0.0),
            size: length(inherited(number, "font-size")).unwrap_or(16.0),
            anchor: match inherited(number, "text-anchor") {
                Some("middle") => Anchor::Middle,
                Some("end") => Anchor::End,
                Some(_) | None => Anchor::Start,
            },
            max_width: value("data-max-width").or_else(|| value("textLength")),
        }),
        "rect" => {
            let (width, height) = (value("width")?, value("height")?);
            (width > 0.0 && height > 0.0).then_some(Line {
                x: value("x").unwrap_or(0.0) + width / 2.0,
                y: value("y").unwrap_or(0.0) + height * 0.76,
                size: height * 0.72,
                anchor: Anchor::Middle,
                max_width: Some(width * 0.94),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inner: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 160 160\">{inner}</svg>")
    }

    const NUMBER: &str = "<text id=\"number\" x=\"80\" y=\"140\">IP0000-0000</text>";

    fn kinds(inner: &str) -> Vec<FaultKind> {
        Artwork::read(&svg(inner)).err().unwrap_or_default().into_iter().map(|fault| fault.kind).collect()
    }

    #[test]
    fn an_artwork_that_could_run_or_fetch_something_is_refused() {
        assert_eq!(kinds(&format!("<script/>{NUMBER}")), [FaultKind::Element("script".into())]);
        assert_eq!(kinds(&format!("<g onclick=\"x()\"/>{NUMBER}")), [FaultKind::Attribute("onclick".into())]);
        assert_eq!(kinds(&format!("<image href=\"https://example.com/x.png\"/>{NUMBER}")), [FaultKind::Element("image".into())]);
        assert_eq!(kinds(&format!("<rect fill=\"url(https://example.com/x#y)\"/>{NUMBER}")), [FaultKind::OutsideReference]);
        assert_eq!(kinds(&format!("<rect fill=\"url(#y)\"/>{NUMBER}")), []);
    }

    #[test]
    fn an_artwork_without_a_place_for_the_number_is_refused() {
        assert_eq!(kinds("<circle r=\"9\"/>"), [FaultKind::NoNumber]);
        assert_eq!(kinds("<g id=\"number\"/>"), [FaultKind::NoNumber]);
        assert_eq!(kinds(NUMBER), []);
        assert_eq!(kinds("<rect id=\"number\" width=\"100\" height=\"20\"/>"), []);
    }

    #[test]
    fn words_of_the_artwork_are_outlined_and_text_made_of_parts_is_refused() {
        assert_eq!(kinds(&format!("<text x=\"9\" y=\"9\">認定</text>{NUMBER}")), []);
        assert_eq!(kinds(&format!("<text>認<tspan>定</tspan></text>{NUMBER}")), [FaultKind::TextOfParts]);
    }
}
