"""Folders of materials and templates to download (R-103, R-104); both close their lines of the roadmap."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from programs.models import Material, MaterialFolder
from roadmap.models import RoadmapActivity
from roadmap.services import evidence
from roadmap.services.plan_templates import create_roadmap
from roadmap.services.year import year_of
from tests.roadmap.own_files import word_file

TODAY = timezone.localdate()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROW = {"number": "1.", "stage": "Этап", "block": "", "activity": ["Дело"], "period": "", "responsible": ""}  # fmt: skip


def blank(name: str = "отзыв.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, word_file([ROW], "Бланк"), WORD)


def add(client, slug: str, **over):
    data = {"title": "Бланк отзыва", "file": blank(), "folder": "Шаблоны", **over}
    return client.post(reverse("material_new", args=[slug]), data)


@pytest.mark.req("R-103")
def test_materials_lie_in_folders_that_appear_by_their_name(curator, teacher, client_for):
    client, slug = client_for(curator), curator.organization.slug
    add(client, slug)
    add(client, slug, title="Памятка", folder=" Шаблоны ")
    add(client, slug, title="Статья", folder="Для чтения", tags="первый год")
    assert list(MaterialFolder.objects.values_list("title", flat=True)) == ["Для чтения", "Шаблоны"]
    folder = MaterialFolder.objects.get(title="Шаблоны")
    page = client_for(teacher).get(reverse("materials", args=[slug]), {"folder": folder.pk}).content.decode()  # fmt: skip
    assert "Памятка" in page
    assert "Статья" not in page


@pytest.mark.req("R-104")
def test_templates_are_listed_and_downloaded_by_everybody(curator, teacher, client_for):
    slug = curator.organization.slug
    add(client_for(curator), slug, is_template="on")
    add(client_for(curator), slug, title="Статья")
    client = client_for(teacher)
    page = client.get(reverse("materials", args=[slug]), {"templates": "on"}).content.decode()
    assert "Бланк отзыва" in page
    assert "Статья" not in page
    stored = Material.objects.get(is_template=True).file
    answer = client.get(stored.get_absolute_url())
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    answer.close()
    assert stored.name.endswith(".docx")


def test_folders_and_studied_templates_close_their_lines(curator, client_for):
    year = year_of(TODAY)
    roadmap = create_roadmap(template="licey-45", year_start=year, by=curator)
    client, slug = client_for(curator), curator.organization.slug
    add(client, slug, is_template="on")
    client.post(reverse("material_studied", args=[slug, Material.objects.get().pk]))
    evidence.settle(curator.organization, on=max(TODAY, dt.date(year, 9, 1)))
    done = RoadmapActivity.objects.filter(stage__roadmap=roadmap, progress="done")
    assert {"materials_folders", "templates_reading"} <= set(done.values_list("code", flat=True))


def test_folders_of_the_neighbour_are_not_offered(curator, other_school, client_for):
    MaterialFolder.objects.create(organization=other_school, title="Чужая папка")
    page = client_for(curator).get(reverse("materials", args=[curator.organization.slug])).content.decode()  # fmt: skip
    assert "Чужая папка" not in page
