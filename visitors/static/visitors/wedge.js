// A scanner that types like a keyboard works wherever the focus is. What it typed is taken out of the field again.
"use strict";

(() => {
  const HICCUP = 400; // milliseconds; after a longer pause something new begins
  const FASTEST_FINGERS = 40; // milliseconds a key, on average; scanners need a quarter of it, people twice
  const SHORTEST = 8;
  let typed = "";
  let first = 0;
  let last = 0;
  let before = null;

  const field = () => {
    const active = document.activeElement;
    if (active?.matches("input, textarea, select")) return active;
    return document.querySelector("[data-scanner]"); // desk.js lets stray letters into the search
  };

  const remember = () => {
    const there = field();
    before = there && { there, value: there.value, focused: document.activeElement };
  };

  const restore = () => {
    if (!before) return;
    before.there.value = before.value;
    if (before.focused !== before.there) before.there.blur();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const anew = event.timeStamp - last > HICCUP;
    if (event.key === "Enter" || event.key === "Tab") {
      const text = anew || (last - first) / typed.length > FASTEST_FINGERS ? "" : typed;
      typed = "";
      // A name that is typed fast, "PRO Fristad", can read as a code; a scanner sends no spaces.
      if (text.length < SHORTEST || /\s/.test(text) || !Desk.codeIn(text)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      restore();
      Desk.open(text);
      return;
    }
    if (event.key.length !== 1) return; // Shift goes before a capital
    if (anew || !typed) {
      typed = "";
      first = event.timeStamp;
      remember();
    }
    typed += event.key;
    last = event.timeStamp;
  }, true);
})();
