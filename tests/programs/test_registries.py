"""Registries with the columns of the model, the archive of mentors' reports (R-222, R-713)."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from mentoring.core.exports import XLSX
from mentoring.core.paper_checks import LISTING_SIZES, check_docx, check_pdf
from mentoring.core.prints import DOCX
from people.models import Job, JournalEntry, Person
from people.services import consents
from programs.models import MentorReport, Practice, Program, ProgramResult
from programs.prints.registries import print_registry, word_registry
from programs.services import registries
from roadmap.services.year import year_of
from tests.programs.makers import mentee_of, mentor_of, working_pair

TODAY = timezone.localdate()


@pytest.fixture
def pair(school, curator, head):
    mentor, mentee = mentor_of(school, last_name="Орлова"), mentee_of(school, last_name="Зимина")
    group = working_pair(mentor, [mentee], curator, head)
    program = Program.objects.create(organization=school, group=group, title="Первый год", starts_on=TODAY, ends_on=TODAY, state="completed", completed_on=TODAY, completion_reason="plan_fulfilled")  # fmt: skip
    ProgramResult.objects.create(organization=school, program=program, person=mentee.person, role="mentee", text="Ведёт уроки сама", completed_on=TODAY)  # fmt: skip
    return {"mentor": mentor, "mentee": mentee, "program": program}


def table(content: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def sheet(client, slug: str, bank: str) -> list[list]:
    answer = client.get(reverse("registry", args=[slug, bank]))
    return table(b"".join(answer.streaming_content) if answer.streaming else answer.content)


@pytest.mark.req("R-222")
def test_registries_name_both_sides_dates_and_results(pair, curator, client_for):
    client, slug = client_for(curator), curator.organization.slug
    head_row, row = sheet(client, slug, "mentees")
    told = dict(zip(head_row, row, strict=True))
    assert told["Фамилия, имя, отчество"] == pair["mentee"].person.full_name
    assert told["Наставник"] == pair["mentor"].person.full_name
    assert (told["Результаты"], told["Отметка о прохождении"]) == ("Ведёт уроки сама", "пройдена")
    assert told["Дата завершения"] == TODAY
    head_row, row = sheet(client, slug, "mentors")
    told = dict(zip(head_row, row, strict=True))
    assert told["Наставляемые"] == pair["mentee"].person.full_name
    assert told["Место работы"] == curator.organization.short_name
    assert told["Место работы наставляемого"] == curator.organization.short_name


def test_the_case_is_the_public_section_once_a_practice_is_published(pair, school, settings):
    practice = Practice.objects.create(organization=school, program=pair["program"], title="Разбор видео", state="best", made_on=TODAY)  # fmt: skip
    assert [line.link for line in registries.mentees(school, TODAY)] == [""]
    practice.published = True
    practice.save()
    address = settings.PUBLIC_URL + reverse("public", args=[school.slug])
    for lines in (registries.mentees(school, TODAY), registries.mentors(school, TODAY)):
        assert [line.link for line in lines] == [address]


def test_who_opens_a_registry_stands_in_the_journal(pair, curator, client_for):
    client, slug = client_for(curator), curator.organization.slug
    kinds = [client.get(reverse(name, args=[slug, "mentors"]))["Content-Type"] for name in ("registry", "registry_pdf", "registry_docx")]  # fmt: skip
    assert kinds == [XLSX, "application/pdf", DOCX]
    rows = JournalEntry.objects.filter(event="registry.mentors")
    assert [row.membership for row in rows] == [curator] * 3


@pytest.mark.parametrize("bank", ["mentors", "mentees"])
def test_a_member_without_the_right_takes_no_registry(bank, pair, curator):
    with pytest.raises(PermissionDenied):
        registries.take(bank, on=TODAY, by=pair["mentor"])
    assert not JournalEntry.objects.filter(event=f"registry.{bank}").exists()


@pytest.mark.papers
@pytest.mark.parametrize("bank", ["mentors", "mentees"])
def test_a_registry_on_paper_is_a_sound_file_and_says_the_same_in_word(bank, pair, school, real_papers):  # fmt: skip
    for letter in "абвгдежзиклмн":
        mentee_of(school, last_name=f"Лисова{letter}")
        mentor_of(school, last_name=f"Лесова{letter}")
    lines = registries.LINES[bank](school, TODAY)
    pdf = print_registry(bank, lines, organization=school, on=TODAY)
    assert check_pdf(pdf, orientation="landscape", sizes=LISTING_SIZES) == []
    assert check_docx(word_registry(bank, lines, organization=school, on=TODAY), pdf) == []


def test_a_lost_consent_takes_the_line_out(pair, curator, client_for):
    consent = pair["mentee"].person.consents.get(kind="data", state="given")
    consents.withdraw(consent, on=TODAY, by=pair["mentee"], method="paper")
    assert len(sheet(client_for(curator), curator.organization.slug, "mentees")) == 1


def test_the_neighbour_is_not_in_the_registry(pair, other_school, curator, client_for):
    mentor_of(other_school, last_name="Сорокина")
    text = str(sheet(client_for(curator), curator.organization.slug, "mentors"))
    assert "Сорокина" not in text


def test_a_registry_costs_the_same_with_few_and_many_rows(pair, school, django_assert_num_queries):
    for expected in (8, 8):
        with django_assert_num_queries(expected):
            registries.mentees(school, TODAY)
        with django_assert_num_queries(expected):
            registries.mentors(school, TODAY)
        for letter in "абв":
            mentee_of(school, last_name=f"Лисова{letter}")


@pytest.mark.req("R-713")
def test_all_reports_of_a_year_come_in_one_archive_with_a_summary(pair, curator, client_for):
    report = MentorReport.objects.create(organization=curator.organization, program=pair["program"], results="Хорошо", recommendation="finish", state="accepted", sent_on=TODAY, accepted_on=TODAY, figures={})  # fmt: skip
    client, slug = client_for(curator), curator.organization.slug
    client.post(reverse("mentor_reports_pack", args=[slug]), {"period": str(year_of(TODAY))})
    job = Job.objects.get()
    assert job.state == "done"
    with zipfile.ZipFile(io.BytesIO(job.result.read())) as archive:
        assert sorted(archive.namelist()) == ["01 Орлова.pdf", "Сводка.xlsx"]
        assert archive.read("01 Орлова.pdf").startswith(b"%PDF")
        assert table(archive.read("Сводка.xlsx"))[1][0] == report.program.group.mentor.full_name
    assert Person.objects.count() >= 4


@pytest.mark.req("R-713")
def test_own_dates_take_the_reports_accepted_within_them(pair, curator, client_for):
    MentorReport.objects.create(organization=curator.organization, program=pair["program"], results="Хорошо", recommendation="finish", state="accepted", sent_on=TODAY, accepted_on=TODAY, figures={})  # fmt: skip
    address = reverse("mentor_reports_pack", args=[curator.organization.slug])
    yesterday = TODAY - dt.timedelta(days=1)
    for start, end, number in ((TODAY, TODAY, 2), (yesterday, yesterday, 1)):
        client_for(curator).post(address, {"period": "free", "start": start.isoformat(), "end": end.isoformat()})  # fmt: skip
        with zipfile.ZipFile(io.BytesIO(Job.objects.latest("pk").result.read())) as archive:
            assert len(archive.namelist()) == number
    client_for(curator).post(address, {"period": f"y{TODAY.year}"})
    assert Job.objects.latest("pk").title == f"Отчёты наставников с 01.01.{TODAY.year} по 31.12.{TODAY.year}"  # fmt: skip


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"period": "1812"}, "Выберите корректный вариант"),
        ({"period": "free", "start": "2026-09-01"}, "Укажите обе даты периода."),
        ({"period": "free", "start": "2026-09-02", "end": "2026-09-01"}, "Период заканчивается раньше, чем начинается."),
    ],
)  # fmt: skip
def test_a_period_that_makes_no_sense_is_named_on_the_page(curator, client_for, data, said):
    answer = client_for(curator).post(reverse("mentor_reports_pack", args=[curator.organization.slug]), data)  # fmt: skip
    assert (said in answer.content.decode(), Job.objects.count()) == (True, 0)


def test_a_year_without_reports_gives_the_summary_alone(curator, client_for):
    client, slug = client_for(curator), curator.organization.slug
    client.post(reverse("mentor_reports_pack", args=[slug]), {"period": str(year_of(TODAY))})
    with zipfile.ZipFile(io.BytesIO(Job.objects.get().result.read())) as archive:
        assert archive.namelist() == ["Сводка.xlsx"]
