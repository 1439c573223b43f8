"""Background work of this floor; safe to run again from the start."""

import datetime as dt
import io
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pypdfium2
from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django_tasks import task

from mentoring.core.errors import RuleError
from mentoring.core.pdf import render_pdf
from people.pages import with_current_roles
from people.services import files, jobs
from programs.models import GroupMember, Program, ReportRequest
from programs.prints.programs import print_mentor_report, program_sheet
from programs.program_permissions import readable_programs
from programs.services import report_pack, report_summary

FETCHED = (
    Prefetch("group__members", GroupMember.objects.select_related("person")),
    "versions__made_by__person", "items", "milestones", "consents__witness",
)  # fmt: skip


@task()
def print_programs(job_id: int, *, program_ids: list[int]) -> None:
    """One file of all programmes that the author may read today, in the given order.

    Nothing is kept before the end, so a worker killed in the middle begins anew and doubles nothing.
    """
    if (job := jobs.begin(job_id)) is None:
        return
    rows = readable_programs(with_current_roles(job.membership)).filter(pk__in=program_ids)
    rows = rows.select_related("organization", "group__mentor", "approved_by__person")
    programs = rows.prefetch_related(*FETCHED).in_bulk()
    pages = [html_of(programs[pk]) for pk in program_ids if pk in programs]
    jobs.running(job, total=len(pages))
    found = []
    for done, pdf in enumerate(drawn(pages), start=1):
        found.append(pdf)
        jobs.progress(job, done)
    whole = merged(found)
    with transaction.atomic():
        stored = files.store(
            whole, organization=job.organization, purpose="program_pack", name="программы.pdf",
            content_type="application/pdf", owner_id=job.membership_id,
        )  # fmt: skip
        jobs.finished(job, stored)


@task()
def pack_mentor_reports(job_id: int, *, start: str, end: str) -> None:
    """All reports of mentors accepted in a period (ISO days) as PDFs in one archive, with a summary table (R-713)."""
    if (job := jobs.begin(job_id)) is None:
        return
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    rows = list(report_pack.reports_of(with_current_roles(job.membership), first, last))
    jobs.running(job, total=len(rows))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Сводка.xlsx", report_pack.summary(rows))
        for done, report in enumerate(rows, start=1):
            archive.writestr(report_pack.name_of(done, report), print_mentor_report(report.program))
            jobs.progress(job, done)
    with transaction.atomic():
        stored = files.store(
            out.getvalue(), organization=job.organization, purpose="program_pack", name=f"отчёты наставников {first:%d.%m.%Y}-{last:%d.%m.%Y}.zip",
            content_type="application/zip", owner_id=job.membership_id,
        )  # fmt: skip
        jobs.finished(job, stored)


@task()
def count_summary(job_id: int, *, request_id: int, closing: bool) -> None:
    """Count the table of a request; `closing` also ends the collection. Run again it only says so."""
    if (job := jobs.begin(job_id)) is None:
        return
    jobs.running(job, total=1)
    asked = ReportRequest.objects.of(job.organization).get(pk=request_id)
    write = report_summary.close if closing else report_summary.recount
    try:
        with transaction.atomic():
            write(asked, by=with_current_roles(job.membership))
            jobs.finished(job)
    except RuleError as error:
        jobs.failed(job, error.message)


def html_of(program: Program) -> str:
    template, context = program_sheet(program)
    title = f"Программа: {program.title}"
    body = render_to_string(template, context)
    return render_to_string("prints/frame.html", {"bodies": [body], "title": title, "look": ""})


def drawn(pages: list[str]):
    """PDFs in order; on several processes where the machine has them (PRINT_PROCESSES)."""
    number = min(settings.PRINT_PROCESSES, len(pages))
    if number < 2:
        yield from map(render_pdf, pages)
        return
    with ProcessPoolExecutor(number, mp_context=get_context("forkserver")) as pool:
        yield from pool.map(render_pdf, pages, chunksize=4)


def merged(pdfs: list[bytes]) -> bytes:
    """One file for the printer; each programme begins on a page of its own."""
    whole = pypdfium2.PdfDocument.new()
    for pdf in pdfs:
        part = pypdfium2.PdfDocument(pdf)
        whole.import_pages(part)
        part.close()
    buffer = io.BytesIO()
    whole.save(buffer)
    whole.close()
    return buffer.getvalue()
