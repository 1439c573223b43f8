"""Whose requests the organization answers: chosen by itself (R-912)."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from people.form_pages import form_page, form_view, url
from people.forms.subordination import AuthorityForm, ReleaseForm
from people.models import Subordination
from people.pages import member_page
from people.permissions import can_edit_organization, can_read_organization
from people.services import subordination as service


@member_page
def authority(request):
    """The present authority with the former ones, and the way to choose another."""
    can_read_organization(request.membership).require()
    context = {
        "bonds": Subordination.objects.of(request.school).select_related("authority"), "today": timezone.localdate(),
        "may_edit": can_edit_organization(request.membership),
    }  # fmt: skip
    return render(request, "people/organizations/authority.html", context)


def crumbs(request) -> list[tuple[str, str]]:
    return [
        ("Организация", url(request, "settings")),
        ("Орган управления", url(request, "authority")),
    ]


@member_page
def authority_choose(request):
    can_edit_organization(request.membership).require()
    form = AuthorityForm(request.school, request.POST or None, initial={"starts_on": timezone.localdate()})  # fmt: skip
    return form_page(
        request, form, service.subordinate, title="Выбрать орган управления", submit="Выбрать орган управления",
        done="Орган управления выбран. Его запросы появятся в разделе «Отчёты».", back=url(request, "authority"), crumbs=crumbs(request),
        lead="Он сможет запрашивать отчёты и увидит сводные показатели без имён. Личные данные ему не передаются.",
    )  # fmt: skip


@member_page
def authority_release(request, pk):
    can_edit_organization(request.membership).require()
    rows = Subordination.objects.of(request.school).filter(ends_on=None)
    row = get_object_or_404(rows, pk=pk)
    form = ReleaseForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    if request.method != "POST":
        lead = f"{row.authority.short_name} перестанет видеть новые показатели. Представленные отчёты останутся у него."
        return form_view(request, form, title="Закончить подчинение", submit="Закончить", back=url(request, "authority"), lead=lead, crumbs=crumbs(request))  # fmt: skip
    return form_page(
        request, form, service.release, row, title="Закончить подчинение", submit="Закончить",
        done="Подчинение закончено.", back=url(request, "authority"), crumbs=crumbs(request),
    )  # fmt: skip
