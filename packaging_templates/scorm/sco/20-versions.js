// What differs between the versions of SCORM.
const SCORM = {
  "1.2": {
    api: "API",
    initialize: "LMSInitialize",
    finish: "LMSFinish",
    get: "LMSGetValue",
    set: "LMSSetValue",
    commit: "LMSCommit",
    error: "LMSGetLastError",
    mode: "cmi.core.lesson_mode",
    credit: "cmi.core.credit",
    status: "cmi.core.lesson_status",
    location: "cmi.core.lesson_location",
    data: "cmi.suspend_data",
    learner: "cmi.core.student_id",
    called: "cmi.core.student_name",
    exit: "cmi.core.exit",
    time: "cmi.core.session_time",
    unset: ["0"], // the error code of reading what was never written
    begun: [["cmi.core.lesson_status", "incomplete"]],
    completed: [["cmi.core.lesson_status", "completed"]],
    passed: [["cmi.core.lesson_status", "passed"]], // in place of it, where there is a score to reach
    failed: [["cmi.core.lesson_status", "failed"]],
    score: ({ percent }) => [
      ["cmi.core.score.raw", percent],
      ["cmi.core.score.min", 0],
      ["cmi.core.score.max", 100],
    ],
    undone: [["cmi.core.lesson_status", "incomplete"]],
    // Moodle and others complete at LMSFinish what is "not attempted" still, in every mode: so a look that counts for
    // nothing must say what it was, in the first of these words that is taken.
    untold: ["not attempted"],
    looked: [
      ["cmi.core.lesson_status", "browsed"],
      ["cmi.core.lesson_status", "incomplete"],
    ],
    // SCORM 1.2 has no way to move on. Moodle has one of its own, which may be written but not read.
    ways: (told, failed) => (told("nav.event") === "" && failed() === "404" ? "on" : ""),
    request: () => ["nav.event", "continue"],
    // CMITimespan: HHHH:MM:SS
    timespan(seconds) {
      const hours = Math.min(Math.floor(seconds / 3600), 9999);
      const two = (number) => String(number % 60).padStart(2, "0");
      return `${String(hours).padStart(4, "0")}:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
    },
  },
  2004: {
    api: "API_1484_11",
    initialize: "Initialize",
    finish: "Terminate",
    get: "GetValue",
    set: "SetValue",
    commit: "Commit",
    error: "GetLastError",
    mode: "cmi.mode",
    credit: "cmi.credit",
    status: "cmi.completion_status",
    success: "cmi.success_status", // what sequencing looks at
    progress: "cmi.progress_measure",
    objectives: "cmi.objectives",
    location: "cmi.location",
    data: "cmi.suspend_data",
    learner: "cmi.learner_id",
    called: "cmi.learner_name",
    exit: "cmi.exit",
    time: "cmi.session_time",
    unset: ["0", "403"],
    begun: [["cmi.completion_status", "incomplete"]],
    completed: [
      ["cmi.completion_status", "completed"],
      ["cmi.success_status", "passed"],
    ],
    answered: [["cmi.completion_status", "completed"]],
    passed: [["cmi.success_status", "passed"]],
    failed: [["cmi.success_status", "failed"]],
    score: ({ points, total, scaled }) => [
      ["cmi.score.scaled", scaled],
      ["cmi.score.raw", points],
      ["cmi.score.min", 0],
      ["cmi.score.max", total],
    ],
    undone: [
      ["cmi.completion_status", "incomplete"],
      ["cmi.success_status", "unknown"],
    ],
    untold: [], // nothing is completed here but by content: the manifest says so
    looked: [["cmi.completion_status", "incomplete"]], // for those that don't read it
    ways(told, failed, unit) {
      if (told(`adl.nav.request_valid.choice.{target=${unit}}`) === "true") return "there";
      return told("adl.nav.request_valid.continue") === "true" ? "on" : "";
    },
    request: (way, unit) => ["adl.nav.request", way === "there" ? `{target=${unit}}choice` : "continue"],
    timespan: (seconds) => `PT${seconds}S`,
  },
};
// ms, for progress; completion is committed at once. Short, because what is committed while the page goes away is often
// lost: Moodle sends that by a beacon, which a reload overtakes.
const COMMIT_EVERY = 1000;
const BEGUN = ["101", "103"]; // what an API answers to Initialize when a session has begun, in 1.2 and 2004
const TOO_LONG = ["405", "406"]; // what refuses a value for its form or length, in 1.2 and 2004
const TERMINATED = "104"; // what an API of SCORM 2004 answers to Initialize once it has served a unit
const RENEWED = "coursewright:renewed"; // when, in the sessionStorage: not twice without success in between
const MOST_NAMED = 3; // missing units, in a banner
const MOST_INTERACTIONS = 250; // that every LMS keeps

const SETTLED = { completed: "completed", passed: "completed", failed: "failed" };
// What an LMS may say for a status: some write it in their own way, or in the one letter that AICC asks for.
const MUTE = ["undefined", "null", "none", "nan", "0"]; // no status at all
const WORDS = {
  completed: ["complete", "c"],
  passed: ["pass", "p"],
  failed: ["fail", "f"],
  incomplete: ["i"],
  browsed: ["browse", "b"],
  "not attempted": ["not-attempted", "not_attempted", "notattempted", "n", "na"],
  unknown: ["u", ...MUTE],
};
const STANDING = ["incomplete", "browsed", "failed"];
const UNCOUNTED = ["review", "r", "browse", "b"]; // modes
const NO_CREDIT = ["no-credit", "no_credit", "no credit", "nocredit", "n"];

function word(told) {
  const text = told.toLowerCase();
  return Object.keys(WORDS).find((name) => WORDS[name].includes(text)) || text;
}
