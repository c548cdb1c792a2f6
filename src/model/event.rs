//! What happened to a certification, day by day. The present is computed from it, never stored.

use chrono::NaiveDate;

use crate::problem::Spanned;

/// One dated event.
#[derive(Debug)]
pub struct Event {
    /// The day; events of one day count in the order of the file.
    pub on: Spanned<NaiveDate>,
    /// What happened.
    pub kind: EventKind,
}

/// The kinds of events with their own keys.
#[derive(Debug)]
pub enum EventKind {
    /// First certification; opens the first term.
    Certified {
        /// First day of the term, where it is not the event's.
        from: Option<Spanned<NaiveDate>>,
        /// Last day of the term, as on the certificate.
        until: Option<Spanned<NaiveDate>>,
        /// Day of the application; never public (R148).
        applied_on: Option<Spanned<NaiveDate>>,
        /// Day of issue of the certificate, where it is not the event's.
        issued_on: Option<Spanned<NaiveDate>>,
    },
    /// A renewal was applied for.
    RenewalApplied,
    /// The body let the effect continue (002 Art.12(2)).
    ContinuationGranted,
    /// The next term.
    Renewed {
        /// First day of the term, where it is written.
        from: Option<Spanned<NaiveDate>>,
        /// Last day of the term, as on the certificate.
        until: Option<Spanned<NaiveDate>>,
        /// Day of issue of the certificate, where it is not the event's.
        issued_on: Option<Spanned<NaiveDate>>,
    },
    /// A renewal was refused.
    RenewalRefused,
    /// An application was withdrawn.
    RenewalWithdrawn,
    /// A change notice.
    Changed {
        /// What changed; public.
        note: Spanned<String>,
        /// Whether a new certificate was issued.
        certificate_reissued: Option<bool>,
        /// Day of issue of that certificate, where it is not the event's.
        issued_on: Option<Spanned<NaiveDate>>,
    },
    /// The service got another name.
    Renamed {
        /// The former name.
        was: Spanned<String>,
    },
    /// The business went to somebody else; always the body's decision.
    Succession {
        /// How.
        form: SuccessionForm,
        /// What it does to the effect.
        effect: Effect,
        /// The id of the holder before, where the holder changed.
        from_provider: Option<Spanned<String>>,
        /// Whether the business that went over is that of this service (R85); told of splits.
        hands_over_service: Option<bool>,
        /// A remark; public.
        note: Option<Spanned<String>>,
    },
    /// The provider ended the service.
    Ended {
        /// A remark; public.
        note: Option<Spanned<String>>,
    },
    /// 改善要請 (R100).
    ImprovementRequested {
        /// What was requested.
        note: Spanned<String>,
        /// Whether the body publishes it.
        published: bool,
    },
    /// The improvement was made.
    ImprovementMet {
        /// A remark.
        note: Option<Spanned<String>>,
    },
    /// 取消し.
    Revoked {
        /// The scheme's ground.
        ground: Spanned<String>,
        /// A remark.
        note: Option<Spanned<String>>,
    },
    /// The certificate came back (R87).
    CertificateReturned,
    /// 訂正: the record itself was mended.
    Corrected {
        /// What was mended; public.
        note: Spanned<String>,
    },
}

/// How a business went to somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuccessionForm {
    /// 事業譲渡.
    Transfer,
    /// 合併.
    Merger,
    /// 分割.
    Split,
    /// 相続.
    Inheritance,
}

/// What a succession does to the effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is lost.
    Lost,
    /// It is kept.
    Kept,
}

/// The day of the first certification.
pub fn first_certification(events: &[Event]) -> Option<NaiveDate> {
    events.iter().find(|event| matches!(event.kind, EventKind::Certified { .. })).map(|event| event.on.value)
}

/// The name before the earliest of the renamings that are still to come on a day; none where none is (R152).
pub fn name_before_coming(events: &[Event], day: NaiveDate) -> Option<&Spanned<String>> {
    coming(events, day).find_map(|kind| if let EventKind::Renamed { was } = kind { Some(was) } else { None })
}

/// The id of the holder before the earliest of the successions that are still to come on a day and change it; none where
/// none does (R152).
pub fn holder_before_coming(events: &[Event], day: NaiveDate) -> Option<&Spanned<String>> {
    coming(events, day)
        .find_map(|kind| if let EventKind::Succession { from_provider, .. } = kind { from_provider.as_ref() } else { None })
}

fn coming(events: &[Event], day: NaiveDate) -> impl Iterator<Item = &EventKind> {
    events.iter().filter(move |event| event.on.value > day).map(|event| &event.kind)
}

impl EventKind {
    /// The word of the record for it.
    pub fn name(&self) -> &'static str {
        match self {
            EventKind::Certified { .. } => "certified",
            EventKind::RenewalApplied => "renewal-applied",
            EventKind::ContinuationGranted => "continuation-granted",
            EventKind::Renewed { .. } => "renewed",
            EventKind::RenewalRefused => "renewal-refused",
            EventKind::RenewalWithdrawn => "renewal-withdrawn",
            EventKind::Changed { .. } => "changed",
            EventKind::Renamed { .. } => "renamed",
            EventKind::Succession { .. } => "succession",
            EventKind::Ended { .. } => "ended",
            EventKind::ImprovementRequested { .. } => "improvement-requested",
            EventKind::ImprovementMet { .. } => "improvement-met",
            EventKind::Revoked { .. } => "revoked",
            EventKind::CertificateReturned => "certificate-returned",
            EventKind::Corrected { .. } => "corrected",
        }
    }
}
