// Enlarged fourfold or set with more room between letters and lines, a page loses nothing.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { layoutFaults, spaceText } from "./layout.mjs";
import { reader } from "./reader.mjs";
import { KINDS } from "./site.mjs";

// A window of 1280 × 1024 px at 400 % leaves so much to the page.
const ENLARGED = { viewport: { width: 320, height: 256 } };

let registry;
before(async () => { registry = await reader(); });
after(() => registry?.close());

for (const [kind, path] of Object.entries(KINDS)) {
  test(`${kind}: at 400 % nothing is cut off, lies on something else or needs scrolling sideways`, async () => {
    await registry.open(path, ENLARGED, async (page) => assert.deepEqual(await page.evaluate(layoutFaults), []));
  });

  test(`${kind}: with the spacing that a reader may ask for, nothing is cut off or lies on something else`, async () => {
    for (const width of [320, 768, 1280]) {
      await registry.open(path, { viewport: { width, height: 900 } }, async (page) => {
        await page.evaluate(spaceText);
        assert.deepEqual(await page.evaluate(layoutFaults), [], `at ${width} px`);
      });
    }
  });
}

test("at 400 % what stays in place leaves most of the window to the text", async () => {
  await registry.open(KINDS["service in force"], ENLARGED, async (page) => {
    await page.locator("details.items").nth(3).evaluate((section) => section.scrollIntoView());
    const taken = await page.evaluate(() => [...document.body.querySelectorAll("*")]
      .filter((element) => getComputedStyle(element).position === "sticky" && element.checkVisibility())
      .map((element) => element.getBoundingClientRect())
      .filter((box) => box.bottom > 0 && box.top < innerHeight)
      .reduce((sum, box) => sum + box.height, 0));
    assert.ok(taken <= 256 / 5, `${taken} of 256 px`);
  });
});
