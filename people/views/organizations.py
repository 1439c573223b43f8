"""Requisites and settings of the school (R-914)."""

from django.contrib import messages
from django.shortcuts import redirect, render

from people.forms.organizations import SettingsForm
from people.models import Organization
from people.models.accounts import Role
from people.pages import member_page
from people.permissions import can_edit_organization, can_read_organization
from people.services.organizations import update_organization


@member_page
def settings(request):
    """The head reads, the curator and the administrator write."""
    can_read_organization(request.membership).require()
    may_edit = can_edit_organization(request.membership)
    if request.method == "POST":
        may_edit.require()
    # A fresh copy: a refused form must not change the name in the frame of the page.
    instance = Organization.objects.get(pk=request.school.pk)
    form = SettingsForm(request.POST or None, instance=instance)
    if form.submitted_to(update_organization, by=request.membership):
        messages.success(request, "Сохранено. Новые документы выйдут с этими реквизитами.")
        return redirect("settings", request.school.slug)
    context = {"form": form, "may_edit": may_edit, "pairs": shown_values(form)}
    return render(request, "people/organizations/settings.html", context)


def shown_values(form: SettingsForm) -> list[tuple[str, object]]:
    """Label and value of every field, as a reader sees them."""
    rows = []
    for name in form.Meta.fields:
        field = form.fields[name]
        value = getattr(form.instance, name)
        if isinstance(value, bool):
            value = "да" if value else "нет"
        if isinstance(value, list):
            value = ", ".join(str(Role(one).label) for one in value) or "никому"
        display = getattr(form.instance, f"get_{name}_display", None)
        rows.append((field.label, display() if display else value))
    return rows
