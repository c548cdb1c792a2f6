//! `scheme.toml` and what lies beside it: catalogues, artwork, free pages.

use anyhow::Result;

use crate::mark;
use crate::model::{
    Category, Continuation, Criteria, Fee, FeeKind, Ground, Guideline, NumberForm, PublishedImprovement, Regulation, RenewedTerm,
    Revision, Rules, Scheme, Succession, Tax,
};
use crate::problem::{Code, FileId, Problem, Problems, Span, Spanned};
use crate::route::is_old_address;
use crate::source::Sources;
use crate::table::Table;

use super::layout::SchemeFiles;
use super::settings::{check_id, desk};
use super::{cites, document, items, markdown, or_blank, text, unique};

/// Reads one scheme with everything in its folder.
pub(super) fn read(sources: &Sources, id: &str, files: &SchemeFiles, problems: &mut Problems) -> Result<Option<Scheme>> {
    let (mut editions, mut unread_editions) = (Vec::new(), Vec::new());
    for (date, file) in &files.editions {
        match items::read(sources, date, *file, problems)? {
            Some(edition) => editions.push(edition),
            None => unread_editions.push(date.clone()),
        }
    }
    let pages = markdown::articles(sources, &files.pages, problems)?;
    let artwork = artwork(sources, files.mark, problems)?;
    let artwork_mono = self::artwork(sources, files.mark_mono, problems)?;
    let font = font(sources, files.font, problems)?;
    let Some(file) = files.record else { return Ok(None) };
    let scheme = document(sources, file, problems, |table, problems| scheme(id, table, problems))?;
    Ok(scheme.map(|scheme| Scheme { editions, unread_editions, pages, artwork, artwork_mono, font, ..scheme }))
}

fn scheme(id: &str, table: &mut Table<'_>, problems: &mut Problems) -> Scheme {
    let place = table.place();
    let name = table.name("name", problems);
    let short_name = table.name("short_name", problems);
    let name_en = table.name("name_en", problems);
    let list_title = table.name("list_title", problems);
    let meaning = table.text("meaning", problems);
    let link_url = table.address("link_url", problems);
    let aliases = table.texts("aliases", problems).into_iter().filter(|alias| check_alias(alias, problems)).collect();
    let number = table.table("number", problems);
    let number_place = number.as_ref().map_or(place, Table::place);
    let number = number.and_then(|table| number_form(id, table, problems));
    let rules = table.table("rules", problems).and_then(|table| rules(table, problems));
    let guideline = table.table("guideline", problems).and_then(|table| guideline(table, problems));
    Scheme {
        id: id.to_owned(),
        place,
        name: or_blank(name, place),
        short_name: or_blank(short_name, place),
        name_en: or_blank(name_en, place),
        list_title: or_blank(list_title, place),
        meaning: or_blank(meaning, place),
        short_name_en: table.name_if("short_name_en", problems),
        list_title_en: table.name_if("list_title_en", problems),
        meaning_en: table.text_if("meaning_en", problems),
        link_url: or_blank(link_url, place),
        aliases,
        number,
        number_place,
        rules,
        regulations: each(table, "regulation", problems, regulation),
        grounds: grounds(table, problems),
        categories: categories(table, problems),
        criteria: table.table_if("criteria", problems).and_then(|table| criteria(table, problems)),
        fees: each(table, "fee", problems, fee),
        taxes: taxes(table, problems),
        revisions: each(table, "revision", problems, revision),
        cites: table.table_if("cites", problems).map(|table| cites::read(table, problems)).unwrap_or_default(),
        guideline: guideline.unwrap_or_else(|| Guideline { name: or_blank(None, place), published: or_blank(None, place) }),
        desk: table.table_if("desk", problems).map(|table| desk(table, problems)),
        editions: Vec::new(),
        unread_editions: Vec::new(),
        pages: Vec::new(),
        artwork: None,
        artwork_mono: None,
        font: None,
    }
}

