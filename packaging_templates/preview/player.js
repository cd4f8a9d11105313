/*
 * The preview's player: the course's menu with its locks, a unit in a frame, and what it records.
 *
 * It is for trying a package, not for learning, and it says what it does not do. The unit runs in an origin of its own, and
 * so does the run-time that it talks to (runtime.js): what comes from there is a stranger's, and is only data here. Order:
 * the learner, gates, playing, messages, the view. What the server tells is in courses.json (see packages/documents/menu.py for an item's
 * shape) and comes anew by /events.
 */
(function () {
  "use strict";

  const LONGEST_SHOWN = 120; // characters of a value in the log; copied as text it is whole
  const MOST_LOGGED = 2000;
  const LONGEST_VALUE = 70_000; // characters; what is taken from a unit's messages is bounded
  const LARGEST_RECORD = 1_000_000;
  const LARGEST_MESSAGE = 4_000_000;
  const MOST_SAID = 5_000; // in one message
  const MOST_MESSAGES = 500; // in one second
  const MOST_CHARACTERS = 100_000_000; // likewise
  const PATIENCE = 2000; // ms that a unit has to say goodbye
  const LEARNER = { id: "preview-learner", name: "Learner, Preview" };

  const { STANDARDS, secondsOf, judged2004 } = window.coursewrightScorm;

  // --- The learner ---

  let site = { courses: [], errors: [] };
  let course = null;
  let edition = null; // the package that plays: one version of the course
  let items = []; // its items in the order of the menu, without the root
  let parents = new Map(); // item -> item
  let learner = { items: {}, globals: {}, running: "" };
  let running = null; // the unit that runs, see unitOf
  let departure = Promise.resolve(); // of the unit that was left last
  let turns = 0; // launches asked for: of several while a unit is being left, the last counts

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
    const titled = (name) => (named(name) ? named(name).title : `${name} (not in this course)`);
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

  const limitsOf = (item) => ({ completion: item.completionThreshold ?? null, passing: passing(item) });

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
    const look = (name) => judged2004(limitsOf(item), name, values) ?? values[name] ?? "unknown";
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

  function save(item, values, ended) {
    (edition.version === "1.2" ? save12 : save2004)(item, values, ended);
    const time = values[STANDARDS[edition.version].sessionTime];
    if (ended && time) change(item, { seconds: (recordOf(item).seconds || 0) + secondsOf(time) });
    soon(keep);
    soon(showMenu);
  }

  function valuesFor(item) {
    const values = (edition.version === "1.2" ? values12 : values2004)(item, recordOf(item));
    for (const name of ["cmi.core.exit", "cmi.core.session_time", "cmi.exit", "cmi.session_time", "adl.nav.request"]) delete values[name];
    return values;
  }

  // What a unit may ask about the ways out of it: they are sent ahead, since a unit waits for no message.
  function answers() {
    const ways = { continue: String(Boolean(neighbour(1).item)), previous: String(Boolean(neighbour(-1).item)) };
    return { ...ways, items: items.map((item) => [item.identifier, String(gate(item).open)]) };
  }

  // Does what a unit has asked for as it ended, unless it was being left anyway.
  function follow(unit, request) {
    if (!request || request === "_none_" || unit.leaving) return;
    window.setTimeout(() => {
      if (running !== unit || unit.leaving) return;
      const [, target] = /^\{target=(.*)\}/.exec(request) || [];
      const item = items.find(({ identifier }) => identifier === target);
      if (target && item) choose(item);
      else if (request === "continue" || request === "previous") move(request === "continue" ? 1 : -1);
      else leave();
    });
  }

  // --- Messages from the unit's run-time ---

  const SAID = {
    begun: ({ item }) => {
      change(item, { begun: true });
      soon(keep);
      soon(showMenu);
    },
    saved: (unit, { values, ended }) => {
      const tame = tamed(values);
      if (!tame) return note("Not kept", "the unit's data is larger than the preview keeps", unit.item.identifier);
      save(unit.item, tame, ended === true);
      if (ended === true) follow(unit, tame["adl.nav.request"]);
    },
    call: (unit, { method, values, result, error, why, late }) => {
      const { methods, errors } = STANDARDS[edition.version];
      if (!Object.hasOwn(methods, method) || !Array.isArray(values)) return;
      const code = Object.hasOwn(errors, error) ? error : "0";
      log({
        unit: unit.item.identifier,
        method,
        values: values.slice(0, 4).map(bounded),
        result: bounded(result),
        named: code === "0" ? "" : `error ${code} ${errors[code]}`,
        why: bounded(why),
        problem: late === true || !["0", "403"].includes(code),
      });
    },
    closed: (unit, { what, why }) => note(`Blocked: ${bounded(what).slice(0, 500)}`, bounded(why).slice(0, 200), unit.item.identifier),
  };

  const bounded = (value) => String(value ?? "").slice(0, LONGEST_VALUE);

  // A unit's values as plain texts under the names of the data model; null where they are more than is kept.
  function tamed(values) {
    const pairs = Object.entries(values || {}).filter(([name, value]) => /^(cmi|adl)\.[\w.]{1,200}$/.test(name) && typeof value === "string");
    const size = pairs.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    return size > LARGEST_RECORD ? null : Object.fromEntries(pairs);
  }

  function parsed(text) {
    try {
      return typeof text === "string" && text.length <= LARGEST_MESSAGE ? JSON.parse(text) : null;
    } catch (error) {
      return null;
    }
  }

  // Only what the run-time says is believed; the rest counts as noise, wherever in the unit it comes from.
  function hear(event) {
    const unit = running;
    if (!unit || event.source === window) return;
    const theirs = event.source === unit.frame.contentWindow && event.origin === unit.origin;
    if (flooded(unit, event) || !theirs) return;
    const heard = parsed(event.data);
    if (!heard && String(event.data).length > LARGEST_MESSAGE) tooMuch(unit);
    if (!heard || heard.token !== unit.token) return;
    if (heard.kind === "ready") start(unit);
    if (heard.kind === "said") hearAll(unit, heard.said);
    if (heard.kind === "left" && unit.left) unit.left(heard);
  }

  function hearAll(unit, said) {
    if (!Array.isArray(said) || unit.silent) return;
    if (said.length > MOST_SAID) tooMuch(unit);
    for (const one of said.slice(0, MOST_SAID)) {
      if (one && Object.hasOwn(SAID, one.kind) && (unit.tracked || one.kind === "closed")) SAID[one.kind](unit, one);
    }
  }

  const tooMuch = (unit) => note("Not shown", "the unit said more at once than the preview takes", unit.item.identifier);

  // A unit that floods the player with messages is taken away.
  function flooded(unit, { data }) {
    const second = Math.floor(performance.now() / 1000);
    if (unit.second !== second) Object.assign(unit, { second, heard: 0, size: 0 });
    unit.heard += 1;
    unit.size += typeof data === "string" ? data.length : 0;
    if (unit.heard <= MOST_MESSAGES && unit.size <= MOST_CHARACTERS) return false;
    const many = unit.heard > MOST_MESSAGES ? `${MOST_MESSAGES} messages` : `${MOST_CHARACTERS} characters`;
    if (!unit.silent) note("Left", `the unit sent more than ${many} in a second`, unit.item.identifier);
    unit.silent = true;
    leave();
    return unit.heard > 2 * MOST_MESSAGES; // what it says as it goes is heard
  }

  function tell(unit, kind, more = {}) {
    const there = unit.started && unit.frame.contentWindow;
    if (there) there.postMessage({ token: unit.token, kind, ...more }, unit.origin);
  }

  // Gives the run-time what it works with; a second time, only after it was reloaded.
  function start(unit) {
    window.clearTimeout(unit.patience);
    unit.started = true;
    const { item, tracked, address } = unit;
    const session = tracked ? { version: edition.version, values: valuesFor(item), limits: limitsOf(item), answers: answers() } : null;
    tell(unit, "start", { session, address, title: item.title });
  }

  // What a unit still said while the page went away, the server has kept: it comes just after the page is back.
  async function lastWords() {
    const { token, running: name } = learner;
    const item = items.find(({ identifier }) => identifier === name);
    if (!token || !item) return;
    for (let tries = 0; tries < 25; tries += 1) {
      await pause(80);
      const answer = await window.fetch(`last/${token}`);
      if (answer.status !== 200) continue;
      for (const text of await answer.json()) hearAll({ item, tracked: true, leaving: true }, (parsed(text) || {}).said);
      return;
    }
  }

  const pause = (time) => new Promise((done) => window.setTimeout(done, time));

  function addressOf(item) {
    const base = new URL(edition.base, originOf());
    const address = new URL(item.href, base);
    return address.href.startsWith(base.href) ? address : null;
  }

  const originOf = () => `http://${edition.host}${window.location.port && `:${window.location.port}`}`;

  async function launch(item) {
    const turn = (turns += 1);
    await leave();
    if (turn !== turns) return;
    const address = addressOf(item);
    if (!address) {
      say(`"${item.title}" is not in the package but at ${item.href}: the preview does not go there.`);
      note("Not in the package", item.href, item.identifier);
      return;
    }
    const tracked = item.kind === "sco" && Boolean(STANDARDS[edition.version]);
    if (!tracked) opened(item);
    running = unitOf(item, tracked, address.href);
    learner.running = item.identifier;
    learner.token = running.token;
    keep();
    find("unit").replaceChildren(running.frame);
    say(`Running: ${item.title}`);
    fold("menu-toggle", false);
    showMenu();
  }

  // A unit that runs: its run-time stands in a frame of the content's origin, and may do nothing outside that.
  function unitOf(item, tracked, address) {
    const token = window.crypto.randomUUID();
    const frame = make("iframe", { title: item.title, allow: "fullscreen; autoplay" });
    frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-modals";
    const origin = originOf();
    const setup = new URLSearchParams({ player: window.location.origin, token });
    frame.src = `${origin}/runtime.html#${setup}`;
    const patience = window.setTimeout(() => say(`This browser does not find ${edition.host}, where the unit runs: use Chrome, Edge or Firefox.`), 8000);
    return { item, tracked, address, token, origin, frame, patience, started: false, leaving: false };
  }

  // What does not report is done as soon as it is open.
  function opened(item) {
    if (mode() !== "normal") return;
    change(item, edition.version === "1.2" ? { begun: true, status: "completed" } : { begun: true, completion: "completed", success: "passed" });
    if (edition.version === "2004") share(item);
  }

  // Takes the running unit away, which is its last chance to speak, and ends its session if it did not.
  function leave() {
    if (running && !running.leaving) {
      running.leaving = true;
      departure = depart(running);
    }
    return departure;
  }

  async function depart(unit) {
    const left = new Promise((done) => Object.assign(unit, { left: done }));
    tell(unit, "leave");
    const { phase, unsaved } = await Promise.race([left, pause(unit.started ? PATIENCE : 0).then(() => ({ phase: "unknown" }))]);
    window.clearTimeout(unit.patience);
    unit.frame.remove();
    running = null;
    learner.running = "";
    learner.token = "";
    if (unit.tracked && phase === "running" && !unit.silent) cutOff(unit.item, Math.floor(Number(unsaved)) || 0);
    find("unit").replaceChildren(hint());
    say(`Left: ${unit.item.title}`);
    keep();
    showMenu();
  }

  const hint = () => make("p", { className: "hint", textContent: "Choose a unit from the menu." });

  // A unit that never says goodbye loses what it has not committed, as it does in many an LMS.
  function cutOff(item, unsaved) {
    const lost = unsaved ? `; ${unsaved} values were not committed and are lost` : "";
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

  async function reset() {
    if (!edition) return;
    if (running) running.silent = true;
    turns += 1;
    await leave();
    learner = { items: {}, globals: {}, running: "" };
    keep();
    showMenu();
    say("Forgotten: this is a new learner.");
  }

  // --- The view ---

  const find = (id) => document.getElementById(id);
  const entries = []; // of the log
  const fresh = []; // those not shown yet
  let logged = 0; // since the log was cleared
  const awaited = new Set();

  function once(action, later) {
    if (awaited.has(action)) return;
    awaited.add(action);
    later(() => {
      awaited.delete(action);
      action();
    });
  }

  // Does something once, when the unit has said all that it has to say now: it often makes many calls in a row.
  const soon = (action) => once(action, (run) => window.queueMicrotask(run));

  // Does something once, before the page is drawn next: a unit may say more than can be seen.
  const drawing = (action) => once(action, (run) => window.requestAnimationFrame(run));

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
    if (running && running.tracked) tell(running, "answers", { answers: answers() });
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
    logged += 1;
    entries.push({ at: new Date(), ...call });
    if (entries.length > MOST_LOGGED) entries.shift();
    fresh.push(entries[entries.length - 1]);
    if (fresh.length > MOST_LOGGED) fresh.shift(); // nothing is drawn while the page is hidden
    drawing(showCalls);
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
    const surplus = Math.max(0, list.childElementCount - MOST_LOGGED);
    Array.from(list.children).slice(0, surplus).forEach((line) => line.remove());
    countCalls();
    find("log-body").scrollTop = 1e9;
  }

  // What happened that is no call. Each is said once in a row.
  function note(what, why, unit = "") {
    const last = entries[entries.length - 1];
    if (entries.some((one) => one.what === what && one.why === why && (one === last || one.unit === unit))) return;
    log({ what, why, unit, problem: true });
  }

  function countCalls() {
    const problems = entries.filter((one) => one.problem).length;
    const shown = logged > entries.length ? `${logged}, the last ${entries.length} shown` : `${logged}`;
    find("log-count").textContent = `${shown}${problems ? `, ${problems} ${problems > 1 ? "problems" : "problem"}` : ""}`;
  }

  function clear() {
    logged = 0;
    entries.length = 0;
    fresh.length = 0;
    find("calls").replaceChildren();
    countCalls();
  }

  function copy() {
    const chosen = entries.filter((one) => one.problem || !find("only-problems").checked);
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
    if (!running) find("unit").replaceChildren(hint());
    const address = new URL(window.location.href);
    address.searchParams.set("course", course.name);
    address.searchParams.set("version", edition.version);
    window.history.replaceState(null, "", address);
    showCourse();
  }

  const FOR_SAFETY = "what could reach beyond the unit: downloads, PDF files in its frame, windows of the browser (they open over the unit)";
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
    list("not-simulated", [...edition.notSimulated, ...ALWAYS_LEFT_OUT[edition.version], FOR_SAFETY]);
    list("found", edition.problems);
    find("found").hidden = !edition.problems.length;
    find("not-simulated").hidden = false;
    showMenu();
  }

  function versionChoice(one) {
    const input = make("input", { type: "radio", name: "version", value: one.version, checked: one === edition });
    input.addEventListener("change", () => play(course, one.version));
    return make("label", {}, input, ` ${one.version === "2004" ? "SCORM 2004" : `SCORM ${one.version}`}`);
  }

  // Changes to another course or version; the unit that ran there when it was left runs again, if it may.
  async function play(chosen, version) {
    const focused = document.activeElement && document.activeElement.name === "version";
    const last = learner.running;
    turns += 1;
    if (edition) await leave();
    if (edition) {
      learner.running = last;
      keep();
    }
    open(chosen, version);
    if (focused) find("versions").querySelector("input:checked").focus();
    say("");
    await lastWords();
    resume();
  }

  function resume() {
    if (running) return;
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
    await play(chosen, next.version);
    if (before) say("Loaded anew: the package has changed.");
  }

  const NEWS = {
    changed: load,
    blocked: ({ what, why, where }) => note(`Blocked: ${what}`, `${why}, asked for by ${where}`),
    missing: ({ what, why }) => note(`Not in the package: ${what}`, why),
    closed: ({ what, why }) => note(`Not shown: ${what}`, why),
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
  window.addEventListener("message", hear);
  if (window.matchMedia("(max-width: 52rem)").matches) fold("log-toggle", false);
  countCalls();
  listen().then(load);
})();
