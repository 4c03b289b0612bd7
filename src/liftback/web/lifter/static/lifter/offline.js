/* What a page does for a gym without a network. A form marked `data-entry="check_in"` (or done, after, swap, flare, weekly)
   is kept on this device first, then sent as usual; without a network it waits, and the page says so at once.
   Without this script such a form is sent as any other. */
(function () {
  "use strict";
  var source = document.getElementById("offline-config");
  if (!source || !window.indexedDB || !window.idb) return;
  var config = JSON.parse(source.textContent);
  var words = config.words;
  var store = window.liftbackStore;
  var mark = document.querySelector('meta[name="liftback-kept"]');
  var keptAt = mark ? new Date(mark.content) : null;
  var today = store.dayOf(new Date());
  var FORM_PATIENCE = 10000;
  var EVERY = 60000;

  /* --- saying things ------------------------------------------------------------------------------------------ */

  function el(tag, attributes, children) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    [].concat(children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  function filled(text, values) {
    return text.replace(/%\((\w+)\)s/g, function (all, name) { return name in values ? String(values[name]) : all; });
  }

  function icon(name) {
    var space = "http://www.w3.org/2000/svg";
    var made = document.createElementNS(space, "svg");
    var use = document.createElementNS(space, "use");
    made.setAttribute("class", "icon");
    made.setAttribute("aria-hidden", "true");
    use.setAttribute("href", config.icons + "#" + name);
    made.append(use);
    return made;
  }

  var TONES = { calm: "info", good: "green", careful: "amber", stop: "emergency" };

  /* A notice at the top of the page, or before `where`; one of each `id`. */
  function notice(id, tone, text, links, where) {
    var old = document.getElementById(id);
    var inside = el("div", { "class": "notice-inside" }, [].concat(text).map(function (one) { return el("p", {}, one); }));
    if (links && links.length) {
      inside.append(el("p", { "class": "row" }, links.map(function (link) {
        return el("a", { "class": "btn btn-quiet", href: link.href }, link.text);
      })));
    }
    var made = el("div", { "class": "notice tone-" + tone, id: id, role: tone === "stop" ? "alert" : "status" }, [icon(TONES[tone]), inside]);
    if (old) old.replaceWith(made);
    else if (where) where.before(made);
    else document.getElementById("main").prepend(made);
    return made;
  }

  /* The page's language, in the manner of the device's own country where that speaks it: 26 Nov or Nov 26. */
  var language = document.documentElement.lang;
  var locale = (navigator.languages || []).find(function (one) { return one.split("-")[0] === language; }) || language;

  function when(time) {
    var short = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    return new Intl.DateTimeFormat(locale, short).format(time);
  }

  function dayWords(day) {
    var long = { weekday: "long", day: "numeric", month: "long" };
    return new Intl.DateTimeFormat(locale, long).format(new Date(day + "T12:00:00"));
  }

  /* --- the queue ---------------------------------------------------------------------------------------------- */

  async function mine() {
    return (await store.all()).filter(function (one) { return one.person === config.person; });
  }

  async function refresh() {
    var waiting = (await mine()).filter(function (one) { return one.state !== "sent"; }).length;
    document.dispatchEvent(new CustomEvent("liftback:queue", { detail: { waiting: waiting } }));
    return waiting;
  }

  async function send() {
    if (navigator.onLine === false) return null;
    var sum = await window.liftbackSending.send();
    await refresh();
    await showClock();
    if (sum !== null && !window.BroadcastChannel) await heard(sum);
    return sum;
  }

  /* Something was sent, by this page, another one, or the worker. */
  async function heard(sum) {
    await refresh();
    await clearKept();
    if (sum.sent) {
      var again = keptAt ? [{ href: location.href, text: words.reload }] : [];
      notice("offline-sent", "good", filled(words.sent, { count: sum.sent }), again);
      fill(0);
    }
    if (sum.refused) notice("offline-refused", "careful", words.refused, [{ href: config.queue, text: words.see_queue }]);
    if (sum.person === config.nobody && (await store.all()).some(function (one) { return one.state === "waiting"; })) {
      notice("offline-sign-in", "careful", words.sign_in, [{ href: config.sign_in, text: words.sign_in_link }]);
    }
    var here = document.visibilityState === "visible" && location.pathname !== config.emergency;
    if (sum.go === config.emergency && here) location.assign(sum.go);
    else if (sum.go) notice("offline-go", "stop", words.look_now, [{ href: sum.go, text: words.signs_link }]);
    document.dispatchEvent(new CustomEvent("liftback:sent", { detail: sum }));
  }

  /* "Kept on this device" is no longer so once it is sent. */
  async function clearKept() {
    for (var one of document.querySelectorAll('.notice[id^="kept-"]')) {
      var entry = await store.get(one.id.slice("kept-".length));
      if (!entry || entry.state === "sent") one.remove();
    }
  }

  async function showClock() {
    var clock = await store.setting("clock");
    if (!clock || !(document.querySelector("form[data-entry]") || document.getElementById("queue"))) return;
    notice("offline-clock", "careful", filled(words.clock, { device: when(clock.device), server: when(clock.server) }));
  }

  /* --- a form ------------------------------------------------------------------------------------------------- */

  var TECHNICAL = ["csrfmiddlewaretoken", "client_id", "device", "client_time", "whose"];

  function fieldsOf(form, submitter) {
    var data = submitter && submitter.name ? new FormData(form, submitter) : new FormData(form);
    return Array.from(data.entries()).filter(function (pair) {
      return typeof pair[1] === "string" && TECHNICAL.indexOf(pair[0]) < 0;
    });
  }

  function labelOf(form, name, value) {
    var control = Array.from(form.elements).find(function (one) {
      return one.name === name && (one.type !== "radio" || one.value === value) && (one.type !== "checkbox" || one.checked);
    });
    if (!control || control.type === "hidden") return null;
    var box = control.closest("fieldset");
    var asked = box && box.querySelector("legend");
    var label = control.labels && control.labels[0];
    var said = control.type === "radio" || control.type === "checkbox" ? label && label.textContent : value;
    var question = (control.type === "radio" && asked ? asked : label) || { textContent: name };
    return [clean(question.textContent), clean(said || value)];
  }

  function clean(text) { return text.replace(/\s+/g, " ").trim(); }

  function wordsOf(form, fields) {
    return fields.filter(function (pair) { return pair[1] !== ""; })
      .map(function (pair) { return labelOf(form, pair[0], pair[1]); })
      .filter(Boolean);
  }

  function hidden(form, name, value) {
    var field = form.querySelector('input[name="' + name + '"]') || el("input", { type: "hidden", name: name });
    if (!field.form) form.append(field);
    field.value = value;
  }

  function valueOf(fields, name) {
    var found = fields.find(function (pair) { return pair[0] === name; });
    return found ? found[1] : "";
  }

  async function entryOf(form, submitter, offline) {
    var fields = fieldsOf(form, submitter);
    var given = form.querySelector('input[name="client_id"]');
    var id = given && given.value ? given.value : store.newId();
    var now = new Date();
    hidden(form, "client_id", id);
    hidden(form, "device", await store.device());
    hidden(form, "client_time", store.stamped(now));
    return {
      client_id: id, person: config.person, device: await store.device(), kind: form.dataset.entry,
      day: /^\d{4}-\d\d-\d\d$/.test(valueOf(fields, "day")) ? valueOf(fields, "day") : today,
      client_time: store.stamped(now), zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "",
      form: fields, words: wordsOf(form, fields), name: form.dataset.entryName || "", offline: offline,
    };
  }

  function reachable() { return navigator.onLine !== false && !keptAt; }

  /* First the device, then the network: what is told is safe before anything else can go wrong. */
  async function taken(form, submitter) {
    var offline = !reachable();
    var entry;
    try {
      entry = await store.keep(await entryOf(form, submitter, offline));
    } catch (error) { /* the device has no room: the network alone then, if there is one */
      if (offline) return free(form), notice("offline-full", "stop", words.full, [], form);
      entry = null;
    }
    free(form);
    if (!offline) {
      form.dataset.stored = entry ? entry.client_id : "none";
      return form.requestSubmit(submitter || undefined);
    }
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    await keptHere(form, entry);
    await queueUp();
    if (navigator.onLine !== false) await send();
  }

  function free(form) {
    delete form.dataset.keeping;
  }

  async function keptHere(form, entry) {
    var signs = valueOf(entry.form, "signs");
    var leg = valueOf(entry.form, "told.leg_after");
    if (leg === "further" || leg === "numb_or_weak") { // a lift that moved into a leg stops the plan here as well
      await store.setting("alarm", { client_id: entry.client_id, level: "signs", person: config.person, time: Date.now() });
      signs = "not_sure";
    }
    var text = [words.kept];
    if (valueOf(entry.form, "note")) text.push(words.note_later);
    if (signs === "yes") {
      await store.setting("alarm", { client_id: entry.client_id, level: "emergency", person: config.person, time: Date.now() });
      return location.assign(config.emergency);
    }
    notice("kept-" + entry.client_id, "good", text, [
      { href: config.queue, text: words.see_queue }, { href: config.signs, text: words.signs_link },
    ], form).scrollIntoView({ block: "nearest" });
    if (signs === "not_sure") location.assign(config.signs);
    form.querySelectorAll('button[type="submit"], button:not([type])').forEach(function (button) {
      button.disabled = true;
      form.addEventListener("input", function () { button.disabled = false; }, { once: true });
    });
    await refresh();
  }

  async function queueUp() {
    try {
      var ready = await navigator.serviceWorker.ready;
      if (ready.sync) await ready.sync.register("liftback-send");
    } catch (error) { /* no background: it is sent when a page is open */ }
  }

  window.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.action && config.logout === new URL(form.action, location).pathname) return signOut(event, form);
    if (!form.dataset.entry || config.person === config.nobody) return;
    if (form.dataset.stored) { delete form.dataset.stored; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.keeping) return;
    form.dataset.keeping = "yes";
    taken(form, event.submitter);
  }, true);

  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.elt.closest("form[data-entry]") && event.detail.verb === "post") event.detail.timeout = FORM_PATIENCE;
  });
  ["htmx:sendError", "htmx:timeout"].forEach(function (kind) {
    document.addEventListener(kind, async function (event) {
      var form = event.detail.elt.closest("form[data-entry]");
      var id = form && form.querySelector('input[name="client_id"]');
      var entry = id ? await store.get(id.value) : null;
      if (!entry) return;
      await store.mark(entry, { offline: true });
      await keptHere(form, entry);
      await queueUp();
    });
  });

  /* What waits stays on the device after a sign-out, and is sent when the same person signs in here again. */
  function signOut(event, form) {
    if (form.dataset.warned || config.person === config.nobody) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.dataset.warned = "yes";
    mine().then(async function (entries) {
      if (entries.some(function (one) { return one.state === "waiting"; })) await send();
      var left = await refresh();
      if (!left) return form.requestSubmit();
      notice("offline-sign-out", "careful", filled(words.sign_out, { count: left }), [{ href: config.queue, text: words.see_queue }], form);
    });
  }

  /* --- a page from the store ---------------------------------------------------------------------------------- */

  function freshForm(form) {
    var id = form.querySelector('input[name="client_id"]');
    if (id) id.value = store.newId();
    form.querySelectorAll('input[name="day"]').forEach(function (field) {
      if (field.value === config.today) field.value = today;
    });
  }

  function saidOld() {
    var text = [filled(navigator.onLine === false ? words.from_store : words.slow, { time: when(keptAt) })];
    if (config.today !== today && document.querySelector("form[data-entry]")) {
      text.push(filled(words.counts_today, { day: dayWords(today) }));
    }
    notice("offline-old", "calm", text, navigator.onLine === false ? [] : [{ href: location.href, text: words.reload }]);
  }

  /* A warning sign told without a network is not known to a page that is older. */
  async function showAlarm() {
    var alarm = await store.setting("alarm");
    if (!alarm || alarm.person !== config.person || location.pathname === config.emergency) return;
    var entry = await store.get(alarm.client_id);
    var unsent = Boolean(entry) && entry.state !== "sent";
    if (!unsent && !(keptAt && keptAt.getTime() < alarm.time)) return;
    var href = alarm.level === "emergency" ? config.emergency : config.signs;
    var shown = notice("offline-alarm", "stop", words.alarm, [{ href: href, text: words.alarm_link }]);
    if (config.training.indexOf(location.pathname) < 0) return;
    Array.from(shown.parentElement.children).forEach(function (one) { /* nothing to train by while it stands */
      if (one !== shown && !one.matches(".notice, .page-header")) one.hidden = true;
    });
  }

  function fill(age) {
    var worker = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (!worker || navigator.onLine === false || keptAt) return;
    var links = Array.from(document.querySelectorAll("main a[href], main img[src]"), function (one) { return one.href || one.src; });
    var wanted = links.filter(function (link) {
      var url = new URL(link, location.href);
      return url.origin === location.origin && config.follow.some(function (start) { return url.pathname.startsWith(start); });
    }).map(function (link) { return link.split("#")[0]; });
    worker.postMessage({ type: "fill", language: document.documentElement.lang, urls: config.fill.concat(wanted), age: age });
  }

  async function work() {
    if (!navigator.serviceWorker) return;
    var known = await navigator.serviceWorker.getRegistration("/");
    if (!known && !config.install) return;
    navigator.serviceWorker.addEventListener("controllerchange", function () { fill(); });
    await navigator.serviceWorker.register(config.worker, { scope: "/" });
    await navigator.serviceWorker.ready;
    fill();
  }

  async function start() {
    if (keptAt) {
      document.querySelectorAll("form[data-entry]").forEach(freshForm);
      saidOld();
    }
    await showAlarm();
    await refresh();
    await showClock();
    if (!keptAt) await store.tidy(config.person);
    await send();
  }

  window.liftbackOffline = {
    config: config, dayWords: dayWords, el: el, filled: filled, icon: icon, keptAt: keptAt, mine: mine, notice: notice,
    queueUp: queueUp, refresh: refresh, send: send, today: today, when: when, words: words,
  };
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "visible") send(); });
  window.setInterval(async function () { if (document.visibilityState === "visible" && (await refresh())) send(); }, EVERY);
  if (window.BroadcastChannel) {
    new BroadcastChannel("liftback").addEventListener("message", function (event) {
      if (event.data.type === "sent") heard(event.data.sum);
      else refresh();
      document.dispatchEvent(new CustomEvent("liftback:changed"));
    });
  }
  if (document.readyState === "complete") work();
  else window.addEventListener("load", work);
  start();
})();
