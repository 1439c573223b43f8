"""Tests of pairs and programmes."""
