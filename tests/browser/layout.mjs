// Whether a page is whole as it is laid out. This function runs inside the page and tells every fault that it finds.

/** No box beyond the window, no text cut off, no text on top of another. */
export function layoutFaults() {
  const faults = [...beyond(), ...cut(), ...onTop(), ...labels()];
  return [...new Set(faults)].slice(0, 20);

  function seen(element) {
    return element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen, .skip, thead");
  }

  function tell(element) {
    const { left, right, top } = element.getBoundingClientRect();
    return `${element.outerHTML.slice(0, 80)} (${Math.round(left)}–${Math.round(right)}, ${Math.round(top)})`;
  }

  function beyond() {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const boxes = [...document.body.querySelectorAll("*")].filter(seen).filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < -1 || right > document.documentElement.clientWidth + 1);
    });
    return [...(over > 0 ? [`scrolls ${over} px sideways`] : []), ...boxes.map((box) => `beyond the window: ${tell(box)}`)];
  }

  /** What clips or scrolls sideways holds nothing that does not fit. */
  function cut() {
    return [...document.body.querySelectorAll("*")].filter(seen).flatMap((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const wide = overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
      const high = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1;
      return wide || high ? [`cuts what it holds: ${tell(element)}`] : [];
    });
  }

  /** The lines of text, without the room between them: fonts claim more height than their characters fill. */
  function lines() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || !seen(node.parentElement) || getComputedStyle(node.parentElement).position === "absolute") continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const slack = (bottom - top) * .22;
        if (right - left > 2) found.push({ node, left: left + 1, right: right - 1, top: top + slack, bottom: bottom - slack });
      }
    }
    return found.sort((a, b) => a.top - b.top);
  }

  function onTop() {
    const faults = [];
    const open = [];
    for (const line of lines().filter((line) => !line.node.parentElement.closest(".to-contents, .contents"))) {
      for (let n = open.length - 1; n >= 0; n--) if (open[n].bottom <= line.top) open.splice(n, 1);
      for (const other of open) {
        if (other.node !== line.node && other.left < line.right && line.left < other.right) {
          faults.push(`“${other.node.data.slice(0, 30)}” lies on “${line.node.data.slice(0, 30)}” at ${Math.round(line.left)}, ${Math.round(line.top)}`);
        }
      }
      open.push(line);
    }
    return faults;
  }

  /** Where a table has become blocks, the name of a column stands before its cell, and needs to fit beside it. */
  function labels() {
    return [...document.querySelectorAll("td[data-label]")].filter(seen).flatMap((cell) => {
      const label = getComputedStyle(cell, "::before");
      if (label.content === "none" || label.display === "none") return [];
      const room = cell.getBoundingClientRect().height;
      return parseFloat(label.height) > room + 1 ? [`a label does not fit: “${cell.dataset.label}” ${label.height} in ${room} px: ${tell(cell)}`] : [];
    });
  }
}

/** What a reader may set who needs more room in a text (WCAG 1.4.12). Runs inside the page, past its content policy. */
export function spaceText() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
  document.adoptedStyleSheets = [sheet];
}
