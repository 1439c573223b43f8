"""Roadmap templates and demo schools read as data: shape, counts, references, no real names."""

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from people.models.accounts import Role
from people.models.organizations import Organization
from people.models.persons import Person
from roadmap.models.plan import Responsible, Roadmap, Scheduled

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SCHOOLS = ["solnyshko", "licey-45", "ddt", "school-21", "ds-127"]
TEMPLATES = [*SCHOOLS, "recommended"]

# Stages exactly, activities at least, as counted in the source documents.
COUNTS = {
    "solnyshko": (8, 44),
    "licey-45": (7, 53),
    "ddt": (7, 18),
    "school-21": (9, 18),
    "ds-127": (7, 33),
    "recommended": (8, 45),
}
STAMPS = {
    "solnyshko": "none",
    "licey-45": "none",
    "ddt": "annex_to_regulation",
    "school-21": "approved_by_order",
    "ds-127": "annex_2_to_order",
    "recommended": "annex_2_to_order",
}
HEADINGS = {
    "solnyshko": ["№", "Наименование этапа", "Направление работы", "Мероприятия"],
    "licey-45": [
        "№",
        "Наименование этапа",
        "Мероприятия",
        "Содержание деятельности",
        "Сроки",
        "Ответственные",
    ],
    "ddt": ["№", "Наименование этапа", "Содержание деятельности и план мероприятий"],
    "school-21": [
        "№",
        "Наименование этапа",
        "Содержание деятельности и план мероприятий",
        "Срок",
        "Ответственный",
    ],
    "ds-127": [
        "№",
        "Наименование этапа",
        "Направление работы",
        "Содержание деятельности и примерный план мероприятий ¹",
    ],
}
COLUMN_CODES = [
    "number",
    "stage",
    "block",
    "activity",
    "period",
    "responsible",
    "extra:result",
    "extra:document",
]
BASE_KINDS = {"regulation_order", "regulation", "roadmap", "curator_order"}
ADDED_KINDS = {
    "solnyshko": {"incentive_regulation"},
    "licey-45": {"implementation_order", "target_model"},
    "ddt": set(),
    "school-21": {"implementation_order"},
    "ds-127": set(),
    "recommended": {"implementation_order", "incentive_regulation"},
}
KINDS = BASE_KINDS | {
    "implementation_order",
    "target_model",
    "incentive_regulation",
    "pair_order",
    "program_template",
    "mentor_school_order",
    "event_order",
    "award_order",
}
# One paper or programme may be named by two stages of the same source: the meaning stays one.
REPEATED_CODES = {"pair_order", "programs"}
# sha256 of the stems of names and places of the sources: the words stay out of the project.
FORBIDDEN_STEMS = {
    "1cc1cf7894353cab1513d98cd035924169f46b0d3debcbd1f7d806eb7a43df75",
    "3a3c8e42991dd4ca2119297e8e66abe82ea52714bc69186a92a1e60ee4fd9106",
    "7e9485eb1aebb632a2d3317063d3cb1ff7322d153da07c40ced0a3b22852bcf8",
    "3baf8cf13af657470091ccc8b8bc853ef0cd774a5ca7618d517dff7e77e9af9c",
    "cdcf66a161c68202ab970be9e42cf50176f209463b4acdd2e34132fdb22ad341",
    "9098fea62b31788f22f1bb51018d3a5054b3f7b74e4c765c1ea9a27d2aec0262",
    "093f05aa1331b7e6442a33056ecd2867ee6a28deba5a979f14f9d608ab360690",
    "a01f2c23d509277db00983b96e9067fbc63f9c89eeb49a4ebee6ca4454db5488",
    "3e9d1cff97d2713080873dc02f79a7aa9a38384280d857af573869bfe1080aac",
    "fe63f1cfce6f2bfc5e7e829c9c6d709eee4fe48225a4daf0c4af36ef9d93d221",
}


@cache
def template(code: str) -> dict:
    return json.loads((FIXTURES / "roadmaps" / f"{code}.json").read_text(encoding="utf-8"))


@cache
def demo(slug: str) -> dict:
    return json.loads((FIXTURES / "demo" / f"{slug}.json").read_text(encoding="utf-8"))


def activities(plan: dict) -> list[dict]:
    found = []
    for stage in plan["stages"]:
        for block in stage["blocks"]:
            found += block["activities"]
        found += stage["activities"]
    return found


def nodes(plan: dict) -> list[dict]:
    blocks = [block for stage in plan["stages"] for block in stage["blocks"]]
    return [*plan["stages"], *blocks, *activities(plan)]


