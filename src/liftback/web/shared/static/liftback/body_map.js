/* The body map on a narrow screen shows one side at a time, with a button to turn it. Where the browser cannot mark what
   is chosen by itself (`:has`), this does. Without it, both sides are shown and the names beside them work alike. */
(function () {
  "use strict";
  function start(map) {
    if (map.dataset.grown) return;
    map.dataset.grown = "yes";
    addTurn(map);
    if (!(window.CSS && CSS.supports && CSS.supports("selector(:has(a))"))) mark(map);
  }

  function addTurn(map) {
    var figures = map.querySelectorAll(".bm-figure");
    var box = map.querySelector(".bm-figures");
    var button = document.createElement("button");
    var shown = onlyFrontChosen(map, figures) ? 1 : 0;
    button.type = "button";
    button.className = "btn btn-quiet bm-turn";
    function show() {
      Array.prototype.forEach.call(figures, function (figure, at) { figure.toggleAttribute("data-away", at !== shown); });
      button.textContent = map.dataset.turn + ": " + figures[1 - shown].querySelector(".bm-name").textContent;
    }
    button.addEventListener("click", function () { shown = 1 - shown; show(); });
    /* Outside what is hidden from screen readers, and reachable by keyboard. */
    box.parentNode.insertBefore(button, box);
    show();
  }

  function onlyFrontChosen(map, figures) {
    var chosen = Array.prototype.map.call(map.querySelectorAll("input:checked"), function (box) { return box.value; });
    return chosen.length > 0 && chosen.every(function (id) { return !figures[0].querySelector('[data-region="' + id + '"]'); });
  }

  function mark(map) {
    function all() {
      Array.prototype.forEach.call(map.querySelectorAll(".bm-chip input"), function (box) {
        Array.prototype.forEach.call(map.querySelectorAll('[data-region="' + box.value + '"]'), function (place) {
          place.classList.toggle("is-chosen", box.checked);
        });
      });
    }
    map.addEventListener("change", all);
    all();
  }

  function find(where) {
    if (where.matches && where.matches("[data-body-map]")) start(where);
    Array.prototype.forEach.call(where.querySelectorAll("[data-body-map]"), start);
  }
  document.addEventListener("htmx:load", function (event) { find(event.detail.elt); });
  find(document);
})();
