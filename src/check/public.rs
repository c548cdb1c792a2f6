//! Every text of the registry that becomes public, with its place. Records are taken apart without `..`: who adds a key
//! decides here whether it is public text.

use crate::model::{
    Agent, Answer, Article, Body, Category, Criteria, Delegation, Desk, Disclosure, Edition, Event, EventKind, Fee, FormerName,
    Ground, Guideline, Item, Notice, Provider, Registry, Regulation, Revision, Rules, Scheme, Section, Security, Service,
    Settings, WithholdingGround,
};
use crate::problem::{Span, Spanned};

/// What kind of text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What something or somebody is called. A text that mentions a name gives nothing away.
    Name,
    /// What the schemes and their catalogues say, which all disclosures echo.
    Language,
    /// What was written about somebody or something.
    Prose,
    /// CommonMark, which stands in its file as it is.
    Markdown,
}

/// A public text.
#[derive(Clone, Copy)]
pub(super) struct PublicText<'r> {
    pub(super) text: &'r str,
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// Where it is the answer to an item: the disclosure, the section's index, label, and the item's index.
    pub(super) answer: Option<(&'r Disclosure, usize, Option<&'r str>, usize)>,
}

/// Takes in public texts one by one.
type Sink<'s, 'r> = &'s mut dyn FnMut(PublicText<'r>);

fn put<'r>(kind: Kind, texts: impl IntoIterator<Item = &'r Spanned<String>>, sink: Sink<'_, 'r>) {
    for text in texts {
        sink(PublicText { text: &text.value, span: text.span, kind, answer: None });
    }
}

/// The texts of `registry.toml`, of schemes, notices and free pages.
pub(super) fn of_body<'r>(registry: &'r Registry, sink: Sink<'_, 'r>) {
    registry.settings.iter().for_each(|settings| of_settings(settings, sink));
    registry.schemes.values().for_each(|scheme| of_scheme(scheme, sink));
    for Notice { date: _, slug: _, place: _, title, kind, services: _, text } in &registry.notices {
        put(Kind::Prose, [title, kind], sink);
        put(Kind::Markdown, [text], sink);
    }
    registry.pages.iter().for_each(|page| of_article(page, sink));
}

fn of_article<'r>(Article { slug: _, place: _, title, text }: &'r Article, sink: Sink<'_, 'r>) {
    put(Kind::Prose, [title], sink);
    put(Kind::Markdown, [text], sink);
}

fn of_settings<'r>(settings: &'r Settings, sink: Sink<'_, 'r>) {
    let Settings {
        title,
        title_en,
        base_url,
        utc_offset_minutes: _,
        term_end: _,
        withholding_end: _,
        keep_disclosure_after_end: _,
        notice_days: _,
        theme: _,
        license,
        body: Body { name, name_en, role, role_en, former_names },
        desk,
        security,
        delegations,
        withholding_grounds,
        accepted: _,
        footer: _,
        brake: _,
    } = settings;
    put(Kind::Name, [title, title_en, base_url, license, name, name_en], sink);
    put(Kind::Name, role.iter().chain(role_en), sink);
    of_former_names(former_names, sink);
    of_desk(desk, sink);
    put(Kind::Name, security.iter().map(|Security { contact, expires: _ }| contact), sink);
    for Delegation { to, work, from: _, until: _, scheme: _ } in delegations {
        put(Kind::Name, [to], sink);
        put(Kind::Language, [work], sink);
    }
    for WithholdingGround { id: _, name, name_en } in withholding_grounds {
        put(Kind::Language, [Some(name), name_en.as_ref()].into_iter().flatten(), sink);
    }
}

fn of_former_names<'r>(names: &'r [FormerName], sink: Sink<'_, 'r>) {
    put(Kind::Name, names.iter().map(|FormerName { name, until: _ }| name), sink);
}

fn of_desk<'r>(Desk { name, hours, mail, tel, fax, address, url }: &'r Desk, sink: Sink<'_, 'r>) {
    put(Kind::Name, [name, hours, mail, tel, fax, address, url], sink);
}

fn of_scheme<'r>(scheme: &'r Scheme, sink: Sink<'_, 'r>) {
    let Scheme {
        id: _,
        place: _,
        name,
        short_name,
        name_en,
        short_name_en,
        list_title,
        list_title_en,
        meaning,
        meaning_en,
        link_url,
        aliases,
        number: _,
        number_place: _,
        rules: _,
        regulations,
        grounds,
        categories,
        criteria,
        cites: _,
        fees,
        taxes: _,
        revisions,
        guideline: Guideline { name: guideline, published: _ },
        desk,
        editions,
        unread_editions: _,
        pages,
        artwork: _,
        artwork_mono: _,
        font: _,
    } = scheme;
    put(Kind::Name, [name, short_name, name_en, list_title, link_url, guideline], sink);
    put(Kind::Name, aliases, sink);
    put(Kind::Name, short_name_en.iter().chain(list_title_en), sink);
    put(Kind::Language, [Some(meaning), meaning_en.as_ref()].into_iter().flatten(), sink);
    if let Some(Criteria { text, url }) = criteria {
        put(Kind::Language, [text], sink);
        put(Kind::Name, url, sink);
    }
    for Regulation { name, from: _ } in regulations {
        put(Kind::Name, [name], sink);
    }
    for Ground { id: _, text, text_en } in grounds {
        put(Kind::Language, [Some(text), text_en.as_ref()].into_iter().flatten(), sink);
    }
    for Category { id: _, name, name_en, description, description_en, work, examples } in categories {
        put(Kind::Name, [name, name_en], sink);
        put(
            Kind::Language,
            [Some(description), description_en.as_ref(), work.as_ref(), examples.as_ref()].into_iter().flatten(),
            sink,
        );
    }
    for Fee { place: _, kind: _, net: _, note } in fees {
        put(Kind::Language, note, sink);
    }
    for Revision { on: _, kind, text } in revisions {
        put(Kind::Language, [kind, text], sink);
    }
    desk.iter().for_each(|desk| of_desk(desk, sink));
    editions.iter().for_each(|edition| of_edition(edition, sink));
    pages.iter().for_each(|page| of_article(page, sink));
}

