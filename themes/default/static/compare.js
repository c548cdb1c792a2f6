// Sets services side by side, from each one's own data: `?s=ip0001-1212,ip0003-1405&only=differs,criterion`.

import { DAY, fetched, Missing, SLUG, STANDING, Unreachable } from "./fetched.js";
import { answered, byId, day, element, inAddress, named, take, tellHeight, words } from "./fill.js";
import { fold } from "./fold.js";
import { read } from "./number.js";

const MOST = 4;
const versus = byId("page_versus");
const table = versus.querySelector("table");
const heads = table.tHead.rows[0];
const only = [...versus.querySelectorAll("[type=checkbox]")];
const printed = document.querySelector(".printed span");
const printedFrom = printed.textContent;
const { base, home, forms } = versus.dataset;
const schemes = JSON.parse(forms);

// Of an address so many characters are read, and so many services looked for.
const LENGTH = 500, LOOKED_FOR = 20;

// The services shown, and the rows of the table with what each tells.
let services = [];
let rows = [];

const asked = (name) => inAddress(name, LENGTH).split(/[,、，]/).map((part) => part.trim()).filter(Boolean);
// A service is named by its number in any spelling; what is none stays as it is written.
const slugOf = (part) => {
  const found = read(part, schemes);
  return found?.kind === "whole" ? found.all[0].slug : null;
};
const slugs = () => [...new Set(asked("s").flatMap((part) => slugOf(part) ?? part.split(/\s+/).map((one) => slugOf(one) ?? one)))].slice(0, LOOKED_FOR);
const wanted = () => only.filter((box) => box.checked).map((box) => box.name);
const address = (slugs) => `?s=${slugs.map(encodeURIComponent)}${wanted().length ? `&only=${wanted()}` : ""}`;

const KINDS = /^(text|none|undisclosed|withheld|pending|not-stated)$/;
const ITEM = {
  id: "string", name: "string", "name_en?": "string", kind: /^(mandatory|optional)$/, criterion: "boolean",
  answer: { kind: KINDS, "text?": "string", "ground?": "string", "until?": DAY, "since?": DAY, "periods?": [{ from: DAY, "until?": DAY }] },
};
const SERVICE = {
  number: "string", scheme: SLUG, name: "string", "name_en?": "string", provider: { name: "string", "name_en?": "string" }, standing: STANDING,
  standing_since: DAY, valid_until: DAY, "disclosure?": { date: DAY, edition: /^\d{4}(-\d{2}){0,2}$/ },
  "sections?": [{ id: SLUG, name: "string", "name_en?": "string", "label?": "string", items: [ITEM] }],
};

// The service of a slug; null where there is none, UNREACHED or BROKEN where it could not be read.
const [UNREACHED, BROKEN] = [{}, {}];
async function load(slug) {
  if (slugOf(slug) !== slug) return null;
  try {
    return { ...(await fetched(`${base}${slug}/index.json`, SERVICE)), slug };
  } catch (fault) {
    if (fault instanceof Missing) return null;
    return fault instanceof Unreachable ? UNREACHED : BROKEN;
  }
}

// ---- what stands beside each other, and whether it says the same

// Every key of several lists, each behind the one that it follows in its own list.
export function merged(lists) {
  const all = [];
  for (const list of lists) {
    list.forEach((key, at) => {
      if (!all.includes(key)) all.splice(all.indexOf(list[at - 1]) + 1, 0, key);
    });
  }
  return all;
}

// The tables of a section line by line, one of each service: first those of one label, then the others in their order.
export function aligned(tables) {
  const lines = [];
  const key = ({ label }) => fold(label ?? "");
  tables.forEach((own, service) => {
    const rest = own.filter((table) => {
      const alike = (other) => table.label && other && key(other) === key(table);
      const line = lines.find((line) => !line[service] && line.some(alike));
      if (line) line[service] = table;
      return !line;
    });
    for (const table of rest) {
      let line = lines.find((line) => !line[service]);
      if (!line) lines.push(line = []);
      line[service] = table;
    }
  });
  return lines;
}

// Items with the same meaning say the same: spelling alone makes no difference.
export function meaning(item) {
  const { text = "", ...answer } = item?.answer ?? {};
  return JSON.stringify([answer, fold(text).replace(/ +/g, " ").trim()]);
}

