/*
 * What a page shows, as lines of text, and what became different between two looks: of each element its name and marks,
 * the words that are its own, and what it says to those who use it. Hidden or not is one of these, so whatever is shown
 * or hidden is one line.
 */
(function () {
  "use strict";

  const SAID = ["hidden", "disabled", "href", "target", "rel", "aria-current", "aria-expanded", "max", "tabindex", "open"];
  const LONGEST = 70;
  const PASSED_OVER = "script, template, style, head, title, svg:not(:has(use)), path, circle:not([data-dot])";

  const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

  // Which element it is.
  function named(node) {
    const own = Object.entries(node.dataset)
      .filter(([name]) => !["text", "pattern", "of"].includes(name))
      .map(([name, value]) => `[${name}${value && `=${short(value)}`}]`);
    const place = node.id ? `#${node.id}` : "";
    return `${node.localName}${place}${own.join("")}`;
  }

  function described(node) {
    const words = Array.from(node.childNodes)
      .filter((part) => part.nodeType === Node.TEXT_NODE)
      .map((part) => part.textContent.replace(/\s+/g, " ").trim());
    const value = (name) => node.getAttribute(name).replace(window.location.origin, "");
    const said = SAID.filter((name) => node.hasAttribute(name)).map((name) => (value(name) ? `${name}=${value(name)}` : name));
    const field = "value" in node && !["button", "submit"].includes(node.type) && node.localName !== "li" && node.localName !== "option";
    if (["checkbox", "radio"].includes(node.type)) said.push(node.checked ? "checked" : "unchecked");
    else if (field) said.push(`value=${node.value}`);
    const classes = node.classList.length ? `.${Array.from(node.classList).join(".")}` : "";
    const text = short(words.filter(Boolean).join(" "));
    return [`${named(node)}${classes}`, ...said, ...(text ? [JSON.stringify(text)] : [])].join(" ");
  }

  // A look at a page: a line for each element, and the order of what each holds.
  function look(page) {
    const passed = new Set(page.querySelectorAll(PASSED_OVER));
    const nodes = [page.documentElement, page.body, ...page.body.querySelectorAll("*")].filter((node) => !passed.has(node));
    return new Map(nodes.map((node) => [node, { line: described(node), within: Array.from(node.children) }]));
  }

  // What held a node at a look.
  const holder = (seen, node) => [...seen].find(([, { within }]) => within.includes(node))?.[0];

  // What differs between two looks, in the order of the page.
  function changes(before, after) {
    const lines = [];
    for (const [node, { line, within }] of after) {
      const was = before.get(node);
      if (!was) lines.push(`+ ${line}`);
      else if (was.line !== line) lines.push(`~ ${line}`);
      const [then, now] = [was ? was.within.filter((at) => after.has(at)) : [], within.filter((at) => before.has(at))];
      if (was && then.some((at, place) => at !== now[place])) lines.push(`order in ${named(node)}: ${now.map(named).join(" ")}`);
    }
    for (const [node, { line }] of before) if (!after.has(node) && after.has(holder(before, node))) lines.push(`- ${line}`);
    return lines;
  }

  window.sight = { look, changes, named };
})();
