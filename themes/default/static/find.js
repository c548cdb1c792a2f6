// Finds services by words, numbers and names: asks the files that the program made (src/render/search/), and settles by
// reading what they can only suspect.

import { fold } from "./fold.js";

/** At most so many pairs are looked up for one query: a file costs about 8 KB, and reading services settles the rest. */
const PAIRS = { names: 3, texts: 6 };

/** So many names are read in vain before they are left to be read with the texts. */
const PATIENCE = 60;

/** So many services are read at a time: the first result does not wait for many others. */
const BATCH = 4;

// ---- what is asked for

/** Eras with the letter that stands for them and their first year. */
const ERAS = [["令和", "r", 2019], ["平成", "h", 1989], ["昭和", "s", 1926], ["大正", "t", 1912], ["明治", "m", 1868]];
const DATE = /(?:(令和|平成|昭和|大正|明治) *(元|\d{1,2}) *年|(?<![a-z])([rhstm])(?=\d+[./]\d+[./]\d)(\d{1,2})[./]|((?:1[89]|20)\d\d) *(?:年|[-./](?=\d)))(?: *(0?[1-9]|1[0-2])(?:$|月| *[-./](?=\d))(?: *([12]\d|3[01]|0?[1-9])日?)?)?/;

/** The terms of a query: words, and phrases in quotes. All of them have to be found. */
function parse(query) {
  const words = query.normalize("NFKC").matchAll(/["“”「『]([^"“”」』]*)["“”」』]?|[^\s"“”「『]+/g);
  return [...words].map(([word, phrase]) => phrase ?? word).filter((text) => fold(text).trim()).map(term);
}

/**
 * A term: `pattern` finds it in a folded text; where it is found stands each of `needs`, as the index has it. The long mark
 * behind a word in katakana is written or not, and a day in years of an era or of the west.
 */
function term(text) {
  const needs = [];
  const literal = (text) => {
    if (text.trim()) needs.push(text.trim());
    return text.replace(/\W/g, "\\$&").replace(/(\\ )+/g, " +");
  };
  const literals = (text) => text.split("\0").map(literal).join("-?");
  let rest = fold(text.replace(/([ァ-ヺー]{2,}[ァ-ヺ])ー?(?![ァ-ヺー])/g, "$1\0")).trim();
  let source = "";
  for (let found; (found = rest.match(DATE)); rest = rest.slice(found.index + found[0].length)) {
    source += literals(rest.slice(0, found.index)) + date(found, needs);
  }
  return { pattern: new RegExp(source + literals(rest), "g"), needs };
}

function date([, name, nth, letter, ofLetter, west, month, day], needs) {
  const era = ERAS.find((era) => era[0] === name || era[1] === letter);
  const year = west ? +west : era[2] - 1 + (nth === "元" ? 1 : +(nth ?? ofLetter));
  const years = ERAS.map(([name, letter, first], at) => {
    const n = year - first + 1;
    const within = n > 0 && year <= (ERAS[at - 1]?.[2] ?? year);
    return within ? `|(?:${name} *|(?<![a-z])${letter})${n === 1 ? "(?:元|0?1)" : `0?${n}`}` : "";
  });
  // The program puts days into the index by the same signs (src/render/search/dates.rs).
  const sign = (year, second = 0) => String.fromCodePoint(0xf0000 + year * 16 + +second);
  needs.push(sign(year, month) + (day ? sign(0, day) : ""));
  const number = (of) => ` *0?${+of}(?!\\d)`;
  const source = `(?:(?<!\\d)${year}${years.join("")})(?: *年| *[-./])${month ? number(month) : ""}`;
  return day ? `${source}(?: *月| *[-./])${number(day)}日?` : source;
}

/**
 * The scheme and digits of a number, or of how one begins, in any spelling: `ip1-1212`, `ＩＰ０００１`; null for what begins with
 * the letters of no scheme.
 */
