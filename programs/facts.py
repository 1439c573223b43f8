"""Facts of this floor: what closes the lines about pairs, programmes, learning and recognition."""

from django.db.models import Exists, OuterRef, Q

from people.models import Consent, MenteeProfile, MentorProfile, SupportCase
from people.models.banks import BankState
from people.services.counting import first_day, last_day, number_of
from programs.models import (
    Agreement,
    Award,
    ContestEntry,
    GroupMember,
    MatchingRun,
    Material,
    MaterialReading,
    Meeting,
    MentoringGroup,
    MentorReport,
    Practice,
    Program,
    ProgramPattern,
    ProgramResult,
    Publication,
    ReportSubmission,
    SchoolSession,
    Training,
)
from programs.models.groups import GroupState
from programs.models.programs import ProgramState
from roadmap.evidence import REGISTRY, Fact, Reading, Window
from roadmap.models import Document, Event

STARTED = [GroupState.ACTIVE, GroupState.PAUSED, GroupState.ENDED]


def working(window: Window):
    """Pairs and groups whose time meets the window: begun by its last day, not over before it began."""
    rows = MentoringGroup.objects.of(window.organization).filter(
        Q(ends_on=None) | Q(ends_on__gte=window.since), starts_on__lte=window.last
    )
    return rows.filter(state__in=STARTED)


def own_programs(window: Window):
    return Program.objects.of(window.organization).filter(
        Q(completed_on=None) | Q(completed_on__gte=window.since),
        starts_on__lte=window.until, approved_on__lte=window.last,
    )  # fmt: skip


def first(rows_of, field: str):
    """The earliest row of the window closes it."""

    def read(window: Window) -> Reading:
        rows = rows_of(window.organization).filter(**{f"{field}__range": window.days})
        return Reading(days=(first_day(rows, field),))

    return read


def pairs(window: Window) -> Reading:
    """Everybody who agreed to be paired works: no pair is still asked or waits for its order."""
    asked = MentoringGroup.objects.of(window.organization).filter(
        proposed_on__range=window.days, state__in=[GroupState.PROPOSED, GroupState.ACCEPTED]
    )
    begun = working(window)
    both = MentoringGroup.objects.of(window.organization).filter(
        Q(pk__in=asked.values("pk")) | Q(pk__in=begun.values("pk"))
    )
    return Reading(
        days=(last_day(begun, "starts_on"),),
        done=number_of(begun, window.organization), total=number_of(both, window.organization),
    )  # fmt: skip


def selection(window: Window) -> Reading:
    """The bank was analysed: a distribution was computed, or pairs were proposed by hand."""
    runs = MatchingRun.objects.of(window.organization).filter(on__range=window.days)
    asked = MentoringGroup.objects.of(window.organization).filter(proposed_on__range=window.days)
    return Reading(days=(first_day(runs, "on"), first_day(asked, "proposed_on")))


def waiting_mentees(window: Window):
    """Mentees of the bank, and among them those without an open pair."""
    rows = MenteeProfile.objects.of(window.organization).filter(
        Q(left_on=None) | Q(left_on__gt=window.last), entered_on__lte=window.last
    )
    rows = rows.exclude(state=BankState.LEFT)
    members = GroupMember.objects.filter(person=OuterRef("person"), group__in=working(window).values("pk")).on(window.last)  # fmt: skip
    return rows, rows.filter(~Exists(members))


def support(window: Window) -> Reading:
    """Every mentee without a pair is accompanied by the psychologist."""
    _, alone = waiting_mentees(window)
    cases = SupportCase.objects.of(window.organization).active_on(window.last)
    helped = alone.filter(Exists(cases.filter(person=OuterRef("person"))))
    return Reading(
        days=(last_day(cases.filter(person__in=alone.values("person")), "starts_on"), last_day(alone, "entered_on")),
        done=number_of(helped, window.organization), total=number_of(alone, window.organization),
    )  # fmt: skip


def mentor_search(window: Window) -> Reading:
    """Nobody in the bank of mentees is without a pair."""
    rows, alone = waiting_mentees(window)
    return Reading(
        days=(last_day(working(window), "starts_on"), last_day(rows, "entered_on")),
        done=number_of(rows.exclude(pk__in=alone.values("pk")), window.organization),
        total=number_of(rows, window.organization),
    )


def programs_ready(window: Window) -> Reading:
    """Every working pair has an approved programme."""
    groups = working(window).exclude(state=GroupState.ENDED)
    approved = own_programs(window)
    ready = groups.filter(Exists(approved.filter(group=OuterRef("pk"))))
    return Reading(
        days=(last_day(approved.filter(group__in=groups.values("pk")), "approved_on"), last_day(groups, "starts_on")),
        done=number_of(ready, window.organization), total=number_of(groups, window.organization),
    )  # fmt: skip


