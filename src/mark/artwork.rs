//! A scheme's artwork: an SVG with an element `id="number"` where the number is set, and nothing that is not safe to publish.
//!
//! The element is a `text`, whose `x`, `y`, `text-anchor`, `font-size` and fill hold for the number (`data-max-width` shrinks a
//! wider one), or a `rect`, into which the number is fitted.

use std::fmt;

use roxmltree::{Document, Node};

use super::outline::{Anchor, Line};

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
}

/// A part of an artwork.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// As it is written.
    Raw(String),
    /// A text, which is outlined as the number is.
    Text { text: String, line: Line, paint: String },
    /// The place of the number.
    Number,
}

/// What is wrong with an artwork.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset of the place.
    pub at: usize,
    /// What it is.
    pub kind: FaultKind,
}

/// The kinds of faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It is not XML; the parser's words.
    NotXml(String),
    /// The root is no `svg`.
    NotSvg,
    /// Neither a `viewBox` nor width and height.
    NoSize,
    /// No element `id="number"`, or one that is neither `text` nor `rect`.
    NoNumber,
    /// Script, animation or foreign content.
    ActiveElement(String),
    /// An event handler.
    EventHandler(String),
    /// A reference to something outside of the file.
    OutsideReference,
    /// A text made of parts, which cannot be outlined as one.
    TextOfParts,
}

impl fmt::Debug for Artwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Artwork({} × {})", self.size.0, self.size.1)
    }
}

impl FaultKind {
    /// What is wrong, in Japanese and in English.
    pub fn words(&self) -> (String, String) {
        match self {
            FaultKind::NotXml(why) => (format!("XML として読めません：{why}"), format!("this is not XML: {why}")),
            FaultKind::NotSvg => ("SVG ではありません".into(), "this is no SVG".into()),
            FaultKind::NoSize => ("viewBox も大きさもありません".into(), "it has neither a viewBox nor a size".into()),
            FaultKind::NoNumber => (
                "認定番号を置く `id=\"number\"` の text 又は rect がありません".into(),
                "there is no text or rect with id=\"number\" for the number".into(),
            ),
            FaultKind::ActiveElement(name) => {
                (format!("`{name}` 要素は認定マークに使えません"), format!("a mark may not hold the element `{name}`"))
            }
            FaultKind::EventHandler(name) => {
                (format!("`{name}` 属性は認定マークに使えません"), format!("a mark may not hold the attribute `{name}`"))
            }
            FaultKind::OutsideReference => {
                ("ファイルの外を参照しています".into(), "it refers to something outside of the file".into())
            }
            FaultKind::TextOfParts => (
                "文字がさらに要素に分かれています。図形に変換してください".into(),
                "a text made of several elements; convert it to outlines".into(),
            ),
        }
    }
}

impl Artwork {
    /// All that a picture depends on, in one text.
    pub fn source(&self) -> String {
        format!("{}>{:?}{:?}{}", self.start_tag, self.pieces, self.line, self.paint)
    }

    /// The words that stand in it beside the number.
    pub fn text(&self) -> String {
        let texts = self.pieces.iter().map(|piece| match piece {
            Piece::Text { text, .. } => text.as_str(),
            Piece::Raw(_) | Piece::Number => "",
        });
        texts.collect()
    }

    /// Reads and checks an artwork.
    ///
    /// # Errors
    /// Every fault that it has, in the order of the file.
    pub fn read(svg: &str) -> Result<Artwork, Vec<Fault>> {
        let document = match Document::parse(svg) {
            Ok(document) => document,
            Err(error) => return Err(vec![Fault { at: offset(svg, error.pos()), kind: FaultKind::NotXml(error.to_string()) }]),
        };
        let root = document.root_element();
        let mut faults: Vec<Fault> = root.descendants().flat_map(faults_of).collect();
        if root.tag_name().name() != "svg" {
            faults.push(Fault { at: root.range().start, kind: FaultKind::NotSvg });
        }
        let size = size(root);
        if size.is_none() {
            faults.push(Fault { at: root.range().start, kind: FaultKind::NoSize });
        }
        let number = root.descendants().find(|node| node.attribute("id") == Some("number"));
        let line = number.and_then(line);
        if line.is_none() {
            faults.push(Fault { at: number.map_or(root.range().start, |node| node.range().start), kind: FaultKind::NoNumber });
        }
        match (number, line, size) {
            (Some(number), Some(line), Some(size)) if faults.is_empty() => Ok(cut(svg, root, number, line, size)),
            (_, _, _) => Err(faults),
        }
    }
}

fn offset(svg: &str, place: roxmltree::TextPos) -> usize {
    let line_start: usize = svg.split_inclusive('\n').take(place.row.saturating_sub(1) as usize).map(str::len).sum();
    let column = svg.get(line_start..).unwrap_or_default().chars().take(place.col.saturating_sub(1) as usize);
    line_start + column.map(char::len_utf8).sum::<usize>()
}

