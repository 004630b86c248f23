// The desk's service worker: when the network does not answer, the page that needs none. Keeps files, never data.
"use strict";

const { version, shell, assets } = JSON.parse("{{ kept|escapejs }}");
const CACHE = `navet-desk-${version}`;
const PATIENCE = { page: 8000, asset: 4000 };

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (assets.includes(address.pathname + address.search)) event.respondWith(asset(request));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll([shell, ...assets].map((address) => new Request(address, { cache: "reload" })));
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("navet-desk-") && name !== CACHE).map((name) => caches.delete(name)));
}

const within = (ms, promise) => Promise.race([promise, new Promise((_, late) => setTimeout(late, ms, new Error("late")))]);
const kept = (address) => caches.match(address, { ignoreVary: true });

// The page from the network, whatever it says; without one, or where a proxy says that we are away, the kept shell.
async function page(request) {
  try {
    const answer = await within(PATIENCE.page, fetch(request));
    if (![502, 503, 504].includes(answer.status)) return answer;
  } catch { /* no network */ }
  return (await kept(shell)) ?? Response.error();
}

async function asset(request) {
  try {
    const answer = await within(PATIENCE.asset, fetch(request));
    if (answer.ok) return answer;
  } catch { /* no network */ }
  return (await kept(request)) ?? Response.error();
}
