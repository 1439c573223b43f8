"""Hook `on_person_left`: the plan must not name somebody who is gone."""

import datetime as dt

from people.models import Membership, Person
from people.services import journal
from roadmap.models import Reading, Responsible


def forget_responsibilities(person: Person, *, on: dt.date, by: Membership) -> None:
    """Take the person off the working plan and off drafts not yet read; editions stay as they are."""
    rows = Responsible.objects.of(person.organization).filter(person=person)
    for row in rows:
        journal.record(by, "plan.responsible_left", row)
    rows.delete()
    Reading.objects.of(person.organization).filter(person=person, read_at=None).delete()
