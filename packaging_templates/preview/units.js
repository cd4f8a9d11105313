/*
 * Units of SCORM as they run: in an origin of their own, and so does the run-time that they talk to (runtime.js). What comes
 * from there is a stranger's, and is only data here.
 */
import { find, fold, isLms, make, now, originOf, say, soon, t } from "./now.js";
import { answers, limitsOf, mode, save, share, valuesFor } from "./data.js";
import { showHome } from "./home.js";
import { change, keep, state } from "./learner.js";
import { resetLms } from "./lms.js";
import { gate, neighbour } from "./locks.js";
import { log, note } from "./log.js";
import { showMenu } from "./menu.js";
import { spread } from "./panes.js";

const LONGEST_VALUE = 70_000; // characters; what is taken from a unit's messages is bounded
const LARGEST_RECORD = 1_000_000;
const LARGEST_MESSAGE = 4_000_000;
const MOST_SAID = 5_000; // in one message
const MOST_MESSAGES = 500; // in one second
const MOST_CHARACTERS = 100_000_000; // likewise
const PATIENCE = 2000; // ms that a unit has to say goodbye

const { STANDARDS } = window.coursewrightScorm;
let departure = Promise.resolve(); // of the unit that was left last

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
    if (ended === true) follow(unit, tame["adl.nav.request"] || tame["nav.event"]);
  },
  call: (unit, { method, values, result, error, why, late }) => {
    const { methods, errors } = STANDARDS[now.edition.version];
    if (!Object.hasOwn(methods, method) || !Array.isArray(values)) return;
    const code = Object.hasOwn(errors, error) ? error : "0";
    log({
      unit: unit.item.identifier,
      method,
      values: values.slice(0, 4).map(bounded),
      result: bounded(result),
      named: code === "0" ? "" : `error ${code} ${errors[code]}`,
      why: bounded(why),
      problem: late === true || !(["0", "403"].includes(code) || values[0] === "nav.event"), // to ask for it is to ask for a way on
    });
  },
  chosen: (unit, { href }) => unit.home && chooseByAddress(bounded(href)),
  closed: (unit, { what, why }) => note(`Blocked: ${bounded(what).slice(0, 500)}`, bounded(why).slice(0, 200), unit.item.identifier),
};

const bounded = (value) => String(value ?? "").slice(0, LONGEST_VALUE);

