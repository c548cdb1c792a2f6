// How much a colour stands out (WCAG 2.2). Runs inside the page, where it leaves its functions at `window.colours`.

export function colours() {
  window.colours = { parts, behind, luminance, contrast };

  function parts(text) {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  }

  /** The colour that lies behind what stands in an element. */
  function behind(element) {
    for (; element; element = element.parentElement) {
      const colour = parts(getComputedStyle(element).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255, 1];
  }

  function contrast(one, other) {
    const [dark, light] = [one, other].map(luminance).sort((a, b) => a - b);
    return (light + .05) / (dark + .05);
  }

  function luminance(colour) {
    const [red, green, blue] = colour.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4));
    return .2126 * red + .7152 * green + .0722 * blue;
  }
}

/** The page's ground and ink, and each text that can be seen with its contrast. Needs `colours` in the page. */
export function texts() {
  const { parts, behind, luminance, contrast } = window.colours;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest("svg, .skip")) continue;
    found.push({ text: node.data.slice(0, 40), contrast: contrast(parts(getComputedStyle(element).color), behind(element)) });
  }
  const { backgroundColor, color } = getComputedStyle(document.body);
  return { ground: luminance(parts(backgroundColor)), ink: luminance(parts(color)), texts: found };
}
