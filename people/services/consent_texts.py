"""Texts of consents: the school's versions, frozen as soon as somebody was asked with them."""

import datetime as dt
import functools
import json

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from mentoring.core import missing
from mentoring.core.errors import RuleError
from mentoring.core.rich_text import sanitise
from people.models import ConsentText, Membership, Organization, Person
from people.models.consents import ConsentKind
from people.permissions import can_edit_consents
from people.services import journal

FOR = ConsentText.For
REQUIRED = ("title", "body")


@functools.cache
def defaults() -> list[dict]:
    """Our own wording, by ст. 9 ч. 4 and ст. 10.1 of 152-ФЗ, ст. 351.8 ТК РФ and приказ РКН № 18."""
    path = settings.BASE_DIR / "fixtures/consent_texts.json"
    return json.loads(path.read_text(encoding="utf-8"))


@transaction.atomic
def install(organization: Organization, *, on: dt.date) -> None:
    """Give the school the usual texts it has not got yet; safe to repeat."""
    texts = ConsentText.objects.of(organization)
    known = set(texts.values_list("kind", "role"))
    ConsentText.objects.bulk_create(
        ConsentText(organization=organization, number=1, published_on=on, **row)
        for row in defaults()
        if (row["kind"], row["role"]) not in known
        and (row["role"] != FOR.PUPIL or organization.works_with_pupils)
    )


def text_for(person: Person, kind: str, on: dt.date) -> ConsentText:
    """The published text of that kind that fits the person; RuleError when there is none."""
    install(person.organization, on=on)
    texts = ConsentText.objects.of(person.organization).filter(kind=kind, published_on__lte=on)
    found = texts.filter(role__in=roles_of(person, kind)).order_by("-published_on", "-number")
    if text := found.first():
        return text
    raise RuleError(f"Нет текста согласия {ConsentKind(kind).label}. Составьте и опубликуйте его.")


def roles_of(person: Person, kind: str) -> list[str]:
    """For whom the text must be written."""
    if person.kind == Person.Kind.PUPIL:
        return [FOR.PUPIL] if kind != ConsentKind.DISSEMINATION else [FOR.PUPIL, FOR.ALL]
    if kind == ConsentKind.DUTY:
        return [FOR.MENTOR] if hasattr(person, "mentor_profile") else [FOR.MENTEE]
    return [FOR.ALL]


@transaction.atomic
def save_text(text: ConsentText, *, by: Membership, **values) -> ConsentText:
    """Mend a text; one that somebody was asked with stays, the change becomes a new version."""
    can_edit_consents(by).require()
    if text.consents.exists():
        text = ConsentText(
            organization=text.organization, kind=text.kind, role=text.role, number=next_number(text)
        )
    values["body"] = sanitise(values["body"])
    for name, value in values.items():
        setattr(text, name, value)
    text.published_on = None if text.pk is None else text.published_on
    text.full_clean()
    text.save()
    journal.record(by, "consent_text.saved", text)
    return text


def next_number(text: ConsentText) -> int:
    same = ConsentText.objects.of(text.organization).filter(kind=text.kind, role=text.role)
    return same.aggregate(last=Max("number"))["last"] + 1


@transaction.atomic
def publish(text: ConsentText, *, on: dt.date, by: Membership) -> ConsentText:
    """From that day the text is offered; gaps `[[…]]` must be filled first."""
    can_edit_consents(by).require()
    if gaps := missing.missing_in(" ".join([text.title, text.purpose, text.body])):
        raise RuleError(f"В тексте не заполнено: {', '.join(gaps)}.")
    text.published_on = on
    text.save(update_fields=["published_on"])
    journal.record(by, "consent_text.published", text)
    return text
