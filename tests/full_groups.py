"""Pairs of a full school: proposed, working with a wish and a pause, a run, a ban; `word` marks each text."""

import datetime as dt

from django.utils import timezone

from people.models import Membership, Person
from programs.models import ForbiddenPair, GroupPause, GroupRequest, MentoringGroup
from programs.services import groups, runs
from roadmap.models import Event

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


def fill_groups(members: dict[str, Membership], word: str) -> None:
    """The psychologist mentors the teacher and is proposed to the colleague."""
    curator, mentor = members["curator"], members["psychologist"].person
    school = curator.organization
    colleague = Person.objects.of(school).get(last_name="Зимина")
    runs.compute(on=TODAY, by=curator)
    groups.propose(
        mentor, [colleague], on=TODAY, by=curator, theme=f"Тема {word}", profile_word=word
    )
    working(mentor, members["teacher"].person, word)
    ForbiddenPair.objects.create(organization=school, mentor=mentor, mentee=members["teacher"].person, reason="other", note=f"Почему {word}")  # fmt: skip
    Event.objects.create(organization=school, kind="group_session", title=f"Встреча {word}", starts_at=timezone.now(), state="held")  # fmt: skip


def working(mentor: Person, mentee: Person, word: str) -> MentoringGroup:
    """A pair by a paper order, with an answered proposal, a wish of the mentee and a pause that is over."""
    school = mentor.organization
    group = MentoringGroup.objects.create(
        organization=school, mentor=mentor, state="active", origin="existing", proposed_on=YESTERDAY, starts_on=YESTERDAY,
        theme=f"Тема {word}", reverse_theme=f"Обратно {word}", paper_number="1", paper_date=YESTERDAY,
    )  # fmt: skip
    groups.add_members(group, [mentee])
    group.members.update(starts_on=YESTERDAY)
    group.agreements.update(state="accepted", answered_on=YESTERDAY, method="paper")
    GroupPause.objects.create(organization=school, group=group, starts_on=YESTERDAY, ends_on=TODAY, reason="other", note=f"Пауза {word}")  # fmt: skip
    GroupRequest.objects.create(organization=school, group=group, person=mentee, kind="mentee_request", made_on=TODAY, text=f"Просьба {word}")  # fmt: skip
    return group
