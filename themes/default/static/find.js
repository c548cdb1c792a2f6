// Finds services by words, numbers and names: asks the files that the program made (src/render/search/), and settles by
// reading what they can only suspect.

import { count, fetched, Missing, SLUG, STANDING } from "./fetched.js";
import { cut } from "./fold.js";
import { read as readNumber, starts } from "./number.js";
import { holdAll, parse } from "./terms.js";

export { holdAll, places } from "./terms.js";

/** At most so many pairs are looked up for one query: a file costs about 8 KB, and reading services settles the rest. */
const PAIRS = { names: 3, texts: 6 };

/** So many names are read in vain before they are left to be read with the texts. */
const PATIENCE = 60;

/** So many services are read at a time: the first result does not wait for many others. */
const BATCH = 4;

// ---- what is asked for

/** The pairs of a word that are looked up: all of them, or as many as may be. */
function pairs(word, most) {
  const characters = [...word];
  if (characters.length === 1) return [characters];
  const all = characters.slice(1).map((second, at) => [characters[at], second]);
  const step = Math.max(1, (all.length - 1) / Math.max(1, most - 1));
  return all.slice(0, most).map((_, at) => all[Math.round(at * step)]);
}

const both = (a, b) => a.map((flag, id) => flag & b[id]);

// ---- the files

const STALE = new Error("renewed");

const NAMES = { name: "string", "name_en?": "string", "kana?": "string", "former?": ["string"] };
const HEAD = { stamp: "number", services: count(1e6), cards: count(1e6), names: count(1e6), texts: count(1e6), begins: ["string"], ended: /^[\da-f]*$/, schemes: [{ prefix: "string", slug: SLUG, digits: "number" }] };
const CARDS = [{ ...NAMES, slug: SLUG, number: "string", "parts?": ["string"], standing: STANDING, provider: { ...NAMES, "corporate_number?": "string" } }];

/** What search knows of the registry, and how to ask it. Everything is fetched once. */
async function open(base, cache) {
  const files = {};
  const read = (path, shape, as) => files[path] ??= fetched(base + path, shape, as, cache).catch((fault) => {
    delete files[path];
    throw fault instanceof Missing ? STALE : fault;
  });
  const head = await read("assets/search/index.json", HEAD);
  const nobody = new Uint8Array(head.services);

  async function card(id) {
    return (await read(`assets/search/cards-${Math.floor(id / head.cards)}.json`, CARDS))[id % head.cards];
  }

  /** What is asked: terms, how numbers begin, and of each service a flag whether number or names, or all its texts may fit. */
  async function ask(text, withTexts) {
    const query = cut(text);
    const terms = parse(query);
    const begun = starts(query, head.schemes);
    const found = begun.length ? null : readNumber(query, head.schemes);
    const slugs = (found?.kind === "whole" ? found.all : begun).map(({ scheme, slug }) => ({ scheme, slug }));
    // A number is no name.
    const [names, texts] = await Promise.all([
      slugs.length ? numbered(slugs) : suspects("names", terms),
      withTexts ? suspects("texts", terms) : nobody,
    ]);
    return { terms, numbers: slugs.length ? slugs.map(({ slug }) => slug) : null, names, texts };
  }

  /** Services stand in the order of their numbers, and it is known with which one each file of cards begins. */
  function numbered(slugs) {
    const may = head.begins.map((first, at) => slugs.some(({ scheme, slug }) => {
      const from = `${String(head.schemes.indexOf(scheme)).padStart(2, 0)} ${slug.slice(scheme.slug.length)}`;
      return first <= `${from}~` && !(head.begins[at + 1] < from);
    }));
    return nobody.map((_, id) => may[Math.floor(id / head.cards)]);
  }

  /** Services that may hold all terms, a flag each. */
  async function suspects(index, terms) {
    const needs = terms.flatMap((term) => term.needs);
    if (!needs.length) return nobody;
    const most = Math.max(1, Math.floor(PAIRS[index] / needs.length));
    const lists = needs.slice(0, PAIRS[index]).flatMap((need) => pairs(need, most)).map((pair) => list(index, pair));
    return (await Promise.all(lists)).reduce(both);
  }

  /** The services of a character or pair, from the file where it stands. */
  async function list(index, key) {
    const [a, b = 0] = key.map((character) => character.codePointAt(0));
    const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    const place = ((mixed ^ (mixed >>> 15)) >>> 0) % head[index];
    const bytes = new Uint8Array(await read(`assets/search/${index}-${place}.bin`, null, "arrayBuffer"));
    if (new DataView(bytes.buffer).getUint32(0, true) !== head.stamp) throw STALE;
    return listed(bytes, `${a},${b}`, nobody.slice());
  }

  /** The ids with a flag among the services in force, or among the others. */
  function ids(flags, ended) {
    return [...flags.keys()].filter((id) => flags[id] && (parseInt(head.ended[id >> 2], 16) >> (id & 3) & 1) === +ended);
  }

  /** Services whose number or names fit, read and found true: { id, card, fields, ended }. */
  async function* named({ terms, numbers, names }, ended) {
    let vain = 0;
    const all = inBatches(ids(names, ended), async (id) => {
      const own = await card(id);
      const fields = namesOf(own);
      return { id, card: own, fields, ended, held: holdAll(terms, fields) };
    });
    for await (const hit of all) {
      if (numbers ? numbers.some((number) => hit.card.slug.startsWith(number)) : hit.held) yield hit;
      else if (!numbers && ++vain > PATIENCE) return;
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
      if (!(bytes[at++] > 127)) return value;
    }
  };
  while (at < bytes.length) {
    const begun = at;
    const found = `${number()},${number()}` === key;
    const kind = number();
    const end = at + (kind >> 1);
    const bits = bytes.subarray(at, end);
    if (found && kind & 1) return flags.map((_, id) => bits[id >> 3] >> (id & 7) & 1);
    for (let id = -1; found && at < end;) flags[id += number()] = 1;
    at = Math.max(end, begun + 1);
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
