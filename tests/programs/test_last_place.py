"""Two people agree at the same moment to a mentor's last place: one wins, the other gets a sentence."""

import threading

import pytest
from django.db import connection, connections

from mentoring.core.errors import RuleError
from programs.models import Agreement
from programs.services import agreements
from tests.factories import make_curator, make_organization
from tests.programs.makers import DAY, mentee_of, mentor_of, propose

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks")
def test_the_last_place_is_given_once():
    school = make_organization()
    curator = make_curator(school)
    mentor = mentor_of(school, capacity=1)
    rivals = [mentee_of(school, last_name=name) for name in ("Лугова", "Ясная")]
    for rival in rivals:
        group = propose(mentor, [rival], curator)
        row = group.agreements.get(side="mentor")
        # The mentor has agreed to both; each mentee's word is the last one missing.
        Agreement.objects.filter(pk=row.pk).update(state="accepted", answered_on=DAY, method="paper")  # fmt: skip
    start, told = threading.Barrier(2), []

    def agree(rival) -> None:
        row = Agreement.objects.select_related("group").get(person=rival.person)
        start.wait()
        try:
            agreements.answer(row, accepted=True, on=DAY, by=rival, method="portal")
            told.append("")
        except RuleError as error:
            told.append(error.message)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=agree, args=(rival,)) for rival in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told)[0] == ""
    assert "нет свободных мест из 1" in sorted(told)[1]
    states = Agreement.objects.filter(side="mentee").values_list("state", flat=True)
    assert sorted(states) == ["accepted", "waiting"]
