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
    learner: digest(get(names.learner)),
    called: () => get(names.called),
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
    // How this LMS lets the unit move on: "there", to a unit; "on", to whichever it takes to be next; or not at all.
    way: (other) => (left ? "" : names.ways(get, lastError, other)),
    // Ends the session with the wish to move on. Says whether the LMS has taken the wish.
    move(way, other) {
      if (left || !put(names.request(way, other))) return false;
      this.leave();
      return true;
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
