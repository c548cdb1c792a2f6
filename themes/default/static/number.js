// Certification numbers as people write them: one reading for every box. The program reads the same spellings where a record
// names a number (src/model/number.rs); tests/search/numbers.tsv is held against both.

import { cut } from "./fold.js";

/** A text in one width and case. Only a long mark beside digits is a hyphen; in a word it is a sound. */
const plain = (text) => cut(text, 500).normalize("NFKC").toLowerCase()
  .replace(/[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/g, "")
  .replace(/[\u2010-\u2015\u2212\u2500\u2501]/g, "-").replace(/ー(?=[\sー-]*\d)/g, "-");

/** What may stand between the sign of a scheme and the digits, and behind them. */
const BETWEEN = "(?:[\\s:.#ー-]|no|第)*";

/** How a scheme signs its numbers, as patterns: shown, and in addresses. A long mark at its end may be a hyphen. */
const signs = ({ prefix, slug }) => [prefix, slug].map((sign) => [...plain(sign).replace(/[\s-]|ー+$/g, "")].map(escaped).join("[\\s-]*")).join("|");
const escaped = (c) => c.replace(/[$(-+./?[-^{|}]/, "\\$&");

const number = (scheme, serial, month = "") => {
  const digits = serial.padStart(scheme.digits, "0") + (month && `-${month}`);
  return { scheme, serial: digits.slice(0, scheme.digits), digits, slug: scheme.slug + digits, shown: scheme.prefix + digits };
};

// ---- a text that is a number

/** The numbers that a text is, or begins, each with the `slug` that it begins; `whole` where nothing is left out. */
export function starts(text, schemes) {
  const all = schemes.flatMap((scheme) => {
    const { digits: n } = scheme;
    const found = plain(text).trim().match(new RegExp(`^(?:${signs(scheme)})${BETWEEN}(\\d[\\d\\s]*)(?:-[\\s-]*([\\d\\s]*))?号?$`));
    if (!found) return [];
    const [serial, month] = found.slice(1).map((part) => part?.replace(/\s/g, ""));
    const of = (serial, month) => (serial.length <= n && month.length <= 4 ? [number(scheme, serial, month)] : []);
    if (month !== undefined) return of(serial, month);
    if (serial.length < n) return [...of(serial, ""), { ...number(scheme, serial), slug: scheme.slug + serial }];
    // Without its hyphen a number ends with year and month; shorter ones may have lost the zeros of their serial.
    const short = serial.length < n + 4 && /\d\d(0[1-9]|1[0-2])$/.test(serial) ? of(serial.slice(0, -4), serial.slice(-4)) : [];
    return [...of(serial.slice(0, n), serial.slice(n)), ...serial.length > n ? short : []].map((one, at) => ({ ...one, lost: at > 0 }));
  });
  return all.map((one) => ({ ...one, whole: !one.lost && one.digits.length === one.scheme.digits + 5 }));
}

// ---- a text that holds a number

/** Words that stand between a sentence or a sign and the digits, and are the sign of nobody. */
const JAPANESE = "情報開示|認定|登録|番号|取得|サービス|マーク|第|[はがのをも]";
const BESIDE = `(?:[^\\p{L}\\p{N}]|${JAPANESE}|number(?: is)?|certificate|certification|certified|cert|registration|no)*$`;

/** What is taken for a digit by mistake, and for the hyphen. */
const LOOKS = "[\\doil|!]";
const DIGITS = `${LOOKS}+(?:[-~〜_.,/・:\\s]+${LOOKS}+)*`;

/**
 * What a text holds: { kind, all }. `whole`: a number with the sign of a scheme. `foreign`: digits with the `sign` of none.
 * `bare`: digits alone, one number for each scheme, of the scheme `own` where it has them. `unsure`: signs that were misread, too
 * many or too few. Null where there is nothing of these.
 */
export function read(text, schemes, own) {
  const [exact] = starts(text, schemes).filter(({ whole }) => whole);
  if (exact) return { kind: "whole", all: [exact] };
  const asked = plain(decoded(text));
  const found = schemes.flatMap((scheme) => numbers(asked, scheme, schemes)).sort((a, b) => a.at - b.at);
  for (const kind of ["whole", "foreign", "bare"]) {
    const [first] = found.filter((one) => one.kind === kind);
    if (!first) continue;
    const all = found.filter((one) => one.kind === kind && (kind === "bare" || one.at === first.at));
    const here = all.filter(({ scheme }) => kind === "bare" && scheme.id === own);
    return { kind, sign: first.sign && written(first.sign, text), all: kind === "whole" ? [first] : here.length ? here : all };
  }
  return unsure(asked, schemes);
}

/** Addresses have what is no plain letter in percents. */
function decoded(text) {
  try {
    return /%[\da-f]{2}/i.test(text) ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

/** What was read in a text, as it stands there. */
function written(folded, text) {
  const own = cut(text, 500).normalize("NFKC");
  const at = own.toLowerCase().indexOf(folded);
  return own.slice(at, at + folded.length).toLowerCase() === folded ? own.slice(at, at + folded.length) : folded;
}

/** Every place of a text that has the form of a scheme's digits. */
function numbers(text, scheme, schemes) {
  return [...text.matchAll(/(\d+)(\s*-[\s-]*|\s+|)(\d{4})(?!\d)/g)].flatMap(({ 0: all, 1: serial, 2: between, 3: month, index: at }) => {
    const [before, behind] = [text.slice(0, at), text.slice(at + all.length)];
    const fits = between.includes("-") ? serial.length <= scheme.digits : serial.length === scheme.digits;
    if (!fits || /\d\s*[-.,]\s*$/.test(before) || /^\s*-+\s*\d/.test(behind)) return [];
    // A letter that goes on with the number makes another one of it; Japanese words go on with the sentence.
    const goesOn = /^[-_]*(?:\d|(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])\p{L})/u.test(behind);
    const one = { ...number(scheme, serial, month), at, ...signed(before, scheme, schemes) };
    return goesOn && one.kind !== "foreign" ? [] : [one];
  });
}

/** Whose digits they are, by what stands in front of them. */
function signed(before, scheme, schemes) {
  const own = before.match(new RegExp(`(?:${signs(scheme)})${BESIDE}`, "u"));
  const free = before.slice(0, own ? own.index : before.match(new RegExp(BESIDE, "u")).index);
  const [run = ""] = free.match(/[\p{L}\p{M}\p{N}_ー-]+$/u) ?? [];
  // The sign ends a sentence: behind a word that no sign ends with.
  const ends = !/[\p{L}\p{N}]/u.test(run) || new RegExp(`(?:[ぁ-ゖ]|${JAPANESE})$`).test(run);
  if (own) return ends ? { kind: "whole" } : { kind: "foreign", sign: run + own[0].replace(new RegExp(BESIDE, "u"), "") };
  if (!/[\p{L}\p{N}]/u.test(run)) return { kind: "bare" };
  return !/\p{L}/u.test(run) || schemes.some((scheme) => alike(run, scheme)) ? { kind: "misread" } : { kind: "foreign", sign: run };
}

/** Whether a sign can be taken for that of a scheme, or for none, with letters behind it that stand for digits: `IPO001-1212`. */
function alike(sign, { prefix, slug }) {
  const flat = (text) => plain(text).replace(/[\s_-]/g, "").replace(/[l1|!]/g, "i").replace(/0/g, "o");
  const asked = flat(sign);
  return ["", prefix, slug].map(flat).some((own) => asked.startsWith(own) && /^[oi]*$/.test(asked.slice(own.length)));
}

/** Digits that have not the form of a number, with the scheme if there is its sign. */
function unsure(text, schemes) {
  const looks = (scheme) => signs(scheme).replace(/[il]/g, "[il1|!]").replace(/o/g, "[o0]");
  const found = schemes.map((scheme) => [scheme, text.match(new RegExp(`(?:${looks(scheme)})${BETWEEN}(${DIGITS})`))?.[1], 1]);
  found.push(...[...text.matchAll(new RegExp(DIGITS, "g"))].map(([digits]) => [undefined, digits, 3]));
  const all = found.flatMap(([scheme, token = "", least]) => {
    const parts = token.replace(/[il|!]/g, "1").replace(/o/g, "0").match(/\d+/g) ?? [];
    const long = parts.join("").length;
    return token.replace(/\D/g, "").length >= least && long >= least && long < 12 ? [{ scheme, parts }] : [];
  });
  return all.length ? { kind: "unsure", all: all.slice(0, 1) } : null;
}

// ---- numbers that may have been meant

/** How far a number that was issued is from the parts of one that was asked for; more than 3 is not near. */
export function away({ scheme, digits }, parts) {
  const [serial, month] = digits.split("-");
  const asked = parts.join("");
  if (asked.length <= scheme.digits) {
    const ways = [serial === asked.padStart(scheme.digits, "0"), serial.startsWith(asked), month === asked, (serial + month).includes(asked)];
    const at = ways.indexOf(true);
    return at < 0 ? 9 : at;
  }
  const padded = parts.length === 2 ? parts[0].padStart(scheme.digits, "0") + parts[1] : asked;
  return Math.min(...[asked, padded].map((text) => changes(serial + month, text))) ;
}

/** How many characters have to be changed, left out or added to make one text of another; two that changed places count once. */
function changes(a, b) {
  let [last, row] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? last[j - 2] + 1 : 99;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1), swap);
    }
    [last, row] = [row, next];
  }
  return row[b.length];
}
