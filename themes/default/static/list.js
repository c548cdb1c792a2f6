// Narrows down a scheme's list: fetches all of its services, then counts, sorts and shows what the form asks for.
// The state stands in the address. Without a condition the page is what the server sent.

import { count as atMost, DAY as ISO, DIGITS, fetched, SLUG, STANDING } from "./fetched.js";
import { both, byId, day, element, filled, named } from "./fill.js";
import { cut } from "./fold.js";
import { read as readNumber, starts } from "./number.js";
import { holdAll, parse } from "./terms.js";

const PAGE = 100;
const DAY = 864e5;
const form = byId("page_filter");
const words = form.dataset;
const fields = [...form.elements].filter((field) => field.name);
const reset = form.querySelector("[type=reset]");
const table = byId("page_list");
const [body] = table.tBodies;
const sent = { rows: [...body.rows], caption: table.caption.textContent };
const paging = document.querySelector("nav.pages");
const [hits, loosen, more] = ["page_hits", "page_loosen", "page_more"].map(byId);
let services = [];
let typing = false;

/** The groups of conditions: a field, or all boxes of a name together. */
const groups = [...new Set(fields.map((field) => field.name))].filter((name) => name !== "sort");
const fieldsOf = (name) => fields.filter((field) => field.name === name);

// ---- the state

/** What the form asks for, without what it does not. */
function asked() {
  const state = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) state.append(name, cut(value).trim());
  return state;
}

