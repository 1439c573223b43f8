"""Pages that a person would hang up: the honour certificate, the certificate of the School of Mentors (R-803, R-405)."""

import datetime as dt

from mentoring.core import grammar
from mentoring.core.prints import render_print
from people.services.accounts import head_on
from programs.models import Award, MentorSchool, SchoolListener

LOOK = "certificate"


def signatory(organization, on: dt.date) -> dict:
    found = head_on(organization, on)
    name = grammar.person_in_case(found[0], "nomn", "initials_before") if found else ""
    return {"post": organization.head_title.capitalize(), "name": name}


def in_case(person, case: str) -> str:
    """The name in the case, or as it stands where the grammar is unsure."""
    try:
        return grammar.person_in_case(person, case, "full")
    except grammar.Unsure:
        return person.full_name


def post_in(person, case: str) -> str:
    try:
        return grammar.post_in_case(person.job_title, case, overrides=person.job_title_forms) if person.job_title else ""  # fmt: skip
    except grammar.Unsure:
        return person.job_title


WORDS = {
    Award.Kind.CERTIFICATE: ("Почётная грамота", "награждается", "nomn"),
    Award.Kind.COMMENDATION: ("Благодарность", "объявляется", "datv"),
    Award.Kind.GIFT: ("Диплом", "награждается ценным подарком", "nomn"),
}


def print_certificate(award: Award) -> bytes:
    """A4 page for a certificate, a commendation or a gift that was given."""
    title, verb, case = WORDS[award.kind]
    on = award.decided_on
    context = {
        "org": award.organization, "title": title, "verb": verb, "name": in_case(award.person, case),
        "post": post_in(award.person, case), "merit": award.merit, "on": on, "signatory": signatory(award.organization, on),
        "basis": f"Приказ от {award.document.dated_on:%d.%m.%Y} № {award.document.number}" if award.document and award.document.number else "",
    }  # fmt: skip
    return render_print([("prints/honour_certificate.html", context)], title=f"{title}: {award.person.full_name}", look=LOOK)  # fmt: skip


def print_school_certificates(school: MentorSchool, rows: list[tuple[SchoolListener, int]], *, on: dt.date) -> bytes:  # fmt: skip
    """One page for each listener who attended enough, with the hours."""
    sign = signatory(school.organization, on)
    sheets = [
        (
            "prints/honour_certificate.html",
            {
                "org": school.organization, "title": "Сертификат", "verb": f"прош{'ла' if row.person.sex == 'f' else 'ёл'} обучение в Школе наставников «{school.title}»",
                "name": row.person.full_name, "post": row.person.job_title, "merit": f"в объёме {grammar.count(hours, 'час')}",
                "on": on, "signatory": sign, "basis": "", "after": True,
            },
        )
        for row, hours in rows
    ]  # fmt: skip
    return render_print(sheets, title=f"Сертификаты: {school.title}", look=LOOK)
