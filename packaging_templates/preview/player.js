/*
 * The preview's player: it plays packages as an LMS would, for trying them, not for learning, and says what it does not do.
 *
 * now.js has what all parts share; learner.js, locks.js and data.js know SCORM; units.js runs units, lms.js shows imitated
 * LMSs; menu.js, home.js and log.js show. What the server tells is in courses.json (see packages/documents/menu.py for an
 * item's shape) and comes anew by /events.
 */
import { find, fold, isLms, kept, make, now, recalled, say, t, toggle } from "./now.js";
import { showHome } from "./home.js";
import { keep, recall } from "./learner.js";
import { arrived, refresh } from "./lms.js";
import { clear, copy, countCalls, note, showFindings } from "./log.js";
import { showMenu } from "./menu.js";
import { gate } from "./locks.js";
import { isPane } from "./panes.js";
import { hear, lastWords, launch, leave, move, reset } from "./units.js";

// --- Courses and versions ---

const LMSS = { canvas: "Canvas", moodle: "Moodle" };

const versionName = ({ version, edition: name }) =>
  version === "2004" ? `SCORM ${/2004/.test(name) ? name : "2004"}` : version === "1.2" ? "SCORM 1.2" : version ? LMSS[version] || name : t("no_scorm");

const shortName = ({ version, edition: name }) => (version === "2004" ? "SCORM 2004" : version ? versionName({ version, edition: name }) : name || t("no_scorm"));

function list(id, texts) {
  find(id).querySelector("ul").replaceChildren(...texts.map((words) => make("li", { textContent: words })));
  const count = find(id).querySelector(".count");
  if (count) count.textContent = texts.length;
}

function walk(item) {
  item.children.forEach((child) => {
    now.items.push(child);
    now.parents.set(child, item);
    walk(child);
  });
}

function open(chosen, version) {
  now.course = chosen;
  now.edition = chosen.editions.find((one) => one.version === version) || chosen.editions[0];
  now.items = [];
  now.parents = new Map();
  if (!isLms()) walk(now.edition.root);
  now.learner = recall();
  const address = new URL(window.location.href);
  address.searchParams.set("course", now.course.name);
  address.searchParams.set("version", now.edition.version);
  window.history.replaceState(null, "", address);
  showCourse();
}

const ALWAYS_LEFT_OUT = { "1.2": "strict_12", 2004: "attempts_2004", "": "untracked" };

function showCourse() {
  document.title = `${now.course.title} | ${t("preview")}`;
  document.body.classList.toggle("lms", isLms());
  find("course-title").textContent = now.course.title;
  find("edition-name").textContent = isLms() ? now.edition.edition : versionName(now.edition);
  find("course-choice").hidden = now.site.courses.length < 2;
  const isTwice = (title) => now.site.courses.filter((one) => one.title === title).length > 1;
  const shown = ({ title, editions }) => (isTwice(title) ? `${title} (${shortName(editions[0])})` : title);
  const choices = now.site.courses.map((one) => make("option", { value: one.name, textContent: shown(one), selected: one.name === now.course.name }));
  find("course").replaceChildren(...choices);
  find("version-choice").hidden = now.course.editions.length < 2;
  find("versions").replaceChildren(...now.course.editions.map(versionChoice));
  find("compare").hidden = isPane || now.course.editions.length < 2;
  const left = isLms() ? [] : [...now.edition.notSimulated, t(ALWAYS_LEFT_OUT[now.edition.version]), t("safety")];
  list("not-simulated", left);
  list("found", now.edition.problems || []);
  find("found").hidden = !(now.edition.problems || []).length;
  find("not-simulated").hidden = !left.length;
  showMenu();
}

function versionChoice(one) {
  const input = make("input", { type: "radio", name: "version", value: one.version, checked: one === now.edition });
  input.addEventListener("change", () => play(now.course, one.version));
  return make("label", {}, input, make("span", { textContent: shortName(one) }));
}

