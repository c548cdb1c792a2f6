//! One published service with what it discloses.

use chrono::NaiveDate;
use serde::Serialize;

/// A service that is or was in force.
#[derive(Debug)]
pub struct Service {
    /// Index of its scheme.
    pub scheme: usize,
    /// Its number, exactly.
    pub number: String,
    /// Its address: `ip0001-1212`.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Reading.
    pub kana: Option<String>,
    /// Name in English.
    pub name_en: Option<String>,
    /// What it is; empty after the end.
    pub summary: String,
    /// Who provides it.
    pub provider: ProviderBrief,
    /// Since when that provider has held the certification, where another one held it before.
    pub held_since: Option<NaiveDate>,
    /// Ids of its categories.
    pub categories: Vec<String>,
    /// Its web site.
    pub url: Option<String>,
    /// Start of the service.
    pub started_on: Option<NaiveDate>,
    /// Number and address of an earlier certification of the same service; no address where that is not published.
    pub succeeds: Option<Relation>,
    /// Later certifications of the same service.
    pub succeeded_by: Vec<Relation>,
    /// Services certified as one.
    pub parts: Vec<String>,
    /// Agents.
    pub agents: Vec<Agent>,
    /// Where it stands.
    pub standing: Standing,
    /// First day of the present standing.
    pub standing_since: NaiveDate,
    /// First day of the next one if nothing happens.
    pub next_change_on: Option<NaiveDate>,
    /// Day of the first certification.
    pub certified_on: NaiveDate,
    /// Its terms, oldest first; the last one is the latest. Never empty.
    pub terms: Vec<Term>,
    /// First day without effect.
    pub ended_on: Option<NaiveDate>,
    /// The renewal window of the latest term, while the service is valid.
    pub window: Option<Window>,
    /// Whether the mark may be used.
    pub mark_usable: bool,
    /// The public events, oldest first.
    pub events: Vec<Event>,
    /// What it discloses, while that is shown.
    pub disclosure: Option<Disclosure>,
}

impl Service {
    /// The latest term.
    pub fn latest_term(&self) -> Term {
        self.terms.last().copied().unwrap_or(Term { from: self.certified_on, until: self.certified_on })
    }
}

/// Another certification of the same service.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its number.
    pub number: String,
    /// Its slug, where it is published.
    pub slug: Option<String>,
}

/// The provider as a service names it.
#[derive(Clone, Debug)]
pub struct ProviderBrief {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Reading.
    pub kana: Option<String>,
    /// 法人番号.
    pub corporate_number: Option<String>,
    /// Postal address; absent after the end.
    pub address: Option<String>,
    /// Its web site; absent after the end.
    pub url: Option<String>,
    /// Its logo, by the name of the picture's file; absent after the end.
    pub logo: Option<String>,
    /// Names it had before.
    pub former_names: Vec<FormerName>,
}

/// A name somebody had until a day, that day included.
#[derive(Clone, Debug, Serialize)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// Its last day.
    pub until: NaiveDate,
}

/// An agent.
#[derive(Debug, Serialize)]
pub struct Agent {
    /// Its name.
    pub name: String,
    /// Its head office.
    pub address: String,
    /// How to reach it.
    pub contact: String,
}

/// A published standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// 有効.
    Valid,
    /// 更新審査中（効力継続）.
    Continuing,
    /// 有効期間満了.
    Expired,
    /// 認定取消し.
    Revoked,
    /// 効力喪失.
    Lapsed,
    /// サービス終了.
    Ended,
}

impl Standing {
    /// Every standing, in the order of lists.
    pub const ALL: [Standing; 6] =
        [Standing::Valid, Standing::Continuing, Standing::Expired, Standing::Revoked, Standing::Lapsed, Standing::Ended];

    /// In force means valid or continuing.
    pub fn in_force(self) -> bool {
        matches!(self, Standing::Valid | Standing::Continuing)
    }

    /// The word of the data.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Valid => "valid",
            Standing::Continuing => "continuing",
            Standing::Expired => "expired",
            Standing::Revoked => "revoked",
            Standing::Lapsed => "lapsed",
            Standing::Ended => "ended",
        }
    }
}

