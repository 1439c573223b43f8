"""Starting and following background jobs; a task gets ids only and may be run again."""

from django.db import transaction
from django.utils import timezone

from people.models import Job, Membership, StoredFile


@transaction.atomic
def start(task, *, by: Membership, title: str, total: int = 0, target: str = "", **arguments) -> Job:  # fmt: skip
    """Create the progress row and enqueue `task(job_id, **arguments)` in the same transaction.

    `target`: address of the page to go on to when the work is done.
    """
    job = Job.objects.create(organization=by.organization, membership=by, title=title, total=total, target=target)  # fmt: skip
    task.enqueue(job.pk, **arguments)
    return job


def running(job: Job, *, total: int) -> None:
    _update(job, state=Job.State.RUNNING, total=total, done=0)


def progress(job: Job, done: int) -> None:
    _update(job, done=done)


def finished(job: Job, result: StoredFile | None = None) -> None:
    _update(job, state=Job.State.DONE, done=job.total, result=result)


def failed(job: Job, reason: str) -> None:
    _update(job, state=Job.State.FAILED, error=reason[:400])


def _update(job: Job, **values) -> None:
    """Save at once and alone, so that another process sees the progress."""
    for name, value in {**values, "updated_at": timezone.now()}.items():
        setattr(job, name, value)
    job.save(update_fields=[*values, "updated_at"])
