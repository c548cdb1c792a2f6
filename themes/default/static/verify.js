// Tells of a number whether it was issued, to whom, and whether it holds: `?n=IP0001-1212`.

import { answered, byId, day, inAddress, named, take, words } from "./fill.js";
import { fold } from "./fold.js";

const form = byId("page_verify");
const field = form.elements.n;
const region = byId("page_verified");
const { base, home, own, forms } = form.dataset;
const schemes = JSON.parse(forms);
const files = {};

const address = (number) => `?n=${encodeURIComponent(number)}`;
const gather = async (all, act) => (await Promise.all(all.map(act))).flat();
const shown = ({ scheme, digits }) => scheme.prefix + digits;

// The first number in a text; one for each scheme where there are digits alone.
function read(text) {
  const find = (scheme, sign) => {
    const n = scheme.digits;
    const match = fold(text).match(new RegExp(`(?<![a-z\\d-])${sign}(?:(\\d{1,${n}})\\s*-|(\\d{${n}}))\\s*(\\d{4})(?!-?\\d)`));
    if (!match) return [];
    const serial = (match[1] ?? match[2]).padStart(n, "0");
    return [{ scheme, serial, digits: `${serial}-${match[3]}`, at: match.index }];
  };
  const signs = ({ prefix, slug }) => [prefix.trim(), slug].map((sign) => fold(sign).replace(/[^\p{L}\d]/gu, "\\$&")).join("|");
  const whole = schemes.flatMap((scheme) => find(scheme, `(?:${signs(scheme)})(?:[\\s:.#-]|no|第)*`));
  if (whole.length) return whole.sort((a, b) => a.at - b.at).slice(0, 1);
  const bare = schemes.flatMap((scheme) => find(scheme, ""));
  const here = bare.filter(({ scheme }) => scheme.id === own);
  return here.length ? here : bare;
}

// What was issued in the thousand of a serial, or in the closest one that has any.
async function issued(scheme, serial) {
  const away = (k) => Math.abs(k - Math.floor(serial / 1000));
  const [k] = scheme.thousands.toSorted((a, b) => away(a) - away(b));
  if (k === undefined) return [];
  const file = `${base}verify/${scheme.id}-${k}.json`;
  return files[file] ??= (await (await fetch(file)).json()).map((entry) => ({ ...entry, scheme }));
}

// How many characters differ; two that changed places count once.
function apart(a, b) {
  const [from, to] = [[...a].filter((c, at) => c !== b[at]), [...b].filter((c, at) => c !== a[at])];
  return from.length === 2 && from[0] === to[1] && from[1] === to[0] ? 1 : from.length;
}

// Numbers that may have been meant, the likeliest first.
async function near({ scheme, serial, digits }) {
  const all = await gather(schemes, (scheme) => issued(scheme, serial));
  const ranked = all.filter((entry) => entry.scheme === scheme || entry.digits === digits).map((entry) => {
    const [other] = entry.digits.split("-");
    const differ = apart(entry.digits, digits);
    if (!differ) return [entry, 1, "scheme"];
    if (other === serial) return [entry, 0, "month"];
    return differ < 3 ? [entry, differ, "digit"] : [entry, 3 + Math.abs(other - serial), "serial"];
  });
  return ranked.sort(([, a], [, b]) => a - b);
}

function lines(entries) {
  return entries.map(([entry, , why]) => take("page_verify_near", {
    number: shown(entry), again: address(shown(entry)), name: named(entry.name, entry.name_en),
    badge: take(`page_badge_${entry.standing}`), why: why ? words(`page_near_${why}`) : "",
  }));
}

function told(entry) {
  const { scheme, standing, certified, since, until, name, provider } = entry;
  const slug = scheme.slug + entry.digits;
  const inForce = /^(valid|continuing)$/.test(standing);
  // The day where the reader is; in Swedish days are written as in the data: 2026-11-22.
  const today = new Date().toLocaleDateString("sv");
  return take(inForce ? "page_verify_in_force" : "page_verify_ended", {
    ...entry, number: shown(entry), name: named(name, entry.name_en), provider: named(provider, entry.provider_en),
    badge: take(`page_badge_${standing}`), certified: day(certified),
    // The effect of what is valid goes back to its certification, not to the day of the latest renewal.
    since: standing !== "valid" && day(since), until: day(until), late: standing === "valid" && today > until,
    link: scheme.link, page: `${home}${slug}/`, mark: entry.mark && `${base}${slug}/mark.svg`, rests: !entry.mark,
  });
}

async function answer(text) {
  const asked = read(text);
  if (!asked.length) return take("page_verify_unread");
  const hits = await gather(asked, async ({ scheme, serial, digits }) => (
    (await issued(scheme, serial)).filter((entry) => entry.digits === digits)
  ));
  if (hits.length === 1) return told(hits[0]);
  if (hits.length) return take("page_verify_which", { near: lines(hits.map((entry) => [entry])) });
  const many = asked.length > 1;
  const meant = await gather(asked, async (number) => (await near(number)).slice(0, many ? 2 : 4));
  return take("page_verify_unissued", { number: many ? asked[0].digits : shown(asked[0]), near: meant.length && lines(meant) });
}

let turn = 0;
async function look() {
  const mine = ++turn;
  field.value = inAddress("n");
  const result = field.value ? await answer(field.value).catch(() => take("page_verify_failed")) : "";
  if (mine !== turn) return;
  region.replaceChildren(result);
  region.hidden = !field.value;
  answered();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  history.pushState(null, "", address(field.value.trim()));
  await look();
  region.querySelector("h3")?.focus();
});
addEventListener("popstate", look);
look();