function readStart(text, schemes) {
  const flat = fold(text).replace(/ /g, "");
  for (const scheme of schemes) {
    const { digits } = scheme;
    const prefix = fold(scheme.prefix).replace(/[ -]/g, "");
    const found = flat.startsWith(prefix) && flat.slice(prefix.length).match(/^-*(\d+)(?:-+(\d{0,4}))?$/);
    if (!found) continue;
    let [, serial, month] = found;
    if (month === undefined) {
      // Without its hyphen a number ends with year and month; shorter ones may have lost the zeros of their serial.
      const at = serial.length > digits && /\d\d(0[1-9]|1[0-2])$/.test(serial) ? -4 : digits;
      [serial, month] = [serial.slice(0, at), serial.slice(at)];
    }
    serial = serial.padStart(digits, "0");
    if (serial.length === digits && month.length <= 4) return { scheme, number: serial + (month && `-${month}`) };
  }
  return null;
}

/** The pairs of a text that are looked up: all of them, or as many as may be. */
function pairs(text, most) {
  const all = text.split(" ").flatMap((word) => {
    const characters = [...word];
    return characters.length === 1 ? [characters] : characters.slice(1).map((second, at) => [characters[at], second]);
  });
  const step = Math.max(1, (all.length - 1) / Math.max(1, most - 1));
  return all.slice(0, most).map((_, at) => all[Math.round(at * step)]);
}

const both = (a, b) => a.map((flag, id) => flag & b[id]);

// ---- the files

const STALE = new Error("renewed");

/** What search knows of the registry, and how to ask it. Everything is fetched once. */
async function open(base, cache) {
  const files = {};
  const read = (path, as) => files[path] ??= fetch(base + path, { cache }).then((answer) => {
    if (!answer.ok) throw answer.status === 404 ? STALE : new Error(path);
    return answer[as]();
  }).catch((fault) => {
    delete files[path];
    throw fault;
  });
  const head = await read("assets/search/index.json", "json");
  const nobody = new Uint8Array(head.services);

  async function card(id) {
    return (await read(`assets/search/cards-${Math.floor(id / head.cards)}.json`, "json"))[id % head.cards];
  }

  /** What is asked: terms, how a number begins, and of each service a flag whether number or names, or all its texts may fit. */
  async function ask(query, withTexts) {
    const terms = parse(query);
    const start = readStart(query, head.schemes);
    // A number is no name.
    const [names, texts] = await Promise.all([
      start ? numbered(start) : suspects("names", terms),
      withTexts ? suspects("texts", terms) : nobody,
    ]);
    return { terms, number: start && start.scheme.slug + start.number, names, texts };
  }

  /** Services stand in the order of their numbers, and it is known with which one each file of cards begins. */
  function numbered({ scheme, number }) {
    const from = `${String(head.schemes.indexOf(scheme)).padStart(2, 0)} ${number}`;
    const may = head.begins.map((first, at) => first <= `${from}~` && !(head.begins[at + 1] < from));
    return nobody.map((_, id) => may[Math.floor(id / head.cards)]);
  }

  /** Services that may hold all terms, a flag each. */
  async function suspects(index, terms) {
    const needs = terms.flatMap((term) => term.needs);
    if (!needs.length) return nobody;
    const most = Math.max(1, Math.floor(PAIRS[index] / needs.length));
    const lists = needs.flatMap((need) => pairs(need, most)).map((pair) => list(index, pair));
    return (await Promise.all(lists)).reduce(both);
  }

  /** The services of a character or pair, from the file where it stands. */
  async function list(index, key) {
    const [a, b = 0] = key.map((character) => character.codePointAt(0));
    const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    const place = ((mixed ^ (mixed >>> 15)) >>> 0) % head[index];
    const bytes = new Uint8Array(await read(`assets/search/${index}-${place}.bin`, "arrayBuffer"));
    if (new DataView(bytes.buffer).getUint32(0, true) !== head.stamp) throw STALE;
    return listed(bytes, `${a},${b}`, nobody.slice());
  }

  /** The ids with a flag among the services in force, or among the others. */
  function ids(flags, ended) {
    return [...flags.keys()].filter((id) => flags[id] && (parseInt(head.ended[id >> 2], 16) >> (id & 3) & 1) === +ended);
  }

  /** Services whose number or names fit, read and found true: { id, card, fields, ended }. */
  async function* named({ terms, number, names }, ended) {
    let vain = 0;
    const all = inBatches(ids(names, ended), async (id) => {
      const own = await card(id);
      const fields = namesOf(own);
      return { id, card: own, fields, ended, held: holdAll(terms, fields) };
    });
    for await (const hit of all) {
      if (number ? hit.card.slug.startsWith(number) : hit.held) yield hit;
      else if (!number && ++vain > PATIENCE) return;
    }
  }

  return { read, card, ask, ids, named };
}

