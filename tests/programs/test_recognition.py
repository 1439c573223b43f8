"""Learning, awards, contests, practices."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import MentorProfile
from programs.models import Award, MaterialReading, Practice, Training
from programs.services import awards, completion, learning, practices
from roadmap.models import Event
from roadmap.services import drafts
from tests.factories import make_member
from tests.people.prints import text_of_pdf
from tests.programs.makers import DAY
from tests.programs.makers_programs import ENDS, finished_work, fresh
from tests.roadmap.makers import approve, send

BEFORE = DAY - dt.timedelta(days=10)


@pytest.mark.req("R-406", "R-217", "R-409")
@pytest.mark.parametrize("kind", ["course", "internship"])
def test_learning_elsewhere_is_recorded_with_hours_and_marks_the_mentor_trained(pair, curator, kind):  # fmt: skip
    row = learning.add_training(person=pair.mentor.person, kind=kind, title="Наставничество", provider="Базовая школа № 3", hours=36, starts_on=BEFORE, ends_on=DAY, paper="удостоверение 12", on=DAY, by=curator)  # fmt: skip
    card = MentorProfile.objects.get(person=pair.mentor.person)
    assert (card.trained_on, card.training) == (DAY, "Наставничество")
    assert row.provider == "Базовая школа № 3"


@pytest.mark.req("R-240", "R-407", "R-408")
def test_a_mentee_has_a_record_of_learning_too(school, pair, curator, client_for):
    for kind in ("consultation", "induction"):
        learning.add_training(person=pair.mentee.person, kind=kind, title=f"Тема {kind}", starts_on=DAY, ends_on=DAY, on=DAY, by=curator)  # fmt: skip
    page = client_for(pair.mentee).get(reverse("me", args=[school.slug])).content.decode()
    assert "Тема consultation" in page
    assert "Тема induction" in page
    assert ("induction", "установочная сессия, обмен опытом") in Event.Kind.choices
    with pytest.raises(PermissionDenied):
        learning.add_training(person=pair.mentor.person, kind="course", title="Чужое", starts_on=DAY, ends_on=DAY, on=DAY, by=pair.mentee)  # fmt: skip
    with pytest.raises(RuleError, match="ещё не закончилось"):
        learning.add_training(person=pair.mentee.person, kind="course", title="Потом", starts_on=DAY, ends_on=ENDS, on=DAY, by=curator)  # fmt: skip


@pytest.fixture
def mentor_school(pair, curator):
    made = learning.make_school(title="Первые шаги", leader=curator.person, purpose="готовим наставников", by=curator)  # fmt: skip
    for place in range(2):
        learning.add_session(made, held_on=BEFORE + dt.timedelta(days=place), topic=f"Тема {place + 1}", hours=2, by=curator)  # fmt: skip
    learning.set_listeners(made, [pair.mentor.person, pair.mentee.person], by=curator)
    return made


@pytest.mark.req("R-404", "R-405", "R-409")
def test_the_school_of_mentors_goes_by_order_attendance_and_certificate(school, pair, mentor_school, curator, head, client_for):  # fmt: skip
    order = drafts.create_draft(kind="mentor_school_order", day=BEFORE, by=curator, values={"school": mentor_school.pk})  # fmt: skip
    for words in ("«Первые шаги», объём занятий – 4", "Тема 2", "Орлова Анна Ильинична", "Программа и расписание"):  # fmt: skip
        assert words in order.body
    with pytest.raises(RuleError, match="открыта приказом"):
        learning.mark_attendance(mentor_school.sessions.first(), [], on=DAY, by=curator)
    approve(send(order, curator), head, dated_on=BEFORE)
    mentor_school.refresh_from_db()
    first, second = mentor_school.sessions.all()
    learning.mark_attendance(first, [pair.mentor.person, pair.mentee.person], on=DAY, by=curator)
    learning.mark_attendance(second, [pair.mentor.person], on=DAY, by=curator)
    assert learning.close_school(mentor_school, on=DAY, by=curator) == 1
    row = Training.objects.get(person=pair.mentor.person)
    assert (row.hours, row.paper) == (4, "сертификат от 20.11.2026")
    pdf = client_for(curator).get(reverse("school_certificates", args=[school.slug, mentor_school.pk]))  # fmt: skip
    text = text_of_pdf(pdf.content)
    assert "Орлова Анна Ильинична" in text
    assert "Зимина" not in text


def test_an_order_on_an_empty_school_is_refused(pair, curator):
    made = learning.make_school(title="Пустая", leader=curator.person, by=curator)
    order = drafts.create_draft(kind="mentor_school_order", day=DAY, by=curator, values={"school": made.pk})  # fmt: skip
    with pytest.raises(RuleError):
        send(order, curator)


@pytest.mark.req("R-403")
def test_materials_are_tagged_read_and_counted(school, pair, curator, client_for):
    with pytest.raises(RuleError, match="файл или укажите ссылку"):
        learning.add_material(title="Памятка", on=DAY, by=curator)
    row = learning.add_material(title="Памятка", link="https://example.org/1", tags=["первый год"], on=DAY, by=curator)  # fmt: skip
    client = client_for(pair.mentee)
    assert client.get(reverse("materials", args=[school.slug]), {"tag": "первый год"}).status_code == 200  # fmt: skip
    for _ in range(2):
        client.post(reverse("material_studied", args=[school.slug, row.pk]))
    assert MaterialReading.objects.filter(person=pair.mentee.person).count() == 1
    readers = client_for(curator).get(reverse("material_readers", args=[school.slug, row.pk]))
    assert pair.mentee.person.full_name in readers.content.decode()


def give(curator, head, *rows: Award):
    order = awards.draft_order(rows, day=DAY, by=curator)
    approve(send(order, curator), head, dated_on=DAY, number="7-л")
    return order


@pytest.mark.req("R-801", "R-802", "R-804")
def test_one_order_rewards_each_in_the_right_case(pair, curator, head):
    kinds = {"commendation": pair.mentor, "gift": pair.mentee}
    rows = [awards.propose(person=member.person, kind=kind, merit="за работу", on=DAY, by=curator) for kind, member in kinds.items()]  # fmt: skip
    order = give(curator, head, *rows)
    assert "Объявить благодарность:" in order.body
    assert "Орловой Анне Ильиничне" in order.body
    assert "Наградить ценным подарком:" in order.body
    assert "Зимину Ольгу Ильиничну" in order.body
    assert set(Award.objects.values_list("state", "decided_on")) == {("given", DAY)}
    with pytest.raises(RuleError, match="Выберите, кого"):
        awards.draft_order([], day=DAY, by=curator)


@pytest.mark.req("R-803")
def test_a_certificate_is_printed_for_its_person_when_given(school, pair, curator, head, client_for):  # fmt: skip
    row = awards.propose(person=pair.mentor.person, kind="certificate", merit="за щедрость опыта", on=DAY, by=curator)  # fmt: skip
    address = reverse("award_certificate", args=[school.slug, row.pk])
    assert client_for(curator).get(address).status_code == 404
    give(curator, head, row)
    text = text_of_pdf(client_for(pair.mentor).get(address).content)
    for words in ("Почётная грамота", "Орлова Анна Ильинична", "за щедрость опыта", "№ 7-л"):
        assert words in text
    assert client_for(pair.mentee).get(address).status_code == 403


@pytest.mark.req("R-805")
def test_a_submission_to_a_state_award_has_its_status_and_dates(pair, curator):
    with pytest.raises(RuleError, match="название награды"):
        awards.propose(person=pair.mentor.person, kind="state_award", merit="за труд", on=DAY, by=curator)  # fmt: skip
    row = awards.propose(person=pair.mentor.person, kind="state_award", merit="за труд", name="Нагрудный знак", on=DAY, by=curator)  # fmt: skip
    paper = drafts.create_draft(kind="award_submission", day=DAY, by=curator, values={"award": row.pk, "addressee": "В министерство", "merits": "Работает двадцать лет"})  # fmt: skip
    assert "представляет к награждению Орлову Анну Ильиничну" in paper.body
    with pytest.raises(RuleError, match="не отправлено"):
        awards.decide(row, given=True, on=DAY, today=DAY, by=curator)
    with pytest.raises(RuleError, match="в будущем"):
        awards.submit(row, on=ENDS, today=DAY, by=curator)
    awards.submit(row, on=DAY, today=DAY, by=curator)
    row = awards.decide(row, given=True, on=DAY, today=DAY, by=curator)
    assert (row.state, row.sent_on, row.decided_on) == ("given", DAY, DAY)


@pytest.mark.req("R-806")
def test_the_talent_pool_is_shown_to_head_and_curator_alone(school, pair, curator, head, client_for):  # fmt: skip
    row = awards.propose(person=pair.mentee.person, kind="talent_pool", merit="за рост", on=DAY, by=curator)  # fmt: skip
    order = give(curator, head, row)
    row.refresh_from_db()
    address = row.get_absolute_url()
    assert client_for(pair.mentee).get(address).status_code == 403
    assert client_for(head).get(address).status_code == 200
    me = client_for(pair.mentee).get(reverse("me", args=[school.slug])).content.decode()
    assert "за рост" not in me
    assert not order.acknowledgements.filter(person=pair.mentee.person).exists()


def test_the_talent_pool_does_not_share_an_order_with_others(pair, curator):
    kinds = {"talent_pool": pair.mentee, "commendation": pair.mentor}
    rows = [awards.propose(person=member.person, kind=kind, merit="за рост", on=DAY, by=curator) for kind, member in kinds.items()]  # fmt: skip
    with pytest.raises(RuleError, match="отдельным приказом"):
        send(awards.draft_order(rows, day=DAY, by=curator), curator)


@pytest.mark.req("R-807")
def test_a_payment_rests_on_the_regulation_in_force(pair, curator, head):
    with pytest.raises(RuleError, match="а оно не действует"):
        awards.propose(person=pair.mentor.person, kind="payment", merit="за работу", on=DAY, by=curator)  # fmt: skip
    act = drafts.create_draft(kind="incentive_regulation", day=DAY, by=curator, values={"monthly_payment": "10 %"})  # fmt: skip
    approve(send(act, curator), head, dated_on=DAY, number="5")
    row = awards.propose(person=pair.mentor.person, kind="payment", merit="за работу", amount="10 %", on=DAY, by=curator)  # fmt: skip
    assert row.basis == "Положение о стимулировании наставников от 20.11.2026 № 5"


@pytest.mark.req("R-231", "R-809", "R-810")
def test_a_mentor_recommends_the_own_mentee_and_the_result_is_kept(pair, program, curator):
    contest = awards.make_contest(title="Лучшие практики наставничества", level="regional", by=curator)  # fmt: skip
    other = make_member(program.organization, "staff")
    with pytest.raises(PermissionDenied):
        awards.nominate(contest, person=other.person, by=pair.mentor)
    entry = awards.nominate(contest, person=pair.mentee.person, support="репетируем вместе", nomination="Дебют", by=pair.mentor)  # fmt: skip
    with pytest.raises(ValidationError, match="уже выдвинут"):
        awards.nominate(contest, person=pair.mentee.person, nomination="Дебют", by=pair.mentor)
    paper = drafts.create_draft(kind="contest_application", day=DAY, by=curator, values={"entry": entry.pk, "summary": "О работе пары"})  # fmt: skip
    assert "«Лучшие практики наставничества»" in paper.body
    entry = awards.record_entry(entry, applied_on=DAY, by=curator)
    assert entry.state == "applied"
    assert awards.record_entry(entry, result="победитель", by=curator).state == "result"


@pytest.mark.req("R-712")
def test_a_practice_is_written_by_its_author_collected_and_chosen(pair, curator):
    row = practices.draft(title="Видеоразбор", on=DAY, by=pair.mentee, task="Увидеть себя")
    with pytest.raises(RuleError, match="что делали"):
        practices.set_state(row, state="collected", by=curator)
    practices.change(row, method="Снимаем урок", outcome="Видны приёмы", by=pair.mentee)
    with pytest.raises(RuleError, match="Сначала примите"):
        practices.set_state(row, published=True, by=curator)
    practices.set_state(row, state="collected", by=curator)
    practices.set_state(row, nominated=True, by=curator)
    row = practices.set_state(row, state="best", published=True, by=curator)
    assert (row.state, row.nominated, row.published) == ("best", True, True)
    with pytest.raises(PermissionDenied):
        practices.change(row, method="Иначе", by=pair.mentee)
    with pytest.raises(RuleError, match="не читается"):
        practices.attach(row, file=SimpleUploadedFile("a.docm", b"PK\x03\x04"), by=curator)


@pytest.mark.req("R-215", "R-907")
def test_the_curator_describes_a_successful_experience_and_publishes_it_after_the_end(pair, program, curator):  # fmt: skip
    with pytest.raises(RuleError, match="ещё не принят"):
        practices.draft_from_report(program, on=DAY, by=curator)
    finished_work(program, pair.mentor, curator, on=ENDS)
    row = practices.draft_from_report(fresh(program), on=ENDS, by=curator)
    assert set(row.authors.all()) == {pair.mentor.person, pair.mentee.person}
    practices.set_state(row, state="collected", by=curator)
    with pytest.raises(ValidationError, match="после завершения"):
        practices.set_state(row, published=True, by=curator)
    completion.complete(fresh(program), reason="plan_fulfilled", on=ENDS, by=curator)
    row = Practice.objects.get(pk=row.pk)
    assert practices.set_state(row, published=True, by=curator).published
