import { browser, serve } from "./site.mjs";
const [out, path, width, height, scheme="light", file="/tmp/s.png", before="0"] = process.argv.slice(2);
const server = await serve(out); const b = await browser();
const c = await b.newContext({ viewport: { width: +width, height: +height }, colorScheme: scheme });
const p = await c.newPage(); await p.goto(server.address + path); await p.waitForTimeout(300);
if (+before) await p.evaluate((y) => scrollBy(0, y), +before);
await p.screenshot({ path: file });
await b.close(); server.close();
