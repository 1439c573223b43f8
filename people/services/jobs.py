"""Starting and following background jobs; a task gets ids only and may be run again.

A worker that was stopped and wakes up when its task has been given to another must not write: each attempt has
a number, and only the latest one writes (`Superseded` ends the others). So a task is

    if (job := jobs.begin(job_id)) is None: return
    … jobs.running(job, total=…), jobs.progress(job, done) …
    with transaction.atomic():
        … the result …
        jobs.finished(job, stored)
"""

from django.db import transaction
from django.utils import timezone

from people.models import Job, Membership, StoredFile

OPEN = [Job.State.WAITING, Job.State.RUNNING]


class Superseded(Exception):
    """Another attempt has taken the job over, or it is over: what this one does must not count."""


@transaction.atomic
def start(task, *, by: Membership, title: str, total: int = 0, target: str = "", **arguments) -> Job:  # fmt: skip
    """Create the progress row and enqueue `task(job_id=…, **arguments)` in the same transaction; by that name the
    sweeper knows a task that has a job.

    `target`: address of the page to go on to when the work is done.
    """
    job = Job.objects.create(organization=by.organization, membership=by, title=title, total=total, target=target)  # fmt: skip
    task.enqueue(job_id=job.pk, **arguments)
    return job


def begin(job_id: int) -> Job | None:
    """Take the job over from any earlier attempt; None when it is over or another attempt was faster."""
    job = Job.objects.select_related("organization", "membership__organization").get(pk=job_id)
    seen = Job.objects.filter(pk=job_id, state__in=OPEN, attempt=job.attempt)
    job.state, job.attempt, job.updated_at = Job.State.RUNNING, job.attempt + 1, timezone.now()
    taken = seen.update(state=job.state, attempt=job.attempt, updated_at=job.updated_at)
    return job if taken else None


def running(job: Job, *, total: int) -> None:
    _update(job, state=Job.State.RUNNING, total=total, done=0)


def progress(job: Job, done: int) -> None:
    _update(job, done=done)


def finished(job: Job, result: StoredFile | None = None) -> None:
    """The end; call it in the transaction that writes the result, so that both count or neither."""
    _update(job, state=Job.State.DONE, done=job.total, result=result)


def failed(job: Job, reason: str) -> None:
    _update(job, state=Job.State.FAILED, error=reason[:400])


def _update(job: Job, **values) -> None:
    """Save at once and alone, so that another process sees the progress."""
    values["updated_at"] = timezone.now()
    if not Job.objects.filter(pk=job.pk, state__in=OPEN, attempt=job.attempt).update(**values):
        raise Superseded(job.pk)
    for name, value in values.items():
        setattr(job, name, value)
