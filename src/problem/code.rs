//! The table of problem codes: name, severity, cause and rule of each. Every code has its fixture in `tests/checks/<name>/`.
//! Rows of the rules and articles of the sources stand in the comments; what messages quote is the body's own citation.

use super::Rule;

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Cannot be read, contradicts itself or cannot be published as written: nothing is published.
    Error,
    /// Everything else that the staff should know.
    Warning,
}

impl Severity {
    /// `error` or `warning`, as the formats write it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// What brings a warning about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Somebody wrote it so: it is there on every day, and it was there when the record was last changed.
    Record,
    /// Only a day has passed: the same records are without it on an earlier day.
    Time,
}

impl Cause {
    /// `record` or `time`, as the formats write it.
    pub fn name(self) -> &'static str {
        match self {
            Cause::Record => "record",
            Cause::Time => "time",
        }
    }
}

/// A code a line: variant, name, severity, `time` where only a passing day brings it, and the rule behind it.
macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $variant:ident $name:literal $severity:ident $( $time:ident )? $( => $rule:ident )? ;)+) => {
        /// The kinds of problems. Names are for ever: `[[accepted]]` and other people's tools refer to them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $( $(#[doc = $doc])+ $variant, )+ }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The name that messages and `[[accepted]]` use.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),+ }
            }

            /// Error or warning.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),+ }
            }

            /// Whether a record or a passing day brings it.
            pub fn cause(self) -> Cause {
                match self { $(Code::$variant => codes!(@cause $($time)?)),+ }
            }

            /// The rule behind the code.
            pub fn rule(self) -> Option<Rule> {
                match self { $(Code::$variant => codes!(@rule $($rule)?)),+ }
            }
        }
    };
    (@cause time) => { Cause::Time };
    (@cause) => { Cause::Record };
    (@rule $rule:ident) => { Some(Rule::$rule) };
    (@rule) => { None };
}

