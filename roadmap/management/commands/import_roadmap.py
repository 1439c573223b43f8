"""`manage.py import_roadmap FILE --school SLUG [--dry-run] [--json]`: a roadmap from the console."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Organization
from people.pages import with_current_roles
from roadmap.models import Responsible, Roadmap, RoadmapActivity, RoadmapImport
from roadmap.permissions import can_edit_plan
from roadmap.services import roadmap_import as service
from roadmap.services.plan_filling import Filler, period_fields
from roadmap.services.plan_words import period_words, responsible_words


class Command(BaseCommand):
    help = "Перенести дорожную карту из .docx или .xlsx так же, как на странице «Перенести свою»."

    def add_arguments(self, parser):
        parser.add_argument("file", help="путь к файлу")
        parser.add_argument("--school", required=True, help="адрес организации в портале: school-21")  # fmt: skip
        parser.add_argument("--year", type=int, help="учебный год, с 1 сентября: 2026")
        parser.add_argument("--dry-run", action="store_true", help="только показать прочитанное")
        parser.add_argument("--json", action="store_true", help="ответ в виде JSON")

    def handle(self, *, file, school, year, dry_run, **options):
        organization = Organization.objects.filter(slug=school).first()
        if organization is None:
            raise CommandError(f"Организации «{school}» нет.")
        try:
            content = Path(file).read_bytes()
            title, lines, _ = service.read_file(content, Path(file).name)
        except OSError as error:
            raise CommandError(f"Файл не открывается: {error.strerror or error}.") from error
        except RuleError as error:
            raise CommandError(error.message) from error
        rows = [line.as_dict() for line in lines]
        self.say(tree(organization, title, rows), as_json=options["json"])
        if not dry_run:
            self.make(organization, title, rows, Path(file).name, year)

    def make(self, organization, title: str, rows: list[dict], name: str, year: int | None) -> None:
        by = keeper(organization)
        with transaction.atomic():
            draft = RoadmapImport.objects.create(organization=organization, created_by=by, file_name=name[-200:], title=title, lines=rows)  # fmt: skip
            roadmap = service.make(draft, title=title or name, year_start=year, by=by)
        self.stderr.write(f"Карта создана: {roadmap.get_absolute_url()}")

    def say(self, plan: dict, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(plan, ensure_ascii=False))
            return
        for stage in plan["stages"]:
            self.stdout.write(stage["title"])
            for block in stage["blocks"]:
                self.stdout.write(f"  [{block['title']}]")
                self.write_lines(block["activities"])
            self.write_lines(stage["activities"])

    def write_lines(self, lines: list[dict]) -> None:
        for line in lines:
            facts = " · ".join(filter(None, [line["title"], line["period"], line["responsible"]]))
            self.stdout.write(f"    - {facts}")


def tree(organization: Organization, title: str, rows: list[dict]) -> dict:
    """Stages → blocks → activities; each line with its effective `period` and `responsible` in words."""
    source = service.Source(organization, rows)

    def words(line: dict, *holders: dict) -> dict:
        period = next((one["period"] for one in (line, *holders) if one["period"]), None)
        people = next((one["responsible"] for one in (line, *holders) if one["responsible"]), [])
        node = RoadmapActivity(**period_fields(period, Roadmap(), Filler(organization, "")))
        named = [Responsible(role=one.get("role", ""), person=source.people.get(one.get("person", ""))) for one in people]  # fmt: skip
        return {"title": line["title"], "period": period_words(node), "responsible": responsible_words(named), "code": line.get("code", "")}  # fmt: skip

    stages = [
        {
            "title": stage["title"],
            "blocks": [{"title": block["title"], "activities": [words(one, block, stage) for one in block["activities"]]} for block in stage["blocks"]],
            "activities": [words(one, stage) for one in stage["activities"]],
        }
        for stage in source.stages
    ]  # fmt: skip
    return {"title": title, "stages": stages}


def keeper(organization: Organization) -> Membership:
    """The curator in whose name the console writes."""
    members = Membership.objects.of(organization).filter(grants__isnull=False).distinct()
    for member in members.prefetch_related("grants").order_by("pk"):
        if can_edit_plan(with_current_roles(member)):
            return member
    raise CommandError("В организации нет куратора. Сначала дайте роль.")
