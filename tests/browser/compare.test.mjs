// Comparison in a real Chromium: what is told of several services side by side, the tray, the address, the printed sheet.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { reader } from "./reader.mjs";
import { faultless, focusIsSeen, open, tabTo } from "./visit.mjs";

let site;
before(async () => { site = await reader(); });
after(() => site?.close());

const TWO = "/compare/?s=ip0001-1212,ip0006-1407";
const table = (page) => page.locator("table.versus");
const drawn = (page) => table(page).locator("tbody").first().waitFor();
const row = (page, name) => table(page).locator("tr", { has: page.locator("th .item-name", { hasText: new RegExp(`^${name}$`) }) });
const notes = (page) => page.locator("#page_notes").innerText();

const compare = (path, look, options = {}, missing) => open(site, path, options, async (page) => {
  await drawn(page);
  await look(page);
}, missing);

/** Opens a comparison in which the data of a service read otherwise. */
const altered = (path, slug, alter, look) => open(site, "/compare/", {}, async (page) => {
  await page.route(`**/${slug}/index.json`, async (route) => {
    const data = await (await route.fetch()).json();
    alter(data);
    await route.fulfill({ json: data });
  });
  await page.goto(site.address + path);
  await drawn(page);
  await look(page);
});
const answerOf = (data, id) => data.sections.flatMap((section) => section.items).find((item) => item.id === id);

/** What a function of the script makes of each of several things. */
async function made(name, ...all) {
  let answers;
  await open(site, "/compare/", {}, async (page) => {
    answers = await page.evaluate(async ([name, all]) => all.map((await import("/assets/compare.js"))[name]), [name, all]);
  });
  return answers;
}

test("items keep their order, and one that a list lacks stands behind the one it follows", async () => {
  assert.deepEqual(await made("merged", [["a", "c"], ["a", "b", "c", "d"], ["x", "a"]]), [["x", "a", "b", "c", "d"]]);
});

test("tables of one label stand beside each other, the others in their order", async () => {
  const named = (...labels) => labels.map((label) => ({ label }));
  const [lines] = await made("aligned", [named("東日本", "西日本"), named("ﾆｼﾆﾎﾝ", "西日本"), named("北")]);
  assert.deepEqual(lines.map((line) => [0, 1, 2].map((at) => line[at]?.label)), [["東日本", "ﾆｼﾆﾎﾝ", "北"], ["西日本", "西日本", undefined]]);
});

test("spelling alone is no difference, state and day are", async () => {
  const same = async (...answers) => new Set(await made("meaning", ...answers.map((answer) => ({ answer })))).size === 1;
  const [text, withheld] = [(text) => ({ kind: "text", text }), (until) => ({ kind: "withheld", until, ground: "x" })];
  assert.equal(await same(text("ＳＬＡ　９９％\n"), text("SLA 99%")), true);
  assert.equal(await same(text("あり"), text("なし")), false);
  assert.equal(await same({ kind: "none" }, { kind: "undisclosed" }), false);
  assert.equal(await same({ kind: "none" }, { kind: "not-stated" }), false);
  assert.equal(await same(withheld("2027-03-31"), withheld("2027-04-30")), false);
});

test("every item of both services stands there with both answers as their pages have them", async () => {
  const read = async (slug) => (await (await fetch(`${site.address}/${slug}/index.json`)).json()).sections;
  const services = await Promise.all(["tokuko0001-1710", "tokuko0003-1911"].map(read));
  await compare("/compare/?s=tokuko0001-1710,tokuko0003-1911", async (page) => {
    const shown = await table(page).locator("tr:has(.item-name)").evaluateAll((rows) => rows.map((row) => (
      [row.querySelector(".item-name").textContent, ...[...row.querySelectorAll("td")].map((cell) => cell.querySelector(".state")?.classList[1] ?? cell.textContent)]
    )));
    const said = ({ kind, text }) => (kind === "text" ? text : kind);
    const first = services[0].flatMap(({ items }) => items);
    const second = new Map(services[1].flatMap(({ items }) => items).map((item) => [item.id, item]));
    assert.deepEqual(shown, first.map((item) => [item.name, said(item.answer), said(second.get(item.id).answer)]));
  });
});

