"""Correcting what the import has understood: sheet, line of headings, columns."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from mentoring.core.errors import RuleError
from people.forms.imports import ColumnsForm, SheetForm
from people.imports import tables
from people.pages import member_page
from people.services import staff_import
from people.views.imports import own_batch


@member_page
@never_cache
def columns(request, pk):
    """Correct what was understood: sheet, line of headings, columns."""
    shown = own_batch(request, pk)
    try:
        staff_import.require_open(shown, request.membership)
        book = staff_import.book_of(shown)
    except RuleError as error:
        messages.error(request, error.message)
        return redirect("imports", request.school.slug)
    wants_sheet = "header_row" in request.POST
    where = SheetForm(
        book.names, request.POST if wants_sheet else None,
        initial={"sheet": shown.sheet, "header_row": shown.header_row},
    )  # fmt: skip
    if wants_sheet and where.submitted_to(staff_import.choose_sheet, shown, by=request.membership):
        return redirect("import_columns", request.school.slug, shown.pk)
    table = staff_import.table_of(shown, book)
    rows = tables.lines(book.sheet(table.sheet), table)
    form = ColumnsForm(table, rows, None if wants_sheet else request.POST or None)
    if form.submitted_to(staff_import.choose_columns, shown, by=request.membership):
        return redirect("import", request.school.slug, shown.pk)
    context = {"batch": shown, "where": where, "form": form, "table": table, "book": book}
    return render(request, "people/imports/columns.html", context)
