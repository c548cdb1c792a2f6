// On paper a page says where it is from and of which day it is, and everything on it is there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { colours, texts } from "./contrast.mjs";
import { layoutFaults } from "./layout.mjs";
import { reader } from "./reader.mjs";
import { DAY, KINDS } from "./site.mjs";

const SHEETS = ["home", "list", "regulation", "scheme page", "service in force", "service with data centres side by side", "revoked service", "English service"];
// A4 less its margins of 15 mm, in CSS pixels.
const PAPER = { viewport: { width: 680, height: 960 } };
const MARGIN = 15 / 25.4 * 72;

let registry, folder;
before(async () => {
  registry = await reader();
  folder = mkdtempSync(join(tmpdir(), "kohyo-print-"));
});
after(async () => {
  await registry?.close();
  rmSync(folder, { recursive: true });
});

/** Prints a page on A4 on the registry's day and hands its words, with their places on the sheet, to `look`. */
async function printed(path, look, before = async () => {}) {
  await registry.open(path, { timezoneId: "Asia/Tokyo" }, async (page) => {
    await page.clock.setFixedTime(new Date(`${DAY}T12:00:00+09:00`));
    await before(page);
    const file = join(folder, "sheet.pdf");
    await page.pdf({ path: file, format: "A4", preferCSSPageSize: true });
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 }).normalize("NFKC");
    const boxes = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
    await look({ text: text.replace(/\s/g, ""), boxes }, page);
  });
}

for (const kind of SHEETS) {
  const path = KINDS[kind];
  test(`${kind}: the sheet tells its address, the day of the registry and the day of printing`, async () => {
    await printed(path, async ({ text }) => {
      const [, ...days] = path.startsWith("/en/") ? [0, "Asof22November2026", "Printedon22November2026"] : [0, "2026年11月22日現在", "印刷日:2026年11月22日"];
      for (const part of [`https://registry.example.jp${path}`, ...days]) assert.ok(text.includes(part), `${part} in ${text.slice(0, 300)}`);
    });
  });

  test(`${kind}: nothing on the sheet is cut off at its edges`, async () => {
    await printed(path, async ({ boxes }) => {
      const [, width] = boxes.match(/<page width="([\d.]+)"/).map(Number);
      const over = [...boxes.matchAll(/<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">(.*?)<\/word>/g)]
        .filter(([, left, right]) => left < MARGIN - 2 || right > width - MARGIN + 2).map(([, left, right, word]) => `${word} ${left}–${right}`);
      assert.deepEqual(over, []);
    });
    await registry.open(path, PAPER, async (page) => {
      await page.emulateMedia({ media: "print" });
      assert.deepEqual(await page.evaluate(layoutFaults), []);
    });
  });

  test(`${kind}: the sheet is dark on white, whatever the screen is like`, async () => {
    await registry.open(path, PAPER, async (page) => {
      await page.evaluate(colours);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ media: "print", colorScheme });
        const seen = await page.evaluate(texts);
        assert.equal(seen.ground, 1, colorScheme);
        assert.equal(seen.ink, 0, colorScheme);
        assert.deepEqual(seen.texts.filter((text) => text.contrast < 7), [], colorScheme);
      }
    });
  });
}

for (const [kind, standing] of [["service in force", "有効"], ["continuing service", "更新審査中(効力継続)"], ["revoked service", "認定取消し"], ["lapsed service", "効力喪失"]]) {
  test(`${kind}: the sheet tells the standing`, async () => {
    await printed(KINDS[kind], async ({ text }) => assert.ok(text.includes(standing)));
  });
}

test("what is folded on the screen is on the sheet", async () => {
  const fold = (page) => page.$$eval("details.items", (sections) => sections.forEach((section) => { section.open = false; }));
  let open;
  await printed(KINDS["service in force"], async ({ text }) => { open = text; });
  await printed(KINDS["service in force"], async ({ text }, page) => {
    assert.equal(text, open);
    const answers = await page.$$eval("details.items .answer .text", (nodes) => nodes.map((node) => node.textContent));
    // Of a longer answer the cells beside it stand between the lines.
    const missing = answers.map((answer) => answer.normalize("NFKC").trim().split("\n")[0].replace(/\s/g, "").slice(0, 12)).filter((answer) => !text.includes(answer));
    assert.deepEqual(missing, []);
  }, fold);
});

test("without scripts the sheet still tells its address and the day of the registry", async () => {
  await registry.open(KINDS["service in force"], { javaScriptEnabled: false }, async (page) => {
    const file = join(folder, "sheet.pdf");
    await page.pdf({ path: file, format: "A4" });
    const text = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" }).normalize("NFKC").replace(/\s/g, "");
    assert.ok(text.includes("https://registry.example.jp/ip0001-1212/"));
    assert.ok(text.includes("2026年11月22日現在"));
  });
});
