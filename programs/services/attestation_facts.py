"""What a mentor's record for attestation is made of, read once; the own words of the mentor."""

import datetime as dt

from django.db import transaction
from django.db.models import Prefetch, Q

from people.models import Membership, Person, Survey, SurveyResponse
from people.services import catalogues, journal
from programs.models import (
    AttestationNote,
    Award,
    ContestEntry,
    GroupMember,
    Meeting,
    MeetingPresence,
    MentoringGroup,
    Practice,
    Program,
    ProgramSurvey,
    Training,
)
from programs.models.programs import ProgramState
from programs.monitoring.scope import STARTED
from programs.program_permissions import can_read_attestation, can_write_attestation
from programs.services.attestation import Facts, Span

LEAST = 3  # answers; a mean of fewer would tell what one person said
FINAL, OVERALL = "mentee_final", "overall"


def read(person: Person, *, on: dt.date, by: Membership) -> Facts:
    """Fifteen queries whatever the number of pairs."""
    can_read_attestation(by, person).require()
    groups = list(groups_of(person))
    ids = {row.person_id for group in groups for row in group.members.all()}
    marks, least = satisfaction(groups, ids)
    practices = Practice.objects.filter(author_rows__person=person).exclude(state=Practice.State.DRAFT)  # fmt: skip
    entries = ContestEntry.objects.filter(Q(person=person) | Q(partner=person)).exclude(state=ContestEntry.State.NOMINATED)  # fmt: skip
    awards = Award.objects.filter(person=person, state=Award.State.GIVEN).exclude(kind__in=Award.RESTRICTED)  # fmt: skip
    return Facts(
        person=person, on=on, groups=groups, marks=marks, least=least,
        shown=frozenset(Person.objects.with_consent(on=on).filter(pk__in=ids).values_list("pk", flat=True)),
        forms=catalogues.titles(person.organization, "form"), trainings=list(Training.objects.filter(person=person)),
        practices=list(practices), entries=list(entries.select_related("contest")), awards=list(awards.select_related("document")),
        note=AttestationNote.objects.filter(person=person).values_list("text", flat=True).first() or "",
    )  # fmt: skip


def groups_of(person: Person):
    """Pairs that worked, with their programmes and meetings held; a mentor marked absent has not held one."""
    held = Meeting.objects.filter(state=Meeting.State.HELD).exclude(presence__in=absences(person))
    programs = Program.objects.exclude(state__in=[ProgramState.DRAFT, ProgramState.AGREED]).order_by("starts_on", "pk")  # fmt: skip
    programs = programs.prefetch_related("outcomes", Prefetch("meetings", held, to_attr="held"))
    members = Prefetch("members", GroupMember.objects.select_related("person"))
    rows = MentoringGroup.objects.of(person.organization).filter(mentor=person, state__in=STARTED, starts_on__isnull=False)  # fmt: skip
    return rows.select_related("document").prefetch_related(members, Prefetch("programs", programs)).order_by("starts_on", "pk")  # fmt: skip


def absences(person: Person):
    return MeetingPresence.objects.filter(person=person, present=False)


def satisfaction(groups: list[MentoringGroup], people: set[int]) -> tuple[list[int], int]:
    """The last overall mark of each own mentee at the end, and how many are needed to show a mean; three queries."""
    responses = SurveyResponse.objects.filter(
        person__in=people, submitted_at__isnull=False, survey__version__questionnaire__code=FINAL
    ).select_related("survey").prefetch_related("answers").order_by("survey__opens_on", "pk")  # fmt: skip
    responses = list(responses)
    tied: dict[int, set[int]] = {}
    for survey, group in ProgramSurvey.objects.filter(survey__in={one.survey_id for one in responses}).values_list("survey", "program__group"):  # fmt: skip
        tied.setdefault(survey, set()).add(group)
    own = [one for one in responses if is_own(one, groups, tied.get(one.survey_id, set()))]
    marks = {one.person_id: answer.value for one in own for answer in one.answers.all() if answer.question == OVERALL and type(answer.value) is int}  # fmt: skip
    hidden = [one.survey.minimum for one in own if one.survey.privacy != Survey.Privacy.NAMED]
    return list(marks.values()), max([LEAST, *hidden])


def is_own(response: SurveyResponse, groups: list[MentoringGroup], tied: set[int]) -> bool:
    """Was the questionnaire about this mentor: of a programme of an own pair, or of a run for all while the pair worked?"""
    opened = response.survey.opens_on
    for group in groups:
        for row in group.members.all():
            if row.person_id != response.person_id:
                continue
            start, end = row.starts_on or group.starts_on, row.ends_on or group.ends_on
            if group.pk in tied or (not tied and Span(opened, opened, "").meets(start, end)):
                return True
    return False


@transaction.atomic
def write_note(person: Person, *, text: str, by: Membership) -> AttestationNote:
    """«Дополнительно» in the mentor's own words."""
    can_write_attestation(by, person).require()
    note, _ = AttestationNote.objects.get_or_create(person=person, organization=by.organization)
    note.text = text.strip()
    note.full_clean()
    note.save(update_fields=["text"])
    journal.record(by, "attestation.note", person)
    return note


def taken(person: Person, *, by: Membership) -> None:
    """A file of somebody else's record leaves a line in the journal."""
    if person.pk != by.person_id:
        journal.record(by, "attestation.taken", person)
