/* The service worker: pages without a network, and sending in the background. `SHELL` stands in front of this file, made by
   the server: version, files, pages, keep (beginnings of addresses that may be kept), plain, forms, logout, forgets.
   Pages are kept for one person at a time: the server says with each page whose it is, and when that changes, what was
   kept for the other is deleted before anything is shown. */
"use strict";
importScripts(...SHELL.scripts);

const FILES = "liftback-files-";
const PAGES = "liftback-pages-";
const WHOSE = "Liftback-Person";
const KEPT = "Liftback-Kept";
const PATIENCE = 4000;
const FORM_PATIENCE = 10000;
const MOST_PAGES = 120;
const FRESH = 6 * 60 * 60 * 1000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("sync", (event) => {
  if (event.tag === "liftback-send") event.waitUntil(self.liftbackSending.send());
});
self.addEventListener("message", (event) => {
  const told = event.data || {};
  if (told.type === "fill") event.waitUntil(fill(told));
  if (told.type === "forget") event.waitUntil(forget());
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  if (event.request.method !== "GET") return posted(event, url);
  if (SHELL.files.includes(url.pathname) || url.pathname.startsWith(SHELL.static)) event.respondWith(file(event.request));
  else if (isPicture(url)) event.respondWith(picture(event));
  else if (event.request.mode === "navigate") event.respondWith(page(event, url));
  else if (event.request.headers.get("HX-Request") === "true") event.respondWith(fragment(event.request, url));
});

async function install() {
  const cache = await caches.open(FILES + SHELL.version);
  await Promise.allSettled(SHELL.files.map((name) => cache.add(name))); /* one that fails is fetched when it is asked for */
  await self.skipWaiting();
}

/* Pages that are open still show the files of the version before; older ones go. */
async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith(FILES));
  const now = FILES + SHELL.version;
  const older = names.filter((name) => name !== now).slice(0, -1);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/* --- whose pages ------------------------------------------------------------------------------------------------ */

async function pagesName() {
  return (await caches.keys()).find((name) => name.startsWith(PAGES));
}

/* Counts the changes of person, so that an answer that was asked for before one is never kept after it. */
let turn = 0;

async function forget(except) {
  turn += 1;
  const names = (await caches.keys()).filter((name) => name.startsWith(PAGES) && name !== except);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/* The cache of whoever an answer is for; what was kept for anybody else is gone after it. Null for an answer that is no
   page of anybody, or was asked for (`began`) before the person changed. */
async function cacheFor(response, began) {
  const whose = response.headers.get(WHOSE);
  if (!whose) return null;
  if ((await pagesName()) !== PAGES + whose) {
    if (began !== turn) return null;
    await forget(PAGES + whose);
  }
  return caches.open(PAGES + whose);
}

async function lookUp(url) {
  const name = await pagesName();
  if (!name) return undefined;
  const cache = await caches.open(name);
  return (await cache.match(url.pathname + url.search)) || (url.pathname === SHELL.queue ? cache.match(SHELL.queue) : undefined);
}

function mayKeep(url) {
  return SHELL.keep.some((start) => (start.endsWith("/") ? url.pathname.startsWith(start) : url.pathname === start));
}

async function keepCopy(cache, url, response) {
  const headers = new Headers(response.headers);
  headers.set(KEPT, new Date().toISOString());
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  await cache.put(url.pathname + url.search, new Response(await response.blob(), { status: 200, headers: headers }));
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_PAGES)).map((key) => cache.delete(key)));
}

function isPage(response) {
  return response.status === 200 && !response.redirected && (response.headers.get("Content-Type") || "").startsWith("text/html");
}

/* --- what is asked for ------------------------------------------------------------------------------------------ */

async function file(request) {
  const found = await caches.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) (await caches.open(FILES + SHELL.version)).put(request, response.clone());
  return response;
}

function isPicture(url) {
  return url.pathname.startsWith(SHELL.pictures) && url.pathname.endsWith(".svg");
}

async function picture(event) {
  const url = new URL(event.request.url);
  const found = await lookUp(url);
  if (found) return found;
  const response = await fetch(event.request);
  const name = await pagesName();
  if (response.ok && name) event.waitUntil(caches.open(name).then((cache) => cache.put(url.pathname + url.search, response.clone())));
  return response.clone();
}

