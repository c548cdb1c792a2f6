// Search: the page's own script on the files of the sample registry, against reading every public text; then as people use it,
// in a real Chromium.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import AxeBuilder from "@axe-core/playwright";

import { serve } from "./server.mjs";
import { browser, build, root } from "./site.mjs";

const Axe = AxeBuilder.default ?? AxeBuilder;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let site, server, chromium, find, fold, services;
before(async () => {
  site = build();
  server = await serve(site.out);
  chromium = await browser();
  writeFileSync(join(site.out, "package.json"), '{ "type": "module" }');
  find = await import(pathToFileURL(join(site.out, "assets", "find.js")));
  ({ fold } = await import(pathToFileURL(join(site.out, "assets", "fold.js"))));
  services = everyService();
});
after(async () => {
  await chromium?.close();
  server?.close();
  site?.remove();
});

// ---- against reading everything

/** Every service with every text of which any part may be found, and the number that is found whole or not at all. */
function everyService() {
  const search = join(site.out, "assets", "search");
  const blocks = readdirSync(search).filter((name) => name.startsWith("cards-"));
  const cards = blocks.flatMap((name) => JSON.parse(readFileSync(join(search, name), "utf8")));
  return cards.map((card) => {
    const index = JSON.parse(readFileSync(join(site.out, card.slug, "index.json"), "utf8"));
    assert.equal(index.number, card.number);
    const { name, provider } = card;
    const names = [name, card.name_en, card.kana, ...card.former ?? [], ...card.parts ?? [], provider.name, provider.name_en, provider.kana, ...provider.former ?? []];
    const disclosed = (index.sections ?? []).flatMap(({ label, items }) => [label, ...items.map((item) => item.answer.text)]);
    return { slug: card.slug, texts: [card.number, ...names, index.summary, ...disclosed].filter(Boolean), corporate: provider.corporate_number };
  });
}

/** What search shows for a query when all of it is shown. */
async function found(query) {
  const shown = [];
  await find.within(`${server.address}/`, async (registry) => {
    const asked = await registry.ask(query, true);
    for (const ended of [false, true]) {
      const own = [];
      for await (const hit of registry.named(asked, ended)) own.push(hit.card.slug);
      const rest = registry.ids(asked.texts, ended);
      for (const id of rest) {
        const { slug } = await registry.card(id);
        const { texts, corporate } = services.find((service) => service.slug === slug);
        const fields = [...texts.map((text) => ({ text })), ...corporate ? [{ text: corporate, kind: "corporate" }] : []];
        if (!own.includes(slug) && find.holdAll(asked.terms, fields)) own.push(slug);
      }
      shown.push(...own);
    }
  });
  return shown.sort();
}

