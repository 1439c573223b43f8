"""Demo events: a call for mentees, a round table held, a group session ahead."""

import datetime as dt

from django.utils import timezone

from mentoring.portal.demo.participants import DemoParticipants
from roadmap.models import Event
from roadmap.services import events

Kind = Event.Kind


def at(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 30)))


def build_events(demo: DemoParticipants) -> None:
    """Two meetings behind, one ahead with an open sign-up."""
    held = (
        (Kind.MENTEE_CALL, "Встреча для тех, кому нужен наставник", demo.ago(28), demo.mentees),
        (Kind.ROUND_TABLE, "Круглый стол «Зачем становиться наставником»", demo.ago(26), demo.mentors),
    )  # fmt: skip
    for kind, title, day, people in held:
        event = events.create_event(
            by=demo.curator,
            kind=kind,
            title=title,
            starts_at=at(day, 14),
            place="методический кабинет",
        )
        present = [person for person in people if demo.random.random() < 0.8] or people[:1]
        events.hold(
            event, attended=present, by=demo.curator, on=demo.day,
            minutes="Рассказали о программе, ответили на вопросы, раздали анкеты.",
        )  # fmt: skip
    ahead = events.create_event(
        by=demo.curator, kind=Kind.GROUP_SESSION, title="Первая групповая встреча",
        starts_at=at(demo.day + dt.timedelta(days=9), 15), place="актовый зал", sign_up=True,
        description="Знакомство наставников и наставляемых, работа в малых группах, анкета предпочтений.",
    )  # fmt: skip
    people = [*demo.mentors, *demo.mentees, demo.school.people["teacher"]]
    events.invite(ahead, {person.pk: person for person in people}.values(), by=demo.curator)
