// Waits until the server tells another version than this page's, and loads the page again; browsers keep the place in it.
// Only a page that is seen waits, since browsers keep few connections to one host.
"use strict";
{
  const shown = document.getElementById("kohyo_preview").dataset.version;
  const address = "/_preview/changes?since=" + encodeURIComponent(shown);
  let waiting = null;

  const wait = async () => {
    if (waiting || document.hidden) return;
    waiting = new AbortController();
    try {
      for (;;) {
        const answer = await fetch(address, { signal: waiting.signal, cache: "no-store" });
        if (!answer.ok) throw new Error(answer.statusText);
        if (await answer.text() !== shown) {
          location.reload();
          return;
        }
      }
    } catch {
      // The page was hidden, or the program has ended and may come back.
      setTimeout(wait, 1000);
    } finally {
      waiting = null;
    }
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? waiting?.abort() : wait()));
  addEventListener("pageshow", wait);
  wait();
}
