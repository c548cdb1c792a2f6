// A page follows the reader's choice of light or dark, and its text stands out in both.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { colours, texts } from "./contrast.mjs";
import { reader } from "./reader.mjs";
import { KINDS } from "./site.mjs";

let registry;
before(async () => { registry = await reader(); });
after(() => registry?.close());

for (const [kind, path] of Object.entries(KINDS)) {
  test(`${kind}: dark on light or light on dark as the reader chose, every text at 7:1 or more`, async () => {
    await registry.open(path, {}, async (page) => {
      await page.evaluate(colours);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const seen = await page.evaluate(texts);
        assert.equal(seen.ground > seen.ink, colorScheme === "light", `${path} ${colorScheme}`);
        const faint = seen.texts.filter((text) => text.contrast < 7).map((text) => `${text.contrast.toFixed(2)} ${text.text}`);
        assert.deepEqual([...new Set(faint)], [], `${path} ${colorScheme}`);
      }
    });
  });
}
