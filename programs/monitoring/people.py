"""Indicators about people: coverage, young staff, mentors, training, staying, recognition."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from mentoring.core.keys import moved
from people.models import MenteeProfile
from people.models.banks import BankState
from programs.models import Award, ContestEntry, GroupMember, Training
from programs.monitoring.scope import Scope
from programs.monitoring.values import Reading


def coverage(scope: Scope) -> Reading:
    """I-01, %: teachers who mentor or are mentored in at least one pair of the period, of all teachers."""
    teachers = scope.teachers()
    taking = Q(pk__in=scope.mentors().values("pk")) | Q(pk__in=scope.mentees().values("pk"))
    return Reading((teachers.filter(taking),), (teachers,))


def new_teachers(scope: Scope) -> Reading:
    """I-02, %: mentees among teachers with less than three full years of teaching (Р-145)."""
    rows = scope.new_teachers(scope.teachers())
    return Reading((rows.filter(pk__in=scope.mentees().values("pk")),), (rows,))


def young_teachers(scope: Scope) -> Reading:
    """I-03, %: mentees among teachers of at most 35."""
    rows = scope.young(scope.teachers())
    return Reading((rows.filter(pk__in=scope.mentees().values("pk")),), (rows,))


def mentors(scope: Scope) -> Reading:
    """I-04, %: mentors among teachers, each once."""
    teachers = scope.teachers()
    return Reading((teachers.filter(pk__in=scope.mentors().values("pk")),), (teachers,))


def staying(scope: Scope) -> Reading:
    """I-11, %: of the mentees of the period who are young in age or experience those who still work on the key date."""
    mentees = scope.mentees().filter(kind="employed")
    young = scope.young(mentees) | scope.new_teachers(mentees)
    return Reading((young.active_on(scope.period.on),), (young,))


def trained(scope: Scope) -> Reading:
    """I-12, %: mentors with a course, an internship or the School of Mentors by the end of the period."""
    learnt = Training.objects.filter(person=OuterRef("pk"), kind__in=["course", "internship", "mentor_school"], ends_on__lte=scope.period.end)  # fmt: skip
    rows = scope.mentors()
    return Reading((rows.filter(Exists(learnt)),), (rows,))


def without_pair(scope: Scope) -> Reading:
    """I-13: mentees of the bank who have been without a pair for more than 30 days on the key date."""
    on = scope.period.on
    since = moved(on, lambda day: day - dt.timedelta(days=scope.definitions.without_pair_days))
    pairs = GroupMember.objects.on(on).filter(person=OuterRef("person"), group__in=scope.groups().in_period(on).values("pk"))  # fmt: skip
    cards = scope.of(MenteeProfile).exclude(state__in=[BankState.CANDIDATE, BankState.LEFT])
    cards = cards.filter(Q(left_on=None) | Q(left_on__gt=on), entered_on__lt=since)
    return Reading((cards.filter(~Exists(pairs)),))


def rewarded(scope: Scope) -> Reading:
    """I-16, %: mentors who were given an award in the period."""
    given = Award.objects.filter(person=OuterRef("pk"), state="given", decided_on__range=scope.period.days)  # fmt: skip
    rows = scope.mentors()
    return Reading((rows.filter(Exists(given)),), (rows,))


def in_contests(scope: Scope) -> Reading:
    """I-16, number: entries sent to contests in the period."""
    return Reading((scope.of(ContestEntry).filter(applied_on__range=scope.period.days),))


def new_category(scope: Scope) -> Reading:
    """I-19, number: mentees of the period who got a qualification category within it."""
    rows = scope.mentees().exclude(category="")
    return Reading((rows.filter(category_date__range=scope.period.days),))
