// What readers do with services where they see them: keep up to four of one scheme for comparison, from page to page, and copy
// the HTML of a mark.

import { SLUG, fits } from "./fetched.js";
import { byId, take, tellHeight, words } from "./fill.js";

// ---- the tray of what was chosen for comparison

const MOST = 4;
const tray = byId("page_tray");
const says = byId("page_tray_says");
const main = byId("page_main");
const why = tray.querySelector(".tray-why");
const [go, more] = tray.querySelector(".go").children;
const { base, at } = tray.dataset;
const key = `kohyo.compare ${base}`;
const sign = ({ slug }) => slug.replace(/\d+-\d+$/, "");
let chosen = [];

// Storage may be blocked; then the choice holds for this page alone.
function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
    chosen = kept.filter((one) => fits(one, { slug: SLUG, name: /./ })).slice(0, MOST);
  } catch { /* what was chosen here stays */ }
  show();
}

function show() {
  const n = chosen.length;
  tray.hidden = !n;
  tray.querySelector(".tray-count").textContent = words("page_tray_count", { n });
  tray.querySelector("ul").replaceChildren(...chosen.map((service) => take("page_chosen", service)));
  go.hidden = n < 2;
  more.hidden = n > 1;
  go.href = `${at}?s=${chosen.map(({ slug }) => slug)}`;
  for (const box of document.querySelectorAll("[data-choose]")) box.checked = chosen.some(({ slug }) => slug === box.dataset.choose);
}

function change(services, id, name, refused) {
  chosen = services;
  try {
    localStorage.setItem(key, JSON.stringify(chosen));
  } catch { /* see above */ }
  why.textContent = says.textContent = words(`page_tray_${id}`, { name, n: chosen.length });
  why.hidden = !refused;
  show();
}

function choose(service) {
  const refused = chosen.some((one) => sign(one) !== sign(service)) ? "other" : chosen.length === MOST && "full";
  change(refused ? chosen : [...chosen, service], refused || "added", service.name, refused);
}

function remove(slug) {
  const { name } = chosen.find((one) => one.slug === slug);
  change(chosen.filter((one) => one.slug !== slug), "removed", name);
}

function mark(place) {
  const { compare: slug, name = place.textContent.trim() } = place.dataset;
  const copy = take("page_choose", { slug, name });
  copy.querySelector("input").addEventListener("change", ({ target }) => (target.checked ? choose({ slug, name }) : remove(slug)));
  place.append(copy);
}

// Places may come and go, as those of search results do.
function markAll() {
  const places = [...document.querySelectorAll("[data-compare]")].filter((place) => !place.querySelector("[data-choose]"));
  places.forEach(mark);
  if (places.length) show();
}

tray.addEventListener("click", ({ target: { type, dataset } }) => {
  if (type !== "button") return;
  if (dataset.remove) remove(dataset.remove);
  else change([], "cleared");
  (tray.querySelector("ul button") ?? main).focus();
});
recall();
markAll();
new MutationObserver(markAll).observe(main, { childList: true, subtree: true });
// What has the focus is never behind the tray, and neither is the end of the page.
tellHeight(tray, "--tray");
// Another page of the site, or this one when it was left, may have chosen since.
for (const event of ["storage", "pageshow"]) addEventListener(event, recall);

// ---- a button that copies the HTML of the mark; the text stays selectable, and where copying is not allowed it is selected

const snippet = byId("page_snippet");
if (snippet) {
  snippet.after(take("page_copy"));
  const [button, told] = snippet.nextElementSibling.children;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(snippet.textContent);
      told.textContent = words("page_copy_done");
    } catch {
      getSelection().selectAllChildren(snippet);
      told.textContent = words("page_copy_failed");
    }
  });
}
