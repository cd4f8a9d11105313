/*
 * The quizzes of one unit: asks, judges, and remembers. sco.js, which comes after it, keeps the state and reports to the LMS;
 * it calls what `coursewrightQuiz` returns. The markup is described at the top of quiz.html.j2.
 *
 * A sheet, one for each quiz, from the unit's own quiz.js:
 *     name, version           its short name, and what changes with its questions
 *     graded, total, passing  whether it counts, for how many points; the percentage to reach, or null
 *     minutes, attempts       the limits, 0 for none
 *     shuffled, show          whether by chance; when the answers show: "never", "after attempt", "after last"
 *     slots                   indices of questions, or {count, points, of: [indices]} to draw from
 *     questions               id, about, kind, points, judged, shuffled, fixed, options, prompts (names for the LMS), salt, key
 * A key, once opened: f fractions of options, b their feedback; a texts, n numbers, k gaps, m matches, o order; g, r, p, w
 * feedback in general, and for what is right, partly right, wrong.
 *
 * An answer is a list of parts: indices of options, what stands in each field, or what is matched or ordered.
 */
(function () {
  "use strict";

  const SHORT = 60; // characters of an answer that is kept before the ticks, and after those where it is longer
  const WARNINGS = [600, 300, 60, 30, 10]; // seconds left, spoken
  const ALMOST = 1e-6;
  const SCORED = ["choice", "choices", "boolean", "text", "number", "blanks", "match", "order", "essay"]; // in interactions
  const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
  const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  // --- Chance and seals: the same numbers as in pages/keys.py ---

  function* chance(salt) {
    let state = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(salt)) state = Math.imul(state ^ byte, 16777619) >>> 0;
    for (;;) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      yield (mixed ^ (mixed >>> 14)) >>> 0;
    }
  }

  function opened(question) {
    const sealed = window.atob(question.key);
    const words = chance(question.salt);
    const bytes = new Uint8Array(sealed.length);
    for (let at = 0, word = 0; at < sealed.length; at += 1, word >>>= 8) {
      if (at % 4 === 0) word = words.next().value;
      bytes[at] = sealed.charCodeAt(at) ^ (word & 255);
    }
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  function shuffled(list, words) {
    const mixed = list.slice();
    for (let at = mixed.length - 1; at > 0; at -= 1) {
      const other = words.next().value % (at + 1);
      [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
    }
    return mixed;
  }

  // --- Judging ---

  const folded = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ").replace(/[‘’]/g, "'").replace(/[“”]/g, '"');

  // A number as people write it, with a point or a comma; null for anything else.
  function number(text) {
    const plain = text.trim().replace(/[\s\u00a0\u202f]/g, "").replace("−", "-");
    const point = /^[^.,]*,[^.,]*$/.test(plain) ? plain.replace(",", ".") : plain.replace(/,(?=\d{3}(\D|$))/g, "");
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(point) ? Number(point) : null;
  }

  // What a written answer is worth: {fraction, feedback}.
  function worth(key, written) {
    if (key.f) return { fraction: written === "" ? 0 : key.f[Number(written)] || 0, feedback: "" };
    if (key.n) {
      const value = number(written);
      const noise = ALMOST * ALMOST + Math.abs(value || 0) * 1e-9;
      const fits = ([low, high]) => value !== null && (low === null || value >= low - noise) && (high === null || value <= high + noise);
      return best(key.n.filter(fits).map(([, , fraction, feedback]) => ({ fraction, feedback })));
    }
    const same = ([text, , exact]) => {
      const [mine, theirs] = [folded(written), folded(text)];
      return written && (exact ? mine === theirs : mine.toLowerCase() === theirs.toLowerCase());
    };
    return best((key.a || []).filter(same).map(([, fraction, , feedback]) => ({ fraction, feedback })));
  }

  const best = (found) => found.sort((one, other) => other.fraction - one.fraction)[0] || { fraction: 0, feedback: "" };
  const share = (marks) => (marks.length ? marks.reduce((sum, mark) => sum + mark, 0) / marks.length : 0);

  // What an answer is worth: its fraction from 0 to 1, and what to say of it.
  function judge(question, answer) {
    const key = opened(question);
    let [fraction, feedback] = [0, []];
    if (["choice", "boolean", "choices"].includes(question.kind)) {
      fraction = answer.reduce((sum, index) => sum + (key.f[index] || 0), 0);
      feedback = answer.map((index) => key.b[index]);
    } else if (question.kind === "blanks") fraction = share(key.k.map((gap, at) => worth(gap, answer[at] || "").fraction));
    else if (question.kind === "match") fraction = share(key.m.map((target, at) => Number(answer[at] === String(target))));
    else if (question.kind === "order") fraction = share(key.o.map((index, at) => Number(answer[at] === String(index))));
    else if (key.a || key.n) {
      const found = worth(key, answer[0] || "");
      [fraction, feedback] = [found.fraction, [found.feedback]];
    }
    fraction = Math.min(1, Math.max(0, fraction));
    const verdict = !question.judged ? "unjudged" : fraction > 1 - 1e-4 ? "right" : fraction > ALMOST ? "partly" : "wrong";
    const general = [{ right: key.r, partly: key.p, wrong: key.w }[verdict], key.g];
    return { key, fraction: verdict === "right" ? 1 : fraction, verdict, feedback: [...feedback, ...general].filter(Boolean) };
  }

  const rounded = (value, digits) => Number(value.toFixed(digits));
  const percent = (points, total) => (total > 0 ? rounded((100 * points) / total, 2) : 0);

  // --- What the LMS is told of an answer ---

  const AS_1_2 = {
    boolean: ({ answer, key }) => ["true-false", answer.map((at) => "tf"[at]).join(""), ["tf"[key.f.indexOf(1)]]],
    choice: ({ answer, key }) => ["choice", letters(answer), rightOnes(key).map((at) => DIGITS[at])],
    choices: ({ answer, key }) => ["choice", letters(answer), [letters(rightOnes(key))]],
    text: ({ answer, key }) => ["fill-in", answer[0] || "", key.a.filter(full).map(([text]) => text)],
    number: ({ answer, key }) => ["numeric", decimal(answer[0]), key.n.filter((at) => at[4] !== null).map((at) => String(at[4]))],
    blanks: ({ answer, key, field }) => ["fill-in", answer.map(field).join(", "), [key.k.map((gap, at) => field(rightIn(gap), at)).join(", ")]],
    match: ({ answer, key }) => ["matching", pairs(answer), [pairs(key.m)]],
    order: ({ answer, key }) => ["sequencing", answer.map((at) => LETTERS[at]).join(","), [key.o.map((at) => LETTERS[at]).join(",")]],
    essay: ({ answer }) => ["fill-in", answer[0] || "", []],
  };
  const AS_2004 = {
    boolean: ({ answer, key }) => ["true-false", answer.map((at) => ["true", "false"][at]).join(""), [["true", "false"][key.f.indexOf(1)]]],
    choice: ({ answer, key, names }) => ["choice", named(names, answer), rightOnes(key).map((at) => names[at])],
    choices: ({ answer, key, names }) => ["choice", named(names, answer), [named(names, rightOnes(key))]],
    text: ({ answer, key }) => ["fill-in", (answer[0] || "").slice(0, 250), key.a.filter(full).map(([text, , exact]) => cased(exact) + text.slice(0, 250))],
    number: ({ answer, key }) => ["numeric", decimal(answer[0]), key.n.filter((at) => at[2] > 1 - ALMOST).map(([low, high]) => `${bound(low)}[:]${bound(high)}`)],
    blanks: ({ answer, key, field }) =>
      key.k.length > 10
        ? ["long-fill-in", answer.map(field).join(", "), []]
        : [
            "fill-in",
            key.k.map((gap, at) => field(answer[at] || "", at).slice(0, 250)).join("[,]"),
            [`{case_matters=false}{order_matters=true}${key.k.map((gap, at) => field(rightIn(gap), at).slice(0, 250)).join("[,]")}`],
          ],
    match: ({ answer, key, names, prompts }) => ["matching", matched(prompts, names, answer), [matched(prompts, names, key.m)]],
    order: ({ answer, key, names }) => ["sequencing", named(names, answer), [named(names, key.o)]],
    essay: ({ answer }) => ["long-fill-in", answer[0] || "", []],
  };
  const full = ([, fraction]) => fraction > 1 - ALMOST;
  const rightOnes = (key) => {
    const most = Math.max(...key.f);
    return key.f.map((fraction, at) => (fraction > 0 && (fraction > 1 - ALMOST || most < 1 - ALMOST) ? at : -1)).filter((at) => at >= 0);
  };
  const letters = (indices) => indices.map((at) => DIGITS[at]).filter(Boolean).join(",");
  const pairs = (targets) => targets.map((to, at) => (to === "" ? "" : `${DIGITS[at + 1]}.${LETTERS[to]}`)).filter(Boolean).slice(0, 35).join(",");
  const named = (names, indices) => indices.map((at) => names[at]).filter(Boolean).slice(0, 36).join("[,]");
  const matched = (from, to, targets) => targets.map((at, nth) => (at === "" ? "" : `${from[nth]}[.]${to[at]}`)).filter(Boolean).slice(0, 36).join("[,]");
  const cased = (exact) => `{case_matters=${Boolean(exact)}}`;
  const bound = (limit) => (limit === null ? "" : String(limit));
  const decimal = (text) => {
    const value = number(text || "");
    return value === null ? "" : String(rounded(value, 9));
  };
  const rightIn = (gap) => (gap.f ? String(gap.f.findIndex((fraction) => fraction > 1 - ALMOST)) : gap.n ? String(gap.n[0] ? (gap.n[0][4] ?? gap.n[0][0] ?? gap.n[0][1]) : "") : (gap.a[0] || [""])[0]);

  // An interaction as the LMS takes it: [[element, value]], in the order in which they depend on one another.
  function interaction(version, quiz, question, points, at) {
    const { answer, judged } = at;
    const old = version === "1.2";
    const field = (text, nth) => (judged.key.k[nth].f ? (at.choices[nth] || [])[Number(text)] || "" : text);
    const known = { answer, key: judged.key, names: question.options, prompts: question.prompts, field };
    const [type, response, patterns] = (old ? AS_1_2 : AS_2004)[question.kind](known);
    const said = { right: "correct", wrong: old ? "wrong" : "incorrect", partly: String(rounded(judged.fraction, 2)), unjudged: "neutral" };
    const untold = !old && response === "" && !type.endsWith("fill-in"); // it has no form for what was not answered
    const longest = old ? 255 : type === "fill-in" ? 2600 : 4000;
    return [
      ["id", `${quiz.name}.${question.id}`],
      ["type", type],
      old ? ["time", at.ended.toTimeString().slice(0, 8)] : ["timestamp", `${at.begun.toISOString().slice(0, 22)}Z`],
      ["weighting", String(Math.min(quiz.graded && question.judged ? points : 0, 100))],
      ...(question.judged ? patterns.slice(0, at.patterns) : []).map((text, nth) => [`correct_responses.${nth}.pattern`, text.slice(0, longest)]),
      [old ? "student_response" : "learner_response", response.slice(0, longest)],
      ["result", said[judged.verdict]],
      ["latency", at.seconds],
      ...(old ? [] : [["description", question.about]]),
    ].filter(([name, value]) => value !== "" || (name.endsWith("response") && !untold));
  }

  // --- One quiz on its page ---

  const packed = (answer) => answer.map((part) => encodeURIComponent(part).replace(/%20/g, "+")).join("&");
  function unpacked(text) {
    try {
      return text === "" ? [] : text.split("&").map((part) => decodeURIComponent(part.replace(/\+/g, "%20")));
    } catch (error) {
      return [];
    }
  }
  const seed = () => Math.floor(Math.random() * 36 ** 4).toString(36);
  const now = () => Math.floor(Date.now() / 1000);

  function word(name, values = {}) {
    const holder = document.getElementById("cw-quiz-words");
    const found = holder.content.querySelector(`[data-word=${name}]`);
    const written = (value) => (typeof value === "number" ? String(value).replace(".", holder.dataset.decimalSign) : value);
    const span = found.cloneNode(true);
    span.removeAttribute("data-word");
    span.textContent = span.textContent.replace(/\{(\w+)\}/g, (whole, at) => (at in values ? written(values[at]) : whole));
    return span;
  }
  function element(name, className, ...parts) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...parts);
    return made;
  }

  function openQuiz(sheet, host) {
    const root = document.querySelector(`[data-quiz="${sheet.name}"]`);
    const part = (name) => root.querySelector(`[data-quiz-part="${name}"]`);
    const form = part("questions");
    const light = root.classList.contains("check");
    const nodes = new Map(Array.from(form.querySelectorAll("[data-question]")).map((node) => [Number(node.dataset.question), node]));
    const fieldsets = Array.from(nodes.values());
    const spent = new Map(); // seconds in each question
    let timer = 0;
    let practice = false;
    let focused = null; // [question, since]
    let asked = []; // {index, points}, in the order of this attempt
    const state = { attempts: 0, best: 0, phase: "fresh", seed: seed(), begun: 0, answers: new Map() };
    let last = null; // what the last attempt was judged as, while it shows

    const slots = () => {
      const words = chance(`${state.seed}${sheet.name}`);
      const drawn = sheet.slots.map((slot) =>
        typeof slot === "number"
          ? [{ index: slot, points: sheet.questions[slot].points }]
          : shuffled(slot.of, words).slice(0, slot.count).map((index) => ({ index, points: slot.points })),
      );
      return { order: sheet.shuffled ? mixed(drawn, words) : drawn.flat(), drawn: drawn.flat(), words };
    };
    // Questions change places between passages only, which are about what follows them.
    function mixed(drawn, words) {
      const runs = [[]];
      for (const slot of drawn.flat()) {
        if (sheet.questions[slot.index].kind === "passage") runs.push([slot], []);
        else runs[runs.length - 1].push(slot);
      }
      return runs.flatMap((run) => shuffled(run, words));
    }
    const total = () => slots().drawn.reduce((sum, { index, points }) => sum + (sheet.questions[index].judged ? points : 0), 0);
    const attemptsLeft = () => practice || !sheet.attempts || state.attempts < sheet.attempts;
    const isPassed = () => percent(state.best, sheet.total) >= rounded(sheet.passing || 0, 2);

    // Lays the form out for this attempt.
    function lay() {
      const { order, words } = slots();
      asked = order;
      let nth = 0;
      fieldsets.forEach((node) => (node.hidden = true));
      for (const { index } of order) {
        const node = nodes.get(index);
        const question = sheet.questions[index];
        node.hidden = false;
        if (order.length > 1) form.insertBefore(node, part("alert"));
        if (question.kind !== "passage") nth += 1;
        const at = node.querySelector("[data-number]");
        if (at) at.replaceChildren(word("question", { number: nth }));
        if (sheet.shuffled && question.shuffled) mixOptions(node, question, words);
      }
      for (const [index, node] of nodes) fillIn(node, sheet.questions[index], state.answers.get(index));
    }
    function mixOptions(node, question, words) {
      const box = node.querySelector(".options");
      if (!box) return;
      const options = Array.from(box.children).sort((one, other) => one.dataset.option - other.dataset.option);
      const free = shuffled(options.filter((at, index) => !question.fixed.includes(index)), words);
      box.append(...options.map((at, index) => (question.fixed.includes(index) ? at : free.shift())));
    }

    // --- Answers in the form ---

    const fields = (node) => Array.from(node.querySelectorAll("[data-field]"));
    const inputs = (node) => Array.from(node.querySelectorAll(".option input"));
    function read(node, question) {
      if (["choice", "boolean", "choices"].includes(question.kind)) {
        return inputs(node).filter((input) => input.checked).map((input) => input.value).sort((one, other) => one - other);
      }
      if (question.kind === "order") return Array.from(node.querySelectorAll(".sorted > li")).map((li) => li.dataset.option);
      const written = fields(node).map((field) => field.value.trim());
      return written.some(Boolean) ? written : [];
    }
    function fillIn(node, question, answer = []) {
      inputs(node).forEach((input) => (input.checked = answer.includes(input.value)));
      fields(node).forEach((field, at) => (field.value = answer[at] || ""));
      const list = node.querySelector(".sorted");
      if (!list) return;
      const known = Array.from(list.children).sort((one, other) => one.dataset.option - other.dataset.option);
      list.append(...(answer.length === known.length ? answer.map((index) => known[index]) : known));
      renumber(list);
    }
    function renumber(list) {
      Array.from(list.children).forEach((li, at, all) => {
        li.querySelector("[data-place]").value = String(at);
        li.querySelector("[data-quiz-do=up]").disabled = at === 0;
        li.querySelector("[data-quiz-do=down]").disabled = at === all.length - 1;
      });
    }
    function fault(node, question) {
      const answer = read(node, question);
      if (["upload", "passage", "order"].includes(question.kind)) return "";
      if (!answer.length || (question.kind !== "choices" && answer.includes(""))) return "not_answered";
      return question.kind === "number" && number(answer[0]) === null ? "no_number" : "";
    }

    // --- An attempt ---

    function begin() {
      if (state.phase !== "fresh") return;
      Object.assign(state, { phase: "open", begun: now() });
      if (sheet.minutes) tick();
    }
    function note(node) {
      const index = Number(node.dataset.question);
      begin();
      state.answers.set(index, read(node, sheet.questions[index]));
      say(node.querySelector("[data-error]"), null);
    }
    function say(place, ...words) {
      if (!place) return;
      const shown = words.filter(Boolean);
      place.replaceChildren(...shown);
      place.hidden = !shown.length;
      const node = place.closest("fieldset");
      if (node && place.matches("[data-error]")) node.classList.toggle("has-problem", Boolean(shown.length));
    }
    function faults() {
      const found = asked.map(({ index }) => [nodes.get(index), fault(nodes.get(index), sheet.questions[index])]);
      found.forEach(([node, what]) => say(node.querySelector("[data-error]"), what && word(what)));
      return found.filter(([, what]) => what);
    }
    // What is missing is said before anything is handed in; a second press hands in what there is.
    function check() {
      const open = faults();
      const alert = part("alert");
      if (!open.length || alert.dataset.said === "yes") return true;
      if (light) {
        const field = open[0][0].querySelector("input, select, textarea");
        if (field) field.focus();
        return false;
      }
      const links = open.flatMap(([node], at) => {
        const link = element("a", "", node.querySelector("[data-number]").textContent);
        link.href = `#${node.id}`;
        return at ? [", ", link] : [link];
      });
      const [before, after] = word("open", { questions: "\u0000" }).textContent.split("\u0000");
      say(alert, element("p", "problem", before, ...links, after));
      alert.dataset.said = "yes";
      form.querySelector("[type=submit]").replaceChildren(word("anyway"));
      alert.focus();
      return false;
    }
    function collect() {
      const { drawn } = slots();
      return drawn
        .filter(({ index }) => SCORED.includes(sheet.questions[index].kind))
        .map(({ index, points }) => {
          const [node, question] = [nodes.get(index), sheet.questions[index]];
          const answer = read(node, question);
          const choices = fields(node).map((field) => Array.from(field.options || []).slice(1).map((option) => option.text));
          return { index, points, question, answer, choices, judged: judge(question, answer) };
        });
    }
    function handIn(late) {
      leaveQuestion();
      begin();
      const marks = collect();
      const earned = marks.reduce((sum, { points, question, judged }) => sum + (question.judged ? points * judged.fraction : 0), 0);
      marks.forEach(({ index, answer }) => state.answers.set(index, answer));
      Object.assign(state, { phase: "closed", attempts: state.attempts + 1, best: Math.max(state.best, rounded(earned, 4)) });
      const [begun, ended] = [new Date(state.begun * 1000), new Date()];
      const drawnFrom = new Set(sheet.slots.flatMap((slot) => slot.of || []));
      const entries = marks.map(({ index, points, question, ...at }) =>
        interaction(host.version, sheet, question, points, {
          ...at,
          begun,
          ended,
          seconds: host.timespan(Math.round(spent.get(index) || 0)),
          patterns: drawnFrom.has(index) ? 1 : 10,
        }),
      );
      if (!practice) host.handedIn(sheet, entries);
      spent.clear();
      last = { marks, earned };
      show(late);
      part("result").focus();
    }

    // --- The result ---

    function reveals() {
      if (sheet.show === "never") return false;
      return sheet.show === "after attempt" || (sheet.attempts ? !attemptsLeft() : isDone());
    }
    const isDone = () => sheet.total > 0 && (sheet.passing === null ? percent(state.best, sheet.total) >= 100 : isPassed());

    function show(late = false) {
      const closed = state.phase === "closed";
      const started = !sheet.minutes || state.phase !== "fresh";
      form.hidden = !started;
      if (part("start")) part("start").hidden = started;
      part("hand-in").hidden = closed;
      root.classList.toggle("handed-in", closed);
      fieldsets.forEach((node) => node.matches("fieldset") && (node.disabled = closed));
      say(part("alert"), null);
      part("alert").dataset.said = "";
      tick();
      for (const node of fieldsets) unmark(node, closed);
      say(part("result"), null);
      if (!closed) return;
      if (!last) last = recalled();
      if (reveals()) last.marks.forEach(mark);
      say(part("result"), ...summary(late));
    }
    // The last attempt, from the answers that were kept of it.
    function recalled() {
      if (!state.answers.size && total()) return { marks: [], earned: null };
      const marks = collect();
      return { marks, earned: marks.reduce((sum, { points, question, judged }) => sum + (question.judged ? points * judged.fraction : 0), 0) };
    }
    function summary(late) {
      const whole = total();
      const lines = [];
      const counted = sheet.graded && sheet.total > 0;
      const reached = last.earned === null ? state.best : last.earned;
      const passed = percent(reached, whole) >= rounded(sheet.passing || 0, 2);
      const verdict = sheet.passing === null || !whole ? word(light && whole ? verdictOf(last) : "handed_in") : passed ? word("passed") : word("failed", { passing: sheet.passing });
      if (late) lines.push(element("p", "problem", word("time_over")));
      const good = sheet.passing === null ? verdictOf(last) === "right" : passed;
      const plain = sheet.passing === null && (!light || !whole) && !good; // neither well nor badly done
      lines.push(element("p", plain ? "outcome" : `outcome ${good ? "good" : "poor"}`, verdict));
      if (whole && !light) {
        const score = word("score", { points: rounded(reached, 2), total: rounded(whole, 2) });
        lines.push(element("p", "score", element("strong", "", word("percent", { percent: Math.floor(percent(reached, whole)) })), " ", score));
      }
      if (counted && state.attempts > 1 && state.best > reached + ALMOST) lines.push(element("p", "hint", word("best", { percent: Math.floor(percent(state.best, sheet.total)) })));
      if (practice && counted) lines.push(element("p", "hint", word("practice")));
      if (sheet.attempts && !practice) lines.push(element("p", "hint", attemptsLeft() ? word("left", { count: sheet.attempts - state.attempts }) : word("none_left")));
      if (attemptsLeft()) {
        const again = element("button", "", word("again"));
        again.type = "button";
        again.dataset.quizDo = "again";
        lines.push(again);
      }
      return lines;
    }
    function verdictOf({ marks }) {
      const judged = marks.filter(({ question }) => question.judged).map(({ judged: { verdict } }) => verdict);
      if (judged.length && judged.every((verdict) => verdict === "right")) return "right";
      return judged.every((verdict) => verdict === "wrong") ? "wrong" : "partly";
    }
    function unmark(node, closed) {
      if (closed) say(node.querySelector("[data-error]"), null);
      say(node.querySelector("[data-verdict]"), null);
      node.classList.remove("right", "partly", "wrong", "unjudged");
      for (const at of node.querySelectorAll(".is-right, .is-wrong")) at.classList.remove("is-right", "is-wrong");
      for (const at of node.querySelectorAll(".sign")) at.remove();
    }
    function mark({ index, question, answer, choices, judged }) {
      const node = nodes.get(index);
      node.classList.add(judged.verdict);
      const { f: marks } = judged.key;
      if (question.judged && marks) {
        node.querySelectorAll(".option").forEach((option) => {
          const [at, chosen] = [Number(option.dataset.option), answer.includes(option.dataset.option)];
          const right = rightOnes(judged.key).includes(at);
          if (right) option.classList.add("is-right");
          else if (chosen) option.classList.add("is-wrong");
          if (right || chosen) option.querySelector("label").append(element("span", "sign", " (", ...(right ? [word("right_one")] : []), ...(right && chosen ? [", "] : []), ...(chosen ? [word("your_choice")] : []), ")"));
        });
      }
      const shown = light && asked.length === 1 ? [] : [element("p", "outcome", word(judged.verdict))];
      const right = question.judged && judged.verdict !== "right" ? rightAnswer(node, question, judged.key, choices) : null;
      const feedback = judged.feedback.map((html) => {
        const box = element("div", "prose");
        box.innerHTML = html; // our converter's: safe in any page
        return box;
      });
      say(node.querySelector("[data-verdict]"), ...shown, ...(right ? [right] : []), ...feedback);
    }
    function rightAnswer(node, question, key, choices) {
      const line = (text) => element("p", "", word("right_answer", { answer: text }));
      const each = (texts, tag) => element("div", "", element("p", "", word("right_answer", { answer: "" })), element(tag, "", ...texts.map((text) => element("li", "", text))));
      if (question.kind === "text") return key.a.some(full) ? line(key.a.filter(full).map(([text]) => text).join(" / ")) : null;
      if (question.kind === "number") return key.n.length ? line(range(key.n[0])) : null;
      if (question.kind === "match") {
        const prompts = Array.from(node.querySelectorAll(".pairs label")).map((label) => label.textContent);
        return each(key.m.map((to, at) => `${prompts[at]}: ${choices[at][to]}`), "ul");
      }
      if (question.kind === "order") {
        const what = new Map(Array.from(node.querySelectorAll(".sorted > li")).map((li) => [Number(li.dataset.option), li.querySelector(".what").textContent]));
        return each(key.o.map((at) => what.get(at)), "ol");
      }
      if (question.kind === "blanks") return line(key.k.map((gap, at) => (gap.f ? choices[at][Number(rightIn(gap))] : gap.n ? range(gap.n[0]) : rightIn(gap))).join(", "));
      return null;
    }
    const range = ([low, high, , , value]) => {
      if (value !== null) return String(value);
      return low === null ? `≤ ${high}` : high === null ? `≥ ${low}` : `${low} – ${high}`;
    };

    // --- Time ---

    const left = () => Math.ceil(sheet.minutes * 60 - (now() - state.begun));
    function tick() {
      window.clearTimeout(timer);
      const running = sheet.minutes && state.phase === "open";
      if (part("timer")) part("timer").hidden = !running;
      if (!running) return;
      const seconds = left();
      if (seconds <= 0) {
        timer = window.setTimeout(() => state.phase === "open" && handIn(true)); // not while the page is being made
        return;
      }
      const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      part("timer").replaceChildren(word("time_left", { time }));
      part("timer").classList.toggle("late", seconds <= 60);
      if (WARNINGS.includes(seconds)) speak(seconds < 60 ? word("seconds_left", { count: seconds }) : word("minutes_left", { count: seconds / 60 }));
      timer = window.setTimeout(tick, 1000 - (Date.now() % 1000));
    }
    function speak(what) {
      part("spoken").replaceChildren(what);
    }
    function leaveQuestion() {
      if (focused) spent.set(focused[0], (spent.get(focused[0]) || 0) + (performance.now() - focused[1]) / 1000);
      focused = null;
    }

    // --- What the learner does ---

    function move(li, to) {
      const list = li.parentNode;
      const others = Array.from(list.children).filter((at) => at !== li);
      list.insertBefore(li, others[to] || null);
      renumber(list);
      note(li.closest("[data-question]"));
      speak(word("moved", { item: li.querySelector(".what").textContent, number: to + 1, count: list.children.length }));
      host.save();
    }
    // What is moved in a document loses the focus.
    function place(menu) {
      move(menu.closest("li"), Number(menu.value));
      menu.focus();
    }
    function step(button, by) {
      const li = button.closest("li");
      move(li, Array.from(li.parentNode.children).indexOf(li) + by);
      const other = li.querySelector(`[data-quiz-do=${by < 0 ? "down" : "up"}]`);
      (button.disabled ? other : button).focus();
    }
    const DO = {
      start() {
        begin();
        show();
        host.save();
        const first = form.querySelector("fieldset:not([hidden])");
        if (first) first.focus();
      },
      again() {
        Object.assign(state, { phase: "fresh", seed: seed(), begun: 0 });
        state.answers.clear();
        last = null;
        form.querySelector("[type=submit]").replaceChildren(...submit.map((at) => at.cloneNode(true)));
        lay();
        show();
        host.save();
        const first = sheet.minutes ? part("start").querySelector("button") : form.querySelector("fieldset:not([hidden])");
        if (first) first.focus();
      },
      up: (button) => step(button, -1),
      down: (button) => step(button, 1),
    };
    const submit = Array.from(form.querySelector("[type=submit]").childNodes).map((at) => at.cloneNode(true));
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-quiz-do]");
      if (button) DO[button.dataset.quizDo](button);
    });
    // Before sco.js hears of it, which then saves.
    form.addEventListener("change", (event) => {
      const node = event.target.closest("[data-question]");
      if (event.target.matches("[data-place]")) place(event.target);
      else if (node) note(node);
    });
    form.addEventListener("input", (event) => {
      const node = event.target.closest("[data-question]");
      if (!node || !event.target.matches("input[type=text], textarea")) return;
      note(node);
      host.saveSoon();
    });
    form.addEventListener("focusin", (event) => {
      leaveQuestion();
      const node = event.target.closest("[data-question]");
      if (node) focused = [Number(node.dataset.question), performance.now()];
    });
    form.addEventListener("focusout", leaveQuestion);
    // Enter in a field would hand in a whole quiz by accident.
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !light && event.target.matches("input")) event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (state.phase !== "closed" && check()) handIn();
    });

    return {
      sheet,
      state,
      root,
      isPassed,
      attemptsLeft,
      count: () => slots().drawn.filter(({ index }) => SCORED.includes(sheet.questions[index].kind)).length,
      wake(asPractice) {
        practice = asPractice;
        lay();
        show();
      },
      unkept: (is) => (part("unkept").hidden = !is || state.phase !== "open"),
    };
  }

  // --- The state, all quizzes in it ---

  /* Words without "," or ";", in the fields of the state that sco.js encodes:
   *     r  NAME.VERSION.ATTEMPTS.BEST.PHASE.SEED.BEGUN     one a quiz that was begun, those handed in first, in that order
   *     q  NAME.INDEX.PART&PART                            short answers of an attempt under way
   *     x  the same                                        of attempts handed in, and long texts, the shortest first
   * ATTEMPTS, BEST (in ten thousandths of a point), INDEX and BEGUN (in seconds) are written in base 36. */
  function words({ sheet, state }) {
    const fields = [sheet.name, sheet.version, state.attempts.toString(36), Math.round(state.best * 1e4).toString(36)];
    return [...fields, state.phase[0], state.seed, sheet.minutes ? state.begun.toString(36) : ""].join(".");
  }
  function answers({ sheet, state }) {
    const found = Array.from(state.answers).filter(([, answer]) => answer.length);
    return found.map(([index, answer]) => `${sheet.name}.${index.toString(36)}.${packed(answer)}`);
  }
  function fillState(quiz, told) {
    const [, version, attempts, bestOne, phase, seedOne, begun] = told.split(".");
    const { state, sheet } = quiz;
    const count = (text) => window.parseInt(text || "0", 36) || 0;
    Object.assign(state, { attempts: count(attempts), best: Math.min(count(bestOne) / 1e4, sheet.total || Infinity) });
    const same = version === sheet.version;
    const known = { o: "open", c: "closed" }[phase] || "fresh";
    Object.assign(state, { phase: same || known === "closed" ? known : "fresh", seed: seedOne || state.seed, begun: count(begun) });
    state.answers.clear();
    return same;
  }

  window.coursewrightQuiz = function (host) {
    const sheets = (window.coursewrightQuizzes || []).filter(({ name }) => document.querySelector(`[data-quiz="${name}"]`));
    const done = []; // the quizzes handed in, in that order: it numbers what the LMS is told
    const reports = []; // of this visit, for an LMS that answers late
    let practice = false;
    let soon = 0;
    const quizzes = sheets.map((sheet) =>
      openQuiz(sheet, {
        version: host.version,
        timespan: host.timespan,
        save: host.save,
        saveSoon() {
          window.clearTimeout(soon);
          soon = window.setTimeout(host.save, 400);
        },
        handedIn(which, entries) {
          if (!done.includes(which.name)) done.push(which.name);
          const before = done.slice(0, done.indexOf(which.name)).map((name) => byName(name).count());
          const first = before.reduce((sum, count) => sum + count, 0);
          entries.forEach((entry, at) => reports.push([first + at, entry]));
          host.handedIn(entries.map((entry, at) => [first + at, entry]));
        },
      }),
    );
    const byName = (name) => quizzes.find(({ sheet }) => sheet.name === name);
    const graded = quizzes.filter(({ sheet }) => sheet.graded);
    const judged = graded.filter(({ sheet }) => sheet.passing !== null);
    const counted = graded.filter(({ sheet }) => sheet.total > 0);
    const begun = () => [...done.map(byName), ...quizzes.filter(({ sheet, state }) => !done.includes(sheet.name) && state.phase !== "fresh")];
    let lasting = { r: [], q: [], x: [] }; // what was there, where nothing may change

    return {
      judged: judged.length > 0,
      reports,
      begin(asPractice) {
        practice = asPractice;
        quizzes.forEach((quiz) => quiz.wake(practice));
      },
      fields() {
        if (practice) return lasting;
        const open = quizzes.filter(({ state }) => state.phase === "open").flatMap(answers);
        const closed = quizzes.filter(({ state }) => state.phase === "closed").flatMap(answers);
        const long = (text) => text.length > SHORT;
        const last = [...closed, ...open.filter(long)].sort((one, other) => long(one) - long(other) || one.length - other.length);
        return { r: begun().map(words), q: open.filter((text) => !long(text)), x: last };
      },
      fill({ r = [], q = [], x = [] }) {
        lasting = { r: r.filter(Boolean), q: q.filter(Boolean), x: x.filter(Boolean) };
        const same = new Set();
        done.length = 0;
        for (const told of lasting.r) {
          const quiz = byName(told.split(".")[0]);
          if (!quiz) continue;
          if (fillState(quiz, told)) same.add(quiz);
          if (quiz.state.attempts) done.push(quiz.sheet.name);
        }
        for (const told of [...lasting.q, ...lasting.x]) {
          const [, name, index, answer] = /^(\w+)\.(\w+)\.(.*)$/.exec(told) || [];
          const quiz = byName(name);
          if (quiz && same.has(quiz)) quiz.state.answers.set(window.parseInt(index, 36), unpacked(answer));
        }
      },
      // Joins what two have: of each quiz the state of whoever did more; what both have alike goes on as mine.
      merge(mine, theirs) {
        const most = (told) => {
          const [, , attempts, , phase] = told.split(".");
          return 2 * window.parseInt(attempts || "0", 36) + (phase === "o" ? 1 : 0);
        };
        const nameOf = (told) => told.split(".")[0];
        const joined = { r: [], q: [], x: [] };
        const [one, other] = [mine, theirs].map(({ r = [], q = [], x = [] }) => ({ r: r.filter(Boolean), q: q.filter(Boolean), x: x.filter(Boolean) }));
        for (const name of new Set([...other.r, ...one.r].map(nameOf))) {
          const [here, there] = [one, other].map((side) => side.r.find((told) => nameOf(told) === name));
          const side = !there || (here && most(here) >= most(there)) ? one : other;
          const told = (side === one ? here : there).split(".");
          const bests = [here, there].filter(Boolean).map((text) => window.parseInt(text.split(".")[3], 36) || 0);
          told[3] = Math.max(...bests).toString(36);
          joined.r.push(told.join("."));
          for (const field of ["q", "x"]) joined[field].push(...side[field].filter((told) => nameOf(told) === name));
        }
        return joined;
      },
      // How the unit stands by its quizzes.
      standing() {
        const handedIn = ({ state }) => state.attempts > 0;
        const failed = judged.filter((quiz) => handedIn(quiz) && !quiz.isPassed());
        const open = graded.filter((quiz) => !handedIn(quiz));
        const points = counted.reduce((sum, { state }) => sum + state.best, 0);
        const total = counted.reduce((sum, { sheet }) => sum + sheet.total, 0);
        return {
          left: [...open, ...failed].map(({ sheet }) => sheet.name),
          answered: !open.length,
          success: failed.length ? "failed" : judged.length && judged.every(handedIn) ? "passed" : "",
          final: failed.some((quiz) => !quiz.attemptsLeft()),
          results: Object.fromEntries(graded.filter((quiz) => handedIn(quiz) && quiz.sheet.total).map(({ sheet, state }) => [sheet.name, percent(state.best, sheet.total)])),
          score: total && counted.some(handedIn) ? { points: rounded(points, 2), total: rounded(total, 2), scaled: rounded(points / total, 4), percent: percent(points, total) } : null,
        };
      },
      unkept: (is) => quizzes.forEach((quiz) => quiz.unkept(is)),
    };
  };
})();