/** The services that a file lists under a key, put among flags of none. */
function listed(bytes, key, flags) {
  let at = 4;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      value += (bytes[at] & 127) << shift;
      if (bytes[at++] < 128) return value;
    }
  };
  while (at < bytes.length) {
    const found = `${number()},${number()}` === key;
    const kind = number();
    const end = at + (kind >> 1);
    const bits = bytes.subarray(at, end);
    if (found && kind & 1) return flags.map((_, id) => bits[id >> 3] >> (id & 7) & 1);
    for (let id = -1; found && at < end;) flags[id += number()] = 1;
    at = end;
  }
  return flags;
}

/** What `act` says of each, in their order, some at a time. */
export async function* inBatches(all, act) {
  for (let at = 0; at < all.length; at += BATCH) {
    const answers = all.slice(at, at + BATCH).map(act);
    // Whoever waits for an answer hears of its fault; the others have none of their own.
    answers.forEach((answer) => answer.catch(() => {}));
    for (const answer of answers) yield await answer;
  }
}

let opened;

/** Does something with the registry; once more from the beginning where the site was renewed meanwhile. */
export async function within(base, act) {
  try {
    opened ??= open(base, "default");
    return await act(await opened);
  } catch (fault) {
    opened = undefined;
    if (fault !== STALE) throw fault;
    return act(await open(base, "reload"));
  }
}

// ---- what a service says

/** The names on a card, each with what it is. */
export function namesOf(card) {
  const of = (kind, { name, name_en, kana, former }) => [[kind, name, name_en], ["kana", kana], ["former", former]];
  const { number, parts, provider } = card;
  const all = [["number", number], ...of("name", card), ["parts", parts], ...of("provider", provider), ["corporate", provider.corporate_number]];
  return all.flatMap(([kind, ...texts]) => texts.flat().filter(Boolean).map((text) => ({ kind, text })));
}

/** Whether each term stands in one of the texts at least; every text is told how many stand in it, as `count`. */
export function holdAll(terms, fields) {
  const held = fields.flatMap((field) => {
    const folded = fold(field.text);
    const own = terms.filter(({ pattern }) => folded.search(pattern) >= 0);
    field.count = own.length;
    return own;
  });
  return terms.length > 0 && new Set(held).size === terms.length;
}

/** Where the terms stand in a text: [start, end] in their order, none of them over another. */
export function places(terms, text) {
  const starts = [];
  let folded = "";
  for (const { 0: piece, index } of text.matchAll(/[(（][株有][)）]|[^][\u0300-\u036f\u3099\u309a\uff9e\uff9f]*/gu)) {
    const of = fold(piece);
    folded += of;
    while (starts.length < folded.length) starts.push([index, index + piece.length]);
  }
  const found = terms.flatMap(({ pattern }) => [...folded.matchAll(pattern)]).filter(([hit]) => hit);
  const all = [];
  for (const hit of found.sort((a, b) => a.index - b.index)) {
    const [start] = starts[hit.index];
    const [, end] = starts[hit.index + hit[0].length - 1];
    const last = all.at(-1);
    if (last?.[1] >= start) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}
