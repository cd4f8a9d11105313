/*
 * What helps to read a page, on its own or in an LMS: colours and size of letters, a head that shrinks, a table of contents
 * that follows, folded parts open on paper. It knows nothing of SCORM and reports nothing. The markup it works with is listed
 * in reading.html.j2. Without it pages are whole, too. What few pages hold is in lesson.js.
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
