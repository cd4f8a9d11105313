/*
 * The log of calls and of what was blocked, and what was found while the course was built.
 */
import { drawing, find, make, now, say, t } from "./now.js";

const LONGEST_SHOWN = 120; // characters of a value in the log; copied as text it is whole
const MOST_LOGGED = 2000;
const entries = []; // of the log
const fresh = []; // those not shown yet
let logged = 0; // since the log was cleared

const quoted = (value) => (typeof value === "string" ? JSON.stringify(value) : String(value));
const cut = (words) => (words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)}… (${t("characters", { count: words.length })})` : words);

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

export function log(call) {
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
    make("span", { className: "outcome", textContent: `${call.problem ? `${t("problem")} ` : ""}${outcomeOf(call, cut)}` }),
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
export function note(what, why, unit = "") {
  const last = entries[entries.length - 1];
  if (entries.some((one) => one.what === what && one.why === why && (one === last || one.unit === unit))) return;
  log({ what, why, unit, problem: true });
}

const problemWords = (count) => (count > 1 ? t("some_problems", { count }) : t(count ? "one_problem" : "no_problems"));

export function countCalls() {
  const problems = entries.filter((one) => one.problem).length;
  const shown = logged > entries.length ? t("calls_shown", { count: logged, shown: entries.length }) : `${logged}`;
  find("log-count").textContent = `${shown}${problems ? `, ${problemWords(problems)}` : ""}`;
  const all = problems + now.site.findings.length + now.site.errors.length;
  find("problems").hidden = !all;
  find("problems").textContent = problemWords(all);
  const bad = problems || now.site.errors.length || now.site.findings.some(({ severity }) => severity === "error");
  find("problems").classList.toggle("bad", Boolean(bad));
}

// Lists what was found while the course was built.
export function showFindings() {
  const found = now.site.findings;
  const line = ({ severity, code, text }) => make("li", { className: severity }, make("strong", { textContent: `${t(severity)} ${code}` }), ` ${text}`);
  find("findings").hidden = !found.length;
  find("findings").querySelector("ul").replaceChildren(...found.map(line));
  find("findings").querySelector(".count").textContent = found.length;
  countCalls();
}

export function clear() {
  logged = 0;
  entries.length = 0;
  fresh.length = 0;
  find("calls").replaceChildren();
  countCalls();
}

export function copy() {
  const chosen = entries.filter((one) => one.problem || !find("only-problems").checked);
  const lines = chosen.map((call) => `${clock(call.at)}\t${call.unit || ""}\t${callOf(call)}\t${call.problem ? "PROBLEM " : ""}${outcomeOf(call)}`);
  navigator.clipboard.writeText(`${lines.join("\n")}\n`).then(
    () => say(t("copied", { count: lines.length })),
    () => say(t("not_copied")),
  );
}
