// The end of a unit: what was achieved, and how to go on.

const LONGEST_MOVE = 4000; // ms, until the LMS should have shown something else
let settled = ""; // the state for which the way on was found
let gone = false; // whether the session has ended with the wish to move on

// The units that a certificate asks for, except this one.
const certified = (part) => part.dataset.certificate.split(" ").filter((other) => other !== unit);

// SCORM 2004 may know of units that were completed in another browser.
function noteOthers(part) {
  if (tracker.where === "lms") certified(part).filter((other) => tracker.met(other)).forEach(noteMet);
}

function settleEnd(state) {
  each("[data-certificate]", (part) => (part.hidden = state !== "completed" || !certified(part).every(isCompleted)));
  const results = quizzes.standing().results;
  each("[data-achieved]", (part) => {
    const { achieved } = part.dataset;
    if (achieved === "pages") return part.classList.toggle("whole", reached.size === pages.length);
    part.hidden = !(achieved in results);
    part.dataset.pattern = part.dataset.pattern || part.textContent;
    if (!part.hidden) part.textContent = part.dataset.pattern.replace("{percent}", Math.floor(results[achieved]));
  });
  if (`${tracker.where} ${state}` === settled || gone) return;
  settled = `${tracker.where} ${state}`;
  if (["completed", "review"].includes(state)) showWay();
}

// The LMS is asked once the unit is completed, since that may open the next one. Which unit it takes to be next, it does not
// say: the button names ours only where it can be no other.
function showWay() {
  const there = document.querySelector("[data-move=there] button");
  if (!there) return;
  const way = tracker.where === "lms" ? tracker.way(there.dataset.unit) : "";
  const named = way === "there" || (way === "on" && isNext(there.dataset.follows));
  there.dataset.way = way;
  each("[data-move=on] button", (button) => (button.dataset.way = way));
  if (named) showMove("there");
  else if (way) showMove("on", there.dataset.follows === undefined ? "menu" : "");
  else showMove(tracker.where === "alone" ? "link" : "menu");
}

function isNext(needs) {
  return needs !== undefined && needs.split(" ").every((need) => !need || isCompleted(need));
}

function showMove(...shown) {
  hide("[data-move]", (part) => !shown.includes(part.dataset.move));
}

// Only the LMS can show another unit in this one's place. If it does not, the session has ended all the same.
function move(button) {
  save();
  if (!tracker.move(button.dataset.way, button.dataset.unit)) return showMove("menu");
  gone = true;
  button.disabled = true;
  window.setTimeout(showMove, LONGEST_MOVE, "closed");
}
