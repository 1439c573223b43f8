"""Background sending of letters."""

from django.utils import timezone
from django_tasks import task

from people.services import outbox


@task()
def send_letters() -> None:
    """Safe to run at any time and by several workers at once: letters are claimed one by one."""
    outbox.send_waiting(timezone.now())
