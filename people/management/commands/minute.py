"""`manage.py minute`: what must be done every minute – `sweep` and `seal`; once, or again and again with `--stay`.

From cron or a timer without options; `make run` keeps one such process, which saves the start of Python.
"""

import io
import logging
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

EVERY = 60
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Ежеминутная работа: вернуть прерванные задания в очередь, опечатать журнал."

    def add_arguments(self, parser):
        parser.add_argument("--stay", action="store_true", help="повторять каждую минуту")

    def handle(self, *, stay, **options):
        if not stay:
            return self.work(self.stdout)
        while True:
            try:
                self.work(io.StringIO())
            except Error:  # away for a moment: the next minute finds it back
                logger.exception("the work of the minute failed")
            time.sleep(EVERY)
            close_old_connections()

    def work(self, out) -> None:
        for command in ("sweep", "seal"):
            call_command(command, stdout=out, stderr=self.stderr)
