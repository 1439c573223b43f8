"""Demo pupils of the school that mentors pupils: ages on both sides of 14 and 18."""

import datetime as dt

from mentoring.portal.demo.participants import DemoParticipants
from people.models import Person
from people.services import banks, consents, pupils

PUPILS = [
    ("Ласточкин", "Егор", "Ильич", "m", "7 А", 13), ("Весёлая", "Полина", "Андреевна", "f", "8 Б", 14),
    ("Журавлёв", "Тимофей", "Олегович", "m", "9 А", 15), ("Сафиуллина", "Амина", "Рустемовна", "f", "10 А", 16),
    ("Горский", "Матвей", "Павлович", "m", "11 А", 17), ("Ларина", "Софья", "Денисовна", "f", "11 А", 18),
]  # fmt: skip
MENTORS = {"Горский", "Ларина", "Сафиуллина"}


def build_pupils(demo: DemoParticipants) -> None:
    """Six pupils; two of them still lack a consent."""
    for number, (last, first, patronymic, sex, grade, age) in enumerate(PUPILS):
        made = pupils.create_pupil(
            by=demo.curator, last_name=last, first_name=first, patronymic=patronymic, sex=sex,
            school_class=grade, birth_date=born(demo.day, age),
        )  # fmt: skip
        person = Person.objects.get(pk=made.pk)
        if age < pupils.FULL_AGE:
            pupils.add_representative(
                person, by=demo.curator, last_name=feminine(last), first_name="Ирина", patronymic="Львовна",
                sex="f", kind="parent", basis="свидетельство о рождении", phone="", email="",
            )  # fmt: skip
        bank = "mentors" if last in MENTORS else "mentees"
        banks.enter(person, bank, on=demo.ago(14), by=demo.curator)
        for kind in pupils.needed_consents(person, demo.day):
            rows = consents.ask([person], kind, on=demo.ago(12), by=demo.curator)
            if number not in (1, 4):
                for row in rows:
                    consents.give(row, on=demo.ago(10), method="paper", by=demo.curator, saw_original=demo.curator)  # fmt: skip


def born(day: dt.date, age: int) -> dt.date:
    """A birthday some weeks ago, so that nobody's age changes around the demo's day."""
    return dt.date(day.year - age, day.month, 1) - dt.timedelta(days=45)


def feminine(last: str) -> str:
    """The mother's surname beside the child's."""
    if last.endswith("ий"):
        return f"{last[:-2]}ая"
    return last if last.endswith(("а", "ая")) else f"{last}а"
