"""A staff list as a school keeps it → what to add and change. Pure: rows in, a plan out.

`tables.find` finds the list in a book, `columns` its headings, `values` read cells,
`plan.compare` says what is new, changed, unchanged or wrong. Saving is `people/services/staff_import.py`.
"""
