"""`python -m programs.matching`: the schema of programs/README.md, proof included, and bad input."""

import json
import subprocess
import sys

import numpy as np
import pytest
from django.conf import settings

TASK = {
    "mentees": [{"id": "a", "must": True}, {"id": "b"}, {"id": "c"}],
    "mentors": [{"id": "x", "capacity": 1}, {"id": "y", "capacity": 1}],
    "scores": [[10, None], [90, 20], [50, 60]],
    "fixed": [],
}


def run(text: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "programs.matching"], input=text, capture_output=True, text=True,
        cwd=settings.BASE_DIR, check=False,
    )  # fmt: skip


@pytest.mark.req("R-401")
def test_who_must_be_served_comes_first_and_the_left_one_hears_why():
    done = run(json.dumps(TASK))
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["pairs"] == [["a", "x"], ["c", "y"]]
    assert (found["served"], found["must_served"], found["total"]) == (2, 1, 70)
    assert [row["id"] for row in found["left"]] == ["b"]
    assert "заняты места" in found["left"][0]["reason"]


def test_a_reader_can_check_the_proof():
    found = json.loads(run(json.dumps(TASK)).stdout)
    duals = found["duals"]
    scores = np.array(
        [[np.nan if cell is None else cell for cell in row] for row in TASK["scores"]]
    )
    worth = scores * duals["scale"] + np.array(duals["bonus"])[:, None]
    sums = np.array(duals["mentees"])[:, None] + np.array(duals["mentors"])
    assert not (sums < worth).any()
    rows, columns = {"a": 0, "b": 1, "c": 2}, {"x": 0, "y": 1}
    chosen = sum(worth[rows[mentee], columns[mentor]] for mentee, mentor in found["pairs"])
    capacity = [mentor["capacity"] for mentor in TASK["mentors"]]
    assert sum(duals["mentees"]) + np.dot(duals["mentors"], capacity) == chosen


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"scores": [[1, 2]]}, "не совпадает"),
        ({"scores": [["1", 2], [1, 2], [1, 2]]}, "должны быть числами"),
        ({"scores": [[101, 2], [1, 2], [1, 2]]}, "от 0 до 100"),
        ({"mentors": [{"id": "x", "capacity": -1}, {"id": "y", "capacity": 1}]}, "отрицательным"),
        ({"mentors": [{"id": "x", "capacity": 1.5}, {"id": "y", "capacity": 1}]}, "целым"),
        ({"mentors": [{"id": "x"}, {"id": "y", "capacity": 1}]}, "не хватает поля 'capacity'"),
        ({"fixed": [["a", "y"]]}, "запрещена"),
        ({"fixed": "ab"}, "не так, как описано"),
        ({"mentees": None}, "не так, как описано"),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence_and_code_2(change, sentence):
    done = run(json.dumps({**TASK, **change}))
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_broken_json_names_the_place():
    done = run("{")
    assert (done.returncode, done.stderr.strip()) == (2, "Это не JSON: строка 1, знак 2.")
