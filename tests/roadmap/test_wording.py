"""Wording of the papers: correct Russian for every demo school, no empty place, no name where it may be published."""

import datetime as dt
import re

import lxml.html
import pytest
from django.template.loader import render_to_string

from mentoring.core.missing import missing_in
from mentoring.core.rich_text import sanitise
from people.models import Person
from roadmap.documents import builder
from roadmap.kinds import KINDS
from tests.roadmap.test_regulation_rules import SCHOOLS, VARIANTS, demo_school

DAY = dt.date(2026, 9, 1)
LOCAL_ACTS = ("regulation", "target_model", "incentive_regulation", "signature_regulation")
ORDERS = ("implementation_order", "regulation_order", "curator_order")

HEAD = Person(
    pk=1,
    last_name="Вернер",
    first_name="Инна",
    patronymic="Фоминична",
    sex="f",
    job_title="директор",
)
CURATOR = Person(
    pk=2,
    last_name="Ким",
    first_name="Алла",
    patronymic="Сергеевна",
    sex="f",
    job_title="старший воспитатель",
)
PARTNER = Person(
    pk=3, last_name="Гасанов", first_name="Рашид", patronymic="Тимурович", sex="m", job_title="методист",
    kind="external", institution="ГБПОУ «Педагогический колледж № 3»",
)  # fmt: skip
VALUES = {
    "implementation_order": {
        "mode": "introduce", "starts_on": DAY, "papers_due": dt.date(2026, 9, 10),
        "survey_due": dt.date(2026, 9, 25), "pairs_due": dt.date(2026, 10, 10),
    },
    "regulation_order": {"effective_from": DAY, "acquaint_due": dt.date(2026, 9, 10)},
    "incentive_regulation": {"monthly_payment": "10 процентов должностного оклада"},
    "signature_regulation": {"keeper": CURATOR},
    "curator_order": {
        "curators": [CURATOR], "starts_on": DAY, "roadmap_due": dt.date(2026, 9, 10), "report_due": dt.date(2027, 5, 25),
    },
}  # fmt: skip
ANNEXES = (
    {
        "number": 1,
        "kind": "regulation",
        "title": "о системе (целевой модели) наставничества педагогических работников",
    },
    {
        "number": 2,
        "kind": "roadmap",
        "title": "Дорожная карта (план мероприятий) по реализации Положения",
    },
)


def draft(code: str, organization, *, annexes=ANNEXES, **over) -> tuple[str, str]:
    """(heading, body) of a paper."""
    values = {**VALUES.get(code, {}), **over}
    module = builder(code)
    built = module.build(organization, values=values, day=DAY, annexes=annexes)
    context = {"org": organization, "head": HEAD, "day": DAY, **built}
    return module.heading(context), sanitise(render_to_string(f"documents/{code}.html", context))


def lines(body: str) -> list[str]:
    """Text of each paragraph and cell."""
    root = lxml.html.fragment_fromstring(body, create_parent="div")
    cells = root.iter("p", "h2", "h3", "td", "th")
    return [node.text_content().replace("\N{NO-BREAK SPACE}", " ") for node in cells]


organizations = [demo_school(slug) for slug in SCHOOLS] + [
    demo_school("ddt", **over) for over in VARIANTS.values()
]


@pytest.mark.parametrize("code", [*LOCAL_ACTS, *ORDERS])
@pytest.mark.parametrize("organization", organizations, ids=[*SCHOOLS, *VARIANTS])
def test_text_is_clean(code, organization):
    heading, body = draft(code, organization)
    assert missing_in(body) == []
    for line in [heading, *lines(body)]:
        text = line.replace(organization.site, "")
        assert text.strip()
        assert not re.search(r" {2}|\s[,.;:)]|\(\s|\.\.|\(а\)|г\. \.|None", text), text
        assert not re.search(r"[A-Za-z]", text), text
        assert not re.search(r"(?<!\w)с (?:стаж|встреч)", text), text
    assert not heading.endswith(".")


