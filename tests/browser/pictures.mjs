// Pictures of the site. `node tests/browser/pictures.mjs [KIND…]` puts every kind of page into target/pictures: 360, 768 and
// 1280 px wide, light and dark, and as printed on A4 (needs pdftoppm of poppler-utils). `--readme` renews those in .readme.

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { serve } from "./server.mjs";
import { KINDS, browser, build, root } from "./site.mjs";

/** Pictures of the README: address, width and height. */
const README = {
  home: ["/", 1280, 820],
  service: ["/ip0006-1407/", 1280, 860],
  "data-centres": ["/ip0006-1407/#housing", 1280, 760],
  phone: ["/tokuko0003-1911/#finance", 360, 720],
  search: ["/search/?q=免震", 1280, 760],
  compare: ["/compare/?s=ip0001-1212,ip0006-1407,ip0008-2304#page_of_finance", 1280, 760],
  verify: ["/en/verify/?n=IP0001-1212", 768, 860],
};

const site = build();
const server = await serve(site.out);
const chromium = await browser();

/** Opens an address in a window of its own and hands the page to `look`. */
async function open(path, options, look) {
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  await page.goto(server.address + path, { waitUntil: "load" });
  await look(page);
  await context.close();
}

async function everyKind(only) {
  const folder = join(root, "target", "pictures");
  mkdirSync(folder, { recursive: true });
  const kinds = Object.entries(KINDS).map(([kind, path]) => [kind.replaceAll(" ", "-"), path]);
  for (const [name, path] of kinds.filter(([name]) => only.length === 0 || only.includes(name))) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [360, 768, 1280]) {
        const file = join(folder, `${name}-${width}-${colorScheme}.png`);
        await open(path, { colorScheme, viewport: { width, height: 900 } }, (page) => page.screenshot({ path: file, fullPage: true }));
      }
    }
    const pdf = join(folder, `${name}.pdf`);
    await open(path, {}, (page) => page.pdf({ path: pdf, preferCSSPageSize: true }));
    execFileSync("pdftoppm", ["-r", "60", "-png", pdf, join(folder, `${name}-print`)]);
    rmSync(pdf);
  }
}

async function readme() {
  for (const [name, [path, width, height]] of Object.entries(README)) {
    const file = join(root, ".readme", `${name}.png`);
    await open(path, { viewport: { width, height } }, async (page) => {
      await page.waitForLoadState("networkidle");
      const [, anchor] = path.split("#");
      if (anchor) await page.locator(`[id="${anchor}"]`).evaluate((place) => place.scrollIntoView());
      await page.screenshot({ path: file });
    });
  }
}

const names = process.argv.slice(2);
await (names[0] === "--readme" ? readme() : everyKind(names));
await chromium.close();
server.close();
site.remove();
