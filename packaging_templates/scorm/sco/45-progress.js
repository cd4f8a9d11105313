const LONGEST = Number(document.body.dataset.longest); // of suspend_data

// A unit that asks nothing.
const NO_QUIZZES = {
  judged: false,
  reports: [],
  begin() {},
  fields: () => ({}),
  fill() {},
  merge: () => ({}),
  standing: () => ({ left: [], answered: false, success: "", final: false, results: {}, score: null }),
  unkept() {},
};
const quizzes = window.coursewrightQuiz
  ? window.coursewrightQuiz({ version, timespan: SCORM[version].timespan, save, handedIn })
  : NO_QUIZZES;

/* Progress as text: the format's number, the keys of the pages reached, the ids of the boxes ticked.
 *     1;p=overview,topics;t=a1b2,c3d4
 * What quizzes have to remember stands in further fields: before the ticks what matters most (see quiz.js), and what
 * would sooner be missed after them.
 * At its longest, with all P pages and all T boxes, it has
 *     7 + (lengths of all keys) + max(P - 1, 0) + (lengths of all ids) + max(T - 1, 0)
 * characters; the build proves that this is no more than LONGEST. Another edition of the unit may have named pages and
 * boxes that are gone: whoever decodes passes them over. */
function encode(pages, ticks, { r = [], q = [], x = [] } = {}) {
  const field = (name, words) => (words.length ? `;${name}=${words.join(",")}` : "");
  const text = `1;p=${pages.join(",")}${field("r", r)}${field("q", q)};t=${ticks.join(",")}${field("x", x)}`;
  quizzes.unkept(text.length > LONGEST);
  return text.length <= LONGEST ? text : text.slice(0, text.lastIndexOf(",", LONGEST));
}

function decode(text) {
  const [format, ...fields] = text.split(";");
  return format === "1" ? Object.fromEntries(fields.map((field) => [field[0], field.slice(2).split(",")])) : {};
}
