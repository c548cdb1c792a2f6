// The worst case: every field as long as a person could write it, rare characters, four data centres, twelve events.
// Its pages stay whole and readable.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import axe from "axe-core";

import { colours, texts } from "./contrast.mjs";
import { layoutFaults, spaceText } from "./layout.mjs";
import { reader } from "./reader.mjs";
import { DAY, pages, root } from "./site.mjs";

const WORST = join(root, "tests", "worst");
const FOUR_CENTRES = "/ip0001-2012/";
const SIDE_BY_SIDE = "/ip0002-2503/";
const REVOKED = "/ip0003-1804/";
const SERVICES = [FOUR_CENTRES, SIDE_BY_SIDE, REVOKED].flatMap((path) => [path, `/en${path}`]);

let registry;
before(async () => { registry = await reader(WORST); });
after(() => registry?.close());

test("the program finds no error in these records", () => {
  const run = execFileSync(join(root, "target", "debug", "kohyo"), ["check", "--root", WORST, "--date", DAY, "--format", "json"], {
    encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26,
  });
  assert.deepEqual(JSON.parse(run).filter((problem) => problem.severity === "error"), []);
});

for (const width of [320, 768, 1280]) {
  test(`at ${width} px no page has anything beyond the window, cut off or on top of something else`, async () => {
    for (const path of pages(registry.out)) {
      await registry.open(path, { viewport: { width, height: 900 } }, async (page) => {
        assert.deepEqual(await page.evaluate(layoutFaults), [], path);
      });
    }
  });

  test(`at ${width} px the cells of a table keep apart`, async () => {
    for (const path of SERVICES) {
      await registry.open(path, { viewport: { width, height: 900 } }, async (page) => {
        const crossing = await page.$$eval("table", (tables) => tables.flatMap((table) => {
          const boxes = [...table.querySelectorAll("tbody th, tbody td")].map((cell) => [cell, cell.getBoundingClientRect()]);
          return boxes.flatMap(([one, a], n) => boxes.slice(n + 1, n + 30)
            .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
            .map(([other]) => `${one.textContent.slice(0, 20)} × ${other.textContent.slice(0, 20)}`));
        }));
        assert.deepEqual(crossing, [], path);
      });
    }
  });
}

test("with the spacing that a reader may ask for, the services' pages stay whole", async () => {
  for (const path of SERVICES) {
    await registry.open(path, { viewport: { width: 320, height: 900 } }, async (page) => {
      await page.evaluate(spaceText);
      assert.deepEqual(await page.evaluate(layoutFaults), [], path);
    });
  }
});

test("in the dark every text has its contrast", async () => {
  for (const path of SERVICES) {
    await registry.open(path, { colorScheme: "dark" }, async (page) => {
      await page.evaluate(colours);
      const seen = await page.evaluate(texts);
      assert.deepEqual(seen.texts.filter((text) => text.contrast < 7), [], path);
    });
  }
});

test("on paper nothing goes beyond the sheet or lies on something else", async () => {
  for (const path of pages(registry.out)) {
    await registry.open(path, { viewport: { width: 680, height: 960 } }, async (page) => {
      await page.emulateMedia({ media: "print" });
      assert.deepEqual(await page.evaluate(layoutFaults), [], path);
    });
  }
});

test("all data centres are there, each with all of its answers", async () => {
  for (const [path, count] of [[FOUR_CENTRES, 4], [SIDE_BY_SIDE, 3]]) {
    for (const address of [path, `/en${path}`]) {
      const { sections } = JSON.parse(readFileSync(join(registry.out, path, "index.json"), "utf8"));
      const labels = sections.filter((section) => section.label).map((section) => section.label);
      assert.equal(labels.length, count);
      await registry.open(address, {}, async (page) => {
        const shown = await page.$$eval(".items > summary small, .items .side thead th[lang]", (nodes) => nodes.map((node) => node.textContent));
        assert.deepEqual(shown, labels);
        for (const centre of [...labels.keys()]) {
          const suffix = centre > 0 ? `-${centre + 1}` : "";
          assert.equal(await page.locator(`[id="housing.word${suffix}"]`).count(), 1);
        }
      });
    }
  }
});

test("every text is on the page with all of its characters", async () => {
  for (const path of [FOUR_CENTRES, SIDE_BY_SIDE]) {
    const data = JSON.parse(readFileSync(join(registry.out, path, "index.json"), "utf8"));
    const answers = data.sections.flatMap((section) => section.items.map((item) => item.answer.text)).filter((text) => text !== undefined);
    for (const address of [path, `/en${path}`]) {
      await registry.open(address, {}, async (page) => {
        const shown = await page.$$eval(".answer .text", (nodes) => nodes.map((node) => node.textContent));
        assert.deepEqual(shown.sort(), answers.sort(), address);
        const body = await page.evaluate(() => document.querySelector("main").textContent);
        const others = [data.name, data.provider.name, ...data.events.flatMap((event) => [event.note, event.was])].filter(Boolean);
        assert.deepEqual(others.filter((text) => !body.includes(text)), [], address);
      });
    }
  }
});

test("every state of an answer and all twelve events are there", async () => {
  const data = JSON.parse(readFileSync(join(registry.out, FOUR_CENTRES, "index.json"), "utf8"));
  const kinds = new Set(data.sections.flatMap((section) => section.items.map((item) => item.answer.kind)));
  assert.deepEqual([...kinds].sort(), ["none", "not-stated", "pending", "text", "undisclosed", "withheld"]);
  assert.equal(data.events.length, 12);
  for (const address of [FOUR_CENTRES, `/en${FOUR_CENTRES}`]) {
    await registry.open(address, {}, async (page) => {
      assert.equal(await page.locator("section[aria-labelledby=page_events] tbody tr").count(), 12);
      for (const state of ["none", "undisclosed", "withheld", "pending", "not-stated"]) {
        assert.ok(await page.locator(`.items .state.${state}`).count() > 0, state);
      }
    });
  }
});

test("axe objects to nothing, light and dark, wide and narrow", async () => {
  const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };
  for (const path of SERVICES) {
    await registry.open(path, {}, async (page) => {
      await page.evaluate(axe.source);
      for (const [colorScheme, width] of [["light", 1280], ["dark", 320]]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const { violations } = await page.evaluate((rules) => window.axe.run(rules), rules);
        assert.deepEqual(violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`), [], `${path} ${colorScheme}`);
      }
    });
  }
});
