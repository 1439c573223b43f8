"""`manage.py state [--json]`: is the installation well; exit code 1 when a line is red."""

import json
import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from mentoring.portal.state import overview
from mentoring.portal.state.lights import Colour


class Command(BaseCommand):
    help = "Состояние портала: очередь, письма, копия, печати, диск, библиотеки. Код 1, если что-то красное."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="для программ наблюдения")

    def handle(self, **options):
        found = overview.lights(timezone.now())
        if options["json"]:
            self.stdout.write(as_json(found))
        else:
            for light in found:
                self.stdout.write(f"{light.pill[2]:<18} {light.title}: {light.value}")
                if light.step:
                    self.stdout.write(f"{'':<18} → {light.step}")
        if overview.verdict(found) == Colour.RED:
            sys.exit(1)


def as_json(found) -> str:
    data = {"state": str(overview.verdict(found)), "lines": [light.as_data() for light in found]}
    return json.dumps(data, ensure_ascii=False, indent=1)
