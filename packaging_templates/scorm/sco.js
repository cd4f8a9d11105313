/*
 * The player of one unit: shows its pages one at a time and keeps the learner's progress.
 *
 * A tracker keeps it: in the LMS (openLms), in this browser (openStorage) or nowhere (READING). The view knows only what
 * they share: where, counts, state, location, data, met(), renew(), save(), complete(), pause(), leave(). The markup it works with is
 * listed at the top of unit.html.j2, where all words stand. Where a unit asks questions, quiz.js has gone before. To follow the talk with the LMS on the console, add ?debug to the
 * address or set "coursewright:debug" in the localStorage.
 */
(function () {
  "use strict";

  // What differs between the versions of SCORM.
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
      unset: ["0"], // the error code of reading what was never written
      begun: [["cmi.core.lesson_status", "incomplete"]],
      completed: [["cmi.core.lesson_status", "completed"]],
      passed: [["cmi.core.lesson_status", "passed"]], // in place of it, where there is a score to reach
      failed: [["cmi.core.lesson_status", "failed"]],
      score: ({ percent }) => [
        ["cmi.core.score.raw", percent],
        ["cmi.core.score.min", 0],
        ["cmi.core.score.max", 100],
      ],
      undone: [["cmi.core.lesson_status", "incomplete"]],
      // Moodle and others complete at LMSFinish what is "not attempted" still, in every mode: so a look that counts for
      // nothing must say what it was, in the first of these words that is taken.
      untold: ["not attempted"],
      looked: [
        ["cmi.core.lesson_status", "browsed"],
        ["cmi.core.lesson_status", "incomplete"],
      ],
      // CMITimespan: HHHH:MM:SS
      timespan(seconds) {
        const hours = Math.min(Math.floor(seconds / 3600), 9999);
        const two = (number) => String(number % 60).padStart(2, "0");
        return `${String(hours).padStart(4, "0")}:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
      },
    },
    2004: {
      api: "API_1484_11",
      initialize: "Initialize",
      finish: "Terminate",
      get: "GetValue",
      set: "SetValue",
      commit: "Commit",
      error: "GetLastError",
      mode: "cmi.mode",
      credit: "cmi.credit",
      status: "cmi.completion_status",
      success: "cmi.success_status", // what sequencing looks at
      progress: "cmi.progress_measure",
      objectives: "cmi.objectives",
      location: "cmi.location",
      data: "cmi.suspend_data",
      exit: "cmi.exit",
      time: "cmi.session_time",
      unset: ["0", "403"],
      begun: [["cmi.completion_status", "incomplete"]],
      completed: [
        ["cmi.completion_status", "completed"],
        ["cmi.success_status", "passed"],
      ],
      answered: [["cmi.completion_status", "completed"]],
      passed: [["cmi.success_status", "passed"]],
      failed: [["cmi.success_status", "failed"]],
      score: ({ points, total, scaled }) => [
        ["cmi.score.scaled", scaled],
        ["cmi.score.raw", points],
        ["cmi.score.min", 0],
        ["cmi.score.max", total],
      ],
      undone: [
        ["cmi.completion_status", "incomplete"],
        ["cmi.success_status", "unknown"],
      ],
      untold: [], // nothing is completed here but by content: the manifest says so
      looked: [["cmi.completion_status", "incomplete"]], // for those that don't read it
      timespan: (seconds) => `PT${seconds}S`,
    },
  };
  // ms, for progress; completion is committed at once. Short, because what is committed while the page goes away is often
  // lost: Moodle sends that by a beacon, which a reload overtakes.
  const COMMIT_EVERY = 1000;
  const BEGUN = ["101", "103"]; // what an API answers to Initialize when a session has begun, in 1.2 and 2004
  const TOO_LONG = ["405", "406"]; // what refuses a value for its form or length, in 1.2 and 2004
  const TERMINATED = "104"; // what an API of SCORM 2004 answers to Initialize once it has served a unit
  const RENEWED = "coursewright:renewed"; // when, in the sessionStorage: not twice without success in between
  const MOST_NAMED = 3; // missing units, in a banner
  const MOST_INTERACTIONS = 250; // that every LMS keeps

  const SETTLED = { completed: "completed", passed: "completed", failed: "failed" };
  // What an LMS may say for a status: some write it in their own way, or in the one letter that AICC asks for.
  const MUTE = ["undefined", "null", "none", "nan", "0"]; // no status at all
  const WORDS = {
    completed: ["complete", "c"],
    passed: ["pass", "p"],
    failed: ["fail", "f"],
    incomplete: ["i"],
    browsed: ["browse", "b"],
    "not attempted": ["not-attempted", "not_attempted", "notattempted", "n", "na"],
    unknown: ["u", ...MUTE],
  };
  const STANDING = ["incomplete", "browsed", "failed"];
  const UNCOUNTED = ["review", "r", "browse", "b"]; // modes
  const NO_CREDIT = ["no-credit", "no_credit", "no credit", "nocredit", "n"];

  function word(told) {
    const text = told.toLowerCase();
    return Object.keys(WORDS).find((name) => WORDS[name].includes(text)) || text;
  }

  const { api: version, course, unit } = document.body.dataset;
  const LONGEST = Number(document.body.dataset.longest); // of suspend_data
  const goals = JSON.parse(document.body.dataset.goals || "[]");
  const query = new URLSearchParams(window.location.search);
  const debug = query.has("debug") || recall("coursewright:debug");

  function log(...what) {
    if (debug) console.debug("[sco]", ...what);
  }

  // The browser's storage may be forbidden or full: then nothing is kept.
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
      log("not kept:", key, error);
    }
  }

  // A unit that asks nothing.
  const NO_QUIZZES = {
    judged: false,
    reports: [],
    begin() {},
    fields: () => ({}),
    fill() {},
    merge: () => ({}),
    standing: () => ({ left: [], answered: false, success: "", final: false, score: null }),
    unkept() {},
  };
  const quizzes = window.coursewrightQuiz
    ? window.coursewrightQuiz({ version, timespan: SCORM[version].timespan, save, handedIn })
    : NO_QUIZZES;

  /* Progress as text: the format's number, the keys of the pages reached, the ids of the boxes ticked.
   *     1;p=overview,topics;t=a1b2,c3d4
   * What quizzes have to remember stands in further fields: before the ticks what matters most (see quiz.js), and what
   * would sooner be missed after them.
   * At its longest, with all P pages and all T boxes, it has
   *     7 + (lengths of all keys) + max(P - 1, 0) + (lengths of all ids) + max(T - 1, 0)
   * characters; the build proves that this is no more than LONGEST. Another edition of the unit may have named pages and
   * boxes that are gone: whoever decodes passes them over. */
  function encode(pages, ticks, { r = [], q = [], x = [] } = {}) {
    const field = (name, words) => (words.length ? `;${name}=${words.join(",")}` : "");
    const text = `1;p=${pages.join(",")}${field("r", r)}${field("q", q)};t=${ticks.join(",")}${field("x", x)}`;
    quizzes.unkept(text.length > LONGEST);
    return text.length <= LONGEST ? text : text.slice(0, text.lastIndexOf(",", LONGEST));
  }

  function decode(text) {
    const [format, ...fields] = text.split(";");
    return format === "1" ? Object.fromEntries(fields.map((field) => [field[0], field.slice(2).split(",")])) : {};
  }

  // --- In the LMS ---

  // The API, in this window, its parents, or the windows that opened us and theirs; null without an LMS. A window of
  // another origin won't be looked into, but names its parent. Any element with the id "API" answers to window.API too.
  function findApi(names) {
    for (const start of [() => window, () => window.opener, () => window.top.opener]) {
      try {
        for (let at = start(), level = 0; at && level <= 500; level += 1) {
          const api = peek(at, names.api);
          if (api && typeof peek(api, names.initialize) === "function") return api;
          at = at.parent === at ? null : at.parent;
        }
      } catch (error) {
        log("out of reach:", error);
      }
    }
    return null;
  }

  function peek(at, name) {
    try {
      return at[name];
    } catch (error) {
      return null;
    }
  }

  // A tracker for the LMS, or null if it won't start a session. An LMS may answer in strings or booleans, refuse or
  // throw: none of it may reach the learner.
  function openLms(api, names) {
    const started = performance.now();
    let left = false;
    let committed = 0;
    let commits = false; // whether any commit of this session was taken
    let threw = false; // whether the last call did
    let timer = 0;

    function call(method, ...values) {
      try {
        const result = api[method](...values);
        log(method, ...values, "=>", result);
        threw = false;
        return result === undefined || result === null ? "" : String(result).trim();
      } catch (error) {
        log(method, ...values, "threw", error);
        threw = true;
        return "";
      }
    }
    const has = (method) => typeof peek(api, method) === "function";
    const lastError = () => (has(names.error) ? call(names.error) : "0");
    // Without a plain yes or no, as from a method that returns nothing, the error code tells.
    function accepted(method, ...values) {
      const told = call(method, ...values).toLowerCase();
      if (["true", "1"].includes(told)) return true;
      const done = !threw && !["false", "0", "[object promise]"].includes(told) && lastError() === "0";
      if (!done) log(method, "was refused:", call(names.error));
      return done;
    }
    const get = (name) => call(names.get, name);
    // Says whether an empty answer means that there is no value yet, and not that the LMS failed to give it.
    const unset = () => !threw && names.unset.includes(lastError());
    const put = ([name, value]) => accepted(names.set, name, value);
    const told = () => !names.untold.includes(word(get(names.status)));
    const putExit = () => put([names.exit, "suspend"]);
    // The time of the session so far: each write replaces the one before.
    const putTime = () => put([names.time, names.timespan(Math.round((performance.now() - started) / 1000))]);
    // An LMS without a way to commit keeps what it has taken.
    function commit() {
      window.clearTimeout(timer);
      timer = 0;
      committed = performance.now();
      if (!has(names.commit)) return true;
      const done = accepted(names.commit, "");
      commits = commits || done;
      return done;
    }
    // Says whether there is a session: begun now, or by whoever was here before.
    function initialize() {
      if (accepted(names.initialize, "")) return true;
      return BEGUN.includes(lastError()) && word(get(names.status)) in WORDS && putExit();
    }

    if (!initialize()) return lastError() === TERMINATED && renewMoodle() ? NOWHERE : null;
    forgetRenewal();
    const mode = get(names.mode).toLowerCase();
    const graded = !UNCOUNTED.includes(mode) && !NO_CREDIT.includes(get(names.credit).toLowerCase());
    const first = get(names.status);
    const status = word(first);
    // Without an answer the unit is new, unless the LMS failed to give one: then it might be completed.
    const fresh = first ? ["not attempted", "unknown"].includes(status) : unset();
    const objectives = openObjectives(names.objectives, get, put);
    const success = names.success ? askSuccess() : status;
    // Only success opens other units: a unit that the LMS has completed by itself is not done before the learner says so.
    // Where there is a score to reach, who failed may try again, and who passed has perhaps not read everything.
    const settled = quizzes.judged ? settledByScore() : SETTLED[success];
    const aims = quizzes.judged && !names.answered ? names.passed : names.completed;
    const state = settled || (graded ? "incomplete" : "review");
    let progressed = "0";
    let finished = false; // whether the LMS knows that everything was answered
    putExit(); // at once, so that even a killed tab resumes
    if (settled !== "completed" && status !== "completed") sayStatus();
    // A new attempt may know of the success before it, but not of the completion.
    if (graded && settled === "completed" && !SETTLED[status]) putCompleted();
    commit();

    function settledByScore() {
      const done = SETTLED[success] === "completed" && SETTLED[status] === "completed";
      return done ? "completed" : undefined;
    }
    function askSuccess() {
      const told = word(get(names.success));
      const unknown = told === "unknown" || (!told && unset());
      if (unknown) return objectives.met(`obj.${unit}`) ? "passed" : "unknown";
      return told || status;
    }
    // By the standard an LMS may complete at the end whatever has said no status in the session. So what is not completed
    // is said again, as it stands.
    function sayStatus() {
      if (STANDING.includes(status)) put([names.status, status]);
      if (settled || !fresh) return;
      if (!graded) putLooked();
      else names.begun.forEach(put);
      if (graded) putGoals();
    }
    function putLooked() {
      return names.looked.some((pair) => put(pair) && told());
    }
    // Says whether the LMS has taken what completes the unit; what it refuses besides does no harm.
    function putCompleted() {
      if (aims.filter((pair) => !put(pair)).length) return false;
      if (names.progress) put([names.progress, "1"]);
      putGoals("completed");
      return true;
    }
    // Takes back what was taken of a completion, so that nothing stands in the LMS that the page does not say.
    function undo() {
      const stands = ([name]) => !get(name) || word(get(name)) in SETTLED;
      names.undone.filter(stands).forEach(put);
      if (names.progress) put([names.progress, progressed]);
      if (names.objectives) putGoals("incomplete");
      commit();
    }
    // What the LMS holds after all: completed, failed, incomplete, or nothing where it does not tell.
    function standing() {
      const tell = (text) => (MUTE.includes(text.toLowerCase()) ? "" : word(text));
      const held = names.completed.map(([name]) => tell(get(name)));
      if (held.includes("failed")) return "failed";
      if (held.every((at) => !at)) return "";
      return held.every((at) => !at || SETTLED[at] === "completed") ? "completed" : "incomplete";
    }
    // An LMS may take its time to do what it has been told.
    function watch(tracker, waits) {
      const [wait, ...rest] = waits;
      if (!wait) return;
      window.setTimeout(() => {
        if (left || tracker.state !== "incomplete") return;
        tracker.state = SETTLED[standing()] || "incomplete";
        if (tracker.state === "incomplete") watch(tracker, rest);
        else tracker.changed();
      }, wait);
    }
    // What is too long for this LMS is cut at a comma, until it is taken.
    function putData(data) {
      let text = data;
      while (!put([names.data, text])) {
        const shorter = text.slice(0, text.lastIndexOf(",", text.length * 0.75));
        if (!TOO_LONG.includes(lastError()) || shorter.length < 8 || shorter.length >= text.length) return false;
        text = shorter;
      }
      return true;
    }
    let listed = null; // the interactions that the LMS holds, by their names where it tells them
    function listInteractions() {
      const told = get("cmi.interactions._count");
      const count = told === "" && !names.answered ? MOST_INTERACTIONS : Math.min(Number(told) || 0, MOST_INTERACTIONS);
      listed = Array.from({ length: count }, (_, at) => (names.answered ? get(`cmi.interactions.${at}.id`) : ""));
    }
    // An interaction at the place of the one of its name. SCORM 1.2 tells no names: there it is the place that the script
    // has counted, or the next one where the LMS has forgotten those before it.
    function putInteraction([place, entry]) {
      if (!listed) listInteractions();
      const known = names.answered ? listed.indexOf(entry[0][1]) : Math.min(place, listed.length);
      const index = known < 0 ? listed.length : known;
      if (index >= MOST_INTERACTIONS) return true;
      const told = names.answered && known >= 0 ? entry.slice(1) : entry;
      const taken = told.map(([name, value]) => put([`cmi.interactions.${index}.${name}`, value]));
      if (taken[0] && index === listed.length) listed.push(entry[0][1]);
      return taken[0];
    }
    // The best score so far, and what follows from it: neither is ever lowered.
    function putScore() {
      const { score, success } = quizzes.standing();
      if (score) {
        const [[name, value], ...rest] = names.score(score);
        const before = get(name);
        if (before === "" || !(Number(before) > value)) [[name, value], ...rest].forEach(([at, number]) => put([at, String(number)]));
      }
      const [name] = names.passed[0];
      if (success && !["passed", "completed"].includes(word(get(name)))) names[success].forEach(put);
    }
    function putGoals(status) {
      for (const [name, text] of names.objectives ? goals : []) {
        objectives.write(name, "description", text);
        if (status) objectives.write(name, "completion_status", status);
      }
    }

    return {
      where: "lms",
      counts: graded,
      state,
      location: get(names.location),
      data: get(names.data),
      changed() {},
      renew() {},
      met: (other) => objectives.met(`need.${other}`),
      save(location, data, progress) {
        if (left || (location === this.location && data === this.data)) return;
        if (put([names.location, location])) this.location = location;
        if (putData(data)) this.data = data;
        progressed = `${Math.floor(progress * 100) / 100}`;
        if (names.progress && this.state === "incomplete") put([names.progress, progressed]);
        const wait = committed + COMMIT_EVERY - performance.now();
        if (wait <= 0) commit();
        else if (!timer) timer = window.setTimeout(commit, wait);
      },
      // What quizzes were answered, and how they stand.
      report(entries) {
        if (left || !graded) return;
        entries.every(putInteraction);
        putScore();
        commit();
      },
      // Everything was read and answered, well or not: where that is a fact of its own, the LMS gets to know it.
      answered() {
        if (left || !graded || finished || !names.answered) return;
        finished = word(get(names.status)) === "completed" || names.answered.every(put);
        commit();
      },
      // Says whether it is settled, in the LMS and here alike. A settled status is never touched. What was taken and could
      // not be committed is taken back, and may be tried again; an LMS that never took a commit is believed without.
      complete() {
        if (left || this.state !== "incomplete") return false;
        const put = putCompleted();
        const sure = commit() || !commits;
        let held = standing() || (put ? "completed" : "incomplete");
        if (quizzes.judged && !sure) return false; // what was passed is never taken back
        if (held === "incomplete" ? !put || names.completed.length > 1 : held === "completed" && !sure) {
          undo();
          held = standing();
        }
        this.state = SETTLED[held] || "incomplete";
        watch(this, [500, 1500, 3000, 5000]);
        return this.state !== "incomplete";
      },
      pause() {
        if (left) return;
        putTime();
        commit();
      },
      leave() {
        if (left) return;
        left = true;
        putTime();
        putExit(); // after completion too, so that a later visit resumes
        // Left alone, it would be completed now: better a session without an end.
        if (!told() && !(graded ? names.begun.every(put) && told() : putLooked())) return;
        commit();
        accepted(names.finish, "");
      },
    };
  }

  // Moodle's API of SCORM 2004 serves the first unit that its player shows, and tells all others that it has ended
  // (seen in 4.1 to 5.1). So the player is loaded anew, with this unit in it. Says whether that is under way.
  function renewMoodle() {
    try {
      const loader = window.frameElement.src;
      const last = Number(window.sessionStorage.getItem(RENEWED)) || 0;
      if (!/\/mod\/scorm\/loadSCO\.php\?/.test(loader) || Date.now() - last < 5000) return false;
      window.sessionStorage.setItem(RENEWED, String(Date.now()));
      const popup = /[?&]display=popup(&|$)/.test(window.parent.location.search) ? "&display=popup" : "";
      window.parent.location.replace(loader.replace("/loadSCO.php?", "/player.php?") + popup);
      return true;
    } catch (error) {
      log("not to be renewed:", error);
      return false;
    }
  }

  function forgetRenewal() {
    try {
      window.sessionStorage.removeItem(RENEWED);
    } catch (error) {
      log("not forgotten:", error);
    }
  }

  // The objectives that the LMS lists for this unit: its own, those of required units, its goals. None in SCORM 1.2.
  function openObjectives(list, get, put) {
    const count = list ? Math.max(0, Math.min(Number(get(`${list}._count`)) || 0, 1000)) : 0;
    const ids = Array.from({ length: count }, (_, index) => get(`${list}.${index}.id`));
    const element = (id, part) => `${list}.${ids.indexOf(id)}.${part}`;
    return {
      // Says whether one is satisfied; null if the LMS could tell and doesn't, as Moodle.
      met(id) {
        if (!list) return undefined;
        const success = ids.includes(id) ? get(element(id, "success_status")).toLowerCase() : "";
        return { passed: true, failed: false, unknown: false }[success] ?? null;
      },
      // Writes to one, adding it if need be.
      write(id, part, value) {
        if (!ids.includes(id) && put([`${list}.${ids.length}.id`, id])) ids.push(id);
        if (ids.includes(id)) put([element(id, part), value]);
      },
    };
  }

  // --- Without an LMS ---

  const NOWHERE = {
    where: "",
    counts: true,
    state: "",
    location: "",
    data: "",
    changed() {},
    met: () => undefined,
    renew() {},
    save() {},
    complete() {},
    report() {},
    answered() {},
    pause() {},
    leave() {},
  };
  const READING = Object.assign({}, NOWHERE, { where: "reading" });

  const keyOf = (name) => `coursewright/${course}/${name}`;

  function recallState(key) {
    try {
      return Object.assign({}, JSON.parse(recall(key) || "{}"));
    } catch (error) {
      log("unreadable:", key);
      return {};
    }
  }

  // Other tabs may keep the same unit: each adds what was done in it to what is there, and nothing that was done is undone.
  function openStorage(where) {
    const key = keyOf(unit);
    const read = () => {
      const { state, location, data } = recallState(key);
      return { state: state === "completed" ? state : "incomplete", location: String(location || ""), data: String(data || "") };
    };
    return Object.assign({}, NOWHERE, read(), {
      where,
      met: (other) => (where === "alone" ? recallState(keyOf(other)).state === "completed" : undefined),
      renew() {
        const { state, data } = read();
        if (state === "completed") this.state = state;
        this.data = data || this.data;
      },
      save(location, data) {
        const base = this.data;
        this.renew();
        Object.assign(this, { location, data: merge(base, data, this.data) });
        keep(key, JSON.stringify({ state: this.state, location, data: this.data }));
      },
      complete() {
        this.state = "completed";
        this.save(this.location, this.data);
        return true;
      },
    });
  }

  // --- The view ---

  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const each = (selector, action) => all(selector).forEach(action);
  const hide = (selector, when) => each(selector, (part) => (part.hidden = when(part)));
  const pages = all("section[data-page]");
  const keys = pages.map((page) => page.dataset.page);
  const boxes = all("input[data-tick]");
  const reached = new Set();
  const needs = all("[data-need]");
  const standing = new Map(); // of what is needed: complete, or not, as far as anyone tells
  let tracker = NOWHERE; // until we know better
  let current = 0;
  // What the learner has done since this page was opened, for an LMS that answers late.
  const visit = { base: "", pages: new Set(), turned: false, completed: false };

  // The names of the units required that are not complete yet, as far as anyone knows.
  function missing() {
    return needs.filter((need) => standing.get(need) === false).map((need) => need.querySelector("a").textContent);
  }

  function settleNeeds() {
    for (const need of needs) {
      const met = tracker.met(need.dataset.need);
      standing.set(need, met);
      need.querySelector(".met").hidden = met !== true;
      need.querySelector(".missing").hidden = met !== false;
    }
    each("[data-stop]", (stop) => stop.classList.toggle("reached", tracker.met(stop.dataset.stop) === true));
    hide("[data-unchecked]", () => needs.some((need) => standing.get(need) !== null));
  }

  // In a browser without an LMS another tab, or the page before this one, may have changed this unit meanwhile, or
  // completed a required one.
  function lookAgain() {
    const before = tracker.data;
    tracker.renew();
    if (tracker.data !== before || quizzes === NO_QUIZZES) fill(tracker.data);
    if (tracker.data !== before) quizzes.begin(isPractice());
    settleNeeds();
    refresh();
  }

  function refresh() {
    const unread = pages.length > reached.size;
    const { left, final } = quizzes.standing();
    const state = final && tracker.state === "incomplete" ? "failed" : tracker.state;
    const page = (link) => link.closest("a").dataset.goto;
    hide("section[data-page]", (section) => section !== pages[current]);
    hide("[data-when]", (part) => !part.dataset.when.split(" ").includes(tracker.where));
    hide("[data-state]", (part) => part.dataset.state !== state);
    const many = missing().length > MOST_NAMED ? "many" : "few";
    hide("[data-missing]", (part) => tracker.state === "completed" || !missing().length || part.dataset.missing !== many);
    each(`[data-stop="${unit}"]`, (stop) => stop.classList.toggle("reached", tracker.state === "completed"));
    hide("[data-finish=unread]", () => !unread);
    hide("[data-finish=ready]", () => unread || left.length > 0);
    hide("[data-finish=quizzes]", () => !left.length);
    each("[data-quiz-left]", (entry) => (entry.hidden = !left.includes(entry.dataset.quizLeft)));
    hide("[data-do=previous]", () => !pages[current - 1]);
    hide("[data-do=next]", () => !pages[current + 1]);
    hide("nav .read", (mark) => !tracker.state || !reached.has(page(mark)));
    each("[data-finish] a[data-goto]", (link) => (link.parentNode.hidden = reached.has(page(link))));
    each("[data-do=complete]", (button) => (button.disabled = unread || left.length > 0));
    each("nav.pages a", (link) => link.setAttribute("aria-current", page(link) === keys[current] ? "page" : "false"));
    each("progress", (bar) => (bar.value = reached.size));
    const title = (index) => (pages[index] ? pages[index].querySelector("h2").textContent : "");
    const { between = ", " } = (document.querySelector("[data-between]") || document.body).dataset;
    const values = {
      current: current + 1,
      total: pages.length,
      before: title(current - 1),
      after: title(current + 1),
      missing: missing().join(between),
      count: missing().length,
    };
    each("[data-text]", (part) => {
      const text = part.dataset.text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
      if (part.textContent !== text) part.textContent = text; // a screen reader speaks at each change
    });
  }

  const ticks = () => Array.from(new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.tick)));

  // Joins progress as two have it, who both went on from one `base`: all pages of both, and each tick as it was last set.
  function merge(base, mine, theirs) {
    const unticked = boxes.filter((box) => box.defaultChecked).map((box) => box.dataset.tick);
    const [was, now, there] = [base, mine, theirs].map((text) => decode(text).t || unticked);
    const read = [mine, theirs].flatMap((text) => decode(text).p || []);
    const names = Array.from(new Set(boxes.map((box) => box.dataset.tick)));
    const ticked = (name) => (now.includes(name) === was.includes(name) ? there : now).includes(name);
    const asked = quizzes.merge(decode(mine), decode(theirs));
    return encode(keys.filter((key) => read.includes(key)), names.filter(ticked), asked);
  }

  // Shows progress: its pages as read, its boxes as ticked.
  function fill(data) {
    const { p = [], t, ...asked } = decode(data);
    quizzes.fill(asked);
    keys.filter((key) => p.includes(key)).forEach((key) => reached.add(key));
    if (t) boxes.forEach((box) => (box.checked = t.includes(box.dataset.tick)));
  }

  function save() {
    const ticked = ticks();
    if (quizzes.judged && pages.length === reached.size && quizzes.standing().answered) tracker.answered();
    const progress = (reached.size + ticked.length) / (pages.length + boxes.length + 1); // the last step is completion
    tracker.save(keys[current], encode(keys.filter((key) => reached.has(key)), ticked, quizzes.fields()), progress);
  }

  // A quiz was handed in: what the LMS is told of it, it is told at once.
  function handedIn(entries) {
    visit.turned = true;
    save();
    tracker.report(entries);
    refresh();
  }

  const isPractice = () => tracker.where === "reading" || !tracker.counts;

  function show(index) {
    current = index;
    reached.add(keys[index]);
    visit.pages.add(keys[index]);
    refresh();
    save();
    each(".map", centre);
    each("nav.pages", scrollMenu);
  }

  // Keeps the page that is shown in sight in a menu that is longer than the window.
  function scrollMenu(menu) {
    const frame = menu.getBoundingClientRect();
    each("nav.pages [aria-current=page]", (link) => {
      const { top, bottom } = link.getBoundingClientRect();
      if (top < frame.top || bottom > frame.bottom) menu.scrollTop += top - frame.top - frame.height / 2;
    });
  }

  // Scrolls a map sideways, so that this unit stands in its middle.
  function centre(map) {
    const middle = (part) => part.getBoundingClientRect().left + part.getBoundingClientRect().width / 2;
    each(".map .here", (here) => (map.scrollLeft += middle(here) - middle(map)));
  }

  // Shows a page because the learner asked: moves the focus and the address there too. The address is replaced, since
  // a history of its own inside a frame would take the LMS's Back button hostage.
  function turn(index) {
    if (!pages[index]) return;
    unfold(false);
    visit.turned = true;
    show(index);
    window.scrollTo(0, 0);
    pages[index].querySelector("h2").focus();
    try {
      window.history.replaceState(window.history.state, "", `#${keys[index]}`);
    } catch (error) {
      log("the address stays:", error);
    }
  }

  // The part of the document that an address names after "#", or null.
  function placeOf(hash) {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch (error) {
      log("no address of ours:", error);
      return null;
    }
  }

  // Shows the page, or the place on a page, that stands in the address after "#". Says whether there is one.
  function followAddress() {
    const place = placeOf(window.location.hash);
    const page = place && place.closest("section[data-page]");
    if (page) show(pages.indexOf(page));
    if (page && page !== place) place.scrollIntoView();
    return Boolean(page);
  }

  function unfold(open) {
    each("[data-do=menu]", (button) => button.setAttribute("aria-expanded", String(open)));
  }

  function change() {
    visit.turned = true;
    save();
  }

  function complete() {
    const taken = tracker.complete();
    visit.completed = visit.completed || tracker.where === "lost";
    refresh();
    hide("[data-finish=not-saved]", () => taken);
    each(".done", (message) => message.focus());
  }

  const DO = {
    menu: (button) => unfold(button.getAttribute("aria-expanded") === "false"),
    previous: () => turn(current - 1),
    next: () => turn(current + 1),
    complete,
  };
  const modified = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

  function onClick(event) {
    const button = event.target.closest("button[data-do]");
    if (button) DO[button.dataset.do](button);
    const link = event.target.closest("a[data-goto]");
    const within = event.target.closest("section.page a[href^='#']:not([data-goto])");
    if (!(link || within) || event.button || modified(event)) return;
    if (within ? leadTo(placeOf(within.hash)) : turn(keys.indexOf(link.dataset.goto)) || true) event.preventDefault();
  }

  // Goes to a place on another page. Says whether it is on one: the browser itself finds what is on this page.
  function leadTo(place) {
    const page = place && place.closest("section[data-page]");
    if (!page || page === pages[current]) return false;
    turn(pages.indexOf(page));
    if (page === place) return true;
    place.scrollIntoView();
    place.tabIndex = -1;
    place.focus();
    return true;
  }

  // Escape folds the menu of a narrow page, and goes back to what opened it.
  function foldMenu(event) {
    const opener = document.querySelector("[data-do=menu][aria-expanded=true]");
    if (!opener || !event.target.closest("nav.pages")) return;
    unfold(false);
    opener.focus();
  }

  // Arrow keys turn the page, except where they have a meaning already: in fields and in what scrolls sideways.
  function onKey(event) {
    if (event.key === "Escape" && !event.defaultPrevented) foldMenu(event);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.defaultPrevented || modified(event)) return;
    if (event.target.closest("input, textarea, select, audio, video, pre, .scroll, [contenteditable]")) return;
    turn(current + (document.documentElement.dir === "rtl" ? -step : step));
  }

  // A text may lead to another unit, too: for reading, if that is sure to be open.
  function nameUnitLink(link) {
    const found = /^\.\.\/[^./][^/]*\/index\.html(\?reading=1)?(#|$)/.exec(link.getAttribute("href"));
    if (!found || link.dataset.unitLink) return;
    link.dataset.unitLink = found[1] ? "before" : "after";
    if (found[1]) Object.assign(link, { target: "_blank", rel: "noopener" });
  }

  // In an LMS no other unit may load into this one's frame: it would report under this one's name. So the units to come
  // are only named (the course menu knows which are open), and those before open in a new tab, for reading.
  function settleUnitLinks() {
    each('section.page a[href^="../"]', nameUnitLink);
    const alone = tracker.where === "alone";
    each("a[data-unit-link]", (link) => {
      if (alone || tracker.where === "reading") link.removeAttribute("target");
      if (alone) link.setAttribute("href", link.getAttribute("href").replace("?reading=1", ""));
      else if (link.dataset.unitLink === "after") link.replaceWith(...link.childNodes);
    });
  }

  function begin(opened) {
    tracker = opened;
    tracker.changed = refresh;
    fill(tracker.data);
    quizzes.begin(isPractice());
    visit.base = encode([], ticks());
    settleUnitLinks();
    settleNeeds();
    if (!followAddress()) show(Math.max(keys.indexOf(tracker.location), 0));
  }

  // Goes on in an LMS that answers late: what it has stands, and what the learner did here meanwhile is added. What this
  // browser has kept from another day is not, since it may be another learner's.
  function moveTo(opened) {
    const mine = encode(keys.filter((key) => visit.pages.has(key)), ticks(), quizzes.fields());
    const place = visit.turned ? -1 : keys.indexOf(opened.location);
    tracker = opened;
    tracker.changed = refresh;
    reached.clear();
    fill(merge(visit.base, mine, tracker.data));
    quizzes.begin(isPractice());
    if (quizzes.reports.length) tracker.report(quizzes.reports);
    settleNeeds();
    show(place < 0 ? current : place);
    if (!visit.completed || tracker.state !== "incomplete") return;
    const taken = tracker.complete();
    refresh();
    hide("[data-finish=not-saved]", () => taken);
  }

  // An LMS may add its API a moment after the content: inside a frame or a pop-up window, look a few times, then say that
  // there is none, and go on looking: some load their own frames after the content.
  function connect(times) {
    const names = SCORM[version];
    const api = findApi(names);
    const within = window.parent !== window || window.opener;
    const opened = api && openLms(api, names);
    if (!api && within && times > 0) window.setTimeout(connect, 200, times - 1);
    else begin(opened || openStorage(within || api ? "lost" : "alone"));
    if (tracker.where === "lost") seek(names, 500);
  }

  const MOST_REFUSALS = 5; // of one API
  const LONGEST_WAIT = 10000; // ms
  let [refusing, refusals, sought] = [null, 0, 0];

  function look(names) {
    const api = findApi(names);
    if (tracker.where !== "lost" || !api || (api === refusing && refusals >= MOST_REFUSALS)) return;
    const opened = openLms(api, names);
    if (opened && opened.where) moveTo(opened);
    refusals = api === refusing ? refusals + 1 : 1;
    refusing = api;
  }

  function seek(names, wait) {
    window.setTimeout(() => {
      look(names);
      if (tracker.where === "lost") seek(names, Math.min(wait * 1.5, LONGEST_WAIT));
    }, wait);
  }

  // Whatever happens is a chance to look sooner.
  function seekNow() {
    if (tracker.where !== "lost" || Date.now() - sought < 1000) return;
    sought = Date.now();
    look(SCORM[version]);
  }

  document.documentElement.classList.add("js");
  refresh();
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", change);
  window.addEventListener("hashchange", followAddress);
  // Only pagehide ends the session: a page that was merely hidden, or whose unloading was called off, may come back and
  // could then write no more.
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tracker.pause());
  window.addEventListener("storage", lookAgain);
  window.addEventListener("pageshow", (event) => event.persisted && lookAgain());
  for (const event of ["click", "visibilitychange"]) document.addEventListener(event, seekNow);
  for (const event of ["focus", "message", "load"]) window.addEventListener(event, seekNow);
  window.addEventListener("beforeunload", () => tracker.pause());
  window.addEventListener("pagehide", (event) => event.persisted || tracker.leave());
  if (query.has("reading")) begin(READING);
  else connect(5);
})();