test("withheld, none, undisclosed, not stated and pending stay what they are, with their days", async () => {
  await altered(TWO, "ip0006-1407", (data) => {
    answerOf(data, "business.website").answer = { kind: "pending", since: "2026-11-01" };
    answerOf(data, "business.established").answer = { kind: "withheld", until: "2027-03-31", ground: "営業上の秘密" };
    answerOf(data, "business.years").answer = { kind: "withheld", ground: "{day}" };
    answerOf(data, "business.name").answer = { kind: "none", text: "<b>{text}</b>" };
  }, async (page) => {
    const second = (name) => row(page, name).locator("td").nth(1);
    assert.match(await second("事業者ホームページ").innerText(), /公表準備中\s+留保の期間が終わり、2026年11月1日から/);
    assert.match(await second("設立年").innerText(), /公表留保\s+2027年3月31日まで公表を留保しています。\s+理由：営業上の秘密/);
    assert.match(await second("事業年数").innerText(), /公表留保\s+公表を留保しています。\s+理由：\{day\}/);
    assert.match(await second("事業者名").innerText(), /実施なし\s+<b>\{text\}<\/b>/);
  });
});

test("differences are told in words, and what differs in spelling only is the same", async () => {
  await altered(TWO, "ip0006-1407", (data) => { answerOf(data, "business.name").answer.text = "ｽﾌﾟﾘﾝｸﾞｸﾗｳﾄﾞ㈱"; }, async (page) => {
    assert.equal(await row(page, "事業者名").getByText("相違あり").count(), 0);
    assert.equal(await row(page, "設立年").getByText("相違あり").count(), 1);
  });
});

test("only what differs, only criterion items: kept in the address, and the count is announced", async () => {
  await compare(TWO, async (page) => {
    const rows = table(page).locator("tr:has(.item-name):visible");
    const all = await rows.count();
    await page.getByLabel("相違のある項目だけ").check();
    assert.equal(await rows.count(), await table(page).locator("tr:visible .differs").count());
    await page.getByLabel("考慮項目だけ").check();
    const both = await rows.count();
    assert.ok(both > 0 && both < all);
    assert.match(await page.locator("#page_count[role=status]").innerText(), new RegExp(`^${both}項目を表示.*全${all}項目`));
    await page.waitForURL(/\?s=ip0001-1212,ip0006-1407&only=differs,criterion$/);
    await page.reload();
    await drawn(page);
    assert.equal(await rows.count(), both);
  });
});

test("a scheme without criterion items offers no choice of them", async () => {
  await compare("/compare/?s=iot0002-1912,iot0006-1905&only=criterion", async (page) => {
    assert.equal(await page.getByLabel("考慮項目だけ").isVisible(), false);
    assert.ok(await table(page).locator("tr:has(.item-name):visible").count() > 50);
  });
});

test("a service is removed, and the back button brings it back", async () => {
  await compare("/compare/?s=ip0001-1212,ip0006-1407,ip0008-2304", async (page) => {
    await page.getByRole("button", { name: "つばきポート仮想基盤を比較から外す" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".versus thead th").length === 3);
    assert.equal(new URL(page.url()).search, "?s=ip0001-1212,ip0008-2304");
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll(".versus thead th").length === 4);
  });
});

test("unknown, too many, of another scheme, one alone, ended: each is told, and nothing is lost", async () => {
  const missing = /ip9999-0101/;
  await compare("/compare/?s=ip0001-1212,ip0006-1407,ip0003-1405,ip0008-2304,ip0009-2412,iot0002-1912,ip9999-0101,../x", async (page) => {
    const told = await notes(page);
    assert.match(told, /見つかりませんでした：ip9999-0101 \.\.\/x/);
    assert.match(told, /制度の異なる.*iot0002-1912/);
    assert.match(told, /四つまで.*ip0009-2412/);
    assert.match(told, /現在掲載していません.*IP0003-1405/);
    assert.equal(await table(page).locator("thead th").count(), 5);
    assert.match(await row(page, "設立年").locator("td").nth(2).innerText(), /掲載なし/);
    await page.getByRole("button", { name: "キタカゼ開発ベースを比較から外す" }).click();
    await table(page).locator("thead").getByText("IP0009-2412").waitFor();
    assert.ok(page.url().includes("iot0002-1912"));
  }, {}, missing);
  await compare("/compare/?s=ip0001-1212", async (page) => assert.match(await notes(page), /もう一つ選んで/));
});

test("where a service's data cannot be read the page says so and compares the others", async () => {
  await open(site, "/compare/", {}, async (page) => {
    await page.route("**/ip0006-1407/index.json", (route) => route.abort());
    await page.goto(site.address + TWO);
    await drawn(page);
    assert.match(await notes(page), /読み込めませんでした：ip0006-1407/);
  }, /ip0006-1407/);
});

