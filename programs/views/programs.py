"""Programmes: the list of the curator, own ones, the page with its parts."""

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.shortcuts import render
from django.utils import timezone

from mentoring.core.exports import xlsx_response
from mentoring.core.search import words_query
from people.models import Membership
from people.pages import member_page
from people.services import catalogues
from programs import program_permissions as rights
from programs.forms.programs import ProgramFilter
from programs.models import (
    Assignment,
    ChangeAnswer,
    GroupMember,
    Helper,
    HelpRequest,
    ItemComment,
    Meeting,
    MentoringGroup,
    Program,
    ProgramChange,
    ProgramConsent,
    ProgramVersion,
    Referral,
)
from programs.models.groups import GroupState
from programs.models.programs import OPEN_PROGRAMS, ProgramState
from programs.program_rules import missing_parts, progress, signals
from programs.services.meetings import private_notes
from programs.views.pages import own_program

SORTS = [("mentor", "по наставнику"), ("ends_on", "раньше закончатся"), ("-starts_on", "новые")]
ORDERS = {
    "mentor": ("group__mentor__last_name", "group__mentor__first_name", "pk"),
    "ends_on": ("ends_on", "pk"),
    "-starts_on": ("-starts_on", "-pk"),
}
HEADINGS = ["Программа", "Наставник", "Наставляемые", "Состояние", "С", "По", "Выполнено, %", "Встреч", "Внимание"]  # fmt: skip
SEARCHED = ("title", "group__mentor__last_name", "group__members__person__last_name")
PAGE = 50
# What waits for the curator (or the head): approval, a change both agreed to, a report, a release.
AWAITED = (
    Q(state=ProgramState.AGREED)
    | Q(changes__state="agreed")
    | Q(report__state="sent")
    | Q(releases__state="asked")
)


def with_work(rows):
    """Everything a line of a list shows."""
    members = Prefetch("group__members", GroupMember.objects.select_related("person"))
    return rows.select_related("group__mentor").prefetch_related(members, "items", "meetings")  # fmt: skip


def described(program: Program, today: dt.date) -> Program:
    program.shown_progress = progress(program, today, personal=False)
    program.signals = signals(program, today)
    return program


@member_page
def program_list(request):
    """The curator's queue: what waits for a decision, what has stopped (R-218, R-623)."""
    rights.can_list_programs(request.membership).require()
    filters, today = ProgramFilter(request.school, request.GET), timezone.localdate()
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = Program.objects.of(request.school)
    rows = rows.filter(words_query(request.GET.get("q", ""), SEARCHED)).distinct()
    rows = rows.filter(state__in=[chosen["state"]] if chosen.get("state") else OPEN_PROGRAMS)
    if chosen.get("review"):
        rows = rows.filter(AWAITED)
    rows = with_work(rows).order_by(*ORDERS.get(request.GET.get("sort"), ORDERS["mentor"]))
    if chosen.get("form") or chosen.get("stuck"):
        rows = narrowed(rows, chosen, today)
    if request.GET.get("export") == "xlsx":
        return xlsx_response("Программы", HEADINGS, exported(rows, today))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "programs": [described(one, today) for one in page], "filters": filters, "sorts": SORTS,
        "narrowed": any(request.GET.get(name) for name in ("q", *filters.fields)),
        "can_keep": rights.can_keep_programs(request.membership),
        "without": without_program(request.school).count(),
    }  # fmt: skip
    return render(request, "programs/programs/list.html", context)


def narrowed(rows, chosen: dict, today: dt.date) -> list[Program]:
    """By what only the rows themselves tell: a code in a list, signals."""
    found = list(rows)
    if form := chosen.get("form"):
        found = [one for one in found if form in one.forms]
    return [one for one in found if signals(one, today)] if chosen.get("stuck") else found


def without_program(school):
    """Working pairs that have no open programme."""
    rows = MentoringGroup.objects.of(school).filter(state__in=[GroupState.ACTIVE, GroupState.PAUSED])  # fmt: skip
    return rows.exclude(pk__in=Program.objects.filter(state__in=OPEN_PROGRAMS).values("group"))


