// A registry built by the real program, and a real Chromium to read it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const here = join(root, "tests", "browser");

/** The day on which the sample registry is looked at. */
export const DAY = "2026-11-22";

/** Builds a registry, by default the sample, into a temporary folder or the one named. */
export function build(registry = root, out = mkdtempSync(join(tmpdir(), "kohyo-"))) {
  execFileSync(join(root, "target", "debug", "kohyo"), [
    "build", "--root", registry, "--out", out, "--date", DAY, "--today", DAY, "--lang", "en",
  ], { stdio: ["ignore", "ignore", "ignore"] });
  return { out, remove: () => rmSync(out, { recursive: true, force: true }) };
}

/** Starts Chromium without any traffic of its own. */
export function browser() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
}

/** Every HTML file below a folder, as the path of its page. */
export function pages(folder, below = "") {
  return readdirSync(join(folder, below)).sort().flatMap((name) => {
    const path = join(below, name);
    if (statSync(join(folder, path)).isDirectory()) return pages(folder, path);
    if (!name.endsWith(".html")) return [];
    return [`/${name === "index.html" ? (below ? `${below}/` : "") : path}`];
  });
}

/** One page of each kind. */
export const KINDS = {
  home: "/",
  list: "/ip/",
  "ended list": "/ip/ended/",
  items: "/iot/items/",
  item: "/ip/items/housing/power-route/",
  regulation: "/tokuko/regulation/",
  "scheme mark": "/iot/mark/",
  "scheme page": "/ip/application/",
  providers: "/providers/",
  provider: "/providers/spring-cloud/",
  notices: "/notices/",
  notice: "/notices/2022-06-30-iot-revocation/",
  desk: "/desk/",
  standing: "/standing/",
  search: "/search/",
  compare: "/compare/",
  verify: "/verify/",
  "free page": "/about/",
  "all free pages": "/pages/",
  "service in force": "/ip0001-1212/",
  "service with data centres side by side": "/ip0006-1407/",
  "service with running withholdings": "/tokuko0003-1911/",
  "service with rare characters": "/tokuko0009-2511/",
  "continuing service": "/ip0004-2409/",
  "service whose mark rests": "/iot0003-2410/",
  "expired service": "/ip0003-1405/",
  "revoked service": "/iot0001-1904/",
  "lapsed service": "/ip0005-1903/",
  "ended service": "/tokuko0002-1803/",
  "page that is not there": "/404.html",
  "English home": "/en/",
  "English search": "/en/search/",
  "English compare": "/en/compare/",
  "English verify": "/en/verify/",
  "English list": "/en/tokuko/",
  "English items": "/en/ip/items/",
  "English item": "/en/tokuko/items/finance/sales/",
  "English regulation": "/en/ip/regulation/",
  "English mark": "/en/ip/mark/",
  "English scheme page": "/en/iot/application/",
  "English providers": "/en/providers/",
  "English notices": "/en/notices/",
  "English free pages": "/en/pages/",
  "English desk": "/en/desk/",
  "English standing": "/en/standing/",
  "English service": "/en/ip0006-1407/",
};
