/*
 * Opens the search, by its button or by the key /. What finds (search-box.js), what is found (search-index.js) and how that looks
 * (search.css) is loaded when it opens for the first time. The markup is described at the top of search.html.j2.
 */
(function () {
  "use strict";

  const box = document.querySelector("[data-search]");
  const dialog = box && box.querySelector("dialog");
  if (!dialog || !dialog.showModal) return;

  const key = dialog.querySelector("[type=checkbox]");
  let loaded = false;

  function load(name) {
    const script = document.createElement("script");
    script.src = `${box.dataset.search}/${name}`;
    script.async = false; // in their order
    document.head.append(script);
  }

  // One can type at once, but sees the box when it has its looks.
  function dress() {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `${box.dataset.search}/search.css`;
    dialog.style.opacity = "0";
    link.onload = link.onerror = () => (dialog.style.opacity = "");
    document.head.append(link);
  }

  function open() {
    if (dialog.open) return;
    if (!loaded) {
      dress();
      ["search-index.js", "search-box.js"].forEach(load);
    }
    loaded = true;
    dialog.showModal();
    dialog.querySelector("[type=search]").select();
  }

  // Whether the key / opens it: a learner who speaks to the computer, or slips, may have said no.
  function wanted() {
    try {
      return window.localStorage.getItem("coursewright:search-key") !== "1";
    } catch (error) {
      return true;
    }
  }

  function onKey(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || dialog.open) return;
    if (!key.checked || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    open();
  }

  key.checked = wanted();
  box.querySelector("[data-search-do=open]").addEventListener("click", open);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-search-do=close]")) dialog.close();
  });
  // Some browsers would only empty the field.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    dialog.close();
  });
  document.addEventListener("keydown", onKey);
  box.hidden = false;
})();
