/*
 * What helps to read a page, on its own or in an LMS: colours and size of letters, a head that shrinks, a table of contents
 * that follows, tabs, buttons that copy listings, signs of boxes, folded parts open on paper. It knows nothing of SCORM
 * and reports nothing. The markup it works with is listed in reading.html.j2. Without it pages are whole, too.
 *
 * It stands in the head and is not deferred: chosen colours must be there before the page is painted.
 */
(function () {
  "use strict";

  const root = document.documentElement;
  const CHOICES = { theme: ["light", "dark"], size: ["1", "2"] };
  const BAR = 3.25; // rem: the height of the head once it has shrunk, as in 20-frame.css

  // The browser's storage may be forbidden or full: then a choice lasts as long as the page.
  function recall(name) {
    try {
      return window.localStorage.getItem(`coursewright:${name}`) || "";
    } catch (error) {
      return "";
    }
  }

  function keep(name, value) {
    try {
      if (value) window.localStorage.setItem(`coursewright:${name}`, value);
      else window.localStorage.removeItem(`coursewright:${name}`);
    } catch (error) {
      /* as long as the page */
    }
  }

  function choose(name, value) {
    if (CHOICES[name].includes(value)) root.dataset[name] = value;
    else delete root.dataset[name];
    settleLogo();
  }

  // A sheet of our own: what stands in an attribute, the policy of a cautious LMS forbids.
  const sheet = "adoptedStyleSheets" in document ? new CSSStyleSheet() : null;
  if (sheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // A logo for dark pages follows the colours that were chosen.
  function settleLogo() {
    const media = { light: "not all", dark: "all" }[root.dataset.theme] || "(prefers-color-scheme: dark)";
    all(".logo source").forEach((source) => source.setAttribute("media", media));
  }

  for (const name of Object.keys(CHOICES)) choose(name, recall(name));
  root.classList.add("reader");

  // --- Tools ---

  function openTools() {
    const button = document.querySelector("[data-open=tools]");
    const panel = document.querySelector("[data-tools]");
    if (!button || !panel) return;
    button.hidden = false;
    const fold = (open) => {
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
    };
    for (const box of all("[data-choice]", panel)) {
      box.checked = box.value === (root.dataset[box.dataset.choice] || "");
      box.addEventListener("change", (event) => {
        event.stopPropagation();
        choose(box.dataset.choice, box.value);
        keep(box.dataset.choice, box.value);
      });
    }
    button.addEventListener("click", () => fold(panel.hidden));
    document.addEventListener("click", (event) => {
      if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) fold(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.preventDefault();
      fold(false);
      button.focus();
    });
  }

  // Another tab or unit may have chosen otherwise.
  window.addEventListener("storage", (event) => {
    const name = Object.keys(CHOICES).find((one) => event.key === `coursewright:${one}`);
    if (!name) return;
    choose(name, event.newValue || "");
    all(`[data-choice=${name}]`).forEach((box) => (box.checked = box.value === (event.newValue || "")));
  });

  // --- Where the reader is ---

  // The head keeps its place in the page, so that nothing jumps; what of it stays in sight is a bar at its lower end.
  function watchHead() {
    const head = document.querySelector("header.unit");
    if (!head || !sheet) return () => {};
    const bar = () => BAR * parseFloat(getComputedStyle(root).fontSize);
    const measure = () => {
      if (!root.classList.contains("slim")) sheet.replaceSync(`:root { --head: ${head.offsetHeight}px }`);
    };
    const look = () => {
      const over = head.getBoundingClientRect().height - bar();
      const slim = over > 0 && window.scrollY > over;
      if (slim !== root.classList.contains("slim")) {
        if (slim) measure();
        root.classList.toggle("slim", slim);
      }
    };
    measure();
    window.addEventListener("resize", () => {
      root.classList.remove("slim");
      measure();
      look();
    });
    return look;
  }

  const placeOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const isShown = (part) => part && part.getClientRects().length > 0;

  // Marks the place that is read: the last one that has come up to the upper third of the window.
  function follow() {
    const links = all("a[data-part]").filter((link) => isShown(placeOf(link)));
    const line = window.innerHeight / 3;
    const passed = links.filter((link) => placeOf(link).getBoundingClientRect().top <= line);
    const low = window.innerHeight + window.scrollY >= root.scrollHeight - 2 && window.scrollY > 0;
    const at = low ? links[links.length - 1] : passed[passed.length - 1];
    for (const link of all("a[data-part]")) {
      if (link === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  // Goes to a place on the page that is shown, without an entry in the history: inside a frame that would take the LMS's
  // Back button hostage. A place on another page is left to the page's own script, by its address.
  function lead(event) {
    const link = event.target.closest("a[data-part]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const place = placeOf(link);
    if (!isShown(place)) return;
    event.preventDefault();
    const opener = document.querySelector("[data-do=menu][aria-expanded=true]");
    if (opener) opener.setAttribute("aria-expanded", "false");
    place.scrollIntoView();
    const heading = place.matches("h2, h3, h4") ? place : place.querySelector("h2, h3, h4") || place;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    try {
      window.history.replaceState(window.history.state, "", link.hash);
    } catch (error) {
      /* the address stays */
    }
  }

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
    questions: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.400M12 17h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
    objectives: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 12h.01",
    prerequisites: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
    keypoints: "M12 3.5l2.6 5.400 5.900.8-4.300 4.100 1 5.900-5.2-2.800-5.2 2.800 1-5.900L3.5 9.7l5.900-.8z",
    discussion: "M4 5h16v11h-8l-5 4v-4H4zM8 9h8M8 12h5",
    definition: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11",
    example: "M9 3h6M10 3v6L5 19a1.5 1.5 0 0 0 1.300 2h11.400a1.5 1.5 0 0 0 1.300-2L14 9V3M7.5 15h9",
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

  // --- Paper ---

  let folded = [];

  function unfold() {
    folded = all("details:not([open])");
    folded.forEach((part) => (part.open = true));
  }

  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", () => folded.forEach((part) => (part.open = false)));

  // An address leads into a folded part only once that is open.
  function reveal() {
    let place = null;
    try {
      place = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    } catch (error) {
      return;
    }
    for (let part = place && place.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  }

  document.addEventListener("DOMContentLoaded", () => {
    settleLogo();
    openTools();
    all(".tabs").forEach(makeTabs);
    addSigns();
    addCopying();
    reveal();
    const look = watchHead();
    let waiting = false;
    const soon = () => {
      if (waiting) return;
      waiting = true;
      window.requestAnimationFrame(() => {
        waiting = false;
        look();
        follow();
      });
    };
    window.addEventListener("scroll", soon, { passive: true });
    window.addEventListener("resize", soon);
    window.addEventListener("hashchange", reveal);
    document.addEventListener("click", lead);
    document.addEventListener("click", soon);
    soon();
  });
})();
