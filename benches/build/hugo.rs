//! The same services for Hugo: one content file for each with its record and its answers as front matter, the catalogues as
//! data, and one layout that prints the items in tables. Home, lists, feeds, sitemap and taxonomies are switched off.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use walkdir::WalkDir;

const CONFIG: &str = r#"baseURL = "https://registry.example.jp/"
title = "Synthetic registry"
languageCode = "ja"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"]
disableHugoGeneratorInject = true
[permalinks.page]
services = "/:slug/"
"#;

const LAYOUT: &str = r##"<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Params.service.number }} {{ .Title }}</title>
<link rel="stylesheet" href="/assets/style.css">
</head>
<body>
<main>
<h1>{{ .Title }}</h1>
{{ with .Params.service }}
<p>{{ .summary }}</p>
<dl>
<div><dt>認定番号</dt><dd>{{ .number }}</dd></div>
<div><dt>事業者</dt><dd>{{ .provider }}</dd></div>
<div><dt>URL</dt><dd><a href="{{ .url }}">{{ .url }}</a></dd></div>
</dl>
{{ end }}
{{ $answers := .Params.answers }}
{{ range (index site.Data.catalogue .Params.scheme).section }}
{{ $section := .id }}
{{ $tables := index $answers .id }}
{{ if .repeats }}{{ else }}{{ $tables = slice $tables }}{{ end }}
{{ $heading := .name }}{{ $items := .item }}
{{ range $answer := $tables }}
<section id="{{ $section }}">
<h2>{{ $heading }}{{ with $answer.label }} <small>{{ . }}</small>{{ end }}</h2>
<table>
<thead><tr><th scope="col">項目</th><th scope="col">必須／選択</th><th scope="col">開示内容</th></tr></thead>
<tbody>
{{ range $items }}
<tr id="{{ $section }}.{{ .id }}">
<th scope="row"><a href="#{{ $section }}.{{ .id }}">{{ .name }}</a></th>
<td><span class="kind {{ .kind }}">{{ if eq .kind "mandatory" }}必須{{ else }}選択{{ end }}</span></td>
<td class="answer">
{{ $given := index $answer .id }}
{{ if reflect.IsMap $given }}
{{ if $given.withheld }}<p>公表留保</p>{{ else if eq $given.practice "none" }}<p>実施なし</p>{{ else }}<p>開示なし</p>{{ end }}
{{ with $given.text }}<div class="text">{{ . }}</div>{{ end }}
{{ else }}<div class="text">{{ $given }}</div>{{ end }}
</td>
</tr>
{{ end }}
</tbody>
</table>
</section>
{{ end }}
{{ end }}
<h2>履歴</h2>
<table>
<tbody>
{{ range .Params.service.event }}<tr><td>{{ time.Format "2006年1月2日" .on }}</td><td>{{ .kind }}</td><td>{{ .note }}</td></tr>
{{ end }}
</tbody>
</table>
</main>
</body>
</html>
"##;

/// The program to compare with.
#[derive(Clone)]
pub(crate) struct Hugo {
    program: OsString,
    /// What it calls itself.
    pub(crate) version: String,
}

/// `$HUGO`, or `hugo` on the path; none where it does not run.
pub(crate) fn find() -> Option<Hugo> {
    let program = env::var_os("HUGO").unwrap_or_else(|| "hugo".into());
    let output = Command::new(&program).arg("version").output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text.lines().find_map(|line| line.strip_prefix("hugo v"))?.split(['-', '+', ' ']).next()?;
    Some(Hugo { program, version: format!("Hugo {version}") })
}

impl Hugo {
    /// Adds the command that builds the site.
    pub(crate) fn arguments(&self, site: &Path, out: &Path, command: &mut Command) {
        command.arg(&self.program).arg("--minify").arg("--quiet").arg("--noBuildLock");
        command.arg("--source").arg(site).arg("--destination").arg(out);
    }
}

/// Writes the site that corresponds to a registry's content.
pub(crate) fn write(content: &Path, site: &Path) -> Result<()> {
    put(&site.join("hugo.toml"), CONFIG)?;
    put(&site.join("layouts/services/single.html"), LAYOUT)?;
    for entry in WalkDir::new(content).sort_by_file_name() {
        let entry = entry?;
        let path = entry.path().strip_prefix(content)?.to_string_lossy().into_owned();
        match path.split('/').collect::<Vec<_>>().as_slice() {
            // The edition that sorts last is the one that is answered.
            ["schemes", scheme, "items", _] => put(&site.join(format!("data/catalogue/{scheme}.toml")), &read(entry.path())?)?,
            ["services", scheme, folder, "service.toml"] => service(scheme, folder, entry.path(), site)?,
            _ => {}
        }
    }
    Ok(())
}

/// One content file: the record and the disclosure, their tables set below `params`.
fn service(scheme: &str, folder: &str, record: &Path, site: &Path) -> Result<()> {
    let text = read(record)?;
    let name = text.lines().find(|line| line.starts_with("name = ")).context("a name")?.replacen("name", "title", 1);
    let disclosures = fs::read_dir(record.with_file_name("disclosures"))?.collect::<Result<Vec<_>, _>>()?;
    let disclosure = read(&disclosures.first().context("a disclosure")?.path())?;
    let below = |text: &str, to: &str| -> String {
        let line = |line: &str| match line.strip_prefix("[[") {
            Some(rest) => format!("[[params.{to}.{rest}\n"),
            None => line.strip_prefix('[').map_or_else(|| format!("{line}\n"), |rest| format!("[params.{to}.{rest}\n")),
        };
        text.lines().map(line).collect()
    };
    let (record, answers) = (below(&text, "service"), below(&disclosure, "answers"));
    let front = format!(
        "+++\n{name}\nslug = \"{scheme}{folder}\"\n[params]\nscheme = \"{scheme}\"\n[params.service]\n{record}\n[params.answers]\n{answers}+++\n"
    );
    put(&site.join(format!("content/services/{scheme}{folder}.md")), &front)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn put(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| path.display().to_string())
}