def exported(rows, today: dt.date):
    for program in rows:
        done = progress(program, today, personal=False)
        people = "; ".join(person.full_name for person in program.group.mentees)
        yield [
            program.title, program.group.mentor.full_name, people, program.get_state_display(), program.starts_on,
            program.completed_on or program.ends_on, done.share, done.held, "; ".join(signals(program, today)),
        ]  # fmt: skip


@member_page
def my_programs(request):
    """Own programmes, invitations to help, pairs that may begin one; what waits is said first."""
    person, today = request.membership.person, timezone.localdate()
    rows = with_work(Program.objects.of(request.school).of_person(person).order_by("-starts_on", "-pk"))  # fmt: skip
    programs = [described(one, today) for one in rows]
    groups = MentoringGroup.objects.of(request.school).of_person(person)
    groups = groups.filter(state__in=[GroupState.ACCEPTED, GroupState.ACTIVE])
    groups = groups.exclude(programs__state__in=OPEN_PROGRAMS).select_related("mentor")  # fmt: skip
    invitations = Helper.objects.of(request.school).filter(person=person, state=Helper.State.INVITED)  # fmt: skip
    context = {
        "open": [one for one in programs if one.is_open], "past": [one for one in programs if not one.is_open],
        "groups": groups.prefetch_related("members__person"),
        "invitations": invitations.select_related("program__group__mentor"),
        "waiting": waiting_for(request.membership, programs),
        "mentors": any(one.group.mentor_id == person.pk for one in programs),
    }  # fmt: skip
    return render(request, "programs/programs/mine.html", context)


def waiting_for(membership: Membership, programs: list[Program]) -> list[tuple[str, str]]:
    """(words, address) of what this person is asked for in own programmes; three queries."""
    own = {one.pk: one for one in programs}
    school, person = membership.organization, membership.person
    mine, sent = Q(person=person, state__in=["given", "returned"]), Q(program__group__mentor=person, state="submitted")  # fmt: skip
    tasks = list(Assignment.objects.of(school).filter(mine | sent, program__in=own))
    found = [(f"Задание: {row.title}", row.get_absolute_url()) for row in tasks if row.state != "submitted"]  # fmt: skip
    found += [(f"Проверить: {row.title}", row.get_absolute_url()) for row in tasks if row.state == "submitted"]  # fmt: skip
    calls = HelpRequest.objects.of(school).filter(program__in=own, answered_at=None).exclude(person=person)  # fmt: skip
    found += [(f"Ответить: {row.text[:80]}", own[row.program_id].get_absolute_url() + "?part=work") for row in calls]  # fmt: skip
    answers = ChangeAnswer.objects.of(school).filter(
        person=person, accepted=None, change__state="open"
    )
    found += [(str(row.change), row.change.program.get_absolute_url() + "?part=case") for row in answers.select_related("change__program__organization")]  # fmt: skip
    return found


PARTS = ("overview", "plan", "meetings", "work", "case")
NAMES = {"overview": "Обзор", "plan": "План", "meetings": "Встречи", "work": "Задания и вопросы", "case": "Дело"}  # fmt: skip


@member_page
def program(request, pk):
    """One programme; `?part=` chooses what is shown, each within twelve queries."""
    part = request.GET.get("part") if request.GET.get("part") in PARTS else "overview"
    shown = own_program(request, pk, *FETCHED[part])
    by, today = request.membership, timezone.localdate()
    context = {
        "program": shown, "part": part, "parts": [(name, NAMES[name]) for name in PARTS], "today": today,
        "is_pair": rights.is_pair(by, shown), "is_mentor": rights.is_mentor(by, shown), "is_mentee": rights.is_mentee(by, shown),
        "can_edit": rights.can_edit_program(by, shown), "can_work": rights.can_work(by, shown),
        "can_keep": rights.can_keep_programs(by), "can_approve": rights.can_approve_program(by, shown),
        "can_guide": rights.can_guide(by, shown), "can_read_report": rights.can_read_report(by, shown),
        "report": getattr(shown, "report", None), **CONTEXTS[part](request, shown, today),
    }  # fmt: skip
    return render(request, f"programs/programs/{part}.html", context)


