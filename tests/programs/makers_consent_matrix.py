"""Everybody in every role of the public section, one person for each state of the consent.

Each person has a surname, a first name, initials, a post and photos of their own, so that any of them found in an output tells
whose it is.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from people.models import DisseminationChoice, Organization, Person, PublicAddress
from people.models.consents import PublicItem
from programs.models import (
    Award,
    Contest,
    ContestEntry,
    HonourEntry,
    Practice,
    PracticeAuthor,
    Program,
    ProgramResult,
    Publication,
    PublicationPhoto,
)
from programs.publication.content import SIZES
from programs.publication.gate import Place
from programs.services.public_sections import section_of
from roadmap.models import Event
from tests.factories import make_person
from tests.people.makers_consents import make_consent
from tests.programs.makers_public import ALL, agree, honour, mark, photograph, picture, publish

DAYS = dt.timedelta(days=1)
RARE, LETTERS = "ЩЦЖЮЭ", "АБВГДЕЗИКЛМНОПРСТУФХ"
NAME, POST, PHOTO = PublicItem.NAME, PublicItem.POST, PublicItem.PHOTO
PAGE, SITE = "page", "site"
NEEDED = {Place.PAGE: {PAGE}, Place.EMBED: {PAGE, SITE}, Place.ARCHIVE_PEOPLE: {SITE}}


@dataclass(frozen=True)
class Case:
    """`items` at `addresses`; `counts`: the consent is in force and without conditions."""

    title: str
    items: tuple[str, ...] = ()
    addresses: tuple[str, ...] = (PAGE, SITE)
    counts: bool = True
    consent: dict = field(default_factory=dict)
    condition: str = ""

    def allows(self, place: Place, *items: str) -> bool:
        return (
            self.counts and place in NEEDED and NEEDED[place] <= set(self.addresses) and set(items) <= set(self.items)
        )  # fmt: skip


def cases(today: dt.date) -> list[Case]:
    where = [(PAGE,), (SITE,), (PAGE, SITE)]
    no = {"items": ALL, "counts": False}
    return [
        Case("nothing was ever asked"),
        *(Case(f"{item} alone at {'+'.join(at)}", (item,), at) for item in ALL for at in where),
        *(Case(f"all at {'+'.join(at)}", ALL, at) for at in where),
        *(Case(f"name and {item}", (NAME, item)) for item in ALL if item != NAME),
        Case("asked", **no, consent={"state": "asked", "given_on": None}),
        Case("refused", **no, consent={"state": "refused", "given_on": None, "refused_on": today}),
        Case("withdrawn today", **no, consent={"state": "withdrawn", "withdrawn_on": today}),
        Case("replaced today", **no, consent={"state": "expired", "replaced_on": today}),
        Case("expired yesterday", **no, consent={"valid_until": today - DAYS}),
        Case("begins tomorrow", **no, consent={"given_on": today + DAYS}),
        Case("with a condition", **no, condition="только в газете"),
    ]


@dataclass
class Stander:
    """A person, what they agreed to, and the rows in which they stand."""

    case: Case
    person: Person
    news: Publication
    announcement: Publication
    report: Publication
    photos: list[PublicationPhoto]
    entry: HonourEntry
    practice: Practice

    @property
    def words(self) -> list[str]:
        """Whatever gives the person away."""
        one = self.person
        initials = f"{one.first_name[0]}. {one.patronymic[0]}."
        return [one.last_name, one.first_name, one.patronymic, initials, initials.replace(" ", "")]


def with_site(school: Organization):
    section = section_of(school)
    section.site_address = PublicAddress.objects.create(organization=school, url="https://school.example/n/", title="Страница на сайте")  # fmt: skip
    section.save()
    return section


def consent(person: Person, case: Case, section) -> None:
    if not case.items:
        return
    known = {PAGE: section.page_address, SITE: section.site_address}
    row = make_consent(person, "dissemination", **case.consent)
    DisseminationChoice.objects.bulk_create(
        DisseminationChoice(
            organization=person.organization, consent=row, item=item, address=known[at], allowed=True, condition=case.condition
        )
        for item in case.items
        for at in case.addresses
    )  # fmt: skip


def stand_everywhere(section, curator, program: Program, case: Case, number: int, today: dt.date, friend: Person) -> Stander:  # fmt: skip
    """`program` is completed; `friend` agreed to everything and is on every second photo."""
    school, since = section.organization, today - 2 * DAYS
    own = {"organization": school}
    person = make_person(
        school, last_name=f"Проверкина{number:02d}", first_name=f"{RARE[number // 20]}имя{number:02d}",
        patronymic=f"{LETTERS[number % 20]}отчество{number:02d}", job_title=f"методист участка {number:02d}",
    )  # fmt: skip
    consent(person, case, section)
    news = publish(curator, title="Говорит {1}", lead="Коротко о {1}", body="<p>Занятие: {1}.</p>", publish_on=since)  # fmt: skip
    event = Event.objects.create(kind="seminar", title="Семинар", starts_at=timezone.now() + 2 * DAYS, place="зал", **own)  # fmt: skip
    announcement = publish(curator, kind="announcement", title="Выступит {1}", lead="{1} ждёт", publish_on=since, event=event)  # fmt: skip
    mark(news, person)
    mark(announcement, person)
    report = publish(curator, kind="photo_report", title="Праздник", author=person, publish_on=since)  # fmt: skip
    red = [picture(school, shade(number, place)) for place in (1, 2)]
    photos = [photograph(report, person, stored=red[0]), photograph(report, person, friend, stored=red[1])]  # fmt: skip
    award = Award.objects.create(person=person, kind="certificate", name=f"грамота {number:02d}", merit="труд", proposed_on=since, proposed_by=curator, state="given", decided_on=since, **own)  # fmt: skip
    entry = honour(person, award=award, merit=f"заслуга {number:02d}", photo=picture(school, shade(number, 3)), since=since)  # fmt: skip
    practice = Practice.objects.create(title="Опыт", method="Встречи", state="best", published=True, made_on=since, **own)  # fmt: skip
    PracticeAuthor.objects.create(practice=practice, person=person, **own)
    contest, _ = Contest.objects.get_or_create(title="Педагог года", held_on=since, **own)
    ContestEntry.objects.create(contest=contest, person=person, recommended_by=curator.person, state="result", result="призёр", **own)  # fmt: skip
    ProgramResult.objects.create(program=program, person=person, role="mentee", text="Итог", completed_on=since, published=True, **own)  # fmt: skip
    return Stander(case, person, news, announcement, report, photos, entry, practice)


def shade(number: int, place: int) -> str:
    """Far enough from the others to stay another picture after JPEG."""
    return f"#{number * 6:02x}{place * 60:02x}00"


def crowd(section, today: dt.date) -> None:
    """Enough others on the board that its own page is linked at each place."""
    for number in range(SIZES["honours"]):
        person = make_person(section.organization, last_name=f"Соседова{number}", first_name="Анна")
        agree(person, NAME, addresses=[section.page_address, section.site_address])
        honour(person, since=today - 2 * DAYS, sort_index=1)


def everybody(section, curator, program: Program, today: dt.date, begins: str = "") -> list[Stander]:  # fmt: skip
    """One person a case whose title begins so."""
    friend = make_person(section.organization, last_name="Дружнова", first_name="Нина")
    agree(friend, PHOTO, addresses=[section.page_address, section.site_address])
    crowd(section, today)
    return [
        stand_everywhere(section, curator, program, case, number, today, friend)
        for number, case in enumerate(cases(today))
        if case.title.startswith(begins)
    ]
