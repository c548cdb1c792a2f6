//! Addresses as people write them into records and texts: those of other sites, and paths of this one. Browsers read almost
//! anything as some address (`https:evil`, `https:\\evil`, letters nobody sees), so only what says plainly where it leads
//! is taken.

use unicode_normalization::UnicodeNormalization;
use url::{Host, Url, quirks};

/// Why a text is no address that may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not begin with `http://` or `https://`; of a path: not with one `/`.
    Beginning,
    /// A space or a line break.
    Space,
    /// A control character, or a letter that nobody sees or that turns the direction of writing.
    Invisible(char),
    /// A sign that addresses do not have.
    Sign(char),
    /// A `%` that two hexadecimal digits do not follow, or what they stand for is no text.
    Percent,
    /// A user's name or password.
    User,
    /// A port that is none.
    Port,
    /// No host, or one that cannot be.
    Host,
    /// A host that is read as another one than is written.
    OtherHost,
    /// `//`, `/./` or `/../` in a path, written plainly or with `%`.
    Steps,
    /// Of a site's own address: it does not end with `/`.
    End,
    /// Of a site's own address: it has a query or a fragment.
    Query,
    /// Of a site's own address: a path with other signs than `A-Z a-z 0-9 . _ ~ -`.
    Path,
}

/// What is wrong with an address, and the right one where it can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAddress {
    /// What is wrong.
    pub fault: Fault,
    /// The address as it should be written.
    pub right: Option<String>,
}

/// A path of this site as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    /// Below the base, without the leading `/`, query and fragment; `%` resolved.
    pub path: String,
    /// What follows `#`, `%` resolved.
    pub fragment: Option<String>,
}

/// Reads an address of another site: `http(s)://host[:port]/…`. What comes back is to be published: the host in small
/// letters, one in other letters than ASCII as punycode, all else as it is written.
///
/// # Errors
/// The text is no such address, or one whose host would be read as another one than is written.
pub fn outside(text: &str) -> Result<String, BadAddress> {
    strict(text).map_err(|fault| BadAddress { fault, right: right(text) })
}

/// Reads an address of this site as texts of the body write it: a path below the base that begins with one `/`.
///
/// # Errors
/// The path steps about (`//`, `..`), holds what no address holds, or its `%` are broken.
pub fn inside(link: &str) -> Result<Inside, Fault> {
    plain(link)?;
    let path = link.strip_prefix('/').ok_or(Fault::Beginning)?;
    let (path, fragment) = path.split_once('#').map_or((path, None), |(path, fragment)| (path, Some(fragment)));
    let path = decoded(path.split('?').next().unwrap_or_default())?;
    // A `/` or `\` that was written with `%` steps as well as a plain one.
    let mut segments = path.split('/').rev();
    let last = segments.next().unwrap_or_default();
    let steps = |segment: &str| matches!(segment, "" | "." | "..") || segment.contains('\\');
    if matches!(last, "." | "..") || last.contains('\\') || segments.any(steps) || link_hides_slash(link) {
        return Err(Fault::Steps);
    }
    Ok(Inside { path, fragment: fragment.map(decoded).transpose()? })
}

/// Whether a path has a `/` that is written as `%2F`: servers disagree about where it leads.
fn link_hides_slash(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    path.to_ascii_lowercase().contains("%2f")
}

/// Whether a text is made of what addresses are made of.
///
/// # Errors
/// The first fault: letters that nobody sees, spaces, `\`, a broken `%`.
pub fn plain(text: &str) -> Result<(), Fault> {
    let fault = text.chars().find_map(|c| match c {
        c if is_invisible(c) => Some(Fault::Invisible(c)),
        c if c.is_whitespace() => Some(Fault::Space),
        // Browsers read it as `/`. What else addresses should not hold they write with `%`, and nothing else comes of it.
        '\\' => Some(Fault::Sign(c)),
        _ => None,
    });
    match fault {
        Some(fault) => Err(fault),
        None if has_broken_percent(text) => Err(Fault::Percent),
        None => Ok(()),
    }
}

/// Characters that are not seen or change how others are seen: control characters, zero-width ones, bidirectional controls,
/// fillers, tags.
pub fn is_invisible(c: char) -> bool {
    let of_format = matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    let fillers = matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || of_format || fillers || matches!(c, '\u{e0000}'..='\u{e007f}')
}

fn has_broken_percent(text: &str) -> bool {
    let is_hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = text.as_bytes();
    text.match_indices('%').any(|(at, _)| !is_hex(bytes.get(at + 1)) || !is_hex(bytes.get(at + 2)))
}

fn decoded(text: &str) -> Result<String, Fault> {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                at += 3;
            }
            (b'%', _, _) => return Err(Fault::Percent),
            (byte, _, _) => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    let text = String::from_utf8(out).map_err(|_| Fault::Percent)?;
    if text.contains(|c: char| c.is_control()) { Err(Fault::Percent) } else { Ok(text) }
}

