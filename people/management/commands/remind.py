"""`manage.py remind`: tell those who have not acted; from cron or a timer, once a day or more often.

What ends by its term (consents, unanswered proposals) is written down first, so that what rests on it
stops the same day. Everybody gets at most one letter with reminders a day; a killed run may be started again.
"""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentoring.core.turns import BUSY, turn
from people import channels, reminders
from people.models import Organization
from people.services import notices, outbox


class Command(BaseCommand):
    help = "Напоминает тем, кто ещё не ответил или не подписал, и отправляет письма."

    def add_arguments(self, parser):
        parser.add_argument("--school", help="адрес одной организации")
        parser.add_argument("--on", type=dt.date.fromisoformat, help="на какой день, ГГГГ-ММ-ДД")
        parser.add_argument("--dry-run", action="store_true", help="только посчитать")

    def handle(self, *, school, on, dry_run, **options):
        with turn("remind") as mine:
            if mine:
                self.work(school=school, on=on, dry_run=dry_run)
            else:
                self.stdout.write(BUSY)

    def work(self, *, school, on, dry_run):
        day = on or timezone.localdate()
        told = letters = 0
        for organization in self.organizations(school):
            if not dry_run:
                for duty in reminders.DUTIES:
                    duty(organization, on=day)
            for code, messages in reminders.due(organization, day).items():
                number = len(
                    notices.not_told_yet(messages) if dry_run else notices.remind(messages, on=day)
                )
                told += number
                if number:
                    self.stdout.write(f"{organization.slug}\t{code}\t{number}")
            letters += 0 if dry_run else channels.daily(organization, day)
        if dry_run:
            self.stdout.write(f"Напоминаний было бы: {told}.")
            return
        sent = outbox.send_waiting(timezone.now())
        self.stdout.write(
            f"Новых напоминаний: {told}, писем с ними: {letters}. Писем отправлено: {sent['sent']}, отложено: {sent['later']}, "
            f"не отправлено: {sent['failed']}."
        )

    def organizations(self, slug):
        found = Organization.objects.all()
        if slug:
            found = found.filter(slug=slug)
            if not found:
                raise CommandError(f"Организации «{slug}» нет.")
        return found.iterator()
