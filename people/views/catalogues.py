"""The school's catalogues: add, rename, hide (R-127, R-128, R-320)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from people.forms.banks import choices_of
from people.forms.notes import ItemForm
from people.models.catalogues import Catalogue
from people.pages import member_page
from people.permissions import can_edit_catalogues
from people.services import catalogues as service


@member_page
def catalogue_list(request):
    can_edit_catalogues(request.membership).require()
    rows = [(code, label, len(service.items(request.school, code))) for code, label in Catalogue.choices]  # fmt: skip
    return render(request, "people/catalogues/list.html", {"rows": rows})


@member_page
def catalogue(request, catalogue):
    can_edit_catalogues(request.membership).require()
    if catalogue not in Catalogue.values:
        raise Http404
    with_direction = catalogue in service.WITH_DIRECTION
    titles = service.titles(request.school, "direction") if with_direction else {}
    directions = choices_of(request.school, "direction") if with_direction else []
    form = ItemForm(directions, request.POST or None)
    if form.submitted_to(service.add_item, catalogue=catalogue, by=request.membership):
        messages.success(request, "Добавлено.")
        return redirect("catalogue", request.school.slug, catalogue)
    context = {
        "catalogue": catalogue, "title": Catalogue(catalogue).label, "form": form,
        "rows": [
            (item, titles.get(item.direction, "") or item.hint)
            for item in service.all_items(request.school, catalogue)
        ],
    }  # fmt: skip
    return render(request, "people/catalogues/one.html", context)


@member_page
@require_POST
def item_change(request, catalogue, code):
    """Rename (`title`), hide or bring back (`hidden` 1 or 0)."""
    can_edit_catalogues(request.membership).require()
    if catalogue not in Catalogue.values:
        raise Http404
    hidden = request.POST.get("hidden")
    try:
        service.change_item(
            catalogue=catalogue, code=code, by=request.membership, title=request.POST.get("title"),
            hidden=None if hidden is None else hidden == "1",
        )  # fmt: skip
        messages.success(request, "Сохранено.")
    except RuleError as error:
        messages.error(request, error.message)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("catalogue", request.school.slug, catalogue)
