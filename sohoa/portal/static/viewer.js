"use strict";

// The page on the screen: zoom and place by the drawing's viewBox, quarter turns, and the found words in turn.

const tools = document.querySelector("[data-tools]");
const paper = document.querySelector("[data-paper]");
if (tools && paper) {
  const group = paper.querySelector("g");
  const [, , width, height] = paper.getAttribute("viewBox").split(" ").map(Number);
  const upright = group.getAttribute("transform") || "";
  let turns = 0;
  let zoom = 1;
  let middle = { x: width / 2, y: height / 2 };
  const whole = () => (turns % 2 ? { w: height, h: width } : { w: width, h: height });
  const draw = () => {
    const { w, h } = whole();
    const seen = { w: w / zoom, h: h / zoom };
    middle = {
      x: Math.min(w - seen.w / 2, Math.max(seen.w / 2, middle.x)),
      y: Math.min(h - seen.h / 2, Math.max(seen.h / 2, middle.y)),
    };
    paper.setAttribute("viewBox", `${middle.x - seen.w / 2} ${middle.y - seen.h / 2} ${seen.w} ${seen.h}`);
    paper.classList.toggle("zoomed", zoom > 1);
  };
  const zoomBy = (factor) => {
    zoom = Math.min(8, Math.max(1, zoom * factor));
    draw();
  };
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    tools.append(made);
  };
  button(`+ ${tools.dataset.in}`, () => zoomBy(1.5));
  button(`− ${tools.dataset.out}`, () => zoomBy(1 / 1.5));
  button(`↻ ${tools.dataset.rotate}`, () => {
    turns = (turns + 1) % 4;
    const moved = ["", `translate(${height} 0)`, `translate(${width} ${height})`, `translate(0 ${width})`][turns];
    group.setAttribute("transform", `${moved} rotate(${turns * 90}) ${upright}`);
    zoom = 1;
    draw();
  });
  button(tools.dataset.print, () => window.print());

  // A zoomed page is moved by dragging; the wheel zooms with Ctrl, as maps do.
  let dragged = null;
  paper.addEventListener("pointerdown", (event) => {
    if (zoom === 1) return;
    dragged = { x: event.clientX, y: event.clientY };
    paper.setPointerCapture(event.pointerId);
  });
  paper.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const scale = whole().w / zoom / paper.clientWidth;
    middle.x -= (event.clientX - dragged.x) * scale;
    middle.y -= (event.clientY - dragged.y) * scale;
    dragged = { x: event.clientX, y: event.clientY };
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) paper.addEventListener(end, () => (dragged = null));
  paper.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2);
    },
    { passive: false },
  );

  // The found words of this page one after the other, then the next page that has some.
  const hits = [...paper.querySelectorAll("rect.found")];
  let at = -1;
  const step = (way) => {
    const next = at + way;
    const link = document.querySelector(way > 0 ? "[data-next-hit]" : "[data-previous-hit]");
    if (!hits.length || next < 0 || next >= hits.length) {
      if (link) link.click();
      return;
    }
    if (at >= 0) hits[at].classList.remove("current");
    at = next;
    hits[at].classList.add("current");
    if (zoom > 1) {
      const box = hits[at].getBBox();
      const turned = group.transform.baseVal.consolidate()?.matrix ?? new DOMMatrix();
      const matrix = new DOMMatrix([turned.a, turned.b, turned.c, turned.d, turned.e, turned.f]);
      middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(matrix);
      draw();
    }
    hits[at].scrollIntoView({ block: "center", inline: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
    if (event.key === "+") zoomBy(1.5);
    if (event.key === "-") zoomBy(1 / 1.5);
  });

  const pointed = paper.querySelector("[data-pointed]");
  const lines = document.querySelector("[data-lines]");
  if (lines) {
    lines.addEventListener("mouseover", (event) => {
      const line = event.target.closest("[data-box]");
      if (!line) return;
      const names = ["x", "y", "width", "height"];
      line.dataset.box.split(" ").forEach((value, place) => pointed.setAttribute(names[place], value));
    });
    lines.addEventListener("mouseleave", () => pointed.setAttribute("width", "0"));
  }
  const mark = paper.querySelector("rect.lit, rect.found");
  if (mark) mark.scrollIntoView({ block: "center", inline: "center" });
  const probe = new Image();
  probe.addEventListener("error", () => {
    document.querySelector("[data-no-picture]").hidden = false;
  });
  probe.src = paper.querySelector("image").getAttribute("href");
}
