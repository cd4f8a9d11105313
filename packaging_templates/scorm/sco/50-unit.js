const all = (selector) => Array.from(document.querySelectorAll(selector));
const each = (selector, action) => all(selector).forEach(action);
const hide = (selector, when) => each(selector, (part) => (part.hidden = when(part)));
const pages = all("section[data-page]");
const keys = pages.map((page) => page.dataset.page);
const boxes = all("input[data-tick]");
const reached = new Set();
const needs = all("[data-need]");
const standing = new Map(); // of what is needed: complete, or not, as far as anyone tells
let tracker = NOWHERE; // until we know better
let current = 0;
// What the learner has done since this page was opened, for an LMS that answers late.
const visit = { base: "", pages: new Set(), turned: false, completed: false };

// The names of the units required that are not complete yet, as far as anyone knows.
function missing() {
  return needs.filter((need) => standing.get(need) === false).map((need) => (need.querySelector(".unit-id") || need.querySelector("a")).textContent);
}

function settleNeeds() {
  for (const need of needs) {
    const met = tracker.met(need.dataset.need);
    standing.set(need, met);
    if (met && tracker.where === "lms") noteMet(need.dataset.need);
    need.querySelector(".met").hidden = met !== true;
    need.querySelector(".missing").hidden = met !== false;
  }
  each("[data-stop]", (stop) => stop.classList.toggle("reached", tracker.met(stop.dataset.stop) === true));
  hide("[data-unchecked]", () => needs.some((need) => standing.get(need) !== null));
}

// In a browser without an LMS another tab, or the page before this one, may have changed this unit meanwhile, or
// completed a required one.
function lookAgain() {
  const before = tracker.data;
  tracker.renew();
  if (tracker.data !== before || quizzes === NO_QUIZZES) fill(tracker.data);
  if (tracker.data !== before) quizzes.begin(isPractice());
  settleNeeds();
  refresh();
}

// How far the learner has come, as others may read it.
function progress() {
  const { score } = quizzes.standing();
  return { read: reached.size, of: pages.length, ...(score ? { score: score.percent } : {}) };
}

function refresh() {
  note();
  document.documentElement.dataset.where = tracker.where; // for other scripts
  const unread = pages.length > reached.size;
  const { left, final } = quizzes.standing();
  const state = final && tracker.state === "incomplete" ? "failed" : tracker.state;
  const page = (link) => link.closest("a").dataset.goto;
  hide("section[data-page]", (section) => section !== pages[current]);
  hide("[data-when]", (part) => !part.dataset.when.split(" ").includes(tracker.where));
  hide("[data-state]", (part) => !part.dataset.state.split(" ").includes(state));
  hide("[data-unless]", (part) => part.dataset.unless === state);
  const many = missing().length > MOST_NAMED ? "many" : "few";
  hide("[data-missing]", (part) => tracker.state === "completed" || !missing().length || part.dataset.missing !== many);
  each(`[data-stop="${unit}"]`, (stop) => stop.classList.toggle("reached", tracker.state === "completed"));
  hide("[data-finish=unread]", () => !unread);
  hide("[data-finish=ready]", () => unread || left.length > 0);
  hide("[data-finish=quizzes]", () => !left.length);
  settleEnd(state);
  each("[data-quiz-left]", (entry) => (entry.hidden = !left.includes(entry.dataset.quizLeft)));
  hide("[data-do=previous]", () => !pages[current - 1]);
  hide("[data-do=next]", () => !pages[current + 1]);
  hide("nav .read", (mark) => !tracker.state || !reached.has(page(mark)));
  each("[data-finish] a[data-goto]", (link) => (link.parentNode.hidden = reached.has(page(link))));
  each("[data-do=complete]", (button) => (button.disabled = unread || left.length > 0));
  each("nav.pages a[data-goto]", (link) => link.setAttribute("aria-current", page(link) === keys[current] ? "page" : "false"));
  each("progress", (bar) => (bar.value = reached.size));
  const title = (index) => (pages[index] ? pages[index].querySelector("h2").textContent : "");
  const { between = ", " } = (document.querySelector("[data-between]") || document.body).dataset;
  const values = {
    current: current + 1,
    total: pages.length,
    before: title(current - 1),
    after: title(current + 1),
    missing: missing().join(between),
    count: missing().length,
    read: reached.size,
  };
  each("[data-text]", (part) => {
    const text = part.dataset.text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
    if (part.textContent !== text) part.textContent = text; // a screen reader speaks at each change
  });
}

