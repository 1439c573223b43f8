"""Settings of the public section (R-901)."""

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.core import colours
from mentoring.core.errors import RuleError
from people.models import PublicAddress
from programs.models import PublicSection
from programs.publication.blocks import BLOCKS, ordered
from programs.services import public_changes, public_sections, public_snapshots


@pytest.fixture
def section(school):
    return public_sections.section_of(school)


def test_the_section_is_made_once_with_its_page_as_an_address(school, settings):
    first, second = public_sections.section_of(school), public_sections.section_of(school)
    assert first == second
    address = PublicAddress.objects.of(school).get()
    assert (address.url, first.page_address) == (f"{settings.PUBLIC_URL}/p/school/", address)


@pytest.mark.req("R-901")
def test_curator_saves_words_and_look(section, curator):
    public_sections.save_section(section, title="Наставники рядом", intro="Три пары", accent="#0B5A66", theme="warm", by=curator)  # fmt: skip
    kept = PublicSection.objects.get()
    assert (kept.title, kept.intro, kept.accent, kept.theme) == ("Наставники рядом", "Три пары", "#0b5a66", "warm")  # fmt: skip


def test_head_reads_and_may_not_write(section, head):
    with pytest.raises(PermissionDenied):
        public_sections.save_section(section, title="Другой", by=head)


@pytest.mark.parametrize(("typed", "why"), [("#ffcc00", "слишком светлый"), ("#050608", "почти чёрный")])  # fmt: skip
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(section, curator, typed, why):  # fmt: skip
    with pytest.raises(RuleError, match=why) as refused:
        public_sections.save_section(section, accent=typed, by=curator)
    offered = colours.nearest(typed)
    assert offered in refused.value.message
    public_sections.save_section(section, accent=offered, by=curator)
    assert PublicSection.objects.get().accent == offered


@pytest.mark.parametrize("colour", ["#ffcc00", "#0b5a66", "#003366", "#050608", "#7f7f7f", "#ffffff", "#000000"])  # fmt: skip
def test_offered_shades_are_allowed_and_readable_on_dark(colour):
    offered = colours.nearest(colour)
    assert [colours.too_light(offered), colours.too_dark(offered)] == [False, False]
    assert colours.contrast(colours.on_dark(colour), colours.TEXT) >= 4.5


def test_contrast_is_that_of_wcag():
    assert round(colours.contrast("#ffffff", "#000000"), 2) == 21
    assert round(colours.contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize(("typed", "kept"), [
    ("https://school.example/vospitanie/", "https://school.example"),
    ("School.example", "https://school.example"),
    ("https://школа.рф", "https://xn--80atdl2c.xn--p1ai"),
    ("https://school.example:8443", "https://school.example:8443"),
])  # fmt: skip
def test_a_site_is_kept_as_the_browser_compares_it(section, curator, typed, kept):
    public_sections.save_section(section, parents=[typed, "", typed], by=curator)
    assert PublicSection.objects.get().parents == [kept]


@pytest.mark.parametrize("typed", [
    "*", "https://*.example", "http://school.example", "javascript:alert(1)", "https://school.example; script-src *",
    "https://a@school.example", "школа", "https://school.example' 'unsafe-inline'", "https://", "https://x:99999",
])  # fmt: skip
def test_what_is_no_site_or_opens_to_all_is_refused(section, curator, typed):
    with pytest.raises(RuleError) as refused:
        public_sections.save_section(section, parents=[typed], by=curator)
    assert refused.value.field == "parents"
    assert PublicSection.objects.get().parents == []


def test_address_of_another_school_is_refused(section, curator, other_school):
    foreign = PublicAddress.objects.create(organization=other_school, url="x.example", title="Сайт")
    with pytest.raises(Exception, match="другой организации"):
        public_sections.save_section(section, site_address=foreign, by=curator)


def test_blocks_are_ordered_renamed_and_hidden(section, curator):
    rows = public_sections.rows_of(section)
    rows.reverse()
    rows[0] |= {"title": "Как с нами связаться"}
    rows[1] |= {"hidden": True}
    public_sections.save_blocks(section, rows=rows, by=curator)
    shown = ordered(PublicSection.objects.get())
    assert [block.title for block in shown[:2]] == ["Как с нами связаться", "Стать наставником"]
    assert len(shown) == len(BLOCKS) - 1


def test_a_block_moves_by_one_and_stops_at_the_edge(section, curator):
    public_sections.move_block(section, code="announcements", step=-1, by=curator)
    public_sections.move_block(section, code="announcements", step=-1, by=curator)
    assert [row["code"] for row in public_sections.rows_of(section)][:2] == ["announcements", "about"]  # fmt: skip


def test_an_incomplete_list_of_blocks_is_refused(section, curator):
    with pytest.raises(RuleError, match="Обновите страницу"):
        public_sections.save_blocks(section, rows=public_sections.rows_of(section)[1:], by=curator)


def test_every_shown_change_drops_what_is_kept_and_others_do_not(section, curator, monkeypatch):
    dropped = []
    monkeypatch.setattr(public_snapshots, "drop", dropped.append)
    public_sections.set_opened(section, opened=False, by=curator)
    assert dropped == [section.organization]
    assert [public_changes.is_shown(event) for event in ("consent.withdrawn", "document.in_force", "notice.read")] == [True, True, False]  # fmt: skip
