"""Facts about people: banks formed, consents complete, needs collected, questionnaires closed."""

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Least

from people.models import (
    Consent,
    MenteeNeed,
    MenteeProfile,
    MentorProfile,
    Person,
    PersonNote,
    Questionnaire,
    Survey,
    SurveyParticipant,
    SurveyResponse,
)
from people.models.banks import BankState, NeedSource
from people.services.counting import first_day, last_day, number_of
from roadmap.evidence import REGISTRY, Fact, Reading, Window

BANKS = {"mentee": MenteeProfile, "mentor": MentorProfile}
IN_BANK = [BankState.APPROVED, BankState.ACTIVE, BankState.PAUSED]


def cards(model, window: Window, kind: str = ""):
    """Cards that stand in the bank on that day, of staff or of pupils."""
    rows = model.objects.of(window.organization).filter(entered_on__lte=window.last)
    rows = rows.filter(Q(left_on=None) | Q(left_on__gt=window.last)).exclude(state=BankState.LEFT)
    return rows.filter(person__kind=kind) if kind else rows


def bank(model, kind: str = ""):
    """The bank is formed: somebody is approved and no candidate waits."""

    def read(window: Window) -> Reading:
        rows = cards(model, window, kind)
        approved = rows.filter(state__in=IN_BANK, approved_on__lte=window.last)
        return Reading(
            days=(last_day(approved, "approved_on"), last_day(rows, "entered_on")),
            done=number_of(approved, window.organization),
            total=number_of(rows, window.organization),
            begun=number_of(rows, window.organization),
        )

    return read


def data_consents(model):
    """Everybody in the bank has a valid consent to the use of data."""

    def read(window: Window) -> Reading:
        rows = cards(model, window)
        valid = Person.objects.of(window.organization).with_consent(on=window.last)
        given = Consent.objects.of(window.organization).filter(
            kind__in=["data", "representative"], given_on__lte=window.last,
            person__in=rows.values("person"),
        )  # fmt: skip
        return Reading(
            days=(last_day(given, "given_on"), last_day(rows, "entered_on")),
            done=number_of(rows.filter(person__in=valid.values("pk")), window.organization),
            total=number_of(rows, window.organization),
        )

    return read


def dissemination(window: Window) -> Reading:
    """Everybody who was asked has decided; a refusal is a decision too."""
    asked = Consent.objects.of(window.organization).filter(
        kind="dissemination", asked_on__range=window.days
    )
    decided = asked.exclude(state="asked")
    return Reading(
        days=(last_day(decided, "asked_on"),),
        done=number_of(decided, window.organization),
        total=number_of(asked, window.organization),
    )


def needs(window: Window) -> Reading:
    """Every mentee's card names at least one need."""
    rows = cards(MenteeProfile, window)
    noted = MenteeNeed.objects.of(window.organization).filter(
        profile__in=rows.values("pk"), noted_on__lte=window.last
    )
    with_needs = rows.filter(Exists(noted.filter(profile=OuterRef("pk"))))
    return Reading(
        days=(last_day(noted, "noted_on"), last_day(rows, "entered_on")),
        done=number_of(with_needs, window.organization),
        total=number_of(rows, window.organization),
    )


def third_party(window: Window) -> Reading:
    notes = PersonNote.objects.of(window.organization).filter(kind="third_party")
    found = MenteeNeed.objects.of(window.organization).filter(
        source=NeedSource.THIRD_PARTY, noted_on__range=window.days
    )
    days = first_day(notes.filter(noted_on__range=window.days), "noted_on")
    return Reading(days=(days, first_day(found, "noted_on")))


def survey(**which):
    """A questionnaire of that stage was run and closed with at least one answer."""

    def read(window: Window) -> Reading:
        runs = runs_of(window, **which)
        answered = answered_in(window, runs)
        return Reading(
            days=(first_day(closed_of(window, runs), "closed_at__date"),),
            done=None,
            begun=number_of(answered, window.organization),
        )

    return read


def runs_of(window: Window, **which):
    """Runs of the window by fields of their questionnaire."""
    chosen = {f"version__questionnaire__{name}": value for name, value in which.items()}
    return Survey.objects.of(window.organization).filter(opens_on__range=window.days, **chosen)


def answered_in(window: Window, runs):
    asked = SurveyParticipant.objects.of(window.organization).filter(survey__in=runs.values("pk"), revoked=False)  # fmt: skip
    return asked.filter(answered=True)


def closed_of(window: Window, runs):
    """Closed by the last day, with at least one answer."""
    answered = answered_in(window, runs).filter(survey=OuterRef("pk"))
    return runs.filter(Exists(answered), closed_at__date__lte=window.last, state=Survey.State.CLOSED)  # fmt: skip


