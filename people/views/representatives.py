"""The legal representative's own link: read what is asked, print the blank; nothing is signed here."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mentoring.core.prints import pdf_response
from people.models import Consent
from people.prints.consents import print_consents, with_everything
from people.services.pupils import find_by_link
from people.views.answering import closed_page, quiet

GONE = "Ссылка больше не действует: её срок прошёл или вместо неё выдали новую. Попросите куратора школы прислать ссылку ещё раз."


def open_consents(representative):
    """What this representative is asked or has given."""
    rows = Consent.objects.of(representative.organization).filter(representative=representative)
    return with_everything(rows.filter(state__in=[Consent.State.ASKED, Consent.State.GIVEN]))


@never_cache
def representative(request, token):
    today = timezone.localdate()
    found = find_by_link(token, today)
    if found is None:
        return closed_page(request, None, GONE, 404)
    context = {
        "representative": found, "pupil": found.pupil, "school": found.organization, "token": token,
        "consents": open_consents(found), "title": "Согласие законного представителя",
    }  # fmt: skip
    return quiet(render(request, "answers/representative.html", context))


@never_cache
def representative_blank(request, token):
    """The blank of one consent, filled in but for the passport lines."""
    today = timezone.localdate()
    found = find_by_link(token, today)
    rows = open_consents(found) if found else None
    if not rows:
        raise Http404
    return quiet(pdf_response(print_consents(rows, on=today), "согласие"))