async function fromNetwork(event, url) {
  const began = turn;
  const response = await fetch(event.request);
  const copy = response.clone();
  const cache = await cacheFor(response, began);
  if (cache && isPage(response) && mayKeep(url) && !SHELL.plain.includes(url.pathname)) event.waitUntil(keepCopy(cache, url, copy));
  return response;
}

function later(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/* The network first; the copy where it does not answer, or not soon, and the page that says so where there is no copy. */
async function page(event, url) {
  const network = fromNetwork(event, url).catch(() => null);
  event.waitUntil(network);
  const copy = mayKeep(url) ? await lookUp(url) : undefined;
  const answer = copy ? await Promise.race([network, later(PATIENCE)]) : await network;
  if (answer) return answer;
  if (copy && (await lookUp(url))) return aged(copy);
  return noPage();
}

/* A copy that says of itself from when it is. */
async function aged(copy) {
  const kept = copy.headers.get(KEPT) || "";
  const text = await copy.text();
  const marked = text.replace(/<head[^>]*>/i, (head) => head + '<meta name="liftback-kept" content="' + kept + '">');
  return new Response(marked, { status: 200, headers: copy.headers });
}

async function noPage() {
  const name = await pagesName();
  const found = name && (await (await caches.open(name)).match(SHELL.offline));
  return found || Response.error();
}

/* A part of a page cannot come without a network: the whole page then, from its copy. */
async function fragment(request, url) {
  try {
    return await fetch(request);
  } catch (error) {
    return new Response("", { status: 200, headers: { "HX-Redirect": url.pathname + url.search } });
  }
}

function posted(event, url) {
  if (event.request.mode !== "navigate") return;
  if (SHELL.logout.includes(url.pathname)) event.respondWith(signOut(event));
  else if (SHELL.forms.includes(url.pathname)) event.respondWith(form(event));
  else if (SHELL.forgets.includes(url.pathname)) event.respondWith(changed(event));
}

/* What was kept goes first, also where the server cannot be reached to sign out there. */
async function signOut(event) {
  const otherwise = await noPage();
  await forget();
  return fetch(event.request).catch(() => otherwise);
}

/* A change of language or units makes every copy an old one, once the server knows of it. */
async function changed(event) {
  const response = await fetch(event.request).catch(() => null);
  if (!response) return noPage();
  await forget();
  return response;
}

/* A form whose page kept it on the device first, so that nothing is lost where its sending fails. */
async function form(event) {
  const copy = event.request.clone();
  try {
    const response = await Promise.race([fetch(event.request), later(FORM_PATIENCE)]);
    if (response) return response;
  } catch (error) {
    /* said below */
  }
  const id = (await copy.formData()).get("client_id");
  const kept = id && (await self.liftbackStore.get(id));
  return kept ? Response.redirect(SHELL.queue + "?kept=" + encodeURIComponent(id), 303) : noPage();
}

/* --- what a page asks to be kept -------------------------------------------------------------------------------- */

/* `urls`: what is missing of them, and all that is older than `age` milliseconds, is fetched for the person it is for. */
async function fill(told) {
  const wanted = [...new Set([...SHELL.pages, ...(told.urls || [])])].map((one) => new URL(one, self.location.origin));
  for (const url of wanted) {
    if (url.origin !== self.location.origin || !(mayKeep(url) || isPicture(url))) continue;
    const found = await lookUp(url);
    const age = found ? Date.now() - Date.parse(found.headers.get(KEPT) || 0) : Infinity;
    if (found && (isPicture(url) || age < (told.age === undefined ? FRESH : told.age))) continue;
    if (!(await fetched(url, told.language))) return;
  }
}

/* Whether the network answered. A plain page is fetched as for nobody, in the language of the page that asks. */
async function fetched(url, language) {
  const began = turn;
  const plain = SHELL.plain.includes(url.pathname);
  const options = plain ? { credentials: "omit", headers: { "Accept-Language": language || "en" } } : { credentials: "same-origin" };
  try {
    const response = await fetch(url, options);
    if (isPicture(url) || plain) {
      const name = await pagesName();
      if (response.ok && !response.redirected && name && began === turn) await keepCopy(await caches.open(name), url, response);
      return true;
    }
    const cache = await cacheFor(response, began);
    if (cache && isPage(response)) await keepCopy(cache, url, response);
    return true;
  } catch (error) {
    return false;
  }
}
