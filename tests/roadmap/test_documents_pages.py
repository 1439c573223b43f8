"""The papers through their pages: who may open what, the list, the number of queries."""

import datetime as dt

import pytest
from django.urls import reverse

from people.models.accounts import Role
from roadmap.models import Document
from roadmap.services import attachments, drafts
from tests.factories import make_member
from tests.roadmap.doors import body, trusted, url
from tests.roadmap.makers import (
    DAY,
    approve,
    fresh,
    make_curator_order,
    make_package,
    send,
)


def new_url(school, kind: str) -> str:
    return reverse("document_new", args=[school.slug]) + f"?kind={kind}"


def issued(curator, head, **over) -> Document:
    """The order with its annexes in force."""
    return approve(send(make_package(curator), curator), head, **over)


@pytest.mark.parametrize(
    ("who", "code"), [("curator", 200), ("head", 200), ("teacher", 403), ("portal_admin", 403)]
)
def test_a_draft_is_open_to_head_and_curator_only(who, code, request, client_for, curator):
    draft = make_curator_order(curator)
    client = client_for(request.getfixturevalue(who))
    for name in ("document", "document_history", "document_readers"):
        assert client.get(url(name, draft)).status_code == code


def test_a_neighbour_meets_404_on_every_page_of_a_paper(client_for, stranger, curator):
    draft = make_curator_order(curator)
    client = client_for(stranger)
    for name in (
        "document",
        "document_edit",
        "document_approve",
        "document_sign",
        "document_cancel",
    ):
        assert client.get(url(name, draft)).status_code == 404
    own_school = reverse("document", args=[stranger.organization.slug, draft.pk])
    assert client.get(own_school).status_code == 404


def test_only_the_curator_drafts(client_for, school, head, teacher, curator):
    for member, code in ((head, 403), (teacher, 403), (curator, 200)):
        assert client_for(member).get(new_url(school, "curator_order")).status_code == code


def test_a_teacher_reads_a_publishable_paper_in_force_and_not_an_appointment(
    client_for, head, curator, teacher
):
    order = issued(curator, head)
    appointment = approve(send(make_curator_order(curator), curator), head)
    client = client_for(teacher)
    assert client.get(url("document", order)).status_code == 200
    answer = client.get(url("document", appointment))
    assert answer.status_code == 403
    assert "вам пока не открыт" in body(answer)


def test_the_list_is_searched_filtered_and_counted(client_for, school, head, curator):
    issued(curator, head, number="80/8")
    make_curator_order(curator)
    client, address = client_for(curator), reverse("documents", args=[school.slug])
    assert client.get(address).context["page"].paginator.count == 4
    for query, count in (
        ("?q=КУРАТОРА", 1),
        ("?q=80/8", 1),
        ("?state=in_force", 3),
        ("?kind=roadmap", 1),
        ("?register=personnel", 1),
        ("?year=2026", 3),
        ("?q=нет такого", 0),
        ("?sort=number", 4),
    ):
        assert client.get(address + query).context["page"].paginator.count == count, query


def test_the_list_hides_drafts_from_a_teacher(client_for, school, head, curator, teacher):
    issued(curator, head)
    make_curator_order(curator)
    page = client_for(teacher).get(reverse("documents", args=[school.slug])).context["page"]
    assert {paper.state for paper in page} == {"in_force"}
    assert page.paginator.count == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_number_of_queries(
    rows, client_for, school, head, curator, django_assert_max_num_queries
):
    order = issued(curator, head)
    for number in range(rows):
        draft = make_curator_order(curator, curators=[curator.person_id])
        attachments.add_basis(
            draft, text=f"Приказ № {number}", dated_on=dt.date(2026, 8, 1), by=curator
        )
        send(draft, curator)
    client = client_for(curator)
    addresses = [
        reverse("documents", args=[school.slug]),
        reverse("approvals", args=[school.slug]),
        *(url(name, order) for name in ("document", "document_history", "document_readers")),
        url("document", draft),
    ]
    for address in addresses:
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
    boss = client_for(head)
    with django_assert_max_num_queries(12):
        assert boss.get(url("document_approve", draft)).status_code == 200


def test_the_margin_of_the_regulation_is_for_the_curator(client_for, curator, head):
    paper = drafts.create_draft(kind="regulation", day=DAY, by=curator)
    assert "Пометки на полях" in body(client_for(curator).get(url("document", paper)))
    assert "Пометки на полях" not in body(client_for(head).get(url("document", paper)))


def test_the_council_member_reads_what_waits_for_the_council(client_for, school, curator, head):
    from roadmap.models import KindSetting

    KindSetting.objects.create(organization=school, kind="curator_order", chain=["mentor_council"])
    council = make_member(school, Role.COUNCIL, Role.STAFF, last_name="Орлик")
    order = make_curator_order(curator)
    client = client_for(council)
    assert client.get(url("document", order)).status_code == 403
    client_for(curator).post(url("document_send", order))
    assert client.get(url("document", order)).status_code == 200
    trusted(client).post(url("document_approve", order), {"edition": 1})
    assert [step.state for step in fresh(order).steps.all()] == ["approved", "open"]
