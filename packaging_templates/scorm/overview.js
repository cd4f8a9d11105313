/*
 * The home of a course: how its learner stands, from what the units have kept in this browser (see sco/10-player.js). What
 * it works with is listed at the top of overview.html.j2. Opened from within an LMS (?reading) it leads to the units for
 * reading only, and knows how the learner stands where a unit says who that is (#learner=).
 */
(function () {
  "use strict";

  const reading = new URLSearchParams(window.location.search).has("reading");
  const learner = new URLSearchParams(window.location.hash.slice(1)).get("learner") || "";
  const known = !reading || learner !== ""; // whether anything tells how the learner stands
  const { course } = document.body.dataset;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const stops = all("[data-stop]");
  const units = new Map(); // by name, in the order of the course: what it requires, its hours
  for (const { dataset } of stops) {
    if (!units.has(dataset.stop)) units.set(dataset.stop, { needs: (dataset.needs || "").split(" ").filter(Boolean), hours: Number(dataset.hours) });
  }
  const FEW_HOURS = 10; // of which halves would say too little
  const UNTOUCHED = ["open", "locked"];
  const words = new Map(all("[data-is]", document.getElementById("cw-words").content).map((word) => [word.dataset.is, word]));

  // What a unit has kept: done, failed, begun, or nothing.
  function kept(unit) {
    const key = ["coursewright", course, learner, unit].filter(Boolean).join("/");
    try {
      const { state } = JSON.parse(window.localStorage.getItem(key)) || {};
      return { completed: "done", failed: "failed", incomplete: "begun" }[state] || "";
    } catch (error) {
      return "";
    }
  }

  // How each unit stands: done failed begun open locked.
  function standings() {
    const found = new Map(Array.from(units.keys(), (unit) => [unit, kept(unit)]));
    const met = (unit) => !units.has(unit) || found.get(unit) === "done";
    return new Map(Array.from(units, ([unit, { needs }]) => [unit, found.get(unit) || (needs.every(met) ? "open" : "locked")]));
  }

  function show(stop, standing, isNext) {
    stop.dataset.is = standing;
    stop.classList.toggle("reached", standing === "done");
    stop.classList.toggle("is-next", isNext);
    for (const use of all("use", stop)) use.setAttribute("href", `#cw-${standing === "failed" ? "begun" : standing}`);
    for (const word of all("[data-word]", stop)) {
      word.replaceChildren(...Array.from(words.get(standing).childNodes, (node) => node.cloneNode(true)));
      word.hidden = false;
    }
    for (const link of all(":scope > a, .row-title > a", stop)) {
      if (isNext) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
  }

  const sum = (names, of) => names.reduce((total, name) => total + (of === "hours" ? units.get(name).hours : 1), 0);
  const { decimalSign = "." } = document.body.dataset;
  const number = (value, of) => String(of === "hours" ? Math.round(value * 2) / 2 : value).replace(".", decimalSign);

  // How much of some units is done, wherever a part of the page says so.
  function count(part, names, found) {
    const done = names.filter((name) => found.get(name) === "done");
    const begun = names.some((name) => !UNTOUCHED.includes(found.get(name)));
    const how = done.length === names.length ? "all" : begun ? "some" : "none";
    for (const shown of all("[data-how]", part)) {
      const own = shown.closest("details.group");
      if (!own || own === part) shown.hidden = shown.dataset.how === "some" ? how === "none" : shown.dataset.how !== how;
    }
    for (const shown of all("[data-of]", part)) {
      const own = shown.closest("details.group");
      if (own && own !== part) continue;
      const values = { done: sum(done, shown.dataset.of), total: sum(names, shown.dataset.of) };
      const few = shown.dataset.of === "hours" && values.total < FEW_HOURS;
      if (shown.dataset.text) shown.hidden = few;
      if (shown.dataset.text) shown.textContent = shown.dataset.text.replace(/\{(\w+)\}/g, (whole, name) => number(values[name], shown.dataset.of));
      else Object.assign(shown, { max: values.total || 1, value: values.done });
    }
  }

  // Leads to the unit that is next, under its title.
  function lead(next, begun) {
    for (const link of all("[data-go]")) {
      link.closest("p").hidden = reading || !next;
      if (!next) continue;
      const target = stops.find((stop) => stop.dataset.stop === next).querySelector("a");
      link.href = target.getAttribute("href");
      const title = target.querySelector(".name").cloneNode(true);
      link.querySelector(".name").replaceWith(title);
      for (const verb of all("[data-verb]", link)) verb.hidden = (verb.dataset.verb === "continue") !== begun;
    }
  }

  function settle() {
    const found = standings();
    const names = Array.from(units.keys());
    const next = ["begun", "failed", "open"].map((standing) => names.find((name) => found.get(name) === standing)).find(Boolean);
    const begun = names.some((name) => !UNTOUCHED.includes(found.get(name)));
    for (const stop of stops) show(stop, found.get(stop.dataset.stop), !reading && stop.dataset.stop === next);
    for (const dot of all("[data-dot]")) dot.classList.toggle("reached", found.get(dot.dataset.dot) === "done");
    count(document, names, found);
    for (const group of all("details.group")) count(group, all("[data-stop]", group).map((stop) => stop.dataset.stop), found);
    lead(next, begun);
    return next;
  }

  for (const part of all("[data-when]")) part.hidden = part.dataset.when !== (reading ? "reading" : "alone");
  if (reading) for (const link of all(".stop a, .skills a")) link.search = "?reading=1";
  if (!known) return;
  const next = settle();
  for (const group of all("details.group")) if (next) group.open = all("[data-stop]", group).some((stop) => stop.dataset.stop === next);
  window.addEventListener("storage", settle);
  window.addEventListener("pageshow", settle);
  for (const link of all("[data-certificate]")) link.hash = window.location.hash;
})();
