// Lighthouse finds nothing to object to in accessibility, good practice and SEO. Speed is measured by `lighthouse.mjs` and never
// asserted, as it is the machine's as well as the page's.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { FORMS, PATHS, laboratory } from "./lighthouse.mjs";

let lab;
before(async () => { lab = await laboratory(); });
after(() => lab?.close());

for (const path of PATHS) {
  for (const form of Object.keys(FORMS)) {
    test(`${path} has 100 for accessibility, best practices and SEO (${form})`, async () => {
      for (const { id, score, failed } of await lab.examine(path, form, ["accessibility", "best-practices", "seo"])) {
        assert.equal(score, 100, `${id}: ${failed.join(", ")}`);
      }
    });
  }
}
