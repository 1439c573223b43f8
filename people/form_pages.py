"""Pages that are one form or one button: what the views of all floors share."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring.core.errors import RuleError

RESULT = object()  # go on to what the service returned


def form_view(request, form, *, title: str, back, submit: str = "Сохранить", lead: str = "", crumbs=()):  # fmt: skip
    """One form on a page of its own; `back`: an object with a page or an address."""
    address = back if isinstance(back, str) else back.get_absolute_url()
    context = {"form": form, "title": title, "back": address, "submit": submit, "lead": lead, "crumbs": crumbs}  # fmt: skip
    return render(request, "partials/form_view.html", context)


def form_page(request, form, service, *args, title: str, done: str, back, to=None, submit: str = "Сохранить", lead: str = "", crumbs=(), **kwargs):  # fmt: skip
    """A page whose form is one call of a service by the member of the page.

    `done` is said on the next page: `to` (RESULT: what the service returned), else `back`.
    """
    if form.submitted_to(service, *args, by=request.membership, **kwargs):
        messages.success(request, done)
        return redirect(form.result if to is RESULT else to or back)
    return form_view(request, form, title=title, back=back, submit=submit, lead=lead, crumbs=crumbs)


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
