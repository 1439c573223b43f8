"""Lines about orders, letters, partners and the year; the four numbers of the bank (R-218)."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from mentoring.core import grammar
from mentoring.core.keys import Key, moved
from mentoring.portal.services.todo_line import Asker, Todo
from people.models import Letter, Membership, MenteeProfile
from people.models.accounts import Role
from people.models.banks import BankState
from people.permissions import CURATORS, KEEPERS, MANAGERS, has_any
from people.services.counting import SCHOOL
from programs.models import (
    GroupMember,
    Meeting,
    MentoringGroup,
    Program,
    Referral,
    ReportSubmission,
)
from programs.models.groups import OPEN_STATES, GroupState
from programs.models.programs import ProgramState
from programs.services.archives_on_sites import outdated
from roadmap.models import Contact, OrderTask
from roadmap.services.library import unstudied
from roadmap.services.year import year_of

SILENT = dt.timedelta(days=30)
SERVICES = {Role.PSYCHOLOGIST: "psychologist", Role.COUNCIL: "council"}

# name of the count, words, noun, page, what narrows it, colour, what to do
OWN = (
    ("order_tasks", "Выполнить", "поручение", "order_tasks", "", "work", "по приказам"),
    ("order_late", "Срок прошёл", "поручение", "order_tasks", "", "late", "по приказам"),
    ("studies", "Изучить", "акт", "norms", "?state=mine", "work", "и отметить «изучено»"),
    ("referrals", "Ответить", "обращение", "referrals", "", "wait", "наставники ждут"),
)
KEPT = (
    ("held_letters", "Проверить рассылку", "письмо", "letters", "", "wait", "и отправить"),
    ("failed_letters", "Не отправлено", "письмо", "letters", "?state=failed", "late", "отправить снова"),
)  # fmt: skip
CURATED = (
    ("silent", "Стоят без встреч месяц", "программа", "programs", "?stuck=on", "late", "напомнить наставникам"),
    ("owed_reports", "Представить", "отчёт", "incoming_requests", "", "wait", "запросил орган управления"),
    ("outdated_archives", "Заменить на сайте", "архив", "site_archives", "", "late", "в нём человек без согласия"),
    ("contacts", "Вернуться к партнёру", "дело", "partners", "", "work", "записано в журнале контактов"),
)  # fmt: skip


def rows(asker: Asker) -> dict[str, QuerySet]:
    """What each line and number counts; only what this one will see."""
    tasks = OrderTask.objects.filter(person=asker.person, done_on=None, document__state="in_force")  # fmt: skip
    late = Q(due_on__lt=asker.today)
    found = {"order_tasks": tasks.exclude(late), "order_late": tasks.filter(late), "studies": unstudied(SCHOOL, asker.person)}  # fmt: skip
    services = [code for role, code in SERVICES.items() if role in asker.current_roles]
    if services:
        found["referrals"] = Referral.objects.filter(service__in=services, answered_on=None)
    if has_any(asker, KEEPERS):
        letters = Letter.objects.all()
        found["held_letters"] = letters.filter(state=Letter.State.HELD)
        found["failed_letters"] = letters.filter(state=Letter.State.FAILED)
    if has_any(asker, CURATORS):
        found["silent"] = silent_programs(asker.today)
        found["owed_reports"] = ReportSubmission.objects.filter(
            state="asked", request__state="open"
        )
        found["outdated_archives"] = outdated()
        found["contacts"] = Contact.objects.filter(done=False, next_on__lte=asker.today).exclude(next_step="")  # fmt: skip
    if has_any(asker, MANAGERS):
        found |= bank_rows(asker.today)
    return found


def silent_programs(today: Key) -> QuerySet:
    """Running for a month and no meeting held in that time."""
    since = moved(today, lambda day: day - SILENT)
    held = Meeting.objects.filter(program=OuterRef("pk"), state="held", starts_at__date__gte=since)
    running = Program.objects.filter(state=ProgramState.RUNNING, running_since__lte=since)
    return running.exclude(group__state=GroupState.PAUSED).filter(~Exists(held))


def bank_rows(today: Key) -> dict[str, QuerySet]:
    """«В банке / ждут пары / работают / завершили» (the last in this school year)."""
    paired = GroupMember.objects.filter(person=OuterRef("person"), ends_on=None, group__state__in=OPEN_STATES)  # fmt: skip
    cards = MenteeProfile.objects.exclude(state=BankState.LEFT)
    approved = cards.exclude(state=BankState.CANDIDATE)
    first = moved(today, lambda day: dt.date(year_of(day), 9, 1))
    return {
        "in_bank": cards,
        "waiting": approved.filter(~Exists(paired)),
        "working": MentoringGroup.objects.filter(state__in=[GroupState.ACTIVE, GroupState.PAUSED]),
        "completed": Program.objects.filter(state=ProgramState.COMPLETED, completed_on__gte=first),
    }  # fmt: skip


# name, words under the number, page, what narrows it
NUMBERS = (
    ("in_bank", "в банке", "mentees", ""),
    ("waiting", "ждут пары", "waiting", ""),
    ("working", "работают", "groups", ""),
    ("completed", "завершили", "programs", "?state=completed"),
)


def bank_numbers(membership: Membership, found: dict) -> list[dict]:
    """The strip over the desk of those who manage."""
    if not has_any(membership, MANAGERS):
        return []
    slug = membership.organization.slug
    return [
        {"number": found[name], "words": words, "url": reverse(page, args=[slug]) + query}
        for name, words, page, query in NUMBERS
    ]


def lines(membership: Membership, found: dict, today: dt.date) -> list[Todo]:
    slug = membership.organization.slug
    return [
        *year_lines(membership, today),
        *(
            Todo(f"{words}: {grammar.count(found[name], noun)}", reverse(page, args=[slug]) + query, tone, note)
            for name, words, noun, page, query, tone, note in (*OWN, *KEPT, *CURATED)
            if found.get(name)
        ),
    ]  # fmt: skip


def year_lines(membership: Membership, today: dt.date) -> list[Todo]:
    """From August on: confirm head, curator and contacts of the new year (once a year)."""
    school = membership.organization
    confirmed = school.year_confirmed_on
    due = dt.date(year_of(today), 8, 1)
    if not has_any(membership, CURATORS) or (confirmed and confirmed >= due):
        return []
    url = reverse("year", args=[school.slug])
    return [Todo(f"Подтвердить сведения на {year_of(today)}/{year_of(today) + 1} учебный год", url, note="руководитель, куратор, контакты")]  # fmt: skip
