// Lists that answer questions, and the pages of items, in a real Chromium: by mouse, by keyboard, on a phone, without scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import axe from "axe-core";

import { serve } from "./server.mjs";
import { browser, build } from "./site.mjs";

const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
};
const LISTS = ["/ip/", "/iot/", "/tokuko/", "/en/ip/", "/ip/ended/", "/en/tokuko/ended/"];

let site, server, chromium;
before(async () => {
  site = build();
  server = await serve(site.out);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
  site?.remove();
});

/** Opens a page in a context of its own, waits until its filters are there, and hands it to `look`. */
async function open(path, options, look, prepare) {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  await prepare?.(page);
  await page.goto(server.address + path);
  if (options?.javaScriptEnabled !== false && await page.locator("#page_filter").count()) {
    await page.locator("#page_filter:not([hidden])").waitFor({ state: "attached" });
  }
  await look(page);
  await context.close();
  assert.deepEqual(faults, [], path);
}

const rows = (page) => page.locator("#page_list tbody tr");
const numbers = (page) => page.locator("#page_list tbody .number").allInnerTexts();
const digits = (text) => Number(text.replace(/\D/g, ""));
const query = async (page) => decodeURIComponent(await page.evaluate(() => location.search));

for (const path of LISTS) {
  test(`${path}: every option leads to as many rows as it says`, async () => {
    await open(path, {}, async (page) => {
      for (const box of await page.locator("#page_filter [type=checkbox]").all()) {
        const label = page.locator("label", { has: page.locator(`input[name="${await box.getAttribute("name")}"][value="${await box.inputValue()}"]`) });
        const said = digits(await label.locator(".n").innerText());
        await box.check();
        assert.equal(await rows(page).count(), said, `${path} ${await box.inputValue()}`);
        await box.uncheck();
      }
      for (const select of await page.locator("#page_filter select:not([name=sort])").all()) {
        for (const option of await select.locator("option").all()) {
          const [value, text] = [await option.getAttribute("value"), await option.innerText()];
          if (!value) continue;
          await select.selectOption(value);
          assert.equal(await rows(page).count(), digits(text.match(/[（(](\d+)[）)]$/)[1]), `${path} ${text}`);
          await select.selectOption("");
        }
      }
    });
  });

  test(`${path}: a row that the script makes is the row that the server made`, async () => {
    await open(path, {}, async (page) => {
      const made = () => rows(page).evaluateAll((list) => list.map((row) => row.outerHTML).sort());
      const sent = await made();
      await page.selectOption("#page_sort", "name");
      assert.deepEqual(await made(), sent);
    });
  });
}

test("counts follow the conditions of the other groups and tell what a further one leaves", async () => {
  await open("/ip/", {}, async (page) => {
    await page.selectOption("#page_provider", "yukitsubaki-dp");
    const count = (value) => page.locator("label", { has: page.locator(`[value="${value}"]`) }).locator(".n").innerText();
    assert.equal(digits(await count("hardware")), 2);
    assert.equal(digits(await count("system")), 0);
    await page.check("[value=network]");
    assert.deepEqual(await numbers(page), ["IP0006-1407"]);
    assert.equal(digits(await count("hardware")), 2, "options of one group add to each other");
  });
});

test("numbers, names and readings are found in any width, as one types", async () => {
  await open("/ip/", {}, async (page) => {
    const found = async (text) => {
      await page.fill("#page_query", text);
      return numbers(page);
    };
    assert.deepEqual(await found("ＩＰ０００６"), ["IP0006-1407"]);
    assert.deepEqual(await found("あめんぼ"), ["IP0009-2412"]);
    assert.deepEqual(await found("edge  run"), ["IP0009-2412"]);
    assert.deepEqual(await found(""), ["IP0001-1212", "IP0004-2409", "IP0006-1407", "IP0008-2304", "IP0009-2412"]);
    assert.equal(await query(page), "");
  });
});

