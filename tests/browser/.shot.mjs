import { browser, serve } from "./site.mjs";
const [out, path, width, y, height, scheme="light", file="/tmp/s.png"] = process.argv.slice(2);
const server = await serve(out); const b = await browser();
const c = await b.newContext({ viewport: { width: +width, height: +height }, colorScheme: scheme });
const p = await c.newPage(); await p.goto(server.address + path);
await p.evaluate((y) => scrollTo(0, y), +y); await p.screenshot({ path: file });
await b.close(); server.close();
