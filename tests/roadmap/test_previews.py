"""Pages of a paper as pictures: real PNG, by right, nothing of a neighbour."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from tests.roadmap.makers import approve, make_curator_order, make_package, send


def page_url(document, number: int) -> str:
    return reverse("document_page", args=[document.organization.slug, document.pk, number])


def test_every_page_of_a_draft_is_a_picture(client_for, head, curator):
    order = make_package(curator)
    client = client_for(curator)
    address = reverse("document_pages", args=[order.organization.slug, order.pk])
    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert piece.count('class="paper-page"') == 2
    picture = Image.open(io.BytesIO(client.get(page_url(order, 2)).content))
    assert picture.size[0] == 1000
    assert client.get(page_url(order, 3)).status_code == 404


@pytest.mark.usefixtures("real_papers")
def test_page_of_a_kept_file_is_drawn_from_that_file(client_for, head, curator):
    order = approve(send(make_curator_order(curator), curator), head)
    assert client_for(head).get(page_url(order, 1)).headers["Content-Type"] == "image/png"


def test_pictures_follow_the_right_to_the_paper(client_for, head, curator, teacher, stranger):
    order = send(make_curator_order(curator), curator)
    assert client_for(teacher).get(page_url(order, 1)).status_code == 403
    assert client_for(stranger).get(page_url(order, 1)).status_code == 404