test("terms that end within some days are counted from the day of the list", async () => {
  await open("/ip/", {}, async (page) => {
    await page.selectOption("#page_ends", "30");
    assert.deepEqual(await numbers(page), ["IP0001-1212", "IP0004-2409", "IP0009-2412"]);
    await page.selectOption("#page_sort", "ends");
    assert.deepEqual(await numbers(page), ["IP0004-2409", "IP0001-1212", "IP0009-2412"]);
  });
});

test("order is by number, name as it is read, day of certification or last day", async () => {
  await open("/ip/", {}, async (page) => {
    const by = async (order) => {
      await page.selectOption("#page_sort", order);
      return (await numbers(page)).map((number) => number.slice(5, 6)).join("");
    };
    assert.equal(await by("name"), "94168");
    assert.equal(await by("certified"), "94861");
    assert.equal(await by("ends"), "41986");
    assert.equal(await by(""), "14689");
  });
});

test("the state stands in the address: it survives reloading, and the back button goes step by step", async () => {
  await open("/ip/", {}, async (page) => {
    await page.check("[value=hardware]");
    await page.check("[value=valid]");
    await page.locator("#page_query").pressSequentially("つばき");
    assert.equal(await query(page), "?q=つばき&standing=valid&category=hardware");
    const asked = ["IP0006-1407", "IP0008-2304"];
    assert.deepEqual(await numbers(page), asked);
    await page.reload();
    await page.locator("#page_filter:not([hidden])").waitFor();
    assert.deepEqual(await numbers(page), asked);
    assert.equal(await page.inputValue("#page_query"), "つばき");
    await page.locator("#page_list .main a").first().click();
    await page.waitForURL("**/ip0006-1407/");
    await page.goBack();
    await page.locator("#page_filter:not([hidden])").waitFor();
    await page.waitForFunction(() => document.querySelectorAll("#page_list tbody tr").length === 2);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("#page_query").value === "");
    assert.equal(await query(page), "?standing=valid&category=hardware");
    await page.goBack();
    await page.waitForFunction(() => !document.querySelector("[value=valid]").checked);
    assert.equal(await rows(page).count(), 3);
  });
});

test("nothing found: the page says which condition to drop, and dropping it helps", async () => {
  await open("/ip/?standing=continuing&provider=spring-cloud", {}, async (page) => {
    assert.equal(await page.locator("#page_list").isVisible(), false);
    const ways = page.locator("#page_loosen li button");
    assert.deepEqual(await ways.allInnerTexts(), ["「事業者」の条件を外す（1件）", "「状態」の条件を外す（1件）"]);
    await ways.first().click();
    assert.deepEqual(await numbers(page), ["IP0004-2409"]);
    assert.equal(await page.evaluate(() => document.activeElement.closest("tr") !== null), true, "one goes on at the rows");
    await page.locator("#page_filter [type=reset]").click();
    assert.equal(await rows(page).count(), 5);
    assert.equal(await query(page), "");
  });
});

test("by keyboard alone: a condition is set, the number of hits is announced, and everything is cleared", async () => {
  await open("/tokuko/", {}, async (page) => {
    await page.focus("#page_filter summary");
    const reach = async (selector) => {
      for (let at = 0; at < 40; at += 1) {
        if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`${selector} is not reached`);
    };
    await reach("[name='housing.base-isolation'][value='免震']");
    await page.keyboard.press("Space");
    const status = page.locator("#page_hits");
    assert.equal(await status.innerText(), `6件中${await rows(page).count()}件`);
    assert.notEqual(await rows(page).count(), 6);
    await reach("#page_filter [type=reset]");
    await page.keyboard.press("Enter");
    assert.equal(await rows(page).count(), 6);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
  });
});

