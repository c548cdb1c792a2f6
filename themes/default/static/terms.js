// What a query asks for: words, and phrases in quotes, each in all the spellings that people take for one. A term is found by a
// pattern that goes through a text once: whatever is optional in it stands between two characters that are not.

import { companies, cut, fold, pieces, spelledOut } from "./fold.js";

/** Eras with the letter that stands for them and their first year. */
const ERAS = [["令和", "r", 2019], ["平成", "h", 1989], ["昭和", "s", 1926], ["大正", "t", 1912], ["明治", "m", 1868]];
const DATE = /(?:(令和|平成|昭和|大正|明治) *(元|\d{1,2}) *年|([rhstm])(?=\d+[./]\d+[./]\d)(\d{1,2})[./]|((?:1[89]|20)\d\d) *(?:年|[-./](?=\d)))(?: *(0?[1-9]|1[0-2])(?:$|月| *[-./](?=\d))(?: *([12]\d|3[01]|0?[1-9])日?)?)?/g;

/** The terms of a query, each once. All of them have to be found. */
export function parse(query) {
  const words = cut(query).normalize("NFKC").matchAll(/["“”「『]([^"“”「『」』]*)["“”」』]?|[^\s"“”「『]+/g);
  const asked = new Map([...words].map(([word, phrase]) => [`${phrase === undefined} ${fold(phrase ?? word).trim()}`, [phrase ?? word, phrase]]));
  return [...asked.values()].filter(([text]) => fold(text).trim()).map(([text, phrase]) => term(text, phrase));
}

/**
 * A term: `pattern` finds it in a folded text; where it is found stands each of `needs`, as the index has it. `exact` where the
 * index knows all about it, `corporate` where it is a whole corporate number, which is found by no part of it.
 */
function term(text, quoted) {
  const number = fold(text).trim().match(/^t?(\d-?\d{4}-?\d{4}-?\d{4})$/);
  if (number) {
    const corporate = number[1].replace(/-/g, "");
    // The program has one key for a number of thirteen digits (src/render/search/numbers.rs).
    const needs = [corporate.slice(1).replace(/\d{4}/g, (four) => String.fromCodePoint(0xf9000 + +four))];
    return { pattern: new RegExp([...corporate].join("-?"), "g"), needs, corporate };
  }
  if (quoted) return written(text);
  // The kind of a company stands in front of its name or behind it.
  const long = spelledOut(text);
  const kind = companies.find((kind) => kind === fold(long.slice(0, kind.length)) || kind === fold(long.slice(-kind.length)));
  const inFront = kind && kind === fold(long.slice(0, kind.length));
  const name = kind && written(inFront ? long.slice(kind.length) : long.slice(0, -kind.length));
  if (!name?.needs.length) return written(text);
  const { source } = name.pattern;
  return { pattern: new RegExp(`${kind} *(?:${source})|(?:${source}) *${kind}`, "g"), needs: [kind, ...name.needs] };
}

/**
 * A term as it is written, but for the long mark behind a word in katakana, and days in years of an era or of the west;
 * `begins` where it begins with a day.
 */
function written(text) {
  const needs = [];
  let rest = fold(text.replace(/([ァ-ヺー]{2,}[ァ-ヺ])ー?(?![ァ-ヺー])/g, "$1\0")).trim();
  rest = rest.replace(/^・+|・+$/g, "").trim() || rest;
  const dated = !/^[\d,-]+$/.test(rest) || /^\d{4}-\d\d?(-\d\d?)?$/.test(rest);
  let source = "";
  const begins = dated && day(rest)?.index === 0;
  for (let found; dated && (found = day(rest)); rest = rest.slice(found.index + found[0].length)) {
    source += literal(rest.slice(0, found.index), needs) + date(found, needs);
  }
  source += literal(rest, needs);
  const [need = ""] = needs;
  return { pattern: new RegExp(source, "g"), needs, begins, exact: needs.length === 1 && /^[^\d\s]{1,2}$/u.test(need) };
}

/** Whether two characters belong to one number or one word. */
const joined = (a = "", b = "") => /^(\d\d|[a-z]{2})$/.test(a + b);

function day(text) {
  return [...text.matchAll(DATE)].find(({ 0: found, index }) => !joined(text[index - 1], found[0]));
}

