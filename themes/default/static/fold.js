// Text as search compares it. Width, case, kana, glyphs old and new, dashes: two spellings of one word fold to one text.
// The program folds what it indexes by the same steps and reads the table below from this file (src/fold.rs);
// a theme that changes one of them must leave both as they are.

/** Pairs: a character after NFKC and lower case, and the one it is taken for. */
const ALIKE = `
ー-‐-‑-‒-–-—-―-−-─-━-〜~ςσゕかゖけ
髙高﨑崎嵜崎德徳濵浜濱浜邉辺邊辺齋斎齊斉澤沢廣広國国圀国櫻桜龍竜瀧滝眞真惠恵榮栄嶋島嶌島橫横黑黒靑青淸清條条曾曽增増寬寛將将彌弥應応戶戸晉晋會会學学實実寶宝壽寿
藏蔵證証讓譲豐豊關関鐵鉄鄕郷圓円團団圖図假仮價価佛仏來来倂併傳伝兒児內内兩両劍剣勞労區区醫医單単嚴厳圍囲壓圧奧奥爲為獨独畫画當当發発礒磯禮礼祿禄稻稲經経絲糸綠緑
總総縣県聲声舊旧與与萬万藝芸藥薬號号裝装覺覚覽覧觀観變変讀読豫予轉転遲遅釋釈錄録鎭鎮險険雜雑顯顕餘余驛駅體体齒歯龜亀桒桑𠮷吉槇槙遙遥堯尭亙亘灣湾渕淵舘館冨富峯峰
嶽岳薗園埜野柗松槗橋𣘺橋曻昇頴穎籔薮藪薮對対拂払擴拡據拠數数斷断歸帰氣気沒没溫温滿満澁渋點点燈灯狀状廢廃稱称繼継續続莊荘處処譯訳辭辞錢銭隨随黃黄
`;

const alike = new Map(ALIKE.match(/\S\S/gu).map((pair) => [...pair]));

/** What characters were found to fold to. */
const known = {};

/** A text folded. Nothing but single characters is replaced, (株) and (有) aside, so a part of a text folds to a part of it. */
export function fold(text) {
  const folded = Array.from(text.normalize("NFKC"), (c) => known[c] ??= single(c)).join("");
  return folded.replaceAll("(株)", "株式会社").replaceAll("(有)", "有限会社");
}

function single(c) {
  if (/[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/u.test(c)) return "";
  if (/[\s\x85]/.test(c)) return " ";
  return Array.from(c.toLowerCase(), (low) => {
    const kana = /[ァ-ヶ]/.test(low) ? String.fromCharCode(low.charCodeAt(0) - 0x60) : low;
    return alike.get(kana) ?? kana;
  }).join("");
}
