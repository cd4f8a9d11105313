/*
 * Two panes of one comparison: what one opens, the other opens too, if it has it.
 */
import { isLms, now } from "./now.js";
import { flat, goToEntry } from "./lms.js";
import { gate } from "./locks.js";
import { launch } from "./units.js";

const pane = new URLSearchParams(window.location.search).get("pane");
const channel = pane && new BroadcastChannel("coursewright-preview");
let following = ""; // the unit that was opened because the other pane did

export const isPane = Boolean(pane);

const inside = (one, number) => one.number === number || one.inner.some((child) => inside(child, number));

// The unit that an item or an entry is in: the outermost one.
function unitOfEntry(one) {
  if (!isLms()) return one;
  return now.edition.tree.find((node) => inside(node, one.number)) || one;
}

export function spread(one) {
  if (!channel) return;
  const { identifier, title } = unitOfEntry(one);
  if (following !== identifier) channel.postMessage({ pane, identifier, title });
  following = "";
}

const alike = (one, other) => one === other || one.endsWith(` ${other}`) || other.endsWith(` ${one}`);

function follow({ data }) {
  if (!data || data.pane === pane || !now.edition) return;
  const list = isLms() ? now.edition.tree : now.items.filter((item) => item.href);
  const found = list.find((one) => one.identifier === data.identifier) || list.find((one) => alike(one.title, String(data.title)));
  if (!found) return;
  if (!isLms()) {
    if (!gate(found).open || (now.running && now.running.item === found)) return;
    following = found.identifier;
    launch(found);
    return;
  }
  const first = flat([found]).find((one) => one.href);
  if (!first) return;
  following = found.identifier;
  goToEntry(first);
}

if (channel) channel.addEventListener("message", follow);
