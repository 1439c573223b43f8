"""The outbox: each letter is claimed before it is sent, so a killed run never sends twice."""

import datetime as dt
import logging

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.utils import timezone

from people.models import Letter

ATTEMPTS = 5
LIMIT = 200
STALE = dt.timedelta(minutes=30)
LONGEST_WAIT = dt.timedelta(
    hours=1
)  # no letter is put off for longer: what lies further was dated by a wrong clock
UNKNOWN = (
    "Отправка прервалась: неизвестно, ушло ли письмо. Отправьте снова, если адресат его не получил."
)
logger = logging.getLogger(__name__)


def send_waiting(now: dt.datetime, limit: int = LIMIT) -> dict[str, int]:
    """Send what is due, over one connection; returns {"sent", "failed", "later"}."""
    done = {"sent": 0, "failed": 0, "later": 0}
    close_interrupted(now)
    drop_of_leavers(now)
    due = Letter.objects.filter(
        Q(not_before__lte=now) | Q(not_before__gt=now + LONGEST_WAIT), state=Letter.State.WAITING
    )
    connection = None
    for letter in due.order_by("created_at", "pk")[:limit]:
        if not claimed(letter):
            continue
        connection = connection or get_connection()
        done[send(letter, connection, now)] += 1
    if connection is not None:
        connection.close()
    return done


def claimed(letter: Letter) -> bool:
    """One statement: of two workers one goes on. The claim is committed before the sending."""
    waiting = Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING)
    return bool(
        waiting.update(
            state=Letter.State.SENDING, attempts=letter.attempts + 1, sent_at=timezone.now()
        )
    )


def send(letter: Letter, connection, now: dt.datetime) -> str:
    message = EmailMultiAlternatives(
        letter.subject, letter.text, None, [letter.address], connection=connection
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except OSError as error:  # SMTPException is an OSError too
        return put_off(letter, error, now)
    _update(letter, state=Letter.State.SENT, sent_at=now, error="")
    return "sent"


def put_off(letter: Letter, error: OSError, now: dt.datetime) -> str:
    """Again after 5, 10, 20 … minutes; after five attempts it waits for a human."""
    attempts = letter.attempts + 1
    logger.warning("Letter %s not sent, attempt %s: %s", letter.pk, attempts, type(error).__name__)
    reason = f"Почтовый сервер не принял письмо ({type(error).__name__})."
    if attempts >= ATTEMPTS:
        _update(letter, state=Letter.State.FAILED, error=reason, sent_at=None)
        return "failed"
    wait = dt.timedelta(minutes=5 * 2 ** (attempts - 1))
    _update(letter, state=Letter.State.WAITING, error=reason, not_before=now + wait, sent_at=None)
    return "later"


def close_interrupted(now: dt.datetime) -> int:
    """A letter whose worker was killed while sending: it may have left, so nobody sends it again alone."""
    stale = Letter.objects.filter(
        Q(sent_at__lt=now - STALE) | Q(sent_at__gt=now + STALE), state=Letter.State.SENDING
    )
    return stale.update(state=Letter.State.FAILED, error=UNKNOWN, sent_at=None)


LEFT = "Адресат больше не работает и не учится в организации."


def drop_of_leavers(now: dt.datetime) -> int:
    """A letter that waited longer than its reader stayed is not sent: it may name others."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    left = waiting.filter(person__employed_to__lt=timezone.localdate(now))
    return left.update(state=Letter.State.DROPPED, error=LEFT)


def try_again(letters) -> int:
    """Failed letters back into the outbox, by the hand of a keeper."""
    failed = letters.filter(state=Letter.State.FAILED)
    return failed.update(
        state=Letter.State.WAITING, attempts=0, error="", not_before=timezone.now()
    )


def _update(letter: Letter, **values) -> None:
    Letter.objects.filter(pk=letter.pk).update(**values)
