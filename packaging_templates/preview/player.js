/*
 * The preview's player: the course's menu with its locks, a unit in a frame, and a small run-time of SCORM 1.2 and 2004.
 *
 * It is for trying a package, not for learning: it judges values strictly, and it says what it does not do. Order: data
 * models, a unit's session, the learner, gates, playing, the view. What the server tells is in courses.json (see
 * preview/manifest.py for an item's shape) and comes anew by /events.
 */
(function () {
  "use strict";

  const LONGEST_SHOWN = 120; // characters of a value in the log; copied as text it is whole
  const MOST_LOGGED = 2000;
  const LEARNER = { id: "preview-learner", name: "Learner, Preview" };

  // --- Data models ---

  // A check says what is wrong with a value: null, or [kind, what it should be].
  const mustBe = (what) => ["type", what];
  const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;
  const text = (longest) => (value) =>
    value.length > longest ? mustBe(`at most ${longest} characters, not ${value.length}`) : null;
  const shaped = (shape, what) => (value) => (shape.test(value) ? null : mustBe(what));
  const oneOf = (...words) => shaped(
    { test: (value) => words.includes(value) },
    `one of: ${words.map((word) => word || '""').join(", ")}`,
  );
  const number = (least = -Infinity, most = Infinity) => (value) => {
    if (!DECIMAL.test(value)) return mustBe("a number");
    const range = most === Infinity ? `at least ${least}` : `from ${least} to ${most}`;
    return Number(value) < least || Number(value) > most ? ["range", range] : null;
  };
  const either = (...checks) => (value) => (checks.some((check) => !check(value)) ? null : checks[0](value));
  const empty = shaped(/^$/, "nothing");
  const r = (usual) => ({ access: "r", usual });
  const w = (check) => ({ access: "w", check });
  const rw = (check, usual) => ({ access: "rw", check, usual });
  const under = (prefix, elements) =>
    Object.fromEntries(Object.entries(elements).map(([name, element]) => [`${prefix}.${name}`, element]));

  const CHOICES = ["true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric"];
  const RESULTS = ["unanticipated", "neutral"];

  const TIME_12 = shaped(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/, "a time such as 14:05:00");
  const SPAN_12 = shaped(/^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/, "a time span such as 0001:05:00");
  const NAME_12 = shaped(/^\S{1,255}$/, "a name of 1 to 255 characters without blanks");
  const SCORE_12 = { raw: rw(either(number(0, 100), empty), ""), min: rw(either(number(0, 100), empty), ""), max: rw(either(number(0, 100), empty), "") };
  const STATUS_12 = ["passed", "completed", "failed", "incomplete", "browsed"];
  const MODEL_12 = {
    ...under("cmi.core", {
      student_id: r(""),
      student_name: r(""),
      lesson_location: rw(text(255), ""),
      credit: r("credit"),
      lesson_status: rw(oneOf(...STATUS_12), "not attempted"),
      entry: r(""),
      ...under("score", SCORE_12),
      total_time: r("0000:00:00"),
      lesson_mode: r("normal"),
      exit: w(oneOf("", "suspend", "logout", "time-out")),
      session_time: w(SPAN_12),
    }),
    "cmi.suspend_data": rw(text(4096), ""),
    "cmi.launch_data": r(""),
    "cmi.comments": rw(text(4096), ""),
    "cmi.comments_from_lms": r(""),
    ...under("cmi.objectives.n", { id: rw(NAME_12, ""), ...under("score", SCORE_12), status: rw(oneOf(...STATUS_12, "not attempted"), "") }),
    ...under("cmi.student_data", { mastery_score: r(""), max_time_allowed: r(""), time_limit_action: r("") }),
    ...under("cmi.student_preference", {
      audio: rw(number(-1, 100), ""),
      language: rw(text(255), ""),
      speed: rw(number(-100, 100), ""),
      text: rw(number(-1, 1), ""),
    }),
    ...under("cmi.interactions.n", {
      id: w(NAME_12),
      "objectives.n.id": w(NAME_12),
      time: w(TIME_12),
      type: w(oneOf(...CHOICES)),
      "correct_responses.n.pattern": w(text(255)),
      weighting: w(number()),
      student_response: w(text(255)),
      result: w(either(oneOf("correct", "wrong", ...RESULTS), number())),
      latency: w(SPAN_12),
    }),
  };

  const SPAN_2004 = shaped(
    /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/,
    "a duration such as PT1H5M30S, of at most two decimals",
  );
  const MOMENT_2004 = shaped(
    /^(19[7-9]\d|20[0-2]\d|203[0-8])(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d{1,2}(Z|[+-]\d\d(:\d\d)?)?|(Z|[+-]\d\d(:\d\d)?)?)?)?)?)?)?)?$/,
    "a moment such as 2026-05-31T14:05:00",
  );
  const NAME_2004 = shaped(/^\S{1,4000}$/, "an identifier of 1 to 4000 characters without blanks");
  const LANGUAGE = shaped(/^([A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)?$/, "a language such as en");
  const SCORE_2004 = { scaled: rw(number(-1, 1)), raw: rw(number()), min: rw(number()), max: rw(number()) };
  const COMPLETION = rw(oneOf("completed", "incomplete", "not attempted", "unknown"), "unknown");
  const SUCCESS = rw(oneOf("passed", "failed", "unknown"), "unknown");
  const NAVIGATION = shaped(
    /^(continue|previous|exit|exitAll|suspendAll|abandon|abandonAll|_none_|\{target=[^}]+\}(choice|jump))$/,
    "a request such as continue, exitAll or {target=ITEM}choice",
  );
  const MODEL_2004 = {
    "cmi.completion_status": COMPLETION,
    "cmi.completion_threshold": r(),
    "cmi.credit": r("credit"),
    "cmi.entry": r(""),
    "cmi.exit": w(oneOf("", "suspend", "logout", "normal", "time-out")),
    "cmi.launch_data": r(),
    "cmi.learner_id": r(),
    "cmi.learner_name": r(),
    "cmi.location": rw(text(1000)),
    "cmi.max_time_allowed": r(),
    "cmi.mode": r("normal"),
    "cmi.progress_measure": rw(number(0, 1)),
    "cmi.scaled_passing_score": r(),
    "cmi.session_time": w(SPAN_2004),
    "cmi.success_status": SUCCESS,
    "cmi.suspend_data": rw(text(64000)),
    "cmi.time_limit_action": r(),
    "cmi.total_time": r("PT0S"),
    ...under("cmi.score", SCORE_2004),
    ...under("cmi.comments_from_learner.n", { comment: rw(text(4000)), location: rw(text(250)), timestamp: rw(MOMENT_2004) }),
    ...under("cmi.comments_from_lms.n", { comment: r(), location: r(), timestamp: r() }),
    ...under("cmi.learner_preference", {
      audio_level: rw(number(0), "1"),
      language: rw(LANGUAGE, ""),
      delivery_speed: rw(number(0), "1"),
      audio_captioning: rw(oneOf("-1", "0", "1"), "0"),
    }),
    ...under("cmi.objectives.n", {
      id: rw(NAME_2004),
      ...under("score", SCORE_2004),
      success_status: SUCCESS,
      completion_status: COMPLETION,
      progress_measure: rw(number(0, 1)),
      description: rw(text(250)),
    }),
    ...under("cmi.interactions.n", {
      id: rw(NAME_2004),
      type: rw(oneOf(...CHOICES, "long-fill-in", "other")),
      "objectives.n.id": rw(NAME_2004),
      timestamp: rw(MOMENT_2004),
      "correct_responses.n.pattern": rw(text(4000)),
      weighting: rw(number()),
      learner_response: rw(text(4000)),
      result: rw(either(oneOf("correct", "incorrect", ...RESULTS), number())),
      latency: rw(SPAN_2004),
      description: rw(text(250)),
    }),
    "adl.nav.request": rw(NAVIGATION, "_none_"),
  };

  const secondsOf = (text) => {
    const [, h, m, s] = /^(\d+):(\d+):([\d.]+)$/.exec(text) || [];
    if (h) return Number(h) * 3600 + Number(m) * 60 + Number(s);
    const [, years, months, days, hours, minutes, seconds] =
      /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text) || [];
    const n = (part) => Number(part || 0);
    return ((n(years) * 365 + n(months) * 30 + n(days)) * 24 + n(hours)) * 3600 + n(minutes) * 60 + n(seconds);
  };

  // What differs between the versions. `codes` are the errors by what went wrong.
  const STANDARDS = {
    "1.2": {
      global: "API",
      model: MODEL_12,
      version: "3.4",
      methods: {
        LMSInitialize: "initialize",
        LMSFinish: "terminate",
        LMSGetValue: "get",
        LMSSetValue: "set",
        LMSCommit: "commit",
        LMSGetLastError: "lastError",
        LMSGetErrorString: "errorString",
        LMSGetDiagnostic: "diagnostic",
      },
      codes: {
        argument: "201", again: "101", ended: "101",
        before: { terminate: "301", get: "301", set: "301", commit: "301" },
        after: { terminate: "301", get: "301", set: "301", commit: "301" },
        unknown: "401", keyword: "402", noChildren: "202", noArray: "203", readOnly: "403", writeOnly: "404",
        type: "405", range: "405", index: { get: "201", set: "201" }, unset: "0", general: "101",
      },
      errors: {
        0: "No error", 101: "General exception", 201: "Invalid argument error", 202: "Element cannot have children",
        203: "Element not an array. Cannot have count", 301: "Not initialized", 401: "Not implemented error",
        402: "Invalid set value, element is a keyword", 403: "Element is read only", 404: "Element is write only",
        405: "Incorrect data type",
      },
      exit: "cmi.core.exit",
      sessionTime: "cmi.core.session_time",
      span: (seconds) => {
        const two = (value) => String(Math.floor(value)).padStart(2, "0");
        const rest = (seconds % 60).toFixed(2).padStart(5, "0");
        return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two((seconds / 60) % 60)}:${rest}`;
      },
    },
    2004: {
      global: "API_1484_11",
      model: MODEL_2004,
      version: "1.0",
      methods: {
        Initialize: "initialize",
        Terminate: "terminate",
        GetValue: "get",
        SetValue: "set",
        Commit: "commit",
        GetLastError: "lastError",
        GetErrorString: "errorString",
        GetDiagnostic: "diagnostic",
      },
      codes: {
        argument: "201", again: "103", ended: "104",
        before: { terminate: "112", get: "122", set: "132", commit: "142" },
        after: { terminate: "113", get: "123", set: "133", commit: "143" },
        unknown: "401", keyword: "404", noChildren: "301", noArray: "301", readOnly: "404", writeOnly: "405",
        type: "406", range: "407", index: { get: "301", set: "351" }, unset: "403", idFirst: "408", idTaken: "351", general: "101",
      },
      errors: {
        0: "No error", 101: "General exception", 102: "General initialization failure", 103: "Already initialized",
        104: "Content instance terminated", 111: "General termination failure", 112: "Termination before initialization",
        113: "Termination after termination", 122: "Retrieve data before initialization", 123: "Retrieve data after termination",
        132: "Store data before initialization", 133: "Store data after termination", 142: "Commit before initialization",
        143: "Commit after termination", 201: "General argument error", 301: "General get failure", 351: "General set failure",
        391: "General commit failure", 401: "Undefined data model element", 402: "Unimplemented data model element",
        403: "Data model element value not initialized", 404: "Data model element is read only",
        405: "Data model element is write only", 406: "Data model element type mismatch",
        407: "Data model element value out of range", 408: "Data model dependency not established",
      },
      exit: "cmi.exit",
      sessionTime: "cmi.session_time",
      span: (seconds) => `PT${Number(seconds.toFixed(2))}S`,
    },
  };

  // --- A unit's session ---

  const isNumber = (part) => /^\d+$/.test(part);

  // A name such as cmi.objectives.0.id as a pattern of the model, with the lists it goes into: [[name, index]].
  function parse(name) {
    const parts = name.split(".");
    const lists = parts.flatMap((part, at) => (isNumber(part) ? [[parts.slice(0, at).join("."), Number(part)]] : []));
    return { pattern: parts.map((part) => (isNumber(part) ? "n" : part)).join("."), lists, last: parts[parts.length - 1] };
  }

  const generic = (name) => parse(name).pattern;
  const isList = (model, pattern) => Object.keys(model).some((name) => name.startsWith(`${pattern}.n.`));

  function childrenOf(model, pattern) {
    const start = isList(model, pattern) ? `${pattern}.n.` : `${pattern}.`;
    const names = Object.keys(model).filter((name) => name.startsWith(start));
    return Array.from(new Set(names.map((name) => name.slice(start.length).split(".")[0])));
  }

  // What one launch of a unit talks to. It tells when it has begun, committed and terminated; `ask` answers for what is
  // no data, `judged` says what the LMS makes of a value; both return undefined where they have nothing to say.
  class Session {
    constructor(standard, values, { begun, committed, terminated, ask, judged }) {
      Object.assign(this, { standard, values, begun, committed, terminated, ask, judged });
      this.phase = "before"; // running, after, gone
      this.error = "0";
      this.why = "";
      this.unsaved = 0;
      this.counts = {};
      Object.keys(values).forEach((name) => this.count(name));
    }

    count(name) {
      for (const [list, index] of parse(name).lists) this.counts[list] = Math.max(this.counts[list] || 0, index + 1);
    }

    // Each answer leaves an error code behind, 0 if all was well.
    answer(result, error = "0", why = "") {
      this.error = error;
      this.why = why;
      return result;
    }

    early(method) {
      const { before, after } = this.standard.codes;
      return this.phase === "running" ? "" : (this.phase === "before" ? before : after)[method];
    }

    initialize(argument) {
      const { codes } = this.standard;
      if (argument !== "") return this.answer("false", codes.argument, 'the argument must be ""');
      if (this.phase !== "before") return this.answer("false", this.phase === "running" ? codes.again : codes.ended);
      this.phase = "running";
      this.begun(this);
      return this.answer("true");
    }

    commit(argument) {
      const early = this.early("commit");
      if (early) return this.answer("false", early);
      if (argument !== "") return this.answer("false", this.standard.codes.argument, 'the argument must be ""');
      this.unsaved = 0;
      this.committed(this);
      return this.answer("true");
    }

    terminate(argument) {
      const early = this.early("terminate");
      if (early) return this.answer("false", early);
      if (argument !== "") return this.answer("false", this.standard.codes.argument, 'the argument must be ""');
      this.phase = "after";
      this.unsaved = 0;
      this.terminated(this);
      return this.answer("true");
    }

    get(given) {
      const early = this.early("get");
      if (early) return this.answer("", early);
      const name = String(given ?? "");
      const { model, codes, version } = this.standard;
      const asked = this.ask(name);
      if (asked !== undefined) return this.answer(asked);
      if (name === "cmi._version") return this.answer(version);
      const { pattern, lists, last } = parse(name);
      const missing = lists.find(([list, index]) => index >= (this.counts[list] || 0));
      if (missing && model[pattern]) return this.answer("", codes.index.get, `${missing[0]} has ${this.counts[missing[0]] || 0} entries`);
      if (last === "_children" || last === "_count") return this.getKeyword(name, pattern, last);
      const element = model[pattern];
      if (!element) return this.answer("", codes.unknown, "there is no such element");
      if (element.access === "w") return this.answer("", codes.writeOnly);
      const value = this.judged(name, this.values) ?? this.values[name] ?? element.usual;
      return value === undefined ? this.answer("", codes.unset, "it has no value yet") : this.answer(value);
    }

    getKeyword(name, pattern, last) {
      const { model, codes } = this.standard;
      const [list, shape] = [name, pattern].map((text) => text.slice(0, -last.length - 1));
      const children = childrenOf(model, shape);
      if (!children.length && !model[shape]) return this.answer("", codes.unknown, "there is no such element");
      if (last === "_children") {
        return children.length ? this.answer(children.join(",")) : this.answer("", codes.noChildren, "it has no children");
      }
      return isList(model, shape) ? this.answer(String(this.counts[list] || 0)) : this.answer("", codes.noArray, "it is no list");
    }

    set(given, written) {
      const early = this.early("set");
      if (early) return this.answer("false", early);
      const name = String(given ?? "");
      const value = String(written ?? "");
      const problem = this.refusal(name, value);
      if (problem) return this.answer("false", ...problem);
      const appended = name === "cmi.comments" ? (this.values[name] || "") + value : value;
      this.values[name] = appended;
      this.unsaved += 1;
      this.count(name);
      return this.answer("true");
    }

    // Why a value is not taken: [code, what should be], or null.
    refusal(name, value) {
      const { model, codes } = this.standard;
      const { pattern, last } = parse(name);
      if (/^_(children|count|version)$/.test(last)) return [codes.keyword, "it is a keyword"];
      const element = model[pattern];
      if (!element) return [codes.unknown, "there is no such element"];
      if (element.access === "r") return [codes.readOnly, ""];
      const order = this.disorder(name, pattern, value);
      if (order) return order;
      const wrong = element.check(value);
      return wrong && [codes[wrong[0]], `it should be ${wrong[1]}`];
    }

    // Entries of lists come one after the other, and begin with their id.
    disorder(name, pattern, value) {
      const { model, codes } = this.standard;
      for (const [list, index] of parse(name).lists) {
        const size = this.counts[list] || 0;
        if (index > size) return [codes.index.set, `the next entry of ${list} is ${size}`];
        const id = `${list}.${index}.id`;
        const starts = model[generic(id)] && codes.idFirst && this.values[id] === undefined;
        if (starts && name !== id) return [codes.idFirst, `${id} comes first`];
      }
      return codes.idFirst ? this.dependency(name, pattern, value) : null;
    }

    // In 2004: names of objectives are unique and stay; a response needs the type of its interaction.
    dependency(name, pattern, value) {
      const { codes } = this.standard;
      if (pattern === "cmi.objectives.n.id") {
        if (this.values[name] !== undefined && this.values[name] !== value) return [codes.idTaken, "an objective's id cannot change"];
        const others = Object.keys(this.values).filter((other) => other !== name && generic(other) === pattern);
        if (others.some((other) => this.values[other] === value)) return [codes.idTaken, "another objective has this id"];
      }
      const [, entry] = /^(cmi\.interactions\.\d+)\.(learner_response|correct_responses)/.exec(name) || [];
      return entry && this.values[`${entry}.type`] === undefined ? [codes.idFirst, `${entry}.type comes first`] : null;
    }

    lastError() {
      return this.error;
    }

    errorString(code) {
      return this.standard.errors[String(code ?? "")] || "";
    }

    diagnostic(code) {
      return !code || String(code) === this.error ? this.why || this.errorString(this.error) : this.errorString(code);
    }
  }

  // --- The learner ---

  let site = { courses: [], errors: [] };
  let course = null;
  let edition = null; // the package that plays: one version of the course
  let items = []; // its items in the order of the menu, without the root
  let parents = new Map(); // item -> item
  let learner = { items: {}, globals: {}, running: "" };
  let running = null; // {item, session, frame}: session is null for what does not report

  const key = () => `coursewright-preview/${edition.version || "plain"}/${edition.name}`;

  function recall() {
    try {
      return { items: {}, globals: {}, running: "", ...JSON.parse(window.localStorage.getItem(key()) || "{}") };
    } catch (error) {
      return { items: {}, globals: {}, running: "" };
    }
  }

  function keep() {
    try {
      window.localStorage.setItem(key(), JSON.stringify(learner));
    } catch (error) {
      note("The browser keeps nothing", String(error));
    }
  }

  // What is kept of an item: {values, seconds, exit, begun, status | completion, success, measure, objectives}.
  const recordOf = (item) => learner.items[item.identifier] || {};

  function change(item, values) {
    learner.items[item.identifier] = { values: {}, seconds: 0, exit: "", objectives: {}, ...recordOf(item), ...values };
  }

  const DONE = ["completed", "passed"];

  // Whether an item is completed, and whether it is satisfied: true, false, or undefined where it is unknown. A heading
  // is what all under it are.
  function completed(item) {
    if (!item.href && item.children.length) return together(item.children.map(completed));
    const { status, completion } = recordOf(item);
    if (edition.version === "1.2") return status ? DONE.includes(status) : undefined;
    return completion ? completion === "completed" : undefined;
  }

  function succeeded(item) {
    if (!item.href && item.children.length) return together(item.children.map((child) => satisfied(child, primary(child))));
    const { status, success } = recordOf(item);
    const told = edition.version === "1.2" ? status : success;
    return { passed: true, failed: false }[told];
  }

  function together(values) {
    if (values.includes(undefined)) return values.includes(false) ? false : undefined;
    return values.every(Boolean);
  }

  const attempted = (item) => Boolean(recordOf(item).begun) || item.children.some(attempted);

  // An item's state in a word, which is also its class in the menu.
  function state(item) {
    const success = succeeded(item);
    if (success === false && item.href) return "failed";
    if (success && completed(item) !== false) return item.href ? "passed" : "completed";
    if (completed(item)) return "completed";
    if (recordOf(item).status === "browsed") return "browsed";
    return attempted(item) ? "in progress" : "not started";
  }

  // --- Gates: SCORM 1.2 ---

  const LETTERS = { p: "passed", c: "completed", f: "failed", i: "incomplete", b: "browsed", n: "not attempted" };
  const OPERAND = /[^\s&|~()=<>{},*"]+/g;

  // Judges an aicc_script such as A&(B|C), A="passed" or 2*{A,B,C}; throws an Error where it cannot be read.
  function judge(script) {
    const tokens = script.match(/"[^"]*"|<>|[&|~()=,{}*]|[^\s&|~()=<>{},*"]+/g) || [];
    let at = 0;
    const is = (token) => tokens[at] === token && Boolean((at += 1));
    const expect = (token) => is(token) || fail();
    const fail = () => {
      throw new Error(`cannot be read at '${tokens.slice(at).join(" ") || "its end"}'`);
    };
    const word = () => (/^["]|^[^&|~()=<>,{}*]/.test(tokens[at] || "") ? tokens[at++].replace(/"/g, "") : fail());

    function any() {
      let result = all();
      while (is("|")) result = all() || result;
      return result;
    }
    function all() {
      let result = not();
      while (is("&")) result = not() && result;
      return result;
    }
    function not() {
      return is("~") ? !not() : single();
    }
    function set(least) {
      const found = [any()];
      while (is(",")) found.push(any());
      expect("}");
      return found.filter(Boolean).length >= (least ?? found.length);
    }
    function single() {
      if (is("(")) {
        const result = any();
        expect(")");
        return result;
      }
      if (is("{")) return set();
      const name = word();
      if (is("*")) return expect("{") && set(Number(name));
      const [same, other] = [is("="), is("<>")];
      const item = items.find(({ identifier }) => identifier === name);
      if (!same && !other) return Boolean(item && completed(item));
      let status = word();
      while (/^\w/.test(tokens[at] || "")) status += ` ${word()}`;
      return same === (word12(item) === (LETTERS[status[0].toLowerCase()] || status));
    }

    const result = any();
    return at < tokens.length ? fail() : result;
  }

  const word12 = (item) => (item && recordOf(item).status) || "not attempted";

  function lock12(item) {
    for (const at of pathOf(item)) {
      if (!at.prerequisites) continue;
      try {
        if (!judge(at.prerequisites)) return reason12(at.prerequisites);
      } catch (error) {
        note(`The prerequisites of ${at.identifier} are passed over`, `${at.prerequisites}: ${error.message}`, at.identifier);
      }
    }
    return "";
  }

  function reason12(script) {
    const named = (name) => items.find(({ identifier }) => identifier === name);
    const titled = (name) => (named(name) ? named(name).title : name);
    if (!/^[^|~=<>{}*()"]+$/.test(script)) return `Opens when: ${script.replace(OPERAND, titled)}`;
    const missing = script.match(OPERAND).filter((name) => !named(name) || !completed(named(name)));
    return `Opens after: ${missing.map(titled).join("; ")}`;
  }

  // --- Gates: SCORM 2004 ---

  const PRIMARY = { id: "", primary: true, byMeasure: false, least: 1, maps: [] };
  const primary = (item) => item.objectives.find((objective) => objective.primary) || PRIMARY;
  const objectiveOf = (item, id) => item.objectives.find((objective) => objective.id === id) || (id ? null : primary(item));

  // The item and all above it, from the top.
  function pathOf(item) {
    const above = parents.get(item);
    return above ? [...pathOf(above), item] : [item];
  }

  // What an objective is by the item's own doing: {satisfied, measure}.
  function local(item, objective) {
    if (objective.primary) return { satisfied: succeeded(item), measure: recordOf(item).measure };
    return (recordOf(item).objectives || {})[objective.id] || {};
  }

  function known(item, objective, what, flag) {
    if (!objective) return undefined;
    const shared = objective.maps.filter((map) => map[flag]).map((map) => (learner.globals[map.target] || {})[what]);
    return shared.find((value) => value !== undefined) ?? local(item, objective)[what];
  }

  const satisfied = (item, objective) => known(item, objective, "satisfied", "readStatus");
  const measure = (item, objective) => known(item, objective, "measure", "readMeasure");

  const CONDITIONS = {
    satisfied: (item, objective) => satisfied(item, objective),
    objectiveStatusKnown: (item, objective) => satisfied(item, objective) !== undefined,
    objectiveMeasureKnown: (item, objective) => measure(item, objective) !== undefined,
    objectiveMeasureGreaterThan: (item, objective, threshold) => compared(measure(item, objective), (value) => value > threshold),
    objectiveMeasureLessThan: (item, objective, threshold) => compared(measure(item, objective), (value) => value < threshold),
    completed: (item) => completed(item),
    activityProgressKnown: (item) => completed(item) !== undefined,
    attempted: (item) => attempted(item),
    always: () => true,
  };
  const compared = (value, test) => (value === undefined ? undefined : test(value));

  // True, false, or undefined where it is unknown: then it is unknown with "not", too, and no rule fires.
  function holds(item, { condition, not, objective, threshold }) {
    const test = CONDITIONS[condition];
    const value = test ? test(item, objectiveOf(item, objective), threshold) : undefined;
    return value === undefined ? undefined : value !== not;
  }

  function fires(item, rule) {
    const values = rule.conditions.map((condition) => holds(item, condition));
    return rule.any ? values.includes(true) : values.every((value) => value === true);
  }

  // The rule of an action that fires for an item or anything above it, with the item it stands at; null if none does.
  function firing(item, action) {
    for (const at of pathOf(item)) {
      const rule = at.rules.find((rule) => rule.action === action && fires(at, rule));
      if (rule) return { at, rule };
    }
    return null;
  }

  function lock2004(item) {
    const found = firing(item, "disabled");
    return found ? reason2004(found) : "";
  }

  // A rule in words where it waits for what other units satisfy, as most locks do.
  function reason2004({ at, rule }) {
    const waiting = rule.conditions.filter(({ condition, not }) => not && ["satisfied", "objectiveStatusKnown"].includes(condition));
    const objectives = waiting.map((condition) => objectiveOf(at, condition.objective));
    if (waiting.length < rule.conditions.length || objectives.includes(null)) return "Locked by a rule of the course";
    const missing = objectives.filter((objective) => satisfied(at, objective) !== true);
    const targets = new Set(missing.flatMap((objective) => objective.maps.filter((map) => map.readStatus).map((map) => map.target)));
    const writes = (other) => other !== at && other.objectives.some(({ maps }) => maps.some((map) => map.writeStatus && targets.has(map.target)));
    const titles = items.filter(writes).map((other) => other.title);
    return titles.length ? `Opens after: ${titles.join("; ")}` : "Locked: nothing in this course can open it";
  }

  // --- Gates, of either version ---

  // How an item can be chosen from the menu: {open, shown, why}.
  function gate(item) {
    if (edition.version === "1.2") {
      const why = lock12(item);
      return { open: !why, shown: item.visible, why };
    }
    const above = parents.get(item);
    const why = lock2004(item) || (above && !above.choice ? "Reached by Next and Previous only" : "");
    return { open: !why, shown: item.visible && !firing(item, "hiddenFromChoice"), why };
  }

  // Where Next (1) or Previous (-1) leads: {item}, or {why} there is no way.
  function neighbour(step) {
    const list = items.filter((item) => item.href);
    if (!running && step < 0) return { why: "" };
    const start = running ? list.indexOf(running.item) : -1;
    for (let at = start + step; list[at]; at += step) {
      const item = list[at];
      if (edition.version !== "2004") {
        if (gate(item).open) return { item };
      } else {
        const flows = pathOf(item).slice(0, -1).every((above) => above.flow);
        if (!flows) return { why: "The course does not let Next and Previous lead there." };
        if (firing(item, "skip")) continue;
        return firing(item, "disabled") ? { why: `Next stops before "${item.title}": it is locked.` } : { item };
      }
    }
    return { why: "" };
  }

  // --- Playing ---

  const mode = () => find("mode").value;

  // The values a session of 1.2 starts with: what was kept, under what the LMS says.
  function values12(item, record) {
    return {
      ...record.values,
      "cmi.core.student_id": LEARNER.id,
      "cmi.core.student_name": LEARNER.name,
      "cmi.core.lesson_mode": mode(),
      "cmi.core.credit": mode() === "normal" ? "credit" : "no-credit",
      "cmi.core.entry": record.begun ? (record.exit === "suspend" ? "resume" : "") : "ab-initio",
      "cmi.core.total_time": STANDARDS["1.2"].span(record.seconds || 0),
      "cmi.core.lesson_status": record.status || "not attempted",
      "cmi.launch_data": item.launchData,
      "cmi.student_data.mastery_score": told(item.masteryScore) ?? "",
      "cmi.student_data.max_time_allowed": item.maxTimeAllowed,
      "cmi.student_data.time_limit_action": item.timeLimitAction,
    };
  }

  const told = (value) => (value === null || value === undefined || value === "" ? undefined : String(value));
  const passing = (item) => (primary(item).byMeasure ? primary(item).least : null);

  // The values a session of 2004 starts with. An attempt that was not suspended has ended: its data is gone.
  function values2004(item, record) {
    const values = {
      ...(record.exit === "suspend" ? record.values : {}),
      "cmi.learner_id": LEARNER.id,
      "cmi.learner_name": LEARNER.name,
      "cmi.mode": mode(),
      "cmi.credit": mode() === "normal" ? "credit" : "no-credit",
      "cmi.entry": record.exit === "suspend" ? "resume" : record.begun && mode() !== "normal" ? "" : "ab-initio",
      "cmi.total_time": STANDARDS[2004].span(record.seconds || 0),
      "cmi.launch_data": told(item.launchData),
      "cmi.completion_threshold": told(item.completionThreshold),
      "cmi.scaled_passing_score": told(passing(item)),
      "cmi.max_time_allowed": told(item.maxTimeAllowed),
      "cmi.time_limit_action": told(item.timeLimitAction),
    };
    addObjectives(item, values);
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  }

  // The manifest's objectives stand in the list from the start, with what is known of them.
  function addObjectives(item, values) {
    const ids = [];
    while (values[`cmi.objectives.${ids.length}.id`] !== undefined) ids.push(values[`cmi.objectives.${ids.length}.id`]);
    for (const objective of item.objectives.filter(({ id }) => id)) {
      if (!ids.includes(objective.id)) ids.push(objective.id);
      const at = `cmi.objectives.${ids.indexOf(objective.id)}`;
      values[`${at}.id`] = objective.id;
      const met = satisfied(item, objective);
      if (met !== undefined) values[`${at}.success_status`] = met ? "passed" : "failed";
      const score = measure(item, objective);
      if (score !== undefined) values[`${at}.score.scaled`] = String(score);
    }
    const met = satisfied(item, primary(item));
    if (met !== undefined) values["cmi.success_status"] ??= met ? "passed" : "failed";
  }

  // What the LMS decides over the unit's own word, where the manifest gives it a measure.
  function judged2004(item, name, values) {
    const by = (least, value, yes, no) =>
      least === null || value === undefined ? undefined : Number(value) >= least ? yes : no;
    if (name === "cmi.completion_status") return by(item.completionThreshold, values["cmi.progress_measure"], "completed", "incomplete");
    if (name === "cmi.success_status") return by(passing(item), values["cmi.score.scaled"], "passed", "failed");
    return undefined;
  }

  function save12(item, values, ended) {
    const counts = mode() === "normal";
    let status = values["cmi.core.lesson_status"];
    if (ended && status === "not attempted") status = counts ? "completed" : "browsed";
    const raw = values["cmi.core.score.raw"];
    if (ended && counts && item.masteryScore !== null && raw) {
      status = Number(raw) >= item.masteryScore ? "passed" : "failed";
    }
    change(item, { begun: true, values: { ...values }, exit: values["cmi.core.exit"] || "" });
    if (counts || !recordOf(item).status) change(item, { status: status === "not attempted" ? "" : status });
  }

  function save2004(item, values, ended) {
    const exit = values["cmi.exit"] || "";
    change(item, { begun: true, values: { ...values }, exit });
    if (mode() !== "normal") return;
    const look = (name) => judged2004(item, name, values) ?? values[name] ?? "unknown";
    let completion = look("cmi.completion_status");
    let success = look("cmi.success_status");
    const over = ended && exit !== "suspend";
    if (over && completion === "unknown" && !item.completionSetByContent && !recordOf(item).completion) completion = "completed";
    if (over && success === "unknown" && !item.objectiveSetByContent && !recordOf(item).success) success = "passed";
    if (completion !== "unknown") change(item, { completion });
    if (success !== "unknown") change(item, { success });
    if (values["cmi.score.scaled"] !== undefined) change(item, { measure: Number(values["cmi.score.scaled"]) });
    saveObjectives(item, values);
    share(item);
  }

  function saveObjectives(item, values) {
    const objectives = {};
    for (let n = 0; values[`cmi.objectives.${n}.id`] !== undefined; n += 1) {
      const success = { passed: true, failed: false }[values[`cmi.objectives.${n}.success_status`]];
      const score = values[`cmi.objectives.${n}.score.scaled`];
      objectives[values[`cmi.objectives.${n}.id`]] = { satisfied: success, measure: score === undefined ? undefined : Number(score) };
    }
    change(item, { objectives });
  }

  // Writes what an item and those above it know to the objectives that they share with others.
  function share(item) {
    for (const at of pathOf(item)) {
      for (const objective of at.objectives) {
        const { satisfied: met, measure: score } = local(at, objective);
        for (const { target, writeStatus, writeMeasure } of objective.maps) {
          const shared = { ...learner.globals[target] };
          if (writeStatus && met !== undefined) shared.satisfied = met;
          if (writeMeasure && score !== undefined) shared.measure = score;
          if (writeStatus || writeMeasure) learner.globals[target] = shared;
        }
      }
    }
  }

  function save(item, session, ended) {
    (edition.version === "1.2" ? save12 : save2004)(item, session.values, ended);
    const time = session.values[session.standard.sessionTime];
    if (ended && time) change(item, { seconds: (recordOf(item).seconds || 0) + secondsOf(time) });
    keep();
    soon(showMenu);
  }

  function openSession(item) {
    const record = recordOf(item);
    const values = (edition.version === "1.2" ? values12 : values2004)(item, record);
    for (const name of ["cmi.core.exit", "cmi.core.session_time", "cmi.exit", "cmi.session_time", "adl.nav.request"]) delete values[name];
    return new Session(STANDARDS[edition.version], values, {
      begun: () => {
        change(item, { begun: true });
        keep();
        soon(showMenu);
      },
      committed: (session) => save(item, session, false),
      terminated: (session) => {
        save(item, session, true);
        follow(session);
      },
      ask: (name) => (edition.version === "2004" ? askNavigation(name) : undefined),
      judged: (name, now) => (edition.version === "2004" ? judged2004(item, name, now) : undefined),
    });
  }

  function askNavigation(name) {
    const [, request, target] = /^adl\.nav\.request_valid\.(continue|previous|(?:choice|jump)\.\{target=(.*)\})$/.exec(name) || [];
    if (!request) return undefined;
    if (!target) return String(Boolean(neighbour(request === "continue" ? 1 : -1).item));
    const item = items.find(({ identifier }) => identifier === target);
    return item ? String(gate(item).open) : "unknown";
  }

  // Does what a unit has asked for as it ended, unless it was being left anyway.
  function follow(session) {
    const request = session.values["adl.nav.request"];
    if (!request || request === "_none_" || session.leaving) return;
    window.setTimeout(() => {
      if (!running || running.session !== session) return;
      const [, target] = /^\{target=(.*)\}/.exec(request) || [];
      const item = items.find(({ identifier }) => identifier === target);
      if (target && item) choose(item);
      else if (request === "continue" || request === "previous") move(request === "continue" ? 1 : -1);
      else leave();
    });
  }

  // The API as the unit finds it: every call is recorded, even one that comes too late.
  function connect(item, session) {
    const api = {};
    for (const [method, action] of Object.entries(session.standard.methods)) {
      api[method] = (...values) => {
        const late = session.phase === "gone";
        const result = late ? (action === "get" ? "" : "false") : session[action](...values);
        if (session.silent) return result;
        const asks = ["lastError", "errorString", "diagnostic"].includes(action);
        const error = asks ? "0" : session.error;
        const why = late ? "after the unit was left" : asks ? "" : session.why;
        const named = error === "0" ? "" : `error ${error} ${session.standard.errors[error]}`;
        log({ unit: item.identifier, method, values, result, named, why, problem: late || !["0", "403"].includes(error) });
        return result;
      };
    }
    return api;
  }

  function addressOf(item) {
    const base = new URL(edition.base, window.location.href);
    const address = new URL(item.href, base);
    return address.href.startsWith(base.href) ? address : null;
  }

  function launch(item) {
    leave();
    const address = addressOf(item);
    if (!address) {
      say(`"${item.title}" is not in the package but at ${item.href}: the preview does not go there.`);
      note("Not in the package", item.href, item.identifier);
      return;
    }
    const tracked = item.kind === "sco" && STANDARDS[edition.version];
    const session = tracked ? openSession(item) : null;
    if (session) window[session.standard.global] = connect(item, session);
    else opened(item);
    const frame = make("iframe", { title: item.title, src: address.href, allow: "fullscreen; autoplay" });
    running = { item, session, frame };
    learner.running = item.identifier;
    keep();
    find("unit").replaceChildren(frame);
    say(`Running: ${item.title}`);
    fold("menu-toggle", false);
    showMenu();
  }

  // What does not report is done as soon as it is open.
  function opened(item) {
    if (mode() !== "normal") return;
    change(item, edition.version === "1.2" ? { begun: true, status: "completed" } : { begun: true, completion: "completed", success: "passed" });
    if (edition.version === "2004") share(item);
  }

  // Takes the running unit away, which is its last chance to speak, and ends its session if it did not.
  function leave() {
    if (!running) return;
    const { item, session, frame } = running;
    if (session) session.leaving = true;
    frame.remove();
    running = null;
    learner.running = "";
    if (session) {
      delete window[session.standard.global];
      if (session.phase === "running" && !session.silent) cutOff(item, session);
      session.phase = "gone";
    }
    find("unit").replaceChildren(make("p", { className: "hint", textContent: "Choose a unit from the menu." }));
    say(`Left: ${item.title}`);
    keep();
    showMenu();
  }

  // A unit that never says goodbye loses what it has not committed, as it does in many an LMS.
  function cutOff(item, session) {
    const lost = session.unsaved ? `; ${session.unsaved} values were not committed and are lost` : "";
    const finish = edition.version === "1.2" ? "LMSFinish" : "Terminate";
    note(`Left without ${finish}`, `the unit did not end its session${lost}`, item.identifier);
  }

  function choose(item) {
    const { open, why } = gate(item);
    if (open) launch(item);
    else say(`${item.title} is locked. ${why}`);
  }

  function move(step) {
    if (!edition) return;
    const { item, why } = neighbour(step);
    if (item) launch(item);
    else if (why) say(why);
  }

  function reset() {
    if (!edition) return;
    if (running && running.session) running.session.silent = true;
    if (running && running.session) running.session.phase = "gone";
    leave();
    learner = { items: {}, globals: {}, running: "" };
    keep();
    showMenu();
    say("Forgotten: this is a new learner.");
  }

  // --- The view ---

  const find = (id) => document.getElementById(id);
  const entries = []; // of the log
  const fresh = []; // those not shown yet
  const awaited = new Set();

  // Does something once, when the unit has said all that it has to say now: it often makes many calls in a row.
  function soon(action) {
    if (awaited.has(action)) return;
    awaited.add(action);
    window.queueMicrotask(() => {
      awaited.delete(action);
      action();
    });
  }

  function make(name, properties = {}, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function say(words) {
    find("status").textContent = words;
  }

  const capital = (word) => word[0].toUpperCase() + word.slice(1);

  function entry(item) {
    const line = make("li", {});
    line.dataset.item = item.identifier;
    const { open, shown, why } = gate(item);
    if (!shown) return null;
    const now = state(item);
    const word = item.href && !open && now === "not started" ? "locked" : now;
    const words = word === "locked" ? `Locked. ${why}` : capital(item.href && !open ? `${now}. ${why}` : now);
    const parts = [
      make("span", { className: "title", textContent: item.title }),
      make("span", { className: "state", textContent: words }),
    ];
    const name = item.href ? make("button", { type: "button" }, ...parts) : make("div", {}, ...parts);
    name.className = `entry ${word.replace(" ", "-")}`;
    if (item.href) {
      if (!open) name.setAttribute("aria-disabled", "true");
      if (running && running.item === item) name.setAttribute("aria-current", "true");
      name.addEventListener("click", () => choose(item));
    }
    line.append(name);
    const inner = item.children.map(entry).filter(Boolean);
    if (inner.length) line.append(make("ol", {}, ...inner));
    return line;
  }

  // The menu is made anew; whoever is in it with the keyboard stays where they are.
  function showMenu() {
    const focused = document.activeElement && document.activeElement.closest("#items li");
    find("items").replaceChildren(...edition.root.children.map(entry).filter(Boolean));
    if (focused) {
      const same = Array.from(find("items").querySelectorAll("li")).find((line) => line.dataset.item === focused.dataset.item);
      if (same && same.querySelector("button")) same.querySelector("button").focus();
    }
    find("exit").disabled = !running;
    find("previous").disabled = !neighbour(-1).item;
    find("next").disabled = !neighbour(1).item;
  }

  function fold(id, open) {
    find(id).setAttribute("aria-expanded", String(open));
  }

  function toggle(id) {
    fold(id, find(id).getAttribute("aria-expanded") !== "true");
  }

  // --- The log ---

  const quoted = (value) => (typeof value === "string" ? JSON.stringify(value) : String(value));
  const cut = (words) => (words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)}… (${words.length} characters)` : words);

  function clock(at) {
    const two = (value, size = 2) => String(value).padStart(size, "0");
    return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${two(at.getMilliseconds(), 3)}`;
  }

  function callOf({ method, values, what }, shorten = (words) => words) {
    return method ? `${method}(${values.map((value) => shorten(quoted(value))).join(", ")})` : what;
  }

  function outcomeOf({ method, result, named, why }, shorten = (words) => words) {
    if (!method) return why;
    const error = [named, why].filter(Boolean).join(": ");
    return `→ ${shorten(quoted(result))}${error ? ` · ${error}` : ""}`;
  }

  function log(call) {
    entries.push({ at: new Date(), ...call });
    if (entries.length > MOST_LOGGED) entries.shift();
    fresh.push(entries[entries.length - 1]);
    soon(showCalls);
  }

  function lineOf(call) {
    return make(
      "li",
      { className: call.problem ? "problem" : "fine" },
      make("span", { className: "time", textContent: clock(call.at) }),
      make("span", { className: "unit", textContent: call.unit || "" }),
      make("code", { textContent: callOf(call, cut) }),
      make("span", { className: "outcome", textContent: `${call.problem ? "Problem " : ""}${outcomeOf(call, cut)}` }),
    );
  }

  function showCalls() {
    const list = find("calls");
    list.append(...fresh.splice(0).map(lineOf));
    while (list.children.length > MOST_LOGGED) list.firstChild.remove();
    countCalls();
    find("log-body").scrollTop = 1e9;
  }

  // What happened that is no call. Each is said once in a row.
  function note(what, why, unit = "") {
    const last = entries[entries.length - 1];
    if (entries.some((logged) => logged.what === what && logged.why === why && (logged === last || logged.unit === unit))) return;
    log({ what, why, unit, problem: true });
  }

  function countCalls() {
    const problems = entries.filter((logged) => logged.problem).length;
    find("log-count").textContent = `${entries.length}${problems ? `, ${problems} ${problems > 1 ? "problems" : "problem"}` : ""}`;
  }

  function clear() {
    entries.length = 0;
    fresh.length = 0;
    find("calls").replaceChildren();
    countCalls();
  }

  function copy() {
    const chosen = entries.filter((logged) => logged.problem || !find("only-problems").checked);
    const lines = chosen.map((call) => `${clock(call.at)}\t${call.unit || ""}\t${callOf(call)}\t${call.problem ? "PROBLEM " : ""}${outcomeOf(call)}`);
    navigator.clipboard.writeText(`${lines.join("\n")}\n`).then(
      () => say(`${lines.length} lines copied.`),
      () => say("The browser does not let this page copy."),
    );
  }

  // --- Courses and versions ---

  const versionName = ({ version, edition: name }) =>
    version === "2004" ? `SCORM ${/2004/.test(name) ? name : "2004"}` : version ? `SCORM ${version}` : "no SCORM, nothing is tracked";

  function list(id, texts) {
    find(id).querySelector("ul").replaceChildren(...texts.map((words) => make("li", { textContent: words })));
    const count = find(id).querySelector(".count");
    if (count) count.textContent = texts.length;
  }

  function open(chosen, version) {
    course = chosen;
    edition = chosen.editions.find((one) => one.version === version) || chosen.editions[0];
    items = [];
    parents = new Map();
    const walk = (item) => item.children.forEach((child) => {
      items.push(child);
      parents.set(child, item);
      walk(child);
    });
    walk(edition.root);
    learner = recall();
    const address = new URL(window.location.href);
    address.searchParams.set("course", course.name);
    address.searchParams.set("version", edition.version);
    window.history.replaceState(null, "", address);
    showCourse();
  }

  const ALWAYS_LEFT_OUT = {
    "1.2": ["how this or that LMS differs: this player is strict, and locks what is under a locked heading"],
    2004: ["what a new attempt forgets: an item keeps its status until the unit reports another one"],
    "": ["any tracking: the package is no SCORM, and has no API to find"],
  };

  function showCourse() {
    document.title = `${course.title} | Preview`;
    find("course-title").textContent = course.title;
    find("edition-name").textContent = versionName(edition);
    find("course-choice").hidden = site.courses.length < 2;
    const choices = site.courses.map(({ name, title }) => make("option", { value: name, textContent: title, selected: name === course.name }));
    find("course").replaceChildren(...choices);
    find("version-choice").hidden = course.editions.length < 2;
    find("versions").replaceChildren(...course.editions.map(versionChoice));
    list("not-simulated", [...edition.notSimulated, ...ALWAYS_LEFT_OUT[edition.version]]);
    list("found", edition.problems);
    find("found").hidden = !edition.problems.length;
    showMenu();
  }

  function versionChoice(one) {
    const input = make("input", { type: "radio", name: "version", value: one.version, checked: one === edition });
    input.addEventListener("change", () => play(course, one.version));
    return make("label", {}, input, ` ${one.version === "2004" ? "SCORM 2004" : `SCORM ${one.version}`}`);
  }

  // Changes to another course or version; the unit that ran there when it was left runs again, if it may.
  function play(chosen, version) {
    const focused = document.activeElement && document.activeElement.name === "version";
    const last = learner.running;
    if (edition) leave();
    if (edition) {
      learner.running = last;
      keep();
    }
    open(chosen, version);
    if (focused) find("versions").querySelector("input:checked").focus();
    say("");
    resume();
  }

  function resume() {
    const item = items.find(({ identifier }) => identifier === learner.running);
    if (item && item.href && gate(item).open) launch(item);
  }

  function showErrors() {
    find("errors").hidden = !site.errors.length;
    find("last-good").hidden = !site.courses.length;
    list("errors", site.errors);
  }

  // --- News from the server ---

  async function load() {
    const answer = await window.fetch("courses.json");
    site = await answer.json();
    showErrors();
    if (!site.courses.length) return;
    const query = new URLSearchParams(window.location.search);
    const name = course ? course.name : query.get("course");
    const version = edition ? edition.version : query.get("version");
    const chosen = site.courses.find((one) => one.name === name) || site.courses[0];
    const before = edition && edition.base;
    const next = chosen.editions.find((one) => one.version === version) || chosen.editions[0];
    if (before === next.base) return;
    play(chosen, next.version);
    if (before) say("Loaded anew: the package has changed.");
  }

  const NEWS = {
    changed: load,
    blocked: ({ what, why, where }) => note(`Blocked: ${what}`, `${why}, asked for by ${where}`),
    missing: ({ what, why }) => note(`Not in the package: ${what}`, why),
  };

  function listen() {
    const events = new EventSource("events");
    let lost = false;
    events.addEventListener("message", ({ data }) => {
      const news = JSON.parse(data);
      if (NEWS[news.kind]) NEWS[news.kind](news);
    });
    events.addEventListener("error", () => {
      lost = true;
      say("The preview has ended, or cannot be reached.");
    });
    events.addEventListener("open", () => {
      if (lost) load();
      lost = false;
    });
    window.addEventListener("pagehide", () => events.close());
    return new Promise((done) => {
      events.addEventListener("open", done, { once: true });
      events.addEventListener("error", done, { once: true });
    });
  }

  function onPhone() {
    const narrow = find("phone").getAttribute("aria-pressed") !== "true";
    find("phone").setAttribute("aria-pressed", String(narrow));
    find("unit").classList.toggle("phone", narrow);
  }

  const CLICKS = {
    reset,
    exit: leave,
    previous: () => move(-1),
    next: () => move(1),
    phone: onPhone,
    clear,
    copy,
    "menu-toggle": () => toggle("menu-toggle"),
    "log-toggle": () => toggle("log-toggle"),
  };

  for (const [id, action] of Object.entries(CLICKS)) find(id).addEventListener("click", action);
  find("course").addEventListener("change", ({ target }) => play(site.courses.find((one) => one.name === target.value), edition.version));
  find("only-problems").addEventListener("change", ({ target }) => find("calls").classList.toggle("only-problems", target.checked));
  find("mode").addEventListener("change", () => {
    say(running ? "The mode counts from the next launch." : "");
  });
  if (window.matchMedia("(max-width: 52rem)").matches) fold("log-toggle", false);
  countCalls();
  listen().then(load);
})();
