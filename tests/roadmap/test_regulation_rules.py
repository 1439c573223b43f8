"""The regulation holds every rule of the model regulation, or says which newer norm changed it."""

import csv
import datetime as dt
import json
from pathlib import Path

import lxml.html
import pytest
from django.conf import settings
from django.template.loader import render_to_string

from mentoring.core.clauses import clause_index, number_clauses
from mentoring.core.missing import missing_in
from mentoring.core.rich_text import sanitise
from people.models import Organization
from roadmap.documents import regulation

TABLE = Path(__file__).with_name("regulation_rules.csv").read_text(encoding="utf-8")
RULES = list(csv.DictReader(TABLE.splitlines(), delimiter=";"))
# Clauses of the model regulation, section by section (letter АЗ-1128/08).
MODEL_CLAUSES = {1: 4, 2: 4, 3: 4, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2, 9: 2}
ANNEX = "Приложение 1"

SCHOOLS = ("solnyshko", "licey-45", "ddt", "school-21", "ds-127")
VARIANTS = {
    "no addendum": {"addendum_required": False},
    "simple signature": {"simple_signature_allowed": True},
    "wards": {"mentee_term": "подшефный", "head_title": "заведующий", "has_trade_union": False},
    "odd numbers": {"program_max_months": 21, "notice_days": 21, "mentor_capacity": 1},
    "pupils": {"works_with_pupils": True, "mentee_term": "стажёр"},
}


def demo_school(slug: str, **over) -> Organization:
    """A school of the demo with all its requisites; nothing is saved."""
    path = settings.BASE_DIR / "fixtures/demo" / f"{slug}.json"
    fields = {field.name for field in Organization._meta.fields}
    values = json.loads(path.read_text(encoding="utf-8"))
    return Organization(**{key: value for key, value in values.items() if key in fields} | over)


def body_of(organization: Organization) -> str:
    context = regulation.build(organization, values={}, day=dt.date(2026, 9, 1))
    return sanitise(render_to_string("documents/regulation.html", context))


def clauses(body: str) -> dict[str, str]:
    """Number of a clause («4.1», «Приложение 1, п. 2») -> its whole text with sub-items."""
    texts, current, lead = {}, None, ""
    for block in lxml.html.fragment_fromstring(
        number_clauses(body, "local_act"), create_parent="div"
    ):
        text = " ".join(block.text_content().split())
        kind = (block.get("class") or "").split()
        if block.tag in ("h1", "h2", "h3"):
            lead = f"{ANNEX}, п. " if "annex" in kind else ""
        elif kind[:2] == ["clause", "level-1"]:
            number, _, text = text.partition(" ")
            current = lead + number.rstrip(".")
        if current:
            texts[current] = f"{texts.get(current, '')} {text}".strip()
    return texts


def items(body: str, section: int, clause: int) -> list[str]:
    item = regulation.clauses_of_section(body, section)[clause - 1]
    return [" ".join(li.text_content().split()) for li in item.xpath("./ul/li | ./ol/li")]


bodies = pytest.mark.parametrize(
    "organization",
    [demo_school(slug) for slug in SCHOOLS]
    + [demo_school("school-21", **over) for over in VARIANTS.values()],
    ids=[*SCHOOLS, *VARIANTS],
)


@bodies
def test_every_rule_stands_in_its_clause(organization):
    texts = clauses(body_of(organization))
    absent = [rule for rule in RULES if rule["probe"] not in texts.get(rule["our_clause"], "")]
    assert not absent


@bodies
def test_numbers_of_the_model_are_kept(organization):
    numbers = [number for number, _ in clause_index(body_of(organization), "local_act")]
    wanted = [
        f"{section}.{clause}"
        for section, last in MODEL_CLAUSES.items()
        for clause in range(1, last + 1)
    ]
    assert [number for number in numbers if number in wanted] == wanted
    assert [number for number in numbers if number.isdigit()] == [
        str(section) for section in MODEL_CLAUSES
    ]
    assert ANNEX in numbers


@bodies
def test_nothing_is_left_out_of_the_lists(organization):
    body = body_of(organization)
    sizes = {
        "1.2": 6,
        "1.3": 9,
        "2.2": 9,
        "2.4": 7,
        "3.3": 7,
        "3.4": 11,
        "4.1": 4,
        "4.2": 7,
        "5.1": 5,
        "5.2": 9,
        "6.1": 2,
        "7.1": 3,
    }
    found = {number: len(items(body, *map(int, number.split(".")))) for number in sizes}
    assert found == sizes
    assert missing_in(body) == []


def test_changed_rules_name_a_norm_and_have_a_note_in_the_margin():
    notes = json.loads(
        (settings.BASE_DIR / "fixtures/regulation_notes.json").read_text(encoding="utf-8")
    )
    noted = {(note["clause"], note["norm"]) for note in notes}
    changed = [rule for rule in RULES if rule["status"] == "changed"]
    assert changed
    assert all(rule["status"] in ("kept", "changed") for rule in RULES)
    assert all(bool(rule["norm"]) == (rule["status"] == "changed") for rule in RULES)
    assert {(rule["our_clause"], rule["norm"]) for rule in changed} <= noted


@bodies
def test_notes_point_at_clauses_that_exist(organization):
    notes = json.loads(
        (settings.BASE_DIR / "fixtures/regulation_notes.json").read_text(encoding="utf-8")
    )
    texts = clauses(body_of(organization))
    assert [note["clause"] for note in notes if note["clause"] not in texts] == []


def test_labour_code_clauses_follow_the_setting():
    full = clauses(body_of(demo_school("solnyshko", notice_days=5)))
    assert "дополнительное соглашение к трудовому договору" in full["4.3"]
    assert "не менее чем за 5 рабочих дней" in full["4.5"]
    short = clauses(body_of(demo_school("solnyshko", addendum_required=False)))
    assert "дополнительн" not in " ".join(short[number] for number in ("3.5", "4.3", "4.4", "7.3"))
    assert "письменного согласия" in short["3.5"]


def test_settings_of_the_school_fill_the_text():
    texts = clauses(body_of(demo_school("ddt", program_max_months=9, mentor_capacity=2)))
    assert "от 3 до 9 месяцев" in texts["1.2"]
    assert "не превышает 2" in texts["6.5"]
    assert "Директор:" in texts["3.3"]
    assert "Стажёр имеет право" in texts["5.1"]
    assert "наставляем" not in " ".join(texts.values()).casefold()
    assert "профсоюзной" not in texts["9.3"]
    assert "1.7" not in texts
    assert "Целевой моделью" in clauses(body_of(demo_school("licey-45")))["1.7"]


def test_glossary_reads_the_edited_clause():
    body = body_of(demo_school("ddt"))
    words = regulation.glossary(body)
    assert list(words) == [
        "Наставник",
        "Стажёр",
        "Куратор",
        "Наставничество",
        "Форма наставничества",
        "Персонализированная программа наставничества",
    ]
    assert words["Форма наставничества"].startswith("способ организации работы")
    edited = body.replace("способ организации работы", "наш способ работы", 1)
    assert regulation.glossary(edited)["Форма наставничества"].startswith("наш способ работы")
    assert regulation.glossary("<p>Пусто</p>") == {}
