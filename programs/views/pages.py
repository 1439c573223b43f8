"""What the pages of programmes share: finding own rows, the crumb of a programme over a form."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from people import form_pages
from people.form_pages import RESULT, act, form_view, url
from programs.models import GroupMember, Helper, Program
from programs.program_permissions import can_read_program

__all__ = ["RESULT", "act", "form_page", "form_view", "own_program", "program_crumbs", "url"]

LOADED = ("organization", "group__mentor", "template", "based_on", "approved_by__person", "follows", "report")  # fmt: skip
# Both sides and the helpers in two queries: every page of a programme has twelve.
LISTED = (
    Prefetch("group__members", GroupMember.objects.select_related("person")),
    Prefetch("helpers", Helper.objects.select_related("person")),
)


def own_program(request, pk, *prefetched) -> Program:
    """A programme of the school that the member may read, else 404 or 403."""
    rows = Program.objects.of(request.school).select_related(*LOADED)
    program = get_object_or_404(rows.prefetch_related(*LISTED, *prefetched), pk=pk)
    can_read_program(request.membership, program).require()
    return program


def form_page(request, form, service, *args, of: Program | None = None, crumbs=(), **kwargs):
    """`people.form_pages.form_page`; `of` is the programme whose crumb leads the page."""
    crumbs = program_crumbs(of) if of else crumbs
    return form_pages.form_page(request, form, service, *args, crumbs=crumbs, **kwargs)


def program_crumbs(program: Program) -> list[tuple[str, str]]:
    return [(program.title, program.get_absolute_url())]
