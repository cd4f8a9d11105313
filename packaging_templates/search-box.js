/*
 * The box of the search, which search.js opens, and loads with the index for the first time. What the pages of the course say
 * stands in that: {units: [{name, title, needs: [units], pages: [[key, title, [[anchor, heading, text], ...]], ...]}, ...],
 * terms: [[name, meaning, unit, anchor], ...]}. The markup is described at the top of search.html.j2.
 *
 * Letters are compared without accents and capitals. Every word that is typed has to be found, as a part of words too; what
 * is written without blanks between words is found by pairs of its signs, where it does not stand there as a whole.
 */
(function () {
  "use strict";

  const box = document.querySelector("[data-search]");
  const dialog = box.querySelector("dialog");

  const MOST = 40; // places that are shown
  const AROUND = 70; // signs before and after what is found
  const NO_KEY = "coursewright:search-key"; // in the localStorage, where the key / opens nothing
  const MARKS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g;
  const SAME = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ", ى: "ي", ة: "ه", "’": "'" };
  const ALIKE = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");
  const UNSPACED = /^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{3,}$/;
  const LETTER = /[\p{L}\p{N}]/u;

  const field = dialog.querySelector("[type=search]");
  const state = dialog.querySelector(".search-state");
  const list = dialog.querySelector(".search-found");
  const key = dialog.querySelector("[type=checkbox]");
  const { search: shared, unit: here = "" } = box.dataset;
  const root = shared.slice(0, -"shared".length);
  let places = null; // to be found, once the index is there

  // --- Words ---

  const plain = (text) => text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(ALIKE, (sign) => SAME[sign]);

  // A text as it is compared, with the place that each of its signs has in the text as it is written.
  function traced(text) {
    let folded = "";
    const at = [];
    let place = 0;
    for (const sign of text) {
      const same = plain(sign);
      for (let index = 0; index < same.length; index += 1) at.push(place);
      folded += same;
      place += sign.length;
    }
    at.push(text.length);
    return { folded, at };
  }

  function wordsOf(typed) {
    return Array.from(new Set(plain(typed).split(/\s+/).filter(Boolean))).slice(0, 12);
  }

  // A word, as what is to be found of it: itself, or its pairs of signs.
  function pieces(word, text) {
    if (text.includes(word)) return [word];
    if (!UNSPACED.test(word)) return null;
    const pairs = Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
    return pairs.every((pair) => text.includes(pair)) ? pairs : null;
  }

  // --- Places ---

  function* placesIn({ units, terms }) {
    const open = openOnes(units);
    for (const [name, meaning, at, anchor] of terms) {
      const unit = units[at];
      const place = { unit, open: open(at), anchor, heading: word("term").replace("{term}", name), where: unit.title, text: meaning };
      yield Object.assign(place, { name: plain(name), near: "", all: `${plain(name)} ${plain(meaning)}`, term: true });
    }
    for (const [at, unit] of units.entries()) {
      for (const [page, title, passages] of unit.pages) {
        const where = title && !unit.title.endsWith(title) ? `${unit.title} › ${title}` : unit.title;
        for (const [anchor, heading, text] of passages) {
          const place = { unit, open: open(at), anchor: anchor || page, heading: heading || title, where, text };
          const near = `${plain(unit.title)} ${plain(title)}`;
          yield Object.assign(place, { name: plain(heading || title), near, all: `${plain(heading)} ${near} ${plain(text)}` });
        }
      }
    }
  }

  // Says of a unit whether a page may lead to it: without an LMS to any, with one to itself, and to those that are sure to be
  // open for whoever is here.
  function openOnes(units) {
    const mine = units.findIndex((unit) => unit.name === here);
    if (mine < 0 || alone()) return () => true;
    const begun = new Set();
    const left = Array.from(units[mine].needs);
    while (left.length) {
      const need = left.pop();
      if (!begun.has(need)) left.push(...units[need].needs);
      begun.add(need);
    }
    return (at) => at === mine || units[at].needs.every((need) => begun.has(need));
  }

  const where = () => document.documentElement.dataset.where || (new URLSearchParams(window.location.search).has("reading") ? "reading" : "");
  const alone = () => "open" in box.dataset || where() === "alone" || (!here && where() !== "reading");

  // How well a place fits: nothing where a word is missing. What stands in its heading counts more than what stands below,
  // and the beginning of a word more than its middle.
  function worth(place, words, typed) {
    let sum = place.term ? 4 : 0;
    for (const one of words) {
      const found = pieces(one, place.all);
      if (!found) return 0;
      const begins = (text) => found.some((piece) => beginsIn(text, piece));
      if (place.name.includes(one)) sum += begins(place.name) ? 20 : 8;
      else if (place.near.includes(one)) sum += begins(place.near) ? 6 : 3;
      else sum += begins(place.all) ? 2 : 1;
    }
    if (place.name === typed) sum += 40;
    else if (words.length > 1 && place.all.includes(typed)) sum += 10;
    return sum + (place.unit.name === here ? 1 : 0);
  }

  function beginsIn(text, piece) {
    for (let at = text.indexOf(piece), tries = 0; at >= 0 && tries < 20; at = text.indexOf(piece, at + 1), tries += 1) {
      if (at === 0 || !LETTER.test(text[at - 1])) return true;
    }
    return false;
  }

  function find(typed) {
    const words = wordsOf(typed);
    const whole = words.join(" ");
    if (!words.length || (words.length === 1 && whole.length < 2 && !/[\u3040-\u9fff\uac00-\ud7af]/.test(whole))) return null;
    const found = places.map((place, order) => ({ place, order, worth: worth(place, words, whole) })).filter((one) => one.worth);
    found.sort((one, other) => other.worth - one.worth || one.order - other.order);
    return { words, places: found.map((one) => one.place) };
  }

  // --- What is shown ---

  function word(name) {
    return dialog.querySelector("template").content.querySelector(`[data-word=${name}]`).textContent;
  }

  function say(name, values = {}) {
    const said = dialog.querySelector("template").content.querySelector(`[data-word=${name}]`).cloneNode(true);
    said.textContent = said.textContent.replace(/\{(\w+)\}/g, (all, value) => values[value]);
    state.replaceChildren(said);
  }

  function element(name, className, ...inside) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  }

  // A text with what is found in it marked; of a long one, what stands around the first of it.
  function shown(text, words, most) {
    const { folded, at } = traced(text);
    const found = words.flatMap((one) => pieces(one, folded) || []);
    const spots = [];
    for (const piece of found) {
      for (let from = folded.indexOf(piece); from >= 0; from = folded.indexOf(piece, from + piece.length)) spots.push([from, from + piece.length]);
    }
    spots.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    const first = spots.length ? at[spots[0][0]] : 0;
    const from = most && first > most ? wordAt(text, first - most) : 0;
    const to = most && text.length > first + 2 * most ? wordAt(text, first + 2 * most) : text.length;
    const parts = from ? ["… "] : [];
    let done = from;
    for (const [start, end] of spots) {
      const [begin, stop] = [at[start], endOf(at, end)];
      if (begin < done || stop > to) continue;
      parts.push(text.slice(done, begin), element("mark", "", text.slice(begin, stop)));
      done = stop;
    }
    parts.push(text.slice(done, to));
    if (to < text.length) parts.push(" …");
    return parts;
  }

  // Where a sign ends that became several when it was folded: ß for ss.
  function endOf(at, end) {
    let stop = end;
    while (stop < at.length - 1 && at[stop] === at[end - 1]) stop += 1;
    return at[stop];
  }

  // The beginning of a word, near a place.
  function wordAt(text, place) {
    const blank = text.indexOf(" ", place);
    return blank >= 0 && blank - place < 20 ? blank + 1 : place;
  }

  function entry(place, words) {
    const inside = [element("strong", "", ...shown(place.heading, words)), element("span", "search-where", ...shown(place.where, words))];
    if (place.text) inside.push(element("span", "search-text", ...shown(place.text, words, AROUND)));
    for (const part of inside) part.dir = "auto";
    if (place.open) return element("li", "", lead(element("a", "", ...inside), place));
    const locked = dialog.querySelector("template").content.querySelector("[data-word=locked]").cloneNode(true);
    locked.className = "hint";
    return element("li", "locked", element("div", "", ...inside, locked));
  }

  // A link to a place: on this page, on a page of this unit, or in another unit, which an LMS wants in a tab of its own.
  function lead(link, place) {
    if (place.unit.name === here) {
      link.href = `#${place.anchor}`;
      link.addEventListener("click", (event) => goWithin(event, place.anchor));
      return link;
    }
    link.href = `${root}units/${place.unit.name}/index.html${alone() ? "" : "?reading=1"}#${place.anchor}`;
    if (!alone() && where() !== "reading") Object.assign(link, { target: "_blank", rel: "noopener" });
    return link;
  }

  // sco.js follows the address to a page. The focus goes to what was found, so that reading goes on there.
  function goWithin(event, anchor) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.close();
    const same = window.location.hash === `#${anchor}`;
    window.location.replace(`#${anchor}`);
    if (same) window.dispatchEvent(new HashChangeEvent("hashchange"));
    window.setTimeout(() => {
      const place = document.getElementById(anchor);
      if (!place) return;
      const title = place.matches("section") ? place.querySelector("h2, h3, h4") || place : place;
      if (!title.hasAttribute("tabindex")) title.tabIndex = -1;
      title.focus();
    });
  }

  function look() {
    if (!places) return;
    const found = find(field.value);
    list.replaceChildren();
    state.textContent = "";
    if (!found) return;
    const count = found.places.length;
    list.append(...found.places.slice(0, MOST).map((place) => entry(place, found.words)));
    say(count === 0 ? "none" : count === 1 ? "one" : count > MOST ? "many" : "several", { count, most: MOST, words: field.value.trim() });
  }

  // --- The box ---

  // Arrows walk through what is found, Enter in the field takes the first.
  function walk(event) {
    const links = Array.from(list.querySelectorAll("a"));
    const at = links.indexOf(document.activeElement);
    if (event.key === "Enter" && event.target === field && links.length && !event.isComposing) links[0].click();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !links.length || event.target === key) return;
    event.preventDefault();
    const next = at + step;
    if (next < 0) field.focus();
    else links[Math.min(next, links.length - 1)].focus();
  }

  function keep() {
    try {
      window.localStorage.setItem(NO_KEY, key.checked ? "0" : "1");
    } catch (error) {
      key.checked = true;
    }
  }

  key.addEventListener("change", keep);
  field.addEventListener("input", look);
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // arrows turn no page behind the box
    walk(event);
  });
  if (window.coursewrightIndex) places = Array.from(placesIn(window.coursewrightIndex));
  else say("failed");
  look();
})();
