"""`manage.py demo`: five invented schools with plans, people and papers; `--region`: a whole region instead."""

import datetime as dt
import json
import shutil

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring.portal.demo import ORGANIZATIONS, PASSWORD, SCHOOLS, output
from mentoring.portal.demo.authority import DemoAuthority
from mentoring.portal.demo.events import build_events
from mentoring.portal.demo.groups import DemoGroups
from mentoring.portal.demo.monitoring import DemoMonitoring
from mentoring.portal.demo.office import DemoOffice
from mentoring.portal.demo.papers import DemoPapers
from mentoring.portal.demo.participants import DemoParticipants
from mentoring.portal.demo.people import DemoSchool
from mentoring.portal.demo.programs import DemoPrograms
from mentoring.portal.demo.publicity import DemoPublicity
from mentoring.portal.demo.pupils import build_pupils
from mentoring.portal.demo.recognition import DemoRecognition
from mentoring.portal.demo.region import build as region
from mentoring.portal.demo.region.schools import FEWEST
from mentoring.portal.demo.returns import DemoReturns
from people.models import Organization


def build_school(school: DemoSchool, seed: int) -> None:
    """Papers, the people who take part, their meetings, their pairs."""
    DemoPapers(school, seed).build()
    participants = DemoParticipants(school, seed)
    participants.build()
    build_events(participants)
    if school.organization.works_with_pupils:
        build_pupils(participants)
    groups = DemoGroups(participants, seed)
    groups.build()
    programs = DemoPrograms(groups)
    programs.build()
    recognition = DemoRecognition(programs)
    recognition.build()
    DemoMonitoring(recognition).build()
    DemoReturns(recognition).build()
    DemoOffice(recognition).build()
    DemoPublicity(recognition).build()


class Command(BaseCommand):
    help = "Построить пять учебных школ (вымышленных) с людьми, дорожными картами и документами."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="ничего не делать, если школы уже есть"
        )
        parser.add_argument("--rebuild", action="store_true", help="стереть прежние учебные школы")
        parser.add_argument(
            "--papers", action="store_true", help="записать все документы в var/demo"
        )
        parser.add_argument("--logins", action="store_true", help="только напечатать входы")
        parser.add_argument(
            "--day", type=dt.date.fromisoformat, default=None, help="день, в котором живут школы"
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--region", action="store_true", help="построить вместо пяти школ целый край"
        )
        parser.add_argument("--schools", type=int, default=1300, help="организаций края")
        parser.add_argument("--people", type=int, default=50_000, help="людей в них")

    def handle(self, **options):
        if options["logins"]:
            return self.print_logins()
        if options["if_empty"] and Organization.objects.exists():
            return None
        if options["region"]:
            self.check_sizes(options)
        self.clear(options["rebuild"])
        day = options["day"] or timezone.localdate()
        if options["region"]:
            self.build_region(day, options)
        else:
            self.build_schools(day, options["seed"])
        if options["papers"]:
            output.write_all(report=self.stdout.write)
        return self.print_logins()

    def build_schools(self, day: dt.date, seed: int) -> None:
        schools = {}
        for slug in SCHOOLS:
            with transaction.atomic():
                schools[slug] = DemoSchool(slug, day)
                build_school(schools[slug], seed)
            self.stdout.write(f"{slug}: готово")
        with transaction.atomic():
            DemoAuthority(schools, day).build()

    def check_sizes(self, options: dict) -> None:
        """Before anything is cleared: a wrong number must not cost the database."""
        if options["schools"] < 1 or options["people"] < options["schools"] * FEWEST:
            raise CommandError(f"Людей не меньше {FEWEST} на организацию: увеличьте --people.")

    def build_region(self, day: dt.date, options: dict) -> None:
        schools, people = options["schools"], options["people"]
        region.build_region(schools=schools, people=people, day=day, seed=options["seed"], report=self.stdout.write)  # fmt: skip

    def clear(self, rebuild: bool) -> None:
        """Empty the database, but never one that holds a real school."""
        if not Organization.objects.exists():
            return
        if Organization.objects.exclude(Q(slug__in=ORGANIZATIONS) | region.OWN).exists():
            raise CommandError(
                "В базе есть настоящие организации. Укажите для демонстрации другую базу (DATABASE_URL)."
            )
        if not rebuild:
            raise CommandError(
                "Учебные школы уже есть. Чтобы построить их заново, добавьте --rebuild."
            )
        call_command("flush", interactive=False, verbosity=0)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)

    def print_logins(self) -> None:
        present = set(
            Organization.objects.filter(slug__in=ORGANIZATIONS).values_list("slug", flat=True)
        )
        of_region = region.logins()
        if not present and not of_region:
            return
        self.stdout.write("Входы демонстрации (пароль у всех: " + PASSWORD + ")")
        for slug in filter(present.__contains__, ORGANIZATIONS):
            facts = json.loads(
                (settings.BASE_DIR / f"fixtures/demo/{slug}.json").read_text(encoding="utf-8")
            )
            logins = ", ".join(row["login"] for row in facts["people"] if row.get("login"))
            self.stdout.write(f"  {facts['short_name']}: {logins}")
        for line in of_region:
            self.stdout.write(line)
