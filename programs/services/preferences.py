"""Wishes after the group session: asked of those present, read by the curator only (R-502…R-505)."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Answer, Membership, Person, Questionnaire, Survey
from people.services import questionnaires, surveys
from programs.permissions import can_match
from roadmap.models import Event

MENTEE_FORM, MENTOR_FORM = "mentee_preference", "mentor_preference"
PREFERRED, UNWANTED = "preferred", "unwanted"
ANSWER_DAYS = 5


@dataclass
class Preferences:
    """Ranks from 0 by (mentee id, mentor id), from both sides, and who asked not to be put together."""

    of_mentees: dict[tuple[int, int], int] = field(default_factory=dict)
    of_mentors: dict[tuple[int, int], int] = field(default_factory=dict)
    unwanted: set[tuple[int, int]] = field(default_factory=set)

    @property
    def mutual(self) -> list[tuple[int, int]]:
        """Pairs that named each other, the happiest first (R-502)."""
        both = self.of_mentees.keys() & self.of_mentors.keys() - self.unwanted
        return sorted(both, key=lambda pair: (self.of_mentees[pair] + self.of_mentors[pair], pair))


@transaction.atomic
def ask_present(event: Event, *, on: dt.date, by: Membership) -> list[Survey]:
    """Open D3 for those marked present at a group session: mentees choose mentors and the other way round."""
    can_match(by).require()
    if event.kind != Event.Kind.GROUP_SESSION or event.state != Event.State.HELD:
        raise RuleError("Анкету открывают после групповой встречи. Отметьте, кто на ней был.")
    present = Person.objects.of(event.organization).filter(
        events__event=event, events__attended=True
    )
    mentors = list(present.filter(mentor_profile__isnull=False))
    mentees = list(present.filter(mentee_profile__isnull=False))
    if not mentors or not mentees:
        raise RuleError("На встрече должны быть и наставники, и наставляемые из банков. Проверьте отметки.")  # fmt: skip
    questionnaires.install(event.organization)
    sides = ((MENTEE_FORM, mentees, mentors), (MENTOR_FORM, mentors, mentees))
    return [open_side(code, people, others, on=on, by=by) for code, people, others in sides]


def open_side(
    code: str, people: list[Person], others: list[Person], *, on: dt.date, by: Membership
) -> Survey:
    """Names are hidden from the head: wishes are the curator's alone (design §3a)."""
    form = Questionnaire.objects.of(by.organization).get(code=code)
    survey = surveys.create(
        form, people=people, by=by, title=form.title, opens_on=on, closes_on=on + dt.timedelta(days=ANSWER_DAYS),
        privacy=Survey.Privacy.HIDDEN, choosable=[person.pk for person in others],
    )  # fmt: skip
    return surveys.open_survey(survey, on=on, by=by)


def preferences(organization, *, by: Membership) -> Preferences:
    """Newest sent wishes of everybody; one query."""
    can_match(by).require()
    found = Preferences()
    rows = Answer.objects.of(organization).filter(
        question__in=[PREFERRED, UNWANTED], response__submitted_at__isnull=False,
        response__survey__version__questionnaire__code__in=[MENTEE_FORM, MENTOR_FORM],
    )  # fmt: skip
    rows = rows.order_by("response__submitted_at").values_list(
        "question", "value", "response__person", "response__survey__version__questionnaire__code"
    )
    for question, value, person, form in rows:
        note(found, question, value or [], person, by_mentee=form == MENTEE_FORM)
    return found


def note(
    found: Preferences, question: str, chosen: list[dict], person: int, *, by_mentee: bool
) -> None:
    side = found.of_mentees if by_mentee else found.of_mentors
    own = 0 if by_mentee else 1
    if question == PREFERRED:
        for pair in [pair for pair in side if pair[own] == person]:
            del side[pair]  # a later answer replaces the earlier one
    for rank, row in enumerate(chosen):
        other = row["person"]
        pair = (person, other) if by_mentee else (other, person)
        if question == PREFERRED:
            side[pair] = rank
        else:
            found.unwanted.add(pair)
