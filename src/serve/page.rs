//! Puts the preview's bar into a page: the day with its switch, and the problems.

use crate::render::POLICY;
use crate::report::Lang;
use crate::theme::fill;

use super::policy;
use super::site::{self, Face, Found};

const BAR: &str = include_str!("bar.html");
const PROBLEMS: &str = include_str!("problems.html");
const PAGE: &str = include_str!("page.html");

/// So much of a report is shown over a page, in bytes; the terminal has all of it.
const LONGEST_REPORT: usize = 100_000;

/// What the bar of a page says.
pub(super) struct Bar<'b> {
    pub(super) version: &'b str,
    /// None while the first build is under way.
    pub(super) face: Option<&'b Face>,
    /// The page's own address, to come back to.
    pub(super) back: &'b str,
    pub(super) lang: Lang,
}

impl Bar<'_> {
    /// The page with the bar, and its policy, both widened by what the bar needs. A page without a policy gets the site's.
    pub(super) fn put_into(&self, page: &str) -> (String, String) {
        let mut page = page.to_owned();
        let mut policy = policy::widened(POLICY);
        if let Some(at) = policy::in_page(&page) {
            policy = policy::widened(&unescaped(page.get(at.clone()).unwrap_or_default()));
            page.replace_range(at, &format!("\"{}\"", escaped(&policy)));
        }
        let end = page.to_ascii_lowercase().rfind("</body").unwrap_or(page.len());
        page.insert_str(end, &self.html());
        (page, policy)
    }

    /// A page for when there is no site: it says so, and has the bar like any other.
    pub(super) fn page_without_site(&self) -> String {
        let words = match self.face {
            Some(_) => site::stays(None, self.lang),
            None => self.lang.pick("生成しています", "the site is being built").to_owned(),
        };
        fill(PAGE, &[("lang", self.tag()), ("title", self.lang.pick("プレビュー", "Preview")), ("words", &words)])
    }

    fn html(&self) -> String {
        let lang = self.lang;
        let day = self.face.map(|face| face.day.to_string()).unwrap_or_default();
        let is_today = self.face.is_none_or(|face| face.day == face.today);
        let values = [
            ("lang", self.tag()),
            ("version", self.version),
            ("label", lang.pick("プレビュー", "Preview")),
            ("back", &escaped(self.back)),
            ("day_word", lang.pick("示す日", "Day shown")),
            ("day", &day),
            ("show", lang.pick("表示", "Show")),
            ("today", lang.pick("今日に戻す", "Back to today")),
            ("today_state", if is_today { "hidden" } else { "" }),
            ("problems", &self.face.map(|face| self.problems(face)).unwrap_or_default()),
        ];
        fill(BAR, &values)
    }

    fn problems(&self, face: &Face) -> String {
        let found = &face.found;
        let counts = site::summary(found, self.lang);
        if found.report.is_empty() && found.failure.is_none() {
            return format!("<p>{counts}</p>\n");
        }
        let stays = if found.is_bad() { format!(" — {}", site::stays(face.good.as_ref(), self.lang)) } else { String::new() };
        let values = [
            ("state", if found.is_bad() { "open class=\"bad\"" } else { "" }),
            ("counts", counts.as_str()),
            ("stays", &stays),
            ("label", self.lang.pick("問題", "Problems")),
            ("report", &escaped(&self.report(found))),
        ];
        fill(PROBLEMS, &values)
    }

    fn report(&self, found: &Found) -> String {
        let mut text = String::new();
        if let Some(failure) = &found.failure {
            text = format!("{}: {failure}\n\n", self.lang.pick("失敗しました", "failed"));
        }
        text.push_str(&found.report);
        if text.len() > LONGEST_REPORT {
            text.truncate(text.floor_char_boundary(LONGEST_REPORT));
            text.push_str(self.lang.pick("…\n続きは端末にあります", "…\nthe terminal has the rest"));
        }
        text
    }

    fn tag(&self) -> &'static str {
        self.lang.pick("ja", "en")
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// The text of an attribute's value, which may stand in quotes. A policy holds no sign that would have to be escaped but the quote.
fn unescaped(value: &str) -> String {
    let quoted = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    quoted('"')
        .or_else(|| quoted('\''))
        .unwrap_or(value)
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar() -> Bar<'static> {
        Bar { version: "1-1", face: None, back: "/?a=\"><script>", lang: Lang::En }
    }

    #[test]
    fn a_page_has_its_policy_widened_and_the_bar_at_its_end() {
        let strict = POLICY.replace("form-action 'self'", "form-action 'none'");
        let page = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{strict}\"><body><p>x</p></body></html>");
        let (page, policy) = bar().put_into(&page);
        assert!(!page.contains(&strict) && page.contains(&format!("content=\"{policy}\"")), "{page}");
        for needed in ["script-src 'self'", "connect-src 'self'", "form-action 'self'", "default-src 'none'"] {
            assert!(policy.split("; ").any(|directive| directive == needed), "{needed}: {policy}");
        }
        assert!(page.contains("<p>x</p><section") && page.ends_with("</body></html>"), "{page}");
    }

    #[test]
    fn a_theme_with_another_policy_or_none_still_gets_a_bar_that_works() {
        let (page, policy) = bar().put_into("<meta content='default-src &#39;none&#39;' http-equiv=content-security-policy><p>x");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{policy}");
        assert!(
            page.starts_with("<meta content=\"default-src 'none'; script-src 'self'") && page.contains("<p>x<section"),
            "{page}"
        );
        assert_eq!(bar().put_into("<p>x").1, policy::widened(POLICY));
    }

    #[test]
    fn an_address_cannot_break_out_of_the_bar() {
        let (page, _) = bar().put_into("");
        assert!(page.contains("value=\"/?a=&quot;&gt;&lt;script&gt;\""), "{page}");
    }
}
