/*
 * The player of one unit: shows its pages one at a time and keeps the learner's progress. The files of this folder are
 * joined, in the order of their names, into one function: what one declares, all see.
 *
 * A tracker keeps the progress: in the LMS (openLms), in this browser (openStorage) or nowhere (READING). The view knows
 * only what they share: where, counts, state, location, data, learner, met(), renew(), save(), complete(), way(), move(),
 * pause(), leave(). The markup it works with is listed at the top of unit.html.j2, where all words stand. Where a unit asks
 * questions, quiz.js has gone before. To follow the talk with the LMS on the console, add ?debug to the address or set
 * "coursewright:debug" in the localStorage.
 *
 * How units stand, for the course's home, the certificate and each other: in the localStorage, as JSON,
 *
 *     coursewright/COURSE/UNIT           without an LMS: {state, read, of, score, location, data}
 *     coursewright/COURSE/LEARNER/UNIT   in an LMS, which has the last word: {state, read, of, score}
 *
 * COURSE and UNIT are body[data-course] and body[data-unit]. `state` is incomplete, completed or failed; `read` of `of`
 * pages were opened; `score`, in percent, is there where quizzes were handed in; `location` and `data` are this script's
 * own. What is not there is not known: a unit without an entry was never opened in this browser. LEARNER is a digest of the
 * id that the LMS gives the learner: it keeps apart those who share a browser, and names nobody. Links from a unit to the
 * course's own pages carry it, as index.html#learner=LEARNER (see `learnersPlace`); without it, or where the LMS
 * names no learner, there is nothing to show. A look that counts for nothing (review, no credit) writes nothing.
 */

const { api: version, course, unit } = document.body.dataset;
const goals = JSON.parse(document.body.dataset.goals || "[]");
const query = new URLSearchParams(window.location.search);
const debug = query.has("debug") || recall("coursewright:debug");

function log(...what) {
  if (debug) console.debug("[sco]", ...what);
}

// The browser's storage may be forbidden or full: then nothing is kept.
function recall(key) {
  try {
    return window.localStorage.getItem(key) || "";
  } catch (error) {
    return "";
  }
}

function keep(key, value) {
  try {
    window.localStorage.setItem(key, value);
  } catch (error) {
    log("not kept:", key, error);
  }
}
