"""Door 6: lists and plans uploaded to our school that name people of the neighbour by name, post, address, day of birth."""

import datetime as dt

from django.db import transaction

from people.imports.names import name_key
from people.models import Person
from people.services import staff_uploads, staff_writing
from roadmap.models import Responsible
from roadmap.services import roadmap_import
from tests.fuzz.files import text_document, workbook
from tests.leaks.tally import Tally
from tests.leaks.untouched import Untouched, capture
from tests.leaks.world import World
from tests.people.makers_imports import HEADINGS, uploaded
from tests.roadmap.makers import DAY

DOOR = "uploads"


def every_upload(world: World, tally: Tally) -> None:
    untouched = Untouched([world.other, *filter(None, [world.strange])])
    untouched.remember()
    for load in (staff_list, plan):
        tally.asked(DOOR, "curator", f"upload:{load.__name__}")
        with transaction.atomic():
            with capture() as captured:
                faults = load(world)
            for fault in [*faults, *untouched.after(captured)]:
                tally.leak(DOOR, f"{load.__name__}: {fault}")
            transaction.set_rollback(True)


def neighbours(world: World) -> list[Person]:
    """People of the neighbour whose names nobody of ours bears."""
    own = {name_key(one.last_name, one.first_name) for one in Person.objects.of(world.school)}
    found = Person.objects.of(world.other).filter(kind=Person.Kind.EMPLOYED)
    return [one for one in found if name_key(one.last_name, one.first_name) not in own]


def staff_list(world: World) -> list[str]:
    """Each becomes a new card of ours; nothing is taken over from the card that the neighbour has."""
    curator, people = world.members["curator"], neighbours(world)
    rows = [[1, one.full_name, one.job_title, "", "", dt.date(2020, 9, 1), "", "", one.email, ""] for one in people]  # fmt: skip
    lines = [[str(cell) if isinstance(cell, dt.date) else cell for cell in row] for row in rows]
    batch = staff_uploads.upload(by=curator, upload=uploaded(workbook([HEADINGS, *lines])))
    plan = staff_writing.run_now(batch, by=curator, only_valid=True)
    faults = [] if people else ["nobody to name"]
    if plan.counts["changed"] or plan.counts["unchanged"]:
        faults.append(f"a card was recognised: {plan.counts}")
    made = Person.objects.of(world.school).filter(last_name__in=[one.last_name for one in people])
    phones = {one.phone for one in made if one.phone} & {one.phone for one in people}
    return faults + [f"a phone was taken over: {len(phones)}"] * bool(phones)


def plan(world: World) -> list[str]:
    """A responsible person of the neighbour stays words: nobody of another school answers for our plan."""
    names = [one.full_name for one in neighbours(world)]
    table = [["№ п/п", "Мероприятие", "Срок", "Ответственный"]]
    table += [[str(number), f"Совещание {number}", "сентябрь", name] for number, name in enumerate(names, start=1)]  # fmt: skip
    curator = world.members["curator"]
    draft = roadmap_import.upload(uploaded(text_document(table, "План"), "план.docx"), by=curator)
    made = roadmap_import.make(draft, title="План", year_start=DAY.year, by=curator)
    linked = Responsible.objects.filter(
        person__in=neighbours(world), organization=made.organization
    )
    return [f"{linked.count()} people of the neighbour answer for our plan"] * linked.exists()
