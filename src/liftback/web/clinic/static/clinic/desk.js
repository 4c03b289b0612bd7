/* The worklist with the keyboard: arrow keys go from row to row while a row has the focus. Everything works without. */
(function () {
  "use strict";

  document.addEventListener("keydown", function (event) {
    var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    var row = document.activeElement && document.activeElement.closest("[data-worklist] tbody tr");
    if (!step || !row || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    var other = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    if (!other) return;
    event.preventDefault();
    other.querySelector("a").focus();
  });

  /* While a button of a row is pressed, the list waits with bringing itself up to date: nothing moves under a hand. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    var held = event.detail.elt.id === "list" && event.detail.elt.querySelector("form:active");
    if (held) event.preventDefault();
  });
})();
