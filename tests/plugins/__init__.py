"""Plugins of the test run and the reports made from it."""
