// Sets services side by side, from each one's own data: `?s=ip0001-1212,ip0003-1405&only=differs,criterion`.

import { aligned, meaning, merged } from "./align.js";
import { day, element, named, take, words } from "./fill.js";

const MOST = 4;
const $ = (id) => document.getElementById(id);
const versus = $("page_versus");
const table = versus.querySelector("table");
const heads = table.tHead.rows[0];
const only = [...versus.querySelectorAll("[type=checkbox]")];
const printed = document.querySelector(".printed span");
const printedFrom = printed.textContent;
const { base, home } = versus.dataset;

// The services shown, and the rows of the table with what each tells.
let services = [];
let rows = [];

const asked = (name) => (new URLSearchParams(location.search).get(name) ?? "").toLowerCase().split(",");
const slugs = () => [...new Set(asked("s").map((slug) => slug.trim()).filter(Boolean))];
const wanted = () => only.filter((box) => box.checked).map((box) => box.name);
const address = (slugs) => `?s=${slugs.map(encodeURIComponent)}${wanted().length ? `&only=${wanted()}` : ""}`;

// The service of a slug; null where there is none, undefined where it could not be read.
async function load(slug) {
  if (!/^[a-z0-9-]+$/.test(slug)) return null;
  try {
    const answer = await fetch(`${base}${slug}/index.json`);
    if (answer.status === 404) return null;
    return { ...(await answer.json()), slug };
  } catch { /* told in the notes */ }
}

// ---- the table

function markup({ kind, text, ground, until, since }) {
  const date = until ?? since;
  const made = take(kind === "withheld" && !date ? "page_withheld_open" : `page_${kind}`, { text, ground });
  if (text === undefined) made.querySelector(".text")?.remove();
  if (date) made.querySelector("time").replaceWith(day(date));
  return made;
}

// A row with one cell for each service.
function row(body, head, contents, told = {}) {
  const cells = contents.map((content, at) => {
    const cell = element("td", {}, content ?? "—");
    cell.dataset.label = services[at].name;
    return cell;
  });
  const made = element("tr", { className: told.differs ? "differing" : "" }, element("th", { scope: "row" }, head), ...cells);
  body.append(made);
  rows.push({ name: head, ...told, made, body, cells });
}

function facts() {
  const body = element("tbody");
  const line = (id, fill) => row(body, words(`page_fact_${id}`), services.map(fill));
  line("provider", ({ provider }) => named(provider.name));
  line("standing", ({ standing, standing_since }) => take("page_since", { badge: take(`page_badge_${standing}`), day: day(standing_since) }));
  line("until", ({ valid_until }) => day(valid_until));
  line("disclosed", ({ disclosure }) => disclosure && day(disclosure.date));
  line("edition", ({ disclosure }) => disclosure && day(disclosure.edition));
  return body;
}

// A section with all its items, once for each line of its tables.
function section(id) {
  const tables = services.map(({ sections = [] }) => sections.filter((section) => section.id === id));
  const [{ name, name_en }] = tables.flat();
  return aligned(tables).map((line, nth) => {
    const title = element("th", { scope: "rowgroup", colSpan: services.length + 1 }, named(name, name_en));
    if (!nth) title.id = `page_of_${id}`;
    const body = element("tbody", {}, element("tr", { className: "part-of" }, title));
    const labels = services.map((_, at) => line[at]?.label);
    const label = labels.find(Boolean);
    if (label) row(body, words("page_label"), labels.map((label) => label && named(label)));
    const lists = services.map((_, at) => line[at]?.items ?? []);
    for (const id of merged(lists.map((items) => items.map((item) => item.id)))) {
      const found = lists.map((items) => items.find((item) => item.id === id));
      const { kind, criterion, ...item } = found.findLast(Boolean);
      const differs = new Set(found.filter((_, at) => services[at].sections).map(meaning)).size > 1;
      const itemName = named(item.name, item.name_en);
      const head = take("page_item", { name: itemName, kind: take(`page_${kind}`), criterion: criterion ? take("page_criterion") : "", differs });
      const none = (at) => take(!services[at].sections ? "page_ended" : tables[at].length && !line[at] ? "page_no_table" : "page_absent");
      const cells = found.map((item, at) => (item ? markup(item.answer) : none(at)));
      row(body, head, cells, { kind, criterion, differs, name: itemName.textContent, section: `${title.textContent} ${label ?? ""}`.trim() });
    }
    return body;
  });
}

