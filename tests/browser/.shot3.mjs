import { browser } from "./site.mjs";
const [url, width, height, file] = process.argv.slice(2);
const b = await browser(); const c = await b.newContext({ viewport: { width: +width, height: +height } });
const p = await c.newPage(); p.on("console", m => console.log(m.text())); await p.goto(url); await p.waitForTimeout(400); await p.screenshot({ path: file }); await b.close();