const ticks = () => Array.from(new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.tick)));

// Joins progress as two have it, who both went on from one `base`: all pages of both, and each tick as it was last set.
function merge(base, mine, theirs) {
  const unticked = boxes.filter((box) => box.defaultChecked).map((box) => box.dataset.tick);
  const [was, now, there] = [base, mine, theirs].map((text) => decode(text).t || unticked);
  const read = [mine, theirs].flatMap((text) => decode(text).p || []);
  const names = Array.from(new Set(boxes.map((box) => box.dataset.tick)));
  const ticked = (name) => (now.includes(name) === was.includes(name) ? there : now).includes(name);
  const asked = quizzes.merge(decode(mine), decode(theirs));
  return encode(keys.filter((key) => read.includes(key)), names.filter(ticked), asked);
}

// Shows progress: its pages as read, its boxes as ticked.
function fill(data) {
  const { p = [], t, ...asked } = decode(data);
  quizzes.fill(asked);
  keys.filter((key) => p.includes(key)).forEach((key) => reached.add(key));
  if (t) boxes.forEach((box) => (box.checked = t.includes(box.dataset.tick)));
}

function save() {
  const ticked = ticks();
  if (quizzes.judged && pages.length === reached.size && quizzes.standing().answered) tracker.answered();
  const counted = boxes.filter((box) => !box.closest(".goals")); // what one thinks of oneself is no progress
  const done = reached.size + counted.filter((box) => box.checked).length;
  const progress = done / (pages.length + counted.length + 1); // the last step is completion
  tracker.save(keys[current], encode(keys.filter((key) => reached.has(key)), ticked, quizzes.fields()), progress);
}

// A quiz was handed in: what the LMS is told of it, it is told at once.
function handedIn(entries) {
  visit.turned = true;
  save();
  tracker.report(entries);
  refresh();
}

const isPractice = () => tracker.where === "reading" || !tracker.counts;

function show(index) {
  current = index;
  reached.add(keys[index]);
  visit.pages.add(keys[index]);
  refresh();
  save();
  each("nav.pages", scrollMenu);
}

// Keeps the page that is shown in sight in a menu that is longer than the window.
function scrollMenu(menu) {
  const frame = menu.getBoundingClientRect();
  each("nav.pages [aria-current=page]", (link) => {
    const { top, bottom } = link.getBoundingClientRect();
    if (top < frame.top || bottom > frame.bottom) menu.scrollTop += top - frame.top - frame.height / 2;
  });
}

// Shows where the learner was. A page that stands on another one now is a place there, under its old key.
function resume(location) {
  const place = location ? document.getElementById(location) : null;
  show(Math.max(pageOf(place), 0));
  if (place && !keys.includes(location) && pages[current].contains(place)) place.scrollIntoView();
}

const pageOf = (place) => (place ? pages.indexOf(place.closest("section[data-page]")) : -1);

// Shows a page because the learner asked: moves the focus and the address there too. The address is replaced, since
// a history of its own inside a frame would take the LMS's Back button hostage.
function turn(index) {
  if (!pages[index]) return;
  unfold(false);
  visit.turned = true;
  show(index);
  window.scrollTo(0, 0);
  pages[index].querySelector("h2").focus();
  try {
    window.history.replaceState(window.history.state, "", `#${keys[index]}`);
  } catch (error) {
    log("the address stays:", error);
  }
}

// The part of the document that an address names after "#", or null.
function placeOf(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch (error) {
    log("no address of ours:", error);
    return null;
  }
}

// Shows the page, or the place on a page, that stands in the address after "#". Says whether there is one.
function followAddress() {
  const place = placeOf(window.location.hash);
  const page = place && place.closest("section[data-page]");
  if (page) show(pages.indexOf(page));
  if (page && page !== place) place.scrollIntoView();
  return Boolean(page);
}

function unfold(open) {
  each("[data-do=menu]", (button) => button.setAttribute("aria-expanded", String(open)));
}

function change() {
  visit.turned = true;
  save();
}

function complete() {
  const taken = tracker.complete();
  visit.completed = visit.completed || tracker.where === "lost";
  refresh();
  hide("[data-finish=not-saved]", () => taken);
  each(".done", (message) => message.focus());
}

