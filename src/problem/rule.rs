//! The rules that problems rest on, by name: a sentence of each that is true in every scheme. Where a scheme's own document
//! says so, its record cites it by the rule's name (`[cites]`), and messages quote that.

use super::Words;

/// A rule a line: variant, name, sentence in Japanese and in English.
macro_rules! rules {
    ($( $(#[doc = $doc:literal])+ $variant:ident $name:literal $ja:literal $en:literal ;)+) => {
        /// The rules. Names are for ever: `[cites]` refers to them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $( $(#[doc = $doc])+ $variant, )+ }

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant),+];

            /// The name that `[cites]` uses.
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name),+ }
            }

            /// What it says.
            pub fn words(self) -> Words {
                match self { $(Rule::$variant => Words::new($ja, $en)),+ }
            }
        }
    };
}

rules! {
    // Records and publication.
    /** What may stand in a record (R32–R40). */
    NotForPublication "not-for-publication" "公表しない事項は記録に入れません" "what is not for publication has no place in a record";
    /** Addresses (R88). */
    Address "address" "一度公表したアドレスは、いつまでも同じものを指します" "a published address stands for one thing for ever";
    /** Texts that were damaged on the way (R131). */
    DamagedText "damaged-text" "文字の壊れは、文が記録に写されるまでに傷んだしるしです" "broken characters show that a text was damaged on its way into the record";
    /** Ids (R27). */
    Ids "ids" "識別子は重複しません" "ids are unique";
    /** Records dated ahead (R63). */
    DatedAhead "dated-ahead" "先の日付の記録は、その日まで公表しません" "what is dated ahead is not published before its day";

    // The body and its schemes.
    /** Mail addresses of the body (R105, R106). */
    BodyMail "body-mail" "機関のメールアドレスは、機関のドメインのものを _atmark_ の形で載せます" "mail addresses of the body are of its own domain, and printed in the _atmark_ form";
    /** The body's name (R125). */
    BodyName "body-name" "機関の名称は、その日のものを用います" "the body is named as it was called on that day";
    /** What a certification says (R110). */
    Meaning "meaning" "認定の意味は制度ごとに異なります" "each scheme certifies something else";
    /** Fees (R116). */
    Fees "fees" "手数料は税抜額と消費税からなります" "a fee is net plus tax";
    /** The mark (R90). */
    Mark "mark" "認定マークはロゴと認定番号からなります" "a mark is logo and number together";
    /** Where marks lead (R93, R149, R150). */
    MarkLink "mark-link" "ウェブページの認定マークには、制度の定めるページへのリンクを付けます" "on web pages a mark links to the page that its scheme names";
    /** Marks in black and white (R150). */
    MarkColours "mark-colours" "白黒用の認定マークは、白、黒、灰色だけで描きます" "a mark in black and white is drawn in black, white and grey alone";
    /** Pictures for those who do not see them (WCAG 1.1.1). */
    PictureText "picture-text" "画像には、見えない人にも伝わる説明を付けます" "a picture says in words what is seen";
    /** Categories (R8, R9). */
    Categories "categories" "サービスは、制度の定める区分に属します" "a service belongs to the categories that the scheme sets";
    /** Grounds of cancellations (R79, R80). */
    Grounds "grounds" "取消しの事由は、制度の一覧によります" "grounds for cancellation are those on the scheme's list";
    /** Editions of the catalogue and their items (R27, R126). */
    Edition "edition" "開示項目は、審査に用いた版のものです" "items are those of the edition that a service was examined by";

    // Numbers.
    /** The form of numbers (R50–R52, R54). */
    NumberForm "number-form" "認定番号は、制度の識別子、通番、認定年月からなり、その形のとおりに示します" "a number is the scheme's prefix, serial, year and month of certification, shown in exactly that form";
    /** Serials (R53). */
    Serial "serial" "新たな認定には新たな通番を用い、一度用いた通番は再び用いません" "a new certification has a new serial, and none is used twice";
    /** Numbers through renewals (R55). */
    NumberKept "number-kept" "認定番号は、更新しても変わりません" "a number stays through renewals";

    // Applying, terms and renewals.
    /** Which services are certified (R10). */
    RunningService "running-service" "既に提供を開始したサービスを認定します" "only running services are certified";
    /** Combined services (R7). */
    CombinedService "combined-service" "統合して申請するサービスは、同じ区分のものに限ります" "the parts of a combined service share one category";
    /** Certifications rest on applications (R148). */
    Application "application" "認定は申請に基づきます" "a certification rests on an application";
    /** The certificate and its day of issue (R134). */
    Certificate "certificate" "認定証は、認定、更新又は変更の日以後に発行します" "a certificate is issued on or after the day of what it certifies";
    /** Applying again after a cancellation (R81, R82). */
    Reapplication "reapplication" "取消しの後、制度の定める期間を経るまで再び申請できません" "after a cancellation nobody applies again before the scheme's time is over";
    /** Terms (R56, R57). */
    Term "term" "有効期間は認定の日から、制度の定める長さです" "a term runs from the day of certification for the scheme's length";
    /** The end of a term (R75). */
    Expiry "expiry" "有効期間が満了した認定には、既に効力がありません" "what has expired has no effect any more";
    /** Terms that follow each other (R72). */
    RenewedTerm "renewed-term" "更新後の有効期間は、制度の定めにより満了日の翌日又は更新の日から、効力が途切れないように続きます" "a renewed term starts on the day after the last one or on the day of renewal, as the scheme says, without a gap in the effect";
    /** What can be renewed (R66, R67). */
    RenewalEffect "renewal-effect" "効力のない認定は更新できません" "what has no effect cannot be renewed";
    /** Renewals rest on applications (R71). */
    RenewalApplication "renewal-application" "更新とその判断は、申請に基づきます" "a renewal and the decision on it rest on an application";
    /** The window for renewals (R69, R73). */
    RenewalWindow "renewal-window" "更新の申請は、制度の定める期間内に行います" "renewals are applied for within the scheme's window";
    /** The effect while a renewal is decided (R66, R67, R70). */
    Continuation "continuation" "更新の期間内に申請があれば、制度の定めるところにより、更新を決定するまで効力が続きます" "after an application in the window the effect continues, as the scheme provides, until the renewal is decided";
    /** What a renewal brings (R28). */
    RenewalDisclosure "renewal-disclosure" "更新の際は、変更のあった項目の開示内容を改めます" "a renewal brings what has changed in the disclosure";

    // What happens to a certification.
    /** Notices of changes (R15). */
    ChangeNotice "change-notice" "申請した内容の変更は届け出ます" "changes of what was applied for are notified";
    /** Successions (R83–R85). */
    Succession "succession" "事業承継の効果は、制度が定めます" "what a succession does is set by the scheme";
    /** Requests for improvement (R101). */
    Improvement "improvement" "改善の完了は、改善の要請に基づきます" "an improvement answers a request";
    /** Notices of what happened to certifications (R101, R107). */
    Notices "notices" "取消し、効力喪失、改善要請のお知らせは、対象の認定を示します" "a notice of a cancellation, a loss of effect or an improvement names the certifications it is about";
    /** After the end (R86). */
    End "end" "終了、取消し又は効力喪失の後に、認定が更新され、又は変更されることはありません" "after its end a certification is neither renewed nor changed";
    /** The certificate after the end (R87). */
    CertificateReturn "certificate-return" "認定が終わったときの認定証の返納は、制度が定めます" "what becomes of the certificate at the end is set by the scheme";

    // Disclosures and withholding.
    /** What was disclosed is published (R16). */
    Disclosure "disclosure" "申請者が開示した内容を公表します" "what an applicant disclosed is published";
    /** The language of disclosures (R13). */
    Language "language" "情報開示は日本語で行います" "disclosures are in Japanese";
    /** Mandatory items (R25). */
    MandatoryItems "mandatory-items" "必須開示項目は全て記述します" "mandatory items are all answered";
    /** Criterion items (R26, R49). */
    CriterionItems "criterion-items" "一定の要件を考慮すべき項目は、対策を行っていることが認定の要件です" "of criterion items the certification requires that a measure is taken";
    /** Withholding (R45, R46). */
    Withholding "withholding" "公表の留保は、申請者の申し出に基づき、正当な理由のある一部に限ります" "a withholding rests on the applicant's request, and covers only a part";
    /** What cannot be withheld (R47, R147). */
    Identity "identity" "名称と開示情報の日付は、公表を留保できません" "names and the date of the disclosure cannot be withheld";
    /** Periods of withholding (R44, R45). */
    WithholdingPeriod "withholding-period" "公表の留保は、制度の定める期間、途切れなく続きます" "a withholding lasts as long as the scheme allows, without a gap";
    /** The order of periods (R44). */
    WithholdingOrder "withholding-order" "公表を留保する期間は、前の期間に続けて、前の期間より早く終わらないように定めます" "each period of a withholding follows the one before it and ends no earlier";
    /** Grounds of withholding (R42, R45). */
    WithholdingGround "withholding-ground" "公表を留保する理由は、registry.toml の一覧にある言葉で示します" "the ground of a withholding is told in the words of the list in registry.toml";
    /** Sealed files follow open ones (R41). */
    SealedTwin "sealed-twin" "公表を留保するかどうかは公開の文書だけで決まり、封をした文書の内容は公開の文書の同じところに対応します" "what is withheld follows from the open file alone, and a sealed text belongs to the same table of it";
    /** The end of a withholding (R43, R48). */
    WithholdingEnd "withholding-end" "公表の留保の期間が終わった内容は公表します" "after its period a withheld text becomes public";
    /** Where a withheld text may stand (R41). */
    WithheldText "withheld-text" "公表を留保した内容は、封をした文書だけに置き、どこにも公表しません" "a withheld text stands in its sealed file alone, and in no public place";
}

impl Rule {
    /// The rule of this name.
    pub fn named(name: &str) -> Option<Rule> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}
