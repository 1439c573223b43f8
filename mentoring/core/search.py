"""Search by words in several fields, the same on SQLite and PostgreSQL."""

from django.db.models import Q


def words_query(text: str, fields: list[str] | tuple[str, ...]) -> Q:
    """Every word must occur in one of the fields.

    SQLite ignores the case of Latin letters only, so a word is also tried in lower case and with
    a capital: «ким», «КИМ» and «Ким» find the same card.
    """
    query = Q()
    for word in text.split()[:8]:
        variants = {word, word.lower(), word.capitalize(), word.upper()}
        found = Q()
        for field in fields:
            for variant in variants:
                found |= Q(**{f"{field}__icontains": variant})
        query &= found
    return query
