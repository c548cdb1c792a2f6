//! The table of problem codes: name, severity and rule of each. Every code has its fixture in `tests/checks/<name>/`.

use super::Words;

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

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $variant:ident $name:literal $severity:ident $( $ja:literal $en:literal )? ;)+) => {
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

            /// The rule behind the code, with its row and article.
            pub fn rule(self) -> Option<Words> {
                match self { $(Code::$variant => codes!(@rule $($ja $en)?)),+ }
            }
        }
    };
    (@rule $ja:literal $en:literal) => { Some(Words::new($ja, $en)) };
    (@rule) => { None };
}

impl Code {
    /// The code of this name.
    pub fn named(name: &str) -> Option<Code> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
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
    /** Two things that would have the same public address. */
    IdCollides "id-collides" Error "R88 一度公表した所在は他のものに使いません" "R88 a published address stands for one thing for ever";

    // TOML and plain values.
    /** What TOML does not allow. */
    Syntax "syntax" Error;
    /** Marks that version control leaves where two changes of one text were not brought together. */
    UnfinishedMerge "unfinished-merge" Error;
    /** A key that the record does not have. */
    UnknownKey "unknown-key" Error "R32–R40 公表しない事項は記録に入れません（000 §7(2)、001 §7(2)イ、002 第11条）" "R32–R40 what is not published has no place in a record (000 §7(2), 001 §7(2), 002 Art.11)";
    /** A required key that is not there. */
    MissingKey "missing-key" Error;
    /** A value of another type. */
    WrongType "wrong-type" Error;
    /** A value outside what the key allows. */
    BadValue "bad-value" Error;
    /** A text with nothing in it. */
    EmptyText "empty-text" Error;
    /** A control character other than tab and line feed. */
    ControlCharacter "control-character" Error "R131 制御文字は申請内容が届く前に壊れたしるしです" "R131 control characters show that a text was damaged before it came here";
    /** U+FFFD in a text. */
    ReplacementCharacter "replacement-character" Warning "R131 置換文字は申請内容が届く前に壊れたしるしです" "R131 replacement characters show that a text was damaged before it came here";
    /** What Excel leaves in a text: `_x000D_`, `#REF!`, `########` (R131). */
    ExcelResidue "excel-residue" Warning "表計算ソフトの符号は申請内容が届く前に壊れたしるしです" "codes of a spreadsheet show that a text was damaged before it came here";
    /** A letter of the private use areas (外字), which every reader's machine shows otherwise (R131). */
    PrivateUseLetter "private-use-letter" Warning "外字は読む人の機械では読めません" "private letters cannot be read on readers' machines";
    /** Letters taken apart into a base and a mark, as some systems and PDFs write them (R131). */
    DecomposedLetter "decomposed-letter" Warning "分解された文字は検索や照合で見つからないことがあります" "letters taken apart may not be found or matched";
    /** Letters that nobody sees, or that turn the direction of writing, or that are none (R131). */
    InvisibleLetter "invisible-letter" Warning "見えない文字は申請内容が届く前に入り込んだしるしです" "letters nobody sees show that a text was damaged before it came here";
    /** An address that is not http or https. */
    AddressForm "address-form" Error;
    /** An id or name given twice in one list. */
    DuplicateId "duplicate-id" Error "R27 識別子は重複しません" "R27 ids are unique";

