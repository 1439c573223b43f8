// A questionnaire step by step: shows one section, saves each field, survives a lost connection.
// Without this script the form is one long page that works as well.
(() => {
  "use strict";
  const form = document.querySelector("[data-survey]");
  const finished = document.querySelector("[data-done]");
  const memory = (id) => `survey-${id}`;

  function read(id) {
    try { return JSON.parse(localStorage.getItem(memory(id)) || "{}"); } catch { return {}; }
  }
  function write(id, data) {
    try { localStorage.setItem(memory(id), JSON.stringify(data)); } catch { /* a full or closed store: the form still sends */ }
  }
  if (finished) { localStorage.removeItem(memory(finished.dataset.done)); return; }
  if (!form) return;

  const id = form.dataset.survey;
  const saveUrl = form.dataset.save;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const steps = [...form.querySelectorAll("[data-step]")];
  const fields = [...form.querySelectorAll("[data-code]")];
  const saved = form.querySelector("[data-saved]");
  const progress = form.querySelector("[data-progress]");
  const [back, next, finish] = ["back", "next", "finish"].map((name) => form.querySelector(`[data-${name}]`));
  let draft = read(id);
  let current = 0;

  const inputs = (field) => [...field.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const namedInputs = (field, name) => inputs(field).filter((one) => one.name === name);

  // --- value of a field, in the shape the server checks -------------------------------------------------
  function valueOf(field) {
    const name = `q-${field.dataset.code}`;
    const chosen = (key) => namedInputs(field, key).filter((one) => one.checked).map((one) => one.value);
    const text = (key) => (namedInputs(field, key)[0] || { value: "" }).value;
    switch (field.dataset.type) {
      case "many": return { codes: chosen(name), other: text(`${name}-other`) };
      case "one": return chosen(name)[0] === "other" ? { other: text(`${name}-other`) } : chosen(name)[0] || "";
      case "yes_no": case "scale": return chosen(name)[0] || "";
      case "matrix": {
        const rows = {};
        inputs(field).filter((one) => one.checked).forEach((one) => { rows[one.name.slice(name.length + 1)] = one.value; });
        return rows;
      }
      case "people": return [...field.querySelectorAll("select")].filter((one) => one.value).map((one) => ({
        person: Number(one.value), reasons: chosen(`${one.name}-reasons`), text: "",
      }));
      default: return text(name);
    }
  }
  // --- the draft kept in this browser: raw state of the inputs ---------------------------------------------
  function snapshot(field) {
    return inputs(field).map((one) => (one.type === "radio" || one.type === "checkbox" ? one.checked : one.value));
  }
  function restore(field, state) {
    inputs(field).forEach((one, place) => {
      if (one.type === "radio" || one.type === "checkbox") one.checked = Boolean(state[place]);
      else one.value = state[place] ?? "";
    });
  }

  // --- «показать, если» ----------------------------------------------------------------------------------------
  function applyConditions() {
    fields.forEach((field) => {
      if (!field.dataset.if) return;
      const [code, values] = field.dataset.if.split("=");
      const source = fields.find((one) => one.dataset.code === code);
      const value = source && !source.hidden ? valueOf(source) : "";
      const given = value && value.codes ? value.codes : [String(value)];
      field.hidden = !given.some((one) => values.split("|").includes(one));
    });
  }

  // --- saving ------------------------------------------------------------------------------------------------------
  function say(text, offline) {
    saved.textContent = text;
    saved.classList.toggle("survey-offline", Boolean(offline));
  }
  function complain(field, text) {
    field.querySelector("[data-error]").textContent = text;
    field.classList.toggle("survey-wrong", Boolean(text));
  }
  async function send(field) {
    const code = field.dataset.code;
    const revision = field.querySelector("[data-revision]");
    const state = JSON.stringify(draft[code]);
    const answer = await fetch(saveUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ code, value: valueOf(field), revision: Number(revision.value) }),
    });
    const told = await answer.json();
    if (told.revision !== undefined) revision.value = told.revision;
    complain(field, answer.ok ? "" : told.text);
    if (answer.status >= 500) throw new Error("server");
    if (JSON.stringify(draft[code]) === state) { delete draft[code]; write(id, draft); }
    if (answer.ok) say(`Сохранено ${told.at}`);
  }
  let queue = Promise.resolve();
  function flush() {
    if (!saveUrl) return;
    Object.keys(draft).forEach((code) => {
      const field = fields.find((one) => one.dataset.code === code);
      if (!field) return;
      queue = queue.then(() => (draft[code] === undefined ? null : send(field))).catch(() => {
        say("Нет связи. Ответы остались в этом окне и сохранятся сами.", true);
      });
    });
  }
  let timer = 0;
  function changed(field, soon) {
    draft[field.dataset.code] = snapshot(field);
    write(id, draft);
    applyConditions();
    if (!saveUrl) { say("Ответ хранится только в этом браузере"); return; }
    clearTimeout(timer);
    timer = setTimeout(flush, soon ? 0 : 800);
  }
  fields.forEach((field) => {
    field.addEventListener("change", () => changed(field, true));
    field.addEventListener("input", () => changed(field, false));
  });
  window.addEventListener("online", flush);
  setInterval(() => { if (Object.keys(draft).length) flush(); }, 15000);

  // --- one step at a time ----------------------------------------------------------------------------------------------
  const real = () => steps.filter((step, place) => place === 0 || [...step.querySelectorAll("[data-code]")].some((one) => !one.hidden));
  function show(place, focus) {
    const shown = real();
    current = Math.max(0, Math.min(place, shown.length - 1));
    steps.forEach((step) => { step.hidden = step !== shown[current]; });
    back.hidden = current === 0;
    next.hidden = current === shown.length - 1;
    finish.hidden = !next.hidden;
    next.textContent = current === 0 ? "Начать" : "Дальше";
    progress.textContent = current === 0 ? "" : `${current} из ${shown.length - 1}`;
    if (focus) {
      window.scrollTo(0, 0);
      const heading = shown[current].querySelector("h1, h2");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  }
  next.addEventListener("click", () => { flush(); show(current + 1, true); });
  back.addEventListener("click", () => show(current - 1, true));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine === false) {
      event.preventDefault();
      say("Нет связи. Ответы остались в этом окне; когда связь появится, нажмите ещё раз.", true);
    }
  });
  // Wrong answers first, then where the person stopped.
  Object.entries(draft).forEach(([code, state]) => {
    const field = fields.find((one) => one.dataset.code === code);
    if (field) restore(field, state);
  });
  applyConditions();
  const wrong = form.querySelector(".survey-wrong");
  show(wrong ? real().indexOf(wrong.closest("[data-step]")) : 0, false);
  if (Object.keys(draft).length && saveUrl) flush();
})();
