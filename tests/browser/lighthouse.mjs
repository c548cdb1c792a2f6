// Lighthouse on the sample registry, or on that of another root. `node tests/browser/lighthouse.mjs [--root DIR] [PATH…]` prints the
// four categories of each page, as a telephone and as a desktop computer sees it, and what keeps a category below 100. Speed depends
// on the machine that measures.

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import desktop from "lighthouse/core/config/desktop-config.js";

import { serve } from "./server.mjs";
import { build, root } from "./site.mjs";

export const PATHS = [
  "/", "/ip/", "/ip0001-1212/", "/ip/regulation/", "/ip/application/", "/ip/items/", "/ip/items/housing/power-route/",
  "/search/?q=免震", "/compare/?s=ip0001-1212,ip0006-1407", "/verify/?n=IP0001-1212",
];
export const FORMS = { mobile: undefined, desktop };
export const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

// Where speed is not asked for, there is nothing to wait for after a page has been loaded.
const AT_ONCE = {
  throttlingMethod: "provided", pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0,
  disableFullPageScreenshot: true,
};

/** A root's registry, built for the address at which it is served, and a browser that Lighthouse can steer. */
export async function laboratory(of = root) {
  const folder = mkdtempSync(join(tmpdir(), "kohyo-lighthouse-"));
  const server = await serve(join(folder, "public"));
  cpSync(join(of, "content"), join(folder, "content"), { recursive: true });
  if (existsSync(join(of, "themes"))) symlinkSync(join(of, "themes"), join(folder, "themes"));
  const settings = join(folder, "content", "registry.toml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace(/^base_url = .*$/m, `base_url = "${server.address}/"`));
  const site = build(folder, join(folder, "public"));
  const chrome = await launch({
    chromePath: "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update"],
  });

  /** The scores of a page and the audits that fail, by category. */
  async function examine(path, form, categories = CATEGORIES) {
    const waiting = categories.includes("performance") ? {} : AT_ONCE;
    const options = { port: chrome.port, onlyCategories: categories, logLevel: "error", output: "json", ...waiting };
    const { lhr } = await lighthouse(server.address + path, options, FORMS[form]);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return Object.values(lhr.categories).map(({ id, score, auditRefs }) => ({
      id,
      score: Math.round(score * 100),
      failed: auditRefs.filter(({ weight, id }) => weight > 0 && (lhr.audits[id].score ?? 1) < .9)
        .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`.trim()),
    }));
  }

  async function close() {
    await chrome.kill();
    server.close();
    site.remove();
    rmSync(folder, { recursive: true, force: true });
  }

  return { examine, close };
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals: paths } = parseArgs({ args: argv.slice(2), options: { root: { type: "string" } }, allowPositionals: true });
  const { examine, close } = await laboratory(values.root);
  console.log(["page".padEnd(40), "form".padEnd(8), ...CATEGORIES].join("  "));
  for (const path of paths.length > 0 ? paths : PATHS) {
    for (const form of Object.keys(FORMS)) {
      const found = await examine(path, form);
      const scores = CATEGORIES.map((id) => String(found.find((category) => category.id === id).score).padStart(id.length));
      console.log([path.padEnd(40), form.padEnd(8), ...scores].join("  "));
      for (const { id, failed } of found) if (failed.length > 0) console.log(`  ${id}: ${failed.join(", ")}`);
    }
  }
  await close();
}
