// Comfort on the roadmap page: lines dragged by the mouse, fields of a period shown by its kind, printing.
// Everything works without it: «Выше», «Ниже», «Перенести» are plain forms and pages.
"use strict";

// ---- only the fields that the chosen kind of period uses ------------------------------------------------------
const PERIOD_FIELDS = {
  "": [], dates: ["date_from", "date_to"], months: ["month_from", "month_to"], yearly: ["month_from"], text: ["period_text"],
};
function showPeriod(select) {
  const used = PERIOD_FIELDS[select.value] || [];
  for (const name of ["date_from", "date_to", "month_from", "month_to", "period_text"]) {
    const field = select.form.elements[name];
    const row = field && field.closest(".mb-3");
    if (row) row.hidden = !used.includes(name);
  }
}
const watchPeriods = (root) => root.querySelectorAll('select[name="period_kind"]').forEach((select) => {
  select.addEventListener("change", () => showPeriod(select));
  showPeriod(select);
});

// ---- dragging a line to another place ---------------------------------------------------------------------------
let dragged = null;
const clearMarks = () => document.querySelectorAll(".plan-drop").forEach((node) => node.classList.remove("plan-drop"));
const makeDraggable = (root) => root.querySelectorAll(".plan-line[data-place]").forEach((line) => { line.draggable = true; });

function place(line, lines, before) {
  const values = { stage: lines.dataset.stage, block: lines.dataset.block, before: before ? before.dataset.node : "" };
  htmx.ajax("POST", line.dataset.place, { values, target: "#plan", select: "#plan", swap: "outerHTML" })
    .then(() => document.body.dispatchEvent(new Event("plan-changed")));
}
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".plan-line[data-place]") || null;
  if (!dragged) return;
  dragged.classList.add("plan-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.node);
});
document.addEventListener("dragover", (event) => {
  const lines = dragged && event.target.closest?.("[data-lines]");
  if (!lines) return;
  event.preventDefault();
  clearMarks();
  (event.target.closest(".plan-line") || lines).classList.add("plan-drop");
});
document.addEventListener("drop", (event) => {
  const lines = dragged && event.target.closest?.("[data-lines]");
  if (!lines) return;
  event.preventDefault();
  const before = event.target.closest(".plan-line");
  if (before !== dragged) place(dragged, lines, before);
});
document.addEventListener("dragend", () => {
  clearMarks();
  dragged?.classList.remove("plan-dragged");
  dragged = null;
});

// ---- a moved line: the panel of changes follows, the opened tools stay open --------------------------------------
document.body.addEventListener("htmx:afterSwap", (event) => {
  const root = event.detail.target.isConnected ? event.detail.target.parentElement : document;
  watchPeriods(root || document);
  makeDraggable(root || document);
  const button = event.detail.requestConfig?.triggeringEvent?.submitter;
  if (!button || !/^(up|down)-/.test(button.id)) return;
  const again = document.getElementById(button.id);
  if (!again) return;
  again.closest("details").open = true;
  again.focus();
  document.body.dispatchEvent(new Event("plan-changed"));
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
watchPeriods(document);
makeDraggable(document);
