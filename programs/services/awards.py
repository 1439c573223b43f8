"""Recognition: propose, put into an order, submit elsewhere, contests (R-231, R-801…R-810)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import journal
from people.services.notices import Message, tell
from programs.models import Award, Contest, ContestEntry, Program
from programs.program_permissions import can_keep_awards, is_mentor
from roadmap.models import Document
from roadmap.services.drafts import create_draft
from roadmap.services.wording import resolved_values

Kind, State = Award.Kind, Award.State


@transaction.atomic
def propose(*, person: Person, kind: str, merit: str, on: dt.date, by: Membership, **fields) -> Award:  # fmt: skip
    """One proposal. A payment rests on the school's regulation on incentives in force (R-807)."""
    can_keep_awards(by).require()
    basis = fields.pop("basis", "")
    if kind == Kind.PAYMENT:
        basis = basis or incentive_basis(by.organization)
    if kind == Kind.STATE and not fields.get("name"):
        raise RuleError("Укажите название награды.", "name")
    award = Award(organization=by.organization, person=person, kind=kind, merit=merit.strip(), basis=basis, proposed_on=on, proposed_by=by, **fields)  # fmt: skip
    award.full_clean()
    award.save()
    journal.record(by, "award.proposed", award)
    return award


def incentive_basis(organization) -> str:
    found = Document.objects.of(organization).in_force().filter(kind="incentive_regulation").first()
    if found is None:
        raise RuleError("Выплата опирается на Положение о стимулировании, а оно не действует. Утвердите его или укажите другой локальный акт в основании.", "basis")  # fmt: skip
    number = f" № {found.number}" if found.number else ""
    return f"Положение о стимулировании наставников от {found.dated_on:%d.%m.%Y}{number}"


@transaction.atomic
def draft_order(awards: Iterable[Award], *, day: dt.date, by: Membership, **values) -> Document:
    """One order for the chosen proposals of the kinds that the head gives."""
    can_keep_awards(by).require()
    awards = list(awards)
    if not awards:
        raise RuleError("Выберите, кого поощрить.", "awards")
    return create_draft(kind="award_order", day=day, by=by, values={**values, "awards": [one.pk for one in awards]})  # fmt: skip


def give(document: Document, *, by: Membership) -> None:
    """Effect of the order: each award is given that day, its person told."""
    awards = resolved_values(document)["awards"]
    ids = [one.pk for one in awards]
    waiting = Award.objects.filter(pk__in=ids, state=State.PROPOSED)
    if waiting.update(state=State.GIVEN, decided_on=document.dated_on, document=document) != len(ids):  # fmt: skip
        raise RuleError("Одно из поощрений уже вручено или отклонено. Уберите его из приказа.")
    tell(
        Message(person=one.person, event="award.given", key=f"award-{one.pk}", title=f"Вас поощрили: {one.get_kind_display()}", text=one.merit[:300], url=reverse("me", args=[document.organization.slug]))
        for one in awards if one.kind not in Award.RESTRICTED
    )  # fmt: skip
    for one in awards:
        journal.record(by, "award.given", one)


@transaction.atomic
def submit(award: Award, *, on: dt.date, today: dt.date, by: Membership) -> Award:
    """A submission to another body was sent (R-805)."""
    can_keep_awards(by).require()
    if award.kind not in Award.SUBMITTED:
        raise RuleError("Представление отправляют к государственным и ведомственным наградам.")
    if on > today:
        raise RuleError("Дата отправки не может быть в будущем.", "on")
    if not Award.objects.filter(pk=award.pk, state=State.PROPOSED).update(state=State.SENT, sent_on=on):  # fmt: skip
        raise RuleError("Представление уже отправлено.")
    award.refresh_from_db()
    journal.record(by, "award.sent", award)
    return award


@transaction.atomic
def decide(award: Award, *, given: bool, on: dt.date, today: dt.date, by: Membership) -> Award:
    """The answer of the other body, or a proposal put aside."""
    can_keep_awards(by).require()
    if on > today:
        raise RuleError("Дата решения не может быть в будущем.", "on")
    if given and award.kind not in Award.SUBMITTED:
        raise RuleError("Это поощрение вручают приказом.")
    known = [State.SENT] if given else [State.PROPOSED, State.SENT]
    state = State.GIVEN if given else State.DECLINED
    if not Award.objects.filter(pk=award.pk, state__in=known).update(state=state, decided_on=on):
        raise RuleError("По этому поощрению уже есть решение или представление не отправлено.")
    award.refresh_from_db()
    journal.record(by, f"award.{state}", award)
    return award


@transaction.atomic
def make_contest(*, by: Membership, **fields) -> Contest:
    can_keep_awards(by).require()
    contest = Contest(organization=by.organization, **fields)
    contest.full_clean()
    contest.save()
    journal.record(by, "contest.made", contest)
    return contest


@transaction.atomic
def nominate(contest: Contest, *, person: Person, by: Membership, **fields) -> ContestEntry:
    """The curator nominates anybody, a mentor the own mentee (R-231)."""
    own = Program.objects.of(by.organization).filter(group__mentor=by.person, group__members__person=person)  # fmt: skip
    if not any(is_mentor(by, program) for program in own.select_related("group")):
        can_keep_awards(by).require()
    entry = ContestEntry(organization=contest.organization, contest=contest, person=person, recommended_by=by.person, **fields)  # fmt: skip
    entry.full_clean()
    entry.save()
    journal.record(by, "contest.nominated", contest)
    tell([Message(person=person, event="contest.nominated", key=f"entry-{entry.pk}", title=f"Вас рекомендуют на конкурс: {contest.title}"[:200], text=entry.support, url=contest.get_absolute_url())])  # fmt: skip
    return entry


@transaction.atomic
def record_entry(entry: ContestEntry, *, by: Membership, applied_on: dt.date | None = None, result: str = "") -> ContestEntry:  # fmt: skip
    """The application was sent, the result is known."""
    can_keep_awards(by).require()
    entry.applied_on = applied_on or entry.applied_on
    entry.result = result.strip() or entry.result
    states = ContestEntry.State
    entry.state = states.RESULT if entry.result else states.APPLIED if entry.applied_on else states.NOMINATED  # fmt: skip
    entry.full_clean()
    entry.save(update_fields=["applied_on", "result", "state"])
    journal.record(by, "contest.recorded", entry.contest)
    return entry
