// Shows the ways that need no script where the scripts of a page do not run: in a browser without modules, or where one throws
// or cannot be loaded. Written so that any browser understands it.

(function () {
  function show() {
    var ways = document.querySelectorAll("[data-without]");
    for (var at = 0; at < ways.length; at += 1) ways[at].hidden = false;
    // What waits for an answer waits no longer.
    document.getElementById("page_main").setAttribute("data-answered", "");
  }

  addEventListener("error", function (event) {
    if (event.target === window || event.target.nodeName === "SCRIPT") show();
  }, true);
  addEventListener("unhandledrejection", show);
  if (!("noModule" in document.createElement("script"))) show();
}());
