//! What a picture says of itself: title, description, number and page address.

/// The words that go along in a picture's file.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// The number as shown; in a mark it is what is set into the artwork.
    pub number: &'a str,
    /// The title.
    pub title: &'a str,
    /// The description.
    pub description: &'a str,
    /// The absolute address of the service's page.
    pub page: &'a str,
}

impl Caption<'_> {
    /// Title, description and metadata as elements of an SVG.
    pub(super) fn elements(&self) -> String {
        let [number, title, description, page] = [self.number, self.title, self.description, self.page].map(escaped);
        format!(
            "<title id=\"mark-title\">{title}</title><desc id=\"mark-desc\">{description}</desc>\
             <metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
             <rdf:Description rdf:about=\"\"><dc:identifier>{number}</dc:identifier><dc:source>{page}</dc:source>\
             <dc:title>{title}</dc:title></rdf:Description></rdf:RDF></metadata>"
        )
    }
}

/// A text as it stands in XML, in elements and attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Characters that XML 1.0 has no way to write.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}
