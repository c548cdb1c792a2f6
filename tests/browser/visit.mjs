// Visits to a registry by people with a keyboard, a mouse, a narrow window: each in a browser of its own, where nothing is kept.

import assert from "node:assert/strict";

import axe from "axe-core";

const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
};

/** Opens a page and hands it to `look`. Whatever the browser complains of fails, but for files that `missing` names. */
export async function open({ chromium, address }, path, options, look, missing = /^$/) {
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    if (!missing.test(message.location().url)) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("blob:")) faults.push(`asks ${request.url()}`);
  });
  await page.goto(address + path);
  await look(page);
  await context.close();
  assert.deepEqual(faults, [], path);
}

/** Nothing that axe objects to and no scrolling sideways, in light and dark, wide and narrow; `ready` brings about what is looked at. */
export async function faultless(registry, path, ready, missing) {
  await open(registry, path, {}, async (page) => {
    await ready(page);
    await page.evaluate(axe.source);
    for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 320], ["dark", 320]]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await page.evaluate((rules) => window.axe.run(rules), RULES);
      const found = violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
      assert.deepEqual(found, [], `${path} ${colorScheme} ${width}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, `${path} at ${width} px`);
    }
  }, missing);
}

/** Whether nothing that is fixed or sticky stands over the element that has the focus. */
export function focusIsSeen(page) {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === document.body) return true;
    const { left, top, width, height } = focused.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    const stands = (element) => ["fixed", "sticky"].includes(getComputedStyle(element).position);
    for (let above = seen; above && !above.contains(focused); above = above.parentElement) if (stands(above)) return false;
    return seen !== null;
  });
}

/** Presses Tab until `locator` has the focus; at most `most` times. */
export async function tabTo(page, locator, most = 200) {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press("Tab");
    if (await locator.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`${locator} is not reached with Tab`);
}
