// Verification of numbers in a real Chromium: every outcome, every spelling, the address, the reader's own clock.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { reader } from "./reader.mjs";
import { DAY } from "./site.mjs";
import { faultless, open } from "./visit.mjs";

let site;
before(async () => { site = await reader(); });
after(() => site?.close());

const result = (page) => page.getByRole("region", { name: "確認の結果", exact: true });
const verdict = (page) => result(page).getByRole("heading", { level: 3 });

/** Asks for a text on a page and hands the page to `look`. */
const ask = (path, text, look, options = {}) => open(site, path, options, async (page) => {
  await page.clock.setFixedTime(new Date(`${DAY}T09:00:00`));
  await page.getByLabel("認定番号", { exact: true }).fill(text);
  await page.getByRole("button", { name: "確かめる" }).click();
  await verdict(page).waitFor();
  await look(page);
});

test("a number in any spelling, in a sentence or in an address is found", async () => {
  const spellings = {
    "IP0001-1212": ["IP0001-1212", "ip00011212", "ＩＰ０００１－１２１２", "ip 1-1212", "IP0001ー1212", "認定番号はIP0001‐1212です。", "https://registry.example.jp/ip0001-1212/#housing"],
    "IoT 0002-1912": ["iot0002-1912", "IoT No.0002-1912", "ＩｏＴ　０００２ー１９１２"],
    "特個0001-1710": ["特個00011710", "特個 第0001-1710号", "tokuko0001-1710", "0001-1710"],
  };
  for (const [number, texts] of Object.entries(spellings)) {
    for (const text of texts) {
      await ask("/verify/", text, async (page) => {
        assert.match(await verdict(page).innerText(), new RegExp(`^${number}は本物の認定番号です`), text);
      });
    }
  }
});

test("a number in force is told with service, provider, last day, mark and the mark's link", async () => {
  await ask("/verify/", "ip0001-1212", async (page) => {
    const told = await result(page).innerText();
    for (const words of ["スプリングクラウド 基盤サービス", "スプリングクラウド株式会社", "有効", "2026年12月5日", "2026年11月22日現在"]) {
      assert.ok(told.includes(words), words);
    }
    assert.equal(await result(page).locator(".notice").count(), 0);
    const mark = result(page).getByRole("img", { name: "認定番号 IP0001-1212 の認定マーク" });
    assert.equal(await mark.getAttribute("src"), "/ip0001-1212/mark.svg");
    await mark.evaluate((image) => image.decode());
    assert.equal(await result(page).getByRole("link", { name: "https://registry.example.jp/ip/" }).count(), 1);
    await result(page).getByRole("link", { name: "このサービスのページを見る" }).click();
    assert.equal(new URL(page.url()).pathname, "/ip0001-1212/");
  });
});

test("where the last day has passed by the reader's clock, the result says that the record may be older", async () => {
  await open(site, "/verify/", {}, async (page) => {
    for (const [day, count] of [["2026-12-05", 0], ["2026-12-06", 1]]) {
      await page.clock.setFixedTime(new Date(`${day}T09:00:00`));
      await page.goto(`${site.address}/verify/?n=IP0001-1212`);
      await verdict(page).waitFor();
      assert.equal(await result(page).getByText("お使いの端末の日付では過ぎています").count(), count, day);
    }
  });
});

test("a service whose mark rests is in force, and no mark is shown", async () => {
  await ask("/verify/", "IoT0003-2410", async (page) => {
    assert.match(await verdict(page).innerText(), /この認定には効力があります/);
    assert.equal(await result(page).getByRole("img").count(), 0);
    assert.ok(await result(page).getByText("認定マークを使用できません").isVisible());
  });
});

test("a number that ended is told with the day and, where it is public, with ground and reason", async () => {
  await ask("/verify/", "IoT 0001-1904", async (page) => {
    const told = await result(page).innerText();
    for (const words of ["効力が終了した番号", "認定取消し", "2022年6月30日", "3 認定マークの使い方が規程", "リンクも外されていた", "使用できません"]) {
      assert.ok(told.includes(words), words);
    }
  });
  await ask("/verify/", "特個0005-2005", async (page) => {
    assert.equal(await result(page).getByText("取消しの事由").count(), 0, "this scheme does not publish the ground");
  });
});

test("a number that was never issued is told so, with those that may have been meant", async () => {
  const meant = { "IP0001-1213": "通番が同じで", "IP0010-1212": "一部の数字", "IP0002-1912": "制度が異なる", "IP7777-0101": "通番の近い" };
  for (const [text, why] of Object.entries(meant)) {
    await ask("/verify/", text, async (page) => {
      assert.equal(await verdict(page).innerText(), `${text}という番号の認定は、公表されていません。`);
      assert.ok((await result(page).getByRole("listitem").allInnerTexts()).some((line) => line.includes(why)), text);
    });
  }
  await ask("/verify/", "IP0001-1213", async (page) => {
    await result(page).getByRole("link", { name: "IP0001-1212" }).click();
    await page.getByText("この認定には効力があります").waitFor();
  });
});

test("what holds no number is told so, and markup in it stays text", async () => {
  for (const text of ["こんにちは", "<img src=x onerror=alert(1)>", "03-0000-0000", "IP", "{number}", "T1234567890123"]) {
    await ask("/verify/", text, async (page) => assert.match(await verdict(page).innerText(), /読み取れませんでした/, text));
  }
});