fn strict(text: &str) -> Result<String, Fault> {
    plain(text)?;
    let (scheme, rest) = text.split_once("://").ok_or(Fault::Beginning)?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(Fault::Beginning);
    }
    let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(Fault::User);
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        Some(_) | None => (authority, None),
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|number| number > 0 && port == number.to_string());
    if port.is_some_and(|port| !is_port(port)) {
        return Err(Fault::Port);
    }
    let host = read_host(host)?;
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let address = format!("{scheme}://{host}{port}{rest}");
    let read = Url::parse(&address).map_err(|_| Fault::Host)?;
    if read.host_str() == Some(host.as_str()) { Ok(address) } else { Err(Fault::OtherHost) }
}

/// The host as it is published: it may differ in case from what is written, or be its punycode, and in nothing else.
fn read_host(written: &str) -> Result<String, Fault> {
    let labels = written.strip_suffix('.').unwrap_or(written).split('.');
    if labels.into_iter().any(str::is_empty) {
        return Err(Fault::Host);
    }
    let host = Host::parse(written).map_err(|_| Fault::Host)?;
    let shown = host.to_string();
    let lower = written.to_lowercase();
    let is_domain = matches!(host, Host::Domain(_));
    if shown == lower
        || (is_domain && !written.is_ascii() && quirks::domain_to_unicode(&shown) == lower.nfc().collect::<String>())
    {
        Ok(shown)
    } else {
        Err(Fault::OtherHost)
    }
}

/// The address that was likely meant: without what nobody sees, in half width, as a browser would read it, or with the
/// `https://` that was left out.
fn right(text: &str) -> Option<String> {
    let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let seen = seen.trim();
    let half: String = seen.nfkc().collect();
    let with_scheme = format!("https://{half}");
    let is_bare = !half.contains(':') && half.split(['/', '?', '#']).next().is_some_and(|host| host.contains('.'));
    let candidates = [Some(seen.to_owned()), Some(escaped(seen)), as_read(seen), as_read(&half)];
    let bare = is_bare.then(|| as_read(&with_scheme)).flatten();
    candidates.into_iter().flatten().chain(bare).find_map(|candidate| strict(&candidate).ok())
}

/// With `%` for what an address cannot hold as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let broken = c == '%' && has_broken_percent(text.get(at..(at + 3).min(text.len())).unwrap_or("%"));
        match c {
            ' ' => out.push_str("%20"),
            '%' if broken => out.push_str("%25"),
            '\u{3000}' => out.push_str("%E3%80%80"),
            c => out.push(c),
        }
    }
    out
}

/// As a browser reads it, without a user.
pub(super) fn as_read(text: &str) -> Option<String> {
    let mut url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    if !url.username().is_empty() || url.password().is_some() {
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
    }
    Some(escaped(url.as_str()))
}