    // The registry and its schemes.
    /** A theme that is not there. */
    UnknownTheme "unknown-theme" Error;
    /** A mail address with another domain than the body's pages. */
    MailDomain "mail-domain" Warning "R106 機関のメールアドレスのドメインの誤りを防ぎます" "R106 guards against misprinted domains of the body's mail addresses";
    /** A raw mail address in a public text of the body. */
    RawMailAddress "raw-mail-address" Warning "R105・R106 機関のメールアドレスは _atmark_ の形で載せます（000 §13、001 §13）" "R105, R106 mail addresses of the body are printed in the _atmark_ form (000 §13, 001 §13)";
    /** A link in a text of the body that leads neither to the web, to mail nor to the site itself. */
    LinkTarget "link-target" Error;
    /** A picture in a text of the body that comes from another site. */
    RemotePicture "remote-picture" Error;
    /** A link in a text of the body to a page that the site does not have. */
    UnknownAddress "unknown-address" Warning "R88 公表した所在は答え続けます" "R88 published addresses keep answering";
    /** A link in a text of the body to what is published later. */
    AddressNotYet "address-not-yet" Warning "公表した所在だけが開けます" "only what is published can be opened";
    /** Marks in a text of the body that make nothing and are shown as they are written. */
    LeftoverMark "leftover-mark" Warning;
    /** HTML in a text of the body. */
    RawHtml "raw-html" Warning;
    /** Two schemes with the same number prefix or slug. */
    PrefixTwice "prefix-twice" Error "R50 認定番号の識別子は制度ごとに異なります" "R50 the prefix of a number tells its scheme";
    /** Two schemes with the same statement of meaning. */
    MeaningShared "meaning-shared" Warning "R110 認定の意味は制度ごとに異なります（000 §2(3)、001 §2(3)、002 第1条）" "R110 each scheme certifies something else (000 §2(3), 001 §2(3), 002 Art.1)";
    /** Fees without a tax period that covers any day. */
    FeeWithoutTax "fee-without-tax" Warning "R116 手数料は税抜額と消費税からなります（000 別表1、001 別表1）" "R116 a fee is net plus tax (000 and 001, table 1)";
    /** A mark's artwork that cannot carry a number, or is not safe to publish. */
    MarkArtwork "mark-artwork" Error "R90 認定マークはロゴと認定番号からなります（000 §8、001 §8）" "R90 a mark is logo and number together (000 §8, 001 §8)";
    /** A number with a character that the mark's font lacks. */
    MarkGlyph "mark-glyph" Error "R90 認定マークはロゴと認定番号からなります（000 §8、001 §8）" "R90 a mark is logo and number together (000 §8, 001 §8)";
    /** An earlier full name of an item that no earlier edition has. */
    UnknownEarlierItem "unknown-earlier-item" Warning;
    /** A notice that names the body by a name it no longer had. */
    FormerBodyName "former-body-name" Warning "R125 機関の名称はその日のものを用います" "R125 the body's name fits the date";
    /** An accepted warning whose code does not exist or is an error. */
    AcceptedCode "accepted-code" Error;

    // References.
    /** A provider that has no record. */
    UnknownProvider "unknown-provider" Error;
    /** A folder of services for a scheme that has no record. */
    UnknownScheme "unknown-scheme" Error;
    /** A service that has no record. */
    UnknownService "unknown-service" Error;
    /** A category that the scheme does not have. */
    UnknownCategory "unknown-category" Error "R8 区分は制度が定めます（000 別表2、001 §4(2)）" "R8 the scheme sets the categories (000 table 2, 001 §4(2))";
    /** A ground that is not on the scheme's or the registry's list. */
    UnknownGround "unknown-ground" Error "R79・R80 取消しの事由は制度の一覧によります（000 §11(3)、001 §11(4)、002 第17条(1)）" "R79, R80 grounds are those of the scheme (000 §11(3), 001 §11(4), 002 Art.17(1))";
    /** An edition of the catalogue that is not there. */
    UnknownEdition "unknown-edition" Error "R126 審査に用いた指針の版を示します" "R126 the edition a service was examined by is known";
    /** A section that the edition does not have. */
    UnknownSection "unknown-section" Error "R27 項目は審査に用いた版のものです" "R27 items are those of the edition";
    /** An item that the edition does not have. */
    UnknownItem "unknown-item" Error "R27 項目は審査に用いた版のものです" "R27 items are those of the edition";

