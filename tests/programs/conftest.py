"""A working pair with its people, and a programme that runs."""

from dataclasses import dataclass

import pytest

from people.models import Membership
from programs.models import MentoringGroup, Program
from tests.programs.makers import mentee_of, mentor_of, working_pair
from tests.programs.makers_programs import running


@dataclass
class Pair:
    mentor: Membership
    mentee: Membership
    group: MentoringGroup


@pytest.fixture
def pair(school, curator, head) -> Pair:
    mentor, mentee = mentor_of(school), mentee_of(school)
    return Pair(mentor, mentee, working_pair(mentor, [mentee], curator, head))


@pytest.fixture
def program(pair, curator) -> Program:
    return running(pair.group, curator)


@pytest.fixture(autouse=True)
def _quick_papers(request):
    """Nearly every test of this folder has an order in force and reads none."""
    if "real_papers" not in request.fixturenames:
        request.getfixturevalue("quick_papers")
