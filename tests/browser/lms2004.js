/*
 * A tiny LMS around scorm-again's SCORM 2004 run-time and sequencing engine: enough to play a package as a learner meets
 * it, no more.
 *
 *   lms2004.html?package=/package/          plays the package whose imsmanifest.xml lies there
 *                &mode=review&credit=...    cmi.mode and cmi.credit for every launch
 *
 * What is open, what is delivered and what an item's status becomes is the engine's word alone: here stands only what an
 * LMS has to do around it. The engine's state and the items' data go to localStorage whenever either changes, so a
 * reload is the learner coming back another day. Tests reach in through window.lms.
 */
(function () {
  "use strict";

  const IMSCP = "http://www.imsglobal.org/xsd/imscp_v1p1";
  const IMSSS = "http://www.imsglobal.org/xsd/imsss";
  const ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3";
  const ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3";
  const query = new URLSearchParams(window.location.search);
  const base = new URL(query.get("package") || "/package/", window.location.href);
  const store = `lms2004 ${base.pathname}`;
  const kept = JSON.parse(window.localStorage.getItem(store) || "{}");
  window.console.debug = () => {}; // the engine says so whenever it delivers or restores, at any log level

  let course; // the engine's settings for sequencing
  let engine; // a Scorm2004API: the run-time of whatever runs, and the sequencing of the whole course
  let asked; // the engine that knows what is open
  const service = () => engine.getSequencingService();
  const tree = (of = engine) => of.getSequencingService().sequencing.activityTree;

  const lms = {
    ready: false,
    items: [], // the leaves, in manifest order: {identifier, title, href}
    saved: kept.saved || {}, // identifier -> cmi
    calls: [], // {item, method, values, result, error}
    answers: {}, // method -> what it returns instead of doing its work; a function is called with the values
    running: null,
    open: allows,
    // Each puts a navigation request through the engine and says what came of it: {delivered, exception}.
    choose: (identifier) => request("choice", identifier),
    start: () => request("start"),
    next: () => request("continue"),
    resumeAll: () => request("resumeAll"),
    suspendAll: () => request("suspendAll"),
    exit,
    state: (identifier) => status(tree().getActivity(identifier)),
    rollup: () => status(tree().root),
  };
  window.lms = lms;

  // --- The manifest ---

  const each = (names, value) => Object.fromEntries(names.map((name) => [name, value]));
  // What is known of sequencing, with the specification's defaults, since the engine's own are not all the same.
  const CURRENT = each(["useCurrentAttemptObjectiveInfo", "useCurrentAttemptProgressInfo"], true);
  const CONTROLS = { choice: true, choiceExit: true, flow: false, forwardOnly: false, ...CURRENT };
  const DELIVERY = { tracked: true, completionSetByContent: false, objectiveSetByContent: false };
  const ROLLUP = { rollupObjectiveSatisfied: true, rollupProgressCompletion: true, objectiveMeasureWeight: 1 };
  const READS = each(["readSatisfiedStatus", "readNormalizedMeasure"], true);
  const MAP = { targetObjectiveID: undefined, ...READS, ...each(["writeSatisfiedStatus", "writeNormalizedMeasure"], false) };
  // What only the engine's maps have, and would read unasked.
  const MORE = each(["CompletionStatus", "ProgressMeasure", "RawScore", "MinScore", "MaxScore"].map((name) => `read${name}`), false);
  const OBJECTIVE = { objectiveID: "", satisfiedByMeasure: false };
  const CONDITION = { condition: undefined, operator: "noOp", referencedObjective: "", measureThreshold: 0 };
  const OF_BOTH = ["satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "completed", "attempted", "attemptLimitExceeded"];
  const OF_RULES = ["objectiveMeasureGreaterThan", "objectiveMeasureLessThan", "activityProgressKnown", "always"];
  const CONDITIONS = { rule: [...OF_BOTH, ...OF_RULES], rollup: OF_BOTH };
  const RULES = {
    preConditionRule: ["skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"],
    exitConditionRule: ["exit"],
    postConditionRule: ["exitParent", "exitAll", "retry", "retryAll", "continue", "previous"],
  };
  const ROLLUP_RULE = { childActivitySet: "all", minimumCount: 0, minimumPercent: 0 };
  const ROLLUP_ACTIONS = ["satisfied", "notSatisfied", "completed", "incomplete"];

  function refuse(what, element) {
    throw new Error(`${what}: ${new XMLSerializer().serializeToString(element).slice(0, 300)}`);
  }

  // The children by name, {name: [element]}: none may be unknown, nor come more often than known.
  function children(element, known) {
    const found = Object.fromEntries(Object.keys(known).map((name) => [name, []]));
    for (const at of element.children) {
      const namespace = ["title", "item", "metadata"].includes(at.localName) ? IMSCP : IMSSS;
      if (at.namespaceURI !== namespace || !(at.localName in found)) refuse("unknown sequencing", at);
      found[at.localName].push(at);
      if (found[at.localName].length > known[at.localName]) refuse("too many of", at);
    }
    return found;
  }

  // The attributes, none of which may be unknown, each of the type of its default; undefined stands for "required".
  function attributes(element, known) {
    const values = { ...known };
    for (const { name, value } of element.attributes) {
      if (/^xmlns(:|$)/.test(name)) continue;
      const kind = typeof known[name];
      if (!(name in known)) refuse(`unknown attribute ${name}`, element);
      if (kind === "boolean" && !/^(true|false|0|1)$/.test(value)) refuse(`not a boolean: ${name}`, element);
      values[name] = kind === "boolean" ? /^(true|1)$/.test(value) : kind === "number" ? Number(value) : value;
    }
    for (const name of Object.keys(values)) if (values[name] === undefined) refuse(`no ${name}`, element);
    return values;
  }

  function oneOf(value, values, element) {
    return values.includes(value) ? value : refuse(`unknown value ${value}`, element);
  }

  function readCondition(element, kind, objectives) {
    const { condition, operator, referencedObjective, measureThreshold } = attributes(element, CONDITION);
    const read = { condition: oneOf(condition, CONDITIONS[kind], element), parameters: { threshold: measureThreshold } };
    if (oneOf(operator, ["not", "noOp"], element) === "not") read.operator = operator;
    if (referencedObjective) read.referencedObjective = oneOf(referencedObjective, objectives, element);
    return read;
  }

  // A rule about the activity itself, or of its roll-up: "rule" or "rollup" is what the names of its parts begin with.
  function readRule(element, actions, kind, objectives) {
    const [all, one, act] = [`${kind}Conditions`, `${kind}Condition`, `${kind}Action`];
    const { [all]: found, [act]: acts } = children(element, { [all]: 1, [act]: 1 });
    if (!found.length || !acts.length) refuse("half a rule", element);
    const { action } = attributes(acts[0], { action: undefined });
    const { conditionCombination } = attributes(found[0], { conditionCombination: kind === "rule" ? "all" : "any" });
    oneOf(conditionCombination, ["all", "any"], element);
    const conditions = children(found[0], { [one]: Infinity })[one].map((at) => readCondition(at, kind, objectives));
    const { childActivitySet: consideration, ...least } = attributes(element, kind === "rule" ? {} : ROLLUP_RULE);
    return { action: oneOf(action, actions, element), conditionCombination, conditions, consideration, ...least };
  }

  function readObjective(element) {
    const { minNormalizedMeasure, mapInfo } = children(element, { minNormalizedMeasure: 1, mapInfo: Infinity });
    const measure = minNormalizedMeasure.length ? Number(minNormalizedMeasure[0].textContent) : 1;
    const maps = mapInfo.map((at) => ({ ...MORE, ...attributes(at, MAP) }));
    return { ...attributes(element, OBJECTIVE), minNormalizedMeasure: measure, mapInfo: maps };
  }

  // An organization's or item's sequencing as the engine's settings of an activity.
  function readSequencing(element) {
    if (element) attributes(element, {});
    const names = ["controlMode", "sequencingRules", "rollupRules", "objectives", "deliveryControls"];
    const part = element ? children(element, each(names, 1)) : each(names, []);
    const values = ([found], known) => (found ? attributes(found, known) : known);
    const activity = {
      sequencingControls: { ...values(part.controlMode, CONTROLS), ...values(part.rollupRules, ROLLUP) },
      deliveryControls: values(part.deliveryControls, DELIVERY),
      objectives: [],
      sequencingRules: {},
    };
    for (const objectives of part.objectives) {
      attributes(objectives, {});
      const { primaryObjective, objective } = children(objectives, { primaryObjective: 1, objective: Infinity });
      if (!primaryObjective.length) refuse("no primary objective", objectives);
      activity.primaryObjective = readObjective(primaryObjective[0]);
      activity.objectives = objective.map(readObjective);
    }
    const known = [activity.primaryObjective, ...activity.objectives].map((at) => at && at.objectiveID);
    for (const rules of part.sequencingRules) {
      attributes(rules, {});
      const found = children(rules, each(Object.keys(RULES), Infinity));
      for (const [name, actions] of Object.entries(RULES)) {
        activity.sequencingRules[`${name}s`] = found[name].map((at) => readRule(at, actions, "rule", known));
      }
    }
    for (const rules of part.rollupRules) {
      const found = children(rules, { rollupRule: Infinity }).rollupRule;
      activity.rollupRules = { rules: found.map((at) => readRule(at, ROLLUP_ACTIONS, "rollup", [])) };
    }
    return activity;
  }

  // An organization or item with all below it; the leaves are listed in lms.items too.
  function readActivity(element, resources) {
    const own = children(element, { title: 1, item: Infinity, metadata: 1, sequencing: 1 });
    if (element.getAttribute("isvisible") === "false") refuse("an invisible item", element);
    const identifier = element.getAttribute("identifier");
    const title = own.title[0].textContent;
    const activity = { id: identifier, title, ...readSequencing(own.sequencing[0]) };
    const reference = element.getAttribute("identifierref");
    if (Boolean(reference) === own.item.length > 0) refuse("neither a leaf nor a cluster", element);
    if (!reference) return { ...activity, children: own.item.map((at) => readActivity(at, resources)) };
    const resource = resources.find((at) => at.getAttribute("identifier") === reference);
    if (resource.getAttributeNS(ADLCP, "scormType") !== "sco") refuse("not a SCO", resource);
    lms.items.push({ identifier, title, href: resource.getAttribute("href") + (element.getAttribute("parameters") || "") });
    return activity;
  }

  function readManifest(text) {
    const manifest = new DOMParser().parseFromString(text, "application/xml");
    const all = (name, namespace = IMSCP) => Array.from(manifest.getElementsByTagNameNS(namespace, name));
    if (all("parsererror", "*").length) throw new Error("imsmanifest.xml is not well-formed");
    const version = all("schemaversion")[0].textContent;
    // The engine knows no editions. They differ in elements that only the fourth has, all of them unknown here.
    oneOf(version, ["2004 3rd Edition", "2004 4th Edition"], manifest);
    const [organization] = all("organization");
    if (all("organization").length !== 1) throw new Error("more than one organization, or none");
    if (all("sequencingCollection", IMSSS).length) throw new Error("a collection of sequencing");
    // Global objectives live in this course's store.
    const shared = organization.getAttributeNS(ADLSEQ, "objectivesGlobalToSystem");
    if (shared !== "false") throw new Error("objectives global to the system");
    return readActivity(organization, all("resource"));
  }

  // --- Sequencing ---

  // An engine for the course, in a state it was in before, if any.
  function build(state) {
    const made = new window.Scorm2004API({ autocommit: false, logLevel: 5, sequencing: course });
    if (!state) return made;
    if (!made.deserializeSequencingState(state)) throw new Error("the engine's state is not restored");
    // Restoring activates the current activity and its parents, even of an attempt that had ended.
    const { activityStates } = JSON.parse(state).sequencing;
    for (const activity of tree(made).getAllActivities()) activity.isActive = activityStates[activity.id].isActive;
    return made;
  }

  // Ends an attempt that is under way in an engine's state but not in its run-time, from the data that was committed.
  function end(made, cmi) {
    made.reset();
    made.loadFromJSON({ ...cmi, session_time: "PT0S" }, "cmi");
    made.Initialize("");
    made.Terminate("");
  }

  // What the engine says to a choice. It is the question behind adl.nav.request_valid.choice, which knows no answer while
  // no activity is current. And what a running item has written comes to others' rules only as its attempt ends: so
  // while one runs a copy of the engine is asked, in which it has been left.
  function allows(identifier) {
    const { sequencingProcess } = asked.getSequencingService();
    return sequencingProcess.validateNavigationRequest("choice", identifier, tree(asked).currentActivity).valid;
  }

  function status(activity) {
    return { completion: activity.completionStatus, success: activity.successStatus };
  }

  function request(name, target) {
    // As the running item's page goes away, its SCO terminates, the engine ends the attempt, and goes on from there. Not
    // if all is to be suspended: then the attempt stays, and the SCO's last words are kept for it.
    if (name !== "suspendAll") leave();
    const result = perform(() => service().processNavigationRequest(name, target, ""));
    if (name === "suspendAll") leave();
    if (result && result.delivered) deliver(result.delivered);
    save();
    return result || { delivered: null, exception: "ignored" };
  }

  // Does what puts a request through the engine, and says what came of it; null if none was. The engine's event of a
  // delivery will not do: it is left out when a suspended activity is the last one delivered, too.
  function perform(action) {
    const before = engine.getSequencingState().lastSequencingResult;
    action();
    const after = engine.getSequencingState().lastSequencingResult;
    if (before === after) return null;
    return { delivered: after.targetActivity ? after.targetActivity.id : null, exception: after.exception };
  }

  // --- Delivery ---

  function deliver(identifier) {
    const item = lms.items.find((at) => at.identifier === identifier);
    const resumed = tree().getActivity(identifier).deliveryWasResumed;
    engine.reset();
    const before = resumed ? lms.saved[identifier] : null;
    const own = {
      mode: query.get("mode") || "normal",
      credit: query.get("credit") || "credit",
      learner_id: query.get("learner") || "",
      entry: before ? "resume" : "ab-initio",
      exit: "",
      session_time: "PT0S",
      total_time: (before && before.total_time) || "PT0S",
    };
    engine.loadFromJSON({ ...before, ...own }, "cmi");
    lms.running = identifier;
    window.API_1484_11 = connect(identifier);
    const frame = document.createElement("iframe");
    Object.assign(frame, { title: item.title, width: 1000, height: 700, src: new URL(item.href, base).href });
    document.getElementById("stage").replaceChildren(frame);
  }

  // What one launch of an item talks to: the engine, recorded, as long as the item runs.
  function connect(identifier) {
    const api = {};
    const call = (name, values) => {
      const result = engine[name](...values);
      if (name === "Commit" || name === "Terminate") {
        lms.saved[identifier] = engine.renderCommitCMI(true).cmi;
        save();
      }
      return result;
    };
    for (const name of ["Initialize", "Terminate", "GetValue", "SetValue", "Commit"]) {
      api[name] = (...values) => {
        const answer = lms.answers[name];
        const late = window.API_1484_11 !== api;
        let result = late ? "false" : typeof answer === "function" ? answer(...values) : answer;
        if (result === undefined) {
          const outcome = perform(() => (result = call(name, values)));
          if (outcome && outcome.delivered) window.setTimeout(() => follow(api, outcome.delivered));
        }
        lms.calls.push({ item: identifier, method: name, values, result, error: late ? "late" : engine.GetLastError() });
        return result;
      };
    }
    for (const name of ["GetLastError", "GetErrorString", "GetDiagnostic"]) api[name] = (...values) => engine[name](...values);
    return api;
  }

  // Delivers what a SCO itself has asked for as it terminated, unless it was being left anyway.
  function follow(api, identifier) {
    if (window.API_1484_11 !== api) return;
    deliver(identifier);
    save();
  }

  // Takes the running item's page away, which is its last chance to speak, and ends the attempt if it did not.
  function leave() {
    document.getElementById("stage").replaceChildren();
    const left = tree().currentActivity;
    if (lms.running && engine.isInitialized()) engine.Terminate("");
    else if (left && left.isActive) {
      engine.reset(); // whose data is it: another item may have been delivered, by the SCO's own request, but never shown
      service().processNavigationRequest("exit", undefined, left.id === lms.running ? "" : "suspend");
    }
    lms.running = null;
    delete window.API_1484_11;
    // A SCO that asks for the end of the session gets an engine that does nothing more: the next session has its own.
    if (!engine.getSequencingState().isInitialized) engine = build(engine.serializeSequencingState());
  }

  function exit() {
    leave();
    save();
  }

  function save() {
    const sequencing = engine.serializeSequencingState();
    window.localStorage.setItem(store, JSON.stringify({ saved: lms.saved, sequencing }));
    const left = tree().currentActivity;
    asked = left && left.isActive && lms.saved[left.id] ? build(sequencing) : engine;
    if (asked !== engine) end(asked, lms.saved[left.id]);
    showMenu();
  }

  function showMenu() {
    const entries = lms.items.map(({ identifier, title }) => {
      const open = lms.open(identifier);
      const name = document.createElement(open ? "button" : "span");
      name.textContent = title;
      if (open) name.addEventListener("click", () => lms.choose(identifier));
      const entry = document.createElement("li");
      entry.dataset.item = identifier;
      const { completion, success } = lms.state(identifier);
      entry.append(name, ` ${open ? `${completion}, ${success}` : "locked"}`);
      return entry;
    });
    document.getElementById("menu").replaceChildren(...entries);
    for (const id of ["exit", "suspend"]) document.getElementById(id).hidden = !lms.running;
  }

  document.getElementById("next").addEventListener("click", () => (tree().currentActivity ? lms.next() : lms.start()));
  document.getElementById("suspend").addEventListener("click", lms.suspendAll);
  document.getElementById("exit").addEventListener("click", exit);
  window
    .fetch(new URL("imsmanifest.xml", base))
    .then((answer) => answer.text())
    .then((text) => {
      // With the roll-up, a SCO's status shows as it is written, as in ADL's engine; without, from the attempt's end on.
      course = { activityTree: readManifest(text), logLevel: "error", autoRollupOnCMIChange: true };
      engine = build(kept.sequencing);
      const left = tree().currentActivity;
      if (left && left.isActive) end(engine, lms.saved[left.id]); // a session that was cut off
      lms.ready = true;
      save();
    });
})();
