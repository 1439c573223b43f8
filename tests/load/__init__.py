"""Loads that need a server of their own; run by hand: `python -m tests.load.autosave`."""
