"""`manage.py import_staff FILE --school SLUG`: a staff list from the console."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import ImportBatch, Membership, Organization
from people.pages import with_current_roles
from people.permissions import can_edit_people
from people.services import staff_import, staff_writing


class Command(BaseCommand):
    help = "Загрузить список сотрудников (.xlsx, .csv) так же, как на странице «Загрузка списка»."

    def add_arguments(self, parser):
        parser.add_argument("file", help="путь к файлу")
        parser.add_argument(
            "--school", required=True, help="адрес организации в портале: school-21"
        )
        parser.add_argument("--dry-run", action="store_true", help="только показать, что изменится")
        parser.add_argument("--valid-only", action="store_true", help="записать строки без ошибок")
        parser.add_argument("--json", action="store_true", help="ответ в виде JSON")

    def handle(self, *, file, school, dry_run, valid_only, **options):
        organization = Organization.objects.filter(slug=school).first()
        if organization is None:
            raise CommandError(f"Организации «{school}» нет.")
        try:
            content = Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"Файл не открывается: {error.strerror or error}.") from error
        try:
            plan = staff_import.plan_content(content, organization, on=timezone.localdate())[1]
        except RuleError as error:
            self.say(nothing(error.message), done=False, **options)
            raise CommandError(error.message) from error
        answer = {**plan.counts, "errors": plan.errors}
        if not dry_run:
            try:
                write(plan, organization, name=Path(file).name, only_valid=valid_only)
            except RuleError as error:
                self.say(answer, done=False, **options)
                raise CommandError(error.message) from error
        self.say(answer, done=not dry_run, **options)

    def say(self, answer: dict, *, done: bool, **options) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        verb = "Записано" if done else "Было бы"
        self.stdout.write(
            f"{verb}: новых {answer['new']}, изменено {answer['changed']}, без изменений {answer['unchanged']}. "
            f"Ошибок: {len(answer['errors'])}."
        )
        for error in answer["errors"]:
            where = f"строка {error['row']}" if error["row"] else "файл"
            column = f", «{error['column']}»" if error["column"] else ""
            self.stdout.write(f"  {where}{column}: {error['text']}")


def nothing(message: str) -> dict:
    """The answer for a file that cannot be read at all; row 0 is the file."""
    return {
        "new": 0, "changed": 0, "unchanged": 0,
        "errors": [{"row": 0, "column": "", "text": message}],
    }  # fmt: skip


def write(plan, organization: Organization, *, name: str, only_valid: bool) -> None:
    """Write in the name of a curator or administrator of the school, as the page would."""
    batch = ImportBatch(organization=organization, membership=keeper(organization), file_name=name[-200:])  # fmt: skip
    staff_writing.write_new(batch, plan, by=batch.membership, only_valid=only_valid)


def keeper(organization: Organization) -> Membership:
    members = Membership.objects.of(organization).filter(grants__isnull=False).distinct()
    for member in members.prefetch_related("grants").order_by("pk"):
        if can_edit_people(with_current_roles(member)):
            return member
    raise RuleError("В организации нет куратора или администратора портала. Сначала дайте роль.")
