"""What must not simply go on when an older state of the portal comes back."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people.models import Letter, Notice
from people.services.sweeping import READY, RUNNING


@dataclass(frozen=True)
class Settled:
    letters: int
    tasks: int


def settle(taken_at: dt.datetime, *, moved: bool) -> Settled:
    """Called inside the transaction of the restore. `moved`: the old portal was stopped before the copy was
    taken, so nothing happened since and letters go on.

    Otherwise a letter that waited may have left after the copy was taken: nobody sends it again but a human.
    Reminders not yet in a letter stay under the bell; the next `remind` tells again what still holds. Tasks are safe
    to run again from the start, and what they had done since is not in this state, so they go back to the queue.
    """
    letters = 0 if moved else hold_letters(taken_at)
    interrupted = DBTaskResult.objects.filter(status=RUNNING)
    return Settled(letters, interrupted.update(status=READY, started_at=None))


def hold_letters(taken_at: dt.datetime) -> int:
    reason = (
        f"Портал восстановлен из копии от {timezone.localtime(taken_at):%d.%m.%Y %H:%M}: письмо могло уйти раньше. "
        "Отправьте снова, если адресат его не получил."
    )
    Notice.objects.filter(digest=None).exclude(told_on=None).update(told_on=None)
    waiting = Letter.objects.filter(state__in=[Letter.State.WAITING, Letter.State.SENDING])
    return waiting.update(state=Letter.State.FAILED, error=reason, sent_at=None)
