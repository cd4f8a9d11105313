/*
 * The learner of a SCORM package: what is kept of each item, and what follows from it.
 */
import { kept, now, recalled, t } from "./now.js";
import { primary, satisfied } from "./locks.js";
import { note } from "./log.js";

const key = () => `${now.edition.version || "plain"}/${now.edition.name}`;

export function recall() {
  const fresh = { items: {}, globals: {}, running: "" };
  try {
    return { ...fresh, ...JSON.parse(recalled(key(), "{}")) };
  } catch (error) {
    return fresh;
  }
}

export function keep() {
  const fault = kept(key(), JSON.stringify(now.learner));
  if (fault) note(t("not_kept_browser"), fault);
}

// What is kept of an item: {values, seconds, exit, begun, status | completion, success, measure, objectives}.
export const recordOf = (item) => now.learner.items[item.identifier] || {};

export function change(item, values) {
  now.learner.items[item.identifier] = { values: {}, seconds: 0, exit: "", objectives: {}, ...recordOf(item), ...values };
}

const DONE = ["completed", "passed"];

// Whether an item is completed, and whether it is satisfied: true, false, or undefined where it is unknown. A heading
// is what all under it are.
export function completed(item) {
  if (!item.href && item.children.length) return together(item.children.map(completed));
  const { status, completion } = recordOf(item);
  if (now.edition.version === "1.2") return status ? DONE.includes(status) : undefined;
  return completion ? completion === "completed" : undefined;
}

export function succeeded(item) {
  if (!item.href && item.children.length) return together(item.children.map((child) => satisfied(child, primary(child))));
  const { status, success } = recordOf(item);
  const told = now.edition.version === "1.2" ? status : success;
  return { passed: true, failed: false }[told];
}

function together(values) {
  if (values.includes(undefined)) return values.includes(false) ? false : undefined;
  return values.every(Boolean);
}

export const attempted = (item) => Boolean(recordOf(item).begun) || item.children.some(attempted);

// An item's state in a word, which is also its class in the menu.
export function state(item) {
  const success = succeeded(item);
  if (success === false && item.href) return "failed";
  if (success && completed(item) !== false) return item.href ? "passed" : "completed";
  if (completed(item)) return "completed";
  if (recordOf(item).status === "browsed") return "browsed";
  return attempted(item) ? "in progress" : "not started";
}

// The words for a state.
export const stateWords = (state) => t(`state_${state.replace(" ", "_")}`);

// How many of the units that can be opened are done: [done, all].
export function progress() {
  const units = now.items.filter((item) => item.href);
  return [units.filter((item) => ["completed", "passed"].includes(state(item))).length, units.length];
}