fn of_edition<'r>(Edition { date: _, place: _, sections, index: _ }: &'r Edition, sink: Sink<'_, 'r>) {
    for Section { id: _, name, name_en, part: _, repeats, items, index: _ } in sections {
        put(Kind::Name, [Some(name), name_en.as_ref(), repeats.as_ref()].into_iter().flatten(), sink);
        for item in items {
            let Item {
                id: _,
                was: _,
                group,
                group_en,
                name,
                name_en,
                kind: _,
                criterion: _,
                facet,
                guidance,
                explains,
                explains_en,
                summary: _,
                role: _,
            } = item;
            put(Kind::Name, [Some(group), group_en.as_ref(), Some(name), name_en.as_ref()].into_iter().flatten(), sink);
            put(Kind::Name, facet, sink);
            put(Kind::Language, [Some(guidance), explains.as_ref(), explains_en.as_ref()].into_iter().flatten(), sink);
        }
    }
}

/// The texts of a provider's own record.
pub(super) fn of_provider<'r>(provider: &'r Provider, sink: Sink<'_, 'r>) {
    let Provider { id: _, place: _, name, kana, name_en, corporate_number, logo, address, url, former_names } = provider;
    put(Kind::Name, [name, address], sink);
    put(Kind::Name, [kana, name_en, corporate_number, logo, url].into_iter().flatten(), sink);
    of_former_names(former_names, sink);
}

/// The texts of a service and of all that it discloses.
pub(super) fn of_service<'r>(service: &'r Service, rules: Option<&Rules>, sink: Sink<'_, 'r>) {
    let Service {
        place: _,
        scheme: _,
        span: _,
        number: _,
        number_written: _,
        name,
        kana,
        name_en,
        summary,
        provider: _,
        categories: _,
        url,
        started_on: _,
        succeeds: _,
        parts,
        agents,
        events,
        events_whole: _,
        disclosures,
        disclosures_whole: _,
        orphans: _,
    } = service;
    put(Kind::Name, [Some(name), kana.as_ref(), name_en.as_ref(), url.as_ref()].into_iter().flatten(), sink);
    put(Kind::Name, parts, sink);
    put(Kind::Prose, [summary], sink);
    for Agent { name, address, contact } in agents {
        put(Kind::Name, [name, address, contact], sink);
    }
    of_events(events, rules.is_none_or(|rules| rules.published_cancellation), sink);
    disclosures.iter().for_each(|disclosure| of_disclosure(disclosure, sink));
}

/// The notes of events that are public. An improvement that was met is as public as its request.
fn of_events<'r>(events: &'r [Event], published_cancellation: bool, sink: Sink<'_, 'r>) {
    let mut requested = false;
    for Event { on: _, kind } in events {
        match kind {
            EventKind::Renamed { was } => put(Kind::Name, [was], sink),
            EventKind::Changed { note, .. } | EventKind::Corrected { note } => put(Kind::Prose, [note], sink),
            EventKind::Succession { note, .. } | EventKind::Ended { note } => put(Kind::Prose, note, sink),
            EventKind::ImprovementRequested { note, published } => {
                requested = *published;
                put(Kind::Prose, Some(note).filter(|_| requested), sink);
            }
            EventKind::ImprovementMet { note } => put(Kind::Prose, note.iter().filter(|_| requested), sink),
            EventKind::Revoked { note, .. } => put(Kind::Prose, note.iter().filter(|_| published_cancellation), sink),
            EventKind::Certified { .. }
            | EventKind::RenewalApplied
            | EventKind::ContinuationGranted
            | EventKind::Renewed { .. }
            | EventKind::RenewalRefused
            | EventKind::RenewalWithdrawn
            | EventKind::CertificateReturned => {}
        }
    }
}

fn of_disclosure<'r>(disclosure: &'r Disclosure, sink: Sink<'_, 'r>) {
    for table in &disclosure.sections {
        let label = table.label.as_deref();
        if let Some(text) = label {
            sink(PublicText { text, span: table.place, kind: Kind::Name, answer: None });
        }
        for entry in &table.answers {
            let text = match &entry.answer {
                Answer::Text(text) | Answer::None(Some(text)) | Answer::Undisclosed(Some(text)) => text,
                Answer::None(None) | Answer::Undisclosed(None) | Answer::Withheld(_) => continue,
            };
            let answer = Some((disclosure, table.section, label, entry.item));
            sink(PublicText { text, span: entry.key, kind: Kind::Prose, answer });
        }
    }
}
