// The rich-text editor speaks Russian and has a name for those who do not see the screen.
"use strict";

const editorWords = {
  "heading 2": "заголовок раздела", "heading 3": "подзаголовок", paragraph: "обычный текст", "unordered list": "список с тире", "ordered list": "нумерованные пункты",
  "list properties": "свойства списка", bold: "полужирный", italic: "курсив", underline: "подчёркнутый", "insert link": "вставить ссылку", "remove link": "убрать ссылку",
  "insert table": "вставить таблицу", "add column": "добавить столбец", "delete column": "удалить столбец", "add row": "добавить строку", "delete row": "удалить строку",
  "merge cells": "объединить ячейки", "split cell": "разделить ячейку", "toggle header cell": "ячейка-заголовок", "delete table": "удалить таблицу", undo: "отменить", redo: "вернуть",
};

function speakRussian(root) {
  root.querySelectorAll("[title]").forEach((button) => {
    const words = editorWords[button.title.toLowerCase()];
    if (!words) return;
    button.title = words;
    button.setAttribute("aria-label", words);
  });
  root.querySelectorAll(".ProseMirror[role=textbox]:not([aria-label])").forEach((area) => {
    const label = area.closest(".mb-3")?.querySelector("label");
    area.setAttribute("aria-label", label ? label.textContent.trim() : "Текст документа");
  });
}

const editorForm = document.querySelector(".paper-editor");
if (editorForm) {
  speakRussian(editorForm);
  // The editor is drawn by its own module, and some buttons appear later (inside a table).
  new MutationObserver(() => speakRussian(editorForm)).observe(editorForm, { childList: true, subtree: true, attributeFilter: ["title"] });
}
