/*
 * What must hold on every page for every reader, as a list of faults in words. Looks at what is visible now.
 * Evaluates to a function, so that a test can call it inside the page.
 */
() => {
  const faults = [];
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const name = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 90);
  const check = (holds, fault, element) => holds || faults.push(element ? `${fault}: ${name(element)}` : fault);

  // The document
  check(document.title.trim(), "no title");
  check(document.documentElement.lang, "no language");
  check(all("h1").length === 1, `${all("h1").length} h1`);
  check(all("main").length === 1, `${all("main").length} main`);
  const ids = all("[id]").map((element) => element.id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  check(!twice.length, `ids used twice: ${twice}`);
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
    for (const element of all(`[${attribute}]`)) {
      const missing = element.getAttribute(attribute).split(" ").filter((id) => !document.getElementById(id));
      check(!missing.length, `${attribute} names nothing`, element);
    }
  }

  // A strict content security policy
  for (const element of all("*")) {
    const inline = element.getAttributeNames().filter((attribute) => attribute === "style" || attribute.startsWith("on"));
    check(!inline.length, `inline ${inline}`, element);
  }
  check(!all("style, script:not([src])").length, "an inline style sheet or script");

  // Headings
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6").filter(visible)) {
    const next = Number(heading.localName[1]);
    check(next <= level + 1, `h${next} after h${level}`, heading);
    check(heading.textContent.trim(), "an empty heading", heading);
    level = next;
  }

  // Names, and targets large enough to hit (WCAG 2.5.8; links inside text are exempt)
  for (const control of all("a[href], button, input, progress, svg:not([aria-hidden]), img, [role=region]").filter(visible)) {
    const label = control.getAttribute("aria-label") || control.alt || control.labels?.[0]?.textContent || control.textContent;
    check((label || "").trim(), "without a name", control);
  }
  for (const control of all("button, input, nav a").filter(visible)) {
    const box = (control.closest("label") || control).getBoundingClientRect();
    check(box.width >= 24 && box.height >= 24, `only ${box.width} by ${box.height}`, control);
  }
  for (const list of all("ul, ol")) {
    check(Array.from(list.children).every((child) => child.localName === "li"), "a list of something else", list);
  }

  // Contrast of text (WCAG 1.4.3) against the first opaque background behind it
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data);
  };
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !visible(element) || element.closest(".unseen, .skip, :disabled")) continue;
    const style = getComputedStyle(element);
    const [light, dark] = [luminance(rgba(style.color)), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    check(ratio >= (large ? 3 : 4.5), `contrast ${ratio.toFixed(2)}`, element);
  }

  // Nothing makes the page itself scroll sideways (WCAG 1.4.10)
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  check(over <= 0, `${over} px too wide`);
  return faults;
}
