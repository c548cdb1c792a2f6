// A web server on the loopback interface that behaves as common hosts do: it applies `_headers`, compresses, and lets pages be cached shortly.

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/** Serves a folder; answers with its address. */
export async function serve(folder) {
  const rules = headerRules(folder);
  const packed = new Map();
  return listen((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const found = existsSync(file);
    const named = found ? file : join(folder, "404.html");
    const headers = {
      "content-type": TYPES[extname(named)] ?? "application/octet-stream",
      "cache-control": "max-age=600",
      ...Object.fromEntries(rules.filter((rule) => rule.pattern.test(path)).flatMap((rule) => rule.headers)),
    };
    let body = readFileSync(named);
    if (!named.endsWith(".png") && /gzip/.test(request.headers["accept-encoding"] ?? "")) {
      if (!packed.has(named)) packed.set(named, gzipSync(body));
      body = packed.get(named);
      headers["content-encoding"] = "gzip";
      headers.vary = "accept-encoding";
    }
    response.writeHead(found ? 200 : 404, headers).end(body);
  });
}

/** Serves one page at every path, as somebody else's web site. */
export function serveElsewhere(html, headers = {}) {
  return listen((_, response) => response.writeHead(200, { "content-type": TYPES[".html"], ...headers }).end(html));
}

async function listen(answer) {
  const server = createServer((request, response) => {
    try {
      answer(request, response);
    } catch (fault) {
      response.writeHead(500).end(String(fault));
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  return { port, address: `http://127.0.0.1:${port}`, close: () => { server.close(); server.closeAllConnections(); } };
}

/** The rules of `_headers`: a pattern at the margin, `Name: value` indented below it; `*` is anything, `:name` one step of the path. */
export function headerRules(folder) {
  const file = join(folder, "_headers");
  if (!existsSync(file)) return [];
  const rules = [];
  for (const line of readFileSync(file, "utf8").split("\n").filter((line) => line.trim())) {
    if (/^\s/.test(line)) {
      const [, name, value] = line.match(/^\s+([^:]+):\s*(.*)$/);
      rules.at(-1).headers.push([name.toLowerCase(), value]);
    } else {
      const pattern = line.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replace(/:\w+/g, "[^/]+");
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: [] });
    }
  }
  return rules;
}
