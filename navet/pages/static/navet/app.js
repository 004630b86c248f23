// Everything here makes a page that already works a little easier. No framework, no eval.
"use strict";

// A form that came back with faults: start at the summary, so that it is read first.
function focusMarked(root) {
  const marked = root.matches?.("[data-focus]") ? root : root.querySelector("[data-focus]");
  marked?.focus({ preventScroll: false });
}

document.addEventListener("DOMContentLoaded", () => focusMarked(document));
document.addEventListener("htmx:afterSettle", (event) => focusMarked(event.detail.elt));

// The language of the page follows a swap that replaces the whole of it; errors are said where messages are.
function say(text) {
  const place = document.getElementById("messages");
  if (!place) return;
  const line = document.createElement("p");
  line.className = "notice notice--error";
  line.textContent = text;
  place.replaceChildren(line);
}
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => say(document.getElementById("messages")?.dataset.error ?? ""));
}

// Ask before doing: data-confirm on a button, hx-confirm on an element of htmx.
function ask(text) {
  const dialog = document.getElementById("confirm");
  if (!dialog?.showModal) return Promise.resolve(window.confirm(text));
  dialog.querySelector("#confirm-text").textContent = text;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

document.addEventListener("htmx:confirm", (event) => {
  const text = event.detail.question;
  if (!text) return;
  event.preventDefault();
  ask(text).then((yes) => { if (yes) event.detail.issueRequest(true); });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm]");
  if (!button?.form || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopPropagation();
  ask(button.dataset.confirm).then((yes) => {
    if (!yes) { button.focus(); return; }
    button.dataset.confirmed = "yes";
    button.form.requestSubmit(button);
    delete button.dataset.confirmed;
  });
}, true);

// A second tap on a slow line sends nothing new. The server would refuse it as well; this spares the waiting.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A link of the summary leads to a group: focus its first control, not the frame around it.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
  target.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
});
