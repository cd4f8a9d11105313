/*
 * The course's menu, with the state of each unit and what keeps it locked.
 */
import { find, isLms, make, now, t } from "./now.js";
import { answers } from "./data.js";
import { goToEntry, here } from "./lms.js";
import { progress, state, stateWords } from "./learner.js";
import { gate, neighbour } from "./locks.js";
import { choose, tell } from "./units.js";

// A line of the menu: its title and state, a button where it opens something, and the lines in it.
function line({ key, title, word, words, opens, open, current, inner }) {
  const made = make("li", {});
  made.dataset.item = key;
  const parts = [make("span", { className: "title", textContent: title }), make("span", { className: "state", textContent: words })];
  const name = opens ? make("button", { type: "button" }, ...parts) : make("div", {}, ...parts);
  name.className = `entry ${word.replace(" ", "-")}`;
  if (opens) {
    if (!open) name.setAttribute("aria-disabled", "true");
    if (current) name.setAttribute("aria-current", "true");
    name.addEventListener("click", opens);
  }
  made.append(name);
  if (inner.length) made.append(make("ol", {}, ...inner));
  return made;
}

function entry(item) {
  const { open, shown, why } = gate(item);
  if (!shown) return null;
  const current = state(item);
  const word = item.href && !open && current === "not started" ? "locked" : current;
  const words = stateWords(word);
  return line({
    key: item.identifier,
    title: item.title,
    word,
    words: item.href && !open ? `${words}. ${why}` : words,
    opens: item.href && (() => choose(item)),
    open,
    current: now.running && now.running.item === item,
    inner: item.children.map(entry).filter(Boolean),
  });
}

// An entry of an imitated LMS, as the server tells it.
function node(one) {
  const word = one.is_done ? "completed" : one.is_locked ? "locked" : "not started";
  const told = one.is_locked ? `${t("locked")}. ${t("not_available", { why: one.why })}` : one.is_done ? t("done") : one.is_tracked ? one.required.map(([said]) => said).join(", ") : "";
  return line({
    key: one.number,
    title: one.title,
    word: one.is_tracked || one.is_locked ? word : "untracked",
    words: told,
    opens: one.href && (() => goToEntry(one)),
    open: true,
    current: here() === one.number,
    inner: one.inner.map(node),
  });
}

// The menu is made anew; whoever is in it with the keyboard stays where they are.
export function showMenu() {
  const focused = document.activeElement && document.activeElement.closest("#items li");
  const lines = isLms() ? now.edition.tree.map(node) : now.edition.root.children.map(entry).filter(Boolean);
  find("items").replaceChildren(...lines);
  if (focused) {
    const same = Array.from(find("items").querySelectorAll("li")).find((one) => one.dataset.item === focused.dataset.item);
    if (same && same.querySelector("button")) same.querySelector("button").focus();
  }
  showProgress();
  if (isLms()) return;
  find("exit").disabled = !now.running;
  find("previous").disabled = !neighbour(-1).item;
  find("next").disabled = !neighbour(1).item;
  if (now.running && now.running.tracked) tell(now.running, "answers", { answers: answers() });
}

const leaves = (nodes) => nodes.flatMap((one) => (one.inner.length ? leaves(one.inner) : [one]));

function showProgress() {
  const tracked = isLms() ? leaves(now.edition.tree).filter((one) => one.is_tracked) : [];
  const [done, count] = isLms() ? [tracked.filter((one) => one.is_done).length, tracked.length] : progress();
  find("progress").hidden = !count;
  find("progress-bar").max = count || 1;
  find("progress-bar").value = done;
  find("progress-bar").setAttribute("aria-label", t("home_progress", { done, count }));
  find("progress-words").textContent = t("home_progress", { done, count });
  find("home").toggleAttribute("aria-current", !now.running && (!isLms() || here() < 0));
}