@pytest.mark.parametrize("code", ORDERS)
def test_order_has_reasons_command_and_control(code):
    _, body = draft(code, demo_school("ds-127"))
    paragraphs = lines(body)
    assert paragraphs[0].startswith("В соответствии ")
    assert ", в целях " in paragraphs[0]
    assert paragraphs[1] == "ПРИКАЗЫВАЮ:"
    assert paragraphs[-1] == "Контроль за исполнением настоящего приказа оставляю за собой."


@pytest.mark.parametrize(
    "code", [code for code in (*LOCAL_ACTS, *ORDERS) if KINDS[code].publishable]
)
def test_publishable_paper_names_nobody(code):
    _, body = draft(code, demo_school("licey-45"))
    assert not re.search(r"Вернер|Ким|Гасанов", body)


@pytest.mark.parametrize("code", [*LOCAL_ACTS, *ORDERS])
def test_empty_values_are_named_in_russian(code):
    over = {field.name: None for field in builder(code).FIELDS}
    _, body = draft(code, demo_school("ddt", site=""), annexes=(), **over)
    names = missing_in(body)
    required = [
        field for field in builder(code).FIELDS if field.required and field.kind != "choice"
    ]
    assert len(names) >= len(required)
    assert "дата" not in names


def test_implementation_order_says_introduce_or_carry_on():
    heading, body = draft("implementation_order", demo_school("licey-45"))
    assert (
        heading
        == "О внедрении системы (целевой модели) наставничества педагогических работников и обучающихся"
    )
    assert any(line.startswith("Внедрить с 1 сентября 2026 г. ") for line in lines(body))
    heading, body = draft(
        "implementation_order", demo_school("school-21"), mode="carry_on", year="2026/2027"
    )
    assert heading.endswith("работников в 2026/2027 учебном году")
    assert "Классным руководителям" not in body


def test_regulation_order_lists_annexes_with_numbers():
    heading, body = draft(
        "regulation_order", demo_school("solnyshko"), cancels="от 1 сентября 2024 г. № 15"
    )
    assert heading.startswith("Об утверждении Положения о системе")
    assert heading.endswith(" и плана мероприятий (дорожной карты) по наставничеству")
    text = lines(body)
    assert (
        "Положение о системе (целевой модели) наставничества педагогических работников (приложение № 1)."
        in text
    )
    assert "Дорожная карта (план мероприятий) по реализации Положения (приложение № 2)." in text
    assert any(line.startswith("Признать утратившим силу") for line in text)
    single, body = draft("regulation_order", demo_school("solnyshko"), annexes=ANNEXES[:1])
    assert "Утвердить Положение о системе" in body
    assert (
        single
        == "Об утверждении Положения о системе (целевой модели) наставничества педагогических работников"
    )


def test_curator_order_appoints_people_in_the_right_case():
    heading, body = draft(
        "curator_order", demo_school("ds-127"), curators=[CURATOR, PARTNER], coordinator=CURATOR
    )
    assert heading == "О назначении кураторов и координатора работы по наставничеству"
    text = lines(body)
    assert "Ким Аллу Сергеевну, старшего воспитателя." in text
    assert (
        "Гасанова Рашида Тимуровича, методиста (ГБПОУ «Педагогический колледж № 3», по согласованию)."
        in text
    )


def test_head_may_be_the_curator():
    heading, body = draft("curator_order", demo_school("ddt"), curators=[HEAD])
    assert "возлагаю на себя" in body
    assert "Вернер" not in body
    assert heading == "О назначении куратора реализации программ наставничества"
    _, both = draft("curator_order", demo_school("ddt"), curators=[HEAD, CURATOR])
    assert "Назначить куратором" in both
    assert "возлагаю также на себя" in both


def test_trade_union_is_asked_where_there_is_one():
    assert "профсоюзной" in draft("incentive_regulation", demo_school("solnyshko"))[1]
    assert "профсоюзной" not in draft("incentive_regulation", demo_school("ddt"))[1]


def test_pupils_forms_stand_in_the_target_model_of_a_school_with_pupils():
    heading, body = draft("target_model", demo_school("licey-45"))
    assert heading == "наставничества педагогических работников и обучающихся"
    assert all(
        form in body for form in ("«учитель – учитель»", "«ученик – ученик»", "«учитель – ученик»")
    )
    assert "ученик" not in draft("target_model", demo_school("ds-127"))[1]
