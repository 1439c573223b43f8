"""What the pages of programmes share: finding own rows, one page for a form, one way to run a one-click action."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring.core.errors import RuleError
from programs.models import GroupMember, Helper, Program
from programs.program_permissions import can_read_program

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


def form_view(request, form, *, title: str, back, submit: str = "Сохранить", lead: str = "", crumbs=()):  # fmt: skip
    """One form on a page of its own; `back`: an object with a page or an address."""
    address = back if isinstance(back, str) else back.get_absolute_url()
    context = {"form": form, "title": title, "back": address, "submit": submit, "lead": lead, "crumbs": crumbs}  # fmt: skip
    return render(request, "programs/form.html", context)


RESULT = object()  # go on to what the service returned


def form_page(request, form, service, *args, title: str, done: str, back, to=None, of=None, submit: str = "Сохранить", lead: str = "", crumbs=(), **kwargs):  # fmt: skip
    """A page whose form is one call of a service by the member of the page.

    `done` is said on the next page: `to`, else `back`; `of` is the programme whose crumb leads the page.
    """
    if form.submitted_to(service, *args, by=request.membership, **kwargs):
        messages.success(request, done)
        return redirect(form.result if to is RESULT else to or back)
    crumbs = program_crumbs(of) if of else crumbs
    return form_view(request, form, title=title, back=back, submit=submit, lead=lead, crumbs=crumbs)


def program_crumbs(program: Program) -> list[tuple[str, str]]:
    return [(program.title, program.get_absolute_url())]


def act(request, target, service, *args, done: str = "", **kwargs):
    """Run a service from a button; a rule that says no becomes a message."""
    try:
        service(*args, **kwargs)
    except RuleError as error:
        messages.error(request, error.message)
    else:
        if done:
            messages.success(request, done)
    return redirect(target)


def url(request, name: str, *args) -> str:
    return reverse(name, args=[request.school.slug, *args])
