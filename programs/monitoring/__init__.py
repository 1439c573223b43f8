"""Indicators of the programme (I-01…I-20): what is counted, over which rows, by whose definitions.

`scope.py` says about whom and when, `people.py`, `work.py`, `answers.py`, `changes.py`, `roadmaps.py` hold one
small function an indicator, `registry.py` lists them, `services/indicators.py` counts them for one school or for many.
"""
