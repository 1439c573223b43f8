"""Orders of this folder are issued as blank files, except where a test reads the paper."""

import pytest


@pytest.fixture(autouse=True)
def _quick_papers(request):
    if "real_papers" not in request.fixturenames:
        request.getfixturevalue("quick_papers")
