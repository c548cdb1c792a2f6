// What a page may load is fixed in the page and by the host; only the mark is for other sites.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { reader } from "./reader.mjs";
import { headerRules, serveElsewhere } from "./server.mjs";
import { KINDS } from "./site.mjs";

const MARKS = ["mark.svg", "mark-mono.svg", "mark.png", "mark@2x.png", "mark@3x.png", "mark-mono.png"];

let registry;
before(async () => { registry = await reader(); });
after(() => registry?.close());

const text = (name) => readFileSync(join(registry.out, name), "utf8");

/** The headers that each of the files for hosts sets on a page. */
function pageHeaders() {
  const pairs = (found) => Object.fromEntries([...found].map(([, name, value]) => [name.toLowerCase(), value]));
  return {
    _headers: Object.fromEntries(headerRules(registry.out).filter((rule) => rule.pattern.test("/")).flatMap((rule) => rule.headers)),
    ".htaccess": pairs(text(".htaccess").split("<FilesMatch")[0].matchAll(/^Header always set (\S+) "(.*)"$/gm)),
    "headers.nginx.conf": pairs(text("headers.nginx.conf").split("\nlocation")[0].matchAll(/^add_header (\S+) "(.*)" always;$/gm)),
  };
}

test("every page carries the same strict policy, and every host sends it with a ban on framing", async () => {
  const policies = await registry.documents((document) => document.querySelector("head > meta[http-equiv=Content-Security-Policy]")?.content);
  assert.equal(new Set(policies).size, 1);
  const [policy] = policies;
  assert.match(policy, /^default-src 'none'; /);
  assert.doesNotMatch(policy, /unsafe|\*|data:|https?:/);
  for (const [file, headers] of Object.entries(pageHeaders())) {
    assert.equal(headers["content-security-policy"], `${policy}; frame-ancestors 'none'`, file);
    assert.equal(headers["x-content-type-options"], "nosniff", file);
    assert.deepEqual(headers, pageHeaders()._headers, file);
  }
});

test("no page has a style, a script or a handler written into it, nor loads anything from elsewhere", async () => {
  const found = await registry.documents((document, path) => {
    const written = [...document.querySelectorAll("[style], style, script:not([src]), base, iframe, object, embed, form:not([action^='/'])")];
    const handlers = [...document.querySelectorAll("*")].filter((node) => [...node.attributes].some(({ name }) => name.startsWith("on")));
    const links = [...document.querySelectorAll("a[href]")].filter((node) => !/^(https?:|mailto:|[/#])/.test(node.getAttribute("href")));
    const loads = [...document.querySelectorAll("[src], link[rel=stylesheet], link[rel=icon]")]
      .filter((node) => !/^\/[^/]/.test(node.getAttribute("src") ?? node.getAttribute("href")));
    return [...written, ...handlers, ...links, ...loads].map((node) => `${path}: ${node.outerHTML.slice(0, 120)}`);
  });
  assert.deepEqual(found.flat(), []);
});

for (const [kind, path] of Object.entries(KINDS)) {
  test(`${kind}: served with the headers for hosts, the page is whole and the console silent`, async () => {
    await registry.open(path, {}, async (page) => {
      const response = await page.request.get(registry.address + path);
      assert.match(response.headers()["content-security-policy"], /frame-ancestors 'none'/);
      assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".skip")).position), "absolute", "the style sheet holds");
    });
  });
}

test("the pictures of the mark may be shown by any site and are asked for again after five minutes", async () => {
  for (const service of ["ip0001-1212", "iot0001-1904"]) {
    for (const name of MARKS) {
      const { status, headers } = await fetch(`${registry.address}/${service}/${name}`);
      assert.equal(status, 200, name);
      assert.equal(headers.get("access-control-allow-origin"), "*", name);
      assert.equal(headers.get("cross-origin-resource-policy"), "cross-origin", name);
      assert.equal(headers.get("cache-control"), "public, max-age=300, must-revalidate", name);
    }
  }
  const page = await fetch(`${registry.address}/ip0001-1212/`);
  assert.equal(page.headers.get("access-control-allow-origin"), null);
});

test("for the mark the other hosts set the same headers", () => {
  const mark = headerRules(registry.out).find((rule) => rule.pattern.test("/ip0001-1212/mark.svg") && !rule.pattern.test("/")).headers;
  const apache = text(".htaccess").match(/<FilesMatch "(.*)">([^]*?)<\/FilesMatch>/);
  const nginx = text("headers.nginx.conf").match(/location ~ (\S+) \{([^]*?)\}/);
  for (const [name, value] of mark) {
    assert.match(apache[2].toLowerCase(), new RegExp(`^header always set ${name} "${value.replace("*", "\\*")}"$`, "m"));
    assert.match(nginx[2].toLowerCase(), new RegExp(`^\\s*add_header ${name} "${value.replace("*", "\\*")}" always;$`, "m"));
  }
  for (const file of MARKS) {
    assert.match(file, new RegExp(apache[1]));
    assert.match(`/ip0001-1212/${file}`, new RegExp(nginx[1]));
  }
});

test("a page of another site shows every picture of the mark, with CORS and under isolation too", async () => {
  const address = (name) => `${registry.address}/ip0001-1212/${name}`;
  const pictures = MARKS.flatMap((name) => [`<img src="${address(name)}" alt="">`, `<img crossorigin src="${address(name)}?cors" alt="">`]);
  const html = `<!doctype html><title>elsewhere</title>${pictures.join("")}`;
  for (const headers of [{}, { "cross-origin-embedder-policy": "require-corp" }]) {
    const elsewhere = await serveElsewhere(html, headers);
    const page = await registry.chromium.newPage();
    // To Chromium `localhost` is another site than 127.0.0.1, not only another origin.
    await page.goto(`http://localhost:${elsewhere.port}/`);
    const widths = await page.$$eval("img", (images) => images.map((image) => image.complete && image.naturalWidth));
    await page.close();
    elsewhere.close();
    assert.equal(widths.filter((width) => width > 0).length, pictures.length, String(widths));
  }
});

test("a picture of the mark opened by itself breaks no rule of the policy", async () => {
  for (const path of ["/ip0001-1212/mark.svg", "/tokuko0001-1710/mark-mono.svg", "/iot0001-1904/mark.svg"]) await registry.open(path, {}, async () => {});
});
