"""«Состояние»: is the portal well, line by line. Read by the page, by `manage.py state` and, in short, by `/readyz`.

lights.py       one line: colour, words, value, meaning, next step
work.py         queue of tasks, letters
machine.py      disk, clock, fonts and libraries, versions
safety.py       backup, seals of the journal, migrations
overview.py     all lines, for a school or for the installation
ready.py        the short answers of `/readyz`
"""
