/*
 * The comparison: the same course in two formats side by side, each in a player of its own.
 */
const query = new URLSearchParams(window.location.search);
document.documentElement.dataset.theme = (() => {
  try {
    return window.localStorage.getItem("coursewright-preview/theme") || "auto";
  } catch (error) {
    return "auto";
  }
})();

for (const side of ["left", "right"]) {
  const wanted = { course: query.get(`${side}-course`) || query.get("course") || "", version: query.get(side) || "", pane: side };
  document.getElementById(side).src = `./?${new URLSearchParams(wanted)}`;
}
