// Browsers of early 2022, scripts that do not run, hostile addresses and odd data: every page answers, or shows its way without
// scripts, and none blames the connection.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { reader } from "./reader.mjs";

let site;
before(async () => { site = await reader(); });
after(() => site?.close());

/** Opens a page in a browser of its own; `prepare` has it before it goes there. */
async function visit(path, prepare, look) {
  const context = await site.chromium.newContext();
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await prepare(page);
  await page.goto(site.address + path);
  await look(page, faults);
  await context.close();
}

/** Takes away what came into browsers after early 2022. */
function older() {
  for (const Type of [Array, Object.getPrototypeOf(Uint8Array)]) {
    for (const name of ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]) delete Type.prototype[name];
  }
  for (const name of ["at", "isWellFormed", "toWellFormed"]) delete String.prototype[name];
  for (const name of ["hasOwn", "groupBy"]) delete Object[name];
  for (const name of ["union", "intersection", "difference"]) delete Set.prototype[name];
  delete Map.groupBy;
  delete Array.fromAsync;
  delete Promise.withResolvers;
  delete URLSearchParams.prototype.size;
  delete globalThis.structuredClone;
  for (const { prototype } of [Document, DocumentFragment, Element]) {
    for (const name of ["querySelector", "querySelectorAll", "matches", "closest"].filter((name) => prototype[name])) {
      const own = prototype[name];
      prototype[name] = function (selector) {
        if (/:has\(/.test(selector)) throw new DOMException(`'${selector}' is not a valid selector`, "SyntaxError");
        return own.call(this, selector);
      };
    }
  }
}
const inOlder = (path, look) => visit(path, (page) => page.addInitScript(older), async (page, faults) => {
  assert.equal(await page.evaluate("[].toSorted ?? [].findLast ?? [].at"), undefined);
  await look(page);
  assert.deepEqual(faults, [], path);
});

test("a browser of early 2022 verifies, compares, searches and narrows down lists", async () => {
  const verdict = (page) => page.getByRole("region", { name: "確認の結果", exact: true }).getByRole("heading", { level: 3 });
  for (const [asked, told] of [["IP0001-1212", /^IP0001-1212は/], ["IP0001-9999", /公表されていません/], ["IPO001-1212", /形になっていません/], ["医療0001-1212", /「医療」という記号/]]) {
    await inOlder(`/verify/?n=${asked}`, async (page) => assert.match(await verdict(page).innerText(), told, asked));
  }
  await inOlder("/compare/?s=ip0001-1212,ip0006-1407,IP0003-1405", async (page) => {
    await page.locator("table.versus tbody").first().waitFor();
    assert.equal(await page.locator("table.versus thead th").count(), 4);
  });
  await inOlder("/search/?q=免震", async (page) => page.locator("#page_found h3 a").first().waitFor());
  await inOlder("/ip/?q=ip1-1212", async (page) => {
    await page.getByRole("status").filter({ hasText: /1件/ }).waitFor();
    assert.ok(await page.getByRole("checkbox", { name: /^比較に加える/ }).count() > 0);
  });
  await inOlder("/ip0001-1212/", async (page) => {
    assert.equal(await page.getByRole("checkbox", { name: /^比較に加える/ }).count(), 1);
  });
});

test("the same numbers are found in every box", async () => {
  for (const spelling of ["ip1-1212", "ＩＰ０００１ー１２１２", "IP 第0001-1212号", "ip0001", "https://registry.example.jp/ip0001-1212/"]) {
    await visit(`/ip/?q=${encodeURIComponent(spelling)}`, () => {}, async (page) => {
      await page.locator("#page_list tbody tr").filter({ hasText: "IP0001-1212" }).waitFor();
      assert.equal(await page.locator("#page_list tbody tr").count(), 1, spelling);
    });
    await visit(`/search/?q=${encodeURIComponent(spelling)}`, () => {}, async (page) => {
      await page.locator("#page_found").getByText("IP0001-1212").first().waitFor();
    });
  }
  await visit("/compare/?s=ip1-1212,IP 0006-1407", () => {}, async (page) => {
    await page.locator("table.versus tbody").first().waitFor();
    assert.equal(await page.locator("table.versus thead th").count(), 3);
  });
});

