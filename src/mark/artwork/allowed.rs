//! Which elements and attributes an artwork may have, element by element. What is not on these lists is a fault, so that no
//! way to run, fetch or exhaust something has to be known beforehand.

/// What an attribute is to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Numbers of at most this size, also with the commands of a path or a transformation.
    Numbers(u32),
    /// One number above zero, of at most this size.
    Positive(u32),
    /// A colour, or a gradient of the file.
    Paint,
    /// A `clipPath` or `mask` of the file.
    Part,
    /// Keywords.
    Words,
    /// Another element of the file.
    Link,
    /// A name given to the element.
    Name,
    /// Declarations of these attributes.
    Style,
    /// Nothing: it says nothing about the picture and is not published.
    PassedOver,
}

/// No picture has larger coordinates, even in the units of a font.
const FAR: u32 = 100_000;

/// The widest line and the largest letters.
const WIDE: u32 = 10_000;
const LARGE: u32 = 1_000;

/// Elements that are drawn or define what is drawn, with what they may have besides [`SHARED`].
const ELEMENTS: &[(&str, &[(&str, Use)])] = &[
    (
        "svg",
        &[
            ("width", FREE),
            ("height", FREE),
            ("viewBox", FREE),
            ("preserveAspectRatio", Use::Words),
            ("x", Use::PassedOver),
            ("y", Use::PassedOver),
        ],
    ),
    ("g", &[]),
    ("defs", &[]),
    ("path", &[("d", FREE), ("pathLength", FREE)]),
    ("rect", &[("x", FREE), ("y", FREE), ("width", FREE), ("height", FREE), ("rx", FREE), ("ry", FREE)]),
    ("circle", &[("cx", FREE), ("cy", FREE), ("r", FREE)]),
    ("ellipse", &[("cx", FREE), ("cy", FREE), ("rx", FREE), ("ry", FREE)]),
    ("line", &[("x1", FREE), ("y1", FREE), ("x2", FREE), ("y2", FREE)]),
    ("polyline", &[("points", FREE)]),
    ("polygon", &[("points", FREE)]),
    ("use", &[("href", Use::Link), ("x", FREE), ("y", FREE), ("width", FREE), ("height", FREE)]),
    ("clipPath", &[("clipPathUnits", Use::Words)]),
    (
        "mask",
        &[
            ("x", FREE),
            ("y", FREE),
            ("width", FREE),
            ("height", FREE),
            ("maskUnits", Use::Words),
            ("maskContentUnits", Use::Words),
        ],
    ),
    (
        "linearGradient",
        &[
            ("href", Use::Link),
            ("x1", FREE),
            ("y1", FREE),
            ("x2", FREE),
            ("y2", FREE),
            ("gradientUnits", Use::Words),
            ("gradientTransform", FREE),
            ("spreadMethod", Use::Words),
        ],
    ),
    (
        "radialGradient",
        &[
            ("href", Use::Link),
            ("cx", FREE),
            ("cy", FREE),
            ("r", FREE),
            ("fx", FREE),
            ("fy", FREE),
            ("fr", FREE),
            ("gradientUnits", Use::Words),
            ("gradientTransform", FREE),
            ("spreadMethod", Use::Words),
        ],
    ),
    ("stop", &[("offset", FREE)]),
    (
        "text",
        &[
            ("x", FREE),
            ("y", FREE),
            ("dx", FREE),
            ("dy", FREE),
            ("textLength", FREE),
            ("lengthAdjust", Use::Words),
            ("data-max-width", Use::Positive(FAR)),
        ],
    ),
    ("style", &[]),
];

const FREE: Use = Use::Numbers(FAR);

/// What every element may have.
const SHARED: &[(&str, Use)] = &[("id", Use::Name), ("class", Use::Name), ("style", Use::Style)];

/// What every element may have and a style may declare.
const PRESENTATION: &[(&str, Use)] = &[
    ("fill", Use::Paint),
    ("stroke", Use::Paint),
    ("color", Use::Paint),
    ("stop-color", Use::Paint),
    ("fill-opacity", FREE),
    ("stroke-opacity", FREE),
    ("stop-opacity", FREE),
    ("opacity", FREE),
    ("fill-rule", Use::Words),
    ("clip-rule", Use::Words),
    ("clip-path", Use::Part),
    ("mask", Use::Part),
    ("mask-type", Use::Words),
    ("transform", FREE),
    ("stroke-width", Use::Numbers(WIDE)),
    ("stroke-linecap", Use::Words),
    ("stroke-linejoin", Use::Words),
    ("stroke-miterlimit", Use::Numbers(WIDE)),
    ("stroke-dasharray", FREE),
    ("stroke-dashoffset", FREE),
    ("paint-order", Use::Words),
    ("vector-effect", Use::Words),
    ("shape-rendering", Use::Words),
    ("color-interpolation", Use::Words),
    ("color-rendering", Use::Words),
    ("display", Use::Words),
    ("visibility", Use::Words),
    ("overflow", Use::Words),
    ("font-size", Use::Positive(LARGE)),
];

/// What drawing programs write for themselves or for letters, which are outlined here.
const PASSED_OVER: &[&str] = &[
    "baseProfile",
    "baseline-shift",
    "contentScriptType",
    "contentStyleType",
    "direction",
    "dominant-baseline",
    "enable-background",
    "image-rendering",
    "letter-spacing",
    "line-height",
    "role",
    "solid-color",
    "solid-opacity",
    "text-align",
    "text-anchor",
    "text-decoration",
    "text-indent",
    "text-rendering",
    "type",
    "unicode-bidi",
    "version",
    "white-space",
    "word-spacing",
    "writing-mode",
    "zoomAndPan",
];

/// Whether an artwork may have such an element.
pub(super) fn element(name: &str) -> bool {
    ELEMENTS.iter().any(|(known, _)| *known == name)
}

/// What an attribute is on an element; none where it may not stand there.
pub(super) fn attribute(element: &str, name: &str) -> Option<Use> {
    let own = ELEMENTS.iter().find(|(known, _)| *known == element).map(|(_, own)| *own)?;
    let listed = own.iter().chain(SHARED).find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    listed.or_else(|| property(name)).or_else(|| {
        let said_of_it = name.starts_with("data-") || name.starts_with("aria-");
        said_of_it.then_some(Use::PassedOver)
    })
}

/// What a declaration of a style is; none where it may not stand there.
pub(super) fn property(name: &str) -> Option<Use> {
    let listed = PRESENTATION.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let of_letters = name.starts_with("font") || name.starts_with("text-decoration") || name.starts_with("-inkscape");
    listed.or((of_letters || PASSED_OVER.contains(&name)).then_some(Use::PassedOver))
}
