/*
 * What helps to read an author's text: buttons that copy listings, tabs, signs of boxes. Pages without any of these do without
 * it, and those with them are whole without it, too.
 */
(function () {
  "use strict";

  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // --- Listings ---

  function copyOut(text, code) {
    const select = () => {
      const range = document.createRange();
      range.selectNodeContents(code);
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      const done = document.execCommand("copy");
      if (done) selection.removeAllRanges();
      return done;
    };
    if (!navigator.clipboard) return Promise.resolve(select());
    return navigator.clipboard.writeText(text).then(() => true, select);
  }

  function addCopying() {
    const template = document.getElementById("cw-copy");
    if (!template) return;
    for (const code of all(".code pre > code, .prose > pre > code")) {
      const holder = code.closest(".code") || code.parentNode;
      if (holder.querySelector(".copy") || holder.matches(".diagram")) continue;
      const button = template.content.firstElementChild.cloneNode(true);
      const [idle, copied] = [".idle", ".copied"].map((name) => button.querySelector(name));
      let timer = 0;
      button.addEventListener("click", () => {
        copyOut(code.textContent.replace(/\n$/, ""), code).then((done) => {
          idle.hidden = done;
          copied.hidden = !done;
          window.clearTimeout(timer);
          timer = window.setTimeout(() => {
            idle.hidden = false;
            copied.hidden = true;
          }, 2000);
        });
      });
      if (holder.matches("pre")) {
        const box = document.createElement("div");
        box.className = "code";
        holder.replaceWith(box);
        box.append(holder, button);
      } else {
        holder.append(button);
      }
    }
  }

  // --- Tabs ---

  let counted = 0;

  // Tabs of one name go together on a page: whoever reads for one system does so everywhere.
  function makeTabs(holder) {
    const tabs = all(":scope > .tab", holder);
    const titles = tabs.map((tab) => tab.querySelector(":scope > .tab-title"));
    if (tabs.length < 2 || titles.some((title) => !title)) return;
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    list.className = "tab-list";
    const buttons = tabs.map((tab, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = titles[index].textContent;
      button.id = `cw-tab-${++counted}`;
      tab.id = tab.id || `cw-panel-${counted}`;
      button.setAttribute("role", "tab");
      button.setAttribute("aria-controls", tab.id);
      tab.setAttribute("role", "tabpanel");
      tab.setAttribute("aria-labelledby", button.id);
      tab.tabIndex = 0;
      button.addEventListener("click", () => {
        const before = button.getBoundingClientRect().top;
        all(".tab-list").forEach((other) => other.dispatchEvent(new CustomEvent("choose", { detail: button.textContent })));
        window.scrollBy(0, button.getBoundingClientRect().top - before);
      });
      list.append(button);
      return button;
    });
    const show = (chosen) => {
      buttons.forEach((button, index) => {
        button.setAttribute("aria-selected", String(index === chosen));
        button.tabIndex = index === chosen ? 0 : -1;
        tabs[index].classList.toggle("chosen", index === chosen);
      });
    };
    list.addEventListener("choose", (event) => {
      const found = buttons.findIndex((button) => button.textContent === event.detail);
      if (found >= 0) show(found);
    });
    list.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(event.target);
      const ahead = root.dir === "rtl" ? -1 : 1;
      const step = { ArrowLeft: -ahead, ArrowRight: ahead }[event.key];
      const to = { Home: 0, End: buttons.length - 1 }[event.key] ?? (step && (at + step + buttons.length) % buttons.length);
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      buttons[to].focus();
      buttons[to].click();
    });
    holder.prepend(list);
    holder.classList.add("live");
    show(0);
  }

  // --- Signs of boxes: drawn, not loaded, so that no policy of an LMS keeps them away ---

  const SIGNS = {
    note: "M12 8h.01M11 12h1v5h1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
    tip: "M9 18h6M10 21h4M12 3a6 6 0 0 0-4 10.5c.8.8 1 1.5 1 2.5h6c0-1 .2-1.7 1-2.5A6 6 0 0 0 12 3",
    important: "M12 7v6M12 16.5h.01M4 4h16v13h-6l-4 4v-4H4z",
    warning: "M12 9v5M12 17h.01M12 3 2.5 20h19z",
    caution: "M12 8v5M12 16h.01M8 3h8l5 5v8l-5 5H8l-5-5V8z",
    exercise: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
    solution: "M4 12.5l5 5L20 6.5",
    questions: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
    objectives: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 12h.01",
    prerequisites: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
    keypoints: "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z",
    discussion: "M4 5h16v11h-8l-5 4v-4H4zM8 9h8M8 12h5",
    definition: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11",
    example: "M9 3h6M10 3v6L5 19a1.5 1.5 0 0 0 1.3 2h11.4a1.5 1.5 0 0 0 1.3-2L14 9V3M7.5 15h9",
    more: "M12 5v14M5 12h14",
    quote: "M10 7H5v6h4c0 2-1 3-3 4M20 7h-5v6h4c0 2-1 3-3 4",
  };
  const SAME = { hint: "tip" };
  const SVG = "http://www.w3.org/2000/svg";

  function drawn(name) {
    const glyph = document.createElementNS(SVG, "svg");
    for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", class: "glyph" }))
      glyph.setAttribute(key, value);
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", SIGNS[name]);
    glyph.append(path);
    return glyph;
  }

  function addSigns() {
    for (const box of all(".callout")) {
      const title = box.querySelector(":scope > .callout-title");
      const kind = Array.from(box.classList, (name) => name.replace("callout-", "")).find((name) => SIGNS[SAME[name] || name]);
      if (title && !title.querySelector(".glyph")) title.prepend(drawn(SAME[kind] || kind || "note"));
    }
  }

  all(".tabs").forEach(makeTabs);
  addSigns();
  addCopying();
})();
