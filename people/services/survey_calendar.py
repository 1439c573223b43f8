"""Last days of questionnaires in a person's calendar."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from people.calendar_rows import CalendarRow
from people.models import Person, SurveyParticipant


def surveys(person: Person, since: dt.date) -> Iterator[CalendarRow]:
    rows = SurveyParticipant.objects.of(person.organization).filter(
        person=person, answered=False, revoked=False, survey__state="open", survey__closes_on__gte=since
    )  # fmt: skip
    for row in rows.select_related("survey"):
        url = reverse("my_survey_page", args=[person.organization.slug, row.pk])
        yield CalendarRow(f"survey-{row.pk}", row.survey.closes_on, f"Последний день анкеты: {row.survey.title}", url=url)  # fmt: skip
