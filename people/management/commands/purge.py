"""`manage.py purge`: destroy what has outlived its term; a dry run unless `--apply`. From cron once a month."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentoring.core.turns import BUSY, turn
from people import retention
from people.models import Organization
from people.services import erasing, purging

STRAY = dt.timedelta(days=1)  # no transaction is open for so long


class Command(BaseCommand):
    help = "Показывает, какие данные пора уничтожить, а с --apply уничтожает и готовит акт."

    def add_arguments(self, parser):
        parser.add_argument("--school", help="адрес одной организации")
        parser.add_argument("--on", type=dt.date.fromisoformat, help="на какой день, ГГГГ-ММ-ДД")
        parser.add_argument(
            "--apply", action="store_true", help="уничтожить, а не только посчитать"
        )

    def handle(self, *, school, on, apply, **options):
        with turn("purge") as mine:
            if mine:
                self.work(school=school, on=on, apply=apply)
            else:
                self.stdout.write(BUSY)

    def work(self, *, school, on, apply):
        day = on or timezone.localdate()
        if apply and day > timezone.localdate():
            raise CommandError("Уничтожать наперёд нельзя: укажите сегодняшний или прошедший день.")
        failed = False
        for organization in self.organizations(school):
            if apply:
                outcome = purging.purge(organization, on=day)
                strays = erasing.erase_strays(organization, before=timezone.now() - STRAY)
                if strays:
                    self.stdout.write(f"{organization.slug}\tФайлов без записи стёрто: {strays}.")
                counts, failed = outcome.counts, failed or bool(outcome.failed)
                for code, names in outcome.failed.items():
                    self.stderr.write(
                        f"{organization.slug}\t{code}\tне удалось: на записи ссылаются {names}"
                    )
            else:
                counts = purging.due(organization, on=day)
            self.report(organization, counts, apply)
        if failed:
            raise CommandError("Уничтожено не всё. Причины названы выше.")

    def report(self, organization: Organization, counts: dict[str, int], apply: bool) -> None:
        for purpose in retention.purposes():
            if number := counts.get(purpose.code):
                self.stdout.write(f"{organization.slug}\t{purpose.code}\t{number}\t{purpose.title}")
        total = sum(counts.values())
        word = "Уничтожено записей" if apply else "Пора уничтожить записей"
        hint = "" if apply or not total else ". Чтобы уничтожить, добавьте --apply"
        self.stdout.write(f"{organization.slug}\t{word}: {total}{hint}.")

    def organizations(self, slug):
        found = Organization.objects.all()
        if slug:
            found = found.filter(slug=slug)
            if not found:
                raise CommandError(f"Организации «{slug}» нет.")
        return found.iterator()
