/*
 * The overview's own script: marks the units that this browser has completed, as sco.js keeps them without an LMS. Opened
 * from within an LMS (?reading) it marks none, and links to the units for reading only.
 */
(function () {
  "use strict";

  const reading = new URLSearchParams(window.location.search).has("reading");
  const { course } = document.body.dataset;

  function completed(unit) {
    try {
      return JSON.parse(window.localStorage.getItem(`coursewright/${course}/${unit}`)).state === "completed";
    } catch (error) {
      return false;
    }
  }

  function mark() {
    for (const part of document.querySelectorAll("[data-stop]")) {
      part.classList.toggle("reached", !reading && completed(part.dataset.stop));
    }
  }

  if (reading) for (const link of document.querySelectorAll(".units a")) link.search = "?reading=1";
  mark();
  window.addEventListener("storage", mark);
  window.addEventListener("pageshow", mark);
})();
