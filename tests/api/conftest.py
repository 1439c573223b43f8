"""An authority with two schools."""

from dataclasses import dataclass

import pytest

from people.models import Membership, Organization
from programs.models import ReportRequest
from tests.factories import make_curator
from tests.programs.makers_reports import ask, make_authority, put_under, staffed


@dataclass(frozen=True)
class Region:
    authority: Organization
    curator: Membership
    schools: list[Organization]
    request: ReportRequest


@pytest.fixture
def region(school, other_school) -> Region:
    """The school and its neighbour owe a report to one authority."""
    authority = make_authority()
    by = make_curator(authority)
    schools = [school, other_school]
    for one in schools:
        put_under(one, authority)
    return Region(authority, by, schools, ask(by))


@pytest.fixture
def staff(school):
    """(curator, head) of the school."""
    return staffed(school)