test("digits with the sign of nobody here are told so, never as in force, and near numbers stand below", async () => {
  const foreign = { "医療0001-1212": "医療", "JIPDEC 0001-1212": "JIPDEC", "[JIPDEC]0001-1212": "JIPDEC", "VIP0001-1212": "VIP" };
  for (const [text, sign] of Object.entries(foreign)) {
    for (const path of ["/verify/", "/ip/"]) {
      await ask(path, text, async (page) => {
        assert.equal(await verdict(page).innerText(), `「${sign}」という記号は、ここで公表しているどの制度のものでもありません。`);
        assert.equal(await result(page).locator(".status.valid, img").count(), 0, text);
        assert.match(await result(page).getByRole("listitem").first().innerText(), /^IP0001-1212/);
      });
    }
  }
  await ask("/verify/", "医療9876-5412", async (page) => {
    assert.match(await verdict(page).innerText(), /「医療」という記号/);
    assert.equal(await result(page).getByText("次の番号のことでしょうか").count(), 0, "no number is near");
  });
  await open(site, "/en/verify/?n=JIPDEC 0001-1212", {}, async (page) => {
    assert.match(await page.getByRole("heading", { level: 3 }).innerText(), /^The sign “JIPDEC” belongs to no scheme/);
  });
});

test("misread signs and parts of a number lead to the numbers that may have been meant", async () => {
  const misread = [
    "IPO001-1212", "IPOOO1-12I2", "lP0001-1212", "IP0001~1212", "IP0001〜1212", "IP0001_1212", "IP0001.1212", "IP0001/1212", "IP0001-12123", "IP00001-1212",
    "IP0001", "IP0001-12", "IP001212",
  ];
  for (const text of misread) {
    await ask("/verify/", text, async (page) => {
      assert.equal(await verdict(page).innerText(), "入力された文字は、認定番号の形になっていません。", text);
      assert.ok((await result(page).getByRole("listitem").allInnerTexts()).some((line) => line.startsWith("IP0001-1212")), text);
    });
  }
  await ask("/verify/", "IPO001-1212", async (page) => {
    await result(page).getByRole("link", { name: "IP0001-1212" }).click();
    await page.getByRole("heading", { level: 3, name: /^IP0001-1212は/ }).waitFor();
  });
});

/** The page of a number whose records are answered otherwise; `look` is handed it. */
const answered = (answer, look) => open(site, "/verify/", {}, async (page) => {
  await page.route("**/verify/*.json", answer);
  await page.goto(`${site.address}/verify/?n=IP0001-1212`);
  assert.match(await verdict(page).innerText(), /読み込めませんでした/);
  assert.ok(await result(page).getByRole("link", { name: "効力のある認定" }).count() >= 3);
  await look(await result(page).innerText());
}, /\/(verify|assets)\//);

test("when the records cannot be loaded, the page says so and names the lists", async () => {
  await answered((route) => route.abort(), (told) => assert.match(told, /通信/));
});

test("the connection is blamed for nothing else", async () => {
  const entry = { digits: "0001-1212", name: "x", provider: "x", standing: "valid", certified: "2012-12-06", since: "2012-12-06", until: "2026-12-05", mark: true };
  const odd = [null, 1, {}, [null], [{}], [{ ...entry, since: "soon" }], [{ ...entry, digits: "<b>" }], [{ ...entry, standing: "x" }], [{ ...entry, name: {} }]];
  for (const json of odd) await answered((route) => route.fulfill({ json }), (told) => assert.doesNotMatch(told, /通信/, JSON.stringify(json)));
  for (const answer of [{ status: 500 }, { status: 404 }, { body: "{" }]) {
    await answered((route) => route.fulfill(answer), (told) => assert.doesNotMatch(told, /通信/));
  }
});

test("the box of a scheme's page answers in place; digits alone are read as that scheme's", async () => {
  await ask("/iot/", "0002-1912", async (page) => {
    assert.equal(new URL(page.url()).pathname, "/iot/");
    assert.match(await verdict(page).innerText(), /^IoT 0002-1912/);
  });
});

test("the question stands in the address, and the back button returns to the one before", async () => {
  await ask("/verify/", "IP0001-1212", async (page) => {
    await page.getByLabel("認定番号", { exact: true }).fill("IoT 0001-1904");
    await page.keyboard.press("Enter");
    await page.getByText("効力が終了した番号です").waitFor();
    assert.equal(new URL(page.url()).searchParams.get("n"), "IoT 0001-1904");
    await page.goBack();
    await page.getByText("IP0001-1212は本物の認定番号です").waitFor();
    assert.equal(await page.getByLabel("認定番号", { exact: true }).inputValue(), "IP0001-1212");
  });
});

test("after asking, the focus is on the result", async () => {
  await ask("/verify/", "IP0001-1212", async (page) => {
    assert.ok(await verdict(page).evaluate((heading) => heading === document.activeElement));
  });
});

for (const [outcome, number] of Object.entries({ "in force": "IP0001-1212", ended: "IoT0001-1904", "never issued": "IP0001-1213", "of another sign": "JIPDEC 0001-1212", misread: "IPO001-1212", unreadable: "x", resting: "IoT0003-2410" })) {
  test(`${outcome}: nothing that axe objects to, light and dark, wide and narrow`, async () => {
    await faultless(site, `/verify/?n=${number}`, (page) => verdict(page).waitFor());
  });
}
test("the box on a scheme's page in English: nothing that axe objects to", async () => {
  await faultless(site, "/en/ip/?n=IP0001-1212", (page) => page.getByRole("heading", { level: 3, name: /in force/ }).waitFor());
});
