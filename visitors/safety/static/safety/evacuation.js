// The list needs no script; with one, a tap in the reception is enough for the paper.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
if (location.hash === "#skriv-ut") window.addEventListener("load", () => window.print());
