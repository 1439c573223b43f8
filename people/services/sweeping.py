"""Returning the tasks of a killed worker to the queue (it leaves them «running» for ever)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people.models import Job
from people.services import jobs

STALE = dt.timedelta(minutes=5)
ATTEMPTS = 3
GAVE_UP = (
    "Задание трижды прерывалось. Запустите его снова; если не поможет, скажите администратору."
)
BROKEN = "Задание не выполнено из-за сбоя. Запустите его снова."
READY, RUNNING, FAILED = "READY", "RUNNING", "FAILED"


@dataclass
class Swept:
    returned: int = 0
    given_up: int = 0
    broken: int = 0


def sweep(now: dt.datetime) -> Swept:
    """Stale running tasks go back or fail; jobs of tasks that crashed say so. Safe to repeat.

    A task must show progress at least every five minutes, else it is taken for dead.
    """
    swept = Swept()
    for result in DBTaskResult.objects.filter(status=RUNNING, started_at__lt=now - STALE):
        job = job_of(result)
        if job is not None and job.updated_at >= now - STALE:
            continue
        if len(result.worker_ids) >= ATTEMPTS:
            swept.given_up += give_up(result, job, now)
        else:
            swept.returned += put_back(result)
    swept.broken = close_broken()
    return swept


def job_of(result: DBTaskResult) -> Job | None:
    """Every task started by `jobs.start` has the id of its job as the first argument."""
    arguments = result.args_kwargs.get("args") or [None]
    return Job.objects.filter(pk=arguments[0]).first() if isinstance(arguments[0], int) else None


def put_back(result: DBTaskResult) -> bool:
    """Claimed by its state, so that two sweepers or a late worker do not meet."""
    same = DBTaskResult.objects.filter(pk=result.pk, status=RUNNING, started_at=result.started_at)
    return bool(same.update(status=READY, started_at=None))


@transaction.atomic
def give_up(result: DBTaskResult, job: Job | None, now: dt.datetime) -> bool:
    same = DBTaskResult.objects.filter(pk=result.pk, status=RUNNING, started_at=result.started_at)
    if not same.update(status=FAILED, finished_at=now):
        return False
    if job is not None:
        jobs.failed(job, GAVE_UP)
    return True


def close_broken() -> int:
    """Jobs that wait or run although their task has ended with an exception."""
    open_jobs = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    open_jobs = open_jobs.in_bulk()
    closed = 0
    since = timezone.now() - dt.timedelta(days=2)
    for result in (
        DBTaskResult.objects.filter(status=FAILED, finished_at__gte=since) if open_jobs else ()
    ):
        job = open_jobs.pop((result.args_kwargs.get("args") or [None])[0], None)
        if job is not None:
            jobs.failed(job, BROKEN)
            closed += 1
    return closed