def meeting(*types: str):
    """Every programme has held a meeting of that type (R-612)."""

    def read(window: Window) -> Reading:
        rows = own_programs(window)
        held = Meeting.objects.of(window.organization).filter(
            type__in=types, state=Meeting.State.HELD, starts_at__date__range=window.days,
            program__in=rows.values("pk"),
        )  # fmt: skip
        met = rows.filter(Exists(held.filter(program=OuterRef("pk"))))
        return Reading(
            days=(last_first_meeting(held), last_day(rows, "approved_on")),
            done=number_of(met, window.organization), total=number_of(rows, window.organization),
        )  # fmt: skip

    return read


def last_first_meeting(held):
    """Day on which the last programme held its first meeting of the kind."""
    earlier = held.filter(program=OuterRef("program"), starts_at__lt=OuterRef("starts_at"))
    return last_day(held.filter(~Exists(earlier)), "starts_at__date")


def mentor_reports(window: Window) -> Reading:
    rows = own_programs(window)
    accepted = MentorReport.objects.of(window.organization).filter(
        program__in=rows.values("pk"), state="accepted", accepted_on__lte=window.last
    )
    return Reading(
        days=(last_day(accepted, "accepted_on"), last_day(rows, "approved_on")),
        done=number_of(accepted, window.organization), total=number_of(rows, window.organization),
    )  # fmt: skip


def results(window: Window) -> Reading:
    """Results of every completed programme stand in the cards (R-315), and no programme still runs."""
    rows = own_programs(window)
    over = rows.filter(state=ProgramState.COMPLETED, completed_on__lte=window.last)
    noted = over.filter(Exists(ProgramResult.objects.filter(program=OuterRef("pk"))))
    return Reading(
        days=(last_day(noted, "completed_on"),),
        done=number_of(noted, window.organization), total=number_of(rows, window.organization),
    )  # fmt: skip


def duty_consents(window: Window) -> Reading:
    """Every mentor who agreed to a pair has given the written consent to the work (ст. 351.8 ТК РФ)."""
    agreed = Agreement.objects.of(window.organization).filter(
        side="mentor", state="accepted", answered_on__range=window.days
    )
    given = Consent.objects.of(window.organization).filter(
        kind="duty", state="given", given_on__lte=window.last
    )
    mentors = MentorProfile.objects.of(window.organization).filter(person__in=agreed.values("person"))  # fmt: skip
    done = mentors.filter(Exists(given.filter(person=OuterRef("person"))))
    return Reading(
        days=(last_day(given.filter(person__in=agreed.values("person")), "given_on"), last_day(agreed, "answered_on")),
        done=number_of(done, window.organization), total=number_of(mentors, window.organization),
    )  # fmt: skip


def addenda(window: Window) -> Reading:
    """Every working pair has a contract addendum in force."""
    groups = working(window).exclude(state=GroupState.ENDED)
    papers = Document.objects.of(window.organization).filter(
        kind="contract_addendum", state="in_force", dated_on__range=window.days
    )
    return Reading(
        days=(last_day(papers, "dated_on"), last_day(groups, "starts_on")),
        done=number_of(papers, window.organization), total=number_of(groups, window.organization),
    )  # fmt: skip


def training(*kinds: str, event: str = ""):
    """Learning of that kind was recorded, or an event of that kind was held."""

    def read(window: Window) -> Reading:
        rows = Training.objects.of(window.organization).filter(kind__in=kinds, ends_on__range=window.days)  # fmt: skip
        held = Event.objects.of(window.organization).filter(kind=event or "-", state="held", starts_at__date__range=window.days)  # fmt: skip
        return Reading(days=(first_day(rows, "ends_on"), first_day(held, "starts_at__date")))

    return read


def mentor_school(window: Window) -> Reading:
    """A session of the School of Mentors was visited."""
    rows = SchoolSession.objects.of(window.organization).filter(held_on__range=window.days)
    return Reading(days=(first_day(rows.filter(visitors__isnull=False), "held_on"),))


def templates_read(window: Window) -> Reading:
    rows = MaterialReading.objects.of(window.organization).filter(
        material__is_template=True, read_on__range=window.days
    )
    return Reading(days=(first_day(rows, "read_on"),))


def publication(**where):
    """Something of the kind stands in the public section; its day is the day on which it appeared (R-133, R-913)."""

    def read(window: Window) -> Reading:
        rows = Publication.objects.of(window.organization).filter(**where)
        shown = rows.filter(state=Publication.State.PUBLISHED, publish_on__range=window.days)
        begun = rows.filter(publish_on__range=(window.since, window.until))
        return Reading(days=(first_day(shown, "publish_on"),), begun=number_of(begun, window.organization))  # fmt: skip

    return read


def of(model, **where):
    return lambda organization: model.objects.of(organization).filter(**where)


def standing(rows_of, field: str):
    """Rows of any time up to the day count: a bank stays from year to year."""

    def read(window: Window) -> Reading:
        rows = rows_of(window.organization).filter(**{f"{field}__lte": window.last})
        return Reading(days=(first_day(rows, field),))

    return read