def overview(request, shown: Program, today: dt.date) -> dict:
    person = request.membership.person_id
    consents = {row.person_id: row for row in shown.consents.all()} if shown.state in ("draft", "agreed") else {}  # fmt: skip
    sides = [(one, consents.get(one.pk)) for one in [shown.group.mentor, *shown.group.mentees]]
    changes = [row for row in shown.changes.all() if row.state in ("open", "agreed", "ordered")]
    own = next((row for change in changes for row in change.answers.all() if row.person_id == person and row.accepted is None), None)  # fmt: skip
    return {
        "progress": progress(shown, today), "signals": signals(shown, today), "sides": sides,
        "agreed": person in consents, "gaps": missing_parts(shown) if shown.state == ProgramState.DRAFT else [],
        "change": changes[0] if changes else None, "own_answer": own,
        "next_meeting": next((row for row in shown.meetings.all() if row.state == "planned" and row.starts_at >= timezone.now()), None),
        "to_note": [row for row in shown.meetings.all() if row.state == "planned" and row.starts_at < timezone.now()],
    }  # fmt: skip


def plan(request, shown: Program, today: dt.date) -> dict:
    people = {person.pk: person for person in shown.group.mentees}
    rows = []
    for item in shown.items.all():
        item.done_by = [people[row.person_id] for row in item.progress.all() if row.person_id in people]  # fmt: skip
        item.is_overdue = item.overdue_on(today)
        rows.append(item)
    comments = list(shown.comments.all())
    for item in rows:
        item.notes = [row for row in comments if row.item_id == item.pk]
    return {
        "items": rows, "general": [row for row in comments if row.item_id is None],
        "directions": catalogues.titles(request.school, "direction"),
    }  # fmt: skip


def meetings(request, shown: Program, today: dt.date) -> dict:
    now = timezone.now()
    rows = list(shown.meetings.all())
    return {
        "upcoming": [row for row in rows if row.state == "planned" and row.starts_at >= now],
        "to_note": [row for row in rows if row.state == "planned" and row.starts_at < now],
        "past": [row for row in reversed(rows) if row.state != "planned"],
        "notes": private_notes(shown, by=request.membership),
    }  # fmt: skip


def work(request, shown: Program, today: dt.date) -> dict:
    visible = [row for row in shown.assignments.all() if rights.can_read_assignment(request.membership, row)]  # fmt: skip
    return {
        "tasks": visible, "calls": shown.help_requests.all(), "difficulties": shown.difficulties.all(),
        "can_answer": rights.can_answer_help(request.membership, shown) and shown.is_open,
        "can_ask": rights.can_ask_help(request.membership, shown),
    }  # fmt: skip


def case(request, shown: Program, today: dt.date) -> dict:
    return {
        "changes": shown.changes.all(), "versions": shown.versions.all(), "releases": shown.releases.all(),
        "referrals": [row for row in shown.referrals.all() if rights.can_read_referral(request.membership, row)],
        "own_answers": {row.change_id for change in shown.changes.all() for row in change.answers.all() if row.person_id == request.membership.person_id and row.accepted is None},
    }  # fmt: skip


CONTEXTS = {"overview": overview, "plan": plan, "meetings": meetings, "work": work, "case": case}
CHANGES = Prefetch(
    "changes",
    ProgramChange.objects.select_related("person", "document__organization").prefetch_related(Prefetch("answers", ChangeAnswer.objects.select_related("person"))),
)  # fmt: skip
FETCHED = {
    "overview": ("items__progress", Prefetch("meetings", Meeting.objects.select_related("organization")), Prefetch("consents", ProgramConsent.objects.select_related("person", "witness")), CHANGES),
    "plan": ("items__progress", "milestones", Prefetch("comments", ItemComment.objects.select_related("person", "answered_by__person"))),
    "meetings": (Prefetch("meetings", Meeting.objects.select_related("organization")),),
    "work": (
        Prefetch("assignments", Assignment.objects.select_related("person", "organization", "program__group")),
        Prefetch("help_requests", HelpRequest.objects.select_related("person", "answered_by")),
        "difficulties__person",
    ),
    "case": (
        CHANGES, Prefetch("versions", ProgramVersion.objects.select_related("made_by__person").defer("content")),
        Prefetch("referrals", Referral.objects.select_related("author", "organization")), "releases__person",
    ),
}  # fmt: skip
