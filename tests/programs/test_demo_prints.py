"""The prints beside the demo's papers, and how `manage.py papers` looks at them."""

import io
import zipfile

import pytest
from django.utils import timezone

from mentoring.core.paper_checks import check_pdf, check_print
from mentoring.portal.demo.prints import LISTINGS, write_prints
from mentoring.portal.management.commands.papers import layout_of
from programs.models import MentorReport
from programs.prints.registries import print_registry
from programs.services import registries

TODAY = timezone.localdate()


@pytest.mark.papers
@pytest.mark.req("R-222", "R-713")
def test_a_school_gets_its_registries_a_record_and_the_archive(pair, program, school, tmp_path, real_papers):  # fmt: skip
    MentorReport.objects.create(organization=school, program=program, results="Хорошо", recommendation="finish", state="accepted", sent_on=TODAY, accepted_on=TODAY, figures={})  # fmt: skip
    names = write_prints(school, tmp_path, on=TODAY)
    assert sorted(names) == sorted([*(f"{name}.{end}" for name in LISTINGS for end in ("pdf", "docx", "xlsx")), "mentor_reports.zip"])  # fmt: skip
    for name in LISTINGS:
        assert check_pdf(tmp_path / f"{name}.pdf", **layout_of(name)) == []
    with zipfile.ZipFile(io.BytesIO((tmp_path / "mentor_reports.zip").read_bytes())) as packed:
        assert sorted(packed.namelist()) == ["01 Орлова.pdf", "Сводка.xlsx"]
        assert check_print(packed.read("01 Орлова.pdf")) == []


@pytest.mark.papers
def test_letters_of_a_registry_are_too_small_for_a_document(pair, school, real_papers):
    pdf = print_registry("mentors", registries.mentors(school, TODAY), organization=school, on=TODAY)  # fmt: skip
    faults = check_pdf(pdf, **layout_of("roadmap"))
    assert faults
    assert all("набрано кеглем 10.0" in fault for fault in faults)
    assert "sizes" not in layout_of("pair_order-02")
