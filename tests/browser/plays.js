/*
 * Plays: what a learner and an LMS do with pages of a package, and all that could be noticed of it. A page is written into
 * a frame whose clock, chance and storage are ours; each act gives lines that say what the LMS was told, what the browser
 * keeps, where the focus went, and what the page shows that it did not show before.
 *
 *   plays.run([[act, ...], ...]) -> [[[line, ...], ...], ...]
 *
 * An act is a line of text: its first word names a function of ACTS, the rest is for that one. Nothing is said of an act in
 * brackets.
 */
(function () {
  "use strict";

  const BEGINNING = Date.UTC(2024, 4, 6, 7, 8, 9);
  const MOST_TURNS = 1000; // of the clock, in one wait
  const texts = new Map();

  async function read(address) {
    if (texts.has(address)) return texts.get(address);
    const found = await fetch(address);
    if (!found.ok) throw new Error(`there is no ${address}`);
    texts.set(address, await found.text());
    return texts.get(address);
  }

  // A clock that moves when it is told to.
  class Clock {
    constructor() {
      this.now = BEGINNING;
      this.due = new Map();
      this.last = 0;
    }
    rule(view) {
      const clock = this;
      const started = clock.now;
      view.Date = class extends view.Date {
        constructor(...given) {
          super(...(given.length ? given : [clock.now]));
        }
        static now() {
          return clock.now;
        }
      };
      view.performance.now = () => clock.now - started;
      view.setTimeout = (what, wait = 0, ...given) => {
        clock.last += 1;
        clock.due.set(clock.last, { at: clock.now + (Number(wait) || 0), what: () => what(...given) });
        return clock.last;
      };
      view.clearTimeout = (which) => clock.due.delete(which);
    }
    pass(time) {
      const end = this.now + time;
      let turns = 0;
      for (;;) {
        const [which, next] = [...this.due].sort(([, one], [, other]) => one.at - other.at)[0] || [];
        if (!next || next.at > end) break;
        if (turns++ > MOST_TURNS) throw new Error("the script never rests");
        this.due.delete(which);
        this.now = Math.max(this.now, next.at);
        next.what();
      }
      this.now = end;
    }
  }

  // Everything of one play.
  class Stage {
    constructor() {
      this.heard = [];
      this.clock = new Clock();
      this.lms = null;
      this.frame = null;
      this.kept = {};
      this.chance = 0.25;
      window.localStorage.clear();
      window.sessionStorage.clear();
      window.API = window.API_1484_11 = undefined;
    }
    note(line) {
      this.heard.push(line);
    }
    get page() {
      return this.frame.contentDocument;
    }
    find(selector) {
      const found = this.page.querySelector(selector);
      if (!found) throw new Error(`nothing on the page is ${selector}`);
      return found;
    }
    // Writes a page into a frame of its own, looks at it, and lets its scripts run.
    async open(address, alone, before) {
      if (this.frame) this.frame.remove();
      this.frame = document.body.appendChild(document.createElement("iframe"));
      const view = this.frame.contentWindow;
      this.clock.due.clear();
      this.clock.rule(view);
      view.Math.random = () => (this.chance = (this.chance * 997 + 0.123) % 1);
      view.addEventListener("error", (event) => this.note(`uncaught: ${event.message}`));
      const markup = new DOMParser().parseFromString(await read(new URL(address, window.location).pathname), "text/html");
      const scripts = Array.from(markup.querySelectorAll("script[src]"), (script) => script.getAttribute("src"));
      markup.querySelectorAll("script, link, img").forEach((part) => part.remove());
      if (this.lms) Object.assign(markup.body.dataset, { api: this.lms.version, ...(this.lms.version === "1.2" ? { longest: "4096" } : {}) });
      this.page.open();
      this.page.write(`<!doctype html>${markup.documentElement.outerHTML}`);
      this.page.close();
      view.history.replaceState(null, "", address);
      if (alone) view.parent = view;
      view.history.replaceState = (state, title, where) => this.note(`address ${where}`);
      view.scrollTo = () => this.note("scrolled to the top");
      view.print = () => this.note("printed");
      const stage = this;
      view.Element.prototype.scrollIntoView = function () {
        stage.note(`scrolled to ${sight.named(this)}`);
      };
      this.seen = sight.look(this.page);
      this.focused = this.page.activeElement;
      if (before) before(view);
      for (const script of scripts.filter((name) => /(sco|quiz|overview|certificate)\.js$/.test(name))) {
        const text = await read(new URL(script, new URL(address, window.location)).pathname);
        this.page.body.append(Object.assign(this.page.createElement("script"), { textContent: text }));
      }
      this.address = address;
    }
    // What could be noticed since the last look.
    lines() {
      const found = this.heard.splice(0);
      const keys = Object.keys(window.localStorage).sort();
      const kept = Object.fromEntries(keys.map((key) => [key, window.localStorage.getItem(key)]));
      for (const key of new Set([...keys, ...Object.keys(this.kept)])) {
        if (kept[key] !== this.kept[key]) found.push(`kept ${key} = ${kept[key] ?? "(nothing)"}`);
      }
      this.kept = kept;
      if (!this.frame || this.blind) return found;
      const seen = sight.look(this.page);
      found.push(...sight.changes(this.seen, seen));
      this.seen = seen;
      if (this.page.activeElement !== this.focused) found.push(`focus ${sight.named(this.page.activeElement)}`);
      this.focused = this.page.activeElement;
      return found;
    }
  }

  const tell = (stage, target, event) => target.dispatchEvent(event);
  // "SELECTOR := VALUE"
  const pair = (rest) => rest.split(" := ");
  const view = (stage) => stage.frame.contentWindow;
  const key = (stage, selector, name, more) => tell(stage, stage.find(selector), new (view(stage).KeyboardEvent)("keydown", { key: name, bubbles: true, cancelable: true, ...more }));

  const ACTS = {
    // lms VERSION [element=value ...]: from now on there is one; what an earlier one held is gone.
    lms(stage, rest) {
      const [version, ...given] = rest.split(/ (?=[\w.{}=-]+=)/);
      const values = Object.fromEntries(given.map((part) => /^((?:\{[^}]*\}|[^={])*)=(.*)$/.exec(part).slice(1)));
      stage.lms = Object.assign(new Lms(version, values, (line) => stage.note(line)), { version });
      window[stage.lms.kind.name] = stage.lms.api;
    },
    // speaks VERSION: the pages ask for the API of this version, which is not there yet.
    speaks(stage, rest) {
      ACTS.lms(stage, rest);
      window.API = window.API_1484_11 = undefined;
    },
    appears(stage) {
      window[stage.lms.kind.name] = stage.lms.api;
    },
    holds(stage, rest) {
      const [name, value] = pair(rest);
      stage.lms.values[name] = value;
    },
    odd(stage, rest) {
      const [method, element, answer, error] = rest.split(" ");
      stage.lms.odd.push({ method, element: element === "*" ? "" : element, answer: answer === "empty" ? "" : answer, error });
    },
    // looks away: from now on only what is told and kept is noted, not what the page shows.
    looks: (stage) => (stage.blind = true),
    even(stage) {
      stage.lms.odd.length = 0;
    },
    lacks: (stage, rest) => stage.lms.lack(rest),
    open: (stage, rest) => stage.open(rest, false),
    alone: (stage, rest) => stage.open(rest, true),
    // forbidden ADDRESS: opened by a browser that forbids storage.
    forbidden: (stage, rest) => stage.open(rest, true, (at) => Object.defineProperty(at, "localStorage", { get: () => { throw new Error("forbidden"); } })),
    // foreign ADDRESS: opened in a language that the browser does not know.
    foreign: (stage, rest) => stage.open(rest, true, (at) => (at.document.documentElement.lang = "not a language")),
    changes: (stage) => tell(stage, stage.page.body, new (view(stage).Event)("change", { bubbles: true })),
    again: (stage) => stage.open(stage.address, false),
    click: (stage, rest) => stage.find(rest).click(),
    // clicks SELECTOR with KEY held down
    held(stage, rest) {
      const [selector, name] = pair(rest);
      const event = new (view(stage).MouseEvent)("click", { bubbles: true, cancelable: true, [name]: true });
      stage.find(selector).addEventListener("click", (at) => window.setTimeout(() => at.preventDefault()), { once: true });
      view(stage).addEventListener("click", (at) => { stage.note(at.defaultPrevented ? "the script took the click" : "the browser takes the click"); at.preventDefault(); }, { once: true });
      tell(stage, stage.find(selector), event);
    },
    type(stage, rest) {
      const [selector, value] = pair(rest);
      const field = stage.find(selector);
      field.focus();
      field.value = value;
      tell(stage, field, new (view(stage).Event)("input", { bubbles: true }));
      tell(stage, field, new (view(stage).Event)("change", { bubbles: true }));
    },
    // types, and is still in the field
    begins(stage, rest) {
      const [selector, value] = pair(rest);
      stage.find(selector).focus();
      stage.find(selector).value = value;
      tell(stage, stage.find(selector), new (view(stage).Event)("input", { bubbles: true }));
    },
    press(stage, rest) {
      const [selector, name] = pair(rest);
      const went = key(stage, selector, name);
      if (!went) stage.note("the script took the key");
    },
    wait: (stage, rest) => stage.clock.pass(Number(rest)),
    leave: (stage) => tell(stage, view(stage), new (view(stage).PageTransitionEvent)("pagehide", { persisted: false })),
    parts: (stage) => tell(stage, view(stage), new (view(stage).PageTransitionEvent)("pagehide", { persisted: true })),
    returns: (stage) => tell(stage, view(stage), new (view(stage).PageTransitionEvent)("pageshow", { persisted: true })),
    event: (stage, rest) => tell(stage, view(stage), new (view(stage).Event)(rest)),
    hides(stage) {
      Object.defineProperty(stage.page, "visibilityState", { value: "hidden", configurable: true });
      tell(stage, stage.page, new (view(stage).Event)("visibilitychange"));
    },
    goes(stage, rest) {
      view(stage).location.hash = rest;
      tell(stage, view(stage), new (view(stage).Event)("hashchange"));
    },
    // another tab keeps something, or forgets it
    keep(stage, rest) {
      const [name, value] = pair(rest);
      if (value === undefined) window.localStorage.removeItem(name);
      else window.localStorage.setItem(name, value);
      if (stage.frame) tell(stage, view(stage), new (view(stage).Event)("storage"));
      else stage.kept[name] = value;
    },
  };

  async function play(acts) {
    const stage = new Stage();
    const seen = [];
    for (const act of acts) {
      const quiet = act.startsWith("(");
      const [, name, rest] = /^(\w+) ?(.*)$/.exec(quiet ? act.slice(1, -1) : act);
      await ACTS[name](stage, rest);
      const lines = stage.lines();
      seen.push(quiet ? [] : lines);
    }
    if (stage.frame) stage.frame.remove();
    return seen;
  }

  window.plays = {
    async run(all) {
      const results = [];
      for (const acts of all) results.push(await play(acts));
      return results;
    },
  };
})();
