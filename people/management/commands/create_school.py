"""`manage.py create_school`: a new school and the link by which its curator signs in."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from people.models import Organization, Person
from people.models.accounts import Role
from people.services.accounts import invite
from people.services.founding import found_organization


class Command(BaseCommand):
    help = "Завести школу и её куратора; печатает ссылку для первого входа."

    def add_arguments(self, parser):
        parser.add_argument("--slug", required=True, help="адрес в портале, латиницей: school-21")
        parser.add_argument("--full-name", required=True, help="полное наименование")
        parser.add_argument("--short-name", required=True, help="краткое наименование")
        parser.add_argument(
            "--type", required=True, choices=Organization.Type.values, help="вид организации"
        )
        parser.add_argument("--curator", required=True, help="«Фамилия Имя Отчество» куратора")
        parser.add_argument(
            "--sex", required=True, choices=Person.Sex.values, help="пол куратора: m или f"
        )
        parser.add_argument("--post", required=True, help="должность куратора")

    def handle(self, **options):
        last, first, *rest = [*options["curator"].split(), ""]
        keeper = {
            "last_name": last,
            "first_name": first,
            "patronymic": " ".join(rest).strip(),
            "sex": options["sex"],
            "job_title": options["post"],
        }
        names = {name: options[name] for name in ("slug", "full_name", "short_name")}
        requisites = {**names, "institution_type": options["type"]}
        try:
            membership = found_organization(
                requisites=requisites, keeper=keeper, role=Role.CURATOR, on=timezone.localdate()
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        token = invite(membership, by=membership)
        self.stdout.write(settings.PUBLIC_URL + reverse("invitation", args=[token]))
