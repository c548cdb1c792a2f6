// The pages are correct HTML, by two checkers.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { build, here } from "./site.mjs";

let site;
before(() => { site = build(); });
after(() => site.remove());

test("the Nu checker finds nothing in any page or picture", () => {
  const jar = join(here, "node_modules", "vnu-jar", "build", "dist", "vnu.jar");
  const run = spawnSync("java", ["-jar", jar, "--format", "json", "--also-check-svg", "--skip-non-html", site.out], {
    encoding: "utf8", maxBuffer: 1 << 26,
  });
  const messages = JSON.parse(run.stderr || run.stdout).messages
    // Read from files, a page has no origin that 'self' could mean; and the checker says of RDF that it passes it over.
    .filter((message) => !/Content Security Policy|does not validate RDF/.test(message.message));
  assert.deepEqual(messages.map((message) => `${message.url}: ${message.message}`), []);
});

test("html-validate finds nothing in any page", () => {
  const report = join(site.out, "html-validate.json");
  spawnSync("npx", ["html-validate", "--config", ".htmlvalidate.json", "--formatter", `json=${report}`, `${site.out}/**/*.html`], { cwd: here });
  const messages = JSON.parse(readFileSync(report, "utf8"))
    .flatMap((result) => result.messages.map((m) => `${result.filePath}:${m.line}:${m.column} ${m.ruleId} ${m.message}`));
  assert.deepEqual(messages, []);
});
