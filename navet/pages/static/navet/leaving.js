// What a page keeps on this device for whoever is logged in is emptied at log-out. Asks first where something would be lost.
"use strict";

(() => {
  const NAME = "navet-desk";

  async function opened() {
    if (!window.indexedDB) return null;
    const known = indexedDB.databases ? await indexedDB.databases() : [{ name: NAME }];
    if (!known.some(({ name }) => name === NAME)) return null;
    return new Promise((resolve) => {
      const request = indexedDB.open(NAME);
      request.onupgradeneeded = () => request.transaction.abort(); // there was none: make none
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    });
  }

  const stores = (db) => [...db.objectStoreNames];

  const waiting = (db) => new Promise((resolve) => {
    if (!stores(db).includes("events")) return resolve(0);
    const request = db.transaction("events").objectStore("events").count();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(0);
  });

  const empty = (db) => new Promise((resolve) => {
    if (!stores(db).length) return resolve();
    const transaction = db.transaction(stores(db), "readwrite");
    for (const name of stores(db)) transaction.objectStore(name).clear();
    transaction.oncomplete = transaction.onabort = () => resolve();
  });

  async function leave(form, submitter) {
    const words = document.querySelector("form[data-leaving]")?.dataset.leaving;
    const db = await opened().catch(() => null);
    if (db) {
      if (words && await waiting(db) && !(await ask(words))) return db.close();
      document.dispatchEvent(new CustomEvent("navet:leaving")); // here and in other tabs, nothing more is written
      if (window.BroadcastChannel) new BroadcastChannel(NAME).postMessage("leaving");
      await empty(db);
      db.close();
    }
    // What the page would still fetch is answered with "log in first", and that would lead away from where log-out leads.
    for (const name of ["htmx:beforeRequest", "htmx:beforeOnLoad"]) document.addEventListener(name, (event) => event.preventDefault(), true);
    form.dataset.left = "yes";
    form.requestSubmit(submitter);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[action$='/logout/'][method='post']") || form.dataset.left) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave(form, event.submitter);
  }, true);
})();
