/*
 * SCORM 1.2 and 2004 as the preview knows them: data models, errors, and a unit's session. The run-time beside the content
 * holds the session; the player reads the models. It judges values strictly.
 */
window.coursewrightScorm = (function () {
  "use strict";

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
    "nav.event": w(oneOf("", "continue", "previous")), // of AICC, not of SCORM: Moodle's player follows it, and so does this one
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

  // What the LMS decides over the unit's own word, where the manifest gives it a measure: {completion, passing}.
  function judged2004(limits, name, values) {
    const by = (least, value, yes, no) =>
      least === null || value === undefined ? undefined : Number(value) >= least ? yes : no;
    if (name === "cmi.completion_status") return by(limits.completion, values["cmi.progress_measure"], "completed", "incomplete");
    if (name === "cmi.success_status") return by(limits.passing, values["cmi.score.scaled"], "passed", "failed");
    return undefined;
  }

  return { STANDARDS, Session, secondsOf, judged2004 };
})();
