// The keyboard alone is enough: every link is reached in the order of the page, and one sees where one is.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { colours } from "./contrast.mjs";
import { tab, watchFocus } from "./focus.mjs";
import { reader } from "./reader.mjs";
import { KINDS } from "./site.mjs";

const WIDE = { viewport: { width: 1280, height: 900 } };
const NARROW = { viewport: { width: 360, height: 640 } };
const SERVICE = KINDS["service in force"];

let registry;
before(async () => { registry = await reader(); });
after(() => registry?.close());

/** Walks a page from its first stop to its last and back, with everything unfolded. */
async function walk(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  await page.evaluate(colours);
  await page.evaluate(watchFocus);
  const count = await page.evaluate(() => window.walk.stops.length);
  await tab(page, count);
  await tab(page, count - 1, true);
  return page.evaluate(() => {
    window.walk.note();
    return { count: window.walk.stops.length, visited: window.walk.visited, faults: [...new Set(window.walk.faults)] };
  });
}

for (const [kind, path] of Object.entries(KINDS)) {
  test(`${kind}: Tab walks through every stop in order and back, each in sight and with a visible focus`, async () => {
    for (const window of [WIDE, NARROW]) {
      await registry.open(path, window, async (page) => {
        const { count, visited, faults } = await walk(page);
        const there = [...Array(count).keys()];
        assert.deepEqual(visited, [-1, ...there, ...there.slice(0, -1).reverse()], `${path} at ${window.viewport.width} px`);
        assert.deepEqual(faults, [], `${path} at ${window.viewport.width} px`);
      });
    }
  });

  test(`${kind}: the first stop leads past the head to the main part, and nothing holds the focus at the end`, async () => {
    await registry.open(path, WIDE, async (page) => {
      await tab(page, 1);
      assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.localName), "main");
      await tab(page, 1);
      assert.ok(await page.evaluate(() => {
        const next = document.querySelector("main a[href], main summary, main button, footer a[href]");
        return document.activeElement === next;
      }));
      await page.evaluate(() => [...document.querySelectorAll("a[href]")].at(-1).focus());
      await tab(page, 1);
      assert.ok(await page.evaluate(() => document.activeElement !== [...document.querySelectorAll("a[href]")].at(-1)));
    });
  });
}

for (const kind of ["home", "list", "service in force"]) {
  test(`${kind}: the focus stands out in the dark as well`, async () => {
    const { faults } = await registry.open(KINDS[kind], { ...WIDE, colorScheme: "dark" }, walk);
    assert.deepEqual(faults, []);
  });
}

test("a section is folded and unfolded by the keyboard", async () => {
  await registry.open(SERVICE, WIDE, async (page) => {
    const section = page.locator("details.items").nth(2);
    await section.locator("summary").focus();
    for (const key of ["Enter", "Space"]) {
      for (const open of [false, true]) {
        await page.keyboard.press(key);
        assert.equal(await section.evaluate((details) => details.open), open, `${key} makes it ${open}`);
      }
    }
  });
});

test("a link of the contents to a folded section brings its heading into sight", async () => {
  for (const window of [WIDE, NARROW]) {
    await registry.open(SERVICE, window, async (page) => {
      const section = page.locator("details.items").nth(4);
      await section.locator("summary").focus();
      await page.keyboard.press("Enter");
      const id = await section.getAttribute("id");
      await page.locator(`.contents a[href="#${id}"]`).focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction((id) => document.getElementById(id).matches(":target"), id);
      const covered = await section.locator("summary").evaluate((summary) => {
        const box = summary.getBoundingClientRect();
        return document.elementFromPoint((box.left + box.right) / 2, box.top + 4)?.closest("summary") !== summary;
      });
      assert.equal(covered, false, `at ${window.viewport.width} px`);
    });
  }
});

test("an address that names an item in a folded section unfolds it", async () => {
  await registry.open(SERVICE, WIDE, async (page) => {
    const row = page.locator("details.items tr[id]").nth(5);
    const section = row.locator("xpath=ancestor::details");
    await section.locator("summary").click();
    assert.equal(await section.evaluate((details) => details.open), false);
    await page.goto(`${registry.address}${SERVICE}#${await row.getAttribute("id")}`);
    await page.waitForFunction(() => document.querySelector("tr:target")?.checkVisibility());
    assert.equal(await section.evaluate((details) => details.open), true);
  });
});
