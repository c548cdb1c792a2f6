// Every kind of page in a real Chromium: complete without scripts, no error, no other host, readable on any screen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import axe from "axe-core";

import { reader } from "./reader.mjs";
import { KINDS } from "./site.mjs";

const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
};

let registry;
before(async () => { registry = await reader(); });
after(() => registry?.close());

for (const [kind, path] of Object.entries(KINDS)) {
  test(`${kind}: no scrolling sideways at 320 px, no error, no other host`, async () => {
    for (const width of [320, 768, 1280]) {
      await registry.open(path, { viewport: { width, height: 900 } }, async (page) => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(over, 0, `${path} at ${width} px`);
      });
    }
  });

  test(`${kind}: nothing that axe objects to, light and dark, wide and narrow`, async () => {
    await registry.open(path, {}, async (page) => {
      await page.evaluate(axe.source);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 320]]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const { violations } = await page.evaluate((rules) => window.axe.run(rules), RULES);
        const found = violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
        assert.deepEqual(found, [], `${path} ${colorScheme} ${width}`);
      }
    });
  });

  test(`${kind}: whatever stands there without scripts stands there with them`, async () => {
    const words = [];
    for (const javaScriptEnabled of [true, false]) {
      words.push(await registry.open(path, { javaScriptEnabled }, async (page) => {
        await page.evaluate(() => document.querySelectorAll("noscript").forEach((other) => other.remove()));
        return (await page.locator("body").innerText()).split(/\s+/);
      }));
    }
    assert.deepEqual(words[1].filter((word) => !words[0].includes(word)), []);
  });
}

test("every link and anchor of every page leads somewhere", async () => {
  const found = await registry.documents((document, path) => ({
    path,
    ids: [...document.querySelectorAll("[id]")].map((node) => node.id),
    links: [...document.querySelectorAll("a[href], link[href], img[src], script[src]")].map((node) => node.getAttribute("href") ?? node.getAttribute("src")),
  }));
  const ids = new Map(found.map((page) => [page.path, new Set(page.ids)]));
  const answers = new Map();
  const dead = [];
  for (const { path, links } of found) {
    for (const link of links) {
      const { origin, pathname, hash } = new URL(link, registry.address + path);
      if (origin !== registry.address) continue;
      if (!answers.has(pathname)) answers.set(pathname, (await fetch(origin + pathname)).status);
      const anchor = decodeURIComponent(hash.slice(1));
      if (answers.get(pathname) !== 200 || (anchor && ids.get(pathname)?.has(anchor) === false)) dead.push(`${path} -> ${link}`);
    }
  }
  assert.deepEqual([...new Set(dead)], []);
});