def forbidden_words(text: str) -> list[str]:
    """Words of `text` that begin with a forbidden stem (4 letters and more)."""
    words = set(re.findall(r"[а-я]{4,}", text.lower().replace("ё", "е")))
    return sorted(
        word
        for word in words
        if any(
            hashlib.sha256(word[:size].encode()).hexdigest() in FORBIDDEN_STEMS
            for size in range(4, len(word) + 1)
        )
    )


@pytest.mark.parametrize("code", TEMPLATES)
def test_template_has_the_stages_and_lines_of_its_source(code):
    plan = template(code)
    stages, least = COUNTS[code]
    assert plan["code"] == code
    assert len(plan["stages"]) == stages
    assert len(activities(plan)) >= least
    assert all(stage["blocks"] or stage["activities"] for stage in plan["stages"])


@pytest.mark.parametrize("code", TEMPLATES)
def test_template_columns_stamp_and_kinds_are_those_of_the_source(code):
    plan = template(code)
    codes = [column["code"] for column in plan["columns"]]
    assert codes == [known for known in COLUMN_CODES if known in codes]
    assert {"number", "stage", "activity"} <= set(codes)
    if code in HEADINGS:
        assert [column["heading"] for column in plan["columns"]] == HEADINGS[code]
    assert plan["stamp"] == STAMPS[code]
    assert set(plan["kinds"]) == BASE_KINDS | ADDED_KINDS[code]
    assert plan["numbering"] in Roadmap.Numbering.values
    assert plan["year_mode"] in {"year", "none", "years"}
    assert ("{school_year}" in plan["title"]) == (plan["year_mode"] == "year")
    assert set(re.findall(r"{(\w+)}", json.dumps(plan, ensure_ascii=False))) <= {
        "org",
        "org_gent",
        "school_year",
    }


@pytest.mark.parametrize("code", TEMPLATES)
def test_every_printed_value_has_its_column(code):
    plan = template(code)
    codes = {column["code"] for column in plan["columns"]}
    assert ("block" in codes) or not any(stage["blocks"] for stage in plan["stages"])
    assert ("period" in codes) == any(node["period"] for node in nodes(plan))
    assert ("responsible" in codes) == any(node["responsible"] for node in nodes(plan))
    for activity in activities(plan):
        assert {f"extra:{name}" for name in activity.get("extra", {})} == {
            c for c in codes if c.startswith("extra:")
        }


@pytest.mark.parametrize("code", TEMPLATES)
def test_activity_codes_are_slugs_and_repeat_only_for_one_meaning(code):
    rows = activities(template(code))
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", row["code"]) for row in rows)
    repeated = {name for name, times in Counter(row["code"] for row in rows).items() if times > 1}
    assert repeated <= REPEATED_CODES
    titles = Counter(row["title"] for row in rows)
    assert [title for title, times in titles.items() if times > 1] == []


def test_one_activity_code_always_means_the_same_kind_of_paper():
    meanings = {}
    for code in TEMPLATES:
        for row in activities(template(code)):
            meanings.setdefault(row["code"], set()).add(row.get("document_kind", ""))
    assert {code: kinds for code, kinds in meanings.items() if len(kinds) > 1} == {}
    assert set().union(*meanings.values()) <= KINDS | {""}


@pytest.mark.parametrize("code", TEMPLATES)
def test_titles_are_clean_russian_lines(code):
    for node in nodes(template(code)):
        title = node["title"]
        assert title == " ".join(title.split())
        assert title.endswith("др.") or not title.endswith((".", ";", ","))
        assert title[0].isupper()
        assert title.count("«") == title.count("»")
        assert not re.search(r"[A-Za-z]", re.sub(r"{\w+}", "", title)), title


@pytest.mark.parametrize("code", TEMPLATES)
def test_periods_are_of_known_shape(code):
    for period in filter(None, (node["period"] for node in nodes(template(code)))):
        assert period["kind"] in Scheduled.PeriodKind.values
        if period["kind"] == "dates":
            assert all(dt.date.fromisoformat(f"2027-{period[end]}") for end in ("from", "to"))
        elif period["kind"] == "months":
            assert 1 <= period["from"] <= 12
            assert 1 <= period["to"] <= 12
        elif period["kind"] == "yearly":
            assert 1 <= period.get("month", 1) <= 12
        else:
            assert period["text"]