/** Makes the form ask for a state. */
function ask(state) {
  for (const field of fields) {
    const values = state.getAll(field.name);
    if (field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = cut(values[0] ?? "");
    if (field.selectedIndex < 0) field.value = "";
  }
}

function changed(replace) {
  const query = `${asked()}`;
  const address = query && `?${query}`;
  if (address !== location.search) history[replace ? "replaceState" : "pushState"](null, "", location.pathname + address);
  show();
}

function drop(name) {
  const state = asked();
  state.delete(name);
  ask(state);
  changed();
}

// ---- the services that meet it

/** Numbers and words as every search box reads them. */
const scheme = { prefix: words.prefix, slug: words.slug, digits: +words.digits };
const readings = new Map();
function reading(text) {
  if (!readings.has(text)) {
    const begun = starts(text, [scheme]);
    const found = begun.length ? null : readNumber(text, [scheme]);
    readings.set(text, { numbers: (found?.kind === "whole" ? found.all : begun).map(({ slug }) => slug), terms: parse(text) });
  }
  return readings.get(text);
}

const tests = {
  q: (service, text) => {
    const { numbers, terms } = reading(text);
    return numbers.some((slug) => (words.slug + service.digits).startsWith(slug)) || holdAll(terms, service.texts);
  },
  ends: (service, days) => service.ends <= days,
};
/** Whether a service meets one of the values of a group, or there are none. */
const meets = (service, name, values) => !values.length
  || values.some((value) => (tests[name] ? tests[name](service, value) : [service[name]].flat().includes(value)));
/** The services that meet all groups but one. */
const found = (state, but) => services.filter((service) => groups.every((name) => name === but || meets(service, name, state.getAll(name))));

const orders = {
  name: ({ rank }) => rank,
  certified: ({ certified_on }) => -Date.parse(certified_on),
  ends: ({ ends }) => ends,
  ended: ({ ended_on }) => -Date.parse(ended_on),
};

// ---- what is shown

/** A row as the server makes it. */
function row(service) {
  const copy = sent.rows[0].cloneNode(true);
  const one = (selector) => copy.querySelector(selector);
  const put = (selector, parts) => one(selector).replaceChildren(...[parts].flat());
  const sign = (name, value) => form.querySelector(`[name="${name}"][value="${value}"] + *`).cloneNode(true);
  const { digits, by, standing, category } = service;
  const slug = words.slug + digits;
  put(".number", words.prefix + digits);
  const [main, provider] = copy.querySelectorAll("a");
  put(".main", main);
  put(".main a", both(service));
  put(".provider a", both(by));
  main.href = filled(words.service, { slug });
  provider.href = filled(words.provider, by);
  if (one("[data-compare]")) one(".main").dataset.compare = slug;
  const days = [service.certified_on, service.valid_from, service.valid_until, service.ended_on];
  copy.querySelectorAll("time").forEach((time, at) => time.replaceWith(day(days[at])));
  one(".badge").replaceWith(sign("standing", standing));
  if (one(".category")) put(".category", category.length ? category.flatMap((id) => [sign("category", id), " "]) : words.blank);
  return copy;
}

/** Every option tells how many there are of it under the conditions of the other groups. */
function count(state) {
  for (const name of groups.filter((name) => name !== "q")) {
    const others = found(state, name);
    for (const option of fieldsOf(name).flatMap((field) => [...(field.options ?? [field])])) {
      if (!option.value) continue;
      const n = others.filter((service) => meets(service, name, [option.value])).length;
      if (option.dataset.name) option.textContent = filled(words.option, { name: option.dataset.name, n });
      else option.closest("label").querySelector(".n").textContent = filled(words.count, { n });
    }
  }
}

/** Nothing matches: which single condition to drop, and how many there are then. */
function loosening(state) {
  const ways = groups.filter((name) => state.has(name)).map((name) => [name, found(state, name).length]).filter(([, n]) => n);
  loosen.querySelector("p").textContent = ways.length ? words.loosen : words.tight;
  loosen.querySelector("ul").replaceChildren(...ways.map(([name, n]) => {
    const [field] = fieldsOf(name);
    const title = field.closest("fieldset, p").querySelector("legend, label");
    const onclick = () => {
      drop(name);
      body.querySelector("a").focus();
    };
    return element("li", {}, element("button", { type: "button", onclick }, filled(words.without, { name: title.textContent.trim(), n })));
  }));
}

/** Shows further rows; the first of them is where a reader goes on. */
function further(list) {
  const shown = body.rows.length;
  const rows = list.slice(shown, shown + PAGE).map(row);
  body.append(...rows);
  const left = list.length - body.rows.length;
  more.hidden = !left;
  const button = more.firstElementChild;
  button.textContent = filled(words.more, { n: Math.min(left, PAGE) });
  button.onclick = () => further(list).querySelector("a").focus();
  return rows[0];
}

/** Makes the page what the form asks for. */
function show() {
  const state = asked();
  const free = !`${state}`;
  const list = found(state);
  const order = orders[state.get("sort")];
  if (order) list.sort((a, b) => order(a) - order(b));
  count(state);
  const text = filled(words.hits, { n: list.length, total: services.length });
  if (hits.textContent !== text) hits.textContent = text;
  reset.hidden = free;
  if (paging) paging.hidden = !free;
  table.hidden = !list.length;
  loosen.hidden = list.length > 0;
  more.hidden = true;
  table.caption.textContent = free ? sent.caption : filled(words.caption, { n: list.length });
  body.replaceChildren(...(free ? sent.rows : []));
  if (!free) further(list);
  if (!list.length) loosening(state);
}

// ---- the data

const LIST = {
  parts: atMost(1e4), providers: [{ id: SLUG, name: "string", "name_en?": "string", "kana?": "string", rank: "number" }], categories: [SLUG], facets: ["string"],
  services: {
    number: [DIGITS], provider: [atMost(1e6)], name: ["string"], standing: [STANDING], certified_on: [ISO], valid_from: [ISO], valid_until: [ISO],
    categories: [[atMost(1e4)]], rank: ["number"],
  },
};

/** All parts of the list; the first tells how many there are. */
async function load() {
  const get = (address) => fetched(address, LIST).then((part) => {
    // Columns of one length, and no place behind the end of a list.
    const { number, provider, categories } = part.services;
    const even = Object.keys(LIST.services).every((column) => part.services[column].length === number.length);
    const within = provider.every((at) => at < part.providers.length) && categories.flat().every((at) => at < part.categories.length);
    if (!even || !within) throw new Error(`${address} does not hold together`);
    return part;
  });
  const first = await get(words.list);
  const rest = Array.from({ length: first.parts - 1 }, (_, at) => get(words.list.replace(/\.json$/, `-${at + 2}.json`)));
  const all = [first, ...await Promise.all(rest)].flatMap((part) => part.services.number.map((digits, at) => {
    const service = Object.fromEntries(Object.entries(part.services).map(([column, values]) => [column, values[at]]));
    const by = part.providers[service.provider];
    const { name, name_en, kana } = service;
    part.facets.forEach((id, nth) => {
      service[id] = service.facets[nth].map((value) => fieldsOf(id)[value]?.value);
    });
    return {
      ...service, digits, by, provider: by.id,
      category: service.categories.map((at) => part.categories[at]),
      texts: [words.prefix + digits, name, name_en, kana, by.name, by.name_en, by.kana].filter(Boolean).map((text) => ({ text })),
      ends: (Date.parse(service.valid_until) - Date.parse(words.day)) / DAY,
    };
  }));
  services = all.filter(({ standing }) => fieldsOf("standing").some((box) => box.value === standing));
  const providers = new Map(services.map(({ by }) => [by.id, by]));
  for (const by of [...providers.values()].sort((a, b) => a.rank - b.rank)) {
    const option = new Option("", by.id);
    option.dataset.name = named(by.name, by.name_en).textContent;
    byId("page_provider").append(option);
  }
}

// ---- what readers do

const read = () => ask(new URLSearchParams(location.search));

if (matchMedia("(max-width: 48rem)").matches) form.querySelector("details").open = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  changed();
  (table.hidden ? loosen.querySelector("button") : body.querySelector("a")).focus();
});
form.addEventListener("input", ({ target }) => {
  changed(target.name === "q" && typing);
  typing = target.name === "q";
});
form.addEventListener("change", () => { typing = false; });
form.addEventListener("reset", (event) => {
  event.preventDefault();
  ask(new URLSearchParams());
  changed();
  form.querySelector("summary").focus();
});
addEventListener("popstate", () => {
  read();
  show();
});
load().then(() => {
  read();
  form.hidden = false;
  if (location.search) show();
  else count(asked());
}, () => form.remove());