impl Fault {
    /// What is wrong, in Japanese and in English.
    pub fn words(self) -> (String, String) {
        let both = |ja: &str, en: &str| (ja.to_owned(), en.to_owned());
        match self {
            Fault::Beginning => both("http:// 又は https:// で始まっていません", "it does not begin with http:// or https://"),
            Fault::Space => both("空白又は改行が入っています", "it holds a space or a line break"),
            Fault::Invisible(c) => {
                let code = u32::from(c);
                (format!("目に見えない文字 U+{code:04X} が入っています"), format!("it holds U+{code:04X}, which nobody sees"))
            }
            Fault::Sign(c) => {
                (format!("URL に書けない記号「{c}」が入っています"), format!("it holds `{c}`, which addresses do not have"))
            }
            Fault::Percent => {
                both("% の後が2桁の16進数になっていません", "a `%` in it is not followed by two hexadecimal digits of a text")
            }
            Fault::User => both("利用者名（@ の前の部分）が入っています", "it holds a user's name (what stands before the @)"),
            Fault::Port => {
                both("ポート番号が正しくないか、書く必要のないものです", "its port is none, or one that need not be written")
            }
            Fault::Host => both("ホスト名が正しくありません", "its host is none"),
            Fault::OtherHost => {
                both("書かれたとおりのホスト名として読まれません", "its host is read as another one than is written")
            }
            Fault::End => both("`/` で終わっていません", "it does not end with `/`"),
            Fault::Query => both("`?` 又は `#` が入っています", "it holds `?` or `#`"),
            Fault::Path => both(
                "パスに半角の英数字と `.`、`_`、`~`、`-` の他の文字が入っています",
                "its path holds other signs than letters, digits, `.`, `_`, `~` and `-`",
            ),
            Fault::Steps => {
                both("`//`、`.`、`..` 又は `%2F` が途中に入っています", "it holds `//`, `.`, `..` or `%2F` on its way")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<Fault> {
        outside(text).err().map(|bad| bad.fault)
    }

    fn right(text: &str) -> Option<String> {
        outside(text).err().and_then(|bad| bad.right)
    }

    #[test]
    fn an_address_is_published_as_written_but_for_the_host() {
        for (written, published) in [
            ("https://example.jp", "https://example.jp"),
            ("http://example.jp:8080/a/../b?c[]=1#d", "http://example.jp:8080/a/../b?c[]=1#d"),
            ("HTTPS://Example.JP/Path", "https://example.jp/Path"),
            ("https://日本語.jp/様式.xlsx", "https://xn--wgv71a119e.jp/様式.xlsx"),
            ("https://xn--wgv71a119e.jp/", "https://xn--wgv71a119e.jp/"),
            ("https://example.jp/a@b:c", "https://example.jp/a@b:c"),
            ("https://example.jp/{x}?x=<y>|\"z\"", "https://example.jp/{x}?x=<y>|\"z\""),
            ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/"),
            ("https://192.0.2.1/", "https://192.0.2.1/"),
        ] {
            assert_eq!(outside(written).as_deref(), Ok(published), "{written}");
        }
    }

    #[test]
    fn what_a_browser_would_read_as_another_address_is_none() {
        for (text, expected) in [
            ("https:evil.example", Fault::Beginning),
            ("https:/evil.example", Fault::Beginning),
            ("https:\\\\evil.example", Fault::Sign('\\')),
            ("https://example.jp\\@evil.example/", Fault::Sign('\\')),
            ("https:///evil.example/", Fault::Host),
            ("https://:pw@evil.example/", Fault::User),
            ("https://example.jp@evil.example/", Fault::User),
            ("https://exam\u{200b}ple.jp/", Fault::Invisible('\u{200b}')),
            ("https://example.jp/\u{202e}gpj.x", Fault::Invisible('\u{202e}')),
            ("https://example.jp/\u{7f}", Fault::Invisible('\u{7f}')),
            ("https://example.jp/a b", Fault::Space),
            ("https://example.jp/　", Fault::Space),
            (" https://example.jp/", Fault::Space),
            ("https://example.jp:0/", Fault::Port),
            ("https://example.jp:65536/", Fault::Port),
            ("https://example.jp:/", Fault::Port),
            ("https://ex%61mple.jp/", Fault::OtherHost),
            ("https://ｅｘａｍｐｌｅ.jp/", Fault::OtherHost),
            ("https://0x7f.1/", Fault::OtherHost),
            ("https://2130706433/", Fault::OtherHost),
            ("https://a..b/", Fault::Host),
            ("https://", Fault::Host),
            ("https://example.jp/%zz", Fault::Percent),
            ("https://example.jp/100%", Fault::Percent),
            ("ftp://example.jp/", Fault::Beginning),
            ("javascript:alert(1)//http://", Fault::Beginning),
            ("example.jp", Fault::Beginning),
            ("", Fault::Beginning),
        ] {
            assert_eq!(fault(text), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn the_right_address_is_told_where_it_can_be() {
        for (text, expected) in [
            ("https:example.jp/x", Some("https://example.jp/x")),
            ("https:\\\\example.jp\\x", Some("https://example.jp/x")),
            ("https://user:pw@example.jp/", Some("https://example.jp/")),
            ("https://exam\u{200b}ple.jp/", Some("https://example.jp/")),
            ("https://example.jp/様式 1.xlsx", Some("https://example.jp/様式%201.xlsx")),
            ("https://example.jp/100%", Some("https://example.jp/100%25")),
            ("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｊｐ／", Some("https://example.jp/")),
            ("www.example.jp/a", Some("https://www.example.jp/a")),
            ("https://example.jp:0/", None),
            ("ftp://example.jp/", None),
        ] {
            assert_eq!(right(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_path_of_this_site_is_read_as_it_is_meant() {
        let read = |link: &str| inside(link).map(|inside| (inside.path, inside.fragment));
        assert_eq!(read("/ip/?q=1#%E8%A1%A8"), Ok(("ip/".to_owned(), Some("表".to_owned()))));
        assert_eq!(read("/%69p/"), Ok(("ip/".to_owned(), None)));
        assert_eq!(read("/"), Ok((String::new(), None)));
        for (link, expected) in [
            ("ip/", Fault::Beginning),
            ("//evil.example/", Fault::Steps),
            ("/ip//x/", Fault::Steps),
            ("/ip/../x/", Fault::Steps),
            ("/ip/%2e%2E/x/", Fault::Steps),
            ("/ip/..", Fault::Steps),
            ("/./ip/", Fault::Steps),
            ("/ip%2Fx/", Fault::Steps),
            ("/ip%5C..%5Cx/", Fault::Steps),
            ("/ip\\x/", Fault::Sign('\\')),
            ("/ip/%zz", Fault::Percent),
            ("/ip/%ff", Fault::Percent),
            ("/ip/#%", Fault::Percent),
            ("/ip/ x/", Fault::Space),
        ] {
            assert_eq!(read(link), Err(expected), "{link}");
        }
    }
}
