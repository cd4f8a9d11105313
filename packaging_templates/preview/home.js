/*
 * The home of a course: our own overview where the package has it, the LMS's page, or one made from the menu.
 */
import { find, isLms, make, now, t } from "./now.js";
import { progress, state, stateWords } from "./learner.js";
import { showLms } from "./lms.js";
import { gate } from "./locks.js";
import { addressOf, choose, launch, unitOf } from "./units.js";

export function showHome() {
  if (now.running) return;
  now.home = null;
  if (isLms()) showLms("");
  else if (now.edition.opens) launch(now.items[0]); // a site opens as it is
  else if (now.edition.home) showOwn();
  else find("unit").replaceChildren(made());
}

// Our overview runs as a unit does, without an API; its links are the player's to follow.
function showOwn() {
  const item = { identifier: "", title: t("home"), href: now.edition.home };
  now.home = unitOf(item, false, addressOf(item.href).href);
  now.home.home = true;
  now.home.frame.className = "home";
  find("unit").replaceChildren(now.home.frame);
}

function made() {
  const units = now.items.filter((item) => item.href && gate(item).shown);
  const [done, count] = progress();
  const next = units.find((item) => gate(item).open && !["completed", "passed"].includes(state(item)));
  const bar = make("progress", { max: count || 1, value: done });
  bar.setAttribute("aria-label", t("home_progress", { done, count }));
  const hero = make("div", { className: "hero" }, make("h2", { textContent: now.course.title }), bar, make("p", { textContent: t("home_progress", { done, count }) }));
  if (next) {
    const begun = units.some((item) => state(item) !== "not started");
    const start = make("button", { type: "button", className: "main", textContent: `${t(begun ? "resume" : "start")}: ${next.title}` });
    start.addEventListener("click", () => choose(next));
    hero.append(start);
  } else if (count) hero.append(make("p", { textContent: t("home_done") }));
  return make("div", { className: "made" }, hero, make("h3", { textContent: t("home_units") }), make("ul", {}, ...units.map(card)));
}

function card(item) {
  const { open, why } = gate(item);
  const current = state(item);
  const word = !open && current === "not started" ? "locked" : current;
  const button = make(
    "button",
    { type: "button", className: `entry ${word.replace(" ", "-")}` },
    make("span", { className: "title", textContent: item.title }),
    make("span", { className: "state", textContent: open ? stateWords(word) : `${stateWords(word)}. ${why}` }),
  );
  if (!open) button.setAttribute("aria-disabled", "true");
  button.addEventListener("click", () => choose(item));
  return make("li", {}, button);
}