// ---- the table

function markup({ kind, text, ground, until, since, periods = [] }) {
  const date = until ?? since;
  const made = take(kind === "withheld" && !date ? "page_withheld_open" : `page_${kind}`, { text, ground });
  if (text === undefined) made.querySelector(".text")?.remove();
  if (date) made.querySelector("time").replaceWith(day(date));
  // A renewal of a withholding says which period it renews, below the day until which it lasts.
  let above = made.querySelector(".why");
  for (const at of periods.keys()) {
    if (at === 0) continue;
    const line = take("page_renewed").querySelector(".why");
    const [renewal, renewed] = ["2000-01-02", "2000-01-01"].map((iso) => line.querySelector(`time[datetime="${iso}"]`));
    renewal.replaceWith(day(periods[at].from));
    renewed.replaceWith(day(periods[at - 1].from));
    above.after(line);
    above = line;
  }
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
  const lines = {
    provider: ({ provider }) => named(provider.name, provider.name_en),
    // The effect of what is valid goes back to its certification, not to the day of the latest renewal.
    standing: ({ standing, standing_since }) => take("page_since", { badge: take(`page_badge_${standing}`), day: standing !== "valid" && day(standing_since) }),
    until: ({ valid_until }) => day(valid_until),
    disclosed: ({ disclosure }) => disclosure && day(disclosure.date),
    edition: ({ disclosure }) => disclosure && day(disclosure.edition),
  };
  for (const id in lines) row(body, words(`page_fact_${id}`), services.map(lines[id]));
  return body;
}

// A section with all its items, once for each line of its tables.
function* section(id) {
  const tables = services.map(({ sections = [] }) => sections.filter((section) => section.id === id));
  const [{ name, name_en }] = tables.flat();
  for (const [nth, line] of aligned(tables).entries()) {
    const title = element("th", { scope: "rowgroup", colSpan: services.length + 1 }, named(name, name_en));
    if (!nth) title.id = `page_of_${id}`;
    const body = element("tbody", {}, element("tr", { className: "part-of" }, title));
    const labels = services.map((_, at) => line[at]?.label);
    const label = labels.find(Boolean);
    if (label) row(body, words("page_label"), labels.map((label) => label && named(label)));
    const lists = services.map((_, at) => line[at]?.items ?? []);
    for (const id of merged(lists.map((items) => items.map((item) => item.id)))) {
      const found = lists.map((items) => items.find((item) => item.id === id));
      const { kind, criterion, name, name_en } = found.filter(Boolean).pop();
      const differs = new Set(found.filter((_, at) => services[at].sections).map(meaning)).size > 1;
      const shown = named(name, name_en);
      const head = take("page_item", { name: shown, kind: take(`page_${kind}`), criterion: criterion ? take("page_criterion") : "", differs });
      const none = (at) => take(!services[at].sections ? "page_ended" : tables[at].length && !line[at] ? "page_no_table" : "page_absent");
      const cells = found.map((item, at) => (item ? markup(item.answer) : none(at)));
      row(body, head, cells, { kind, criterion, differs, name: shown.textContent, section: `${title.textContent} ${label ?? ""}`.trim() });
    }
    yield body;
  }
}

// Tables are made one at a time, so that the page answers meanwhile, and shown together; a later turn ends this one.
async function draw(mine) {
  rows = [];
  heads.replaceChildren(heads.cells[0], ...services.map((service) => take("page_head", { ...service, called: named(service.name, service.name_en), page: `${home}${service.slug}/` })));
  const ids = merged(services.map(({ sections = [] }) => sections.map((section) => section.id)));
  const bodies = [facts()];
  for (const id of ids) {
    for (const body of section(id)) {
      bodies.push(body);
      await new Promise((goOn) => setTimeout(goOn));
      if (mine !== turn) return;
    }
  }
  table.replaceChildren(table.caption, table.tHead, ...bodies);
  const links = [...table.querySelectorAll("th[id]")].map((title) => take("page_section", { id: title.id, name: title.firstChild }));
  byId("page_sections").lastElementChild.replaceChildren(...links);
  byId("page_to_list").href = `${home}${services[0].scheme}/`;
  for (const box of only) {
    // A scheme that weighs no items has nothing to narrow by.
    const vain = box.name === "criterion" && !rows.some(({ criterion }) => criterion);
    box.closest("label").hidden = vain;
    box.checked = !vain && asked("only").includes(box.name);
  }
  filter();
}

