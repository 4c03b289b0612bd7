/* Sends what waits on this device, once each. Used by pages and by the worker; one of them sends at a time.
   An entry that the server knows already counts as sent. What it refuses stays, with the reason. What belongs to another
   account is never sent. */
(function (root) {
  "use strict";
  var ADDRESS = "/sync/";
  var MOST = 100;
  var LARGEST = 400000; /* letters of one call */
  var PATIENCE = 20000;
  var CLOCK_OFF = 5 * 60 * 1000;
  var store = root.liftbackStore;

  async function ask(options) {
    var control = new root.AbortController();
    var timer = root.setTimeout(function () { control.abort(); }, PATIENCE);
    try {
      return await root.fetch(ADDRESS, Object.assign({ credentials: "same-origin", cache: "no-store", signal: control.signal }, options));
    } finally {
      root.clearTimeout(timer);
    }
  }

  /* Who is signed in there, and what time it is there; null without a network. */
  async function greet() {
    try {
      var before = Date.now();
      var response = await ask({ method: "GET" });
      if (!response.ok) return null;
      var told = await response.json();
      var middle = (before + Date.now()) / 2;
      var off = middle - Date.parse(told.now);
      await store.setting("clock", Math.abs(off) > CLOCK_OFF ? { device: middle, server: Date.parse(told.now) } : null);
      return told;
    } catch (error) {
      return null;
    }
  }

  function parcel(entry) {
    var sent = {};
    ["client_id", "person", "device", "kind", "day", "client_time", "form", "answers"].forEach(function (name) {
      if (entry[name] !== undefined) sent[name] = entry[name];
    });
    return sent;
  }

  /* Parts that are neither too many nor too large for one call. */
  function parts(entries) {
    var found = [], size = 0;
    entries.forEach(function (entry) {
      var more = JSON.stringify(parcel(entry)).length;
      var last = found[found.length - 1];
      if (!last || last.length >= MOST || size + more > LARGEST) { found.push([entry]); size = more; }
      else { last.push(entry); size += more; }
    });
    return found;
  }

  async function post(entries, csrf) {
    var response = await ask({
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify({ entries: entries.map(parcel) }),
    });
    if (response.ok) return (await response.json()).outcomes;
    return response.status;
  }

  /* One call; where the server stumbles over it, one entry at a time, so that one does not hold up the others. */
  async function deliver(entries, csrf, sum) {
    var found = await post(entries, csrf);
    if (Array.isArray(found)) {
      for (var place = 0; place < entries.length; place += 1) await settle(entries[place], found[place], sum);
    } else if (entries.length > 1 && found !== 401 && found !== 403 && found !== 429) {
      for (var one of entries) await deliver([one], csrf, sum);
    } else {
      for (var left of entries) await store.mark(left, { tries: left.tries + 1 });
      sum.later += entries.length;
    }
  }

  async function settle(entry, outcome, sum) {
    var state = outcome && outcome.client_id === entry.client_id ? outcome.state : "later";
    if (state === "kept" || state === "known") {
      await store.mark(entry, { state: "sent", why: "", sent_at: Date.now() });
      if (entry.offline) sum.sent += 1;
      if (outcome.go) sum.go = outcome.go;
    } else if (state === "refused") {
      await store.mark(entry, { state: "refused", why: outcome.why, tries: entry.tries + 1 });
      sum.refused += 1;
    } else {
      await store.mark(entry, { tries: entry.tries + 1 });
      sum.later += 1;
    }
  }

  async function sendNow() {
    var sum = { sent: 0, refused: 0, later: 0, go: "", person: undefined };
    var waiting = (await store.all()).filter(function (one) { return one.state === "waiting"; });
    if (!waiting.length) return sum;
    var there = await greet();
    if (there === null) return sum;
    sum.person = there.person;
    var mine = waiting.filter(function (one) { return one.person === there.person; });
    try {
      for (var part of parts(mine)) await deliver(part, there.csrf, sum);
    } catch (error) {
      sum.later += 1; /* the network went away; what was sent meanwhile is known there, and counts once */
    }
    store.tell({ type: "sent", sum: sum });
    return sum;
  }

  async function send() {
    if (!root.navigator.locks) return sendNow();
    return root.navigator.locks.request("liftback-send", { ifAvailable: true }, function (lock) {
      return lock === null ? null : sendNow();
    });
  }

  root.liftbackSending = { greet: greet, send: send };
})(self);
