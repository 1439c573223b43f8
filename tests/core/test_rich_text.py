"""Stored text never runs and is never computed, however it got into its table."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse

from mentoring.core.rich_text import sanitise
from people.models import ConsentText
from people.services import consent_texts
from roadmap.models import Circulation, Document
from roadmap.services import drafts, readings, rendering
from tests.people.makers_surveys import make_survey
from tests.roadmap.makers import make_curator_order

EVIL = """<p onclick="x()">Текст</p><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x()">a</a>"""
HARMLESS = "<p>Текст</p><a>a</a>"
# Where «|safe» stands, and why what it lets through is ours.
SAFE = {
    "templates/documents/frame.html": "cleaned in roadmap/services/rendering.py",
    "templates/documents/_check.html": "a QR code drawn by segno",
    "templates/prints/frame.html": "prints of our own templates",
    "templates/prints/word_frame.html": "prints of our own templates",
    "templates/programs/public/publication.html": "cleaned in programs/publication/marks.py",
}
MARKED = {
    "mentoring/core/templatetags/paper_text.py", "people/prints/survey_links.py", "programs/publication/marks.py",
    "programs/services/public_pages.py", "roadmap/views/readings.py",
}  # fmt: skip


def test_every_mark_of_safety_is_known_here():
    root = Path(settings.BASE_DIR)
    folders = ("templates", "mentoring", "people", "roadmap", "programs")
    files = [path for folder in folders for path in (root / folder).rglob("*.*") if path.suffix in (".html", ".py")]  # fmt: skip
    texts = {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in files}
    safe = {name for name, text in texts.items() if re.search(r"\|\s*safe\b|autoescape off", text)}
    marked = {name for name, text in texts.items() if re.search(r"mark_safe\(|SafeString\(", text)}
    assert (safe, marked) == (set(SAFE), MARKED)


def test_text_is_cleaned_of_what_runs():
    assert sanitise(EVIL) == HARMLESS
    assert sanitise(HARMLESS) == HARMLESS
    assert (
        sanitise('<div class="a" onclick="x()"><th scope="col">1</th></div>', layout=True).count(
            "onclick"
        )
        == 0
    )


def test_the_filter_cleans_what_is_shown():
    page = Template("{% load paper_text %}{{ text|rich }}").render(Context({"text": EVIL}))
    assert page == HARMLESS


def runs(html: str) -> list[str]:
    return [
        word
        for word in ("<p onclick", "<script>alert", "<img src=x", 'href="javascript:')
        if word in html
    ]


def test_a_paper_and_its_reading_do_not_run_what_lies_in_the_table(school, curator, client_for):
    paper = make_curator_order(curator)
    sent = readings.circulate(paper, readers=[curator.person], by=curator)
    Document.objects.filter(pk=paper.pk).update(body=EVIL)
    paper.refresh_from_db()
    assert runs(rendering.paper_context(paper)["body"]) == []
    Circulation.objects.filter(pk=sent.pk).update(body=EVIL)
    page = client_for(curator).get(reverse("circulation", args=[school.slug, sent.pk]))
    assert (page.status_code, runs(page.content.decode())) == (200, [])


def test_a_consent_text_does_not_run_what_lies_in_the_table(school, curator, client_for):
    consent_texts.install(school, on=dt.date(2026, 9, 1))
    text = ConsentText.objects.of(school).first()
    ConsentText.objects.filter(pk=text.pk).update(body=EVIL)
    page = client_for(curator).get(reverse("consent_text", args=[school.slug, text.pk]))
    assert (page.status_code, runs(page.content.decode())) == (200, [])


CODE = [
    "{{ settings.SECRET_KEY }}",
    "{% include 'base.html' %}",
    "{{ x.__class__ }}",
    "{% load static %}",
]


@pytest.mark.parametrize("code", CODE)
def test_code_of_templates_in_a_paper_is_only_text(code, curator):
    paper = make_curator_order(curator)
    drafts.edit_draft(paper, title=code, body=f"<p>{code}</p>", by=curator)
    paper.refresh_from_db()
    context = rendering.paper_context(paper)
    assert code in context["body"].replace("&#x27;", "'").replace("&#39;", "'")
    assert paper.title == code


@pytest.mark.parametrize("code", CODE)
def test_code_of_templates_in_titles_and_names_is_only_text(code, school, curator, client_for):
    survey = make_survey(curator, [curator.person], title=code)
    curator.person.job_title = code
    curator.person.save()
    browser = client_for(curator)
    for address in (
        survey.get_absolute_url(),
        reverse("person", args=[school.slug, curator.person_id]),
    ):
        page = browser.get(address).content.decode().replace("&#x27;", "'")
        assert code in page
