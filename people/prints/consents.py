"""Consents as papers: blanks to sign by hand and copies of what was signed."""

import datetime as dt
from collections.abc import Iterable

from mentoring.core import grammar
from mentoring.core.prints import render_print
from people.models import Consent, PublicAddress
from people.models.consents import ConsentKind, PublicItem
from people.services.accounts import head_on

YES, NO = "да", "нет"
SHEETS = {
    ConsentKind.DATA: "prints/data_consent.html",
    ConsentKind.DISSEMINATION: "prints/dissemination_consent.html",
    ConsentKind.DUTY: "prints/duty_consent.html",
    ConsentKind.REPRESENTATIVE: "prints/representative_consent.html",
}
SORTS = {
    "person": lambda row: (name_of(row), row.kind),
    "kind": lambda row: (row.kind, name_of(row)),
}


def name_of(consent: Consent) -> str:
    return consent.person.full_name


def print_consents(consents: Iterable[Consent], *, on: dt.date, sort: str = "person") -> bytes:
    """One PDF of many consents, each on its own sheet; passport lines stay empty for the hand.

    `sort`: person or kind. Expects `with_everything`; three queries more, whatever the number.
    """
    rows = sorted(consents, key=SORTS[sort])
    shared = shared_context(rows[0].organization, on) if rows else {}
    sheets = [(SHEETS[row.kind], {**shared, **context_of(row, shared)}) for row in rows]
    return render_print(sheets, title="Согласия" if len(rows) != 1 else rows[0].text.title)


def with_everything(consents):
    """What a sheet needs, loaded at once."""
    related = ["person__pupil", "text", "organization", "representative"]
    return consents.select_related(*related).prefetch_related("choices")


def shared_context(organization, on: dt.date) -> dict:
    return {
        "org": organization,
        "addresses": list(PublicAddress.objects.of(organization).filter(archived=False)),
        "addressee": addressee(organization, on),
    }


def addressee(organization, on: dt.date) -> list[str]:
    """«Директору МБОУ … Ключевской В.П.» as lines of the corner."""
    found = head_on(organization, on)
    if found is None:
        return ["[[руководитель]]"]
    head, _ = found
    try:
        post = grammar.post_in_case(head.job_title, "datv", overrides=head.job_title_forms)
        name = grammar.person_in_case(head, "datv", "initials_after")
        school = grammar.organization_in_case(organization.short_name, "gent")
    except grammar.Unsure:
        return [head.job_title, organization.short_name, head.short_name]
    return [f"{post[:1].upper()}{post[1:]}", school, name]


def context_of(consent: Consent, shared: dict) -> dict:
    person, representative = consent.person, consent.representative
    signer = representative or person
    context = {
        "consent": consent, "text": consent.text, "person": person, "representative": representative,
        "signer": signer.full_name, "until": consent.valid_until, "given": bool(consent.given_on),
        "person_ending": "а" if signer.sex == "f" else "",
        "contact": ", ".join(filter(None, [person.phone, person.email])),
    }  # fmt: skip
    if consent.kind == ConsentKind.DISSEMINATION:
        context["rows"] = choice_rows(consent, shared["addresses"])
    return context


def choice_rows(consent: Consent, addresses: list[PublicAddress]) -> list[dict]:
    """A row per item: cells by address («да», «нет», or empty on a blank) and the conditions."""
    chosen = {(row.item, row.address_id): row for row in consent.choices.all()}
    rows = []
    for item in consent.text.data_items:
        found = [chosen.get((item, address.pk)) for address in addresses]
        conditions = dict.fromkeys(row.condition for row in found if row and row.condition)
        rows.append(
            {
                "label": PublicItem(item).label,
                "cells": [cell(row, bool(consent.given_on)) for row in found],
                "condition": "; ".join(conditions),
            }
        )
    return rows


def cell(row, given: bool) -> str:
    if not given:
        return ""
    return YES if row and row.allowed else NO
