"""Background work about the public section; safe to run again from the start."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from mentoring.core.errors import RuleError
from people.pages import with_current_roles
from people.services import jobs
from programs.services import site_archives
from programs.services.public_sections import section_of

TOLD_EVERY = 25  # files between two notes of progress


@task()
def pack_section(job_id: int, *, with_people: bool) -> None:
    """The section as a zip; rights and consents are those of this very day, the queue may have waited.

    Nothing is kept before the end, so a worker killed in the middle begins anew and doubles nothing.
    """
    if (job := jobs.begin(job_id)) is None:
        return
    section, by, on = section_of(job.organization), with_current_roles(job.membership), timezone.localdate()  # fmt: skip

    def told(done: int, found: int) -> None:
        if done == 1 or done % TOLD_EVERY == 0:
            jobs.running(job, total=found)
            jobs.progress(job, done)

    try:
        site_archives.check(section, with_people=with_people, by=by)
        made = site_archives.collect(section, with_people=with_people, on=on, told=told)
        with transaction.atomic():
            archive = site_archives.keep(section, made, on=on, by=by)
            jobs.finished(job, archive.stored)
    except RuleError as error:
        jobs.failed(job, error.message)
