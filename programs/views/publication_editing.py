"""The page with the editor of a publication."""

from django.contrib import messages
from django.shortcuts import redirect, render


def editor(request, form, service, *args, title: str, submit: str, back: str, done: str, of=None):
    """One call of the service; `of`: the publication whose crumb leads the page."""
    if form.submitted_to(service, *args, by=request.membership):
        messages.success(request, done)
        return redirect(form.result)
    context = {"form": form, "title": title, "submit": submit, "back": back, "publication": of}
    return render(request, "programs/public/edit.html", context)
