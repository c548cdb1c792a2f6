//! `providers/<provider>.toml`: one provider.

use chrono::NaiveDate;

use crate::problem::{Span, Spanned};

/// One provider of services.
#[derive(Debug)]
pub struct Provider {
    /// Its id, the name of its file.
    pub id: String,
    /// Its record.
    pub place: Span,
    /// Its name as it is now.
    pub name: Spanned<String>,
    /// Reading, for sorting and searching.
    pub kana: Option<Spanned<String>>,
    /// Name in English.
    pub name_en: Option<Spanned<String>>,
    /// 法人番号, 13 digits.
    pub corporate_number: Option<Spanned<String>>,
    /// Its logo: a picture of the content folder, as `pictures/spring-cloud.png`.
    pub logo: Option<Spanned<String>>,
    /// Postal address.
    pub address: Spanned<String>,
    /// Its web site.
    pub url: Option<Spanned<String>>,
    /// Names it had before.
    pub former_names: Vec<FormerName>,
}

/// A name that somebody had until a day, that day included.
#[derive(Debug)]
pub struct FormerName {
    /// The name.
    pub name: Spanned<String>,
    /// Its last day.
    pub until: Spanned<NaiveDate>,
}
