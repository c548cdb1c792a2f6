// What people come for, done as a person would: by mouse, by keyboard alone, at 360 px, and without scripts where that can be.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { reader } from "./reader.mjs";
import { focusIsSeen, open, tabTo } from "./visit.mjs";

let site;
before(async () => { site = await reader(); });
after(() => site?.close());

const WIDE = { viewport: { width: 1280, height: 800 } };
const NARROW = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const NO_SCRIPT = { ...WIDE, javaScriptEnabled: false };
const path = (page) => new URL(page.url()).pathname;

/** Follows a link or presses a button with Tab and Enter. */
async function press(page, locator) {
  await tabTo(page, locator);
  assert.ok(await focusIsSeen(page));
  await page.keyboard.press("Enter");
}

// ---- find by number

const box = (page) => page.getByRole("combobox", { name: /^認定サービスの検索/ });
const heading = (page, name) => page.getByRole("heading", { level: 1, name });

for (const [how, options] of Object.entries({ "with the mouse": WIDE, "at 360 px": NARROW })) {
  test(`a service is found by its number ${how}, however it is written`, async () => {
    await open(site, "/", options, async (page) => {
      await box(page).pressSequentially("ｉｐ６－14");
      await page.getByRole("option", { name: /^IP0006-1407/ }).click();
      await heading(page, "つばきポート仮想基盤").waitFor();
      assert.equal(path(page), "/ip0006-1407/");
    });
  });
}

test("a service is found by its number with the keyboard alone", async () => {
  await open(site, "/", WIDE, async (page) => {
    await tabTo(page, box(page));
    await page.keyboard.type("特個 0001");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search/?q=*");
    await press(page, page.locator("#page_found h3").getByRole("link").first());
    await heading(page, "みどり給付・税申告支援クラウド").waitFor();
  });
});

test("without scripts a service is found by its number in the lists that the box leads to", async () => {
  await open(site, "/notices/", NO_SCRIPT, async (page) => {
    await page.getByRole("searchbox").fill("IP0006-1407");
    await page.getByRole("button", { name: "検索" }).click();
    assert.equal(path(page), "/search/");
    await page.getByRole("main").getByRole("listitem").filter({ hasText: "IaaS・PaaS" }).getByRole("link", { name: "効力のある認定" }).click();
    await page.getByRole("row").filter({ hasText: "IP0006-1407" }).getByRole("link").first().click();
    await heading(page, "つばきポート仮想基盤").waitFor();
  });
});

// ---- find by a phrase in a disclosure

const said = (page) => page.locator("#page_found").getByRole("listitem").filter({ has: page.locator("mark", { hasText: "異なる変電所" }) });
const inSight = (page) => page.locator("tr:target").evaluate((row) => {
  const { top, bottom } = row.getBoundingClientRect();
  return row.textContent.includes("異なる変電所") && top >= 0 && bottom <= innerHeight;
});

for (const [how, options] of Object.entries({ "with the mouse": WIDE, "at 360 px": NARROW })) {
  test(`a phrase of a disclosure leads to the row that says it ${how}`, async () => {
    await open(site, "/ip/", options, async (page) => {
      await box(page).fill("「異なる変電所」");
      await page.getByRole("button", { name: "検索" }).click();
      await said(page).first().getByRole("link", { name: /^給電ルート/ }).click();
      await page.waitForURL("**/ip0001-1212/#housing.power-route");
      assert.ok(await inSight(page));
    });
  });
}

test("a phrase of a disclosure leads to the row that says it with the keyboard alone", async () => {
  await open(site, "/", WIDE, async (page) => {
    await tabTo(page, box(page));
    await page.keyboard.type("異なる変電所");
    await page.keyboard.press("Enter");
    await said(page).first().waitFor();
    await press(page, said(page).first().getByRole("link", { name: /^給電ルート/ }));
    await page.waitForURL("**/ip0001-1212/#housing.power-route");
    assert.ok(await inSight(page));
  });
});

// ---- check the number on a flyer

const field = (page) => page.getByLabel("認定番号", { exact: true });
const genuine = (page) => page.getByRole("heading", { name: "IP0001-1212は本物の認定番号です。この認定には効力があります。" });

for (const [how, options] of Object.entries({ "with the mouse": WIDE, "at 360 px": NARROW })) {
  test(`a flyer's number is checked ${how}: from the home page to the answer in two actions`, async () => {
    await open(site, "/", options, async (page) => {
      await page.getByRole("main").getByRole("link", { name: "認定番号の確認" }).click();
      await field(page).fill("ＩＰ０００１−１２１２");
      await page.getByRole("button", { name: "確かめる" }).click();
      await genuine(page).waitFor();
      assert.ok(await genuine(page).evaluate((heading) => heading.getBoundingClientRect().top < innerHeight), "in sight");
    });
  });
}

test("a flyer's number is checked with the keyboard alone, where the mark leads to", async () => {
  await open(site, "/ip/", WIDE, async (page) => {
    await tabTo(page, field(page));
    await page.keyboard.type("IP0001-1212");
    await page.keyboard.press("Enter");
    await genuine(page).waitFor();
    await press(page, page.getByRole("link", { name: "このサービスのページを見る" }));
    await page.waitForURL("**/ip0001-1212/");
  });
});