test("of another edition: items are matched by id, and what an edition lacks is told", async () => {
  await altered(TWO, "ip0006-1407", (data) => {
    data.disclosure.edition = "2024-04-01";
    const business = data.sections.find((section) => section.id === "business");
    business.items = business.items.filter((item) => item.id !== "business.years");
    business.items.splice(1, 0, { id: "business.new", name: "新しい項目", kind: "optional", criterion: false, answer: { kind: "text", text: "新" } });
  }, async (page) => {
    assert.match(await notes(page), /版が異なる.*IP0001-1212：2011年12月16日版.*IP0006-1407：2024年4月1日版/);
    assert.deepEqual(await row(page, "新しい項目").locator("td").allInnerTexts(), ["この版にない項目", "新"]);
    assert.match(await row(page, "事業年数").locator("td").nth(1).innerText(), /この版にない項目/);
  });
});

test("the comparison is saved as CSV: byte order mark, every item, no formula, every quote", async () => {
  await altered(TWO, "ip0006-1407", (data) => { answerOf(data, "business.name").answer.text = "=1+1,\"x\"\n2"; }, async (page) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "全項目をCSVで保存する" }).click()]);
    assert.equal(download.suggestedFilename(), "ip0001-1212_ip0006-1407.csv");
    const text = readFileSync(await download.path(), "utf8");
    assert.ok(text.startsWith("\ufeff\"分野\",\"項目名\",\"種別\",\"考慮項目\",\"相違あり\",\"IP0001-1212 スプリングクラウド 基盤サービス\""));
    assert.ok(text.includes("\"'=1+1,\"\"x\"\"\n2\"\r\n"));
    assert.equal(text.match(/\r\n"事業所・事業",/g).length, await table(page).locator("tbody", { hasText: "事業所・事業" }).first().locator(".item-name").count());
  });
});

test("services are chosen by checkbox on lists and service pages, up to four of one scheme, and kept from page to page", async () => {
  await open(site, "/ip/", {}, async (page) => {
    const tray = page.getByRole("region", { name: "比較するサービス" });
    const boxes = page.getByRole("checkbox", { name: /^比較に加える/ });
    assert.equal(await tray.isVisible(), false);
    await boxes.nth(0).check();
    assert.match(await page.locator("#page_tray_says").innerText(), /スプリングクラウド 基盤サービスを比較に加えました。1件/);
    assert.ok(await tray.getByText("もう一つ選ぶと").isVisible());
    for (const at of [1, 2, 3]) await boxes.nth(at).check();
    await boxes.nth(4).click();
    assert.equal(await boxes.nth(4).isChecked(), false);
    assert.match(await tray.innerText(), /四つまでです。アメンボ Edge Run/);
    await page.goto(`${site.address}/iot0002-1912/`);
    await page.getByRole("checkbox", { name: /^比較に加える/ }).click();
    assert.match(await tray.innerText(), /同じ制度の/);
    await page.goto(`${site.address}/ip0001-1212/`);
    assert.ok(await page.getByRole("checkbox", { name: /^比較に加える/ }).isChecked());
    await tray.getByRole("button", { name: /^比較から外す：つばきポート/ }).click();
    await tray.getByRole("link", { name: "比較する" }).click();
    await drawn(page);
    assert.equal(new URL(page.url()).search, "?s=ip0001-1212,ip0004-2409,ip0008-2304");
  });
});

test("where storage is blocked, choosing still works on the page", async () => {
  await open(site, "/ip/", {}, async (page) => {
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new Error("blocked"); } }));
    await page.reload();
    const boxes = page.getByRole("checkbox", { name: /^比較に加える/ });
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByRole("link", { name: "比較する" }).click();
    await drawn(page);
  });
});

test("checkboxes come to places that appear later", async () => {
  await open(site, "/ip/", {}, async (page) => {
    const boxes = page.getByRole("checkbox", { name: /^比較に加える/ });
    const before = await boxes.count();
    await page.evaluate(() => {
      const place = document.createElement("p");
      place.dataset.compare = "ip0002-1304";
      place.textContent = "後から";
      document.querySelector("main").append(place);
    });
    await page.getByRole("checkbox", { name: "比較に加える：後から" }).check();
    assert.equal(await boxes.count(), before + 1);
  });
});