@pytest.mark.parametrize("code", TEMPLATES)
def test_responsible_roles_and_persons_exist(code):
    persons = {person["key"] for person in demo(code)["people"]} if code in SCHOOLS else set()
    for responsible in (one for node in nodes(template(code)) for one in node["responsible"]):
        assert len(responsible) == 1
        if "role" in responsible:
            assert responsible["role"] in Responsible.RoleName.values
        else:
            assert responsible["person"] in persons


def test_footnote_mark_stands_in_the_heading_it_explains():
    plan = template("ds-127")
    assert plan["footnote"].startswith("¹ ")
    assert [column["code"] for column in plan["columns"] if "¹" in column["heading"]] == [
        "activity"
    ]


@pytest.mark.parametrize("slug", SCHOOLS)
def test_demo_school_has_valid_requisites(slug):
    school = demo(slug)
    assert school["slug"] == slug
    assert school["email"] == f"office@{slug}.example"
    assert school["site"] == f"{slug}.example"
    assert school["institution_type"] in Organization.Type.values
    assert school["head_title"] in Organization.HeadTitle.values
    assert school["mentee_term"] in Organization.MenteeTerm.values
    assert school["works_with_pupils"] == (slug == "licey-45")
    assert school["place"].startswith("г. ")
    assert school["place"] in school["address"]
    inn, ogrn = school["inn"], school["ogrn"]
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    assert int(inn[9]) == sum(int(d) * w for d, w in zip(inn, weights, strict=False)) % 11 % 10
    assert len(ogrn) == 13
    assert int(ogrn[12]) == int(ogrn[:12]) % 11 % 10


@pytest.mark.parametrize("slug", SCHOOLS)
def test_demo_people_are_complete_and_consistent(slug):
    people = demo(slug)["people"]
    keys = [person["key"] for person in people]
    assert 12 <= len(people) <= 20
    assert len(keys) == len(set(keys))
    assert {"head", "curator", "teacher", "psychologist", "portal_admin"} <= set(keys)
    assert len({(p["last_name"], p["first_name"]) for p in people}) == len(people)
    logins = {person["key"]: person["login"] for person in people if "login" in person}
    assert logins == {key: f"{key}@{slug}.example" for key in ("head", "curator", "teacher")}
    for person in people:
        assert person["sex"] in Person.Sex.values
        assert person["kind"] in Person.Kind.values
        assert person["category"] in Person.Category.values
        assert bool(person["category"]) == bool(person["category_date"])
        assert person["roles"]
        assert set(person["roles"]) <= set(Role.values)
        assert (person["kind"] == "external") == bool(person["institution"])
        assert (person["kind"] == "external") == (person["employed_from"] is None)


@pytest.mark.parametrize("slug", SCHOOLS)
def test_demo_dates_follow_one_another(slug):
    for person in demo(slug)["people"]:
        names = ("employed_from", "teaching_since", "category_date", "new_in_post_since")
        dates = {name: dt.date.fromisoformat(person[name]) for name in names if person[name]}
        first = min(dates.values())
        assert first.year - person["birth_year"] >= 18
        if "teaching_since" in dates and "category_date" in dates:
            assert dates["teaching_since"] < dates["category_date"]
        if "new_in_post_since" in dates and "employed_from" in dates:
            assert dates["employed_from"] <= dates["new_in_post_since"]


def test_schools_cover_the_combinations_of_roles():
    roles = {slug: {p["key"]: p for p in demo(slug)["people"]} for slug in SCHOOLS}
    assert set(roles["ddt"]["head"]["roles"]) == {"head", "curator"}
    assert roles["ddt"]["curator"]["roles"] == ["curator"]
    assert [key for key, p in roles["licey-45"].items() if "curator" in p["roles"]] == [
        "curator",
        "curator_2",
    ]
    assert roles["licey-45"]["coordinator"]["roles"] == ["coordinator"]
    assert roles["ds-127"]["curator"]["kind"] == "external"
    assert {slug for slug in SCHOOLS if demo(slug)["head_title"] == "заведующий"} == {
        "solnyshko",
        "ds-127",
    }
    assert [slug for slug in SCHOOLS if demo(slug)["mentee_term"] == "стажёр"] == ["ddt"]


def test_no_surname_is_used_in_two_schools():
    surnames = Counter(person["last_name"] for slug in SCHOOLS for person in demo(slug)["people"])
    assert [name for name, times in surnames.items() if times > 1] == []


@pytest.mark.parametrize(
    "path",
    sorted([*FIXTURES.rglob("*.json"), *FIXTURES.rglob("*.csv")]),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_no_name_of_the_source_documents_stands_in_the_fixtures(path):
    assert forbidden_words(path.read_text(encoding="utf-8")) == []
