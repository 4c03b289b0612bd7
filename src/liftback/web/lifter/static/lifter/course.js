/* The course drawn once more so that a day can be pointed at. The picture and the table of the page say the same without it. */
(function () {
  "use strict";

  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  function read(id) {
    var place = document.getElementById(id);
    return place ? JSON.parse(place.textContent) : null;
  }

  function options(box, data, words, times) {
    var ink = colour("--ink"), muted = colour("--muted"), line = colour("--line"), range = colour("--range"), pale = colour("--range-wide");
    var axis = { stroke: muted, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: "14px sans-serif" };
    function dated(time) {
      return new Date(time * 1000).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short", timeZone: "UTC" });
    }
    function shown(digits) {
      return function (u, value, series, place) {
        if (place === null || place === undefined) return "\u2013";
        return value === null || value === undefined ? words.none : value.toFixed(digits);
      };
    }
    function marks(u, place) {
      var found = [];
      if (place !== null && place !== undefined && data.flare[place]) found.push(words.flare);
      if (place !== null && place !== undefined && data.event[place]) found.push(words.event);
      return found.join(", ") || "\u2013";
    }
    function crosses(u) {
      var draw = u.ctx, top = u.bbox.top, foot = u.bbox.top + u.bbox.height;
      draw.save();
      draw.strokeStyle = ink;
      draw.lineWidth = 2;
      data.event.forEach(function (there, place) {
        if (!there) return;
        var x = u.valToPos(times[place], "x", true);
        draw.beginPath();
        draw.moveTo(x, top);
        draw.lineTo(x, foot);
        draw.setLineDash([4, 4]);
        draw.stroke();
      });
      draw.setLineDash([]);
      data.flare.forEach(function (there, place) {
        if (!there || data.pain[place] === null) return;
        draw.beginPath();
        var x = u.valToPos(times[place], "x", true), y = u.valToPos(data.pain[place], "y", true), size = 7 * devicePixelRatio;
        draw.moveTo(x, y - size);
        draw.lineTo(x + size, y + size);
        draw.lineTo(x - size, y + size);
        draw.closePath();
        draw.stroke();
      });
      draw.restore();
    }
    return {
      width: box.clientWidth || 320,
      height: 320,
      scales: { y: { range: [0, 10] }, dose: { range: function (u, low, high) { return [0, Math.max(high || 0, 1.5) * 4]; } } },
      axes: [Object.assign({}, axis, { values: function (u, times) { return times.map(dated); } }), Object.assign({}, axis, { size: 36 })],
      cursor: { drag: { x: false, y: false } },
      bands: [{ series: [2, 3], fill: pale + "59" }],
      series: [
        { label: words.day, value: function (u, value) { return value === null || value === undefined ? "\u2013" : dated(value); } },
        { label: words.pain, stroke: ink, width: 0, paths: function () { return null; }, points: { show: true, size: 6, fill: ink, stroke: ink }, value: shown(0) },
        { label: words.most + " \u2191", stroke: pale, width: 1, points: { show: false }, value: shown(1) },
        { label: words.most + " \u2193", stroke: pale, width: 1, points: { show: false }, value: shown(1) },
        { label: words.felt, stroke: range, width: 2, points: { show: false }, value: shown(1) },
        { label: words.dose, scale: "dose", stroke: range, fill: range, width: 0, paths: uPlot.paths.bars({ size: [0.7, 10] }), points: { show: false }, value: shown(1) },
        { label: words.flare + ", " + words.event, stroke: ink, width: 0, points: { show: false }, value: function (u, value, series, place) { return marks(u, place); } },
      ],
      hooks: { draw: [crosses] },
    };
  }

  function draw(box) {
    var data = read(box.dataset.courseChart), words = read(box.dataset.courseWords);
    if (!data || !words || typeof uPlot === "undefined" || box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    var times = data.day.map(function (day) { return Date.parse(day + "T00:00:00Z") / 1000; });
    var nothing = data.day.map(function () { return null; });
    var columns = [times, data.pain, data.high, data.low, data.felt, data.dose, nothing];
    var fold = document.createElement("details");
    var plot = null;
    fold.className = "fold";
    fold.innerHTML = "<summary></summary>";
    fold.firstChild.textContent = words.label;
    box.parentNode.insertBefore(fold, box);
    fold.appendChild(box);
    box.hidden = false;
    box.setAttribute("aria-hidden", "true");
    fold.addEventListener("toggle", function () {
      if (!fold.open) return;
      if (plot) plot.destroy();
      plot = new uPlot(options(box, data, words, times), columns, box);
    });
    window.addEventListener("resize", function () {
      if (plot && fold.open) plot.setSize({ width: box.clientWidth, height: 320 });
    });
  }

  function all() { Array.prototype.forEach.call(document.querySelectorAll("[data-course-chart]"), draw); }
  all();
  document.addEventListener("htmx:afterSettle", all);
})();
