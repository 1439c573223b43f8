"""Questionnaires as data: schema, checks of answers, summaries. No database here."""
