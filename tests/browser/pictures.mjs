// Pictures of every kind of page: 360, 768 and 1280 px wide, light and dark, and as printed on A4.
// `node tests/browser/pictures.mjs [FOLDER] [KIND…]`; FOLDER is target/pictures by default. Printing needs pdftoppm (poppler-utils).

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { KINDS, browser, build, root, serve } from "./site.mjs";

const [folder = join(root, "target", "pictures"), ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const site = build();
const server = await serve(site.out);
const chromium = await browser();
for (const [kind, path] of Object.entries(KINDS)) {
  const name = kind.replaceAll(" ", "-");
  if (only.length > 0 && !only.includes(name)) continue;
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 768, 1280]) {
      const context = await chromium.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto(server.address + path);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await context.close();
    }
  }
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(server.address + path);
  const pdf = join(folder, `${name}.pdf`);
  await page.pdf({ path: pdf, format: "A4", preferCSSPageSize: true });
  await context.close();
  execFileSync("pdftoppm", ["-r", "60", "-png", pdf, join(folder, `${name}-print`)]);
  rmSync(pdf);
}
await chromium.close();
server.close();
site.remove();
