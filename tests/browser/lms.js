/*
 * A tiny LMS around scorm-again's SCORM 1.2 run-time: enough to play a package as a learner meets it, no more.
 *
 *   lms.html?package=/package/          plays the package whose imsmanifest.xml lies there
 *            &mode=review&credit=...    cmi.core.lesson_mode and credit for every launch
 *
 * Each launch gets an API of its own, filled with what the item has saved; commit and finish save to localStorage, so the
 * state outlives a reload. Tests reach in through window.lms.
 */
(function () {
  "use strict";

  const IMSCP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2";
  const ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2";
  const query = new URLSearchParams(window.location.search);
  const base = new URL(query.get("package") || "/package/", window.location.href);
  const store = `lms ${base.pathname}`;

  const lms = {
    ready: false,
    items: [], // in manifest order: {identifier, title, href, needs: [identifier]}
    saved: JSON.parse(window.localStorage.getItem(store) || "{}"), // identifier -> cmi
    calls: [], // {item, method, values, result, error}
    answers: {}, // method -> what it returns instead of doing its work; a function is called with the values
    running: null,
    status: (identifier) => (lms.saved[identifier] ? lms.saved[identifier].core.lesson_status : "not attempted"),
    open: (item) => item.needs.every((needed) => ["completed", "passed"].includes(lms.status(needed))),
    patch,
    launch,
    exit,
    connect,
  };
  window.lms = lms;

  const child = (element, namespace, name) =>
    Array.from(element.children).find((at) => at.namespaceURI === namespace && at.localName === name);

  // The operands of A&B&C, the only form of aicc_script a package of ours uses.
  function operands(script) {
    const names = script.split("&").map((name) => name.trim());
    const strange = names.filter((name) => !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name));
    if (strange.length) throw new Error(`prerequisites beyond A&B&C: ${script}`);
    return names;
  }

  function readItem(element, resources) {
    const prerequisites = child(element, ADLCP, "prerequisites");
    if (prerequisites && prerequisites.getAttribute("type") !== "aicc_script") throw new Error("prerequisites of another type");
    const resource = resources.find((at) => at.getAttribute("identifier") === element.getAttribute("identifierref"));
    if (!resource) return null; // a heading
    if (resource.getAttributeNS(ADLCP, "scormtype") !== "sco") throw new Error("not a SCO");
    return {
      identifier: element.getAttribute("identifier"),
      title: child(element, IMSCP, "title").textContent,
      href: resource.getAttribute("href") + (element.getAttribute("parameters") || ""),
      needs: prerequisites ? operands(prerequisites.textContent) : [],
      mastery: (child(element, ADLCP, "masteryscore") || {}).textContent || "",
    };
  }

  function readManifest(text) {
    const manifest = new DOMParser().parseFromString(text, "application/xml");
    if (manifest.querySelector("parsererror")) throw new Error("imsmanifest.xml is not well-formed");
    const resources = Array.from(manifest.getElementsByTagNameNS(IMSCP, "resource"));
    const items = Array.from(manifest.getElementsByTagNameNS(IMSCP, "item"));
    return items.map((item) => readItem(item, resources)).filter(Boolean);
  }

  function showMenu() {
    const entries = lms.items.map((item) => {
      const open = lms.open(item);
      const name = document.createElement(open ? "button" : "span");
      name.textContent = item.title;
      if (open) name.addEventListener("click", () => launch(item.identifier));
      const entry = document.createElement("li");
      entry.dataset.item = item.identifier;
      entry.append(name, ` ${open ? lms.status(item.identifier) : "locked"}`);
      return entry;
    });
    document.getElementById("menu").replaceChildren(...entries);
    document.getElementById("exit").hidden = !lms.running;
  }

  // Lays values into what is saved for an item, as another session or a teacher might have left them.
  function patch(identifier, core, suspendData) {
    const cmi = lms.saved[identifier] || { core: {}, suspend_data: "" };
    Object.assign(cmi.core, core);
    if (suspendData !== undefined) cmi.suspend_data = suspendData;
    lms.saved[identifier] = cmi;
    window.localStorage.setItem(store, JSON.stringify(lms.saved));
    showMenu();
  }

  // What one launch of an item talks to: scorm-again, recorded. It stays bound to its item when the next one runs.
  function connect(identifier) {
    const before = lms.saved[identifier];
    const run = new window.Scorm12API({ autocommit: false, logLevel: 5 });
    const core = {
      lesson_mode: query.has("mode") ? query.get("mode") : "normal",
      credit: query.get("credit") || "credit",
      student_id: query.get("learner") || "",
      entry: before ? (before.core.exit === "suspend" ? "resume" : "") : "ab-initio",
    };
    if (before) {
      for (const name of ["lesson_status", "lesson_location", "total_time", "score"]) {
        if (before.core[name]) core[name] = before.core[name];
      }
    }
    const { mastery } = lms.items.find((at) => at.identifier === identifier) || {};
    const own = mastery ? { student_data: { mastery_score: mastery } } : {};
    run.loadFromJSON({ core, suspend_data: before ? before.suspend_data : "", ...own }, "cmi");

    const save = () => {
      lms.saved[identifier] = run.renderCommitCMI(true).cmi;
      window.localStorage.setItem(store, JSON.stringify(lms.saved));
      showMenu();
    };
    const method = (name) => (...values) => {
      const answer = lms.answers[name];
      const replaced = answer !== undefined;
      const result = !replaced ? run[name](...values) : typeof answer === "function" ? answer(...values) : answer;
      if (!replaced && (name === "LMSCommit" || name === "LMSFinish")) save();
      lms.calls.push({ item: identifier, method: name, values, result, error: run.LMSGetLastError() });
      return result;
    };
    const api = { LMSGetLastError: () => run.LMSGetLastError() };
    for (const name of ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit"]) api[name] = method(name);
    return api;
  }

  function launch(identifier) {
    const item = lms.items.find((at) => at.identifier === identifier);
    exit();
    lms.running = identifier;
    window.API = connect(identifier);
    const frame = document.createElement("iframe");
    Object.assign(frame, { title: item.title, width: 1000, height: 700, src: new URL(item.href, base).href });
    document.getElementById("stage").append(frame);
    showMenu();
  }

  function exit() {
    document.getElementById("stage").replaceChildren();
    lms.running = null;
    delete window.API;
    showMenu();
  }

  document.getElementById("exit").addEventListener("click", exit);
  window
    .fetch(new URL("imsmanifest.xml", base))
    .then((answer) => answer.text())
    .then((text) => {
      lms.items = readManifest(text);
      lms.ready = true;
      showMenu();
    });
})();
