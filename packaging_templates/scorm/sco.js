/*
 * The player of one unit: shows its pages one at a time and reports the learner's progress.
 *
 * A tracker keeps the progress: the LMS (openLms), this browser (openStorage) or nothing at all (READING, and NOWHERE at the start). The view
 * below knows only what they share: where, state, location, data, save(), complete(), pause(), leave().
 * The markup this script relies on is listed at the top of unit.html.j2; every visible word stands there.
 * To see what is said to the LMS, add ?debug to the address or set localStorage "coursewright:debug".
 */
(function () {
  "use strict";

  // What differs between the SCORM versions. A status of SETTLED stands for good, one of NEW is ours to replace.
  const SCORM = {
    "1.2": {
      api: "API",
      initialize: "LMSInitialize",
      finish: "LMSFinish",
      get: "LMSGetValue",
      set: "LMSSetValue",
      commit: "LMSCommit",
      error: "LMSGetLastError",
      mode: "cmi.core.lesson_mode",
      credit: "cmi.core.credit",
      status: "cmi.core.lesson_status",
      location: "cmi.core.lesson_location",
      data: "cmi.suspend_data",
      exit: "cmi.core.exit",
      time: "cmi.core.session_time",
      begun: [["cmi.core.lesson_status", "incomplete"]],
      completed: [["cmi.core.lesson_status", "completed"]],
      // CMITimespan, HHHH:MM:SS.
      timespan(seconds) {
        const pad = (number, width) => String(number).padStart(width, "0");
        const hours = Math.min(Math.floor(seconds / 3600), 9999);
        return [pad(hours, 4), pad(Math.floor(seconds / 60) % 60, 2), pad(seconds % 60, 2)].join(":");
      },
    },
  };
  const NEW = ["not attempted", "unknown", ""];
  const SETTLED = ["completed", "passed", "failed"];
  const COMMIT_EVERY = 15000; // ms, for progress; completion is committed at once
  const LOOK_AGAIN = { times: 5, every: 200 }; // ms, for an LMS that adds its API after the content

  const { api: version, course, unit } = document.body.dataset;
  const query = new URLSearchParams(window.location.search);
  const debug = query.has("debug") || recall("coursewright:debug");

  function log(...what) {
    if (debug) console.debug("[sco]", ...what);
  }

  // Storage may be forbidden or full: then there is nothing to recall, and nothing is kept.
  function recall(key) {
    try {
      return window.localStorage.getItem(key) || "";
    } catch (error) {
      return "";
    }
  }

  function keep(key, value) {
    try {
      window.localStorage.setItem(key, value);
    } catch (error) {
      log("not kept", key, error);
    }
  }

  /* ---- Progress as text ------------------------------------------------------------------------------------------
   * 1;p=overview,topics;t=a1b2,c3d4     format version; keys of the pages reached; ids of the boxes ticked
   * Longest, for P page keys and T tick ids:  7 + sum(len(key)) + max(P - 1, 0) + sum(len(id)) + max(T - 1, 0)
   * The build proves this to be at most 4096 for each unit (SCORM 1.2, CMIString4096). What another edition of the
   * unit has written may name pages and boxes that are gone: whoever decodes ignores them.
   */
  function encode(pages, ticks) {
    const text = `1;p=${pages.join(",")};t=${ticks.join(",")}`;
    return text.length <= 4096 ? text : text.slice(0, text.lastIndexOf(",", 4096));
  }

  function decode(text) {
    const [format, ...fields] = text.split(";");
    if (format !== "1") return {};
    return Object.fromEntries(fields.map((field) => [field.slice(0, 1), field.slice(2).split(",")]));
  }

  /* ---- The LMS ---------------------------------------------------------------------------------------------------*/

  // The API adapter in this window, its parents, or the windows that opened us; null without an LMS. A window of another
  // origin refuses to be looked into but not to name its parent. An element with id "API" also answers to window.API.
  function findApi(names) {
    const within = (start) => {
      let at = start;
      for (let level = 0; at && level <= 500; level += 1) {
        try {
          if (at[names.api] && at[names.api][names.initialize]) return at[names.api];
        } catch (error) {
          log("cannot look into window", level);
        }
        if (at.parent === at) return null;
        at = at.parent;
      }
      return null;
    };
    for (const start of [() => window, () => window.opener, () => window.top.opener]) {
      try {
        const api = within(start());
        if (api) return api;
      } catch (error) {
        log("cannot reach an opener");
      }
    }
    return null;
  }

  // A tracker for the LMS, or null when it will not start a session.
  function openLms(api, names) {
    let left = false;
    let committed = 0;
    let timer = 0;

    // LMSs return strings; some return booleans, some throw. Nothing of that may reach the learner.
    function call(method, ...values) {
      try {
        const result = api[method](...values);
        log(method, values, result);
        return result === undefined || result === null ? "" : String(result);
      } catch (error) {
        log(method, values, error);
        return "";
      }
    }
    function accepted(method, ...values) {
      if (call(method, ...values) === "true") return true;
      log("refused:", method, values, "error", call(names.error));
      return false;
    }
    const get = (name) => call(names.get, name).trim();
    const put = (name, value) => accepted(names.set, name, value);
    function commit() {
      window.clearTimeout(timer);
      timer = 0;
      committed = performance.now();
      return accepted(names.commit, "");
    }
    // session_time is that of the whole session so far: each write replaces the one before.
    const putTime = () => put(names.time, names.timespan(Math.round((performance.now() - started) / 1000)));

    if (!accepted(names.initialize, "")) return null;
    const started = performance.now();
    const graded = !["review", "browse"].includes(get(names.mode)) && get(names.credit) !== "no-credit";
    const found = get(names.status).toLowerCase();
    // An empty answer is a new unit only if the LMS didn't fail to answer: it might be completed.
    const fresh = NEW.includes(found) && (found !== "" || call(names.error) === "0");
    const tracker = { where: "lms", location: get(names.location), data: get(names.data) };
    tracker.state = SETTLED.includes(found) ? (found === "failed" ? "failed" : "completed") : graded ? "incomplete" : "review";

    put(names.exit, "suspend"); // at once: a tab that is killed still resumes
    if (graded && fresh) names.begun.forEach(([name, value]) => put(name, value));
    commit();

    tracker.save = (location, data) => {
      if (left || (location === tracker.location && data === tracker.data)) return;
      if (put(names.location, location)) tracker.location = location;
      if (put(names.data, data)) tracker.data = data;
      const wait = COMMIT_EVERY - (performance.now() - committed);
      if (wait <= 0) commit();
      else if (!timer) timer = window.setTimeout(commit, wait);
    };
    // True once the LMS has taken the completion; a settled status is never touched.
    tracker.complete = () => {
      if (left || !graded || tracker.state !== "incomplete") return false;
      const written = names.completed.filter(([name, value]) => put(name, value)).length === names.completed.length;
      if (!commit() || !written) return false;
      tracker.state = "completed";
      return true;
    };
    tracker.pause = () => {
      if (left) return;
      putTime();
      commit();
    };
    tracker.leave = () => {
      if (left) return;
      left = true;
      putTime();
      put(names.exit, "suspend"); // after completion too: a later visit resumes
      commit();
      accepted(names.finish, "");
    };
    return tracker;
  }

  /* ---- Without an LMS --------------------------------------------------------------------------------------------*/

  const NOWHERE = { where: "", state: "", location: "", data: "", save() {}, complete() {}, pause() {}, leave() {} };
  const READING = Object.assign({}, NOWHERE, { where: "reading" });

  function openStorage(key, where) {
    let kept = {};
    try {
      kept = Object.assign({}, JSON.parse(recall(key) || "{}"));
    } catch (error) {
      log("unreadable progress", error);
    }
    const tracker = Object.assign({}, NOWHERE, { where });
    tracker.state = kept.state === "completed" ? "completed" : "incomplete";
    tracker.location = String(kept.location || "");
    tracker.data = String(kept.data || "");
    tracker.save = (location, data) => {
      Object.assign(tracker, { location, data });
      keep(key, JSON.stringify({ state: tracker.state, location, data }));
    };
    tracker.complete = () => {
      tracker.state = "completed";
      tracker.save(tracker.location, tracker.data);
      return true;
    };
    return tracker;
  }

  /* ---- The view --------------------------------------------------------------------------------------------------*/

  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const each = (selector, action) => all(selector).forEach(action);
  const pages = all("section[data-page]");
  const keys = pages.map((page) => page.dataset.page);
  const boxes = all("input[data-tick]");
  const reached = new Set();
  let tracker = NOWHERE; // until we know better
  let current = 0;

  function save() {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.dataset.tick);
    tracker.save(keys[current], encode(keys.filter((key) => reached.has(key)), Array.from(new Set(ticked))));
  }

  function refresh() {
    const read = reached.size === pages.length;
    pages.forEach((page, index) => (page.hidden = index !== current));
    each("[data-when]", (part) => (part.hidden = !part.dataset.when.split(" ").includes(tracker.where)));
    each("[data-state]", (part) => (part.hidden = part.dataset.state !== tracker.state));
    each("nav a[data-goto]", (link) => {
      const here = link.dataset.goto === keys[current];
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      all(".read", link).forEach((mark) => (mark.hidden = !tracker.state || !reached.has(link.dataset.goto)));
    });
    each("progress", (bar) => (bar.value = reached.size));
    each("[data-finish=unread]", (part) => (part.hidden = read));
    each("[data-finish=unread] a", (link) => (link.parentNode.hidden = reached.has(link.dataset.goto)));
    each("[data-finish=ready]", (part) => (part.hidden = !read));
    each("[data-do=complete]", (button) => (button.disabled = !read));
    each("[data-do=previous]", (button) => turnTo(button, current - 1));
    each("[data-do=next]", (button) => turnTo(button, current + 1));
    each("[data-text]", (part) => {
      const values = { current: current + 1, total: pages.length };
      const text = part.dataset.text.replace(/\{(\w+)\}/g, (whole, name) => values[name] || whole);
      if (part.textContent !== text) part.textContent = text; // announced only when it changes
    });
  }

  function turnTo(button, index) {
    const heading = pages[index] && pages[index].querySelector("h2");
    button.hidden = !heading;
    if (heading) button.querySelector(".to").textContent = heading.textContent;
  }

  function show(index) {
    current = index;
    reached.add(keys[index]);
    refresh();
    save();
  }

  // Shows a page on the learner's demand: also moves the focus and the address there. The address is replaced, since a
  // history of its own in a frame would take the LMS's Back button hostage.
  function turn(index) {
    if (!pages[index]) return;
    toggleMenu(false);
    show(index);
    window.scrollTo(0, 0);
    pages[index].querySelector("h2").focus();
    try {
      window.history.replaceState(window.history.state, "", `#${keys[index]}`);
    } catch (error) {
      log("the address stays", error);
    }
  }

  // The element that the address names after "#", if it stands on one of the pages.
  function target() {
    try {
      const element = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
      return element && element.closest("section[data-page]") ? element : null;
    } catch (error) {
      return null;
    }
  }

  function followAddress() {
    const element = target();
    if (!element) return false;
    show(pages.indexOf(element.closest("section[data-page]")));
    if (!pages.includes(element)) element.scrollIntoView();
    return true;
  }

  function toggleMenu(open) {
    each("[data-do=menu]", (button) => button.setAttribute("aria-expanded", String(open)));
  }

  function complete() {
    const taken = tracker.complete();
    refresh();
    each("[data-finish=not-saved]", (part) => (part.hidden = taken));
    if (taken) each("[data-state=completed][tabindex]", (part) => part.focus());
  }

  const DO = {
    menu: (button) => toggleMenu(button.getAttribute("aria-expanded") === "false"),
    previous: () => turn(current - 1),
    next: () => turn(current + 1),
    complete,
  };

  function onClick(event) {
    const button = event.target.closest("button[data-do]");
    if (button) DO[button.dataset.do](button);
    const link = event.target.closest("a[data-goto]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    turn(keys.indexOf(link.dataset.goto));
  }

  // Arrow keys turn the page, except where they already mean something: in fields and in what scrolls sideways.
  function onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, audio, video, pre, .scroll, [contenteditable]")) return;
    turn(current + (document.documentElement.dir === "rtl" ? -step : step));
  }

  // In an LMS another unit must never load into this one's frame: it would report under this one's name. So a unit to
  // come is only named (the course menu knows whether it is open), and one before opens in a new tab, for reading.
  function settleUnitLinks() {
    each("a[data-unit-link]", (link) => {
      const before = link.dataset.unitLink === "before";
      if (tracker.where === "alone") link.setAttribute("href", link.getAttribute("href").split("?")[0]);
      else if (!before) link.replaceWith(...link.childNodes);
      if (tracker.where === "alone" || tracker.where === "reading") link.removeAttribute("target");
    });
  }

  function begin(opened) {
    tracker = opened;
    const { p = [], t } = decode(tracker.data);
    p.filter((key) => keys.includes(key)).forEach((key) => reached.add(key));
    if (t) boxes.forEach((box) => (box.checked = t.includes(box.dataset.tick)));
    settleUnitLinks();
    if (!followAddress()) show(Math.max(keys.indexOf(tracker.location), 0));
  }

  function connect(times) {
    const names = SCORM[version];
    const api = names && findApi(names);
    const alone = window.parent === window && !window.opener;
    if (!api && !alone && times > 0) window.setTimeout(connect, LOOK_AGAIN.every, times - 1);
    else begin((api && openLms(api, names)) || openStorage(`coursewright/${course}/${unit}`, api ? "lost" : "alone"));
  }

  document.documentElement.classList.add("js");
  each(".turn, [data-do=menu]", (part) => (part.hidden = false));
  refresh();
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", save);
  window.addEventListener("hashchange", followAddress);
  // Leaving: whatever comes first brings the time and commits. Only pagehide ends the session, since a page that was
  // merely hidden, or whose unloading was called off, may come back and could then write no more.
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tracker.pause());
  window.addEventListener("beforeunload", () => tracker.pause());
  window.addEventListener("pagehide", (event) => event.persisted || tracker.leave());
  if (query.has("reading")) begin(READING);
  else connect(LOOK_AGAIN.times);
})();
