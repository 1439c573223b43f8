"""Background work of the people floor; safe to run again from the start."""

from django_tasks import task

from mentoring.core.errors import RuleError
from people.models import ImportBatch
from people.pages import with_current_roles
from people.services import jobs, sealing, staff_writing


@task()
def write_staff_list(job_id: int, *, batch_id: int, only_valid: bool) -> None:
    """Write an uploaded staff list; a list written by an earlier attempt is left alone."""
    if (job := jobs.begin(job_id)) is None:
        return
    batches = ImportBatch.objects.of(job.organization_id).select_related("organization", "file")
    batch = batches.get(pk=batch_id)
    if batch.state == ImportBatch.State.RUNNING:
        try:
            staff_writing.run(
                batch, by=with_current_roles(job.membership), only_valid=only_valid, job=job
            )
        except RuleError as error:
            ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.FAILED)
            jobs.failed(job, error.message)
            return
    jobs.finished(job)


@task()
def seal_journal(organization_id: int) -> None:
    """Seal what is committed; a second run finds nothing to do."""
    sealing.seal_all(organization_id)
