/* The warning signs on the device. `evaluate` comes to the level of the triage itself: three values, a missing answer is
   never a no, and nothing lowers anything (how: `liftback.exchange.offline_rules`). The page asks list by list, shows an
   emergency at once, and keeps the answers to be sent. */
(function (root) {
  "use strict";

  /* --- working it out ------------------------------------------------------------------------------------------- */

  function truth(tree, facts) {
    if ("fact" in tree) return leaf(tree, facts[tree.fact]);
    if ("not" in tree) {
      var inner = truth(tree.not, facts);
      return inner === null ? null : !inner;
    }
    var values = partsOf(tree).map(function (part) { return truth(part, facts); });
    var needed = "all" in tree ? values.length : "any" in tree ? 1 : tree.at_least;
    var yes = values.filter(function (one) { return one === true; }).length;
    var unknown = values.filter(function (one) { return one === null; }).length;
    if (yes >= needed) return true;
    return yes + unknown >= needed ? null : false;
  }

  function partsOf(tree) { return tree.all || tree.any || tree.of; }

  function leaf(tree, value) {
    if (value === undefined || value === null) return null;
    if ("is" in tree) return [].concat(value).some(function (one) { return tree.is.indexOf(one) >= 0; });
    if (typeof value !== "number") return null;
    if (tree.relation === "at_least") return value >= tree.value;
    if (tree.relation === "above") return value > tree.value;
    return tree.relation === "at_most" ? value <= tree.value : value < tree.value;
  }

  /* Whether a leaf about a warning sign speaks for the rule. */
  function speaks(tree, facts, signs, wanted) {
    if ("fact" in tree) return tree.fact in signs && truth(tree, facts) === wanted;
    if ("not" in tree) return speaks(tree.not, facts, signs, !wanted);
    return partsOf(tree).some(function (part) { return speaks(part, facts, signs, wanted); });
  }

  function daysBetween(from, to) { return Math.round((Date.parse(to) - Date.parse(from)) / 86400000); }

  /* `answers` by question ("not_sure" or nothing for an open one), `asked` the questions that were shown, `beside` what is
     known beside the signs. Gives the level, what fired, what is open, and whether only open questions call for it. */
  function evaluate(rules, answers, asked, beside, today) {
    var signs = {}, facts = Object.assign({}, rules.known, beside), open = [], fired = [], highest = 0;
    if (facts.onset) facts.days_since_onset = daysBetween(facts.onset, today);
    rules.questions.forEach(function (question) {
      signs[question.id] = question;
      var choice = question.choices.find(function (one) { return one.id === answers[question.id]; });
      if (!choice || choice.level === null) { open.push(question); facts[question.id] = "no"; return; }
      facts[question.id] = choice.id;
      highest = Math.max(highest, choice.level);
      if (choice.level > 0) fired.push({ level: choice.level, why: choice.why, gate: question.gate, unknown: false });
    });
    rules.rules.forEach(function (rule) {
      var value = truth(rule.when, facts);
      if (value === false || (value === null && !rule.while_unknown && !speaks(rule.when, facts, signs, true))) return;
      highest = Math.max(highest, rule.level);
      fired.push({ level: rule.level, why: rule.why, gate: null, unknown: value === null && rule.while_unknown });
    });
    var last = rules.levels.length - 1;
    var answered = facts[rules.contact.question] === rules.contact.worse ? Math.min(highest + 1, last) : highest;
    var counts = open.filter(function (one) { return one.own || asked.indexOf(one.id) >= 0; });
    var level = counts.reduce(function (most, one) { return Math.max(most, one.unresolved); }, answered);
    level = rules.words.reduce(function (most, one) { return Math.max(most, one.level); }, level);
    var calling = fired.filter(function (one) { return one.level === level; });
    var onlyOpen = level > answered || (calling.length > 0 && calling.every(function (one) { return one.unknown; }));
    return { level: level, answered: answered, fired: fired, open: counts, only_open: onlyOpen };
  }

  root.liftbackGates = { evaluate: evaluate };

  /* --- the page --------------------------------------------------------------------------------------------------- */

  var form = document.getElementById("signs");
  var app = root.liftbackOffline;
  if (!form || !app) return;
  var rules = JSON.parse(document.getElementById("signs-rules").textContent);
  var words = JSON.parse(document.getElementById("signs-words").textContent);
  var store = root.liftbackStore;
  var el = app.el;
  var EMERGENCY = rules.levels.length - 1;
  var SAME_DAY = EMERGENCY - 1;
  var ICONS = { emergency: "emergency", same_day: "same_day", within_days: "within_days", routine: "routine", self_manage: "self_manage" };
  var contact = rules.facts.find(function (one) { return one.id === rules.contact.question; });
  /* What was answered so far; each step is a new one, so that back is the one before. */
  var now = { answers: {}, asked: [], beside: {}, picked: [], screens: 0, contact: false };
  var before = [];
  var entryId = null;

  function listed(screen) {
    return rules.questions.filter(function (one) {
      return one.screen === screen && (!one.asked_if || truth(one.asked_if, Object.assign({}, rules.known, now.answers)) !== false);
    });
  }

  function step() {
    if (now.picked.length) return single(now.picked[0]);
    if (now.screens < rules.screens.length) return list(rules.screens[now.screens]);
    if (contact && !now.contact) return asking(contact, function (choice) { return { contact: true, beside: pair(contact.id, choice) }; });
    return null;
  }

  function pair(name, value) {
    var made = {};
    made[name] = value;
    return made;
  }

  function choice(type, id, label, hint, quiet) {
    var inside = el("span", { "class": "choice-words" }, [el("span", { "class": "choice-label" }, label)].concat(hint ? [el("span", { "class": "hint" }, hint)] : []));
    return el("label", { "class": "choice" + (quiet ? " choice-quiet" : "") }, [el("input", { type: type, name: "answer", value: id }), inside]);
  }

  function legend(text, help) {
    return [el("legend", { "class": "legend-h1" }, el("h1", { tabindex: "-1" }, text))].concat(help ? [el("p", { "class": "hint" }, help)] : []);
  }

  function list(screen) {
    var questions = listed(screen);
    var cards = questions.map(function (one) { return choice("checkbox", one.id, one.short); });
    cards.push(choice("checkbox", "none", words.none, "", true), choice("checkbox", "not_sure", words.not_sure, "", true));
    return {
      content: legend(words.any, words.pick).concat([el("div", { "class": "choices-list" }, cards)]),
      read: function (given) {
        var picked = questions.filter(function (one) { return given.indexOf(one.id) >= 0; });
        if (given.indexOf("none") >= 0 && given.length > 1) return words.pick;
        if (given.indexOf("not_sure") >= 0) picked = questions;
        else if (!picked.length && given.indexOf("none") < 0) return words.pick;
        var calm = {};
        questions.forEach(function (one) { if (picked.indexOf(one) < 0) calm[one.id] = "no"; });
        return { answers: calm, picked: picked, screens: now.screens + 1 };
      },
    };
  }

  function single(question) {
    return asking(question, function (given) {
      return { answers: pair(question.id, given), asked: [question.id], picked: now.picked.slice(1) };
    });
  }

  function asking(question, then) {
    var cards = question.choices.filter(function (one) { return one.id !== "not_sure"; }).map(function (one) { return choice("radio", one.id, one.label); });
    cards.push(choice("radio", "not_sure", words.not_sure, "", true));
    return {
      content: legend(question.text || question.title, question.help).concat([el("div", { "class": "choices-list" }, cards)]),
      read: function (given) { return given.length ? then(given[0]) : words.choose; },
    };
  }

  function taken(change) {
    before.push(now);
    now = {
      answers: Object.assign({}, now.answers, change.answers), asked: now.asked.concat(change.asked || []),
      beside: Object.assign({}, now.beside, change.beside), picked: change.picked || now.picked,
      screens: change.screens === undefined ? now.screens : change.screens, contact: change.contact || now.contact,
    };
  }

  function result() { return evaluate(rules, now.answers, now.asked, now.beside, app.today); }

  function show(focus) {
    var found = result();
    var next = step();
    document.body.classList.toggle("alone", found.level === EMERGENCY);
    if (found.level === EMERGENCY || next === null) { draw(advice(found), null); keep(found, next === null); }
    else draw(next.content, next);
    if (focus) (form.querySelector("h1") || form).focus();
    window.scrollTo(0, 0);
  }

  function draw(content, next) {
    var parts = [];
    if (next) {
      var progress = app.filled(words.step, { now: Math.min(now.screens + 1, rules.screens.length), total: rules.screens.length });
      parts.push(el("div", { "class": "progress" }, el("span", {}, progress)));
      parts.push(el("fieldset", { "class": "choices" }, content), el("p", { id: "signs-error", "class": "error", role: "alert", hidden: "" }));
      parts.push(el("button", { type: "submit", "class": "btn btn-primary btn-big btn-wide" }, words.next));
    } else parts = parts.concat(content);
    if (before.length) parts.push(button(next ? words.back : words.mistake, function () { now = before.pop(); show(true); }));
    form.replaceChildren.apply(form, parts);
    form.hidden = false;
    form.reading = next;
  }

  function button(text, act) {
    var made = el("button", { type: "button", "class": "btn btn-plain" }, text);
    made.addEventListener("click", act);
    return made;
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var given = Array.from(form.querySelectorAll("input:checked"), function (one) { return one.value; });
    var change = form.reading.read(given);
    if (typeof change === "string") {
      var error = document.getElementById("signs-error");
      error.textContent = change;
      error.hidden = false;
      return;
    }
    taken(change);
    show(true);
  });

  /* "None of these" and a line cannot stand together. */
  form.addEventListener("change", function (event) {
    if (event.target.type !== "checkbox" || !event.target.checked) return;
    var none = event.target.value === "none";
    form.querySelectorAll("input[type=checkbox]").forEach(function (one) {
      if (one !== event.target && (none || one.value === "none")) one.checked = false;
    });
  });

  /* --- what follows ------------------------------------------------------------------------------------------------- */

  function lines(title, items, tag) {
    if (!items.length) return [];
    return [el("h2", {}, title), el(tag || "ul", tag === "ol" ? { "class": "do-list" } : {}, items.map(function (one) { return el("li", {}, one); }))];
  }

  function unique(items) { return items.filter(function (one, place) { return one && items.indexOf(one) === place; }); }

  /* The lines of the level, and of the signs that call for it at their full strength. */
  function collected(found, told, name) {
    var gates = rules.gates.filter(function (gate) {
      return found.fired.some(function (one) { return one.gate === gate.id && one.level >= SAME_DAY; });
    });
    var own = gates.reduce(function (all, gate) { return all.concat(gate[name] || []); }, []);
    return unique(name === "say" && own.length ? own : told[name].concat(own)).map(function (line) {
      return line.replace("{onset}", rules.known.onset || "…");
    });
  }

  function calls(number) { return el("a", { "class": "btn btn-emergency btn-big btn-wide", href: "tel:" + number }, [app.icon("phone"), number]); }

  function numbers() {
    var mine = rules.numbers.find(function (one) { return one.country === rules.country; });
    var parts = [el("h2", {}, words.numbers)];
    if (mine) parts.push(el("p", { "class": "muted" }, mine.name), el("div", { "class": "stack stack-s" }, mine.numbers.map(calls)));
    if (mine && mine.note) parts.push(el("p", { "class": "hint" }, mine.note));
    var others = el("ul", { "class": "numbers" }, rules.numbers.filter(function (one) { return one !== mine; }).map(function (one) {
      var links = one.numbers.map(function (number) { return el("a", { "class": "btn btn-quiet", href: "tel:" + number }, number); });
      return el("li", {}, [el("span", { "class": "country" }, one.name)].concat(links, one.note ? [el("span", { "class": "note" }, one.note)] : []));
    }));
    var fold = el("details", { "class": "fold" }, [el("summary", {}, words.other_countries), others]);
    fold.open = !mine;
    return parts.concat([fold]);
  }

  function advice(found) {
    var level = rules.levels[found.level];
    var told = Object.assign({}, level, found.only_open ? level.open : {});
    var least = Math.min(found.level, SAME_DAY);
    var signs = unique(found.fired.filter(function (one) { return one.level >= least && one.level > 0; }).map(function (one) { return one.why; })
      .concat(rules.words.filter(function (one) { return one.level >= least; }).map(function (one) { return "“" + one.quote + "”"; })));
    var band = el("div", { "class": "level-band" }, [app.icon(ICONS[level.id]), el("h1", { tabindex: "-1" }, told.name)]);
    var inside = el("div", { "class": "level-inside" }, [el("p", { "class": "summary" }, told.summary)].concat(lines(words.signs, signs)));
    var parts = [el("section", { "class": "level-banner level-" + level.id }, [band, inside])];
    if (found.level >= SAME_DAY) parts = parts.concat(numbers());
    parts = parts.concat(lines(words.do, collected(found, told, "do"), "ol"));
    parts.push(el("h2", {}, words.say));
    collected(found, told, "say").forEach(function (one) { parts.push(el("blockquote", { "class": "say" }, one)); });
    parts = parts.concat(lines(words.do_not, collected(found, told, "do_not")), lines(words.watch_for, collected(found, told, "watch_for")));
    [["where", told.where], ["when", told.when]].forEach(function (one) {
      parts.push(el("p", {}, [el("strong", {}, words[one[0]] + ": "), one[1]]));
    });
    if (found.level < EMERGENCY && found.open.length) {
      parts = parts.concat(lines(words.open, found.open.map(function (one) { return one.short; })));
    }
    parts.push(el("p", { id: "signs-kept", role: "status", "class": "small muted" }), el("p", { "class": "small muted" }, words.limits));
    return parts;
  }

  /* Kept at once in an emergency, and else when all is answered; the same answers mended take the place of the first. */
  async function keep(found, complete) {
    var line = document.getElementById("signs-kept");
    if (app.config.person === app.config.nobody) { line.textContent = words.kept_none; return; }
    var earlier = entryId ? await store.get(entryId) : null;
    if (!earlier || earlier.state !== "waiting" || earlier.tries) entryId = store.newId();
    var time = new Date();
    var answers = Object.assign({}, now.answers, now.beside);
    var read = rules.questions.concat(contact ? [contact] : []).filter(function (one) { return one.id in answers; }).map(function (one) {
      var chosen = one.choices.find(function (each) { return each.id === answers[one.id]; });
      return [one.short || one.text || one.title, chosen ? chosen.label : words.not_sure];
    });
    await store.keep({
      client_id: entryId, person: app.config.person, device: await store.device(), kind: "gates", day: app.today,
      client_time: store.stamped(time), zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "", answers: answers,
      words: read, name: "", offline: true,
    });
    if (found.level >= SAME_DAY) {
      await store.setting("alarm", { client_id: entryId, level: rules.levels[found.level].id, person: app.config.person, time: time.getTime() });
    } else if (complete) await store.setting("alarm", null);
    line.textContent = words.kept;
    await app.refresh();
    await app.queueUp();
    await app.send();
  }

  show(false);
})(self);
