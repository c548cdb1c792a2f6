//! `registry.toml` and the desk tables that schemes share with it.

use crate::model::{
    Accepted, Body, Brake, Delegation, Desk, FormerName, Security, Settings, TermEnd, WithholdingEnd, WithholdingGround, placed,
};
use crate::problem::{Code, FileId, Problem, Problems, Spanned};
use crate::route::{self, Base};
use crate::source::Sources;
use crate::table::{Table, bad_address};
use anyhow::Result;

use super::{document, help_of_id, is_id, or_blank, unique};

/// Reads `registry.toml`.
pub(super) fn read(sources: &Sources, file: FileId, problems: &mut Problems) -> Result<Option<Settings>> {
    document(sources, file, problems, settings)
}

fn settings(table: &mut Table<'_>, problems: &mut Problems) -> Settings {
    let place = table.place();
    let title = table.name("title", problems);
    let title_en = table.name("title_en", problems);
    let base_url = table.text("base_url", problems).and_then(|url| read_base(url, problems));
    let offset = table.text("utc_offset", problems);
    let term_end = table.choice(
        "term_end",
        &[("day-before-anniversary", TermEnd::DayBeforeAnniversary), ("anniversary", TermEnd::Anniversary)],
        problems,
    );
    let withholding_end =
        table.choice("withholding_end", &[("hold", WithholdingEnd::Hold), ("publish", WithholdingEnd::Publish)], problems);
    let keep = table.truth("keep_disclosure_after_end", problems);
    let notice_days = table.number("notice_days", 0, 3650, problems);
    let theme = table.text("theme", problems);
    let license = table.name("license", problems);
    let body = table.table("body", problems).map(|body| read_body(body, problems));
    let desk = table.table("desk", problems).map(|table| desk(table, problems));
    Settings {
        title: or_blank(title, place),
        title_en: or_blank(title_en, place),
        base_url: or_blank(base_url, place),
        utc_offset_minutes: offset.and_then(|text| offset_minutes(&text, problems)).unwrap_or(0),
        term_end: term_end.map_or(TermEnd::DayBeforeAnniversary, |choice| choice.value),
        withholding_end: withholding_end.map_or(WithholdingEnd::Hold, |choice| choice.value),
        keep_disclosure_after_end: keep.is_some_and(|keep| keep.value),
        notice_days: notice_days.map_or(0, |days| days.value),
        theme: theme.unwrap_or_else(|| placed("default".to_owned(), place)),
        license: or_blank(license, place),
        footer: footer(table, problems),
        brake: table.table_if("brake", problems).map(|table| brake(table, problems)).unwrap_or_default(),
        body: body.unwrap_or_else(|| Body {
            name: or_blank(None, place),
            name_en: or_blank(None, place),
            role: None,
            role_en: None,
            former_names: Vec::new(),
        }),
        desk: desk.unwrap_or_else(|| blank_desk(place)),
        security: table.table_if("security", problems).and_then(|table| security(table, problems)),
        delegations: table.tables("delegation", problems).into_iter().filter_map(|table| delegation(table, problems)).collect(),
        withholding_grounds: grounds(table, problems),
        accepted: table.tables("accepted", problems).into_iter().filter_map(|table| accepted(table, problems)).collect(),
    }
}

/// Every page's address follows from the site's own.
fn read_base(url: Spanned<String>, problems: &mut Problems) -> Option<Spanned<String>> {
    match Base::read(&url.value) {
        Ok(base) => Some(placed(base.url().to_owned(), url.span)),
        Err(bad) => {
            problems.push(bad_address(Code::AddressForm, &url, &bad));
            None
        }
    }
}

/// `+09:00` in minutes.
fn offset_minutes(text: &Spanned<String>, problems: &mut Problems) -> Option<i32> {
    let minutes = parse_offset(&text.value);
    if minutes.is_none() {
        problems.push(
            Problem::new(
                Code::BadValue,
                text.span,
                "`utc_offset` に書かれているのは時差ではありません",
                "`utc_offset` is no offset from UTC",
            )
            .help("`+09:00` の形で書いてください", "write it as `+09:00`"),
        );
    }
    minutes
}

fn parse_offset(text: &str) -> Option<i32> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        (_, _) => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// The pages that every footer names; whether they exist is asked once all records are read.
fn footer(table: &mut Table<'_>, problems: &mut Problems) -> Vec<Spanned<String>> {
    let footer = table.texts("footer", problems);
    unique(&footer, problems);
    if let Some(beyond) = footer.get(Settings::MOST_IN_FOOTER) {
        let most = Settings::MOST_IN_FOOTER;
        problems.push(
            Problem::new(
                Code::BadValue,
                beyond.span,
                format!("フッターに載せられる自由ページは {most} 件までです"),
                format!("a footer names {most} free pages at most"),
            )
            .help(
                "全ての自由ページの一覧は /pages/ にあります。よく見られるものだけを残してください",
                "all free pages are listed on /pages/; keep those that are read most",
            ),
        );
    }
    footer
}

fn brake(mut table: Table<'_>, problems: &mut Problems) -> Brake {
    let standings = table.number_if("standings", 0, 1_000_000, problems);
    let removed = table.number_if("removed", 0, 1_000_000, problems);
    table.finish(problems);
    let usual = Brake::default();
    Brake {
        standings: standings.map_or(usual.standings, |number| number.value),
        removed: removed.map_or(usual.removed, |number| number.value),
    }
}

fn read_body(mut table: Table<'_>, problems: &mut Problems) -> Body {
    let place = table.place();
    let name = table.name("name", problems);
    let name_en = table.name("name_en", problems);
    let role = table.name_if("role", problems);
    let role_en = table.name_if("role_en", problems);
    let former_names = former_names(&mut table, problems);
    table.finish(problems);
    Body { name: or_blank(name, place), name_en: or_blank(name_en, place), role, role_en, former_names }
}

