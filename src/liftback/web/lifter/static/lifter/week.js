/* Today's page, opened without a network on a later day: that day's part of the week that the page holds, with a line that
   says from when it is. The list of the earlier day stays below. */
(function () {
  "use strict";
  var app = window.liftbackOffline;
  var source = document.getElementById("plan-week");
  if (!app || !source || !app.keptAt || app.config.today === app.today) return;
  var week = JSON.parse(source.textContent);
  var el = app.el;
  var day = week.find(function (one) { return one.day === app.today; });

  function task(one) {
    var lift = one.log && one.log.lift;
    var parts = [el("h3", {}, one.name), el("p", { "class": "big" }, one.dose || "")];
    if (one.log && one.log.made_of) parts.push(el("p", { "class": "muted" }, one.log.made_of));
    if (lift) {
      var href = app.config.done + "?lift=" + encodeURIComponent(lift);
      parts.push(el("p", {}, el("a", { "class": "btn btn-quiet", href: href }, app.words.log_it)));
    }
    return el("li", { "class": "plan-item" }, parts);
  }

  function list() {
    if (!day) return [el("p", {}, app.words.not_in_week)];
    if (!day.tasks.length) return [el("p", {}, app.words.rest_day)];
    return [el("ul", { "class": "plan-items" }, day.tasks.map(task))];
  }

  var text = app.filled(app.words.other_day, { day: app.dayWords(app.today), time: app.when(app.keptAt) });
  var section = el("section", { id: "later-day", "class": "stack" },
    [el("h2", {}, app.dayWords(app.today)), el("p", {}, text)].concat(list(), [el("p", { "class": "muted" }, app.words.more_below)]));
  document.querySelector("main .page-header").after(section);
})();