// Changes to another course or version; the unit that ran there when it was left runs again, if it may.
async function play(chosen, version) {
  const focused = document.activeElement && document.activeElement.name === "version";
  const last = now.learner.running;
  now.turns += 1;
  if (now.edition) await leave();
  if (now.edition) {
    now.learner.running = last;
    keep();
  }
  open(chosen, version);
  if (focused) find("versions").querySelector("input:checked").focus();
  say("");
  await lastWords();
  resume();
}

function resume() {
  if (now.running) return;
  const item = now.items.find(({ identifier }) => identifier === now.learner.running);
  if (item && item.href && gate(item).open) launch(item);
  else showHome();
}

function showErrors() {
  find("errors").hidden = !now.site.errors.length;
  find("last-good").hidden = !now.site.courses.length;
  list("errors", now.site.errors);
  showFindings();
}

// --- News from the server ---

let loading = Promise.resolve();

// One after the other, so that what is shown is what the server had last.
function load() {
  loading = loading.then(loadNow, loadNow);
  return loading;
}

async function loadNow() {
  const answer = await window.fetch("courses.json");
  now.site = await answer.json();
  showErrors();
  if (!now.site.courses.length) return;
  const query = new URLSearchParams(window.location.search);
  const name = now.course ? now.course.name : query.get("course");
  const version = now.edition ? now.edition.version : query.get("version");
  const chosen = now.site.courses.find((one) => one.name === name) || now.site.courses[0];
  const before = now.edition && now.edition.base;
  const next = chosen.editions.find((one) => one.version === version) || chosen.editions[0];
  if (before === next.base) return;
  await play(chosen, next.version);
  if (before) say(t("loaded_anew"));
}

const NEWS = {
  changed: load,
  progress: refresh,
  at: arrived,
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
    say(t("ended"));
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

// --- The frame ---

function onPhone() {
  const narrow = find("phone").getAttribute("aria-pressed") !== "true";
  find("phone").setAttribute("aria-pressed", String(narrow));
  find("unit").classList.toggle("phone", narrow);
}

async function goHome() {
  if (!now.edition) return;
  await leave();
  showHome();
  showMenu();
}

function showProblems() {
  fold("log-toggle", true);
  find("log").scrollIntoView({ block: "nearest" });
  find("log-toggle").focus();
}

function compare() {
  const [left, right] = [now.edition, now.course.editions.find((one) => one !== now.edition)];
  const query = new URLSearchParams({ course: now.course.name, left: left.version, right: right.version });
  window.location.assign(`compare?${query}`);
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  kept("theme", name);
}

const CLICKS = {
  reset,
  compare,
  home: goHome,
  problems: showProblems,
  exit: leave,
  previous: () => move(-1),
  next: () => move(1),
  phone: onPhone,
  clear,
  copy,
  "menu-toggle": () => toggle("menu-toggle"),
  "log-toggle": () => toggle("log-toggle"),
  "settings-toggle": () => toggle("settings-toggle"),
};

for (const [id, action] of Object.entries(CLICKS)) find(id).addEventListener("click", action);
find("course").addEventListener("change", ({ target }) => play(now.site.courses.find((one) => one.name === target.value), now.edition.version));
find("only-problems").addEventListener("change", ({ target }) => find("calls").classList.toggle("only-problems", target.checked));
find("mode").addEventListener("change", () => say(now.running ? t("mode_next") : ""));
find("learner").addEventListener("change", ({ target }) => {
  kept("learner", target.value);
  say(now.running ? t("name_next") : "");
});
find("theme").addEventListener("change", ({ target }) => setTheme(target.value));
find("learner").value = recalled("learner", t("learner_usual"));
find("theme").value = recalled("theme", "auto");
setTheme(find("theme").value);
document.body.classList.toggle("pane", isPane);
window.addEventListener("message", hear);
countCalls();
listen().then(load);
