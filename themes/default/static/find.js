// Finds services by words, numbers and names: asks the files that the program made (src/render/search/), and settles by
// reading what they can only suspect.

import { fold, readStart } from "./fold.js";

/** At most so many pairs are looked up for one query: a file costs about 8 KB, and reading services settles the rest. */
const PAIRS = { names: 4, texts: 8 };

/** So many names are read in vain before they are left to be read with the texts. */
const PATIENCE = 60;

/** So many services are read at a time. */
const BATCH = 10;

// ---- what is asked for

/** Eras with the letter that stands for them and their first year. */
const ERAS = [["令和", "r", 2019], ["平成", "h", 1989], ["昭和", "s", 1926], ["大正", "t", 1912], ["明治", "m", 1868]];
const DATE = /(?:(令和|平成|昭和|大正|明治) *(元|\d{1,2}) *年|(?<![a-z])([rhstm])(?=\d+[./]\d+[./]\d)(\d{1,2})[./]|((?:18|19|20)\d\d) *(?:年|[-./](?=\d)))(?: *(0?[1-9]|1[0-2])(?:$|月| *[-./](?=\d))(?: *([12]\d|3[01]|0?[1-9])日?)?)?/;

/** The terms of a query: words, and phrases in quotes. All of them have to be found. */
export function parse(query) {
  const words = query.normalize("NFKC").matchAll(/["“”「『]([^"“”」』]*)["“”」』]?|[^\s"“”「『]+/g);
  return [...words].map(([word, phrase]) => phrase ?? word).filter((text) => fold(text).trim()).map(term);
}

/**
 * A term: `pattern` finds it in a folded text; of each of `needs`, a list of texts, one stands where it is found. The long
 * mark behind a word in katakana is written or not, and a day in years of an era or of the west.
 */
function term(text) {
  const needs = [];
  const literal = (text) => {
    if (text.trim()) needs.push([text.trim()]);
    return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/ +/g, " +");
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
  const years = [year];
  const some = [`${year}`];
  ERAS.forEach(([name, letter, first], at) => {
    const n = year - first + 1;
    if (n < 1 || year > (ERAS[at - 1]?.[2] ?? year)) return;
    years.push(`(?:${name} *|${letter})${n === 1 ? "(?:元|0?1)" : `0?${n}`}`);
    some.push(name, `${letter}${n}`, `${letter}0`);
  });
  needs.push(some);
  const source = `(?:${years.join("|")})(?: *年| *[-./])${month ? ` *0?${+month}` : ""}`;
  return day ? `${source}(?: *月| *[-./]) *0?${+day}日?` : source;
}

/** The pairs of a text that are looked up: all of them, or as many as may be. */
function pairs(text, most) {
  const all = text.split(" ").flatMap((word) => {
    const characters = [...word];
    return characters.length === 1 ? [characters] : characters.slice(1).map((second, at) => [characters[at], second]);
  });
  const step = Math.max(1, (all.length - 1) / (most - 1));
  return all.slice(0, most).map((_, at) => all[Math.round(at * step)]);
}

const both = (a, b) => a.map((flag, id) => flag & b[id]);
const either = (a, b) => a.map((flag, id) => flag | b[id]);

// ---- the files

const STALE = new Error("the site was renewed");

/** What search knows of the registry. Everything is fetched once. */
class Registry {
  files = new Map();

  constructor(base, cache) {
    Object.assign(this, { base, cache });
  }

  async open() {
    this.head = await this.read("assets/search/index.json", "json");
    this.nobody = new Uint8Array(this.head.services);
    return this;
  }

  read(path, as) {
    if (!this.files.has(path)) {
      const answer = fetch(this.base + path, { cache: this.cache }).then((answer) => {
        if (!answer.ok) throw answer.status === 404 ? STALE : new Error(path);
        return answer[as]();
      });
      answer.catch(() => this.files.delete(path));
      this.files.set(path, answer);
    }
    return this.files.get(path);
  }

  async card(id) {
    return (await this.read(`assets/search/cards-${Math.floor(id / this.head.cards)}.json`, "json"))[id % this.head.cards];
  }

  /** What is asked: terms, how a number begins, and of each service a flag whether number, names or all its texts may fit. */
  async ask(query, withTexts) {
    const terms = parse(query);
    const read = readStart(query, this.head.schemes);
    const number = read && `${read.serial}${read.month && `-${read.month}`}`;
    const [names, texts] = await Promise.all([
      // A number is no name, and a day is told in too many ways to look for it in names.
      read || terms.some(({ needs }) => needs.some((ways) => ways.length > 1)) ? this.nobody : this.suspects("names", terms),
      withTexts ? this.suspects("texts", terms) : this.nobody,
    ]);
    const numbers = read ? this.numbered(this.head.schemes.indexOf(read.scheme), number) : this.nobody;
    return { terms, number: read && read.scheme.slug + number, numbers, names, texts };
  }

