// Japanese and English are two registries of the same shape, and every text says in which language it is.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { reader } from "./reader.mjs";

let registry, documents;
before(async () => {
  registry = await reader();
  documents = await registry.documents((document, path) => ({
    path,
    lang: document.documentElement.lang,
    canonical: document.querySelector("link[rel=canonical]")?.href,
    alternates: Object.fromEntries([...document.querySelectorAll("link[hreflang]")].map((link) => [link.hreflang, link.href])),
    moved: document.querySelector("meta[http-equiv=refresh]") !== null,
    switches: [...document.querySelectorAll(".languages a")].map((link) => [link.hreflang, link.getAttribute("href"), link.lang]),
    foreign: foreignTexts(document),
  }), foreignTexts);
});
after(() => registry?.close());

/** Runs in the page: the Japanese texts that are not marked as such. A number is a name, the same in every language. */
function foreignTexts(document) {
  const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
  const NUMBER = /\p{L}+ ?\d{4}-\d{4}/gu;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) note(node.parentElement, node.data);
  for (const picture of document.body.querySelectorAll("[alt]")) note(picture, picture.alt);
  return found;

  function note(element, text) {
    const marked = element.closest("[lang]").lang === "ja" || element.closest("dt.number, .composed");
    if (!marked && JAPANESE.test(text.replace(NUMBER, ""))) found.push(`${element.outerHTML.slice(0, 40)} ${text.trim().slice(0, 60)}`);
  }
}

const twin = (path) => (path.startsWith("/en/") ? path.slice(3) : `/en${path}`);
const of = (path) => (path.startsWith("/en/") ? "en" : "ja");
// Old addresses that only lead on stand once.
const paired = () => documents.filter((page) => page.path !== "/404.html" && !page.moved);

test("every page is there in both languages", () => {
  const paths = new Set(paired().map((page) => page.path));
  assert.deepEqual([...paths].filter((path) => !paths.has(twin(path))), []);
});

test("every page says its language, and its two forms name each other", () => {
  for (const { path, lang, canonical, alternates } of paired()) {
    const address = (path) => `https://registry.example.jp${path}`;
    assert.equal(lang, of(path), path);
    assert.equal(canonical, address(path));
    assert.deepEqual(alternates, { [of(path)]: address(path), [of(twin(path))]: address(twin(path)) }, path);
  }
});

test("the switch of the language leads to the same page in the other one", () => {
  for (const { path, switches } of paired()) {
    const other = of(twin(path));
    assert.deepEqual(switches, [[other, twin(path), other]], path);
  }
});

test("every Japanese text is in an element that says so, on English pages too", () => {
  const found = documents.flatMap((page) => page.foreign.map((text) => `${page.path}: ${text}`));
  assert.deepEqual(found, []);
});

test("the switch works, there and back", async () => {
  await registry.open("/ip0006-1407/", {}, async (page) => {
    const title = await page.title();
    await page.click(".languages a");
    await page.waitForURL("**/en/ip0006-1407/");
    await page.click(".languages a");
    await page.waitForURL((url) => url.pathname === "/ip0006-1407/");
    assert.equal(await page.title(), title);
  });
});
