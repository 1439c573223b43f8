"""Tokens and what they read."""

import datetime as dt

from django.test import Client
from django.utils import timezone

from people.models import Membership
from people.services import api_tokens
from roadmap.models import Document
from roadmap.services import drafts
from roadmap.services.year import year_of
from tests.roadmap.makers import approve, send

TODAY = timezone.localdate()
YEAR = year_of(TODAY)
SCHOOL_SCOPES = ("organization:read", "figures:read", "reports:read")
ALL_SCOPES = (*SCHOOL_SCOPES, "requests:read")


def make_token(by: Membership, *scopes: str, name: str = "Выгрузка", days: int = 30) -> str:
    last = TODAY + dt.timedelta(days=days)
    return api_tokens.issue(name=name, scopes=list(scopes), expires_on=last, on=TODAY, by=by)


class Reader:
    """An HTTP client with a token."""

    def __init__(self, secret: str = ""):
        headers = {"authorization": f"Bearer {secret}"} if secret else {}
        self.client = Client(raise_request_exception=False, headers=headers)

    def get(self, address: str = "", **query):
        return self.client.get(f"/api/v1/{address}", query)

    def json(self, address: str = "", **query) -> dict:
        """The answer of a request that must go well."""
        answer = self.get(address, **query)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()


def reader(by: Membership, *scopes: str) -> Reader:
    return Reader(make_token(by, *scopes))


def report_in_force(curator: Membership, head: Membership, number: str = "1") -> Document:
    """An annual report with its frozen figures, approved and signed."""
    answers = {"figures": str(YEAR), "author": curator.person_id}
    paper = drafts.create_draft(kind="annual_report", day=TODAY, by=curator, values=answers)
    return approve(send(paper, curator), head, number=number)
