// Text as search compares it. Width, case, kana, glyphs old and new, dashes: two spellings of one word fold to one text.
// The program folds what it indexes by the same steps and reads both tables below from this file (src/fold.rs);
// a theme that changes one of them must leave all as they are.

/**
 * Pairs: a character after NFKC and lower case, and the one it is taken for. The last lines are the radicals that some PDF
 * files have in the place of characters, with Unicode's equivalent unified ideographs.
 */
const ALIKE = `
ー-‐-‑-‒-–-—-―-−-─-━-〜~ςσゕかゖけぁあぃいぅうぇえぉおっつゃやゅゆょよゎわㇰくㇱしㇲすㇳとㇴぬㇵはㇶひㇷふㇸへㇹほㇺむㇻらㇼりㇽるㇾれㇿろ
’'‘'‛'ʼ'ʻ'′'‵'·・•・‧・∙・⋅・
髙高﨑崎嵜崎德徳濵浜濱浜邉辺邊辺齋斎齊斉澤沢廣広國国圀国櫻桜龍竜瀧滝眞真惠恵榮栄嶋島嶌島橫横黑黒靑青淸清條条曾曽增増寬寛將将彌弥應応戶戸晉晋會会學学實実寶宝壽寿
藏蔵證証讓譲豐豊關関鐵鉄鄕郷圓円團団圖図假仮價価佛仏來来倂併傳伝兒児內内兩両劍剣勞労區区醫医單単嚴厳圍囲壓圧奧奥爲為獨独畫画當当發発礒磯禮礼祿禄稻稲經経絲糸綠緑
總総縣県聲声舊旧與与萬万藝芸藥薬號号裝装覺覚覽覧觀観變変讀読豫予轉転遲遅釋釈錄録鎭鎮險険雜雑顯顕餘余驛駅體体齒歯龜亀桒桑𠮷吉槇槙遙遥堯尭亙亘灣湾渕淵舘館冨富峯峰
嶽岳薗園埜野柗松槗橋𣘺橋曻昇頴穎籔薮藪薮對対拂払擴拡據拠數数斷断歸帰氣気沒没溫温滿満澁渋點点燈灯狀状廢廃稱称繼継續続莊荘處処譯訳辭辞錢銭隨随黃黄
⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸
⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱亀⻲亀
`;

/** Kinds of companies and bodies: the letter that stands for each in `㈱` and `(株)`, and what it means. */
const KINDS = `
株株式会社 有有限会社 同合同会社 合合同会社 資合資会社 名合名会社 社社団法人 財財団法人 学学校法人
`;

const alike = new Map(ALIKE.match(/\S\S/gu).map((pair) => [...pair]));

const kinds = new Map(KINDS.trim().split(/\s/).map((kind) => [kind[0], kind.slice(1)]));
const letters = [...kinds.keys()].join("");
const SHORT = new RegExp(`\\(([${letters}])\\)`, "g");

/** The long forms. */
export const companies = [...kinds.values()];

/** What folds by itself: a short form of a kind, or a character with the marks behind it. */
export const pieces = new RegExp(`[(（][${letters}][)）]|[^][\\u0300-\\u036f\\u3099\\u309a\\uff9e\\uff9f]*`, "gu");

/** A text after NFKC with its short forms written out. */
export const spelledOut = (text) => text.replace(SHORT, (_, letter) => kinds.get(letter));

/** What characters were found to fold to. */
const known = {};

/** A text folded. Nothing but single characters is replaced, short forms aside, so a part of a text folds to a part of it. */
export function fold(text) {
  return spelledOut(Array.from(text.normalize("NFKC"), (c) => known[c] ??= single(c)).join(""));
}

function single(c) {
  if (/[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/u.test(c)) return "";
  if (/[\s\x85]/.test(c)) return " ";
  return Array.from(c.toLowerCase(), (low) => {
    const kana = /[ァ-ヶ]/.test(low) ? String.fromCharCode(low.charCodeAt(0) - 0x60) : low;
    return alike.get(kana) ?? kana;
  }).join("");
}

/** What is read of what somebody asks for, wherever it comes from: so many characters, none of them a control or half of one. */
export function cut(text, most = 200) {
  return Array.from(text.slice(0, 2 * most).replace(/[\u0000-\u001f\u007f]|[\ud800-\udfff]/gu, " ")).slice(0, most).join("");
}
