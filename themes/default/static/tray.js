// Keeps what was chosen for comparison from page to page: up to four services of one scheme.

import { take, words } from "./fill.js";

const MOST = 4;
const tray = document.getElementById("page_tray");
const says = document.getElementById("page_tray_says");
const why = tray.querySelector(".tray-why");
const [go, more] = tray.querySelector(".go").children;
const { base, at } = tray.dataset;
const key = `kohyo.compare ${base}`;
const sign = ({ slug }) => slug.replace(/\d+-\d+$/, "");
let chosen = [];

// Storage may be blocked; then the choice holds for this page alone.
function recall() {
  try {
    chosen = JSON.parse(localStorage.getItem(key) ?? "[]").filter(({ slug, name }) => /^[a-z0-9-]+$/.test(slug) && name).slice(0, MOST);
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
  says.textContent = words(`page_tray_${id}`, { name, n: chosen.length });
  why.hidden = !refused;
  why.textContent = refused ? says.textContent : "";
  show();
}

function choose(service) {
  const other = chosen.some((one) => sign(one) !== sign(service));
  if (other || chosen.length === MOST) change(chosen, other ? "other" : "full", service.name, true);
  else change([...chosen, service], "added", service.name);
}

function remove(slug) {
  const { name } = chosen.find((one) => one.slug === slug);
  change(chosen.filter((one) => one.slug !== slug), "removed", name);
}

function mark(place) {
  const slug = place.dataset.compare;
  const name = place.dataset.name ?? place.textContent.trim();
  const copy = take("page_choose", { slug, name });
  copy.querySelector("input").addEventListener("change", ({ target }) => (target.checked ? choose({ slug, name }) : remove(slug)));
  place.append(copy);
}

// Places may come and go, as those of search results do.
function markAll() {
  const places = document.querySelectorAll("[data-compare]:not(:has([data-choose]))");
  places.forEach(mark);
  if (places.length) show();
}

tray.addEventListener("click", ({ target: { type, dataset } }) => {
  if (type !== "button") return;
  if (dataset.remove) remove(dataset.remove);
  else change([], "cleared");
  (tray.querySelector("ul button") ?? document.getElementById("page_main")).focus();
});
recall();
markAll();
new MutationObserver(markAll).observe(document.getElementById("page_main"), { childList: true, subtree: true });
// What has the focus is never behind the tray, and neither is the end of the page.
new ResizeObserver(() => document.documentElement.style.setProperty("--tray", `${tray.offsetHeight}px`)).observe(tray);
// Another page of the site, or this one when it was left, may have chosen since.
for (const event of ["storage", "pageshow"]) addEventListener(event, recall);