test("where a script cannot run, the page shows its way without scripts", async () => {
  const broken = [(route) => route.fulfill({ contentType: "text/javascript", body: "export const read = (;" }), (route) => route.fulfill({ status: 404 })];
  for (const answer of broken) {
    for (const path of ["/verify/?n=IP0001-1212", "/compare/?s=ip0001-1212,ip0006-1407", "/search/?q=免震", "/en/verify/?n=IP0001-1212"]) {
      await visit(path, (page) => page.route("**/assets/number.js", answer), async (page) => {
        const way = page.locator("[data-without]");
        await way.waitFor();
        assert.doesNotMatch(await page.getByRole("main").innerText(), /通信|connection/i, path);
        assert.ok(await page.getByRole("main").getByRole("link").count() >= 3, path);
      });
    }
  }
});

test("where a script runs, nothing says that it does not", async () => {
  for (const path of ["/verify/", "/compare/", "/search/"]) {
    await visit(path, () => {}, async (page) => {
      await page.waitForLoadState("networkidle");
      assert.equal(await page.locator("[data-without]").isVisible(), false, path);
    });
  }
});

test("hostile addresses are answered at once", { timeout: 300_000 }, async () => {
  const hostile = [`${"\0".repeat(26)}終`, "「".repeat(20_000), "[".repeat(20_000), "(".repeat(5_000), "0001-".repeat(5_000), `1${" ".repeat(20_000)}1`, "ー".repeat(20_000), "ip0001-1212,[".repeat(2_000), "\ud800", "%", "__proto__", "constructor"];
  const pages = {
    "/verify/?n=": "#page_verified h3",
    "/search/?q=": "#page_found > *",
    "/compare/?s=": "#page_notes:not(:empty), #page_how:not([hidden])",
    "/ip/?q=": "#page_filter:not([hidden])",
  };
  for (const [path, answer] of Object.entries(pages)) {
    await visit(path.replace(/\?.*/, ""), () => {}, async (page, faults) => {
      for (const text of hostile) {
        // No server takes so long an address; the page itself may stand at one.
        await page.evaluate(([query, text]) => {
          history.replaceState(null, "", `?${query}${encodeURIComponent(text.replace(/[\ud800-\udfff]/g, "\ufffd"))}`);
          dispatchEvent(new PopStateEvent("popstate"));
        }, [path.replace(/.*\?/, ""), text]);
        await page.locator(answer).first().waitFor({ timeout: 20_000 });
        assert.equal(await page.evaluate("1 + 1"), 2, `${path}${text.slice(0, 8)}…`);
      }
      assert.deepEqual(faults, [], path);
    });
  }
});

test("odd data never stop a page: the list stays as the server sent it", async () => {
  const odd = {
    "no providers": (data) => { data.providers = []; },
    "columns of other lengths": (data) => { data.services.name.pop(); },
    "no day": (data) => { data.services.valid_until[0] = "soon"; },
    "parts without end": (data) => { data.parts = 1e9; },
    "a category behind the end": (data) => { data.services.categories[0] = [99]; },
    nothing: (data) => { delete data.services; },
  };
  for (const [name, alter] of Object.entries(odd)) {
    const prepare = (page) => page.route("**/ip/list.json", async (route) => {
      const data = await (await route.fetch()).json();
      alter(data);
      await route.fulfill({ json: data });
    });
    await visit("/ip/?q=ip1-1212", prepare, async (page, faults) => {
      await page.locator("#page_filter").waitFor({ state: "detached" });
      assert.ok(await page.locator("#page_list tbody tr").count() > 3, name);
      assert.deepEqual(faults, [], name);
    });
  }
});

test("where a service's data are odd, it is named with its page, and the connection is not blamed", async () => {
  for (const alter of [(data) => { data.sections[0].items = 1; }, (data) => { data.valid_until = "soon"; }, (data) => { data.sections[0].items[0].answer = { kind: "x" }; }]) {
    const prepare = (page) => page.route("**/ip0006-1407/index.json", async (route) => {
      const data = await (await route.fetch()).json();
      alter(data);
      await route.fulfill({ json: data });
    });
    await visit("/compare/?s=ip0001-1212,ip0006-1407", prepare, async (page, faults) => {
      const note = page.locator("#page_notes p").filter({ hasText: "このページでは表示できません" });
      assert.equal(await note.getByRole("link").getAttribute("href"), "/ip0006-1407/");
      assert.doesNotMatch(await note.innerText(), /通信/);
      assert.deepEqual(faults, []);
    });
  }
});
