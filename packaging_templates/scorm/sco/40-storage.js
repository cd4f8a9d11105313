const NOWHERE = {
  where: "",
  counts: true,
  state: "",
  location: "",
  data: "",
  learner: "",
  called: () => "",
  changed() {},
  met: () => undefined,
  renew() {},
  save() {},
  complete() {},
  report() {},
  answered() {},
  way: () => "",
  move: () => false,
  pause() {},
  leave() {},
};
const READING = Object.assign({}, NOWHERE, { where: "reading" });

// See the head of this script for what stands there.
const keyOf = (name, learner = "") => ["coursewright", course, learner, name].filter(Boolean).join("/");

function recallState(key) {
  try {
    return Object.assign({}, JSON.parse(recall(key) || "{}"));
  } catch (error) {
    log("unreadable:", key);
    return {};
  }
}

// Tells learners of one browser apart (FNV-1a, twice).
function digest(text) {
  const hash = (start) => Array.from(text).reduce((sum, sign) => Math.imul(sum ^ sign.codePointAt(0), 16777619), start);
  return text && [2166136261, 84696351].map((start) => (hash(start) >>> 0).toString(36)).join("");
}

let noted = ""; // what was told last: two tabs that tell different things must not answer each other for ever

// Tells the course's own pages how this unit stands in the LMS.
function note() {
  if (tracker.where !== "lms" || !tracker.learner || tracker.state === "review") return;
  const text = JSON.stringify({ state: tracker.state, ...progress() });
  if (text !== noted) keep(keyOf(unit, tracker.learner), text);
  noted = text;
}

// A unit that the LMS calls completed may have been completed in another browser.
function noteMet(other) {
  const key = keyOf(other, tracker.learner);
  const known = recallState(key);
  if (tracker.learner && known.state !== "completed") keep(key, JSON.stringify({ ...known, state: "completed" }));
}

const isCompleted = (other) => (tracker.where === "alone" || tracker.learner !== "") && recallState(keyOf(other, tracker.learner)).state === "completed";

// Where links to the course's own pages lead, so that they show this learner's states; with a certificate to fill in, the
// name too, which goes no further than this browser.
function learnersPlace() {
  const name = document.querySelector("[data-certificate]") ? tracker.called() : "";
  return tracker.learner ? `#${new URLSearchParams({ learner: tracker.learner, ...(name ? { name } : {}) })}` : "";
}

// Other tabs may keep the same unit: each adds what was done in it to what is there, and nothing that was done is undone.
function openStorage(where) {
  const key = keyOf(unit);
  const read = () => {
    const { state, location, data } = recallState(key);
    return { state: state === "completed" ? state : "incomplete", location: String(location || ""), data: String(data || "") };
  };
  return Object.assign({}, NOWHERE, read(), {
    where,
    met: (other) => (where === "alone" ? recallState(keyOf(other)).state === "completed" : undefined),
    renew() {
      const { state, data } = read();
      if (state === "completed") this.state = state;
      this.data = data || this.data;
    },
    save(location, data) {
      const base = this.data;
      this.renew();
      Object.assign(this, { location, data: merge(base, data, this.data) });
      keep(key, JSON.stringify({ state: this.state, ...progress(), location, data: this.data }));
    },
    complete() {
      this.state = "completed";
      this.save(this.location, this.data);
      return true;
    },
  });
}
