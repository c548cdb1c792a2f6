//! An artwork as it is published: written anew from what was read.

use std::ops::Range;

use roxmltree::Node;

use super::allowed::{self, Use};
use super::{Artwork, Line, Piece, XLINK, is_passed_over, line, sheet, value};
use crate::mark::caption::escaped;

/// Attributes that say where a text stands or in which font; the outlines have no use for them.
const TEXT_ONLY: &[&str] =
    &["id", "x", "y", "dx", "dy", "width", "height", "rx", "ry", "textLength", "lengthAdjust", "data-max-width"];

/// Cuts an artwork at its number and its other texts.
pub(super) fn artwork(
    root: Node<'_, '_>,
    number: Node<'_, '_>,
    line: Line,
    size: (u32, u32),
    paints: Vec<(Range<usize>, String)>,
) -> Artwork {
    let links = root.descendants().any(|node| node.attributes().any(|attribute| attribute.namespace() == Some(XLINK)));
    let mut start_tag = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    if links {
        start_tag.push_str(&format!(" xmlns:xlink=\"{XLINK}\""));
    }
    start_tag.push_str(&attributes(root, &[]));
    start_tag.push_str(" role=\"img\" aria-labelledby=\"mark-title mark-desc\"");
    let mut writer = Writer { number, pieces: Vec::new(), raw: String::new() };
    writer.children(root);
    writer.raw.push_str("</svg>");
    writer.cut();
    Artwork { start_tag, pieces: writer.pieces, line, paint: attributes(number, TEXT_ONLY), size, paints }
}

struct Writer<'a, 'input> {
    number: Node<'a, 'input>,
    pieces: Vec<Piece>,
    /// What was written since the last piece.
    raw: String,
}

impl<'a, 'input> Writer<'a, 'input> {
    fn children(&mut self, node: Node<'a, 'input>) {
        for child in node.children() {
            if child.is_element() && !is_passed_over(child) {
                self.element(child);
            } else if let Some(blank) = child.text().filter(|text| child.is_text() && text.trim().is_empty()) {
                self.raw.push_str(blank);
            }
        }
    }

    fn element(&mut self, node: Node<'a, 'input>) {
        let name = node.tag_name().name();
        if node == self.number {
            self.cut();
            self.pieces.push(Piece::Number);
        } else if let (true, Some(line)) = (name == "text", line(node)) {
            self.cut();
            let text: Vec<&str> = node.text().unwrap_or_default().split_whitespace().collect();
            let (at, paint) = (node.range().start, attributes(node, TEXT_ONLY));
            self.pieces.push(Piece::Text { at, text: text.join(" "), line, paint });
        } else if name == "style" {
            self.raw.push_str(&format!("<style>{}</style>", escaped(&sheet::written(node.text().unwrap_or_default()))));
        } else if name != "text" {
            self.raw.push_str(&format!("<{name}{}", attributes(node, &[])));
            if node.has_children() {
                self.raw.push('>');
                self.children(node);
                self.raw.push_str(&format!("</{name}>"));
            } else {
                self.raw.push_str("/>");
            }
        }
    }

    fn cut(&mut self) {
        self.pieces.push(Piece::Raw(std::mem::take(&mut self.raw)));
    }
}

/// The attributes of an element that are published, but for some.
fn attributes(node: Node<'_, '_>, but: &[&str]) -> String {
    let element = node.tag_name().name();
    let mut out = String::new();
    for attribute in node.attributes() {
        let name = attribute.name();
        let prefix = match attribute.namespace() {
            None => "",
            Some(XLINK) if name == "href" => "xlink:",
            Some(_) => continue,
        };
        let kind = allowed::attribute(element, name).unwrap_or(Use::PassedOver);
        if kind == Use::PassedOver || name.starts_with("font") || but.contains(&name) {
            continue;
        }
        let value = if kind == Use::Style { styled(attribute.value()) } else { attribute.value().to_owned() };
        out.push_str(&format!(" {prefix}{name}=\"{}\"", escaped(&value)));
    }
    out
}

fn styled(style: &str) -> String {
    let kept: Vec<String> = value::kept_declarations(style).iter().map(|(name, value)| format!("{name}:{value}")).collect();
    kept.join(";")
}
