// A reader of a registry: it is built, served and opened in a real Chromium, and whatever goes wrong in a page is noted.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { serve } from "./server.mjs";
import { browser, build, pages, root } from "./site.mjs";

/** Builds the registry below `registry` and opens it to be read. */
export async function reader(registry = root) {
  const site = build(registry);
  const server = await serve(site.out);
  const chromium = await browser();
  const contexts = new Map();

  /** A context for these options, shared by all pages that ask for the same ones. */
  async function context(options) {
    const key = JSON.stringify(options);
    if (!contexts.has(key)) contexts.set(key, await chromium.newContext(options));
    return contexts.get(key);
  }

  /** Opens a page and hands it to `look`; an error, a message on the console or a request to another host is a fault. */
  async function open(path, options, look) {
    const page = await (await context(options)).newPage();
    page.setDefaultTimeout(180_000);
    const faults = [];
    // Of a picture opened by itself Chromium asks for an icon of its own accord.
    const icon = (message) => message.location().url.endsWith("/favicon.ico");
    page.on("console", (message) => { if (!icon(message)) faults.push(message.text()); });
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith(server.address)) faults.push(`asks ${request.url()}`);
    });
    await page.goto(server.address + path);
    const seen = await look(page);
    await page.close();
    assert.deepEqual(faults, [], path);
    return seen;
  }

  /** What `look(document, path)` finds in every page, parsed by the browser but neither laid out nor run; `helpers` go with it. */
  async function documents(look, ...helpers) {
    const page = await (await context({})).newPage();
    await page.evaluate(`(() => { ${helpers.join("\n")}\nwindow.look = ${look}; })()`);
    const found = [];
    for (const path of pages(site.out)) {
      const html = readFileSync(join(site.out, path.endsWith("/") ? `${path}index.html` : path), "utf8");
      found.push(await page.evaluate(([html, path]) => window.look(new DOMParser().parseFromString(html, "text/html"), path), [html, path]));
    }
    await page.close();
    return found;
  }

  async function close() {
    await chromium.close();
    server.close();
    site.remove();
  }

  return { out: site.out, address: server.address, chromium, open, documents, close };
}