test("neither tray nor sticky heads cover what has the focus", async () => {
  for (const width of [1280, 360]) {
    await open(site, "/ip/", { viewport: { width, height: 600 } }, async (page) => {
      const boxes = page.getByRole("checkbox", { name: /^比較に加える/ });
      for (const at of [0, 1]) await boxes.nth(at).check();
      await page.evaluate(() => { scrollTo(0, 0); document.activeElement.blur(); });
      for (let pressed = 0; pressed < 60; pressed++) {
        await page.keyboard.press("Tab");
        assert.ok(await focusIsSeen(page), `${width} px, after ${pressed + 1} times Tab`);
      }
    });
  }
  await compare(TWO, async (page) => {
    await page.getByText("分野の目次").click();
    await page.locator("#page_sections a").last().click();
    const covered = await page.evaluate(() => {
      const heads = document.querySelector(".versus thead").rows[0].cells[0].getBoundingClientRect();
      return heads.bottom > document.querySelector(location.hash).getBoundingClientRect().bottom;
    });
    assert.equal(covered, false);
    await page.getByRole("button", { name: /^つばきポート.*外す/ }).focus();
    assert.ok(await focusIsSeen(page));
  }, { viewport: { width: 1280, height: 600 } });
});

test("at 360 px each answer says whose it is", async () => {
  await compare(TWO, async (page) => {
    const cell = row(page, "設立年").locator("td").first();
    assert.equal(await cell.evaluate((cell) => getComputedStyle(cell, "::before").content), "\"スプリングクラウド 基盤サービス\"");
    assert.ok(await cell.evaluate((cell) => cell.getBoundingClientRect().width > 300));
  }, { viewport: { width: 360, height: 800 } });
});

test("it prints on A4 landscape, with its address and the day, and without controls", async () => {
  await compare(TWO, async (page) => {
    await page.getByLabel("考慮項目だけ").check();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const [width, height] = pdf.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/).slice(1).map(Number);
    assert.ok(Math.abs(width - 842) < 2 && Math.abs(height - 595) < 2, `${width} × ${height}`);
    await page.emulateMedia({ media: "print" });
    assert.match(await page.locator(".printed").innerText(), /\/compare\/\?s=ip0001-1212,ip0006-1407&only=criterion/);
    assert.match(await page.locator(".as-of-day").evaluate((span) => getComputedStyle(span, "::after").content), /2026年11月22日/);
    assert.equal(await page.locator("main button:visible, main input:visible, main details:visible").count(), 0);
  });
});

test("the HTML of the mark is copied as it stands", async () => {
  await open(site, "/ip0001-1212/", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.getByText("マークのファイルと表示用のHTML").click();
    await page.getByRole("button", { name: "HTMLをコピーする" }).click();
    await page.getByText("コピーしました。").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.locator("pre.snippet").innerText());
    assert.match(copied, /^<a href="https:\/\/registry\.example\.jp\/ip\/"><img src="https:\/\/registry\.example\.jp\/ip0001-1212\/mark\.svg"/);
  });
});

test("a comparison is operated with the keyboard alone", async () => {
  await compare(TWO, async (page) => {
    await tabTo(page, page.getByLabel("相違のある項目だけ"));
    await page.keyboard.press("Space");
    await page.waitForURL(/&only=differs$/);
    await tabTo(page, page.getByRole("button", { name: /^つばきポート.*外す/ }));
    await page.keyboard.press("Enter");
    await page.getByText("もう一つ選んで").waitFor();
    assert.ok(await page.getByRole("button", { name: /^スプリング.*外す/ }).evaluate((button) => button === document.activeElement));
  });
});

for (const [kind, slugs] of Object.entries({
  "two services": "ip0001-1212,ip0006-1407",
  "four services, one ended, one too many, one unknown": "ip0001-1212,ip0006-1407,ip0003-1405,ip0004-2409,ip0009-2412,ip9999-0101",
})) {
  test(`${kind}: nothing that axe objects to, light and dark, wide and narrow`, async () => {
    await faultless(site, `/compare/?s=${slugs}`, async (page) => {
      await drawn(page);
      await page.getByText("分野の目次").click();
    }, /ip9999-0101/);
  });
}
test("a list with a full tray: nothing that axe objects to", async () => {
  await faultless(site, "/ip/", async (page) => {
    const boxes = page.getByRole("checkbox", { name: /^比較に加える/ });
    for (const at of [0, 1, 2, 3]) await boxes.nth(at).check();
    await boxes.nth(4).click();
  });
});
