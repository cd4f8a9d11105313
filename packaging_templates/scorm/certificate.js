/*
 * The certificate's own script: shows it to whoever has completed every unit, as far as this browser knows (see
 * sco/10-player.js). A unit that leads here says whose states count, and the name that the LMS gives, after "#".
 */
(function () {
  "use strict";

  const told = new URLSearchParams(window.location.hash.slice(1));
  const { course } = document.body.dataset;
  const part = (name) => document.querySelector(`[data-part=${name}]`);
  const units = Array.from(document.querySelectorAll("[data-unit]"));

  function isCompleted(unit) {
    const key = ["coursewright", course, told.get("learner"), unit].filter(Boolean).join("/");
    try {
      return JSON.parse(window.localStorage.getItem(key)).state === "completed";
    } catch (error) {
      return false;
    }
  }

  function settle() {
    for (const unit of units) unit.hidden = isCompleted(unit.dataset.unit);
    const whole = units.length > 0 && units.every((unit) => unit.hidden);
    part("missing").hidden = whole;
    part("tools").hidden = !whole;
    part("sheet").hidden = !whole;
  }

  // A day as the language of the page writes it, or as everybody does where the browser does not know that language.
  function written(day) {
    try {
      return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC", numberingSystem: "latn" }).format(day);
    } catch (error) {
      return day.toISOString().slice(0, 10);
    }
  }

  function fill() {
    part("who").textContent = part("name").value.trim() || "\u00a0";
    const day = part("date").valueAsDate;
    part("when").textContent = day ? written(day) : "";
  }

  // LMSs name learners "Meier, Anna".
  const [last, first] = (told.get("name") || "").split(/,\s*/, 2);
  part("name").value = first ? `${first} ${last}` : last;
  const now = new Date();
  part("date").valueAsDate = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
  for (const link of document.querySelectorAll("[data-home]")) {
    if (told.get("learner")) link.search = "?reading=1";
    link.hash = window.location.hash;
  }
  part("tools").addEventListener("input", fill);
  part("print").addEventListener("click", () => window.print());
  window.addEventListener("storage", settle);
  fill();
  settle();
})();
