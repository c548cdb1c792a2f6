//! Takes what browsers ask. Only this machine is listened to, and only requests that name it are answered: a page from
//! elsewhere can neither read the preview under a name of its own nor switch its day.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::mpsc::Sender;

use anyhow::{Context, Result, anyhow};
use chrono::NaiveDate;
use url::form_urlencoded;

use super::files::{self, Found};
use super::page::Bar;
use super::site::Site;
use super::watch::Wake;
use super::wire::{self, Answer, Fault, Request};

const CHANGES: &str = "/_preview/changes";
const DAY: &str = "/_preview/day";
const SCRIPT: &str = "/_preview/preview.js";
const STYLE: &str = "/_preview/preview.css";

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// Where requests come in.
pub(super) struct Front<'f> {
    pub(super) site: &'f Site<'f>,
    pub(super) waker: &'f Sender<Wake>,
    pub(super) port: u16,
}

/// Listens at a port of this machine and tells which.
///
/// # Errors
/// The port is taken, or may not be used.
pub(super) fn listen(port: u16) -> Result<(TcpListener, u16)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| refused(error, port))?;
    let port = listener.local_addr().context("cannot tell the port")?.port();
    Ok((listener, port))
}

fn refused(error: io::Error, port: u16) -> anyhow::Error {
    if error.kind() != ErrorKind::AddrInUse {
        return anyhow!(error).context(format!("127.0.0.1:{port}"));
    }
    anyhow!("port {port} is in use; choose another one with --port (--port 0 takes a free one)")
}

/// Answers requests for as long as the program runs.
pub(super) fn run(listener: &TcpListener, front: &Front<'_>) {
    wire::run(listener, &|request| front.answer(request));
}

impl Front<'_> {
    fn answer(&self, request: Result<&Request, Fault>) -> Answer {
        let mut answer = match request {
            Ok(request) => self.answer_to(request),
            Err(fault) => self.refusal(fault),
        };
        let fixed = [
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ];
        answer.headers.extend(fixed.map(|(name, value)| (name, value.to_owned())));
        answer
    }

    /// What somebody is told whose request was not read to its end.
    fn refusal(&self, fault: Fault) -> Answer {
        let (status, ja, en) = match fault {
            Fault::Malformed => (400, "読み取れない要求です", "the request cannot be read"),
            Fault::LongHead => (431, "要求の先頭が長すぎます", "the head of the request is too long"),
            Fault::LongBody => (413, "送られたものが長すぎます", "what was sent is too long"),
            Fault::Late | Fault::Gone => (408, "要求が時間内に届きませんでした", "the request did not arrive in time"),
            Fault::Full => (
                503,
                "同時に開けるページの数を超えました。使っていないタブを閉じ、少し待ってから再び読み込んでください",
                "too many pages are open at once; close some of them, wait a little and reload",
            ),
        };
        Answer::text(status, self.pick(ja, en))
    }

    fn answer_to(&self, request: &Request) -> Answer {
        let mut hosts = request.values("Host").peekable();
        if hosts.peek().is_none() || !hosts.all(|host| self.is_own(host)) {
            return Answer::text(
                421,
                self.pick(
                    "このプレビューは 127.0.0.1 と localhost の名だけに答えます",
                    "this preview answers to 127.0.0.1 and localhost only",
                ),
            );
        }
        let (url, method) = (request.target.as_str(), request.method.as_str());
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        match path {
            DAY if method == "POST" => self.switch_day(request),
            DAY => self.not_allowed("POST"),
            _ if !matches!(method, "GET" | "HEAD") => self.not_allowed("GET, HEAD"),
            CHANGES => Answer::of(200, TEXT, self.site.another_than(&since(query)).into_bytes()),
            SCRIPT => Answer::of(200, "text/javascript; charset=utf-8", include_bytes!("preview.js").to_vec()),
            STYLE => Answer::of(200, "text/css; charset=utf-8", include_bytes!("preview.css").to_vec()),
            _ => self.page(path, url),
        }
    }

    /// Whether a host is this preview, whoever asks for it.
    fn is_own(&self, host: &str) -> bool {
        let name = host.strip_suffix(&format!(":{}", self.port)).or_else(|| (self.port == 80).then_some(host));
        name.is_some_and(|name| ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own)))
    }

    /// Whether a page of this preview asks. Browsers tell by one header or the other; who tells nothing is no browser.
    fn is_asked_by_own_page(&self, request: &Request) -> bool {
        let sites: Vec<&str> = request.values("Sec-Fetch-Site").collect();
        let origins: Vec<&str> = request.values("Origin").collect();
        let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| self.is_own(host));
        !(sites.is_empty() && origins.is_empty())
            && sites.iter().all(|site| *site == "same-origin")
            && origins.iter().all(|origin| is_own(origin))
    }

    fn switch_day(&self, request: &Request) -> Answer {
        if !self.is_asked_by_own_page(request) {
            return Answer::text(403, self.pick("ほかのサイトからは切り替えられません", "another site may not switch the day"));
        }
        let form = request.body.as_slice();
        let field = |name: &str| form_urlencoded::parse(form).find(|(of, _)| of == name).map(|(_, value)| value.into_owned());
        let asked = field("day").unwrap_or_default();
        let day = match (field("today"), day_of(&asked)) {
            (Some(_), _) => None,
            (None, Some(day)) => Some(day),
            (None, None) => {
                let words = self.pick("日付ではありません。2026-04-01 の形で書いてください", "is no day; write it as 2026-04-01");
                return Answer::text(400, &format!("`{asked}` {words}"));
            }
        };
        self.site.show(day, || {
            // When nobody builds any more the program is about to end.
            let _ = self.waker.send(Wake::Day);
        });
        let back = field("back").filter(|back| is_local(back));
        Answer::elsewhere(303, back.unwrap_or_else(|| "/".to_owned()))
    }

    fn page(&self, path: &str, url: &str) -> Answer {
        let Some(parts) = files::names(path) else {
            return Answer::text(400, self.pick("このような所在はありません", "there can be no such address"));
        };
        let (version, face) = self.site.seen();
        let bar = Bar { version: &version, face: face.as_ref(), back: url, lang: self.site.lang() };
        let Some(good) = face.as_ref().and_then(|face| face.good.as_ref()) else {
            return html(503, &bar.page_without_site(), &bar);
        };
        let folder = self.site.folder();
        match files::find(folder, &good.base, path, &parts) {
            Found::File(file) => self.file(200, &file, &bar),
            Found::Elsewhere(address) => Answer::elsewhere(302, address + url.get(path.len()..).unwrap_or_default()),
            Found::Nothing => self.file(404, &folder.join("404.html"), &bar),
        }
    }

    fn file(&self, status: u16, file: &Path, bar: &Bar<'_>) -> Answer {
        match (files::read(file), files::kind(file)) {
            (Ok(bytes), HTML) => html(status, &String::from_utf8_lossy(&bytes), bar),
            (Ok(bytes), kind) => Answer::of(status, kind, bytes),
            (Err(error), _) => Answer::text(500, &format!("{error:#}")),
        }
    }

    fn not_allowed(&self, methods: &str) -> Answer {
        let mut answer = Answer::text(405, self.pick("ここではできません", "this cannot be done here"));
        answer.headers.push(("Allow", methods.to_owned()));
        answer
    }

    fn pick(&self, ja: &'static str, en: &'static str) -> &'static str {
        self.site.lang().pick(ja, en)
    }
}

