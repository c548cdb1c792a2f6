// How the scripts read numbers and what they are asked for, without a browser: the list of spellings that the program is held
// against too, hostile texts in reasonable time, and nothing that browsers of early 2022 lack.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { root } from "./site.mjs";

const STATIC = join(root, "themes", "default", "static");
const SCHEMES = [
  { id: "ip", prefix: "IP", slug: "ip", digits: 4 },
  { id: "iot", prefix: "IoT ", slug: "iot", digits: 4 },
  { id: "tokuko", prefix: "特個", slug: "tokuko", digits: 4 },
];

let folder, number, terms, fetched;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "kohyo-"));
  cpSync(STATIC, folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  [number, terms, fetched] = await Promise.all(["number", "terms", "fetched"].map((name) => import(pathToFileURL(join(folder, `${name}.js`)))));
});
after(() => rmSync(folder, { recursive: true }));

// ---- numbers

const listed = readFileSync(join(root, "tests", "search", "numbers.tsv"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));

/** A reading as the list writes it. */
function told(found) {
  if (!found) return "-";
  const { kind, sign, all } = found;
  if (kind === "foreign") return `foreign ${sign}`;
  if (kind === "unsure") return ["unsure", ...all.flatMap(({ scheme, parts }) => [...scheme ? [scheme.slug] : [], parts.join("-")])].join(" ");
  return `${kind} ${all.map(({ shown }) => shown).join(", ")}`;
}

test("the boxes read every spelling as the list says", () => {
  assert.ok(listed.length > 90);
  for (const line of listed) {
    const [written, , reading] = line.split("\t");
    assert.equal(told(number.read(JSON.parse(written), SCHEMES)), reading, written);
  }
});

test("what the program reads in a record, the boxes of lists and search read too, and no other", () => {
  for (const line of listed) {
    const [written, shown] = line.split("\t");
    const whole = number.starts(JSON.parse(written), SCHEMES).filter(({ whole }) => whole);
    // Whether there is such a month the records tell.
    const [read] = whole.filter(({ digits }) => /(0[1-9]|1[0-2])$/.test(digits) && !/^0+-/.test(digits));
    assert.equal(read?.shown ?? "-", shown, written);
  }
});

test("digits with any word in front are not those of a scheme", () => {
  for (const sign of ["医療", "JIPDEC", "ISMS", "СЕ", "Ｐマーク株", "é", "ABC-", "個特", "IPA", "IIP", "IoTa", "特個特", "tokukou"]) {
    for (const between of ["", " ", "　", "-", ":", "：", "/", "・", "=", "）", "］", "」", "_", " No.", "第", "認定番号", " 登録番号は", "\n", "\t", "～", "@", "★", "\u200b"]) {
      const text = `${sign}${between}0001-1212`;
      for (const own of ["", "ip"]) assert.match(number.read(text, SCHEMES, own)?.kind ?? "none", /^(foreign|unsure|none)$/, text);
    }
  }
});

test("a scheme may have any letters as its sign", () => {
  for (const prefix of ["A+B ", "A.B", "(仮)", "サーバー", "C/D", "X-", "^$", "[x]", "認定", "No"]) {
    const scheme = { id: "x", prefix, slug: "x", digits: 4 };
    assert.equal(number.read(`${prefix}0001-1212`, [scheme])?.all[0].shown, `${prefix}0001-1212`, prefix);
    assert.equal(number.read(`${prefix}0001-1212`, [scheme]).kind, "whole", prefix);
    assert.notEqual(number.read("医療0001-1212", [scheme]).kind, "whole", prefix);
  }
});

// ---- hostile texts

/** Longer than anything a person writes. */
const HOSTILE = [
  `${"\0".repeat(26)}終`, "「".repeat(20_000), "\"".repeat(20_000), "[".repeat(20_000), "(".repeat(20_000), "\\".repeat(20_000), "0".repeat(20_000),
  "0001-".repeat(5_000), "0001 ".repeat(5_000), "o-".repeat(10_000), "ip".repeat(10_000), "ip ".repeat(7_000), " ".repeat(20_000),
  `1${" ".repeat(20_000)}1`, `1${"-".repeat(20_000)}1`, `ip1${" -".repeat(10_000)}x`, "第".repeat(20_000), "no".repeat(10_000), "はがの".repeat(7_000),
  "ー".repeat(20_000), "ア".repeat(20_000), "アー".repeat(10_000), "令和".repeat(10_000), "2024/".repeat(4_000), "r1.1.1".repeat(3_000), "・".repeat(20_000),
  "a・".repeat(10_000), "ケ".repeat(20_000), "山ケ".repeat(10_000), "1,".repeat(10_000), "(株)".repeat(7_000), "株式会社".repeat(5_000), "\u3099".repeat(20_000),
  "%E7%89".repeat(4_000), "%".repeat(20_000), "\ud800".repeat(20_000), "𠮷".repeat(10_000), "ﷺ".repeat(20_000), "{name}".repeat(4_000),
];

