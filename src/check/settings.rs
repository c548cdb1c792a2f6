//! `registry.toml`: what it refers to.

use url::Url;

use crate::model::{Registry, Settings};
use crate::problem::{Code, Problem, Problems, Severity};

use super::Context;

pub(super) fn check(context: &Context<'_>, problems: &mut Problems) {
    let Some(settings) = context.settings else { return };
    unknown_theme(context.registry, settings, problems);
    mail_domain(settings, problems);
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
            .help("`default` は組み込みのテーマです", "`default` is built in"),
        );
    }
}

/// R106: a mail address whose domain is none of the body's own is likely a misprint.
fn mail_domain(settings: &Settings, problems: &mut Problems) {
    let mail = &settings.desk.mail;
    let Some((_, domain)) = mail.value.split_once('@') else { return };
    let mut hosts: Vec<String> = [&settings.base_url.value, &settings.desk.url.value]
        .iter()
        .filter_map(|url| Url::parse(url).ok()?.host_str().map(str::to_owned))
        .collect();
    hosts.dedup();
    let domain = domain.to_ascii_lowercase();
    let related =
        |host: &String| *host == domain || host.ends_with(&format!(".{domain}")) || domain.ends_with(&format!(".{host}"));
    if !hosts.is_empty() && !hosts.iter().any(related) {
        problems.push(
            Problem::new(
                Code::MailDomain,
                mail.span,
                format!("メールアドレスのドメイン `{domain}` が機関のページのものと異なります"),
                format!("the domain `{domain}` of the mail address is not that of the body's pages"),
            )
            .help(format!("ページのホスト：{}", hosts.join("、")), format!("hosts of its pages: {}", hosts.join(", "))),
        );
    }
}

fn accepted(context: &Context<'_>, settings: &Settings, problems: &mut Problems) {
    for accepted in &settings.accepted {
        let code = &accepted.code;
        let name = &code.value;
        match Code::named(name).map(Code::severity) {
            Some(Severity::Warning) => {}
            Some(Severity::Error) => problems.push(Problem::new(
                Code::AcceptedCode,
                code.span,
                format!("`{name}` は誤りなので受け入れられません。記録を直してください"),
                format!("`{name}` is an error and cannot be accepted; mend the record"),
            )),
            None => problems.push(Problem::new(
                Code::AcceptedCode,
                code.span,
                format!("`{name}` という警告はありません。つづりを確かめてください"),
                format!("there is no warning `{name}`; check the spelling"),
            )),
        }
        super::numbers::known_service(context, "", &accepted.service, problems);
    }
}

fn security_expired(context: &Context<'_>, settings: &Settings, problems: &mut Problems) {
    let Some(security) = &settings.security else { return };
    if security.expires.value <= context.day {
        problems.push(
            Problem::new(
                Code::SecurityExpired,
                security.expires.span,
                "security.txt の期限が過ぎています",
                "security.txt has expired",
            )
            .help("連絡先を確かめ、1年以内の期限に改めてください", "check the contact and set a day within a year"),
        );
    }
}