def register() -> None:
    TYPE = Meeting.Type
    KIND = Publication.Kind
    REGISTRY.add(
        Fact("public:news", "новость или анонс опубликованы на сайте", "опубликовать новость или анонс", publication(kind__in=[KIND.NEWS, KIND.ANNOUNCEMENT]), "publications"),
        Fact("public:coverage", "новость об этапе дорожной карты опубликована", "опубликовать новость и выбрать в ней этап", publication(stage__isnull=False), "publications"),
        Fact("public:results", "результаты опубликованы на сайте", "опубликовать результат завершённой программы", publication(kind=KIND.RESULT), "publications", "?kind=result"),
        Fact("pairs:selected", "банк наставников проанализирован, наставники подобраны", "рассчитать распределение или предложить пары", selection, "matching"),
        Fact("pairs:proposed", "пары предложены участникам", "предложить пары", first(of(MentoringGroup), "proposed_on"), "matching"),
        Fact("pairs:active", "пары и группы работают", "довести предложения до приказа", pairs, "groups", noun="пара"),
        Fact("pairs:support", "наставляемых без пары сопровождает психолог", "открыть сопровождение тем, кто остался без пары", support, "mentees", noun="человек"),
        Fact("pairs:search", "без пары никого не осталось", "найти наставника тем, кто остался без пары", mentor_search, "matching", noun="человек"),
        Fact("consents:duty", "письменные согласия наставников получены", "получить письменные согласия наставников", duty_consents, "consent_register", noun="согласие"),
        Fact("pairs:addenda", "дополнительные соглашения заключены", "заключить дополнительные соглашения", addenda, "documents", "?kind=contract_addendum", noun="соглашение"),
        Fact("programs:bank", "банк программ наполнен", "добавить программу в банк", standing(of(ProgramPattern, archived=False), "made_on"), "patterns"),
        Fact("programs:approved", "у каждой пары утверждена программа", "утвердить программы пар", programs_ready, "programs", noun="программа"),
        Fact("meetings:organisational", "организационные встречи прошли у всех пар", "провести организационные встречи", meeting(TYPE.ORGANISATIONAL), "programs", noun="программа"),
        Fact("meetings:trial", "пробные встречи прошли у всех пар", "провести пробные встречи", meeting(TYPE.TRIAL), "programs", noun="программа"),
        Fact("meetings:planning", "встречи-планирования прошли у всех пар", "провести встречи-планирования", meeting(TYPE.PLANNING), "programs", noun="программа"),
        Fact("meetings:regular", "регулярные встречи идут у всех пар", "провести регулярные встречи", meeting(TYPE.REGULAR), "programs", noun="программа"),
        Fact("meetings:reflection", "рефлексивные встречи прошли у всех пар", "провести рефлексивные встречи", meeting(TYPE.REFLECTION), "programs", noun="программа"),
        Fact("meetings:closing", "заключительные встречи прошли у всех пар", "провести заключительные встречи", meeting(TYPE.CLOSING), "programs", noun="программа"),
        Fact("reports:mentors", "отчёты наставников приняты", "принять отчёты наставников", mentor_reports, "programs", "?review=on", noun="отчёт"),
        Fact("reports:authority", "отчёт представлен в орган управления", "представить отчёт", first(of(ReportSubmission), "submitted_on"), "incoming_requests"),
        Fact("results:cards", "итоги программ внесены в карточки", "завершить программы с результатами", results, "programs", noun="программа"),
        Fact("practices:collected", "методическая копилка пополнена", "принять практику в копилку", first(of(Practice, state__in=["collected", "best"]), "made_on"), "practices"),
        Fact("awards:given", "поощрения вручены", "вручить поощрения по приказу", first(of(Award, state="given"), "decided_on"), "awards"),
        Fact("contests:applied", "заявка на конкурс отправлена", "выдвинуть участника и отправить заявку", first(of(ContestEntry), "applied_on"), "contests"),
        Fact("training:courses", "курсы повышения квалификации пройдены", "записать пройденные курсы", training("course", "internship"), "trainings"),
        Fact("training:consultations", "консультации наставников проведены", "записать консультацию", training("consultation"), "trainings"),
        Fact("training:induction", "установочные сессии и обмен опытом проведены", "провести установочную сессию", training("induction", event="induction"), "events", "?kind=induction"),
        Fact("training:school", "занятия Школы наставников идут", "провести занятие и отметить посещение", mentor_school, "trainings"),
        Fact("library:materials", "методические материалы подготовлены", "добавить материал", first(of(Material, is_template=False), "added_on"), "materials"),
        Fact("library:folders", "материалы разложены по папкам", "создать папку и положить в неё материалы", first(of(Material, folder__isnull=False), "added_on"), "materials"),
        Fact("library:templates", "шаблоны документов изучены", "открыть шаблоны и отметить «изучено»", templates_read, "materials", "?templates=on"),
    )  # fmt: skip
