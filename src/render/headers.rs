//! The headers of every answer, as the pages' own policy and as files for common hosts.
//!
//! Pages fetch nothing from elsewhere. Marks are embedded by other sites, so they may be loaded from everywhere, and are
//! cached for minutes only: after the end the same address tells the truth soon.
//!
//! Of the records only the path of the site goes into these files. It is made of letters, digits and `.`, `_`, `~`, `-` (see
//! [`crate::route::Base::read`]), of which nginx takes `.` for any character.

use std::fmt::Write as _;

use anyhow::Result;

use crate::route::{HeaderFile, MarkFile, Route};

use super::Press;

/// The policy that every page carries.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

/// What a policy can say in a header only.
const FRAMING: &str = "frame-ancestors 'none'";

/// Headers of every answer beside the policy.
const ALWAYS: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// Headers of the marks; five minutes.
const OF_MARKS: [(&str, &str); 3] = [
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Cache-Control", "public, max-age=300, must-revalidate"),
];

/// Writes the file of every kind of host.
pub(super) fn write(press: &Press<'_>) -> Result<()> {
    let base = press.view.site.base.path();
    for (file, text) in
        [(HeaderFile::Underscore, underscore(base)), (HeaderFile::Htaccess, htaccess(base)), (HeaderFile::Nginx, nginx(base))]
    {
        press.file(Route::Headers(file), |out| {
            out.extend_from_slice(text.as_bytes());
            Ok(())
        })?;
    }
    Ok(())
}

fn whole_policy() -> String {
    format!("{POLICY}; {FRAMING}")
}

/// Cloudflare Pages, Netlify: paths with placeholders, later blocks add to earlier ones.
fn underscore(base: &str) -> String {
    let mut out = format!("{base}*\n  Content-Security-Policy: {}\n", whole_policy());
    for (name, value) in ALWAYS {
        let _ = writeln!(out, "  {name}: {value}");
    }
    for mark in MarkFile::ALL {
        let _ = writeln!(out, "{base}:service/{}", mark.name());
        for (name, value) in OF_MARKS {
            let _ = writeln!(out, "  {name}: {value}");
        }
    }
    out
}

/// Apache, where the folder may override and mod_headers is on.
fn htaccess(base: &str) -> String {
    let mut out = format!("ErrorDocument 404 {base}404.html\n<IfModule mod_headers.c>\n");
    let _ = writeln!(out, "Header always set Content-Security-Policy \"{}\"", whole_policy());
    for (name, value) in ALWAYS {
        let _ = writeln!(out, "Header always set {name} \"{value}\"");
    }
    out.push_str("<FilesMatch \"^mark(-mono)?(@[23]x)?\\.(svg|png)$\">\n");
    for (name, value) in OF_MARKS {
        let _ = writeln!(out, "Header always set {name} \"{value}\"");
    }
    out.push_str("</FilesMatch>\n</IfModule>\n<Files \"headers.nginx.conf\">\nRequire all denied\n</Files>\n");
    out
}

/// nginx: to include inside of the server block. A location that adds a header repeats the others.
fn nginx(base: &str) -> String {
    let always = |out: &mut String, indent: &str| {
        let _ = writeln!(out, "{indent}add_header Content-Security-Policy \"{}\" always;", whole_policy());
        for (name, value) in ALWAYS {
            let _ = writeln!(out, "{indent}add_header {name} \"{value}\" always;");
        }
    };
    let mut out = String::new();
    always(&mut out, "");
    let _ = writeln!(
        out,
        "error_page 404 {base}404.html;\nlocation ~ ^{}[^/]+/mark(-mono)?(@[23]x)?\\.(svg|png)$ {{",
        base.replace('.', "\\.")
    );
    always(&mut out, "    ");
    for (name, value) in OF_MARKS {
        let _ = writeln!(out, "    add_header {name} \"{value}\" always;");
    }
    let _ = writeln!(out, "}}\nlocation ~ /(_headers|\\.htaccess|headers\\.nginx\\.conf)$ {{\n    deny all;\n}}");
    out
}
