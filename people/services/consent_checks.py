"""`manage.py verify`: what was agreed to against the hash taken at that moment."""

from collections.abc import Iterator

from people.models import Consent, Organization, Person
from people.services.consents import content_hash
from people.verification import Counter, Finding


def consents(organization: Organization, counter: Counter) -> Iterator[Finding]:
    rows = Consent.objects.of(organization).exclude(content_hash="").order_by("pk")
    for consent in rows.iterator(chunk_size=200):
        counter.add("согласий")
        if consent.content_hash not in hashes(consent):
            text = "содержание согласия не то, что было подписано. Сравните его с резервной копией."
            yield Finding("согласие", consent.pk, text)


def hashes(consent: Consent) -> Iterator[str]:
    """The hash with today's name, then with those the person had before: names change, consents stay."""
    yield content_hash(consent)
    names = Person.history.filter(id=consent.person_id)
    for last, first, patronymic in names.values_list("last_name", "first_name", "patronymic"):
        former = Person(last_name=last, first_name=first, patronymic=patronymic)
        yield content_hash(consent, name=former.full_name)
