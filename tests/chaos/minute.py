"""What a timer does each minute, here every few seconds: `python -m tests.chaos.minute SECONDS`."""

import sys
import time

import django
from django.core.management import call_command
from django.db import Error, connection


def main() -> None:
    django.setup()
    while True:
        try:
            call_command("minute")
        except Error as error:  # the database is away: the next run is as good
            print(type(error).__name__, file=sys.stderr)
        connection.close()
        time.sleep(float(sys.argv[1]))


if __name__ == "__main__":
    main()