  /** Services stand in the order of their numbers, and it is known with which one each file of cards begins. */
  numbered(scheme, number) {
    const { begins, cards } = this.head;
    const from = `${String(scheme).padStart(2, 0)} ${number}`;
    const may = begins.map((first, at) => first <= `${from}~` && !(begins[at + 1] < from));
    return this.nobody.map((_, id) => may[Math.floor(id / cards)]);
  }

  /** Services that may hold all terms, a flag each. */
  async suspects(index, terms) {
    const needs = terms.flatMap((term) => term.needs);
    if (!needs.length) return this.nobody;
    const most = Math.max(2, Math.floor(PAIRS[index] / needs.length));
    const each = await Promise.all(needs.map(async (ways) => {
      const each = await Promise.all(ways.map(async (way) => {
        const lists = pairs(way, ways.length > 1 ? 2 : most).map((pair) => this.list(index, pair));
        return (await Promise.all(lists)).reduce(both);
      }));
      return each.reduce(either);
    }));
    return each.reduce(both);
  }

  /** The services of a character or pair, from the file where it stands. */
  async list(index, key) {
    const [a, b = 0] = key.map((character) => character.codePointAt(0));
    const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    const place = ((mixed ^ (mixed >>> 15)) >>> 0) % this.head[index];
    const bytes = new Uint8Array(await this.read(`assets/search/${index}-${place}.bin`, "arrayBuffer"));
    if (new DataView(bytes.buffer).getUint32(0, true) !== this.head.stamp) throw STALE;
    const flags = this.nobody.slice();
    let at = 4;
    const number = () => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        value += (bytes[at] & 127) << shift;
        if (bytes[at++] < 128) return value;
      }
    };
    while (at < bytes.length) {
      const found = [number(), number()].join() === `${a},${b}`;
      const kind = number();
      const list = bytes.subarray(at, at + (kind >> 1));
      if (found && kind & 1) return flags.map((_, id) => list[id >> 3] >> (id & 7) & 1);
      if (found) {
        for (let id = -1; at < list.byteOffset + list.length;) flags[id += number()] = 1;
        return flags;
      }
      at += list.length;
    }
    return flags;
  }

  /** The ids with a flag among the services in force, or among the others. */
  ids(flags, ended) {
    return [...flags.keys()].filter((id) => flags[id] && (parseInt(this.head.ended[id >> 2], 16) >> (id & 3) & 1) === +ended);
  }

  /** Services whose number or names fit, read and found true, numbers first: { id, card, fields, ended }. */
  async *named(asked, ended) {
    const shown = new Set();
    const read = (fits) => async (id) => {
      const card = await this.card(id);
      const fields = namesOf(card);
      return fits(card, fields) && { id, card, fields, ended };
    };
    const numbers = read((card, fields) => card.slug.startsWith(asked.number) && (holdAll(asked.terms, fields), true));
    for await (const hit of inBatches(this.ids(asked.numbers, ended), numbers)) {
      if (hit) shown.add(hit.id), yield hit;
    }
    let vain = 0;
    for await (const hit of inBatches(this.ids(asked.names, ended), read((_, fields) => holdAll(asked.terms, fields)))) {
      if (hit && !shown.has(hit.id)) yield hit;
      else if (++vain > PATIENCE) return;
    }
  }
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
    opened ??= new Registry(base, "default").open();
    return await act(await opened);
  } catch (fault) {
    opened = undefined;
    if (fault !== STALE) throw fault;
    return act(await new Registry(base, "reload").open());
  }
}

// ---- what a service says

/** The names on a card, each with what it is. */
export function namesOf(card) {
  const of = ({ name, name_en, kana, former = [] }, kind) => [
    { kind, text: name }, { kind, text: name_en }, { kind: "kana", text: kana },
    ...former.map((text) => ({ kind: "former", text })),
  ];
  const parts = (card.parts ?? []).map((text) => ({ kind: "parts", text }));
  const all = [{ kind: "number", text: card.number }, ...of(card, "name"), ...parts, ...of(card.provider, "provider")];
  return [...all, { kind: "corporate", text: card.provider.corporate_number }].filter(({ text }) => text);
}

/** Whether each term stands in one of the texts at least; every text is told how many stand in it, as `count`. */
export function holdAll(terms, fields) {
  const missing = new Set(terms);
  for (const field of fields) {
    const folded = fold(field.text);
    const held = terms.filter(({ pattern }) => folded.search(pattern) >= 0);
    field.count = held.length;
    held.forEach((term) => missing.delete(term));
  }
  return terms.length > 0 && missing.size === 0;
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
  const all = found.map((hit) => [starts[hit.index][0], starts[hit.index + hit[0].length - 1][1]]).sort(([a], [b]) => a - b);
  return all.filter(([start, end], at) => {
    const next = all[at + 1];
    if (!next || next[0] > end) return true;
    [next[0], next[1]] = [start, Math.max(end, next[1])];
    return false;
  });
}
