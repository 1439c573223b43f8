"""The demo's prints as files beside the papers: registries, a mentor's record, the archive of mentors' reports."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Count, Q

from mentoring.core.exports import xlsx
from people.models import Membership, Organization, Person
from people.models.accounts import Role
from people.pages import with_current_roles
from programs.monitoring.scope import STARTED, school_year
from programs.prints import attestation as record_prints
from programs.prints import registries as registry_prints
from programs.prints.programs import print_mentor_report
from programs.services import attestation, attestation_facts, registries, report_pack

# Prints with the margins of official papers and tables in 10 points (`mentoring.core.prints`): name → how the sheet lies.
LISTINGS = {
    "mentee_registry": "landscape",
    "mentor_registry": "landscape",
    "attestation_record": "portrait",
}
HEADINGS = {"mentees": registries.MENTEE_HEADINGS, "mentors": registries.MENTOR_HEADINGS}


def write_prints(organization: Organization, folder: Path, *, on: dt.date) -> list[str]:
    """Write the files of a school; returns their names."""
    curator = curator_of(organization, on)
    files = dict([*registry_files(organization, on), *record_files(organization, curator, on)])
    if curator:
        files["mentor_reports.zip"] = archive(curator, on)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return list(files)


def curator_of(organization: Organization, on: dt.date) -> Membership | None:
    rows = Membership.objects.of(organization).select_related("person")
    members = map(with_current_roles, rows.filter(grants__role=Role.CURATOR).distinct())
    return next((one for one in members if Role.CURATOR in one.current_roles), None)


def registry_files(organization: Organization, on: dt.date) -> Iterator[tuple[str, bytes]]:
    for bank, name in (("mentees", "mentee_registry"), ("mentors", "mentor_registry")):
        lines = registries.LINES[bank](organization, on)
        shared = {"organization": organization, "on": on}
        yield f"{name}.pdf", registry_prints.print_registry(bank, lines, **shared)
        yield f"{name}.docx", registry_prints.word_registry(bank, lines, **shared)
        yield f"{name}.xlsx", xlsx(list(HEADINGS[bank]), [line.cells() for line in lines])


def record_files(organization: Organization, curator: Membership | None, on: dt.date) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    """Of the mentor with the most pairs and the most to tell."""
    worked = Count("mentored_groups", Q(mentored_groups__state__in=STARTED), distinct=True)
    told = Count("trainings", distinct=True) + Count("awards", distinct=True) + Count("contest_entries", distinct=True)  # fmt: skip
    people = Person.objects.of(organization).annotate(worked=worked, told=told)  # fmt: skip
    mentor = people.filter(worked__gt=0).order_by("-worked", "-told", "pk").first()
    if mentor is None or curator is None:
        return
    facts = attestation_facts.read(mentor, on=on, by=curator)
    record = attestation.record(facts, attestation.spans(facts)[attestation.ALL])
    yield "attestation_record.pdf", record_prints.print_attestation(record)
    yield "attestation_record.docx", record_prints.word_attestation(record)
    yield "attestation_record.xlsx", xlsx(record_prints.HEADINGS, record_prints.table(record))


def archive(curator: Membership, on: dt.date) -> bytes:
    """Accepted reports of the school year with their summary, as the page «Отчёты» packs them."""
    year, out = school_year(on), io.BytesIO()
    rows = list(report_pack.reports_of(curator, year.start, year.end))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Сводка.xlsx", report_pack.summary(rows))
        for place, report in enumerate(rows, start=1):
            packed.writestr(report_pack.name_of(place, report), print_mentor_report(report.program))
    return out.getvalue()