const words = (spelling) => [...spelling.normalize("NFKC").matchAll(/["「]([^"」]*)["」]|(\S+)/g)].map(([, phrase, word]) => fold(phrase ?? word).trim());

/** Which services hold, folded and then spelled in this way too, every word of one of the spellings. */
function truth(spellings, spelled = (text) => text) {
  const holds = ({ texts, corporate }, spelling) => words(spelling).map(spelled).every((word) => (
    texts.some((text) => text.includes(word)) || corporate && word.replace(/^t|-/g, "") === corporate
  ));
  const folded = services.map((service) => ({ ...service, texts: service.texts.map((text) => spelled(fold(text))) }));
  return folded.filter((service) => spellings.some((spelling) => holds(service, spelling))).map(({ slug }) => slug).sort();
}

test("the script folds as the program does", () => {
  const lines = readFileSync(join(root, "tests", "search", "folded.tsv"), "utf8").trimEnd().split("\n");
  assert.ok(lines.length > 500);
  for (const line of lines) {
    const [text, folded] = line.split("\t").map((part) => JSON.parse(part));
    assert.equal(fold(text), folded, text);
  }
});

test("every query finds all services that hold it, and no other", async () => {
  const lines = readFileSync(join(root, "tests", "search", "queries.txt"), "utf8").split("\n");
  const queries = lines.filter((line) => line && !line.startsWith("#")).map((line) => line.split(" | "));
  assert.ok(queries.length >= 60);
  let hits = 0;
  for (const spellings of queries) {
    const expected = truth(spellings);
    assert.deepEqual(await found(spellings[0]), expected, spellings[0]);
    hits += expected.length;
  }
  assert.ok(hits > 300, `${hits}`);
});

/** The same numbers in every run. */
function* random(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("any part of any public text finds its service, and only services that hold it", async () => {
  const numbers = random(20261122);
  const below = (limit) => Math.floor(numbers.next().value * limit);
  let tried = 0;
  while (tried < 400) {
    const { slug, texts } = services[below(services.length)];
    const characters = [...texts[below(texts.length)]];
    const from = below(characters.length);
    const part = characters.slice(from, from + 1 + below(12)).join("");
    // Quotes and white space cut a query into words, and a mark alone belongs to the character in front.
    if (/["“”「」『』\s\0]|^[\u3099\u309aﾞﾟ]/.test(part.normalize("NFKC")) || !fold(part).trim()) continue;
    tried++;
    const shown = await found(part);
    // What is cut out of (株) is no spelling of it.
    if (!/[(（]株?$|^株?[)）]/.test(part)) assert.ok(shown.includes(slug), `${part} of ${slug}`);
    const literal = truth([part]);
    for (const service of literal) assert.ok(shown.includes(service), `${part} stands in ${service}`);
    // Words in katakana are found without the mark at their end, digits in other dates and spellings, names with and without dots.
    if (/[ァ-ヺー]{3}|\d/.test(part.normalize("NFKC"))) continue;
    const loose = truth([part], (text) => text.replace(/・/g, "").replace(/[けが]/g, "か"));
    for (const service of shown) assert.ok(loose.includes(service), `${part} is shown of ${service}`);
  }
});

test("digits are not found in a corporate number, which is found as a whole", async () => {
  const { slug, corporate } = services.find((service) => service.corporate);
  assert.ok((await found(corporate)).includes(slug));
  for (const spelling of [`T${corporate}`, `ｔ${corporate}`, `"${corporate}"`, corporate.replace(/^(\d)(\d{4})(\d{4})(\d{4})$/, "$1-$2-$3-$4")]) {
    assert.deepEqual(await found(spelling), await found(corporate), spelling);
  }
  for (const part of [corporate.slice(0, 12), corporate.slice(1), corporate.slice(3, 9)]) assert.deepEqual(await found(part), truth([part]), part);
});

test("a number is found in any spelling, whole or as it begins", async () => {
  for (const query of ["IP0001-1212", "ip1-1212", "ＩＰ０００１－１２１２", "ip 0001 1212", "IP00011212", "ip0001ー12"]) {
    assert.deepEqual(await found(query), ["ip0001-1212"], query);
  }
  assert.ok((await found("特個 0001")).includes("tokuko0001-1710"));
  assert.ok((await found("iot2")).includes("iot0002-1912"));
});

// ---- as people use it

/** Opens a page in a context of its own and hands it to `look`; whatever the browser complains of fails. */
async function open(path, options, look) {
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(server.address + path);
  await look(page);
  await context.close();
  assert.deepEqual(faults, [], path);
}

const address = (page) => page.url().slice(server.address.length);
const box = (page) => page.getByRole("combobox");
const results = (page) => page.locator("#page_found h3 a");

test("a phrase of a disclosure leads from the box to the row that says it, marked", async () => {
  for (const width of [360, 1280]) {
    await open("/", { viewport: { width, height: 800 } }, async (page) => {
      await box(page).fill("ガスタービン式");
      await page.getByRole("button", { name: "検索" }).click();
      await results(page).first().waitFor();
      assert.match(decodeURIComponent(address(page)), /^\/search\/\?q=ガスタービン式$/);
      assert.equal(await page.locator("#page_found mark").first().textContent(), "ガスタービン式");
      await page.locator("#page_found li li a").first().click();
      await page.waitForURL("**/ip0001-1212/#housing.generator");
      const row = page.locator("tr:target");
      assert.ok((await row.innerText()).includes("ガスタービン式"));
    });
  }
});

test("a number written carelessly leads to its page by keyboard alone", async () => {
  await open("/about/", {}, async (page) => {
    await page.keyboard.press("Tab");
    while (await page.evaluate(() => document.activeElement.id) !== "page_q") await page.keyboard.press("Tab");
    await page.keyboard.type("ip1-12");
    const option = page.getByRole("option").first();
    await option.waitFor();
    await page.keyboard.press("ArrowDown");
    assert.equal(await option.getAttribute("aria-selected"), "true");
    assert.equal(await box(page).getAttribute("aria-activedescendant"), await option.getAttribute("id"));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/ip0001-1212/");
  });
});

test("suggestions are announced, and close with Escape, which leaves what was written", async () => {
  await open("/", {}, async (page) => {
    await box(page).pressSequentially("クラウド");
    await page.getByRole("option").first().waitFor();
    assert.equal(await box(page).getAttribute("aria-expanded"), "true");
    assert.match(await page.locator("#page_find [role=status]").textContent(), /^候補は\d件です/);
    await page.keyboard.press("Escape");
    assert.equal(await box(page).getAttribute("aria-expanded"), "false");
    assert.equal(await page.getByRole("option").count(), 0);
    assert.equal(await box(page).inputValue(), "クラウド");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search/?q=*");
  });
});

test("results say how many they are, those in force first, and each with its standing", async () => {
  await open("/search/?q=株式会社", {}, async (page) => {
    await results(page).first().waitFor();
    while (await page.locator("#page_more").isVisible()) {
      const before = await results(page).count();
      await page.locator("#page_more").click();
      await page.waitForFunction((before) => document.querySelectorAll("#page_found h3").length > before || document.getElementById("page_more").hidden, before);
    }
    assert.equal(await page.locator("#page_count").textContent(), `「株式会社」の検索結果：${await results(page).count()}件見つかりました。`);
    assert.deepEqual(await page.locator("#page_found h2").allTextContents(), ["効力のある認定", "効力が終了した認定"]);
    assert.deepEqual([...new Set(await page.locator("#page_in_force .badge").allTextContents())].filter((word) => !/有効|更新審査中/.test(word)), []);
    assert.equal(await page.locator("#page_found .badge").count(), await results(page).count());
    assert.equal(await page.locator("#page_in_force [data-compare]").count(), await page.locator("#page_in_force h3").count());
    assert.equal(await page.locator("#page_ended [data-compare]").count(), 0);
  });
});

test("a number found leads on to where else it is told", async () => {
  await open("/search/?q=IP0001-1212", {}, async (page) => {
    await results(page).first().waitFor();
    assert.equal(await results(page).count(), 1);
    const deeper = page.getByRole("button", { name: "開示内容からも探す" });
    await deeper.click();
    await page.waitForFunction(() => !/番号が一致した認定/.test(document.getElementById("page_count").textContent));
    assert.equal(await deeper.isVisible(), false);
  });
});

test("the way back leads through what was asked for", async () => {
  await open("/search/?q=免震", {}, async (page) => {
    await results(page).first().waitFor();
    await box(page).fill("窒素");
    await box(page).press("Enter");
    await page.getByText("「窒素」の検索結果：").waitFor();
    await page.goBack();
    await page.getByText("「免震」の検索結果：").waitFor();
    assert.equal(await box(page).inputValue(), "免震");
    await results(page).first().waitFor();
  });
});

test("nothing found says what to try, and an empty query what can be asked", async () => {
  await open("/search/?q=ぬるぽん", {}, async (page) => {
    await page.getByText("該当する認定サービスは見つかりませんでした。").waitFor();
    await page.getByText("次のことをお試しください").waitFor();
    assert.ok(await page.locator("#page_found a").count() > 3);
  });
  await open("/search/", {}, async (page) => { await page.locator("#page_found .lead").waitFor(); });
  await open("/en/search/?q=nothing-like-it", {}, async (page) => { await page.getByText("no certified service was found.").waitFor(); });
});

test("what cannot be loaded is said, with ways on", async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.route("**/assets/search/**", (route) => route.abort());
  await page.goto(`${server.address}/search/?q=免震`);
  await page.getByText("検索できませんでした。").waitFor();
  assert.ok(await page.locator("#page_found a").count() > 3);
  await context.close();
});

test("files of another day are read again", async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  let first = true;
  await page.route("**/assets/search/index.json", async (route) => {
    const answer = await route.fetch();
    const head = await answer.json();
    await route.fulfill({ response: answer, json: first ? { ...head, stamp: head.stamp ^ 1 } : head });
    first = false;
  });
  await page.goto(`${server.address}/search/?q=免震`);
  await results(page).first().waitFor();
  await context.close();
});

test("without scripts the box leads to the lists", async () => {
  await open("/", { javaScriptEnabled: false }, async (page) => {
    await page.getByRole("searchbox").fill("IP0001-1212");
    await page.getByRole("button", { name: "検索" }).click();
    await page.waitForURL("**/search/?q=*");
    await page.getByRole("main").getByRole("listitem").filter({ hasText: "IaaS・PaaS" }).getByRole("link").first().click();
    await page.waitForURL("**/ip/");
    await page.getByText("IP0001-1212").first().waitFor();
  });
});

test("what was written by a provider is text in the results, whatever it looks like", async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.route("**/ip0001-1212/index.json", async (route) => {
    const answer = await route.fetch();
    const index = await answer.json();
    index.sections[0].items[0].answer = { kind: "text", text: "免震<img src=x onerror=alert(1)>{n}" };
    await route.fulfill({ response: answer, json: index });
  });
  await page.goto(`${server.address}/search/?q=免震`);
  await page.getByText("<img src=x onerror=alert(1)>{n}").waitFor();
  assert.equal(await page.locator("#page_found img").count(), 0);
  await context.close();
});

test("nothing that axe objects to, with results, suggestions and without, light and dark, wide and narrow", async () => {
  for (const path of ["/search/?q=クラウド", "/search/?q=ぬるぽん", "/en/search/?q=サーバ", "/search/"]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 320]) {
        await open(path, { colorScheme, viewport: { width, height: 900 } }, async (page) => {
          await page.locator("#page_found > *").first().waitFor();
          if (path.includes("サーバ")) {
            await box(page).fill("クラウド");
            await page.getByRole("option").first().waitFor();
            await page.keyboard.press("ArrowDown");
          }
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(over, 0, `${path} at ${width} px`);
          const { violations } = await new Axe({ page }).withTags(TAGS).analyze();
          assert.deepEqual(violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`), [], `${path} ${colorScheme} ${width}`);
        });
      }
    }
  }
});

test("the page of results does not jump while they come", async () => {
  for (const width of [360, 1280]) {
    const context = await chromium.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.shift = 0;
      const add = (list) => list.getEntries().forEach((entry) => { window.shift += entry.value; });
      new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`${server.address}/search/?q=クラウド`);
    await results(page).first().waitFor();
    // What was shown is measured when it was painted: two frames later at the latest.
    await page.evaluate(() => new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(told))));
    const shift = await page.evaluate(() => window.shift);
    await context.close();
    assert.ok(shift < 0.01, `${width} px: ${shift}`);
  }
});
