"""Many inputs in a row, the same for the same seed."""

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.inputs import Ground, one_input


def pour(ground: Ground, *, inputs: int, seed: int) -> None:
    """Faults gather in the ground's trial; nothing is raised, so that one fault hides no other."""
    number = seed

    while ground.trial.inputs < inputs:
        batch(ground, inputs - ground.trial.inputs, number)
        number += 1


def batch(ground: Ground, inputs: int, number: int) -> None:
    """hypothesis may stop a little early where it finds nothing new."""

    @seed(number)
    @settings(max_examples=inputs, database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])  # fmt: skip
    @given(st.data())
    def one(data):
        one_input(data.draw, ground)

    one()
