// What every page does: it suggests services under the search box, and tells the day of printing on paper.

const { lang } = document.documentElement;

// ---- suggestions by number and name: a combobox with a list (WAI-ARIA Authoring Practices)

const MOST = 8;
const form = document.querySelector("#page_find");
const input = form.elements.q;
const words = form.dataset;
const list = element("ul", { id: "page_options", role: "listbox", "aria-label": words.label, hidden: "" });
const status = element("span", { role: "status", class: "unseen" });
let chosen = -1;
let asked = 0;

set(input, {
  role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "page_options",
});
form.append(list, status);

function set(element, attributes) {
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
}

function element(name, attributes, ...children) {
  const made = set(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

// What finds services is loaded when somebody begins to write.
async function suggest() {
  const mine = ++asked;
  const query = input.value.trim();
  const found = [];
  if (query) {
    const { within } = await import("./find.js");
    await within(words.base, async (registry) => {
      found.length = 0;
      const asks = await registry.ask(query, false);
      for (const ended of [false, true]) {
        for await (const hit of registry.named(asks, ended)) {
          if (mine !== asked || found.push(option(hit.card, ended)) === MOST) return;
        }
      }
    });
  }
  if (mine !== asked) return;
  list.replaceChildren(...found);
  choose(-1);
  open(found.length > 0);
  status.textContent = query ? words.count.replace("{n}", found.length) : "";
}

function option(card, ended) {
  const part = (name, text) => [element("span", { class: name }, text), " "];
  const named = ({ name, name_en }) => lang === "en" && name_en || name;
  const option = element(
    "li", { id: `page_option_${card.slug}`, role: "option", "aria-selected": "false" }, ...part("number", card.number), ...part("what", named(card)),
    ...(ended ? part("tag", words.ended) : []), ...part("who", named(card.provider)),
  );
  option.addEventListener("click", () => { location.href = `${words.pages}${card.slug}/`; });
  return option;
}

function open(is) {
  list.hidden = !is;
  set(input, { "aria-expanded": is });
}

function choose(at) {
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = at;
  const option = list.children[at];
  input.removeAttribute("aria-activedescendant");
  if (!option) return;
  set(option, { "aria-selected": "true" });
  set(input, { "aria-activedescendant": option.id });
  option.scrollIntoView({ block: "nearest" });
}

function close() {
  asked++;
  choose(-1);
  open(false);
  status.textContent = "";
}

input.addEventListener("input", () => suggest().catch(close));
input.addEventListener("blur", close);
form.addEventListener("submit", close);
list.addEventListener("mousedown", (event) => event.preventDefault());
input.addEventListener("keydown", (event) => {
  const many = list.children.length;
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && !list.hidden) close();
  else if (event.key === "Enter" && chosen >= 0) list.children[chosen].click();
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && many) {
    // One step before the first option, and behind the last, stands what was written.
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose((chosen + step + many + 2) % (many + 1) - 1);
    open(true);
  } else return;
  event.preventDefault();
});

// ---- the day of printing; without it the sheet still tells the day that the registry was made

addEventListener("beforeprint", () => {
  const place = document.querySelector(".printed-on");
  // As the days of the page are written: 22 November 2026, not November 22.
  const day = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long" }).format(new Date());
  place.textContent = place.dataset.words.replace("{day}", day);
});