function date([, name, nth, letter, ofLetter, west, month, day], needs) {
  const era = ERAS.find((era) => era[0] === name || era[1] === letter);
  const year = west ? +west : era[2] - 1 + (nth === "元" ? 1 : +(nth ?? ofLetter));
  const years = ERAS.map(([name, letter, first], at) => {
    const n = year - first + 1;
    const within = n > 0 && year <= (ERAS[at - 1]?.[2] ?? year);
    return within ? `|(?:${name} *|${letter})${n === 1 ? "(?:元|0?1)" : `0?${n}`}` : "";
  });
  // The program puts days into the index by the same signs (src/render/search/dates.rs).
  const sign = (year, second = 0) => String.fromCodePoint(0xf0000 + year * 16 + +second);
  needs.push(sign(year, month) + (day ? sign(0, day) : ""));
  const number = (of) => ` *0?${+of}(?!\\d)`;
  const source = `(?:${year}${years.join("")})(?: *年| *[-./])${month ? number(month) : ""}`;
  return day ? `${source}(?: *月| *[-./])${number(day)}日?` : source;
}

/** The pattern of a folded text without days. */
function literal(text, needs) {
  let [source, need] = ["", ""];
  const parts = text.match(/\d[\d,-]*\d|[^]/gu) ?? [];
  parts.forEach((part, at) => {
    const [before, next] = [parts[at - 1], parts[at + 1]];
    if (part.length > 1 && /\d/.test(part)) {
      const [digits, spelled] = number(part);
      need += digits;
      source += spelled;
    } else if (/[\0 ]/.test(part)) {
      need += " ";
      source += part === " " ? " +" : "-?";
    } else if (part === "・" && within(before) && within(next)) {
      source += "・?";
    } else if (/[けがか]/.test(part) && /[\p{Script=Han}\d]$/u.test(before ?? "") && /^\p{Script=Han}/u.test(next ?? "")) {
      need += " ";
      source += "[けがか]";
    } else {
      need += part;
      source += part.replace(/\W/g, "\\$&") + (within(part) && within(next) ? "・?" : "");
    }
  });
  needs.push(...need.split(" ").filter(Boolean));
  return source;
}

/** What a middle dot joins, in a name. The program looks over the dot by the same rule (src/render/search/index.rs). */
const within = (part) => part !== undefined && /^[^\d\s\0・]/.test(part);

/** Digits as they are looked up, and the pattern of them with and without what separates them. */
function number(text) {
  const plain = text.replace(/[,-]/g, "");
  if (/^\d{1,3}(,\d{3})+$|^\d{4,6}$/.test(text)) return [plain, plain.replace(/\B(?=(\d{3})+$)/g, ",?")];
  if (plain.length > 6 && !text.includes(",")) return [plain, [...plain].join("[,-]?")];
  return [text, text.replace(/\W/g, "\\$&")];
}

/** Where a term stands in a folded text. */
function* hits({ pattern, begins }, folded) {
  for (const hit of folded.matchAll(pattern)) {
    // A word is found within a word, but 2025 begins no day in 12025, nor r7 in server7.
    if (hit[0] && !(begins && joined(folded[hit.index - 1], hit[0][0]))) yield hit;
  }
}

/** Whether each term stands in one of the texts at least; every text is told how many stand in it, as `count`. */
export function holdAll(terms, fields) {
  const held = fields.flatMap((field) => {
    const folded = fold(field.text);
    const stands = (term) => (field.kind === "corporate" ? term.corporate === field.text : !hits(term, folded).next().done);
    const own = terms.filter(stands);
    field.count = own.length;
    return own;
  });
  return terms.length > 0 && new Set(held).size === terms.length;
}

/** Where the terms stand in a text: [start, end] in their order, none of them over another. */
export function places(terms, text) {
  const starts = [];
  let folded = "";
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    const of = fold(piece);
    folded += of;
    while (starts.length < folded.length) starts.push([index, index + piece.length]);
  }
  const found = terms.flatMap((term) => [...hits(term, folded)]);
  const all = [];
  let last;
  for (const hit of found.sort((a, b) => a.index - b.index)) {
    const [start] = starts[hit.index];
    const [, end] = starts[hit.index + hit[0].length - 1];
    if (last && last[1] >= start) last[1] = Math.max(last[1], end);
    else all.push(last = [start, end]);
  }
  return all;
}
