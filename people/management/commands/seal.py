"""`manage.py seal`: put seals under the lines of the journal written since; from cron or a timer, every minute."""

from django.core.management.base import BaseCommand, CommandError

from people.models import Organization
from people.services import sealing


class Command(BaseCommand):
    help = "Опечатывает новые строки журнала каждой организации."

    def add_arguments(self, parser):
        parser.add_argument("--school", help="адрес одной организации")

    def handle(self, *, school, **options):
        schools = sealing.waiting()
        if school:
            if not Organization.objects.filter(slug=school).exists():
                raise CommandError(f"Организации «{school}» нет.")
            schools = schools.filter(slug=school)
        made = [seal for pk in schools.values_list("pk", flat=True) for seal in sealing.seal_all(pk)]  # fmt: skip
        self.stdout.write(f"Печатей: {len(made)}. Строк журнала под ними: {sum(seal.lines for seal in made)}.")  # fmt: skip
