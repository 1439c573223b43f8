"""About whom, for which time and by which definitions figures are counted."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import lru_cache

from django.db.models import DateField, IntegerField, Q, QuerySet

from mentoring.core.keys import Key, moved
from people.models import Organization, Person
from people.models.persons import years_before
from people.services.counting import SCHOOL, fetched
from programs.models import GroupMember, MentoringGroup
from programs.models.groups import GroupState
from roadmap.services.year import year_of

STARTED = [GroupState.ACTIVE, GroupState.PAUSED, GroupState.ENDED]


@dataclass(frozen=True)
class Definitions:
    """Thresholds that a school (or an authority that asks) may set; they travel with every figure."""

    satisfied_from: int = 7
    young_age: int = 35
    young_years: int = 3
    without_pair_days: int = 30

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True)
class Period:
    """Both days inclusive; `on` is the key date for age, experience and who works."""

    start: dt.date | Key
    end: dt.date | Key
    on: dt.date | Key

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """For `field__range`."""
        return self.start, self.end

    @property
    def earlier(self) -> "Period":
        """The same period a year before."""
        return Period(*(years_before(day, 1) for day in (self.start, self.end, self.on)))


ANY = Period(*(Key(name, DateField()) for name in ("start", "end", "on")))


def school_year(day: dt.date) -> Period:
    """1 September to 31 August of the year of that day; the key date is the day itself."""
    year = year_of(day)
    return Period(dt.date(year, 9, 1), dt.date(year + 1, 8, 31), day)


def calendar_year(day: dt.date) -> Period:
    return Period(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31), day)


@dataclass(frozen=True)
class Scope:
    """`owners`: the organizations, or one; every queryset of an indicator is narrowed by them."""

    owners: QuerySet | Organization | Key
    period: Period
    definitions: Definitions = field(default_factory=Definitions)

    def fetched(self, asked: Callable) -> list[tuple]:
        """Rows of what `asked` puts into SQL: for one school once a process, whatever the school."""
        if isinstance(self.owners, QuerySet):
            return fetched(*asked(self))
        return fetched(*put_into_sql(asked, self.period, self.definitions), school=self.owners.pk)

    def of(self, model) -> QuerySet:
        several = isinstance(self.owners, QuerySet)
        return model.objects.filter(**{"organization__in" if several else "organization": self.owners})  # fmt: skip

    def teachers(self) -> QuerySet:
        """Workers of the staff list who are there on the key date."""
        return self.of(Person).active_on(self.period.on).filter(kind=Person.Kind.EMPLOYED)

    def groups(self) -> QuerySet:
        """Pairs and groups whose work meets the period."""
        over = Q(ends_on=None) | Q(ends_on__gte=self.period.start)
        return self.of(MentoringGroup).filter(
            over, state__in=STARTED, starts_on__lte=self.period.end
        )

    def mentors(self) -> QuerySet:
        """People who mentor in the period, staff and others."""
        return self.of(Person).filter(pk__in=self.groups().values("mentor"))

    def members(self) -> QuerySet:
        inside = Q(ends_on=None) | Q(ends_on__gte=self.period.start)
        begun = Q(starts_on=None) | Q(starts_on__lte=self.period.end)
        return GroupMember.objects.filter(inside, begun, group__in=self.groups().values("pk"))

    def mentees(self) -> QuerySet:
        return self.of(Person).filter(pk__in=self.members().values("person"))

    def new_teachers(self, people: QuerySet) -> QuerySet:
        """Of the people those with less than `young_years` full years of teaching on the key date."""
        on, years = self.period.on, self.definitions.young_years
        stated = Q()
        for number in range(years):
            stated |= Q(teaching_years=number, teaching_years_on__gt=ago(on, years - number))
        return people.filter(
            Q(teaching_since__gt=ago(on, years)) | (Q(teaching_since=None) & stated)
        )

    def young(self, people: QuerySet) -> QuerySet:
        """Of the people those who are at most `young_age` in the year of the key date."""
        on, age = self.period.on, self.definitions.young_age
        return people.filter(birth_year__gte=moved(on, lambda day: day.year - age, IntegerField()))


def ago(day: dt.date | Key, years: int) -> dt.date | Key:
    return moved(day, lambda one: years_before(one, years))


@lru_cache(maxsize=256)
def put_into_sql(asked: Callable, period: Period, definitions: Definitions) -> tuple[str, tuple]:
    return asked(Scope(SCHOOL, period, definitions))
