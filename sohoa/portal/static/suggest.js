"use strict";

// What may be typed next: asked for when typing rests, walked through by arrows, left by Escape.
const typed = document.querySelector("[data-suggest]");
if (typed) {
  const list = document.createElement("div");
  list.className = "suggestions";
  typed.parentElement.append(list);
  typed.setAttribute("role", "combobox");
  typed.setAttribute("aria-autocomplete", "list");
  typed.setAttribute("aria-controls", "suggestions");
  typed.setAttribute("aria-expanded", "false");
  let waiting = 0;
  let asking = new AbortController();
  const show = (nodes) => {
    list.replaceChildren(...nodes);
    typed.setAttribute("aria-expanded", String(list.querySelector("li") !== null));
    typed.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    if (typed.value.trim().length < 2) return show([]);
    const where = `${typed.dataset.suggest}?${new URLSearchParams({ q: typed.value })}`;
    try {
      const answer = await fetch(where, { signal: asking.signal, redirect: "error" });
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      show(page.body.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") show([]);
    }
  };
  typed.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  typed.addEventListener("blur", () => setTimeout(() => show([]), 200));
  typed.addEventListener("keydown", (event) => {
    const rows = [...list.querySelectorAll("li")];
    const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") show([]);
    if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      rows[at].querySelector("a").click();
    }
    if (rows.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const next = (at + (event.key === "ArrowDown" ? 1 : rows.length + (at < 0 ? 0 : -1))) % rows.length;
      rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === next)));
      typed.setAttribute("aria-activedescendant", rows[next].id);
    }
  });
}
