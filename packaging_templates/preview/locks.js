/*
 * The locks of a SCORM package: prerequisites of 1.2, sequencing of 2004, and where Next and Previous lead.
 */
import { now, t } from "./now.js";
import { attempted, completed, recordOf, succeeded } from "./learner.js";
import { note } from "./log.js";

// --- SCORM 1.2 ---

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
    const item = now.items.find(({ identifier }) => identifier === name);
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
  const named = (name) => now.items.find(({ identifier }) => identifier === name);
  const titled = (name) => (named(name) ? named(name).title : t("not_in_course", { name }));
  if (!/^[^|~=<>{}*()"]+$/.test(script)) return t("opens_when", { condition: script.replace(OPERAND, titled) });
  const missing = script.match(OPERAND).filter((name) => !named(name) || !completed(named(name)));
  return t("opens_after", { titles: missing.map(titled).join("; ") });
}

// --- SCORM 2004 ---

const PRIMARY = { id: "", primary: true, byMeasure: false, least: 1, maps: [] };
export const primary = (item) => item.objectives.find((objective) => objective.primary) || PRIMARY;
const objectiveOf = (item, id) => item.objectives.find((objective) => objective.id === id) || (id ? null : primary(item));

// The item and all above it, from the top.
export function pathOf(item) {
  const above = now.parents.get(item);
  return above ? [...pathOf(above), item] : [item];
}

// What an objective is by the item's own doing: {satisfied, measure}.
export function local(item, objective) {
  if (objective.primary) return { satisfied: succeeded(item), measure: recordOf(item).measure };
  return (recordOf(item).objectives || {})[objective.id] || {};
}

function known(item, objective, what, flag) {
  if (!objective) return undefined;
  const shared = objective.maps.filter((map) => map[flag]).map((map) => (now.learner.globals[map.target] || {})[what]);
  return shared.find((value) => value !== undefined) ?? local(item, objective)[what];
}

export const satisfied = (item, objective) => known(item, objective, "satisfied", "readStatus");
export const measure = (item, objective) => known(item, objective, "measure", "readMeasure");

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
  if (waiting.length < rule.conditions.length || objectives.includes(null)) return t("by_rule");
  const missing = objectives.filter((objective) => satisfied(at, objective) !== true);
  const targets = new Set(missing.flatMap((objective) => objective.maps.filter((map) => map.readStatus).map((map) => map.target)));
  const writes = (other) => other !== at && other.objectives.some(({ maps }) => maps.some((map) => map.writeStatus && targets.has(map.target)));
  const titles = now.items.filter(writes).map((other) => other.title);
  return titles.length ? t("opens_after", { titles: titles.join("; ") }) : t("never_opens");
}

// --- Either version ---

// How an item can be chosen from the menu: {open, shown, why}.
export function gate(item) {
  if (now.edition.version === "1.2") {
    const why = lock12(item);
    return { open: !why, shown: item.visible, why };
  }
  const above = now.parents.get(item);
  const why = lock2004(item) || (above && !above.choice ? t("by_next_only") : "");
  return { open: !why, shown: item.visible && !firing(item, "hiddenFromChoice"), why };
}

// Where Next (1) or Previous (-1) leads: {item}, or {why} there is no way.
export function neighbour(step) {
  const list = now.items.filter((item) => item.href);
  if (!now.running && step < 0) return { why: "" };
  const start = now.running ? list.indexOf(now.running.item) : -1;
  for (let at = start + step; list[at]; at += step) {
    const item = list[at];
    if (now.edition.version !== "2004") {
      if (gate(item).open) return { item };
    } else {
      const flows = pathOf(item).slice(0, -1).every((above) => above.flow);
      if (!flows) return { why: t("flow_off") };
      if (firing(item, "skip")) continue;
      return firing(item, "disabled") ? { why: t("next_stops", { title: item.title }) } : { item };
    }
  }
  return { why: "" };
}

