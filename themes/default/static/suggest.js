// Suggests services by number and name under the search box: a combobox with a list (WAI-ARIA Authoring Practices). What finds
// them is loaded when somebody begins to write.

const MOST = 8;
const form = document.getElementById("page_find");
const input = form.elements.q;
const words = form.dataset;
const list = document.createElement("ul");
const status = document.createElement("span");
let chosen = -1;
let asked = 0;

const set = (element, values) => Object.entries(values).forEach(([name, value]) => element.setAttribute(name, value));
set(list, { id: "page_options", role: "listbox", "aria-label": words.label });
list.hidden = true;
set(status, { role: "status", class: "unseen" });
set(input, {
  role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "page_options",
});
form.append(list, status);

async function suggest() {
  const mine = ++asked;
  const query = input.value;
  const found = [];
  if (query.trim()) {
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
  found.forEach((option, at) => { option.id = `page_option_${at}`; });
  choose(-1);
  open(found.length > 0);
  status.textContent = query.trim() ? words.count.replace("{n}", found.length) : "";
}

function option(card, ended) {
  const option = document.createElement("li");
  set(option, { role: "option", "aria-selected": "false" });
  const english = document.documentElement.lang === "en";
  const part = (name, text) => option.append(Object.assign(document.createElement("span"), { className: name, textContent: text }), " ");
  part("number", card.number);
  part("what", english && card.name_en || card.name);
  if (ended) part("tag", words.ended);
  part("who", english && card.provider.name_en || card.provider.name);
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
  else if (event.key === "Enter" && !list.hidden && chosen >= 0) list.children[chosen].click();
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && many) {
    // One step before the first option, and behind the last, stands what was written.
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(list.hidden ? (step > 0 ? 0 : many - 1) : (chosen + 1 + step + many + 1) % (many + 1) - 1);
    open(true);
  } else return;
  event.preventDefault();
});
