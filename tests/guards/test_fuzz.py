"""A short form of `make fuzz`: hostile inputs at the doors of a full school, none answered with a 5xx."""

import pytest

from tests.fuzz.api_cases import operations
from tests.fuzz.inputs import ground_of
from tests.fuzz.pages import all_forms
from tests.fuzz.run import pour
from tests.fuzz.trial import Trial
from tests.leaks.world import ask_again

pytestmark = [pytest.mark.xdist_group("two-schools"), pytest.mark.access]
INPUTS = 120


def test_hostile_input_is_answered_by_a_sentence(two_schools, settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    ask_again(two_schools)
    trial = Trial(two_schools)
    forms = all_forms(two_schools, roles=("curator", "teacher"), pages=lambda found: found[::20])
    pour(ground_of(trial, forms, operations(two_schools.members["curator"], authority=False)), inputs=INPUTS, seed=1)  # fmt: skip
    assert trial.faults == {}
    assert trial.inputs >= INPUTS
    assert len(forms) > 12
