/*
 * Many visits to one unit within one page: each row of a table gets an LMS of its own, is played in a frame, left, and
 * opened again from what that LMS has saved. A unit's page is the same for both versions but for the API that it names.
 *
 *   visits.run(address of a unit, [{version, rules, mode, credit, status, success, exit, odd, press}])
 *   -> [{page, live, saved, again}]: what the page said in the end, what the LMS held then, after leaving, and what the
 *      page says of that at the next visit
 */
(function () {
  "use strict";

  const ELEMENTS = {
    "1.2": { mode: "cmi.core.lesson_mode", credit: "cmi.core.credit", status: "cmi.core.lesson_status", exit: "cmi.core.exit" },
    2004: { mode: "cmi.mode", credit: "cmi.credit", status: "cmi.completion_status", success: "cmi.success_status", exit: "cmi.exit" },
  };
  const METHODS = {
    "1.2": { initialize: "LMSInitialize", finish: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", error: "LMSGetLastError" },
    2004: { initialize: "Initialize", finish: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit", error: "GetLastError" },
  };
  const FRESH = ["", "unknown", "not attempted"];
  const TAKEN = {
    "cmi.core.lesson_status": /^(passed|completed|failed|incomplete|browsed)$/, // "not attempted" is the LMS's to say
    "cmi.completion_status": /^(completed|incomplete|not attempted|unknown)$/,
    "cmi.success_status": /^(passed|failed|unknown)$/,
  };

  // How LMSs end a session: what the status becomes, of what it is and whether the unit has said any in the session.
  const ENDS = {
    moodle: { "1.2": (status) => (status === "not attempted" ? "completed" : status), 2004: (status) => status },
    standard: {
      "1.2": (status, said) => (said || status === "failed" || status === "passed" ? status : "completed"),
      2004: (status, said) => (!said && FRESH.includes(status) ? "completed" : status),
    },
  };

  // What an LMS does in its own way. Each changes a `lms`: {api, names, at, values, keep}.
  const wrap = (lms, method, change) => {
    const own = lms.api[lms.names[method]];
    lms.api[lms.names[method]] = (...given) => change(own, ...given);
  };
  const fail = () => {
    throw new Error("down");
  };
  const answers = (method, answer) => (lms) => wrap(lms, method, (own, ...given) => (own(...given), answer()));
  const instead = (method, answer) => (lms) => wrap(lms, method, answer);
  const refuses = (method, error, answer) => (lms) => {
    wrap(lms, method, () => ((lms.error = error), answer));
  };
  const only = (from, to, answer) => (lms) => {
    let count = 0;
    wrap(lms, "commit", (own) => ((count += 1), count > from && count <= to ? ((lms.error = "101"), answer) : own("")));
  };
  const judges = (verdict, when) => (lms) => {
    const [name, done] = lms.at.success ? [lms.at.success, "passed"] : [lms.at.status, "completed"];
    wrap(lms, when, (own, ...given) => {
      const result = own(...given);
      if (lms.said && lms.values[name] === done) lms.values[name] = verdict;
      lms.keep();
      return result;
    });
  };
  const data = (change) => (lms) => {
    wrap(lms, "set", (own, name, value) => (name === "cmi.suspend_data" ? change(lms, own, value) : own(name, value)));
  };
  const tooLong = (most) => data((lms, own, value) => {
    if (value.length <= most) return own("cmi.suspend_data", value);
    lms.error = lms.at.success ? "406" : "405";
    return "false";
  });
  const reads = (answer) => (lms) => {
    wrap(lms, "get", (own, name) => (name === lms.at.status || name === lms.at.success ? answer(own(name)) : own(name)));
  };
  const lacks = (method) => (lms) => delete lms.api[lms.names[method]];
  const begun = (error) => refuses("initialize", error, "false");

  const ODD = {
    "": () => {},
    "no commit": lacks("commit"),
    "no error": lacks("error"),
    "no finish": lacks("finish"),
    "no get": lacks("get"),
    "no set": lacks("set"),
    "initialize true": answers("initialize", () => true),
    "initialize 1": answers("initialize", () => 1),
    "initialize '1'": answers("initialize", () => "1"),
    "initialize TRUE": answers("initialize", () => " True "),
    "initialize nothing": answers("initialize", () => undefined),
    "initialize 101": begun("101"),
    "initialize 103": begun("103"),
    "set true": answers("set", () => true),
    "set nothing": answers("set", () => undefined),
    "set lies": (lms) => wrap(lms, "set", (own, name, value) => (name in TAKEN ? "true" : own(name, value))),
    "set refuses": refuses("set", "401", "false"),
    "set throws": instead("set", fail),
    "commit false": refuses("commit", "101", false),
    "commit 'false'": refuses("commit", "101", "false"),
    "commit 0": refuses("commit", "101", 0),
    "commit undefined": answers("commit", () => undefined),
    "commit undefined, refused": refuses("commit", "101", undefined),
    "commit throws": instead("commit", fail),
    "commit promises": answers("commit", () => Promise.resolve(true)),
    "commit refused later": only(1, Infinity, "false"),
    "commit throws later": only(1, Infinity, "false"),
    "commit refused once": only(1, 2, false),
    "get undefined": reads(() => undefined),
    "get null": reads(() => null),
    "get number": reads(() => 0),
    "get throws": reads(fail),
    "get in capitals": reads((text) => String(text).toUpperCase()),
    "get in letters": reads((text) => ({ completed: "c", passed: "P", failed: "f", incomplete: "I", browsed: "b" })[text] || "n"),
    "data refused": tooLong(0),
    "data of 255": tooLong(255),
    "data of 40": tooLong(40),
    "data cut": data((lms, own, value) => own("cmi.suspend_data", value.slice(0, 20))),
    "data throws": data(fail),
    "fails at once": judges("failed", "set"),
    "fails at commit": judges("failed", "commit"),
    "fails at the end": judges("failed", "finish"),
    "passes at commit": judges("passed", "commit"),
  };

  function written(row, values) {
    const at = ELEMENTS[row.version];
    const begins = { [at.mode]: row.mode, [at.credit]: row.credit, [at.status]: row.status, [at.exit]: row.exit };
    return values || Object.assign(begins, at.success ? { [at.success]: row.success, "cmi.objectives._count": "0" } : {});
  }

  function ruled(row, before) {
    const lms = { names: METHODS[row.version], at: ELEMENTS[row.version], values: { ...written(row, before) }, error: "0", said: false };
    const { names, at, values } = lms;
    if (!values[at.status] && row.version === "1.2") values[at.status] = "not attempted";
    lms.saved = { ...values };
    lms.keep = () => Object.assign(lms.saved, values);
    const done = (answer = "true") => ((lms.error = "0"), answer);
    lms.api = {
      [names.initialize]: () => done(),
      [names.get](name) {
        lms.error = values[name] || !at.success ? "0" : "403";
        return values[name] || "";
      },
      [names.set](name, value) {
        if (TAKEN[name] && !TAKEN[name].test(value)) return (lms.error = at.success ? "406" : "405"), "false";
        if (name === at.status) lms.said = true;
        values[name] = value;
        return done();
      },
      [names.commit]: () => (lms.keep(), done()),
      [names.finish]() {
        values[at.status] = ENDS[row.rules][row.version](values[at.status], lms.said);
        lms.keep();
        return done();
      },
      [names.error]: () => lms.error,
    };
    lms.live = () => ({ status: values[at.status], success: values[at.success] });
    return lms;
  }

  // scorm-again itself, in either version.
  function again(row, before) {
    const old = row.version === "1.2";
    const run = old ? new window.Scorm12API({ autocommit: false, logLevel: 5 }) : new window.Scorm2004API({ autocommit: false, logLevel: 5 });
    const { mode, credit, status, success } = before || row;
    const given = old ? { core: { lesson_mode: mode, credit, lesson_status: status } } : { mode, credit, completion_status: status, success_status: success };
    run.loadFromJSON(given, "cmi");
    const live = () => (old ? { status: run.cmi.core.lesson_status } : { status: run.cmi.completion_status, success: run.cmi.success_status });
    const lms = { names: METHODS[row.version], at: ELEMENTS[row.version], saved: { mode, credit, ...live() }, live };
    lms.api = Object.fromEntries(Object.values(lms.names).map((name) => [name, (...values) => run[name](...values)]));
    for (const name of ["commit", "finish"]) {
      wrap(lms, name, (own, ...values) => {
        const result = own(...values);
        Object.assign(lms.saved, live());
        return result;
      });
    }
    return lms;
  }

  const open = (row, before) => (row.rules === "scorm-again" ? again : ruled)(row, before);
  const held = (lms) => ({ status: lms.saved[lms.at.status] ?? lms.saved.status ?? "", success: lms.saved[lms.at.success] ?? lms.saved.success ?? "" });

  async function read(address) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const script = page.querySelector("script[src$='/sco.js']"); // what it meets of the others is nothing to an LMS
    const text = await (await fetch(new URL(script.getAttribute("src"), address))).text();
    page.querySelectorAll("script[src]").forEach((part) => part.remove());
    page.body.append(Object.assign(page.createElement("script"), { textContent: text }));
    page.querySelectorAll("link, img").forEach((part) => part.remove());
    return page;
  }

  // All pages are written into one frame, one after the other: a page is fresh, since its script keeps nothing in the window
  // and opening a document takes all listeners away.
  const frame = Object.assign(document.createElement("iframe"), { hidden: true });

  function show(unit, version) {
    unit.body.dataset.api = version;
    const page = frame.contentDocument;
    page.open();
    page.write(`<!doctype html>${unit.documentElement.outerHTML}`);
    page.close();
    return frame.contentDocument;
  }

  const leave = () => frame.contentWindow.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: false }));

  function work(page) {
    page.querySelectorAll("nav a[data-goto]").forEach((link) => link.click());
    page.querySelectorAll("[data-do=complete]").forEach((button) => button.click());
  }

  function told(page) {
    if ([...page.querySelectorAll(".banner[data-when~=lost]")].some((part) => !part.hidden)) return "lost";
    const parts = [...page.querySelectorAll("nav .state [data-state], .finish [data-state]:not([data-state*=' '])")];
    return (parts.find((part) => !part.hidden) || { dataset: {} }).dataset.state || "";
  }

  function visit(unit, row, press, lms) {
    window.API = window.API_1484_11 = undefined;
    window[row.version === "1.2" ? "API" : "API_1484_11"] = lms.api;
    const shown = show(unit, row.version);
    if (press) work(shown);
    const [page, live] = [told(shown), lms.live()];
    leave();
    return { page, live, saved: held(lms) };
  }

  function play(unit, row) {
    const lms = open(row);
    (ODD[row.odd || ""])(lms);
    const seen = visit(unit, row, row.press, lms);
    const next = open({ ...row, odd: "" }, lms.saved);
    return { ...seen, again: visit(unit, row, false, next).page };
  }

  window.localStorage.clear();
  window.visits = {
    odd: Object.keys(ODD).filter(Boolean),
    async run(address, rows) {
      const unit = await read(address);
      document.body.append(frame);
      frame.contentWindow.history.replaceState = () => {}; // browsers ration it
      const results = [];
      for (const row of rows) {
        window.localStorage.clear();
        results.push(play(unit, row));
      }
      return results;
    },
  };
})();
