// The page of results: what is asked for stands in its address.

import { filled } from "./fill.js";
import { holdAll, inBatches, namesOf, places, within } from "./find.js";

const PAGE = 10;
/** At most so many texts of a service are shown, of each so many characters, with so many in front of what was found. */
const TEXTS = 3, LENGTH = 140, BEFORE = 40;

const byId = (id) => document.getElementById(id);
const box = byId("page_find");
const [count, found, more] = ["page_count", "page_found", "page_more"].map(byId);
const words = byId("page_search").dataset;
const title = document.title;
const english = document.documentElement.lang === "en";
const copy = (id) => byId(id).content.cloneNode(true);
let run;

// ---- what is found

/**
 * Every service that fits: in force before the others, by names before by texts; null for one that was read in vain, undefined
 * where the service of a number was found and others only tell the number.
 */
async function* hits(registry, asked) {
  const shown = new Set();
  async function* named(ended) {
    for await (const hit of registry.named(asked, ended)) {
      shown.add(hit.id);
      yield hit;
    }
  }
  const texts = (ended) => inBatches(registry.ids(asked.texts, ended).filter((id) => !shown.has(id)), async (id) => {
    const card = await registry.card(id);
    const fields = [...namesOf(card), ...textsOf(await registry.read(`${card.slug}/index.json`, "json"))];
    return holdAll(asked.terms, fields) ? { id, card, fields, ended } : null;
  });
  for (const ended of [false, true]) {
    yield* named(ended);
    if (!asked.number) yield* texts(ended);
  }
  if (!asked.number) return;
  if (shown.size) yield undefined;
  for (const ended of [false, true]) yield* texts(ended);
}

/** The texts of a service with their anchors on its page; of tables of one kind all but the first have a suffix. */
function textsOf({ summary, sections = [] }) {
  const copies = {};
  const texts = sections.flatMap(({ id, name, label, items }) => {
    copies[id] = (copies[id] ?? 0) + 1;
    const suffix = copies[id] > 1 ? `-${copies[id]}` : "";
    const of = (anchor, title, text) => text && { text, title, label, anchor: anchor + suffix };
    return [of(id, name, label), ...items.map((item) => of(item.id, item.name, item.answer.text))];
  });
  return [{ text: summary, kind: "summary", anchor: "page_facts" }, ...texts].filter((field) => field?.text);
}

// ---- what is shown

function show(hit, { terms }) {
  const { card, fields, ended } = hit;
  const item = copy("page_hit").firstElementChild;
  const [number, standing, name, by, texts] = [".number", ".stands", "h3", ".by", "ul"].map((part) => item.querySelector(part));
  const address = `${words.pages}${card.slug}/`;
  number.append(marked(card.number, terms));
  standing.append(copy(`page_badge_${card.standing}`));
  name.firstElementChild.href = address;
  called(name.firstElementChild, card, terms);
  if (!ended) name.dataset.compare = card.slug;
  called(by, card.provider, terms);
  const others = fields.filter(({ count, kind }) => count && !["number", "name", "provider"].includes(kind));
  others.sort((a, b) => b.count - a.count);
  texts.append(...others.slice(0, TEXTS).map((field) => text(field, address, terms)));
  if (others.length > TEXTS) {
    const rest = document.createElement("li");
    rest.textContent = filled(words.further, { n: others.length - TEXTS });
    texts.append(rest);
  }
  if (!others.length) texts.remove();
  return item;
}

/** A name as its page shows it: the English one first on English pages. */
function called(place, { name, name_en }, terms) {
  const japanese = Object.assign(document.createElement(english && name_en ? "small" : "span"), { lang: "ja" });
  japanese.append(marked(name, terms));
  place.replaceChildren(...english && name_en ? [marked(name_en, terms), " "] : [], japanese);
}

