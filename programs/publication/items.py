"""What the public section shows, ready to be printed: every name in it has passed the gate, "" where it may not stand."""

import datetime as dt
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Text:
    """Paragraphs typed by an editor, already escaped."""

    html: SafeString


@dataclass(frozen=True)
class Photo:
    """`print` – first eight characters of the file's hash: another picture is another address."""

    pk: int
    print: str
    alt: str

    @property
    def name(self) -> str:
        return f"photos/{self.pk}-{self.print}.jpg"


@dataclass(frozen=True)
class Meeting:
    """When and where an announced event takes place; never its link, which is for participants."""

    pk: int
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    place: str
    cancelled: bool


@dataclass(frozen=True)
class Elsewhere:
    """The same news on another site: `link` is typed by an editor and may be ""."""

    title: str
    link: str
    on: dt.date


@dataclass(frozen=True)
class News:
    """A publication of any kind; `html` and what follows it only on its own page."""

    pk: int
    kind: str
    title: str
    lead: str
    on: dt.date
    until: dt.date | None
    meeting: Meeting | None
    photos: tuple[Photo, ...]
    html: SafeString | str = ""
    author: str = ""
    stage: str = ""
    program: str = ""
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A paper in force in its public rendition."""

    pk: int
    title: str
    full_title: str
    number: str
    on: dt.date
    size: int
    check_code: str

    @property
    def file(self) -> str:
        return f"documents/{self.pk}.pdf"


@dataclass(frozen=True)
class Act:
    level: str
    requisites: str
    title: str
    note: str
    link: str


@dataclass(frozen=True)
class Stage:
    """A stage of the roadmap in force with marks of its lines as they stand today."""

    number: str
    title: str
    period: str
    done: int
    total: int


@dataclass(frozen=True)
class Running:
    """A programme that goes on: what it is about, never whose it is."""

    directions: tuple[str, ...]
    form: str
    mode: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class Result:
    """What a completed programme gave one participant; `person` "" where the name may not stand."""

    program: str
    role: str
    text: str
    person: str
    on: dt.date


@dataclass(frozen=True)
class Practice:
    pk: int
    title: str
    task: str
    best: bool
    directions: tuple[str, ...]
    authors: tuple[str, ...]
    on: dt.date
    method: str = ""
    outcome: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Honour:
    name: str
    post: str
    merit: str
    award: str
    photo: Photo | None


@dataclass(frozen=True)
class ContestResult:
    contest: str
    level: str
    nomination: str
    result: str
    person: str
    on: dt.date | None


@dataclass(frozen=True)
class Advice:
    """A material of the library that the school marked for its site."""

    pk: int
    title: str
    note: str
    link: str
    file: str
    size: int


@dataclass(frozen=True)
class Term:
    word: str
    meaning: str


@dataclass(frozen=True)
class Invitation:
    """How to become a mentor here."""

    conditions: tuple[str, ...]
    email: str
    phone: str


@dataclass(frozen=True)
class Card:
    """Requisites of the organization."""

    words: SafeString
    full_name: str
    address: str
    phone: str
    email: str
    site: str
