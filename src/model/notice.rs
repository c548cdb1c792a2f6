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
