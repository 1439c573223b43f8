"""Matching of mentees to mentors: pure numpy and scipy, no ORM. Arrays and dataclasses in and out."""

from programs.matching.assignment import solve
from programs.matching.certificate import verify
from programs.matching.problem import MatchingError, Outcome, Problem
from programs.matching.reasons import Left, reasons
from programs.matching.score import PARTS, contributions, score

__all__ = [
    "PARTS",
    "Left",
    "MatchingError",
    "Outcome",
    "Problem",
    "contributions",
    "reasons",
    "score",
    "solve",
    "verify",
]