function draw() {
  rows = [];
  heads.replaceChildren(heads.cells[0], ...services.map((service) => take("page_head", { ...service, page: `${home}${service.slug}/` })));
  const ids = merged(services.map(({ sections = [] }) => sections.map((section) => section.id)));
  table.replaceChildren(table.caption, table.tHead, facts(), ...ids.flatMap(section));
  const links = [...table.querySelectorAll("th[id]")].map((title) => take("page_section", { id: title.id, name: title.firstChild }));
  $("page_sections").lastElementChild.replaceChildren(...links);
  $("page_to_list").href = `${home}${services[0].scheme}/`;
  for (const box of only) box.checked = asked("only").includes(box.name);
  filter();
}

function filter() {
  const items = rows.filter((row) => row.kind);
  for (const row of items) row.made.hidden = !wanted().every((name) => row[name]);
  const shown = items.filter((row) => !row.made.hidden);
  for (const { body } of items) body.hidden = !shown.some((row) => row.body === body);
  const differs = items.filter((row) => row.differs).length;
  $("page_count").replaceChildren(take("page_shown", { shown: shown.length, all: items.length, differs }));
  $("page_empty").hidden = shown.length > 0;
  printed.textContent = printedFrom + address(slugs());
}

// ---- what could not be shown

function notes(of, left) {
  const made = [];
  const note = (id, list) => list.length && made.push(take(`page_note_${id}`, { list: element("span", {}, ...list.flatMap((part) => [part, " "])) }));
  const links = (slugs) => slugs.map((slug) => element("a", { href: `${home}${slug}/` }, slug));
  note("unknown", of((service) => service === null));
  note("failed", links(of((service) => service === undefined)));
  note("schemes", links(of((service) => service && service.scheme !== services[0].scheme)));
  note("many", links(left));
  if (services.length === 1) note("one", services);
  note("ended", services.filter(({ sections }) => !sections).map(({ number }) => number));
  const dated = services.filter(({ disclosure }) => disclosure);
  if (new Set(dated.map(({ disclosure }) => disclosure.edition)).size > 1) {
    note("editions", dated.map(({ number, disclosure }) => take("page_edition_of", { number, day: day(disclosure.edition) })));
  }
  $("page_notes").replaceChildren(...made);
}

let turn = 0;
let drawn;
async function show() {
  const mine = ++turn;
  drawn = location.search;
  const all = slugs();
  if (all.length) $("page_notes").replaceChildren(take("page_loading"));
  const loaded = await Promise.all(all.map(load));
  if (mine !== turn) return;
  const scheme = loaded.find(Boolean)?.scheme;
  const same = loaded.filter((service) => service?.scheme === scheme && service);
  services = same.slice(0, MOST);
  notes((test) => all.filter((_, at) => test(loaded[at])), same.slice(MOST).map(({ slug }) => slug));
  $("page_how").hidden = services.length > 1;
  versus.hidden = !services.length;
  if (services.length) draw();
}

// As the registry's own tables: with a byte order mark, and an apostrophe where a spreadsheet would see a formula.
function csv() {
  const quoted = (text) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  const said = (cell) => [...cell.childNodes].map((part) => part.textContent).join("\n");
  const columns = [...take("page_columns").children].map((column) => column.textContent);
  const lines = rows.map(({ section = "", name, kind, criterion, differs, cells }) => [
    section, name, kind ? words(`page_${kind}`) : "", criterion ? columns[3] : "", differs ? columns[4] : "", ...cells.map(said),
  ]);
  lines.unshift([...columns, ...services.map(({ number, name }) => `${number} ${name}`)]);
  return `\ufeff${lines.map((cells) => `${cells.map(quoted)}\r\n`).join("")}`;
}

heads.addEventListener("click", async ({ target: { dataset } }) => {
  if (!dataset.remove) return;
  history.pushState(null, "", address(slugs().filter((slug) => slug !== dataset.remove)));
  await show();
  (heads.querySelector("button") ?? $("page_main")).focus();
});
versus.addEventListener("change", () => {
  history.replaceState(null, "", drawn = address(slugs()));
  filter();
});
$("page_print").addEventListener("click", () => print());
$("page_csv").addEventListener("click", () => {
  const href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
  element("a", { href, download: `${services.map(({ slug }) => slug).join("_")}.csv` }).click();
  URL.revokeObjectURL(href);
});
// What has the focus is never behind the heads of the columns.
new ResizeObserver(() => document.documentElement.style.setProperty("--head", `${heads.offsetHeight}px`)).observe(heads);
addEventListener("popstate", () => location.search !== drawn && show());
show();