function text({ text, kind, title, label, anchor = "page_facts" }, address, terms) {
  const line = copy("page_text").firstElementChild;
  const [link, place] = [line.querySelector("a"), line.querySelector("span")];
  link.href = `${address}#${anchor}`;
  link.textContent = kind ? words[kind] : title === label || !label ? title : `${title} (${label})`;
  if (!kind) link.lang = "ja";
  place.append(around(text, terms));
  return line;
}

/** The part of a long text where a term stands. */
function around(text, terms) {
  const [first] = places(terms, text);
  if (text.length <= LENGTH || !first) return marked(text, terms);
  const from = Math.max(0, Math.min(first[0] - BEFORE, text.length - LENGTH));
  const to = Math.max(from + LENGTH, first[1]);
  const part = marked(text, terms, from, to);
  if (from > 0) part.prepend("…");
  if (to < text.length) part.append("…");
  return part;
}

function marked(text, terms, from = 0, to = text.length) {
  const part = document.createDocumentFragment();
  let at = from;
  for (const [start, end] of places(terms, text)) {
    if (end <= from || start >= to) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(Math.max(start, from), Math.min(end, to));
    part.append(text.slice(at, Math.max(start, at)), mark);
    at = Math.min(end, to);
  }
  part.append(text.slice(at, to));
  return part;
}

// ---- one query

/** Shows what is found for a query, `most` services at first. */
async function search(query, most = PAGE) {
  const mine = run = {};
  box.elements.q.value = query;
  more.hidden = true;
  found.replaceChildren();
  count.textContent = "";
  document.title = query.trim() ? `${filled(words.results, { query })} | ${title}` : title;
  if (!query.trim()) return found.append(copy("page_ask"));
  const tell = (told) => { count.textContent = filled(words.result, { query, told }); };
  tell(words.busy);
  await within(words.base, async (registry) => {
    const asked = await registry.ask(query, true);
    if (mine !== run) return;
    found.replaceChildren();
    const all = hits(registry, asked);
    let [shown, left] = [0, asked.texts.filter(Boolean).length];
    // Of one character or two the index itself knows where they stand.
    const exact = asked.terms.every(({ needs }) => needs.length === 1 && needs[0].length === 1 && [...needs[0][0]].length < 3);
    const go = async (most) => {
      let [first, done] = [null, false];
      more.onclick = () => go(PAGE).then((first) => first?.querySelector("a").focus()).catch(fails);
      // Where all were read in vain, as many again are read before readers are asked whether to go on.
      for (let read = 0; (read < most || !first && read < 2 * most) && !done; read++) {
        const { value: hit, done: end } = await all.next();
        if (mine !== run) return null;
        if (!end && hit === undefined) {
          more.hidden = false;
          return tell(filled(words.numbered, { n: shown }));
        }
        if (hit) {
          const item = listOf(hit).appendChild(show(hit, asked));
          first ??= item;
          shown++;
        }
        if (!hit || asked.texts[hit.id]) left--;
        done = end || !left && !asked.number;
      }
      more.hidden = done;
      history.replaceState({ shown }, "");
      if (done && !shown) found.append(copy("page_none"));
      tell(filled(!done ? (exact ? words.some : words.most) : shown ? words.all : words.none, { n: shown, of: shown + left }));
      return first;
    };
    await go(most);
  });
}

/** The list that a hit belongs to; services in force stand in front. */
function listOf({ ended }) {
  const id = ended ? "page_ended" : "page_in_force";
  if (!byId(id)) found[ended ? "append" : "prepend"](copy(`${id}_hits`));
  return byId(id).querySelector("ol");
}

const asks = () => new URLSearchParams(location.search).get("q") ?? "";

function fails(fault) {
  console.error(fault);
  found.replaceChildren(copy("page_fault"));
  count.textContent = words.fault;
}

box.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = box.elements.q.value;
  if (query !== asks()) history.pushState(null, "", query.trim() ? `?${new URLSearchParams({ q: query })}` : location.pathname);
  search(query).catch(fails);
});
addEventListener("popstate", (event) => { search(asks(), event.state?.shown).catch(fails); });
search(asks(), history.state?.shown).catch(fails);
