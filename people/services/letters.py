"""Mass letters that wait for a look, letters that did not leave, and what a person wants by e-mail."""

from django.db import transaction
from django.db.models import Count, Min

from mentoring.core.errors import RuleError
from people.models import Letter, LetterChoice, Membership
from people.permissions import can_keep_letters
from people.services import journal, outbox
from people.services.email_channel import leave

State = Letter.State


def held_batches(organization):
    """Batches that wait: `batch`, `number`, `subject`, `since`."""
    rows = Letter.objects.of(organization).filter(state=State.HELD).order_by()
    rows = rows.values("batch").annotate(number=Count("pk"), since=Min("created_at"), subject=Min("subject"))  # fmt: skip
    return rows.order_by("since")


@transaction.atomic
def release(batch: str, *, by: Membership) -> int:
    """Let a looked-at batch leave; returns how many letters."""
    number = _move(batch, State.WAITING, by)
    leave()
    return number


@transaction.atomic
def drop(batch: str, *, by: Membership) -> int:
    """The bell has rung anyway; the letters stay unsent."""
    return _move(batch, State.DROPPED, by)


def _move(batch: str, state: str, by: Membership) -> int:
    can_keep_letters(by).require()
    held = Letter.objects.of(by.organization).filter(state=State.HELD, batch=batch)
    number = held.update(state=state)
    if not number:
        raise RuleError("Эту рассылку уже отправили или отменили. Обновите страницу.")
    journal.record(by, f"letters.{'released' if state == State.WAITING else 'dropped'}", by.organization)  # fmt: skip
    return number


@transaction.atomic
def send_failed_again(*, by: Membership) -> int:
    can_keep_letters(by).require()
    number = outbox.try_again(Letter.objects.of(by.organization))
    leave()
    return number


@transaction.atomic
def choose(*, digest: bool, at_once: bool, muted: list[str], by: Membership) -> LetterChoice:
    """What the member wants by e-mail; the bell rings always."""
    row, _ = LetterChoice.objects.update_or_create(
        person=by.person,
        defaults={"organization": by.organization, "digest": digest, "at_once": at_once, "muted": muted},
    )  # fmt: skip
    return row
