"""Honour board and contests: people stand here, each item by its own consent (R-910)."""

from django.db.models import Q

from people.models.consents import PublicItem
from programs.models import Award, Contest, ContestEntry, HonourEntry
from programs.publication.gate import Gate
from programs.publication.items import ContestResult, Honour, Photo
from programs.publication.reading import Asked, Part, shown_name

# Money and the talent pool are nobody's business outside.
UNSPOKEN = {Award.Kind.PAYMENT, Award.Kind.TALENT_POOL}


def on_board(asked: Asked):
    """Entries of the day; nobody's consent is asked here."""
    rows = HonourEntry.objects.of(asked.organization).filter(
        Q(until=None) | Q(until__gte=asked.on), since__lte=asked.on
    )
    return rows.select_related("person", "award", "photo")


def honours(asked: Asked) -> Part:
    """One query; who may not be named is not on the board at all, so the list is cut after the gate."""
    rows = list(on_board(asked))
    return Part(
        make=lambda gate: asked.cut([honour(row, gate) for row in rows if gate.may(row.person, PublicItem.NAME)]),
        people={row.person_id for row in rows},
        ends=[row.until for row in rows if row.until],
    )  # fmt: skip


def honour(row: HonourEntry, gate: Gate) -> Honour:
    """The merit is a result of mentoring and the award a distinction: both are items of the consent."""
    person = row.person
    photo = row.photo and gate.may(person, PublicItem.PHOTO)
    return Honour(
        name=gate.name(person, ""),
        post=person.job_title if gate.may(person, PublicItem.POST) else "",
        merit=row.merit if gate.may(person, PublicItem.RESULTS) else "",
        award=award_words(row.award) if row.award and gate.may(person, PublicItem.CATEGORY) else "",
        photo=Photo(row.photo_id, row.photo.sha256[:8], f"Фотография: {person.full_name}") if photo else None,
    )  # fmt: skip


def award_words(award: Award) -> str:
    """ "" for what was not given or is not told outside."""
    if award.state != Award.State.GIVEN or award.kind in UNSPOKEN:
        return ""
    return award.name or award.get_kind_display()


def contests(asked: Asked) -> Part:
    """Entries with a result; one query."""
    rows = ContestEntry.objects.of(asked.organization).filter(state=ContestEntry.State.RESULT)
    rows = rows.exclude(result="").select_related("contest", "person", "partner")
    rows = asked.cut(rows.order_by("-contest__held_on", "-pk"))
    people = {pk for row in rows for pk in (row.person_id, row.partner_id) if pk}
    return Part(make=lambda gate: [contest(row, gate) for row in rows], people=people)


def contest(row: ContestEntry, gate: Gate) -> ContestResult:
    people = [one for one in (row.person, row.partner) if one]
    names = [shown_name(gate, one, PublicItem.RESULTS) for one in people]
    one: Contest = row.contest
    return ContestResult(
        contest=one.title, level=one.get_level_display(), nomination=row.nomination, result=row.result,
        person=", ".join(filter(None, names)), on=one.held_on,
    )  # fmt: skip
