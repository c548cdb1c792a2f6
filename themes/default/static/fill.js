// Takes words and markup from the templates of a page: scripts have none of their own.

const english = document.documentElement.lang === "en";
const days = new Intl.DateTimeFormat(english ? "en-GB" : "ja", { dateStyle: "long", timeZone: "UTC" });
const place = /(\{\w+\})/;
const valueAt = (part, values) => (place.test(part) ? values[part.slice(1, -1)] ?? part : part);

// A sentence with its places filled.
export const filled = (text, values) => text.split(place).map((part) => valueAt(part, values)).join("");

// A copy of a template. `{name}` becomes a text or a node, `data-at-x` the attribute x; `data-if` asks for a value.
export function take(id, values = {}) {
  const copy = document.getElementById(id).content.cloneNode(true);
  const put = (node) => {
    if (node.nodeType !== Node.TEXT_NODE || !place.test(node.data)) return;
    node.replaceWith(...node.data.split(place).map((part) => {
      const value = valueAt(part, values);
      return value instanceof Node ? value.cloneNode(true) : value;
    }));
  };
  for (const element of copy.querySelectorAll("*")) {
    if (element.dataset.if && !values[element.dataset.if]) element.remove();
    for (const { name, value } of [...element.attributes]) {
      if (place.test(value)) element.setAttribute(name.replace("data-at-", ""), filled(value, values));
    }
    [...element.childNodes].forEach(put);
  }
  [...copy.childNodes].forEach(put);
  return copy;
}

export const words = (id, values) => take(id, values).textContent;

// Any element with its properties and what is in it.
export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// A name in the page's language, marked where there is only the Japanese one.
export const named = (name, name_en) => element("span", english && !name_en ? { lang: "ja" } : {}, (english && name_en) || name);

export const day = (iso) => element("time", { dateTime: iso }, days.format(new Date(iso)));
