"""Debian's Chromium, pages signed in by session, and a watch over policy violations."""

import pytest
from django.conf import settings as django_settings
from django.test import Client

FLAGS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WATCH = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', event => window.__violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": FLAGS}


@pytest.fixture(autouse=True)
def _address_of_papers(settings, live_server):
    settings.PUBLIC_URL = live_server.url


@pytest.fixture
def open_page(browser, live_server):
    """`open_page(membership, width)` -> a page of that member; None = nobody signed in."""
    contexts = []

    def make(membership=None, width: int = 1280):
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="ru-RU")
        context.set_default_timeout(45000)
        context.add_init_script(WATCH)
        contexts.append(context)
        if membership:
            context.add_cookies([session_cookie(membership, live_server.url)])
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        return page

    yield make
    for context in contexts:
        for page in context.pages:
            # Pictures of a paper still being drawn would hold the database that is emptied next.
            page.wait_for_load_state("networkidle")
        context.close()


def session_cookie(membership, url: str) -> dict:
    client = Client()
    client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
