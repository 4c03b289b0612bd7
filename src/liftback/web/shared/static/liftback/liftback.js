/* What makes pages handier where JavaScript runs. Every page works without it, and nothing is kept here.
   - `data-stepper`: + and − beside a number field (its step is in `data-step`).
   - `data-drop`: a file may be dropped on the box, and its name is shown.
   - forms are sent once: a second tap does nothing until an answer is there. `data-again` on a form turns that off.
   - `data-send-on-change`: a control that sends its form when it is changed.
   - `data-print`: a button that prints the page.
   - the light of the page changes at once, and the cookie is set by the form behind it.
   - `online` and `offline` show and hide the banner; the event `liftback:queue` sets the badges. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function each(where, what, act) {
    Array.prototype.forEach.call(where.querySelectorAll(what), act);
  }

  /* One step, on the grid of the step, without the dust of floating point; within the field's own bounds. */
  function stepped(field, up) {
    var step = parseFloat(field.dataset.step || "1") || 1;
    var now = parseFloat(field.value);
    var low = field.min === "" ? -Infinity : parseFloat(field.min);
    var high = field.max === "" ? Infinity : parseFloat(field.max);
    var next;
    if (isNaN(now)) next = isFinite(low) ? low : 0;
    else next = up ? (Math.floor(now / step + 1e-9) + 1) * step : (Math.ceil(now / step - 1e-9) - 1) * step;
    next = Math.min(high, Math.max(low, next));
    return String(Math.round(next * 1000) / 1000);
  }

  function stepButton(box, field, up) {
    var button = document.createElement("button");
    var label = field.labels && field.labels[0];
    button.type = "button";
    button.className = "btn btn-quiet";
    button.setAttribute("aria-label", (up ? box.dataset.more : box.dataset.less) + (label ? ": " + label.textContent.trim() : ""));
    button.setAttribute("aria-controls", field.id);
    button.textContent = up ? "+" : "\u2212";
    button.addEventListener("click", function () {
      field.value = stepped(field, up);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    return button;
  }

  function growSteppers(where) {
    each(where, "[data-stepper]:not([data-grown])", function (box) {
      var field = box.querySelector("input");
      box.setAttribute("data-grown", "");
      box.insertBefore(stepButton(box, field, false), field);
      box.appendChild(stepButton(box, field, true));
    });
  }

  function growDrops(where) {
    each(where, "[data-drop]:not([data-grown])", function (box) {
      var field = box.querySelector("input[type=file]");
      var names = document.createElement("span");
      names.className = "drop-names";
      names.setAttribute("role", "status");
      box.setAttribute("data-grown", "");
      box.appendChild(names);
      function show() {
        names.textContent = Array.prototype.map.call(field.files, function (file) { return file.name; }).join(", ");
      }
      field.addEventListener("change", show);
      ["dragenter", "dragover"].forEach(function (kind) {
        box.addEventListener(kind, function (event) { event.preventDefault(); box.classList.add("drop-over"); });
      });
      ["dragleave", "drop"].forEach(function (kind) {
        box.addEventListener(kind, function () { box.classList.remove("drop-over"); });
      });
      box.addEventListener("drop", function (event) {
        event.preventDefault();
        if (!event.dataTransfer.files.length) return;
        field.files = event.dataTransfer.files;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
  }

  /* A form is on its way until the page changes, htmx has its answer, or the page comes back from the browser's memory. */
  function onceOnly(event) {
    var form = event.target;
    if (event.defaultPrevented || form.hasAttribute("data-again") || (form.method || "").toLowerCase() !== "post") return;
    if (form.dataset.sending) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sending = "yes";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    window.setTimeout(function () { free(form); }, 20000);
  }
  function free(form) {
    delete form.dataset.sending;
    each(form, "[aria-busy]", function (button) { button.removeAttribute("aria-busy"); });
  }

  function themeAtOnce(event) {
    var form = event.target;
    if (!form.hasAttribute("data-theme-form") || !event.submitter || !window.fetch) return;
    event.preventDefault();
    var wished = event.submitter.value;
    var body = new URLSearchParams(new FormData(form));
    body.set("theme", wished);
    if (wished === "system") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", wished);
    each(form, "button", function (button) { button.setAttribute("aria-pressed", String(button.value === wished)); });
    window.fetch(form.action, { method: "POST", body: body, redirect: "manual" }).catch(function () {});
  }

  function showNetwork() {
    each(document, "[data-offline]", function (banner) { banner.hidden = navigator.onLine !== false; });
  }
  function showQueue(event) {
    var waiting = (event.detail && event.detail.waiting) || 0;
    each(document, "[data-queue]", function (badge) {
      badge.hidden = waiting === 0;
      each(badge, "[data-queue-count]", function (count) { count.textContent = String(waiting); });
    });
  }

  function grow(where) { growSteppers(where); growDrops(where); }

  document.addEventListener("submit", themeAtOnce);
  window.addEventListener("submit", onceOnly); /* after whoever else listens and may have prevented it */
  document.addEventListener("change", function (event) {
    if (event.target.hasAttribute && event.target.hasAttribute("data-send-on-change")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("liftback:queue", showQueue);
  document.addEventListener("htmx:load", function (event) { grow(event.detail.elt); });
  document.addEventListener("htmx:beforeRequest", function (event) {
    var form = event.detail.elt.closest("form:not([data-again])");
    if (!form || event.detail.requestConfig.verb !== "post") return;
    if (form.dataset.sending) event.preventDefault();
    else form.dataset.sending = "yes";
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.detail.elt.closest("form");
    if (form) free(form);
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) each(document, "form[data-sending]", free); });
  window.addEventListener("online", showNetwork);
  window.addEventListener("offline", showNetwork);
  /* Which day it is depends on where one is: the server reads it from this cookie. */
  function tellZone() {
    var zone = window.Intl && Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || document.cookie.split("; ").indexOf("zone=" + zone) >= 0) return;
    var secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = "zone=" + zone + ";path=/;max-age=31536000;samesite=lax" + secure;
  }

  showNetwork();
  grow(document);
  tellZone();
})();
