//! Chance that is the same everywhere, and texts made with it.

/// A small generator of numbers that look like chance (SplitMix64). The same seed gives the same numbers.
pub(crate) struct Chance(u64);

impl Chance {
    /// A generator for each thing that is numbered, so that one more service changes no other.
    pub(crate) fn of(kind: u64, number: usize) -> Chance {
        let mut chance = Chance(kind.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number as u64);
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 where there is none.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap_or(0)
    }

    /// True once in so many times.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }
}

const PLACES: &[&str] = &[
    "あおば",
    "いずみ",
    "うしお",
    "かすみ",
    "きらら",
    "こだま",
    "さざなみ",
    "しおかぜ",
    "すずかぜ",
    "たかね",
    "つばさ",
    "ときわ",
    "なぎさ",
    "はやて",
    "ひかり",
    "ふたば",
    "ほしの",
    "まほろば",
    "みずほ",
    "やまびこ",
    "ゆきの",
    "わかば",
];
const TRADES: &[&str] = &[
    "情報システム",
    "データサービス",
    "ネットワークス",
    "ソリューションズ",
    "クラウド",
    "ソフトウェア",
    "テクノロジー",
    "通信",
    "計算センター",
    "電子工業",
];
const PRODUCTS: &[&str] = &[
    "給与計算",
    "勤怠管理",
    "文書管理",
    "電子契約",
    "会計",
    "仮想サーバ",
    "バックアップ",
    "遠隔監視",
    "設備点検",
    "住民窓口",
    "人事労務",
    "在庫管理",
];
const FORMS: &[&str] = &["クラウド", "サービス", "オンライン", "基盤", "プラットフォーム"];
const BRIEF: &[&str] = &[
    "あり（{n}件）",
    "なし（{n}年後に見直し）",
    "{n}名",
    "年{n}回",
    "{n}時間以内",
    "{n}日前まで",
    "有",
    "対応しています。",
    "国内{n}か所",
    "{n}分間隔",
    "{n}か月間保存",
    "99.{n}%",
    "契約書の別紙に定めています。",
    "20{n}年4月から",
];
const SENTENCES: &[&str] = &[
    "管理規程と手順書を定め、年{n}回見直しています。",
    "対象の機器とソフトウェアを{n}分間隔で監視し、異常があれば当番の運用員に通報します。",
    "ご希望のお客様には、別途お見積りのうえ個別に対応いたします（対応の実績は{n}件です）。",
    "記録は{n}か月間保存し、ご請求があれば該当する部分を開示します。",
    "停止を伴う作業は{n}日前までに、電子メールと管理画面のお知らせ欄でお伝えします。",
    "通信はTLS 1.2以上で暗号化し、保存するデータはAES-256で暗号化しています。",
    "利用者の認証にはIDとパスワードのほか、ワンタイムパスワードによる多要素認証をご利用いただけます。",
    "外部の専門会社による診断を年{n}回受け、危険度の高いものは{m}日以内に修正します。",
    "データは毎日{n}時に取得し、離れた地域の設備に{m}世代を保管しています。",
    "復元の試験は{n}か月に一度行い、結果を責任者に報告しています。",
    "契約が終わった日から{n}日以内であれば、CSV形式でお客様ご自身に取り出していただけます。",
    "契約終了の{n}日後に消去し、ご希望があれば消去証明書を発行します（有償）。",
    "当社の責めに帰すべき事由による損害は、直近{n}か月分の利用料を上限として賠償します。",
    "お問合せは平日の9時から17時30分まで、電話、メール、フォームで承ります。",
    "障害を確認してから{n}分以内に第一報を出し、復旧の後{m}営業日以内に原因と対策を報告します。",
    "サーバ室への入室はICカードと生体認証の二つで確かめ、記録を{n}年間残しています。",
    "異なる変電所から2回線で受電し、非常用発電機は無給油で{n}時間運転できます。",
    "震度{n}強に相当する揺れでも機能を保つ設計で、免震装置を備えています。",
    "消火にはガス系の設備を用い、煙と熱の感知器を{n}か所に設けています。",
    "推奨する回線は光回線で、下り{n}Mbps以上を目安としてください。",
    "前年度の稼働率の実績は99.{n}%で、計画停止を除いた時間から計算しています。",
    "個人情報は利用目的をお示しし、同意をいただいたうえで取得しています。",
    "契約数は{n}社、利用者の数は約{m}00名です（9月末日現在）。",
    "API（REST、JSON）の仕様を公開しており、{n}種類の業務システムとの連携の実績があります。",
    "料金は月額の固定制で、初期費用はいただきません。",
    "画面の項目、帳票の様式、通知の条件は、お客様ご自身で変えていただけます。",
    "利用者間のデータは論理的に分離し、その設定を{n}か月ごとに点検しています。",
    "管理者の権限は申請と承認を経て{n}時間に限り払い出し、操作の記録を残しています。",
    "ウイルス対策ソフトを全ての管理端末に導入し、定義ファイルを{n}時間ごとに更新しています。",
    "深刻な脆弱性の修正は検証のうえ{n}時間以内に、その他は月例の作業で適用します。",
];
const NOTES: &[&str] = &[
    "本店の所在地を改めました。",
    "料金の税込表示を改めました。",
    "データセンターを1か所加えました。",
    "お問合せの受付時間を改めました。",
    "代表者の変更に伴い、開示内容を改めました。",
];

/// The name of a company without its legal form.
pub(crate) fn company(chance: &mut Chance) -> String {
    format!("{}{}{}", chance.pick(PLACES), chance.pick(PLACES), chance.pick(TRADES))
}

/// The name of a service.
pub(crate) fn service(chance: &mut Chance) -> String {
    format!("{}{}{}", chance.pick(PLACES), chance.pick(PRODUCTS), chance.pick(FORMS))
}

/// So many sentences.
pub(crate) fn sentences(chance: &mut Chance, count: usize) -> String {
    (0..count).map(|_| sentence(chance)).collect()
}

/// A public note on a change.
pub(crate) fn note(chance: &mut Chance) -> &'static str {
    chance.pick(NOTES)
}

/// What a provider states about an item: a few words, some sentences or, now and then, several lines.
pub(crate) fn answer(chance: &mut Chance, item: &str) -> String {
    match chance.below(12) {
        0..3 => numbered(chance, BRIEF),
        3..9 => {
            let count = 1 + chance.below(3);
            sentences(chance, count)
        }
        _ => {
            let lines = 3 + chance.below(5);
            let mut text = format!("{item}は次のとおりです。");
            for line in 1..=lines {
                text.push_str(&format!("\n({line}) {}", sentence(chance)));
            }
            text
        }
    }
}

fn sentence(chance: &mut Chance) -> String {
    numbered(chance, SENTENCES)
}

fn numbered(chance: &mut Chance, words: &[&str]) -> String {
    let (n, m) = (2 + chance.below(28), 2 + chance.below(60));
    chance.pick(words).replace("{n}", &n.to_string()).replace("{m}", &m.to_string())
}
