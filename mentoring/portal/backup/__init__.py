"""One archive of the whole portal, and its way back (`manage.py backup`, `manage.py restore`).

The archive is a plain tar: `tables/<model>.jsonl.gz` (rows as JSON lines), `files/<name>` (bytes of the
storage), at the end `manifest.json`. Each member carries its SHA-256, the manifest that of all of them.

Why rows and not `pg_dump` or a copy of the SQLite file (django-dbbackup drives these two): one form for both
databases means one way to prove, and moving from SQLite to PostgreSQL is a restore. Why not `dumpdata`:
its times end at milliseconds, which would break the seals of the journal, and it keeps all rows in memory.
"""
