"""Who has read something restricted about a person; the person sees it in «Мои данные»."""

from people.models import Membership, Person, RestrictedRead


def log_read(person: Person, what: str, *, by: Membership, object_id: int | None = None) -> None:
    """One row per opening; reading about oneself is not logged."""
    if person.pk == by.person_id:
        return
    RestrictedRead.objects.create(
        organization=person.organization, person=person, reader=by, what=what, object_id=object_id
    )
