//! `registry.toml`: what it refers to.

use std::collections::BTreeSet;

use url::Url;

use crate::model::{Registry, Settings};
use crate::problem::{Code, Problem, Problems, Severity, Span, near};

use super::Context;

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    let Some(settings) = context.settings else { return };
    unknown_theme(context.registry, settings, problems);
    unknown_page(context.registry, settings, problems);
    delegations(context.registry, settings, problems);
    mail_domain(context.registry, settings, problems);
    accepted(context, settings, problems);
    security_expired(context, settings, problems);
}

fn unknown_theme(registry: &Registry, settings: &Settings, problems: &mut Problems) {
    let theme = &settings.theme;
    if !registry.known.themes.contains_key(&theme.value) {
        let name = &theme.value;
        problems.push(
            Problem::new(
                Code::UnknownTheme,
                theme.span,
                format!("`themes/{name}/` がありません"),
                format!("there is no `themes/{name}/`"),
            )
            .help(
                format!("組み込みのテーマを用いるのであれば `theme = \"default\"` と書き、独自のテーマであれば `themes/{name}/` を置いてください"),
                format!("write `theme = \"default\"` for the theme that is built in, or put your own into `themes/{name}/`"),
            ),
        );
    }
}

/// A page that every footer names is one of the site's free pages.
fn unknown_page(registry: &Registry, settings: &Settings, problems: &mut Problems) {
    let known: Vec<String> = registry.known.pages.iter().map(|slug| format!("`{slug}`")).collect();
    for page in settings.footer.iter().filter(|page| !registry.known.pages.contains(&page.value)) {
        let name = &page.value;
        let problem = Problem::new(
            Code::UnknownPage,
            page.span,
            format!("自由ページ `{name}`（`content/pages/{name}.md`）がありません"),
            format!("there is no free page `{name}` (`content/pages/{name}.md`)"),
        );
        problems.push(if known.is_empty() {
            problem.help(
                "自由ページはまだ一つもありません。`footer` の行を取り除いてください",
                "there are no free pages yet; take the line `footer` away",
            )
        } else {
            problem.help(
                format!("自由ページから選んでください：{}", known.join("、")),
                format!("choose one of the free pages: {}", known.join(", ")),
            )
        });
    }
}

/// R139: a delegation may concern one scheme and may end.
fn delegations(registry: &Registry, settings: &Settings, problems: &mut Problems) {
    for given in &settings.delegations {
        if let Some(until) = given.until.as_ref().filter(|until| until.value < given.from.value) {
            let (from, until_day) = (given.from.value, until.value);
            problems.push(
                Problem::new(
                    Code::DelegationOrder,
                    until.span,
                    format!("委託が始まり（{from}）より前に終わります（{until_day}）"),
                    format!("the delegation ends on {until_day}, before it begins on {from}"),
                )
                .help(
                    "`until` は委託の最後の日です。契約で始まりと終わりの日を確かめてください",
                    "`until` is its last day; check both days with the contract",
                ),
            );
        }
        if let Some(scheme) = given.scheme.as_ref().filter(|scheme| !registry.known.schemes.contains(&scheme.value)) {
            let known: Vec<String> = registry.known.schemes.iter().map(|id| format!("`{id}`")).collect();
            problems.push(
                Problem::new(
                    Code::UnknownScheme,
                    scheme.span,
                    format!("制度 `{}` の記録がありません", scheme.value),
                    format!("there is no record of the scheme `{}`", scheme.value),
                )
                .help(
                    format!("制度：{}。全ての制度の事務であれば `scheme` の行を取り除いてください", known.join("、")),
                    format!("the schemes: {}; leave `scheme` out where the work is for all of them", known.join(", ")),
                ),
            );
        }
    }
}

/// R106: a mail address whose domain is none of the body's own is likely a misprint. Schemes may have desks of their own.
fn mail_domain(registry: &Registry, settings: &Settings, problems: &mut Problems) {
    let desks = || [&settings.desk].into_iter().chain(registry.schemes.values().filter_map(|scheme| scheme.desk.as_ref()));
    let urls = [&settings.base_url.value].into_iter().chain(desks().map(|desk| &desk.url.value));
    let hosts: BTreeSet<String> = urls.filter_map(|url| Url::parse(url).ok()?.host_str().map(str::to_owned)).collect();
    for mail in desks().map(|desk| &desk.mail) {
        let Some((_, domain)) = mail.value.split_once('@') else { continue };
        let domain = domain.to_ascii_lowercase();
        let related =
            |host: &String| *host == domain || host.ends_with(&format!(".{domain}")) || domain.ends_with(&format!(".{host}"));
        if !hosts.is_empty() && !hosts.iter().any(related) {
            let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
            problems.push(
                Problem::new(
                    Code::MailDomain,
                    mail.span,
                    format!("メールアドレスのドメイン `{domain}` が機関のページのものと異なります"),
                    format!("the domain `{domain}` of the mail address is not that of the body's pages"),
                )
                .help(
                    format!("書き誤りがないか確かめてください。機関のページがあるのは {} です", hosts.join("、")),
                    format!("check it for typing errors; the body's pages are at {}", hosts.join(", ")),
                ),
            );
        }
    }
}

fn accepted(context: &Context<'_>, settings: &Settings, problems: &mut Problems) {
    for accepted in &settings.accepted {
        let code = &accepted.code;
        let name = &code.value;
        match Code::named(name).map(Code::severity) {
            Some(Severity::Warning) => {}
            Some(Severity::Error) => problems.push(
                Problem::new(
                    Code::AcceptedCode,
                    code.span,
                    format!("`{name}` は警告ではなく誤りなので、受け入れられません"),
                    format!("`{name}` is an error and cannot be accepted"),
                )
                .help(
                    "誤りのある記録を直し、この `[[accepted]]` を取り除いてください",
                    "mend the record, and take this `[[accepted]]` away",
                ),
            ),
            None => problems.push(no_warning(name, code.span)),
        }
        super::numbers::known_service(context, "", &accepted.service, problems);
    }
}

fn no_warning(name: &str, place: Span) -> Problem {
    let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning).map(|code| code.name());
    let fault = Problem::new(
        Code::AcceptedCode,
        place,
        format!("`{name}` という警告はありません"),
        format!("there is no warning `{name}`"),
    );
    match near(name, warnings) {
        Some(meant) => {
            fault.help(format!("`{meant}` のことであれば、そう書いてください"), format!("if `{meant}` is meant, write it so"))
        }
        None => fault.help(
            "報告の「警告」の後の [ ] の中にある名前を写してください",
            "copy the name that stands between [ ] after the word warning in the report",
        ),
    }
}

fn security_expired(context: &Context<'_>, settings: &Settings, problems: &mut Problems) {
    let Some(security) = &settings.security else { return };
    if security.expires.value <= context.day {
        problems.push(
            Problem::new(
                Code::SecurityExpired,
                security.expires.span,
                "security.txt（脆弱性の連絡先）の期限が過ぎています",
                "security.txt has expired",
            )
            .help("連絡先を確かめ、`expires` を1年以内の日に改めてください", "check the contact and set a day within a year"),
        );
    }
}
