// Takes words and markup from the templates of a page: scripts have none of their own.

import { cut } from "./fold.js";

export const byId = (id) => document.getElementById(id);

// Lets what waits for an answer stand below it.
export const answered = () => { byId("page_main").dataset.answered = ""; };

// What the address of the page asks for under a name, so much of it as is read.
export const inAddress = (name, most) => cut(new URLSearchParams(location.search).get(name) ?? "", most);

const english = document.documentElement.lang === "en";
const days = new Intl.DateTimeFormat(english ? "en-GB" : "ja", { dateStyle: "long", timeZone: "UTC" });
const months = new Intl.DateTimeFormat(english ? "en-GB" : "ja", { year: "numeric", month: "long", timeZone: "UTC" });

// The parts of a text: every second one stood in braces and is a value, where there is one.
const parts = (text, values) => text.split(/\{(\w+)\}/).flatMap((part, at) => (at % 2 ? values[part] ?? `{${part}}` : part));

// A sentence with its places filled.
export const filled = (text, values) => parts(text, values).join("");

// A copy of a template. `{name}` becomes a text or a node or several, `data-at-x` the attribute x; `data-if` asks for a value.
export function take(id, values = {}) {
  const { content } = byId(id).cloneNode(true);
  for (const element of [content, ...content.querySelectorAll("*")]) {
    if (element.dataset?.if && !values[element.dataset.if]) element.remove();
    for (const { name, value } of [...element.attributes ?? []]) element.setAttribute(name.replace("data-at-", ""), filled(value, values));
    for (const node of [...element.childNodes].filter((node) => node instanceof Text)) {
      node.replaceWith(...parts(node.data, values).map((part) => (part instanceof Node ? part.cloneNode(true) : part)));
    }
  }
  return content;
}

export const words = (id, values) => take(id, values).textContent;

// Any element with its properties and what is in it.
export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.flat());
  return made;
}

// A name in the page's language, marked where there is only the Japanese one.
export const named = (name, name_en) => element("span", english && !name_en ? { lang: "ja" } : {}, (english && name_en) || name);

// The names of a service or provider, as `both` of parts.html writes them: on English pages the English one first.
export function both({ name, name_en }, write = (text) => text) {
  if (!english) return write(name);
  if (!name_en) return element("span", { lang: "ja" }, write(name));
  return [write(name_en), " ", element("small", { className: "also", lang: "ja" }, write(name))].flat();
}

// Tells the style sheet how high an element stands, so that what has the focus is never behind it.
export function tellHeight(element, property) {
  new ResizeObserver(() => document.documentElement.style.setProperty(property, `${element.offsetHeight}px`)).observe(element);
}

// A date as exact as it is known: a day or a month.
export const day = (iso) => element("time", { dateTime: iso }, (iso.length > 7 ? days : months).format(new Date(iso)));
