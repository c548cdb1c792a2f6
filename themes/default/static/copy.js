// A button that copies the HTML of the mark. The text stays selectable; where copying is not allowed it is selected.

import { take, words } from "./fill.js";

const snippet = document.getElementById("page_snippet");
snippet.after(take("page_copy"));
const [button, says] = snippet.nextElementSibling.children;
button.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(snippet.textContent);
    says.textContent = words("page_copy_done");
  } catch {
    getSelection().selectAllChildren(snippet);
    says.textContent = words("page_copy_failed");
  }
});
