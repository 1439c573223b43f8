"""`manage.py indicators --school S --from D --to D [--on D] [--json]`: figures of a school from the console."""

import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.models import Organization
from programs.monitoring.registry import BY_CODE
from programs.monitoring.scope import Period
from programs.services.indicators import of_school


class Command(BaseCommand):
    help = "Показатели организации за период."

    def add_arguments(self, parser):
        day = dt.date.fromisoformat
        parser.add_argument("--school", required=True, help="адрес организации в портале: school-21")  # fmt: skip
        parser.add_argument("--from", dest="start", type=day, required=True, help="ГГГГ-ММ-ДД")
        parser.add_argument("--to", dest="end", type=day, required=True, help="ГГГГ-ММ-ДД")
        parser.add_argument("--on", type=day, help="ключевая дата; без неё – последний день периода, не позже сегодняшнего")  # fmt: skip
        parser.add_argument("--json", action="store_true", help="{показатель: {n, d, value}}")

    def handle(self, *, school, start, end, on, **options):
        organization = Organization.objects.filter(slug=school).first()
        if organization is None:
            raise CommandError(f"Организации «{school}» нет.")
        if end < start:
            raise CommandError("Период заканчивается раньше, чем начинается.")
        period = Period(start, end, on or min(end, timezone.localdate()))
        found = of_school(organization, period)
        if options["json"]:
            told = {code: {"n": one.n, "d": one.d, "value": one.value} for code, one in found.items()}  # fmt: skip
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for code, one in found.items():
            of = f" ({one.n} из {one.d})" if one.d is not None else ""
            self.stdout.write(f"{code}\t{BY_CODE[code].title}\t{one.shown}{of}")
