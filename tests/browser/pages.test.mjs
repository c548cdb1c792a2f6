// Every kind of page in a real Chromium: complete without scripts, no error, no other host, readable on any screen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import AxeBuilder from "@axe-core/playwright";

import { KINDS, browser, build, pages, serve } from "./site.mjs";

const Axe = AxeBuilder.default ?? AxeBuilder;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let site, server, chromium;
before(async () => {
  site = build();
  server = await serve(site.out);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
  site?.remove();
});

/** Opens a page in a context of its own and hands it to `look`. */
async function open(path, options, look) {
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(server.address)) faults.push(`asks ${request.url()}`);
  });
  await page.goto(server.address + path);
  await look(page);
  await context.close();
  assert.deepEqual(faults, [], path);
}

for (const [kind, path] of Object.entries(KINDS)) {
  test(`${kind}: no scrolling sideways at 320 px, no error, no other host`, async () => {
    for (const width of [320, 768, 1280]) {
      await open(path, { viewport: { width, height: 900 } }, async (page) => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(over, 0, `${path} at ${width} px`);
      });
    }
  });

  test(`${kind}: nothing that axe objects to, light and dark, wide and narrow`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 320]) {
        const context = { colorScheme, viewport: { width, height: 900 } };
        await open(path, context, async (page) => {
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
          const { violations } = await new Axe({ page }).withTags(TAGS).analyze();
          const found = violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
          assert.deepEqual(found, [], `${path} ${colorScheme} ${width}`);
        });
      }
    }
  });

  test(`${kind}: the same words with scripts off`, async () => {
    const texts = [];
    for (const javaScriptEnabled of [true, false]) {
      await open(path, { javaScriptEnabled }, async (page) => { texts.push(await page.locator("body").innerText()); });
    }
    assert.equal(texts[0], texts[1]);
  });
}

test("every link and anchor of every page leads somewhere", async () => {
  const anchors = new Map();
  const links = [];
  const context = await chromium.newContext({ javaScriptEnabled: true });
  const page = await context.newPage();
  for (const path of pages(site.out)) {
    await page.goto(server.address + path);
    anchors.set(path, new Set(await page.$$eval("[id]", (nodes) => nodes.map((node) => node.id))));
    const found = await page.$$eval("a[href], link[href], img[src]", (nodes) => nodes.map((node) => node.href || node.src));
    links.push(...found.filter((link) => link.startsWith(server.address)).map((link) => [path, new URL(link)]));
  }
  const dead = [];
  const known = new Map();
  for (const [path, link] of links) {
    if (!known.has(link.pathname)) known.set(link.pathname, (await page.request.get(link.origin + link.pathname)).ok());
    const ids = anchors.get(link.pathname);
    const anchor = decodeURIComponent(link.hash.slice(1));
    if (!known.get(link.pathname) || (anchor && ids && !ids.has(anchor))) dead.push(`${path} -> ${link}`);
  }
  await context.close();
  assert.deepEqual([...new Set(dead)], []);
});
