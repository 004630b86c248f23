// The reception works without this; it spares taps. No framework, no eval.
"use strict";

// Thumb-sized minus and plus beside a number.
function addSteppers(root) {
  for (const input of root.querySelectorAll("input[data-stepper]")) {
    if (input.parentElement.classList.contains("desk-stepper")) continue;
    const frame = document.createElement("div");
    frame.className = "desk-stepper";
    input.replaceWith(frame);
    // What is typed after a touch takes the place of the number: a 1 and "40" are 40, not 140.
    let entered = false;
    input.addEventListener("pointerdown", () => { entered = document.activeElement !== input; });
    input.addEventListener("click", () => { if (entered) input.select(); entered = false; });
    const label = document.querySelector(`label[for="${input.id}"]`)?.textContent.replace("*", "").trim() ?? "";
    frame.append(step(input, -1, label), input, step(input, 1, label));
  }
}

function step(input, by, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "desk-step";
  button.textContent = by < 0 ? "−" : "+";
  button.setAttribute("aria-label", `${label} ${by < 0 ? "−1" : "+1"}`);
  button.addEventListener("click", () => {
    const least = Number(input.min || 0);
    const most = Number(input.max || Infinity);
    input.value = String(Math.min(most, Math.max(least, (Number.parseInt(input.value, 10) || 0) + by)));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return button;
}

document.addEventListener("DOMContentLoaded", () => addSteppers(document));
document.addEventListener("htmx:load", (event) => addSteppers(event.detail.elt.parentElement ?? document));

// Booked, final and actual side by side, and the difference in a word as it is tapped in.
function compare() {
  const word = document.querySelector("[data-difference]");
  if (!word) return;
  const came = ["participants", "adults"].map((name) => Number.parseInt(document.getElementById(`id_${name}`)?.value, 10) || 0);
  const more = [came[0] - Number(word.dataset.participants), came[1] - Number(word.dataset.adults)];
  const kind = more.every((n) => n === 0) ? "none" : more.every((n) => n <= 0) ? "fewer" : more.every((n) => n >= 0) ? "more" : "other";
  word.textContent = word.dataset[kind];
  for (const place of document.querySelectorAll("[data-came]")) place.textContent = came.join(" + ");
}
document.addEventListener("DOMContentLoaded", compare);
document.addEventListener("input", compare);
document.addEventListener("change", compare);

// A list that is drawn anew under a finger loses the tap: it waits until the finger is gone, for a moment at most.
const PRESS = 10_000;
let pressedAt = -Infinity;
window.Desk = window.Desk || {};
Desk.pressedFor = () => Math.max(0, pressedAt + PRESS - performance.now()); // milliseconds to wait
document.addEventListener("pointerdown", (event) => { if (event.target.closest("#day, #device-list")) pressedAt = performance.now(); }, true);
document.addEventListener("pointerup", () => setTimeout(() => { pressedAt = -Infinity; }, 100), true); // its click comes first
for (const gone of ["click", "pointercancel"]) document.addEventListener(gone, () => { pressedAt = -Infinity; }, true);
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "day" || !Desk.pressedFor()) return;
  event.detail.shouldSwap = false;
  const renew = () => {
    if (Desk.pressedFor()) setTimeout(renew, 200);
    else if (document.getElementById("day")) htmx.trigger("#day", "renew");
  };
  setTimeout(renew, 200);
});

// The list renews itself, but not under the hands of somebody who types in it or reads through it by keyboard.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.id !== "day" || event.detail.requestConfig.verb !== "get") return;
  if (event.detail.requestConfig.triggeringEvent?.type === "renew") return; // those hands asked for it
  const active = document.activeElement;
  const busy = active?.matches("input, select, textarea") || document.getElementById("day")?.contains(active);
  if (busy || document.hidden) event.preventDefault();
});

// A scanner types like a keyboard, wherever the focus is: let it type into the search.
document.addEventListener("keydown", (event) => {
  const scanner = document.querySelector("[data-scanner]");
  if (!scanner || event.ctrlKey || event.metaKey || event.altKey || !/^[\w/:]$/.test(event.key)) return;
  if (document.activeElement && document.activeElement !== document.body && document.activeElement.id !== "main") return;
  scanner.value = "";
  scanner.focus();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
