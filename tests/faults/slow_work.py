"""A background job of ten steps, in the form that `people/services/jobs.py` asks for."""

import time

from django.db import transaction
from django_tasks import task

from people.services import files, jobs, journal

STEPS = 10


@task()
def count_to_ten(job_id: int, *, pause: float) -> None:
    if (job := jobs.begin(job_id)) is None:
        return
    jobs.running(job, total=STEPS)
    for step in range(1, STEPS + 1):
        time.sleep(pause)
        jobs.progress(job, step)
    with transaction.atomic():
        stored = files.store(
            b"ten", organization=job.organization, purpose="pack", name="ten.txt",
            content_type="text/plain", owner_id=job.membership_id,
        )  # fmt: skip
        journal.record(job.membership, "pack.made", job)
        jobs.finished(job, stored)
