"use strict";
(() => {
  const rows = new Map([...document.querySelectorAll("[data-row]")].map((r) => [r.dataset.row, r]));
  const pieces = [...document.querySelectorAll("[data-rows]")];
  const of = (key) => pieces.filter((p) => p.dataset.rows.split(" ").includes(key));
  let kept = null;

  const light = (keys) => {
    document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
    keys.forEach((key) => {
      of(key).forEach((p) => p.classList.add("lit"));
      document.querySelectorAll(`[data-row="${key}"], [data-dot="${key}"]`).forEach((r) => r.classList.add("lit"));
    });
  };
  const mark = () => rows.forEach((row, key) => row.classList.toggle("kept", key === kept));
  const settle = () => light(kept ? [kept] : []);
  const choose = (key, from) => {
    kept = kept === key ? null : key;
    mark();
    settle();
    if (!kept) return;
    const there = from === "text" ? rows.get(key) : of(key)[0];
    if (there) there.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };

  rows.forEach((row, key) => {
    row.addEventListener("mouseenter", () => light([key]));
    row.addEventListener("mouseleave", settle);
    row.addEventListener("focus", () => light([key]));
    row.addEventListener("blur", settle);
    row.addEventListener("click", () => choose(key, "row"));
    row.addEventListener("keydown", (e) => {
      if (e.key === "Enter" || e.key === " ") { e.preventDefault(); choose(key, "row"); }
    });
  });
  pieces.forEach((piece) => {
    const keys = piece.dataset.rows.split(" ");
    piece.addEventListener("mouseenter", () => light(keys));
    piece.addEventListener("mouseleave", settle);
    piece.addEventListener("focus", () => light(keys));
    piece.addEventListener("blur", settle);
    piece.addEventListener("click", () => choose(keys[0], "text"));
    piece.addEventListener("keydown", (e) => { if (e.key === "Enter") choose(keys[0], "text"); });
  });
  document.querySelectorAll("[data-dot]").forEach((dot) => {
    dot.addEventListener("mouseenter", () => light([dot.dataset.dot]));
    dot.addEventListener("mouseleave", settle);
    dot.addEventListener("click", () => choose(dot.dataset.dot, "row"));
  });
  document.querySelectorAll("[data-family]").forEach((button) => {
    button.addEventListener("click", () => {
      const off = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!off));
      document.querySelectorAll(`[data-row].${button.dataset.family}, .trigger.${button.dataset.family}`).forEach((e) => e.classList.toggle("off", off));
    });
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") { kept = null; mark(); settle(); }
    if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
    const list = [...rows.values()].filter((row) => !row.classList.contains("off"));
    const here = list.indexOf(document.activeElement);
    if (here < 0) return;
    e.preventDefault();
    const next = list[here + (e.key === "ArrowDown" ? 1 : -1)];
    if (next) next.focus();
  });
  const save = document.getElementById("save");
  save.addEventListener("click", () => {
    const blob = new Blob([document.getElementById("record").textContent], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "record.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });
})();