/// The `[[former_name]]` tables of a body or a provider.
pub(super) fn former_names(table: &mut Table<'_>, problems: &mut Problems) -> Vec<FormerName> {
    let tables = table.tables("former_name", problems);
    let names = tables.into_iter().filter_map(|mut table| {
        let name = table.name("name", problems);
        let until = table.date("until", problems);
        table.finish(problems);
        Some(FormerName { name: name?, until: until? })
    });
    names.collect()
}

/// A `[desk]` table.
pub(super) fn desk(mut table: Table<'_>, problems: &mut Problems) -> Desk {
    let place = table.place();
    let name = table.name("name", problems);
    let hours = table.text("hours", problems);
    let mail = table.text("mail", problems).filter(|mail| check_mail(mail, problems));
    let tel = table.name("tel", problems);
    let fax = table.name("fax", problems);
    let address = table.text("address", problems);
    let url = table.address("url", problems);
    table.finish(problems);
    Desk {
        name: or_blank(name, place),
        hours: or_blank(hours, place),
        mail: or_blank(mail, place),
        tel: or_blank(tel, place),
        fax: or_blank(fax, place),
        address: or_blank(address, place),
        url: or_blank(url, place),
    }
}

fn blank_desk(place: crate::problem::Span) -> Desk {
    let blank = || or_blank(None, place);
    Desk { name: blank(), hours: blank(), mail: blank(), tel: blank(), fax: blank(), address: blank(), url: blank() }
}

fn check_mail(mail: &Spanned<String>, problems: &mut Problems) -> bool {
    let fits = is_mail(&mail.value);
    if !fits {
        problems.push(Problem::new(Code::BadValue, mail.span, "メールアドレスではありません", "this is no mail address").help(
            "`office@example.jp` の形で書いてください。ページでは _atmark_ の形になります",
            "write it as `office@example.jp`; pages print _atmark_",
        ));
    }
    fits
}

fn security(mut table: Table<'_>, problems: &mut Problems) -> Option<Security> {
    let contact = table.text("contact", problems).and_then(|contact| read_contact(contact, problems));
    let expires = table.date("expires", problems);
    table.finish(problems);
    Some(Security { contact: contact?, expires: expires? })
}

/// What goes into `security.txt`, a line of it.
fn read_contact(contact: Spanned<String>, problems: &mut Problems) -> Option<Spanned<String>> {
    let is_tel = |number: &str| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b"+-.()".contains(&b));
    let value = match contact.value.split_once(':') {
        Some(("mailto", mail)) => Some(contact.value.clone()).filter(|_| is_mail(mail) && mail.is_ascii()),
        Some(("https", _)) => route::outside(&contact.value).ok(),
        Some(("tel", number)) => Some(contact.value.clone()).filter(|_| is_tel(number)),
        Some(_) | None => None,
    };
    if value.is_none() {
        let problem = Problem::new(
            Code::BadValue,
            contact.span,
            "`contact` が mailto:、https: 又は tel: で始まるアドレスではありません",
            "`contact` is no mailto:, https: or tel: address",
        );
        let right =
            if is_mail(&contact.value) { format!("mailto:{}", contact.value) } else { "mailto:security@example.jp".into() };
        problems.push(problem.help(format!("`{right}` の形で書いてください"), format!("write it as `{right}`")));
    }
    value.map(|value| placed(value, contact.span))
}

fn is_mail(mail: &str) -> bool {
    let is_odd = |c: char| c.is_whitespace() || route::is_invisible(c) || matches!(c, '<' | '>' | '"' | ',' | '?');
    mail.split_once('@')
        .is_some_and(|(user, domain)| !user.is_empty() && domain.contains('.') && !domain.contains('@') && !mail.contains(is_odd))
}

fn delegation(mut table: Table<'_>, problems: &mut Problems) -> Option<Delegation> {
    let to = table.name("to", problems);
    let work = table.text("work", problems);
    let from = table.date("from", problems);
    let until = table.date_if("until", problems);
    let scheme = table.text_if("scheme", problems);
    table.finish(problems);
    Some(Delegation { to: to?, work: work?, from: from?, until, scheme })
}

fn grounds(table: &mut Table<'_>, problems: &mut Problems) -> Vec<WithholdingGround> {
    let mut grounds = Vec::new();
    for mut table in table.tables("withholding_ground", problems) {
        let id = table.text("id", problems).filter(|id| check_id(id, problems));
        let name = table.name("name", problems);
        let name_en = table.name_if("name_en", problems);
        table.finish(problems);
        if let (Some(id), Some(name)) = (id, name) {
            grounds.push(WithholdingGround { id, name, name_en });
        }
    }
    unique(grounds.iter().map(|ground| &ground.id), problems);
    grounds
}

fn accepted(mut table: Table<'_>, problems: &mut Problems) -> Option<Accepted> {
    let code = table.text("code", problems);
    let service = table.text("service", problems);
    table.text("reason", problems);
    table.finish(problems);
    Some(Accepted { code: code?, service: service? })
}

/// Whether a text that has to be an id is one.
pub(super) fn check_id(id: &Spanned<String>, problems: &mut Problems) -> bool {
    let fits = is_id(&id.value);
    if !fits {
        let (ja, en) = help_of_id(&id.value);
        problems.push(
            Problem::new(
                Code::IdForm,
                id.span,
                format!("`{}` は識別子ではありません", id.value),
                format!("`{}` is no id", id.value),
            )
            .help(ja, en),
        );
    }
    fits
}
