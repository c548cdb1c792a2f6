// Search where the registry itself is written in unusual ways: each spelling in a text is found by every other one.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { serve } from "./server.mjs";
import { build, root } from "./site.mjs";

const SLUG = "iot0002-1912";

/** A text of the service, and what it is found by. */
const SPELLINGS = {
  "ウォッチ・ドッグの見本": ["ウオツチ・ドツグ", "ウォッチドッグ", "うぉっち・どっぐ", "ｳｫｯﾁ･ﾄﾞｯｸﾞ", "ウォッチ･ドッグ", "ウォッチ‧ドッグ"],
  アイティの見本: ["アイ・ティ", "アイティ", "アイティー"],
  "L’Été と O'Brien の見本": ["L'Été", "L＇été", "l‘été", "O’Brien", "O′Brien"],
  "⻑⻄株式市場の⻘い⾦⾺、⼾籍の見本": ["長西株式市場", "青い金馬", "戸籍", "⻑西"],
  "保守料 1234567円、手数料 2,345円、会員 9,876,543名": ["1,234,567", "１，２３４，５６７", "1234567", "2345円", "2,345円", "9876543", "9,876,543名"],
  "電話 06 の代表番号 0661234567、窓口 06-6987-6543": ["06-6123-4567", "0661234567", "0669876543", "06-6987-6543", "06‐6987‐6543"],
  "取引先 ㈲つるかめ、(同)ときわ、みどり㈱、一般㈳もえぎ": [
    "有限会社つるかめ", "つるかめ有限会社", "つるかめ(有)", "合同会社ときわ", "ときわ（同）", "㈱みどり", "株式会社みどり", "みどり株式会社", "社団法人もえぎ",
  ],
  "霞ヶ関と市ケ谷と緑が丘、3ヵ月、12カ所": ["霞が関", "霞ケ関", "霞ヵ関", "市ヶ谷", "市が谷", "緑ヶ丘", "緑ケ丘", "3ヶ月", "3か月", "３ケ月", "12ヶ所"],
  "発注元の法人番号 T8-7001-1000-1234、再委託先 9876543210987": ["8700110001234", "T8700110001234", "8-7001-1000-1234", "t9876543210987", "9-8765-4321-0987"],
};

let site, server, find, registry;
before(async () => {
  registry = mkdtempSync(join(tmpdir(), "kohyo-"));
  cpSync(join(root, "content"), join(registry, "content"), { recursive: true });
  const file = join(registry, "content", "services", "iot", "0002-1912", "service.toml");
  const text = Object.keys(SPELLINGS).join("。");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^summary = .*$/m, `summary = ${JSON.stringify(text)}`));
  site = build(registry);
  server = await serve(site.out);
  writeFileSync(join(site.out, "package.json"), '{ "type": "module" }');
  find = await import(pathToFileURL(join(site.out, "assets", "find.js")));
});
after(() => {
  server?.close();
  site?.remove();
  rmSync(registry, { recursive: true });
});

/** Whether a query leads to the service, by the files that the program made and then by its text. */
const leads = (query) => find.within(`${server.address}/`, async (registry) => {
  const asked = await registry.ask(query, true);
  for (const id of registry.ids(asked.texts, false)) {
    const { slug } = await registry.card(id);
    if (slug !== SLUG) continue;
    const { summary } = await registry.read(`${SLUG}/index.json`);
    return find.holdAll(asked.terms, [{ text: summary }]);
  }
  return false;
});

test("a text is found by every spelling of it", async () => {
  for (const [text, queries] of Object.entries(SPELLINGS)) {
    for (const query of queries) assert.ok(await leads(query), `${query}: ${text}`);
  }
});

test("what only looks alike is not found", async () => {
  for (const query of ["2,34円", "12345678", "霞関", "緑丘", "8700110001235", "合資会社ときわ", "株式会社つるかめ", "みどり有限会社"]) {
    assert.equal(await leads(query), false, query);
  }
});
