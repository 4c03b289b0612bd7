/* The page of what waits on this device: what it is, why it was refused, send again, change the day, copy out, remove. */
(function () {
  "use strict";
  var app = window.liftbackOffline;
  var store = window.liftbackStore;
  var page = document.getElementById("queue");
  if (!app || !page) return;
  var words = JSON.parse(document.getElementById("queue-said-words").textContent);
  var el = app.el;
  var drawn = 0;

  function kindWords(entry) { return entry.name || words[entry.kind] || entry.kind; }

  function details(entry) {
    var list = el("dl");
    (entry.words || []).forEach(function (pair) { list.append(el("dt", {}, pair[0]), el("dd", {}, pair[1])); });
    return list.childElementCount ? list : el("p", { "class": "muted" }, words.none);
  }

  function button(kind, text, act) {
    var made = el("button", { type: "button", "class": "btn btn-" + kind }, text);
    made.addEventListener("click", function () { act(made); });
    return made;
  }

  function say(text) {
    var line = document.getElementById("queue-said");
    line.hidden = !text;
    line.textContent = text;
  }

  async function sendAgain(entry) {
    if (entry) await store.mark(entry, { state: "waiting", why: "" });
    say(words.sending);
    var sum = await app.send();
    var left = (await app.mine()).filter(function (one) { return one.state === "waiting"; }).length;
    say(left ? (sum === null || sum.person === undefined ? words.no_network : words.later) : sum && sum.refused ? "" : words.all_sent);
    await draw();
  }

  function redating(entry) {
    var id = "day-" + entry.client_id;
    var field = el("input", { type: "date", id: id, value: app.today, max: app.today });
    var change = button("quiet", words.redate, async function () {
      if (!field.value) return field.focus();
      var form = entry.form && entry.form.map(function (pair) { return pair[0] === "day" ? ["day", field.value] : pair; });
      await store.mark(entry, { day: field.value, form: form, state: "waiting", why: "" });
      await sendAgain();
    });
    return [el("div", { "class": "field" }, [el("label", { "for": id }, words.day), field]), change];
  }

  /* What was never sent is removed only on a second press. */
  function removing(entry) {
    return button("plain", words.remove, async function (pressed) {
      if (!pressed.dataset.sure) {
        pressed.dataset.sure = "yes";
        pressed.textContent = words.remove_sure;
        pressed.className = "btn btn-danger";
        return;
      }
      await store.remove(entry.client_id);
      say(words.removed);
      await app.refresh();
      await draw();
    });
  }

  function shown(entry) {
    var parts = [
      el("h3", {}, kindWords(entry)),
      el("p", { "class": "small muted" }, app.filled(words.for_day, { day: app.dayWords(entry.day) }) + " · " +
        app.filled(words.told_at, { time: app.when(new Date(entry.client_time)) })),
    ];
    if (entry.state === "refused") parts.push(el("p", { "class": "why-not" }, entry.why));
    parts.push(details(entry));
    if (entry.state === "waiting" && entry.tries) parts.push(el("p", { "class": "small muted" }, app.filled(words.tries, { count: entry.tries })));
    if (entry.state === "sent") parts.push(el("p", { "class": "small muted" }, app.filled(words.sent_at, { time: app.when(new Date(entry.sent_at)) })));
    if (entry.state === "refused") {
      var again = button("quiet", words.retry, function () { return sendAgain(entry); });
      parts.push(el("div", { "class": "row" }, [again].concat(redating(entry), [removing(entry)])));
    }
    return el("li", { "class": "queue-entry", "data-state": entry.state, "data-id": entry.client_id }, parts);
  }

  function put(id, entries) {
    var part = document.getElementById(id);
    part.querySelector("ul").replaceChildren.apply(part.querySelector("ul"), entries.map(shown));
    return part;
  }

  async function draw() {
    var turn = (drawn += 1);
    var everything = await store.all();
    if (turn !== drawn) return;
    var own = everything.filter(function (one) { return one.person === app.config.person; });
    function having(state) { return own.filter(function (one) { return one.state === state; }); }
    var waiting = having("waiting"), refused = having("refused"), sent = having("sent").reverse();
    put("queue-waiting", waiting);
    put("queue-refused", refused).hidden = !refused.length;
    put("queue-sent", sent).hidden = !sent.length;
    var none = document.getElementById("queue-none");
    none.hidden = waiting.length > 0;
    none.textContent = refused.length ? "" : words.nothing_waits;
    var others = everything.filter(function (one) { return one.person !== app.config.person && one.state !== "sent"; }).length;
    var line = document.getElementById("queue-others");
    line.hidden = !others;
    line.textContent = app.filled(words.others, { count: others });
    document.getElementById("queue-send").hidden = !waiting.length;
    document.getElementById("queue-copy").hidden = !own.length;
    page.hidden = false;
  }

  function asText(entry) {
    var lines = (entry.words || []).map(function (pair) { return "  " + pair[0] + ": " + pair[1]; });
    return [kindWords(entry) + ", " + entry.day + " (" + entry.client_time + ")"].concat(entry.why ? ["  " + entry.why] : [], lines).join("\n");
  }

  async function copyOut() {
    var text = (await app.mine()).map(asText).join("\n\n");
    var field = document.getElementById("queue-words");
    field.value = text;
    document.getElementById("queue-text").hidden = false;
    try {
      await navigator.clipboard.writeText(text);
      say(words.copied);
    } catch (error) { /* the field is there to copy from by hand */
      say(words.copy_by_hand);
      field.select();
    }
  }

  document.getElementById("queue-send").addEventListener("click", function () { sendAgain(); });
  document.getElementById("queue-copy").addEventListener("click", copyOut);
  document.addEventListener("liftback:changed", draw);
  document.addEventListener("liftback:sent", draw);
  draw();
})();
