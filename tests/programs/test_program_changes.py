"""Changes of a programme in work: only by consent of both sides and the curator."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mentoring.core.errors import RuleError
from programs.models import ProgramChange
from programs.services import plan_items, program_changes, program_drafts
from tests.programs.makers import DAY
from tests.programs.makers_programs import ENDS, begin, fresh
from tests.roadmap.makers import approve, send

LONGER = dt.date(2028, 1, 31)


def propose(program, by, **over) -> ProgramChange:
    values = {"kind": "extension", "new_ends_on": LONGER, "reason": "Не всё успели", **over}
    return program_changes.propose_change(program, on=DAY, by=by, **values)


def agreed(program, pair, **over) -> ProgramChange:
    change = propose(program, pair.mentor, **over)
    return program_changes.answer_change(change, accepted=True, on=DAY, by=pair.mentee)


@pytest.mark.req("R-625", "R-603")
def test_an_extension_needs_both_the_curator_and_an_order_in_force(pair, program, curator, head):
    change = propose(program, pair.mentor)
    with pytest.raises(RuleError, match="ответят обе стороны"):
        program_changes.decide_change(change, approved=True, on=DAY, by=curator)
    change = program_changes.answer_change(change, accepted=True, on=DAY, by=pair.mentee)
    with pytest.raises(PermissionDenied):
        program_changes.decide_change(change, approved=True, on=DAY, by=head)
    change = program_changes.decide_change(change, approved=True, on=DAY, by=curator)
    assert fresh(program).ends_on == ENDS
    approve(send(change.document, curator), head, dated_on=DAY)
    program = fresh(program)
    assert (program.ends_on, program.versions.count()) == (LONGER, 2)
    assert program_changes.differences(*(row.content for row in program.versions.all())) == [("по", "31.05.2027", "31.01.2028")]  # fmt: skip


def test_a_refusal_of_one_side_leaves_everything_as_it_was(pair, program, curator):
    change = propose(program, pair.mentor)
    change = program_changes.answer_change(change, accepted=False, on=DAY, by=pair.mentee)
    assert change.state == "declined"
    with pytest.raises(RuleError):
        program_changes.decide_change(change, approved=True, on=DAY, by=curator)
    assert fresh(program).versions.count() == 1


@pytest.mark.req("R-626")
def test_a_shortening_cuts_no_open_line_off_and_keeps_the_least_length(pair, program, curator):
    with pytest.raises(RuleError, match="короче наименьшего срока"):
        propose(program, pair.mentor, kind="shortening", new_ends_on=DAY + dt.timedelta(days=40))
    late = DAY + dt.timedelta(days=150)
    program.items.filter(title="Шаг 2").update(due_on=late)
    shorter = DAY + dt.timedelta(days=100)
    with pytest.raises(RuleError, match="Шаг 2"):
        propose(program, pair.mentor, kind="shortening", new_ends_on=shorter)
    plan_items.cancel_item(program.items.get(title="Шаг 2"), reason="не нужно", by=pair.mentor)
    change = agreed(program, pair, kind="shortening", new_ends_on=shorter)
    program_changes.decide_change(change, approved=True, on=DAY, by=curator)
    assert fresh(program).ends_on == shorter


@pytest.mark.req("R-627")
def test_a_new_form_is_recorded_as_a_version(pair, program, curator):
    change = agreed(program, pair, kind="form", new_forms=["head_teacher"], new_ends_on=None)
    program_changes.decide_change(change, approved=True, on=DAY, by=curator)
    program = fresh(program)
    assert program.forms == ["head_teacher"]
    assert program.versions.last().reason == "изменить форму: Не всё успели"


@pytest.mark.req("R-624", "R-627")
def test_agreed_content_is_written_down_then_frozen_with_its_reason(pair, program, curator):
    with pytest.raises(PermissionDenied):
        plan_items.add_item(program, by=pair.mentor, title="Шаг 3", due_on=ENDS, category="learning")  # fmt: skip
    change = agreed(program, pair, kind="content", text="Добавить открытый урок", new_ends_on=None)
    program_changes.decide_change(change, approved=True, on=DAY, by=curator)
    plan_items.add_item(fresh(program), by=pair.mentor, title="Открытый урок", due_on=ENDS, category="learning")  # fmt: skip
    program_drafts.write(fresh(program), by=pair.mentee, goal="Провести открытый урок")
    program_changes.finish_editing(fresh(program), on=DAY, by=curator)
    program = fresh(program)
    first, second = (row.content for row in program.versions.all())
    found = program_changes.differences(first, second)
    assert ("пункт плана", "", "Открытый урок") in found
    assert ("цель", "Уверенно вести занятия", "Провести открытый урок") in found
    assert program.versions.last().reason == "Не всё успели"
    with pytest.raises(PermissionDenied):
        plan_items.add_item(program, by=pair.mentor, title="Ещё", due_on=ENDS, category="learning")


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"new_ends_on": None}, "новую дату"), ({"new_ends_on": ENDS}, "и так идёт"),
        ({"kind": "form", "new_forms": []}, "новую форму"), ({"kind": "content", "text": " "}, "что изменится"),
        ({"kind": "shortening", "new_ends_on": DAY - dt.timedelta(days=1)}, "уже прошла"),
    ],
)  # fmt: skip
def test_a_change_without_its_substance_is_told(pair, program, over, sentence):
    with pytest.raises(RuleError, match=sentence):
        propose(program, pair.mentor, **over)


def test_one_change_at_a_time(pair, program):
    propose(program, pair.mentor)
    with pytest.raises(ValidationError, match="уже обсуждается"):
        propose(program, pair.mentee)


def test_a_draft_is_changed_directly(pair, curator):
    with pytest.raises(RuleError, match="Черновик правят прямо"):
        propose(begin(pair.group, curator), pair.mentor)


def test_a_cancelled_order_leaves_the_term(pair, program, curator):
    change = program_changes.decide_change(agreed(program, pair), approved=True, on=DAY, by=curator)
    change.document.refresh_from_db()
    assert change.document.state == "draft"
    assert fresh(program).ends_on == ENDS


def test_an_extension_whose_order_was_given_up_may_be_declined(pair, program, curator, head):
    change = program_changes.decide_change(agreed(program, pair), approved=True, on=DAY, by=curator)
    change = program_changes.decide_change(change, approved=False, on=DAY, by=curator)
    assert change.state == "declined"
    second = program_changes.decide_change(agreed(program, pair), approved=True, on=DAY, by=curator)
    send(second.document, curator)
    with pytest.raises(RuleError, match="обе стороны"):
        program_changes.decide_change(second, approved=False, on=DAY, by=curator)
