// The preview in a real Chromium: pages reload by themselves, problems stand over them, the bar is in nobody's way.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, beforeEach, test } from "node:test";

import AxeBuilder from "@axe-core/playwright";

import { DAY, browser, root } from "./site.mjs";

const Axe = AxeBuilder.default ?? AxeBuilder;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SERVICE = "content/services/ip/0001-1212/service.toml";
const PAGE = "/ip0001-1212/";
/** How long a busy machine may take to build, in milliseconds. */
const PATIENCE = 180_000;

let folder, program, address, chromium, record;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "kohyo-preview-"));
  cpSync(join(root, "content"), join(folder, "content"), { recursive: true });
  record = readFileSync(join(folder, SERVICE), "utf8");
  program = spawn(join(root, "target", "debug", "kohyo"), [
    "serve", "--root", folder, "--port", "0", "--date", DAY, "--lang", "ja",
  ], { env: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") }, stdio: ["ignore", "ignore", "pipe"] });
  const lines = createInterface({ input: program.stderr });
  address = await new Promise((told) => lines.once("line", (line) => told(line.match(/^http:\/\/127\.0\.0\.1:\d+/)[0])));
  chromium = await browser();
  // The first build draws every mark; until it is done the server lets a request wait and then says that there is no site yet.
  while ((await fetch(address + PAGE)).status === 503);
});
after(async () => {
  await chromium?.close();
  program?.kill();
  rmSync(folder, { recursive: true });
});
beforeEach(() => write(record));

const write = (text) => writeFileSync(join(folder, SERVICE), text);
const broken = () => record.replace('provider = "', 'provider = "no-');

/** Opens a page in a context of its own and hands it to `look`; whatever the browser complains of fails. */
async function open(options, look) {
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(address + PAGE);
  await look(page);
  await context.close();
  assert.deepEqual(faults, []);
}

test("a changed record reloads the page by itself, and the place in it is kept", async () => {
  await open({ viewport: { width: 800, height: 600 } }, async (page) => {
    await page.evaluate(() => scrollTo(0, 700));
    write(record.replace('summary = "', 'summary = "あたらしい要約。'));
    await page.getByText("あたらしい要約。").first().waitFor();
    await page.waitForFunction(() => Math.abs(scrollY - 700) < 60);
  });
});

test("an error opens the problems over the page, and they go when it is mended", async () => {
  await open({}, async (page) => {
    write(broken());
    await page.getByText("unknown-provider").waitFor({ state: "visible" });
    write(record);
    await page.getByText("unknown-provider").waitFor({ state: "detached" });
  });
});

test("the day is switched without scripts, and back to today", async () => {
  await open({ javaScriptEnabled: false }, async (page) => {
    const bar = page.locator("#kohyo_preview");
    await bar.getByLabel("示す日").fill("2025-02-01");
    await bar.getByRole("button", { name: "表示" }).click();
    // The page of another day is a new one, which has to come first.
    await bar.locator("input[value='2025-02-01']").waitFor();
    assert.equal(new URL(page.url()).pathname, PAGE);
    await bar.getByRole("button", { name: "今日に戻す" }).click();
    await bar.getByRole("button", { name: "今日に戻す" }).waitFor({ state: "hidden" });
    await bar.getByLabel("示す日").fill(DAY);
    await bar.getByRole("button", { name: "表示" }).click();
    await bar.locator(`input[value='${DAY}']`).waitFor();
  });
});

test("the bar stands at the window's lower edge, covers nothing at the page's end, and is not printed", async () => {
  for (const width of [320, 1280]) {
    await open({ viewport: { width, height: 700 } }, async (page) => {
      const place = () => page.evaluate(() => {
        const bar = document.getElementById("kohyo_preview").getBoundingClientRect();
        const foot = document.querySelector("footer").getBoundingClientRect();
        const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        return { lower: Math.round(innerHeight - bar.bottom), covered: Math.max(0, Math.round(foot.bottom - bar.top)), over };
      });
      assert.equal((await place()).lower, 0, `${width} px, at the page's beginning`);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      assert.deepEqual(await place(), { lower: 0, covered: 0, over: 0 }, `${width} px, at the page's end`);
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator("#kohyo_preview").isVisible(), false);
    });
  }
});

test("nothing that axe objects to, with and without errors, light and dark, wide and narrow", async () => {
  for (const text of [record, broken()]) {
    write(text);
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 320]) {
        await open({ colorScheme, viewport: { width, height: 900 } }, async (page) => {
          if (text !== record) await page.getByText("unknown-provider").waitFor();
          const { violations } = await new Axe({ page }).withTags(TAGS).analyze();
          const found = violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
          assert.deepEqual(found, [], `${colorScheme} ${width}`);
          if (process.env.PICTURES) {
            await page.screenshot({ path: join(process.env.PICTURES, `bar-${text === record}-${colorScheme}-${width}.png`) });
          }
        });
      }
    }
  }
});
