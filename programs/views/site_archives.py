"""Zips of the section for the school's own site: who is in each, what must be replaced."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.form_pages import act, form_view, url
from people.pages import member_page
from programs.forms.publications import ArchiveForm
from programs.models import SiteArchive
from programs.publication_permissions import can_edit_section, can_read_section
from programs.services import archives_on_sites, public_archiving
from programs.services.public_sections import section_of

PAGE = 20


@member_page
def archives(request):
    can_read_section(request.membership).require()
    rows = SiteArchive.objects.of(request.school).select_related("stored__organization", "made_by__person")  # fmt: skip
    page = Paginator(rows.prefetch_related("people"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "today": timezone.localdate(), "can_edit": can_edit_section(request.membership),
    }  # fmt: skip
    return render(request, "programs/public/archives.html", context)


@member_page
def archive_new(request):
    """What stands in the zip; the work itself goes on in the background."""
    can_edit_section(request.membership).require()
    section, back = section_of(request.school), url(request, "site_archives")
    form = ArchiveForm(section, request.POST or None)
    if form.submitted_to(public_archiving.start, section, by=request.membership):
        return redirect(form.result)
    return form_view(
        request, form, title="Собрать архив раздела", submit="Собрать архив", back=back,
        crumbs=[("Публичная страница", url(request, "public_section")), ("Архивы для сайта", back)],
        lead="Архив – весь раздел файлами: его распаковывают на сайте, где нельзя вставить ни рамку, ни скрипт.",
    )  # fmt: skip


@member_page
@require_POST
def archive_replaced(request, pk):
    can_edit_section(request.membership).require()
    archive = get_object_or_404(SiteArchive.objects.of(request.school), pk=pk)  # fmt: skip
    return act(
        request, url(request, "site_archives"), archives_on_sites.mark_replaced, archive,
        on=timezone.localdate(), by=request.membership, done="Отмечено: этого файла на сайте больше нет.",
    )  # fmt: skip
