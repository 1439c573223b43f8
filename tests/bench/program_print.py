"""200 programmes printed in one task against bare WeasyPrint on the same HTML, on one process and on two."""

import datetime as dt
import statistics
import tempfile

import weasyprint
from django.db import transaction
from django.test.utils import override_settings

from mentoring.core.pdf import STYLE_SHEET
from people.models import Job, Person
from programs import tasks
from programs.models import GroupMember, MentoringGroup, PlanItem, Program
from tests.bench.matching_rows import make_curator
from tests.bench.timing import Result, seconds

NUMBER, ONE_GOAL, TWO_GOAL, REPEATS = 200, 1.1, 0.65, 3
DAY, ENDS = dt.date(2026, 9, 1), dt.date(2027, 5, 31)
STEPS = (
    "Посещение занятия с разбором",
    "Совместное планирование",
    "Открытое занятие",
    "Самоанализ",
)


def make_programs(by) -> list[int]:
    """Approved-looking programmes of a school with a plan of eight lines each."""
    school = by.organization
    people = Person.objects.bulk_create(Person(organization=school, last_name="Орлова", first_name="Анна", sex="f", job_title="учитель") for _ in range(2 * NUMBER))  # fmt: skip
    groups = MentoringGroup.objects.bulk_create(MentoringGroup(organization=school, mentor=people[place], state="active", proposed_on=DAY, starts_on=DAY) for place in range(NUMBER))  # fmt: skip
    GroupMember.objects.bulk_create(GroupMember(organization=school, group=group, person=people[NUMBER + place], starts_on=DAY) for place, group in enumerate(groups))  # fmt: skip
    texts = {"goal": "Уверенно вести занятия. " * 4, "tasks": "Освоить планирование.\n" * 5, "results": "Занятия идут по плану. " * 4}  # fmt: skip
    programs = Program.objects.bulk_create(Program(organization=school, group=group, title=f"Программа {place}", starts_on=DAY, ends_on=ENDS, **texts) for place, group in enumerate(groups))  # fmt: skip
    PlanItem.objects.bulk_create(
        PlanItem(organization=school, program=program, title=STEPS[place % 4], due_on=DAY + dt.timedelta(days=30 * place), expected="Лист самоанализа и две задачи", form_of_work="практикум")
        for program in programs for place in range(8)
    )  # fmt: skip
    return [program.pk for program in programs]


def bare(pages: list[str], sheet: weasyprint.CSS) -> None:
    """The same pages one after another, the style sheet parsed beforehand."""
    for page in pages:
        weasyprint.HTML(string=page).write_pdf(stylesheets=[sheet])


def run() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        by = make_curator()
        ids = make_programs(by)
        rows = Program.objects.filter(pk__in=ids).select_related("organization", "group__mentor", "approved_by__person")  # fmt: skip
        pages = [tasks.html_of(one) for one in rows.prefetch_related(*tasks.FETCHED)]

        def printed(processes: int) -> None:
            job = Job.objects.create(organization=by.organization, membership=by, title="Печать")
            with override_settings(PRINT_PROCESSES=processes, MEDIA_ROOT=folder):
                tasks.print_programs.call(job.pk, program_ids=ids)

        sheet = weasyprint.CSS(filename=str(STYLE_SHEET))
        bare(pages[:3], sheet)
        times = [(seconds(lambda: printed(1)), seconds(lambda: printed(2)), seconds(lambda: bare(pages, sheet))) for _ in range(REPEATS)]  # fmt: skip
        transaction.set_rollback(True)
    one, two, floor = map(statistics.median, zip(*times, strict=True))
    return [
        Result("program_print_one", one / floor, ONE_GOAL),
        Result("program_print_two", two / floor, TWO_GOAL),
    ]
