//! What can be wrong with an artwork, and the words for it.

use std::ops::Range;

/// What is wrong with an artwork.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place, in bytes.
    pub at: Range<usize>,
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
    /// Neither a `viewBox` nor width and height, or one that no picture has.
    NoSize,
    /// No element `id="number"`, or one that is neither `text` nor `rect`, or of no size.
    NoNumber,
    /// An element that artwork may not have.
    Element(String),
    /// An attribute that its element may not have.
    Attribute(String),
    /// A reference to something outside of the file.
    OutsideReference,
    /// A value that its attribute may not have.
    Value(String),
    /// A number that is larger than pictures need.
    TooLarge(String, u32),
    /// Something in a `style` element that is not read.
    StyleSheet,
    /// A text made of parts, which cannot be outlined as one.
    TextOfParts,
    /// Elements within elements, or used by elements, without end.
    TooDeep,
    /// More than can be drawn in a short time.
    TooMuch,
}

impl FaultKind {
    /// What is wrong, in Japanese and in English.
    pub fn words(&self) -> (String, String) {
        match self {
            FaultKind::NotXml(why) => (format!("XML として読めません：{why}"), format!("this is not XML: {why}")),
            FaultKind::NotSvg => (
                "SVG ではありません（`xmlns=\"http://www.w3.org/2000/svg\"` を付けた svg 要素が要ります）".into(),
                "this is no SVG (an element svg with `xmlns=\"http://www.w3.org/2000/svg\"`)".into(),
            ),
            FaultKind::NoSize => (
                "viewBox も大きさもありません（幅と高さは1から1000まで）".into(),
                "it has neither a viewBox nor a size (width and height from 1 to 1000)".into(),
            ),
            FaultKind::NoNumber => (
                "認定番号を置く `id=\"number\"` の text 又は rect がありません".into(),
                "there is no text or rect with id=\"number\" for the number".into(),
            ),
            FaultKind::Element(name) => {
                (format!("`{name}` 要素は認定マークに使えません"), format!("a mark may not hold the element `{name}`"))
            }
            FaultKind::Attribute(name) => (
                format!("`{name}` はこの要素に使えません"),
                format!("this element of a mark may not have the attribute `{name}`"),
            ),
            FaultKind::OutsideReference => {
                ("ファイルの外を参照しています".into(), "it refers to something outside of the file".into())
            }
            FaultKind::Value(name) => (
                format!("`{name}` の値が認定マークに使えるものではありません"),
                format!("a mark may not have this value of `{name}`"),
            ),
            FaultKind::TooLarge(name, most) => (
                format!("`{name}` の数値が大きすぎるか、0以下です（{most} まで）"),
                format!("a number of `{name}` is too large, or not above zero ({most} at most)"),
            ),
            FaultKind::StyleSheet => {
                ("style 要素に、読み取れない書き方があります".into(), "the style element holds what is not read".into())
            }
            FaultKind::TextOfParts => ("文字がさらに要素に分かれています".into(), "a text made of several elements".into()),
            FaultKind::TooDeep => (
                "要素の入れ子又は use などの参照が深すぎるか、循環しています".into(),
                "elements stand in or refer to one another too deeply, or in a circle".into(),
            ),
            FaultKind::TooMuch => {
                ("描画する要素が、大きさに対して多すぎます".into(), "there is too much to draw for its size".into())
            }
        }
    }

    /// What would be right, in Japanese and in English.
    pub fn help(&self) -> (&'static str, &'static str) {
        match self {
            FaultKind::NotXml(_) => (
                "描画ソフトで「SVG」として書き出し直してください（DOCTYPE は付けません）",
                "export it again as SVG, without a DOCTYPE",
            ),
            FaultKind::NotSvg | FaultKind::NoSize => (
                "`<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"160\" height=\"160\" viewBox=\"0 0 160 160\">` のように書いてください",
                "write `<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"160\" height=\"160\" viewBox=\"0 0 160 160\">`",
            ),
            FaultKind::NoNumber => (
                "`<text id=\"number\" x=\"80\" y=\"140\" text-anchor=\"middle\" font-size=\"16\"/>` のように置いてください",
                "place it as `<text id=\"number\" x=\"80\" y=\"140\" text-anchor=\"middle\" font-size=\"16\"/>`",
            ),
            FaultKind::Element(_) | FaultKind::StyleSheet => (
                "path、rect、circle などの図形、g、グラデーション、clipPath、mask、use、text で描いてください。フィルター、画像、リンク、動きは使えません",
                "draw with shapes such as path, rect and circle, with g, gradients, clipPath, mask, use and text; filters, pictures, links and animation have no place in it",
            ),
            FaultKind::Attribute(_) => ("その属性を取り除いてください", "remove it"),
            FaultKind::OutsideReference => {
                ("参照できるのは、同じファイルの `#名前` だけです", "only a `#name` of the same file may be referred to")
            }
            FaultKind::Value(_) => (
                "数値、色（`#1f4b99` など）、`url(#名前)` などの、図形のための値にしてください",
                "give a number, a colour such as `#1f4b99`, or `url(#name)`",
            ),
            FaultKind::TooLarge(_, _) => ("図の大きさに合う数値にしてください", "give a number that fits the picture"),
            FaultKind::TextOfParts => ("図形（パス）に変換してください", "convert it to outlines"),
            FaultKind::TooDeep => ("入れ子と参照を減らしてください", "use fewer levels"),
            FaultKind::TooMuch => (
                "図形をまとめて減らすか、`width` と `height` を小さくしてください（160 程度）",
                "draw it with fewer shapes, or give a smaller `width` and `height` (about 160)",
            ),
        }
    }
}
