"""Numbers of documents: text, unique in register and year (R-915)."""

import re

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Organization
from people.services import journal
from roadmap.document_permissions import can_number
from roadmap.models import Document
from roadmap.services import archive


def number_period(organization, day) -> int:
    """Year in which a number is unique: calendar, or the school year's first by setting."""
    if organization.number_year == Organization.NumberYear.SCHOOL and day.month < 9:
        return day.year - 1
    return day.year


def suggest_number(document: Document, day) -> str:
    """The next number of the register in the shape of the last one: «76-ТД» → «77-ТД».

    Only a proposal: other orders of the school share the register.
    """
    taken = (
        Document.objects.of(document.organization)
        .exclude(number="")
        .filter(register=document.register, number_period=number_period(document.organization, day))
    )
    parsed = [re.match(r"(\d+)(.*)", number) for number in taken.values_list("number", flat=True)]
    best = max((match for match in parsed if match), key=lambda match: int(match[1]), default=None)
    return f"{int(best[1]) + 1}{best[2]}" if best else "1"


def set_number(document: Document, number: str) -> None:
    """Put the number on the row (the caller saves); a taken number is refused with its owner."""
    number = " ".join(number.split())
    # One number at a time per school: of two at once the second sees the first and gets a sentence.
    Organization.objects.select_for_update(no_key=True).get(pk=document.organization_id)
    period = number_period(document.organization, document.dated_on)
    same = Document.objects.of(document.organization).filter(
        register=document.register, number_period=period, number=number
    )
    if number and (other := same.exclude(pk=document.pk).first()):
        raise RuleError(
            f"Номер {number} в журнале «{document.get_register_display()}» за {period} год уже занят: "
            f"{other.full_title}. Укажите другой.",
            "number",
        )
    document.number, document.number_period = number, period


@transaction.atomic
def enter_number(document: Document, *, number: str, by: Membership) -> Document:
    """Enter or mend the number after printing: a new file, one journal line, approvals stay."""
    can_number(by, document).require()
    if not number.strip():
        raise RuleError("Введите номер документа.", "number")
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    set_number(document, number)
    document.save(update_fields=["number", "number_period"])
    if not document.from_paper:  # the scan of the original is the file, whatever its number
        archive.write_package(document)
    journal.record(by, "document.numbered", document)
    return document