// A unit's values as plain texts under the names of the data model; null where they are more than is kept.
function tamed(values) {
  const pairs = Object.entries(values || {}).filter(([name, value]) => /^(cmi|adl|nav)\.[\w.]{1,200}$/.test(name) && typeof value === "string");
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
export function hear(event) {
  const unit = now.running || now.home;
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
    if (one && Object.hasOwn(SAID, one.kind) && (unit.tracked || ["closed", "chosen"].includes(one.kind))) SAID[one.kind](unit, one);
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

export function tell(unit, kind, more = {}) {
  const there = unit.started && unit.frame.contentWindow;
  if (there) there.postMessage({ token: unit.token, kind, ...more }, unit.origin);
}

// Gives the run-time what it works with; a second time, only after it was reloaded.
function start(unit) {
  if (unit.missed) say(unit.home ? "" : t("running", { title: unit.item.title })); // it came after all
  Object.assign(unit, { started: true, missed: false });
  const { item, tracked, address } = unit;
  const session = tracked ? { version: now.edition.version, values: valuesFor(item), limits: limitsOf(item), answers: answers() } : null;
  tell(unit, "start", { session, address, title: item.title, home: unit.home && standings() });
}

// What a unit still said while the page went away, the server has kept: it comes just after the page is back.
export async function lastWords() {
  const { token, running: name } = now.learner;
  const item = now.items.find(({ identifier }) => identifier === name);
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

export function addressOf(href) {
  const base = new URL(now.edition.base, originOf(now.edition));
  const address = new URL(href, base);
  return address.href.startsWith(base.href) ? address : null;
}

export async function launch(item) {
  const turn = (now.turns += 1);
  await leave();
  if (turn !== now.turns) return;
  const address = addressOf(item.href);
  if (!address) {
    say(t("elsewhere", { title: item.title, address: item.href }));
    note(t("not_in_package"), item.href, item.identifier);
    return;
  }
  const tracked = item.kind === "sco" && Boolean(STANDARDS[now.edition.version]);
  if (!tracked) opened(item);
  now.home = null;
  now.running = unitOf(item, tracked, address.href);
  now.learner.running = item.identifier;
  now.learner.token = now.running.token;
  keep();
  find("unit").replaceChildren(now.running.frame);
  say(t("running", { title: item.title }));
  fold("menu-toggle", false);
  showMenu();
  spread(item);
}

// A unit that runs: its run-time stands in a frame of the content's origin, and may do nothing outside that.
export function unitOf(item, tracked, address) {
  const token = window.crypto.randomUUID();
  const frame = make("iframe", { title: item.title, allow: "fullscreen; autoplay" });
  frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-modals";
  const origin = originOf(now.edition);
  const setup = new URLSearchParams({ player: window.location.origin, token });
  frame.src = `${origin}/runtime.html#${setup}`;
  const unit = { item, tracked, address, token, origin, frame, started: false, leaving: false };
  window.setTimeout(() => unheard(unit), 8000);
  return unit;
}

// Says of a unit that is still waited for why it may not have come.
function unheard(unit) {
  if (unit.started || unit !== (now.running || now.home)) return;
  unit.missed = true;
  say(t("no_host", { host: now.edition.host }));
}

// What does not report is done as soon as it is open.
function opened(item) {
  if (mode() !== "normal") return;
  change(item, now.edition.version === "1.2" ? { begun: true, status: "completed" } : { begun: true, completion: "completed", success: "passed" });
  if (now.edition.version === "2004") share(item);
}

// Takes the running unit away, which is its last chance to speak, and ends its session if it did not.
export function leave() {
  if (now.running && !now.running.leaving) {
    now.running.leaving = true;
    departure = depart(now.running);
  }
  return departure;
}

async function depart(unit) {
  const left = new Promise((done) => Object.assign(unit, { left: done }));
  tell(unit, "leave");
  const { phase, unsaved } = await Promise.race([left, pause(unit.started ? PATIENCE : 0).then(() => ({ phase: "unknown" }))]);
  unit.frame.remove();
  now.running = null;
  now.learner.running = "";
  now.learner.token = "";
  if (unit.tracked && phase === "running" && !unit.silent) cutOff(unit.item, Math.floor(Number(unsaved)) || 0);
  showHome();
  say(t("left", { title: unit.item.title }));
  keep();
  showMenu();
}

// A unit that never says goodbye loses what it has not committed, as it does in many an LMS.
function cutOff(item, unsaved) {
  const lost = unsaved ? `; ${unsaved} values were not committed and are lost` : "";
  const finish = now.edition.version === "1.2" ? "LMSFinish" : "Terminate";
  note(`Left without ${finish}`, `the unit did not end its session${lost}`, item.identifier);
}

export function choose(item) {
  const { open, why } = gate(item);
  if (open) launch(item);
  else say(t("is_locked", { title: item.title, why }));
}

export function move(step) {
  if (!now.edition) return;
  const { item, why } = neighbour(step);
  if (item) launch(item);
  else if (why) say(why);
}

export async function reset() {
  if (!now.edition) return;
  if (isLms()) return resetLms();
  if (now.running) now.running.silent = true;
  now.turns += 1;
  await leave();
  now.learner = { items: {}, globals: {}, running: "" };
  keep();
  showMenu();
  showHome();
  say(t("forgotten"));
}

// Does what a unit has asked for as it ended, unless it was being left anyway.
function follow(unit, request) {
  if (!request || request === "_none_" || unit.leaving) return;
  window.setTimeout(() => {
    if (now.running !== unit || unit.leaving) return;
    const [, target] = /^\{target=(.*)\}/.exec(request) || [];
    const item = now.items.find(({ identifier }) => identifier === target);
    if (target && item) choose(item);
    else if (request === "continue" || request === "previous") move(request === "continue" ? 1 : -1);
    else leave();
  });
}

// Opens the unit that a link on the course's home leads to.
function chooseByAddress(href) {
  const plain = (address) => address && address.href.split(/[?#]/)[0];
  const wanted = href.split(/[?#]/)[0];
  const item = now.items.find((one) => one.href && plain(addressOf(one.href)) === wanted);
  if (item) choose(item);
  else say(t("leads_nowhere"));
}

// How the items stand, for the course's home to mark.
function standings() {
  const begun = now.items.filter((item) => state(item) !== "not started");
  const words = { completed: "completed", passed: "completed", failed: "failed" };
  const word = (item) => words[state(item)] || "incomplete";
  return Object.fromEntries(begun.map((item) => [item.identifier, word(item)]));
}