impl Answer {
    fn of(status: u16, kind: &'static str, body: Vec<u8>) -> Self {
        Self { status, kind, body, headers: Vec::new() }
    }

    fn text(status: u16, text: &str) -> Self {
        Self::of(status, TEXT, format!("{text}\n").into_bytes())
    }

    fn elsewhere(status: u16, address: String) -> Self {
        Self { headers: vec![("Location", address)], ..Self::of(status, TEXT, Vec::new()) }
    }
}

fn html(status: u16, page: &str, bar: &Bar<'_>) -> Answer {
    let (page, policy) = bar.put_into(page);
    let mut answer = Answer::of(status, HTML, page.into_bytes());
    // In public the pages' headers say this too; a page's own policy cannot.
    answer.headers.push(("Content-Security-Policy", format!("{policy}; frame-ancestors 'none'")));
    answer
}

fn since(query: &str) -> String {
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "since")
        .map(|(_, since)| since.into_owned())
        .unwrap_or_default()
}

/// A day exactly as `2026-04-01`.
fn day_of(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (day.format("%Y-%m-%d").to_string() == text && text.len() == 10).then_some(day)
}

/// Whether an address is one of this host: `//host/` and what browsers take for that are not.
fn is_local(address: &str) -> bool {
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain && address.starts_with('/') && !address.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_stays_on_this_host() {
        for address in ["/", "/ip0001-1212/?page=2", "/%E5%85%AC/"] {
            assert!(is_local(address), "{address}");
        }
        for address in
            ["", "x", "//elsewhere.example/", "/\\elsewhere.example", "https://elsewhere.example/", "/a\r\nSet-Cookie: b", "/公"]
        {
            assert!(!is_local(address), "{address}");
        }
    }

    #[test]
    fn a_day_is_taken_only_as_it_is_written() {
        assert_eq!(day_of("2026-04-01"), NaiveDate::from_ymd_opt(2026, 4, 1));
        for text in
            ["", "2026-4-1", "26-04-01", "2026-02-30", "+2026-04-01", " 2026-04-01", "2026-04-01 ", "12026-04-01", "-026-04-01"]
        {
            assert_eq!(day_of(text), None, "{text}");
        }
    }
}
