"""Facts of this floor: papers in force, events held, acts studied, drafts read, postings, working groups."""

from django.db.models import Exists, OuterRef, Q

from people.models import Person, RoleGrant
from people.permissions import CURATORS
from people.services.counting import first_day, last_day, number_of
from roadmap.evidence import REGISTRY, Fact, Reading, Window
from roadmap.kinds import KINDS
from roadmap.models import Circulation, Document, Event, EventFile, Norm, NormStudy, Posting
from roadmap.models import Reading as DraftReading

# Local acts hold until they are replaced: one of an earlier year closes the line of this year too.
STANDING = frozenset({"regulation", "target_model", "incentive_regulation", "regulation_order", "program_template"})  # fmt: skip
ISSUED = [Document.State.IN_FORCE, Document.State.REPLACED]


def paper(kind: str):
    """A document of the kind is in force."""

    def read(window: Window) -> Reading:
        rows = Document.objects.of(window.organization).filter(kind=kind)
        issued = rows.filter(state__in=ISSUED, dated_on__range=window.days)
        days = [first_day(issued, "dated_on")]
        if kind in STANDING:
            days.append(last_day(rows.in_force().filter(dated_on__lte=window.last), "dated_on"))
        begun = rows.filter(state__in=["draft", "review", "approved"])
        return Reading(days=tuple(days), begun=number_of(begun, window.organization))

    return read


def event(*kinds: str, **more):
    """An event of one of the kinds was held, with its minutes."""

    def read(window: Window) -> Reading:
        rows = Event.objects.of(window.organization).filter(
            kind__in=kinds, starts_at__date__range=(window.since, window.until), **more
        )
        held = rows.filter(state=Event.State.HELD, starts_at__date__lte=window.last)
        held = held.exclude(minutes="", decision="")
        return Reading(
            days=(first_day(held, "starts_at__date"),),
            begun=number_of(rows.exclude(state=Event.State.CANCELLED), window.organization),
        )

    return read


def norm(code: str):
    """Every curator of today has marked the act as studied (R-101)."""

    def read(window: Window) -> Reading:
        grants = RoleGrant.objects.of(window.organization).active_on(window.last)
        curators = Person.objects.of(window.organization).filter(
            membership__in=grants.filter(role__in=CURATORS).values("membership")
        )
        acts = Norm.objects.of(window.organization).filter(code=code)
        studied = NormStudy.objects.of(window.organization).filter(
            norm__in=acts.values("pk"), studied_on__lte=window.last
        )
        done = curators.filter(Exists(studied.filter(person=OuterRef("pk"))))
        return Reading(
            days=(last_day(studied.filter(person__in=curators.values("pk")), "studied_on"),),
            done=number_of(done, window.organization),
            total=number_of(curators, window.organization),
        )

    return read


def draft_read(kind: str):
    """A draft of the kind was sent round and everybody has read it (R-102)."""

    def read(window: Window) -> Reading:
        sent = Circulation.objects.of(window.organization).filter(
            document__kind=kind, created_at__date__range=window.days
        )
        readers = DraftReading.objects.of(window.organization).filter(circulation__in=sent.values("pk"))  # fmt: skip
        done = readers.filter(read_at__date__lte=window.last)
        return Reading(
            days=(last_day(done, "read_at__date"),),
            done=number_of(done, window.organization),
            total=number_of(readers, window.organization),
        )

    return read


def posting(where: Q):
    def read(window: Window) -> Reading:
        rows = Posting.objects.of(window.organization).filter(where, posted_on__range=window.days)
        return Reading(days=(first_day(rows, "posted_on"),))

    return read


def event_files(window: Window) -> Reading:
    """Photos, films or scenarios of events are kept (R-908)."""
    rows = EventFile.objects.of(window.organization).filter(
        event__starts_at__date__range=window.days
    )
    return Reading(days=(first_day(rows, "event__starts_at__date"),))


KIND = Event.Kind
EVENTS = (
    ("meeting", "административное совещание проведено", (KIND.MEETING,)),
    ("staff_council", "педагогический совет проведён", (KIND.STAFF_COUNCIL,)),
    ("parents", "родительское собрание проведено", (KIND.PARENTS,)),
    ("class_hour", "классный час проведён", (KIND.CLASS_HOUR,)),
    ("mentee_call", "встреча для желающих стать наставляемыми проведена", (KIND.MENTEE_CALL,)),
    ("round_table", "круглый стол для наставников проведён", (KIND.ROUND_TABLE,)),
    ("group_session", "групповая встреча проведена", (KIND.GROUP_SESSION,)),
    ("seminar", "семинар проведён", (KIND.SEMINAR,)),
    ("induction", "установочная сессия проведена", (KIND.INDUCTION,)),
    ("closing", "итоговое мероприятие проведено", (KIND.CLOSING,)),
    ("external", "участие во внешней конференции записано", (KIND.EXTERNAL,)),
)
NORMS = (
    ("labor_code_351_8", "статья 351.8 ТК РФ изучена"),
    ("r145", "распоряжение № Р-145 изучено"),
    ("az1128", "письмо № АЗ-1128/08 изучено"),
    ("regional", "региональный приказ изучен"),
)


def register() -> None:
    for kind in KINDS.values():
        REGISTRY.add(Fact(f"paper:{kind.code}", f"документ действует: {kind.title}", "подготовить, утвердить и отметить подпись", paper(kind.code), "documents", f"?kind={kind.code}"))  # fmt: skip
    for code, title, kinds in EVENTS:
        REGISTRY.add(Fact(f"event:{code}", title, "провести и записать итоги", event(*kinds), "events", f"?kind={kinds[0]}"))  # fmt: skip
    for code, title in NORMS:
        REGISTRY.add(Fact(f"norm:{code}", title, "отметить «изучено» в библиотеке", norm(code), "norms", noun="человек"))  # fmt: skip
    REGISTRY.add(
        Fact("event:forms_choice", "формы выбраны решением, которое опирается на анкетирование", "записать решение совещания и его анкетирование",
             event(KIND.MEETING, KIND.STAFF_COUNCIL, survey__isnull=False), "events"),
        Fact("read:regulation", "с проектом Положения ознакомлены", "разослать проект и дождаться отметок", draft_read("regulation"), "documents", "?kind=regulation", noun="человек"),
        Fact("posting:any", "публикация вовне записана", "записать публикацию", posting(Q()), "postings"),
        Fact("posting:partner", "публикация у партнёров или в СМИ записана", "записать публикацию", posting(Q(outlet__in=["partner", "media"])), "postings"),
        Fact("event:files", "фотографии и сценарии событий сохранены", "приложить фотографии или сценарий к событию", event_files, "events"),
    )  # fmt: skip
