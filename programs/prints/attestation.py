"""«Сведения о наставнической деятельности» as a sheet and as a table: what a mentor hands in for attestation."""

from collections.abc import Iterator

from mentoring.core import grammar
from mentoring.core.prints import REPORT, render_print, render_print_docx
from people.models import RoleGrant
from people.models.accounts import Role
from programs.prints.certificates import signatory
from programs.services.attestation import Record, contest_day

TITLE = "Сведения о наставнической деятельности"
HEADINGS = ["Раздел", "Что", "Когда", "Подробности", "Итог"]


def sheet(record: Record) -> tuple[str, dict]:
    """Two queries: who signs today."""
    person, on = record.facts.person, record.facts.on
    organization = person.organization
    curator = curator_name(organization, on)
    signatures = [
        {"post": "Наставник", "name": initials(person)},
        {"post": "Куратор программ наставничества", "name": curator},
        signatory(organization, on),
    ]  # fmt: skip
    context = {"record": record, "person": person, "org": organization, "on": on, "title": TITLE, "signatures": signatures}  # fmt: skip
    return "prints/attestation_record.html", context


def initials(person) -> str:
    return grammar.person_in_case(person, "nomn", "initials_before")


def curator_name(organization, on) -> str:
    grants = RoleGrant.objects.of(organization).filter(role=Role.CURATOR).active_on(on)
    grant = grants.select_related("membership__person").order_by("pk").first()
    return initials(grant.membership.person) if grant else ""


def print_attestation(record: Record) -> bytes:
    return render_print([sheet(record)], title=TITLE, look=REPORT)


def word_attestation(record: Record) -> bytes:
    return render_print_docx(*sheet(record), title=TITLE, look=REPORT)


def table(record: Record) -> Iterator[list]:
    """A line for everything the sheet says, so that a form of a region can be filled from it."""
    for one in record.pairs:
        programs = "; ".join(f"{title}: {result}" for title, result in one.programs)
        yield [one.group.word, "; ".join(one.mentees), period(one), "; ".join(filter(None, [one.form, one.order])), programs]  # fmt: skip
        yield ["Встречи", one.group.word.lower() + ": " + "; ".join(one.mentees), period(one), f"встреч {one.meetings}", f"часов {one.hours:g}".replace(".", ",")]  # fmt: skip
    for row in record.trainings:
        details = "; ".join(filter(None, [row.get_kind_display(), row.provider]))
        yield ["Обучение", row.title, row.ends_on, details, "; ".join(filter(None, [f"{row.hours} ч" if row.hours else "", row.paper]))]  # fmt: skip
    for row in record.practices:
        yield ["Практика", row.title, row.made_on, row.get_state_display(), "на сайте" if row.published else ""]  # fmt: skip
    for row in record.entries:
        yield ["Конкурс", row.contest.title, contest_day(row), "; ".join(filter(None, [row.contest.get_level_display(), row.nomination])), row.result]  # fmt: skip
    for row, order in record.awards:
        yield ["Поощрение", row.name or row.get_kind_display(), row.decided_on, row.merit, order]
    yield ["Удовлетворённость наставляемых", "средняя оценка за всё время", None, "", record.satisfaction]  # fmt: skip
    if record.facts.note:
        yield ["Дополнительно", record.facts.note, None, "", ""]


def period(line) -> str:
    return f"{line.since:%d.%m.%Y} – {line.until:%d.%m.%Y}" if line.until else f"с {line.since:%d.%m.%Y}"  # fmt: skip
