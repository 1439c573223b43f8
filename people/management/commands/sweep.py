"""`manage.py sweep`: tasks of a killed worker back to the queue, waiting letters out; from cron or a timer."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from people.services import tries
from people.services.sweeping import sweep


class Command(BaseCommand):
    help = (
        "Возвращает в очередь задания остановленного обработчика и отправляет письма, которые ждут."
    )

    def handle(self, **options):
        now = timezone.now()
        swept = sweep(now)
        tries.forget(now.timestamp())
        self.stdout.write(
            f"Возвращено в очередь: {swept.returned}. Снято после трёх попыток: {swept.given_up}. "
            f"Отмечено сбоев: {swept.broken}.{' Письма отправляются.' if swept.letters else ''}"
        )