def satisfaction(window: Window) -> Reading:
    """Final questionnaires of both roles are closed (R-706): how many of the two, on the day of the later."""
    roles = ([WHO.MENTEE, WHO.PUPIL], [WHO.MENTOR])
    runs = [runs_of(window, stage=STAGE.FINAL, audience__in=role) for role in roles]
    closed = [closed_of(window, each) for each in runs]
    mentees, mentors = (Least(number_of(each, window.organization), 1) for each in closed)
    return Reading(
        days=tuple(first_day(each, "closed_at__date") for each in closed),
        done=mentees + mentors,
        total=Value(len(roles)),
        begun=number_of(answered_in(window, runs[0] | runs[1]), window.organization),
    )


def influence(window: Window) -> Reading:
    """A final questionnaire is closed in which somebody answered who had answered the initial one of the same role (R-708)."""
    sent = SurveyResponse.objects.of(window.organization).filter(submitted_at__isnull=False)
    form = "survey__version__questionnaire"
    before = sent.filter(
        person=OuterRef("person"), submitted_at__lt=OuterRef("submitted_at"),
        **{f"{form}__stage": STAGE.INITIAL, f"{form}__audience": OuterRef(f"{form}__audience")},
    )  # fmt: skip
    runs = runs_of(window, stage=STAGE.FINAL)
    twice = sent.filter(Exists(before), survey=OuterRef("pk"))
    compared = closed_of(window, runs).filter(Exists(twice))
    return Reading(
        days=(first_day(compared, "closed_at__date"),),
        begun=number_of(answered_in(window, runs), window.organization),
    )


STAGE, WHO = Questionnaire.Stage, Questionnaire.Audience


def register() -> None:
    REGISTRY.add(
        Fact("bank:mentees", "банк наставляемых сформирован", "утвердить карточки наставляемых", bank(MenteeProfile), "mentees", noun="карточка"),
        Fact("bank:mentors", "банк наставников сформирован", "утвердить карточки наставников", bank(MentorProfile), "mentors", noun="карточка"),
        Fact("bank:pupil_mentees", "обучающиеся – наставляемые в банке", "утвердить карточки обучающихся", bank(MenteeProfile, Person.Kind.PUPIL), "mentees", noun="карточка"),
        Fact("bank:pupil_mentors", "обучающиеся – наставники в банке", "утвердить карточки обучающихся", bank(MentorProfile, Person.Kind.PUPIL), "mentors", noun="карточка"),
        Fact("consents:mentees", "согласия наставляемых собраны", "собрать согласия наставляемых", data_consents(MenteeProfile), "consent_register", noun="согласие"),
        Fact("consents:mentors", "согласия наставников собраны", "собрать согласия наставников", data_consents(MentorProfile), "consent_register", noun="согласие"),
        Fact("consents:dissemination", "о распространении решили все, кого спросили", "спросить о согласии на распространение", dissemination, "consent_register", noun="решение"),
        Fact("needs:cards", "запросы наставляемых записаны", "записать запросы в карточки", needs, "mentees", noun="карточка"),
        Fact("needs:third_party", "сведения от третьих лиц внесены", "внести сведения от классных руководителей, психолога, родителей", third_party, "mentees"),
        Fact("survey:needs", "изучение запросов закрыто", "провести и закрыть анкетирование", survey(stage=STAGE.NEEDS), "surveys"),
        Fact("survey:mentees", "анкетирование наставляемых закрыто", "провести и закрыть анкетирование", survey(stage=STAGE.INITIAL, audience__in=[WHO.MENTEE, WHO.PUPIL]), "surveys"),
        Fact("survey:mentors", "анкетирование наставников закрыто", "провести и закрыть анкетирование", survey(stage=STAGE.INITIAL, audience__in=[WHO.MENTOR, WHO.PUPIL]), "surveys"),
        Fact("survey:preference", "анкетирование предпочтений закрыто", "провести анкетирование после групповой встречи", survey(stage=STAGE.PREFERENCE), "surveys"),
        Fact("survey:midterm", "промежуточное анкетирование закрыто", "провести промежуточное анкетирование", survey(stage=STAGE.MIDTERM), "surveys"),
        Fact("survey:quality", "анкетирование о качестве программ закрыто", "провести и закрыть анкету «Качество программы»", survey(stage=STAGE.QUALITY), "surveys"),
        Fact("survey:final", "итоговое анкетирование наставников и наставляемых закрыто", "провести и закрыть итоговые анкеты обеих ролей", satisfaction, "surveys", noun="анкетирование"),
        Fact("survey:influence", "ответы до и после сопоставлены", "провести именную итоговую анкету с теми, кто отвечал на входную", influence, "surveys"),
    )  # fmt: skip
