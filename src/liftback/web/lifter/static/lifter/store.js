/* What is kept on this device until it is sent, in the browser's own database. Used by pages and by the worker.
   An entry: client_id, person (whose, as a key), device, kind, day, client_time (with the zone's offset), zone, form (names
   and values) or answers (warning signs), words (what a person reads), state (waiting, sent, refused), why, offline.
   Nothing that waits or was refused is ever removed but by the person. */
(function (root) {
  "use strict";
  var NAME = "liftback";
  var VERSION = 1;
  var KEEP_SENT = 7 * 24 * 60 * 60 * 1000;
  var opened = null;

  function database() {
    if (!opened) {
      opened = root.idb.openDB(NAME, VERSION, {
        /* A later version adds its own step below; what is there is never thrown away. */
        upgrade: function (db, from) {
          if (from < 1) {
            db.createObjectStore("entries", { keyPath: "client_id" });
            db.createObjectStore("settings");
          }
        },
        blocking: function (now, next, event) { event.target.close(); opened = null; },
        terminated: function () { opened = null; },
      });
      opened.catch(function () { opened = null; });
    }
    return opened;
  }

  /* Strict: the promise keeps only when it is on the disk, so that a dead battery takes nothing. */
  async function change(stores, act) {
    var db = await database();
    var transaction = db.transaction(stores, "readwrite", { durability: "strict" });
    var found = await act(transaction);
    await transaction.done;
    return found;
  }

  async function setting(name, value) {
    if (value === undefined) return (await database()).get("settings", name);
    return change("settings", function (transaction) { return transaction.store.put(value, name); });
  }

  async function device() {
    var known = await setting("device");
    if (known) return known;
    known = newId();
    await setting("device", known);
    return known;
  }

  /* An id that nobody else makes. */
  function newId() {
    if (root.crypto.randomUUID) return root.crypto.randomUUID();
    var bytes = root.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.from(bytes, function (one) { return (one + 256).toString(16).slice(1); }).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function dayOf(time) { return time.getFullYear() + "-" + two(time.getMonth() + 1) + "-" + two(time.getDate()); }

  /* A time as this device's clock and zone have it: 2026-11-25T18:03:00+01:00. */
  function stamped(time) {
    var minutes = -time.getTimezoneOffset();
    var far = Math.abs(minutes);
    var clock = two(time.getHours()) + ":" + two(time.getMinutes()) + ":" + two(time.getSeconds());
    return dayOf(time) + "T" + clock + (minutes < 0 ? "-" : "+") + two(Math.floor(far / 60)) + ":" + two(far % 60);
  }

  /* Keep an entry. The same form again, changed, takes the place of what it told while that waits. */
  async function keep(entry) {
    var kept = Object.assign({ state: "waiting", why: "", tries: 0, stored_at: Date.now() + Math.random() }, entry);
    await change("entries", function (transaction) { return transaction.store.put(kept); });
    tell({ type: "changed" });
    return kept;
  }

  async function get(id) { return (await database()).get("entries", id); }

  /* In the order in which they were told. */
  async function all() {
    var found = await (await database()).getAll("entries");
    return found.sort(function (one, other) { return one.stored_at - other.stored_at; });
  }

  /* Change an entry, unless it was told anew since `seen` was read: then the newer one goes on waiting. */
  async function mark(seen, changes) {
    return change("entries", async function (transaction) {
      var now = await transaction.store.get(seen.client_id);
      if (!now || now.stored_at !== seen.stored_at) return null;
      var next = Object.assign({}, now, changes);
      await transaction.store.put(next);
      return next;
    });
  }

  async function remove(id) {
    return change("entries", function (transaction) { return transaction.store.delete(id); });
  }

  /* Forget what was sent: after a week, and of others at once when somebody else is here. */
  async function tidy(person) {
    return change("entries", async function (transaction) {
      var now = Date.now();
      for (var one of await transaction.store.getAll()) {
        var old = now - (one.sent_at || now) > KEEP_SENT;
        if (one.state === "sent" && (old || one.person !== person)) await transaction.store.delete(one.client_id);
      }
    });
  }

  /* To every page and to the worker. */
  function tell(message) {
    if (!root.BroadcastChannel) return;
    var channel = new root.BroadcastChannel("liftback");
    channel.postMessage(message);
    channel.close();
  }

  root.liftbackStore = {
    all: all, dayOf: dayOf, device: device, get: get, keep: keep, mark: mark, newId: newId, remove: remove,
    setting: setting, stamped: stamped, tell: tell, tidy: tidy,
  };
})(self);
