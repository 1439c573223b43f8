"""What a person does with the own data: mends the contacts, asks the curator to mend the rest."""

import datetime as dt
import json

from django.db import transaction
from django.urls import reverse

from mentoring.core.errors import RuleError
from people import my_data
from people.models import Membership, Notice, Person
from people.services import journal, notices
from people.services.notices import Message
from people.services.reminding import curators_on

ASKED = "data.correction"
MOST_A_DAY = 5


@transaction.atomic
def set_contacts(*, email: str, phone: str, by: Membership) -> Person:
    """Own contacts on the own card; the sign-in address is changed elsewhere."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=by.person_id)
    person.email, person.phone = email.strip(), phone.strip()
    person.full_clean()
    person.save(update_fields=["email", "phone"])
    journal.record(by, "person.contacts", person)
    return person


@transaction.atomic
def ask_correction(*, text: str, on: dt.date, by: Membership) -> int:
    """Tell the curators what is wrong; returns how many were told. RuleError when there is nobody."""
    person, text = by.person, text.strip()
    curators = curators_on(by.organization, on)
    if not curators:
        raise RuleError(
            "Куратора сейчас нет. Обратитесь к руководителю или администратору портала."
        )
    key = f"correction-{person.pk}-{on.isoformat()}"
    asked = Notice.objects.of(by.organization).filter(
        person=curators[0], event=ASKED, key__startswith=key
    )
    if asked.filter(text=text).exists():
        raise RuleError("Эта просьба уже передана.", "text")
    number = asked.count()
    if number >= MOST_A_DAY:
        raise RuleError("На сегодня просьб достаточно: куратор их уже видит.", "text")
    told = notices.tell(
        Message(
            person=curator,
            event=ASKED,
            key=f"{key}-{number}",
            title=f"{person.short_name} просит исправить свои данные",
            text=text,
            url=reverse("person", args=[by.organization.slug, person.pk]),
        )
        for curator in curators
    )
    journal.record(by, "person.correction_asked", person)
    return len(told)


def as_json(person: Person, *, on: dt.date) -> str:
    """Everything about the person as readable JSON (machine-readable copy of «Мои данные»)."""
    sections = my_data.sections(person)
    data = {
        "организация": person.organization.full_name,
        "человек": person.full_name,
        "дата": on.isoformat(),
        "разделы": [
            {"раздел": row.title, "основание": row.why, "данные": row.as_data()}
            for row in sections.values()
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, default=str)
