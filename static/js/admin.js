// The export page of import-export binds «выбрать все» by an inline attribute, which the content security policy forbids.
"use strict";
document.querySelector("input.select-toggle")?.addEventListener("change", (event) => {
  document.querySelectorAll('.selectable-field-export-row input[type="checkbox"]').forEach((box) => { box.checked = event.target.checked; });
});
