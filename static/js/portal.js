// Comfort on top of pages that work without it: kept forms, confirmation, copying, menus, theme.
"use strict";

// ---- forms whose typed text is never lost: <form data-keep> -------------------------------------------------
// Kept in this tab only (sessionStorage), per user and address: a school computer is shared by many.
const keepStore = {
  key: (form) => `keep:${document.body.dataset.user}:${location.pathname}:${form.id || [...document.forms].indexOf(form)}`,
  read(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: do without */ } },
  drop(key) { try { sessionStorage.removeItem(key); } catch { /* same */ } },
  keys() { try { return Object.keys(sessionStorage).filter((key) => key.startsWith("keep:")); } catch { return []; } },
};
const keepable = (field) => field.name && field.name !== "csrfmiddlewaretoken"
  && !["password", "file", "submit", "button", "hidden"].includes(field.type);
const valueOf = (field) => field.type === "select-multiple" ? [...field.selectedOptions].map((option) => option.value)
  : ["checkbox", "radio"].includes(field.type) ? field.checked : field.value;

function typedIn(form) {
  return [...form.elements].filter(keepable).map((field) => [field.name, field.type, valueOf(field)]);
}

function putBack(form, rows) {
  const fields = [...form.elements].filter(keepable);
  let changed = 0;
  rows.forEach(([name, type, value], index) => {
    const field = fields[index];
    if (!field || field.name !== name || field.type !== type || JSON.stringify(valueOf(field)) === JSON.stringify(value)) return;
    if (type === "select-multiple") [...field.options].forEach((option) => { option.selected = value.includes(option.value); });
    else if (["checkbox", "radio"].includes(type)) field.checked = value;
    else field.value = value;
    changed += 1;
  });
  return changed;
}

function sayRestored(form, key) {
  const note = document.createElement("div");
  note.className = "note note-work";
  note.setAttribute("role", "status");
  const back = document.createElement("button");
  back.type = "button";
  back.className = "link-button";
  back.textContent = "Вернуть, как было";
  back.addEventListener("click", () => { keepStore.drop(key); form.dataset.free = ""; location.reload(); });
  note.append("Введённое сохранено и возвращено в поля. Проверьте и отправьте. ", back);
  form.prepend(note);
}

function keepForm(form) {
  const key = keepStore.key(form);
  const kept = keepStore.read(key);
  const refused = document.querySelector("[data-error-summary]");
  // Sent and shown again without a mistake = saved. «lost» = sign-in or an error page came in between: not saved.
  if (kept && kept.sent && !kept.lost) keepStore.drop(key);
  else if (kept && !refused && putBack(form, kept.rows)) sayRestored(form, key);
  // Every form is kept when it is sent, in case no page comes back; a long one while it is typed too.
  if (!("keep" in form.dataset)) {
    form.addEventListener("submit", () => { if (typedIn(form).length) keepStore.write(key, { rows: typedIn(form), sent: true }); });
    return;
  }
  let timer;
  const save = () => { clearTimeout(timer); timer = setTimeout(() => keepStore.write(key, { rows: typedIn(form) }), 300); };
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.addEventListener("submit", () => { clearTimeout(timer); keepStore.write(key, { rows: typedIn(form), sent: true }); });
}
const signInPage = location.pathname.startsWith("/accounts/") || document.body.hasAttribute("data-not-saved"); // or an error page
if (!signInPage) document.querySelectorAll('form[method="post"]').forEach(keepForm);

for (const key of keepStore.keys()) {
  const kept = keepStore.read(key);
  if (!kept || !kept.sent) continue;
  if (signInPage) keepStore.write(key, { ...kept, lost: true });
  else if (!kept.lost && key.split(":")[2] !== location.pathname) keepStore.drop(key);
}

// ---- a changed form without data-keep asks before it is left -------------------------------------------------
const dirty = new Set();
document.querySelectorAll('form[method="post"]:not([data-keep]):not([data-free])').forEach((form) => {
  form.addEventListener("input", () => dirty.add(form));
  form.addEventListener("submit", () => dirty.clear());
});
window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected && !("free" in form.dataset))) event.preventDefault();
});

// ---- <form data-confirm="…"> or <button data-confirm="…"> ask once --------------------------------------------
function ask(text, yesWord, onYes) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-label", "Подтверждение");
  const words = document.createElement("p");
  words.textContent = text;
  const yes = Object.assign(document.createElement("button"), { className: "btn btn-primary", type: "button", textContent: yesWord });
  const no = Object.assign(document.createElement("button"), { className: "btn btn-outline-secondary", type: "button", textContent: "Отмена" });
  yes.addEventListener("click", () => { dialog.close(); onYes(); });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(words, yes, " ", no);
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  const source = event.submitter?.dataset.confirm ? event.submitter : form;
  if (!source.dataset.confirm || form.dataset.confirmed !== undefined || !window.HTMLDialogElement) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(source.dataset.confirm, source.dataset.confirmYes || "Да, продолжить", () => {
    form.dataset.confirmed = "";
    form.requestSubmit(event.submitter);
    delete form.dataset.confirmed;
  });
}, true);

// ---- a page that could not be made (503.html) ------------------------------------------------------------------
document.querySelectorAll("[data-again]").forEach((link) => {
  setTimeout(() => location.reload(), Number(link.dataset.again) * 1000);
  link.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
});
document.querySelectorAll("[data-back]").forEach((link) => {
  link.addEventListener("click", (event) => { if (history.length > 1) { event.preventDefault(); history.back(); } });
});

// ---- small things --------------------------------------------------------------------------------------------
document.querySelector("[data-error-summary]")?.focus();
document.querySelectorAll("[data-theme-toggle]").forEach((button) => {
  const words = { auto: "как в системе", light: "светлое", dark: "тёмное" };
  const show = (theme) => { button.querySelector("[data-theme-word]").textContent = words[theme]; };
  button.hidden = false;
  show(window.portalTheme.read());
  button.addEventListener("click", () => show(window.portalTheme.next()));
});
document.addEventListener("click", async (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  button.textContent = "Скопировано";
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("change", (event) => event.target.closest("[data-autosubmit]")?.form.requestSubmit());
document.addEventListener("submit", (event) => {
  if ("signOut" in event.target.dataset) keepStore.keys().forEach(keepStore.drop);
});
const busy = document.getElementById("page-busy");
const sayBusy = (text) => { if (busy) busy.textContent = text; };
document.addEventListener("htmx:sendError", () => sayBusy("Нет связи. Проверьте интернет и повторите."));
document.addEventListener("htmx:responseError", (event) => sayBusy(event.detail.xhr.status === 503
  ? "Портал сейчас не отвечает. Введённое осталось на странице, повторите через минуту."
  : "Не получилось. Обновите страницу и повторите."));
document.addEventListener("htmx:afterOnLoad", () => sayBusy(""));