/** A registry of several parts: every service of the sample many times over. */
async function manyParts(page) {
  await page.route("**/ip/list*.json", async (route) => {
    const part = await (await route.fetch({ url: `${server.address}/ip/list.json` })).json();
    part.parts = 2;
    for (const [column, values] of Object.entries(part.services)) {
      part.services[column] = Array.from({ length: 30 }, () => values).flat();
    }
    await route.fulfill({ json: part });
  });
}

test("a scheme in several parts is searched whole and shown a hundred rows at a time", async () => {
  await open("/ip/?sort=name", {}, async (page) => {
    assert.equal(await page.locator("#page_hits").innerText(), "300件中300件");
    assert.equal(await rows(page).count(), 100);
    await page.locator("#page_more button").click();
    assert.equal(await rows(page).count(), 200);
    assert.equal(await rows(page).nth(100).locator("a").first().evaluate((link) => link === document.activeElement), true);
    await page.locator("#page_more button").click();
    assert.equal(await rows(page).count(), 300);
    assert.equal(await page.locator("#page_more").isVisible(), false);
  }, manyParts);
});

test("on a phone the conditions wait behind one heading, and nothing scrolls sideways", async () => {
  for (const width of [320, 360]) {
    await open("/ip/", { viewport: { width, height: 800 }, hasTouch: true }, async (page) => {
      assert.equal(await page.locator("#page_query").isVisible(), false);
      await page.locator("#page_filter summary").tap();
      await page.locator("[value=development]").tap();
      assert.deepEqual(await numbers(page), ["IP0009-2412"]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0);
    });
  }
});

test("without a script the list stands whole and no control that does nothing is shown", async () => {
  await open("/ip/?standing=continuing", { javaScriptEnabled: false }, async (page) => {
    assert.equal(await rows(page).count(), 5);
    assert.equal(await page.locator("#page_filter").isVisible(), false);
    assert.equal(await page.locator("#page_loosen").isVisible(), false);
  });
});

test("the filters come without moving what is below them", async () => {
  for (const width of [360, 1280]) {
    await open("/ip/", { viewport: { width, height: 900 } }, async (page) => {
      const shift = await page.evaluate(() => new Promise((done) => {
        new PerformanceObserver((list) => done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
          .observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => done(0)));
      }));
      assert.equal(shift, 0, `${width} px`);
    });
  }
});

test("from a row of a service to every service's answer, to the next item, and back to the row", async () => {
  await open("/ip0001-1212/#housing.power-route", {}, async (page) => {
    await page.locator("[id='housing.power-route'] .all").click();
    await page.waitForURL("**/ip/items/housing/power-route/");
    assert.equal(await page.locator(".answers tbody tr").count(), 5);
    await page.locator(".answers a", { hasText: "IP0006-1407" }).click();
    await page.waitForURL("**/ip0006-1407/#housing.power-route");
    assert.equal(await page.evaluate(() => document.querySelector(":target").id), "housing.power-route");
    await page.goBack();
    await page.locator(".turn [rel=next]").click();
    await page.waitForURL((url) => !url.pathname.includes("power-route"));
    await page.locator(".crumbs a").last().click();
    await page.waitForURL("**/ip/items/");
  });
});

const LOOKED_AT = {
  "narrowed list": "/ip/?standing=valid&category=hardware&sort=name",
  "list where nothing is found": "/ip/?standing=continuing&provider=spring-cloud",
  "ended list": "/en/ip/ended/?sort=ended",
  "items": "/tokuko/items/",
  "item of a repeating section": "/ip/items/housing/building-type/",
  "item with withheld answers": "/en/tokuko/items/finance/sales/",
};
for (const [kind, path] of Object.entries(LOOKED_AT)) {
  test(`${kind}: nothing that axe objects to, light and dark, wide and narrow`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 320]) {
        await open(path, { colorScheme, viewport: { width, height: 900 } }, async (page) => {
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate((rules) => window.axe.run(rules), RULES);
          assert.deepEqual(violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`), [], `${path} ${colorScheme} ${width}`);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(over, 0, `${path} ${width}`);
        });
      }
    }
  });
}
