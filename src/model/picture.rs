//! A picture below `pictures/`: its name and measures. Its bytes stay in its file until it is published.

use crate::picture::Look;
use crate::problem::Span;

/// A picture for notices, free pages and logos.
#[derive(Debug)]
pub struct Picture {
    /// The name of its file: `figure.png`.
    pub file: String,
    /// The path of its file, relative to the root.
    pub path: String,
    /// Its file.
    pub place: Span,
    /// What it is; absent where it cannot be read.
    pub look: Option<Look>,
}

impl Picture {
    /// Its name without the ending.
    pub fn name(&self) -> &str {
        self.file.split('.').next().unwrap_or_default()
    }
}
