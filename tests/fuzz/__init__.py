"""Hostile values for every door: `make fuzz`; a short form runs in `tests/guards/test_fuzz.py`."""