    // Numbers.
    /** A text that is no certification number of the scheme. */
    NumberForm "number-form" Error "R52 識別子、通番、認定年月からなります（000 §8、001 §8）" "R52 a number is prefix, serial, year and month (000 §8, 001 §8)";
    /** A number that is readable, but not in the exact form. */
    NumberSpelling "number-spelling" Warning "R51 認定番号は制度の形のとおりに示します（000 §8、001 §8）" "R51 a number is shown in the scheme's exact form (000 §8, 001 §8)";
    /** A number that disagrees with its folder. */
    NumberFolder "number-folder" Error;
    /** A number that disagrees with the first certification. */
    NumberMonth "number-month" Error "R54 下4桁は認定年月です（000 §8、001 §8）" "R54 the last four digits are year and month of certification (000 §8, 001 §8)";
    /** A serial that two services of one scheme have. */
    SerialTwice "serial-twice" Error "R53 通番は再び用いません（000 §8、001 §8）" "R53 a serial is never used twice (000 §8, 001 §8)";
    /** A service that got a new number where it should have kept its own. */
    NumberChanged "number-changed" Warning "R55 認定番号は更新しても変わりません" "R55 a number stays through renewals";
    /** A successor that is certified before its predecessor. */
    SuccessorOrder "successor-order" Error;
    /** A check digit of a 法人番号 that is wrong. */
    CheckDigit "check-digit" Error;

    // Events and terms.
    /** A service without its first certification. */
    NoCertification "no-certification" Error;
    /** A second first certification. */
    CertifiedTwice "certified-twice" Error "R53 新たな認定は新たな番号によります" "R53 a new certification has a new number";
    /** Events that are not in the order of their dates. */
    EventOrder "event-order" Error;
    /** An event after a final one. */
    EventAfterEnd "event-after-end" Error "R86 終了、取消し又は効力喪失の後に認定は動きません" "R86 nothing happens to a certification after its end";
    /** A final event of a certification that had expired before. */
    EndAfterExpiry "end-after-expiry" Warning "R75 有効期間の満了で効力は既に失われています" "R75 the effect ended with the term already";
    /** A term whose days are not in order. */
    TermOrder "term-order" Error "R56 有効期間は認定日からです（000 §8、001 §8ア、002 第9条(1)）" "R56 a term runs from the day of certification (000 §8, 001 §8, 002 Art.9(1))";
    /** A written term that is not as long as the scheme says. */
    TermLength "term-length" Warning "R57 有効期間は2年です（000 §8、001 §8ア、002 第9条(1)）" "R57 a term has the scheme's length (000 §8, 001 §8, 002 Art.9(1))";
    /** A renewed term that does not follow the old one at once. */
    TermGap "term-gap" Error "R72 更新後の有効期間は満了日の翌日からです" "R72 a renewed term follows the old one without a gap";
    /** A renewal when there was no effect left. */
    RenewedWithoutEffect "renewed-without-effect" Error "R66・R67 効力のない認定は更新できません（000 §9(1)、001 §9(1)イ、002 第12条(2)）" "R66, R67 what has no effect cannot be renewed (000 §9(1), 001 §9(1), 002 Art.12(2))";
    /** A renewal that nobody applied for. */
    RenewedWithoutApplication "renewed-without-application" Warning "R71 更新は申請に基づきます（000 §9(1)、001 §9(1)ア、002 第12条(1)）" "R71 a renewal rests on an application (000 §9(1), 001 §9(1), 002 Art.12(1))";
    /** A decision on a renewal that nobody applied for. */
    DecisionWithoutApplication "decision-without-application" Warning "R71 更新の判断は申請に基づきます" "R71 a decision rests on an application";
    /** An application before or after the window. */
    ApplicationOutsideWindow "application-outside-window" Warning "R69 更新の申請は満了日の60日前から30日前までです（000 §9(1)、001 §9(1)ア、002 第12条(1)）" "R69 renewals are applied for 60 to 30 days before the last day (000 §9(1), 001 §9(1), 002 Art.12(1))";
    /** A decision to continue that has no effect. */
    ContinuationWithoutEffect "continuation-without-effect" Warning "R67・R69 効力の継続は、期間内の申請と満了日までの決定によります（002 第12条(2)）" "R67, R69 the effect continues after an application in the window and a decision by the last day (002 Art.12(2))";
    /** A succession that the body decided against the scheme's rule. */
    SuccessionAgainstRule "succession-against-rule" Warning "R84 事業承継の効果は制度が定めます（000 §11(3)⑫、001 §11(3)、002 第9条(2)）" "R84 what a succession does is set by the scheme (000 §11(3), 001 §11(3), 002 Art.9(2))";
    /** An improvement reported that nobody requested. */
    MetWithoutRequest "met-without-request" Warning "R101 改善の完了は要請に基づきます（002 第16条）" "R101 an improvement answers a request (002 Art.16)";
    /** A service that started after it was certified, where it must be running. */
    NotYetRunning "not-yet-running" Warning "R10 既に提供を開始したサービスを認定します（001 §4(1)）" "R10 only running services are certified (001 §4(1))";
    /** A service certified again too early after a cancellation. */
    ReappliedTooEarly "reapplied-too-early" Warning "R81・R82 取消しから1年を経るまで申請できません（000 §4(2)オ、001 §4(2)オ、002 第8条）" "R81, R82 no application within a year of the cancellation (000 §4(2), 001 §4(2), 002 Art.8)";
    /** Parts of a combined service in several categories. */
    PartsAcrossCategories "parts-across-categories" Warning "R7 統合したサービスは同一区分内に限ります（000 §4(3)ア）" "R7 the parts of a combined service share one category (000 §4(3))";
    /** Categories where the scheme has them and the service names none. */
    CategoryMissing "category-missing" Error "R9 いずれかの区分に当たるサービスを認定します（001 §4(1)(2)）" "R9 a service belongs to a category (001 §4(1)(2))";
    /** A provider that changed its name while no change was recorded. */
    RenameWithoutNotice "rename-without-notice" Warning "R15 名称の変更は届け出ます（000 §9(2)、001 §9(2)、002 第13条(1)）" "R15 a change of name is notified (000 §9(2), 001 §9(2), 002 Art.13(1))";

