// Narrows down a scheme's list: fetches all of its services, then counts, sorts and shows what the form asks for.
// The state stands in the address. Without a condition the page is what the server sent.
import { filled } from "./fill.js";
import { fold } from "./fold.js";

const form = document.querySelector("#page_filter");
const table = document.querySelector("#page_list");
if (form && table) {
  const words = form.dataset;
  const lang = document.documentElement.lang;
  const body = table.tBodies[0];
  const sent = { rows: [...body.rows], caption: table.caption.textContent };
  const paging = document.querySelector("nav.pages");
  const [hits, loosen, more] = ["hits", "loosen", "more"].map((id) => document.querySelector(`#page_${id}`));
  const reset = form.querySelector("[type=reset]");
  const dates = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });
  const PAGE = 100;
  let services = [];
  let shown = 0;
  let typing = false;

  /** The groups of conditions: each control, or all boxes of a name together. */
  const controls = new Map();
  for (const control of form.elements) {
    if (control.name) controls.set(control.name, [...(controls.get(control.name) ?? []), control]);
  }
  const groups = [...controls.keys()].filter((name) => name !== "sort");
  const isBox = (name) => controls.get(name)[0].type === "checkbox";

  /** What the form asks for: by group, the values chosen. */
  const asked = () => new Map([...controls].map(([name, of]) => [
    name, of.filter((one) => (one.type === "checkbox" ? one.checked : one.value.trim())).map((one) => one.value.trim()),
  ]));

  const tests = {
    q: (service, [text]) => fold(text).split(/\s+/).every((word) => service.text.includes(word)),
    ends: (service, [days]) => service.ends <= Number(days),
  };
  /** Whether a service meets the conditions of a group. */
  const meets = (service, name, values) => values.length === 0
    || (tests[name] ? tests[name](service, values) : values.some((value) => service[name].includes(value)));
  /** The services that meet all groups but one. */
  const found = (state, but) => services.filter((service) => groups.every((name) => name === but || meets(service, name, state.get(name))));

  const orders = {
    name: (a, b) => a.rank - b.rank,
    certified: (a, b) => b.certified_on.localeCompare(a.certified_on),
    ends: (a, b) => a.valid_until.localeCompare(b.valid_until),
    ended: (a, b) => b.ended_on.localeCompare(a.ended_on),
  };

  function setTime(element, day) {
    element.dateTime = day;
    element.textContent = dates.format(new Date(day));
  }

  /** A name as the pages of this language write it. */
  function setName(element, name, english) {
    element.replaceChildren(lang === "en" && english ? `${english} ` : "");
    if (lang !== "en") element.textContent = name;
    else {
      const own = document.createElement(english ? "small" : "span");
      if (english) own.className = "also";
      own.lang = "ja";
      own.textContent = name;
      element.append(own);
    }
  }

  /** A row as the server makes it. */
  function row(service) {
    const copy = sent.rows[0].cloneNode(true);
    const one = (selector) => copy.querySelector(selector);
    const label = (name, value) => controls.get(name).find((box) => box.value === value).closest("label");
    const main = one(".main");
    const link = main.querySelector("a").cloneNode();
    main.replaceChildren(link);
    if (main.dataset.compare) main.dataset.compare = words.slug + service.digits;
    one(".number").textContent = words.prefix + service.digits;
    link.href = filled(words.service, { slug: words.slug + service.digits });
    setName(link, service.name, service.name_en);
    one(".provider a").href = filled(words.provider, { id: service.by.id });
    setName(one(".provider a"), service.by.name, service.by.name_en);
    setTime(one(".day time"), service.certified_on);
    const [from, until] = copy.querySelectorAll(".term time");
    setTime(from, service.valid_from);
    setTime(until, service.valid_until);
    one(".badge").replaceWith(label("standing", service.standing[0]).querySelector(".badge").cloneNode(true));
    if (one(".since")) setTime(one(".since time"), service.ended_on);
    const tags = service.category.flatMap((id) => [label("category", id).querySelector(".tag").cloneNode(true), " "]);
    one(".category")?.replaceChildren(...(tags.length ? tags : [words.blank]));
    return copy;
  }

  function count(element, name, value, n) {
    if (element.tagName === "OPTION") element.textContent = filled(words.option, { name: element.dataset.name, n });
    else element.closest("label").querySelector(".n").textContent = filled(words.count, { n });
  }

  /** Every option tells how many there are of it under the conditions of the other groups. */
  function counts(state) {
    for (const name of groups.filter((name) => name !== "q")) {
      const others = found(state, name);
      const options = isBox(name) ? controls.get(name) : [...controls.get(name)[0].options].filter((option) => option.value);
      for (const option of options) {
        count(option, name, option.value, others.filter((service) => meets(service, name, [option.value])).length);
      }
    }
  }

  /** Nothing matches: which single condition to drop, and how many there are then. */
  function loosening(state) {
    const ways = groups.filter((name) => state.get(name).length).map((name) => [name, found(state, name).length]);
    const helpful = ways.filter(([, n]) => n > 0);
    loosen.querySelector("p").textContent = helpful.length ? words.loosen : words.tight;
    loosen.querySelector("ul").replaceChildren(...helpful.map(([name, n]) => {
      const item = document.createElement("li");
      const button = item.appendChild(document.createElement("button"));
      const [control] = controls.get(name);
      const title = isBox(name) ? control.closest("fieldset").querySelector("legend") : control.labels[0];
      button.type = "button";
      button.textContent = filled(words.without, { name: title.textContent.trim(), n });
      button.addEventListener("click", () => {
        drop(name);
        changed();
        body.querySelector("a").focus();
      });
      return item;
    }));
  }

  function drop(name) {
    for (const control of controls.get(name)) {
      if (control.type === "checkbox") control.checked = false;
      else control.value = "";
    }
  }

  /** Shows further rows; the first of them is where a reader goes on. */
  function further(list) {
    const rows = list.slice(shown, shown + PAGE).map(row);
    body.append(...rows);
    shown += rows.length;
    const left = list.length - shown;
    more.hidden = left <= 0;
    const button = more.querySelector("button");
    button.textContent = filled(words.more, { n: Math.min(left, PAGE) });
    button.onclick = () => further(list)?.querySelector("a").focus();
    return rows[0];
  }

  /** Makes the page what the form asks for. */
  function show() {
    const state = asked();
    const free = [...state.values()].every((values) => values.length === 0);
    const narrowed = groups.some((name) => state.get(name).length);
    const list = found(state);
    const [sort] = state.get("sort");
    if (sort) list.sort((a, b) => orders[sort](a, b) || a.at - b.at);
    counts(state);
    const text = filled(words.hits, { n: list.length, total: services.length });
    if (hits.textContent !== text) hits.textContent = text;
    reset.hidden = free;
    table.hidden = list.length === 0;
    loosen.hidden = list.length > 0;
    more.hidden = true;
    if (paging) paging.hidden = !free;
    table.caption.textContent = narrowed || !free ? filled(words.caption, { n: list.length }) : sent.caption;
    body.replaceChildren(...(free ? sent.rows : []));
    shown = 0;
    if (!free) further(list);
    if (list.length === 0) loosening(state);
  }

  /** The address of the state, without what is not asked for. */
  function address() {
    const query = new URLSearchParams();
    for (const [name, values] of asked()) values.forEach((value) => query.append(name, value));
    const text = query.toString();
    return location.pathname + (text && `?${text}`);
  }

  function changed(replace) {
    if (address() !== location.pathname + location.search) history[replace ? "replaceState" : "pushState"](null, "", address());
    show();
  }

  function read() {
    const query = new URLSearchParams(location.search);
    for (const [name, of] of controls) {
      const values = query.getAll(name);
      for (const control of of) {
        if (control.type === "checkbox") control.checked = values.includes(control.value);
        else control.value = values[0] ?? "";
        if (control.selectedIndex < 0) control.value = "";
      }
    }
  }

  /** All parts of the list; the first tells how many there are. */
  async function load() {
    const get = async (address) => (await fetch(address)).json();
    const first = await get(words.list);
    const rest = Array.from({ length: first.parts - 1 }, (_, at) => get(words.list.replace(/\.json$/, `-${at + 2}.json`)));
    const day = Date.parse(words.day);
    const standings = controls.get("standing").map((box) => box.value);
    const providers = new Map();
    const all = [first, ...await Promise.all(rest)].flatMap((part) => part.services.number.map((digits, i) => {
      const of = Object.fromEntries(Object.entries(part.services).map(([column, values]) => [column, values[i]]));
      const by = part.providers[of.provider];
      const service = { ...of, digits, by, provider: [by.id], standing: [of.standing] };
      service.category = of.categories.map((at) => part.categories[at]);
      part.facets.forEach((id, at) => {
        service[id] = of.facets[at].map((value) => controls.get(id)?.[value]?.value);
      });
      const number = words.prefix + digits;
      service.text = fold([number, of.name, of.name_en, of.kana, by.name, by.name_en, by.kana].filter(Boolean).join("\n"));
      service.ends = (Date.parse(of.valid_until) - day) / 864e5;
      return service;
    }));
    services = all.filter((service) => standings.includes(service.standing[0]));
    services.forEach((service, at) => {
      service.at = at;
      providers.set(service.by.id, service.by);
    });
    const [select] = controls.get("provider");
    for (const by of [...providers.values()].sort((a, b) => a.rank - b.rank)) {
      const option = new Option(by.name, by.id);
      option.dataset.name = lang === "en" && by.name_en ? by.name_en : by.name;
      select.append(option);
    }
  }

  const narrow = matchMedia("(max-width: 48rem)");
  if (narrow.matches) form.querySelector("details").open = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
    (table.hidden ? loosen.querySelector("button") : body.querySelector("a")).focus();
  });
  form.addEventListener("input", (event) => {
    changed(event.target.name === "q" && typing);
    typing = event.target.name === "q";
  });
  form.addEventListener("change", () => { typing = false; });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    [...controls.keys()].forEach(drop);
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
    else counts(asked());
  }, () => form.remove());
}
