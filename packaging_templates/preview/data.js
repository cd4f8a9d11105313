/*
 * What a unit of SCORM begins with, and what is kept of what it says.
 */
import { find, now, soon, t } from "./now.js";
import { change, keep, recordOf } from "./learner.js";
import { gate, local, measure, neighbour, pathOf, primary, satisfied } from "./locks.js";
import { showMenu } from "./menu.js";

const { STANDARDS, secondsOf, judged2004 } = window.coursewrightScorm;

const LEARNER = "preview-learner";
const learnerName = () => find("learner").value.trim() || t("learner_usual");
export const mode = () => find("mode").value;

// The values a session of 1.2 starts with: what was kept, under what the LMS says.
function values12(item, record) {
  return {
    ...record.values,
    "cmi.core.student_id": LEARNER,
    "cmi.core.student_name": learnerName(),
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
    "cmi.learner_id": LEARNER,
    "cmi.learner_name": learnerName(),
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

export const limitsOf = (item) => ({ completion: item.completionThreshold ?? null, passing: passing(item) });

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
export function share(item) {
  for (const at of pathOf(item)) {
    for (const objective of at.objectives) {
      const { satisfied: met, measure: score } = local(at, objective);
      for (const { target, writeStatus, writeMeasure } of objective.maps) {
        const shared = { ...now.learner.globals[target] };
        if (writeStatus && met !== undefined) shared.satisfied = met;
        if (writeMeasure && score !== undefined) shared.measure = score;
        if (writeStatus || writeMeasure) now.learner.globals[target] = shared;
      }
    }
  }
}

export function save(item, values, ended) {
  (now.edition.version === "1.2" ? save12 : save2004)(item, values, ended);
  const time = values[STANDARDS[now.edition.version].sessionTime];
  if (ended && time) change(item, { seconds: (recordOf(item).seconds || 0) + secondsOf(time) });
  soon(keep);
  soon(showMenu);
}

export function valuesFor(item) {
  const values = (now.edition.version === "1.2" ? values12 : values2004)(item, recordOf(item));
  for (const name of ["cmi.core.exit", "cmi.core.session_time", "cmi.exit", "cmi.session_time", "adl.nav.request", "nav.event"]) delete values[name];
  return values;
}

// What a unit may ask about the ways out of it: they are sent ahead, since a unit waits for no message.
export function answers() {
  const ways = { continue: String(Boolean(neighbour(1).item)), previous: String(Boolean(neighbour(-1).item)) };
  return { ...ways, items: now.items.map((item) => [item.identifier, String(gate(item).open)]) };
}
