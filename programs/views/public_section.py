"""The public section in the cabinet: overview, settings, order of blocks."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from people.form_pages import act, form_page, url
from people.pages import member_page
from programs.forms.publications import SectionForm
from programs.models import Publication
from programs.publication.blocks import BY_CODE
from programs.publication_permissions import can_edit_section, can_read_section
from programs.services import public_overview, public_sections


@member_page
def overview(request):
    """State, what waits, how to put it on the school's site, how it looks now."""
    can_read_section(request.membership).require()
    section, today = public_sections.section_of(request.school), timezone.localdate()
    context = {
        "section": section, "waiting": public_overview.waiting(request.school, today),
        "shown": Publication.objects.of(request.school).shown_on(today).count(),
        "embedding": public_overview.embedding(section), "can_edit": can_edit_section(request.membership),
    }  # fmt: skip
    return render(request, "programs/public/overview.html", context)


@member_page
def settings(request):
    can_edit_section(request.membership).require()
    section = public_sections.section_of(request.school)
    form = SectionForm(section, request.POST or None)
    back = url(request, "public_section")
    return form_page(
        request, form, public_sections.save_section, section, title="Настройки публичной страницы", done="Настройки сохранены.",
        back=back, crumbs=[("Публичная страница", back)],
    )  # fmt: skip


@member_page
@require_POST
def opened(request):
    can_edit_section(request.membership).require()
    section = public_sections.section_of(request.school)
    wanted = request.POST.get("opened") == "on"
    done = "Раздел открыт." if wanted else "Раздел закрыт: по его адресу теперь пусто."
    return act(request, url(request, "public_section"), public_sections.set_opened, section, opened=wanted, by=request.membership, done=done)  # fmt: skip


@member_page
def blocks(request):
    """One form: titles and ticks of all blocks; «выше» and «ниже» save what was typed and move one of them."""
    can_edit_section(request.membership).require()
    section = public_sections.section_of(request.school)
    if request.method == "POST":
        return save_blocks(request, section)
    rows = [{**row, "usual": BY_CODE[row["code"]].title} for row in public_sections.rows_of(section)]  # fmt: skip
    return render(request, "programs/public/blocks.html", {"rows": rows, "section": section})


def save_blocks(request, section):
    posted = request.POST
    rows = [
        {"code": code, "title": posted.get(f"title-{code}", ""), "hidden": f"shown-{code}" not in posted}
        for code in posted.getlist("code")
    ]  # fmt: skip
    moved, step = (posted["up"], -1) if "up" in posted else (posted.get("down", ""), 1)
    try:
        public_sections.save_blocks(section, rows=rows, by=request.membership)
        if moved:
            public_sections.move_block(section, code=moved, step=step, by=request.membership)
    except RuleError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Порядок блоков сохранён.")
    return redirect(url(request, "public_blocks") + (f"#block-{moved}" if moved in BY_CODE else ""))
