"""I-18: fulfilment of the roadmap."""

import datetime as dt

from django.db.models import Case, Count, F, Q, When
from django.db.models import Value as Constant
from django.db.models.functions import Coalesce

from programs.monitoring.scope import Period, Scope
from programs.monitoring.values import Value, share
from roadmap.models import RoadmapActivity
from roadmap.services.plan import CLOSED
from roadmap.services.plan_words import AUGUST, PeriodKind

HOLDERS = ("", "block__", "stage__")  # a line has its own term, else its block's, else its stage's
YEAR = Coalesce("stage__roadmap__year_end", "stage__roadmap__year_start")


def fulfilled(scope: Scope) -> dict[int, Value]:
    """I-18, %: lines of roadmaps done or not needed, of those whose term ends in the period; one query."""
    return {owner: share(done, number) for owner, done, number in scope.fetched(counted)}


def counted(scope: Scope) -> tuple[str, tuple]:
    """(organization, lines done, lines due) in SQL."""
    rows = scope.of(RoadmapActivity)
    for holder in HOLDERS:
        rows = rows.alias(**{f"{holder}month".replace("__", "_"): last_month(holder)})
    due = rows.filter(due_in(scope.period)).order_by().values("organization")
    found = due.annotate(done=Count("pk", filter=Q(progress__in=CLOSED)), due=Count("pk"))
    return found.values_list("organization", "done", "due").query.sql_with_params()


def due_in(period: Period) -> Q:
    """Lines whose term ends in the period: what `plan_words.period_end` says of a row, said in SQL."""
    first, last = month_number(period.start), month_number(period.end)
    if (period.end + dt.timedelta(days=1)).day != 1:
        last -= 1  # a term in months ends with the last day of the month
    found, above_blank = Q(), Q()
    for holder in HOLDERS:
        dates = Q(
            **{f"{holder}period_kind": PeriodKind.DATES, f"{holder}date_to__range": period.days}
        )
        months = Q(**{f"{holder}period_kind": PeriodKind.MONTHS, f"{holder}month".replace("__", "_") + "__range": (first, last)})  # fmt: skip
        found |= above_blank & (dates | months)
        blank = Q(**{f"{holder}period_kind": ""})
        above_blank &= blank | Q(block=None) if holder == "block__" else blank
    return found


def month_number(day: dt.date) -> int:
    """Months since year 0, so that months of different years compare."""
    return 12 * day.year + day.month


def last_month(holder: str):
    """Number of the month in which a term in months ends; NULL in a roadmap without a year."""
    begins, ends = F(f"{holder}month_from"), Coalesce(f"{holder}month_to", f"{holder}month_from")
    next_year = one_if(Q(**{f"{holder}month_from__lt": AUGUST}))
    over_new_year = one_if(Q(**{f"{holder}month_to__lt": begins}))
    return 12 * (YEAR + next_year + over_new_year) + ends


def one_if(condition: Q) -> Case:
    return Case(When(condition, then=Constant(1)), default=Constant(0))
