/*
 * An imitated LMS: its pages are made by the server and stand in the package's own origin, without scripts.
 */
import { find, fold, make, now, originOf, say, t } from "./now.js";
import { showMenu } from "./menu.js";
import { spread } from "./panes.js";

let frame = null;
let at = -1; // the number of the entry that is shown

export const here = () => at;

// Shows a page of the LMS by its path.
export function showLms(path) {
  const address = `${originOf(now.edition)}/shown/${now.edition.stamp}/${path}`;
  at = -1;
  if (frame && frame.isConnected && frame.dataset.stamp === now.edition.stamp) {
    frame.src = address;
    return;
  }
  frame = make("iframe", { title: now.course.title });
  frame.sandbox = "allow-scripts allow-same-origin allow-forms"; // for pages of the package within a page of the LMS
  frame.dataset.stamp = now.edition.stamp;
  frame.src = address;
  find("unit").replaceChildren(frame);
}

export function goToEntry(one) {
  showLms(`entry/${one.number}`);
  fold("menu-toggle", false);
}

// The frame has gone somewhere, as the server tells.
export function arrived({ what, where }) {
  if (!now.edition || now.edition.stamp !== what) return;
  at = Number(where);
  const found = flat(now.edition.tree).find((one) => one.number === at);
  say(found ? found.title : "");
  showMenu();
  if (found) spread(found);
}

export const flat = (nodes) => nodes.flatMap((one) => [one, ...flat(one.inner)]);

// Takes in what the server tells of the same edition, after something was done in it.
export async function refresh({ what }) {
  if (!now.edition || now.edition.stamp !== what) return;
  const answer = await window.fetch("courses.json");
  const site = await answer.json();
  const same = site.courses.flatMap((course) => course.editions).find((one) => one.stamp === what);
  if (!same || !now.edition || now.edition.stamp !== what) return;
  now.edition.tree = same.tree;
  showMenu();
}

export async function resetLms() {
  await window.fetch(`reset/${now.edition.stamp}`, { method: "POST" });
  showLms("");
  say(t("forgotten"));
}
