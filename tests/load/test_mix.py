"""The mix of the load names pages that are there."""

import pytest
from django.urls import resolve

from tests.load import mix

ROLES = {"teacher": mix.TEACHER, "curator": mix.CURATOR, "head": mix.HEAD, "observer": mix.OBSERVER, "reader": mix.READER}  # fmt: skip


@pytest.mark.parametrize("pages", ROLES.values(), ids=ROLES)
def test_every_page_has_an_address_or_a_page_that_leads_to_it(pages):
    names = {page.name for page in pages}
    for page in pages:
        if page.address:
            assert resolve(page.address.format(school="school").partition("?")[0])
        else:
            assert page.of in names, page


def test_a_link_is_found_in_the_own_school_alone():
    html = '<a href="/s/school/documents/7/">1</a> <a href="/s/neighbour/documents/8/">2</a> <a href="/s/school/documents/new/">3</a>'
    assert mix.DOCUMENT.links(html, "school") == ["/s/school/documents/7/"]
