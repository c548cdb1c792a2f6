// What a reader sees who walks through a page with the Tab key. These functions run inside the page.

/** Needs `colours` of contrast.mjs in the page. Notes, whenever Tab is about to move on, the stop that has the focus and what is wrong with how it shows. */
export function watchFocus() {
  const FOCUSABLE = "a[href], button, summary, input, select, textarea, [tabindex='0']";
  const stops = [...document.querySelectorAll(FOCUSABLE)].filter((stop) => stop.checkVisibility({ visibilityProperty: true }));
  const plain = new Map(stops.map((stop) => [stop, outlineOf(stop)]));
  const walk = { stops, visited: [], faults: [], note };
  window.walk = walk;
  addEventListener("keydown", (event) => { if (event.key === "Tab") note(); }, true);

  function note() {
    const stop = document.activeElement;
    const at = stops.indexOf(stop);
    walk.visited.push(at);
    if (at < 0) return;
    const wrong = [...unseen(stop), ...covered(stop)];
    walk.faults.push(...wrong.map((fault) => `${stop.outerHTML.slice(0, 100)}: ${fault}`));
  }

  function outlineOf(stop) {
    const style = getComputedStyle(stop);
    return `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
  }

  /** The focus must be told by an outline of 2 px or more that is not there without it, in 3:1 against what lies behind. */
  function unseen(stop) {
    const style = getComputedStyle(stop);
    const faults = [];
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("has no outline");
    if (outlineOf(stop) === plain.get(stop)) faults.push("looks the same without the focus");
    const contrast = window.colours.contrast(window.colours.parts(style.outlineColor), window.colours.behind(stop.parentElement));
    if (contrast < 3) faults.push(`has an outline of ${contrast.toFixed(2)}:1`);
    return [...faults, ...cut(stop, parseFloat(style.outlineOffset) + 2)];
  }

  /** No box that clips may take the outline away. */
  function cut(stop, reach) {
    const box = stop.getBoundingClientRect();
    for (let over = stop.parentElement; over && over !== document.body; over = over.parentElement) {
      if (getComputedStyle(over).overflowX === "visible") continue;
      const clip = over.getBoundingClientRect();
      const room = Math.min(box.left - clip.left, clip.right - box.right, box.top - clip.top, clip.bottom - box.bottom);
      if (room < reach) return [`has its outline cut by .${over.className} (${room.toFixed(1)} px of room)`];
    }
    return [];
  }

  /** The stop must be in the window, with nothing lying on it. */
  function covered(stop) {
    const boxes = [...stop.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    const points = boxes.flatMap(({ left, right, top, bottom }) => {
      const middle = (top + bottom) / 2;
      return [[left + 2, middle], [(left + right) / 2, middle], [right - 2, middle], [(left + right) / 2, top + (bottom - top) / 4]];
    });
    const inside = points.filter(([x, y]) => x > 0 && y > 0 && x < innerWidth && y < innerHeight);
    if (inside.length === 0) return ["is outside the window"];
    const whole = stop.getBoundingClientRect();
    const faults = whole.height < innerHeight / 2 && inside.length < points.length ? ["is partly outside the window"] : [];
    for (const [x, y] of inside) {
      const top = document.elementFromPoint(x, y);
      if (!stop.contains(top)) return [...faults, `is covered by ${top?.outerHTML.slice(0, 60)}`];
    }
    return faults;
  }
}

/** Presses Tab `times` times, with Shift to walk backwards. The presses are sent at once; the page handles them in order. */
export async function tab(page, times, shift = false) {
  const session = await page.context().newCDPSession(page);
  const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9, modifiers: shift ? 8 : 0 };
  const presses = [];
  for (let n = 0; n < times; n++) {
    presses.push(session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key }));
    presses.push(session.send("Input.dispatchKeyEvent", { type: "keyUp", ...key }));
  }
  await Promise.all(presses);
  await session.detach();
}
