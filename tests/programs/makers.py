"""Pairs for tests: people in the banks with all consents, a proposal, an agreed pair, a working one."""

import datetime as dt

from people.models import Membership
from people.models.consents import ConsentKind
from programs.models import MentoringGroup
from programs.services import agreements, groups, pair_papers
from tests.factories import make_member
from tests.people.makers_banks import make_mentee, make_mentor
from tests.people.makers_consents import make_consent
from tests.roadmap.makers import approve, send

DAY = dt.date(2026, 11, 20)


def mentor_of(school, *, capacity: int = 2, duty: bool = True, **over) -> Membership:
    """An approved mentor with an account, a consent on data and, unless told otherwise, on duties."""
    member = make_member(school, "staff", **{"last_name": "Орлова", "first_name": "Анна", **over})
    make_mentor(member.person, state="approved", capacity=capacity)
    if duty:
        make_consent(member.person, ConsentKind.DUTY)
    return member


def mentee_of(school, *, duty: bool = True, **over) -> Membership:
    member = make_member(school, "staff", **{"last_name": "Зимина", "first_name": "Ольга", **over})
    make_mentee(member.person, state="approved")
    if duty:
        make_consent(member.person, ConsentKind.DUTY)
    return member


def propose(mentor, mentees, curator, **over) -> MentoringGroup:
    people = [one.person for one in mentees]
    return groups.propose(mentor.person, people, on=DAY, by=curator, **over)


def accept_all(group: MentoringGroup, curator) -> MentoringGroup:
    for row in group.agreements.all():
        agreements.answer(row, accepted=True, on=DAY, by=curator, method="paper")
    group.refresh_from_db()
    return group


def order_for(agreed: list[MentoringGroup], curator, **over):
    values = {"day": DAY, "starts_on": DAY, **over}
    return pair_papers.draft_pair_order(agreed, by=curator, **values)


def working_pair(mentor, mentees, curator, head, **over) -> MentoringGroup:
    """Proposed, agreed by all, in force by an order of the head."""
    group = accept_all(propose(mentor, mentees, curator, **over), curator)
    approve(send(order_for([group], curator), curator), head, dated_on=DAY)
    group.refresh_from_db()
    return group