function filter() {
  const items = rows.filter((row) => row.kind);
  const shown = items.filter((row) => wanted().every((name) => row[name]));
  for (const { made, body } of items) made.hidden = body.hidden = true;
  for (const { made, body } of shown) made.hidden = body.hidden = false;
  const differs = items.filter((row) => row.differs).length;
  byId("page_count").replaceChildren(take("page_shown", { shown: shown.length, all: items.length, differs }));
  byId("page_empty").hidden = shown.length > 0;
  printed.textContent = printedFrom + address(slugs());
}

// ---- what could not be shown

function notes(of, left) {
  const links = (slugs) => slugs.map((slug) => element("a", { href: `${home}${slug}/` }, slug));
  const dated = services.filter(({ disclosure }) => disclosure);
  const several = new Set(dated.map(({ disclosure }) => disclosure.edition)).size > 1;
  const lists = {
    unknown: of((service) => service === null),
    unreached: links(of((service) => service === UNREACHED)),
    failed: links(of((service) => service === BROKEN)),
    schemes: links(of((service) => service?.scheme && service.scheme !== services[0].scheme)),
    many: links(left),
    one: services.length === 1 ? services : [],
    ended: services.filter(({ sections }) => !sections).map(({ number }) => number),
    editions: several ? dated.map(({ number, disclosure }) => take("page_edition_of", { number, day: day(disclosure.edition) })) : [],
  };
  const told = Object.keys(lists).filter((id) => lists[id].length);
  byId("page_notes").replaceChildren(...told.map((id) => take(`page_note_${id}`, { list: lists[id].flatMap((part) => [part, " "]) })));
}

let turn = 0;
let drawn;
async function show() {
  const mine = ++turn;
  drawn = location.search;
  const all = slugs();
  if (all.length) byId("page_notes").replaceChildren(take("page_loading"));
  const loaded = await Promise.all(all.map(load));
  if (mine !== turn) return;
  const known = loaded.filter((service) => service?.scheme);
  const same = known.filter(({ scheme }) => scheme === known[0].scheme);
  services = same.slice(0, MOST);
  byId("page_how").hidden = services.length > 1;
  if (services.length) await draw(mine);
  if (mine !== turn) return;
  notes((test) => all.filter((_, at) => test(loaded[at])), same.slice(MOST).map(({ slug }) => slug));
  versus.hidden = !services.length;
  answered();
}

// As the registry's own tables: with a byte order mark, and an apostrophe where a spreadsheet would see a formula.
function csv() {
  const quoted = (text) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  const said = (cell) => [...cell.childNodes].map((part) => part.textContent).join("\n");
  const columns = [...take("page_columns").children].map((column) => column.textContent);
  const lines = rows.map(({ section = "", name, kind, criterion, differs, cells }) => [
    section, name, kind ? words(`page_${kind}`) : "", criterion ? columns[3] : "", differs ? columns[4] : "", ...cells.map(said),
  ]);
  const titles = [...columns, ...services.map(({ number, name }) => `${number} ${name}`)];
  return ["\ufeff", ...[titles, ...lines].map((cells) => `${cells.map(quoted)}\r\n`)].join("");
}

heads.addEventListener("click", async ({ target: { dataset } }) => {
  if (!dataset.remove) return;
  history.pushState(null, "", address(slugs().filter((slug) => slug !== dataset.remove)));
  await show();
  (heads.querySelector("button") ?? byId("page_main")).focus();
});
versus.addEventListener("change", () => {
  history.replaceState(null, "", drawn = address(slugs()));
  filter();
});
byId("page_print").addEventListener("click", () => print());
byId("page_csv").addEventListener("click", () => {
  const href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
  element("a", { href, download: `${services.map(({ slug }) => slug).join("_")}.csv` }).click();
  URL.revokeObjectURL(href);
});
// What has the focus is never behind the heads of the columns.
tellHeight(heads, "--head");
addEventListener("popstate", () => location.search !== drawn && show());
show();