/// Reads every table of an array; those with faults are noted and left out.
fn each<T>(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Problems,
    read: fn(&mut Table<'_>, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let mut values = Vec::new();
    for mut table in table.tables(key, problems) {
        values.extend(read(&mut table, problems));
        table.finish(problems);
    }
    values
}

fn number_form(scheme: &str, mut table: Table<'_>, problems: &mut Problems) -> Option<NumberForm> {
    let prefix = table.text("prefix", problems).filter(|prefix| check_prefix(prefix, problems));
    let slug = table.text("slug", problems).filter(|slug| check_id(slug, problems));
    let digits = table.number("serial_digits", 1, 9, problems);
    table.finish(problems);
    Some(NumberForm {
        scheme: scheme.to_owned(),
        prefix: prefix?.value,
        slug: slug?.value,
        serial_digits: usize::try_from(digits?.value).ok()?,
    })
}

/// A prefix without digits keeps serials apart from it; one without line breaks fits into a line.
fn check_prefix(prefix: &Spanned<String>, problems: &mut Problems) -> bool {
    let fits = !prefix.value.contains(|c: char| c.is_numeric() || c.is_control());
    if !fits {
        problems.push(
            Problem::new(
                Code::BadValue,
                prefix.span,
                "`prefix` に数字や改行は使えません",
                "`prefix` has no digits and no line breaks",
            )
            .help("認定番号のうち、通番より前の部分だけを書いてください", "write only what stands in front of the serial"),
        );
    }
    fits
}

fn check_alias(alias: &Spanned<String>, problems: &mut Problems) -> bool {
    let fits = is_old_address(&alias.value);
    if !fits {
        let problem = Problem::new(
            Code::BadValue,
            alias.span,
            format!("`{}` は以前のアドレスとして使えません", alias.value),
            format!("`{}` cannot be an old address", alias.value),
        );
        problems.push(match right_alias(&alias.value) {
            Some(right) => problem.help(format!("`{right}` と書いてください"), format!("write `{right}`")),
            None => problem.help(
                "`/nintei/ip-nintei/` 又は `/nintei/ip-nintei.html` の形で、半角の英数字、`.`、`_`、`-` で書いてください",
                "write it as `/nintei/ip-nintei/` or `/nintei/ip-nintei.html`, with letters, digits, `.`, `_` and `-`",
            ),
        });
    }
    fits
}

/// An old address that lacks its `/`, or that is written with the host in front.
fn right_alias(text: &str) -> Option<String> {
    let path = text.split_once("://").map_or(text, |(_, rest)| rest.find('/').and_then(|at| rest.get(at..)).unwrap_or(text));
    let path = format!("/{}", path.trim_start_matches('/'));
    [path.clone(), format!("{path}/")].into_iter().find(|right| is_old_address(right))
}

fn rules(mut table: Table<'_>, problems: &mut Problems) -> Option<Rules> {
    let place = table.place();
    let validity_years = table.number("validity_years", 1, 100, problems);
    let opens = table.number("renewal_opens_days", 0, 3650, problems);
    let closes = table.number("renewal_closes_days", 0, 3650, problems);
    let continuation = table.choice(
        "continuation",
        &[("automatic", Continuation::Automatic), ("by-decision", Continuation::ByDecision)],
        problems,
    );
    let mark_while_continuing = table.truth("mark_while_continuing", problems);
    let succession =
        table.choice("succession", &[("ends-effect", Succession::EndsEffect), ("review", Succession::Review)], problems);
    let reapply_after_years = table.number("reapply_after_years", 0, 100, problems);
    let must_be_running = table.truth("must_be_running", problems);
    let withholding_needs_end = table.truth("withholding_needs_end", problems);
    let published_cancellation = table.truth("published_cancellation", problems);
    let published_improvement = table.choice_if(
        "published_improvement",
        &[("content", PublishedImprovement::Content), ("fact", PublishedImprovement::Fact)],
        problems,
    );
    let renewed_term = table.choice_if(
        "renewed_term",
        &[("day-after", RenewedTerm::DayAfter), ("renewal-day", RenewedTerm::RenewalDay)],
        problems,
    );
    let parts_share_category = table.truth_if("parts_share_category", problems);
    table.finish(problems);
    if let (Some(opens), Some(closes)) = (&opens, &closes)
        && opens.value < closes.value
    {
        problems.push(
            Problem::new(
                Code::BadValue,
                place,
                "更新の申請の期間が、始まる前に終わります",
                "the renewal window closes before it opens",
            )
            .help(
                "申請は満了日の `renewal_opens_days` 日前から `renewal_closes_days` 日前までです。`renewal_opens_days` を `renewal_closes_days` 以上にしてください",
                "it opens `renewal_opens_days` before the last day and closes `renewal_closes_days` before it: the first is at least the second",
            ),
        );
    }
    Some(Rules {
        validity_years: validity_years?.value,
        renewal_opens_days: opens?.value,
        renewal_closes_days: closes?.value,
        continuation: continuation?.value,
        mark_while_continuing: mark_while_continuing?.value,
        succession: succession?.value,
        reapply_after_years: reapply_after_years?.value,
        must_be_running: must_be_running?.value,
        withholding_needs_end: withholding_needs_end?.value,
        published_cancellation: published_cancellation?.value,
        published_improvement: published_improvement.map_or(PublishedImprovement::Content, |choice| choice.value),
        renewed_term: renewed_term.map_or(RenewedTerm::DayAfter, |choice| choice.value),
        parts_share_category: parts_share_category.is_some_and(|share| share.value),
    })
}

fn guideline(mut table: Table<'_>, problems: &mut Problems) -> Option<Guideline> {
    let name = table.name("name", problems);
    let published = table.text("published", problems).filter(|on| check_source_date(on, problems));
    table.finish(problems);
    Some(Guideline { name: name?, published: published? })
}

fn regulation(table: &mut Table<'_>, problems: &mut Problems) -> Option<Regulation> {
    let name = table.name("name", problems);
    let from = table.date("from", problems);
    Some(Regulation { name: name?, from: from? })
}

fn grounds(table: &mut Table<'_>, problems: &mut Problems) -> Vec<Ground> {
    let grounds = each(table, "ground", problems, |table, problems| {
        let id = table.name("id", problems);
        let text = table.text("text", problems);
        let text_en = table.text_if("text_en", problems);
        Some(Ground { id: id?, text: text?, text_en })
    });
    unique(grounds.iter().map(|ground| &ground.id), problems);
    grounds
}

fn categories(table: &mut Table<'_>, problems: &mut Problems) -> Vec<Category> {
    let categories = each(table, "category", problems, |table, problems| {
        let id = table.text("id", problems).filter(|id| check_id(id, problems));
        let name = table.name("name", problems);
        let name_en = table.name("name_en", problems);
        let description = table.text("description", problems);
        let description_en = table.text_if("description_en", problems);
        let work = table.text_if("work", problems);
        let examples = table.text_if("examples", problems);
        Some(Category { id: id?, name: name?, name_en: name_en?, description: description?, description_en, work, examples })
    });
    unique(categories.iter().map(|category| &category.id), problems);
    categories
}

fn criteria(mut table: Table<'_>, problems: &mut Problems) -> Option<Criteria> {
    let text = table.text("text", problems);
    let url = table.address_if("url", problems);
    table.finish(problems);
    Some(Criteria { text: text?, url })
}

fn fee(table: &mut Table<'_>, problems: &mut Problems) -> Option<Fee> {
    let kinds = [
        ("new", FeeKind::New),
        ("new-reduced", FeeKind::NewReduced),
        ("renewal", FeeKind::Renewal),
        ("reissue", FeeKind::Reissue),
    ];
    let kind = table.choice("kind", &kinds, problems);
    let net = table.number("net", 0, 1_000_000_000, problems);
    let note = table.text_if("note", problems);
    Some(Fee { place: table.place(), kind: kind?.value, net: net?.value, note })
}

fn taxes(table: &mut Table<'_>, problems: &mut Problems) -> Vec<Tax> {
    let taxes: Vec<Tax> = each(table, "tax", problems, |table, problems| {
        let from = table.date("from", problems);
        let percent = table.number("percent", 0, 100, problems);
        Some(Tax { from: from?, percent: percent?.value })
    });
    for pair in taxes.windows(2) {
        if let [earlier, later] = pair
            && later.from.value <= earlier.from.value
        {
            problems.push(
                Problem::new(
                    Code::BadValue,
                    later.from.span,
                    "税率（`[[tax]]`）が適用の日の順に並んでいません",
                    "tax rates do not stand in the order of their first days",
                )
                .help(
                    "`from` を確かめ、`[[tax]]` を適用の日の早いものから順に並べてください",
                    "check `from`, and put `[[tax]]` in the order of their first days",
                ),
            );
        }
    }
    taxes
}

fn revision(table: &mut Table<'_>, problems: &mut Problems) -> Option<Revision> {
    let on = table.text("on", problems).filter(|on| check_source_date(on, problems));
    let kind = table.name("kind", problems);
    let text = table.text("text", problems);
    Some(Revision { on: on?, kind: kind?, text: text? })
}

/// A date as exact as the source is: year and month, or the full date; a guideline's may be a year.
fn check_source_date(on: &Spanned<String>, problems: &mut Problems) -> bool {
    let full = match on.value.len() {
        4 => format!("{}-01-01", on.value),
        7 => format!("{}-01", on.value),
        _ => on.value.clone(),
    };
    let fits = chrono::NaiveDate::parse_from_str(&full, "%Y-%m-%d").is_ok_and(|date| date.format("%Y-%m-%d").to_string() == full);
    if !fits {
        problems.push(
            Problem::new(Code::BadValue, on.span, "年月又は年月日ではありません", "this is neither year and month nor a date")
                .help("`\"2024-09\"` か `\"2024-09-30\"` の形で書いてください", "write it as `\"2024-09\"` or `\"2024-09-30\"`"),
        );
    }
    fits
}

fn artwork(sources: &Sources, file: Option<FileId>, problems: &mut Problems) -> Result<Option<Spanned<mark::Artwork>>> {
    let Some(file) = file else { return Ok(None) };
    let Some(svg) = text(sources, file, problems)? else { return Ok(None) };
    match mark::Artwork::read(svg.as_str()) {
        Ok(artwork) => Ok(Some(crate::model::placed(artwork, Span::start_of(file)))),
        Err(faults) => {
            for fault in faults {
                let ((ja, en), (help_ja, help_en)) = (fault.kind.words(), fault.kind.help());
                problems.push(Problem::new(Code::MarkArtwork, Span::new(file, fault.at), ja, en).help(help_ja, help_en));
            }
            Ok(None)
        }
    }
}

fn font(sources: &Sources, file: Option<FileId>, problems: &mut Problems) -> Result<Option<Spanned<mark::Font>>> {
    let Some(file) = file else { return Ok(None) };
    let font = sources.bytes(file)?.and_then(|bytes| mark::Font::parse(bytes).ok());
    if font.is_none() {
        problems.push(
            Problem::new(
                Code::MarkArtwork,
                Span::start_of(file),
                "数字のあるフォントとして読めません",
                "this is no font with digits that can be read",
            )
            .help(
                "4 MiB 以内の OpenType のフォントに替えるか、このファイルを取り除いてください。なければ組み込みのフォントで描きます",
                "put an OpenType font of 4 MiB at most here, or remove the file: without it the font that is built in is used",
            ),
        );
    }
    Ok(font.map(|font| crate::model::placed(font, Span::start_of(file))))
}
