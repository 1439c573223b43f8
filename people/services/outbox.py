"""The outbox: every letter leaves, and a second copy has the Message-ID of the first, so that it can be told.

A letter is claimed in a statement of its own before it is sent, so of two workers one sends it. A worker killed
in between leaves the claim behind; after a while the letter goes again. Only a kill between the «250 OK» of the
mail server and the note of it can send two copies, and mail programs drop the second by its Message-ID.
"""

import datetime as dt
import logging
import smtplib
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q
from django.utils import timezone

from people.models import Letter

ATTEMPTS = 5
LIMIT = 200
# No letter is put off for longer: what lies further was dated by a wrong clock.
LONGEST_WAIT = dt.timedelta(hours=1)
UNKNOWN = (
    "Отправка прервалась: неизвестно, ушло ли письмо. Отправьте снова, если адресат его не получил."
)
LEFT = "Адресат больше не работает и не учится в организации."
# Of this one letter; anything else is the mail server's own trouble, and the others need not try.
REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
NOTE_PAUSES = (0, 0.5, 1, 2, 4, 8)
State = Letter.State
logger = logging.getLogger(__name__)


def due(now: dt.datetime):
    """Letters to send now, those of a killed worker included."""
    return Letter.objects.filter(ripe(now) | interrupted(now))


def ripe(now: dt.datetime) -> Q:
    return Q(state=State.WAITING) & (Q(not_before__lte=now) | Q(not_before__gt=now + LONGEST_WAIT))


def interrupted(now: dt.datetime) -> Q:
    """Claimed so long ago, or by so wrong a clock, that the worker must be dead (`sent_at`: time of the claim)."""
    silence = settings.INTERRUPTED_AFTER
    return Q(state=State.SENDING) & (Q(sent_at__lt=now - silence) | Q(sent_at__gt=now + silence))


def send_waiting(now: dt.datetime, limit: int = LIMIT) -> dict[str, int]:
    """Send what is due, over one connection; returns {"sent", "failed", "later"}."""
    done = {"sent": 0, "failed": 0, "later": 0}
    drop_of_leavers(now)
    take_back_interrupted(now)
    rows = Letter.objects.filter(ripe(now))
    mail = get_connection()
    for letter in rows.order_by("created_at", "pk")[:limit]:
        if not claimed(letter):
            continue
        outcome, goes_on = send(letter, mail, now)
        done[outcome] += 1
        if not goes_on:  # the mail server is away: the rest waits for the next run
            break
    mail.close()
    return done


def claimed(letter: Letter) -> bool:
    """One statement: of two workers one goes on. The claim is committed before the sending."""
    waiting = Letter.objects.filter(pk=letter.pk, state=State.WAITING, attempts=letter.attempts)
    letter.attempts += 1
    return bool(
        waiting.update(state=State.SENDING, attempts=letter.attempts, sent_at=timezone.now())
    )


def send(letter: Letter, mail, now: dt.datetime) -> tuple[str, bool]:
    """(what became of it, may the others go)."""
    message = EmailMultiAlternatives(
        letter.subject, letter.text, None, [letter.address], connection=mail,
        headers={"Message-ID": message_id(letter)},
    )  # fmt: skip
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except OSError as error:  # SMTPException is an OSError too
        return put_off(letter, error, now), isinstance(error, REFUSALS)
    note(letter, state=State.SENT, sent_at=now, error="")
    return "sent", True


def message_id(letter: Letter) -> str:
    """The same at every attempt, another for every letter and every installation."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    return f"<letter-{letter.pk}-{letter.created_at:%Y%m%d%H%M%S%f}@{host}>"


def put_off(letter: Letter, error: OSError, now: dt.datetime) -> str:
    """Again after 5, 10, 20 … minutes; after five attempts it waits for a human."""
    name = type(error).__name__
    logger.warning("Letter %s not sent, attempt %s: %s", letter.pk, letter.attempts, name)
    reason = f"Почтовый сервер не принял письмо ({name})."
    if letter.attempts >= ATTEMPTS:
        note(letter, state=State.FAILED, error=reason, sent_at=None)
        return "failed"
    wait = dt.timedelta(minutes=5 * 2 ** (letter.attempts - 1))
    note(letter, state=State.WAITING, error=reason, not_before=now + wait, sent_at=None)
    return "later"


def note(letter: Letter, **values) -> None:
    """Write down what became of our attempt; a worker that slept through its claim writes nothing.

    The letter has left: a database that is just starting again is waited for.
    """
    ours = Letter.objects.filter(pk=letter.pk, state=State.SENDING, attempts=letter.attempts)
    for pause in NOTE_PAUSES:
        time.sleep(pause)
        try:
            ours.update(**values)
        except (OperationalError, InterfaceError) as error:
            broken = error
            connection.close()
        else:
            return
    raise broken


def take_back_interrupted(now: dt.datetime) -> None:
    """Letters of killed workers wait again; after five attempts each is left to a human."""
    rows = Letter.objects.filter(interrupted(now))
    rows.filter(attempts__gte=ATTEMPTS).update(state=State.FAILED, error=UNKNOWN, sent_at=None)
    rows.update(state=State.WAITING, not_before=now, sent_at=None)


def drop_of_leavers(now: dt.datetime) -> int:
    """A letter that waited longer than its reader stayed is not sent: it may name others."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    left = waiting.filter(person__employed_to__lt=timezone.localdate(now))
    return left.update(state=Letter.State.DROPPED, error=LEFT)


def try_again(letters) -> int:
    """Failed letters back into the outbox, by the hand of a keeper."""
    failed = letters.filter(state=State.FAILED)
    return failed.update(state=State.WAITING, attempts=0, error="", not_before=timezone.now())
