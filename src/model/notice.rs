//! Notices of the body and free pages: front matter and CommonMark.

use chrono::NaiveDate;

use crate::problem::{Span, Spanned};

/// A notice of the body.
#[derive(Debug)]
pub struct Notice {
    /// Its day.
    pub date: NaiveDate,
    /// The rest of its file name.
    pub slug: String,
    /// Its record.
    pub place: Span,
    /// Its title.
    pub title: Spanned<String>,
    /// What kind of notice, in the body's own words.
    pub kind: Spanned<String>,
    /// Numbers of the services it is about.
    pub services: Vec<Spanned<String>>,
    /// CommonMark.
    pub text: Spanned<String>,
}

impl Notice {
    /// The name of its file without the ending, which is its address too: `2026-04-01-office`.
    pub fn name(&self) -> String {
        format!("{}-{}", self.date, self.slug)
    }
}

/// A free page.
#[derive(Debug)]
pub struct Article {
    /// Its file name without the ending.
    pub slug: String,
    /// Its record.
    pub place: Span,
    /// Its title.
    pub title: Spanned<String>,
    /// CommonMark.
    pub text: Spanned<String>,
}