impl Code {
    /// The code of this name.
    pub fn named(name: &str) -> Option<Code> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl Code {
    /// Whether a record cannot be read because of it: what it would have told is not missing elsewhere.
    pub fn hides_a_record(self) -> bool {
        matches!(
            self,
            Code::FolderWithoutRecord
                | Code::MissingFile
                | Code::StrayFile
                | Code::IdForm
                | Code::NotUtf8
                | Code::FileTooLarge
                | Code::UnfinishedMerge
                | Code::Syntax
        )
    }
}

codes! {
    // The content folder.
    /** A file or folder that belongs to no record. */
    StrayFile "stray-file" Error;
    /** A folder where a record should be, without its main file. */
    FolderWithoutRecord "folder-without-record" Error;
    /** A file that the content folder cannot do without. */
    MissingFile "missing-file" Error;
    /** A file or folder name that is no id. */
    IdForm "id-form" Error;
    /** A symbolic link that leads out of the content folder. */
    LinkLeadsOut "link-leads-out" Error;
    /** Bytes that are not UTF-8. */
    NotUtf8 "not-utf8" Error;
    /** A file too large to be a record. */
    FileTooLarge "file-too-large" Error;
    /** More tables of one name than a file may have. */
    TooMany "too-many" Error;
    /** Two things that would have the same public address (R88). */
    IdCollides "id-collides" Error => Address;

    // TOML and plain values.
    /** Marks that version control leaves where two changes of one text were not brought together. */
    UnfinishedMerge "unfinished-merge" Error;
    /** What TOML does not allow. */
    Syntax "syntax" Error;
    /** A key that the record does not have (R32–R40; 000 §7(2), 001 §7(2), 002 Art.11). */
    UnknownKey "unknown-key" Error => NotForPublication;
    /** A required key that is not there. */
    MissingKey "missing-key" Error;
    /** A value of another type. */
    WrongType "wrong-type" Error;
    /** A value outside what the key allows. */
    BadValue "bad-value" Error;
    /** A text with nothing in it. */
    EmptyText "empty-text" Error;
    /** A control character other than tab and line feed (R131). */
    ControlCharacter "control-character" Error => DamagedText;
    /** What Excel leaves in a text: `_x000D_`, `#REF!`, `########` (R131). */
    ExcelResidue "excel-residue" Warning => DamagedText;
    /** A letter of the private use areas (外字), which every reader's machine shows otherwise (R131). */
    PrivateUseLetter "private-use-letter" Warning => DamagedText;
    /** Letters taken apart into a base and a mark, as some systems and PDFs write them (R131). */
    DecomposedLetter "decomposed-letter" Warning => DamagedText;
    /** Letters that nobody sees, or that turn the direction of writing, or that are none (R131). */
    InvisibleLetter "invisible-letter" Warning => DamagedText;
    /** A name of more than one line, or with spaces around it. */
    NameForm "name-form" Warning;
    /** A reading that is not kana. */
    KanaForm "kana-form" Warning;
    /** A date that is a typing error by every measure. */
    UnlikelyDate "unlikely-date" Warning;
    /** U+FFFD in a text (R131). */
    ReplacementCharacter "replacement-character" Warning => DamagedText;
    /** An address that is not http or https. */
    AddressForm "address-form" Error;
    /** An id or name given twice in one list (R27). */
    DuplicateId "duplicate-id" Error => Ids;

    // The registry and its schemes.
    /** A theme that is not there. */
    UnknownTheme "unknown-theme" Error;
    /** A site below a path of its host, where nobody looks for its robots.txt and security.txt (RFC 9309, RFC 9116). */
    BelowHost "below-host" Warning;
    /** A free page that is not there (R88). */
    UnknownPage "unknown-page" Error;
    /** Two items of a catalogue with the same role. */
    RoleTwice "role-twice" Error;
    /** A notice of a cancellation, loss of effect or improvement that names no service (R101, R107; 002 Art.16, 17). */
    NoticeWithoutService "notice-without-service" Warning => Notices;
    /** A delegation that ends before it begins (R139). */
    DelegationOrder "delegation-order" Error;
    /** A mail address with another domain than the body's pages (R106). */
    MailDomain "mail-domain" Warning => BodyMail;
    /** A raw mail address in a public text of the body (R105, R106; 000 §13, 001 §13). */
    RawMailAddress "raw-mail-address" Warning => BodyMail;
    /** A link in a text of the body that leads neither to the web, to mail nor to the site itself. */
    LinkTarget "link-target" Error;
    /** A picture in a text of the body that comes from another site. */
    RemotePicture "remote-picture" Error;
    /** A picture that a text or a record names and that is not there. */
    UnknownPicture "unknown-picture" Error;
    /** A picture in a text of the body without words for those who do not see it (WCAG 1.1.1, JIS X 8341-3). */
    PictureWithoutText "picture-without-text" Error => PictureText;
    /** A picture that cannot be decoded. */
    PictureBroken "picture-broken" Error;
    /** A picture that nothing shows. */
    PictureUnused "picture-unused" Warning;
    /** The address that marks must link to, where it lies on the site and is no page of it (R149; 000 §11(3)⑤, 002 Art.10(4)). */
    MarkLink "mark-link" Warning => MarkLink;
    /** A link in a text of the body to a page that the site does not have (R88). */
    UnknownAddress "unknown-address" Warning;
    /** A link in a text of the body to what is published later. */
    AddressNotYet "address-not-yet" Warning time => DatedAhead;
    /** Marks in a text of the body that make nothing and are shown as they are written. */
    LeftoverMark "leftover-mark" Warning;
    /** Cells of a table in a text of the body that stand beyond its columns. */
    TableCells "table-cells" Warning;
    /** HTML in a text of the body. */
    RawHtml "raw-html" Warning;
    /** Two schemes with the same number prefix or slug (R50). */
    PrefixTwice "prefix-twice" Error => NumberForm;
    /** Two schemes with the same statement of meaning (R110; 000 §2(3), 001 §2(3), 002 Art.1). */
    MeaningShared "meaning-shared" Warning => Meaning;
    /** A scheme that English pages cannot tell in English. */
    EnglishMissing "english-missing" Warning;
    /** Fees without a tax period that covers any day (R116; 000 and 001, table 1). */
    FeeWithoutTax "fee-without-tax" Warning => Fees;
    /** A mark's artwork that cannot carry a number, or is not safe to publish (R90; 000 §8, 001 §8). */
    MarkArtwork "mark-artwork" Error => Mark;
    /** Artwork in black and white that has other colours (R150; 000 §11(3)⑤⑥, 001 §11(4)オ, 002 Art.10(4)(5)). */
    MonoColours "mono-colours" Warning => MarkColours;
    /** A snippet in a text of the body that shows a mark without its link (R93, R95, R150; 000 §11(3)⑤, 001 §13, 002 Art.10(4)). */
    MarkSnippet "mark-snippet" Warning => MarkLink;
    /** A number, or a text of the artwork, with a character that the mark's font lacks (R90; 000 §8, 001 §8). */
    MarkGlyph "mark-glyph" Error => Mark;
    /** An earlier full name of an item that no earlier edition has. */
    UnknownEarlierItem "unknown-earlier-item" Warning;
    /** A public text of the body that names it as it was not called on its day (R125; 001 §1, 改定内容履歴). */
    FormerBodyName "former-body-name" Warning => BodyName;
    /** An accepted warning whose code does not exist or is an error. */
    AcceptedCode "accepted-code" Error;

    // References.
    /** A provider that has no record. */
    UnknownProvider "unknown-provider" Error;
    /** A folder of services for a scheme that has no record. */
    UnknownScheme "unknown-scheme" Error;
    /** A service that has no record. */
    UnknownService "unknown-service" Error;
    /** A category that the scheme does not have (R8; 000 table 2, 001 §4(2)). */
    UnknownCategory "unknown-category" Error => Categories;
    /** A ground for cancellation that is not on the scheme's list (R79, R80; 000 §11(3), 001 §11(4), 002 Art.17(1)). */
    UnknownGround "unknown-ground" Error => Grounds;
    /** An edition of the catalogue that is not there (R126). */
    UnknownEdition "unknown-edition" Error => Edition;
    /** A section that the edition does not have (R27). */
    UnknownSection "unknown-section" Error => Edition;
    /** An item that the edition does not have (R27). */
    UnknownItem "unknown-item" Error => Edition;

    // Numbers.
    /** A text that is no certification number of the scheme (R52; 000 §8, 001 §8). */
    NumberForm "number-form" Error => NumberForm;
    /** A number that is readable, but not in the exact form (R51; 000 §8, 001 §8). */
    NumberSpelling "number-spelling" Warning => NumberForm;
    /** A number that disagrees with its folder. */
    NumberFolder "number-folder" Error;
    /** A number that disagrees with the first certification (R54; 000 §8, 001 §8). */
    NumberMonth "number-month" Error => NumberForm;
    /** A serial that two services of one scheme have (R53; 000 §8, 001 §8). */
    SerialTwice "serial-twice" Error => Serial;
    /** A service that got a new number where it should have kept its own (R55). */
    NumberChanged "number-changed" Warning => NumberKept;
    /** A successor that is certified before its predecessor. */
    SuccessorOrder "successor-order" Error;
    /** A check digit of a 法人番号 that is wrong. */
    CheckDigit "check-digit" Error;
    /** One 法人番号 at two providers. */
    CorporateNumberTwice "corporate-number-twice" Warning;

    // Events and terms.
    /** A service without its first certification. */
    NoCertification "no-certification" Error;
    /** A second first certification (R53). */
    CertifiedTwice "certified-twice" Error => Serial;
    /** A service without its start of service, where it must be running (R142; 001 §4(1)). */
    StartMissing "start-missing" Warning => RunningService;
    /** Events that are not in the order of their dates. */
    EventOrder "event-order" Error;
    /** An event after a final one (R86). */
    EventAfterEnd "event-after-end" Error => End;
    /** A final event of a certification that had expired before (R75). */
    EndAfterExpiry "end-after-expiry" Warning => Expiry;
    /** A term whose days are not in order (R56; 000 §8, 001 §8, 002 Art.9(1)). */
    TermOrder "term-order" Error => Term;
    /** A written term that is not as long as the scheme says (R57; 000 §8, 001 §8, 002 Art.9(1)). */
    TermLength "term-length" Warning => Term;
    /** A renewed term that does not follow the old one at once (R72). */
    TermGap "term-gap" Error => RenewedTerm;
    /** A renewal when there was no effect left (R66, R67; 000 §9(1), 001 §9(1), 002 Art.12(2)). */
    RenewedWithoutEffect "renewed-without-effect" Error => RenewalEffect;
    /** A renewal that nobody applied for (R71; 000 §9(1), 001 §9(1), 002 Art.12(1)). */
    RenewedWithoutApplication "renewed-without-application" Warning => RenewalApplication;
    /** A decision on a renewal that nobody applied for (R71). */
    DecisionWithoutApplication "decision-without-application" Warning => RenewalApplication;
    /** An application before or after the window (R69; 000 §9(1), 001 §9(1), 002 Art.12(1)). */
    ApplicationOutsideWindow "application-outside-window" Warning => RenewalWindow;
    /** A decision to continue that has no effect (R67, R69; 002 Art.12(2)). */
    ContinuationWithoutEffect "continuation-without-effect" Warning => Continuation;
    /** A succession that the body decided against the scheme's rule (R84; 000 §11(3), 001 §11(3), 002 Art.9(2)). */
    SuccessionAgainstRule "succession-against-rule" Warning => Succession;
    /** A succession that keeps the effect, where the scheme makes it a reason to review (R84; 000 §11(3)⑫). */
    SuccessionReview "succession-review" Warning => Succession;
    /** An application dated after the certification that rests on it (R148). */
    AppliedLate "applied-late" Error => Application;
    /** A certificate issued before the event that it certifies (R134). */
    IssuedEarly "issued-early" Warning => Certificate;
    /** An improvement reported that nobody requested (R101; 002 Art.16). */
    MetWithoutRequest "met-without-request" Warning => Improvement;
    /** A service that started after it was certified, where it must be running (R10; 001 §4(1)). */
    NotYetRunning "not-yet-running" Warning => RunningService;
    /** A service certified again too early after a cancellation (R81, R82; 000 §4(2), 001 §4(2), 002 Art.8). */
    ReappliedTooEarly "reapplied-too-early" Warning => Reapplication;
    /** Parts of a combined service in several categories (R7; 000 §4(3)). */
    PartsAcrossCategories "parts-across-categories" Warning => CombinedService;
    /** Categories where the scheme has them and the service names none (R9; 001 §4(1)(2)). */
    CategoryMissing "category-missing" Error => Categories;
    /** A provider that changed its name while no change was recorded (R15; 000 §9(2), 001 §9(2), 002 Art.13(1)). */
    RenameWithoutNotice "rename-without-notice" Warning => ChangeNotice;

    /** A name or holder that is not what events and disclosures say (R15, R153; 000 §9(2), 001 §9(2), 002 Art.13(1)). */
    NameAgainstEvents "name-against-events" Warning => ChangeNotice;
    /** A name of after a coming renaming or succession in a text that is published before it (R152; 000 §7, 002 Art.11). */
    LaterNameTold "later-name-told" Warning => DatedAhead;

    // Disclosures and withholding.
    /** A mandatory item without an answer (R25; 000 §4(4), 001 §4(4)). */
    MandatoryItemMissing "mandatory-item-missing" Warning => MandatoryItems;
    /** A criterion item that says no (R26; 000 §5(2), 001 §5(2)). */
    CriterionNotMet "criterion-not-met" Warning => CriterionItems;
    /** A criterion item that is withheld (R49). */
    CriterionWithheld "criterion-withheld" Warning => CriterionItems;
    /** A name or date of the certification that is withheld (R47, R147; 000 §7, 002 Art.11(2)). */
    IdentityWithheld "identity-withheld" Error => Identity;
    /** A disclosure older than the running term by more than the window (R28; 000 §9, 001 §9). */
    DisclosureOutdated "disclosure-outdated" Warning time => RenewalDisclosure;
    /** A disclosure that is not in Japanese (R13; 000 §4(2), 001 §4(2), 002 Art.4(1)). */
    DisclosureNotJapanese "disclosure-not-japanese" Warning => Language;
    /** A service in force that discloses nothing (R16; 000 §7(2), 001 §7(2), 002 Art.11(1)). */
    NoDisclosure "no-disclosure" Warning => Disclosure;
    /** A text or practice beside a withholding (R41; 000 §7(2), 001 §7(2), 002 Art.11(2)). */
    TextBesideWithholding "text-beside-withholding" Error => WithheldText;
    /** A ground for withholding that is not on the registry's list (R42, R45). */
    UnknownWithholdingGround "unknown-withholding-ground" Error => WithholdingGround;
    /** A withholding without an end where the scheme needs one (R45; 000 §7(2), 001 §7(2)). */
    WithholdingWithoutEnd "withholding-without-end" Error => WithholdingPeriod;
    /** Periods that leave a public gap (R44; 000 §7(2), 001 §7(2)). */
    WithholdingGap "withholding-gap" Error => WithholdingPeriod;
    /** A period that ends before it begins, or begins or ends before the one ahead of it (R44). */
    WithholdingOrder "withholding-order" Error => WithholdingOrder;
    /** All answers of a disclosure withheld (R46; 000 §7(2), 001 §7(2), 002 Art.11(2)). */
    EverythingWithheld "everything-withheld" Warning => Withholding;
    /** A withholding that ends soon (R48). */
    WithholdingEndsSoon "withholding-ends-soon" Warning time => WithholdingEnd;
    /** A withholding that is over, its text not yet published (R43; 000 §7(2), 001 §7(2)). */
    WithholdingOver "withholding-over" Warning time => WithholdingEnd;
    /** A period requested after it began (R45; 000 §7(2), 001 §7(2)). */
    RequestedLate "requested-late" Warning => Withholding;
    /** A sealed file whose first line does not say so (R41). */
    SealedFirstLine "sealed-first-line" Error => WithheldText;
    /** An open file that calls itself sealed (R41). */
    SealedInOpenFile "sealed-in-open-file" Error => WithheldText;
    /** A sealed file without the disclosure it belongs to. */
    SealedWithoutDisclosure "sealed-without-disclosure" Error;
    /** A sealed text for an item that is not withheld. */
    SealedTextUnused "sealed-text-unused" Warning;
    /** A table of a sealed file whose label no table of the open file has. */
    SealedLabel "sealed-label" Error => SealedTwin;
    /** A sealed text, or a part of it, that also stands in a public text (R41; 000 §7(2), 001 §7(2), 002 Art.11(2)). */
    SealedTextInPublic "sealed-text-in-public" Error => WithheldText;

    // What the day brings.
    /** A certification, term or disclosure of a coming day (R63; 000 §7(1), 001 §7(1), 002 Art.11). */
    NotYetPublished "not-yet-published" Warning time => DatedAhead;
    /** A service in or past its window without an application (R73; 000 §9(1), 001 §9(1), 002 Art.12(1)). */
    RenewalNotApplied "renewal-not-applied" Warning time => RenewalWindow;
    /** An application in the window, and no decision to continue near or past the last day, where the scheme wants one (R137; 002
    Art.12(2)). */
    ContinuationUndecided "continuation-undecided" Warning time => Continuation;
    /** A service continuing for long without a decision (R70; 000 §9(1), 001 §9(1), 002 Art.12(2)). */
    ContinuingLong "continuing-long" Warning time => Continuation;
    /** An ended service whose certificate has not come back (R87; 000 §9(3), 001 §9(3), 002 Art.10(8), 13(3)). */
    CertificateNotReturned "certificate-not-returned" Warning time => CertificateReturn;
    /** The security contact whose validity is over. */
    SecurityExpired "security-expired" Warning time;
}
