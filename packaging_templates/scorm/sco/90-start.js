// An LMS may add its API a moment after the content: inside a frame or a pop-up window, look a few times, then say that
// there is none, and go on looking: some load their own frames after the content.
function connect(times) {
  const names = SCORM[version];
  const api = findApi(names);
  const within = window.parent !== window || window.opener;
  const opened = api && openLms(api, names);
  if (!api && within && times > 0) window.setTimeout(connect, 200, times - 1);
  else begin(opened || openStorage(within || api ? "lost" : "alone"));
  if (tracker.where === "lost") seek(names, 500);
}

const MOST_REFUSALS = 5; // of one API
const LONGEST_WAIT = 10000; // ms
let [refusing, refusals, sought] = [null, 0, 0];

function look(names) {
  const api = findApi(names);
  if (tracker.where !== "lost" || !api || (api === refusing && refusals >= MOST_REFUSALS)) return;
  const opened = openLms(api, names);
  if (opened && opened.where) moveTo(opened);
  refusals = api === refusing ? refusals + 1 : 1;
  refusing = api;
}

function seek(names, wait) {
  window.setTimeout(() => {
    look(names);
    if (tracker.where === "lost") seek(names, Math.min(wait * 1.5, LONGEST_WAIT));
  }, wait);
}

// Whatever happens is a chance to look sooner.
function seekNow() {
  if (tracker.where !== "lost" || Date.now() - sought < 1000) return;
  sought = Date.now();
  look(SCORM[version]);
}

document.documentElement.classList.add("js");
refresh();
document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
document.addEventListener("change", change);
window.addEventListener("hashchange", followAddress);
// Only pagehide ends the session: a page that was merely hidden, or whose unloading was called off, may come back and
// could then write no more.
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tracker.pause());
window.addEventListener("storage", lookAgain);
window.addEventListener("pageshow", (event) => event.persisted && lookAgain());
for (const event of ["click", "visibilitychange"]) document.addEventListener(event, seekNow);
for (const event of ["focus", "message", "load"]) window.addEventListener(event, seekNow);
window.addEventListener("beforeunload", () => tracker.pause());
window.addEventListener("pagehide", (event) => event.persisted || tracker.leave());
if ("alone" in document.body.dataset) begin(openStorage("alone"));
else if (query.has("reading")) begin(READING);
else connect(5);
