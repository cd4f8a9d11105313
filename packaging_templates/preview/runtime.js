/*
 * The run-time beside the content, in the content's origin: it holds the API that a unit finds by walking upwards, answers
 * at once, and tells the player afterwards. The unit can reach and change all of this; the player believes none of it.
 */
(function () {
  "use strict";

  const { STANDARDS, Session, judged2004 } = window.coursewrightScorm;
  const setup = new URLSearchParams(window.location.hash.slice(1));
  const player = setup.get("player");
  const token = setup.get("token");
  const LONGEST_VALUE = 70_000; // characters; the data model itself takes at most 64,000
  const MOST_AT_ONCE = 1_000; // calls in one message
  const LONGEST_MESSAGE = 1_000_000;
  const MOST_MESSAGES = 100; // in one second; then they are put together
  const unsaid = []; // as JSON
  let session = null;
  let answers = { items: [] };
  let content = null;
  let home = null; // how the units stand, by their names, where the content is the home of a course
  let going = false; // the page goes away, and the player with it: what is said now, the server keeps

  const post = (kind, more) => window.parent.postMessage(JSON.stringify({ token, kind, ...more }), player);

  function say(one) {
    unsaid.push(JSON.stringify(one));
    if (going) sendLast();
    else if (unsaid.length === 1) flushSoon();
  }

  let [second, messages] = [0, 0];

  function flushSoon() {
    const now = Math.floor(performance.now() / 1000);
    messages = now === second ? messages + 1 : 1;
    second = now;
    if (messages > MOST_MESSAGES) window.setTimeout(flush, 20);
    else window.queueMicrotask(flush);
  }

  function flush() {
    while (unsaid.length) post("said", { said: portion().map((one) => JSON.parse(one)) });
  }

  // Takes as much of what is unsaid as the player takes in one message.
  function portion() {
    let [count, size] = [0, 0];
    while (count < unsaid.length && count < MOST_AT_ONCE && size < LONGEST_MESSAGE) {
      size += unsaid[count].length;
      count += 1;
    }
    return unsaid.splice(0, count);
  }

  function sendLast() {
    const said = unsaid.splice(0).map((one) => JSON.parse(one)).filter(({ kind }) => kind !== "call");
    if (said.length) navigator.sendBeacon("/last", JSON.stringify({ token, said }));
  }

  const shown = (text) =>
    text.length > LONGEST_VALUE ? `${text.slice(0, 50)}… (${text.length} characters: too long for the log)` : text;

  // --- The API ---

  function ask(name) {
    const [, request, target] = /^adl\.nav\.request_valid\.(continue|previous|(?:choice|jump)\.\{target=(.*)\})$/.exec(name) || [];
    if (!request) return undefined;
    if (!target) return answers[request];
    const found = answers.items.find(([identifier]) => identifier === target);
    return found ? found[1] : "unknown";
  }

  function begin({ version, values, limits }) {
    const is2004 = version === "2004";
    const saved = (now, ended) => say({ kind: "saved", values: { ...now.values }, ended });
    session = new Session(STANDARDS[version], values, {
      begun: () => say({ kind: "begun" }),
      committed: (now) => saved(now, false),
      terminated: (now) => saved(now, true),
      ask: (name) => (is2004 ? ask(name) : undefined),
      judged: (name, now) => (is2004 ? judged2004(limits, name, now) : undefined),
    });
    window[session.standard.global] = api(session);
  }

  // Every call is told, even one that comes too late.
  function api(now) {
    return Object.fromEntries(Object.entries(now.standard.methods).map(([method, action]) => [method, (...values) => {
      const late = now.phase === "gone";
      const result = late ? (action === "get" ? "" : "false") : now[action](...values);
      const asks = ["lastError", "errorString", "diagnostic"].includes(action);
      const why = late ? "after the unit was left" : asks ? "" : now.why;
      const told = values.slice(0, 4).map((value) => shown(String(value)));
      say({ kind: "call", method, values: told, result, error: late || asks ? "0" : now.error, why, late });
      return result;
    }]));
  }

  // --- The content, and the windows that it opens ---

  // A window that the unit opens lies over it here: a real one could go to any address.
  function watchOpening(view) {
    try {
      view.open = (address = "") => openWindow(view, String(address));
      view.document.addEventListener("click", (event) => event.defaultPrevented || follow(view, event));
    } catch (error) {
      // a page of elsewhere, which the policy has closed
    }
  }

  // Links into a new window open as windows do; what else the browser closes without a word is said.
  function follow(view, event) {
    const link = event.composedPath().find((part) => /^(a|area)$/.test(part.localName) && part.href);
    const target = (link && link.target.toLowerCase()) || "_self";
    if (!link) return;
    const within = link.href.split("#")[0] === view.location.href.split("#")[0];
    if (home && !within && link.href.startsWith(window.location.origin)) {
      event.preventDefault();
      say({ kind: "chosen", href: link.href });
    } else if (link.hasAttribute("download")) say({ kind: "closed", what: link.href, why: "the preview does not download" });
    else if (target === "_top") say({ kind: "closed", what: link.href, why: "a unit may not take the player's place" });
    else if (target === "_blank" || !(/^_(self|parent)$/.test(target) || isFrame(window, link.target))) {
      event.preventDefault();
      openWindow(view, link.href);
    }
  }

  function isFrame(view, name) {
    return Array.from({ length: view.length }, (_, at) => view[at]).some((inner) => {
      try {
        return inner.name === name || isFrame(inner, name);
      } catch (error) {
        return false; // a page of elsewhere, which the policy has closed
      }
    });
  }

  function openWindow(opener, given) {
    let address = null;
    try {
      address = new URL(given || "about:blank", opener.document.baseURI);
    } catch (error) {
      return null;
    }
    if (address.origin !== window.location.origin && address.href !== "about:blank") {
      say({ kind: "closed", what: address.href, why: "a window at another address is not opened" });
      return null;
    }
    const frame = document.createElement("iframe");
    const over = document.createElement("div");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Close window" });
    const close = () => over.remove();
    over.className = "window";
    button.addEventListener("click", close);
    over.append(button, frame);
    show(frame, address.href, { opener, close });
    document.body.append(over);
    button.focus();
    return frame.contentWindow;
  }

  // Windows are watched from when a page is there: before that, without a click, browsers open none anyway.
  function show(frame, address, more) {
    frame.title = frame.title || "Window";
    frame.src = address;
    frame.addEventListener("load", () => {
      try {
        Object.assign(frame.contentWindow, more);
        watchOpening(frame.contentWindow);
        frame.contentWindow.document.querySelectorAll("iframe, frame").forEach((inner) => watchOpening(inner.contentWindow));
      } catch (error) {
        // a page of elsewhere, which the policy has closed
      }
    });
  }

  // What a window may keep in this browser; nothing where it may keep nothing.
  function stored(view) {
    try {
      return view.localStorage;
    } catch (error) {
      return { getItem: () => null, setItem: () => {}, removeItem: () => {} };
    }
  }

  // The home of a course marks what units keep in this browser where there is no LMS: here, what the player knows of them.
  function mark(view) {
    try {
      const localStorage = stored(view);
      const standing = (name) => JSON.stringify({ state: home[name.split("/").pop()] });
      const getItem = (key) => (String(key).startsWith("coursewright/") ? standing(String(key)) : localStorage.getItem(key));
      const [setItem, removeItem] = ["setItem", "removeItem"].map((name) => (...values) => localStorage[name](...values));
      Object.defineProperty(view, "localStorage", { value: { getItem, setItem, removeItem } });
      for (const event of [new StorageEvent("storage"), new Event("pageshow")]) view.dispatchEvent(event);
    } catch (error) {
      // a page of elsewhere, which the policy has closed
    }
  }

  function start({ session: given, address, title, home: done }) {
    if (content) return;
    home = done || null;
    if (given) {
      answers = given.answers;
      begin(given);
    }
    content = Object.assign(document.createElement("iframe"), { title, allow: "fullscreen; autoplay" });
    show(content, address, {});
    if (home) content.addEventListener("load", () => mark(content.contentWindow));
    document.body.append(content);
  }

  function leave() {
    document.body.replaceChildren(); // their last chance to speak
    flush();
    const { phase, unsaved } = session || {};
    if (session) session.phase = "gone";
    post("left", { phase, unsaved });
  }

  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== window.parent || origin !== player || !data || data.token !== token) return;
    if (data.kind === "start") start(data);
    if (data.kind === "answers") answers = data.answers;
    if (data.kind === "leave") leave();
  });
  window.addEventListener("pagehide", () => {
    going = true;
    unsaid.push('{"kind":"going"}');
    sendLast();
  });
  post("ready");
})();
