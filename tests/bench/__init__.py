"""Speed of our code against small floors of our own, each floor and ours in one run.

A module `tests/bench/<name>.py` exposes `run() -> list[Result]`; `python -m tests.bench` finds it.
"""
