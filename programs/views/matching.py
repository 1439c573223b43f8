"""The workbench of the curator: compute, read why, move, lock, forbid, send; the plain list for a small school."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.exports import xlsx_response
from people.models import Person
from people.pages import member_page
from people.services import catalogues
from people.views.bank_facts import themes
from programs.forms.matching import BanForm, MoveForm, RunForm, SendForm, WeighForm
from programs.models import ForbiddenPair, MatchingChoice, MatchingRun
from programs.permissions import can_match
from programs.services import preferences as wishes
from programs.services import run_review, runs
from programs.services.suggestions import suggest
from programs.services.waiting import waiting_cards
from roadmap.models import Event

SMALL = 12


@member_page
def matching(request):
    """Under twelve mentees a plain list with the three best mentors of each; runs behind «подробнее»."""
    can_match(request.membership).require()
    today = timezone.localdate()
    form = RunForm(request.school, request.POST or None)
    if form.submitted_to(runs.compute, on=today, by=request.membership):
        return redirect(form.result)
    waiting = waiting_cards(request.school, on=today).count()
    small = waiting < SMALL
    context = {
        "form": form, "waiting": waiting, "small": small,
        "suggested": suggest(request.membership, on=today) if small else [],
        "runs": MatchingRun.objects.of(request.school).select_related("created_by__person").defer("task")[:10],
        "bans": ForbiddenPair.objects.of(request.school).select_related("mentor", "mentee"),
    }  # fmt: skip
    return render(request, "programs/matching/start.html", context)


def own_run(request, pk) -> MatchingRun:
    return get_object_or_404(MatchingRun.objects.of(request.school), pk=pk)


@member_page
def run(request, pk):
    """The proposal, the weakest first: why, and what did not fit."""
    can_match(request.membership).require()
    shown = own_run(request, pk)
    rows = runs.choices_of(shown)
    pairs = [row for row in rows if row.mentor_id]
    for row in pairs:
        row.words = runs.in_words(row, shown.weights)
    if request.GET.get("export") == "xlsx":
        return xlsx_response("Подбор пар", ["Наставляемый", "Наставник", "Баллы", "Что подходит", "Что нет"], exported(pairs))  # fmt: skip
    context = {
        "run": shown, "pairs": pairs, "left": left_with_reasons(shown, rows), "proven": runs.proven(shown, rows),
        "moved": sum(row.mentor_id != row.best_id for row in rows), "send": SendForm(),
        "warnings": run_review.warnings(shown, pairs), "others": earlier_runs(shown),
        "draft": shown.state == MatchingRun.State.DRAFT,
    }  # fmt: skip
    return render(request, "programs/matching/run.html", context)


def earlier_runs(shown: MatchingRun):
    """The newest other computations, to compare with."""
    others = MatchingRun.objects.of(shown.organization).exclude(pk=shown.pk)
    return others.only("pk", "on", "created_at", "total", "organization")[:5]


@member_page
def run_compare(request, pk, other):
    """Two computations side by side, and who would rather be elsewhere in the first."""
    can_match(request.membership).require()
    first, second = own_run(request, pk), own_run(request, other)
    context = {
        "first": first, "second": second, "rows": run_review.compare(first, second),
        "counts": [run.choices.filter(mentor__isnull=False).count() for run in (first, second)],
        "weights": [(runs.TITLES[name], *values) for name, *values in run_review.weights_changed(first, second)],
    }  # fmt: skip
    return render(request, "programs/matching/compare.html", context)


@member_page
@require_POST
def choice_release(request, pk):
    """Take one pair out of the run: the one-click remedy of a warning."""
    can_match(request.membership).require()
    shown = own_choice(request, pk)
    messages.success(
        request, f"{shown.mentee.short_name}: пара снята, человек остаётся без наставника."
    )
    return done(request, shown.run, runs.move, shown, mentor=None, by=request.membership)


def exported(pairs):
    for row in pairs:
        yield [row.mentee.full_name, row.mentor.full_name, row.score, "; ".join(row.words["fits"]), "; ".join(row.words["misses"])]  # fmt: skip


def left_with_reasons(shown: MatchingRun, rows) -> list[dict]:
    """Who is left now, with the reason of the computation and whose further place would help."""
    known = {row["mentee"]: row for row in shown.left}
    named = {pk for row in shown.left for pk in row["mentors"]}
    people = Person.objects.of(shown.organization).in_bulk(named)
    return [
        {
            "choice": row,
            "reason": known.get(row.mentee_id, {}).get("reason", "Снят(а) с пары вручную."),
            "helpful": [people[pk] for pk in known.get(row.mentee_id, {}).get("mentors", ())],
        }
        for row in rows
        if row.mentor_id is None
    ]


@member_page
def matrix(request, pk):
    """Every pair as a table of points."""
    can_match(request.membership).require()
    shown = own_run(request, pk)
    people = Person.objects.of(request.school).in_bulk(
        [*shown.task["mentees"], *shown.task["mentors"]]
    )
    chosen = dict(shown.choices.values_list("mentee", "mentor"))
    context = {
        "run": shown, "mentors": [people[key] for key in shown.task["mentors"]],
        "blocking": run_review.blocking(shown),
        "rows": [
            (people[mentee], [(points, chosen.get(mentee) == mentor) for points, mentor in zip(row, shown.task["mentors"], strict=True)])
            for mentee, row in zip(shown.task["mentees"], shown.task["scores"], strict=True)
        ],
    }  # fmt: skip
    return render(request, "programs/matching/matrix.html", context)


def own_choice(request, pk) -> MatchingChoice:
    rows = MatchingChoice.objects.of(request.school).select_related(
        "run__organization", "mentor", "mentee"
    )
    return get_object_or_404(rows, pk=pk)


@member_page
def choice(request, pk):
    """One mentee: both questionnaires side by side, another mentor by hand, the two criteria."""
    can_match(request.membership).require()
    shown = own_choice(request, pk)
    move = MoveForm(
        shown, request.POST if "move" in request.POST else None, initial={"mentor": shown.mentor_id}
    )
    marks = {name: getattr(shown, name) for name in WeighForm.base_fields}
    weigh = WeighForm(request.POST if "weigh" in request.POST else None, initial=marks)
    if move.submitted_to(runs.move, shown, by=request.membership):
        messages.success(request, change_words(move.result))
        return redirect(shown.run)
    if weigh.submitted_to(runs.weigh, shown, by=request.membership):
        messages.success(request, "Оценки записаны.")
        return redirect("matching_choice", request.school.slug, pk)
    context = {
        "choice": shown, "move": move, "weigh": weigh, "words": runs.in_words(shown, shown.run.weights),
        "parts": [(runs.TITLES[name], points) for name, points in shown.parts.items() if points],
        "sides": sides(shown), "draft": shown.run.state == MatchingRun.State.DRAFT,
    }  # fmt: skip
    return render(request, "programs/matching/choice.html", context)


def change_words(change: float) -> str:
    number = f"{abs(change):.1f}".replace(".", ",")
    if not change:
        return "Записано. Сумма баллов не изменилась."
    return f"Записано. Сумма баллов {'выросла' if change > 0 else 'снизилась'} на {number}."


def sides(shown: MatchingChoice) -> list[dict]:
    """The two cards as rows of one table: what the mentee needs and what the mentor gives (R-501)."""
    organization = shown.organization
    titles = {name: catalogues.titles(organization, name) for name in ("form", "kind")}
    cards = [(shown.mentee.mentee_profile, "mentees")]
    if shown.mentor:
        cards.append((shown.mentor.mentor_profile, "mentors"))
    return [
        {
            "person": card.person, "bank": bank, "themes": themes(card, bank), "subject": card.subject,
            "years": card.person.teaching_experience_on(shown.run.on),
            "forms": [titles["form"].get(code, code) for code in card.forms],
            "kinds": [titles["kind"].get(code, code) for code in card.kinds],
            "schedule": card.schedule, "delivery": card.get_delivery_mode_display(),
            "wishes": card.mentor_wishes if bank == "mentees" else card.mentee_wishes,
        }
        for card, bank in cards
    ]  # fmt: skip


@member_page
@require_POST
def choice_lock(request, pk):
    can_match(request.membership).require()
    shown = own_choice(request, pk)
    return done(
        request, shown.run, runs.set_lock, shown, locked=not shown.locked, by=request.membership
    )


@member_page
def choice_forbid(request, pk):
    """Forbid the pair and say why; the next computation keeps to it."""
    can_match(request.membership).require()
    shown = own_choice(request, pk)
    form = BanForm(request.POST or None)
    if not shown.mentor:
        return redirect(shown.run)
    if form.submitted_to(runs.forbid, shown.mentor, shown.mentee, by=request.membership):
        messages.success(request, "Запрет записан. Пересчитайте подбор.")
        return redirect(shown.run)
    return render(request, "programs/matching/forbid.html", {"form": form, "choice": shown})


@member_page
@require_POST
def ban_remove(request, pk):
    can_match(request.membership).require()
    ban = get_object_or_404(ForbiddenPair.objects.of(request.school), pk=pk)
    runs.allow(ban, by=request.membership)
    messages.success(request, "Запрет снят.")
    return redirect("matching", request.school.slug)


@member_page
@require_POST
def run_again(request, pk):
    can_match(request.membership).require()
    try:
        fresh = runs.again(own_run(request, pk), on=timezone.localdate(), by=request.membership)
    except RuleError as error:
        messages.error(request, error.message)
        return redirect("matching_run", request.school.slug, pk)
    messages.success(request, "Пересчитано: закреплённые пары остались.")
    return redirect(fresh)


@member_page
@require_POST
def run_send(request, pk):
    can_match(request.membership).require()
    shown, form = own_run(request, pk), SendForm(request.POST)
    if form.submitted_to(runs.send, shown, on=timezone.localdate(), by=request.membership):
        messages.success(
            request, f"Предложено пар: {len(form.result)}. Участники получили уведомления."
        )
        return redirect("groups", request.school.slug)
    messages.error(request, " ".join(text for errors in form.errors.values() for text in errors))
    return redirect(shown)


def done(request, shown: MatchingRun, service, *args, **kwargs):
    try:
        service(*args, **kwargs)
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(shown)


@member_page
def preferences(request):
    """Mutual choices after the group session; seen by the curator only (R-505)."""
    can_match(request.membership).require()
    found = wishes.preferences(request.school, by=request.membership)
    ids = {pk for pair in [*found.of_mentees, *found.of_mentors] for pk in pair}
    people = Person.objects.of(request.school).in_bulk(ids)
    sessions = Event.objects.of(request.school).filter(kind=Event.Kind.GROUP_SESSION)
    context = {
        "mutual": [(people[mentee], people[mentor], found.of_mentees[mentee, mentor] + 1, found.of_mentors[mentee, mentor] + 1) for mentee, mentor in found.mutual],
        "rows": preference_rows(found, people), "sessions": sessions.order_by("-starts_at")[:5],
    }  # fmt: skip
    return render(request, "programs/matching/preferences.html", context)


def preference_rows(found: wishes.Preferences, people: dict) -> list[dict]:
    """Each wish once: who, whom, the place from each side."""
    pairs = sorted({*found.of_mentees, *found.of_mentors}, key=lambda pair: (people[pair[0]].full_name, found.of_mentees.get(pair, 9)))  # fmt: skip
    return [
        {
            "mentee": people[mentee], "mentor": people[mentor], "unwanted": (mentee, mentor) in found.unwanted,
            "by_mentee": rank(found.of_mentees, mentee, mentor), "by_mentor": rank(found.of_mentors, mentee, mentor),
        }
        for mentee, mentor in pairs
    ]  # fmt: skip


def rank(side: dict, mentee: int, mentor: int) -> int | None:
    place = side.get((mentee, mentor))
    return None if place is None else place + 1


@member_page
@require_POST
def preferences_ask(request, pk):
    can_match(request.membership).require()
    event = get_object_or_404(Event.objects.of(request.school), pk=pk)
    try:
        wishes.ask_present(event, on=timezone.localdate(), by=request.membership)
        messages.success(request, "Анкеты открыты для тех, кто был на встрече.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect("preferences", request.school.slug)
