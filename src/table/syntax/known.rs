//! The keys that records have. What stands behind one of them is for publication and may be shown.

use super::line::LISTS;

/// Whether a key is one of the records'.
pub(super) fn is_key(key: &str) -> bool {
    key.split('.').all(|part| KEYS.binary_search(&part).is_ok())
}

/// Whether the name in a header is one of the records'.
pub(super) fn is_table(table: &str) -> bool {
    LISTS.contains(&table) || TABLES.contains(&table)
}

/// Tables that stand once.
const TABLES: &[&str] = &["body", "brake", "cites", "criteria", "desk", "guideline", "number", "rules", "security"];

/// In the order of letters.
const KEYS: &[&str] = &[
    "address",
    "aliases",
    "applied_on",
    "base_url",
    "body",
    "brake",
    "categories",
    "certificate_reissued",
    "code",
    "contact",
    "continuation",
    "corporate_number",
    "criteria",
    "criterion",
    "description",
    "description_en",
    "desk",
    "edition",
    "effect",
    "examples",
    "expires",
    "explains",
    "explains_en",
    "facet",
    "fax",
    "fee",
    "footer",
    "form",
    "from",
    "from_provider",
    "ground",
    "group",
    "group_en",
    "guidance",
    "guideline",
    "hands_over_service",
    "hours",
    "id",
    "issued_on",
    "kana",
    "keep_disclosure_after_end",
    "kind",
    "label",
    "license",
    "link_url",
    "list_title",
    "list_title_en",
    "logo",
    "mail",
    "mark_while_continuing",
    "meaning",
    "meaning_en",
    "must_be_running",
    "name",
    "name_en",
    "net",
    "note",
    "notice_days",
    "number",
    "on",
    "part",
    "parts",
    "parts_share_category",
    "percent",
    "prefix",
    "provider",
    "published",
    "published_cancellation",
    "published_improvement",
    "reapply_after_years",
    "reason",
    "removed",
    "renewal_closes_days",
    "renewal_opens_days",
    "renewed_term",
    "repeats",
    "role",
    "role_en",
    "rules",
    "scheme",
    "security",
    "serial_digits",
    "service",
    "services",
    "short_name",
    "short_name_en",
    "slug",
    "standings",
    "started_on",
    "succeeds",
    "succession",
    "summary",
    "tax",
    "tel",
    "term_end",
    "text",
    "text_en",
    "theme",
    "title",
    "title_en",
    "to",
    "until",
    "url",
    "utc_offset",
    "validity_years",
    "was",
    "withholding",
    "withholding_end",
    "withholding_needs_end",
    "work",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_in_order_so_that_each_is_found() {
        assert!(KEYS.is_sorted() && is_key("provider") && is_key("body.name") && !is_key("phone"));
    }
}