const seconds = (act) => {
  const from = performance.now();
  act();
  return (performance.now() - from) / 1000;
};

test("hostile texts are read in no time, as numbers and as words", { timeout: 120_000 }, () => {
  for (const text of HOSTILE) {
    const label = `${text.slice(0, 8)}… × ${text.length}`;
    assert.ok(seconds(() => number.read(text, SCHEMES)) < 2, `as a number: ${label}`);
    assert.ok(seconds(() => number.starts(text, SCHEMES)) < 2, `as the beginning of a number: ${label}`);
    assert.ok(seconds(() => terms.parse(text)) < 2, `as words: ${label}`);
  }
});

test("hostile words are looked for in hostile texts in no time", { timeout: 300_000 }, () => {
  const texts = [`${"-".repeat(60)}終`, "-".repeat(5_000), " ".repeat(5_000), "ー".repeat(5_000), "・".repeat(5_000), "a".repeat(5_000), "1,".repeat(2_500), "2024 ".repeat(1_000), "株式会社 ".repeat(1_000)];
  for (const query of HOSTILE) {
    for (const text of texts) {
      const took = seconds(() => {
        const asked = terms.parse(query);
        terms.holdAll(asked, [{ text }]);
        terms.places(asked, text);
      });
      assert.ok(took < 3, `${query.slice(0, 8)}… in ${text.slice(0, 8)}…: ${took} s`);
    }
  }
});

test("data that are not what they should be are refused", () => {
  const shape = { "name?": "string", days: [fetched.DAY], n: fetched.count(10) };
  assert.ok(fetched.fits({ days: ["2026-11-22"], n: 10 }, shape));
  assert.ok(fetched.fits({ name: null, days: [], n: 0, more: 1 }, shape));
  for (const odd of [null, 1, "x", [], {}, { days: "x", n: 1 }, { days: ["2026-13-01"], n: 1 }, { days: [], n: 11 }, { days: [], n: 1.5 }, { days: [], n: -1 }, { days: [], n: "1" }, { name: 1, days: [], n: 1 }]) {
    assert.ok(!fetched.fits(odd, shape), JSON.stringify(odd));
  }
});

// ---- browsers of early 2022

test("no script needs what browsers of early 2022 lack", () => {
  const later = [
    /\(\?<[=!]/, /:has\(/, /\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with|isWellFormed|toWellFormed|hasOwn|groupBy|withResolvers|fromAsync|structuredClone)\(/,
    /\b(structuredClone|requestIdleCallback)\b/, /\/[dgimsuy]*v[dgimsuy]*[,);.]/, /\.(union|intersection|difference|isSubsetOf)\(/, /URLSearchParams\([^)]*\)\.size|params\.size|state\.size/,
    /\bcommand(for)?\b|popover|\binert\b|showModal/, /\bawait using\b|\bstatic \{/, /\bwith \{ type/, /navigation\.|startViewTransition/,
  ];
  for (const name of readdirSync(STATIC).filter((name) => name.endsWith(".js"))) {
    const script = readFileSync(join(STATIC, name), "utf8").replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
    for (const pattern of later) assert.doesNotMatch(script, pattern, name);
  }
});

test("no rule of the style sheets waits for :has()", () => {
  for (const name of readdirSync(STATIC).filter((name) => name.endsWith(".css"))) {
    assert.doesNotMatch(readFileSync(join(STATIC, name), "utf8"), /:has\(/, name);
  }
});

test("the script for browsers without modules has nothing that they could not read", () => {
  const script = readFileSync(join(STATIC, "without.js"), "utf8").replace(/^\s*\/\/.*$/gm, "");
  assert.doesNotMatch(script, /\b(const|let|class|async|import|export)\b|=>|`|\?\?|\?\.|\.\.\./);
});
