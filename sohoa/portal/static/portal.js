"use strict";

// Everything works without this file; it adds keys, and sends decisions once.

const inField = (target) => target.closest("input, textarea, select") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
  if (event.key === "/") {
    const box = document.querySelector("[data-search]");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const hits = [...document.querySelectorAll("[data-hit]")];
    const at = hits.indexOf(document.activeElement);
    const next = hits[event.key === "ArrowDown" ? at + 1 : at - 1];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const link = document.querySelector(event.key === "ArrowLeft" ? "[data-previous]" : "[data-next]");
    if (link) link.click();
  } else if (/^[0-9]$/.test(event.key) && !event.repeat) {
    const doubt = event.target.closest("[data-doubt]") || document.querySelector("[data-doubt]");
    const chosen =
      doubt && (event.key === "0" ? doubt.querySelector("[data-typed]") : doubt.querySelectorAll("[data-candidates] button")[event.key - 1]);
    if (!chosen) return;
    event.preventDefault();
    if (event.key !== "0") return chosen.click();
    chosen.focus();
    chosen.select();
  }
});

// Esc leaves a field that is typed in: the keys work again, what was typed stays.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && inField(event.target)) (event.target.closest("[data-doubt]") || document.activeElement).focus();
});

// A decision is sent once, however often the button is pressed, and not before the portal can be reached:
// a browser that sends into a broken network shows its own page in the place of what was typed.
const reachable = async (form) => {
  const told = document.querySelector("[data-no-network]");
  for (;;) {
    try {
      await fetch(document.querySelector("link[rel=icon]").href, { cache: "no-store" });
      if (told) told.hidden = true;
      form.submit();
      return;
    } catch {
      if (told) told.hidden = false;
      await new Promise((again) => {
        setTimeout(again, 3000);
        window.addEventListener("online", again, { once: true });
      });
    }
  }
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  const kept = "kept" in form.dataset;
  if (kept || form.dataset.sent) event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  if (kept) {
    for (const other of document.forms) other.dataset.sent = "yes";
    reachable(form);
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
