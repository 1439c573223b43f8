"""Which rows of the people floor are due to be destroyed on a day; nothing is changed here."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people import retention
from people.models import (
    Consent,
    DataGrant,
    ImportBatch,
    Invitation,
    Job,
    Letter,
    Notice,
    Organization,
    Person,
    PersonNote,
    RestrictedRead,
    SupportCase,
    SurveyResponse,
)
from people.models.consents import ConsentKind
from people.models.surveys import Survey
from people.services.anonymising import CONTACTS
from people.services.terms import passed_for

BEFORE_THE_END = dt.timedelta(days=7)  # so that a weekly run is never late


def moment(organization: Organization, code: str, on: dt.date) -> dt.datetime:
    """Rows of a moment earlier than this have outlived their term."""
    day = passed_for(organization, code, on) + dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def withdrawn(organization: Organization, on: dt.date) -> list[Person]:
    """People whose consent ended, whose 30 days end within a week, and who still have what rested on it."""
    latest = passed_for(
        organization, "destroy_after_withdrawal", on + BEFORE_THE_END + dt.timedelta(days=1)
    )
    consenting = Person.objects.of(organization).with_consent(on=on)
    people = Person.objects.of(organization).filter(anonymised_on=None).exclude(pk__in=consenting)
    ends = ended_on(organization, on)
    return [
        person
        for person in people.filter(has_consent_data()).order_by("pk")
        if person.pk in ends and ends[person.pk] <= latest
    ]


def ended_on(organization: Organization, on: dt.date) -> dict[int, dt.date]:
    """The last day on which a consent to the use of data was withdrawn, refused or ran out, by person."""
    rows = Consent.objects.of(organization).filter(
        kind__in=[ConsentKind.DATA, ConsentKind.REPRESENTATIVE]
    )
    found: dict[int, dt.date] = {}
    for person, *days in rows.values_list("person", "withdrawn_on", "refused_on", "valid_until"):
        past = [day for day in days if day and day <= on]
        if past:
            found[person] = max([*past, found.get(person, past[0])])
    return found


def has_consent_data() -> Q:
    """Something that only a consent lets the school keep; contacts of those who do not work here too."""
    kept = [
        Exists(model.objects.filter(**{name: OuterRef("pk")}))
        for model, name in ((SurveyResponse, "person"), (PersonNote, "person"), (SupportCase, "person"), (DataGrant, "mentee"))
    ]  # fmt: skip
    condition = Q(mentor_profile__isnull=False) | Q(mentee_profile__isnull=False)
    for one in kept:
        condition |= Q(one)
    return condition | ~Q(kind=Person.Kind.EMPLOYED) & ~Q(**CONTACTS)


def consents(organization: Organization, on: dt.date) -> list[Consent]:
    """Consents over for longer than their term, and requests nobody answered for as long."""
    latest = passed_for(organization, "consents", on)
    over = (
        Q(withdrawn_on__lte=latest)
        | Q(refused_on__lte=latest)
        | Q(replaced_on__lte=latest)
        | Q(valid_until__lte=latest)
        | Q(state=Consent.State.ASKED, asked_on__lte=latest)
    )
    return list(Consent.objects.of(organization).filter(over))


def answers(organization: Organization, on: dt.date) -> list[SurveyResponse]:
    sent = SurveyResponse.objects.of(organization).filter(
        submitted_at__lt=moment(organization, "survey_answers", on),
        survey__state=Survey.State.CLOSED,
    )
    return list(sent.select_related("survey__version__organization").prefetch_related("answers"))


def drafts(organization: Organization, on: dt.date) -> list[SurveyResponse]:
    closed = moment(organization, "survey_drafts", on)
    return list(
        SurveyResponse.objects.of(organization).filter(
            submitted_at=None, survey__state=Survey.State.CLOSED, survey__closed_at__lt=closed
        )
    )


def notes(organization: Organization, on: dt.date) -> list[PersonNote]:
    latest = passed_for(organization, "notes", on)
    return list(PersonNote.objects.of(organization).filter(noted_on__lte=latest))


def cases(organization: Organization, on: dt.date) -> list[SupportCase]:
    latest = passed_for(organization, "notes", on)
    return list(SupportCase.objects.of(organization).filter(ends_on__lte=latest))


def grants(organization: Organization, on: dt.date) -> list[DataGrant]:
    """Requests whose access ended, was refused or never decided that long ago."""
    latest = passed_for(organization, "notes", on)
    over = Q(until__lte=latest) | Q(until=None, asked_on__lte=latest)
    return list(DataGrant.objects.of(organization).filter(over))


def reads(organization: Organization, on: dt.date) -> list[RestrictedRead]:
    old = RestrictedRead.objects.of(organization)
    return list(old.filter(at__lt=moment(organization, "access_log", on)))


def notices(organization: Organization, on: dt.date) -> list[Notice]:
    old = Notice.objects.of(organization)
    return list(old.filter(created_at__lt=moment(organization, "notices", on)))


def letters(organization: Organization, on: dt.date) -> list[Letter]:
    """Letters that left or were given up; those that wait are still to be sent."""
    over = Letter.objects.of(organization).filter(
        state__in=[Letter.State.SENT, Letter.State.FAILED],
        created_at__lt=moment(organization, "letters", on),
    )
    return list(over.select_related("notice"))


def imports(organization: Organization, on: dt.date) -> list[ImportBatch]:
    """Imports that still hold what the rows said, for undo and for the list of errors."""
    old = ImportBatch.objects.of(organization).filter(
        created_at__lt=moment(organization, "import_files", on)
    )
    return list(old.exclude(undo=[], errors=[], mapping={}, file=None).exclude(state="running"))


def tasks(organization: Organization, on: dt.date) -> list[Job]:
    """Finished tasks whose file was collected for somebody; files of documents are not theirs."""
    old = Job.objects.of(organization).filter(
        state__in=[Job.State.DONE, Job.State.FAILED],
        updated_at__lt=moment(organization, "task_files", on),
    )
    return list(old.exclude(result__purpose__in=["document", "public_document", "scan", "consent"]))


def invitations(organization: Organization, on: dt.date) -> list[Invitation]:
    before = moment(organization, "invitations", on)
    rows = Invitation.objects.of(organization).filter(
        Q(used_at__lt=before) | Q(expires_at__lt=before)
    )
    return list(rows)


def people(organization: Organization, on: dt.date) -> list[Person]:
    """Cards of those who left that long ago; a consent still kept, or another floor, keeps the card."""
    latest = passed_for(organization, "person_card", on)
    gone = Person.objects.of(organization).filter(anonymised_on=None, employed_to__lte=latest)
    gone = gone.exclude(pk__in=Consent.objects.of(organization).values("person"))
    needed = {pk for function in retention.still_needed for pk in function(organization)}
    return [person for person in gone.order_by("pk") if person.pk not in needed]
