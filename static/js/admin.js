// The export page of import-export binds «выбрать все» by an inline attribute, which the content security policy forbids.
"use strict";
document.querySelector("input.select-toggle")?.addEventListener("change", (event) => {
  document.querySelectorAll('.selectable-field-export-row input[type="checkbox"]').forEach((box) => { box.checked = event.target.checked; });
});

// A select2 box names itself by its value only; give its parts the label of the field.
function nameAutocompletes() {
  document.querySelectorAll("select.admin-autocomplete").forEach((select) => {
    const label = document.querySelector(`label[for="${select.id}"]`)?.textContent.trim().replace(/:$/, "");
    const parts = select.nextElementSibling?.querySelectorAll('[role="combobox"], [role="textbox"]') || [];
    if (!label) return;
    parts.forEach((part) => {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", [label, part.textContent.trim()].filter(Boolean).join(": "));
    });
  });
}
// jQuery makes the boxes a little after the page, and again for each added row.
new MutationObserver((changes) => {
  const made = changes.some((change) => [...change.addedNodes].some((node) => node.classList?.contains("select2")));
  if (made) nameAutocompletes();
}).observe(document.documentElement, { childList: true, subtree: true });
document.addEventListener("change", nameAutocompletes);
