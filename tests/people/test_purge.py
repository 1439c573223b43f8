"""`manage.py purge`: terms, history and bytes, anonymising, restart, nothing of the neighbour."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import models
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from people import retention
from people.models import (
    AnonymousAnswer,
    Answer,
    ImportBatch,
    MentorProfile,
    Person,
    PurgeRun,
    StoredFile,
    SurveyResponse,
)
from people.services import purge_reminder, purging, survey_results, terms
from roadmap.models import Document
from tests.factories import make_curator, make_member, make_person
from tests.people.makers_consents import make_consent
from tests.people.makers_retention import (
    LONG_AGO,
    make_bank_cards,
    make_old_life,
    make_response,
    make_survey,
)
from tests.roadmap.doors import trusted

DAY = dt.date(2026, 11, 20)
SECRETS = (
    "тайн", "шахматы", "Рябинина", "Роза", "Робертовна", "ryabinina", "999 000-00-77", "педагог-библиотекарь",
)  # fmt: skip


@pytest.fixture
def gone(school, curator):
    """A person with an account who left in 2021, with old data on every topic and a changed card."""
    member = make_member(
        school, "staff", login="ryabinina@school.example", last_name="Рябинина", first_name="Роза",
        patronymic="Робертовна", job_title="педагог-библиотекарь", email="ryabinina@school.example",
        phone="+7 999 000-00-77",
    )  # fmt: skip
    person = member.person
    make_old_life(person, curator)
    person.employed_to = dt.date(2021, 8, 31)
    person.save()
    return person


def everything() -> dict[str, list]:
    """Every row of our tables, the histories and the users, as text."""
    found = {}
    for model in [*apps.get_models(), get_user_model()]:
        if model._meta.app_label in ("people", "roadmap", "auth", "account"):
            rows = model._base_manager.order_by("pk").values_list()
            found[model._meta.label] = [str(row) for row in rows]
    return found


def telling(secret: str) -> list[str]:
    """Rows of any table that hold the word."""
    return [
        f"{label}: {row}" for label, rows in everything().items() for row in rows if secret in row
    ]


def stored_bytes(settings) -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def purge(*args) -> str:
    out = io.StringIO()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("purge", "--on", DAY.isoformat(), *args, stdout=out, stderr=out)
    return out.getvalue()


def test_dry_run_counts_and_changes_nothing(gone, school, settings):
    before, files = everything(), stored_bytes(settings)
    text = purge()
    assert everything() == before
    assert stored_bytes(settings) == files
    counts = {line.split("\t")[1]: line.split("\t")[2] for line in text.splitlines()[:-1]}
    # The card itself goes in the run after the consent that holds it.
    assert counts == dict.fromkeys(
        ["withdrawn", "consents", "answers", "drafts", "notes", "cases", "grants", "reads",
         "letters", "notices", "imports", "tasks", "invitations"], "1"
    )  # fmt: skip
    assert text.splitlines()[-1].endswith(
        "Пора уничтожить записей: 13. Чтобы уничтожить, добавьте --apply."
    )


def test_nothing_of_a_person_is_left_in_rows_histories_and_files(gone, school, settings):
    assert any("тайн" in row for row in everything()["people.HistoricalMentorProfile"])
    assert {secret for secret in SECRETS if telling(secret)} == set(SECRETS)
    assert len(stored_bytes(settings)) == 4
    purge("--apply")
    assert [row for secret in SECRETS for row in telling(secret)] == []
    assert stored_bytes(settings) == set()
    assert StoredFile.objects.of(school).count() == 0


def test_a_card_of_the_gone_becomes_nameless_and_still_counts(gone, school):
    purge("--apply")
    gone.refresh_from_db()
    assert (gone.full_name, gone.short_name, gone.email, gone.phone) == (
        "Удалено",
        "Удалено",
        "",
        "",
    )
    assert (gone.anonymised_on, gone.employed_to) == (DAY, dt.date(2021, 8, 31))
    assert (gone.sex, gone.kind) == ("f", "employed")
    assert gone.history.count() == 0
    assert gone.membership.user is None
    assert not get_user_model().objects.filter(username="ryabinina@school.example").exists()
    assert gone.membership.grants.count() == 1


def test_a_second_run_finds_nothing(gone):
    purge("--apply")
    before = everything()
    assert purge("--apply").splitlines()[-1].endswith("Уничтожено записей: 0.")
    assert everything() == before


def test_the_neighbour_keeps_everything(gone, school, other_school, stranger, settings):
    theirs = make_person(other_school, last_name="Соседова", employed_to=dt.date(2021, 8, 31))
    make_old_life(theirs, stranger)

    def rows() -> list[str]:
        models_of = [model for model in apps.get_models() if hasattr(model, "organization_id")]
        return [
            str(row) for model in models_of
            for row in model._base_manager.filter(organization=other_school).order_by("pk").values_list()
        ]  # fmt: skip

    before = rows()
    purge("--apply", "--school", school.slug)
    assert rows() == before
    kept = {row.file.name for row in StoredFile.objects.of(other_school)}
    assert stored_bytes(settings) == kept
    assert len(kept) == 4


def test_answers_lose_the_person_and_the_words_but_stay_in_the_summary(school, curator, teacher):
    survey = make_survey(school, curator)
    make_response(survey, teacher.person)
    assert survey_results.values_of_survey(survey)[0]["words"] == "тайный рассказ"
    purge("--apply")
    assert (SurveyResponse.objects.count(), Answer.objects.count()) == (0, 0)
    assert AnonymousAnswer.objects.get().answers == {
        "years": 7, "help": {"codes": ["lesson"], "other": ""},
    }  # fmt: skip
    assert survey_results.values_of_survey(survey) == [
        {"years": 7, "help": {"codes": ["lesson"], "other": ""}}
    ]
    assert survey.participants.get().answered


def test_answers_of_an_open_run_and_fresh_answers_stay(school, curator, teacher, head):
    make_response(make_survey(school, curator, state="open"), teacher.person)
    make_response(make_survey(school, curator), head.person, submitted_at=timezone.now())
    purge("--apply")
    assert SurveyResponse.objects.count() == 2


@pytest.mark.parametrize(
    ("withdrawn_on", "left"),
    [
        # 30 days end on the 27th: within a week, so it goes now; a day later it may wait.
        (dt.date(2026, 10, 28), 0),
        (dt.date(2026, 10, 29), 1),
    ],
)
def test_a_withdrawn_consent_takes_the_bank_cards_in_time(school, teacher, withdrawn_on, left):
    make_bank_cards(teacher.person)
    make_consent(teacher.person, state="withdrawn", withdrawn_on=withdrawn_on)
    assert terms.due(school, "destroy_after_withdrawal", dt.date(2026, 10, 28)) == dt.date(
        2026, 11, 27
    )
    purge("--apply")
    assert MentorProfile.objects.count() == left
    assert MentorProfile.history.count() == 2 * left
    teacher.person.refresh_from_db()
    assert teacher.person.last_name == "Ветрова"  # the card of a worker rests on labour law


def test_a_consent_given_again_keeps_the_cards(school, teacher):
    make_bank_cards(teacher.person)
    make_consent(teacher.person, state="withdrawn", withdrawn_on=dt.date(2026, 1, 10))
    make_consent(teacher.person, given_on=dt.date(2026, 2, 1))
    purge("--apply")
    assert MentorProfile.objects.count() == 1


def test_contacts_of_an_outsider_go_with_the_consent_and_the_name_with_the_paper(school):
    person = make_person(
        school, kind="external", institution="Колледж", last_name="Клёнов", email="klenov@other.example"
    )  # fmt: skip
    make_consent(person, state="withdrawn", withdrawn_on=dt.date(2026, 1, 10))
    assert purging.due(school, on=DAY)["withdrawn"] == 1
    purge("--apply")
    person.refresh_from_db()
    assert (person.last_name, person.email) == ("Клёнов", "")
    assert purging.due(school, on=DAY)["withdrawn"] == 0


def test_a_term_of_the_school_holds_the_consents_longer(school, curator, teacher):
    make_consent(teacher.person, state="withdrawn", withdrawn_on=dt.date(2023, 1, 10))
    terms.change_term("consents", value=5, note="Положение", on=DAY, by=curator)
    assert purging.due(school, on=DAY)["consents"] == 0
    terms.change_term("consents", value=3, note="", on=DAY, by=curator)
    assert purging.due(school, on=DAY)["consents"] == 1


def test_a_signatory_keeps_the_name_while_papers_are_kept(school, head, curator):
    Person.objects.filter(pk=head.person_id).update(employed_to=dt.date(2021, 8, 31))
    Document.objects.create(
        organization=school, kind="regulation", title="о системе", state="in_force", register="core",
        check_code="A", signatory=head.person, dated_on=LONG_AGO, created_by=curator,
    )  # fmt: skip
    purge("--apply")
    assert Person.objects.get(pk=head.person_id).last_name == "Ключевская"


def test_the_record_names_codes_and_leads_to_the_act(gone, school, curator):
    purge("--apply")
    run = PurgeRun.objects.of(school).get()
    assert run.counts["people"] == 1
    assert run.counts["invitations"] == 1
    assert "invitations" not in {line["purpose"] for line in run.lines}
    assert {line["person"] for line in run.lines} == {gone.pk, None}
    assert not any(secret in str(run.lines) for secret in SECRETS)
    act = Document.objects.of(school).get(kind="destruction_act")
    assert (run.act_document_id, act.state) == (act.pk, "draft")
    assert act.created_by == curator


def test_a_failed_purpose_leaves_the_others_done_and_is_finished_by_the_next_run(
    gone, school, monkeypatch
):
    purpose = retention.PURPOSES["imports"]

    def refuse(rows, on):
        ImportBatch.objects.update(undo=[])
        raise models.ProtectedError("kept", {gone})

    broken = {
        **retention.PURPOSES,
        "imports": retention.Purpose(**{**vars(purpose), "destroy": refuse}),
    }
    monkeypatch.setattr(retention, "PURPOSES", broken)
    with pytest.raises(CommandError, match="не всё"):
        purge("--apply")
    assert ImportBatch.objects.get().undo != []  # what the purpose had begun is taken back
    run = PurgeRun.objects.of(school).get()
    assert "imports" not in run.counts
    assert run.counts["tasks"] == 1
    monkeypatch.undo()
    purge("--apply")
    assert ImportBatch.objects.get().undo == []


def test_a_run_stopped_before_its_act_gets_it_from_the_next(gone, school, curator, monkeypatch):
    monkeypatch.setattr(retention, "on_purged", [])
    purge("--apply")
    assert PurgeRun.objects.of(school).get().act_document_id is None
    monkeypatch.undo()
    purge("--apply")
    run = PurgeRun.objects.of(school).get()
    assert Document.objects.get(pk=run.act_document_id).kind == "destruction_act"


def test_a_school_without_curator_waits_with_the_act(school, head, teacher):
    make_consent(teacher.person, state="withdrawn", withdrawn_on=dt.date(2020, 10, 1))
    purge("--apply")
    assert not Document.objects.exists()
    curator = make_curator(school)
    purge("--apply")
    assert Document.objects.get().created_by == curator


def test_uploaded_lists_keep_their_numbers_only(gone, school):
    purge("--apply")
    batch = ImportBatch.objects.of(school).get()
    assert (batch.undo, batch.errors, batch.file, batch.state) == ([], [], None, "applied")


def test_the_command_says_what_is_wrong(school):
    with pytest.raises(CommandError, match="нет"):
        call_command("purge", "--school", "nowhere")
    with pytest.raises(CommandError, match="наперёд"):
        call_command("purge", "--apply", "--on", "2099-01-01")


def test_page_shows_what_is_due_and_the_curator_destroys_it(gone, school, curator, client_for):
    client, url = trusted(client_for(curator)), reverse("retention", args=[school.slug])
    page = client.get(url).content.decode()
    assert "Пока ничего не уничтожали" in page
    confirm = client.get(reverse("retention_purge", args=[school.slug])).content.decode()
    assert "Согласия: 1 запись." in confirm
    assert PurgeRun.objects.count() == 0
    client.post(reverse("retention_purge", args=[school.slug]))
    run = PurgeRun.objects.of(school).get()
    assert run.membership == curator
    page = client.get(url).content.decode()
    assert reverse("document", args=[school.slug, run.act_document_id]) in page
    assert "уничтожать сегодня нечего" in page


@pytest.mark.parametrize(
    ("who", "read", "purge_code"),
    [("teacher", 403, 403), ("stranger", 404, 404), ("head", 200, 403), ("portal_admin", 200, 403)],
)
def test_who_may_destroy(gone, school, client_for, request, who, read, purge_code):
    client = client_for(request.getfixturevalue(who))
    assert client.get(reverse("retention", args=[school.slug])).status_code == read
    before = everything()
    assert client.post(reverse("retention_purge", args=[school.slug])).status_code == purge_code
    assert {key: rows for key, rows in everything().items() if before[key] != rows} == {}


def test_page_costs_the_same_with_one_and_three_runs(
    school, head, client_for, django_assert_num_queries
):
    client, url = client_for(head), reverse("retention", args=[school.slug])
    for number in (1, 2):
        for _ in range(number):
            PurgeRun.objects.create(organization=school, on=DAY, counts={"letters": 1})
        with django_assert_num_queries(QUERIES):
            client.get(url)


QUERIES = 36


def test_curators_are_reminded_every_week_while_thirty_days_run_out(school, curator, teacher):
    make_bank_cards(teacher.person)
    make_consent(teacher.person, state="withdrawn", withdrawn_on=dt.date(2026, 10, 28))
    found = list(purge_reminder.overdue(school, DAY))
    assert [(one.person, one.key, one.text) for one in found] == [
        (
            curator.person, "purge-2026-w47",
            "У 1 человека заканчивается срок уничтожения после отзыва согласия. Портал сотрёт их и подготовит акт.",
        )
    ]  # fmt: skip
    purge("--apply")
    assert list(purge_reminder.overdue(school, DAY)) == []