    // Disclosures and withholding.
    /** A mandatory item without an answer. */
    MandatoryItemMissing "mandatory-item-missing" Warning "R25 必須開示項目は全て記述します（000 §4(4)ア、001 §4(4)ア）" "R25 mandatory items are all answered (000 §4(4), 001 §4(4))";
    /** A criterion item that says no. */
    CriterionNotMet "criterion-not-met" Warning "R26 一定の要件を考慮すべき項目は対策を要します（000 §5(2)、001 §5(2)）" "R26 criterion items need a measure (000 §5(2), 001 §5(2))";
    /** A criterion item that is withheld. */
    CriterionWithheld "criterion-withheld" Warning "R49 利用者が要件を確かめられません" "R49 readers cannot see that the criterion is met";
    /** A disclosure older than the running term by more than the window. */
    DisclosureOutdated "disclosure-outdated" Warning "R28 更新の際は新しい開示内容が要ります（000 §9、001 §9）" "R28 a renewal brings a new disclosure (000 §9, 001 §9)";
    /** A disclosure that is not in Japanese. */
    DisclosureNotJapanese "disclosure-not-japanese" Warning "R13 情報開示は日本語で行います（000 §4(2)イ、001 §4(2)イ、002 第4条(1)）" "R13 disclosures are in Japanese (000 §4(2), 001 §4(2), 002 Art.4(1))";
    /** A service in force that discloses nothing. */
    NoDisclosure "no-disclosure" Warning "R16 申請内容を公表します（000 §7(2)、001 §7(2)、002 第11条(1)）" "R16 what was disclosed is published (000 §7(2), 001 §7(2), 002 Art.11(1))";
    /** A text or practice beside a withholding. */
    TextBesideWithholding "text-beside-withholding" Error "R41 公表を留保した内容はどこにも出しません（000 §7(2)、001 §7(2)、002 第11条(2)）" "R41 a withheld text stands in no public place (000 §7(2), 001 §7(2), 002 Art.11(2))";
    /** A withholding without an end where the scheme needs one. */
    WithholdingWithoutEnd "withholding-without-end" Error "R45 公表の留保は必要な期間に限ります（000 §7(2)、001 §7(2)ウ）" "R45 a withholding lasts for the period needed (000 §7(2), 001 §7(2))";
    /** Periods that leave a public gap. */
    WithholdingGap "withholding-gap" Error "R44 留保の期間は途切れなく続きます（000 §7(2)、001 §7(2)ウ）" "R44 periods chain without a public gap (000 §7(2), 001 §7(2))";
    /** A period that ends before it begins, or begins before the one ahead of it. */
    WithholdingOrder "withholding-order" Error;
    /** All answers of a disclosure withheld. */
    EverythingWithheld "everything-withheld" Warning "R46 公表を留保できるのは一部に限ります（000 §7(2)、001 §7(2)、002 第11条(2)）" "R46 only a part may be withheld (000 §7(2), 001 §7(2), 002 Art.11(2))";
    /** A withholding that ends soon. */
    WithholdingEndsSoon "withholding-ends-soon" Warning "R48 留保の終わりを前もって知らせます" "R48 the end of a withholding is reported ahead";
    /** A withholding that is over, its text not yet published. */
    WithholdingOver "withholding-over" Warning "R43 留保の期間を過ぎた内容は公表します（000 §7(2)、001 §7(2)ウ）" "R43 after the period the text becomes public (000 §7(2), 001 §7(2))";
    /** A period requested after it began. */
    RequestedLate "requested-late" Warning "R45 留保は申し出に基づきます（000 §7(2)、001 §7(2)ウ）" "R45 a withholding rests on a request (000 §7(2), 001 §7(2))";
    /** A sealed file whose first line does not say so. */
    SealedFirstLine "sealed-first-line" Error "R41 公表を留保した内容の文書は先頭で封をします" "R41 a sealed file says so first";
    /** An open file that calls itself sealed. */
    SealedInOpenFile "sealed-in-open-file" Error "R41 公表を留保した内容は封をした文書だけに置きます" "R41 a withheld text stands in a sealed file alone";
    /** A sealed file without the disclosure it belongs to. */
    SealedWithoutDisclosure "sealed-without-disclosure" Error;
    /** A sealed text for an item that is not withheld. */
    SealedTextUnused "sealed-text-unused" Warning;
    /** A table of a sealed file whose label no table of the open file has. */
    SealedLabel "sealed-label" Warning;
    /** A sealed text that also stands in a public field. */
    SealedTextInPublic "sealed-text-in-public" Warning "R41 公表を留保した内容はどこにも出しません（000 §7(2)、001 §7(2)、002 第11条(2)）" "R41 a withheld text stands in no public place (000 §7(2), 001 §7(2), 002 Art.11(2))";