test("without scripts a flyer's number is found in the list that the page of verification leads to", async () => {
  await open(site, "/ip/", NO_SCRIPT, async (page) => {
    await field(page).fill("IP0001-1212");
    await page.getByRole("button", { name: "確かめる" }).click();
    assert.equal(path(page), "/verify/");
    await page.locator("noscript p", { hasText: "スクリプトを使わないときは" }).waitFor();
    await page.getByRole("main").getByRole("listitem").filter({ hasText: "IaaS・PaaS" }).getByRole("link", { name: "効力のある認定" }).click();
    assert.equal(path(page), "/ip/");
    assert.ok(await page.getByRole("row").filter({ hasText: "IP0001-1212" }).isVisible());
  });
});

// ---- compare two and print

const boxes = (page) => page.getByRole("checkbox", { name: /^比較に加える/ });
const sideBySide = async (page) => {
  await page.locator(".versus tbody").first().waitFor();
  assert.deepEqual(await page.locator(".versus thead .number").allInnerTexts(), ["IP0001-1212", "IP0006-1407"]);
};

/** Opens a page whose printing is noted instead of done. */
const printing = (start, options, look) => open(site, start, options, async (page) => {
  await page.addInitScript(() => { window.print = () => { document.documentElement.dataset.printed = "yes"; }; });
  await page.reload();
  await look(page);
  await page.locator("html[data-printed]").waitFor();
});

for (const [how, options] of Object.entries({ "with the mouse": WIDE, "at 360 px": NARROW })) {
  test(`two services are compared and printed ${how}`, async () => {
    await printing("/ip/", options, async (page) => {
      await boxes(page).nth(0).check();
      await boxes(page).nth(2).check();
      await page.getByRole("link", { name: "比較する" }).click();
      await sideBySide(page);
      await page.getByLabel("相違のある項目だけ").check();
      await page.getByRole("button", { name: "印刷する" }).click();
    });
  });
}

test("two services are compared and printed with the keyboard alone, one chosen on its own page", async () => {
  await printing("/ip0001-1212/", WIDE, async (page) => {
    await tabTo(page, boxes(page).first());
    await page.keyboard.press("Space");
    await page.goto(`${site.address}/ip/`);
    await tabTo(page, boxes(page).nth(2));
    await page.keyboard.press("Space");
    await press(page, page.getByRole("link", { name: "比較する" }));
    await sideBySide(page);
    await press(page, page.getByRole("button", { name: "印刷する" }));
  });
});

test("without scripts the page of comparison tells how to compare and leads to the lists", async () => {
  await open(site, "/compare/?s=ip0001-1212,ip0006-1407", NO_SCRIPT, async (page) => {
    await page.locator("noscript p", { hasText: "スクリプトを使わないときは" }).waitFor();
    assert.equal(await page.getByRole("table").count(), 0);
    await page.getByRole("main").getByRole("link", { name: "効力のある認定" }).nth(1).click();
    assert.equal(path(page), "/ip/");
  });
});

// ---- what is withheld, and until when

for (const [how, options] of Object.entries({ "with the mouse": WIDE, "at 360 px": NARROW, "without scripts": NO_SCRIPT })) {
  test(`what is withheld, why and until when is read ${how}`, async () => {
    await open(site, "/", options, async (page) => {
      await page.getByRole("link", { name: "特定個人情報ASP・SaaSの一覧を見る" }).click();
      await page.getByRole("main").getByRole("link", { name: "はるかぜマイナンバー・年末調整クラウド" }).click();
      const withheld = page.locator("td.answer", { has: page.locator(".state.withheld") }).first();
      await withheld.scrollIntoViewIfNeeded();
      assert.match(await withheld.innerText(), /^公表留保\s+\d{4}年\d{1,2}月\d{1,2}日まで公表を留保しています。\s+理由：/);
      await page.getByText("表示の見方").last().click();
      assert.ok(await page.getByText("正当な理由により、認定機関が一定の期間、公表を見合わせている項目です。").isVisible());
    });
  });
}

test("what is withheld is reached with the keyboard alone, and stands the same in a comparison", async () => {
  await open(site, "/tokuko/", WIDE, async (page) => {
    await press(page, page.getByRole("main").getByRole("link", { name: "はるかぜマイナンバー・年末調整クラウド" }));
    await page.waitForURL("**/tokuko0003-1911/");
    const withheld = page.locator("tr", { has: page.locator(".state.withheld") }).first();
    const said = (await withheld.locator("td.answer").innerText()).split(/\s+/);
    const item = await withheld.getByRole("rowheader").innerText();
    await page.goto(`${site.address}/compare/?s=tokuko0001-1710,tokuko0003-1911`);
    const row = page.locator(".versus tr").filter({ has: page.getByText(item, { exact: true }) });
    assert.deepEqual((await row.locator("td").nth(1).innerText()).split(/\s+/), said);
  });
});
