// The rich-text editor speaks Russian and has a name for those who do not see the screen.
"use strict";

const editorWords = {
  "heading 2": "заголовок раздела", "heading 3": "подзаголовок", paragraph: "обычный текст", "unordered list": "список с тире", "ordered list": "нумерованные пункты",
  "list properties": "свойства списка", bold: "полужирный", italic: "курсив", underline: "подчёркнутый", "insert link": "вставить ссылку", "remove link": "убрать ссылку",
  "insert table": "вставить таблицу", "add column": "добавить столбец", "delete column": "удалить столбец", "add row": "добавить строку", "delete row": "удалить строку",
  "merge cells": "объединить ячейки", "split cell": "разделить ячейку", "toggle header cell": "ячейка-заголовок", "delete table": "удалить таблицу", undo: "отменить", redo: "вернуть",
  "table properties": "Таблица", rows: "Строк", columns: "Столбцов", "include header row": "Первая строка – заголовок", yes: "Да", no: "Нет", cancel: "Отмена",
  "edit link": "Ссылка", url: "Адрес", title: "Подсказка", update: "Сохранить", remove: "Убрать",
};
const menuWords = { "heading 2": "Заголовок раздела", "heading 3": "Подзаголовок", paragraph: "Обычный текст", "insert table": "Вставить таблицу" };

function speakRussian(root) {
  root.querySelectorAll("[title]").forEach((button) => {
    const words = editorWords[button.title.toLowerCase()];
    if (!words) return;
    button.title = words;
    button.setAttribute("aria-label", words);
  });
  root.querySelectorAll(":is(.prose-editor-dialog, .prose-menubar__picker) :is(h2, h3, p, label, option, button)").forEach((item) => {
    const key = item.textContent.trim().toLowerCase();
    const words = menuWords[key] || editorWords[key];
    if (!words || item.childElementCount) return;
    if (item.tagName === "OPTION") item.setAttribute("value", item.value); // the editor reads the value, which is the text unless it is set
    item.textContent = words;
  });
  root.querySelectorAll(".ProseMirror[role=textbox]:not([aria-label])").forEach((area) => {
    const label = area.closest(".mb-3")?.querySelector("label");
    area.setAttribute("aria-label", label ? label.textContent.trim() : "Текст документа");
  });
}

const editorForm = document.querySelector(".paper-editor");
if (editorForm) {
  speakRussian(document.body);
  // The editor is drawn by its own module, and some buttons and dialogs appear later.
  new MutationObserver(() => speakRussian(document.body)).observe(document.body, { childList: true, subtree: true, attributeFilter: ["title"] });
}
