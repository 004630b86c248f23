// What the desk keeps on the device (docs/desk.md): the day's list, and taps that the server has not answered yet.
"use strict";

window.Desk = window.Desk || {};

(() => {
  const NAME = "navet-desk"; // navet/leaving.js empties it at log-out
  let opened = null;
  let left = false; // after log-out nothing more is kept here

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  function open() {
    if (left) return Promise.reject(new Error("logged out"));
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("facts");
        request.result.createObjectStore("events", { keyPath: "key" });
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => { request.result.close(); opened = null; };
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return opened;
  }

  // One transaction; it is on the disk when the promise resolves, so that a tablet may lose its power after a tap.
  async function change(store, work) {
    const transaction = (await open()).transaction(store, "readwrite", { durability: "strict" });
    const kept = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const result = await work(transaction.objectStore(store));
    await kept;
    return result;
  }

  const read = async (store, ask) => done(ask((await open()).transaction(store).objectStore(store)));

  const leave = () => { left = true; };
  document.addEventListener("navet:leaving", leave);
  if (window.BroadcastChannel) new BroadcastChannel(NAME).addEventListener("message", leave);

  Desk.store = {
    // An event: key, kind, path, body, label, user, tapped, tries, state ("waiting" or "refused"), cancelled, said.
    add: (event) => change("events", (events) => done(events.add(event))),
    events: async () => (await read("events", (events) => events.getAll())).sort((a, b) => a.tapped - b.tapped),
    event: (key) => read("events", (events) => events.get(key)),
    remove: (key) => change("events", (events) => done(events.delete(key))),
    // Changes one event as it is now, or removes it where `edit` answers null; the event as it is then.
    edit: (key, edit) => change("events", async (events) => {
      const event = await done(events.get(key));
      if (!event) return null;
      const edited = edit(event);
      await done(edited ? events.put(edited) : events.delete(key));
      return edited;
    }),
    list: () => read("facts", (facts) => facts.get("list")),
    keepList: (list) => change("facts", (facts) => done(facts.put(list, "list"))),
    dropList: () => change("facts", (facts) => done(facts.delete("list"))),
  };
})();
