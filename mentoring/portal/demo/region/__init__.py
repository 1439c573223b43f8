"""An invented region: an authority, municipalities under it, schools under them (`manage.py demo --region`).

Rows are written by `bulk_create`, a transaction a municipality, not by the services that the pages call: a service
checks a right, locks, cleans and journals one row at a time, which is right for a person and would take hours for
50 000 people. So there is no journal and no history here; tests clean a sample of each model instead.
"""