fn faults_of(node: Node<'_, '_>) -> Vec<Fault> {
    let at = node.range().start;
    let mut kinds = Vec::new();
    let name = node.tag_name().name();
    if matches!(name, "script" | "foreignObject" | "iframe" | "set" | "animate" | "animateTransform" | "animateMotion" | "a") {
        kinds.push(FaultKind::ActiveElement(name.to_owned()));
    }
    if name == "text" && node.attribute("id") != Some("number") && node.children().any(|child| child.is_element()) {
        kinds.push(FaultKind::TextOfParts);
    }
    if name == "style" && node.text().is_some_and(|css| css.contains("@import") || fetches(css)) {
        kinds.push(FaultKind::OutsideReference);
    }
    for attribute in node.attributes() {
        if attribute.name().starts_with("on") {
            kinds.push(FaultKind::EventHandler(attribute.name().to_owned()));
        }
        let link = attribute.name() == "href";
        let outside_link = link && !attribute.value().starts_with('#') && !attribute.value().starts_with("data:image/");
        let outside_paint = fetches(attribute.value());
        if outside_link || outside_paint || attribute.name() == "base" {
            kinds.push(FaultKind::OutsideReference);
        }
    }
    kinds.into_iter().map(|kind| Fault { at, kind }).collect()
}

/// Whether a value refers to something outside of the file.
fn fetches(value: &str) -> bool {
    value.match_indices("url(").any(|(at, _)| {
        let target = value.get(at + 4..).unwrap_or_default().trim_start_matches(['\'', '"', ' ']);
        !target.starts_with('#')
    })
}

/// Width and height in pixels, from these attributes or the viewBox; at most 1,000 each.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let view_box: Vec<f32> =
        root.attribute("viewBox").unwrap_or_default().split([' ', ',']).filter_map(|part| part.parse().ok()).collect();
    let side = |name: &str, at: usize| length(root.attribute(name)).or_else(|| view_box.get(at).copied());
    let (width, height) = (side("width", 2)?, side("height", 3)?);
    let fits = |side: f32| (1.0..=1000.0).contains(&side);
    // Both are within 1 and 1,000, so nothing is lost but the fraction.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (fits(width) && fits(height)).then(|| (width.round() as u32, height.round() as u32))
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
            Some(Line {
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

/// Attributes that say where a text stands or in which font; the outlines have no use for them.
const TEXT_ONLY: &[&str] = &[
    "id",
    "x",
    "y",
    "dx",
    "dy",
    "width",
    "height",
    "rx",
    "ry",
    "text-anchor",
    "textLength",
    "lengthAdjust",
    "data-max-width",
    "space",
    "letter-spacing",
    "word-spacing",
    "dominant-baseline",
];

fn cut(svg: &str, root: Node<'_, '_>, number: Node<'_, '_>, line: Line, size: (u32, u32)) -> Artwork {
    let inner = root.first_child().map_or(root.range().end, |child| child.range().start);
    let mut start_tag = svg.get(root.range().start..inner).unwrap_or_default().trim_end().trim_end_matches('>').to_owned();
    for (name, value) in [("role", "img"), ("aria-labelledby", "mark-title mark-desc")] {
        if !root.has_attribute(name) {
            start_tag.push_str(&format!(" {name}=\"{value}\""));
        }
    }
    Artwork { start_tag, pieces: pieces(svg, root, number, inner), line, paint: paint(number), size }
}

/// Cuts out the number, every other text, and the captions that a picture gets of its own.
fn pieces(svg: &str, root: Node<'_, '_>, number: Node<'_, '_>, inner: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = inner;
    for node in root.descendants().filter(|node| node.is_element() && node.range().start >= inner) {
        let name = node.tag_name().name();
        let own_caption = node.parent() == Some(root) && matches!(name, "title" | "desc" | "metadata");
        if node.range().start < at || !(node == number || name == "text" || own_caption) {
            continue;
        }
        pieces.push(Piece::Raw(svg.get(at..node.range().start).unwrap_or_default().to_owned()));
        at = node.range().end;
        if node == number {
            pieces.push(Piece::Number);
        } else if let (false, Some(line)) = (own_caption, line(node)) {
            let text: Vec<&str> = node.text().unwrap_or_default().split_whitespace().collect();
            pieces.push(Piece::Text { text: text.join(" "), line, paint: paint(node) });
        }
    }
    pieces.push(Piece::Raw(svg.get(at..root.range().end).unwrap_or_default().to_owned()));
    pieces
}

/// The attributes of a text's element that hold for its outlines.
fn paint(node: Node<'_, '_>) -> String {
    let kept = node.attributes().filter(|attribute| {
        !TEXT_ONLY.contains(&attribute.name()) && !attribute.name().starts_with("font") && attribute.namespace().is_none()
    });
    kept.map(|attribute| format!(" {}=\"{}\"", attribute.name(), super::caption::escaped(attribute.value()))).collect()
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
        assert_eq!(kinds(&format!("<script/>{NUMBER}")), [FaultKind::ActiveElement("script".into())]);
        assert_eq!(kinds(&format!("<g onclick=\"x()\"/>{NUMBER}")), [FaultKind::EventHandler("onclick".into())]);
        assert_eq!(kinds(&format!("<image href=\"https://example.com/x.png\"/>{NUMBER}")), [FaultKind::OutsideReference]);
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
