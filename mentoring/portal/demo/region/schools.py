"""Organizations of the region and what the builders keep at hand about each."""

import datetime as dt
import random
from dataclasses import dataclass, field

from django.utils import timezone

from mentoring.portal.demo.region.batch import Batch
from mentoring.portal.demo.region.words import DOMAIN, PREFIX, REGION_OF
from people.models import Membership, Organization, Person
from programs.models import MentoringGroup, Program
from roadmap.services.year import year_of

Type = Organization.Type
# Of a hundred organizations: the rest are schools.
KINDERGARTENS, CENTRES = 30, 8
FEWEST = 6  # people of the smallest organization: a head, a curator, two pairs


@dataclass(frozen=True)
class Year:
    """A school year of the demo: days of its runs, pairs and papers."""

    start: int

    def day(self, month: int, day: int) -> dt.date:
        return dt.date(self.start if month >= 8 else self.start + 1, month, day)

    @property
    def words(self) -> str:
        return f"{self.start}/{self.start + 1}"


def moment(day: dt.date) -> dt.datetime:
    """Noon of the day, for rows that keep when they were made."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@dataclass
class School:
    """A school while it is being built; lists are filled builder by builder."""

    organization: Organization
    size: int
    day: dt.date
    chance: random.Random
    batch: Batch
    curator: Membership | None = None
    head: Person | None = None
    people: list[Person] = field(default_factory=list)
    groups: dict[int, list[tuple[MentoringGroup, list[Person]]]] = field(default_factory=dict)
    programs: list[Program] = field(default_factory=list)

    def add(self, model, **values):
        return self.batch.add(model(organization=self.organization, **values))

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    @property
    def years(self) -> tuple[Year, Year]:
        """The school year before the demo's day and its own."""
        current = year_of(self.day)
        return Year(current - 1), Year(current)


def authority(slug: str, full: str, short: str, place: str, founder: str = "") -> Organization:
    return Organization(
        slug=slug, full_name=full, short_name=short, institution_type=Type.AUTHORITY, place=place, founder=founder,
        site=DOMAIN, email=f"{slug}@{DOMAIN}",
    )  # fmt: skip


def region() -> Organization:
    full = f"Министерство образования {REGION_OF}"
    return authority(PREFIX, full, full, "г. Заволжск")


def municipality(number: int, town: str) -> Organization:
    full = f"Управление образования администрации города {town}а"
    return authority(f"{PREFIX}-{number:02d}", full, f"Управление образования, {town}", f"г. {town}", f"Министерство образования {REGION_OF}")  # fmt: skip


def school(number: int, above: Organization, chance: random.Random) -> Organization:
    """A school, kindergarten or centre of a municipality; `number` is its number in the region."""
    drawn = chance.randrange(100)
    if drawn < KINDERGARTENS:
        kind, full, short, post = Type.KINDERGARTEN, "Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № {}»", "МБДОУ «Детский сад № {}»", "заведующий"  # fmt: skip
    elif drawn < KINDERGARTENS + CENTRES:
        kind, full, short, post = Type.ADDITIONAL, "Муниципальное бюджетное учреждение дополнительного образования «Центр творчества № {}»", "МБУ ДО «Центр творчества № {}»", "директор"  # fmt: skip
    else:
        kind, full, short, post = Type.SCHOOL, "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № {}»", "МБОУ «СОШ № {}»", "директор"  # fmt: skip
    slug = f"{above.slug}-{number:04d}"
    return Organization(
        slug=slug, full_name=full.format(number), short_name=short.format(number), institution_type=kind, head_title=post,
        founder=above.full_name, place=above.place, address=f"{above.place}, ул. Школьная, д. {1 + number % 97}",
        phone=f"+7 (999) {number % 1000:03d}-00-01", email=f"office@{slug}.example", site=DOMAIN,
        head_approves_programs=chance.random() < 0.5,
    )  # fmt: skip


def sizes(schools: int, people: int, chance: random.Random) -> list[int]:
    """People of each school, together exactly `people`; at least FEWEST each."""
    weights = [chance.lognormvariate(0, 0.5) for _ in range(schools)]
    spare = people - FEWEST * schools
    found = [FEWEST + int(spare * weight / sum(weights)) for weight in weights]
    for place in range(people - sum(found)):
        found[place % schools] += 1
    return found