/// One term, both days inside.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Term {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// A renewal window, both days inside.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Window {
    /// First day.
    pub opens: NaiveDate,
    /// Last day.
    pub closes: NaiveDate,
}

/// A public event.
#[derive(Debug, Serialize)]
pub struct Event {
    /// Its day.
    pub on: NaiveDate,
    /// What happened, with the record's own keys.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// The public events with the record's own keys.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "snake_case")]
#[allow(missing_docs, reason = "the variants and keys are those of model::EventKind")]
pub enum EventKind {
    Certified {
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        issued_on: Option<NaiveDate>,
    },
    RenewalApplied,
    ContinuationGranted,
    Renewed {
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        issued_on: Option<NaiveDate>,
    },
    Changed {
        note: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        certificate_reissued: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        issued_on: Option<NaiveDate>,
    },
    Renamed {
        was: String,
    },
    Succession {
        form: &'static str,
        effect: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        from_provider: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        hands_over_service: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    Ended {
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    ImprovementRequested {
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        published: bool,
    },
    ImprovementMet {
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    Revoked {
        #[serde(skip_serializing_if = "Option::is_none")]
        ground: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    Corrected {
        note: String,
    },
}

impl EventKind {
    /// The provider that a succession names.
    pub fn from_provider(&self) -> Option<&str> {
        if let EventKind::Succession { from_provider, .. } = self { from_provider.as_deref() } else { None }
    }

    /// The scheme's own number of the ground that a cancellation names.
    pub fn ground(&self) -> Option<&str> {
        if let EventKind::Revoked { ground, .. } = self { ground.as_deref() } else { None }
    }

    /// The former name that a renaming names.
    pub fn former_name(&self) -> Option<&str> {
        if let EventKind::Renamed { was } = self { Some(was) } else { None }
    }

    /// Who held the certification before, where it passed to somebody else and its effect went on.
    pub fn handed_over_by(&self) -> Option<&str> {
        if let EventKind::Succession { effect: "kept", from_provider, .. } = self { from_provider.as_deref() } else { None }
    }

    /// What the body publishes beside the end of a certification.
    pub fn end_note(&self) -> Option<&str> {
        if let EventKind::Revoked { note, .. } | EventKind::Ended { note } | EventKind::Succession { effect: "lost", note, .. } =
            self
        {
            note.as_deref()
        } else {
            None
        }
    }
}

/// A ground for cancellation.
#[derive(Clone, Debug, Serialize)]
pub struct Ground {
    /// The scheme's own number.
    pub id: String,
    /// What it says.
    pub text: String,
    /// The same in English.
    pub text_en: Option<String>,
}

/// What a service discloses on the day.
#[derive(Debug)]
pub struct Disclosure {
    /// The day from which it holds.
    pub date: NaiveDate,
    /// Index of its edition in the scheme.
    pub edition: usize,
    /// Every section of the edition; a repeating one once for each of its tables.
    pub sections: Vec<Section>,
}

/// The answers of one section, one for each item of the catalogue.
#[derive(Debug)]
pub struct Section {
    /// Index of the section in its edition.
    pub section: usize,
    /// The label of a repeating section's table.
    pub label: Option<String>,
    /// The answers, in the order of the items.
    pub answers: Vec<Answer>,
}

/// A public answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Answer {
    /// A text, exactly as written.
    Text {
        /// The text.
        text: String,
    },
    /// 実施なし.
    None {
        /// What is said beside it.
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// 開示なし.
    Undisclosed {
        /// What is said beside it.
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// 公表留保.
    Withheld {
        /// Last day, included; absent where there is no end, and where none was known on the day shown.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
        /// The ground's public name.
        ground: String,
        /// The periods one by one, where the withholding was renewed (R44); otherwise empty.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        periods: Vec<Period>,
    },
    /// The period is over and publication is being prepared.
    Pending {
        /// The day after the last period.
        since: NaiveDate,
    },
    /// Nothing is stated.
    NotStated,
}

/// One period of a withholding, both days inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day; absent where there is no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}
