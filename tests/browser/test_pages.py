"""Each page in real Chromium: accessible, quiet, within the screen; `--pictures` keeps a picture of it."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from mentoring.portal.routes import ROLES, routes
from tests.full_schools import fill_school

# Files and answers that are no pages of ours; addresses that end like a file are none either.
NOT_PAGES = {"healthz", "readyz", "robots", "file", "document_page", "public_document", "public_photo", "admin:jsi18n"}  # fmt: skip
NOT_PAGES |= {"admin:people_person_export", "mfa_download_recovery_codes", "admin:autocomplete"}
FILES = re.compile(r"\.(pdf|docx|json|xlsx|zip)$")
WIDTHS = {"teacher": 360, "head": 360, "curator": 1280, "portal_admin": 1280, "anonymous": 360}


def visits() -> list[tuple]:
    """(route, role) for every page that a role may open; one role a page is enough for axe."""
    found = []
    for route in routes():
        if route.method != "GET" or route.name in NOT_PAGES:
            continue
        allowed = [
            role
            for role, code in zip(ROLES, route.codes, strict=True)
            if code == 200 and role in WIDTHS
        ]
        # The anonymous answer is the same for all; otherwise the first in the order of WIDTHS.
        order = ["anonymous", "teacher", "head", "curator", "portal_admin"]
        role = next((name for name in order if name in allowed), None)
        if role:
            found.append((route, role))
        if role == "teacher" and "curator" in allowed:
            found.append((route, "curator"))
    return found


VISITS = visits()
# Each part fills a school of its own (5 s); four parts are enough for four workers.
PARTS = 4
BRIEF = {"resultTypes": ["violations"]}


@pytest.mark.browser
@pytest.mark.parametrize("part", range(PARTS))
def test_pages_are_accessible_quiet_and_fit(
    part, transactional_db, live_server, open_page, pytestconfig
):
    school, members = fill_school("school", "Ласточка")
    pages = {role: open_page(members.get(role), width) for role, width in WIDTHS.items()}
    faults = []
    for route, role in VISITS[part::PARTS]:
        path = route.path(school)
        if FILES.search(path):
            continue
        page = pages[role]
        page.goto(live_server.url + path)
        if pytestconfig.getoption("--pictures"):
            picture(page, route, role)
        faults += [f"{route.name} {role}: {fault}" for fault in faults_of(page)]
    assert not faults, "\n".join(faults)


def picture(page, route, role: str) -> None:
    """var/screens/<url name>-<role>-<width>.png"""
    folder = Path(settings.VAR_DIR) / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    name = route.name.replace(":", "-")
    suffix = "" if route.sample in ("none", "school", "plan", "order") else f"-{route.sample}"
    page.screenshot(path=folder / f"{name}{suffix}-{role}-{WIDTHS[role]}.png", full_page=True)


def faults_of(page) -> list[str]:
    """Policy violations (before axe adds its own style), script errors, axe violations, sideways scrolling."""
    found = [f"policy {text}" for text in page.evaluate("window.__violations")]
    found += [f"script {text}" for text in page.errors]
    page.errors.clear()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found += [f"{wide} px too wide"] if wide > 0 else []
    return found + [
        f"axe {violation['id']}: {violation['nodes'][0]['html'][:120]}"
        for violation in Axe().run(page, options=BRIEF).response["violations"]
    ]
