"""Authorities with their schools, requests and reports handed in."""

import datetime as dt

from django.utils import timezone

from people.models import Membership, Organization, Subordination
from people.models.accounts import Role
from programs.models import ReportRequest, ReportSubmission
from programs.services import report_requests
from roadmap.models import Document
from roadmap.services import drafts
from tests.factories import LONG_AGO, make_curator, make_head, make_member, make_organization
from tests.roadmap.makers import approve, send

TODAY = timezone.localdate()
START, END = dt.date(TODAY.year, 1, 1), dt.date(TODAY.year, 12, 31)


def make_authority(**over) -> Organization:
    values = {"institution_type": "authority", "full_name": "Управление образования города Заречье", "short_name": "Управление образования"}  # fmt: skip
    return make_organization(**{**values, **over})


def put_under(organization: Organization, authority: Organization, *, starts=LONG_AGO, ends=None) -> Subordination:  # fmt: skip
    return Subordination.objects.create(organization=organization, authority=authority, starts_on=starts, ends_on=ends)  # fmt: skip


def make_observer(authority: Organization) -> Membership:
    return make_member(authority, Role.OBSERVER, last_name="Лунина")


def ask(by: Membership, **over) -> ReportRequest:
    values = {"title": "Наставничество за год", "start": START, "end": END, "on": END, "due_on": TODAY, "on_day": TODAY}  # fmt: skip
    return report_requests.ask(by=by, **{**values, **over})


def owed(request: ReportRequest, school: Organization) -> ReportSubmission:
    return request.submissions.exclude(state="returned").get(organization=school)


def report_in_force(row: ReportSubmission, curator: Membership, head: Membership, **values) -> Document:  # fmt: skip
    answers = {"request": row.pk, "author": curator.person_id, **values}
    paper = drafts.create_draft(kind="authority_report", day=TODAY, by=curator, values=answers)
    return approve(send(paper, curator), head, number=f"{row.pk}-и")


def handed_in(row: ReportSubmission, curator: Membership, head: Membership) -> ReportSubmission:
    paper = report_in_force(row, curator, head)
    return report_requests.submit(row, document=paper, on=TODAY, by=curator)


def staffed(organization: Organization) -> tuple[Membership, Membership]:
    """(curator, head)."""
    return make_curator(organization), make_head(organization)
