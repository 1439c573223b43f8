"""The work of each minute: tasks of killed workers go back to the queue, waiting letters leave.

A killed worker leaves its task «running» for ever; one that lost the database fails. Both are run again, from
another worker if need be: `jobs` sees to it that only the latest attempt writes.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from people.models import Job
from people.services import email_channel, jobs, outbox

ATTEMPTS = 3
GAVE_UP = (
    "Задание трижды прерывалось. Запустите его снова; если не поможет, скажите администратору."
)
BROKEN = "Задание не выполнено из-за сбоя. Запустите его снова."
READY, RUNNING, FAILED = "READY", "RUNNING", "FAILED"
# Not the fault of the task: the database was away, or another attempt was at work and has died since.
INTERRUPTED = {
    "django.db.utils.OperationalError",
    "django.db.utils.InterfaceError",
    "people.services.jobs.Superseded",
}


@dataclass
class Swept:
    returned: int = 0
    given_up: int = 0
    broken: int = 0
    letters: bool = False


def sweep(now: dt.datetime) -> Swept:
    """Interrupted tasks go back or fail; jobs of tasks that crashed say so; letters leave. Safe to repeat.

    A task must show progress at least every five minutes (INTERRUPTED_SECONDS), else it is taken for dead.
    """
    swept = Swept()
    for result in DBTaskResult.objects.filter(status=RUNNING):
        if silent(result.started_at, now):
            again_or_never(swept, result, job_of(result), now)
    open_jobs = Job.objects.filter(state__in=jobs.OPEN).in_bulk()
    ended = DBTaskResult.objects.filter(status=FAILED, finished_at__gte=now - dt.timedelta(days=2))
    for result in ended if open_jobs else ():
        if job := open_jobs.get(job_id(result)):
            if result.exception_class_path in INTERRUPTED:
                again_or_never(swept, result, job, now)
            else:
                swept.broken += close_job(job, BROKEN)
    swept.letters = send_letters(now)
    return swept


def silent(moment: dt.datetime, now: dt.datetime) -> bool:
    """Too long ago, or too far ahead: then a wrong clock wrote it."""
    return abs(now - moment) > settings.INTERRUPTED_AFTER


def job_id(result: DBTaskResult) -> int | None:
    """Every task started by `jobs.start` has it; the first argument of others is another kind of number."""
    return result.args_kwargs.get("kwargs", {}).get("job_id")


def job_of(result: DBTaskResult) -> Job | None:
    return Job.objects.filter(pk=job_id(result)).first()


def again_or_never(swept: Swept, result: DBTaskResult, job: Job | None, now: dt.datetime) -> None:
    """Back to the queue, after three attempts failed with a reason; one that shows progress is left alone."""
    if job is not None and not silent(job.updated_at, now):
        return
    if len(result.worker_ids) >= ATTEMPTS:
        swept.given_up += give_up(result, job, now)
    else:
        swept.returned += put_back(result)


def same(result: DBTaskResult):
    """Claimed by its state, so that two sweepers or a late worker do not meet."""
    return DBTaskResult.objects.filter(pk=result.pk, status=result.status, started_at=result.started_at)  # fmt: skip


def put_back(result: DBTaskResult) -> bool:
    return bool(same(result).update(status=READY, started_at=None, finished_at=None))


@transaction.atomic
def give_up(result: DBTaskResult, job: Job | None, now: dt.datetime) -> bool:
    if not same(result).update(status=FAILED, finished_at=now):
        return False
    if job is not None:
        close_job(job, GAVE_UP)
    return True


def close_job(job: Job, reason: str) -> bool:
    try:
        jobs.failed(job, reason)
    except jobs.Superseded:  # it went on or ended while we looked
        return False
    return True


def send_letters(now: dt.datetime) -> bool:
    """Whatever became of the task that should have sent them, or of the mail server, letters do not wait for long."""
    asked = DBTaskResult.objects.filter(status=READY, task_path="people.tasks_letters.send_letters")
    if asked.exists() or not outbox.due(now).exists():
        return False
    email_channel.leave()
    return True
