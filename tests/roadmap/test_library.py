"""Norms, partners, postings, files of events, tasks of orders (R-101, R-134, R-205, R-216, R-238)."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from mentoring.core.errors import RuleError
from people.models import DisseminationChoice, PublicAddress
from people.models.accounts import Role
from roadmap.models import Basis, Document, Event, EventFile, Norm, OrderTask, Partner, WorkingGroup
from roadmap.services import attachments, event_files, library, order_tasks, partners
from roadmap.services import events as event_service
from roadmap.services.drafts import create_draft
from tests.factories import make_member, make_person
from tests.people.makers_banks import make_mentee
from tests.people.makers_consents import make_consent
from tests.people.makers_surveys import make_survey
from tests.roadmap.doors import pdf_text
from tests.roadmap.makers import DAY, approve, make_curator_order, send

TODAY = timezone.localdate()


def page(client, name: str, *args, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.req("R-101", "R-238")
def test_acts_are_studied_and_the_mentee_sees_what_must_be(school, curator, client_for):
    teacher = make_member(school, Role.STAFF, last_name="Орлова")
    make_mentee(teacher.person)
    client = client_for(teacher)
    text = page(client, "norms", school.slug, query="?state=mine")
    must = Norm.objects.of(school).filter(for_mentees=True)
    assert text.count("нужно изучить") == must.count() == 3
    act = must.get(code="education_273")
    client.post(reverse("norm_studied", args=[school.slug, act.pk]))
    assert "education_273" not in {one.code for one in library.to_study(teacher)}
    assert teacher.person.full_name in page(client_for(curator), "norm", school.slug, act.pk)
    assert teacher.person.full_name not in page(client, "norm", school.slug, act.pk)


def test_starter_set_comes_once_and_keeps_what_the_school_changed(school, curator):
    library.install(school)
    act = Norm.objects.of(school).get(code="regional")
    library.save_norm(act, by=curator, level="regional", kind="приказ", issuer="управления", number="5", title="О наставничестве")  # fmt: skip
    library.install(school)
    assert Norm.objects.of(school).filter(code="regional").get().number == "5"


def test_a_replaced_act_leaves_the_list_and_needs_a_day(school, curator):
    library.install(school)
    old, new = Norm.objects.of(school)[:2]
    with pytest.raises(RuleError, match="с какого дня"):
        library.save_norm(old, by=curator, replaced_by=new)
    library.save_norm(old, by=curator, replaced_by=new, ended_on=TODAY)
    assert old not in Norm.objects.of(school).filter(ended_on=None)


def test_only_the_curator_keeps_acts_and_partners(school, head, teacher):
    for by in (head, teacher):
        with pytest.raises(PermissionDenied):
            library.save_norm(by=by, kind="приказ", title="Акт")
        with pytest.raises(PermissionDenied):
            partners.save_partner(by=by, title="Партнёр")


def test_an_act_becomes_the_basis_of_an_order(curator, head):
    library.install(curator.organization)
    order = make_curator_order(curator)
    act = Norm.objects.of(curator.organization).get(code="az1128")
    basis = attachments.add_basis(order, norm=act, by=curator)
    assert basis.text.startswith("Письмо Минпросвещения России и Общероссийского Профсоюза образования от 21.12.2021 № АЗ-1128/08")  # fmt: skip
    assert basis.dated_on == act.dated_on
    with pytest.raises(RuleError, match="впишите документ"):
        attachments.add_basis(order, by=curator)
    assert Basis.objects.count() == 1


def a_partner(curator, **over) -> Partner:
    values = {"title": "Региональный наставнический центр", "kind": "regional_centre", "head_post": "директор", "head_name": "Седых Ирина Львовна"}  # fmt: skip
    return partners.save_partner(by=curator, **{**values, **over})


@pytest.mark.req("R-205", "R-808")
@pytest.mark.papers
def test_agreement_and_letter_of_thanks_name_the_partner_in_the_right_case(curator, head, client_for):  # fmt: skip
    partner = a_partner(curator)
    values = {"partner": partner.pk, "acts_on": "Устава", "subject": "обучение наставников", "ours": "направлять наставников;\nделиться опытом", "theirs": "проводить стажировки", "until": "2027-05-31"}  # fmt: skip
    agreement = create_draft(kind="partner_agreement", day=DAY, by=curator, values=values)
    letter = create_draft(kind="thanks_letter", day=DAY, by=curator, values={"partner": partner.pk, "thanks": "помощь в обучении наставников"})  # fmt: skip
    client, slug = client_for(curator), curator.organization.slug
    text = pdf_text(client.get(reverse("document_pdf", args=[slug, agreement.pk, "partner_agreement"])))  # fmt: skip
    assert "в лице директора Седых Ирины Львовны" in text
    assert "31 мая 2027 г" in text
    text = pdf_text(client.get(reverse("document_pdf", args=[slug, letter.pk, "thanks_letter"])))
    assert "Уважаемая Ирина Львовна!" in text
    assert "помощь в обучении наставников." in text
    assert agreement.full_title in page(client, "partner", slug, partner.pk)


def test_a_partner_without_a_known_head_is_greeted_as_colleagues(curator, head):
    partner = a_partner(curator, head_name="", title="Лаборатория")
    letter = create_draft(kind="thanks_letter", day=DAY, by=curator, values={"partner": partner.pk, "thanks": "помощь"})  # fmt: skip
    assert "Уважаемые коллеги!" in letter.body


@pytest.mark.req("R-216")
def test_talks_are_logged_with_the_next_step(curator, client_for):
    partner = a_partner(curator)
    row = partners.add_contact(partner, by=curator, held_on=TODAY, way="call", subject="Стажировка", next_step="прислать список", next_on=TODAY)  # fmt: skip
    client, slug = client_for(curator), curator.organization.slug
    assert "прислать список" in page(client, "partner", slug, partner.pk)
    assert "Вернуться к партнёру: 1 дело" in page(client, "home", slug)
    client.post(reverse("contact_done", args=[slug, row.pk]))
    assert "Вернуться к партнёру" not in page(client, "home", slug)


@pytest.mark.req("R-134", "R-909")
def test_postings_are_kept_by_level_and_exported(curator, client_for):
    for level, title in (("municipal", "Заметка в районе"), ("regional", "Статья в крае")):
        partners.save_posting(by=curator, title=title, posted_on=TODAY, level=level, outlet="media", place="Газета")  # fmt: skip
    client, slug = client_for(curator), curator.organization.slug
    text = page(client, "postings", slug, query="?level=regional")
    assert "Статья в крае" in text
    assert "Заметка в районе" not in text
    assert reverse("public", args=[slug]) in text
    assert client.get(reverse("postings", args=[slug]) + "?export=xlsx")["Content-Type"].endswith("sheet")  # fmt: skip


def held_event(curator, kind: str, **more) -> Event:
    event = event_service.create_event(by=curator, kind=kind, title="Совещание о формах", place="зал", starts_at=timezone.now() - dt.timedelta(days=1), agenda="О формах\nО сроках")  # fmt: skip
    return event_service.hold(event, attended=[curator.person], minutes="Обсудили", by=curator, on=TODAY, **more)  # fmt: skip


@pytest.mark.req("R-126", "R-131", "R-135")
@pytest.mark.parametrize("kind", ["meeting", "staff_council"])
def test_minutes_take_agenda_and_decision_and_the_decision_names_its_survey(curator, head, client_for, kind):  # fmt: skip
    survey = make_survey(curator, [curator.person])
    event = held_event(curator, kind, decision="Выбрать традиционное наставничество", survey=survey)
    client, slug = client_for(curator), curator.organization.slug
    answer = client.get(event.get_absolute_url())
    assert survey.title in answer.content.decode()
    url = f"{reverse('document_new', args=[slug])}?{answer.context['minutes_query']}"
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}  # fmt: skip
    data |= {"chair": head.person_id, "secretary": curator.person_id}
    client.post(url, data)
    paper = Document.objects.get(kind="minutes")
    assert paper.event == event
    assert "Выбрать традиционное наставничество" in paper.body
    assert "О сроках" in paper.body
    assert paper.full_title in client.get(event.get_absolute_url()).content.decode()


@pytest.mark.req("R-132", "R-206", "R-711")
@pytest.mark.parametrize("kind", ["parents", "class_hour", "external", "seminar"])
def test_events_of_every_kind_are_held_with_their_people(curator, client_for, kind):
    event = held_event(curator, kind)
    text = client_for(curator).get(event.get_absolute_url()).content.decode()
    assert event.get_kind_display().capitalize() in text
    assert curator.person.full_name in text


@pytest.mark.req("R-709", "R-710")
@pytest.mark.papers
def test_order_on_the_closing_event_is_drawn_from_the_event(curator, head, client_for):
    event = event_service.create_event(by=curator, kind="closing", title="Круглый стол «Лучшие практики»", place="актовый зал", starts_at=timezone.make_aware(dt.datetime(2027, 5, 20, 14)))  # fmt: skip
    helper = make_person(curator.organization, last_name="Бойко", first_name="Зоя", patronymic="Климовна", job_title="методист")  # fmt: skip
    values = {"event": event.pk, "leader": curator.person_id, "group": [helper.pk], "scenario_due": "2027-05-10"}  # fmt: skip
    order = create_draft(kind="event_order", day=DAY, by=curator, values=values)
    assert order.title == "О проведении итогового мероприятия в рамках реализации целевой модели наставничества"  # fmt: skip
    text = pdf_text(client_for(curator).get(reverse("document_pdf", args=[curator.organization.slug, order.pk, "event_order"])))  # fmt: skip
    assert "20 мая 2027 г. в 14:00" in text.replace("\u00a0", " ")
    assert "Бойко Зоя Климовна, методист" in text


def photo_file() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    return SimpleUploadedFile("снимок.png", out.getvalue(), "image/png")


def test_a_photo_goes_out_only_when_all_who_can_be_recognised_agreed(curator):
    event = held_event(curator, "seminar")
    photo = event_files.add_file(event, kind="photo", file=photo_file(), by=curator)
    assert event_files.why_unpublished([photo], TODAY)[photo.pk].startswith("Отметьте, кто")
    shy, bold = (make_person(curator.organization, last_name=name, first_name="Анна") for name in ("Гусева", "Дёмина"))  # fmt: skip
    consent = make_consent(bold, "dissemination")
    address = PublicAddress.objects.create(organization=curator.organization, url="school.example", title="Сайт")  # fmt: skip
    DisseminationChoice.objects.create(organization=curator.organization, consent=consent, item="photo", address=address, allowed=True)  # fmt: skip
    event_files.mark_people(photo, people=[shy, bold], by=curator)
    assert "Гусева" in event_files.why_unpublished([photo], TODAY)[photo.pk]
    event_files.mark_people(photo, people=[bold], by=curator)
    assert event_files.why_unpublished([photo], TODAY)[photo.pk] == ""
    event_files.mark_people(photo, people=[], by=curator)
    assert event_files.why_unpublished([photo], TODAY)[photo.pk] == ""


def test_people_of_the_neighbour_are_not_marked_on_a_photo(curator, other_school):
    photo = event_files.add_file(held_event(curator, "seminar"), kind="photo", file=photo_file(), by=curator)  # fmt: skip
    with pytest.raises(RuleError, match="нет в списке"):
        event_files.mark_people(photo, people=[make_person(other_school)], by=curator)
    assert not photo.people.exists()


def test_a_text_is_no_photo(curator):
    event = held_event(curator, "seminar")
    pdf = SimpleUploadedFile("план.pdf", b"%PDF-1.4\n%%EOF\n")
    with pytest.raises(RuleError, match="не фотография"):
        event_files.add_file(event, kind="photo", file=pdf, by=curator)
    assert not EventFile.objects.exists()


def test_task_of_an_order_shows_when_it_is_in_force_and_closes_once(curator, head, teacher, client_for, quick_papers):  # fmt: skip
    order = make_curator_order(curator)
    task = order_tasks.add_task(order, person=teacher.person, text="Подготовить список", due_on=TODAY, by=curator)  # fmt: skip
    client, slug = client_for(teacher), curator.organization.slug
    assert "Выполнить: 1 поручение" not in page(client, "home", slug)
    approve(send(order, curator), head, number="7-К")
    assert "Выполнить: 1 поручение" in page(client, "home", slug)
    client.post(reverse("order_task_done", args=[slug, task.pk]), {"note": "в папке"})
    assert OrderTask.objects.get().done_note == "в папке"
    with pytest.raises(RuleError, match="уже отмечено"):
        order_tasks.close_task(task, on=TODAY, by=teacher)


def test_order_on_a_working_group_founds_it(curator, head, teacher, quick_papers):
    values = {"name": "по внедрению наставничества", "leader": curator.person_id, "members": [teacher.person_id, curator.person_id], "task": "подготовить Положение", "due": "2026-10-01"}  # fmt: skip
    order = create_draft(kind="working_group_order", day=DAY, by=curator, values=values)
    approve(send(order, curator), head, number="8")
    group = WorkingGroup.objects.get()
    assert [(row.person_id, row.leads) for row in group.members.all()] == [(curator.person_id, True), (teacher.person_id, False)]  # fmt: skip


def test_my_data_tells_tasks_groups_acts_and_photos(curator, head, teacher, client_for, quick_papers):  # fmt: skip
    values = {"name": "по внедрению наставничества", "leader": teacher.person_id, "members": [curator.person_id], "task": "подготовить Положение", "due": "2026-10-01"}  # fmt: skip
    order = create_draft(kind="working_group_order", day=DAY, by=curator, values=values)
    approve(send(order, curator), head, number="8")
    order_tasks.add_task(order, person=teacher.person, text="Собрать практики", by=curator)
    library.install(curator.organization)
    library.mark_studied(Norm.objects.get(code="r145"), on=TODAY, by=teacher)
    photo = event_files.add_file(held_event(curator, "seminar"), kind="photo", file=photo_file(), title="У доски", by=curator)  # fmt: skip
    event_files.mark_people(photo, people=[teacher.person], by=curator)
    text = page(client_for(teacher), "me", curator.organization.slug)
    for words in ("Собрать практики", "по внедрению наставничества", "№ Р-145", "У доски"):
        assert words in text
