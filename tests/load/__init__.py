"""Loads that need a server of their own; run by hand: `make load`."""
