// The page of results: what is asked for stands in its address.

import { both, byId, element, filled, inAddress, take } from "./fill.js";
import { Unreachable } from "./fetched.js";
import { holdAll, inBatches, namesOf, places, within } from "./find.js";
import { cut } from "./fold.js";

const PAGE = 8;
/** At most so many texts of a service are shown, of each so many characters, with so many in front of what was found. */
const TEXTS = 3, LENGTH = 140, BEFORE = 40;

const ANSWERED = { id: "string", name: "string", answer: { "text?": "string" } };
const TEXTS_OF = { "summary?": "string", "sections?": [{ id: "string", name: "string", "label?": "string", items: [ANSWERED] }] };

const box = byId("page_q");
const [count, found, more] = ["page_count", "page_found", "page_more"].map(byId);
const words = byId("page_search").dataset;
const title = document.title;
const { lang } = document.documentElement;
let run;

// ---- what is found

/**
 * Every service that fits: in force before the others, by names before by texts; null for one that was read in vain, undefined
 * where the service of a number was found and others only tell the number.
 */
async function* hits(registry, asked) {
  const shown = new Set();
  const texts = (ended) => inBatches(registry.ids(asked.texts, ended).filter((id) => !shown.has(id)), async (id) => {
    const card = await registry.card(id);
    const fields = [...namesOf(card), ...textsOf(await registry.read(`${card.slug}/index.json`, TEXTS_OF))];
    return holdAll(asked.terms, fields) ? { id, card, fields, ended } : null;
  });
  for (const ended of [false, true]) {
    for await (const hit of registry.named(asked, ended)) {
      shown.add(hit.id);
      yield hit;
    }
    if (!asked.numbers) yield* texts(ended);
  }
  if (!asked.numbers) return;
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

function show({ card, fields, ended }, { terms }) {
  const page = `${words.pages}${card.slug}/`;
  const shown = (text) => marked(text, terms);
  const others = fields.filter(({ count, kind }) => count && !["number", "name", "provider"].includes(kind));
  const texts = others.sort((a, b) => b.count - a.count).slice(0, TEXTS).map((field) => text(field, page, terms));
  if (others.length > TEXTS) texts.push(element("li", {}, filled(words.further, { n: others.length - TEXTS })));
  const item = take("page_hit", {
    page, number: shown(card.number), standing: take(`page_badge_${card.standing}`),
    name: both(card, shown), provider: both(card.provider, shown), texts: texts.length && texts,
  }).firstElementChild;
  if (!ended) Object.assign(item.querySelector(".hit-head").dataset, { compare: card.slug, name: card.name });
  return item;
}

function text({ text, kind, title, label, anchor = "page_facts" }, page, terms) {
  const named = title === label || !label ? title : `${title} (${label})`;
  const [where, language] = kind ? [words[kind], lang] : [named, "ja"];
  return take("page_text", { link: `${page}#${anchor}`, where, language, text: around(text, terms) });
}

/** The part of a long text where a term stands. */
function around(text, terms) {
  const [first] = places(terms, text);
  if (text.length <= LENGTH || !first) return marked(text, terms);
  const from = Math.max(0, Math.min(first[0] - BEFORE, text.length - LENGTH));
  const to = Math.max(from + LENGTH, first[1]);
  return [from > 0 ? "…" : "", ...marked(text, terms, from, to), to < text.length ? "…" : ""];
}

/** A text, or what stands in it between two places neither of which is in a term, with its terms marked. */
function marked(text, terms, from = 0, to = text.length) {
  const parts = [];
  let at = from;
  for (const [start, end] of places(terms, text)) {
    if (start >= to) break;
    parts.push(text.slice(at, start), element("mark", {}, text.slice(start, Math.min(end, to))));
    at = end;
  }
  return [...parts, text.slice(at, to)];
}

// ---- one query

/** Shows what is found for a query, `most` services at first. */
async function search(query, most = PAGE) {
  const mine = run = {};
  box.value = query;
  more.hidden = true;
  found.replaceChildren();
  count.textContent = "";
  document.title = query ? `${filled(words.results, { query })} | ${title}` : title;
  if (!query) return found.append(take("page_ask"));
  const tell = (told) => { count.textContent = filled(words.result, { query, told }); };
  tell(words.busy);
  await within(words.base, async (registry) => {
    const asked = await registry.ask(query, true);
    if (mine !== run) return;
    found.replaceChildren();
    const all = hits(registry, asked);
    let [shown, left] = [0, asked.texts.filter(Boolean).length];
    // Of one character or two the index itself knows where they stand.
    const exact = asked.terms.every(({ exact }) => exact);
    const go = async (most) => {
      let [first, done] = [null, false];
      more.onclick = () => go(PAGE).then((first) => first?.querySelector("a").focus()).catch(fails);
      for (let read = 0; read < most && !done; read++) {
        const { value: hit, done: end } = await all.next();
        if (mine !== run) return null;
        if (!end && hit === undefined) {
          [more.hidden, more.textContent] = [false, words.deeper];
          return tell(filled(words.numbered, { n: shown }));
        }
        if (hit) {
          const item = listOf(hit).appendChild(show(hit, asked));
          first ??= item;
          shown++;
        }
        if (!hit || asked.texts[hit.id]) left--;
        done = end || !left && !asked.numbers;
      }
      [more.hidden, more.textContent] = [done, words.more];
      history.replaceState({ shown }, "");
      if (done && !shown) found.append(take("page_none"));
      tell(filled(!done ? (!shown ? words.vain : exact ? words.some : words.most) : shown ? words.all : words.none, { n: shown, of: shown + left }));
      return first;
    };
    await go(most);
  });
}

/** The list that a hit belongs to; services in force stand in front. */
function listOf({ ended }) {
  const id = ended ? "page_ended" : "page_in_force";
  if (!byId(id)) found[ended ? "append" : "prepend"](take(`${id}_hits`));
  return byId(id).querySelector("ol");
}

const asks = () => inAddress("q").trim();

function fails(fault) {
  console.error(fault);
  found.replaceChildren(take(fault instanceof Unreachable ? "page_unreachable" : "page_fault"));
  count.textContent = words.fault;
}

box.form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = cut(box.value).trim();
  if (query !== asks()) history.pushState(null, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
  search(query).catch(fails);
});
addEventListener("popstate", (event) => { search(asks(), event.state?.shown).catch(fails); });
search(asks(), history.state?.shown).catch(fails);
