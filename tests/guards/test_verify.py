"""`manage.py verify` over a school with rows of every kind: nothing to report."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction

from people.models import ConsentText


def verify(*args) -> tuple[int, list[str]]:
    """(exit code, lines)."""
    out = io.StringIO()
    try:
        call_command("verify", *args, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


@pytest.mark.req("R-213")
def test_a_school_with_rows_of_every_kind_has_no_fault(two_schools):
    code, lines = verify("--school", two_schools.school.slug)
    assert [line for line in lines[:-1] if not line.startswith("заметка")] == []
    assert code == 0
    assert lines[-1].endswith("Нарушений: 0.")
    seen = dict(part.rsplit(" ", 1) for part in lines[-1].split(". ")[0][11:].split(", "))
    assert [words for words, number in seen.items() if int(number) == 0] == []
    assert set(seen) == {
        "организаций", "печатей журнала", "строк журнала", "файлов", "согласий",
        "редакций документов", "решений", "редакций программ",
    }  # fmt: skip


def test_texts_changed_past_the_portal_are_found(two_schools):
    with transaction.atomic():
        ConsentText.objects.of(two_schools.school).update(body="Другой текст")
        code, lines = verify("--school", two_schools.school.slug)
        transaction.set_rollback(True)
    assert code == 1
    assert {line.split("\t")[1] for line in lines[:-1]} == {"согласие"}