    // What the day brings.
    /** A certification, term or disclosure of a coming day. */
    NotYetPublished "not-yet-published" Warning "R63 先の日付の記録はその日まで公表しません（000 §7(1)、001 §7(1)、002 第11条）" "R63 what is dated ahead is not published before its day (000 §7(1), 001 §7(1), 002 Art.11)";
    /** A service in or past its window without an application. */
    RenewalNotApplied "renewal-not-applied" Warning "R73 更新の期間に申請がありません（000 §9(1)、001 §9(1)、002 第12条(1)）" "R73 the window is open or past and nobody applied (000 §9(1), 001 §9(1), 002 Art.12(1))";
    /** A service continuing for long without a decision. */
    ContinuingLong "continuing-long" Warning "R70 更新の判断が長く下りていません（000 §9(1)、001 §9(1)イ、002 第12条(2)）" "R70 no decision for long (000 §9(1), 001 §9(1), 002 Art.12(2))";
    /** An ended service whose certificate has not come back. */
    CertificateNotReturned "certificate-not-returned" Warning "R87 終了又は取消しの際は認定証を返納します（000 §9(3)、001 §9(3)、002 第10条(8)、第13条(3)）" "R87 the certificate comes back at the end (000 §9(3), 001 §9(3), 002 Art.10(8), 13(3))";
    /** The security contact whose validity is over. */
    SecurityExpired "security-expired" Warning;
}
