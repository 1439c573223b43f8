"""Access cards on paper: four on a sheet, with a QR code, to cut and hand out."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mentoring.core.prints import NARROW, render_print
from people.models import Membership
from people.prints.survey_links import qr
from people.services.access_cards import sign_in_name

ON_SHEET = 4


def print_cards(members: list[Membership], tokens: dict[int, str]) -> bytes:
    """PDF of the cards just issued; `tokens` by membership id. In the order of names."""
    until = timezone.localdate() + dt.timedelta(days=settings.ACCESS_CARD_DAYS)
    cards = [
        {
            "member": member, "person": member.person, "login": sign_in_name(member), "until": until,
            "link": link_of(tokens[member.pk]), "qr": qr(link_of(tokens[member.pk])),
        }
        for member in sorted(members, key=lambda one: one.person.full_name)
    ]  # fmt: skip
    sheets = [
        ("prints/access_cards.html", {"cards": cards[start : start + ON_SHEET], "org": members[0].organization})
        for start in range(0, len(cards), ON_SHEET)
    ]  # fmt: skip
    return render_print(sheets, title="Карточки доступа", look=NARROW)


def link_of(token: str) -> str:
    return settings.PUBLIC_URL + reverse("invitation", args=[token])
