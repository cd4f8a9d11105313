/*
 * What the parts of the player share: what plays now, the words of the page, and how elements are made.
 */

// The site as the server tells it, the course and its edition, the items of its menu, the learner, and what runs.
export const now = {
  site: { courses: [], errors: [], findings: [] },
  course: null,
  edition: null, // the package that plays: one version of the course
  items: [], // of SCORM, in the order of the menu, without the root
  parents: new Map(), // item -> item
  learner: { items: {}, globals: {}, running: "" },
  home: null, // our overview, while it is shown
  running: null, // the unit that runs, see unitOf in units.js
  turns: 0, // launches asked for: of several while a unit is being left, the last counts
};

const LABELS = JSON.parse(document.getElementById("labels").content.textContent);

// A label of ours with values filled in.
export const t = (key, values = {}) =>
  LABELS[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

export const find = (id) => document.getElementById(id);

export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

export function say(words) {
  find("status").textContent = words;
}

export const isLms = () => Boolean(now.edition && now.edition.tree);

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
export const soon = (action) => once(action, (run) => window.queueMicrotask(run));

const BREATH = 100; // ms between drawings: a unit may say more than can be seen, and to draw takes longer than to say

// Does something once, before the page is drawn some time soon.
export const drawing = (action) => once(action, (run) => window.setTimeout(() => window.requestAnimationFrame(run), BREATH));

export function fold(id, open) {
  find(id).setAttribute("aria-expanded", String(open));
}

export function toggle(id) {
  fold(id, find(id).getAttribute("aria-expanded") !== "true");
}

export const originOf = ({ host }) => `http://${host}${window.location.port && `:${window.location.port}`}`;

export const recalled = (name, usual) => {
  try {
    return window.localStorage.getItem(`coursewright-preview/${name}`) || usual;
  } catch (error) {
    return usual;
  }
};

export function kept(name, value) {
  try {
    window.localStorage.setItem(`coursewright-preview/${name}`, value);
    return "";
  } catch (error) {
    return String(error);
  }
}