const DO = {
  menu: (button) => unfold(button.getAttribute("aria-expanded") === "false"),
  previous: () => turn(current - 1),
  next: () => turn(current + 1),
  complete,
  move,
};
const modified = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

function onClick(event) {
  const button = event.target.closest("button[data-do]");
  if (button) DO[button.dataset.do](button);
  const link = event.target.closest("a[data-goto]");
  const within = event.target.closest("section.page a[href^='#']:not([data-goto])");
  if (!(link || within) || event.button || modified(event)) return;
  if (within ? leadTo(placeOf(within.hash)) : turn(keys.indexOf(link.dataset.goto)) || true) event.preventDefault();
}

// Goes to a place on another page. Says whether it is on one: the browser itself finds what is on this page.
function leadTo(place) {
  const page = place && place.closest("section[data-page]");
  if (!page || page === pages[current]) return false;
  turn(pages.indexOf(page));
  if (page === place) return true;
  place.scrollIntoView();
  place.tabIndex = -1;
  place.focus();
  return true;
}

// Escape folds the menu of a narrow page, and goes back to what opened it.
function foldMenu(event) {
  const opener = document.querySelector("[data-do=menu][aria-expanded=true]");
  if (!opener || !event.target.closest("nav.pages, header.unit")) return;
  unfold(false);
  opener.focus();
}

// Arrow keys turn the page, except where they have a meaning already: in fields and in what scrolls sideways.
function onKey(event) {
  if (event.key === "Escape" && !event.defaultPrevented) foldMenu(event);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step || event.defaultPrevented || modified(event)) return;
  if (event.target.closest("input, textarea, select, audio, video, pre, .scroll, [contenteditable]")) return;
  turn(current + (document.documentElement.dir === "rtl" ? -step : step));
}

// A text may lead to another unit, too: for reading, if that is sure to be open.
function nameUnitLink(link) {
  const found = /^\.\.\/[^./][^/]*\/index\.html(\?reading=1)?(#|$)/.exec(link.getAttribute("href"));
  if (!found || link.dataset.unitLink) return;
  link.dataset.unitLink = found[1] ? "before" : "after";
  if (found[1]) Object.assign(link, { target: "_blank", rel: "noopener" });
}

// In an LMS no other unit may load into this one's frame: it would report under this one's name. So the units to come
// are only named (the course menu knows which are open), and those before open in a new tab, for reading.
function settleUnitLinks() {
  each('section.page a[href^="../"]', nameUnitLink);
  const alone = tracker.where === "alone";
  each("a[data-unit-link]", (link) => {
    if (alone || tracker.where === "reading") link.removeAttribute("target");
    if (alone) link.setAttribute("href", link.getAttribute("href").replace("?reading=1", ""));
    else if (link.dataset.unitLink === "after") link.replaceWith(...link.childNodes);
  });
}

// Links to the course's own pages say whose states they are to show.
function settleOwnPages() {
  each("a[data-unit-link=overview], a[data-unit-link=certificate]", (link) => (link.hash = learnersPlace()));
  each("[data-certificate]", noteOthers);
}

function begin(opened) {
  tracker = opened;
  tracker.changed = refresh;
  fill(tracker.data);
  quizzes.begin(isPractice());
  visit.base = encode([], ticks());
  settleUnitLinks();
  settleOwnPages();
  settleNeeds();
  if (!followAddress()) resume(tracker.location);
}

// Goes on in an LMS that answers late: what it has stands, and what the learner did here meanwhile is added. What this
// browser has kept from another day is not, since it may be another learner's.
function moveTo(opened) {
  const mine = encode(keys.filter((key) => visit.pages.has(key)), ticks(), quizzes.fields());
  const place = visit.turned || !opened.location ? -1 : pageOf(document.getElementById(opened.location));
  tracker = opened;
  tracker.changed = refresh;
  reached.clear();
  fill(merge(visit.base, mine, tracker.data));
  quizzes.begin(isPractice());
  if (quizzes.reports.length) tracker.report(quizzes.reports);
  settleOwnPages();
  settleNeeds();
  show(place < 0 ? current : place);
  if (!visit.completed || tracker.state !== "incomplete") return;
  const taken = tracker.complete();
  refresh();
  hide("[data-finish=not-saved]", () => taken);
}
